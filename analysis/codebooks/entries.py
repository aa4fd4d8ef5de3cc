"""Entries: one thing to look for, the patterns that find it, and what cancels it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.codebooks.files import TomlTable
from analysis.codebooks.patterns import parse_pattern

USES = ("person", "modifier", "process")
NEGATED = ("keep", "cancel")
ENTRY_KEYS = ("patterns", "unless", "unless_near", "only_near", "within", "negated")
PACK_ENTRY_KEYS = (*ENTRY_KEYS, "label", "use", "units", "source")
_PATTERN_KEYS = ("patterns", "unless", "unless_near", "only_near")
_LANGUAGE = "The pattern language stands in analysis.codebooks.patterns."


@dataclass(frozen=True)
class Entry:
    """One thing to look for: ``patterns`` find it, the others say where it does not count.

    ``unless`` cancels a match that it overlaps, ``unless_near`` one that it shares the sentence with. A
    match counts only where one of ``only_near`` stands in its sentence. ``within`` narrows both from the
    sentence to so many words before and after. ``negated`` "cancel" cancels a match that a word such as
    "not", "no" or "never" stands shortly before.

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
    unless_near: tuple[str, ...] = ()
    only_near: tuple[str, ...] = ()
    within: int | None = None
    negated: str = "keep"

    # Matchers are kept by their entries: at every article some hundred are asked for their hash.
    def __hash__(self) -> int:
        return hash(self.id)


def read_entries(
    parent: TomlTable, key: str, prefix: str, *, known: Iterable[str], label: str | None = None
) -> list[Entry]:
    """Read the entries that stand in a table under ``key``.

    Args:
        parent: The table.
        key: Its key.
        prefix: What their ids begin with, without the colon.
        known: The keys that an entry may have.
        label: What they stand for; None takes each one's own ``label``, else its name.

    Returns:
        The entries in the file's order; faults are noted with the file.
    """
    header = "category.entries" if key == "entries" else key
    found = []
    met: dict[tuple[str, str], str] = {}
    for name, table in parent.named_tables(key, header):
        table = TomlTable(table.file, table.path, table.data, f"{prefix}:{name}")
        table.check_keys(tuple(known))
        entry = _read_entry(table, name, label)
        found.append(entry)
        # Measures in different units share their words.
        _doubt_repeated(table, name, entry.label if key == "measures" else "", met)
    return found


def _read_entry(table: TomlTable, name: str, label: str | None) -> Entry:
    patterns = {key: _read_patterns(table, key) for key in _PATTERN_KEYS}
    if not patterns["patterns"]:
        table.fault("It has no patterns.", "patterns", allowed="An entry has one pattern at least.")
    within = table.data.get("within")
    if within is not None and not (type(within) is int and within > 0):
        table.fault(f"'within' is {within!r}.", "within", allowed="'within' is a number of words, from 1 on.")
        within = None
    if within is not None and not (patterns["unless_near"] or patterns["only_near"]):
        allowed = "'within' says how near 'unless_near' and 'only_near' must be."
        table.fault("'within' stands alone.", "within", allowed=allowed)
    return Entry(
        table.name,
        table.text("label", default=name) if label is None else label,
        use=table.choice("use", USES) if "use" in table.data else None,
        units=table.texts("units"),
        source=table.text("source") if "source" in table.data else None,
        within=within,
        negated=table.choice("negated", NEGATED, default="keep"),
        **patterns,
    )


def _read_patterns(table: TomlTable, key: str) -> tuple[str, ...]:
    patterns = table.texts(key)
    for n, pattern in enumerate(patterns):
        try:
            parse_pattern(pattern)
        except ValueError as problem:
            table.fault(f"The pattern '{pattern}' cannot be read: {problem}.", key, n, allowed=_LANGUAGE)
    return patterns


def _doubt_repeated(table: TomlTable, name: str, scope: str, met: dict[tuple[str, str], str]) -> None:
    """Warn of patterns that can do nothing: found by an earlier entry, or cancelled by their own entry."""
    unless = {_plain(pattern) for pattern in table.texts("unless")}
    for n, pattern in enumerate(table.texts("patterns")):
        plain = _plain(pattern)
        if (scope, plain) in met:
            table.doubt(
                f"The pattern '{pattern}' of '{table.name}' stands in '{met[scope, plain]}' already.",
                "patterns",
                n,
                allowed="The entry that stands first finds it; the other never does.",
                todo="Leave it out of one of them.",
            )
        elif plain in unless:
            table.doubt(
                f"The pattern '{pattern}' of '{table.name}' is cancelled by its own 'unless'.",
                "patterns",
                n,
                allowed="A pattern of 'unless' names a longer phrase, or another sense.",
                todo="Leave it out of one of them.",
            )
        met.setdefault((scope, plain), name)


def _plain(pattern: str) -> str:
    """A pattern as it is compared with others: capitals count only behind ^."""
    return " ".join(word if "^" in word else word.lower() for word in pattern.split())
