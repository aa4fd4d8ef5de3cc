"""How alike two articles are in what they are about and when they appeared, and which pairs are compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.compare.sources.story_features import Features, find_gap
from analysis.tables import known_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

# Days that may lie between two articles on one story, and how much less alike each day makes them.
MOST_DAYS = 3
_PER_DAY = 0.2
# Without a day of publication only words in common say that it is one story: so many of the shorter article.
COPIED = 0.3
# The features by which an article is looked up, and how many articles it is held against.
_LOOKED_UP = 30
_MOST_COMPARED = 40
_AT_ONCE = 512


@dataclass(frozen=True)
class Shared:
    """What two articles share word for word: words of the longest passage, and containment."""

    words: int
    containment: float


class Pairs:
    """How alike two articles are, by their rows in the features."""

    def __init__(self, features: Features, passages: Mapping[tuple[int, int], Shared]) -> None:
        self.features = features
        self.passages = passages
        self._told: dict[int, set[str]] = defaultdict(set)
        for event, place in features.events:
            self._told[place].add(event)

    def events(self, a: int, b: int) -> list[str]:
        """Events that are the news of both."""
        return sorted(self._told.get(a, set()) & self._told.get(b, set()))

    def score(self, a: int, b: int) -> float:
        """How alike two articles are, 0 where they cannot be of one story."""
        a, b = min(a, b), max(a, b)
        days = self.features.days[a], self.features.days[b]
        fade = 1.0
        if days[0] and days[1]:
            gap = find_gap(days[0], days[1])
            if gap > MOST_DAYS:
                return 0.0
            fade -= _PER_DAY * gap
        elif not self._may_be_one(a, b):
            return 0.0
        return fade * (_cosine(self.features.body, a, b) + _cosine(self.features.lead, a, b))

    def _may_be_one(self, a: int, b: int) -> bool:
        """Whether articles of which one has no date are tied by more than their words."""
        shared = self.passages.get((a, b))
        copied = shared is not None and shared.containment >= COPIED
        return copied or bool(self.events(a, b))

    def candidates(self) -> Iterator[tuple[int, int]]:
        """Pairs worth comparing: those whose weightiest features meet, and all that share a passage."""
        yield from sorted({*self.passages, *self._tied_by_events(), *_meet(self.features)})

    def _tied_by_events(self) -> Iterator[tuple[int, int]]:
        tellers: dict[str, list[int]] = defaultdict(list)
        for event, place in sorted(self.features.events):
            tellers[event].append(place)
        for places in tellers.values():
            yield from combinations(places[:_MOST_COMPARED], 2)


def read_passages(reuse: pd.DataFrame, number: Mapping[str, int]) -> dict[tuple[int, int], Shared]:
    """What pairs of articles share word for word, by their rows in the features."""
    found: dict[tuple[int, int], Shared] = {}
    for row in known_rows(reuse):
        places = number.get(row["article_a"]), number.get(row["article_b"])
        if None in places or places[0] == places[1]:
            continue
        pair = min(places), max(places)
        words = max(row["words"] or 0, found[pair].words if pair in found else 0)
        found[pair] = Shared(words, row["containment"] or 0.0)
    return found


def find_common(matrix: csr_array, a: int, b: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """The features that two rows have in common, in their order, and the product of their weights."""
    first, second = (slice(matrix.indptr[row], matrix.indptr[row + 1]) for row in (a, b))
    columns, left, right = np.intersect1d(
        matrix.indices[first], matrix.indices[second], assume_unique=True, return_indices=True
    )
    return columns, matrix.data[first][left] * matrix.data[second][right]


def _cosine(matrix: csr_array, a: int, b: int) -> float:
    return float(find_common(matrix, a, b)[1].sum(dtype=np.float64))


def find_most_alike(features: Features) -> tuple[int, int] | None:
    """The two articles whose cosines add up to most, whatever their days; None where all are 0."""
    from scipy import sparse

    best: tuple[float, int, int] | None = None
    for first in range(0, len(features.ids), _AT_ONCE):
        block = slice(first, first + _AT_ONCE)
        alike = sum(matrix[block] @ matrix.T for matrix in (features.body, features.lead))
        above = sparse.triu(alike, first + 1).tocoo()
        if above.nnz:
            at = np.lexsort((above.col, above.row, -above.data))[0]
            found = -float(above.data[at]), first + int(above.row[at]), int(above.col[at])
            best = min(best or found, found)
    return best[1:] if best and best[0] < 0 else None


def _meet(features: Features) -> Iterator[tuple[int, int]]:
    """Pairs of articles near each other in time that share some of their weightiest features."""
    order = np.array(
        sorted(range(len(features.ids)), key=lambda row: (features.days[row] or (0, 0), features.ids[row])),
        dtype=np.int64,
    )
    heaviest = _keep_heaviest(features.body)[order]
    by_feature = heaviest.T.tocsc()
    starts = np.array([(features.days[row] or (0, 0))[0] for row in order])
    lasts = np.maximum.accumulate([(features.days[row] or (0, 0))[1] for row in order]) if len(order) else []
    for first in range(0, len(order), _AT_ONCE):
        block = slice(first, min(first + _AT_ONCE, len(order)))
        # articles that end too early, or begin too late, for every article of the block
        low = int(np.searchsorted(lasts, starts[block][0] - MOST_DAYS))
        high = int(np.searchsorted(starts, max(lasts[block]) + MOST_DAYS, side="right"))
        met = (heaviest[block] @ by_feature[:, low:high]).tocsr()
        for row in range(met.shape[0]):
            mine = slice(met.indptr[row], met.indptr[row + 1])
            others, alike = met.indices[mine] + low, met.data[mine]
            best = np.lexsort((others, -alike))[: _MOST_COMPARED + 1]
            for other in others[best]:
                a, b = int(order[first + row]), int(order[other])
                if a != b:
                    yield min(a, b), max(a, b)


def _keep_heaviest(matrix: csr_array) -> csr_array:
    from scipy import sparse

    columns, values, ends = [], [], [0]
    for row in range(matrix.shape[0]):
        mine = slice(matrix.indptr[row], matrix.indptr[row + 1])
        best = np.lexsort((matrix.indices[mine], -matrix.data[mine]))[:_LOOKED_UP]
        columns.append(matrix.indices[mine][best])
        values.append(matrix.data[mine][best])
        ends.append(ends[-1] + len(best))
    data = np.concatenate([np.zeros(0, np.float32), *values])
    indices = np.concatenate([np.zeros(0, np.int32), *columns])
    return sparse.csr_array((data, indices, np.array(ends)), shape=matrix.shape)
