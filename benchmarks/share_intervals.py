"""How often the interval of a share of sentences holds the true share, on made-up articles.

    python benchmarks/share_intervals.py

Articles have very different lengths, and shares that vary around a true one: the likeness is how much more
alike two sentences of one article are than two of different ones (the correlation within an article).
"""

from __future__ import annotations

import argparse

import numpy as np

from analysis.compare.framing_intervals import cluster_intervals

SEED = 1857
CELLS = ((0.1, 0.1), (0.3, 0.1), (0.03, 0.1), (0.1, 0.25), (0.3, 0.25), (0.03, 0.25))
SIZES = (4, 8, 20, 60)


def draw_articles(random: np.random.Generator, size: int, share: float, alike: float):
    """Sentences with a thing and sentences in all, of each article."""
    of = np.maximum(random.lognormal(np.log(15), 0.6, size), 2).astype(np.int64)
    spread = 1 / alike - 1
    return random.binomial(of, random.beta(share * spread, (1 - share) * spread, size)), of


def measure(size: int, share: float, alike: float, times: int) -> tuple[float, float, int]:
    """The share of intervals that hold the true one, their median width, and how many there are."""
    random = np.random.default_rng(SEED)
    drawn = (draw_articles(random, size, share, alike) for _ in range(times))
    made = (cluster_intervals(found[:, None], of)[0] for found, of in drawn)
    ends = np.array([each for each in made if each is not None])
    held = ((ends[:, 0] <= share) & (share <= ends[:, 1])).mean()
    return float(held), float(np.median(ends[:, 1] - ends[:, 0])), len(ends)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=600, metavar="N", help="draws of each kind (600)")
    times = parser.parse_args().times
    print(f"{'share':>6} {'likeness':>9}" + "".join(f"{f'{size} articles':>22}" for size in SIZES))
    for share, alike in CELLS:
        cells = (measure(size, share, alike, times) for size in SIZES)
        shown = "".join(f"{f'{held:.3f}, {width:.2f} ({n})':>22}" for held, width, n in cells)
        print(f"{share:>6} {alike:>9}{shown}")


if __name__ == "__main__":
    main()
