"""A page to segments that tile it, each with a role and the rule that gave it.

A segment is first a line of the page; a line into which a whole article was flattened is cut further, at
captions, crossheads, embeds and promotions that were lines of their own. Roles that depend on what
stands around a segment (headline, outlet label) are given in :mod:`analysis.corpus.splitting.layouts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from analysis.corpus.pages import Segment
from analysis.corpus.splitting.flattened import INLINE_HEADLINE, is_flattened, split_flattened
from analysis.corpus.splitting.furniture import match_furniture, speaks_of_site
from analysis.corpus.splitting.lines import (
    ITEM,
    LIST_MARK,
    SENTENCE,
    Line,
    ends_sentence,
    join_wrapped,
    read_shape,
    solid_spans,
)
from analysis.corpus.splitting.profile import Profile
from analysis.corpus.splitting.stretches import COMMENT_AUTHOR, drop_outside

__all__ = ["INLINE_HEADLINE", "ends_sentence", "split_page"]

_STAMP = re.compile(
    r"(?:[-–·|•]\s*)?(?:(?:posted|published|updated|last updated)\W+)?"
    r"(?:(?:an?|one|\d{1,3})\s+(?:min(?:ute)?|hour|hr|day|week|month|year)s?\s+ago|just now|yesterday"
    r"|\d{1,2}:\d{2}(?:\s*[ap]m)?(?:\s*(?:BST|GMT|UTC|EST|EDT))?)",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:By|Words by|Written by)\s+(?:[A-Z][\w.'’-]*|(?:Mc|O')[A-Z]\w+)(?:\s+(?:and\s+)?[A-Z][\w.'’-]*){0,6}"
    r"(?:,?\s+[\w ,&-]{0,60})?"
)
# "By Ann Lee | 3 May 2024", "Published: 3 May 2024 | Updated: 5 May 2024": each between bars is a line's.
_BAR = re.compile(r"\s[|•·]\s|,?\s(?=(?:last )?(?:updated|modified)\b)", re.IGNORECASE)
_LONGEST_HEAD = 140
_COMMENT_AUTHOR = re.compile(r"(?:[*+•]\s*)?(?:\d{1,4}[.)]\s*)?\S.{0,50}\ssays\s*:")
_LEAST_COMMENTS = 4
_HEADLINE_WORDS = range(4, 36)
_SHORT = 200

NO_STOP, REPEATED = "line without a sentence end", "repeated on"
WRAPPED = "running text, its broken lines joined"


def split_page(text: str, profile: Profile | None = None) -> list[Segment]:
    """Tile a page with segments.

    Args:
        text: The page as characters; any line ending.
        profile: What pass 1 learnt about the corpus.

    Returns:
        Segments in page order, without gap or overlap, from 0 to ``len(text)``. White space between
        lines is a segment of the role ``blank``.
    """
    profile = profile or Profile()
    lines = [_read_line(text, words, start, end, profile) for words, start, end in iter_lines(text)]
    _mark_alternative_texts(lines)
    _mark_comment_authors(lines)
    _keep_shared_headline(lines)
    _keep_shared_text(lines)
    drop_outside(lines)
    segments: list[Segment] = []
    at = 0
    for line in lines:
        start, end = line.start, line.end
        if at < start:
            segments.append(Segment(at, start, "blank", "white space"))
        if line.role == "paragraph" and line.rule != WRAPPED and is_flattened(line.text):
            segments += split_flattened(text, start, end)
        else:
            segments.append(Segment(start, end, line.role, line.rule))
        at = end
    if at < len(text):
        segments.append(Segment(at, len(text), "blank", "white space"))
    return segments


def iter_lines(text: str) -> Iterator[tuple[str, int, int]]:
    """Words and span of each line: broken lines are joined, dates and bylines in one line parted."""
    plain = text.replace("\xa0", " ")
    for line in join_wrapped(text, list(solid_spans(text))):
        for words, start, end in _part_at_bars(plain, *line):
            yield " ".join(words.split()) if "\n" in words else words, start, end


def _part_at_bars(text: str, start: int, end: int) -> Sequence[tuple[str, int, int]]:
    """Words and span of each date and byline that stand in one line; else the line's own.

    The spans tile the line but for white space: a bar goes with the date beside it.
    """
    whole = [(text[start:end], start, end)]
    bars = [*_BAR.finditer(text, start, end)] if end - start <= _LONGEST_HEAD else []
    if not bars:
        return whole
    starts, stops = [start, *(bar.end() for bar in bars)], [*(bar.start() for bar in bars), end]
    words = [text[a:b] for a, b in zip(starts, stops, strict=True)]
    roles = [_judge(part)[2] if part else "" for part in words]
    if not {"stamp"} <= {*roles} <= {"stamp", "byline"}:
        return whole
    for n, bar in enumerate(bars):
        sign = bar[0].strip()
        if sign and sign != "," and roles[n + 1] == "stamp":
            starts[n + 1] = text.index(sign, bar.start())
        elif sign:
            stops[n] = text.index(sign, bar.start()) + 1
    return [*zip(words, starts, stops, strict=True)]


def _read_line(text: str, words: str, start: int, end: int, profile: Profile) -> Line:
    # The short lines of a corpus are much the same from page to page.
    count, shape, role, rule = _judge(words) if len(words) <= _SHORT else _judge.__wrapped__(words)
    if role == "paragraph" and (met := profile.count(words)):
        role, rule = "furniture", tell_repeated(met, profile)
    elif role == "paragraph" and "\n" in text[start:end]:
        rule = WRAPPED
    return Line(start, end, words, role, rule, count, shape)


def tell_repeated(count: int, profile: Profile) -> str:
    """The rule of a line that stands on so many pages of a corpus."""
    return f"{REPEATED} {count} of {profile.pages} pages"


@lru_cache(maxsize=20_000)
def _judge(line: str) -> tuple[int, str, str, str]:
    """The words and the shape of one line by itself, its role, and the rule that gave it."""
    words, shape = read_shape(line)
    return words, shape, *_classify(line, words, shape)


def _classify(line: str, words: int, shape: str) -> tuple[str, str]:
    known = match_furniture(LIST_MARK.sub("", line) if shape == ITEM else line)
    if known:
        return known
    if words <= 8 and _STAMP.fullmatch(line):
        return "stamp", "relative or clock time"
    if words <= 14 and _BYLINE.fullmatch(line):
        return "byline", "starts with By and a name"
    if speaks_of_site(line, words):
        return "furniture", "the site speaks of itself"
    return "paragraph", "running text" if ends_sentence(line) else NO_STOP


def _mark_alternative_texts(lines: Sequence[Line]) -> None:
    """A short line without a stop right before a credited caption is the picture's own text."""
    for n in [n for n, line in enumerate(lines) if line.role == "caption"]:
        line = lines[n - 1]
        # The first line is the headline, whatever follows it.
        if n > 2 and line.words <= 8 and line.rule == NO_STOP:
            line.role, line.rule = "caption", "picture text before a caption"


