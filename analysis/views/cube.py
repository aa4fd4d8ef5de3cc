"""Counts of all rows of a large table, for views that hold a sample of them.

A cell is one combination of the dimensions' values and of the periods that a row's first and last day lie in,
with the number of its rows. Articles with the same set of cells are one class, so that the articles of any
selection of cells are counted exactly, each once, without a list of all articles.

DuckDB counts; what it reads is a DataFrame, or a view of any size with the same columns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.views.encoding import UNKNOWN, as_lists, sort_values

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: Cells that travel with a view.
MOST_CELLS = 50_000
#: Cells of all classes of articles together; where they are more, articles are counted in the sample.
MOST_CLASSED = 200_000
#: How finely days are told apart, from fine to coarse; browsers know these names.
PERIODS = ("days", "months", "years")
#: Stands for no day at all, as in the browser.
UNDATED = -(2**31)
_DATES = ("date_earliest", "date_latest")
_ROWS = " rows"  # no column's name


@dataclass(frozen=True)
class Cube:
    """Counts of all rows, as columns with an entry a cell.

    Attributes:
        period: How finely days are told apart: "days", "months" or "years".
        values: Of each dimension that is counted, all its values, as the views list them.
        codes: Of each of them, which value each cell has; a list where a row can have several.
        start: The first day that a row of the cell may lie on, in days since 1970; ``UNDATED`` for none.
        end: The last day.
        rows: How many rows a cell has.
        classes: How many articles are alike in the cells that they have, and those cells; None where they
            would be too many.
        dropped: Dimensions that are not counted, as they have too many values.
        articles: How many articles have a row.
    """

    period: str
    values: dict[str, list[str]]
    codes: dict[str, list[Any]]
    start: list[int]
    end: list[int]
    rows: list[int]
    classes: list[tuple[int, list[int]]] | None
    dropped: tuple[str, ...]
    articles: int

    def data(self) -> dict[str, Any]:
        """The cube as the browser reads it: each span of days stands once, each class after its size."""
        spans: dict[tuple[int, int], int] = {}
        span = [spans.setdefault(days, len(spans)) for days in zip(self.start, self.end, strict=True)]
        classes = self.classes and [[size, *cells] for size, cells in self.classes]
        return {
            "period": self.period, "codes": self.codes, "spans": list(map(list, spans)), "span": span,
            "rows": self.rows, "classes": classes,
        }  # fmt: skip


def count_evidence(evidence: pd.DataFrame, dimensions: Sequence[str], *, most: int = MOST_CELLS) -> Cube:
    """Count all rows of a frame of evidence.

    Args:
        evidence: What a function of :mod:`analysis.views.evidence` gives.
        dimensions: The columns to count by; a cell may hold a list.
        most: How many cells there may be: see :func:`count_cells`.
    """
    import duckdb

    columns = {name: _as_text(evidence[name]) for name in dict.fromkeys((*dimensions, "article_id", *_DATES))}
    # What is not there is never fetched.
    settings = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    with duckdb.connect(config=settings) as connection:
        connection.register("evidence", pd.DataFrame(columns))
        return count_cells(connection, "evidence", dimensions, most=most)


def count_cells(
    connection: DuckDBPyConnection,
    source: str,
    dimensions: Sequence[str],
    *,
    most: int = MOST_CELLS,
    most_classed: int = MOST_CLASSED,
) -> Cube:
    """Count all rows of a table or view.

    Where there are more cells than ``most``, days are told apart by months, then by years; where that is not
    enough, the dimension with most values is not counted.

    Args:
        connection: Where the table or view is known.
        source: Its name. It has ``article_id``, ``date_earliest`` and ``date_latest`` (days, or words that
            are days) and the dimensions: words, or lists of words.
        dimensions: Its columns to count by.
        most: How many cells there may be.
        most_classed: How many cells all classes of articles together may have.
    """
    names = list(dimensions)
    counter = _Counter(connection, source, names)
    sizes = {name: len(counter.list_values(name)) for name in names}
    while True:
        found = next((each for each in PERIODS if counter.count_combinations(names, each) <= most), None)
        if found or not names:
            break
        names.remove(max(names, key=lambda name: (sizes[name], name)))
    period = found or PERIODS[-1]
    cells = counter.list_cells(names, period)
    values = {name: sort_values(counter.list_values(name)) for name in names}
    return Cube(
        period=period,
        values=values,
        codes={name: _encode(cells[name], values[name]) for name in names},
        start=cells[_DATES[0]],
        end=cells[_DATES[1]],
        rows=cells[_ROWS],
        classes=counter.list_classes(names, most_classed),
        dropped=tuple(name for name in dimensions if name not in names),
        articles=counter.count_articles(),
    )


class _Counter:
    """The questions to DuckDB about one table: its rows with words for what is not stated, and no nulls."""

    def __init__(self, connection: DuckDBPyConnection, source: str, dimensions: Sequence[str]) -> None:
        self._connection = connection
        types = {name: kind for name, kind, *_ in self._ask(f"DESCRIBE SELECT * FROM {_quote(source)}")}
        self._lists = {name for name in dimensions if types[name].endswith("]")}
        self._column = {name: f"value_{at}" for at, name in enumerate(dimensions)}
        words = [f"{self._clean(name)} AS {column}" for name, column in self._column.items()]
        days = [f"TRY_CAST({_quote(name)} AS DATE) AS {name}" for name in _DATES]
        # Materialised once: every question after it reads these columns alone.
        self._make("rows", f"SELECT {', '.join(['article_id', *words, *days])} FROM {_quote(source)}")

    def list_values(self, name: str) -> list[str]:
        """All values of a dimension, as words."""
        column = self._column[name]
        each = f"unnest({column})" if name in self._lists else column
        return [value for (value,) in self._ask(f"SELECT DISTINCT {each} FROM framelines_rows")]

    def count_combinations(self, names: Sequence[str], period: str) -> int:
        """How many cells there would be."""
        keys = ", ".join([*(self._column[name] for name in names), *_period_days(period)])
        return self._ask(f"SELECT count(*) FROM (SELECT DISTINCT {keys} FROM framelines_rows)")[0][0]

    def count_articles(self) -> int:
        """How many articles have a row."""
        return self._ask("SELECT count(DISTINCT article_id) FROM framelines_rows")[0][0]

    def list_cells(self, names: Sequence[str], period: str) -> dict[str, list[Any]]:
        """The cells in their order, as columns, with their number of rows."""
        columns = [self._column[name] for name in names]
        first, last = _period_days(period)
        keys = ", ".join([*columns, "first_day", "last_day"])
        listed = ", ".join(["article_id", *columns, f"{first} AS first_day", f"{last} AS last_day"])
        self._make("keys", f"SELECT {listed} FROM framelines_rows")
        grouped = f"SELECT {keys}, count(*) AS number FROM framelines_keys GROUP BY {keys}"
        self._make("cells", f"SELECT row_number() OVER (ORDER BY {keys}) - 1 AS cell, * FROM ({grouped})")
        rows = self._ask(f"SELECT {keys}, number FROM framelines_cells ORDER BY cell")
        found = zip(*rows, strict=True) if rows else ((),) * (len(columns) + 3)
        return dict(zip([*names, *_DATES, _ROWS], map(list, found), strict=True))

    def list_classes(self, names: Sequence[str], most: int) -> list[tuple[int, list[int]]] | None:
        """Articles with the same cells: how many they are, and the cells. Those of the cells listed last."""
        keys = ", ".join([*(self._column[name] for name in names), "first_day", "last_day"])
        own = (
            "SELECT list_sort(list(DISTINCT cell)) AS cells FROM framelines_keys "
            f"JOIN framelines_cells USING ({keys}) GROUP BY article_id"
        )
        self._make("classes", f"SELECT count(*) AS size, cells FROM ({own}) GROUP BY cells")
        if (self._ask("SELECT sum(len(cells)) FROM framelines_classes")[0][0] or 0) > most:
            return None
        return self._ask("SELECT size, cells FROM framelines_classes ORDER BY cells")

    def _clean(self, name: str) -> str:
        column = _quote(name)
        if name in self._lists:
            words = f"list_sort(list_distinct(CAST({column} AS VARCHAR[])))"
            return f"CASE WHEN len({column}) > 0 THEN {words} ELSE ['{UNKNOWN}'] END"
        return f"coalesce(CAST({column} AS VARCHAR), '{UNKNOWN}')"

    def _ask(self, query: str) -> list[Any]:
        return self._connection.execute(query).fetchall()

    def _make(self, name: str, query: str) -> None:
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE framelines_{name} AS {query}")


def _period_days(period: str) -> tuple[str, str]:
    """The first day of the period of a row's first day, and the last of that of its last day, in SQL."""
    first, last = _DATES
    if period != "days":
        unit = period.removesuffix("s")
        first = f"date_trunc('{unit}', {first})"
        last = f"date_trunc('{unit}', {last}) + INTERVAL 1 {unit} - INTERVAL 1 DAY"
    return tuple(
        f"coalesce(date_diff('day', DATE '1970-01-01', CAST({day} AS DATE)), {UNDATED})"
        for day in (first, last)
    )


def _quote(name: str) -> str:
    """A name as SQL reads it, whatever stands in it."""
    return '"' + name.replace('"', '""') + '"'


def _encode(column: Sequence[Any], values: Sequence[str]) -> list[Any]:
    """Cells as codes; a cell with one value is a number, also where others have several."""
    code: Mapping[str, int] = {value: at for at, value in enumerate(values)}
    lists = [
        sorted(code[each] for each in cell) if isinstance(cell, list) else [code[cell]] for cell in column
    ]
    return [each[0] if len(each) == 1 else each for each in lists]


def _as_text(column: pd.Series) -> pd.Series:
    """A column that DuckDB reads as words or lists of words, the same that views say."""
    if isinstance(column.dtype, pd.StringDtype):
        return column
    lists = as_lists(column)
    several = any(isinstance(cell, (list, tuple)) for cell in column)
    return pd.Series(lists if several else [cell for (cell,) in lists], index=column.index, dtype=object)
