"""Texts as arrays: every word a 64-bit number that folds its case, with the span it stands at."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

# Texts are read in pieces of at most this many characters, so that the working arrays stay small.
_PIECE = 1 << 18
_CHARACTERS = 0x110000
# Odd, so that it has an inverse modulo 2**64.
_BASE = 0x9E3779B97F4A7C15
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_LONGEST_RUN = 64


@dataclass(frozen=True, eq=False)
class Words:
    """The words of a text, in its order.

    Attributes:
        numbers: One number a word (uint64); equal for words that differ in case alone.
        starts: Where each word begins in the text (int32).
        ends: Where it ends (exclusive).
    """

    numbers: NDArray[np.uint64]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]


class WordReader:
    r"""Reads texts as words, as the pattern ``\w+`` has them.

    A word's number is a polynomial over its characters, taken for all words of a text at once from running
    sums (Karp and Rabin 1987, "Efficient randomized pattern-matching algorithms").
    """

    def __init__(self) -> None:
        # A character that is no part of a word is worth 0. What one is worth is learnt when it is met.
        self._known = np.zeros(_CHARACTERS, dtype=bool)
        self._worth = np.zeros(_CHARACTERS, dtype=np.uint64)
        self._powers = _powers(_BASE, _PIECE)
        self._inverse = _powers(pow(_BASE, -1, 2**64), _PIECE)

    def read(self, text: str) -> Words:
        """Read a text.

        Args:
            text: Any text, also an empty one.

        Returns:
            Its words. Time and memory grow with the text's length alone.
        """
        pieces = [self._read_piece(text[start:end], start) for start, end in _cut(text)]
        if len(pieces) == 1:
            return pieces[0]
        numbers, starts, ends = ([getattr(p, name) for p in pieces] for name in ("numbers", "starts", "ends"))
        return Words(np.concatenate(numbers), np.concatenate(starts), np.concatenate(ends))

    def read_all(self, texts: Sequence[str]) -> tuple[Words, NDArray[np.int64]]:
        """Read several texts, short ones together, which costs much less than one by one.

        Args:
            texts: Any texts.

        Returns:
            Their words, one text after the other, with places in their own text; and where each text's words
            begin among them, and the end of the last.
        """
        numbers, starts, ends = [np.zeros(0, np.uint64)], [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]
        sizes = [np.zeros(1, dtype=np.int64)]
        for few in _gather_short(texts):
            words = self.read(few[0]) if len(few) == 1 else self._read_piece(" ".join(few), 0)
            lengths = np.array([len(text) + 1 for text in few])
            begins = np.cumsum(lengths) - lengths
            edges = np.searchsorted(words.starts, begins)
            own = np.diff(np.append(edges, len(words.starts)))
            before = np.repeat(begins, own).astype(np.int32)
            sizes.append(own)
            numbers.append(words.numbers)
            starts.append(words.starts - before)
            ends.append(words.ends - before)
        bounds = np.cumsum(np.concatenate(sizes))
        return Words(np.concatenate(numbers), np.concatenate(starts), np.concatenate(ends)), bounds

    def _read_piece(self, piece: str, offset: int) -> Words:
        points = np.frombuffer(piece.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        if not self._known[points].all():
            self._learn(points)
        worth = self._worth[points]
        inside = np.zeros(len(points) + 2, dtype=bool)
        np.not_equal(worth, 0, out=inside[1:-1])
        edges = np.flatnonzero(inside[1:] != inside[:-1])
        starts, ends = edges[::2], edges[1::2]
        sums = np.zeros(len(points) + 1, dtype=np.uint64)
        np.cumsum(worth * self._powers[: len(points)], out=sums[1:])
        numbers = (sums[ends] - sums[starts]) * self._inverse[starts]
        numbers ^= numbers >> np.uint64(32)
        numbers *= _MIX
        numbers ^= numbers >> np.uint64(29)
        return Words(numbers, (starts + offset).astype(np.int32), (ends + offset).astype(np.int32))

    def _learn(self, points: NDArray[np.uint32]) -> None:
        for point in np.unique(points):
            character = chr(point)
            if character.isalnum() or character == "_":
                folded = character.casefold().encode("utf-8", "surrogatepass")
                digest = hashlib.blake2b(folded, digest_size=8).digest()
                self._worth[point] = int.from_bytes(digest, "little") | 1
            self._known[point] = True


@cache
def make_reader() -> WordReader:
    """One reader for all calls: many read a text or two, and its tables cost more than that."""
    return WordReader()


def number_runs(parts: NDArray[np.uint64], length: int, *, size: int = 1) -> NDArray[np.uint64]:
    """Number every run of words.

    Args:
        parts: Numbers of the words of one text, or of its shorter runs.
        length: Parts in a run, one after the other.
        size: Words in a part.

    Returns:
        One number for each run, in the order of the run's first word; none where the text is too short.
    """
    count = max(0, len(parts) - (length - 1) * size)
    runs = parts[:count].copy()
    for ahead in range(size, length * size, size):
        runs += parts[ahead : ahead + count] * _STEPS[ahead]
    return runs


def distinct(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Each number once, in ascending order."""
    numbers = np.sort(numbers)
    return numbers[np.insert(numbers[1:] != numbers[:-1], 0, True)[: len(numbers)]]


def _gather_short(texts: Sequence[str]) -> Iterator[list[str]]:
    """Texts that fit into one piece with a space between them; a longer one by itself."""
    held: list[str] = []
    size = 0
    for text in texts:
        if held and size + len(text) > _PIECE:
            yield held
            held, size = [], 0
        held.append(text)
        size += len(text) + 1
    if held:
        yield held


def _cut(text: str) -> Iterator[tuple[int, int]]:
    """Pieces of a text, cut after a space wherever one stands in reach."""
    start = 0
    while len(text) - start > _PIECE:
        end = text.rfind(" ", start, start + _PIECE) + 1 or start + _PIECE
        yield start, end
        start = end
    yield start, len(text)


def _powers(base: int, count: int) -> NDArray[np.uint64]:
    """The powers of a number from 0 on, modulo 2**64."""
    powers = np.full(count, base, dtype=np.uint64)
    powers[0] = 1
    return np.cumprod(powers, dtype=np.uint64)


_STEPS = _powers(0xD6E8FEB86659FD93, _LONGEST_RUN)
