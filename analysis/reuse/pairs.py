"""Pairs of articles that may share a passage: each is compared in full, a block of them at a time.

A block holds the texts of its articles and the runs that led to its pairs, so that it can be worked on
anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.reuse.partitions import Partition
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
    join_runs,
    list_runs,
    spread,
    star_pairs,
)
from analysis.reuse.words import distinct, make_reader

SHINGLE = 5

# Of the pairs that have nothing but stock phrases in common, those that share at least this much are copies.
_COPY_CONTAINMENT = 0.5
# A word and what stands before the next one, in news.
_CHARACTERS_A_WORD = 6


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


class Block(NamedTuple):
    """Pairs of articles, and where to begin in them; places are words counted from an article's first.

    Attributes:
        texts: The articles, in the corpus's order.
        pairs: Two columns, the earlier and the later article of each, by their place in ``texts``; in order.
        seed_pair: The pair of each run that no more than :data:`STOCK` articles have.
        seeds: Three columns: its first word in either article, and its words.
        common: Three columns, the places of runs that more articles have: article, number of the run, place.
    """

    texts: Partition
    pairs: Places
    seed_pair: Places
    seeds: Places
    common: Places


def cut_blocks(texts: Mapping[str, str], index: RunIndex, bounds: Places, most: int) -> Iterator[Block]:
    """Cut the pairs of articles that may share a passage into blocks.

    Args:
        texts: Article id to text.
        index: The runs that several articles have.
        bounds: Where each article's words begin among the words of the corpus, and the end of the last.
        most: Characters of a block's texts, about; a pair of longer ones is a block by itself.

    Yields:
        Blocks, in the order of the articles.
    """
    names, sizes = list(texts), np.diff(bounds)
    common = index.select(index.holders > STOCK)
    seeds = join_runs(find_runs(index.select(index.holders <= STOCK)))
    one, other = (np.searchsorted(bounds, at, side="right") - 1 for at in (seeds.first, seeds.second))
    code = one * len(bounds) + other
    order = np.argsort(code)
    code = code[order]
    columns = (seeds.first - bounds[one], seeds.second - bounds[other], seeds.words)
    seeds_in_order = np.stack(columns, axis=1)[order]
    codes = np.unique(np.concatenate([code, star_pairs(common, sizes) @ np.array([len(bounds), 1])]))
    pairs = np.stack(np.divmod(codes, len(bounds)), axis=1)
    by_article = np.argsort(common.article, kind="stable")
    holder = common.article[by_article]
    for part in _cut(pairs, sizes, most // _CHARACTERS_A_WORD):
        own, local = np.unique(pairs[part], return_inverse=True)
        led = slice(*np.searchsorted(code, (codes[part][0], codes[part][-1] + 1)))
        low, high = (np.searchsorted(holder, own, side=side) for side in ("left", "right"))
        held = by_article[spread(low, high - low)]
        article = np.repeat(np.arange(len(own)), high - low)
        yield Block(
            [(names[n], texts[names[n]]) for n in own.tolist()],
            local.reshape(-1, 2),
            np.searchsorted(codes[part], code[led]),
            seeds_in_order[led],
            np.stack([article, common.group[held], common.place[held] - bounds[own][article]], axis=1),
        )


def compare_pairs(block: Block) -> list[SharedPassage]:
    """Find the passages that the articles of each pair share.

    Args:
        block: Pairs, their texts, and the runs that lead to them.

    Returns:
        Passages in the order of the articles, then of the first article's text.
    """
    words, bounds = make_reader().read_all([text for _, text in block.texts])
    shares = _measure_containments(words.numbers, bounds, block.pairs)
    found = _find_runs(block, words.numbers, bounds, shares >= _COPY_CONTAINMENT)
    article_a, article_b = (
        np.searchsorted(bounds, at, side="right") - 1 for at in (found.first, found.second)
    )
    code = block.pairs @ np.array([len(bounds), 1])
    pair = np.searchsorted(code, article_a * len(bounds) + article_b)
    rows = zip(pair.tolist(), found.first.tolist(), found.second.tolist(), found.words.tolist(), strict=True)
    passages = []
    for number, members in groupby(rows, key=lambda row: row[0]):
        a, b = (block.texts[n][0] for n in block.pairs[number])
        for first, second, count in _cover([run for _, *run in members]):
            passages.append(
                SharedPassage(
                    a, int(words.starts[first]), int(words.ends[first + count - 1]),
                    b, int(words.starts[second]), int(words.ends[second + count - 1]),
                    count, round(float(shares[number]), 4),
                )
            )  # fmt: skip
    return passages


def _cut(pairs: Places, sizes: Places, most: int) -> Iterator[slice]:
    """Slices of the pairs whose articles have about so many words."""
    new = np.diff(pairs[:, 0], prepend=-1) != 0
    block = np.cumsum(sizes[pairs[:, 1]] + np.where(new, sizes[pairs[:, 0]], 0)) // max(1, most)
    edges = [0, *(np.flatnonzero(np.diff(block)) + 1).tolist(), len(pairs)]
    return (slice(*edge) for edge in pairwise(edges) if edge[0] < edge[1])


def _find_runs(block: Block, numbers: Numbers, bounds: Places, alike: NDArray[np.bool_]) -> Runs:
    """All runs that may make passages, as long as they are, ordered by their articles."""
    first, second, words = block.seeds.T
    one, other = bounds[block.pairs[block.seed_pair]].T
    article, group, place = block.common.T
    common = RunIndex(group, article, place + bounds[article], np.zeros_like(group))
    copies = block.pairs[alike]
    copies = copies[np.isin(copies, article).all(axis=1)]
    found = join_runs([Runs(first + one, second + other, words), *find_runs_between(common, copies)])
    return extend_runs(found, numbers, bounds)


def _measure_containments(numbers: Numbers, bounds: Places, pairs: Places) -> NDArray[np.float64]:
    """Containment of each pair of articles."""
    runs, run_bounds = list_runs(numbers, bounds, SHINGLE)
    positions, group = group_equal(runs)
    articles, groups = len(bounds) - 1, int(group.max(initial=0)) + 1
    article = np.searchsorted(run_bounds, positions, side="right") - 1
    held = distinct((article * groups + group).astype(np.uint64)).astype(np.int64)
    several = np.bincount(article, minlength=articles)
    own = np.bincount(held // groups, minlength=articles)
    # What an article repeats counts once.
    sizes = np.diff(run_bounds) - several + own
    cuts = np.append(0, np.cumsum(own))
    one, other = pairs.T
    asked = np.repeat(one, own[other]) * groups + held[spread(cuts[other], own[other])] % groups
    at = np.minimum(np.searchsorted(held, asked), max(0, len(held) - 1))
    common = np.bincount(
        np.repeat(np.arange(len(pairs)), own[other])[held[at] == asked], minlength=len(pairs)
    )
    return common / sizes[pairs].min(axis=1)


def _cover(runs: Sequence[Sequence[int]]) -> Iterator[tuple[int, int, int]]:
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
