"""Frames, terms and metaphors, each with the voice it stands in.

A word in a quotation is the speaker's, not the journalist's: counted together they would tell whom an
outlet quotes as if it were how the outlet frames. Every match therefore says whose words it stands in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from analysis.codebooks import Entry, choose_codebooks
from analysis.language.pipeline import context, set_layer
from analysis.language.quotes import voice_at
from analysis.matching import Match, build_matcher


@dataclass(frozen=True)
class FrameMatch:
    """Words that stand for a frame of a codebook, and whose words they are."""

    start: int
    end: int
    text: str
    codebook: str
    version: str
    frame: str
    entry: str
    voice: str
    speaker: str | None
    quote_id: str | None


@dataclass(frozen=True)
class TermMatch:
    """A word for the people or the process that a topic is about, and whose word it is."""

    start: int
    end: int
    text: str
    term_group: str
    use: str | None
    entry: str
    voice: str
    speaker: str | None
    quote_id: str | None


def find_frames(doc: Doc) -> list[FrameMatch]:
    """Find the frames of the generic codebooks, and of those of the topic packs that apply to the text.

    Args:
        doc: A tokenised Doc; with the layer ``quotes``, voices are known.

    Returns:
        Matches in reading order. A codebook whose name ends with "metaphors" holds metaphors.
    """
    packs = context(doc).packs
    sources = [(book.name, book.version, book.entries) for book in choose_codebooks(packs)]
    sources += [(f"{pack.name} metaphors", pack.version, pack.metaphors) for pack in packs if pack.metaphors]
    found = [
        FrameMatch(
            match.start, match.end, match.text, name, version, match.entry.label, match.entry.id, *voice
        )
        for name, version, entries in sources
        for match, voice in _voiced(doc, entries)
    ]
    return sorted(found, key=lambda match: (match.start, match.end))


def find_terms(doc: Doc) -> list[TermMatch]:
    """Find the terms of the topic packs that apply to the text; a longer term hides a shorter one in it."""
    found = [
        TermMatch(
            match.start,
            match.end,
            match.text,
            match.entry.label,
            match.entry.use,
            match.entry.id,
            *voice,
        )
        for pack in context(doc).packs
        for match, voice in _voiced(doc, pack.terms, across_labels=True)
    ]
    return sorted(found, key=lambda match: (match.start, match.end))


def _voiced(
    doc: Doc, entries: tuple[Entry, ...], *, across_labels: bool = False
) -> Iterator[tuple[Match, tuple[str, str | None, str | None]]]:
    for match in build_matcher(doc.vocab, entries, across_labels=across_labels).find(doc):
        voice, quote = voice_at(doc, match.start, match.end)
        yield match, (voice, quote.speaker if quote else None, quote.quote_id if quote else None)


@Language.component("framelines_frames")
def mark_frames(doc: Doc) -> Doc:
    """Leave the layers ``frames`` and ``terms``."""
    frames, terms = find_frames(doc), find_terms(doc)
    set_layer(doc, "frames", frames, [match.frame for match in frames])
    set_layer(doc, "terms", terms, [match.term_group for match in terms])
    return doc
