"""Articles on one event: which are grouped, beside the cosine of TF-IDF.

    python benchmarks/stories.py
    python benchmarks/stories.py --stories 2000 --alone 3000
    python benchmarks/stories.py --data DIR --limit 800
    python benchmarks/stories.py --example FOLDER

Without ``--data`` the articles are made up and their stories known: told in different words by two to six
outlets, among others on the same subject with the same ministers, and affairs that go on days later.

DIR holds ``allsides.jsonl.gz``: the articles of github.com/ramybaly/Article-Bias-Prediction (Apache-2.0; the
texts are their publishers'), one JSON object a line with ``id``, ``outlet``, ``date``, ``topic``, ``title``
and ``text``. Its editors chose articles of several outlets on one story, but no story is marked. The day and
the topic stand for it: a SILVER label, wrong wherever one topic has several stories on a day (then a right
pair counts as a false one only if their days or topics differ, and two stories count as a missed pair), and
wherever a story is told on two days. Compare the rows with each other; no number there is an accuracy.

FOLDER is what ``docs/examples/two_outlets.py`` has written. It is extracted, and stories are found with
everything, and without what each kind of features or the passages say.

Pairs: precision, recall and F1 of pairs of articles. B3: B-cubed (Bagga and Baldwin 1998), over all articles,
those of no group each a group of its own. ``TF-IDF``: cosine of scikit-learn's vectors of headline and text,
within three days, single linkage at the threshold with the best F1 of pairs on these very articles, which
nobody has who does not know the stories.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import comb
from pathlib import Path
from typing import Any

import numpy as np
from made_stories import make_stories

from analysis import extract, load, schema
from analysis.compare.sources.stories import find_stories
from analysis.reuse import find_shared_passages
from analysis.tables import Tables

THRESHOLDS = tuple(n / 100 for n in range(10, 91, 5))
MOST_DAYS = 3
# What is left out of the tables, by what that leaves out of the stories.
LEFT_OUT = {
    "everything": (),
    "no actors": ("mentions",),
    "no figures": ("figures",),
    "no events": ("events",),
    "no passages": ("reuse",),
    "words and passages": ("mentions", "figures", "events"),
    "words": ("mentions", "figures", "events", "reuse"),
}


@dataclass(frozen=True)
class Scores:
    """Precision and recall of pairs of articles, and B-cubed; 0 to 1."""

    pairs: tuple[float, float]
    b_cubed: tuple[float, float]


def main(arguments: Sequence[str] | None = None) -> None:
    """Read or make the articles, group them, print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="a folder with allsides.jsonl.gz")
    parser.add_argument("--example", type=Path, help="a folder that two_outlets.py has written")
    parser.add_argument("--limit", type=int, default=800, help="how many articles from that day on (800)")
    parser.add_argument("--start", default="2018-05-01", help="from which day (2018-05-01)")
    parser.add_argument("--stories", type=int, default=60, help="made-up stories told by several (60)")
    parser.add_argument("--alone", type=int, default=120, help="made-up articles that are alone (120)")
    parser.add_argument("--outlets", type=int, default=6, help="made-up outlets (6)")
    parser.add_argument("--seed", type=int, default=1, help="what is made up (1)")
    given = parser.parse_args(arguments)
    if given.example:
        compare_features(given.example)
        return
    if given.data:
        articles, truth = read_allsides(given.data / "allsides.jsonl.gz", given.start, given.limit)
        print("Silver label: one story a day and topic. No number below is an accuracy.")
    else:
        articles, truth = make_stories(given.stories, given.outlets, given.alone, seed=given.seed)
        print("Made-up articles (see --data): their stories are known, and easier to tell than real ones.")
    tables = make_tables(articles)
    began = time.process_time()
    found = find_stories(tables)
    seconds = time.process_time() - began
    of = dict(zip(found["article_id"], found["story"], strict=True))
    ids = [article["id"] for article in articles]
    print(
        f"{len(articles):,} articles, {found['story'].nunique():,} stories with {len(found):,} of them, "
        f"{seconds:.1f} CPU-seconds"
    )
    print_head()
    print_scores("ours", score(truth, [of.get(article, article) for article in ids]))
    threshold, scores = find_best_tfidf(articles, truth)
    print_scores(f"TF-IDF, best ({threshold:.2f})", scores)
    print_scores("each alone", score(truth, ids))


