"""How often shares of articles are called different where nothing is, and where one frame is.

    python benchmarks/source_shares.py
    python benchmarks/source_shares.py --comparisons 1000 --sizes 5 20 --there 0.5

Articles are made up: each has some of fourteen frames, common and rare ones, and an article that has one is
likelier to have another, as long articles are. For "alike", both sides are articles of one source; for
"planted", one frame stands in other shares of the two sides' articles, and all others in the same. "any" is
the share of comparisons in which any frame is falsely called different (q at most .05), "false" how many
frames a comparison are on average; "at .05" and "at .01" the share of comparisons in which the p-value of the
most common frame is no larger, and "found" the share in which the planted frame is called different.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.compare.keyness import LEVEL
from analysis.compare.sources.share_differences import compare_shares
from analysis.schema import TABLES, build_frame
from analysis.tables import Tables

FIRST, SECOND = "Example Herald", "Example Post"
#: How many of a source's articles have each frame.
RATES = (0.5, 0.45, 0.4, 0.35, 0.3, 0.25, 0.2, 0.15, 0.12, 0.1, 0.08, 0.05, 0.03)
PLANTED = "planted"


def make_tables(size: int, planted: tuple[float, float], chance: np.random.Generator) -> Tables:
    """Articles of two sources that differ in one frame at the most.

    Args:
        size: Articles a side.
        planted: The share of each side's articles that have the planted frame.
        chance: What draws them.
    """
    rates = np.column_stack([np.tile(RATES, (2 * size, 1)), np.repeat(planted, size)])
    has = chance.random(rates.shape) < rates * chance.uniform(0.5, 1.5, size=(2 * size, 1))
    names = [*(f"frame {n}" for n in range(len(RATES))), PLANTED]
    ids = [f"a{n:04}" for n in range(2 * size)]
    articles = [
        {"article_id": each, "page": each, "kind": "main", "language": "en", "text": ".", "words": 1,
         "outlet": FIRST if n < size else SECOND}
        for n, each in enumerate(ids)
    ]  # fmt: skip
    frames = [
        {"article_id": ids[row], "field": "text", "codebook": "policy_frames", "frame": names[column]}
        for row, column in np.argwhere(has).tolist()
    ]
    rows = {"articles": articles, "frames": frames}
    return Tables(**{name: build_frame(name, rows.get(name, [])) for name in TABLES})


def measure(size: int, planted: tuple[float, float], comparisons: int, seed: int) -> dict[str, float]:
    """Compare made-up sources, and count what is called different."""
    alike, found, false, at = planted[0] == planted[1], [], [], []
    for n in range(comparisons):
        tables = make_tables(size, planted, np.random.default_rng([seed, size, n]))
        compared = compare_shares(tables)
        differing = set(compared.differing["label"])
        found.append(PLANTED in differing)
        false.append(len(differing if alike else differing - {PLANTED}))
        p = compared.differences.set_index("label")["p"].get("frame 0")
        at.append(1.0 if pd.isna(p) else float(p))
    values = {"any": np.mean(np.array(false) > 0), "false": np.mean(false)}
    if alike:
        values |= {f"at .{level:02}": np.mean(np.array(at) <= level / 100) for level in (5, 1)}
    else:
        values |= {"found": np.mean(found)}
    return {name: float(value) for name, value in values.items()}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every size, without a difference and with one."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[5, 20, 100], help="articles a side")
    parser.add_argument("--comparisons", type=int, default=300, metavar="N", help="of each kind (300)")
    parser.add_argument(
        "--here", type=float, default=0.3, metavar="SHARE", help="of one side's articles have it (0.3)"
    )
    parser.add_argument(
        "--there", type=float, default=0.6, metavar="SHARE", help="of the other's, 0.66 at the most (0.6)"
    )
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same (1)")
    asked = parser.parse_args(arguments)
    most = LEVEL + 2 * (LEVEL * (1 - LEVEL) / asked.comparisons) ** 0.5
    print(f"Made-up articles, {asked.comparisons:,} comparisons each; chance alone: any at most {most:.3f}")
    kinds = {"alike": (asked.here, asked.here), "planted": (asked.here, asked.there)}
    for kind, planted in kinds.items():
        for size in asked.sizes:
            values = measure(size, planted, asked.comparisons, asked.seed)
            shown = ", ".join(f"{name} {value:.3f}" for name, value in values.items())
            print(f"{kind:<8}{f'{size}+{size}':<9}{shown}", flush=True)


if __name__ == "__main__":
    main()
