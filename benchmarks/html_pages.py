"""The body of HTML pages: how much of what people marked is found, beside trafilatura alone, in the same run.

    python benchmarks/html_pages.py [--data DIR]

DIR is a checkout of scrapinghub/article-extraction-benchmark: ``html/*.html.gz`` and ``ground-truth.json``.
Without it the benchmark makes pages up, which are easier than real ones. The measure is that set's own: the
share of four-word runs, of each page alike. The pages with odd and with even numbers (sorted by name) are
reported apart as well; rules were looked at on odd ones only.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from made_pages import make_page, render_html

from analysis.corpus.load import iter_corpus

RUN = 4
MADE_PAGES = 200


def main(arguments: Sequence[str] | None = None) -> None:
    """Read or make the pages, extract each page's body in three ways, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="a checkout of the article extraction benchmark")
    data = parser.parse_args(arguments).data
    pages, bodies = read_benchmark(data) if data else make_sample(MADE_PAGES)
    print(f"{len(pages)} pages from {data.name}" if data else f"{len(pages)} made-up pages (no --data given)")
    print(f"{'':34}{'P':>7}{'R':>7}{'F1':>7}{'odd F1':>9}{'even F1':>9}")
    for name, extract in METHODS.items():
        found = extract(pages)
        shares = [count_runs(bodies[page], found.get(page, "")) for page in sorted(pages)]
        figures = [*score(shares), score(shares[::2])[2], score(shares[1::2])[2]]
        print(f"{name:34}" + "".join(f"{figure:{9 if n > 2 else 7}.3f}" for n, figure in enumerate(figures)))


def read_benchmark(data: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Markup and body of each page of the public set, by the page's name."""
    truth = json.loads((data / "ground-truth.json").read_text(encoding="utf-8"))
    pages = {
        path.name.split(".")[0]: gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
        for path in sorted((data / "html").glob("*.html.gz"))
    }
    bodies = {name.split(".")[0]: item["articleBody"] for name, item in truth.items()}
    return {name: markup for name, markup in pages.items() if name in bodies}, bodies


def make_sample(count: int) -> tuple[dict[str, str], dict[str, str]]:
    """Markup and body of made-up pages."""
    made = {f"made-{seed:04}": make_page(seed) for seed in range(count)}
    pages = {name: render_html(page, seed) for seed, (name, page) in enumerate(made.items())}
    return pages, {name: "\n".join(page.paragraphs) for name, page in made.items()}


def extract_by_framelines(pages: Mapping[str, str]) -> dict[str, str]:
    """Each page's main article as a corpus gives it."""
    with tempfile.TemporaryDirectory() as folder:
        for name, markup in pages.items():
            (Path(folder) / f"{name}.html").write_text(markup, encoding="utf-8")
        articles = [article for loaded in iter_corpus(folder) for article in loaded.articles]
    texts: dict[str, str] = {}
    for article in articles:
        name = article.page.removesuffix(".html")
        if article.kind == "main" or name not in texts:
            texts[name] = article.text
    return texts


def extract_by_trafilatura(pages: Mapping[str, str], *, favor_precision: bool) -> dict[str, str]:
    """Each page's text by trafilatura alone."""
    from trafilatura import extract

    found = {
        name: extract(markup, favor_precision=favor_precision, include_comments=False)
        for name, markup in pages.items()
    }
    return {name: text or "" for name, text in found.items()}


METHODS: dict[str, Callable[[Mapping[str, str]], dict[str, str]]] = {
    "Framelines": extract_by_framelines,
    "trafilatura, favor_precision": lambda pages: extract_by_trafilatura(pages, favor_precision=True),
    "trafilatura": lambda pages: extract_by_trafilatura(pages, favor_precision=False),
}


def count_runs(want: str, have: str) -> tuple[float, float, float]:
    """The shares of right, wrong and missing four-word runs among a page's runs."""
    wanted, had = _runs(want), _runs(have)
    right = sum((wanted & had).values())
    wrong, missing = sum((had - wanted).values()), sum((wanted - had).values())
    total = right + wrong + missing or 1
    return right / total, wrong / total, missing / total


def score(shares: Sequence[tuple[float, float, float]]) -> tuple[float, float, float]:
    """Precision, recall and F1 over pages that count alike."""
    right, wrong, missing = (sum(column) for column in zip(*shares, strict=True))
    precision, recall = right / (right + wrong or 1), right / (right + missing or 1)
    return precision, recall, 2 * precision * recall / (precision + recall or 1)


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    length = min(RUN, max(1, len(words)))
    return Counter(tuple(words[n : n + length]) for n in range(len(words) - length + 1))


if __name__ == "__main__":
    main()
