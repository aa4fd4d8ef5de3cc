"""Rows of the tables as plain records, with null as None, and what is known of their articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.tables import Tables, known_rows


def frame_rows(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    """Rows as a DataFrame of words, but for the offsets ``start`` and ``end``."""
    frame = pd.DataFrame(rows, columns=list(columns))
    return frame.astype({name: "Int64" if name in ("start", "end") else "string" for name in columns})


def about_articles(tables: Tables) -> dict[str, dict[str, Any]]:
    """Article id -> outlet and publication interval."""
    names = ["article_id", "outlet", "published_earliest", "published_latest"]
    return {row["article_id"]: row for row in known_rows(tables.articles[names])}
