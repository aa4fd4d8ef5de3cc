"""Log-odds of words with a prior, and how surprising they are when whole articles change sides.

The estimate is that of Monroe, Colaresi and Quinn (2008, "Fightin' Words", Political Analysis 16:4): log-odds
with an informative Dirichlet prior, whose shape is the words of both sides together. Their standard error
takes each word for a draw of its own and so calls far too much distinctive; here the estimate is set against
what it is when articles are dealt to the sides by chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analysis.compare.exchange import Units

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import coo_array, csr_array

# The prior of the estimate weighs as much as so many words.
PRIOR_WORDS = 500.0
# Words that are taken at once: few enough for the processor's own memory. It changes no result.
_BLOCK = 200
# So many permutations beyond the estimate count by themselves; fewer are read from the tail.
_COUNTED = 4


@dataclass(frozen=True)
class LogOdds:
    """One value a word, in the order of the columns that were counted.

    ``estimate`` is above nought where the first side uses the word more; ``low`` and ``high`` bound it with
    95 % (articles vary, not words); ``p`` is two-sided.
    """

    estimate: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    p: NDArray[np.float64]


def log_odds(
    first: NDArray,
    second: NDArray,
    first_all: NDArray,
    second_all: NDArray,
    prior: NDArray,
    prior_all: float = PRIOR_WORDS,
) -> NDArray:
    """Log-odds ratio of words between two sides, drawn to nought by the prior.

    Args:
        first: Count of a word on the first side; ``second`` likewise.
        second: See ``first``.
        first_all: Count of all words on the first side; ``second_all`` likewise.
        second_all: See ``first_all``.
        prior: The prior's count of the word.
        prior_all: The prior's count of all words.
    """
    one, other = first + prior, second + prior
    return np.log(one / (first_all + prior_all - one)) - np.log(other / (second_all + prior_all - other))


def find_log_odds(
    counts: csr_array, units: Units, *, words: NDArray, permutations: int, seed: int
) -> LogOdds:
    """Log-odds of every word, standardised by permuting the units.

    A p-value rests on the permutations that lie as far out; where they are four at most, on a tail with the
    variance, the weight and the lean of the permuted values. It is never below the chance that all units with
    the word fall on one side, which is as far out as a word in so few texts can come. It is of the log-odds
    with the whole corpus for prior, by their standard error, which matters where one side has the longer
    articles; ``estimate`` has a light prior, which draws less to nought.

    The interval is Student's, with one degree of freedom fewer than the smaller side has units: that is what
    Welch's come down to where one side alone varies, and a sparse word's variance is not known better.

    Args:
        counts: How often each word stands in each article. Shape (articles, words).
        units: What changes sides; see :func:`analysis.compare.exchange.make_units`.
        words: All words of each article, counted here or not. Shape (articles,).
        permutations: How many times sides are dealt.
        seed: For the dealing.
    """
    from scipy.special import stdtrit

    by_unit = _gather(counts, units)
    lengths = np.bincount(units.of, weights=words)
    total, everything = np.asarray(by_unit.sum(axis=0)).ravel(), max(lengths.sum(), 1.0)
    side = units.side.astype(np.float64)
    # the sides as they are come first, so that the same arithmetic is done on them
    sides = np.column_stack([units.side, units.draw(permutations, seed)]).astype(np.float32)
    p = np.ones(len(total))
    for start in range(0, len(total), _BLOCK):
        block = slice(start, start + _BLOCK)
        odds, errors = _deal(by_unit[:, block], lengths, sides)
        own_p, bare_p = _find_p(odds / errors), _find_p(odds)
        # Where a side has short articles, its counts lean as no deal does, and the first is too small a
        # little; the other is too large there, and much too small where a side has long ones.
        p[block] = np.maximum(own_p, np.sqrt(own_p * bare_p))
    p = np.maximum(p, find_least(counts, units))
    own, own_all, prior = by_unit.T @ side, lengths @ side, total / everything * PRIOR_WORDS
    estimate = log_odds(own, total - own, own_all, everything - own_all, prior)
    variance = _variance(by_unit, lengths, prior, side) + _variance(by_unit, lengths, prior, 1 - side)
    half = stdtrit(max(min(units.sizes) - 1, 1), 0.975) * np.sqrt(np.maximum(variance, 0))
    return LogOdds(estimate, estimate - half, estimate + half, np.minimum(p, 1))


def _deal(by_unit: csr_array, lengths: NDArray, sides: NDArray) -> tuple[NDArray, NDArray]:
    """Log-odds and their standard errors for every way of dealing the sides. Shape (words, ways) each.

    The error is what the lengths of the units dealt imply: the count of a word in a unit varies as in a
    negative binomial distribution, by as much as it does in the whole corpus. Without it a side of few long
    articles would lie far out for that alone, because chance deals it short ones.
    """
    total, everything = np.asarray(by_unit.sum(axis=0)).ravel(), float(max(lengths.sum(), 1.0))
    rate, squares = total / everything, lengths**2
    distance = np.asarray(by_unit.power(2).sum(axis=0)).ravel() - 2 * rate * (by_unit.T @ lengths)
    distance += rate**2 * squares.sum()
    burst = np.maximum(distance - total, 0) / squares.sum()
    # four bytes a number are enough, and twice as fast
    total, burst = (each[:, None].astype(np.float32) for each in (total, burst))
    own = by_unit.T.astype(np.float32) @ sides
    own_all, own_squares = (each.astype(np.float32) @ sides for each in (lengths, squares))
    share = own_all / everything
    plain, bursts = share * (1 - share), (1 - 2 * share) * own_squares + share**2 * float(squares.sum())
    # With a light prior, a rare word that stands almost wholly on one side is farther out than its chance is
    # small, and no tail fits.
    odds = log_odds(own, total - own, own_all, everything - own_all, total, everything)
    steepness = 1 / (1 + share) + 1 / (2 - share)
    return odds, steepness / total * np.sqrt(total * plain + burst * bursts)


def _find_p(values: NDArray) -> NDArray:
    """The p-value of the first of some values among the others.

    Args:
        values: The value as it is, then those of chance. Shape (words, 1 + permutations).
    """
    from scipy.special import stdtr

    estimate, by_chance = values[:, 0], values[:, 1:]
    middle, spread = by_chance.mean(axis=1), by_chance.std(axis=1, ddof=1)
    moves = spread > 1e-6 * np.maximum(np.abs(values).max(axis=1), 1e-3)
    spread = np.where(moves, spread, 1.0)
    z = np.where(moves, (estimate - middle) / spread, 0.0)
    dealt = (by_chance - middle[:, None]) / spread[:, None]
    squares = dealt * dealt
    beyond = (np.abs(dealt) >= np.abs(z)[:, None] - 1e-6).sum(axis=1)
    # Deals lean to one side where lengths or numbers differ: on its own side a word is not to be farther out
    # than half of what it may be on both.
    same = (dealt * np.sign(z)[:, None] >= np.abs(z)[:, None] - 1e-6).sum(axis=1)
    beyond = np.maximum(beyond, 2 * same + 1)
    counted = (beyond + 1) / (by_chance.shape[1] + 1)
    # a t distribution has excess kurtosis 6 / (freedom - 4)
    excess = np.maximum((squares * squares).mean(axis=1) - 3, 1e-3)
    freedom = 4 + 6 / excess
    tail = 2 * stdtr(freedom, -np.abs(z) * np.sqrt(freedom / (freedom - 2)))
    # and one that leans to a side is farther out there
    lean = (squares * dealt).mean(axis=1) * np.sign(z)
    tail = np.maximum(tail, 2 * _leaning_tail(np.abs(z), lean))
    most = (_COUNTED + 2) / (by_chance.shape[1] + 1)
    p = np.where(beyond > _COUNTED, counted, np.minimum(tail, most))
    return np.where(moves, p, 1.0)


def _leaning_tail(z: NDArray, lean: NDArray) -> NDArray:
    """The chance of more than ``z`` under a gamma distribution of that skewness (Pearson's type III)."""
    from scipy.special import gammaincc, ndtr

    leans = lean > 1e-3
    root = 2 / np.where(leans, lean, 1.0)
    return np.where(leans, gammaincc(root**2, root * (z + root)), ndtr(-z))


def find_least(counts: csr_array, units: Units) -> NDArray:
    """The chance of a deal that lies as far out as any: all units with a word on one side.

    Only units that can change sides are asked, and no text that is on both sides and has the word on both.
    Where a word is in too many units to lie on one side, it is the chance of one single deal. Nothing of it
    rests on which side uses the word more.
    """
    from scipy.special import gammaln

    def log_choose(n: NDArray, k: NDArray) -> NDArray:
        possible = (k >= 0) & (k <= n)
        k = np.where(possible, k, 0)
        return np.where(possible, gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1), -np.inf)

    moves = units.moves
    named, pool = np.unique(units.pool[moves], return_inverse=True)
    size, ones = np.bincount(pool), np.bincount(pool, weights=units.side[moves])
    ways = log_choose(size, ones)
    holding = _count_holders(_gather(counts, units), moves, pool, len(named))
    at, word = holding.coords
    held = holding.data
    matters = (named[at] >= 0) | (held < size[at])
    at, word, held = at[matters], word[matters], held[matters]
    # pools without the word take part in no deal of it
    first, second = (
        np.bincount(word, log_choose(size[at] - held, k - held) - ways[at], minlength=counts.shape[1])
        for k in (ones[at], (size - ones)[at])
    )
    return np.clip(np.exp(first) + np.exp(second), np.exp(-ways.sum()), 1)


