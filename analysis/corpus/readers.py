"""One file to pages or records: what lies in a folder, how it is encoded, what cannot be read.

A page is a text file as a scraper left it. A record is a row of a table file: one article a row, its text
kept unchanged. Nothing here looks at what the text says.
"""

from __future__ import annotations

import glob
import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import CorpusEmptyError, CorpusFormatError, CorpusNotFoundError, Problem

PAGE_SUFFIXES = (".txt",)
TABLE_SUFFIXES = (".csv", ".tsv", ".json", ".jsonl", ".parquet")
READ_SUFFIXES = PAGE_SUFFIXES + TABLE_SUFFIXES

_PASSED_OVER = ("corpus.toml", "codebook.toml", "corrections.csv")
_PASSED_OVER_FOLDERS = ("exports", "notebooks")
# What a folder holds that an earlier run wrote: tables and pages made from a corpus are not part of it.
OUTPUT_MARKERS = (".framelines.json", ".framelines-report.json")
_FIELDS = {
    "text": ("text",),
    "id": ("id",),
    "outlet": ("outlet",),
    "published": ("published", "date", "dct"),
    "headline": ("headline", "title"),
    "byline": ("byline",),
    "url": ("url",),
}
_READ_TYPES = f"Framelines reads {', '.join(READ_SUFFIXES)}."


@dataclass(frozen=True)
class Page:
    """A text file as characters; ``page`` is its POSIX path relative to the input."""

    page: str
    sha256: str
    encoding: str
    text: str


@dataclass(frozen=True)
class Record:
    """A row of a table file: an article as somebody else has already cut it out."""

    page: str
    line: int
    article_id: str
    text: str
    outlet: str | None = None
    published: str | None = None
    headline: str | None = None
    byline: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Reading:
    """What one file gave: a page, or records, and the problems met on the way; the hash of its bytes."""

    sha256: str | None = None
    page: Page | None = None
    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()


def list_files(path: str | Path) -> tuple[Path, list[Path]]:
    """List the files of an input, in sorted path order.

    Args:
        path: A file, a folder (read recursively) or a glob.

    Returns:
        The folder that page names are relative to, and the files. Hidden files, ``corpus.toml`` and its
        kind, ``README*`` and anything in a folder ``exports`` or ``notebooks`` are passed over, and so are
        folders inside the input that Framelines wrote.

    Raises:
        CorpusNotFoundError: The path does not exist, or the glob matches nothing.
        CorpusEmptyError: The folder holds no file.
    """
    path = Path(path)
    if path.is_file():
        return path.parent, [path]
    if path.is_dir():
        root, found = path, sorted(item for item in path.rglob("*") if item.is_file())
    elif glob.has_magic(str(path)):
        fixed = [part for part in path.parts if not glob.has_magic(part)]
        root = Path(*path.parts[: _first_magic(path)]) if fixed else Path()
        found = sorted(Path(item) for item in glob.glob(str(path), recursive=True) if Path(item).is_file())
    else:
        found = []
    if not found and not path.is_dir():
        raise CorpusNotFoundError(
            "There is nothing here to read.",
            where=str(path),
            allowed="Give a file, a folder of pages, or a glob in quotation marks such as 'pages/*.txt'.",
            todo="Check the spelling, and the folder that the command is run from.",
        )
    kept = [item for item in found if not _is_passed_over(item.relative_to(root))]
    written = {folder for folder in {item.parent for item in kept} - {root} if is_output(folder)}
    kept = [item for item in kept if written.isdisjoint(item.parents)]
    if not kept:
        raise CorpusEmptyError(
            "The folder holds no pages.", where=str(path), allowed=_READ_TYPES, todo="Put your pages into it."
        )
    return root, kept


def read_file(path: Path, page: str) -> Reading:
    """Read one file, by its suffix. Never raises for what the file contains: that becomes a problem row."""
    suffix = path.suffix.lower()
    if suffix not in READ_SUFFIXES:
        kind = f"'{suffix}' files are" if suffix else "Files without a suffix are"
        return Reading(problems=(Problem("read", "note", f"{kind} not read.", _READ_TYPES, page=page),))
    try:
        data = path.read_bytes()
        if not data.strip(b"\x00 \t\r\n"):
            raise CorpusFormatError(
                "The file is empty.",
                allowed="A page needs at least one line of text.",
                todo="Scrape it again, or remove it.",
            )
        sha256 = hashlib.sha256(data).hexdigest()
        if suffix == ".parquet":
            return _records(pd.read_parquet(path).to_dict("records"), page, sha256)
        text, encoding, doubt = decode(data)
        doubts = (Problem("read", "warning", **doubt, page=page),) if doubt else ()
        if suffix in PAGE_SUFFIXES:
            return Reading(sha256, Page(page, sha256, encoding, text), problems=doubts)
        reading = _records(_table_rows(text, suffix), page, sha256)
        return replace(reading, problems=doubts + reading.problems)
    except CorpusFormatError as error:
        return Reading(problems=(Problem("read", "error", error.what, error.allowed, error.todo, page),))
    except (OSError, ValueError) as error:
        return Reading(problems=(_unreadable(error, page),))


