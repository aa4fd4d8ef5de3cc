"""Quoted passages with their speakers, reported speech, and whose voice a stretch of text is in.

The marks say where passages are (:mod:`analysis.language.marks`). The text outside them is cut into host
sentences; each passage gets its attribution from the words of its host, from the passage that it carries
on, or from the sentence before, in that order.
"""

from __future__ import annotations

import bisect
import html
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from analysis.language.antecedents import Resolver, Speaker
from analysis.language.choice import passages_of
from analysis.language.hosts import Found, attribute_passages, find_hosts
from analysis.language.kinds import QUOTING, kind_of, tell_voice
from analysis.language.marks import Passage
from analysis.language.pipeline import context, keep, layer, set_layer, text_of
from analysis.language.reported import Reported, find_clauses, report_clause
from analysis.language.scene import Scene


@dataclass(frozen=True)
class Quote:
    """A passage inside one pair of marks, and who is said to have spoken it.

    The columns are those of the table ``quotes``; the spans of speaker and cue count in the same text as
    ``start`` and ``end``.
    """

    start: int
    end: int
    text: str
    quote_id: str
    kind: str
    closed: bool
    speaker_text: str | None = None
    speaker_start: int | None = None
    speaker_end: int | None = None
    speaker: str | None = None
    actor_id: str | None = None
    role: str | None = None
    party: str | None = None
    cue: str | None = None
    attribution: str = "none"
    cue_start: int | None = None
    cue_end: int | None = None

    def __repr__(self) -> str:
        said = f", {self.cue}" if self.cue else ""
        return f"Quote({self.text!r}, {self._speaker()}{said}; {self.kind}, {self.start} to {self.end})"

    def _repr_html_(self) -> str:
        about = ", ".join(part for part in (self._speaker(), self.role, self.party) if part)
        return f"<blockquote>{html.escape(self.text)}</blockquote><p>{html.escape(about)}</p>"

    def _speaker(self) -> str:
        return self.speaker or self.speaker_text or "speaker not stated"


def find_quotes(doc: Doc) -> list[Quote]:
    """Find every quoted passage of a Doc with its kind, cue and speaker.

    A passage that never closes or never opens ends with its paragraph, and has ``closed=False``. Longer
    passages inside another passage are part of that one; a scare quote inside it has its own row.

    Args:
        doc: A Doc with the layers ``sentences`` and ``mentions``; without a parse only the words beside a
            passage are read.

    Returns:
        Quotes in reading order. ``speaker`` is ``None`` where the text does not tell.
    """
    return _read(doc)[0]


def _read(doc: Doc) -> tuple[list[Quote], list[Reported]]:
    text = text_of(doc)
    passages = passages_of(doc)
    outer = [passage for passage in passages if passage.depth == 0]
    scene = Scene(doc, text, outer)
    resolver = Resolver(scene, layer(doc, "mentions"))
    hosts = find_hosts(text, layer(doc, "sentences"), outer)
    clauses = find_clauses(scene)[::-1]
    quotes: list[Quote] = []
    reported: list[Reported | None] = []
    # in the order of the text: pronouns rest on who has spoken
    for passage, found in zip(outer, attribute_passages(scene, hosts), strict=True):
        while clauses and doc[clauses[-1].cue].idx < passage.start:
            reported.append(report_clause(scene, resolver, clauses.pop()))
        quotes.append(_read_passage(scene, resolver, passage, found, quotes))
    reported += [report_clause(scene, resolver, clause) for clause in clauses[::-1]]
    inner = [passage for passage in passages if passage.depth == 1 and _is_short(text, passage)]
    for number, passage in enumerate(inner, start=len(quotes)):
        words = text[passage.start : passage.end]
        quotes.append(
            Quote(passage.start, passage.end, words, _quote_id(doc, number), "scare", passage.closed)
        )
    quotes.sort(key=lambda quote: (quote.start, -quote.end))
    return quotes, [row for row in reported if row is not None]


def _read_passage(
    scene: Scene, resolver: Resolver, passage: Passage, found: Found, before: list[Quote]
) -> Quote:
    speaker = resolver.speaker_of(found.attribution) if found.attribution else None
    kind = kind_of(scene, passage, found)
    if kind not in QUOTING:
        speaker = None
    resolver.heard(speaker)
    joins = found.joins and kind in QUOTING and bool(before) and before[-1].kind in QUOTING
    quote_id = before[-1].quote_id if joins else _quote_id(scene.doc, len(before))
    if joins and kind == "mixed":  # the second half of a sentence: "We will," she said, "act at once."
        kind = before[-1].kind
    return _quote(scene, passage, quote_id, kind, found, speaker)


def _quote_id(doc: Doc, number: int) -> str:
    about = context(doc)
    return f"{about.article_id}:{'h' if about.field == 'headline' else ''}q{number}"


def _is_closed(passage: Passage) -> bool:
    """Whether a passage has both its marks; one that goes on behind an interruption needs no new one."""
    return passage.closed and (passage.opened or passage.continues)


def _quote(
    scene: Scene, passage: Passage, quote_id: str, kind: str, found: Found, speaker: Speaker | None
) -> Quote:
    words = scene.text[passage.start : passage.end]
    quote = Quote(passage.start, passage.end, words, quote_id, kind, _is_closed(passage))
    if kind not in QUOTING or found.attribution is None:
        return quote
    cue = scene.doc[found.attribution.cue_start : found.attribution.cue_end]
    if cue.text.strip():
        quote = replace(quote, cue=cue.text, cue_start=cue.start_char, cue_end=cue.end_char)
    if speaker is None:
        return quote
    return replace(
        quote,
        speaker_text=speaker.text,
        speaker_start=speaker.start,
        speaker_end=speaker.end,
        speaker=speaker.name,
        actor_id=speaker.actor_id,
        role=speaker.role,
        party=speaker.party,
        attribution="continued" if found.basis == "continued" else speaker.basis,
    )


def _is_short(text: str, passage: Passage) -> bool:
    return len(text[passage.start : passage.end].split()) <= 3


def voice_at(doc: Doc, start: int, end: int) -> tuple[str, Quote | None]:
    """Whose words a stretch of text stands in.

    Args:
        doc: A Doc with the layer ``quotes``.
        start: First character.
        end: Last character, exclusive.

    Returns:
        "quotation" and the quote where the stretch lies wholly inside one quotation; "mixed" and the
        first quote it touches where only part does; "narration" and ``None`` otherwise.
    """
    quotes, starts, ends = keep(doc, "quoting", lambda: _quoting(doc))
    touched = quotes[bisect.bisect_right(ends, start) : bisect.bisect_left(starts, end)]
    if not touched:
        return "narration", None
    voice = tell_voice(text_of(doc), start, end, [(quote.start, quote.end) for quote in touched])
    return voice, touched[0]


def _quoting(doc: Doc) -> tuple[list[Quote], list[int], list[int]]:
    """The passages that count as quotation, none overlapping another, with their starts and ends."""
    quotes = [quote for quote in layer(doc, "quotes") if quote.kind in QUOTING]
    return quotes, [quote.start for quote in quotes], [quote.end for quote in quotes]


@Language.component("framelines_quotes")
def mark_quotes(doc: Doc) -> Doc:
    """Leave the layers ``quotes`` and ``reported`` on a Doc."""
    quotes, reported = _read(doc)
    set_layer(doc, "quotes", quotes, [quote.kind for quote in quotes])
    set_layer(doc, "reported", reported)
    return doc
