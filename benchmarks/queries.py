"""What a question in SQL costs over a corpus's tables, beside pandas on the same files.

    python benchmarks/queries.py
    python benchmarks/queries.py --data DIR --pages 10000

Pages of 100 words are loaded and extracted into a store of their own, and written as Parquet. Then each
question is asked five times of the store (``framelines tables CORPUS``), of the files (``framelines tables
DIR``), and of pandas, which reads the columns that it needs; the median counts. Seconds are by the clock.

DIR holds corpora/allsides.jsonl.gz: one JSON object a line, with the key "text" (such as the articles of
github.com/ramybaly/Article-Bias-Prediction, Apache-2.0; the texts are their publishers'); without it the
words are made up.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))

from corpus_steps import make_texts
from reruns import write_pages

import analysis as an
from analysis.store import ask, extract_into_store, open_corpus, open_files, write_tables

_TIMES = 5


def _frames(folder: Path) -> object:
    return pd.read_parquet(folder / "frames.parquet", columns=["frame"]).groupby("frame").size()


def _months(folder: Path) -> object:
    told = pd.read_parquet(folder / "events.parquet", columns=["date_earliest"])
    return told["date_earliest"].str[:7].value_counts()


def _voices(folder: Path) -> object:
    quotes = pd.read_parquet(folder / "quotes.parquet", columns=["article_id", "speaker"])
    articles = pd.read_parquet(folder / "articles.parquet", columns=["article_id", "outlet"])
    return quotes.merge(articles, on="article_id").groupby(["outlet", "speaker"], dropna=False).size()


def _articles(folder: Path) -> object:
    found = pd.read_parquet(folder / "articles.parquet", columns=["text"])
    return found["text"].str.contains("small boat", case=False).sum()


QUESTIONS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "frames, counted": ("select frame, count(*) from frames group by 1", _frames),
    "events by month": ("select date_earliest[:7], count(*) from events group by 1", _months),
    "speakers by outlet": (
        "select outlet, speaker, count(*) from quotes join articles using (article_id) group by all",
        _voices,
    ),
    "articles with words": ("select count(*) from articles where text ilike '%small boat%'", _articles),
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the tables, ask each question of each, and print a line a question."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder with corpora/allsides.jsonl.gz")
    parser.add_argument("--pages", type=int, default=500, metavar="N", help="pages (500)")
    given = parser.parse_args(arguments)
    if not given.data:
        print("No --data: made-up words.")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FRAMELINES_CACHE"] = str(Path(folder) / "cache")
        pages, out = Path(folder) / "pages", Path(folder) / "out"
        write_pages(pages, make_texts(given.pages, given.data).values())
        corpus = an.load(pages, topic="uk_migration")
        write_tables(extract_into_store(corpus), out)
        print(f"{given.pages:,} pages; seconds a question, the median of {_TIMES}")
        print(f"{'question':22}{'store':>9}{'files':>9}{'pandas':>9}{'pandas / files':>16}")
        for what, (query, with_pandas) in QUESTIONS.items():
            stored, files = open_corpus(corpus), open_files(out)
            seconds = [
                _time(lambda query=query, stored=stored: ask(stored, query)),
                _time(lambda query=query, files=files: ask(files, query)),
                _time(lambda with_pandas=with_pandas: with_pandas(out)),
            ]
            cells = "".join(f"{each:9.4f}" for each in seconds)
            print(f"{what:22}{cells}{seconds[2] / seconds[1]:16.2f}", flush=True)
            stored.close()
            files.close()


def _time(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(_TIMES):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
