"""Events dated as a reader dates them, beside the nearest date and the day of publication.

    python benchmarks/timeline.py
    python benchmarks/timeline.py --data DIR

DIR holds two files with one JSON object a line, laid out as the development part of SemEval-2015 task 4,
"TimeLine: Cross-Document Event Ordering" (Minard et al. 2015; annotation CC BY 3.0, texts from Wikinews), can
be brought into from its CAT files:

    *docs*.jsonl     ``id``, ``dct`` (the day of publication), ``text``, ``sents`` ([start, end] of each
                     sentence, in characters)
    *events*.jsonl   ``doc``, ``sent`` (the sentence's number, from 0), ``head`` (the word that tells the
                     event; of several joined by "_" the first), ``date`` ("2014-07-XX" where the day is
                     unknown, "XXXX-XX-XX" where the event is undated)

Without it the benchmark runs on the sample of tests/data/timeline, made-up articles.

A dated mention is right where the interval of the event over its head word lies inside the marked day, month
or year; a mention that no event covers is wrong. Beside it stands the share of the mentions marked as undated
that a way leaves undated: a rule that dates everything never says that it does not know. The interval of a
share is that of 2,000 drawings of whole documents with replacement (2.5 to 97.5 per cent), since mentions of
one document are not independent.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "tests" / "data" / "timeline"
DRAWS, SEED = 2000, 4

Row = dict[str, Any]
# From a document with its events and dates, a sentence and the head's place: the days that a way gives.
Way = Callable[[Row, list[int], int], tuple[str, str] | None]


def read_lines(file: Path) -> list[Row]:
    """The rows of a JSON-lines file."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def read_set(folder: Path) -> tuple[dict[str, Row], list[Row]]:
    """The documents by their id, and the mentions of events; what is known of their date is a prefix."""
    docs = {row["id"]: row for row in read_lines(next(folder.glob("*docs*.jsonl")))}
    mentions = []
    for row in read_lines(next(folder.glob("*events*.jsonl"))):
        known = [part for part in row["date"].split("-") if "X" not in part]
        if row["doc"] in docs and row["sent"] < len(docs[row["doc"]]["sents"]):
            mentions.append({**row, "prefix": "-".join(known)})
    return docs, mentions


def annotate_all(docs: dict[str, Row]) -> None:
    """Leave our events and date expressions on each document."""
    from analysis.language.pipeline import DocContext, annotate, layer

    days = [(doc["text"], doc["dct"]) for doc in docs.values()]
    texts = [(text, DocContext("", "text", day, day, any_subject=True)) for text, day in days]
    for doc, parsed in zip(docs.values(), annotate(texts), strict=True):
        doc["events"], doc["dates"] = layer(parsed, "events"), layer(parsed, "dates")


def date_by_events(doc: Row, sentence: list[int], at: int) -> tuple[str, str] | None:
    """The interval of the event over a head word."""
    over = [event for event in doc["events"] if event.start <= at < event.end]
    nearest = min(over, key=lambda event: abs(event.trigger_start - at), default=None)
    return (nearest.date_earliest, nearest.date_latest) if nearest and nearest.date_earliest else None


def date_by_nearest(doc: Row, sentence: list[int], at: int) -> tuple[str, str] | None:
    """The nearest date expression of the sentence, else the day of publication."""
    inside = [d for d in doc["dates"] if sentence[0] <= d.start < sentence[1] and d.earliest]
    nearest = min(inside, key=lambda date: abs(date.start - at), default=None)
    return (nearest.earliest, nearest.latest) if nearest else (doc["dct"], doc["dct"])


def date_by_publication(doc: Row, sentence: list[int], at: int) -> tuple[str, str] | None:
    """The day of publication."""
    return doc["dct"], doc["dct"]


WAYS: dict[str, Way] = {
    "events": date_by_events,
    "nearest date, else publication": date_by_nearest,
    "publication": date_by_publication,
}


def judge(docs: dict[str, Row], mentions: Sequence[Row], way: Way) -> dict[str, tuple[int, int]]:
    """How many mentions of each document are right, and how many there are; of an undated one, no date is."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for mention in mentions:
        doc = docs[mention["doc"]]
        sentence = doc["sents"][mention["sent"]]
        at = max(doc["text"].find(mention["head"].split("_")[0], *sentence), sentence[0])
        found = way(doc, sentence, at)
        dated = found is not None and all(day.startswith(mention["prefix"]) for day in found)
        counts[mention["doc"]][0] += dated if mention["prefix"] else found is None
        counts[mention["doc"]][1] += 1
    return {name: (right, marked) for name, (right, marked) in counts.items()}


def draw_shares(counts: dict[str, tuple[int, int]]) -> Iterator[float]:
    """The share that is right in drawings of whole documents."""
    draw, rows = random.Random(SEED), list(counts.values())
    for _ in range(DRAWS):
        drawn = draw.choices(rows, k=len(rows))
        yield sum(right for right, _ in drawn) / sum(marked for _, marked in drawn)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="a set laid out as above")
    folder = parser.parse_args().data
    docs, mentions = read_set(folder or SAMPLE)
    if folder is None:
        print("The sample that ships, made-up articles; --data DIR names a public set.")
    dated = [mention for mention in mentions if mention["prefix"]]
    undated = [mention for mention in mentions if not mention["prefix"]]
    print(f"{len(docs)} documents, {len(dated)} dated mentions; {DRAWS} drawings, seed {SEED}")
    annotate_all(docs)
    print(f"{'way':32} right        share   95% of drawings   undated left undated")
    for name, way in WAYS.items():
        counts = judge(docs, dated, way)
        right = sum(one for one, _ in counts.values())
        shares = sorted(draw_shares(counts))
        low, high = shares[int(0.025 * DRAWS)], shares[int(0.975 * DRAWS) - 1]
        left = sum(one for one, _ in judge(docs, undated, way).values())
        print(
            f"{name:32} {right:4}/{len(dated):<7} {right / len(dated):.3f}   {low:.3f} to {high:.3f}"
            f"    {left}/{len(undated)}"
        )


if __name__ == "__main__":
    main()
