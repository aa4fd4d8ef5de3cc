"""One file to what is in it: pages or records, by its suffix. What cannot be read becomes a problem."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from analysis.corpus.decoding import decode, replace_surrogates
from analysis.corpus.pages import Page, Reading, Source
from analysis.corpus.records import TABLE_SUFFIXES, read_table
from analysis.errors import CorpusFormatError, Problem

PAGE_SUFFIXES = (".txt",)

Reader = Callable[[Source], Iterator[Reading]]


def read_file(path: Path, root: Path) -> Iterator[Reading]:
    """Read one file of an input; see :func:`read_source`."""
    name = replace_surrogates(path.relative_to(root).as_posix())
    yield from read_source(Source(name, path.suffix.lower(), lambda: path.open("rb")))


def read_source(source: Source) -> Iterator[Reading]:
    """Read a file, or one inside another, by its suffix.

    Never raises for what the file contains: that becomes a problem row, and what was read before it stays.
    """
    reader = READERS.get(source.suffix)
    if reader is None:
        kind = f"'{source.suffix}' files are" if source.suffix else "Files without a suffix are"
        note = Problem("read", "note", f"{kind} not read.", _READ_TYPES, page=source.name)
        yield Reading(source.name, problems=(note,))
        return
    try:
        yield from reader(source)
    except CorpusFormatError as error:
        problem = Problem("read", "error", error.what, error.allowed, error.todo, source.name)
        yield Reading(source.name, problems=(problem,))
    except (OSError, ValueError) as error:
        yield Reading(source.name, problems=(_unreadable(error, source.name),))


def iter_plain_texts(path: Path, root: Path) -> Iterator[str]:
    """The texts of a file's plain pages, in which a corpus repeats its lines; problems are left out."""
    if path.suffix.lower() in PAGE_SUFFIXES:
        yield from (reading.page.text for reading in read_file(path, root) if reading.page)


def _read_text(source: Source) -> Iterator[Reading]:
    data = source.read()
    sha256 = hashlib.sha256(data).hexdigest()
    text, encoding, doubt = decode(data)
    doubts = (Problem("read", "warning", **doubt, page=source.name),) if doubt else ()
    page = Page(source.name, sha256, encoding, text, facts=source.facts)
    yield Reading(source.name, sha256, page, problems=doubts)


READERS: dict[str, Reader] = {
    **dict.fromkeys(PAGE_SUFFIXES, _read_text),
    **dict.fromkeys(TABLE_SUFFIXES, read_table),
}
READ_SUFFIXES = tuple(READERS)
_READ_TYPES = f"Framelines reads {', '.join(READ_SUFFIXES)}."


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
