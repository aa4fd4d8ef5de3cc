"""Pairs of words that make a phrase: they stand together more than their own frequency explains.

The measure is normalised pointwise mutual information (Bouma 2009, "Normalized (pointwise) mutual information
in collocation extraction"), which is 1 where two words only ever stand together.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from analysis.compare.keyness.vocabulary import Use, cut_texts, iter_words, place_of
from analysis.engine import Engine, LocalEngine
from analysis.reuse.partitions import PARTITION

if TYPE_CHECKING:
    from numpy.typing import NDArray

# A pair of words is a phrase where it stands so often, and together so much more often than apart.
_TIMES = 5
_BOUND = 0.5
# Pairs of several partitions that are held before equal ones are added up.
_HELD = 1 << 21


class _Pairs(NamedTuple):
    """Words of a part of the texts, how often each stands, and the pairs of them that stand together."""

    words: list[str]
    count: NDArray[np.int64]
    pair: NDArray[np.int64]
    times: NDArray[np.int64]


def learn_phrases(
    texts: Iterable[str], *, partition: int = PARTITION, engine: Engine | None = None
) -> frozenset[tuple[str, str]]:
    """Find the pairs of words that make a phrase.

    Args:
        texts: All texts.
        partition: Characters of text that are read together. It changes no result.
        engine: Where texts are read; this process where None.

    Returns:
        Pairs of words, as :func:`analysis.compare.keyness.vocabulary.iter_words` names them.
    """
    places: dict[str, int] = {}
    count, pair, times = (np.zeros(0, dtype=np.int64) for _ in range(3))
    held: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
    for part in (engine or LocalEngine()).map(_count_pairs, cut_texts(texts, partition)):
        own = np.array([place_of(places, word) for word in part.words], dtype=np.int64)
        count = np.append(count, np.zeros(len(places) - len(count), dtype=np.int64))
        count[own] += part.count
        one, other = np.divmod(part.pair, max(1, len(own)))
        held.append((own[one] << 32 | own[other], part.times))
        if sum(len(pairs) for pairs, _ in held) > max(_HELD, len(pair)):
            pair, times = _add_up([(pair, times), *held])
            held = []
    pair, times = _add_up([(pair, times), *held])
    often = times >= _TIMES
    words, total = list(places), int(count.sum())
    return frozenset(
        (words[one], words[other])
        for one, other, n in zip(*np.divmod(pair[often], 1 << 32), times[often].tolist(), strict=True)
        if _measure(n, int(count[one]), int(count[other]), total) >= _BOUND
    )


def _count_pairs(texts: Sequence[str]) -> _Pairs:
    """Count words, and those that stand together with nothing but space between them."""
    places: dict[str, int] = {}
    found: list[int] = []
    follows: list[bool] = []
    for text in texts:
        last: Use | None = None
        for use in iter_words(text):
            found.append(place_of(places, use.feature))
            follows.append(last is not None and text[last.end : use.start].isspace())
            last = use
    words = np.array(found, dtype=np.int64)
    second = np.flatnonzero(np.array(follows, dtype=bool))
    pair, times = np.unique(words[second - 1] * len(places) + words[second], return_counts=True)
    return _Pairs(list(places), np.bincount(words, minlength=len(places)), pair, times)


def _add_up(
    held: Sequence[tuple[NDArray[np.int64], NDArray[np.int64]]],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each pair once, with how often it stands."""
    pairs, times = (np.concatenate(column) for column in zip(*held, strict=True))
    order = np.argsort(pairs)
    pairs, times = pairs[order], times[order]
    first = np.flatnonzero(np.diff(pairs, prepend=-1))
    return pairs[first], np.add.reduceat(times, first) if len(first) else times


def _measure(times: int, one: int, other: int, total: int) -> float:
    if times == total:
        return 1.0
    return math.log(times * total / (one * other)) / -math.log(times / total)
