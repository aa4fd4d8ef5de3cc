"""One source's shares, two sources' differences, and the tests of two sources or of several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import pandas as pd

from analysis.compare.correction import correct_few
from analysis.compare.exchange import make_units
from analysis.compare.intervals import wilson_interval
from analysis.compare.keyness.finding import choose_testable
from analysis.compare.small import can_test
from analysis.compare.sources.share_tests import (
    ExactTest,
    draw_chi_square,
    find_effective,
    group_units,
    hypergeometric,
    newcombe_interval,
    permute_chi_square,
    permute_difference,
    t_interval,
    welch_interval,
)
from analysis.progress import Progress, track

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

Ends = tuple[float, float]
# P-values and corrected p-values, a label each; NaN where a label was not tested
P = tuple["NDArray[np.float64]", "NDArray[np.float64]"]
Key = TypeVar("Key")


@dataclass(frozen=True)
class Compared:
    """Articles as they are compared.

    Attributes:
        values: 1 where an article has a label; or one column of shares of words. Shape (articles, labels).
        source: The source of each article, from 0. Shape (articles,).
        texts: The text of each article, which copies and versions share. Shape (articles,).
        strata: What articles are only exchanged within.
        counted: Whether a value is 1 or 0, and not a share of words.
    """

    values: csr_array
    source: NDArray[np.int64]
    texts: NDArray[np.int64]
    strata: pd.Series | None
    counted: bool

    def select(self, sources: tuple[int, ...]) -> Compared:
        """The same of some sources alone."""
        rows = np.flatnonzero(np.isin(self.source, sources))
        strata = None if self.strata is None else self.strata.iloc[rows]
        return Compared(self.values[rows], self.source[rows], self.texts[rows], strata, self.counted)


@dataclass(frozen=True)
class Group:
    """One source: its articles, how many texts they are, and its share of each label.

    ``effective`` is how many independent articles its articles are worth, copies being one text.
    """

    articles: int
    texts: int
    effective: float
    having: NDArray[np.int64]
    share: NDArray[np.float64]
    variance: NDArray[np.float64]
    counted: bool

    def interval(self, label: int) -> Ends | None:
        """The 95 % interval of a share; none below four texts."""
        if not can_test(self.texts):
            return None
        if self.counted:
            return wilson_interval(self.share[label] * self.effective, self.effective)
        return t_interval(self.share[label], self.variance[label], self.effective)


def measure_group(compared: Compared, source: int) -> Group:
    """Count what one source's articles have."""
    own = compared.select((source,))
    sizes = np.unique(own.texts, return_counts=True)[1]
    articles = len(own.texts)
    share = _sum(own.values) / max(1, articles)
    variance = np.zeros(len(share))
    if articles > 1:
        variance = np.maximum(_sum(own.values.power(2)) - articles * share**2, 0) / (articles - 1)
    having = _sum(own.values > 0).astype(np.int64)
    effective = find_effective(sizes.astype(float))
    return Group(articles, len(sizes), effective, having, share, variance, own.counted)


def difference_interval(first: Group, second: Group, label: int) -> Ends:
    """The 95 % interval of the difference of two sources' shares."""
    sides = [(each.share[label], each.variance[label], each.effective) for each in (first, second)]
    if not first.counted:
        return welch_interval(*sides[0], *sides[1])
    (one, _, size_one), (other, _, size_other) = sides
    return newcombe_interval(one, size_one, other, size_other)


class PairTest:
    """The test of two sources in every label, one label after the other.

    Args:
        compared: The articles.
        first: A source.
        second: Another.
        permutations: How many are drawn, where the test is not exact.
        seed: Of what is drawn.
    """

    def __init__(self, compared: Compared, first: int, second: int, *, permutations: int, seed: int) -> None:
        own = compared.select((first, second))
        self.units = make_units(own.source == first, own.texts, own.strata)
        self.sizes = np.bincount(self.units.of).astype(float)
        self.values = _add_up(own.values, self.units.of)
        self.exact = own.counted and bool((self.sizes == 1).all())
        self.counted, self.permutations, self.seed = own.counted, permutations, seed
        self._test = ExactTest(self.units)

    @property
    def able(self) -> tuple[int, int]:
        """How many texts a side can change it."""
        return self.units.moving if can_test(*self.units.sizes) else self.units.sizes

    @property
    def testable(self) -> bool:
        """Whether there are four texts a side, and four that can change it."""
        return can_test(*self.able)

    def find_least(self) -> NDArray[np.float64]:
        """The least p-value that each label can have, whoever has it. Shape (labels,)."""
        if not self.counted:
            return np.zeros(self.values.shape[1])
        labels = range(self.values.shape[1])
        return np.array([self._test.test(has)[1] for has in _iter_labels(self.values, labels)])

    def find_p(self, labels: Iterable[int]) -> NDArray[np.float64]:
        """The p-values of some labels. Shape (labels,)."""
        if self.exact:
            return np.array([self._test.test(has)[0] for has in _iter_labels(self.values, labels)])
        values = self.values[:, list(labels)].toarray()
        return permute_difference(
            values, self.sizes, self.units, permutations=self.permutations, seed=self.seed
        )


