"""Read codebooks, topic packs, offices, outlets and page furniture from TOML files.

Every record is frozen and every loader cached: a codebook is read once a process.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from analysis.codebooks.patterns import parse_pattern
from analysis.errors import CodebookError, UnknownNameError
from analysis.schema import ROLES

USES = ("person", "modifier", "process")
ACTOR_KINDS = ("person", "office", "organisation", "group")
OUTLET_KINDS = ("newspaper", "broadcaster", "agency", "aggregator", "site")


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


@dataclass(frozen=True)
class Category:
    """A category as a human coder reads it."""

    name: str
    definition: str
    include: str
    exclude: str
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Codebook:
    """A frame codebook: its categories, and the entries that stand for them."""

    name: str
    version: str
    title: str
    source: str
    licence: str
    categories: tuple[Category, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Actor:
    """A person, office, organisation or group that a topic pack names."""

    id: str
    name: str
    kind: str
    role: str | None
    party: str | None
    country: str | None
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Term:
    """One person's time in an office; ISO days, ``latest`` None while it lasts."""

    office: str
    country: str
    holder: str
    party: str | None
    earliest: str
    latest: str | None


@dataclass(frozen=True)
class Office:
    """An office, the other ways to write it, and who held it when."""

    name: str
    country: str
    aliases: tuple[str, ...]
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class TopicPack:
    """What one policy field adds: when an article is about it, and what to look for there."""

    name: str
    version: str
    title: str
    topic: tuple[Entry, ...]
    instruments: tuple[Entry, ...]
    terms: tuple[Entry, ...]
    metaphors: tuple[Entry, ...]
    measures: tuple[Entry, ...]
    actors: tuple[Actor, ...]
    places: tuple[str, ...]
    offices: tuple[Office, ...] = ()


@dataclass(frozen=True)
class Outlet:
    """A news outlet, agency or aggregator.

    ``domains`` are those of its own pages, without "www."; ``common_word`` says that the name is also a word
    of the language ("Time", "the House"), so that a sentence with it names nobody.
    """

    name: str
    aliases: tuple[str, ...]
    country: str | None
    kind: str
    domains: tuple[str, ...] = ()
    common_word: bool = False


@dataclass(frozen=True)
class FurnitureRule:
    """A regular expression for a whole line that is not article text."""

    id: str
    role: str
    pattern: str


@cache
def load_codebook(name_or_path: str | Path) -> Codebook:
    """Read a frame codebook.

    Args:
        name_or_path: The name of a shipped codebook ("policy_frames"), or a path to a ``.toml`` file.

    Raises:
        UnknownNameError: No codebook has that name.
        CodebookError: The file is not valid TOML, or an entry breaks the rules.
    """
    file = _File.open(name_or_path, kind="codebook", known=_shipped(""))
    categories, entries = [], []
    for table in file.tables("category"):
        name = file.text(table, "name", "category")
        categories.append(
            Category(
                name,
                file.text(table, "definition", name),
                file.text(table, "include", name, default=""),
                file.text(table, "exclude", name, default=""),
                file.texts(table, "examples", name),
            )
        )
        entries += file.entries(table.get("entries", {}), f"{_slug(name)}:", label=name)
    fields = [
        file.text(file.data, key, "the file") for key in ("name", "version", "title", "source", "licence")
    ]
    return Codebook(*fields, tuple(categories), tuple(entries))


@cache
def load_topic(name_or_path: str | Path) -> TopicPack:
    """Read a topic pack.

    Args:
        name_or_path: One of :func:`list_topics`, or a path to a ``.toml`` file.

    Raises:
        UnknownNameError: No topic pack has that name.
        CodebookError: The file is not valid TOML, or an entry breaks the rules.
    """
    file = _File.open(name_or_path, kind="topic pack", known=_shipped("topics"), folder="topics")
    sections = {
        key: tuple(file.entries(file.data.get(key, {}), f"{key}:"))
        for key in ("topic", "instruments", "terms", "metaphors", "measures")
    }
    return TopicPack(
        *(file.text(file.data, key, "the file") for key in ("name", "version", "title")),
        **sections,
        actors=tuple(_actor(file, table) for table in file.tables("actors")),
        places=file.texts(file.data, "places", "the file"),
        offices=tuple(_office(file, table) for table in file.tables("office")),
    )


