"""What loading costs: HTML beside trafilatura alone, text pages a second, and memory as a corpus grows.

    python benchmarks/loading_speed.py [--data DIR] [--text DIR] [--pages N N]

DIR of ``--data`` is a checkout of github.com/scrapinghub/article-extraction-benchmark (MIT; the pages are
their publishers'), of which ``html/*.html.gz`` is read, DIR of ``--text`` a folder of text pages; without
them the pages are made up from a seed. Seconds are processor time of one process. Loading HTML is
everything that ``load`` does with a page: decoding, the body, segments, facts, the day, the outlet, the
language. trafilatura alone gets the same pages as characters in memory, with metadata. The two take turns,
three times; the figure is the median of the three ratios. Memory is the peak of a fresh process that reads
made-up text pages one by one.
"""

from __future__ import annotations

import argparse
import gzip
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from made_pages import make_page, render_html, render_text

from analysis.corpus.load import iter_corpus

HTML_PAGES, TEXT_PAGES, ROUNDS = 150, 1000, 3
PAGES_IN_MEMORY = (1_000, 20_000)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the three, and print them with the sizes of what was read."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="a checkout of the article extraction benchmark"
    )
    parser.add_argument("--text", type=Path, metavar="DIR", help="a folder of text pages")
    parser.add_argument(
        "--pages", type=int, nargs=2, metavar="N", default=PAGES_IN_MEMORY, help="sizes for the memory"
    )
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.read:
        count = sum(len(loaded.articles) for loaded in iter_corpus(given.read))
        print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        return
    compare_html(given.data)
    count_text_pages(given.text)
    compare_memory(given.pages)


def compare_html(data: Path | None) -> None:
    """Loading HTML pages, in seconds, beside trafilatura alone."""
    pages = read_html_pages(data) if data else [render_html(make_page(n), n) for n in range(HTML_PAGES)]
    origin = f"from {data.name}" if data else "made up (no --data given)"
    print(
        f"{len(pages)} HTML pages, {origin}, {statistics.mean(map(len, pages)) / 1000:.0f} kB each on average"
    )
    with tempfile.TemporaryDirectory() as folder:
        for n, page in enumerate(pages):
            (Path(folder) / f"{n:05}.html").write_text(page, encoding="utf-8")
        # What is imported and cached at a first page is not the pages' cost.
        extract_all(pages[:3])
        load_all(folder)
        rounds = [(seconds(extract_all, pages), seconds(load_all, folder)) for _ in range(ROUNDS)]
    alone, loading = (statistics.median(column) for column in zip(*rounds, strict=True))
    ratio = statistics.median(mine / theirs for theirs, mine in rounds)
    print(f"  trafilatura alone {alone:.2f} s, loading {loading:.2f} s, ratio {ratio:.2f}")


def count_text_pages(folder: Path | None) -> None:
    """Text pages that are loaded in a second."""
    with tempfile.TemporaryDirectory() as made:
        if folder is None:
            write_text_pages(Path(made), TEXT_PAGES)
        source = folder or Path(made)
        sizes = [path.stat().st_size for path in source.rglob("*.txt")]
        load_all(source)
        taken = statistics.median(seconds(load_all, source) for _ in range(ROUNDS))
    origin = f"from {folder.name}" if folder else "made up (no --text given)"
    print(f"{len(sizes)} text pages, {origin}, {sum(sizes) / len(sizes) / 1000:.1f} kB each on average")
    print(f"  {len(sizes) / taken:.0f} pages a second")


def compare_memory(sizes: Sequence[int]) -> None:
    """The peak memory of a fresh process for each number of made-up text pages."""
    print("Peak memory of a process that reads text pages one by one")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            write_text_pages(Path(folder), size)
            command = [sys.executable, __file__, "--read", folder]
            result = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
        articles, peak = map(int, result.stdout.split())
        # Kilobytes on Linux, bytes on macOS.
        megabytes = peak / (1_000_000 if sys.platform == "darwin" else 1_000)
        print(f"  {size:>6} pages, {articles} articles: {megabytes:.0f} MB")


def read_html_pages(data: Path) -> list[str]:
    """The public set's pages as characters."""
    paths = sorted((data / "html").glob("*.html.gz"))
    return [gzip.decompress(path.read_bytes()).decode("utf-8", "replace") for path in paths]


def write_text_pages(folder: Path, count: int) -> None:
    """Made-up text pages, in folders of a thousand."""
    for seed in range(count):
        path = folder / f"{seed // 1000:03}" / f"{seed:06}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(render_text(make_page(seed)), encoding="utf-8")


def extract_all(pages: Sequence[str]) -> None:
    """What trafilatura alone does with these pages."""
    from trafilatura import bare_extraction

    for page in pages:
        bare_extraction(page, favor_precision=True, include_comments=False, with_metadata=True)


def load_all(folder: Path | str) -> None:
    """Load a folder page by page, and keep nothing."""
    for _ in iter_corpus(folder):
        pass


def seconds(work: Callable[..., None], *given: object) -> float:
    """Processor seconds that a piece of work takes."""
    start = time.process_time()
    work(*given)
    return time.process_time() - start


if __name__ == "__main__":
    main()
