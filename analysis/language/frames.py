"""Frames, terms and metaphors, each with the voice it stands in.

A word in a quotation is the speaker's, not the journalist's: counted together they would tell whom an
outlet quotes as if it were how the outlet frames. Every match therefore says whose words it stands in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from analysis.codebooks import Codebook, Entry, TopicPack, choose_codebooks
from analysis.language.pipeline import context, keep, set_layer, text_of, token_bounds
from analysis.language.quotes import voice_at
from analysis.matching import EntrySet, JointMatcher, Match

Span = tuple[int, int, str]
Voice = tuple[str, str | None, str | None]


# Not frozen, though nothing changes one: a frozen record takes three times as long to make.
@dataclass(unsafe_hash=True)
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


@dataclass(unsafe_hash=True)
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
    """Find the frames of the codebooks that run on a text.

    Args:
        doc: A tokenised Doc; with the layer ``quotes``, voices are known. Its context names the codebooks;
            where it does not, the generic ones run and those of the topic packs that apply.

    Returns:
        Matches in reading order. A codebook whose name ends with "metaphors" holds metaphors.
    """
    books, found = _read(doc)
    rows = [
        FrameMatch(*span, book.name, book.version, entry.label, entry.id, *voice)
        for book, matches in zip(books, found, strict=False)
        for span, entry, voice in _voiced(doc, matches)
    ]
    return sorted(rows, key=lambda row: (row.start, row.end))


def find_terms(doc: Doc) -> list[TermMatch]:
    """Find the terms of the topic packs that apply to the text; a longer term hides a shorter one in it."""
    books, found = _read(doc)
    rows = [
        TermMatch(*span, entry.label, entry.use, entry.id, *voice)
        for matches in found[len(books) :]
        for span, entry, voice in _voiced(doc, matches)
    ]
    return sorted(rows, key=lambda row: (row.start, row.end))


def _read(doc: Doc) -> tuple[Sequence[Codebook], list[list[Match]]]:
    """The codebooks that run, and the matches of each; behind them those of each pack's terms."""
    about = context(doc)
    books = about.codebooks
    if books is None:
        books = choose_codebooks(name for pack in about.packs for name in pack.codebooks)
    found = keep(
        doc,
        "coded",
        lambda: _matcher(doc.vocab, books, about.packs).find(doc, text_of(doc), token_bounds(doc)),
    )
    return books, found


@lru_cache(maxsize=16)
def _matcher(vocab: Vocab, books: tuple[Codebook, ...], packs: tuple[TopicPack, ...]) -> JointMatcher:
    """One matcher for all that is looked for: one walk through a text finds it."""
    sets = [EntrySet(book.entries) for book in books]
    return JointMatcher(vocab, sets + [EntrySet(pack.terms, across_labels=True) for pack in packs])


def _voiced(doc: Doc, matches: Iterable[Match]) -> Iterator[tuple[Span, Entry, Voice]]:
    for match in matches:
        voice, quote = voice_at(doc, match.start, match.end)
        who = (quote.speaker, quote.quote_id) if quote else (None, None)
        yield (match.start, match.end, match.text), match.entry, (voice, *who)


@Language.component("framelines_frames")
def mark_frames(doc: Doc) -> Doc:
    """Leave the layers ``frames`` and ``terms``."""
    frames, terms = find_frames(doc), find_terms(doc)
    set_layer(doc, "frames", frames, [match.frame for match in frames])
    set_layer(doc, "terms", terms, [match.term_group for match in terms])
    return doc
