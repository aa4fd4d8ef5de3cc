"""Tests of shares of articles between sources, and the intervals that go with them.

Under no difference every deal of whole articles to the sources is as likely as every other. Of two sources
whose articles all stand alone that needs no dealing: within a stratum the number of articles with a label on
one side is hypergeometric, so that the p-value is that of Fisher's exact test (with strata, of the exact
conditional test of Mantel and Haenszel). Where versions or copies move as one, and of more than two sources,
sides are dealt by chance.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.compare.intervals import wilson_interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from analysis.compare.exchange import Units

# Deals held at one time.
_DEALS = 500
# Outcomes as likely as the one seen count as such, in spite of rounding.
_ALIKE = 1 + 1e-7


def newcombe_interval(
    share_one: float, size_one: float, share_other: float, size_other: float
) -> tuple[float, float]:
    """The 95 % interval of a difference of two shares, the first minus the other.

    The hybrid score interval, method 10 of Newcombe (1998), "Interval estimation for the difference between
    independent proportions".

    Args:
        share_one: A share, 0 to 1.
        size_one: What it is a share of; an effective number where articles are not independent.
        share_other: The other share.
        size_other: What that is a share of.
    """
    low_one, high_one = wilson_interval(share_one * size_one, size_one)
    low_other, high_other = wilson_interval(share_other * size_other, size_other)
    apart = share_one - share_other
    return (
        apart - math.hypot(share_one - low_one, high_other - share_other),
        apart + math.hypot(high_one - share_one, share_other - low_other),
    )


def t_interval(mean: float, variance: float, size: float) -> tuple[float, float]:
    """The 95 % interval of a mean of shares of articles, by Student's t, within 0 to 1.

    Args:
        mean: The mean.
        variance: Of the articles' values.
        size: Articles; an effective number where they are not independent.
    """
    half = _quantile(size - 1) * math.sqrt(variance / size)
    return max(0.0, mean - half), min(1.0, mean + half)


def welch_interval(
    mean_one: float, variance_one: float, size_one: float, mean_other: float, variance_other: float,
    size_other: float,
) -> tuple[float, float]:  # fmt: skip
    """The 95 % interval of a difference of two means, the first minus the other (Welch 1947).

    Args:
        mean_one: A mean; with its variance and its size as for :func:`t_interval`.
        variance_one: Of the articles' values.
        size_one: Articles.
        mean_other: The other mean.
        variance_other: Of its articles' values.
        size_other: Its articles.
    """
    apart, one, other = mean_one - mean_other, variance_one / size_one, variance_other / size_other
    if not one + other:
        return apart, apart
    free = (one + other) ** 2 / (one**2 / (size_one - 1) + other**2 / (size_other - 1))
    half = _quantile(free) * math.sqrt(one + other)
    return apart - half, apart + half


def find_effective(sizes: NDArray[np.float64]) -> float:
    """How many independent articles groups of copies are worth (Kish 1965, "Survey Sampling").

    Args:
        sizes: Articles in each group. Shape (groups,).
    """
    return float(sizes.sum() ** 2 / (sizes**2).sum()) if len(sizes) else 0.0


def hypergeometric(
    here: NDArray[np.int64], size: NDArray[np.int64], own: NDArray[np.int64], first: NDArray[np.int64]
) -> NDArray[np.float64]:
    """How likely it is that so many of those drawn have it.

    Args:
        here: How many of those drawn have it.
        size: How many there are.
        own: How many of them have it.
        first: How many are drawn.
    """
    from scipy.special import gammaln

    def ways(of: NDArray[np.int64], some: NDArray[np.int64]) -> NDArray[np.float64]:
        return gammaln(of + 1) - gammaln(some + 1) - gammaln(of - some + 1)

    return np.exp(ways(own, here) + ways(size - own, first - here) - ways(size, first))


class ExactTest:
    """The exact test of 0/1 units on two sides; equal margins are worked out once.

    Args:
        units: What changes sides.
    """

    def __init__(self, units: Units) -> None:
        pools, self.of = np.unique(units.pool, return_inverse=True)
        self.size = np.bincount(self.of, minlength=len(pools))
        self.first = np.bincount(self.of, weights=units.side, minlength=len(pools)).astype(int)
        self.side = units.side
        self.known: dict[tuple[int, ...], tuple[int, NDArray[np.float64]]] = {}

    def test(self, has: NDArray[np.bool_]) -> tuple[float, float]:
        """Test a label.

        Args:
            has: Which units have it. Shape (units,).

        Returns:
            The two-sided p-value: how likely a deal is that is no likelier than the one seen. And the least
            that any deal could give, which is known before the sides are looked at.
        """
        start, chances = self._deal(np.bincount(self.of, weights=has, minlength=len(self.size)).astype(int))
        seen = chances[int((has & self.side).sum()) - start]
        p, least = (chances[chances <= rim * _ALIKE].sum() for rim in (seen, chances.min()))
        return float(min(p, 1.0)), float(min(least, 1.0))

    def _deal(self, has: NDArray[np.int64]) -> tuple[int, NDArray[np.float64]]:
        """How likely each number on the first side is, from the least possible on."""
        key = tuple(has.tolist())
        if key not in self.known:
            start, chances = 0, np.ones(1)
            kinds, times = np.unique(np.stack([self.size, self.first, has]), axis=1, return_counts=True)
            for (size, first, own), repeated in zip(kinds.T.tolist(), times.tolist(), strict=True):
                low, high = max(0, own - (size - first)), min(own, first)
                start += low * repeated
                one = hypergeometric(np.arange(low, high + 1), size, own, first)
                for _ in range(repeated if high > low else 0):
                    chances = np.convolve(chances, one)
            self.known[key] = start, chances
        return self.known[key]


def permute_difference(
    values: NDArray[np.float64], sizes: NDArray[np.float64], units: Units, *, permutations: int, seed: int
) -> NDArray[np.float64]:
    """Two-sided p-values of differences of means, by dealing units to two sides.

    Args:
        values: Sums over the articles of each unit. Shape (units, labels).
        sizes: Articles in each unit. Shape (units,).
        units: What changes sides.
        permutations: How many deals.
        seed: The same seed deals the same.

    Returns:
        Twice how often a deal, the one seen counted in, lies as far out on its side. Shape (labels,).
    """
    seeds = np.random.SeedSequence(seed).generate_state(max(1, math.ceil(permutations / _DEALS)))
    made = [_differ(values, sizes, units.side.astype(np.float64)[:, None])]
    for at, each in enumerate(seeds):
        some = min(_DEALS, permutations - at * _DEALS)
        made.append(_differ(values, sizes, units.draw(some, int(each)).astype(np.float64)))
    differences = np.concatenate(made)
    return np.minimum(2 * np.minimum(_count_as_high(differences), _count_as_high(-differences)), 1)


def permute_chi_square(
    values: NDArray[np.float64],
    sizes: NDArray[np.float64],
    group: NDArray[np.int64],
    pool: NDArray[np.int64],
    *,
    permutations: int,
    seed: int,
) -> NDArray[np.float64]:
    """P-values of the chi-square of a table of sources by having a label, by dealing units to the sources.

    Args:
        values: Articles of each unit that have each label. Shape (units, labels).
        sizes: Articles in each unit. Shape (units,).
        group: The source of each unit, from 0. Shape (units,).
        pool: Units of one pool exchange their sources. Shape (units,).
        permutations: How many deals.
        seed: The same seed deals the same.

    Returns:
        How often a deal, the one seen counted in, gives as large a chi-square. Shape (labels,).
    """
    made = [_chi_square(values, sizes, group[:, None])]
    made += [_chi_square(values, sizes, dealt) for dealt in _deal_groups(group, pool, permutations, seed)]
    return _count_as_high(np.concatenate(made))


def draw_chi_square(
    has: NDArray[np.bool_],
    group: NDArray[np.int64],
    pool: NDArray[np.int64],
    *,
    permutations: int,
    seed: int,
) -> float:
    """The p-value of :func:`permute_chi_square` for one label of units that are single articles.

    How many of each source have the label is drawn at once, for it is hypergeometric within a pool.

    Args:
        has: Which units have the label. Shape (units,).
        group: The source of each unit, from 0. Shape (units,).
        pool: Units of one pool exchange their sources. Shape (units,).
        permutations: How many deals.
        seed: The same seed deals the same.
    """
    chance = np.random.default_rng(seed)
    articles = np.bincount(group)
    seen = np.bincount(group[has], minlength=len(articles))
    dealt = np.zeros((permutations, len(articles)))
    _, places = np.unique(pool, return_inverse=True)
    there, having = (np.zeros((places.max() + 1, len(articles)), dtype=np.int64) for _ in range(2))
    np.add.at(there, (places, group), 1)
    np.add.at(having, (places[has], group[has]), 1)
    open_ = (
        ((there > 0).sum(axis=1) > 1) & (having.sum(axis=1) > 0) & (having.sum(axis=1) < there.sum(axis=1))
    )
    dealt += having[~open_].sum(axis=0)
    for size, own in zip(there[open_], having[open_].sum(axis=1), strict=True):
        dealt += chance.multivariate_hypergeometric(size, own, size=permutations)
    made = ((np.vstack([seen, dealt]) - articles * has.mean()) ** 2 / articles).sum(axis=1)
    return float(_count_as_high(made[:, None])[0])


def group_units(
    source: NDArray[np.int64], texts: NDArray[np.int64], strata: pd.Series | None
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Make units of the articles of several sources, by the rules of :mod:`analysis.compare.exchange`.

    Args:
        source: The source of each article, from 0.
        texts: The text of each article.
        strata: What articles are only exchanged within.

    Returns:
        The unit of each article; the source of each unit; the pool of each unit. A text of several sources is
        a unit in each, and only exchanged among them.
    """
    frame = pd.DataFrame({"source": source, "text": texts})
    stratum = np.zeros(len(frame), dtype=np.int64) if strata is None else pd.factorize(strata)[0]
    # What has no stratum keeps its side: it is one for itself.
    unknown = stratum < 0
    frame["stratum"] = np.where(unknown, stratum.max(initial=0) + 1 + np.arange(len(frame)), stratum)
    of = frame.groupby(["text", "source"], sort=False).ngroup().to_numpy()
    first = frame.assign(unit=of).drop_duplicates("unit")
    shared = first.duplicated("text", keep=False).to_numpy()
    pool = np.where(shared, -1 - first["text"].to_numpy(), first["stratum"].to_numpy())
    return of, first["source"].to_numpy(), pool.astype(np.int64)


