"""What a rerun costs: nothing changed, a page more, a codebook entry changed; seconds beside the first run.

    python benchmarks/reruns.py --data DIR
    python benchmarks/reruns.py --pages 1000 --workers 2

Each run is a process of its own, `load` and `extract`, as `framelines extract` begins; the store is a new one
in a folder that is removed at the end. Seconds are those of the clock, the start of Python included; ``CPU``
is what the process and its workers used, ``MB`` the most that the process held. ``share`` is the part of the
first run's clock.

Pages have about 100 words: pieces of five words of DIR/corpora/allsides.jsonl.gz (one JSON object a line with
``text``), else made-up words; see `corpus_steps.py`. Not for reading: sentences begin and end anywhere.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from corpus_steps import make_texts

_RUN = """
import json, resource, sys
import analysis as an
from analysis.engine import open_engine
with open_engine(workers=int(sys.argv[2])) as engine:
    corpus = an.load(sys.argv[1], topic="uk_migration", engine=engine)
    tables = an.extract(corpus, engine=engine)
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
scale = 1e6 if sys.platform == "darwin" else 1e3
print(json.dumps({
    "cpu": sum(each.ru_utime + each.ru_stime for each in used),
    "megabytes": used[0].ru_maxrss / scale,
    "articles": len(tables.articles),
    "heavy": sorted({"spacy", "distributed", "duckdb"} & sys.modules.keys()),
}))
"""
_BOOK = """
name = "valley"
version = "{version}"

[[category]]
name = "weather"
definition = "Rain and wind."

[category.entries.weather]
patterns = ["rain", "{word}"]
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one after the other, and print a line each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder with corpora/allsides.jsonl.gz")
    parser.add_argument("--pages", type=int, default=10_000, metavar="N", help="pages (10,000)")
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="processes (1)")
    given = parser.parse_args(arguments)
    if not given.data:
        print("No --data: made-up words.")
    with tempfile.TemporaryDirectory() as folder:
        pages, cache = Path(folder) / "pages", Path(folder) / "cache"
        write_pages(pages, make_texts(given.pages, given.data).values())
        print(f"{'run':28}{'clock':>8}{'share':>8}{'CPU':>8}{'MB':>7}  imported")
        first = None
        for what in change(pages):
            begun = time.perf_counter()
            told = run(pages, cache, given.workers)
            clock = time.perf_counter() - begun
            first = first or clock
            line = f"{what:28}{clock:8.1f}{clock / first:8.3f}{told['cpu']:8.1f}{told['megabytes']:7.0f}"
            print(f"{line}  {', '.join(told['heavy']) or 'nothing heavy'}", flush=True)


def write_pages(folder: Path, texts: Iterable[str]) -> None:
    """One page a text: a headline and three paragraphs; an hour old, since what is new is looked at twice."""
    folder.mkdir()
    (folder / "codebook.toml").write_text(_BOOK.format(version="1", word="wind"), encoding="utf-8")
    for number, text in enumerate(texts):
        pieces = text.split(". ")
        third = max(1, len(pieces) // 3)
        body = [". ".join(pieces[n : n + third]) + "." for n in range(0, len(pieces), third)]
        (folder / f"page-{number:06}.txt").write_text(
            "\n\n".join([f"Small boats and asylum, story number {number}", *body]) + "\n", encoding="utf-8"
        )
    long_ago = time.time() - 3600
    for path in folder.iterdir():
        os.utime(path, (long_ago, long_ago))


def change(pages: Path) -> Iterator[str]:
    """What is changed before each run."""
    yield "first run"
    yield "nothing changed"
    (pages / "rain.txt").write_text(
        "A night in Corwick\n\nIt rained on Friday, the council said, and nobody came.\n", encoding="utf-8"
    )
    yield "a page more"
    (pages / "rain.txt").unlink()
    yield "that page gone again"
    (pages / "codebook.toml").write_text(_BOOK.format(version="2", word="storm"), encoding="utf-8")
    yield "a codebook entry changed"


def run(pages: Path, cache: Path, workers: int) -> dict:
    """One run in a process of its own: what it used."""
    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(pages), str(workers)],
        cwd=Path(__file__).parents[1],
        env=os.environ | {"FRAMELINES_CACHE": str(cache)},
        check=True,
        stdout=subprocess.PIPE,
    )
    return json.loads(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    main()
