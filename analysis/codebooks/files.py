"""TOML files of codebooks: opened by name or path, and read with checks that know where they are."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from analysis.codebooks.patterns import parse_pattern
from analysis.errors import CodebookError, UnknownNameError

USES = ("person", "modifier", "process")


@dataclass(frozen=True)
class Entry:
    """One thing to look for: ``patterns`` find it, an overlapping ``unless`` cancels it.

    ``units`` are what a measure is counted in: nouns in the singular, "people" for any word for persons,
    "money", "percent"; none means any noun. ``source`` names where an instrument is public.
    """

    id: str
    label: str
    patterns: tuple[str, ...]
    unless: tuple[str, ...] = ()
    use: str | None = None
    units: tuple[str, ...] = ()
    source: str | None = None


def slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def list_shipped(folder: str) -> list[str]:
    place = (
        resources.files("analysis.codebooks") / folder if folder else resources.files("analysis.codebooks")
    )
    others = () if folder else ("offices", "outlets", "furniture")
    names = (item.name.removesuffix(".toml") for item in place.iterdir() if item.name.endswith(".toml"))
    return sorted(name for name in names if name not in others)


@dataclass(frozen=True)
class TomlFile:
    """A parsed TOML file with checks that know where they are."""

    where: str
    source: str
    data: Mapping[str, Any]

    @classmethod
    def open(cls, name_or_path: str | Path, *, kind: str, known: list[str], folder: str = "") -> TomlFile:
        path = Path(name_or_path)
        if path.suffix == ".toml":
            where = str(path)
            try:
                raw = path.read_bytes()
            except OSError as problem:
                raise CodebookError(
                    f"The {kind} cannot be read: {problem.strerror}.",
                    where=where,
                    allowed="A path to a .toml file, or the name of one that ships with Framelines: "
                    f"{', '.join(known)}.",
                    todo="Check the path.",
                ) from problem
        elif str(name_or_path) in known:
            where = "/".join(part for part in (folder, f"{name_or_path}.toml") if part)
            raw = (resources.files("analysis.codebooks") / where).read_bytes()
        else:
            raise UnknownNameError.among(kind, str(name_or_path), known)
        return cls._parse(where, raw)

    @classmethod
    def _parse(cls, where: str, raw: bytes) -> TomlFile:
        try:
            source = raw.decode("utf-8")
            return cls(where, source, tomllib.loads(source))
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
            raise CodebookError(
                f"This is not valid TOML: {problem}.",
                where=where,
                allowed="A codebook is a TOML file in UTF-8.",
                todo="Mend that line; an editor with TOML support shows it.",
            ) from problem

    def error(self, what: str, entry: str, *, allowed: str, todo: str = "") -> CodebookError:
        line = next(
            (n for n, text in enumerate(self.source.splitlines(), 1) if entry.split(":")[-1] in text), None
        )
        place = f"{self.where}, line {line}" if line else self.where
        return CodebookError(
            what, where=f"{place}, in '{entry}'", allowed=allowed, todo=todo or "Mend it and load again."
        )

    def tables(self, key: str) -> list[Mapping[str, Any]]:
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
            raise self.error(f"'{key}' is not a list of tables.", key, allowed=f"Each begins with [[{key}]].")
        return value

    def text(self, table: Mapping[str, Any], key: str, entry: str, *, default: str | None = None) -> str:
        value = table.get(key, default)
        if not isinstance(value, str) or (not value and default is None):
            raise self.error(
                f"'{key}' is {value!r}." if key in table else f"'{key}' is missing.",
                entry,
                allowed=f"'{key}' is a text in quotation marks.",
            )
        return value

    def texts(self, table: Mapping[str, Any], key: str, entry: str) -> tuple[str, ...]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise self.error(f"'{key}' is {value!r}.", entry, allowed=f"'{key}' is a list of texts.")
        return tuple(value)

    def choice(self, table: Mapping[str, Any], key: str, entry: str, allowed: Iterable[str]) -> str:
        value = table.get(key)
        if value not in allowed:
            raise self.error(f"'{key}' is {value!r}.", entry, allowed=f"One of: {', '.join(allowed)}.")
        return str(value)

    def entries(self, tables: Any, prefix: str, *, label: str | None = None) -> list[Entry]:
        if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
            allowed = f"Each begins with [{prefix[:-1]}.NAME]."
            raise self.error("Entries are not tables.", prefix, allowed=allowed)
        return [self._entry(prefix, key, table, label) for key, table in tables.items()]

    def _entry(self, prefix: str, key: str, table: Mapping[str, Any], label: str | None) -> Entry:
        identifier = prefix + key
        patterns = self.texts(table, "patterns", identifier)
        unless = self.texts(table, "unless", identifier)
        if not patterns:
            raise self.error("It has no patterns.", identifier, allowed="An entry has one pattern at least.")
        for pattern in (*patterns, *unless):
            try:
                parse_pattern(pattern)
            except ValueError as problem:
                raise self.error(
                    f"The pattern '{pattern}' cannot be read: {problem}.",
                    identifier,
                    allowed="The pattern language stands in analysis.codebooks.patterns.",
                ) from problem
        use = self.choice(table, "use", identifier, USES) if "use" in table else None
        units, source = self.texts(table, "units", identifier), table.get("source")
        return Entry(identifier, label or table.get("label", key), patterns, unless, use, units, source)
