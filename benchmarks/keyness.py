"""Keyness where there is nothing to find, and where there is: ours beside what is mostly used.

    python benchmarks/keyness.py --data DIR
    python benchmarks/keyness.py --data DIR --comparisons 1000 1000 100

DIR holds ``allsides.jsonl.gz``: the articles of github.com/ramybaly/Article-Bias-Prediction (Apache-2.0; the
texts are their publishers'), one JSON object a line with ``outlet``, ``bias`` (left, center, right) and
``text``.
Without it the benchmark makes up texts, which are easier than real ones.

No difference: both sides are drawn from one outlet with 200 articles or more, so every word found is false.
Power: 100 articles of an outlet on the left beside 100 of one on the right; nobody knows the truth there, but
a method that finds nothing is of no use. In made-up texts ten words are planted that one side uses twice as
often (20 against 10 in 10,000 words).

Methods: ``ours`` (whole articles permuted, Benjamini and Hochberg at .05); ``log-odds`` (Monroe, Colaresi and
Quinn 2008, |z| > 1.96, as ConvoKit's FightingWords has it); ``G2`` (Dunning 1993, p < .05) and ``G2 BH``
(the same with Benjamini and Hochberg). Counts are of words, on average a comparison.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from made_sources import PLANTED, make_texts
from scipy.stats import chi2, false_discovery_control

from analysis.compare.exchange import make_units
from analysis.compare.keyness.finding import LEVEL, find_distinctive
from analysis.compare.keyness.logodds import PRIOR_WORDS, log_odds
from analysis.compare.keyness.vocabulary import Counts, count_uses, iter_words
from analysis.reuse import find_shared_passages

SIZES = (5, 20, 100)
LEAST_ARTICLES = 200
METHODS = ("ours", "log-odds", "G2", "G2 BH")


def main(arguments: Sequence[str] | None = None) -> None:
    """Read or make the articles, compare, print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="a folder with allsides.jsonl.gz")
    parser.add_argument(
        "--comparisons", type=int, nargs=3, metavar="N", help="how many of 5+5, 20+20 and 100+100 articles"
    )
    parser.add_argument("--permutations", type=int, default=1_000, help="how often sides are dealt (1000)")
    parser.add_argument("--seed", type=int, default=1, help="which articles are drawn (1)")
    given = parser.parse_args(arguments)
    if given.data:
        texts, bias = read_outlets(given.data / "allsides.jsonl.gz")
    else:
        print("Made-up texts (see --data): easier than real ones.")
        texts, bias = {f"made up {n}": make_texts(220, 1_000 + n) for n in range(3)}, {}
    numbers = given.comparisons or ((1_000, 1_000, 100) if given.data else (30, 20, 4))
    began = time.process_time()
    outlets = {name: Outlet(own) for name, own in texts.items()}
    chance = np.random.default_rng(given.seed)
    print(f"{len(outlets)} outlets of {LEAST_ARTICLES} articles or more; seed {given.seed}")
    print("no difference         " + "".join(f"{method:>22}" for method in METHODS))
    for size, number in zip(SIZES, numbers, strict=True):
        print_null(size, list(draw_halves(outlets, size, number, chance)), given.permutations)
    print("two outlets, 100 + 100" + "".join(f"{method:>22}" for method in METHODS))
    for name, counts in draw_pairs(outlets, bias, chance) if given.data else make_pairs():
        found = find_words(counts, np.arange(200) < 100, None, given.permutations)
        known = [
            f" ({len(set(PLANTED) & words)} of {len(PLANTED)})" if not given.data else ""
            for words in found.values()
        ]
        cells = (f"{len(words)}{true}" for words, true in zip(found.values(), known, strict=True))
        print(f"{name[:21]:<22}" + "".join(f"{cell:>22}" for cell in cells), flush=True)
    print(f"{time.process_time() - began:.0f} CPU-seconds")


