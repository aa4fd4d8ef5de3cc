"""What people coded by hand: one append-only CSV file a coder, beside the sample that they code.

``STUDY/coding/SAMPLE/CODER.csv`` has a row an answer: item, coder, question, values, when. Values are joined
by "; ", and an empty cell says "none of them". Nothing is written over: whoever changes an answer adds a row,
and the last row for an item and a question counts.
"""

from __future__ import annotations

import csv
import io
import os
import re
import unicodedata
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from analysis.compare.cells import guard_cell, plain_cell
from analysis.compare.questions import Question
from analysis.compare.sampling import read_sample
from analysis.errors import CodingError, Problem

# What the extraction is called where it stands beside coders.
MACHINE = "extraction"
COLUMNS = ("item", "coder", "question", "values", "when")
SAMPLE_FILE = "sample.csv"
SEPARATOR = "; "

_NAME = re.compile(r"[^\W_](?:[^\W_]|-){0,39}")
# The sample's own file, what the machine answers as, and names that stand for devices on Windows.
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
_TAKEN = {"sample", MACHINE, *_DEVICES}
_WHEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_MOST_FAULTS = 5


@dataclass(frozen=True)
class _CodingFile:
    """A coder's file as read: whole rows with their lines, the bytes they fill, and a half-written rest."""

    path: Path
    head: tuple[str, ...] = COLUMNS
    rows: tuple[tuple[int, dict[str, str]], ...] = ()
    size: int = 0
    ended: bool = True
    problem: Problem | None = None