def compare_features(folder: Path) -> None:
    """Score the stories of the example corpus, found with and without each kind of features."""
    tables = extract(load(folder))
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    told = [story["pages"].values() for story in (*truth["stories"], *truth["copies"])]
    story_of = {f"{page}#0": number for number, pages in enumerate(told) for page in pages}
    ids = list(tables.articles["article_id"])
    print(f"{len(ids)} articles, {len(told)} stories and copies that two outlets or more print")
    print_head()
    for name, left_out in LEFT_OUT.items():
        found = find_stories(replace(tables, **{each: getattr(tables, each).head(0) for each in left_out}))
        of = dict(zip(found["article_id"], found["story"], strict=True))
        print_scores(
            name, score([story_of.get(each, each) for each in ids], [of.get(each, each) for each in ids])
        )


def read_allsides(file: Path, start: str, limit: int) -> tuple[list[dict[str, str]], list[tuple[str, str]]]:
    """Articles from a day on, in order, and the silver label of each: its day and topic."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        rows = sorted(map(json.loads, lines), key=lambda row: (row["date"], row["id"]))
    rows = [row for row in rows if row["date"] >= start][:limit]
    articles = [
        {"id": row["id"], "outlet": row["outlet"], "published": row["date"], "headline": row["title"],
         "text": row["text"]} for row in rows
    ]  # fmt: skip
    return articles, [(row["date"], row["topic"]) for row in rows]


def make_tables(articles: Sequence[Mapping[str, str]]) -> Tables:
    """Tables of articles and of what they share word for word; actors, figures and events are left empty."""
    rows = [
        {"article_id": row["id"], "outlet": row["outlet"], "headline": row["headline"], "text": row["text"],
         "published_earliest": row["published"], "published_latest": row["published"]} for row in articles
    ]  # fmt: skip
    passages = find_shared_passages({row["id"]: row["text"] for row in articles})
    given = {"articles": rows, "reuse": [vars(passage) for passage in passages]}
    return Tables(**{name: schema.build_frame(name, given.get(name, ())) for name in schema.TABLES})


def score(truth: Sequence[Hashable], found: Sequence[Hashable]) -> Scores:
    """Compare two groupings of the same articles."""
    together, true, given = Counter(zip(truth, found, strict=True)), Counter(truth), Counter(found)
    right = sum(comb(size, 2) for size in together.values())
    precision = right / (sum(comb(size, 2) for size in given.values()) or 1)
    recall = right / (sum(comb(size, 2) for size in true.values()) or 1)
    weights = [(size * size / given[b], size * size / true[a]) for (a, b), size in together.items()]
    b_cubed = tuple(sum(each) / len(truth) for each in zip(*weights, strict=True))
    return Scores((precision, recall), b_cubed)


def find_best_tfidf(articles: Sequence[Mapping[str, str]], truth: Sequence[Hashable]) -> tuple[float, Scores]:
    """The threshold of the cosine of TF-IDF with the best F1 of pairs, and its scores."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [f"{row['headline']}\n{row['text']}" for row in articles]
    vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts)
    first, second, alike = find_near(vectors, [date.fromisoformat(row["published"]) for row in articles])
    found = {}
    for threshold in THRESHOLDS:
        linked = alike >= threshold
        graph = coo_array((alike[linked], (first[linked], second[linked])), shape=[len(articles)] * 2)
        found[threshold] = score(truth, connected_components(graph, directed=False)[1].tolist())
    best = max(found, key=lambda threshold: f1(*found[threshold].pairs))
    return best, found[best]


def find_near(vectors: Any, published: Sequence[date]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs of articles within three days: the rows of both, and their cosine where it is .1 or more."""
    days = np.array([day.toordinal() for day in published])
    pairs = [(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))]
    for day in np.unique(days):
        own, near = np.flatnonzero(days == day), np.flatnonzero((days >= day) & (days <= day + MOST_DAYS))
        alike = (vectors[own] @ vectors[near].T).tocoo()
        kept = alike.data >= THRESHOLDS[0]
        pairs.append((own[alike.row[kept]], near[alike.col[kept]], alike.data[kept]))
    first, second, alike = (np.concatenate(column) for column in zip(*pairs, strict=True))
    return first, second, alike


def f1(precision: float, recall: float) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def print_head() -> None:
    """Print the head of the table."""
    print(f"{'':<22}{'pairs':>6} {'recall':>6} {'F1':>6}    {'B3':>6} {'recall':>6} {'F1':>6}")


def print_scores(name: str, scores: Scores) -> None:
    """Print a line of the table."""
    cells = [f"{value:6.3f}" for pair in (scores.pairs, scores.b_cubed) for value in (*pair, f1(*pair))]
    print(f"{name:<22}{' '.join(cells[:3])}    {' '.join(cells[3:])}")


if __name__ == "__main__":
    main()
