"""Where two articles may share a passage: runs of equal words that tell something, with more around them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.reuse.runs import (
    STOCK,
    Numbers,
    Places,
    Runs,
    extend_runs,
    find_runs,
    find_runs_between,
    index_runs,
    join_runs,
    list_runs,
    star_pairs,
)
from analysis.reuse.surprise import Bits

SEED = 4
# A passage tells at least so much: as six words that nobody could foresee.
MIN_BITS = 60.0

_SEED_BITS = 20.0
# Words before and after a seed that are looked at, and how far off its line their equals may stand.
_AROUND, _OFF = 24, 5
_CHUNK = 1 << 15


class Seed(NamedTuple):
    """A run of equal words in two articles.

    Attributes:
        first: The word of the first article that it begins with.
        second: The same in the second article.
        words: How many words it has.
        rare: Whether no more than :data:`analysis.reuse.STOCK` articles have a part of it.
    """

    first: int
    second: int
    words: int
    rare: bool


def find_seeds(
    numbers: Numbers, bounds: Places, bits: Bits, pairs: Places | None = None
) -> Iterator[tuple[tuple[int, int], list[Seed]]]:
    """Find the pairs of articles that may share a passage, and the runs to begin with.

    Args:
        numbers: The words of the corpus, one article after the other.
        bounds: Where each article's words begin among them, and the end of the last.
        bits: What each word tells.
        pairs: Two columns, the earlier and the later article; all pairs unless given.

    Yields:
        The numbers of two articles, in order, and their seeds: those that tell most come first.
    """
    told = np.append(0, np.cumsum(bits))
    runs, rare = _find_runs(numbers, bounds, told, pairs)
    first, second = (np.searchsorted(bounds, at, side="right") - 1 for at in (runs.first, runs.second))
    own = told[runs.first + runs.words] - told[runs.first]
    _, pair = np.unique(first * len(bounds) + second, return_inverse=True)
    most = np.bincount(pair, weights=own + _tell_around(numbers, bounds, bits, runs, first, second))
    order = np.lexsort((runs.second, runs.first, -own, second, first))
    order = order[most[pair[order]] >= MIN_BITS]
    columns = (first, second, runs.first - bounds[first], runs.second - bounds[second], runs.words, rare)
    rows = zip(*(column[order].tolist() for column in columns), strict=True)
    for articles, members in groupby(rows, key=lambda row: row[:2]):
        yield articles, [Seed(*row[2:]) for row in members]


def _find_runs(
    numbers: Numbers, bounds: Places, told: Bits, pairs: Places | None
) -> tuple[Runs, NDArray[np.bool_]]:
    """Runs as long as they are, and which of them are other than stock phrases."""
    sizes = np.diff(bounds)
    runs, run_bounds = list_runs(numbers, bounds, SEED)
    index = index_runs([runs], run_bounds, bounds, words=SEED)
    index = index.select(told[index.place + SEED] - told[index.place] >= _SEED_BITS)
    stock = index.holders > STOCK
    rare, common = index.select(~stock), index.select(stock)
    if pairs is None:
        found = [find_runs(rare), find_runs_between(common, star_pairs(common, sizes))]
    else:
        found = [find_runs_between(rare, pairs), find_runs_between(common, pairs)]
    extended = [extend_runs(join_runs(parts), numbers, bounds) for parts in found]
    return join_runs(extended), np.repeat([True, False], [len(part.first) for part in extended])


def _tell_around(
    numbers: Numbers, bounds: Places, bits: Bits, runs: Runs, first: Places, second: Places
) -> Bits:
    """What the words around each run tell that have an equal near their place in the other article.

    No alignment near the run can tell more: most seeds need not be extended.
    """
    total = np.zeros(len(runs.first))
    ahead = np.arange(_AROUND)
    for start in range(0, len(total), _CHUNK):
        part = slice(start, start + _CHUNK)
        low, high = ((bounds[side[part], None], bounds[side[part] + 1, None]) for side in (first, second))
        for offset in (runs.words[part, None] + ahead, -1 - ahead):
            at = runs.first[part, None] + offset
            inside = (at >= low[0]) & (at < low[1])
            at = np.where(inside, at, 0)
            words, equal = numbers[at], np.zeros(at.shape, dtype=bool)
            for off in range(-_OFF, _OFF + 1):
                other = runs.second[part, None] + offset + off
                there = (other >= high[0]) & (other < high[1])
                equal |= there & (numbers[np.where(there, other, 0)] == words)
            total[part] += np.where(equal & inside, bits[at], 0.0).sum(axis=1)
    return total
