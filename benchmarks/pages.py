"""The body of pages saved as plain text: how much of what people marked is found, beside simple line filters.

    python benchmarks/pages.py [--data DIR]

Each page is rendered to text as a scraper would (by inscriptis), all are loaded as one corpus, and the main
article is compared with the marked body by four-word runs. The rules were written while looking at pages with
odd numbers only (sorted by name, counted from 1): an interval of the gap wholly above .01 is over-fitting.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import aeb
from beside import look_beside
from made_pages import make_page, render_text

from analysis.corpus.load import iter_corpus

MADE_PAGES = 60
_TERMINAL = re.compile(r"[.!?][\"'”’]?$")


def main(arguments: Sequence[str] | None = None) -> None:
    """Render or make the pages, find each page's body in three ways, print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help=f"a folder {aeb.ORIGIN}")
    data = parser.parse_args(arguments).data
    pages, bodies = render_benchmark(data) if data else make_sample(MADE_PAGES)
    print(f"{len(pages)} pages of {data}" if data else f"{len(pages)} pages made up here (no --data given)")
    print(aeb.HEADER)
    for name, find_bodies in METHODS.items():
        print(aeb.report(name, bodies, find_bodies(pages)))


def render_benchmark(data: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Each page of the public set as plain text, one stripped line a line, and its marked body."""
    look_beside()
    try:
        from inscriptis import get_text
    except ImportError:
        raise SystemExit("Rendering pages to text needs inscriptis: pip install inscriptis") from None
    markup, bodies = aeb.read_pages(data)
    pages = {}
    for name, page in markup.items():
        lines = [line.strip() for line in get_text(page).split("\n")]
        pages[name] = "\n".join(line for line in lines if line) + "\n"
    return pages, bodies


def make_sample(count: int) -> tuple[dict[str, str], dict[str, str]]:
    """Text and body of made-up pages."""
    made = {f"made-{seed:04}": make_page(seed) for seed in range(count)}
    texts = {name: render_text(page) for name, page in made.items()}
    return texts, {name: "\n".join(page.paragraphs) for name, page in made.items()}


def load_as_corpus(pages: Mapping[str, str]) -> dict[str, str]:
    """Each page's main articles, all pages loaded as one corpus."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in pages.items():
            (Path(folder) / f"{name}.txt").write_text(text, encoding="utf-8")
        articles = [article for loaded in iter_corpus(folder) for article in loaded.articles]
    found: dict[str, str] = {}
    for name in pages:
        own = [article for article in articles if article.page == f"{name}.txt"]
        main_ones = [article for article in own if article.kind == "main"] or own
        found[name] = "\n".join(article.text for article in main_ones)
    return found


def keep_long_lines(pages: Mapping[str, str]) -> dict[str, str]:
    """Lines of ten words or more."""
    return _filter_lines(pages, lambda line: len(line.split()) >= 10)


def keep_c4_lines(pages: Mapping[str, str]) -> dict[str, str]:
    """Lines that end in a terminal mark and have five words or more (Raffel et al. 2020, the C4 corpus)."""
    return _filter_lines(pages, lambda line: len(line.split()) >= 5 and bool(_TERMINAL.search(line)))


def _filter_lines(pages: Mapping[str, str], keep: Callable[[str], bool]) -> dict[str, str]:
    return {name: "\n".join(filter(keep, text.splitlines())) for name, text in pages.items()}


METHODS: dict[str, Callable[[Mapping[str, str]], dict[str, str]]] = {
    "Framelines": load_as_corpus,
    "C4 rules: stop and five words": keep_c4_lines,
    "lines of ten words or more": keep_long_lines,
}


if __name__ == "__main__":
    main()
