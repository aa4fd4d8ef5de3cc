"""Where sources differ on the status of an event, its date or a figure: one row a side, with evidence."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from analysis.compare.contradictions import find_contradictions, is_growing
from analysis.compare.places import about_articles, frame_rows
from analysis.tables import Tables, known_rows

DIFFERENCE_COLUMNS = (
    "difference", "kind", "about", "article_id", "outlet", "published_earliest", "published_latest", "says",
    "text", "start", "end", "field", "note",
)  # fmt: skip
DIFFERENCE_KINDS = ("status", "date", "figure")

# "Past fact" says that something happened, "reported" who is answerable for it: neither contradicts these.
_AGREEING = {
    "past fact": ("announced", "agreed", "in force", "scrapped", "reported"),
    "reported": ("proposed", "announced", "in negotiation", "agreed", "in force", "scrapped", "ruled out"),
}
_OPENING_WORDS = 8
_SIGNS = {">": "more than ", "<": "less than ", "~": "about "}

Row = Mapping[str, Any]


def find_differences(tables: Tables) -> pd.DataFrame:
    """Find where sources differ about one event or one figure.

    * ``status``: tellings of one event give statuses that do not go together, as "proposed" and "in force".
    * ``date``: tellings of one event give intervals that have no day in common.
    * ``figure``: claims about one measure, period and time that cannot all be true, bounds honoured: "more
      than 20,000" goes with 21,977.

    Args:
        tables: The extracted tables.

    Returns:
        One row a side of a difference, in reading order within it: ``difference`` (its id), ``kind``,
        ``about``, article_id, outlet, published_earliest and _latest, ``says``, the evidence (text, start,
        end, field) and ``note``, which says what to make of it. No rows where nothing differs.
        ``attrs["left_out"]`` counts what could not be compared, by reason.
    """
    articles = about_articles(tables)
    tellings: dict[str, list[Row]] = {}
    for row in known_rows(tables.events):
        tellings.setdefault(row["event_id"], []).append(row)
    several = [group for group in tellings.values() if len(group) > 1]
    contradictions, left_out = find_contradictions(known_rows(tables.figures))
    undated = sum(row["date_earliest"] is None for group in several for row in group)
    if undated:
        left_out["tellings of an event told more than once that give it no date"] = undated
    rows = [
        *(side for group in several for side in _status_sides(group, articles)),
        *(side for group in several for side in _date_sides(group, articles)),
        *(side for group in contradictions for side in _figure_sides(group, articles)),
    ]
    frame = frame_rows(rows, DIFFERENCE_COLUMNS)
    frame.attrs["left_out"] = dict(left_out)
    return frame


def _status_sides(group: Sequence[Row], articles: Mapping[str, Row]) -> Iterator[dict[str, Any]]:
    given: dict[str, set[str]] = {}
    for row in group:
        if row["status"]:
            given.setdefault(_opening(row), set()).add(row["status"])
    # Where copies of one sentence are read in two ways, the reading differs and not the sources.
    clear = {opening: statuses.pop() for opening, statuses in given.items() if len(statuses) == 1}
    said = set(clear.values())
    differing = {a for a in said for b in said if a != b and not _go_together(a, b)}
    sides = [row for row in group if clear.get(_opening(row)) in differing]
    if _are_apart(sides):
        note = _note_on_status(sides, articles)
        yield from _sides("status", group[0], sides, articles, lambda row: row["status"], note)


def _opening(row: Row) -> str:
    """The first words of a clause, by which copies of it are known."""
    return " ".join(re.findall(r"\w+", row["what"] or row["text"])[:_OPENING_WORDS]).lower()


def _are_apart(sides: Sequence[Row]) -> bool:
    """Whether the sides stand in two sentences at least: two words of one sentence do not differ."""
    return len({(row["article_id"], row["field"], row["start"]) for row in sides}) > 1


def _go_together(a: str, b: str) -> bool:
    return b in _AGREEING.get(a, ()) or a in _AGREEING.get(b, ())


def _note_on_status(sides: Sequence[Row], articles: Mapping[str, Row]) -> str:
    """Whether the statuses were given at the same time, or one certainly later, as things developed."""
    if len({row["article_id"] for row in sides}) == 1:
        return "One article gives both."
    spans: dict[str, list[tuple[str, str]]] = {}
    for row in sides:
        article = articles.get(row["article_id"], {})
        earliest, latest = article.get("published_earliest"), article.get("published_latest")
        if not earliest or not latest:
            return "When an article appeared is unknown: this may be a development or a difference."
        spans.setdefault(row["status"], []).append((earliest, latest))
    order = sorted(spans, key=lambda status: (min(spans[status]), status))
    for first, later in pairwise(order):
        if max(latest for _, latest in spans[first]) >= min(earliest for earliest, _ in spans[later]):
            return "The articles may have appeared at the same time: the sources differ."
    steps = ", then ".join(f"“{status}”" for status in order)
    return f"The articles appeared one after the other ({steps}): this may be a development."


def _date_sides(group: Sequence[Row], articles: Mapping[str, Row]) -> Iterator[dict[str, Any]]:
    dated = [row for row in group if row["date_earliest"] and _is_stated(row)]
    if not dated:
        return
    first_end = min(row["date_latest"] for row in dated)
    last_start = max(row["date_earliest"] for row in dated)
    sides = [row for row in dated if row["date_earliest"] > first_end or row["date_latest"] < last_start]
    if _are_apart(sides):
        note = "No day stands in all of these intervals."
        yield from _sides("date", group[0], sides, articles, _say_date, note)


def _is_stated(row: Row) -> bool:
    """Whether words date a telling: the day on which an article appeared contradicts nobody."""
    return row["date_text"] is not None or row.get("date_basis") != "publication"


def _say_date(row: Row) -> str:
    words = f" (“{row['date_text']}”)" if row["date_text"] else ""
    return say_days(row["date_earliest"], row["date_latest"]) + words


def _figure_sides(group: Sequence[Row], articles: Mapping[str, Row]) -> Iterator[dict[str, Any]]:
    first = group[0]
    when = say_days(min(row["as_of_earliest"] for row in group), max(row["as_of_latest"] for row in group))
    about = {"what": f"{first['codebook_measure']}, {first['period']}, {when}", "event_id": None}
    note = "With their bounds and their rounding, these figures cannot all be true."
    if is_growing(first["period"]) and len({row["as_of_latest"] for row in group}) > 1:
        note = "The count grows through its period, and yet a later figure is lower than an earlier one."
    yield from _sides("figure", about, group, articles, _say_claim, note)


def say_days(earliest: str | None, latest: str | None) -> str:
    """An interval of days in words: "2025-07-09", "2025-07-01 to 2025-07-31", "no date"."""
    if not earliest or not latest:
        return "no date"
    return earliest if earliest == latest else f"{earliest} to {latest}"


def say_amount(figure: Row) -> str:
    """The number of a figure with its unit: "5 to 6 people"."""
    if figure["value"] is None:
        return "a number that could not be read"
    high = "" if figure["high"] is None else f" to {figure['high']:,.10g}"
    return f"{figure['value']:,.10g}{high} {figure['unit'] or ''}".rstrip()


def say_value(figure: Row) -> str:
    """What a figure claims: "up more than 20,000 people"."""
    moved = f"{figure['direction']} " if figure["direction"] else ""
    return f"{moved}{_SIGNS.get(figure['change'] or '', '')}{say_amount(figure)}"


def _say_claim(row: Row) -> str:
    return f"{say_value(row)}, as of {say_days(row['as_of_earliest'], row['as_of_latest'])}"


def _sides(
    kind: str,
    about: Row,
    sides: Iterable[Row],
    articles: Mapping[str, Row],
    say: Callable[[Row], str],
    note: str,
) -> Iterator[dict[str, Any]]:
    placed = [(articles.get(row["article_id"], {}), row) for row in sides]
    placed.sort(key=_reading_order)
    first = placed[0][1]
    key = f"{kind} {about['event_id'] or first['article_id']} {first['start']} {about['what']}"
    for article, row in placed:
        yield {
            "difference": "difference-" + hashlib.sha256(key.encode()).hexdigest()[:10],
            "kind": kind,
            "about": about["what"],
            "article_id": row["article_id"],
            **{name: article.get(name) for name in ("outlet", "published_earliest", "published_latest")},
            "says": say(row),
            **{name: row[name] for name in ("text", "start", "end", "field")},
            "note": note,
        }


def _reading_order(placed: tuple[Row, Row]) -> tuple[Any, ...]:
    article, row = placed
    return article.get("published_earliest") or "~", row["article_id"], row["start"]
