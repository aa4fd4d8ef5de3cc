"""Lists that every corpus shares: offices and their holders, outlets, lines that are page furniture."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from analysis.codebooks.files import TomlFile, TomlTable
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
    file = _open("offices")
    found = tuple(read_office(table) for table in file.root.tables("office"))
    file.finish()
    return found


@cache
def load_outlets() -> tuple[Outlet, ...]:
    """News outlets, agencies and aggregators, with the other ways to write their names."""
    file = _open("outlets")
    found = tuple(_read_outlet(table) for table in file.root.tables("outlet"))
    file.finish()
    return found


@cache
def load_furniture() -> tuple[FurnitureRule, ...]:
    """Rules for lines of a page that are not article text; an earlier rule wins over a later one."""
    file = _open("furniture")
    found = tuple(_read_furniture_rule(table) for table in file.root.tables("rule"))
    file.finish()
    return found


def read_office(table: TomlTable) -> Office:
    """Read an office with the terms of its holders."""
    table.check_keys(("name", "country", "aliases", "terms"))
    name, country = table.text("name"), table.text("country")
    rows = table.data.get("terms", [])
    terms = [_read_term(table, n, name, country, row) for n, row in enumerate(rows)]
    return Office(name, country, table.texts("aliases"), tuple(terms))


def _open(name: str) -> TomlFile:
    return TomlFile.open(name, kind="codebook", known=[name])


def _read_term(table: TomlTable, n: int, office: str, country: str, row: Any) -> Term:
    holder, party, *days = row if isinstance(row, list) and len(row) == 4 else ("",) * 4
    if not holder or not days[0] or not all(day == "" or _is_day(day) for day in days):
        allowed = 'A term is [holder, party or "", first day, last day or ""], days as "YYYY-MM-DD".'
        table.fault(f"A term of office is {row!r}.", "terms", n, allowed=allowed)
    return Term(office, country, holder, party or None, days[0], days[1] or None)


def _is_day(value: object) -> bool:
    try:
        return bool(datetime.date.fromisoformat(str(value)))
    except ValueError:
        return False


def _read_outlet(table: TomlTable) -> Outlet:
    table.check_keys(("name", "aliases", "country", "kind", "domains", "common_word"))
    return Outlet(
        table.text("name"),
        table.texts("aliases"),
        table.data.get("country"),
        table.choice("kind", OUTLET_KINDS),
        table.texts("domains"),
        table.data.get("common_word") is True,
    )


def _read_furniture_rule(table: TomlTable) -> FurnitureRule:
    table.check_keys(("id", "role", "pattern"))
    pattern = table.text("pattern")
    try:
        re.compile(pattern)
    except re.error as problem:
        table.fault(
            f"The pattern {pattern!r} is not a regular expression: {problem}.",
            "pattern",
            allowed="A rule's pattern is a Python regular expression for a whole line.",
        )
    return FurnitureRule(table.text("id"), table.choice("role", ROLES), pattern)
