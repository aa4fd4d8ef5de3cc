"""Figures against marked text: value, unit, change and what is measured, beside other libraries.

    python benchmarks/figures.py [--peers] [--python FILE]
    python benchmarks/figures.py --data DIR --peers
    python benchmarks/figures.py --draw 100 --seed 7 --corpus FILE

DIR holds ``newsquant_dev.jsonl`` or ``meantime_dev.jsonl`` or both. The first is made from NewsQuant
(Almasian et al. 2023, github.com/satya77/CQE_Evaluation; no licence is stated: for evaluation only), one
sentence a line: ``id``, ``text`` and ``quantities``, each with ``value`` ("4.5", or "20-25" for a range),
``normalized_unit``, ``change`` (=, ~, <, >, up, down) and ``referred_concepts`` (words for what is measured,
"-" for none). The second is made from MEANTIME (Minard et al. 2016; CC BY 4.0), one article a line: ``id``,
``text``, ``dct`` (the day of publication), ``values`` (money, percentages and quantities: ``start``, ``end``)
and ``timexes`` (dates, in the same way). Without DIR the benchmark runs on the samples that ship: made-up
sentences of policy news (tests/data/figures), which guard the rules and measure nothing, and excerpts of
MEANTIME (tests/data/dates).

Of sentences, micro F1 is printed: a value found, and a value found with its unit, change or measure right
(``figure_scores.py`` has the rules). Of articles, F1 of spans that overlap one to one; in ``not dates``, what
touches a marked date counts against nobody. Each way runs in one process with one thread, all of them one
after the other; loading is left out of texts a CPU-second. Peers are quantulum3, Microsoft's Recognizers and
CQE; ``make bench`` installs them into environments of their own.

--draw prints sentences with figures, drawn from a corpus (JSON lines with ``text``, also gzipped), one an
article, with each figure as it was found: for reading by eye.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from figure_scores import MEASURES, count_article, count_sentence, f1
from peer_process import PeerMissing, ask, python_of

from analysis.language.pipeline import DocContext, annotate, layer

SAMPLES = Path(__file__).parents[1] / "tests" / "data"
SAMPLE_FILES = (SAMPLES / "figures" / "sample.jsonl", SAMPLES / "dates" / "meantime_excerpts.jsonl")
SETS = ("newsquant_dev", "meantime_dev")
# The peers, each with the environment that it lives in.
PEERS = {"quantulum3": "figures", "recognizers_units": "figures", "cqe": "cqe"}
OURS = "Framelines"
# The first article that is drawn may have no figure: so many are read for each sentence that is asked for.
READ_A_DRAW = 3

Row = dict[str, Any]
# What a way found in each text of a set, and its processor seconds.
Answers = tuple[list[list[Row]], float]


def main() -> None:
    """Find, compare and print; or draw sentences."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder with the marked sets")
    parser.add_argument("--peers", action="store_true", help="run the peers, too (see make bench)")
    parser.add_argument("--python", metavar="FILE", help="the Python that has the peers")
    parser.add_argument("--draw", type=int, metavar="N", help="print N sentences with their figures")
    parser.add_argument("--seed", type=int, default=2025, help="which sentences are drawn")
    parser.add_argument("--corpus", type=Path, metavar="FILE", help="what they are drawn from")
    given = parser.parse_args()
    if given.draw:
        draw(read_rows(given.corpus or SAMPLE_FILES[0]), given.draw, given.seed)
        return
    sets = read_sets(given.data)
    if not sets:
        sys.exit(f"No marked sets in {given.data}: {', '.join(SETS)} (.jsonl) are looked for.")
    if not given.data:
        print("The sample that ships (see --data): made-up sentences, and excerpts of MEANTIME.")
    runs, about = run_all(sets, given.python, peers=given.peers)
    for name, rows in sets.items():
        print_set(name, rows, {way: found[name] for way, found in runs.items()})
    print("", *about, sep="\n")
    if not given.peers:
        print("Ours alone. For the peers beside it: make bench, or make bench DATA=DIR")


def read_sets(folder: Path | None) -> dict[str, list[Row]]:
    """Every set by its name."""
    files = [folder / f"{name}.jsonl" for name in SETS] if folder else SAMPLE_FILES
    return {file.stem: read_rows(file) for file in files if file.exists()}


def read_rows(file: Path) -> list[Row]:
    """The rows of a file of JSON lines."""
    opener = gzip.open if file.suffix == ".gz" else open
    with opener(file, "rt", encoding="utf-8") as handle:
        return [json.loads(line) for line in handle if line.strip()]


