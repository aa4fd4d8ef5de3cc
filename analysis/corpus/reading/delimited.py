"""Tables in text (csv, tsv) to rows, as a stream."""

from __future__ import annotations

import csv
import itertools
from typing import TextIO

from analysis.corpus.pages import MAX_PAGE_BYTES
from analysis.corpus.reading.columns import names_text, rank_column
from analysis.corpus.reading.rows import Fault, Lines, Row, Rows, check_columns, tell_doubled
from analysis.errors import CorpusFormatError, Problem

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
# What trafilatura writes as CSV, without a row of names.
_TRAFILATURA = (
    "url", "id", "fingerprint", "hostname", "title", "image", "date", "text", "comments", "license",
    "pagetype",
)  # fmt: skip
_ALLOWED = "Each row has as many cells as there are columns; a cell with a line break or a comma is quoted."
_AGAIN = "Export the table again as .csv with quotation marks, or as .jsonl."


def read_delimited(text: TextIO, page: str, delimiter: str) -> Rows:
    """The rows of a csv or tsv file.

    Args:
        text: The file, opened with ``newline=""``.
        page: Its name, for messages.
        delimiter: What parts the cells by the file's suffix; another one that the first line shows is used
            and noted.

    Raises:
        CorpusFormatError: No column holds texts.
    """
    csv.field_size_limit(MAX_PAGE_BYTES)
    lines = Lines(text)
    first = next((line for line in lines if line.strip()), "")
    if first.casefold().startswith("sep=") and len(first.strip()) == 5:
        delimiter, first = first[4], next(lines, "")
    elif (found := _choose_delimiter(first, delimiter)) != delimiter:
        delimiter = found
        yield Problem(
            "read", "note", f"The cells are parted by {_DELIMITERS[found]}.", "Commas in .csv, tabs in .tsv.",
            "The table was read so.", page, lines.count,
        )  # fmt: skip
    yield from lines.faults(page)
    start = lines.count
    reader = csv.reader(itertools.chain([first], lines), delimiter=delimiter)
    try:
        names = [name.strip() for name in next(reader, [])]
    except csv.Error as error:
        raise CorpusFormatError(
            f"The first row cannot be read: {error}.", allowed=_ALLOWED, todo=_AGAIN
        ) from None
    cells: list[str] = []
    if len(names) == len(_TRAFILATURA) and names[0].startswith("http") and not any(map(names_text, names)):
        names, cells = list(_TRAFILATURA), names
        yield Problem(
            "read", "note", "The table has no row of names; its columns were read as trafilatura's.",
            "A row of names goes first.", "Write one if a column was taken for another.", page, start,
        )  # fmt: skip
    check_columns(names)
    yield from tell_doubled(names, page, start)
    if cells:
        yield Row(start, dict(zip(names, cells, strict=True)))
    yield from _read_rows(reader, lines, names, page)


def _read_rows(reader, lines: Lines, names: list[str], page: str) -> Rows:
    order = list(range(len(names)))[::-1]
    while True:
        start = lines.count + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            # Only a quoted cell can be too long; what is left of it is no row.
            next((line for line in lines if line.count('"') % 2), None)
            yield _fault(f"The row cannot be read: {error}.", "rows cannot be read", page, start)
            continue
        yield from lines.faults(page)
        if cells is None:
            return
        if lines.ended:
            yield _fault(
                "The row opens a quotation mark that is never closed, so it runs to the end of the file"
                f" (line {lines.count}).", "rows open a quotation mark that is never closed", page, start,
            )  # fmt: skip
            return
        if not any(cells):
            continue
        if len(cells) < len(names) or any(cells[len(names) :]):
            yield _fault(
                f"The row has {len(cells)} cells, where the table has {len(names)} columns.",
                "rows have more or fewer cells than there are columns", page, start,
            )  # fmt: skip
            continue
        # Of two columns with one name the first is used.
        yield Row(start, {names[n]: cells[n] for n in order})


def _choose_delimiter(line: str, usual: str) -> str:
    """What parts the names of columns: what gives the most that are known, then the most; else the usual."""
    best, best_score = usual, _score(line, usual)
    for delimiter in _DELIMITERS:
        score = _score(line, delimiter)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _score(line: str, delimiter: str) -> tuple[int, int]:
    try:
        names = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return 0, 0
    known = sum(bool(rank_column(name)) for name in names)
    return known, len(names) if len(names) > 2 else 0


def _fault(what: str, many: str, page: str, line: int) -> Fault:
    return Fault(
        Problem("read", "error", what, _ALLOWED, f"The row was left out. {_AGAIN}", page, line), many
    )
