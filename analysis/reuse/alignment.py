"""Alignment of two articles' words around what they have alike, word for word.

Seeds are extended as in gapped BLAST (Altschul et al. 1997, "Gapped BLAST and PSI-BLAST"): a band of cells
follows the best path and ends where every path has lost too much, so that the cost grows with the length of
what is alike. Smith, Cordell and Mullen (2015, "Computational methods for uncovering reprinted texts in
antebellum newspapers") align whole pages of newspapers to the same end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.reuse.runs import Numbers, Places
from analysis.reuse.surprise import Bits

# A word replaced, dropped or put in costs about as much as half a word tells.
EDIT = 4.0
# A piece cut or put in costs no more than this, however long it is.
MOST_COST = 10.0
# An extension ends where it has lost so much since its best.
_DROP = 24.0
_NEVER = float("-inf")
# How a cell of the alignment was reached.
_EQUAL, _REPLACED, _ONLY_A, _ONLY_B = range(4)


@dataclass(frozen=True, eq=False)
class Article:
    """An article's words as lists, which single steps read faster than arrays, and what each one tells."""

    words: list[int]
    bits: list[float]

    @classmethod
    def of(cls, numbers: Numbers, bits: Bits) -> Article:
        """The words between two bounds of the corpus."""
        return cls(numbers.tolist(), bits.tolist())


@dataclass(frozen=True, eq=False)
class Alignment:
    """Equal words of two articles, in the order of both.

    Attributes:
        first: Number of each word in the first article; ascending.
        second: The same in the second.
        bits: What each word tells, the lesser of both articles.
    """

    first: Places
    second: Places
    bits: Bits

    @property
    def costs(self) -> NDArray[np.float64]:
        """What stands between each matched word and the next one, as a cost. One fewer than the words."""
        apart = np.maximum(np.diff(self.first), np.diff(self.second)) - 1
        return np.minimum(EDIT * apart, MOST_COST)

    @property
    def score(self) -> float:
        """Bits of all words, less the costs."""
        return float(self.bits.sum() - self.costs.sum())

    @property
    def similarity(self) -> float:
        """The equal words in both articles, of all words of both sides."""
        both = self.first[-1] - self.first[0] + self.second[-1] - self.second[0] + 2
        return float(2 * len(self.first) / both)

    def joined(self, later: Alignment) -> Alignment:
        """This and a later alignment as one."""
        names = ("first", "second", "bits")
        return Alignment(*(np.concatenate([getattr(self, name), getattr(later, name)]) for name in names))

    def select(self, keep: NDArray[np.bool_]) -> list[Alignment]:
        """The unbroken pieces for which ``keep`` holds."""
        edges = np.flatnonzero(np.diff(np.concatenate([[0], keep.astype(np.int8), [0]])))
        return [
            Alignment(self.first[start:end], self.second[start:end], self.bits[start:end])
            for start, end in zip(edges[::2], edges[1::2], strict=True)
        ]


def align_around(a: Article, b: Article, run: tuple[int, int, int]) -> Alignment:
    """Extend a run of equal words in both directions, over edits.

    Args:
        a: The first article.
        b: The second.
        run: Its first word in each, and how many words it has.

    Returns:
        The alignment; it begins and ends with equal words.
    """
    first, second, words = run
    matches = [(first - 1 - n, second - 1 - m) for n, m in _extend(a, b, first - 1, second - 1, -1)][::-1]
    matches += [(first + n, second + n) for n in range(words)]
    at_a, at_b = first + words, second + words
    matches += [(at_a + n, at_b + m) for n, m in _extend(a, b, at_a, at_b, 1)]
    ends = np.array(matches, dtype=np.int64)
    bits = [min(a.bits[n], b.bits[m]) for n, m in matches]
    return Alignment(ends[:, 0], ends[:, 1], np.array(bits))


def _extend(a: Article, b: Article, at_a: int, at_b: int, step: int) -> list[tuple[int, int]]:
    """Match words from a corner on, forwards or backwards, counted from the corner."""
    rows, columns = (len(a.words) - at_a, len(b.words) - at_b) if step > 0 else (at_a + 1, at_b + 1)
    best, cell = 0.0, (0, 0)
    low, scores = 0, [-EDIT * n for n in range(min(columns, int(_DROP / EDIT)) + 1)]
    trace = [(0, bytearray([_ONLY_B]) * len(scores))]
    for row in range(1, rows + 1):
        word, told = a.words[at_a + step * (row - 1)], a.bits[at_a + step * (row - 1)]
        # The row's cells begin one column further where nothing leads to them any more.
        new: list[float] = []
        steps = bytearray()
        left, top = _NEVER, len(scores)
        for n in range(min(top + 1, columns - low + 1)):
            score, how = (scores[n] - EDIT, _ONLY_A) if n < top else (_NEVER, _ONLY_A)
            if left - EDIT > score:
                score, how = left - EDIT, _ONLY_B
            if n:
                at = at_b + step * (low + n - 1)
                if b.words[at] == word:
                    diagonal, kind = scores[n - 1] + min(told, b.bits[at]), _EQUAL
                else:
                    diagonal, kind = scores[n - 1] - EDIT, _REPLACED
                if diagonal >= score:
                    score, how = diagonal, kind
                    if score > best:
                        best, cell = score, (row, low + n)
            left = score if score >= best - _DROP else _NEVER
            new.append(left)
            steps.append(how)
        ahead = next((n for n, score in enumerate(new) if score > _NEVER), len(new))
        while new and new[-1] == _NEVER:
            new.pop()
        if not new:
            break
        low, scores = low + ahead, new[ahead:]
        trace.append((low, steps[ahead:]))
    return _trace_back(trace, cell)


def _trace_back(trace: Sequence[tuple[int, bytearray]], cell: tuple[int, int]) -> list[tuple[int, int]]:
    row, column = cell
    matches = []
    while row and column:
        low, steps = trace[row]
        how = steps[column - low]
        if how == _EQUAL:
            matches.append((row - 1, column - 1))
        row, column = row - (how != _ONLY_B), column - (how != _ONLY_A)
    return matches[::-1]
