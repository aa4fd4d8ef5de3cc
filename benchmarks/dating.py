"""How often the interval of publication holds the true day, how wide it is, and what dating costs.

    python benchmarks/dating.py [--articles FILE]

FILE is a .jsonl or .jsonl.gz file with one article a line: ``text``, ``date`` (an ISO day) and ``title``;
such as those of github.com/ramybaly/Article-Bias-Prediction (Apache-2.0; the texts are their publishers'),
whose JSON files name them ``content``, ``date`` and ``title``. Without it the benchmark makes articles up,
each of which names the day before its own, which is easier than real ones.
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import json
import statistics
import time
from pathlib import Path

from made_pages import make_page

from analysis.corpus.articles import Article
from analysis.corpus.provenance.published import date_articles

MADE_ARTICLES = 200


def read_articles(path: Path) -> list[tuple[Article, str]]:
    """The articles of a file without their days, each with its day."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        (Article(str(n), path.name, "record", row["text"], headline=row.get("title")), row["date"][:10])
        for n, row in enumerate(rows)
    ]


def make_sample(count: int) -> list[tuple[Article, str]]:
    """Made-up articles without their days, each with its day."""
    pairs = []
    for seed in range(count):
        page = make_page(seed)
        before = datetime.date.fromisoformat(page.day) - datetime.timedelta(1)
        said = f"The vote was held on {before:%A} {before.day} {before:%B} {before.year}."
        text = "\n".join((*page.paragraphs, said))
        pairs.append((Article(str(seed), "made", "record", text, headline=page.headline), page.day))
    return pairs


def main() -> None:
    """Date every article alone and print what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=Path, metavar="FILE", help="articles, one JSON object a line")
    file = parser.parse_args().articles
    pairs = read_articles(file) if file else make_sample(MADE_ARTICLES)
    print(f"articles from {file.name}" if file else "made-up articles (no --articles given)")
    begun = time.process_time()
    dated = [date_articles([article])[0] for article, _ in pairs]
    seconds = time.process_time() - begun
    words = sum(article.words for article, _ in pairs)
    days = datetime.date.fromisoformat
    known = [(a, day) for a, (_, day) in zip(dated, pairs, strict=True) if a.published_earliest]
    inside = [a for a, day in known if a.published_earliest <= day <= a.published_latest]
    widths = [(days(a.published_latest) - days(a.published_earliest)).days + 1 for a in inside]
    print(f"{len(pairs)} articles, {len(known)} with an interval, the true day inside {len(inside)}")
    if widths:
        print(f"days in an interval: median {statistics.median(widths):.0f}, least {min(widths)}")
    print(
        f"{1000 * seconds / len(pairs):.2f} ms an article, {600_000 * seconds / words:.2f} ms for 600 words"
    )


if __name__ == "__main__":
    main()
