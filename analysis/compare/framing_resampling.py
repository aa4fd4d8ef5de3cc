"""Intervals for shares of sentences, by resampling whole articles.

Sentences of one article do not vary alone: one story about a court is full of law. An interval that took each
for a draw of its own would look far too certain, so articles are drawn, and their sentences come with them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.compare.small import can_test

DRAWS = 2000
SEED = 2013
_BLOCK = 200
_ENDS = (0.025, 0.975)


def resample_shares(found: NDArray[np.int64], of: NDArray[np.int64]) -> list[tuple[float, float] | None]:
    """The 95 % intervals of shares that are sums over articles, k of n.

    Percentiles of a bootstrap over articles (Efron 1979, "Bootstrap methods: another look at the jackknife").
    Each resample draws one article fewer than there are, without which intervals of few articles come out too
    narrow (Rao and Wu 1988, "Resampling inference with complex survey data"). It is seeded: the same articles
    give the same interval, in whatever order the caller sorts everything else.

    Args:
        found: Units with it, shape (articles, things counted), articles in an order of their own.
        of: Units looked at in each article, shape (articles,).

    Returns:
        Low and high for each thing counted, 0 to 1. None where fewer than four articles have a unit, or where
        no unit or every unit has it: resampling cannot tell how rare a thing is that never varies.
    """
    kept = of > 0
    found, of = found[kept], of[kept]
    size = len(of)
    if not can_test(size):
        return [None] * found.shape[1]
    generator = np.random.default_rng(SEED)
    shares = []
    for _ in range(DRAWS // _BLOCK):
        times = generator.multinomial(size - 1, np.full(size, 1 / size), size=_BLOCK)
        shares.append((times @ found) / (times @ of)[:, None])
    low, high = np.quantile(np.concatenate(shares), _ENDS, axis=0)
    total = found.sum(axis=0)
    varies = (total > 0) & (total < of.sum())
    return [(float(a), float(b)) if yes else None for a, b, yes in zip(low, high, varies, strict=True)]
