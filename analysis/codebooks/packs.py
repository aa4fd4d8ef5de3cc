"""Topic packs: what one policy field adds, with its actors and its frame codebooks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.codebooks.entries import PACK_ENTRY_KEYS, Entry, read_entries
from analysis.codebooks.files import TomlFile, TomlTable, list_shipped, slug
from analysis.codebooks.registers import Office, read_office
from analysis.codebooks.travelling import Travelling
from analysis.errors import Problem

ACTOR_KINDS = ("person", "office", "organisation", "group")
SECTIONS = ("topic", "instruments", "terms", "measures")
FILE_KEYS = ("name", "version", "title", "codebooks", "places", *SECTIONS, "actors", "office")
ACTOR_KEYS = ("id", "name", "kind", "role", "party", "country", "aliases")


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

    # What an article's names mean is kept by all actors of its packs.
    def __hash__(self) -> int:
        return hash(self.id)


@dataclass(frozen=True)
class TopicPack(Travelling):
    """What one policy field adds: when an article is about it, and what to look for there.

    ``codebooks`` are the frame codebooks that run on articles about it: names of shipped ones, or paths.
    ``problems`` are doubts about its file, which do not keep it from being used.
    """

    name: str
    version: str
    title: str
    topic: tuple[Entry, ...]
    instruments: tuple[Entry, ...]
    terms: tuple[Entry, ...]
    measures: tuple[Entry, ...]
    actors: tuple[Actor, ...]
    places: tuple[str, ...]
    offices: tuple[Office, ...] = ()
    codebooks: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def __hash__(self) -> int:
        # Over all entries it would cost more than an article.
        return hash((self.name, self.version))


def load_topic(name_or_path: str | Path) -> TopicPack:
    """Read a topic pack.

    Args:
        name_or_path: One of :func:`list_topics`, or a path to a ``.toml`` file, which is read anew each time.

    Raises:
        UnknownNameError: No topic pack has that name.
        CodebookError: The file is not valid TOML, or breaks the rules; the message names file and line.
    """
    if Path(name_or_path).suffix == ".toml":
        return _read(name_or_path)
    return _load_shipped(str(name_or_path))


@cache
def _load_shipped(name: str) -> TopicPack:
    return _read(name)


def list_topics() -> list[str]:
    """Names of the topic packs that ship with Framelines."""
    return list(list_shipped("topics"))


def _read(name_or_path: str | Path) -> TopicPack:
    file = TomlFile.open(name_or_path, kind="topic pack", known=list_shipped("topics"), folder="topics")
    root = file.root
    root.check_keys(FILE_KEYS)
    pack = TopicPack(
        *(root.text(key) for key in ("name", "version", "title")),
        **{key: tuple(read_entries(root, key, key, known=PACK_ENTRY_KEYS)) for key in SECTIONS},
        actors=tuple(_read_actor(table) for table in root.tables("actors")),
        places=root.texts("places"),
        offices=tuple(read_office(table) for table in root.tables("office")),
        codebooks=_read_codebooks(root),
        problems=tuple(file.doubts),
    )
    file.finish()
    return pack


def _read_codebooks(root: TomlTable) -> tuple[str, ...]:
    """Names, and paths from the pack's folder on."""
    found = []
    for n, name in enumerate(root.texts("codebooks")):
        path = (root.file.folder or Path()) / name
        if Path(name).suffix == ".toml" and path.is_file():
            found.append(str(path))
        elif name in list_shipped():
            found.append(name)
        else:
            allowed = f"A path to a .toml file, or one of: {', '.join(list_shipped())}."
            root.fault(f"There is no codebook {name!r}.", "codebooks", n, allowed=allowed)
    return tuple(found)


def _read_actor(table: TomlTable) -> Actor:
    table.check_keys(ACTOR_KEYS)
    name = table.text("name")
    kind = table.choice("kind", ACTOR_KINDS)
    known = {key: table.text(key) if key in table.data else None for key in ("role", "party", "country")}
    identifier = table.text("id", default=f"{kind}:{slug(name)}")
    return Actor(identifier, name, kind, **known, aliases=table.texts("aliases"))
