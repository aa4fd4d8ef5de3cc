"""What an archive costs: seconds and memory of whole runs over 1,000 to 100,000 pages, and with workers.

    python benchmarks/scale.py --data DIR --sizes 1000 10000 100000
    python benchmarks/scale.py --sizes 2000 --workers 1 2

Each run is a process of its own that does what `framelines extract PAGES --out OUT` does, with a store of its
own. ``clock`` is in seconds, the start of Python included; ``growth`` is the clock an article beside the size
before (with the same workers), 1 where cost is linear; ``gain`` is the clock with the first number of workers
beside this one. ``driver`` and ``worker``: the most MB that the process and the largest of its workers held.
``halves``: within the run, the seconds that the last half of the pages took beside the first, in both passes
of reading and in extraction, by when the store's partitions were written. Two runs differ by how fast the
machine is at the time; the halves of one do so less.

Pages have about 100 words: pieces of five words of DIR/corpora/allsides.jsonl.gz (one JSON object a line with
``text``), else made-up words; see `corpus_steps.py`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus_steps import SIZES, make_texts
from reruns import write_pages

_RUN = """
import json, resource, sys
from analysis.cli import main
main(["extract", sys.argv[1], "--out", sys.argv[2], "--topic", "uk_migration", "--workers", sys.argv[3]])
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
scale = 1e6 if sys.platform == "darwin" else 1e3
print(json.dumps({
    "cpu": sum(each.ru_utime + each.ru_stime for each in used),
    "megabytes": [each.ru_maxrss / scale for each in used],
}))
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run each size with each number of workers, and print a line each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder with corpora/allsides.jsonl.gz")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="pages")
    parser.add_argument("--workers", type=int, nargs="+", default=(1,), metavar="N", help="processes (1)")
    given = parser.parse_args(arguments)
    if not given.data:
        print("No --data: made-up words.")
    print(
        f"{'pages':>9}{'workers':>9}{'clock':>9}{'growth':>8}{'gain':>7}{'CPU':>9}{'driver':>8}{'worker':>8}"
        f"{'halves':>8}"
    )
    before: dict[int, float] = {}
    for size in given.sizes:
        clocks: list[float] = []
        with tempfile.TemporaryDirectory() as folder:
            write_pages(Path(folder) / "pages", make_texts(size, given.data).values())
            for workers in given.workers:
                begun = time.perf_counter()
                told = run(Path(folder), workers)
                clocks.append(time.perf_counter() - begun)
                each = clocks[-1] / size
                growth = f"{each / before[workers]:8.2f}" if workers in before else f"{'':8}"
                before[workers] = each
                driver, worker = told["megabytes"]
                print(
                    f"{size:9,}{workers:9}{clocks[-1]:9.1f}{growth}{clocks[0] / clocks[-1]:7.2f}"
                    f"{told['cpu']:9.1f}{driver:8.0f}{worker if workers > 1 else 0:8.0f}"
                    f"{compare_halves(Path(folder) / f'cache-{workers}'):8.2f}",
                    flush=True,
                )


def run(folder: Path, workers: int) -> dict[str, Any]:
    """One run with a new store: what it used."""
    out, cache = folder / f"out-{workers}", folder / f"cache-{workers}"
    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(folder / "pages"), str(out), str(workers)],
        cwd=Path(__file__).parents[1],
        env=os.environ | {"FRAMELINES_CACHE": str(cache)},
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    return json.loads(done.stdout.splitlines()[-1])


def compare_halves(store: Path) -> float:
    """Seconds of the last half of a run's units beside those of its first half, all steps together.

    A unit is done when its partition was written. The partitions of a step have the same tables and, but for
    the last, as many units.
    """
    steps: dict[tuple[str, ...], list[float]] = {}
    for path in (*store.glob("pages/*/partition.json"), *store.glob("articles/*/partition.json")):
        tables = tuple(json.loads(path.read_text(encoding="utf-8"))["files"])
        steps.setdefault(tables, []).append(path.stat().st_mtime)
    first = last = 0.0
    for written in map(sorted, steps.values()):
        middle = written[len(written) // 2]
        first, last = first + middle - written[0], last + written[-1] - middle
    return last / first


if __name__ == "__main__":
    main()
