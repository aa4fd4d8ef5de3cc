"""One file to what is in it: pages or records, by its suffix. What cannot be read becomes a problem."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from analysis.corpus.pages import Reading, Source
from analysis.corpus.reading import formats
from analysis.corpus.reading.containers import (
    MAX_DEPTH,
    Meter,
    list_gzip,
    list_zip,
    open_seekable,
    packed_suffix,
)
from analysis.corpus.reading.decoding import replace_surrogates
from analysis.corpus.reading.records import TABLE_SUFFIXES, read_table
from analysis.corpus.reading.webarchives import list_records
from analysis.errors import CorpusFormatError, Problem

Reader = Callable[[Source], Iterator[Reading]]
Lister = Callable[[Source, Meter], Iterator[Source | Problem]]

# What stands at the start of a file says its kind, whatever its name says.
_HEAD_BYTES = 16_384
_MANY_TAGS = 10
_UTF8_MARK = b"\xef\xbb\xbf"


def read_file(path: Path, root: Path) -> Iterator[Reading]:
    """Read one file of an input; see :func:`read_source`."""
    yield from read_source(_file_source(path, root))


def read_source(source: Source) -> Iterator[Reading]:
    """Read a file, or every file inside it where it is an archive.

    Never raises for what the file contains: that becomes a problem row, and what was read before it stays.
    """
    for item in _walk(source, CONTAINERS):
        if isinstance(item, Problem):
            yield Reading(item.page, problems=(item,))
        else:
            yield from _read_one(item)


def iter_plain_texts(path: Path, root: Path) -> Iterator[str]:
    """The texts of a file's plain pages, in which a corpus repeats its lines; problems are left out."""
    source = _file_source(path, root)
    # A web archive gives HTML alone: it is no use to go through it twice.
    listers = {suffix: lister for suffix, lister in CONTAINERS.items() if suffix != ".warc"}
    if source.suffix in (*TEXT_SUFFIXES, *listers):
        for item in _walk(source, listers):
            if isinstance(item, Source) and item.suffix in TEXT_SUFFIXES:
                try:
                    text = formats.find_plain_text(item)
                # Told when the file is read for its articles.
                except Exception:
                    continue
                if text is not None:
                    yield text


def _file_source(path: Path, root: Path) -> Source:
    name = replace_surrogates(path.relative_to(root).as_posix())
    return Source(name, path.suffix.lower(), lambda: path.open("rb"))


def _walk(
    source: Source, listers: Mapping[str, Lister], meter: Meter | None = None, depth: int = 0
) -> Iterator[Source | Problem]:
    """A file as what it really is, or the files inside it; each may be opened until the next is asked for."""
    meter = meter or Meter()
    try:
        suffix = _true_suffix(source)
        if suffix is None:
            yield _not_read(source)
            return
        if suffix != source.suffix:
            yield _renamed(source, suffix)
            source = replace(source, suffix=suffix)
        if suffix not in listers:
            yield source
            return
        if depth == MAX_DEPTH:
            raise CorpusFormatError(
                f"The archive stands more than {MAX_DEPTH} archives deep, and was not read.",
                allowed=f"Archives inside archives, {MAX_DEPTH} deep.",
                todo="Unpack it, and give the folder.",
            )
        for member in listers[suffix](source, meter):
            if isinstance(member, Problem):
                yield member
            else:
                yield from _walk(member, listers, meter, depth + 1)
            if meter.ended:
                return
    # Broken bytes make libraries raise errors of any kind; one file must never stop the rest.
    except Exception as error:
        yield _unread(error, source.name)


def _read_one(source: Source) -> Iterator[Reading]:
    try:
        yield from READERS[source.suffix](source)
    # The same here: a page is as likely to break a parser as an archive is.
    except Exception as error:
        yield Reading(source.name, problems=(_unread(error, source.name),))


def _read_parquet(source: Source) -> Iterator[Reading]:
    """A table that is read from its end, as no packed file can be."""
    yield from read_table(replace(source, opener=lambda: open_seekable(source)))


def _read_json_lines(source: Source) -> Iterator[Reading]:
    yield from read_table(replace(source, suffix=".jsonl"))


