"""HTML pages: the visible text, which of it is the body and what the rest is, and what the markup says of it.

trafilatura decides what the body is; its paragraphs are found again in the page's visible text, so that every
stretch that it left out stands there with the reason. Nothing is fetched, and no script is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from analysis.corpus.pages import Facts, Layout, Page, Part, Reading, Segment
from analysis.corpus.provenance.outlets import aggregator_of_domain
from analysis.corpus.reading.body import align_body, extract_paragraphs
from analysis.corpus.reading.metadata import Described, read_metadata
from analysis.corpus.reading.visible import MAX_DEPTH, MAX_ELEMENTS, Line, Visible, parse_html, render
from analysis.errors import CorpusFormatError, Problem

_NO_FACTS = Facts()
_BODY, _LEFT_OUT = "body by trafilatura", "left out by trafilatura"
# Words: a shorter body on a page with this much more running text is a teaser or a notice.
_MIN_BODY, _MUCH_TEXT, _RUNNING_LINE = 50, 150, 12
# The share of a body that may be missing from the visible text without a word about it.
_MAX_LOST = 0.05
_MIN_ENTRIES = 2
_MAX_CROSSHEAD_WORDS, _MAX_SHORT_WORDS, _MAX_HEADLINE_WORDS = 20, 60, 40
_SENTENCE_END = re.compile(r"[.!?…:;,]['\"’”)\]]*$")
_BY = re.compile(r"(?:(?:words|written) )?by:? (?P<name>[^\d]{3,80})", re.IGNORECASE)
# Roles that only short lines have, wherever they stand.
_SHORT_ROLES = ("byline", "stamp", "standfirst", "caption")


def read_html(name: str, sha256: str, encoding: str, markup: str, facts: Facts = _NO_FACTS) -> Reading:
    """Read one HTML page.

    Args:
        name: The page's name.
        sha256: The hash of the page's bytes.
        encoding: How the bytes were decoded.
        markup: The page's HTML.
        facts: What the container says of the page; it wins over the page.

    Returns:
        The page with its visible text. Its segments are empty where no body was found in it: then the
        rules for plain text apply, and a problem says so.

    Raises:
        CorpusFormatError: The page holds no HTML, or no visible text.
    """
    tree, huge = parse_html(markup)
    visible = render(tree)
    if not visible.lines:
        raise CorpusFormatError(
            "The page shows no text.",
            allowed="A page needs at least one line of visible text.",
            todo="Save it from a browser after it has loaded, or remove it.",
        )
    paragraphs = [] if huge else extract_paragraphs(tree)
    described = read_metadata(tree, markup, facts, name)
    problems = list(described.problems)
    if huge:
        problems.append(_note_huge(name))
    elif _is_meagre(paragraphs, visible):
        paragraphs = []
        problems.append(_note_no_body(name))
    if not paragraphs:
        page = Page(name, sha256, encoding, visible.text, facts=described.facts)
        return Reading(name, sha256, page, problems=tuple(problems))
    body = align_body(paragraphs, visible)
    if body.lost > _MAX_LOST:
        problems.append(_note_lost(name, body.lost))
    headline = _find_headline(visible, described.titles, body.spans[0][0] if body.spans else 0)
    segments = tuple(_tile(visible, body.spans, headline))
    layout = _lay_out(visible.text, segments, described)
    page = Page(name, sha256, encoding, visible.text, segments, layout, described.facts)
    return Reading(name, sha256, page, problems=tuple(problems))


def _is_meagre(paragraphs: Sequence[str], visible: Visible) -> bool:
    """Whether the body found is next to nothing beside the running text that the page shows."""
    if sum(len(paragraph.split()) for paragraph in paragraphs) >= _MIN_BODY:
        return False
    running = (visible.text[line.start : line.end] for line in visible.lines)
    words = (len(line.split()) for line in running if _SENTENCE_END.search(line))
    return sum(count for count in words if count >= _RUNNING_LINE) >= _MUCH_TEXT


def _find_headline(visible: Visible, titles: Sequence[str], body_start: int) -> int | None:
    """The start of the line that is the page's headline: a title says it, or its place does."""
    known = {_letters(title) for title in titles if len(title.split()) > 1}
    heads = [
        line
        for line in visible.lines
        if line.rule == "<h1>" and _is_short(line, visible, _MAX_HEADLINE_WORDS)
    ]
    candidates = heads + [line for line in visible.lines if line.start < body_start and line not in heads]
    for line in candidates:
        letters = _letters(visible.text[line.start : line.end])
        if letters in known:
            return line.start
    for line in heads:
        # A title often carries the outlet's name behind the headline.
        letters = _letters(visible.text[line.start : line.end])
        if len(letters) > 15 and any(letters in title for title in known):
            return line.start
    if len(heads) == 1:
        return heads[0].start
    # A page without a title and without an <h1> names its article in the heading right at the body's start.
    first = next((line for line in visible.lines if line.start <= body_start < line.end), None)
    if titles or heads or first is None or first.role != "crosshead":
        return None
    return first.start if _is_short(first, visible, _MAX_CROSSHEAD_WORDS) else None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _is_short(line: Line, visible: Visible, limit: int) -> bool:
    # A word takes two characters at least; a long line need not be split.
    return line.end - line.start <= 20 * limit and len(visible.text[line.start : line.end].split()) <= limit


