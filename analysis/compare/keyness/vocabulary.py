"""What keyness counts in an article: words, learned phrases, or what a codebook found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from analysis.engine import Engine, LocalEngine
from analysis.reuse.partitions import PARTITION, cut_partitions

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

# "U.S." and "e.g." are one word each
_WORD = re.compile(r"[^\W\d_](?:\.(?:[^\W\d_]\.)+|[^\W\d_]*(?:['’-][^\W\d_]+)*)")
_POSSESSIVE = re.compile(r"['’]s?$")


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


class Use(NamedTuple):
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
        size, feature = _name(match[0])
        start = match.start()
        yield Use(start, start + size, feature)


@lru_cache(maxsize=1 << 16)
def _name(written: str) -> tuple[int, str]:
    """How many letters of a word are left without a possessive, and its feature."""
    bare = _POSSESSIVE.sub("", written)
    return len(bare), bare.lower().replace("’", "'")


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


def count_words(texts: Iterable[str], *, partition: int = PARTITION, engine: Engine | None = None) -> Counts:
    """Count the words of each text: those of :func:`iter_words`, without their places.

    Args:
        texts: Any texts.
        partition: Characters of text that are counted together. It changes no result.
        engine: Where texts are read; this process where None.
    """
    return _merge((engine or LocalEngine()).map(_count_words, cut_texts(texts, partition)))


def count_in_texts(
    find: Callable[[str], Iterable[Use]],
    texts: Iterable[str],
    *,
    partition: int = PARTITION,
    engine: Engine | None = None,
    report: Callable[[int], None] | None = None,
) -> Counts:
    """Count what stands in each text.

    Args:
        find: The uses in a text; a function of a module, or a partial of one.
        texts: Any texts.
        partition: Characters of text that are counted together. It changes no result.
        engine: Where texts are read; this process where None.
        report: Called with how many texts are done.
    """
    parts = (engine or LocalEngine()).map(partial(_count_uses, find), cut_texts(texts, partition))
    return _merge(parts if report is None else _tell(parts, report))


def count_uses(articles: Iterable[Iterable[Use]]) -> Counts:
    """Count the features of each article.

    Args:
        articles: The uses in each article, as :func:`iter_words` or :func:`iter_phrases` gives them.
    """
    places: dict[str, int] = {}
    return _merge([_count(([place_of(places, use.feature) for use in uses] for uses in articles), places)])


class _Part(NamedTuple):
    """Counts of a part of the texts, by features of its own: those of each text in turn.

    ``kinds`` is how many different features a text has, ``words`` how many in all.
    """

    features: list[str]
    place: NDArray[np.int32]
    count: NDArray[np.int32]
    kinds: NDArray[np.int64]
    words: NDArray[np.int64]


class _Places(dict[str, int]):
    """The place of each word as it is written, asked once; its feature is added to those known."""

    def __init__(self, known: dict[str, int]) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, written: str) -> int:
        self[written] = place = place_of(self._known, _name(written)[1])
        return place


def place_of(known: dict[str, int], feature: str) -> int:
    """The place of a feature among those known, to which a new one is added."""
    return known.setdefault(feature, len(known))


def cut_texts(texts: Iterable[str], most: int) -> Iterator[list[str]]:
    """Texts in parts of at most so many characters."""
    return ([text for _, text in part] for part in cut_partitions((("", text) for text in texts), most))


def _count_words(texts: Sequence[str]) -> _Part:
    places: dict[str, int] = {}
    written = _Places(places)
    return _count((map(written.__getitem__, _WORD.findall(text)) for text in texts), places)


def _count_uses(find: Callable[[str], Iterable[Use]], texts: Sequence[str]) -> _Part:
    places: dict[str, int] = {}
    return _count(([place_of(places, use.feature) for use in find(text)] for text in texts), places)


def _count(articles: Iterable[Iterable[int]], places: dict[str, int]) -> _Part:
    """Count what stands in each article, named by its place, which may be known only when all are read."""
    columns = [np.fromiter(found, dtype=np.int64) for found in articles]
    words = np.array([len(found) for found in columns], dtype=np.int64)
    of = np.repeat(np.arange(len(words)), words) * len(places)
    cells, count = np.unique(np.concatenate([*columns, np.zeros(0, np.int64)]) + of, return_counts=True)
    article, place = np.divmod(cells, max(1, len(places)))
    kinds = np.bincount(article, minlength=len(words))
    return _Part(list(places), place.astype(np.int32), count.astype(np.int32), kinds, words)


def _merge(parts: Iterable[_Part]) -> Counts:
    """Counts of all parts, features in the order in which they first stand."""
    from scipy import sparse

    places: dict[str, int] = {}
    held = [_Part([], *(np.zeros(0, dtype=kind) for kind in (np.int32, np.int32, np.int64, np.int64)))]
    for part in parts:
        own = np.array([place_of(places, feature) for feature in part.features], dtype=np.int32)
        held.append(part._replace(features=[], place=own[part.place]))
    _, place, count, kinds, words = zip(*held, strict=True)
    ends = np.append(0, np.cumsum(np.concatenate(kinds)))
    matrix = sparse.csr_array(
        (np.concatenate(count).astype(np.float64), np.concatenate(place), ends),
        shape=(len(ends) - 1, len(places)),
    )
    matrix.sum_duplicates()
    return Counts(tuple(places), matrix, np.concatenate(words).astype(np.float64))


def _tell(parts: Iterable[_Part], report: Callable[[int], None]) -> Iterator[_Part]:
    done = 0
    for part in parts:
        yield part
        done += len(part.words)
        report(done)


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
