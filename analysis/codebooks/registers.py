"""Lists that every corpus shares: offices and their holders, outlets, lines that are page furniture."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from analysis.codebooks.files import TomlFile
from analysis.schema import ROLES

OUTLET_KINDS = ("newspaper", "broadcaster", "agency", "aggregator", "site")


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
def load_offices() -> tuple[Office, ...]:
    """Political offices with who held them when, as far as it is certain."""
    file = TomlFile.open("offices", kind="codebook", known=["offices"])
    return tuple(read_office(file, table) for table in file.tables("office"))


@cache
def load_outlets() -> tuple[Outlet, ...]:
    """News outlets, agencies and aggregators, with the other ways to write their names."""
    file = TomlFile.open("outlets", kind="codebook", known=["outlets"])
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
    file = TomlFile.open("furniture", kind="codebook", known=["furniture"])
    return tuple(_furniture_rule(file, table) for table in file.tables("rule"))


def read_office(file: TomlFile, table: Mapping[str, Any]) -> Office:
    """Read an office with the terms of its holders."""
    name = file.text(table, "name", "office")
    country = file.text(table, "country", name)
    terms = [_term(file, name, country, row) for row in table.get("terms", [])]
    return Office(name, country, file.texts(table, "aliases", name), tuple(terms))


def _term(file: TomlFile, office: str, country: str, row: Any) -> Term:
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


def _furniture_rule(file: TomlFile, table: Mapping[str, Any]) -> FurnitureRule:
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
