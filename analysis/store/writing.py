"""Tables as files for the user: Parquet, JSON lines or CSV, one file a table."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import pandas as pd

from analysis.errors import OutputError, UnknownNameError
from analysis.schema import TABLES
from analysis.tables import Tables, known_rows

FORMATS = ("parquet", "jsonl", "csv")
MARKER = ".framelines.json"


def write_tables(tables: Tables, out: str | Path, *, format: str = "parquet") -> list[Path]:
    """Write one file a table into a folder, replacing it as a whole.

    Args:
        tables: The tables.
        out: A folder that is new, empty, or was written by this function.
        format: "parquet", "jsonl" or "csv". In csv, a list stands as its JSON.

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
        _replace_folder(tables, out, format)
    except OSError as error:
        raise _cannot_write(out, error) from None
    return [out / f"{name}.{format}" for name in TABLES]


def _replace_folder(tables: Tables, out: Path, format: str) -> None:
    """Write beside the folder, then change names: a reader meets the old tables or the new, never half."""
    out.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    old = draft / "old"
    try:
        made = draft / "new"
        made.mkdir()
        for name, frame in tables.items():
            _write_frame(frame, made / f"{name}.{format}", format)
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


def _write_frame(frame: pd.DataFrame, path: Path, format: str) -> None:
    if format == "parquet":
        frame.to_parquet(path, index=False)
    elif format == "csv":
        lists = [c.name for c in TABLES[path.stem].columns if c.type == "list"]
        shown = frame.assign(
            **{c: frame[c].map(lambda v: v and json.dumps(v, ensure_ascii=False)) for c in lists}
        )
        shown.to_csv(path, index=False, encoding="utf-8")
    else:
        with path.open("w", encoding="utf-8", newline="\n") as handle:
            for row in known_rows(frame):
                handle.write(json.dumps(row, ensure_ascii=False) + "\n")
