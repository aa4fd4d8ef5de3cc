"""Frame codebooks: categories as a human coder reads them, with the entries that stand for them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.codebooks.files import Entry, TomlFile, list_shipped, slug

# These run on every article that can be read, whatever it is about.
GENERIC_CODEBOOKS = ("policy_frames", "narrative_frames", "news_frames")


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


@cache
def load_codebook(name_or_path: str | Path) -> Codebook:
    """Read a frame codebook.

    Args:
        name_or_path: The name of a shipped codebook ("policy_frames"), or a path to a ``.toml`` file.

    Raises:
        UnknownNameError: No codebook has that name.
        CodebookError: The file is not valid TOML, or an entry breaks the rules.
    """
    file = TomlFile.open(name_or_path, kind="codebook", known=list_shipped(""))
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
        entries += file.entries(table.get("entries", {}), f"{slug(name)}:", label=name)
    fields = [
        file.text(file.data, key, "the file") for key in ("name", "version", "title", "source", "licence")
    ]
    return Codebook(*fields, tuple(categories), tuple(entries))
