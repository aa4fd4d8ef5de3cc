"""An article as the reader shows it: whole, or the sentences that carry a mark, with what stands between."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from analysis.tables import Tables
from analysis.views.encoding import count_units
from analysis.views.excerpts import MOST_OF_ARTICLE
from analysis.views.reader_marks import LAYERS, Mark, Passage, count_layers

MOST_PASSAGE_WORDS = 40
MOST_CHARACTERS = 1000  # of one sentence
_WORD = re.compile(r"\S+")

Span = tuple[int, int]
# The number of a passage and of its side -> the parts of it that may be shown.
Limits = dict[tuple[int, int], tuple[Span, ...]]


@dataclass(frozen=True)
class Piece:
    """A part of an article that is shown.

    Attributes:
        start: Where it begins, in characters of the text.
        end: Where it ends.
        paragraph: The number of its paragraph.
        before: How many sentences are left out before it.
        cut: How many words of its sentence are left out at its end.
    """

    start: int
    end: int
    paragraph: int
    before: int = 0
    cut: int = 0


def read_spans(tables: Tables, ids: Collection[str]) -> dict[str, list[tuple[int, int, int]]]:
    """Start, end and paragraph of each sentence, by article."""
    spans: dict[str, list[tuple[int, int, int]]] = {article: [] for article in ids}
    rows = tables.sentences[tables.sentences["article_id"].isin(spans)].dropna(subset=["start", "end"])
    for article, start, end, paragraph in zip(
        rows["article_id"], rows["start"], rows["end"], rows["paragraph"], strict=True
    ):
        spans[article].append((int(start), int(end), 0 if pd.isna(paragraph) else int(paragraph)))
    return {article: sorted(found) for article, found in spans.items()}


def divide_whole(text: str, spans: Sequence[tuple[int, int, int]]) -> list[Piece]:
    """The whole text, a piece a paragraph; whatever is in no sentence stays with the one before it."""
    firsts = [
        (start, paragraph)
        for at, (start, _, paragraph) in enumerate(spans)
        if at == 0 or spans[at - 1][2] != paragraph
    ]
    starts = [(0, firsts[0][1] if firsts else 0), *firsts[1:]]
    ends = [start for start, _ in starts[1:]] + [len(text)]
    return [Piece(start, end, paragraph) for (start, paragraph), end in zip(starts, ends, strict=True)]


def choose_pieces(
    text: str, spans: Sequence[tuple[int, int, int]], marks: Iterable[Mark], shared: Iterable[Span]
) -> tuple[list[Piece], int]:
    """Choose the sentences that may travel: those with a mark, most marks first, at most half of the article.

    Args:
        text: The article's text.
        spans: Its sentences, in order: start, end, paragraph.
        marks: What is marked; marks in the headline count nothing here.
        shared: The parts of passages that may be shown; a sentence with nothing else is shown as far as them.

    Returns:
        The pieces in reading order, and how many sentences are left out after the last of them.
    """
    own = [(mark.start, mark.end) for mark in marks if not mark.headline]
    counts, ends = _weigh_sentences(spans, own, list(shared))
    order = sorted((n for n in range(len(spans)) if counts[n]), key=lambda n: (-counts[n], n))
    most, characters = max(1, int(len(spans) * MOST_OF_ARTICLE)), int(len(text) * MOST_OF_ARTICLE)
    chosen: dict[int, int] = {}
    for n in order:
        end = _cut_sentence(text, spans[n][0], ends[n])
        if len(chosen) < most and (not chosen or characters >= end - spans[n][0]):
            chosen[n] = end
            characters -= end - spans[n][0]
    kept = sorted(chosen)
    pieces = [
        Piece(spans[n][0], chosen[n], spans[n][2], n - last - 1, len(text[chosen[n] : spans[n][1]].split()))
        for last, n in pairwise([-1, *kept])
    ]
    return pieces, len(spans) - 1 - (kept[-1] if kept else -1)


def _weigh_sentences(
    spans: Sequence[tuple[int, int, int]], own: Sequence[Span], shared: Sequence[Span]
) -> tuple[list[int], list[int]]:
    """How many marks each sentence carries, and how far it may be shown."""
    counts, ends = [], []
    for start, end, _ in spans:
        found = sum(first < end and start < last for first, last in own)
        passages = [last for first, last in shared if first < end and start < last]
        counts.append(found + len(passages))
        ends.append(end if found else min(end, max(passages, default=end)))
    return counts, ends


def _cut_sentence(text: str, start: int, end: int) -> int:
    """The end of what is shown of a sentence: a text without full stops is one sentence of any length."""
    if end - start <= MOST_CHARACTERS:
        return end
    return max(text.rfind(" ", start, start + MOST_CHARACTERS), start + MOST_CHARACTERS // 2)


def limit_passages(passages: Iterable[Passage], texts: Mapping[str, str]) -> Limits:
    """Of each side of each passage the parts that may be shown: those among its first words.

    Passages of one article that overlap share their bound, so that two of them never show more than one may.

    Returns:
        For the number of a passage and of its side (0 or 1) the parts, of which the last may be cut.
    """
    places: dict[str, list[tuple[Span, tuple[int, int], tuple[Span, ...]]]] = {}
    for number, passage in enumerate(passages):
        for side, article in enumerate(passage.articles):
            found = (passage.places[side], (number, side), passage.parts[side])
            places.setdefault(article, []).append(found)
    limits: Limits = {}
    for article, spans in places.items():
        reach, last = -1, 0
        for (start, end), key, parts in sorted(spans):
            if start >= reach:
                last = _end_of_words(texts[article], start, end)
            # One that goes on where another ends has its words among those of both.
            reach = max(reach, end)
            limits[key] = tuple((a, min(b, last)) for a, b in parts if a < last)
    return limits


def _end_of_words(text: str, start: int, end: int) -> int:
    """Where the last word ends that may be shown of a passage."""
    words = [found.end() for found in _WORD.finditer(text, start, end)][:MOST_PASSAGE_WORDS]
    return words[-1] if words else end


def encode_article(
    article: Mapping[str, Any], pieces: Sequence[Piece], after: int, marks: Sequence[Mark], sentences: int
) -> dict[str, Any]:
    """Write an article for the browser.

    Args:
        article: Its row of the table, unknown values as None.
        pieces: What is shown of its text.
        after: How many sentences are left out after the last piece.
        marks: What is marked in it.
        sentences: How many sentences it has.

    Returns:
        ``headline``; ``pieces``, lists of start, text, paragraph, sentences left out before it and words left
        out of it; ``after``; ``marks``, lists of layer, whether it is in the headline, start and end in
        UTF-16 units, start and end in characters, and the places of its label, details, voice and tag in
        ``words``; ``found``, how many marks each layer has in the whole article; ``shown`` and ``sentences``.
    """
    text, headline = article["text"] or "", article["headline"] or ""
    words: dict[str, int] = {}
    kept = [mark for mark in marks if mark.headline or _is_shown(mark.start, mark.end, pieces)]
    return {
        "headline": show_safely(headline),
        "pieces": [
            [count_units(text, piece.start), show_safely(text[piece.start : piece.end]), piece.paragraph,
             piece.before, piece.cut]
            for piece in pieces
        ],
        "after": after,
        "marks": [_encode_mark(mark, headline if mark.headline else text, words) for mark in kept],
        "words": list(words),
        "found": count_layers(marks),
        "shown": len(pieces),
        "sentences": sentences,
    }  # fmt: skip


def _is_shown(start: int, end: int, pieces: Iterable[Piece]) -> bool:
    return any(piece.start < end and start < piece.end for piece in pieces)


def _encode_mark(mark: Mark, text: str, words: dict[str, int]) -> list[int]:
    codes = [
        words.setdefault(show_safely(each), len(words))
        for each in (mark.label, mark.details, mark.voice, mark.tag)
    ]
    return [
        LAYERS.index(mark.layer), int(mark.headline), count_units(text, mark.start),
        count_units(text, mark.end), mark.start, mark.end, *codes,
    ]  # fmt: skip


def encode_passages(
    passages: Sequence[Passage], texts: Mapping[str, str], limits: Limits | None = None
) -> list[dict[str, Any]]:
    """Write passages for the browser; with ``limits`` only as far as they may be shown.

    Returns:
        For each ``articles``, ``places`` (in characters), ``words``, ``changes`` and ``units``: start and end
        of each part that is marked on either side, in UTF-16 units.
    """
    return [
        {
            "articles": list(passage.articles),
            "places": [list(place) for place in passage.places],
            "words": list(passage.words),
            "changes": passage.changes,
            "units": [
                [
                    [count_units(texts[article], offset) for offset in part]
                    for part in (passage.parts[side] if limits is None else limits[number, side])
                ]
                for side, article in enumerate(passage.articles)
            ],
        }
        for number, passage in enumerate(passages)
    ]


def show_safely(text: str) -> str:
    """The text with characters that no page can hold as a sign in their place, and of the same length."""
    if text.isprintable():
        return text
    return "".join(
        "\ufffd"
        if character not in "\n\t\r" and unicodedata.category(character) in ("Cc", "Cs")
        else character
        for character in text
    )
