"""JSON files to rows: a row a line, a list of objects, or one object that holds such a list."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import TextIO

from analysis.corpus.pages import MAX_PAGE_BYTES
from analysis.corpus.reading.columns import names_text, read_fields
from analysis.corpus.reading.rows import Fault, Lines, Row, Rows
from analysis.errors import CorpusFormatError, Problem

# A whole answer of a news interface stands in one object.
_MAX_OBJECT = 200_000_000  # characters
_PIECE = 1 << 16
_LISTS = ("articles", "stories", "results", "items", "data", "documents", "docs", "records", "rows", "hits")
_ALLOWED = "A .jsonl file holds one object a line, a .json file a list of objects."
_MEND = "Mend the line, or export the file again."
_BETWEEN = re.compile(r"[ \t\r\n,\ufeff]*")
_DECODER = json.JSONDecoder(parse_constant=lambda _: None)


def read_json_lines(text: TextIO, page: str) -> Rows:
    """The rows of a jsonl file, opened with ``newline="\\n"``; a line that is no object is a fault."""
    lines = Lines(text)
    for line in lines:
        yield from lines.faults(page)
        if not line.strip():
            continue
        try:
            value = _DECODER.decode(line.strip())
        except (ValueError, RecursionError) as error:
            what = _say(error, lines.count)
            yield Fault(
                Problem("read", "error", what, _ALLOWED, _MEND, page, lines.count),
                "lines are not valid JSON",
            )  # fmt: skip
            continue
        yield _to_row(value, lines.count, page)


def read_json(text: TextIO, page: str) -> Rows:
    """The rows of a json file.

    It may be a list of objects, of which each is read by itself, so that a list which breaks off gives what
    stands before the break; objects one after the other; or one object, which is an article or holds a list
    of them.

    Raises:
        CorpusFormatError: It is no JSON from the first value on.
    """
    scanner = _Scanner(text)
    if scanner.peek() == "[":
        scanner.step()
        values = scanner.values(MAX_PAGE_BYTES, end="]")
    else:
        first = scanner.value(_MAX_OBJECT)
        if not scanner.peek():
            yield from _unwrap(first, page)
            return
        yield Problem(
            "read", "note", "The file holds one object after the other.", _ALLOWED,
            "It was read as .jsonl is.", page,
        )  # fmt: skip
        yield _to_row(first, 1, page)
        values = scanner.values(MAX_PAGE_BYTES, end="", row=2)
    for row, value in values:
        if isinstance(value, CorpusFormatError):
            yield Problem(
                "read", "error", f"{value.what} What follows was not read.", value.allowed, value.todo, page,
                scanner.line,
            )  # fmt: skip
            return
        yield _to_row(value, row, page)
    scanner.step()
    if scanner.peek():
        yield Problem(
            "read", "error", f"What follows the list, from line {scanner.line} on, was not read.",
            _ALLOWED, _MEND, page, scanner.line,
        )  # fmt: skip


def _to_row(value: object, line: int, page: str) -> Row | Fault:
    if isinstance(value, Mapping):
        return Row(line, value)
    kind = "a list" if isinstance(value, list) else "a single value"
    problem = Problem(
        "read",
        "error",
        f"Row {line} is {kind}, not an object.",
        _ALLOWED,
        "The row was left out.",
        page,
        line,
    )
    return Fault(problem, "rows are not objects")


def _unwrap(value: object, page: str) -> Rows:
    """The rows of a file that is one value: an article, a list inside it, or a table by columns."""
    if not isinstance(value, Mapping) or read_fields(value).text:
        yield _to_row(value, 1, page)
        return
    lists = {
        name: items
        for name, items in _inner(value)
        if isinstance(items, list) and any(isinstance(item, Mapping) for item in items)
    }
    if lists:
        name = min(lists, key=lambda name: (_rank(name), -len(lists[name])))
        if len(lists) > 1:
            others = ", ".join(f"'{other}'" for other in lists if other != name)
            yield Problem(
                "read", "note", f"The articles were read from the list '{name}', not from {others}.",
                _ALLOWED,
                "If that is wrong, save the right list as a file of its own.",
                page,
            )  # fmt: skip
        yield from (_to_row(item, row, page) for row, item in enumerate(lists[name], 1))
    elif value and all(isinstance(inner, Mapping) for inner in value.values()):
        yield from _read_by_name(value)
    else:
        yield Row(1, value)


def _read_by_name(value: Mapping[str, Mapping]) -> Rows:
    """Objects by name: pandas writes tables so, an object a column; others write an object an article."""
    if not any(names_text(name) for name in value):
        for row, (name, cells) in enumerate(value.items(), 1):
            yield Row(row, {**cells, "id": cells.get("id", name)})
        return
    keys = dict.fromkeys(key for column in value.values() for key in column)
    for row, key in enumerate(keys, 1):
        yield Row(row, {name: column.get(key) for name, column in value.items()})


def _inner(value: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for name, inner in value.items():
        yield name, inner
        if isinstance(inner, Mapping):
            yield from ((f"{name}.{key}", nested) for key, nested in inner.items())


def _rank(name: str) -> int:
    last = name.rpartition(".")[2].casefold()
    return _LISTS.index(last) if last in _LISTS else len(_LISTS)


class _Scanner:
    """Reads one JSON value after the other from a stream, with no more held than the value at hand."""

    def __init__(self, text: TextIO) -> None:
        self.line = 1
        self._text, self._held, self._at, self._ended = text, "", 0, False

    def peek(self) -> str:
        """The next character that is neither white space nor a comma; "" at the end."""
        while True:
            self._advance(_BETWEEN.match(self._held, self._at).end())
            if self._at < len(self._held) or not self._read(_PIECE):
                return self._held[self._at : self._at + 1]

    def step(self) -> None:
        """Pass over one character."""
        self._advance(min(self._at + 1, len(self._held)))

    def values(self, limit: int, *, end: str, row: int = 1) -> Iterator[tuple[int, object]]:
        """The values up to ``end``, numbered; the last is the error where they break off."""
        while self.peek() != end:
            try:
                if not self.peek():
                    raise _broken(f"The list breaks off in line {self.line}.")
                yield row, self.value(limit)
            except CorpusFormatError as error:
                yield row, error
                return
            row += 1

    def value(self, limit: int) -> object:
        """The next value.

        Raises:
            CorpusFormatError: It is not valid JSON, or longer than ``limit`` characters.
        """
        self.peek()
        while True:
            held = len(self._held) - self._at
            try:
                value, end = _DECODER.raw_decode(self._held, self._at)
            except json.JSONDecodeError as error:
                if held <= limit and self._read(max(_PIECE, held)):
                    continue
                raise _broken(_say(error, self.line - self._held.count("\n", 0, self._at))) from None
            except (ValueError, RecursionError) as error:
                raise _broken(_say(error, self.line)) from None
            # A number at the end of what is held may go on.
            if end == len(self._held) and not isinstance(value, Mapping | list) and self._read(_PIECE):
                continue
            self._advance(end)
            return value

    def _advance(self, at: int) -> None:
        self.line += self._held.count("\n", self._at, at)
        self._at = at

    def _read(self, size: int) -> bool:
        """Hold ``size`` more characters and let go of those passed; False at the end of the file."""
        piece = "" if self._ended else self._text.read(size)
        self._ended = not piece
        if piece:
            self._held, self._at = self._held[self._at :] + piece, 0
        return bool(piece)


def _say(error: Exception, line: int) -> str:
    if isinstance(error, RecursionError):
        return f"Line {line} holds lists or objects nested too deep to be read."
    if isinstance(error, json.JSONDecodeError):
        return f"Line {line + error.lineno - 1} is not valid JSON: {error.msg.removesuffix(' starting at')}."
    return f"Line {line} is not valid JSON: {error}."


def _broken(what: str) -> CorpusFormatError:
    return CorpusFormatError(what, allowed=_ALLOWED, todo=_MEND)