def _quantile(freedom: float) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 0.975))


def _differ(
    values: NDArray[np.float64], sizes: NDArray[np.float64], first: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Mean of the first side minus that of the second. Shape (deals, labels)."""
    own, articles = first.T @ values, (first.T @ sizes)[:, None]
    return own / articles - (values.sum(axis=0) - own) / (sizes.sum() - articles)


def _chi_square(
    values: NDArray[np.float64], sizes: NDArray[np.float64], dealt: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Pearson's statistic of each deal. Shape (deals, labels)."""
    share = values.sum(axis=0) / sizes.sum()
    total = np.zeros((dealt.shape[1], values.shape[1]))
    for source in range(int(dealt.max()) + 1):
        own = (dealt == source).astype(np.float64).T
        articles = (own @ sizes)[:, None]
        total += (own @ values - articles * share) ** 2 / articles
    spread = share * (1 - share)
    return np.divide(total, spread, out=np.zeros_like(total), where=spread > 0)


def _deal_groups(
    group: NDArray[np.int64], pool: NDArray[np.int64], permutations: int, seed: int
) -> Iterator[NDArray[np.int64]]:
    chance = np.random.default_rng(seed)
    members = [np.flatnonzero(pool == each) for each in np.unique(pool)]
    for start in range(0, permutations, _DEALS):
        dealt = np.repeat(group[:, None], min(_DEALS, permutations - start), axis=1)
        for own in members:
            if len(np.unique(group[own])) > 1:
                dealt[own] = chance.permuted(dealt[own], axis=0)
        yield dealt


def _count_as_high(made: NDArray[np.float64]) -> NDArray[np.float64]:
    """How often a row is as high as the first, which is what was seen."""
    # Deals that give the same differ by rounding.
    return (made >= made[0] - 1e-9 * (1 + np.abs(made[0]))).mean(axis=0)