def decode(data: bytes) -> tuple[str, str, dict[str, str] | None]:
    """Decode bytes as UTF-8, UTF-16 with its mark, or Windows-1252.

    Returns:
        The text, the encoding's name, and for a doubtful encoding the words of a warning.

    Raises:
        CorpusFormatError: The bytes are not text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16"), "utf-16", None
    if b"\x00" in data:
        raise CorpusFormatError(
            f"The file is not text: it holds a zero byte at {data.index(0)}.",
            allowed="Text in UTF-8, UTF-16 or Windows-1252.",
            todo="Export the page as text, or remove the file.",
        )
    try:
        return data.decode("utf-8-sig"), "utf-8", None
    except UnicodeDecodeError as error:
        at = error.start
    control = sum(byte < 9 or 13 < byte < 32 for byte in data)
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    if not text or control > len(data) / 200:
        raise CorpusFormatError(
            f"The file is not text: byte {at} is 0x{data[at]:02x}.",
            allowed="Text in UTF-8, UTF-16 or Windows-1252.",
            todo="Export the page as text, or remove the file.",
        )
    return text, "windows-1252", {
        "what": f"The file is not UTF-8 (byte {at} is 0x{data[at]:02x}). It was read as Windows-1252.",
        "allowed": "UTF-8 is read without doubt.",
        "todo": "Look at a sentence with accents; if it is wrong, save the file as UTF-8.",
    }  # fmt: skip


def is_output(folder: Path) -> bool:
    """Whether Framelines wrote this folder: tables, or the pages of a report."""
    return any((folder / marker).is_file() for marker in OUTPUT_MARKERS)


def _first_magic(path: Path) -> int:
    return next(n for n, part in enumerate(path.parts) if glob.has_magic(part))


def _is_passed_over(relative: Path) -> bool:
    parts = relative.parts
    return (
        any(part.startswith(".") for part in parts)
        or any(part in _PASSED_OVER_FOLDERS for part in parts[:-1])
        or relative.name in _PASSED_OVER
        or relative.name.upper().startswith("README")
    )


def _unreadable(error: Exception, page: str) -> Problem:
    first_line = str(error).splitlines()[0] if str(error) else type(error).__name__
    return Problem(
        "read",
        "error",
        f"The file cannot be read: {first_line}",
        _READ_TYPES,
        "Export it again, or remove it.",
        page,
    )


def _table_rows(text: str, suffix: str) -> Iterator[Mapping[str, Any]] | list[Mapping[str, Any]]:
    if suffix in (".csv", ".tsv"):
        table = pd.read_csv(
            io.StringIO(text), sep="\t" if suffix == ".tsv" else ",", dtype=str, keep_default_na=False
        )
        return table.to_dict("records")
    if suffix == ".jsonl":
        # Not splitlines: a line separator (U+2028) may stand inside a JSON string.
        return [_parse_json(line, n) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    content = _parse_json(text, 1)
    return content if isinstance(content, list) else [content]


def _parse_json(text: str, line: int) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise CorpusFormatError(
            f"Line {line + error.lineno - 1} is not valid JSON: {error.msg}.",
            allowed="A .jsonl file holds one object a line, a .json file a list of objects.",
            todo="Mend the line, or export the file again.",
        ) from None
    except RecursionError:
        raise CorpusFormatError(
            f"Line {line} holds lists or objects nested too deep to be read.",
            allowed="A .jsonl file holds one object a line, a .json file a list of objects.",
            todo="Export the file again, one article a row.",
        ) from None


def _records(rows: Any, page: str, sha256: str) -> Reading:
    records, problems = [], []
    for line, row in enumerate(rows, 1):
        values = (
            {field: _first(row, names) for field, names in _FIELDS.items()}
            if isinstance(row, Mapping)
            else {}
        )
        if not values.get("text"):
            problems.append(
                Problem(
                    "read", "error", f"Row {line} has no text.",
                    "Each row needs 'text'; id, outlet, published, headline, byline and url are used.",
                    "Name the column that holds the article 'text'.", page, line,
                )
            )  # fmt: skip
            continue
        published, faulty = _day(values["published"])
        if faulty:
            problems.append(
                Problem(
                    "read", "warning", f"Row {line}: 'published' is '{faulty}', which is not a date.",
                    "Write dates as YYYY-MM-DD.", "The row was read without its date.", page, line,
                )
            )  # fmt: skip
        article_id = values.pop("id") or f"{page}#{line - 1}"
        records.append(
            Record(page=page, line=line, article_id=article_id, **{**values, "published": published})
        )
    return Reading(sha256, records=tuple(records), problems=tuple(problems))


def _first(row: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = row.get(name)
        if value is not None and value is not pd.NA and value == value and str(value) != "":
            return replace_surrogates(str(value))
    return None


def replace_surrogates(text: str) -> str:
    """Replace half characters, which JSON and file names can hold but no UTF-8 file can."""
    return text if text.isascii() else text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def _day(value: str | None) -> tuple[str | None, str | None]:
    """An ISO day, and the value where it is none."""
    if value is None:
        return None, None
    day = pd.to_datetime(value[:10], format="%Y-%m-%d", errors="coerce")
    return (None, value) if pd.isna(day) else (day.date().isoformat(), None)
