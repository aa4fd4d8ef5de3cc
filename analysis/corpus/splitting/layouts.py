"""Page families: how the segments of a page form articles.

Five layouts are known, and each needs evidence of its own on the page: a single article; an aggregator page
(a main article, then blocks of outlet, relative time, headline, text); a live blog (a lead, then entries
under headings or times, newest first); a letters page; and, inside any of these, an article glued to the end
of another. A page that fits none stays one article, and its layout's name says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from analysis.corpus.pages import Layout, Part, Segment
from analysis.corpus.provenance.outlets import find_aggregator
from analysis.corpus.splitting.aggregators import Block, find_blocks
from analysis.corpus.splitting.glued import cut_inline_heads, find_glued
from analysis.corpus.splitting.heads import Head, finish_body, read_head
from analysis.corpus.splitting.letters import (
    SALUTATION,
    SALUTATION_LETTERS,
    Letter,
    clear_page,
    find_letters,
    name_signature,
)
from analysis.corpus.splitting.liveblogs import Entry, clear_lead, find_entries
from analysis.corpus.splitting.page_lines import MAX_HEADLINE_WORDS, PageLines
from analysis.corpus.splitting.segments import INLINE_HEADLINE
from analysis.corpus.splitting.stretches import OUTSIDE

# A page that lists stories: this many long headings, each with a sentence or two below.
_MIN_TEASERS, _MIN_TEASER_WORDS, _MAX_TEASER_LINES = 4, 6, 1.5


@dataclass(frozen=True)
class _Stretch:
    """Lines that form one article, and what the layout knows of it."""

    kind: str
    first: int
    block: Block | None = None
    entry: Entry | None = None
    letter: Letter | None = None
    sole: bool = False


def read_layout(text: str, segments: Iterable[Segment]) -> Layout:
    """Find a page's layout and its articles.

    Args:
        text: The page as characters.
        segments: Its segments, from :func:`analysis.corpus.splitting.segments.split_page`.

    Returns:
        The layout. Every page gives at least one part, even if nothing of it is kept.
    """
    restored = [_restore(text, s) if s.role == "furniture" else s for s in segments]
    lines = PageLines(text, cut_inline_heads(text, restored))
    name, stretches = _find_stretches(lines)
    parts: list[Part] = []
    for stretch, stop in zip(stretches, [*(s.first for s in stretches[1:]), len(lines)], strict=True):
        span = range(stretch.first, stop)
        if stretch is stretches[-1]:
            _drop_tail(lines, span)
        parts += _read_parts(lines, stretch, span)
    if name == "single article":
        name = _name_single(lines, parts)
    return Layout(name, lines.tile(), tuple(parts), _find_aggregator(lines))


def _restore(text: str, segment: Segment) -> Segment:
    """Take a salutation back that was taken for what its site repeats."""
    if text[segment.start : segment.start + 1] not in SALUTATION_LETTERS or segment.rule in OUTSIDE:
        return segment
    if not SALUTATION.match(text, segment.start, segment.end):
        return segment
    return Segment(segment.start, segment.end, "paragraph", "salutation of a letter")


def _drop_outside(lines: PageLines, span: range) -> None:
    """Drop again what stands outside the page's one article."""
    for i in span:
        if lines.rules[i] in OUTSIDE and lines.roles[i] == "paragraph":
            lines.give(i, "furniture", lines.rules[i])


def _is_inside(lines: PageLines, i: int) -> bool:
    return lines.running[i] and lines.rules[i] not in OUTSIDE


def _drop_tail(lines: PageLines, span: range) -> None:
    """Drop what stands below the last article's text, where that is certain."""
    kept = [i for i in span if _is_inside(lines, i)]
    if kept:
        _drop_outside(lines, range(kept[-1] + 1, span.stop))


def _find_stretches(lines: PageLines) -> tuple[str, list[_Stretch]]:
    """The layout's name, and the stretches that it parts the page into; the first begins at the top."""
    if blocks := find_blocks(lines):
        found = [_Stretch("related", block.start, block=block) for block in blocks]
        if not any(lines.running[i] for i in range(found[0].first)):
            found[0] = replace(found[0], kind="main", first=0)
        return "aggregator page", _from_top(found, "main")
    if letters := find_letters(lines):
        clear_page(lines, letters)
        found = [_Stretch("letter", letter.start, letter=letter) for letter in letters]
        return "letters page", [replace(found[0], first=0), *found[1:]]
    entries = find_entries(lines)
    if not any(entry.stamp for entry in entries):
        # Without times to go by, headings outside the article are teasers; its own headline may stand above.
        first = next((i for i in range(len(lines)) if _is_inside(lines, i)), 0)
        _drop_outside(lines, range(first, len(lines)))
        entries = find_entries(lines)
    if entries:
        clear_lead(lines, entries)
        return "live blog", _from_top(
            [_Stretch("liveblog_entry", entry.start, entry=entry) for entry in entries], "liveblog_lead"
        )
    return "single article", [_Stretch("main", 0, sole=True)]