class Outlet:
    """An outlet's articles, counted once; ``copies`` numbers the texts behind them."""

    def __init__(self, texts: Sequence[str]) -> None:
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
    outlets: Mapping[str, Outlet], size: int, number: int, chance: np.random.Generator
) -> Iterator[tuple[Counts, np.ndarray]]:
    """Articles of one outlet after the other, for both sides, with the number of the text of each."""
    names = list(outlets)
    for n in range(number):
        outlet = outlets[names[n % len(names)]]
        places = chance.permutation(len(outlet.copies))[: 2 * size]
        yield outlet.choose(places), outlet.copies[places]


def print_null(size: int, halves: Sequence[tuple[Counts, np.ndarray]], permutations: int) -> None:
    """Print how many words each method finds where there is nothing, and how often it finds any."""
    found = defaultdict(list)
    for counts, copies in halves:
        for method, words in find_words(counts, np.arange(2 * size) < size, copies, permutations).items():
            found[method].append(len(words))
    most = LEVEL + 2 * math.sqrt(LEVEL * (1 - LEVEL) / len(halves))
    cells = [f"{np.mean(n):.3f}, any {np.mean(np.array(n) > 0):.3f}" for n in found.values()]
    name = f"{size} + {size}, {len(halves)} times"
    print(
        f"{name:<22}" + "".join(f"{cell:>22}" for cell in cells) + f"   (any: at most {most:.3f})", flush=True
    )


def find_words(
    counts: Counts, side: np.ndarray, copies: np.ndarray | None, permutations: int
) -> dict[str, set[str]]:
    """The words that each method calls distinctive."""
    places, _, q = find_distinctive(counts, make_units(side, copies), permutations=permutations, seed=1)
    first = np.asarray(counts.matrix[side].sum(axis=0)).ravel()
    second = np.asarray(counts.matrix[~side].sum(axis=0)).ravel()
    p = chi2.sf(g2(first, second), 1)
    chosen = {
        "ours": places[q <= LEVEL],
        "log-odds": np.flatnonzero(np.abs(plain_z(first, second)) > 1.96),
        "G2": np.flatnonzero(p < LEVEL),
        "G2 BH": np.flatnonzero(false_discovery_control(p) <= LEVEL),
    }
    return {method: {counts.features[n] for n in own} for method, own in chosen.items()}


def plain_z(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Log-odds by the standard error that takes each word for a draw of its own."""
    total = first + second
    prior = PRIOR_WORDS * total / total.sum()
    return log_odds(first, second, first.sum(), second.sum(), prior) / np.sqrt(
        1 / (first + prior) + 1 / (second + prior)
    )


def g2(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Dunning's log-likelihood ratio of a word in two sides."""
    total = first + second
    expected = total * first.sum() / total.sum()
    parts = [
        np.where(seen > 0, seen * np.log(np.maximum(seen, 1e-12) / even), 0)
        for seen, even in ((first, expected), (second, total - expected))
    ]
    return 2 * (parts[0] + parts[1])


def draw_pairs(
    outlets: Mapping[str, Outlet], bias: Mapping[str, str], chance: np.random.Generator
) -> Iterator[tuple[str, Counts]]:
    """Outlets on the left beside outlets on the right, each once."""
    sides = ([name for name in outlets if bias[name] == side] for side in ("left", "right"))
    for one, other in zip(*sides, strict=False):
        texts = []
        for name in (one, other):
            places = chance.permutation(len(outlets[name].copies))[:100]
            texts.append(outlets[name].choose(places))
        yield f"{one} | {other}", join_counts(*texts)


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


def make_pairs() -> Iterator[tuple[str, Counts]]:
    """Made-up sources that differ in ten planted words."""
    for seed in range(3):
        texts = [
            *make_texts(100, seed, rates=dict.fromkeys(PLANTED, 10)),
            *make_texts(100, seed + 50, rates=dict.fromkeys(PLANTED, 20)),
        ]
        yield f"made up, seed {seed}", count_uses(iter_words(text) for text in texts)


if __name__ == "__main__":
    main()
