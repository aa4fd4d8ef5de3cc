"""What the benchmark of keyness compares: halves of one outlet, pairs of outlets, and made-up sources."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from made_sources import PLANTED, make_texts

from analysis.compare.keyness.vocabulary import Counts, count_uses, iter_words
from analysis.reuse import find_shared_passages

LEAST_ARTICLES = 200
SIDE = 100  # articles a side of a pair of outlets


@dataclass(frozen=True)
class Comparison:
    """Two sides of articles.

    Attributes:
        name: What is compared.
        counts: Words of the articles of both sides.
        side: Whether an article is on the first side.
        copies: The number of the text behind each article; each its own where None.
        texts: The articles as text, in the same order.
    """

    name: str
    counts: Counts
    side: np.ndarray
    copies: np.ndarray | None
    texts: Sequence[str]


class Outlet:
    """An outlet's articles, counted once; ``copies`` numbers the texts behind them."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.counts = count_uses(iter_words(text) for text in texts)
        self.copies = number_copies(texts)

    def choose(self, places: np.ndarray) -> Counts:
        """The counts of some articles, without the words that none of them has."""
        matrix = self.counts.matrix[places]
        used = np.flatnonzero(np.asarray(matrix.sum(axis=0)).ravel())
        features = tuple(self.counts.features[n] for n in used)
        return Counts(features, matrix[:, used], self.counts.words[places])


def read_outlets(path: Path) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The texts of each large outlet, and the side it mostly stands on."""
    texts, sides = defaultdict(list), defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            texts[row["outlet"]].append(row["text"])
            sides[row["outlet"]].append(row["bias"])
    large = {name: own for name, own in sorted(texts.items()) if len(own) >= LEAST_ARTICLES}
    return large, {name: max(set(sides[name]), key=sides[name].count) for name in large}


def number_copies(texts: Sequence[str]) -> np.ndarray:
    """Give articles that share half of the shorter one's words one number."""
    above = {str(n): str(n) for n in range(len(texts))}

    def top(n: str) -> str:
        while above[n] != n:
            n = above[n]
        return n

    for passage in find_shared_passages({str(n): text for n, text in enumerate(texts)}):
        if passage.containment >= 0.5:
            above[top(passage.article_a)] = top(passage.article_b)
    return np.array([int(top(str(n))) for n in range(len(texts))])


def draw_halves(
    outlets: Mapping[str, Outlet], sizes: tuple[int, int], number: int, chance: np.random.Generator
) -> Iterator[Comparison]:
    """Articles of one outlet after the other, dealt to both sides."""
    names = list(outlets)
    side = np.arange(sum(sizes)) < sizes[0]
    for n in range(number):
        name = names[n % len(names)]
        outlet = outlets[name]
        places = chance.permutation(len(outlet.copies))[: sum(sizes)]
        texts = [outlet.texts[place] for place in places]
        yield Comparison(name, outlet.choose(places), side, outlet.copies[places], texts)


def shorten_first(comparison: Comparison, chance: np.random.Generator, part: float = 1 / 3) -> Comparison:
    """The same with the first side's articles cut to a part of their words, drawn one by one."""
    matrix = comparison.counts.matrix.copy()
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    matrix.data = np.where(
        comparison.side[rows], chance.binomial(matrix.data.astype(int), part), matrix.data
    ).astype(np.float64)
    matrix.eliminate_zeros()
    used = np.flatnonzero(np.asarray(matrix.sum(axis=0)).ravel())
    features = tuple(comparison.counts.features[n] for n in used)
    words = np.asarray(matrix.sum(axis=1)).ravel()
    return replace(comparison, counts=Counts(features, matrix[:, used], words), texts=())


def draw_pairs(
    outlets: Mapping[str, Outlet], bias: Mapping[str, str], chance: np.random.Generator
) -> Iterator[Comparison]:
    """Outlets on the left beside outlets on the right, each once."""
    sides = ([name for name in outlets if bias[name] == side] for side in ("left", "right"))
    for one, other in zip(*sides, strict=False):
        counts, texts = [], []
        for outlet in (outlets[one], outlets[other]):
            places = chance.permutation(len(outlet.copies))[:SIDE]
            counts.append(outlet.choose(places))
            texts += [outlet.texts[place] for place in places]
        yield Comparison(f"{one} | {other}", join_counts(*counts), np.arange(2 * SIDE) < SIDE, None, texts)


def join_counts(one: Counts, other: Counts) -> Counts:
    """The counts of two sides as one matrix."""
    from scipy import sparse

    features = tuple(dict.fromkeys((*one.features, *other.features)))
    place = {feature: n for n, feature in enumerate(features)}
    rows = []
    for side in (one, other):
        found = side.matrix.tocoo()
        columns = np.array([place[feature] for feature in side.features])[found.coords[1]]
        rows.append(
            sparse.csr_array((found.data, (found.coords[0], columns)), shape=(found.shape[0], len(features)))
        )
    return Counts(features, sparse.vstack(rows).tocsr(), np.concatenate([one.words, other.words]))


def make_pairs(number: int) -> Iterator[Comparison]:
    """Made-up sources that differ in ten planted words, which one uses twice as often."""
    for seed in range(number):
        texts = [
            *make_texts(SIDE, seed, rates=dict.fromkeys(PLANTED, 10)),
            *make_texts(SIDE, seed + 50, rates=dict.fromkeys(PLANTED, 20)),
        ]
        counts = count_uses(iter_words(text) for text in texts)
        yield Comparison(f"made up, seed {seed}", counts, np.arange(2 * SIDE) < SIDE, None, texts)
