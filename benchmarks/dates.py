"""Date expressions against marked text, and what finding them costs, beside other libraries.

    python benchmarks/dates.py [--peers] [--python FILE]
    python benchmarks/dates.py --data DIR --peers

DIR holds ``timebank_dev.jsonl``, ``aquaint_dev.jsonl`` and ``meantime_dev.jsonl`` or some of them, one
article a line: ``id``, ``text``, ``dct`` (the day of publication) and ``timexes``, each with ``start``,
``end``, ``type``, ``value`` and, for the mark of the publication day itself, ``function``. They are made from
TimeBank 1.2 and AQUAINT TimeML (Pustejovsky et al. 2003; texts are their publishers') and MEANTIME (Minard et
al. 2016, CC BY 4.0). Without it the benchmark runs on the sample of tests/data/dates: made-up
sentences, others with weekdays before and after the publication day, and excerpts of MEANTIME.

Counted are expressions of type DATE, without the publication day: strict F1 (the same characters), value F1
(an overlapping expression with the same TIMEX3 value, as in TempEval-3), bare weekdays before and after the
publication day, and articles a CPU-second, loading excluded. dateparser gives days, never weeks or years, so
all are also judged leniently: right is what lies inside the marked period.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from peer_process import PeerMissing, ask, python_of
from spans import pair, touches

from analysis.timex import Reference, find_cue, find_timexes

SAMPLE = Path(__file__).parents[1] / "tests" / "data" / "dates"
SAMPLE_SETS = ("sample", "weekdays", "meantime_excerpts")
SETS = ("timebank_dev", "aquaint_dev", "meantime_dev")
# The peers, each with the environment that it lives in.
PEERS = {"dateparser": "dates", "recognizers": "dates", "heideltime": "heideltime"}
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())

Row = dict[str, Any]


def read_sets(folder: Path | None, limit: int | None = None) -> list[Row]:
    """The articles of all sets, each with the name of its set; at most ``limit`` of each, evenly spread."""
    names = SETS if folder else SAMPLE_SETS
    files = [(folder or SAMPLE) / f"{name}.jsonl" for name in names]
    rows = []
    for file in files:
        if file.exists():
            lines = file.read_text(encoding="utf-8").split("\n")
            own = [{**json.loads(line), "set": file.stem} for line in lines if line.strip()]
            number = min(limit or len(own), len(own))
            rows += [own[n * len(own) // number] for n in range(number)]
    return rows


def find_ours(rows: Sequence[Row]) -> tuple[list[list[Row]], float]:
    """Our expressions of each article, and processor seconds; the rules are compiled before."""
    find_timexes("They met on Friday.", Reference.read("2025-07-05", "2025-07-05"))
    began = time.process_time()
    found = []
    for row in rows:
        text, reference = row["text"], Reference.read(row["dct"], row["dct"])
        timexes = find_timexes(
            text, reference, direct=lambda start, end, text=text: find_cue(text, start, end)
        )
        found.append([{"start": t.start, "end": t.end, "type": t.type, "value": t.value} for t in timexes])
    return found, time.process_time() - began


def find_by_peer(python: str | None, name: str, rows: Sequence[Row]) -> tuple[str, list[list[Row]], float]:
    """The line on versions, what a peer finds, and processor seconds.

    Raises:
        PeerMissing: It cannot be run here.
    """
    if name == "heideltime" and not shutil.which("java"):
        raise PeerMissing("Java is not installed")
    texts = [{"set": r["set"], "id": r["id"], "text": r["text"], "day": r["dct"][:10]} for r in rows]
    about, answers = ask(python or python_of(PEERS[name]), name, texts)
    return about, [a["quotes"] for a in answers], sum(a["cpu"] for a in answers)


def score(rows: Sequence[Row], answers: Sequence[Sequence[Row]]) -> dict[str, float]:
    """Strict, value and lenient value F1 over the expressions of type DATE, and the bare weekdays."""
    marked = given = strict = right = inside = 0
    days: dict[str, list[bool]] = {"past": [], "future": []}
    for row, answer in zip(rows, answers, strict=True):
        own = [t for t in row["timexes"] if t.get("function") == "CREATION_TIME"]
        gold = [t for t in row["timexes"] if t not in own]
        found = [a for a in answer if not touches(a, own)]
        pairs = pair(gold, found)
        marked += sum(t["type"] == "DATE" for t in gold)
        met = {id(one): thing for thing, one, _ in pairs}
        for one in found:
            thing = met.get(id(one))
            # an expression of another type is no mistake, unless it was said to be a date
            other = thing["type"] != "DATE" if thing else one.get("type", "DATE") != "DATE"
            given += not other or (thing is not None and one.get("type") == "DATE")
        dated = {id(thing): (one, same) for thing, one, same in pairs}
        for thing in gold:
            one, same = dated.get(id(thing), ({}, False))
            if thing["type"] == "DATE":
                strict += same
                right += one.get("value") == thing["value"]
                inside += bool(one) and _lies_inside(one["value"], thing["value"])
            if thing["text"].lower() in WEEKDAYS and re.fullmatch(r"\d{4}-\d\d-\d\d", thing["value"]):
                way = "future" if thing["value"] > row["dct"][:10] else "past"
                days[way].append(one.get("value") == thing["value"])
    total = marked + given or 1
    return {
        "strict": 2 * strict / total, "value": 2 * right / total, "lenient": 2 * inside / total,
        "past": _share(days["past"]), "future": _share(days["future"]),
    }  # fmt: skip


def _lies_inside(value: str, marked: str) -> bool:
    """Whether a day's value begins with the marked year, month or day."""
    return value == marked or (re.fullmatch(r"[\d-]+", marked) is not None and value.startswith(f"{marked}-"))


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else float("nan")


