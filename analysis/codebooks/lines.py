"""Where in a TOML text each key stands: ``tomllib`` tells what a file says, not on which line.

The text must be valid TOML: what is read here is only as much of the grammar as the places need.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

KeyPath = tuple[str | int, ...]

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|(?P<skip>\#[^\n]*|[ \t\r]+)"
    r"|[\[\]{},=.\n]"
    r"|[^\s\[\]{},=.\"'#]+",
    re.DOTALL,
)


def locate_keys(source: str) -> Mapping[KeyPath, int]:
    """Find the line of every key of a TOML text.

    Args:
        source: Valid TOML, with any line ends.

    Returns:
        Path of keys to line number, from 1. A number in a path counts the tables of a list of tables, or
        the items of an array: ``("category", 1, "name")`` is the name of the second ``[[category]]``. The
        path of a table has the line of its first header, that of a key the line of the key.

    Example:
        >>> lines = locate_keys('a = 1\\n\\n[[b]]\\nc = [\\n  "x",\\n]\\n')
        >>> lines["a",], lines["b", 0], lines["b", 0, "c"], lines["b", 0, "c", 0]
        (1, 3, 4, 5)
    """
    return _Locator(source).read()


class _Locator:
    """A walk over the words of a TOML text that notes where keys stand."""

    def __init__(self, source: str) -> None:
        self._words: list[tuple[str, int]] = []
        line = 1
        for match in _TOKEN.finditer(source):
            if not match["skip"]:
                self._words.append((match[0], line))
            line += match[0].count("\n")
        self._next = 0
        self._lists: dict[KeyPath, int] = {}
        self._lines: dict[KeyPath, int] = {}

    def read(self) -> dict[KeyPath, int]:
        table: KeyPath = ()
        while self._next < len(self._words):
            word, line = self._words[self._next]
            if word == "\n":
                self._next += 1
            elif word == "[":
                table = self._header(line)
            else:
                self._pair(table)
        return self._lines

    def _header(self, line: int) -> KeyPath:
        is_list = self._words[self._next + 1][0] == "["
        self._next += 1 + is_list
        keys = self._keys()
        self._next += 1 + is_list
        path: KeyPath = ()
        for key in keys[:-1]:
            path = self._inside((*path, key), line)
        path = (*path, keys[-1])
        if is_list:
            self._lists[path] = self._lists.get(path, -1) + 1
        return self._inside(path, line)

    def _inside(self, path: KeyPath, line: int) -> KeyPath:
        """The path of the table under a key: of the last one, where there is a list of them."""
        self._lines.setdefault(path, line)
        if path in self._lists:
            path = (*path, self._lists[path])
            self._lines.setdefault(path, line)
        return path

    def _keys(self) -> list[str]:
        keys = [self._key()]
        while self._words[self._next][0] == ".":
            self._next += 1
            keys.append(self._key())
        return keys

    def _key(self) -> str:
        word = self._words[self._next][0]
        self._next += 1
        return tomllib.loads(f"key = {word}")["key"] if word[0] in "\"'" else word

    def _pair(self, path: KeyPath) -> None:
        line = self._words[self._next][1]
        for key in self._keys():
            path = (*path, key)
            self._lines.setdefault(path, line)
        self._next += 1
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        word = self._words[self._next][0]
        if word == "[":
            self._array(path)
        elif word == "{":
            self._inline_table(path)
        else:
            # A number or a date may be several words: 1.5, 2025-01-31 10:00:00.
            while self._next < len(self._words) and self._words[self._next][0] not in ("\n", ",", "]", "}"):
                self._next += 1

    def _array(self, path: KeyPath) -> None:
        self._next += 1
        item = 0
        while (found := self._words[self._next])[0] != "]":
            if found[0] in (",", "\n"):
                self._next += 1
            else:
                self._lines[*path, item] = found[1]
                self._value((*path, item))
                item += 1
        self._next += 1

    def _inline_table(self, path: KeyPath) -> None:
        self._next += 1
        while (word := self._words[self._next][0]) != "}":
            if word in (",", "\n"):
                self._next += 1
            else:
                self._pair(path)
        self._next += 1
