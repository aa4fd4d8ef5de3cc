"""Words, pairs of words and pieces of words as features, each of which can be shown in the text."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_WORD = re.compile(r"[^\W_]+")
_MAX_WORD = 40  # letters of a word that are read; a longer one is an address or noise
_PIECES = (3, 4, 5)  # letters a piece
KINDS = ("words", "pieces")


class Term(NamedTuple):
    """A feature where it stands: ``start`` and ``end`` are characters of the text."""

    name: str
    start: int
    end: int


def find_words(text: str) -> list[Term]:
    """Each word and each pair of neighbouring words; names are in lower case and without accents."""
    words = [Term(_plain(match[0]), match.start(), match.end()) for match in _WORD.finditer(text)]
    pairs = [Term(f"{a.name} {b.name}", a.start, b.end) for a, b in itertools.pairwise(words)]
    return words + pairs


def find_pieces(text: str) -> Iterator[Term]:
    """The pieces of each word, of three to five letters; a piece stands for the word that it is from."""
    for match in _WORD.finditer(text):
        for piece in _cut(_plain(match[0])):
            yield Term(piece, match.start(), match.end())


def find_terms(text: str, kind: str) -> Iterable[Term]:
    """The features of a kind ("words" or "pieces") in a text."""
    return find_words(text) if kind == "words" else find_pieces(text)


def count_terms(text: str, kind: str) -> Counter[str]:
    """How often each feature of a kind stands in a text."""
    if kind == "words":
        return Counter(term.name for term in find_words(text))
    counted: Counter[str] = Counter()
    for word, times in Counter(match[0] for match in _WORD.finditer(text)).items():
        for piece in _cut(_plain(word)):
            counted[piece] += times
    return counted


@lru_cache(maxsize=100_000)
def _plain(word: str) -> str:
    split = unicodedata.normalize("NFKD", word[:_MAX_WORD])
    return "".join(character for character in split if not unicodedata.combining(character)).casefold()


@lru_cache(maxsize=100_000)
def _cut(word: str) -> tuple[str, ...]:
    padded = f" {word} "
    return tuple(padded[n : n + size] for size in _PIECES for n in range(len(padded) - size + 1))


class TermCounts:
    """Counts of a kind of features in many texts: a matrix of texts by features.

    Args:
        texts: The texts.
        kind: "words" or "pieces".
    """

    def __init__(self, texts: Sequence[str], kind: str) -> None:
        from scipy.sparse import csr_matrix

        columns: dict[str, int] = {}
        at, found, values = [0], [], []
        for text in texts:
            for name, count in count_terms(text, kind).items():
                found.append(columns.setdefault(name, len(columns)))
                values.append(1.0 + np.log(count))
            at.append(len(found))
        self.kind = kind
        self.names = np.array(list(columns), dtype=object)
        shape = (len(texts), len(columns))
        self.damped: csr_matrix = csr_matrix((values, found, at), shape=shape, dtype=np.float64)

    def choose(self, rows: np.ndarray, *, least: int, most: int) -> tuple[np.ndarray, np.ndarray]:
        """The features that stand in at least ``least`` of some texts, the ``most`` widespread of them.

        Args:
            rows: The texts by number.
            least: Texts in which a feature must stand.
            most: How many features to keep.

        Returns:
            Their columns, and the logarithm of how rare each is (smoothed inverse document frequency,
            ln((1 + n) / (1 + df)) + 1).
        """
        widespread = np.bincount(self.damped[rows].indices, minlength=len(self.names))
        kept = np.flatnonzero(widespread >= least)
        order = sorted(kept, key=lambda column: (-widespread[column], self.names[column]))[:most]
        columns = np.array(sorted(order, key=lambda column: self.names[column]), dtype=int)
        return columns, np.log((1 + len(rows)) / (1 + widespread[columns])) + 1

    def weigh(self, columns: np.ndarray, rarity: np.ndarray) -> csr_matrix:
        """TF-IDF of every text: damped counts by rarity, each text of length one (or zero)."""
        from scipy.sparse import diags

        weighed = (self.damped[:, columns] @ diags(rarity)).tocsr()
        length = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
        return (diags(1 / np.where(length > 0, length, 1)) @ weighed).tocsr()