def _tile(visible: Visible, spans: Sequence[tuple[int, int]], headline: int | None) -> Iterator[Segment]:
    """Segments over the whole text: lines, and the pieces of a line of which the body has only a part."""
    at = n = 0
    for line in visible.lines:
        if at < line.start:
            yield Segment(at, line.start, "blank", "white space")
        at = line.start
        while n < len(spans) and spans[n][1] <= line.end:
            start, end = spans[n]
            yield from _leave_out(visible, line, at, start, headline)
            yield Segment(start, end, *_judge_kept(visible, line, start, end, headline))
            at = end
            n += 1
        yield from _leave_out(visible, line, at, line.end, headline)
        at = line.end


def _judge_kept(visible: Visible, line: Line, start: int, end: int, headline: int | None) -> tuple[str, str]:
    if line.start == headline:
        return "headline", "the page's title"
    short = _is_short(line, visible, _MAX_CROSSHEAD_WORDS)
    if line.role == "crosshead" and short and not _SENTENCE_END.search(visible.text[start:end]):
        return "crosshead", f"{line.rule} in the body"
    return "paragraph", _BODY


def _leave_out(visible: Visible, line: Line, start: int, end: int, headline: int | None) -> Iterator[Segment]:
    """The piece of a line that is no body, with the white space around it."""
    piece = visible.text[start:end]
    words = piece.strip()
    if not words:
        if piece:
            yield Segment(start, end, "blank", "white space")
        return
    first = start + len(piece) - len(piece.lstrip())
    last = first + len(words)
    if start < first:
        yield Segment(start, first, "blank", "white space")
    yield Segment(first, last, *_judge_left_out(visible, line, headline))
    if last < end:
        yield Segment(last, end, "blank", "white space")


def _judge_left_out(visible: Visible, line: Line, headline: int | None) -> tuple[str, str]:
    if line.start == headline:
        return "headline", "the page's title"
    if line.embedded:
        return "embed", f"{_LEFT_OUT}, embedded post"
    if not line.role:
        return "furniture", _LEFT_OUT
    short = _is_short(line, visible, _MAX_SHORT_WORDS)
    if line.role in ("headline", "crosshead") or (line.role in _SHORT_ROLES and not short):
        return "furniture", f"{_LEFT_OUT}, {line.rule}"
    return line.role, f"{_LEFT_OUT}, {line.rule}"


def _lay_out(text: str, segments: tuple[Segment, ...], described: Described) -> Layout | None:
    """The page's articles, where its own metadata says that it is one article or a live blog."""
    url = described.facts.url
    aggregator = aggregator_of_domain(url) if url else None
    headline = next((segment for segment in segments if segment.role == "headline"), None)
    signed = (_BY.fullmatch(s.text(text)) for s in segments if s.role == "byline" and s.end - s.start <= 120)
    byline = described.facts.byline or next((match["name"].strip() for match in signed if match), None)
    if described.single:
        part = Part("main", range(len(segments)), headline=headline, byline=byline)
        return Layout("single article", segments, (part,), aggregator)
    entries = _find_entries(segments) if described.live else []
    if len(entries) < _MIN_ENTRIES:
        return None
    marked = list(segments)
    for n in entries:
        marked[n] = replace(segments[n], role="headline", rule="heading of a live blog's entry")
    parts = [Part("liveblog_lead", range(entries[0]), headline=headline, byline=byline)]
    for first, last in pairwise([*entries, len(segments)]):
        parts.append(Part("liveblog_entry", range(first, last), headline=marked[first]))
    return Layout("live blog", tuple(marked), tuple(parts), aggregator)


def _find_entries(segments: Sequence[Segment]) -> list[int]:
    """Positions of the headings inside the body that have running text right below."""
    solid = [n for n, segment in enumerate(segments) if segment.role not in ("blank", "stamp", "byline")]
    return [
        n
        for n, below in pairwise(solid)
        if segments[n].role == "crosshead" and segments[below].role == "paragraph"
    ]


def _note_huge(name: str) -> Problem:
    return Problem(
        "segment",
        "warning",
        "The page is too large or nested too deep to look for its body; it was read as plain text.",
        f"Up to {MAX_ELEMENTS:,} elements, nested up to {MAX_DEPTH} deep.",
        "See in the table segments what was kept; save the page from a browser's reading view.",
        name,
    )


def _note_no_body(name: str) -> Problem:
    return Problem(
        "segment",
        "note",
        "No body was found in the page's markup; its visible text was read as plain text.",
        "A page whose article stands in elements of its own.",
        "See in the table segments what was kept.",
        name,
    )


def _note_lost(name: str, lost: float) -> Problem:
    return Problem(
        "segment",
        "note",
        f"{lost:.0%} of the body that the markup holds is not in the page's visible text, and was left out.",
        f"Up to {_MAX_LOST:.0%}.",
        "See in the table segments what was kept; a browser may show the page otherwise.",
        name,
    )
