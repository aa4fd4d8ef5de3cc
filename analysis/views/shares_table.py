"""Shares as people read them: a row a frame, a column a voice or outlet, "k of n" with its interval."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.tables import known_rows
from analysis.views.table import TableView, show_table

_COUNTS = ("units", "matches")
_NAMES = {"narration": "journalist", "quotation": "quoted"}


def show_shares(
    shares: pd.DataFrame, caption: str, *, groups: int = 6, most: int = 40, empty: str = "There are none."
) -> TableView:
    """Show shares with a column a group: "85 of 354 (9 to 42%)", the interval only where there is one.

    Args:
        shares: What :func:`analysis.frame_shares`, :func:`analysis.term_shares` or
            :func:`analysis.metaphor_shares` gives.
        caption: What it shows, as a plain phrase.
        groups: How many groups to show, the first ones; the caption says how many are left out.
        most: How many rows at the most.
        empty: What to say where there is no row.
    """
    count = next(name for name in _COUNTS if name in shares)
    *by, label = shares.columns[: list(shares.columns).index(count)]
    if not by:
        shares, by = shares.assign(share_in="share"), ["share_in"]
    names = list(dict.fromkeys(shares[by[0]]))
    shown = {name: _NAMES.get(name, name) for name in names[:groups]}
    rows: dict[str, dict[str, Any]] = {}
    for row in known_rows(shares):
        if row[by[0]] in shown:
            rows.setdefault(row[label], {label: row[label]})[shown[row[by[0]]]] = _cell(row, count)
    left = f"; {len(names) - len(shown)} more not shown" if len(names) > len(shown) else ""
    data = pd.DataFrame(list(rows.values()), columns=[label, *shown.values()])
    return show_table(data, caption + left, most=most, empty=empty)


def _cell(row: dict[str, Any], count: str) -> str:
    said = f"{row[count]:,} of {row['of']:,}"
    return said if row["low"] is None else f"{said} ({row['low'] * 100:.0f} to {row['high'] * 100:.0f}%)"
