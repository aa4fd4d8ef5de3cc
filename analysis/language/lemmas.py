"""Base forms of words: "boats" and "boat" as one, by the model's tagger and lemmatizer.

Nothing is parsed and no name is sought, so that it costs what tagging costs: a few seconds for a hundred
articles. Each piece of a text is tagged by itself, so that a text has the same lemmas whatever is read with
it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import spacy

from analysis.language.pipeline import find_model

if TYPE_CHECKING:
    from spacy.language import Language

# Characters that are tagged at once: bounds the memory of a long text.
_PIECE = 8_000
_HYPHENS = frozenset("-‐‑")


@dataclass(frozen=True)
class Lemma:
    """A base form in small letters; ``text[start:end]`` is the word as it stands."""

    start: int
    end: int
    lemma: str


def iter_lemmas(text: str, words: Iterable[tuple[int, int]]) -> Iterator[Lemma]:
    """Give the base form of each word.

    A word with hyphens is one, of which the last part is set to its base form ("small-boats" is
    "small-boat"); what is drawn together is two ("won't" is "will" and "not").

    Args:
        text: Any text.
        words: Where its words stand, in reading order.

    Yields:
        At least one for each word.

    Raises:
        ModelMissingError: No English model is installed.
    """
    tokens = _iter_tokens(text)
    token = next(tokens, None)
    for start, end in words:
        inside = []
        while token is not None and token.start < end:
            if token.start >= start:
                inside.append(token)
            token = next(tokens, None)
        yield from _name(text, start, end, inside)


def _name(text: str, start: int, end: int, tokens: Sequence[Lemma]) -> Iterator[Lemma]:
    # where the model cuts a text otherwise than into these words, they are their own base forms
    if not tokens or tokens[0].start != start or tokens[-1].end != end:
        yield Lemma(start, end, _write(text[start:end]))
    elif any(text[token.start : token.end] in _HYPHENS for token in tokens):
        last = tokens[-1]
        yield Lemma(start, end, _write(text[start : last.start] + last.lemma))
    else:
        yield from (Lemma(token.start, token.end, _write(token.lemma)) for token in tokens)


def _write(word: str) -> str:
    return word.lower().replace("’", "'")


def _iter_tokens(text: str) -> Iterator[Lemma]:
    for start, end in _cut(text):
        for token in _load()(text[start:end]):
            at = start + token.idx
            yield Lemma(at, at + len(token), token.lemma_ or token.text)


def _cut(text: str) -> Iterator[tuple[int, int]]:
    """Pieces that end with a line where there is one, else with a word."""
    start = 0
    while start < len(text):
        end = start + _PIECE
        if end < len(text):
            gap = text.rfind("\n", start, end)
            gap = gap if gap > start else text.rfind(" ", start, end)
            end = gap + 1 if gap > start else end
        yield start, min(end, len(text))
        start = end


@lru_cache(maxsize=1)
def _load() -> Language:
    return spacy.load(find_model(), exclude=["ner", "parser", "senter"])
