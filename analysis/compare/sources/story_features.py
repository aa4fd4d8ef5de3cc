"""What an article is about, as stories are told apart by it: weighted words, actors, figures and events.

A feature weighs little where many articles have it, in the corpus or in the weeks around its article: while a
bill is debated, "bill", "senate" and the minister's name say nothing of which day's story is told.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date as day
from functools import cached_property, lru_cache
from itertools import chain
from math import log
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.tables import Tables, known_rows
from analysis.tellings import WEEK
from analysis.tellings.words import GENERAL, WORD, is_content, stem

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

# The headline and so many words after it are what a report opens with.
LEAD_WORDS = 80
# The weeks before and after an article's in which a feature may be common.
_WEEKS_AROUND = 2
# Counted as if so many more articles were there: a word of both of two articles is not yet common, nor is a
# week of five articles known to have no other subject.
_MORE_ARTICLES, _MORE_AROUND, _MORE_OF_OUTLET = 10, 50, 20
_GENERAL_WEIGHT = 0.4
# Of an event, an actor or an instrument an article says more than a word does.
KINDS = {"word": 1.0, "actor": 1.0, "instrument": 1.0, "figure": 1.0, "event": 1.5}

Days = tuple[int, int]
Feature = tuple[str, Any]


@dataclass(frozen=True, eq=False)
class Features:
    """The features of articles.

    Attributes:
        ids: The articles, sorted.
        days: First and last day on which each may have appeared, as ordinals; None where that says no day.
        names: The features: kind and value.
        body: Their weights in the whole article, and
        lead: in its opening; rows of length 1 (or 0), float32. Shape (articles, features).
        weights: How rare each feature of an article is, there and then, float32: 0 where all have it.
        events: Rows of the table ``events`` that tell the articles' own news, by event and article.
    """

    ids: Sequence[str]
    days: Sequence[Days | None]
    names: Sequence[Feature]
    body: csr_array
    lead: csr_array
    weights: csr_array
    events: dict[tuple[str, int], dict[str, Any]]

    @cached_property
    def number(self) -> dict[str, int]:
        """Article id -> its row."""
        return {article: row for row, article in enumerate(self.ids)}

    def weigh(self, row: int, column: int) -> float:
        """How rare a feature of an article is, there and then."""
        first, last = self.weights.indptr[row : row + 2]
        return float(self.weights.data[first + np.searchsorted(self.weights.indices[first:last], column)])


def read_features(tables: Tables) -> Features:
    """Read the features of the articles of the tables."""
    rows = sorted(known_rows(tables.articles), key=lambda row: row["article_id"])
    number = {row["article_id"]: place for place, row in enumerate(rows)}
    days = [find_days(row) for row in rows]
    told = _select_events(tables.events, number, days, [row["text"] or "" for row in rows])
    labels = defaultdict(list)
    for place, feature in _label_rows(tables, number, told):
        labels[place].append(feature)
    names: dict[Feature, int] = {}
    headlines, texts = ([row[name] or "" for row in rows] for name in ("headline", "text"))
    whole = (
        chain(_read_words(headline), _read_words(text), labels[place])
        for place, (headline, text) in enumerate(zip(headlines, texts, strict=True))
    )
    counts = _count(whole, names)
    opened = (
        chain(_read_words(headline), _read_words(_open(text)))
        for headline, text in zip(headlines, texts, strict=True)
    )
    opening = _count(opened, names)
    weights = _weigh(counts, names, days, [row["outlet"] for row in rows])
    return Features(
        [row["article_id"] for row in rows],
        days,
        list(names),
        _scale(counts, weights),
        _scale(opening, _pick(weights, opening)),
        weights,
        told,
    )


def find_days(article: Any) -> Days | None:
    """The days on which an article may have appeared; None where they are not known to a week or two."""
    ends = article["published_earliest"], article["published_latest"]
    if not all(isinstance(end, str) for end in ends):
        return None
    first, last = (day.fromisoformat(end).toordinal() for end in ends)
    return (first, last) if last - first <= WEEK else None


def find_gap(a: Days, b: Days) -> int:
    """Days that lie at least between two intervals: 0 where they may be one day."""
    return max(0, a[0] - b[1], b[0] - a[1])


def _open(text: str) -> str:
    return " ".join(text[: LEAD_WORDS * 12].split()[:LEAD_WORDS])


def _read_words(text: str) -> Iterator[Feature]:
    return filter(None, map(_read_word, WORD.findall(text)))


@lru_cache(maxsize=1 << 18)
def _read_word(word: str) -> Feature | None:
    return ("word", stem(word)) if is_content(word) else None


def _select_events(
    events: pd.DataFrame, number: dict[str, int], days: Sequence[Days | None], texts: Sequence[str]
) -> dict[tuple[str, int], dict[str, Any]]:
    """Tellings of events that several articles tell and that are the news of each, by event and article.

    Many stories tell of last year's law as their background. An event is an article's own where its date lies
    within a week of publication or it is told in the opening.
    """
    events = events[events["article_id"].isin(number)]
    told_by = events.groupby("event_id")["article_id"].nunique()
    events = events[events["event_id"].isin(told_by.index[told_by > 1])]
    own: dict[tuple[str, int], dict[str, Any]] = {}
    for row in known_rows(events):
        place = number[row["article_id"]]
        dated = _find_event_days(row)
        opens = row["field"] == "headline" or row["start"] < len(_open(texts[place]))
        near = dated and days[place] and find_gap(dated, days[place]) <= WEEK
        # An undated article has no day that an event could be near to: then the event must say its own.
        stated = days[place] is None and dated and row["date_basis"] != "publication"
        if near or opens or stated:
            own.setdefault((row["event_id"], place), row)
    shared = Counter(event for event, _ in own)
    return {key: row for key, row in own.items() if shared[key[0]] > 1}


def _find_event_days(row: Any) -> Days | None:
    return find_days({f"published_{end}": row[f"date_{end}"] for end in ("earliest", "latest")})


def _label_rows(
    tables: Tables, number: dict[str, int], told: Iterable[tuple[str, int]]
) -> Iterator[tuple[int, Feature]]:
    """Article and feature of each row that names an actor, a figure, an instrument or an event."""
    yield from ((place, ("event", event)) for event, place in told)
    mentions = tables.mentions[["article_id", "actor_id"]].dropna()
    for article, actor in zip(mentions["article_id"], mentions["actor_id"], strict=True):
        if article in number:
            yield number[article], ("actor", actor)
    figures = tables.figures[["article_id", "value", "unit"]].dropna()
    for article, value, unit in zip(figures["article_id"], figures["value"], figures["unit"], strict=True):
        if article in number and _is_telling(value):
            yield number[article], ("figure", (float(value), unit))
    named = tables.events[["article_id", "instrument"]].dropna()
    for article, instrument in zip(named["article_id"], named["instrument"], strict=True):
        if article in number:
            yield number[article], ("instrument", instrument)


def _is_telling(value: float) -> bool:
    """Whether a number is seldom met by chance: two articles may each speak of three people."""
    return value >= 10 and value not in (10, 20, 50, 100, 1_000, 1_000_000)


def _count(texts: Iterable[Iterable[Feature]], names: dict[Feature, int]) -> csr_array:
    """How often each feature stands in each article, damped; ``names`` learns the new ones."""
    from scipy import sparse

    columns, values, ends = array("i"), array("f"), [0]
    for features in texts:
        counts = Counter(names.setdefault(feature, len(names)) for feature in features)
        columns.extend(counts)
        values.extend(1 + log(count) for count in counts.values())
        ends.append(len(columns))
    data = np.array(values, dtype=np.float32), np.array(columns, dtype=np.int32), np.array(ends)
    counted = sparse.csr_array(data, shape=(len(ends) - 1, len(names)))
    counted.sort_indices()
    return counted


def _weigh(
    counts: csr_array, names: Iterable[Feature], days: Sequence[Days | None], outlets: Sequence[str | None]
) -> csr_array:
    """The weight of each feature in each article that has it: the log of how rare it is, there and then.

    It is as common as it is in the corpus, in the weeks around or with the outlet, whichever is most: what an
    outlet prints on all of its pages ties no two of them.
    """
    from scipy import sparse

    articles = len(days)
    has = sparse.csr_array(
        (np.ones(counts.nnz, dtype=np.float32), counts.indices, counts.indptr), counts.shape
    )
    rows, columns = np.repeat(np.arange(articles), np.diff(counts.indptr)), counts.indices
    overall = (np.asarray(has.sum(axis=0)) + 1) / (articles + _MORE_ARTICLES)
    share = overall[columns]
    weeks = np.array([-1 if when is None else when[0] // WEEK for when in days], dtype=np.int64)
    houses = pd.factorize(pd.Series(list(outlets), dtype="object"))[0]
    for groups, reach, more in ((weeks, _WEEKS_AROUND, _MORE_AROUND), (houses, 0, _MORE_OF_OUTLET)):
        known, place = np.unique(groups, return_inverse=True)
        member = sparse.csr_array(
            (np.ones(articles, np.float32), (place, np.arange(articles))), shape=(len(known), articles)
        )
        around = sparse.csr_array((abs(known[:, None] - known[None, :]) <= reach).astype(np.float32))
        near, size = around @ (member @ has), around @ np.bincount(place, minlength=len(known))
        near.sort_indices()
        at = place[rows]
        among = (_look_up(near, at, columns) + more * overall[columns]) / (size[at] + more)
        share = np.where(groups[rows] < 0, share, np.maximum(share, among))
    factors = np.array([_factor(feature) for feature in names], dtype=np.float32)
    weight = -np.log(np.minimum(share, 1)) * factors[columns]
    return sparse.csr_array((weight.astype(np.float32), counts.indices, counts.indptr), counts.shape)


def _factor(feature: Feature) -> float:
    kind, value = feature
    return _GENERAL_WEIGHT if kind == "word" and value in GENERAL else KINDS[kind]


def _look_up(matrix: csr_array, rows: NDArray[np.int64], columns: NDArray[Any]) -> NDArray[np.float64]:
    return np.asarray(matrix[rows, columns]).ravel().astype(np.float64) if len(rows) else np.zeros(0)


def _pick(weights: csr_array, of: csr_array) -> csr_array:
    """The weights of the features that another matrix has; what opens an article stands in it too."""
    from scipy import sparse

    rows = np.repeat(np.arange(of.shape[0]), np.diff(of.indptr))
    return sparse.csr_array((_look_up(weights, rows, of.indices), of.indices, of.indptr), of.shape)


def _scale(counts: csr_array, weights: csr_array) -> csr_array:
    """Counts times weights, each row brought to length 1."""
    from scipy import sparse

    values = counts.data * weights.data
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    length = np.sqrt(np.bincount(rows, values**2, minlength=counts.shape[0]))
    length[length == 0] = 1
    scaled = (values / length[rows]).astype(np.float32)
    return sparse.csr_array((scaled, counts.indices, counts.indptr), counts.shape)
