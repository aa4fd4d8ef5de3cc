"""Keyness where there is nothing to find, and where there is: ours beside what is mostly used.

    python benchmarks/keyness.py --data DIR
    python benchmarks/keyness.py --data DIR --peers --valid
    python benchmarks/keyness.py --data DIR --comparisons 1000 1000 100

DIR holds ``allsides.jsonl.gz``: the articles of github.com/ramybaly/Article-Bias-Prediction (Apache-2.0; the
texts are their publishers'), one JSON object a line with ``outlet``, ``bias`` (left, center, right) and
``text``. Without it the benchmark makes up texts, which are easier than real ones.

No difference: both sides are drawn from one outlet with 200 articles or more, so every word found is false.
Power: 100 articles of an outlet on the left beside 100 of one on the right; nobody knows the truth there, but
a method that finds nothing is of no use. In made-up texts ten words are planted that one side uses twice as
often (20 against 10 in 10,000 words).

Ways: ``ours`` (whole articles permuted, Benjamini and Hochberg at .05); ``log-odds`` (Monroe, Colaresi and
Quinn 2008, |z| > 1.96); ``G2`` (Dunning 1993, p < .05) and ``G2 BH`` (the same with Benjamini and Hochberg).
Peers: ConvoKit's FightingWords (its default threshold: |z| > 1) and scattertext's log-odds (what its chart
colours: |z| > 1.28), each also with |z| > 1.96; they have phrases, too, and leave out rare words. They are
slow, so that they get the first comparisons of each size alone.

``--valid`` says how often raw p-values are at most .05 and .01 where there is nothing: the share of words, on
average over comparisons, with the standard error of that. Where sides are unequal, the first side's articles
are cut to a third of their words.
"""

from __future__ import annotations

import argparse
import math
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from keyness_draws import (
    LEAST_ARTICLES,
    SIDE,
    Comparison,
    Outlet,
    draw_halves,
    draw_pairs,
    make_pairs,
    read_outlets,
    shorten_first,
)
from made_sources import PLANTED, make_texts
from peer_process import PeerMissing, ask, python_of
from scipy.stats import chi2, false_discovery_control

from analysis.compare.exchange import make_units
from analysis.compare.keyness.finding import LEVEL, choose_testable, find_distinctive
from analysis.compare.keyness.logodds import PRIOR_WORDS, find_least, find_log_odds, log_odds

SIZES = (5, 20, 100)
# The peers, each with the environment that it lives in.
PEERS = {"convokit": "keyness", "scattertext": "keyness"}
UNEQUAL = ((5, 5), (5, 20), (20, 5), (100, 100), (40, 160), (160, 40))
OFTEN = 20  # articles that a word stands in, to be one that can have any p-value
WIDTH = 29


def main(arguments: Sequence[str] | None = None) -> None:
    """Read or make the articles, compare, print the table."""
    given = _read_options(arguments)
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
    print(f"{'':<{WIDTH}}{'times':>6}{'words':>9}{'any':>7}   way")
    for size, number, few in zip(SIZES, numbers, given.peer_comparisons, strict=True):
        halves = list(draw_halves(outlets, (size, size), number, chance))
        label = f"one outlet, {size} + {size}"
        print_ways(label, halves, given.permutations)
        if given.peers:
            print_peers(label, halves[:few])
    pairs = list(draw_pairs(outlets, bias, chance)) if given.data else list(make_pairs(3))
    label = f"{'two outlets' if given.data else 'made up, planted'}, {SIDE} + {SIDE}"
    print_ways(label, pairs, given.permutations, power=True)
    if given.peers:
        print_peers(label, pairs, power=True)
    if given.valid:
        times = 3 * [numbers[0]] + 3 * [numbers[2]]
        print_validity(outlets, times, chance, given.permutations)
    print(f"{time.process_time() - began:.0f} CPU-seconds, without those of peers")
    if not given.peers:
        print("Without peers. For ConvoKit and scattertext beside it: make bench, or --peers after it")


def _read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="a folder with allsides.jsonl.gz")
    parser.add_argument(
        "--comparisons", type=int, nargs=3, metavar="N", help="how many of 5+5, 20+20 and 100+100 articles"
    )
    parser.add_argument("--permutations", type=int, default=1_000, help="how often sides are dealt (1000)")
    parser.add_argument("--peers", action="store_true", help="run ConvoKit and scattertext, too")
    parser.add_argument(
        "--peer-comparisons", type=int, nargs=3, metavar="N", default=(30, 30, 10),
        help="how many of each size the peers get (30 30 10)",
    )  # fmt: skip
    parser.add_argument("--valid", action="store_true", help="how often raw p-values are small by chance")
    parser.add_argument("--seed", type=int, default=1, help="which articles are drawn (1)")
    return parser.parse_args(arguments)


def print_ways(
    label: str, comparisons: Sequence[Comparison], permutations: int, *, power: bool = False
) -> None:
    """Print a row for each of our own ways of finding words."""
    found = defaultdict(list)
    for comparison in comparisons:
        for way, words in find_words(comparison, permutations).items():
            found[way].append(words)
    for way, words in found.items():
        print_row(label, way, words, power)
    if not power:
        most = LEVEL + 2 * math.sqrt(LEVEL * (1 - LEVEL) / len(comparisons))
        print(f"{'':<{WIDTH}}{'':>6}{'at most':>9}{most:>7.3f}", flush=True)


