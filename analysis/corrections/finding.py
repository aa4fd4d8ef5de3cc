"""Corrections -> the rows they mean: by article, place and words, also where a page was copied anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.corrections.columns import SPANNED, read_cells, read_value, say_cell
from analysis.corrections.reading import Correction
from analysis.errors import CorpusFormatError, TextMismatchError, WorkbookError
from analysis.schema import TABLES
from analysis.tables import Tables, known_rows

# How much of a text a message shows.
_SHOWN = 60
# A row of a table with its label there.
Row = tuple[int, dict[str, Any]]

_AGAIN = "Look the row up again and copy its place, or take the line out."


@dataclass(frozen=True)
class Found:
    """The rows that a correction means, each with its label, and a note where its words moved."""

    correction: Correction
    rows: tuple[Row, ...]
    note: WorkbookError | None = None


class RowFinder:
    """Finds the rows of corrections in tables that no correction has changed yet.

    Args:
        tables: The tables as extracted.
        corrections: Those that will be looked for: only their articles are indexed.
    """

    def __init__(self, tables: Tables, corrections: Iterable[Correction]) -> None:
        wanted: dict[str, set[str]] = defaultdict(set)
        for correction in corrections:
            wanted[correction.table].add(correction.article_id)
        known = {article_id for ids in wanted.values() for article_id in ids}
        articles = tables.articles[tables.articles["article_id"].isin(known)]
        self.articles = {row["article_id"]: row for row in known_rows(articles)}
        self._labels = dict(zip(articles["article_id"], articles.index, strict=True))
        self._rows: dict[str, dict[tuple[str, str, int, int], list[Row]]] = {}
        for table in (name for name in SPANNED if name in wanted):
            frame = getattr(tables, table)
            chosen = frame[frame["article_id"].isin(wanted[table])]
            index = self._rows[table] = defaultdict(list)
            for label, row in zip(chosen.index, known_rows(chosen), strict=True):
                place = (row["article_id"], row.get("field") or "text", row["start"], row["end"])
                index[place].append((label, row))

    def find(self, correction: Correction) -> Found:
        """Find the rows that a correction means.

        Raises:
            TextMismatchError: The article or the words are not there, or no row stands at them.
            CorpusFormatError: Several rows stand there, and nothing says which.
        """
        if correction.article_id not in self.articles:
            raise TextMismatchError(
                f"There is no article '{correction.article_id}'.",
                allowed="An article_id of the table articles.",
                todo="If its page was renamed, rename it here too; else take the line out.",
            )
        if correction.table == "articles":
            label = self._labels[correction.article_id]
            return Found(correction, ((label, self.articles[correction.article_id]),))
        rows, note = self._at(correction)
        return Found(correction, tuple(self._choose(correction, rows)), note)

    def _at(self, correction: Correction) -> tuple[list[Row], WorkbookError | None]:
        """The rows at the words of a correction: where it says, else where they stand once."""
        has_field = "field" in TABLES[correction.table].names
        fields = ([correction.field] if correction.field else ["text", "headline"]) if has_field else ["text"]
        article, words, stood = self.articles[correction.article_id], correction.text, False
        for field in fields:
            if (article[field] or "")[correction.start : correction.end] == words:
                stood = True
                place = (correction.article_id, field, correction.start, correction.end)
                if place in self._rows[correction.table]:
                    return self._rows[correction.table][place], None
        if stood:
            raise _no_row(correction)
        places = [(field, at) for field in fields for at in _find_twice(article[field] or "", words)]
        if len(places) != 1:
            raise _not_once(correction, len(places))
        (field, at), size = places[0], len(words)
        rows = self._rows[correction.table].get((correction.article_id, field, at, at + size))
        if rows is None:
            raise _no_row(correction)
        moved = f"The words '{_short(words)}' moved from {correction.start} to {at}; corrected there."
        return rows, TextMismatchError(moved, todo=f"Write {at} and {at + size} as start and end.")

    def _choose(self, correction: Correction, rows: list[Row]) -> list[Row]:
        """Those of the rows at one place whose values are as the correction's ``was`` says."""
        if not correction.was:
            if len(rows) == 1:
                return rows
            options = [describe_row(correction.table, row, rows) for _, row in rows]
            raise CorpusFormatError(
                f"{len(rows)} rows of '{correction.table}' stand at '{_short(correction.text)}'.",
                allowed=f"In 'was': {' or '.join(dict.fromkeys(options))}.",
                todo="Add a column 'was' to the file and say in it which row is meant.",
            )
        chosen = [
            (label, row) for label, row in rows if fits(correction, row) or is_done(correction, row, rows)
        ]
        if not chosen:
            have = "; ".join(dict.fromkeys(describe_row(correction.table, row, rows) for _, row in rows))
            raise TextMismatchError(
                f"No row of '{correction.table}' at '{_short(correction.text)}' was '{correction.was}'.",
                allowed=f"There stands: {have or say_cell(correction.table, correction.column, rows[0][1])}.",
                todo=_AGAIN,
            )
        return chosen


