"""How long keyness takes, and how much memory, with 100 and with 10,000 articles.

    python benchmarks/keyness_speed.py
    python benchmarks/keyness_speed.py --articles 10000 --vocabulary 50000

Texts are made up: 600 words an article, most words rare, as in news. Half of the articles are one source's.
Timed is ``find_keyness`` with its imports, in a process of its own; making the texts is not. Seconds are by
the clock and of the processor; memory is the most that the process ever held.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))

# Articles and words of the vocabulary
SIZES = ((100, 10_000), (10_000, 50_000))
WORDS = 600
HERALD, POST = "Example Herald", "Example Post"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure one size, or start a process for each of the two."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, metavar="N", help="measure so many articles, no other size")
    parser.add_argument(
        "--vocabulary", type=int, default=50_000, metavar="N", help="words of the language (50000)"
    )
    parser.add_argument("--permutations", type=int, default=1_000, help="how often sides are dealt (1000)")
    given = parser.parse_args(arguments)
    if given.articles:
        measure(given.articles, given.vocabulary, given.permutations)
        return
    for articles, vocabulary in SIZES:
        size = ["--articles", str(articles), "--vocabulary", str(vocabulary)]
        own = [sys.executable, __file__, *size, "--permutations", str(given.permutations)]
        subprocess.run(own, check=True)


def make_articles(articles: int, vocabulary: int) -> pd.DataFrame:
    """Rows of the table ``articles`` with texts of a language whose words follow Zipf's law."""
    chance = np.random.default_rng(1)
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz"))
    language = np.array(["".join(letters[[n // 26**k % 26 for k in range(4)]]) for n in range(vocabulary)])
    share = 1 / np.arange(3, 3 + vocabulary)
    drawn = chance.choice(language, size=(articles, WORDS), p=share / share.sum())
    drawn.ravel()[chance.permutation(drawn.size)[:vocabulary]] = language  # so that none is missing
    rows = {
        "article_id": [f"a#{n:05}" for n in range(articles)],
        "outlet": [HERALD if n % 2 else POST for n in range(articles)],
        "text": [" ".join(words) for words in drawn],
    }
    return pd.DataFrame(rows)


def measure(articles: int, vocabulary: int, permutations: int) -> None:
    """Time one comparison, and print the line."""
    rows = make_articles(articles, vocabulary).to_dict("records")
    wall, processor = time.perf_counter(), time.process_time()
    from analysis.compare.keyness import find_keyness
    from analysis.schema import TABLES, build_frame
    from analysis.tables import Tables

    tables = Tables(**{name: build_frame(name, rows if name == "articles" else []) for name in TABLES})
    made = time.perf_counter()
    keyness = find_keyness(tables, HERALD, POST, permutations=permutations)
    memory = f"{peak_memory():.2f} GB" if peak_memory() else "not known on this system"
    print(
        f"{articles:,} articles, {len(keyness.table):,} words ({keyness.tested:,} tested), {permutations:,} "
        f"permutations: {time.perf_counter() - wall:.1f} s by the clock (of which imports and tables "
        f"{made - wall:.1f}), {time.process_time() - processor:.1f} CPU-seconds, memory {memory}",
        flush=True,
    )


def peak_memory() -> float | None:
    """The most memory this process ever held, in GB; None where the system does not tell."""
    try:
        import resource
    except ModuleNotFoundError:
        return None
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (1e9 if sys.platform == "darwin" else 1e6)


if __name__ == "__main__":
    main()
