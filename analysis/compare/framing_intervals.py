"""Intervals for shares of sentences or matches that come in whole articles.

Sentences of one article do not vary alone: one story about a court is full of law. An interval that took each
for a draw of its own would look far too certain, so the articles are the sample, and a share is as uncertain
as it varies between them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.compare.small import can_test

_LEVEL = 0.975  # the upper end of a 95 % interval


def cluster_intervals(found: NDArray[np.int64], of: NDArray[np.int64]) -> list[tuple[float, float] | None]:
    """The 95 % intervals of shares that are sums over articles, k of n.

    The interval is that of Korn and Graubard (1998), "Confidence intervals for proportions with small
    expected number of positive counts estimated from survey data": Clopper and Pearson's exact interval, on
    as many units as would be as certain if each were drawn by itself, never more than there are. The variance
    is the jackknife's, leaving out one article at a time (Wolter 2007, "Introduction to variance
    estimation", chapter 4). Student's t has one degree of freedom fewer than the articles would be if they
    were of one length (Kish 1965, "Survey sampling": the square of the sum of lengths by the sum of their
    squares), and one at the least: a long article among short ones leaves little to tell the variance by.

    Args:
        found: Units with it, shape (articles, things counted).
        of: Units looked at in each article, shape (articles,).

    Returns:
        Low and high for each thing counted, 0 to 1. None where fewer than four articles have a unit, or where
        no unit or every unit has it: what never varies does not tell how rare it is.
    """
    from scipy.special import betaincinv, stdtrit

    kept = of > 0
    found, of = found[kept], of[kept]
    counts, n = found.sum(axis=0), int(of.sum())
    if not can_test(len(of)):
        return [None] * len(counts)
    share = counts / n
    without = (counts - found) / (n - of)[:, None]
    variance = (len(of) - 1) / len(of) * ((without - share) ** 2).sum(axis=0)
    degrees = max(1.0, n**2 / float((of**2).sum()) - 1)
    wider = stdtrit(degrees, _LEVEL) / stdtrit(n - 1, _LEVEL)
    with np.errstate(divide="ignore", invalid="ignore"):
        # Where all articles have the same share, the variance is nothing, and the units are all there is.
        alone = np.minimum(n, share * (1 - share) / variance / wider**2)
    k = share * alone
    low, high = betaincinv(k, alone - k + 1, 1 - _LEVEL), betaincinv(k + 1, alone - k, _LEVEL)
    varies = (counts > 0) & (counts < n)
    return [(float(a), float(b)) if yes else None for a, b, yes in zip(low, high, varies, strict=True)]
