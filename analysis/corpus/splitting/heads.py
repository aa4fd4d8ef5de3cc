"""The head of one article: its headline, byline and standfirst, and what stands between them and the text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from analysis.corpus.splitting.page_lines import MAX_HEADLINE_WORDS, PageLines

_LIST_ITEM = re.compile(r"(?:[-–—•●▪*·>]|\(?(?:\d{1,2}|[a-z])[.)])\s+\S")
_MAX_CROSSHEAD_WORDS = 9
_MAX_CROSSHEAD_LENGTH = 100  # characters: one endless "word" is no crosshead
_MAX_LABEL_WORDS, _MAX_LOOSE_WORDS = 2, 25
# A head is a headline, a standfirst of two sentences at most, a byline: further down it is the text's.
_REACH = 12  # lines below a byline or a time within which the text has to begin
_MAX_STANDFIRST, _MAX_HEAD_LINES, _MAX_NOTICE_WORDS = 2, 60, 90


@dataclass(frozen=True)
class Head:
    """The line of a headline, the names in a byline (None where there is none), and where the text begins."""

    headline: int | None
    byline: str | None
    text: int


def read_head(lines: PageLines, span: range, *, labelled: bool = False, headline: int | None = None) -> Head:
    """Find an article's headline and byline, and give every line of its head a role.

    Args:
        lines: The page's lines; their roles are rewritten.
        span: The article's lines.
        labelled: Whether an outlet's label stands above the article, so that its first line is the headline.
        headline: The headline's line where the layout knows it.
    """
    signed = _find_anchor(lines, span, lambda i: _measure_byline(lines, i, span.stop))
    timed = _find_anchor(lines, span, lambda i: _measure_time(lines, i, span))
    if headline is None:
        marked = next((i for i in span if lines.roles[i] == "headline"), None)
        headline = marked
    if headline is None:
        headline = _find_headline(lines, span, signed or timed, labelled=labelled)
    byline = _mark_byline(lines, signed) if signed else None
    if headline is None:
        return Head(None, byline, span.start)
    if lines.roles[headline] != "headline":
        lines.give(headline, "headline", _name_rule(lines, headline, labelled=labelled))
    below = max(headline, *(anchor[-1] for anchor in (signed, timed) if anchor), headline)
    return Head(headline, byline, _clear_head(lines, span, headline, below))


def finish_body(lines: PageLines, span: range, headline: int | None) -> list[int]:
    """Say repeats once, mark crossheads; gives the lines that are the article's text."""
    body = [i for i in span if lines.roles[i] == "paragraph"]
    _drop_repeats(lines, body, headline)
    _mark_crossheads(lines, body)
    return body


def _measure_byline(lines: PageLines, i: int, stop: int) -> int:
    """How many lines a byline takes; a name signs a head only if text follows."""
    found = lines.byline(i)
    return found[1] if found and _has_text(lines, i + 1, stop) else 0


def _measure_time(lines: PageLines, i: int, span: range) -> int:
    return int(i > span.start and lines.times[i] is not None and _has_text(lines, i + 1, span.stop))


def _has_text(lines: PageLines, i: int, stop: int) -> bool:
    return any(lines.running[j] for j in range(i, min(i + _REACH, stop)))


def _find_anchor(lines: PageLines, span: range, measure: Callable[[int], int]) -> range | None:
    """The lines of the first byline, or the first time, that stands in an article's head."""
    running: list[int] = []
    for i in span[:_MAX_HEAD_LINES]:
        size = measure(i)
        if size and (not running or _is_in_head(lines, span.start, i, running)):
            return range(i, min(i + size, span.stop))
        if lines.running[i] and (running or not lines.is_headline(i)):
            running.append(i)
        if len(running) > _MAX_STANDFIRST + 1:
            return None
    return None


def _is_in_head(lines: PageLines, start: int, i: int, running: list[int]) -> bool:
    """Whether the sentences above a byline are a standfirst, or notices above the headline."""
    headline = next((j for j in range(i - 1, start - 1, -1) if lines.is_headline(j)), None)
    if headline is None:
        return i == start + 1
    if headline <= running[0]:
        return len(running) <= _MAX_STANDFIRST
    notices = sum(lines.count[j] for j in running if j < headline)
    titled = any(lines.is_headline(j) for j in range(start, running[0]))
    return notices <= _MAX_NOTICE_WORDS and not titled