def main() -> None:
    """Find, score and print, set by set and pooled."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder with the marked sets")
    parser.add_argument("--peers", action="store_true", help="run the peers, too")
    parser.add_argument("--python", metavar="FILE", help="the Python that has the peers (see make bench)")
    parser.add_argument("--limit", type=int, metavar="N", help="read at most N articles of each set")
    options = parser.parse_args()
    rows = read_sets(options.data, options.limit)
    if not rows:
        sys.exit(f"No marked sets in {options.data}: {', '.join(SETS)} are looked for.")
    if not options.data:
        print("The sample that ships (see --data): made-up sentences, and excerpts of MEANTIME.")
    runs = {"Framelines": find_ours(rows)}
    for name in PEERS if options.peers else ():
        try:
            about, *found = find_by_peer(options.python, name, rows)
            runs[about] = tuple(found)
        except PeerMissing as problem:
            print(f"{name}: not run ({problem})")
    names = list(dict.fromkeys(row["set"] for row in rows))
    for label in [*names, *(["pooled"] if options.data and len(names) > 1 else [])]:
        print_set(label, rows, runs)
    ours = runs.pop("Framelines")
    for name, (answers, seconds) in runs.items():
        ratio = score(rows, ours[0])["value"] / (score(rows, answers)["value"] or float("nan"))
        print(f"beside {name}: value F1 {ratio:.2f} times, speed {seconds / ours[1]:.1f} times")
    if not options.peers:
        print("Framelines alone. For the peers beside it: make bench, or make bench DATA=DIR")


def print_set(label: str, rows: Sequence[Row], runs: dict[str, tuple[list[list[Row]], float]]) -> None:
    """A line for each way of finding, over one set or all."""
    chosen = [n for n, row in enumerate(rows) if label in (row["set"], "pooled")]
    for name, (answers, seconds) in runs.items():
        got = score([rows[n] for n in chosen], [answers[n] for n in chosen])
        figures = "  ".join(f"{what} {figure:.3f}" for what, figure in got.items() if figure == figure)
        speed = f"{len(rows) / seconds:.0f} articles/CPU-s"
        print(f"{label:13} {len(chosen):4} articles  {figures}  {speed}  {name}")


if __name__ == "__main__":
    main()
