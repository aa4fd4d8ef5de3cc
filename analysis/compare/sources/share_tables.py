"""The tables of a comparison of shares: one row a label and source, two sources, or a label alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.compare.sources.power import articles_needed
from analysis.compare.sources.share_pairs import Group, P, difference_interval
from analysis.compare.sources.share_words import say_pair, say_share, say_verdict

Pair = tuple[int, int]
_TYPES = {
    "label": "string", "source": "string", "first": "string", "second": "string", "articles": "Int64",
    "of": "Int64", "share": "Float64", "difference": "Float64", "low": "Float64", "high": "Float64",
    "p": "Float64", "q": "Float64", "needed": "Int64", "says": "string",
}  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """All that is known of each source and each label, before it is written down.

    Attributes:
        what: What articles are compared by.
        labels: The labels.
        sources: The sources.
        groups: What was measured of each source.
        pairs: Two sources each, by their places, with how many texts of each can change sides.
        results: P-values, plain and corrected, of the pairs that could be tested.
    """

    what: str
    labels: Sequence[str]
    sources: Sequence[str]
    groups: Sequence[Group]
    pairs: Mapping[Pair, Pair]
    results: Mapping[Pair, P]

    @cached_property
    def tested(self) -> int:
        """How many differences were tested."""
        return sum(int((~np.isnan(p)).sum()) for p, _ in self.results.values())

    def order_labels(self) -> list[int]:
        """Places of the labels, those with the largest differences first, of sources that can be tested."""
        articles = np.sum([group.having for group in self.groups], axis=0)
        apart = np.zeros(len(self.labels))
        for one, other in list(self.results) or self.pairs:
            apart = np.maximum(apart, np.abs(self.groups[one].share - self.groups[other].share))
        return sorted(range(len(self.labels)), key=lambda at: (-apart[at], -articles[at], self.labels[at]))

    def describe_shares(self) -> pd.DataFrame:
        """One row a label and source."""
        rows = []
        for label in self.order_labels():
            for source, group in zip(self.sources, self.groups, strict=True):
                ends = group.interval(label) or (None, None)
                share = group.share[label]
                rows.append((self.labels[label], source, group.having[label], group.articles, share, *ends))
        return _frame(rows, ["label", "source", "articles", "of", "share", "low", "high"])

    def describe_differences(self) -> pd.DataFrame:
        """One row a label and two sources."""
        rows = [self._describe_pair(label, pair) for label in self.order_labels() for pair in self.pairs]
        columns = ["label", "first", "second", "difference", "low", "high", "p", "q", "needed", "says"]
        return _frame(rows, columns)

    def describe_labels(self, result: P | None) -> pd.DataFrame:
        """One row a label, with what came of the test of all sources at once."""
        p, q = result or (np.full(len(self.labels), np.nan),) * 2
        rows = []
        for label in self.order_labels():
            said = "; ".join(self._say_share(label, at) for at in range(len(self.sources)))
            verdict = _known(q[label])
            if verdict is not None:
                said += f": {say_verdict(verdict, 'the sources differ')}"
            rows.append((self.labels[label], _known(p[label]), verdict, said))
        return _frame(rows, ["label", "p", "q", "says"])

    def _describe_pair(self, label: int, pair: Pair) -> tuple:
        first, second = (self.groups[at] for at in pair)
        shares = float(first.share[label]), float(second.share[label])
        p = q = needed = ends = None
        if pair in self.results:
            p, q = (_known(each[label]) for each in self.results[pair])
            if p is not None:
                ends = difference_interval(first, second, label)
            if first.counted:
                needed = articles_needed(*shares, tests=max(1, self.tested))
        apart = shares[0] - shares[1]
        able = self.pairs[pair] if pair not in self.results else None
        said = say_pair([self._say_share(label, at) for at in pair], able, apart, ends, q, needed)
        names = (self.sources[at] for at in pair)
        return self.labels[label], *names, apart, *(ends or (None, None)), p, q, needed, said

    def _say_share(self, label: int, source: int) -> str:
        group = self.groups[source]
        having, share = int(group.having[label]), float(group.share[label])
        return say_share(self.sources[source], having, group.articles, share, self.what)


def _known(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)


def _frame(rows: Sequence[tuple], columns: Sequence[str]) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=list(columns), dtype="object")
    return made.astype({name: _TYPES[name] for name in columns})
