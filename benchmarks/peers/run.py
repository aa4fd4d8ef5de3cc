"""Run one way of finding quotations, dates or figures over texts, in a process of its own.

    python benchmarks/peers/run.py NAME [OPTION ...] < texts.jsonl > found.jsonl

NAME is a module of this folder, ``by_NAME.py``, with a class ``Finder``: made once from the options (models
are loaded then), it has ``about``, a line on versions, and ``find``, which yields for each text, in order,
what is found (or None) and what went wrong (or None).

In: ``set``, ``id``, ``text`` and ``day`` of publication, one JSON object a line; the texts of one set are
found together. Out: first ``{"about": ...}``, then a text each ``id``, ``quotes``, ``error`` and ``cpu``,
processor seconds, those of processes that it started and that have ended included.
"""

from __future__ import annotations

import argparse
import importlib
import itertools
import json
import os
import sys
import time

WARMING = {
    "id": "",
    "text": "“The harbour is cold,” said Ana Ruiz.\n“It is,” he said.",
    "day": "2025-07-05",
}


def main() -> None:
    """Read, find, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("name", help="which by_NAME.py to run")
    parser.add_argument("options", nargs="*", help="what its Finder takes")
    given = parser.parse_args()
    finder = importlib.import_module(f"by_{given.name}").Finder(*given.options)
    out = sys.stdout
    sys.stdout = sys.stderr  # what a library prints is no answer
    texts = [json.loads(line) for line in sys.stdin.buffer]
    list(finder.find([WARMING]))
    print(json.dumps({"about": finder.about}), file=out)
    for _, group in itertools.groupby(texts, key=lambda text: text["set"]):
        together = list(group)
        began = spent()
        for text, (quotes, error) in zip(together, finder.find(together), strict=True):
            now = spent()
            row = {"id": text["id"], "quotes": quotes or [], "error": error, "cpu": now - began}
            print(json.dumps(row), file=out)
            began = spent()


def spent() -> float:
    """Processor seconds so far: the clock of the children is a coarse one, so our own is read apart."""
    return time.process_time() + sum(os.times()[2:4])


if __name__ == "__main__":
    main()
