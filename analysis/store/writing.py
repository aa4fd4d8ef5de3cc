"""Tables as files for the user: Parquet, JSON lines or CSV, one file a table."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Protocol

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.collecting import collect_seldom
from analysis.errors import OutputError, UnknownNameError
from analysis.schema import TABLES
from analysis.store.arrow import make_schema
from analysis.tables import Tables, known_rows

FORMATS = ("parquet", "jsonl", "csv")
MARKER = ".framelines.json"


class Written(Protocol):
    """What can be written: tables that are held, or an extraction, whose tables are read in parts."""

    fingerprint: str
    topic: tuple[str, ...]
    codebooks: tuple[tuple[str, str], ...]
    corrections: int

    def parts(self, name: str) -> Iterator[pd.DataFrame]:
        """A table in one part or more."""
        ...


@collect_seldom()
def write_tables(
    tables: Tables | Written,
    out: str | Path,
    *,
    format: str = "parquet",
    tell: Callable[[str, int], None] = lambda name, rows: None,
) -> list[Path]:
    """Write one file a table into a folder, replacing it as a whole.

    Args:
        tables: The tables, or an extraction.
        out: A folder that is new, empty, or was written by this function.
        format: "parquet", "jsonl" or "csv". In csv, a list stands as its JSON.
        tell: Called with the name of each table and its number of rows, once it is written.

    Returns:
        The files written, in the contract's order.

    Raises:
        OutputError: The folder holds other files, or cannot be written.
        UnknownNameError: There is no such format.
    """
    if format not in FORMATS:
        raise UnknownNameError.among("format", format, FORMATS)
    # Resolved, so that "." and "tables/.." have a name and a parent.
    out = Path(out).resolve()
    check_output(out)
    try:
        _replace_folder(tables, out, format, tell)
    except OSError as error:
        raise _cannot_write(out, error) from None
    return [out / f"{name}.{format}" for name in TABLES]


def _replace_folder(
    tables: Tables | Written, out: Path, format: str, tell: Callable[[str, int], None]
) -> None:
    """Write beside the folder, then change names: a reader meets the old tables or the new, never half."""
    out.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    old = draft / "old"
    try:
        made = draft / "new"
        made.mkdir()
        for name in TABLES:
            rows = _write_parts(tables.parts(name), made / f"{name}.{format}", format)
            tell(name, rows)
        about = {
            "fingerprint": tables.fingerprint,
            "topic": tables.topic,
            "codebooks": tables.codebooks,
            "corrections": tables.corrections,
            "format": format,
        }
        (made / MARKER).write_text(json.dumps(about), encoding="utf-8")
        if out.exists():
            out.rename(old)
        made.rename(out)
    finally:
        if old.exists() and not out.exists():
            old.rename(out)
        shutil.rmtree(draft, ignore_errors=True)


def check_output(out: str | Path) -> None:
    """Check, before any work, that a folder may be written as a whole.

    Raises:
        OutputError: It is a file, or holds files that Framelines did not write.
    """
    out = Path(out)
    if out.exists() and not out.is_dir():
        raise OutputError(
            "The output is a file.", where=str(out), allowed="A folder.", todo="Give another name with --out."
        )
    if out.is_dir() and any(out.iterdir()) and not (out / MARKER).is_file():
        raise OutputError(
            "The folder holds files that Framelines did not write, and writing would replace it as a whole.",
            where=str(out),
            allowed="A new or empty folder, or one that an earlier run wrote.",
            todo="Give another folder with --out, or empty this one yourself.",
        )


def _cannot_write(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"It cannot be written: {error.strerror or error}.",
        where=str(path),
        allowed="A place that you may write to.",
        todo="Give another one with --out.",
    )


def write_answer(answer: pd.DataFrame, path: str | Path) -> None:
    """Write the answer to a query as one file: .csv, .jsonl or .parquet.

    Raises:
        OutputError: The name ends in something else, or the file cannot be written.
    """
    path = Path(path)
    try:
        if path.suffix == ".csv":
            answer.to_csv(path, index=False, encoding="utf-8")
        elif path.suffix == ".jsonl":
            answer.to_json(path, orient="records", lines=True, force_ascii=False, date_format="iso")
        elif path.suffix == ".parquet":
            answer.to_parquet(path, index=False)
        else:
            raise OutputError(
                f"A file that ends in '{path.suffix}' cannot be written.",
                where=str(path),
                allowed=".csv, .jsonl or .parquet.",
                todo="Give another name with --out.",
            )
    except OSError as error:
        raise _cannot_write(path, error) from None


def _write_parts(parts: Iterable[pd.DataFrame], path: Path, format: str) -> int:
    """Write the parts of a table one below the other; gives the number of rows."""
    name, rows = path.stem, 0
    if format == "parquet":
        schema = pa.schema([make_schema(name).field(column) for column in TABLES[name].names])
        with pq.ParquetWriter(path, schema) as writer:
            for frame in parts:
                writer.write_table(pa.Table.from_pandas(frame, schema=schema, preserve_index=False))
                rows += len(frame)
        return rows
    lists = [column.name for column in TABLES[name].columns if column.type == "list"]
    with path.open("w", encoding="utf-8", newline="" if format == "csv" else "\n") as handle:
        for part, frame in enumerate(parts):
            if format == "csv":
                told = {c: frame[c].map(lambda v: v and json.dumps(v, ensure_ascii=False)) for c in lists}
                frame.assign(**told).to_csv(handle, index=False, header=not part)
            else:
                handle.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in known_rows(frame))
            rows += len(frame)
    return rows