class OmnibusTest:
    """The test of several sources at once in every label: does any of them differ?

    Args:
        compared: The articles.
        sources: The sources.
        permutations: How many are drawn.
        seed: Of what is drawn.
    """

    def __init__(self, compared: Compared, sources: tuple[int, ...], *, permutations: int, seed: int) -> None:
        own = compared.select(sources)
        of, self.group, self.pool = group_units(own.source, own.texts, own.strata)
        _, self.group = np.unique(self.group, return_inverse=True)
        self.sizes = np.bincount(of).astype(float)
        self.values = _add_up(own.values, of)
        self.permutations, self.seed, self.counted = permutations, seed, own.counted

    @property
    def testable(self) -> bool:
        """Whether four texts of two sources at the least can change their source."""
        _, pool = np.unique(self.pool, return_inverse=True)
        there = np.zeros((pool.max(initial=-1) + 1, self.group.max(initial=-1) + 1), dtype=bool)
        there[pool, self.group] = True
        moving = np.bincount(self.group, weights=(there.sum(axis=1) > 1)[pool])
        return can_test(*sorted(moving)[-2:])

    def find_least(self) -> NDArray[np.float64]:
        """About the least p-value that each label can have: all who have it are of one source, or none is."""
        if not self.counted:
            return np.zeros(self.values.shape[1])
        units, own = len(self.group), np.bincount(self.group)
        having = _sum(self.values > 0).astype(int)
        low, high = np.maximum(0, having[:, None] - (units - own)), np.minimum(having[:, None], own)
        ends = [hypergeometric(rim, units, having[:, None], own) for rim in (low, high)]
        return np.minimum(*ends).min(axis=1)

    def find_p(self, labels: Iterable[int]) -> NDArray[np.float64]:
        """The p-values of some labels. Shape (labels,)."""
        draws = {"permutations": self.permutations, "seed": self.seed}
        if self.counted and (self.sizes == 1).all():
            each = _iter_labels(self.values, labels)
            return np.array([draw_chi_square(has, self.group, self.pool, **draws) for has in each])
        values = self.values[:, list(labels)].toarray()
        return permute_chi_square(values, self.sizes, self.group, self.pool, **draws)


def run_tests(
    tests: Mapping[Key, PairTest | OmnibusTest], what: str, progress: Progress | None = None
) -> dict[Key, P]:
    """Run tests of the same labels, and correct for the number of all of them.

    Labels in too few articles to be told from chance, or in nearly all, are not tested (Tarone 1990).

    Args:
        tests: The tests.
        what: What is tested, for who waits.
        progress: Called with how many labels have been tested, in how many tests.

    Returns:
        For each test the p-values and those corrected (Holm 1979); NaN where a label was not tested. Shape
        (labels,) each.
    """
    if not tests:
        return {}
    each = track(list(tests.values()), f"Looking for what can be tested of {what}", progress)
    least = np.stack([test.find_least() for test in each])
    chosen = np.zeros(least.size, dtype=bool)
    chosen[choose_testable(least.ravel())] = True
    chosen = chosen.reshape(least.shape)
    p, q = np.full(least.shape, np.nan), np.full(least.shape, np.nan)
    # One count over all tests; a test that deals for all labels at once takes them all before it begins.
    told = iter(track(np.argwhere(chosen).tolist(), f"Testing {what}", progress))
    for at, test in enumerate(tests.values()):
        labels = np.flatnonzero(chosen[at])
        if len(labels):
            p[at, labels] = test.find_p(label for _, label in islice(told, len(labels)))
    next(told, None)
    q[chosen] = correct_few(p[chosen])
    return {key: (p[at], q[at]) for at, key in enumerate(tests)}


def _iter_labels(values: csr_array, labels: Iterable[int]) -> Iterator[NDArray[np.bool_]]:
    """Which units have a label, label by label."""
    columns = values.tocsc()
    for label in labels:
        has = np.zeros(values.shape[0], dtype=bool)
        has[columns.indices[columns.indptr[label] : columns.indptr[label + 1]]] = True
        yield has


def _sum(values: csr_array) -> NDArray[np.float64]:
    return np.asarray(values.sum(axis=0), dtype=float).ravel()


def _add_up(values: csr_array, of: NDArray[np.int64]) -> csr_array:
    """Sums over the articles of each unit. Shape (units, labels)."""
    from scipy import sparse

    member = sparse.csr_array((np.ones(len(of)), (of, np.arange(len(of)))))
    return (member @ values).tocsr()
