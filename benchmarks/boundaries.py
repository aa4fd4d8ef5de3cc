"""How well pages come apart into articles: boundaries and counts on generated dumps in five layouts.

    python benchmarks/boundaries.py [--data DIR] [--pages N]

DIR is laid out as github.com/scrapinghub/article-extraction-benchmark is (MIT; the pages are their
publishers'): ``ground-truth.json`` with ``articleBody``, and ``html/*.html.gz``, from which headlines are
taken. Without ``--data`` the articles are the made-up ones that the tests use.

A boundary is an article's start: the first kept character of an article that is loaded counts if it is the
first of an article that was put on the page. Intervals are 95 % bootstrap intervals over pages.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import random
import re
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import analysis as an

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "tests")]

from dumps import LAYOUTS, Dump, make_corpora  # noqa: E402
from sites import Story  # noqa: E402

_MOST_PARAGRAPHS, _LEAST_PARAGRAPHS = 30, 2


@dataclass(frozen=True)
class PageScore:
    """What one page gave. ``hits`` are articles that start where one was put; headlines are theirs."""

    layout: str
    named: str
    hits: int
    found: int
    gold: int
    headlines: int
    text: str = ""

    @property
    def exact(self) -> bool:
        """Whether as many articles were loaded as were put on the page."""
        return self.found == self.gold


def main(arguments: Sequence[str] | None = None) -> None:
    """Generate the pages, load them, print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="the public set's folder")
    parser.add_argument("--pages", type=int, default=100, metavar="N", help="pages a layout (100)")
    parser.add_argument("--seed", type=int, default=2025, help="what the pages are drawn with (2025)")
    parser.add_argument(
        "--misses", type=Path, metavar="DIR", help="write the pages that came apart wrongly to this folder"
    )
    given = parser.parse_args(arguments)
    stories = read_stories(given.data) if given.data else read_sample()
    source = given.data.name if given.data else "the shipped sample, made-up articles (see --data)"
    print(f"{given.pages} pages a layout, seed {given.seed}, {len(stories)} articles from {source}")
    scores = [
        score for layout in LAYOUTS for score in score_layout(layout, given.pages, stories, seed=given.seed)
    ]
    print_scores(scores)
    if given.misses:
        write_misses(scores, given.misses)


def read_sample() -> list[Story]:
    """The made-up articles that the tests use."""
    from made_articles import ARTICLES

    return [Story(headline, tuple(paragraphs)) for headline, paragraphs in ARTICLES]


def read_stories(data: Path) -> list[Story]:
    """Bodies with the headlines of their pages, of those that have both."""
    stories = []
    for name, truth in sorted(json.loads((data / "ground-truth.json").read_text("utf-8")).items()):
        page = gzip.decompress((data / "html" / f"{name}.html.gz").read_bytes()).decode("utf-8", "replace")
        paragraphs = [line.strip() for line in truth["articleBody"].splitlines() if line.strip()]
        # Whether a label or a list item above the first sentence is body, two readers would not agree.
        while paragraphs and not re.search(r"\w+(?:\W+\w+){7}.*[.!?…:]['\"’”)\]]*$", paragraphs[0]):
            paragraphs.pop(0)
        headline = read_headline(page)
        if headline and len(paragraphs) >= _LEAST_PARAGRAPHS:
            stories.append(Story(headline, tuple(paragraphs[:_MOST_PARAGRAPHS])))
    return stories


def read_headline(page: str) -> str | None:
    """A page's og:title without the site's name after a bar or a dash."""
    tag = re.search(r"<meta[^>]{1,200}og:title[^>]{0,1000}>", page)
    content = re.search(r"content=([\"'])(.*?)\1", tag.group(), re.DOTALL) if tag else None
    title = " ".join(html.unescape(content.group(2)).split()) if content else ""
    title = re.sub(r"(?:\s[|•-]\s[^|•]{1,30})+$", "", title)
    return title if 3 <= len(title.split()) <= 35 else None


def score_layout(layout: str, pages: int, stories: Sequence[Story], *, seed: int) -> list[PageScore]:
    """Generate pages of one layout and score what is loaded from them."""
    rng = random.Random(f"{seed} {layout}")
    corpora = make_corpora(layout, pages, stories, rng)
    return [score for dumps in corpora for score in score_corpus(dumps)]


