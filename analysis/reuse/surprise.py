"""How surprising each word of a corpus is after the two words before it.

Two articles that both have "the secretary of state for the home department" share a title, not a passage: its
first word may be news, the others follow by themselves. What a word tells is -log2 of its probability, as the
other articles have it: articles are counted, not uses, and copied passages count once, so that a story that
many carry does not look like a turn of phrase.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.reuse.runs import MIN_WORDS, Numbers, Places, group_equal
from analysis.reuse.words import distinct, number_runs

Bits = NDArray[np.float64]

# A word tells no more than this: beyond it, counts of a few hundred articles are no evidence.
MOST_BITS = 10.0
LEAST_BITS = 0.2
# A run of ten words is a copy where no more articles have it, and a stock phrase where more do; one of so
# many words as no phrase has is a copy however many have it.
FEW, _LONG = 10, 25
# As if there were so many more articles in which all words are equally rare.
_UNSEEN = 5000.0
# How much the shorter context weighs beside what was counted after the longer one.
_BACKOFF = 2.0


def measure_surprise(numbers: Numbers, bounds: Places) -> Bits:
    """Measure what each word tells, in bits.

    Two of the articles that have a run of words are left out of its count: in a pair that shares it, they are
    no evidence that others write so. In a corpus of two articles every word therefore tells much.

    Args:
        numbers: The words of the corpus, one article after the other.
        bounds: Where each article's words begin among them, and the end of the last.

    Returns:
        Bits of each word, from :data:`LEAST_BITS` to :data:`MOST_BITS`; a trigram model that backs off to
        shorter contexts (after MacKay and Peto 1995, "A hierarchical Dirichlet language model").
    """
    article = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
    copied = _find_copied(numbers, article)
    ones, twos, threes = (_count_articles(numbers, article, copied, n) for n in (1, 2, 3))
    chance = (ones + 0.5) / (_count_distinct(numbers, article) + _UNSEEN)
    chance[1:] = (twos[:-1] + _BACKOFF * chance[1:]) / (np.maximum(ones[:-1], twos[:-1]) + _BACKOFF)
    chance[2:] = (threes[:-2] + _BACKOFF * chance[2:]) / (np.maximum(twos[:-2], threes[:-2]) + _BACKOFF)
    return np.clip(-np.log2(chance), LEAST_BITS, MOST_BITS)


def _find_copied(numbers: Numbers, article: Places) -> NDArray[np.bool_]:
    """Whether each word stands in a run that the corpus has had before, and that is no stock phrase."""
    return _find_again(numbers, article, MIN_WORDS, FEW) | _find_again(numbers, article, _LONG, len(numbers))


def _find_again(numbers: Numbers, article: Places, length: int, most: int) -> NDArray[np.bool_]:
    """Whether each word stands in a run of a length that the corpus has had before, and not too often."""
    edges = np.zeros(len(numbers) + 1, dtype=np.int64)
    whole = np.flatnonzero(article[: max(0, len(article) - length + 1)] == article[length - 1 :])
    positions, group = group_equal(number_runs(numbers, length)[whole])
    again = ~_begins(group) & (np.bincount(group, minlength=1)[group] <= most)
    edges[whole[positions[again]]] = 1
    edges[length:] -= edges[:-length]
    return np.cumsum(edges)[:-1] > 0


def _count_articles(numbers: Numbers, article: Places, copied: NDArray[np.bool_], length: int) -> Bits:
    """How many articles beside two have the run of words that begins at each word."""
    counts = np.zeros(len(numbers))
    whole = np.flatnonzero(article[: max(0, len(article) - length + 1)] == article[length - 1 :])
    if not len(whole):
        return counts
    runs = number_runs(numbers, length)[whole]
    order = np.argsort(runs)
    group = np.cumsum(_begins(runs[order])) - 1
    first, last = whole[order], whole[order] + length - 1
    new = ~copied[last]
    held = np.sort(group[new] * np.int64(article[-1] + 1) + article[first[new]])
    held = held[_begins(held)] // (article[-1] + 1)
    holders = np.bincount(held, minlength=group[-1] + 1)
    counts[first] = np.maximum(holders - 2, 0)[group]
    return counts


def _begins(values: NDArray) -> NDArray[np.bool_]:
    """Whether each of sorted values is the first of its kind."""
    return np.insert(values[1:] != values[:-1], 0, True)[: len(values)]


def _count_distinct(numbers: Numbers, article: Places) -> int:
    """Different words of each article, added up."""
    return len(distinct(numbers ^ article.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)))
