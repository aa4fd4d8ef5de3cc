"""The body of HTML pages: how much of what people marked is found, beside trafilatura alone, in the same run.

    python benchmarks/html_pages.py [--data DIR]

DIR is laid out as the public set is (:mod:`aeb`). Without it the benchmark makes pages up, which are easier
than real ones. The measure is that set's own: the share of four-word runs, of each page alike. The pages with
odd and with even numbers (sorted by name) are reported apart; rules were looked at on odd ones only.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import aeb
from made_pages import make_page, render_html

from analysis.corpus.load import iter_corpus

MADE_PAGES = 200


def main(arguments: Sequence[str] | None = None) -> None:
    """Read or make the pages, extract each page's body in three ways, print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help=f"a folder {aeb.ORIGIN}")
    data = parser.parse_args(arguments).data
    pages, bodies = aeb.read_pages(data) if data else make_sample(MADE_PAGES)
    print(f"{len(pages)} pages from {data.name}" if data else f"{len(pages)} made-up pages (no --data given)")
    print(aeb.HEADER)
    for name, extract in METHODS.items():
        print(aeb.report(name, bodies, extract(pages)))


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


if __name__ == "__main__":
    main()
