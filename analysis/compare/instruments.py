"""The life of an instrument as its sources tell it, and the events that nothing dates."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.compare.places import about_articles, frame_rows
from analysis.tables import Tables, known_rows

TRACE_COLUMNS = (
    "instrument", "status", "outlet", "article_id", "published_earliest", "published_latest", "date_earliest",
    "date_latest", "what", "event_id", "text", "start", "end", "field",
)  # fmt: skip
UNDATED_COLUMNS = (
    "why", "instrument", "status", "outlet", "article_id", "published_earliest", "published_latest", "what",
    "event_id", "text", "start", "end", "field",
)  # fmt: skip


def trace_instruments(tables: Tables) -> pd.DataFrame:
    """Follow each policy instrument through its tellings.

    Args:
        tables: The extracted tables.

    Returns:
        One row a telling that names an instrument: instrument, status, outlet, article_id, when the source
        says so (published_earliest, published_latest), when it happens (date_earliest, date_latest), what,
        event_id and the evidence (text, start, end, field). Sorted by instrument, then by publication;
        articles of unknown publication last.
    """
    rows = [row for row in _placed(tables) if row["instrument"]]
    rows.sort(key=lambda row: (row["instrument"], *_reading_order(row)))
    return frame_rows(rows, TRACE_COLUMNS)


def undated_events(tables: Tables) -> pd.DataFrame:
    """List the tellings of events that have no date, and why.

    Args:
        tables: The extracted tables.

    Returns:
        One row a telling without a date interval: ``why``, instrument, status, outlet, article_id,
        published_earliest, published_latest, what, event_id and the evidence (text, start, end, field), in
        order of publication.
    """
    dates: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in sorted(known_rows(tables.dates), key=lambda row: row["start"]):
        if row["type"] in ("DATE", "TIME"):
            dates[row["article_id"]].append(row)
    rows = [row for row in _placed(tables) if row["date_earliest"] is None]
    rows = [row | {"why": _say_why(row, dates.get(row["article_id"], ()))} for row in rows]
    return frame_rows(sorted(rows, key=_reading_order), UNDATED_COLUMNS)


def _say_why(event: Mapping[str, Any], dates: Sequence[Mapping[str, Any]]) -> str:
    if event["field"] == "headline":
        return "the headline gives no date"
    first = bisect_left(dates, event["start"], key=lambda row: row["start"])
    last = bisect_left(dates, event["end"], key=lambda row: row["start"])
    inside = dates[first:last]
    if not inside:
        return "no date expression in the sentence"
    if any(row["earliest"] for row in inside):
        return "the date expression of the sentence dates something else"
    if event["published_earliest"] is None:
        return "the date expression counts from a day of publication that is unknown"
    return "the date expression names no days of the calendar"


def _placed(tables: Tables) -> list[dict[str, Any]]:
    articles = about_articles(tables)
    nowhere = dict.fromkeys(("outlet", "published_earliest", "published_latest"))
    return [nowhere | articles.get(row["article_id"], {}) | row for row in known_rows(tables.events)]


def _reading_order(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["published_earliest"] or "~", row["published_latest"] or "~", row["article_id"], row["start"]
