"""An article glued to the end of another: its headline and its byline stand in the middle of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.corpus.pages import Segment
from analysis.corpus.splitting.page_lines import PageLines
from analysis.corpus.splitting.segments import INLINE_HEADLINE
from analysis.corpus.splitting.stretches import OUTSIDE

_TITLE = r"(?:(?:Prof|Professor|Dr|Sir|Dame|Lord|Lady|Rev|Cllr) )?"
_NAME = r"[A-Z][\w’'-]+ (?:[A-Z]\.? )?(?:(?:de|van|von|der|al|bin) ){0,2}[A-Z][\w’'-]+"
_INLINE_BYLINE = re.compile(
    rf"\s(?P<byline>(?:By|BY) {_TITLE}{_NAME}(?: and {_NAME})?)\s(?=[\"'“‘(]?[A-Z0-9])"
)
_SENTENCE_END = re.compile(r"[.!?]['\"’”)\]]*\s+(?=['\"‘“(]?[A-Z0-9])")
_MIN_WORDS, _MAX_WORDS, _MAX_LENGTH = 4, 35, 260
_MIN_SIGNED_WORDS, _MAX_STOPPED_WORDS = 3, 20
_MIN_TEXT = 80  # characters below an inline byline: less is a credit, not an article


def cut_inline_heads(text: str, segments: list[Segment]) -> list[Segment]:
    """Cut headlines with bylines out of paragraphs that hold the end of one article and the next.

    Args:
        text: The page.
        segments: What tiles it.

    Returns:
        Segments that tile it still.
    """
    if "By " not in text and "BY " not in text:
        return segments
    cut: list[Segment] = []
    for segment in segments:
        kept = segment.role == "paragraph" or segment.rule in OUTSIDE
        if (
            kept
            and segment.end - segment.start > _MIN_TEXT
            and (
                text.find("By ", segment.start, segment.end) >= 0
                or text.find("BY ", segment.start, segment.end) >= 0
            )
        ):
            cut += _cut_segment(text, segment)
        else:
            cut.append(segment)
    return cut


def _cut_segment(text: str, segment: Segment) -> Iterator[Segment]:
    at = segment.start
    for match in _INLINE_BYLINE.finditer(text, segment.start, segment.end):
        start = _find_headline(text, at, match.start())
        if start is None or segment.end - match.end() < _MIN_TEXT:
            continue
        stop = max(start, at)
        kept = text[at:stop].rstrip()
        if kept:
            yield Segment(at, at + len(kept), segment.role, segment.rule)
        if at + len(kept) < stop:
            yield Segment(at + len(kept), stop, "blank", "white space")
        yield Segment(start, match.start(), "headline", INLINE_HEADLINE)
        yield Segment(match.start(), match.start("byline"), "blank", "white space")
        yield Segment(match.start("byline"), match.end("byline"), "byline", "inline, after a headline")
        yield Segment(match.end("byline"), match.end(), "blank", "white space")
        at = match.end()
    yield Segment(at, segment.end, segment.role, segment.rule)


def _find_headline(text: str, floor: int, stop: int) -> int | None:
    """Where the headline begins that ends at ``stop``: after the last sentence above it."""
    window = max(floor, stop - _MAX_LENGTH)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, window, stop)]
    start = ends[-1] if ends else floor if window == floor else None
    if start is None or not text[start:stop].strip():
        return None
    words = len(text[start:stop].split())
    return start if _MIN_WORDS <= words <= _MAX_WORDS else None


def find_glued(lines: PageLines, span: range) -> Iterator[int]:
    """Lines of a stretch at which another article begins: a headline with a byline right below.

    Running text has to stand above and below; a standfirst and times may stand in between.
    """
    begun = False
    for i in span:
        if lines.rules[i] == INLINE_HEADLINE:
            yield i
            begun = False
        elif (
            begun
            and not lines.running[i]
            and (signed := lines.byline(i))
            and _text_follows(lines, i + signed[1], span.stop)
        ):
            start = _find_start(lines, i, i + signed[1], span.start)
            if start is not None:
                yield start
                begun = False
        begun = begun or lines.running[i]


def _text_follows(lines: PageLines, i: int, stop: int) -> bool:
    return any(lines.running[j] for j in range(i, min(i + 4, stop)))


def _find_start(lines: PageLines, byline: int, below: int, floor: int) -> int | None:
    """The headline above a byline, over times and a standfirst of one line."""
    i = byline - 1
    while i > floor and lines.times[i]:
        i -= 1
    if i <= floor:
        return None
    if lines.is_headline(i, least=_MIN_SIGNED_WORDS):
        return i
    if i - 1 > floor and lines.is_headline(i - 1) and not lines.ends[i - 1]:
        return i - 1
    # A name with a time is a head's, not a sign-off: the line above it is a headline that has a stop.
    timed = lines.times[byline - 1] or (below < len(lines) and lines.times[below])
    return i if timed and lines.count[i] <= _MAX_STOPPED_WORDS else None
