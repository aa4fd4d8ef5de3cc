"""Quotations and their speakers: how many are found, how many speakers are right, and what it costs.

    python benchmarks/quotes.py [--peers] [--limit N]
    python benchmarks/quotes.py --data DIR --peers
    python benchmarks/quotes.py --data DIR --parts

DIR holds one or more sets, ``NAME.jsonl`` or ``NAME.jsonl.gz``, one text a line: ``id``, ``text``, ``date``,
``quoted`` (start and end of the words inside each pair of marks), ``ignore`` (those of them that nobody
judged) and ``quotes`` (``start``, ``end``, ``speaker_text``, ``speaker_aliases``, ``type``, ``group``). The
public sets are PolNeAR (github.com/networkdynamics/PolNeAR; no licence is stated, so it is measured on and
not shipped) and GUM's Wikinews (github.com/amir-zeldes/gum; text CC BY 2.5, annotation CC BY 4.0). Without
DIR the benchmark runs on the sample that ships: items that we made up, easier than real articles, and
excerpts of GUM.

Precision, recall and F1 are of passages; ``speaker`` is the share of right speakers among the passages that
were found and have a known speaker; ``joint`` is F1 where a passage with a wrong speaker counts as not found
(``quote_scores.py`` has the rules). Documents a CPU-second leave the loading of models out; each way runs in
one process with one thread, all of them one after the other in the same run. ``errors`` counts the documents
on which a way raised an error. Of PolNeAR, the articles that were never looked at while rules were written
(a third, by the hash of their name) are printed apart.

Peers are textacy, sayswho and rules in the manner of the Gender Gap Tracker; ``make bench`` installs them
into an environment of their own.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy
from peer_process import PEERS_HOME, PEERS_PYTHON, PeerMissing, ask
from quote_scores import Counts, count_document
from quote_sets import Document, read_sample, read_sets

PEERS = ("textacy", "sayswho", "gendergap")
# What each row of the table of parts runs; the names are those that peers/by_parts.py knows.
PARTS = ("shipped", "whole text", "whole text and names", "no base forms", "tags alone", "no model")

RESAMPLES, SEED = 2000, 2025
Sets = dict[str, list[Document]]

COLUMNS = ("P", "R", "F1", "speaker", "joint")


@dataclass(frozen=True)
class Run:
    """What one way of finding quotations made of one set: counts a text, CPU-seconds, and what went wrong."""

    about: str

    counts: list[Counts]
    seconds: float
    errors: int

    @property
    def total(self) -> Counts:
        """The counts of all texts."""
        return sum(self.counts, Counts())

    @property
    def speed(self) -> float:
        """Documents a CPU-second."""
        return len(self.counts) / self.seconds if self.seconds else float("inf")


# By way and set.
Runs = dict[str, dict[str, Run]]


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the sets, run each way on each set, print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="a folder with sets; without it, the sample that ships")
    parser.add_argument("--peers", action="store_true", help="run the peers, too (see make bench)")
    parser.add_argument(
        "--lean", action="store_true", help="spare peers the parts of the model they do not read"
    )
    parser.add_argument("--limit", type=int, help="read at most so many texts of each set, evenly spread")
    parser.add_argument(
        "--parts", action="store_true", help="ours alone, with parts of the model switched off"
    )
    given = parser.parse_args(arguments)
    sets = read_sets(given.data) if given.data else read_sample()
    if not sets:
        parser.error(
            f"{given.data} holds no set: NAME.jsonl or NAME.jsonl.gz, with the fields named in --help."
        )
    if not given.data:
        print(
            "The sample that ships (see --data): made-up items, easier than real articles; excerpts of GUM."
        )
    sets = {name: choose(name, documents, given) for name, documents in sets.items()}
    runs = run_parts(sets) if given.parts else run_peers(sets, peers=given.peers, lean=given.lean)
    for name, documents in sets.items():
        print(f"\n{name}: {len(documents)} texts, {sum(len(d['text']) for d in documents):,} characters")
        print_set(name, documents, {way: run[name] for way, run in runs.items()})
    print("", *dict.fromkeys(run[name].about for run in runs.values()), sep="\n")
    if not given.parts and not (given.peers and PEERS_HOME.exists()):
        print("Ours alone. For the peers beside it: make bench, or make bench DATA=DIR")


def choose(name: str, documents: list[Document], given: argparse.Namespace) -> list[Document]:
    """The documents that are asked for; parts are chosen on what rules were written on."""
    if given.parts:
        documents = [document for document in documents if not is_held_out(name, document)]
    return spread(documents, given.limit)


def spread(documents: list[Document], limit: int | None) -> list[Document]:
    """At most so many documents, evenly spread: a set is often in the order of its outlets."""
    if not limit or limit >= len(documents):
        return documents
    return [documents[n * len(documents) // limit] for n in range(limit)]


def is_held_out(name: str, document: Document) -> bool:
    """Whether an article is of the third of PolNeAR that no rule was written on."""
    digest = hashlib.sha256(str(document["id"]).encode()).hexdigest()
    return name.startswith("polnear") and int(digest, 16) % 3 == 0


def run_peers(sets: Sets, *, peers: bool, lean: bool) -> Runs:
    """Ours and, if asked for, each peer that can be run."""
    ours = {"ours": run_way("framelines", sets)}
    names = PEERS if peers and PEERS_HOME.exists() else ()
    return ours | run_each({peer: (peer, *(["lean"] if lean else [])) for peer in names}, sets)


def run_parts(sets: Sets) -> Runs:
    """Ours with parts of the model added and switched off."""
    return run_each({part: ("parts", part) for part in PARTS}, sets)


def run_each(ways: dict[str, tuple[str, ...]], sets: Sets) -> Runs:
    """Run one way after the other; one that does not run is left out, and said to be."""
    runs = {}
    for label, (name, *options) in ways.items():
        try:
            runs[label] = run_way(name, sets, *options)
        except PeerMissing as problem:
            print(f"{label} is left out: it does not run here ({problem}).")
    return runs


def run_way(name: str, sets: Sets, *options: str) -> dict[str, Run]:
    """Run one way over every set in a process of its own, and count.

    Raises:
        PeerMissing: It did not start, or did not answer for every text.
    """
    texts = [
        {"set": key, "id": d["id"], "text": d["text"], "day": (d.get("date") or "")[:10] or None}
        for key, documents in sets.items()
        for d in documents
    ]
    about, answers = ask(PEERS_PYTHON if name in PEERS else sys.executable, name, texts, *options)
    left = iter(answers)
    return {key: count(about, documents, left) for key, documents in sets.items()}


def count(about: str, documents: list[Document], rows: Iterator[dict[str, Any]]) -> Run:
    """Compare as many answers as there are documents with what is marked."""
    answers = list(itertools.islice(rows, len(documents)))
    counts = [count_document(d, row["quotes"]) for d, row in zip(documents, answers, strict=True)]
    errors = sum(row["error"] is not None for row in answers)
    return Run(about, counts, sum(row["cpu"] for row in answers), errors)


def print_set(name: str, documents: list[Document], runs: dict[str, Run]) -> None:
    """The table of one set, with the ratios."""
    print(" " * 22 + "".join(f"{column:>9}" for column in COLUMNS) + f"{'docs/CPU-s':>13}{'errors':>8}")
    for way, run in runs.items():
        print(f"{way:22}{format_scores(run.total)}{run.speed:13.2f}{run.errors:8}")
        if way == "ours":
            print_held_out(name, documents, run)
    ours, peers = runs.get("ours"), {way: run for way, run in runs.items() if way in PEERS}
    if ours and peers:
        fastest = max(peers, key=lambda peer: peers[peer].speed)
        best = max(peers, key=lambda peer: peers[peer].total.joint_f1)
        print(f"ours / fastest peer ({fastest}): {ours.speed / peers[fastest].speed:.2f} in docs/CPU-s")
        print(
            f"ours / best peer ({best}): {ours.total.joint_f1 / max(peers[best].total.joint_f1, 1e-9):.2f} "
            f"in joint F1, {ours.speed / peers[best].speed:.2f} in docs/CPU-s"
        )


def format_scores(counts: Counts) -> str:
    """The five measures, as columns."""
    values = (counts.precision, counts.recall, counts.f1, counts.speaker_accuracy, counts.joint_f1)
    return "".join(f"{value:9.4f}" for value in values)


def print_held_out(name: str, documents: list[Document], run: Run) -> None:
    """The articles that rules were written on, those held out, and the gap between them."""
    parts: dict[bool, list[Counts]] = {False: [], True: []}
    for document, counts in zip(documents, run.counts, strict=True):
        parts[is_held_out(name, document)].append(counts)
    if not all(parts.values()):
        return
    for held, counts in parts.items():
        label = f"  {'held out' if held else 'seen'} ({len(counts)})"
        print(f"{label:22}{format_scores(sum(counts, Counts()))}")
    gap = joint_of(tally(parts[False])) - joint_of(tally(parts[True]))
    low, high = resample_gap(parts[False], parts[True])
    print(f"  seen - held out, joint F1: {gap:+.4f} (95 % interval {low:+.4f} to {high:+.4f})")


def resample_gap(seen: Sequence[Counts], held: Sequence[Counts]) -> tuple[float, float]:
    """The 95 % bootstrap interval of the gap in joint F1, drawing whole documents of each part anew."""
    rng = numpy.random.default_rng(SEED)
    drawn = []
    for part in (tally(seen), tally(held)):
        picks = rng.integers(0, len(part), size=(RESAMPLES, len(part)))
        drawn.append(joint_of(part[picks].sum(axis=1, keepdims=True)))
    low, high = numpy.quantile(drawn[0] - drawn[1], [0.025, 0.975])
    return float(low), float(high)


def tally(counts: Sequence[Counts]) -> numpy.ndarray:
    """Right as a whole, marked and found of each document: shape (documents, 3)."""
    return numpy.array([(one.joint, one.marked, one.found) for one in counts])


def joint_of(tallies: numpy.ndarray) -> numpy.ndarray:
    """Joint F1 over documents, the last axis but one of ``tally``."""
    joint, marked, found = numpy.moveaxis(tallies.sum(axis=-2), -1, 0)
    return 2 * joint / numpy.maximum(marked + found, 1)


if __name__ == "__main__":
    main()
