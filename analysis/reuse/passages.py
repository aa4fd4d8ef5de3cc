"""Passages that articles share word for word, case, punctuation and marks aside.

Texts are compared by their runs of words (Broder 1997, "On the resemblance and containment of documents").
Containment is the share of the shorter article's distinct five-word runs that the other article has too. It
is counted, not estimated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from analysis.reuse.runs import (
    MIN_WORDS,
    STOCK,
    Numbers,
    Places,
    RunIndex,
    Runs,
    extend_runs,
    find_runs,
    find_runs_between,
    group_equal,
    index_runs,
    join_runs,
    spread,
    star_pairs,
)
from analysis.reuse.words import WordReader, Words, distinct, number_runs

SHINGLE = 5

# Of the pairs that have nothing but stock phrases in common, those that share at least this much are copies.
_COPY_CONTAINMENT = 0.5


@dataclass(frozen=True)
class SharedPassage:
    """A passage of at least :data:`MIN_WORDS` words that stands in two articles; offsets in their texts."""

    article_a: str
    start_a: int
    end_a: int
    article_b: str
    start_b: int
    end_b: int
    words: int
    containment: float


@dataclass(frozen=True, eq=False)
class _Corpus:
    """The words of all articles and their distinct shingles, one article after the other.

    ``bounds`` and ``shingle_bounds`` say where each article's begin, and where the last one's end.
    """

    bounds: Places
    numbers: Numbers
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    index: RunIndex
    shingles: Numbers
    shingle_bounds: Places

    def articles_of(self, runs: Runs) -> Places:
        """Two columns, the earlier and the later article of each run."""
        return np.searchsorted(self.bounds, np.stack([runs.first, runs.second], axis=1), side="right") - 1


def find_shared_passages(texts: Mapping[str, str]) -> list[SharedPassage]:
    """Find what articles share word for word; case, punctuation and marks do not count.

    Every passage of at least :data:`MIN_WORDS` words is found, however many the articles are, but for stock
    phrases: ten words that stand in more than :data:`STOCK` articles do not make a passage by themselves.
    A story that so many outlets carry is found all the same: of the articles that have such words, each is
    compared with the longest and with the next longer one, and the pair is kept where the shorter has half of
    its five-word runs in the other. Of a passage that an article repeats, the first eight places count.

    Args:
        texts: Article id to text.

    Returns:
        Passages in the order of the articles given, then of the first article's text. In one pair no word of
        the first article stands in two passages.
    """
    articles = list(texts)
    corpus = _read_corpus(texts.values())
    runs, shares = _find_runs(corpus)
    pairs = corpus.articles_of(runs).tolist()
    spans = zip(runs.first.tolist(), runs.second.tolist(), runs.words.tolist(), strict=True)
    passages = []
    rows = zip(pairs, shares.tolist(), spans, strict=True)
    for ((a, b), containment), members in groupby(rows, key=lambda row: row[:2]):
        for first, second, words in _cover([span for *_, span in members]):
            last_a, last_b = first + words - 1, second + words - 1
            passages.append(
                SharedPassage(
                    articles[a], int(corpus.starts[first]), int(corpus.ends[last_a]),
                    articles[b], int(corpus.starts[second]), int(corpus.ends[last_b]),
                    words, round(containment, 4),
                )
            )  # fmt: skip
    return passages


def _read_corpus(texts: Iterable[str]) -> _Corpus:
    reader = WordReader()
    read: list[Words] = []
    shingles: list[Numbers] = []
    tens: list[Numbers] = []
    for text in texts:
        words = reader.read(text)
        fives = number_runs(words.numbers, SHINGLE)
        read.append(words)
        tens.append(number_runs(fives, MIN_WORDS // SHINGLE, size=SHINGLE))
        shingles.append(distinct(fives))
    bounds = _bounds(len(words.numbers) for words in read)
    return _Corpus(
        bounds,
        _concatenate([words.numbers for words in read], np.uint64),
        _concatenate([words.starts for words in read], np.int32),
        _concatenate([words.ends for words in read], np.int32),
        index_runs(_concatenate(tens, np.uint64), _bounds(map(len, tens)), bounds),
        _concatenate(shingles, np.uint64),
        _bounds(map(len, shingles)),
    )


def _find_runs(corpus: _Corpus) -> tuple[Runs, NDArray[np.float64]]:
    """All runs that may make passages, ordered by their articles, and the containment of each one's pair."""
    stock = corpus.index.holders > STOCK
    rare, common = corpus.index.select(~stock), corpus.index.select(stock)
    found = join_runs(find_runs(rare))
    pairs = np.concatenate([corpus.articles_of(found), star_pairs(common, np.diff(corpus.bounds))])
    pairs = np.unique(pairs, axis=0)
    shares = _containments(corpus, pairs)
    copies = pairs[shares >= _COPY_CONTAINMENT]
    copies = copies[np.isin(copies, common.article).all(axis=1)]
    found = join_runs([found, *find_runs_between(common, copies)])
    found = extend_runs(found, corpus.numbers, corpus.bounds)
    code = np.array([len(corpus.bounds), 1])
    return found, shares[np.searchsorted(pairs @ code, corpus.articles_of(found) @ code)]


def _containments(corpus: _Corpus, pairs: Places) -> NDArray[np.float64]:
    """Containment of each pair of articles; ``pairs`` has two columns and is sorted by the first."""
    positions, group = group_equal(corpus.shingles)
    held = np.zeros(len(corpus.shingles), dtype=bool)
    held[positions] = True
    cuts = np.append(0, np.cumsum(held))[corpus.shingle_bounds]
    numbers = np.zeros(len(held), dtype=np.int64)
    numbers[positions] = group
    numbers = numbers[held]
    counts = np.zeros(len(pairs), dtype=np.int64)
    starts = np.searchsorted(pairs[:, 0], np.arange(len(cuts)))
    held[:] = False
    for a in np.flatnonzero(np.diff(starts)):
        own = numbers[cuts[a] : cuts[a + 1]]
        others = pairs[starts[a] : starts[a + 1], 1]
        sizes = cuts[others + 1] - cuts[others]
        held[own] = True
        total = np.append(0, np.cumsum(held[numbers[spread(cuts[others], sizes)]]))
        counts[starts[a] : starts[a + 1]] = np.diff(total[np.append(0, np.cumsum(sizes))])
        held[own] = False
    return counts / np.diff(corpus.shingle_bounds)[pairs].min(axis=1)


def _cover(runs: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Cover the first article with runs from its start on, always by the run that reaches furthest.

    Args:
        runs: Word of the first article, word of the second, and words, ordered by the first.

    Yields:
        The same of passages that do not overlap in the first article.
    """
    at, n, best = 0, 0, (0, 0, 0)
    while True:
        while n < len(runs) and runs[n][0] <= at:
            best = max(best, runs[n], key=lambda run: run[0] + run[2])
            n += 1
        first, second, words = best
        left = first + words - at
        if left >= MIN_WORDS:
            yield at, second + at - first, left
            at += left
        elif n == len(runs):
            return
        else:
            at = runs[n][0]


def _bounds(sizes: Iterable[int]) -> Places:
    return np.cumsum([0, *sizes], dtype=np.int64)


def _concatenate(parts: Sequence[NDArray], dtype: type) -> NDArray:
    return np.concatenate([np.zeros(0, dtype=dtype), *parts])