def fits(correction: Correction, row: Mapping[str, Any]) -> bool:
    """Whether a row is as the ``was`` of a correction says."""
    conditions = _read_conditions(correction)
    return all(_is(correction.table, row, column, text) for column, text in conditions)


def is_done(correction: Correction, row: Mapping[str, Any], rows: list[Row]) -> bool:
    """Whether the one row of a place says already what the correction wants: extraction has got better."""
    return len(rows) == 1 and _is(correction.table, row, correction.column, correction.value)


def describe_row(table: str, row: Mapping[str, Any], rows: Iterable[tuple[int, Mapping[str, Any]]]) -> str:
    """The conditions that tell a row from the others at its place, as ``was`` takes them.

    The columns are tried one by one, those that name the row first; where none tells all of them apart,
    several are joined.
    """
    others = [other for _, other in rows if other is not row]
    told = []
    for column in ("frame", "codebook", "entry", "trigger_start", "term_group", "measure", "value"):
        if column in row and any(other[column] != row[column] for other in others):
            told.append(f"{column}={say_cell(table, column, row)}")
            others = [other for other in others if other[column] == row[column]]
    return "; ".join(told)


def _read_conditions(correction: Correction) -> list[tuple[str, str]]:
    names = TABLES[correction.table].names
    parts = [part.strip().partition("=") for part in correction.was.split(";")]
    if all(equals and name.strip() in names for name, equals, _ in parts):
        return [(name.strip(), text.strip()) for name, _, text in parts]
    return [(correction.column, correction.was)]


def _is(table: str, row: Mapping[str, Any], column: str, text: str) -> bool:
    spec = next((spec for spec in TABLES[table].columns if spec.name == column), None)
    try:
        wanted = {column: read_value(spec, text)} if spec else read_cells(table, column, text)
    except WorkbookError:
        return False
    return all(name in row and row[name] == value for name, value in wanted.items())


def _find_twice(text: str, words: str) -> list[int]:
    """Where words stand in a text; two places are as good as many."""
    first = text.find(words)
    second = text.find(words, first + 1) if first >= 0 else -1
    return [at for at in (first, second) if at >= 0]


def _no_row(correction: Correction) -> TextMismatchError:
    return TextMismatchError(
        f"The words '{_short(correction.text)}' stand there, but no row of '{correction.table}' has them.",
        allowed="start and end of a row, as the table has them.",
        todo=_AGAIN,
    )


def _not_once(correction: Correction, times: int) -> TextMismatchError:
    words = _short(correction.text)
    return TextMismatchError(
        f"The words '{words}' no longer stand at {correction.start} to {correction.end}, but more than once "
        "elsewhere."
        if times
        else f"The words '{words}' no longer stand in the article.",
        allowed="The text of the article from start to end, letter by letter.",
        todo=_AGAIN,
    )


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 3]}..."