def _count_holders(by_unit: csr_array, moves: NDArray, pool: NDArray, pools: int) -> coo_array:
    """How many units of each pool have a word. Shape (pools, words)."""
    from scipy import sparse

    members = (np.ones(len(pool)), (pool, np.flatnonzero(moves)))
    return (sparse.csr_array(members, shape=(pools, len(moves))) @ (by_unit > 0).astype(np.float64)).tocoo()


def _gather(counts: csr_array, units: Units) -> csr_array:
    """Counts of each unit. Shape (units, words)."""
    from scipy import sparse

    articles = len(units.of)
    members = (np.ones(articles), (units.of, np.arange(articles)))
    return (sparse.csr_array(members, shape=(len(units.side), articles)) @ counts).tocsc()


def _variance(by_unit: csr_array, lengths: NDArray, prior: NDArray, side: NDArray) -> NDArray:
    """The variance of a side's log-odds between its units: that of a ratio, linearised (Cochran 1977).

    It is never below that of single words (Monroe, Colaresi and Quinn 2008): a word that a side does not use
    at all does not vary there, and still its rate is not known to be nought.
    """
    units = side.sum()
    count, words = by_unit.T @ side, max(float(lengths @ side), 1.0)
    rate, share = count / words, (count + prior) / (words + PRIOR_WORDS)
    squares = by_unit.power(2).T @ side - 2 * rate * (by_unit.T @ (side * lengths))
    squares = squares + rate**2 * float(lengths**2 @ side)
    between = squares * units / max(units - 1, 1) / ((count + prior) * (1 - share)) ** 2
    return np.maximum(between, 1 / (count + prior))