def _from_top(found: list[_Stretch], kind: str) -> list[_Stretch]:
    return found if found[0].first == 0 else [_Stretch(kind, 0), *found]


def _read_parts(lines: PageLines, stretch: _Stretch, span: range) -> Iterator[Part]:
    """The article of a stretch of the page, and pieces glued into it under headlines of their own."""
    if stretch.letter:
        yield _read_letter(lines, stretch.letter, span)
        return
    inline = next((i for i in span if i > span.start and lines.rules[i] == INLINE_HEADLINE), span.stop)
    head = _read_head(lines, stretch, range(span.start, inline))
    if stretch.sole:
        _drop_outside(lines, span)
    begun = range(min(head.text, inline), span.stop)
    glued = [i for i in find_glued(lines, begun) if i > span.start]
    part = _build_part(lines, stretch, range(span.start, glued[0] if glued else span.stop), head)
    yield part
    for first, stop in pairwise([*glued, span.stop]):
        piece = range(first, stop)
        built = _build_part(
            lines, _Stretch(stretch.kind, first), piece, read_head(lines, piece, headline=first)
        )
        yield replace(built, outlet=part.outlet, outlet_basis=part.outlet_basis, stamp=part.stamp)


def _read_head(lines: PageLines, stretch: _Stretch, span: range) -> Head:
    block, entry = stretch.block, stretch.entry
    if entry and entry.stamp is not None:
        lines.give(entry.stamp, "stamp", "time of an entry")
    if entry and entry.heading is None:
        return Head(None, None, span.start)
    known = entry.heading if entry else block.headline if block else None
    return read_head(lines, span, labelled=block is not None, headline=known if known in span else None)


def _read_letter(lines: PageLines, letter: Letter, span: range) -> Part:
    byline = name_signature(lines, letter)
    if letter.heading is not None:
        lines.give(letter.heading, "headline", "heading above a letter")
    return _build_part(lines, _Stretch("letter", span.start), span, Head(letter.heading, byline, span.start))


def _build_part(lines: PageLines, stretch: _Stretch, span: range, head: Head) -> Part:
    body = finish_body(lines, span, head.headline)
    letter = bool(body) and SALUTATION.match(lines.words[body[0]][:40])
    stamps = [i for i in span if lines.roles[i] == "stamp"]
    # Below the text stand the times of comments and of other stories.
    stamps = [i for i in stamps if body and i < body[-1]] or stamps
    first = next((i for i in stamps if lines.times[i] != "updated"), stamps[0] if stamps else None)
    stamp = next((i for i in stamps if lines.times[i] == "ago"), first)
    return Part(
        "letter" if letter else stretch.kind,
        _find_segments(lines, span),
        outlet=stretch.block.label if stretch.block else None,
        outlet_basis="the label above the article" if stretch.block else None,
        headline=lines.segment(head.headline) if head.headline is not None else None,
        byline=head.byline,
        stamp=lines.segment(stamp) if stamp is not None else None,
    )


def _find_segments(lines: PageLines, span: range) -> range:
    """The positions of an article's segments: the white space above a line belongs to the part before."""
    return range(lines.place(span.start) if span.start else 0, lines.place(span.stop))


def _name_single(lines: PageLines, parts: list[Part]) -> str:
    if parts[0].kind == "letter":
        return "letters page"
    kept = [i for i in range(len(lines)) if lines.roles[i] in ("paragraph", "crosshead")]
    running = sum(lines.ends[i] for i in kept)
    headings = sum(
        _MIN_TEASER_WORDS <= lines.count[i] <= MAX_HEADLINE_WORDS and not lines.ends[i] for i in kept
    )
    teasers = headings >= _MIN_TEASERS and running <= headings * _MAX_TEASER_LINES
    if not running or teasers or (parts[0].headline is None and _count_stretches(lines) > 1):
        return "unknown layout"
    return "single article"


def _count_stretches(lines: PageLines) -> int:
    """How many times text begins again below lines that are not an article's."""
    count, parted = 0, True
    for i in range(len(lines)):
        if lines.running[i]:
            count += parted
            parted = False
        elif lines.roles[i] == "furniture":
            parted = True
    return count


def _find_aggregator(lines: PageLines) -> str | None:
    return find_aggregator(lines.words[i] for i in range(len(lines)) if lines.roles[i] == "furniture")
