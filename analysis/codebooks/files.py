"""TOML files of codebooks: opened by name or path, and read with checks that know the line they are on.

What is wrong is collected, so that a user hears of everything in one go; :meth:`TomlFile.finish` tells it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import Any

from analysis.codebooks.lines import KeyPath, locate_keys
from analysis.errors import CodebookError, Problem, UnknownNameError, hint_at

# Not codebooks of entries: lists that have loaders of their own.
_OTHER_FILES = ("offices", "outlets", "furniture")


def slug(name: str) -> str:
    """A name in small letters and figures, with a hyphen for anything else."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


@cache
def list_shipped(folder: str = "") -> tuple[str, ...]:
    """Names of the codebooks that ship with Framelines, or of the topic packs in the folder "topics"."""
    place = resources.files("analysis.codebooks")
    place = place / folder if folder else place
    names = (item.name.removesuffix(".toml") for item in place.iterdir() if item.name.endswith(".toml"))
    return tuple(sorted(name for name in names if folder or name not in _OTHER_FILES))


@dataclass
class TomlFile:
    """A parsed TOML file, and what was found to be wrong with it so far.

    ``folder`` is where paths that the file names begin; None for a file that ships with Framelines.
    """

    where: str
    source: str
    data: Mapping[str, Any]
    folder: Path | None = None
    faults: list[tuple[int, CodebookError]] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)

    @classmethod
    def open(cls, name_or_path: str | Path, *, kind: str, known: Sequence[str], folder: str = "") -> TomlFile:
        """Read a file.

        Args:
            name_or_path: One of ``known``, or a path to a ``.toml`` file.
            kind: What it is, for messages: "codebook".
            known: Names of the files that ship.
            folder: Where those stand, inside this package.

        Raises:
            UnknownNameError: It is no path, and not known.
            CodebookError: There is no such file, or it is not TOML.
        """
        path = Path(name_or_path)
        if path.suffix == ".toml":
            try:
                return cls._parse(str(path), path.read_bytes(), path.resolve().parent)
            except OSError as problem:
                raise CodebookError(
                    f"The {kind} cannot be read: {problem.strerror}.",
                    where=str(path),
                    allowed="A path to a .toml file, or the name of one that ships with Framelines: "
                    f"{', '.join(known)}.",
                    todo="Check the path.",
                ) from problem
        if str(name_or_path) not in known:
            raise UnknownNameError.among(kind, str(name_or_path), known)
        where = "/".join(part for part in (folder, f"{name_or_path}.toml") if part)
        return cls._parse(where, (resources.files("analysis.codebooks") / where).read_bytes(), None)

    @classmethod
    def _parse(cls, where: str, raw: bytes, folder: Path | None) -> TomlFile:
        try:
            # Some editors begin a file with a byte order mark, which TOML does not know.
            source = raw.decode("utf-8-sig")
            return cls(where, source, tomllib.loads(source), folder)
        except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as problem:
            line = re.search(r"\(at line (\d+)", str(problem))
            raise CodebookError(
                f"This is not valid TOML: {problem}.",
                where=f"{where}, line {line[1]}" if line else where,
                allowed="A codebook is a TOML file in UTF-8, in which each table and key stands once.",
                todo="Mend that line; an editor with TOML support shows it.",
            ) from problem

    @cached_property
    def _lines(self) -> Mapping[KeyPath, int]:
        return locate_keys(self.source)

    @property
    def root(self) -> TomlTable:
        """The file's outermost table."""
        return TomlTable(self, (), self.data, "")

    def line_of(self, path: KeyPath) -> int:
        """The line of a key, or of the innermost table around it that the file has; 0 for the file itself."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 0)

    def finish(self) -> None:
        """Raise what was found to be wrong: the first fault in full, then a line for each other one.

        Raises:
            CodebookError: Something is wrong.
        """
        if not self.faults:
            return
        (_, first), *others = sorted(self.faults, key=lambda fault: fault[0])
        told = "".join(f"\n{other.where}: {other.what}" for _, other in others)
        todo = first.todo + (f"\nAlso wrong:{told}" if told else "")
        raise CodebookError(first.what, where=first.where, allowed=first.allowed, todo=todo)


@dataclass(frozen=True)
class TomlTable:
    """One table of a file: reading a key checks it, and notes a fault where it is not as it should be."""

    file: TomlFile
    path: KeyPath
    data: Mapping[str, Any]
    name: str

    def fault(self, what: str, *at: str | int, allowed: str, todo: str = "") -> None:
        """Note that something is wrong at a key of this table, or with the table itself."""
        line = self.file.line_of((*self.path, *at))
        place = ", ".join(
            part for part in (self.file.where, line and f"line {line}", self.name and f"in '{self.name}'")
            if part
        )  # fmt: skip
        error = CodebookError(what, where=place, allowed=allowed, todo=todo or "Mend it and load again.")
        self.file.faults.append((line, error))

    def doubt(self, what: str, *at: str | int, allowed: str, todo: str) -> None:
        """Note a warning, which stops nothing."""
        line = self.file.line_of((*self.path, *at)) or None
        self.file.doubts.append(Problem("settings", "warning", what, allowed, todo, self.file.where, line))

    def check_keys(self, known: Collection[str]) -> None:
        """Note each key that nothing reads: a slip in a name would otherwise pass in silence."""
        for key in self.data:
            if key not in known:
                what = f"'{key}' is not a key here.{hint_at(key, known)}"
                self.fault(what, key, allowed=f"Known: {', '.join(known)}.")

    def text(self, key: str, *, default: str | None = None) -> str:
        """A text; without ``default`` it must be there and not be empty."""
        value = self.data.get(key, default)
        if isinstance(value, str) and (value or default is not None):
            return value
        what = f"'{key}' is {value!r}." if key in self.data else f"'{key}' is missing."
        self.fault(what, key, allowed=f"'{key}' is a text in quotation marks.")
        return ""

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, none of them empty; empty where the key is not there."""
        value = self.data.get(key, [])
        if isinstance(value, list) and all(isinstance(item, str) and item for item in value):
            return tuple(value)
        self.fault(f"'{key}' is {value!r}.", key, allowed=f"'{key}' is a list of texts in quotation marks.")
        return ()

    def choice(self, key: str, allowed: Collection[str], *, default: str | None = None) -> str:
        """One of some words."""
        value = self.data.get(key, default)
        if value in allowed:
            return value
        self.fault(f"'{key}' is {value!r}.", key, allowed=f"One of: {', '.join(allowed)}.")
        return next(iter(allowed))

    def tables(self, key: str) -> Iterator[TomlTable]:
        """The tables of a list of them, each called by its ``name`` where it has one."""
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.fault(f"'{key}' is not a list of tables.", key, allowed=f"Each begins with [[{key}]].")
            return
        for n, item in enumerate(value):
            name = item.get("name", item.get("id"))
            yield TomlTable(self.file, (*self.path, key, n), item, name if isinstance(name, str) else key)

    def named_tables(self, key: str, prefix: str) -> Iterator[tuple[str, TomlTable]]:
        """The tables inside a table, by their names; ``prefix`` tells in messages where they stand."""
        value = self.data.get(key, {})
        if not isinstance(value, dict):
            self.fault(f"'{key}' is {value!r}.", key, allowed=f"Each entry begins with [{prefix}.NAME].")
            return
        for name, item in value.items():
            if isinstance(item, dict):
                yield name, TomlTable(self.file, (*self.path, key, name), item, name)
            else:
                allowed = f"Each entry begins with [{prefix}.NAME]."
                self.fault(f"'{name}' is {item!r}, not a table.", key, name, allowed=allowed)
