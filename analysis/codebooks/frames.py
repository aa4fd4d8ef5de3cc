"""Frame codebooks: categories as a human coder reads them, with the entries that stand for them.

A codebook may build on another one:

    name = "my_frames"
    version = "1"
    extends = "policy_frames"        # a shipped codebook, or a path from this file on

    [[category]]
    name = "economic"                # as in the parent: what is not given here stays as it is there
    remove = ["taxation"]            # entries of the parent to leave out

    [category.entries.growth]        # a new entry; one of the parent's with the same name is replaced
    patterns = ["growth rate~"]

    [[category]]
    name = "harbours"                # a category of its own needs a definition
    definition = "What happens in and to harbours."

It runs in place of the codebooks it builds on, on the articles on which those would run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from analysis.codebooks.entries import ENTRY_KEYS, Entry, read_entries
from analysis.codebooks.files import TomlFile, TomlTable, list_shipped, slug
from analysis.codebooks.travelling import Travelling
from analysis.errors import CodebookError, Problem, hint_at

# These run on every article that can be read, whatever it is about.
GENERIC_CODEBOOKS = ("policy_frames", "narrative_frames", "news_frames")

FILE_KEYS = ("name", "version", "title", "source", "licence", "extends", "category")
CATEGORY_KEYS = ("name", "definition", "include", "exclude", "examples", "remove", "entries")


@dataclass(frozen=True)
class Category:
    """A category as a human coder reads it."""

    name: str
    definition: str
    include: str
    exclude: str
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Codebook(Travelling):
    """A frame codebook: its categories, and the entries that stand for them.

    ``lineage`` names the codebooks it builds on, the nearest first; ``sha256`` is over its file and theirs,
    ``files`` are those of them that did not come with Framelines. ``problems`` are doubts about its file,
    which do not keep it from being used.
    """

    name: str
    version: str
    title: str
    source: str
    licence: str
    categories: tuple[Category, ...]
    entries: tuple[Entry, ...]
    lineage: tuple[str, ...] = ()
    sha256: str = ""
    files: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def __hash__(self) -> int:
        # Over all entries it would cost more than an article.
        return hash((self.name, self.version, self.sha256))


def load_codebook(name_or_path: str | Path) -> Codebook:
    """Read a frame codebook.

    Args:
        name_or_path: The name of a shipped codebook ("policy_frames"), or a path to a ``.toml`` file, which
            is read anew each time.

    Raises:
        UnknownNameError: No codebook has that name.
        CodebookError: The file is not valid TOML, or breaks the rules; the message names file and line.
    """
    if str(name_or_path).endswith(".toml"):
        return _read(name_or_path, ())
    return _load_shipped(str(name_or_path))


def is_codebook(path: str | Path) -> bool:
    """Whether a file is a frame codebook, and not a topic pack: it has categories, or builds on another.

    Raises:
        CodebookError: There is no such file, or it is not TOML.
    """
    file = TomlFile.open(path, kind="codebook", known=list_shipped())
    return not {"category", "extends", "licence"}.isdisjoint(file.data)


def is_begun(path: str | Path) -> bool:
    """Whether a codebook holds more than comments: one that does not changes nothing.

    Raises:
        CodebookError: There is no such file, or it is not TOML.
    """
    return bool(TomlFile.open(path, kind="codebook", known=list_shipped()).data)


def list_codebooks() -> list[str]:
    """Names of the frame codebooks that ship with Framelines."""
    return list(list_shipped())


@cache
def _load_shipped(name: str) -> Codebook:
    return _read(name, ())


def choose_codebooks(
    named: Iterable[str], own: Iterable[Codebook] = (), *, bound: Iterable[str] = ()
) -> tuple[Codebook, ...]:
    """The frame codebooks that run on an article.

    Args:
        named: The codebooks of the topic packs that apply to it.
        own: The user's own. One that builds on others runs in place of them, and where they would; any
            other runs on every article.
        bound: The codebooks of all topic packs of the corpus: they run on articles of their topic alone.

    Returns:
        The generic ones, those named, and the user's own, without those that an own one takes the place
        of. A codebook that the user names beside an extension of it runs as well.

    Raises:
        CodebookError: Two of them have the same name.
    """
    books = [load_codebook(name) for name in dict.fromkeys((*GENERIC_CODEBOOKS, *named))]
    running = {book.name for book in books}
    elsewhere = {load_codebook(name).name for name in bound} - running
    own = [book for book in dict.fromkeys(own) if elsewhere.isdisjoint(book.lineage)]
    replaced = {name for book in own for name in book.lineage}
    kept = [book for book in books if book.name not in replaced and book not in own]
    return _check_names((*kept, *own))


def _check_names(books: tuple[Codebook, ...]) -> tuple[Codebook, ...]:
    names = [book.name for book in books]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise CodebookError(
            f"Two codebooks are called '{twice}'.",
            allowed="The rows of a codebook bear its name, so each needs a name of its own.",
            todo="Give yours another name; with extends it takes the place of the one it builds on.",
        )
    return books


def _read(name_or_path: str | Path, below: tuple[str, ...]) -> Codebook:
    """Read a codebook and those it builds on; ``below`` are the files that were reading it, for a cycle."""
    file = TomlFile.open(name_or_path, kind="codebook", known=list_shipped())
    root = file.root
    root.check_keys(FILE_KEYS)
    parent = None
    if "extends" in file.data:
        parent = _read_parent(root, (*below, _identity(file)))
        # Without what it builds on, all that follows would look wrong.
        file.finish()
    name = root.text("name")
    categories: dict[str, Category] = {}
    entries: dict[str, list[Entry]] = {}
    if parent is not None:
        categories = {category.name: category for category in parent.categories}
        entries = {name: [e for e in parent.entries if e.label == name] for name in categories}
    own: set[str] = set()  # names and slugs of the categories read so far
    for table in root.tables("category"):
        _read_category(table, categories, entries, own)
    digest = hashlib.sha256(file.source.encode() + (parent.sha256.encode() if parent else b""))
    book = Codebook(
        name,
        root.text("version"),
        root.text("title", default=name),
        root.text("source", default=""),
        root.text("licence", default=""),
        tuple(categories.values()),
        tuple(entry for label in categories for entry in entries[label]),
        (parent.name, *parent.lineage) if parent else (),
        digest.hexdigest(),
        ((_identity(file),) if file.folder else ()) + (parent.files if parent else ()),
    )
    if not book.entries:
        allowed = "A codebook has one [[category]] with one [category.entries.NAME] at least."
        root.fault("It has no entries.", allowed=allowed)
    file.finish()
    return replace(book, problems=tuple(file.doubts))


def _identity(file: TomlFile) -> str:
    return file.where if file.folder is None else str(Path(file.where).resolve())


def _read_parent(root: TomlTable, below: tuple[str, ...]) -> Codebook | None:
    name = root.text("extends")
    place: str | Path = name
    if Path(name).suffix == ".toml":
        place = (root.file.folder or Path()) / name
        if not place.is_file():
            allowed = "A path from the codebook's own folder on, or the name of a shipped codebook."
            root.fault(f"'extends' is {name!r}: there is no such file.", "extends", allowed=allowed)
            return None
    elif name not in list_shipped():
        what = f"'extends' is {name!r}, which is no codebook.{hint_at(name, list_shipped())}"
        allowed = f"A path to a .toml file, or one of: {', '.join(list_shipped())}."
        root.fault(what, "extends", allowed=allowed)
        return None
    identity = str(place.resolve()) if isinstance(place, Path) else f"{name}.toml"
    if identity in below:
        chain = " -> ".join(Path(step).name for step in (*below[below.index(identity) :], identity))
        root.fault(
            f"The codebook builds on itself: {chain}.",
            "extends",
            allowed="Codebooks build on one another in one direction.",
            todo="Take one 'extends' out of this chain.",
        )
        return None
    return _read(place, below)


def _read_category(
    table: TomlTable, categories: dict[str, Category], entries: dict[str, list[Entry]], own: set[str]
) -> None:
    """Read a category into ``categories`` and ``entries``, over what a parent has put there."""
    table.check_keys(CATEGORY_KEYS)
    name = table.text("name")
    if slug(name) in own:
        table.fault(f"There are two categories '{name}'.", "name", allowed="A category stands once.")
    known = categories.get(name)
    inherits = bool(categories.keys() - own)
    own.update((name, slug(name)))
    if known is None and inherits and "definition" not in table.data:
        what = f"'{name}' is no category of the codebook that this one builds on."
        allowed = f"A new category needs a definition. Inherited: {', '.join(categories)}."
        table.fault(what + hint_at(name, categories), "name", allowed=allowed)
        return
    given = {key: table.text(key, default="") for key in ("include", "exclude") if key in table.data}
    if known is None or "definition" in table.data:
        given["definition"] = table.text("definition")
    if known is None or "examples" in table.data:
        given["examples"] = table.texts("examples")
    categories[name] = replace(known or Category(name, "", "", "", ()), **given)
    found = read_entries(table, "entries", slug(name), known=ENTRY_KEYS, label=name)
    entries[name] = _merge(_remove(table, entries.get(name, [])), found)


def _remove(table: TomlTable, inherited: list[Entry]) -> list[Entry]:
    known = {entry.id.partition(":")[2]: entry for entry in inherited}
    for n, name in enumerate(table.texts("remove")):
        if known.pop(name, None) is None:
            what = f"There is no entry '{name}' to remove.{hint_at(name, known)}"
            allowed = f"'remove' names entries that the category inherits: {', '.join(known) or 'none'}."
            table.fault(what, "remove", n, allowed=allowed)
    return list(known.values())


def _merge(inherited: list[Entry], own: list[Entry]) -> list[Entry]:
    """The inherited entries, each replaced where there is an own one of its name, then the new ones."""
    merged = {entry.id: entry for entry in inherited}
    merged.update({entry.id: entry for entry in own})
    return list(merged.values())
