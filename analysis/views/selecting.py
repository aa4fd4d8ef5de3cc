"""The rows of evidence that pass the filters, as the views count them in the browser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.views.encoding import UNKNOWN, as_lists
from analysis.views.searching import find_sentences, parse_search

NO_FILTERS: dict[str, Any] = {"choices": {}, "start": "", "end": "", "search": ""}


def select_rows(evidence: pd.DataFrame, filters: Mapping[str, Any]) -> pd.DataFrame:
    """The rows that pass the filters.

    Args:
        evidence: What a function of :mod:`analysis.views.evidence` gives.
        filters: ``choices`` (of a dimension, the values of which a row has one), ``start`` and ``end``
            (``YYYY-MM-DD``; a row without a date passes neither) and ``search``, each as the views set it.
    """
    asked = {**NO_FILTERS, **filters}
    keep = np.ones(len(evidence), dtype=bool)
    for name, values in asked["choices"].items():
        if values:
            chosen = set(values)
            keep &= np.array([bool(chosen & set(each)) for each in as_lists(evidence[name])], dtype=bool)
    if asked["start"]:
        keep &= (evidence["date_latest"] >= asked["start"]).fillna(False).to_numpy(dtype=bool)
    if asked["end"]:
        keep &= (evidence["date_earliest"] <= asked["end"]).fillna(False).to_numpy(dtype=bool)
    if parse_search(asked["search"]):
        keep &= find_sentences(asked["search"], evidence["sentence"])
    return evidence[keep]


def rank_values(evidence: pd.DataFrame, name: str, lane: str) -> list[str]:
    """Values of a column by how many lanes in how many articles they fill, then by rows; unknown last."""
    columns = (as_lists(evidence[each]) for each in (name, lane))
    pairs: dict[str, set[tuple[str, str]]] = {}
    rows: Counter[str] = Counter()
    for article, values, lanes in zip(evidence["article_id"], *columns, strict=True):
        rows.update(values)
        for value in values:
            pairs.setdefault(value, set()).update((each, article) for each in lanes)
    return sorted(pairs, key=lambda value: (value == UNKNOWN, -len(pairs[value]), -rows[value], value))