def print_peers(label: str, comparisons: Sequence[Comparison], *, power: bool = False) -> None:
    """Print two rows a peer, with its own threshold and the customary one, or why there is none."""
    for name in PEERS:
        try:
            about, answers = ask_peer(name, comparisons)
        except PeerMissing as problem:
            print(f"{label:<{WIDTH}}{name}: not run ({problem})", flush=True)
            continue
        errors = [answer["error"] for answer in answers if answer["error"]]
        if errors:
            print(f"{label:<{WIDTH}}{about}: {len(errors)} of {len(answers)} unanswered ({errors[0]})")
        answered = [answer["quotes"] for answer in answers if not answer["error"]]
        for way, most in ((about, 1), (f"{about}, |z| > 1.96", LEVEL)) if answered else ():
            words = [{row["word"] for row in rows if row["p"] <= most} for rows in answered]
            print_row(label, way, words, power)


def ask_peer(name: str, comparisons: Iterable[Comparison]) -> tuple[str, list[dict]]:
    """A peer's line on versions, and its words for each comparison.

    Raises:
        PeerMissing: It cannot be run here.
    """
    rows = [
        {
            "set": str(number), "id": str(number), "text": "", "day": "",
            "first": [text for text, first in zip(one.texts, one.side, strict=True) if first],
            "second": [text for text, first in zip(one.texts, one.side, strict=True) if not first],
        }
        for number, one in enumerate(comparisons)
    ]  # fmt: skip
    return ask(python_of(PEERS[name]), name, rows)


def print_row(label: str, way: str, found: Sequence[set[str]], power: bool) -> None:
    """Print how many words a way finds, and how often any; where they may be right, how many at least."""
    numbers = np.array([len(words) for words in found])
    more = f" ({numbers.min()} to {numbers.max()})" if power else ""
    if power and label.startswith("made up"):
        planted = [len(words & set(PLANTED)) for words in found]
        more += f", planted {np.mean(planted):.1f} of {len(PLANTED)}"
    print(
        f"{label:<{WIDTH}}{len(found):>6}{numbers.mean():>9.3f}{(numbers > 0).mean():>7.3f}   {way}{more}",
        flush=True,
    )


def find_words(comparison: Comparison, permutations: int) -> dict[str, set[str]]:
    """The words that each of our ways calls distinctive."""
    counts, side = comparison.counts, comparison.side
    units = make_units(side, comparison.copies)
    places, _, q = find_distinctive(counts, units, permutations=permutations, seed=1)
    first = np.asarray(counts.matrix[side].sum(axis=0)).ravel()
    second = np.asarray(counts.matrix[~side].sum(axis=0)).ravel()
    p = chi2.sf(g2(first, second), 1)
    chosen = {
        "ours": places[q <= LEVEL],
        "log-odds": np.flatnonzero(np.abs(plain_z(first, second)) > 1.96),
        "G2": np.flatnonzero(p < LEVEL),
        "G2 BH": np.flatnonzero(false_discovery_control(p) <= LEVEL),
    }
    return {way: {counts.features[n] for n in own} for way, own in chosen.items()}


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


def print_validity(
    outlets: Mapping[str, Outlet], numbers: Sequence[int], chance: np.random.Generator, permutations: int
) -> None:
    """Print how often raw p-values are small where there is nothing, by what words are looked at."""
    print("Raw p-values where there is no difference, and what they may be at most")
    print(f"{'':<{WIDTH}}{'times':>6}{'p <= .05':>10}{'at most':>9}{'p <= .01':>10}{'at most':>9}   words")
    for sizes, number in zip(UNEQUAL, numbers, strict=True):
        shares = defaultdict(list)
        halves = draw_halves(outlets, sizes, number, chance)
        if sizes[0] != sizes[1]:
            halves = (shorten_first(half, chance) for half in halves)
        for half in halves:
            for words, p in group_p_values(half, permutations):
                shares[words].append([(p <= level).mean() for level in (0.05, 0.01)])
        for words, own in shares.items():
            means, spreads = np.mean(own, axis=0), np.std(own, axis=0, ddof=1) / math.sqrt(len(own))
            cells = "".join(
                f"{mean:>10.4f}{level + 2 * spread:>9.4f}"
                for level, mean, spread in zip((0.05, 0.01), means, spreads, strict=True)
            )
            label = f"one outlet, {sizes[0]}{' short' if sizes[0] != sizes[1] else ''} + {sizes[1]}"
            print(f"{label:<{WIDTH}}{len(own):>6}{cells}   {words}", flush=True)


def group_p_values(comparison: Comparison, permutations: int) -> Iterator[tuple[str, np.ndarray]]:
    """Raw p-values of all words, of those that are tested, and of those in many articles."""
    units = make_units(comparison.side, comparison.copies)
    matrix, words = comparison.counts.matrix, comparison.counts.words
    p = find_log_odds(matrix, units, words=words, permutations=permutations, seed=1).p
    often = np.asarray((matrix > 0).sum(axis=0)).ravel() >= OFTEN
    groups = {
        "all": np.arange(len(p)),
        "tested": choose_testable(find_least(matrix, units)),
        f"in {OFTEN} articles or more": np.flatnonzero(often),
    }
    return ((name, p[places]) for name, places in groups.items() if len(places))


if __name__ == "__main__":
    main()
