"""``corrections.csv`` -> corrections: every line read or told as a problem, never an exception.

table,article_id,start,end,text,column,value,who,when
quotes,a.txt#0,120,141,We will stop the boats,speaker,Ana Ruiz,AB,2025-11-22T10:15:00
articles,b.txt#0,,,,published,2025-07-05,AB,2025-11-22T10:16:00
pages,c.txt,,,,exclude,true,AB,2025-11-22T10:17:00

The file is CSV in UTF-8, with or without a byte order mark, with commas or semicolons and any line ends, as
spreadsheets write it. Two further columns are optional: ``was`` tells one of several rows at the same words,
``field`` says "headline" where the words stand there.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.corrections.columns import KEYED, find_column, read_cells
from analysis.errors import CorpusFormatError, Problem, WorkbookError, hint_at
from analysis.schema import FIELDS

FILE_NAME = "corrections.csv"
REQUIRED = ("table", "article_id", "start", "end", "text", "column", "value", "who", "when")
OPTIONAL = ("was", "field")
# Offsets have fewer digits than this: no article is longer.
_DIGITS = 12
_FIRST = datetime.datetime.min.replace(tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Correction:
    """One row of ``corrections.csv``, as written; ``line`` is its line in the file, from 1.

    ``article_id`` holds the page's name where ``table`` is "pages". ``was`` is the value that stood there,
    or conditions ``column=value`` with semicolons between them.
    """

    table: str
    article_id: str
    column: str
    value: str
    start: int | None = None
    end: int | None = None
    text: str = ""
    who: str = ""
    when: str = ""
    was: str = ""
    field: str = ""
    line: int = 0

    @property
    def order(self) -> tuple[datetime.datetime, int]:
        """What decides between two corrections of one value: when each was made, then its line."""
        return read_time(self.when) or _FIRST, self.line


@dataclass(frozen=True)
class CorrectionFile:
    """The corrections of a file in its order, and a problem for each line that is none.

    ``header`` and ``delimiter`` say how the file is written, so that a row can be added in its own form.
    """

    corrections: tuple[Correction, ...] = ()
    problems: tuple[Problem, ...] = ()
    header: tuple[str, ...] = ()
    delimiter: str = ","


def read_corrections(path: str | Path) -> CorrectionFile:
    """Read a file of corrections.

    Args:
        path: The file; where there is none, there are no corrections.

    Returns:
        What could be read. A line that cannot be understood is a problem with its number.
    """
    path = Path(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return CorrectionFile()
    except OSError as error:
        return _unreadable(f"The file cannot be read: {error.strerror or type(error).__name__}.")
    except UnicodeDecodeError as error:
        return _unreadable(f"The file is not UTF-8: byte {error.start + 1} fits no character.")
    return parse_corrections(text)


def parse_corrections(text: str) -> CorrectionFile:
    """Read corrections from the text of a file; see :func:`read_corrections`."""
    lines = list(io.StringIO(text, newline=None))
    delimiter = _find_delimiter(lines)
    records = ((line, cells) for line, cells in _split(lines, delimiter) if _holds_something(cells))
    line, head = next(records, (1, None))
    if head is None:
        return CorrectionFile()
    header = tuple(cell.strip().lower() for cell in head) if isinstance(head, list) else ()
    problems = _check_header(header, line)
    if any(problem.severity == "warning" for problem in problems):
        return CorrectionFile((), tuple(problems), header, delimiter)
    corrections = []
    for line, cells in records:
        try:
            corrections.append(_read_row(cells, header, line))
        except WorkbookError as error:
            problems.append(tell(line, error))
            continue
        problems += _check_time(corrections[-1])
    return CorrectionFile(tuple(corrections), tuple(problems), header, delimiter)


def read_time(text: str) -> datetime.datetime | None:
    """A day or a moment in ISO form, UTC where it names no zone; None where it is neither."""
    try:
        found = datetime.datetime.fromisoformat(text.strip())
        return found.replace(tzinfo=found.tzinfo or datetime.UTC).astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        return None


def tell(
    line: int, error: WorkbookError, article_id: str | None = None, severity: str = "warning"
) -> Problem:
    """What is wrong with a line, or worth a note, as a row of the table problems."""
    todo = error.todo or "Mend the line; the others are applied."
    return Problem("correct", severity, error.what, error.allowed, todo, FILE_NAME, line or None, article_id)


def tell_of(correction: Correction, error: WorkbookError, severity: str = "warning") -> Problem:
    """What is wrong with a correction, or worth a note, as a row of the table problems."""
    article_id = None if correction.table == "pages" else correction.article_id
    return tell(correction.line, error, article_id, severity)


def _unreadable(what: str) -> CorrectionFile:
    todo = "Save it again as 'CSV UTF-8'; until then no correction is applied."
    return CorrectionFile((), (Problem("correct", "warning", what, "CSV in UTF-8.", todo, FILE_NAME),))


def _find_delimiter(lines: list[str]) -> str:
    """Commas, or semicolons as spreadsheets write them where the comma is the decimal mark."""
    head = next((line for line in lines if line.strip(" \t\n,;")), "")
    return max(",;\t", key=lambda mark: sum(name in REQUIRED for name in _names(head, mark)))


def _names(head: str, delimiter: str) -> list[str]:
    return [name.strip(' "\n').lower() for name in head.split(delimiter)]


def _split(lines: list[str], delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """Each record with the number of its first line; what is wrong where a line is no record.

    After a line that is none, reading goes on with the next: a quotation mark that is never closed costs
    one row, not the rest of the file.
    """
    at = 0
    while at < len(lines):
        begun = 0
        reader = csv.reader((lines[n] for n in range(at, len(lines))), delimiter=delimiter, strict=True)
        try:
            for cells in reader:
                yield at + begun + 1, cells
                begun = reader.line_num
            return
        except csv.Error as error:
            yield at + begun + 1, str(error)
            at += begun + 1


def _holds_something(cells: list[str] | str) -> bool:
    return isinstance(cells, str) or any(cell.strip() for cell in cells)


def _check_header(header: tuple[str, ...], line: int) -> list[Problem]:
    allowed = f"Its first line names the columns {', '.join(REQUIRED)}; {', '.join(OPTIONAL)} may follow."
    missing = [name for name in REQUIRED if name not in header]
    twice = [name for name in header if header.count(name) > 1 and name in (*REQUIRED, *OPTIONAL)]
    if missing or twice:
        what = f"no column '{missing[0]}'" if missing else f"two columns '{twice[0]}'"
        todo = "Mend the first line; until then no correction is applied."
        return [Problem("correct", "warning", f"The file has {what}.", allowed, todo, FILE_NAME, line)]
    problems = []
    for name in header:
        hint = hint_at(name, OPTIONAL)
        if name not in (*REQUIRED, *OPTIONAL) and hint:
            what = f"The column '{name}' is passed over.{hint}"
            problems.append(Problem("correct", "note", what, allowed, "Rename it if so.", FILE_NAME, line))
    return problems


def _read_row(cells: list[str] | str, header: tuple[str, ...], line: int) -> Correction:
    if isinstance(cells, str):
        raise CorpusFormatError(
            f"The line is no row of a CSV file: {cells}.",
            allowed='A cell with quotation marks, commas or line ends stands in "...", marks in it twice.',
            todo="Mend it; the other rows are read.",
        )
    if any(cell.strip() for cell in cells[len(header) :]):
        raise CorpusFormatError(
            f"The row has {len(cells)} cells, the first line {len(header)}.",
            allowed="As many cells as the first line names.",
            todo='Put a text with commas in "...".',
        )
    row = dict(zip(header, cells, strict=False))
    absent = [name for name in REQUIRED if name not in row]
    absent += [name for name in ("table", "article_id", "column") if not row.get(name, "").strip()]
    if absent:
        raise CorpusFormatError(
            f"The cell '{absent[0]}' is missing.",
            allowed=f"Each row has {', '.join(REQUIRED)}.",
            todo="Fill it in.",
        )
    # The words are compared letter by letter: a space at their end is theirs.
    known = {
        name: row[name] if name == "text" else row.get(name, "").strip() for name in (*REQUIRED, *OPTIONAL)
    }
    return check_correction(
        Correction(
            **{name: known[name] for name in known if name not in ("start", "end")},
            start=_read_offset("start", known["start"]),
            end=_read_offset("end", known["end"]),
            line=line,
        )
    )


def check_correction(correction: Correction) -> Correction:
    """Check what a correction says before its row is looked for.

    Raises:
        WorkbookError: Its table, column or value is not one that can stand there, or its words are missing.
    """
    if correction.column == "row" and correction.value == "add":
        raise CorpusFormatError(
            "A correction cannot add a row: what a new row needs does not fit in one line.",
            allowed="row=remove takes a row out; a column and a value change one.",
            todo="Tell of what is missing in your text, or extend the codebook.",
        )
    find_column(correction.table, correction.column)
    read_cells(correction.table, correction.column, correction.value)
    if correction.table in KEYED:
        return correction
    if correction.start is None or correction.end is None or not correction.text:
        absent = "text" if not correction.text else "start" if correction.start is None else "end"
        raise CorpusFormatError(
            f"The cell '{absent}' is missing.",
            allowed=f"A row of '{correction.table}' is found by article_id, start, end and text, its words.",
            todo="Copy them from the table.",
        )
    if correction.field not in ("", *FIELDS):
        raise CorpusFormatError(
            f"'{correction.field}' cannot stand in 'field'.",
            allowed="text, headline, or nothing where it does not matter.",
            todo="Mend it; the other rows are fine.",
        )
    return correction


def _read_offset(name: str, text: str) -> int | None:
    if text == "":
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS):
        raise CorpusFormatError(
            f"'{text}' in '{name}' is not a number of characters.",
            allowed="A whole number from 0, as the table has it.",
            todo="Copy it from the table.",
        )
    return int(text)


def _check_time(correction: Correction) -> list[Problem]:
    if read_time(correction.when) or not correction.when:
        return []
    error = CorpusFormatError(
        f"'{correction.when}' in 'when' is neither a day nor a moment: any other correction of the same "
        "value stands before it.",
        allowed="2025-11-22 or 2025-11-22T10:15:00.",
        todo="Spreadsheets rewrite dates: give the column the format 'text'.",
    )
    return [tell_of(correction, error, "note")]