def list_topics() -> list[str]:
    """Names of the topic packs that ship with Framelines."""
    return _shipped("topics")


@cache
def load_offices() -> tuple[Office, ...]:
    """Political offices with who held them when, as far as it is certain."""
    file = _File.open("offices", kind="codebook", known=["offices"])
    return tuple(_office(file, table) for table in file.tables("office"))


@cache
def load_outlets() -> tuple[Outlet, ...]:
    """News outlets, agencies and aggregators, with the other ways to write their names."""
    file = _File.open("outlets", kind="codebook", known=["outlets"])
    return tuple(
        Outlet(
            name := file.text(table, "name", "outlet"),
            file.texts(table, "aliases", name),
            table.get("country"),
            file.choice(table, "kind", name, OUTLET_KINDS),
            file.texts(table, "domains", name),
            table.get("common_word") is True,
        )
        for table in file.tables("outlet")
    )


@cache
def load_furniture() -> tuple[FurnitureRule, ...]:
    """Rules for lines of a page that are not article text; an earlier rule wins over a later one."""
    file = _File.open("furniture", kind="codebook", known=["furniture"])
    return tuple(_furniture_rule(file, table) for table in file.tables("rule"))


def _actor(file: _File, table: Mapping[str, Any]) -> Actor:
    name = file.text(table, "name", "actor")
    kind = file.choice(table, "kind", name, ACTOR_KINDS)
    role, party, country = table.get("role"), table.get("party"), table.get("country")
    identifier = table.get("id", f"{kind}:{_slug(name)}")
    return Actor(identifier, name, kind, role, party, country, file.texts(table, "aliases", name))


def _office(file: _File, table: Mapping[str, Any]) -> Office:
    name = file.text(table, "name", "office")
    country = file.text(table, "country", name)
    terms = [_term(file, name, country, row) for row in table.get("terms", [])]
    return Office(name, country, file.texts(table, "aliases", name), tuple(terms))


def _term(file: _File, office: str, country: str, row: Any) -> Term:
    holder, party, *days = row if isinstance(row, list) and len(row) == 4 else (None,) * 4
    if not holder or not all(day == "" or _is_day(day) for day in days) or not days[0]:
        raise file.error(
            f"A term of office is {row!r}.",
            office,
            allowed='A term is [holder, party or "", first day, last day or ""], days as "YYYY-MM-DD".',
        )
    return Term(office, country, holder, party or None, days[0], days[1] or None)


def _is_day(value: object) -> bool:
    try:
        return bool(datetime.date.fromisoformat(str(value)))
    except ValueError:
        return False


def _furniture_rule(file: _File, table: Mapping[str, Any]) -> FurnitureRule:
    identifier = file.text(table, "id", "rule")
    pattern = file.text(table, "pattern", identifier)
    try:
        re.compile(pattern)
    except re.error as problem:
        raise file.error(
            f"The pattern {pattern!r} is not a regular expression: {problem}.",
            identifier,
            allowed="A rule's pattern is a Python regular expression for a whole line.",
        ) from problem
    return FurnitureRule(identifier, file.choice(table, "role", identifier, ROLES), pattern)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _shipped(folder: str) -> list[str]:
    place = (
        resources.files("analysis.codebooks") / folder if folder else resources.files("analysis.codebooks")
    )
    others = () if folder else ("offices", "outlets", "furniture")
    names = (item.name.removesuffix(".toml") for item in place.iterdir() if item.name.endswith(".toml"))
    return sorted(name for name in names if name not in others)


@dataclass(frozen=True)
class _File:
    """A parsed TOML file with checks that know where they are."""

    where: str
    source: str
    data: Mapping[str, Any]

    @classmethod
    def open(cls, name_or_path: str | Path, *, kind: str, known: list[str], folder: str = "") -> _File:
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
    def _parse(cls, where: str, raw: bytes) -> _File:
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
