"""Topic packs: what one policy field adds, with its actors and its frame codebooks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from analysis.codebooks.files import Entry, TomlFile, list_shipped, slug
from analysis.codebooks.frames import GENERIC_CODEBOOKS, Codebook, load_codebook
from analysis.codebooks.registers import Office, read_office

ACTOR_KINDS = ("person", "office", "organisation", "group")


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
class TopicPack:
    """What one policy field adds: when an article is about it, and what to look for there.

    ``codebooks`` are the frame codebooks that run on articles about it: names of shipped ones, or paths.
    """

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
    codebooks: tuple[str, ...] = ()


@cache
def load_topic(name_or_path: str | Path) -> TopicPack:
    """Read a topic pack.

    Args:
        name_or_path: One of :func:`list_topics`, or a path to a ``.toml`` file.

    Raises:
        UnknownNameError: No topic pack has that name.
        CodebookError: The file is not valid TOML, or an entry breaks the rules.
    """
    file = TomlFile.open(name_or_path, kind="topic pack", known=list_shipped("topics"), folder="topics")
    sections = {
        key: tuple(file.entries(file.data.get(key, {}), f"{key}:"))
        for key in ("topic", "instruments", "terms", "metaphors", "measures")
    }
    return TopicPack(
        *(file.text(file.data, key, "the file") for key in ("name", "version", "title")),
        **sections,
        actors=tuple(_actor(file, table) for table in file.tables("actors")),
        places=file.texts(file.data, "places", "the file"),
        offices=tuple(read_office(file, table) for table in file.tables("office")),
        codebooks=file.texts(file.data, "codebooks", "the file"),
    )


def choose_codebooks(packs: Iterable[TopicPack]) -> tuple[Codebook, ...]:
    """The frame codebooks that run on an article: the generic ones, then those of the packs that apply."""
    shipped = list_shipped("")
    names = [name for name in GENERIC_CODEBOOKS if name in shipped]
    names += [name for pack in packs for name in pack.codebooks]
    return tuple(load_codebook(name) for name in dict.fromkeys(names))


def list_topics() -> list[str]:
    """Names of the topic packs that ship with Framelines."""
    return list_shipped("topics")


def _actor(file: TomlFile, table: Mapping[str, Any]) -> Actor:
    name = file.text(table, "name", "actor")
    kind = file.choice(table, "kind", name, ACTOR_KINDS)
    role, party, country = table.get("role"), table.get("party"), table.get("country")
    identifier = table.get("id", f"{kind}:{slug(name)}")
    return Actor(identifier, name, kind, role, party, country, file.texts(table, "aliases", name))
