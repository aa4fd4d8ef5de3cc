"""What the readers of table files give: rows, and faults where there is none; how their text is opened."""

from __future__ import annotations

import codecs
import contextlib
import hashlib
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TextIO

from analysis.corpus.pages import MAX_PAGE_BYTES, Source
from analysis.corpus.reading.columns import names_text
from analysis.corpus.reading.decoding import Encoding, choose_encoding
from analysis.errors import CorpusFormatError, Problem

_CHUNK = 1 << 20  # bytes; a multiple of the width of every encoding
_LISTED = 30  # names of columns in a message


@dataclass(frozen=True)
class Row:
    """A row of a table: its cells by column, and where it begins: a line of the file, or a row's number."""

    line: int
    cells: Mapping[str, object]


@dataclass(frozen=True)
class Fault:
    """A problem of which a file may have very many; ``many`` says of them what ``problem`` says of one."""

    problem: Problem
    many: str


Rows = Iterator[Row | Fault | Problem]


def scan_file(source: Source) -> tuple[str, Encoding]:
    """A file's SHA-256 and how its text is encoded, in one pass that holds no more than a piece of it.

    Raises:
        CorpusFormatError: The file is empty, or no text.
    """
    digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
    encoding, blank, at, chunk = None, True, 0, b""
    with source.opener() as handle:
        while piece := handle.read(_CHUNK):
            chunk = piece
            digest.update(chunk)
            blank = blank and not chunk.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe")
            if encoding is None and not blank:
                encoding = _find_encoding(chunk, decoder, at)
            at += len(chunk)
    if blank:
        raise CorpusFormatError(
            "The file is empty.",
            allowed="A table needs at least one row with an article's text.",
            todo="Export it again, or remove it.",
        )
    if encoding is None and decoder.getstate()[0]:
        encoding = choose_encoding(chunk, start=at - len(chunk))
    return digest.hexdigest(), encoding or Encoding("utf-8-sig", "strict", "utf-8")


def hash_file(source: Source) -> str:
    """A file's SHA-256."""
    digest = hashlib.sha256()
    with source.opener() as handle:
        while piece := handle.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def _find_encoding(chunk: bytes, decoder: codecs.IncrementalDecoder, at: int) -> Encoding | None:
    """How a file is encoded, where a piece of it at ``at`` shows that it is not simply UTF-8."""
    if at or 0 not in chunk:
        try:
            decoder.decode(chunk)
            return None
        except UnicodeDecodeError:
            pass
    chosen = choose_encoding(chunk, start=at)
    # The next piece may hold what this one does not.
    return replace(chosen, errors="replace") if chosen.errors == "strict" else chosen


@contextlib.contextmanager
def open_text(source: Source, encoding: Encoding, newline: str) -> Iterator[TextIO]:
    """A table file as text, to be read line by line."""
    with source.opener() as handle, io.TextIOWrapper(
        handle, encoding=encoding.codec, errors=encoding.errors, newline=newline
    ) as text:  # fmt: skip
        yield text


class Lines:
    """A file's lines, counted; a line beyond the limit of a page is passed over and noted in ``too_long``."""

    def __init__(self, text: TextIO, limit: int = MAX_PAGE_BYTES) -> None:
        self.count = 0
        self.ended = False
        self.too_long: list[int] = []
        self._text, self._limit = text, limit

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        line = self._text.readline(self._limit)
        if not line:
            self.ended = True
            raise StopIteration
        self.count += 1
        if len(line) < self._limit:
            return line
        while line and not line.endswith(("\n", "\r")):
            line = self._text.readline(_CHUNK)
        self.too_long.append(self.count)
        return "\n"

    def faults(self, page: str) -> Iterator[Fault]:
        """The lines passed over since this was last asked."""
        while self.too_long:
            problem = Problem(
                "read", "error", f"A line of the table is longer than {self._limit // 1_000_000} MB.",
                f"An article of up to {self._limit // 1_000_000} MB.",
                "The line was left out. Export the table again, one article a row.",
                page, self.too_long.pop(0),
            )  # fmt: skip
            yield Fault(problem, "lines are too long")


def check_columns(names: list[str]) -> None:
    """See to it that a table has a column of texts.

    Raises:
        CorpusFormatError: It has none; the message lists the columns there are.
    """
    if any(names_text(name) for name in names):
        return
    listed = ", ".join(f"'{name[:60]}'" for name in names[:_LISTED]) or "none"
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    raise CorpusFormatError(
        f"No column of the table holds articles' texts. Its columns are: {listed}{more}.",
        allowed="Each article needs 'text'; id, outlet, published, headline, byline and url are used.",
        todo="Rename the column that holds the articles to 'text'.",
    )


def tell_doubled(names: list[str], page: str, line: int) -> Iterator[Problem]:
    """A warning that names the columns of which a table has more than one."""
    doubled = [name for name, count in Counter(names).items() if name and count > 1]
    if doubled:
        told = ", ".join(f"'{name}'" for name in doubled[:10])
        yield Problem(
            "read", "warning", f"More than one column is named {told}.",
            "Each column needs a name of its own.",
            "The first of them was read; rename or remove the other.", page, line,
        )  # fmt: skip
