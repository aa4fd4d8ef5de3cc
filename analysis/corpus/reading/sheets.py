"""Parquet files and Excel workbooks to rows."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO

from analysis.corpus.reading.columns import names_text, rank_column
from analysis.corpus.reading.officefiles import check_office_file
from analysis.corpus.reading.rows import Row, Rows, check_columns, tell_doubled
from analysis.errors import CorpusFormatError, Problem

if TYPE_CHECKING:
    import pyarrow as pa
    from python_calamine import CalamineSheet

_BATCH = 500  # rows held at a time
# Rows above the names of columns: a title, the day of the export.
_ROWS_ABOVE = 20


def read_parquet(handle: BinaryIO) -> Rows:
    """The rows of a Parquet file, by batches; only columns that can hold something of use are read.

    Raises:
        CorpusFormatError: The file is no whole Parquet file, or has no column of texts.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(handle)
        schema = file.schema_arrow
        check_columns(schema.names)
        used = [
            field.name for field in schema if rank_column(field.name) or pa.types.is_struct(field.type)
        ]  # fmt: skip
        row = 0
        for batch in file.iter_batches(batch_size=_BATCH, columns=used):
            columns = [
                (name, _to_values(column))
                for name, column in zip(batch.schema.names, batch.columns, strict=True)
            ]
            for n in range(batch.num_rows):
                row += 1
                yield Row(row, {name: values[n] for name, values in reversed(columns)})
    except CorpusFormatError:
        raise
    except Exception as error:
        # Damaged files make the library raise errors of its own, and of Python's.
        first_line = (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
        raise CorpusFormatError(
            f"The Parquet file is cut off or damaged: {first_line}.",
            allowed="A whole Parquet file.",
            todo="Copy or export it again.",
        ) from None


def _to_values(column: pa.Array) -> list[object]:
    """A column as Python values; times as text, since Arrow's reach further than Python's."""
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_temporal(column.type):
        column = column.cast(pa.string())
    return column.to_pylist()


def read_workbook(data: bytes, page: str) -> Rows:
    """The rows of the first sheet of an Excel workbook that has a column of texts; the others are noted.

    Raises:
        CorpusFormatError: The file is no workbook that can be read, or has no such sheet.
    """
    check_office_file(data, kind="Excel workbook", old=".xls", save_as=".xlsx")
    from python_calamine import CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        found, others = None, []
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            names, line = _find_names(sheet)
            if found is None and any(map(names_text, names)):
                found = name, names, line, sheet
            elif sheet.height:
                others.append((name, names))
    except BaseException as error:
        # The reader is written in Rust, and what it did not foresee is no Exception.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise _unreadable(error) from None
    if found is None:
        check_columns(others[0][1] if others else [])
    name, names, line, sheet = found
    if others:
        told = ", ".join(f"'{other}'" for other, _ in others[:10])
        holds = [other for other, columns in others if any(map(names_text, columns))]
        yield Problem(
            "read", "warning" if holds else "note",
            f"Only the sheet '{name}' was read, not {told}.",
            "One sheet a file: the first with a column of texts.",
            "Save each of the others that holds articles as a file of its own.", page,
        )  # fmt: skip
    yield from tell_doubled(names, page, line)
    yield from _read_sheet(sheet, names, line)


def _find_names(sheet: CalamineSheet) -> tuple[list[str], int]:
    """The names of a sheet's columns and their row, counted from 1: the first row that names texts."""
    first: tuple[list[str], int] = ([], 0)
    for line, cells in enumerate(sheet.iter_rows(), 1):
        names = [str(cell).strip() for cell in cells]
        if any(map(names_text, names)):
            return names, line
        if not first[1] and any(names):
            first = names, line
        if line > _ROWS_ABOVE:
            break
    return first


def _read_sheet(sheet: CalamineSheet, names: list[str], names_line: int) -> Rows:
    order = list(range(len(names)))[::-1]
    for line, cells in enumerate(sheet.iter_rows(), 1):
        if line > names_line and any(cell != "" for cell in cells):
            yield Row(line, {names[n]: cells[n] for n in order})


def _unreadable(error: BaseException) -> CorpusFormatError:
    first_line = (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
    return CorpusFormatError(
        f"The file is no Excel workbook that can be read: {first_line}.",
        allowed="An Excel workbook (.xlsx) that opens without a password.",
        todo="Open it, and save it again as .xlsx or .csv.",
    )
