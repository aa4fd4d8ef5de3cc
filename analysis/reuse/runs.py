"""Runs of words that two articles of a corpus have alike, found for all pairs at once.

Every run of ten words is indexed, so that no shared passage of ten words or more can be missed; an index of
shorter runs gives the seeds of passages that were edited. Sampling
shorter runs (Schleimer, Wilkerson and Aiken 2003, "Winnowing: local algorithms for document fingerprinting")
makes the index smaller, but names many pairs that share less than that, and all of them must be compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.reuse.words import number_runs

Numbers = NDArray[np.uint64]
Places = NDArray[np.int64]

MIN_WORDS = 10
# Words that stand in more articles than this are a stock phrase, or copy that very many carry.
STOCK = 50

# A run that an article repeats is followed from its first few places there.
_REPEATS = 8
# Pairs of places looked at together: bounds the memory, does not change what is found.
_CHUNK = 1 << 20
# Runs grouped together, about: the same.
_RANGE = 1 << 20
_BLOCK = 32


@dataclass(frozen=True, eq=False)
class Runs:
    """Runs of equal words in two articles: one entry a run in each array.

    Attributes:
        first: The word of the corpus that it begins with in the earlier article.
        second: The same in the later article.
        words: How many words it has.
    """

    first: Places
    second: Places
    words: Places


@dataclass(frozen=True, eq=False)
class RunIndex:
    """Where runs of so many words stand that several articles have, grouped by run and in the corpus's order.

    Attributes:
        group: The number of the run; ascending.
        article: The article that has it.
        place: The word of the corpus that it begins with.
        holders: How many articles have it.
        words: How many words a run has.
    """

    group: Places
    article: Places
    place: Places
    holders: Places
    words: int = MIN_WORDS

    def select(self, keep: NDArray[np.bool_]) -> RunIndex:
        """The places for which ``keep`` holds."""
        return RunIndex(
            self.group[keep], self.article[keep], self.place[keep], self.holders[keep], self.words
        )


def group_equal(values: Numbers) -> tuple[Places, Places]:
    """Find the values that stand more than once.

    Args:
        values: Any numbers.

    Returns:
        Their positions, grouped by value and ascending within it, and the number of each one's group.
    """
    bits = np.uint64(max(1, len(values).bit_length()))
    # Sorting the upper bits with the position below them is many times quicker than sorting positions.
    packed = values >> bits << bits
    packed |= np.arange(len(values), dtype=np.uint64)
    packed.sort()
    alike = packed[1:] ^ packed[:-1] < np.uint64(1) << bits
    packed = packed[np.append(alike, False) | np.insert(alike, 0, False)[: len(values)]]
    positions = (packed & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)
    found, upper = values[positions], _changes(packed >> bits)
    # What agrees in the upper bits alone is told apart by all of them.
    mixed = np.bincount(np.cumsum(upper)[_changes(found) & ~upper], minlength=len(upper) + 1) > 0
    slots = np.flatnonzero(mixed[np.cumsum(upper)])
    positions[slots] = positions[slots][np.argsort(found[slots], kind="stable")]
    group = np.cumsum(_changes(values[positions])) - 1
    several = np.bincount(group, minlength=1)[group] > 1
    return positions[several], group[several]


def list_runs(numbers: Numbers, bounds: Places, length: int) -> tuple[Numbers, Places]:
    """Number every run of words that lies in one article.

    Args:
        numbers: The words of several articles, one article after the other.
        bounds: Where each article's words begin among them, and the end of the last.
        length: Words of a run.

    Returns:
        The runs of each article in turn; and where each article's begin among them, and the end of the last.
    """
    counts = np.maximum(np.diff(bounds) - length + 1, 0)
    return number_runs(numbers, length)[spread(bounds[:-1], counts)], np.append(0, np.cumsum(counts))


def index_runs(
    parts: Sequence[Numbers], run_bounds: Places, word_bounds: Places, *, words: int = MIN_WORDS
) -> RunIndex:
    """Index the runs that two articles or more have.

    Args:
        parts: The runs of all articles, one article after the other, in as many arrays as they come in.
        run_bounds: Where each article's runs begin, and the end of the last.
        word_bounds: Where each article's words begin among the words of the corpus, and the end of the last.
        words: How many words a run has.

    Returns:
        The index.
    """
    groups = 0
    found = [RunIndex(*(np.zeros(0, dtype=np.int64),) * 4)]
    for runs, places in _split_ranges(parts):
        of_range, group = group_equal(runs)
        positions = places[of_range]
        article = np.searchsorted(run_bounds, positions, side="right") - 1
        place = positions - run_bounds[article] + word_bounds[article]
        first = _changes(group) | _changes(article)
        own = np.arange(len(group))
        holders = np.bincount(group, weights=first, minlength=1)[group].astype(np.int64)
        nth = own - np.maximum.accumulate(np.where(first, own, 0))
        index = RunIndex(groups + group, article, place, holders)
        found.append(index.select((holders > 1) & (nth < _REPEATS)))
        groups += len(group)
    names = ("group", "article", "place", "holders")
    return RunIndex(*(np.concatenate([getattr(part, name) for part in found]) for name in names), words)


def _split_ranges(parts: Sequence[Numbers]) -> Iterator[tuple[Numbers, Places]]:
    """The runs of one range of numbers after the other, and which of all runs they are.

    Equal runs are in one range, so that a few at a time can be grouped.
    """
    starts = np.cumsum([0, *map(len, parts)])
    bits = max(1, (int(starts[-1]) // _RANGE).bit_length())
    for upper in range(1 << bits):
        chosen = [np.flatnonzero(part >> np.uint64(64 - bits) == upper) for part in parts]
        yield (
            np.concatenate([np.zeros(0, np.uint64), *map(np.take, parts, chosen)]),
            np.concatenate([np.zeros(0, np.int64), *map(np.add, chosen, starts[:-1])]),
        )


def find_runs(index: RunIndex) -> Iterator[Runs]:
    """Find the longest runs that any two articles of an index have alike.

    Places that lie as far apart in the corpus and follow one another belong to one run, so that sorting by
    distance, then place, brings each run's places together.

    Args:
        index: The places to compare, each with all later ones of its group.

    Yields:
        Runs of the index's words or more, in no order; a long one may come in parts.
    """
    ends = np.searchsorted(index.group, index.group, side="right")
    order = np.argsort(index.place)
    counts = (ends - np.arange(len(ends)) - 1)[order]
    total = np.cumsum(counts)
    start = 0
    while start < len(order):
        done = total[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(total, done + _CHUNK, side="right")))
        yield _follow(*_pair(index, order[start:stop], counts[start:stop]), index.words)
        start = stop


def find_runs_between(index: RunIndex, pairs: Places) -> Iterator[Runs]:
    """Find the runs of an index that given pairs of articles have alike.

    Args:
        index: The places to compare.
        pairs: Two columns, the earlier and the later article.

    Yields:
        Runs as :func:`find_runs` gives them, pair by pair.
    """
    order = np.lexsort((index.place, index.group, index.article))
    group, place = index.group[order], index.place[order]
    bounds = np.searchsorted(index.article[order], np.arange(pairs.max(initial=-1) + 2))
    for a, b in pairs:
        of_a, of_b = slice(bounds[a], bounds[a + 1]), slice(bounds[b], bounds[b + 1])
        low, high = (np.searchsorted(group[of_b], group[of_a], side=side) for side in ("left", "right"))
        counts = high - low
        yield _follow(np.repeat(place[of_a], counts), place[of_b][spread(low, counts)], index.words)


def star_pairs(index: RunIndex, sizes: Places) -> Places:
    """Pair the articles of each group with the group's longest article, and with the next shorter one.

    Args:
        index: The places of runs that too many articles have to compare them all.
        sizes: Words of each article.

    Returns:
        Two columns, the earlier and the later article; each pair once.
    """
    order = np.lexsort((index.article, -sizes[index.article], index.group))
    group, article = index.group[order], index.article[order]
    once = _changes(group) | _changes(article)
    group, article = group[once], article[once]
    leader = article[np.searchsorted(group, group, side="left")]
    previous = np.where(_changes(group), article, np.roll(article, 1))
    pairs = np.concatenate([np.stack([leader, article], 1), np.stack([previous, article], 1)])
    pairs.sort(axis=1)
    return np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)


def join_runs(parts: Iterable[Runs]) -> Runs:
    """Put runs from several calls into one."""
    parts = [Runs(*(np.zeros(0, dtype=np.int64),) * 3), *parts]
    names = ("first", "second", "words")
    return Runs(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def extend_runs(runs: Runs, numbers: Numbers, word_bounds: Places) -> Runs:
    """Extend runs in both directions as far as the words agree.

    Args:
        runs: Any runs of two articles.
        numbers: The words of the corpus.
        word_bounds: Where each article's words begin among them, and the end of the last.

    Returns:
        Each different run once, ordered by the articles, then by place.
    """
    article_a, article_b = (
        np.searchsorted(word_bounds, places, side="right") - 1 for places in (runs.first, runs.second)
    )
    room = np.minimum(runs.first - word_bounds[article_a], runs.second - word_bounds[article_b])
    before = _count_equal(numbers, runs.first - 1, runs.second - 1, room, -1)
    first, second = runs.first - before, runs.second - before
    room = np.minimum(word_bounds[article_a + 1] - first, word_bounds[article_b + 1] - second)
    words = runs.words + before
    words += _count_equal(numbers, first + words, second + words, room - words, 1)
    order = np.lexsort((second, first, article_b, article_a))
    once = order[_changes(first[order]) | _changes(second[order])]
    return Runs(first[once], second[once], words[once])


def spread(starts: Places, counts: Places) -> Places:
    """Count on from several numbers: ``counts`` numbers from each of ``starts`` on, one after the other."""
    done = np.cumsum(counts) - counts
    return np.repeat(starts - done, counts) + np.arange(counts.sum())


def _count_equal(numbers: Numbers, first: Places, second: Places, room: Places, step: int) -> Places:
    """How many words agree from two places on, ``room`` at most."""
    count = np.zeros(len(first), dtype=np.int64)
    going = np.flatnonzero(room > 0)
    while len(going):
        ahead = count[going, None] + np.arange(_BLOCK)
        inside = ahead < room[going, None]
        at_a, at_b = (np.where(inside, places[going, None] + step * ahead, 0) for places in (first, second))
        alike = inside & (numbers[at_a] == numbers[at_b])
        more = np.where(alike.all(axis=1), _BLOCK, alike.argmin(axis=1))
        count[going] += more
        going = going[more == _BLOCK]
    return count


def _pair(index: RunIndex, chosen: Places, counts: Places) -> tuple[Places, Places]:
    """Places of the chosen entries, each beside those that follow it in its group in another article."""
    one = np.repeat(chosen, counts)
    other = spread(chosen + 1, counts)
    apart = index.article[one] != index.article[other]
    return index.place[one[apart]], index.place[other[apart]]


def _follow(first: Places, second: Places, words: int) -> Runs:
    """Join places of equal runs of so many words that follow one another into longer runs."""
    key = np.sort((second - first).astype(np.uint64) << np.uint64(32) | first.astype(np.uint64))
    begins = np.flatnonzero(np.insert(np.diff(key) != 1, 0, True)[: len(key)])
    length = np.diff(np.append(begins, len(key)))
    start = (key[begins] & np.uint64(0xFFFFFFFF)).astype(np.int64)
    return Runs(start, start + (key[begins] >> np.uint64(32)).astype(np.int64), length + words - 1)


def _changes(values: NDArray) -> NDArray[np.bool_]:
    """Whether each value differs from the one before; the first does."""
    return np.insert(values[1:] != values[:-1], 0, True)[: len(values)]