def _find_headline(lines: PageLines, span: range, anchor: range | None, *, labelled: bool) -> int | None:
    kept = [i for i in span[: _MAX_HEAD_LINES * 3] if lines.roles[i] == "paragraph" and not lines.times[i]]
    if labelled:
        return kept[0] if len(kept) > 1 and lines.count[kept[0]] <= MAX_HEADLINE_WORDS else None
    if len(kept) < 2:
        return None
    if anchor and (beside := _find_beside(lines, span, anchor)) is not None:
        return beside
    above = []
    for i in kept:
        if lines.running[i] and not lines.is_headline(i):
            break
        above.append(i)
    # What does not end as a sentence comes first: a question above the text is often its first sentence.
    candidates = [i for i in above if lines.is_headline(i) and lines.is_heading(i)]
    if candidates:
        return max(candidates, key=lambda i: (lines.count[i], -i))
    short = [i for i in above if lines.is_heading(i) and not lines.byline(i)]
    if len(short) > 1 and lines.count[short[0]] <= _MAX_LABEL_WORDS:
        short.pop(0)
    if short and lines.count[short[0]] <= MAX_HEADLINE_WORDS:
        return short[0]
    first = kept[0]
    signed = first == span.start and anchor is not None and anchor.start == first + 1
    open_end = lines.words[first].endswith(("...", "…", "?", "!"))
    return first if (open_end or signed) and lines.count[first] <= MAX_HEADLINE_WORDS else None


def _find_beside(lines: PageLines, span: range, anchor: range) -> int | None:
    """The headline that a byline or a time stands below, or right above."""
    above = next((i for i in range(anchor.start - 1, span.start - 1, -1) if not _is_beside(lines, i)), None)
    if above is not None and lines.is_headline(above):
        return above
    below = next((i for i in range(anchor.stop, span.stop) if not _is_beside(lines, i)), None)
    if below is not None and lines.is_headline(below) and lines.is_heading(below):
        return below
    sentences = 0
    for i in range(anchor.start - 1, span.start - 1, -1):
        if lines.is_headline(i) and (lines.is_heading(i) or sentences):
            return i
        sentences += lines.running[i]
        if sentences > _MAX_STANDFIRST:
            return None
    return None


def _is_beside(lines: PageLines, i: int) -> bool:
    """Whether a line may stand between a headline and its byline."""
    return lines.roles[i] not in ("paragraph", "headline") or lines.times[i] is not None


def _mark_byline(lines: PageLines, signed: range) -> str:
    found = lines.byline(signed.start)
    rule = "name above a reporter's role" if len(signed) > 1 else "name of who wrote it"
    for i in signed:
        if lines.roles[i] != "byline":
            lines.give(i, "byline", rule if i == signed.start else "reporter's role")
    return found[0] if found else lines.words[signed.start]


def _name_rule(lines: PageLines, headline: int, *, labelled: bool) -> str:
    if labelled:
        return "line after the outlet label"
    if lines.ends[headline] and not lines.is_headline(headline):
        return "first line, above the byline"
    return "headline above the text, without a sentence end"


def _clear_head(lines: PageLines, span: range, headline: int, below: int) -> int:
    """Give what stands around the headline a role; gives the first line of the text."""
    for i in range(span.start, headline):
        if lines.roles[i] == "paragraph":
            lines.give(i, "furniture", "above the headline")
    for i in range(headline + 1, below):
        if lines.running[i]:
            lines.give(i, "standfirst", "between the headline and the byline or time")
    text = next((i for i in range(below + 1, span.stop) if lines.running[i]), headline)
    for i in range(headline + 1, text):
        if lines.times[i] and lines.roles[i] in ("paragraph", "embed"):
            lines.give(i, "stamp", "time of an article")
        elif (
            lines.is_heading(i)
            and lines.count[i] <= _MAX_LOOSE_WORDS
            and not _LIST_ITEM.match(lines.words[i])
        ):
            lines.give(i, "furniture", "between the headline and the text")
    return text


def _drop_repeats(lines: PageLines, body: list[int], headline: int | None) -> None:
    """A standfirst that the body says again, or a headline set twice, is said once."""
    if headline is not None:
        for i in [i for i in body if _same(lines.words[i], lines.words[headline])]:
            lines.give(i, "furniture", "headline repeated")
            body.remove(i)
    again = next((i for i in body[1:] if _same(lines.words[i], lines.words[body[0]])), None)
    if again is None:
        return
    lines.give(body.pop(0), "standfirst", "said again in the body")
    while body[0] < again and lines.is_heading(body[0]):
        lines.give(body.pop(0), "furniture", "between the headline and the text")


def _mark_crossheads(lines: PageLines, body: list[int]) -> None:
    in_list = False
    for place, i in enumerate(body):
        words = lines.words[i]
        short = lines.count[i] <= _MAX_CROSSHEAD_WORDS and len(words) <= _MAX_CROSSHEAD_LENGTH
        item = bool(_LIST_ITEM.match(words)) or (in_list and short)
        # "The plan has three points:" opens a list, whose lines are text although they have no stop.
        in_list = words.endswith(":") or (in_list and short and lines.is_heading(i))
        if short and not item and 0 < place < len(body) - 1 and lines.is_heading(i):
            lines.give(i, "crosshead", "short line without a sentence end between paragraphs")


def _same(one: str, other: str) -> bool:
    # Most lines differ much in length: only the others are compared letter by letter.
    return abs(len(one) - len(other)) <= 8 + len(one) // 20 and _squash(one) == _squash(other)


def _squash(words: str) -> str:
    return re.sub(r"\W+", " ", words).casefold().strip()
