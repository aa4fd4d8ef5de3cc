"""Which stretch of a page is its article: the run of lines that holds the most running text.

Each line weighs something: running text its words, other lines a cost. The article is the stretch with the
greatest sum (the maximum-sum subsequence used for web pages by Pasternack and Roth, "Extracting article
text from the web with maximum subsequence segmentation", WWW 2009), so a few short lines inside it are
bridged, and menus, lists of other stories and comments beyond it are not reached.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from analysis.corpus.splitting.lines import ITEM, OPEN, SENTENCE, Line

COMMENT_AUTHOR = "the author of a comment"
BEFORE, AFTER = "before the article begins", "after the article ends"
OUTSIDE = (BEFORE, AFTER)

# Costs and weights are counted in words of running text.
_COSTS = {"furniture": 2.0, "advert": 3.0, "embed": 3.0, "stamp": 2.0, "byline": 1.0, "caption": 1.0}
_SHAPE_COSTS = {ITEM: 6.0, OPEN: 0.0}
_LABEL_COST, _SHORT_COST, _MARKER_COST = 2.0, 1.0, 60.0
_LABEL_WORDS, _MARKER_WORDS = 12, 8
# A menu of hundreds of links parts two stretches no more than this.
_MAX_GAP = 300.0
# A sentence between two lines that are none is as often a teaser as text.
_ALONE_WORDS, _ALONE_SHARE = 60, 0.3
_LIST_ITEMS = 10
# Known furniture and list items, and for a third other lines that are no sentences, are a page's clutter.
# With this much it is a whole web page; the less it has, the likelier somebody has cut the article out, and
# of a page with less than the second number no line is dropped for its place.
_WHOLE_PAGE, _CUT_OUT = 30, 10
_UNSURE_SHARE = 0.3
# Where the best stretch holds less than this share of the page's words outside lists, the page is no article
# (a table of results, a list of links, a poem), and none of its lines is dropped for where it stands.
_LEAST_SHARE = 0.1

_SMALL_WORDS = frozenset("a an and as at by for from in of on or the to with & -".split())
# What stands above comments, above other stories, and above what a site wants of its reader.
_MARKER = re.compile(
    r"(?:\d[\d,.]* )?(?:comments?|responses?|replies)\b.{0,30}|"
    r"(?:leave|post|add|view|show|join|write)\b.{0,30}\b(?:comments?|reply|conversation|discussion|response)\b"
    r".{0,20}|(?:related|recommended|trending|popular|most (?:read|popular|viewed|shared|recent)|"
    r"more (?:from|in|on|news|stories|like)|latest|read (?:next|more|also)|you (?:may|might)|up next|"
    r"also (?:on|in|read)|don['’]?t miss|editors?['’]?s? picks?|top stories|what to read|"
    r"from (?:the|our|around) |sponsored|promoted|around the web|about (?:the |this )?(?:author|writer)|"
    r"recent (?:posts|stories|articles|news)|other (?:stories|news)|in other news|further reading|"
    r"next (?:story|article)|keep reading|follow us|share this|newsletter|sign up|subscribe)\b.{0,50}",
    re.IGNORECASE,
)


def drop_outside(lines: Sequence[Line]) -> None:
    """Give the lines outside the article's stretch the role furniture.

    A page may hold several articles under labels of their own (outlet, relative time, outlet again): the
    stretch is looked for in each, and the label stays.
    """
    clutter = _count_clutter(lines)
    if clutter < _CUT_OUT:
        return
    weights = weigh_lines(lines, min(1.0, clutter / _WHOLE_PAGE))
    openers = list(_find_openers(lines))
    _drop_in_block(lines, weights, 0, openers[0] if openers else len(lines))
    for first, last in itertools.pairwise([*openers, len(lines)]):
        _drop_in_block(lines, weights, first + 3, last)


def weigh_lines(lines: Sequence[Line], scale: float) -> list[float]:
    """What each line adds to a stretch, in words; ``scale`` is the share of its cost that a line costs."""
    text = [line.is_text for line in lines]
    weights = []
    opened = 0  # items that a list may still have
    for line, is_text, above, below in zip(lines, text, [False, *text], [*text[1:], False], strict=False):
        listed = opened > 0 and line.role == "paragraph" and line.shape == ITEM
        # "The plans include:" opens a list of the article's own, which is short; a site's own lists are long.
        opened = opened - 1 if listed else _LIST_ITEMS * (is_text and line.text.endswith(":"))
        if listed:
            weights.append(line.words * _ALONE_SHARE)
        elif not is_text:
            weights.append(-_cost(line) * scale)
        elif above or below or line.words >= _ALONE_WORDS:
            weights.append(float(line.words))
        else:
            weights.append(line.words * _ALONE_SHARE)
    return weights


def find_stretch(weights: Sequence[float]) -> tuple[int, int]:
    """First and last-plus-one position of the stretch with the greatest sum; empty where none is positive."""
    best, best_span = 0.0, (0, 0)
    total, start, gap = 0.0, 0, 0.0
    for n, weight in enumerate(weights):
        if weight <= 0:
            gap -= weight
            total += weight if gap <= _MAX_GAP else 0.0
            continue
        gap = 0.0
        if total <= 0:
            total, start = 0.0, n
        total += weight
        if total > best:
            best, best_span = total, (start, n + 1)
    return best_span


def _count_clutter(lines: Sequence[Line]) -> float:
    known = unsure = 0
    for line in lines:
        if line.role != "paragraph" or line.shape == ITEM:
            known += 1
        elif line.shape != SENTENCE:
            unsure += 1
    return known + _UNSURE_SHARE * unsure


def _cost(line: Line) -> float:
    if line.words > _LABEL_WORDS:
        cost = _SHAPE_COSTS.get(line.shape, _SHORT_COST)
    else:
        cost = _MARKER_COST if line.rule == COMMENT_AUTHOR else _short_line_cost(line.text, line.shape)
    return cost if line.role == "paragraph" or cost == _MARKER_COST else _COSTS.get(line.role, 1.0)


@lru_cache(maxsize=20_000)
def _short_line_cost(line: str, shape: str) -> float:
    words = line.split()
    if len(words) <= _MARKER_WORDS and _MARKER.fullmatch(line):
        return _MARKER_COST
    if shape in _SHAPE_COSTS:
        return _SHAPE_COSTS[shape]
    # Every word but the smallest has a capital in the name of a section or of a person.
    small = any(word[0].islower() and word not in _SMALL_WORDS for word in words)
    return _SHORT_COST if small else _LABEL_COST


def _find_openers(lines: Sequence[Line]) -> Iterator[int]:
    """Positions of an outlet's label, a relative time and the label again, which open a related article."""
    for n in range(len(lines) - 2):
        if lines[n + 1].role == "stamp" and lines[n + 2].text.lstrip("-–—•· ") == lines[n].text:
            yield n


def _drop_in_block(lines: Sequence[Line], weights: Sequence[float], first: int, last: int) -> None:
    start, stop = (first + place for place in find_stretch(weights[first:last]))
    of_text = sum(line.words for line in lines[start:stop] if line.is_text)
    beside_lists = (
        line.words for line in lines[first:last] if line.role == "paragraph" and line.shape != ITEM
    )
    if of_text <= _LEAST_SHARE * sum(beside_lists):
        return
    head = _find_headline(lines, first, start)
    for n in (*range(first, start), *range(stop, last)):
        if n != head and lines[n].role == "paragraph":
            lines[n].role, lines[n].rule = "furniture", BEFORE if n < start else AFTER


def _find_headline(lines: Sequence[Line], first: int, start: int) -> int | None:
    """The nearest line above the article that is long enough for a headline."""
    for n in range(start - 1, first - 1, -1):
        line = lines[n]
        if line.role == "paragraph" and 4 <= line.words <= 35 and line.shape != ITEM:
            return n
    return None
