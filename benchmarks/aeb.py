"""The public article extraction benchmark: its pages, its measure, and an interval over documents.

The set is scrapinghub/article-extraction-benchmark on GitHub (commit 4a3bc97): 181 news pages with the body
that people marked. The code and the marks are MIT-licensed, the pages are their publishers': nothing of
them is kept here.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

ORIGIN = (
    "laid out like github.com/scrapinghub/article-extraction-benchmark (MIT; the pages are their "
    "publishers'): html/*.html.gz and ground-truth.json"
)
_RUN = 4  # words

Shares = tuple[float, float, float]


def read_pages(data: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Markup and marked body of each page, by the page's name, in the order of the names."""
    truth = json.loads((data / "ground-truth.json").read_text(encoding="utf-8"))
    bodies = {name.split(".")[0]: item["articleBody"] for name, item in truth.items()}
    files = {path.name.split(".")[0]: path for path in (data / "html").glob("*.html.gz")}
    pages = {
        name: gzip.decompress(files[name].read_bytes()).decode("utf-8", "replace")
        for name in sorted(bodies)
        if name in files
    }
    return pages, {name: bodies[name] for name in pages}


def count_runs(want: str, have: str) -> Shares:
    """The shares of right, wrong and missing four-word runs among a page's runs."""
    wanted, had = _runs(want), _runs(have)
    right = sum((wanted & had).values())
    wrong, missing = sum((had - wanted).values()), sum((wanted - had).values())
    total = right + wrong + missing or 1
    return right / total, wrong / total, missing / total


def score(shares: Sequence[Shares]) -> Shares:
    """Precision, recall and F1 over pages that count alike, as the benchmark's own script has them."""
    right, wrong, missing = (sum(column) for column in zip(*shares, strict=True))
    precision, recall = right / (right + wrong or 1), right / (right + missing or 1)
    return precision, recall, 2 * precision * recall / (precision + recall or 1)


def gap_interval(
    odd: Sequence[Shares], even: Sequence[Shares], *, draws: int = 2000, seed: int = 0
) -> tuple[float, float]:
    """A bootstrap 95 % interval over documents of the F1 of odd-numbered pages minus that of even ones."""
    rng = random.Random(seed)
    gaps = sorted(
        score(rng.choices(odd, k=len(odd)))[2] - score(rng.choices(even, k=len(even)))[2]
        for _ in range(draws)
    )
    return gaps[round(0.025 * (draws - 1))], gaps[round(0.975 * (draws - 1))]


def report(name: str, bodies: Mapping[str, str], found: Mapping[str, str]) -> str:
    """One method's figures: all pages, odd-numbered and even-numbered ones, and the gap between them."""
    shares = [count_runs(bodies[page], found.get(page, "")) for page in sorted(bodies)]
    odd, even = shares[::2], shares[1::2]
    low, high = gap_interval(odd, even)
    figures = (*score(shares), score(odd)[2], score(even)[2])
    gap = figures[3] - figures[4]
    return f"{name:34}" + "".join(f"{f:8.3f}" for f in figures) + f"  {gap:+.3f} [{low:+.3f}, {high:+.3f}]"


HEADER = f"{'':34}" + "".join(f"{h:>8}" for h in ("P", "R", "F1", "odd", "even")) + "  odd minus even, 95 %"


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    length = min(_RUN, max(1, len(words)))
    return Counter(tuple(words[n : n + length]) for n in range(len(words) - length + 1))