def _true_suffix(source: Source) -> str | None:
    """The suffix to read a file by, which is another than its own where its start says so; None is unread."""
    known = source.suffix in READERS or source.suffix in CONTAINERS
    if source.suffix in TABLE_SUFFIXES:
        return source.suffix
    with source.opener() as handle:
        head = handle.read(_HEAD_BYTES)
    found = _identify(head)
    if not known:
        # Saved pages are often named by their address ("index", "page?id=3"); other text may be anything.
        return found if found in _TELLING and found in (*READERS, *CONTAINERS) else None
    if source.suffix == ".gz" and found != ".gz":
        # Some servers unpack on the way, and the name stays.
        inner = packed_suffix(source.name)
        return inner if inner in READERS or inner in CONTAINERS else found or source.suffix
    if source.suffix in TEXT_SUFFIXES and found is None and _is_mostly_markup(head):
        return ".html"
    if source.suffix in MARKUP_SUFFIXES and found == ".html":
        return source.suffix
    if source.suffix in _MISNAMED and found in (*READERS, *CONTAINERS):
        return found
    return source.suffix


def _identify(head: bytes) -> str | None:
    """The suffix that a file's start would deserve, where it leaves no doubt."""
    if head.startswith(b"\x1f\x8b\x08"):
        return ".gz"
    if head.startswith(b"PK\x03\x04"):
        return ".docx" if b"word/" in head else ".xlsx" if b"xl/" in head else ".zip"
    if re.match(rb"WARC/[01]\.\d", head):
        return ".warc"
    if head.startswith(rb"{\rtf"):
        return ".rtf"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode("utf-8", "ignore")
    head = head.removeprefix(_UTF8_MARK).lstrip().lower()
    if re.match(rb"(?:from|mime-version|snapshot-content-location|subject|date):", head):
        return ".mhtml" if b"multipart/related" in head else None
    start = re.sub(rb"\A(?:<\?xml[^>]{0,300}\?>|<!--(?s:.{0,2000}?)-->|\s+)+", b"", head)
    return ".html" if re.match(rb"<!doctype\s+html|<html[\s>]", start) else None


def _is_mostly_markup(head: bytes) -> bool:
    """A saved page without its first lines; one that only speaks of HTML has no such number of tags."""
    return b"<body" in head.lower() and head.count(b"</") >= _MANY_TAGS


TEXT_SUFFIXES = (".txt", ".text")
MARKUP_SUFFIXES = (".html", ".htm", ".xhtml")
CONTAINERS: dict[str, Lister] = {".zip": list_zip, ".gz": list_gzip, ".warc": list_records}
READERS: dict[str, Reader] = {
    **dict.fromkeys(TEXT_SUFFIXES, formats.read_text),
    **dict.fromkeys(MARKUP_SUFFIXES, formats.read_markup),
    **dict.fromkeys((".mhtml", ".mht"), formats.read_saved_page),
    ".docx": formats.read_word,
    ".rtf": formats.read_rich_text,
    ".xml": formats.read_xml,
    **dict.fromkeys((".rss", ".atom"), formats.read_feed_file),
    **dict.fromkeys(TABLE_SUFFIXES, read_table),
    ".ndjson": _read_json_lines,
    ".parquet": _read_parquet,
}
READ_SUFFIXES = (*READERS, *CONTAINERS)
_READ_TYPES = f"Framelines reads {', '.join(READ_SUFFIXES)}."
# Files with these suffixes are often something else; a table or a feed that is not one says so itself.
_MISNAMED = (*TEXT_SUFFIXES, *MARKUP_SUFFIXES, ".rtf", ".xml")
_TELLING = (".html", ".mhtml", ".warc")


def _not_read(source: Source) -> Problem:
    kind = f"'{source.suffix}' files are" if source.suffix else "Files without a suffix are"
    todo = "Save it as one of these if it holds articles; else leave it."
    return Problem("read", "note", f"{kind} not read.", _READ_TYPES, todo, source.name)


def _renamed(source: Source, suffix: str) -> Problem:
    named = f"is named '{source.suffix}'" if source.suffix else "has no suffix"
    what = f"The file {named}, but its start is that of a '{suffix}' file. It was read as one."
    allowed = "A suffix that says what the file is."
    todo = f"Name it '{suffix}' to read it without this note."
    return Problem("read", "note", what, allowed, todo, source.name)


def _unread(error: Exception, page: str) -> Problem:
    if isinstance(error, CorpusFormatError):
        return Problem("read", "error", error.what, error.allowed, error.todo, page)
    # An OSError's own words name the folder, which differs from machine to machine.
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    first_line = words.strip().partition("\n")[0][:300]
    told = f"{type(error).__name__}: {first_line}" if first_line else type(error).__name__
    what = f"The file cannot be read ({told})."
    return Problem("read", "error", what, _READ_TYPES, "Export it again, or remove it.", page)
