"""Page families: how the segments of a page form articles.

Four layouts are known: a single article; an aggregator page (a main article, then blocks of outlet, relative
time, outlet again, headline, body); a live blog (a lead, then entries under headlines of their own, newest
first); a letters page. A page that fits none stays one article.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from analysis.corpus.outlets import find_aggregator
from analysis.corpus.pages import Layout, Part, Segment
from analysis.corpus.segments import INLINE_HEADLINE, ends_sentence

_LIVE = re.compile(r"\blive (?:blog|updates?|coverage|reporting)\b|\bLIVE\b")
_LIVE_TITLE = re.compile(r"[\w’' ]{0,40}\bLIVE\b[\w’' :]{0,20}")
_LETTER = re.compile(r"(?:SIR|Sir|Dear (?:Sir|Editor|Madam))\b\s*[–—,-]")
_BY = re.compile(r"(?:words |written )?by\s+(?P<name>.+?)(?:,.*| [–|-] .*)?", re.IGNORECASE)
_NAME = re.compile(r"[A-Z][\w.'’-]+(?: (?:[A-Z][\w.'’-]*|de|van|von|al)){1,3}")
_REPORTER = re.compile(
    r"(?:[\w&’'-]+ ){0,4}(?:reporter|correspondent|editor|writer|columnist|journalist|bureau chief)"
    r"(?: [\w&’' -]{0,40})?",
    re.IGNORECASE,
)
_LIST_ITEM = re.compile(r"(?:[-–—•●▪*·>]|\(?(?:\d{1,2}|[a-z])[.)])\s+\S")
_MIN_ENTRY_WORDS, _MAX_HEADLINE_WORDS, _MAX_CROSSHEAD_WORDS = 4, 35, 9
_MAX_CROSSHEAD_LENGTH = 100  # characters: one endless "word" is no crosshead


def read_layout(text: str, segments: Iterable[Segment]) -> Layout:
    """Find a page's layout and its articles.

    Args:
        text: The page as characters.
        segments: Its segments, from :func:`analysis.corpus.segments.split_page`.

    Returns:
        The layout. Every page gives at least one part, even if nothing of it is kept.
    """
    page = _Page(text, list(segments))
    blocks = page.find_blocks()
    name = "aggregator page" if blocks else "single article"
    starts = [("main", 0), *(("related", first) for first in blocks)]
    if not blocks and (entries := page.find_entries()):
        name = "live blog"
        starts = [("liveblog_lead", 0), *(("liveblog_entry", first) for first in entries)]
    parts: list[Part] = []
    for (kind, first), (_, last) in itertools.pairwise([*starts, ("", len(page.segments))]):
        parts += page.read_parts(kind, range(first, last))
    if name == "single article" and parts[0].kind == "letter":
        name = "letters page"
    return Layout(name, tuple(page.segments), tuple(parts), page.aggregator())


class _Page:
    """A page's text and segments while its layout is being read; roles are rewritten in place."""

    def __init__(self, text: str, segments: list[Segment]) -> None:
        self.text = text
        self.segments = segments

    def words(self, n: int) -> str:
        return self.segments[n].text(self.text).replace("\xa0", " ")

    def give(self, n: int, role: str, rule: str) -> None:
        self.segments[n] = replace(self.segments[n], role=role, rule=rule)

    def solid(self, span: range) -> list[int]:
        return [n for n in span if self.segments[n].role != "blank"]

    def is_heading(self, n: int) -> bool:
        segment = self.segments[n]
        return segment.role == "paragraph" and not ends_sentence(self.words(n))

    def is_running(self, n: int) -> bool:
        return self.segments[n].role == "paragraph" and ends_sentence(self.words(n))

    def aggregator(self) -> str | None:
        return find_aggregator(self.words(n) for n, s in enumerate(self.segments) if s.role == "furniture")

    def says_live(self, n: int) -> bool:
        """Whether a label or a heading calls the page live; a sentence on live coverage does not."""
        words = self.words(n)
        if words.isupper() and len(words.split()) > 2:
            # In a headline in capitals, LIVE is a verb as often as a label.
            words = words.lower()
        running = self.segments[n].role == "paragraph" and ends_sentence(words)
        return not running and bool(_LIVE.search(words))

    def find_blocks(self) -> list[int]:
        """Positions at which a block of an aggregator page begins: outlet, relative time, "- outlet"."""
        solid = self.solid(range(len(self.segments)))
        found = []
        for a, b, c in zip(solid, solid[1:], solid[2:], strict=False):
            label = re.sub(r"^\W+", "", self.words(c))
            if self.segments[b].role == "stamp" and label == self.words(a) and len(label.split()) <= 6:
                found.append(a)
                self.give(a, "outlet", "outlet label before a relative time")
                self.give(c, "outlet", "outlet label repeated after the time")
        return found

    def find_entries(self) -> list[int]:
        """Positions of the headlines of a live blog's entries; empty where the page is none."""
        solid = self.solid(range(len(self.segments)))
        if not any(self.says_live(n) for n in solid):
            return []
        entries = [
            n
            for n, following in itertools.pairwise(solid[1:])
            if self.is_heading(n)
            and _MIN_ENTRY_WORDS <= len(self.words(n).split()) <= _MAX_HEADLINE_WORDS
            and ends_sentence(self.words(following))
        ]
        if len(entries) < 2:
            return []
        for n in solid:
            if self.is_heading(n) and n not in entries and _LIVE_TITLE.fullmatch(self.words(n)):
                self.give(n, "furniture", "live blog title")
        return entries

    def read_parts(self, kind: str, span: range) -> Iterator[Part]:
        """The article of a stretch of the page, and pieces glued into it under headlines of their own."""
        glued = list(self.find_glued(span))
        part = self._read_part(kind, range(span.start, glued[0] if glued else span.stop))
        yield part
        for first, last in itertools.pairwise([*glued, span.stop]):
            piece = self._read_part(kind, range(first, last))
            yield replace(piece, outlet=part.outlet, outlet_basis=part.outlet_basis, stamp=part.stamp)

    def find_glued(self, span: range) -> Iterator[int]:
        """Positions of headlines inside a stretch that have running text above and a byline right below."""
        solid, begun = self.solid(span), False
        for n, below, then in itertools.zip_longest(solid, solid[1:], solid[2:]):
            signed = then is not None and self.segments[below].role == "byline" and self.is_running(then)
            headline = self.is_heading(n) and len(self.words(n).split()) >= _MIN_ENTRY_WORDS
            if self.segments[n].rule == INLINE_HEADLINE or (begun and signed and headline):
                yield n
            begun = begun or self.is_running(n)

    def _read_part(self, kind: str, span: range) -> Part:
        solid = self.solid(span)
        labels = [n for n in solid if self.segments[n].role == "outlet"]
        stamp = next((self.segments[n] for n in solid if self.segments[n].role == "stamp"), None)
        byline = self._read_byline(solid)
        headline = self._read_headline(solid, labelled=bool(labels))
        body = [n for n in solid if self.segments[n].role == "paragraph"]
        self._drop_repeats(body, headline)
        self._mark_crossheads(body)
        if body and _LETTER.match(self.words(body[0])):
            kind = "letter"
        return Part(
            kind,
            span,
            outlet=self.words(labels[0]) if labels else None,
            outlet_basis="the label above the article" if labels else None,
            headline=self.segments[headline] if headline is not None else None,
            byline=byline,
            stamp=stamp,
        )

    def _read_byline(self, solid: list[int]) -> str | None:
        for name, role in itertools.pairwise(solid[:4]):
            if _NAME.fullmatch(self.words(name)) and _REPORTER.fullmatch(self.words(role)):
                self.give(name, "byline", "name above a reporter's role")
                self.give(role, "byline", "reporter's role")
                return self.words(name)
        for n in solid:
            by_name = _BY.fullmatch(self.words(n)) if self.segments[n].role == "byline" else None
            if by_name:
                return by_name["name"].strip()
        return None

    def _read_headline(self, solid: list[int], *, labelled: bool) -> int | None:
        marked = next((n for n in solid if self.segments[n].role == "headline"), None)
        if marked is not None:
            return marked
        lines = [n for n in solid if self.segments[n].role == "paragraph"]
        if len(lines) > 2 and len(self.words(lines[0]).split()) <= 2 and self.is_heading(lines[1]):
            self.give(lines.pop(0), "furniture", "section label before the headline")
        if len(lines) < 2:
            return None
        first = lines[0]
        words = len(self.words(first).split())
        open_end = self.is_heading(first) or self.words(first).endswith(("...", "…", "?", "!"))
        below = next((n for n in solid if n > first), first)
        signed = first == solid[0] and self.segments[below].role == "byline"
        if words <= _MAX_HEADLINE_WORDS and (labelled or open_end or signed):
            rule = "line after the outlet label" if labelled else "first line, without a sentence end"
            rule = rule if labelled or open_end else "first line, above the byline"
            self.give(first, "headline", rule)
            return first
        return None

    def _drop_repeats(self, body: list[int], headline: int | None) -> None:
        """A standfirst that the body says again, or a headline set twice, is said once."""
        seen = {_squash(self.words(headline))} if headline is not None else set()
        later = {_squash(self.words(n)) for n in body[1:]}
        for place, n in enumerate(list(body)):
            squashed = _squash(self.words(n))
            if squashed in seen:
                self.give(n, "furniture", "headline repeated")
                body.remove(n)
            elif place == 0 and squashed in later:
                self.give(n, "standfirst", "said again in the body")
                body.remove(n)

    def _mark_crossheads(self, body: list[int]) -> None:
        in_list = False
        for place, n in enumerate(body):
            words = self.words(n)
            short = len(words.split()) <= _MAX_CROSSHEAD_WORDS and len(words) <= _MAX_CROSSHEAD_LENGTH
            item = bool(_LIST_ITEM.match(words)) or (in_list and short)
            # "The plan has three points:" opens a list, whose lines are text although they have no stop.
            in_list = words.endswith(":") or (in_list and self.is_heading(n) and short)
            if self.is_heading(n) and short and not item and 0 < place < len(body) - 1:
                self.give(n, "crosshead", "short line without a sentence end between paragraphs")


def _squash(words: str) -> str:
    return re.sub(r"\W+", " ", words).casefold().strip()
