"""What a correction may change, and how its values are written in a cell of ``corrections.csv``."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.corpus.provenance.days import read_day
from analysis.errors import CorpusFormatError, UnknownNameError, hint_at
from analysis.schema import TABLES, Column

ROW, EXCLUDE = "row", "exclude"
REMOVE, KEEP = "remove", "keep"
# Tables whose rows are found by an id alone, and the column that holds it.
KEYED = {"pages": "page", "articles": "article_id"}
# Tables whose rows are found by their words.
SPANNED = tuple(
    name for name, spec in TABLES.items() if {"article_id", "start", "corrected"} <= set(spec.names)
)
CORRECTABLE = (*KEYED, *SPANNED)

# What a row is, rather than what is said of it.
_FIXED = frozenset(
    "article_id page field start end text words headline language layout version_group on_topic_evidence "
    "paragraph sentence quote_id event_id codebook version entry attribution corrected".split()
)
# A row without it would be no row of its table.
_NEEDED = frozenset("kind closed voice frame term_group use type value status negated".split())
_NEEDED_IDS = frozenset({("mentions", "actor_id")})
_YES, _NO = ("true", "yes", "1"), ("false", "no", "0")


def list_columns(table: str) -> dict[str, Column]:
    """The columns of a table that a correction may name, with what may stand in them.

    An interval stands under one name beside its two ends: ``published``, ``date``, ``as_of``.
    """
    if table == "pages":
        return {EXCLUDE: Column(EXCLUDE, "bool", "Whether the page is left out of every table.")}
    own = {column.name: column for column in TABLES[table].columns if not _is_fixed(table, column.name)}
    for name in [name for name in own if name.endswith("earliest")]:
        stem = interval_of(name)
        own[stem] = Column(stem, "interval", f"Both ends: {own[name].meaning}")
    if table == "articles":
        own[EXCLUDE] = Column(EXCLUDE, "bool", "Whether the article is left out of every table.")
    else:
        own[ROW] = Column(ROW, "enum", "Whether the row stays in its table.", (REMOVE, KEEP))
    return own


def _is_fixed(table: str, name: str) -> bool:
    names = TABLES[table].names
    is_span = name.endswith(("_start", "_end"))
    is_spanned = f"{name}_start" in names or f"{name.removesuffix('_text')}_start" in names
    words_of_span = is_spanned and name in ("speaker_text", "cue", "trigger")
    return name in _FIXED or is_span or words_of_span or name.endswith("basis")


def interval_of(column: str) -> str:
    """The name of the interval that a column is an end of: ``date`` of ``date_earliest``; "" of others."""
    for end in ("earliest", "latest"):
        if column == end:
            return "date"
        if column.endswith(f"_{end}"):
            return column.removesuffix(f"_{end}")
    return ""


def ends_of(table: str, interval: str) -> tuple[str, str]:
    """The two columns of an interval."""
    stem = "" if "earliest" in TABLES[table].names else f"{interval}_"
    return f"{stem}earliest", f"{stem}latest"


def find_column(table: str, name: str) -> Column:
    """Look up what a correction of a table may change.

    Raises:
        UnknownNameError: There is no such table, or no such column that can be corrected.
    """
    if table not in CORRECTABLE:
        raise UnknownNameError.among("table that can be corrected", table, CORRECTABLE)
    columns = list_columns(table)
    if name in columns:
        return columns[name]
    hint = hint_at(name, columns)
    exists = table in TABLES and name in TABLES[table].names
    raise UnknownNameError(
        f"The column '{name}' of '{table}' says where the row stands or what it is made from, and stays."
        if exists
        else f"There is no column '{name}' in '{table}'.{hint}",
        allowed=f"Can be corrected: {', '.join(columns)}.",
        todo="Name one of these.",
    )


def read_cells(table: str, column: str, text: str) -> dict[str, Any]:
    """The value of a correction as the columns hold it: one column, or the two ends of an interval.

    Args:
        table: A table that can be corrected.
        column: One of its columns, see :func:`list_columns`.
        text: The value as written; "" is unknown.

    Raises:
        UnknownNameError: There is no such table or column.
        CorpusFormatError: The column does not take that value.
    """
    spec = find_column(table, column)
    if spec.type == "interval":
        return dict(zip(ends_of(table, column), _read_interval(text), strict=True))
    needed = column in _NEEDED or (table, column) in _NEEDED_IDS or column in (ROW, EXCLUDE)
    if text == "" and spec.type != "list" and needed:
        raise _refuse(text, column, "It is never unknown." if not spec.values else _say_values(spec))
    return {column: read_value(spec, text)}


def read_value(spec: Column, text: str) -> Any:
    """A value as written -> the value that stands in a DataFrame.

    Raises:
        CorpusFormatError: The column does not take that value.
    """
    if spec.type == "list":
        return [part for part in (part.strip() for part in text.split(";")) if part]
    if text == "":
        return None
    if spec.type == "enum" and text not in spec.values:
        hint = f"{hint_at(text, spec.values)} {_say_values(spec)}".strip()
        raise _refuse(text, spec.name, hint)
    if spec.type == "date":
        return _read_day(text, spec.name)
    if spec.type in ("float", "int", "offset"):
        return _read_number(text, spec)
    if spec.type == "bool":
        if text.lower() not in (*_YES, *_NO):
            raise _refuse(text, spec.name, "One of: true, false.")
        return text.lower() in _YES
    return text


def say_value(value: Any) -> str:
    """A value of a DataFrame as it is written in ``corrections.csv``; "" where it is unknown."""
    if isinstance(value, list | tuple):
        return "; ".join(value)
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        return str(bool(value)).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def say_cell(table: str, column: str, row: Mapping[str, Any]) -> str:
    """What stands in a column of a row, or in both ends of an interval, as it is written."""
    if column in row:
        return say_value(row[column])
    if column in (ROW, EXCLUDE):
        return ""
    first, last = (say_value(row[end]) for end in ends_of(table, column))
    return first if first == last else f"{first}/{last}"


def _read_interval(text: str) -> tuple[str | None, str | None]:
    """ "2025-01-03", or "2025-01-03/2025-01-31" with both days meant."""
    if text == "":
        return None, None
    first, slash, last = text.partition("/")
    # "03/01/2025" is one day, not two.
    both = (first, last) if slash and "-" in first else (text, text)
    days = [_read_day(part.strip(), "the interval") for part in both]
    if days[0] > days[1]:
        raise _refuse(text, "the interval", "The first day stands first.")
    return days[0], days[1]


def _read_day(text: str, column: str) -> str:
    day, wrong = read_day(text, not_after=datetime.date.max)
    if day is None:
        allowed = "A day YYYY-MM-DD, or for an interval two with a slash between them."
        raise _refuse(text, column, f"It is a value {wrong}. {allowed}" if wrong else allowed)
    return day


def _read_number(text: str, spec: Column) -> float | int:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise _refuse(text, spec.name, "A number with a full stop and no separators, such as 1300.5.")
    return number if spec.type == "float" else int(number)


def _say_values(spec: Column) -> str:
    return f"One of: {', '.join(spec.values)}."


def _refuse(text: str, column: str, allowed: str) -> CorpusFormatError:
    given = f"'{text}'" if text else "An empty value"
    return CorpusFormatError(
        f"{given} cannot stand in '{column}'.",
        allowed=allowed,
        todo="Mend the value; the other rows are fine.",
    )