def _mark_comment_authors(lines: Sequence[Line]) -> None:
    """Short lines such as "3. Sam writes:" that come again and again stand above the comments of readers."""
    ended = [line for line in lines if line.words <= 6 and line.text.endswith(":")]
    authors = [line for line in ended if _COMMENT_AUTHOR.fullmatch(line.text)]
    for line in authors if len(authors) >= _LEAST_COMMENTS else ():
        line.role, line.rule = "furniture", COMMENT_AUTHOR


def _keep_shared_headline(lines: Sequence[Line]) -> None:
    """A repeated line where a headline stands is that of a story that several pages carry.

    It stands right above a byline or a time, or above the first sentence of a page without another headline.
    """
    own: int | None = None
    for n, (line, below) in enumerate(pairwise(lines)):
        if line.is_text:
            return
        if line.words not in _HEADLINE_WORDS or line.shape in (SENTENCE, ITEM):
            continue
        if line.rule == NO_STOP:
            own = n
        elif line.rule.startswith(REPEATED):
            signed = below.role in ("byline", "stamp") and own != n - 1
            if signed or (below.is_text and own is None):
                line.role, line.rule = "paragraph", "headline that other pages have too"
                return


def _keep_shared_text(lines: Sequence[Line]) -> None:
    """A repeated sentence amid sentences that are the page's own is text that several pages share."""
    sentences = [n for n, line in enumerate(lines) if line.shape == SENTENCE]
    shared = [n for n in sentences if lines[n].rule.startswith(REPEATED)]
    own = [n for n in sentences if lines[n].role == "paragraph"] if shared else []
    for n in shared if own else ():
        if not own[0] < n < own[-1]:
            continue
        line, around = lines[n], (lines[n - 1], lines[n + 1])
        if any(other.shape == SENTENCE and other.role == "paragraph" for other in around):
            line.role, line.rule = "paragraph", "running text that other pages have too"