def run_all(
    sets: dict[str, list[Row]], python: str | None, *, peers: bool
) -> tuple[dict[str, dict[str, Answers]], list[str]]:
    """Ours and, if asked for, each peer that can be run: answers by way and set, and lines on versions."""
    runs = {}
    about, runs[OURS] = run_way(sys.executable, "framelines_figures", sets)
    lines = [f"{OURS}: {about}"]
    for name, environment in PEERS.items() if peers else ():
        try:
            about, runs[name] = run_way(python or python_of(environment), name, sets)
            lines.append(f"{name}: {about}")
        except PeerMissing as problem:
            print(f"{name} is left out: it does not run here ({problem}).")
    return runs, lines


def run_way(python: str | Path, name: str, sets: dict[str, list[Row]]) -> tuple[str, dict[str, Answers]]:
    """Run one way over every set.

    Raises:
        PeerMissing: It did not start, or did not answer for every text.
    """
    texts = [
        {"set": key, "id": row["id"], "text": row["text"], "day": (row.get("dct") or "")[:10] or None}
        for key, rows in sets.items()
        for row in rows
    ]
    about, answers = ask(python, name, texts)
    left = iter(answers)
    runs = {}
    for key, rows in sets.items():
        own = [next(left) for _ in rows]
        runs[key] = [answer["quotes"] for answer in own], sum(answer["cpu"] for answer in own)
    return about, runs


def print_set(name: str, rows: Sequence[Row], runs: dict[str, Answers]) -> None:
    """The table of one set, and how ours compares with each peer."""
    has_values = "quantities" in rows[0]
    scores = {way: score(rows, found) for way, (found, _) in runs.items()}
    marked = sum(len(row["quantities" if has_values else "values"]) for row in rows)
    print(f"\n{name}: {len(rows)} {'sentences' if has_values else 'articles'}, {marked} marked")
    for way, figures in scores.items():
        columns = "  ".join(f"{what} {figure:.3f}" for what, figure in figures.items())
        print(f"{way:18}{columns}  {len(rows) / (runs[way][1] or 1e-9):.1f} texts/CPU-s")
    ours = scores.pop(OURS)
    first = next(iter(ours))
    for way, figures in scores.items():
        ratio, speed = ours[first] / (figures[first] or float("nan")), runs[way][1] / (runs[OURS][1] or 1e-9)
        print(f"beside {way}: {first} F1 {ratio:.2f} times, speed {speed:.2f} times")


def score(rows: Sequence[Row], found: Sequence[Sequence[Row]]) -> dict[str, float]:
    """The F1 figures of one set: of sentences with values, or of articles with spans."""
    if "quantities" in rows[0]:
        counted = (count_sentence(row["quantities"], own) for row, own in zip(rows, found, strict=True))
        counts = sum(counted, Counter())
        return {
            what if what == "value" else f"+{what}": f1(counts[what], counts["marked"], counts["found"])
            for what in MEASURES
        }
    counts = sum((count_article(row, own) for row, own in zip(rows, found, strict=True)), Counter())
    return {
        "span": f1(counts["span"], counts["marked"], counts["found"]),
        "not dates": f1(counts["span_undated"], counts["marked"], counts["undated"]),
    }


def draw(rows: Sequence[Row], number: int, seed: int) -> None:
    """Print sentences with their figures, one an article, in the order of the draw."""
    chance = random.Random(seed)
    chosen = chance.sample(range(len(rows)), min(len(rows), number * READ_A_DRAW))
    print(f"seed {seed}, {number} sentences of {len(rows):,} texts")
    items = ((rows[n]["text"], DocContext(str(rows[n].get("id", n)))) for n in chosen)
    drawn = 0
    for doc in annotate(items, ("sentences", "actors", "quotes", "dates", "figures")):
        told = list(sentences_with_figures(doc))
        if told and drawn < number:
            drawn += 1
            sentence, figures = chance.choice(told)
            print(f"\n{drawn}. {' '.join(doc.text[sentence.start : sentence.end].split())}")
            for one in figures:
                value = f"{one.value:g}" if one.high is None else f"{one.value:g} to {one.high:g}"
                print(f"   {one.text!r}: {one.change} {value} | unit {one.unit} | measures {one.measure}")


def sentences_with_figures(doc: Any) -> Iterator[tuple[Any, list[Any]]]:
    """Each sentence of a text that has figures, with them."""
    for sentence in layer(doc, "sentences"):
        own = [f for f in layer(doc, "figures") if sentence.start <= f.start < sentence.end]
        if own:
            yield sentence, own


if __name__ == "__main__":
    main()