def score_corpus(dumps: Sequence[Dump]) -> list[PageScore]:
    """Load pages as one corpus and score each."""
    with tempfile.TemporaryDirectory() as folder:
        for n, dump in enumerate(dumps):
            (Path(folder) / f"{n:03}.txt").write_bytes(dump.text.encode("utf-8"))
        corpus = an.load(folder, topic="none")
    starts: dict[str, dict[str, int]] = {}
    for placed in corpus.segments:
        if placed.article_id is not None and placed.article_start == 0:
            starts.setdefault(placed.page, {})[placed.article_id] = placed.segment.start
    headlines = {article.article_id: article.headline for article in corpus.articles}
    named = {loaded.page.page: loaded.layout for loaded in corpus.pages}
    return [
        score_page(dump, starts.get(page, {}), headlines, named[page])
        for n, dump in enumerate(dumps)
        for page in [f"{n:03}.txt"]
    ]


def score_page(dump: Dump, starts: dict[str, int], headlines: dict[str, str | None], named: str) -> PageScore:
    """Compare the articles' first characters with where they were put."""
    gold = {article.paragraphs[0][0]: article for article in dump.articles}
    hits = {article_id: gold[start] for article_id, start in starts.items() if start in gold}
    right = sum(headlines[article_id] == article.headline for article_id, article in hits.items())
    return PageScore(dump.layout, named, len(hits), len(starts), len(gold), right, dump.text)


def sum_up(scores: Iterable[PageScore]) -> dict[str, float]:
    """Boundary precision, recall and F1, the share of pages with the exact count, headlines of the hits."""
    scores = list(scores)
    hits, found, gold = (sum(getattr(s, name) for s in scores) for name in ("hits", "found", "gold"))
    return {
        "precision": hits / found if found else 0.0,
        "recall": hits / gold if gold else 0.0,
        "f1": 2 * hits / (found + gold) if found + gold else 0.0,
        "exact": sum(s.exact for s in scores) / len(scores),
        "headlines": sum(s.headlines for s in scores) / max(hits, 1),
    }


def find_interval(scores: Sequence[PageScore], name: str, *, draws: int = 1000) -> tuple[float, float]:
    """The 95 % bootstrap interval of a figure over pages."""
    rng = random.Random(1)
    values = sorted(sum_up(rng.choices(scores, k=len(scores)))[name] for _ in range(draws))
    return values[int(draws * 0.025)], values[int(draws * 0.975) - 1]


def print_scores(scores: Sequence[PageScore]) -> None:
    """A row a layout, and one for all pages."""
    print(f"{'':16} pages  precision  recall  boundary F1 (95 %)   exact count (95 %)   headlines  named so")
    for layout in (*LAYOUTS, "all"):
        chosen = [score for score in scores if layout in (score.layout, "all")]
        figures = sum_up(chosen)
        f1, exact = (find_interval(chosen, name) for name in ("f1", "exact"))
        # A glued article is found on a page of any layout: it is no family of its own.
        named = sum(s.named == s.layout.replace("glued", "single") for s in chosen) / len(chosen)
        print(
            f"{layout:16} {len(chosen):5}  {figures['precision']:9.3f}  {figures['recall']:6.3f}  "
            f"{figures['f1']:.3f} ({f1[0]:.3f}-{f1[1]:.3f})  "
            f"{figures['exact']:.3f} ({exact[0]:.3f}-{exact[1]:.3f})  "
            f"{figures['headlines']:9.3f}  {named:8.3f}"
        )


def write_misses(scores: Iterable[PageScore], folder: Path) -> None:
    """Write each page with a wrong boundary or count as text, to look at."""
    folder.mkdir(parents=True, exist_ok=True)
    for n, score in enumerate(scores):
        if not score.exact or score.hits < score.gold:
            name = (
                f"{score.layout.replace(' ', '-')}-{n:03}-{score.hits}of{score.gold}-found{score.found}.txt"
            )
            (folder / name).write_bytes(score.text.encode("utf-8"))


if __name__ == "__main__":
    main()
