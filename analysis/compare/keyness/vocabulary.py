"""What keyness counts in an article: words, learned phrases, or what a codebook found."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

# "U.S." and "e.g." are one word each
_WORD = re.compile(r"[^\W\d_](?:\.(?:[^\W\d_]\.)+|[^\W\d_]*(?:['’-][^\W\d_]+)*)")
_POSSESSIVE = re.compile(r"['’]s?$")
# A pair of words is a phrase where it stands so often, and together so much more often than apart.
_PHRASE_TIMES = 5
_PHRASE_BOUND = 0.5


@dataclass(frozen=True)
class Counts:
    """How often each feature stands in each article.

    Attributes:
        features: Words, phrases or labels. Shape (features,).
        matrix: Counts. Shape (articles, features).
        words: All words of each article, which a rate is of. Shape (articles,).
    """

    features: tuple[str, ...]
    matrix: csr_array
    words: NDArray[np.float64]


@dataclass(frozen=True)
class Use:
    """A feature where it stands in a text; ``text[start:end]`` is its words."""

    start: int
    end: int
    feature: str


def iter_words(text: str) -> Iterator[Use]:
    """The words of a text in reading order: letters in lower case, without a possessive.

    Example:
        >>> [use.feature for use in iter_words("The UK’s small-boats plan")]
        ['the', 'uk', 'small-boats', 'plan']
    """
    for match in _WORD.finditer(text):
        written = _POSSESSIVE.sub("", match[0])
        yield Use(match.start(), match.start() + len(written), _name(match[0]))


def _name(written: str) -> str:
    return _POSSESSIVE.sub("", written).lower().replace("’", "'")


def iter_phrases(text: str, phrases: frozenset[tuple[str, str]]) -> Iterator[Use]:
    """Words, with two that make a phrase as one; the phrase that begins first wins."""
    held: Use | None = None
    for use in iter_words(text):
        if held is None:
            held = use
        elif (held.feature, use.feature) in phrases and text[held.end : use.start].isspace():
            yield Use(held.start, use.end, f"{held.feature} {use.feature}")
            held = None
        else:
            yield held
            held = use
    if held is not None:
        yield held


def learn_phrases(texts: Iterable[str]) -> frozenset[tuple[str, str]]:
    """Pairs of words that stand together more than their own frequency explains.

    The measure is normalised pointwise mutual information (Bouma 2009, "Normalized (pointwise) mutual
    information in collocation extraction"), which is 1 where two words only ever stand together.
    """
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for text in texts:
        last: Use | None = None
        for use in iter_words(text):
            words[use.feature] += 1
            if last is not None and text[last.end : use.start].isspace():
                pairs[last.feature, use.feature] += 1
            last = use
    total = sum(words.values())
    return frozenset(
        pair
        for pair, n in pairs.items()
        if n >= _PHRASE_TIMES and _bound(n, *pair, words, total) >= _PHRASE_BOUND
    )


def _bound(times: int, one: str, other: str, words: Counter[str], total: int) -> float:
    if times == total:
        return 1.0
    together = math.log(times * total / (words[one] * words[other]))
    return together / -math.log(times / total)


def count_words(texts: Iterable[str]) -> Counts:
    """Count the words of each text: those of :func:`iter_words`, without their places."""
    places: dict[str, int] = {}
    written = _Places(places)
    return _count((map(written.__getitem__, _WORD.findall(text)) for text in texts), places)


def count_uses(articles: Iterable[Iterable[Use]]) -> Counts:
    """Count the features of each article.

    Args:
        articles: The uses in each article, as :func:`iter_words` or :func:`iter_phrases` gives them.
    """
    places: dict[str, int] = {}
    return _count(
        ((places.setdefault(use.feature, len(places)) for use in uses) for uses in articles), places
    )


class _Places(dict[str, int]):
    """The place of each word as it is written, asked once; its feature is added to those known."""

    def __init__(self, known: dict[str, int]) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, written: str) -> int:
        self[written] = place = self._known.setdefault(_name(written), len(self._known))
        return place


def _count(articles: Iterable[Iterable[int]], places: Mapping[str, int]) -> Counts:
    """Count what stands in each article, named by its place, which may be known only when all are read."""
    from scipy import sparse

    columns = [np.fromiter(found, dtype=np.int32) for found in articles]
    words = np.array([len(found) for found in columns], dtype=np.int64)
    ends = np.concatenate([[0], words.cumsum()])
    matrix = sparse.csr_array(
        (np.ones(ends[-1]), np.concatenate([*columns, np.array([], dtype=np.int32)]), ends),
        shape=(len(columns), len(places)),
    )
    matrix.sum_duplicates()
    return Counts(tuple(places), matrix, words.astype(np.float64))


def count_labels(rows: pd.DataFrame, label: str, articles: Sequence[str], words: Sequence[float]) -> Counts:
    """Count what a table found in each article: frames, terms, speakers.

    Args:
        rows: Rows with ``article_id`` and the label.
        label: The column that is counted; a row without a value counts for nothing.
        articles: The articles looked at, in order.
        words: All words of each.
    """
    from scipy import sparse

    rows = rows[rows["article_id"].isin(articles)].dropna(subset=[label])
    features = sorted(rows[label].unique())
    place = {article: n for n, article in enumerate(articles)}
    matrix = sparse.coo_array(
        (
            np.ones(len(rows)),
            (
                rows["article_id"].map(place).to_numpy(int),
                rows[label].map({f: n for n, f in enumerate(features)}).to_numpy(int),
            ),
        ),
        shape=(len(articles), len(features)),
    ).tocsr()
    matrix.sum_duplicates()
    return Counts(tuple(features), matrix, np.asarray(words, dtype=np.float64))
