"""What follows where a correction says that a passage is no quotation, or is one: whose words stand in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from analysis.corrections.columns import REMOVE, ROW
from analysis.schema import TABLES
from analysis.tables import Tables, known_rows

# (table, label of the row, column) and the value that stands there.
Values = Mapping[tuple[str, int, str], Any]
# A quotation as it stands after the corrections, and the field that it stands in.
Quote = Mapping[str, Any]
Place = tuple[str, str]

_VOICED = tuple(name for name, spec in TABLES.items() if "voice" in spec.names)


def follow_voices(tables: Tables, given: Values) -> Iterator[tuple[tuple[str, int, str], Any]]:
    """The voice, quotation and speaker of rows that stand where a quotation goes or comes.

    A row goes by the quotations that are left, as it does when it is extracted.

    Args:
        tables: The tables as extracted.
        given: What corrections say, and what follows from corrected speakers.
    """
    from analysis.language.kinds import QUOTING

    turned: dict[Place, list[Quote]] = defaultdict(list)
    for label in {label for table, label, column in given if table == "quotes" and column in (ROW, "kind")}:
        (old,) = known_rows(tables.quotes.loc[[label]])
        if (old["kind"] in QUOTING) != _quotes(label, old, given, QUOTING):
            turned[_place(old)].append(old)
    if not turned:
        return
    left: dict[Place, list[Quote]] = defaultdict(list)
    for label, quote in _rows_at(tables, "quotes", turned):
        if _quotes(label, quote, given, QUOTING):
            speaker = given.get(("quotes", label, "speaker"), quote["speaker"])
            left[_place(quote)].append({**quote, "speaker": speaker})
    texts = {row["article_id"]: row for row in known_rows(tables.articles)}
    for table in _VOICED:
        for label, row in _rows_at(tables, table, turned):
            place = article_id, field = _place(row)
            if any(_overlaps(row, quote) for quote in turned[place]):
                text = texts[article_id][field]
                for column, value in _voice(text, row, left[place]).items():
                    cell = table, label, column
                    if column in row and given.get(cell, row[column]) != value:
                        yield cell, value


def _quotes(label: int, quote: Quote, given: Values, quoting: frozenset[str]) -> bool:
    """Whether a row of ``quotes`` stands after the corrections and gives somebody's words."""
    kind = given.get(("quotes", label, "kind"), quote["kind"])
    return kind in quoting and given.get(("quotes", label, ROW)) != REMOVE


def _voice(text: str, row: Mapping[str, Any], quotes: list[Quote]) -> dict[str, Any]:
    from analysis.language.kinds import tell_voice

    touched = sorted((quote for quote in quotes if _overlaps(row, quote)), key=lambda quote: quote["start"])
    spans = [(quote["start"], quote["end"]) for quote in touched]
    first = touched[0] if touched else {"quote_id": None, "speaker": None}
    voice = tell_voice(text, row["start"], row["end"], spans)
    return {"voice": voice, "quote_id": first["quote_id"], "speaker": first["speaker"]}


def _rows_at(tables: Tables, table: str, places: Mapping[Place, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    frame = getattr(tables, table)
    chosen = frame[frame["article_id"].isin({article_id for article_id, _ in places})]
    for label, row in zip(chosen.index, known_rows(chosen), strict=True):
        if _place(row) in places:
            yield label, row


def _place(row: Mapping[str, Any]) -> Place:
    return row["article_id"], row.get("field") or "text"


def _overlaps(row: Mapping[str, Any], quote: Quote) -> bool:
    return row["start"] < quote["end"] and quote["start"] < row["end"]
