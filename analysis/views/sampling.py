"""Which rows of a large table travel to the browser: a stratified sample, the same for the same rows.

A row is chosen by a hash of the seed and of what the row says, not by its place: whatever the order in which
the rows come, the same ones are chosen. Strata get rows in proportion to their size (largest remainders), and
one row at least each where there is room.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

#: Rows of evidence that travel with a view, unless it is told otherwise.
MOST_TRAVELLING = 20_000
# What tells two claims apart, of the columns that evidence may have.
_IDENTITY = ("article_id", "field", "start", "end", "match_start", "match_end", "event_id", "sentence")


def sample_rows(
    evidence: pd.DataFrame, by: Sequence[str], *, most: int = MOST_TRAVELLING, seed: int = 0
) -> np.ndarray:
    """Choose which rows travel.

    Args:
        evidence: What a function of :mod:`analysis.views.evidence` gives.
        by: The columns whose values together make the strata; a cell may hold a list.
        most: How many rows may travel.
        seed: Another seed chooses other rows.

    Returns:
        Places of the rows, ascending, so that rows keep the order they had: all of them where they are no
        more than ``most``.
    """
    if len(evidence) <= most:
        return np.arange(len(evidence))
    strata = _number_strata(evidence, by)
    identity = [name for name in dict.fromkeys((*_IDENTITY, *by)) if name in evidence]
    order = np.lexsort((_hash_rows(evidence, identity, seed), strata))
    sizes = np.bincount(strata)
    first = np.cumsum(sizes) - sizes
    rank = np.arange(len(order)) - first[strata[order]]
    return np.sort(order[rank < share_rows(sizes, most)[strata[order]]])


def share_rows(sizes: Sequence[int] | np.ndarray, most: int) -> np.ndarray:
    """How many rows each stratum gives.

    Args:
        sizes: How many rows each stratum has, one at least.
        most: How many rows are wanted of all of them together.

    Returns:
        Numbers that sum to ``most``, or to all rows where they are fewer. Where ``most`` has room for all
        strata, one whose share is less than a row gives one; the others share what is left, each its exact
        share rounded up or down.
    """
    sizes = np.asarray(sizes, dtype=np.int64)
    if sizes.sum() <= most:
        return sizes.copy()
    given = np.zeros(len(sizes), dtype=np.int64)
    open_ = np.ones(len(sizes), dtype=bool)
    while most >= len(sizes):
        left, rows = most - given.sum(), sizes[open_].sum()
        small = open_ & (sizes * left < rows)
        if not small.any():
            break
        given[small], open_[small] = 1, False
    left, rows = int(most - given.sum()), int(sizes[open_].sum())
    if rows:
        parts = sizes[open_] * left
        shares = parts // rows
        # Of two strata with one remainder, the first in the order of their names.
        ranked = np.argsort(-(parts % rows), kind="stable")
        shares[ranked[: left - shares.sum()]] += 1
        given[open_] = shares
    return given


def _number_strata(evidence: pd.DataFrame, by: Sequence[str]) -> np.ndarray:
    """The stratum of each row, in the order of what the strata are called."""
    if not by:
        return np.zeros(len(evidence), dtype=np.int64)
    number = pd.Series(0, index=evidence.index)
    for name in by:
        codes, values = pd.factorize(_as_words(evidence[name]), sort=True, use_na_sentinel=False)
        number = number * len(values) + codes
        # Numbered anew, so that many columns of many values cannot run over.
        number = pd.Series(pd.factorize(number, sort=True)[0], index=evidence.index)
    return number.to_numpy(np.int64)


def _hash_rows(evidence: pd.DataFrame, names: Sequence[str], seed: int) -> np.ndarray:
    """A number for each row, by the seed and by what the row says in some columns."""
    words = pd.DataFrame({name: _as_words(evidence[name]) for name in names})
    # A finaliser of SplitMix64 (Steele, Lea and Flood, 2014): one bit of the seed changes half of the number.
    mixed = pd.util.hash_pandas_object(words, index=False).to_numpy(np.uint64)
    mixed = mixed + np.uint64((seed * 0x9E3779B97F4A7C15) % 2**64)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _as_words(column: pd.Series) -> pd.Series:
    """A column that can be sorted and hashed: what may hold lists, or several types, becomes words."""
    if not pd.api.types.is_object_dtype(column):
        return column
    words = [None if _is_nothing(cell) else str(cell) for cell in column]
    return pd.Series(words, index=column.index, dtype="string")


def _is_nothing(cell: Any) -> bool:
    return not isinstance(cell, (list, tuple)) and bool(pd.isna(cell))