def append_coding(
    folder: str | Path,
    coder: str,
    item: str,
    answers: Mapping[str, Sequence[str]],
    *,
    when: datetime | None = None,
) -> Path:
    """Add a coder's answers on one item to their file, and return only when the disk has them.

    A half-written line that a crash left at the end is taken away first: it was never confirmed.

    Args:
        folder: The sample's folder, made where it does not exist.
        coder: The coder's name, which names the file.
        item: The item's id.
        answers: Question to the values chosen; none says "none of them".
        when: The time of coding; now where None.

    Returns:
        The coder's file.

    Raises:
        CodingError: The name cannot name a file, or the file that is there cannot be read.
        OSError: The file cannot be written.
    """
    path = find_coding_file(folder, coder)
    told = (when or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    rows = [
        dict(zip(COLUMNS, (item, _name_coder(path), question, SEPARATOR.join(values), told), strict=True))
        for question, values in answers.items()
    ]
    if any(len(cell.splitlines()) > 1 for row in rows for cell in row.values()):
        raise CodingError(f"The item {item!r} or a value holds a line break.", allowed="A row is one line.")
    kept = _read_file(path) if path.exists() else _CodingFile(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    written = [[row.get(name, "") for name in kept.head] for row in rows]
    text = ("" if kept.ended else "\n") + _write_rows(written if kept.size else [COLUMNS, *written])
    with path.open("ab") as handle:
        # Only what is half written: another window of the same coder may have added a row just now.
        if kept.problem:
            handle.truncate(kept.size)
        handle.write(text.encode("utf-8"))
        handle.flush()
        os.fsync(handle.fileno())
    return path


def read_codings(
    folder: str | Path,
    *,
    items: Iterable[str] | None = None,
    questions: Sequence[Question] = (),
    coder: str | None = None,
) -> pd.DataFrame:
    """Read what every coder of a sample has coded, the last answer to each question only.

    A half-written last line, as a crash leaves it, is passed over with a warning.

    Args:
        folder: The sample's folder; without files there are no codings yet.
        items: Ids of the sample's items; those of its ``sample.csv`` where None and where there is one.
        questions: Questions whose values are checked; answers to other questions are kept as they are.
        coder: The coder whose file alone is read; every coder's where None.

    Returns:
        Columns item, coder, question, values (a list of strings; empty: none of them) and when. What was
        passed over stands in ``attrs["problems"]``.

    Raises:
        CodingError: A file cannot be understood; the message names file, line and what is allowed there.
        CorpusFormatError: The sample beside the files cannot be read.
    """
    folder = Path(folder)
    if items is None and (folder / SAMPLE_FILE).exists():
        items = read_sample(folder)["item"]
    known = None if items is None else set(items)
    asked = {question.name: question for question in questions}
    files = [_read_file(path) for path in _list_files(folder) if coder in (None, _name_coder(path))]
    rows: list[dict[str, object]] = []
    for file in files:
        last: dict[tuple[str, str], dict[str, object]] = {}
        for row in _check_rows(file, known, asked):
            last[row["item"], row["question"]] = row
        rows += last.values()
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype="object")
    frame.attrs["problems"] = [file.problem for file in files if file.problem]
    for problem in frame.attrs["problems"]:
        warnings.warn(str(problem), stacklevel=2)
    return frame


def find_coding_file(folder: str | Path, coder: str) -> Path:
    """The file of a coder.

    Raises:
        CodingError: The name cannot name a file, or differs from another coder's in capitals alone.

    Example:
        >>> find_coding_file("coding/frames", "ana").name
        'ana.csv'
    """
    coder = unicodedata.normalize("NFC", coder)
    if not _is_name(coder):
        near = re.sub(r"[\W_]+", "-", coder).strip("-")[:40]
        raise CodingError(
            f"A coder cannot be called {coder!r}.",
            allowed="A name has up to 40 letters, digits and dashes, begins with a letter or digit, and is "
            "neither 'sample' nor 'extraction' nor a name that Windows keeps for devices.",
            todo=f"Write '{near}', or choose another name." if _is_name(near) else "Choose another name.",
        )
    folder = Path(folder)
    # Two such names are one file on some disks and two on others.
    for path in _list_files(folder):
        taken = _name_coder(path)
        if taken != coder and taken.casefold() == coder.casefold():
            raise CodingError(
                f"There is a coder '{taken}' already, and '{coder}' differs in capitals alone.",
                where=str(folder),
                todo=f"Write '{taken}' to go on with that coding, or choose another name.",
            )
    return folder / f"{coder}.csv"


def _list_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return [path for path in sorted(folder.glob("*.csv")) if _is_name(_name_coder(path))]


def _is_name(name: str) -> bool:
    return bool(_NAME.fullmatch(name)) and name.casefold() not in _TAKEN


def _name_coder(path: Path) -> str:
    # Some disks give a letter and its accent back as two characters.
    return unicodedata.normalize("NFC", path.stem)


def _write_rows(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows(map(guard_cell, row) for row in rows)
    return text.getvalue()


def _read_file(path: Path) -> _CodingFile:
    raw = path.read_bytes()
    size = raw.rfind(b"\n") + 1
    records = list(_read_records(path, _decode(path, raw[:size])))
    if not records:
        return _read_headless(path, raw)
    head = _read_header(path, records[0])
    rows = tuple((line, _read_row(path, line, head, cells)) for line, cells in records[1:])
    rest, line = raw[size:], raw.count(b"\n") + 1
    whole = _read_rest(head, rest)
    if whole:
        return _CodingFile(path, head, (*rows, (line, whole)), len(raw), ended=False)
    return _CodingFile(path, head, rows, size, problem=_tell_half(path, line) if rest else None)


def _read_headless(path: Path, raw: bytes) -> _CodingFile:
    """A file without a whole first line: empty, cut off within its header, or no such file at all."""
    header = ",".join(COLUMNS)
    text = raw.decode("utf-8-sig", errors="replace").strip()
    if text == header:
        return _CodingFile(path, size=len(raw), ended=False)
    if header.startswith(text):
        return _CodingFile(path, problem=_tell_half(path, 1) if text else None)
    _read_header(path, (1, _decode(path, raw).split(",")))
    return _CodingFile(path)


def _decode(path: Path, raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        raise CodingError(
            f"It is not UTF-8: the byte {raw[problem.start]:#04x} cannot be read.",
            where=f"{path}, line {line}",
            allowed="A file of codings is CSV in UTF-8.",
            todo="Save it as 'CSV UTF-8 (comma delimited)' in the spreadsheet.",
        ) from problem


def _read_records(path: Path, text: str) -> Iterable[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            raise CodingError(
                f"The row cannot be read: {problem}.",
                where=f"{path}, line {line}",
                allowed="Cells are parted by commas; one with a comma or a quotation mark stands in "
                "quotation marks, and those inside it are doubled.",
                todo="Mend the line.",
            ) from problem
        # A spreadsheet keeps emptied rows as commas.
        if any(cells):
            yield line, cells


def _read_header(path: Path, record: tuple[int, list[str]]) -> tuple[str, ...]:
    line, cells = record
    cells = [cell.strip() for cell in cells]
    missing = [name for name in COLUMNS if name not in cells]
    twice = [name for name in COLUMNS if cells.count(name) > 1]
    if missing or twice:
        fault = f"The column '{missing[0]}' is missing." if missing else f"'{twice[0]}' stands there twice."
        hint = " The columns are parted by semicolons." if missing and ";" in cells[0] else ""
        raise CodingError(
            f"{fault}{hint}",
            where=f"{path}, line {line}",
            allowed=f"The first line is {','.join(COLUMNS)}; further columns may follow.",
            todo="Mend the first line, or save the table with commas.",
        )
    return tuple(cells)


def _read_row(path: Path, line: int, head: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    if len(cells) != len(head):
        raise CodingError(
            f"The row has {len(cells)} cells.",
            where=f"{path}, line {line}",
            allowed=f"It has {len(head)}, as the first line: {', '.join(head)}.",
            todo="Mend the row, or take it away.",
        )
    return {name: plain_cell(cell) for name, cell in zip(head, cells, strict=True)}


def _read_rest(head: Sequence[str], rest: bytes) -> dict[str, str] | None:
    """What stands after the last line break, where it is a whole row: its time ends it."""
    try:
        records = list(csv.reader([rest.decode("utf-8")], strict=True))
    except (UnicodeDecodeError, csv.Error):
        return None
    if len(records) != 1 or len(records[0]) != len(head):
        return None
    row = {name: plain_cell(cell) for name, cell in zip(head, records[0], strict=True)}
    return row if _WHEN.fullmatch(row["when"]) else None


def _tell_half(path: Path, line: int) -> Problem:
    what = "The last line is half written and was passed over."
    todo = "Code that item again; the next answer takes the line's place."
    return Problem("read", "warning", what, todo=todo, page=str(path), line=line)


def _check_rows(
    file: _CodingFile, items: set[str] | None, asked: Mapping[str, Question]
) -> list[dict[str, object]]:
    """The rows with their values as lists; raises with the first faults and their number."""
    rows, faults = [], []
    for line, row in file.rows:
        values = [value for part in row["values"].split(SEPARATOR.strip()) if (value := part.strip())]
        fault = _find_fault(file.path, row, values, items, asked)
        if fault:
            faults.append((line, *fault))
        rows.append({name: row[name] for name in COLUMNS} | {"values": values})
    if faults:
        line, what, allowed = faults[0]
        more = [f"Line {at}: {other}" for at, other, _ in faults[1:_MOST_FAULTS]]
        left = len(faults) - 1 - len(more)
        raise CodingError(
            "\n".join([what, *more, *([f"And {left} more rows."] if left else [])]),
            where=f"{file.path}, line {line}",
            allowed=allowed,
            todo="Mend the rows, or take them away.",
        )
    return rows


def _find_fault(
    path: Path,
    row: Mapping[str, str],
    values: Sequence[str],
    items: set[str] | None,
    asked: Mapping[str, Question],
) -> tuple[str, str] | None:
    if row["coder"] != (coder := _name_coder(path)):
        return f"The coder is '{row['coder']}'.", f"In this file it is '{coder}'."
    if not row["question"]:
        return "The question is missing.", "Each row names its question."
    if items is not None and row["item"] not in items:
        return f"The item '{row['item']}' is not in the sample.", "Items are those of the sample."
    if not _is_time(row["when"]):
        return f"'when' is '{row['when']}'.", "A time is written 2025-07-09T14:30:00Z."
    question = asked.get(row["question"])
    if question is None:
        return None
    fault = question.find_fault(row["item"], values)
    return fault and (f"{fault} The question is '{question.name}'.", question.say_allowed(row["item"]))


def _is_time(text: str) -> bool:
    try:
        return bool(datetime.fromisoformat(text))
    except ValueError:
        return False
