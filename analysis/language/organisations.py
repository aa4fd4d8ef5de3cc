"""The organisations of one article: names, abbreviations and aliases that mean the same body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from analysis.codebooks import Actor, TopicPack
from analysis.language.capitals import follows_first_word
from analysis.language.names import fold, house_name, slug
from analysis.language.offices import countries_abroad
from analysis.language.people import Who
from analysis.language.phrases import Phrases

# An alias that is a town as well means the town after these words ("in Brussels").
_TOWNS = frozenset({"Brussels"})
_AT = re.compile(r"\b(?:in|to|from|at|near|around|outside|across|via)\s$", re.I)
_JOINED = re.compile(r"[A-Z]\w+[ -]$")
_OTHER_NAME = re.compile(r" (?:Day|Act|Bill|Convention|Department|Secretary)\b")
_ACRONYM = re.compile(r"\s*\((?:the )?([A-Z][A-Za-z]*[A-Z])\)")
_SEAT = re.compile(
    r"(?:N(?<!\w.)(?:o\.?|umber)\s?(?:10|Ten)(?:\s+Downing\s+Street)?|1(?<!\w.)0\s+Downing\s+Street"
    r"|D(?<!\w.)owning\s+Street)(?!\w)"
)
# The house itself: "in Downing Street", "10 Downing Street" where it does not speak.
_IN_THE_STREET = re.compile(
    r"\b(?:in|into|inside|outside|at|to|leave|leaves|left|enter|entered|up|down)\s$", re.I
)
_SPEAKS = re.compile(r"\s(?:has |have |also )?(?:said|says|told|insisted|confirmed|denied|declined|added)\b")


@dataclass(frozen=True)
class Listed:
    """The actors of topic packs: people by folded name, others by name, everybody by alias."""

    people: dict[str, Actor]
    others: dict[str, Actor]
    by_alias: dict[str, Actor]
    names: Phrases


def listed_actors(packs: tuple[TopicPack, ...]) -> Listed:
    """The actors that topic packs list."""
    return _listed(tuple(actor for pack in packs for actor in pack.actors))


@lru_cache(maxsize=8)
def _listed(actors: tuple[Actor, ...]) -> Listed:
    # A lone surname is matched only after a full name, by the article's own people.
    by_alias = {
        alias: actor
        for actor in actors
        for alias in (actor.name, *actor.aliases)
        if (actor.kind != "person" or " " in alias) and not _SEAT.fullmatch(alias)
    }
    people = {fold(actor.name): actor for actor in actors if actor.kind == "person"}
    others = {actor.name: actor for actor in actors if actor.kind != "person"}
    return Listed(people, others, by_alias, Phrases(by_alias))


def find_seats(text: str) -> Iterator[tuple[int, int, str]]:
    """Where the Prime Minister's office goes by its address ("No 10"); the house itself is left out.

    Example:
        >>> [name for _, _, name in find_seats("No 10 said no. He was seen at 10 Downing Street.")]
        ['Downing Street']
    """
    for match in _SEAT.finditer(text):
        start, end = match.span()
        speaks = _SPEAKS.match(text, end)
        house = match.group()[0] == "1" or (
            match.group()[0] == "D" and _IN_THE_STREET.search(text, max(0, start - 12), start)
        )
        if speaks or not house:
            yield start, end, house_name(match.group())


class Organisations:
    """Every organisation that an article names, by every name it goes by.

    Args:
        text: The article.
        listed: The actors of the topic packs.
    """

    def __init__(self, text: str, listed: Listed) -> None:
        self.text, self.listed = text, listed
        self._by_name: dict[str, Who] = {}
        self._abroad = countries_abroad(text) if listed.others else frozenset()

    def known(self, name: str) -> Who:
        """An organisation by the name that the packs list, or as the text has it."""
        if name not in self._by_name:
            actor = self.listed.others.get(name)
            if actor is None:
                self._by_name[name] = Who(name, "organisation", f"organisation:{slug(name)}")
            else:
                about = (actor.role, actor.party, actor.country)
                self._by_name[name] = Who(actor.name, actor.kind, actor.id, *about)
        return self._by_name[name]

    def take(self, start: int, end: int) -> tuple[int, int, Who]:
        """The organisation whose name stands there; an abbreviation in brackets means it from there on."""
        who = self.known(" ".join(self.text[start:end].split()))
        acronym = _ACRONYM.match(self.text, end, end + 14)
        if acronym:
            self._by_name.setdefault(acronym[1], who)
        return start, end, who

    def means(self, actor: Actor, alias: str, start: int, end: int) -> bool:
        """Whether an alias means the listed body: "Supreme Court" is another country's in news from there."""
        if alias == actor.name:
            return True
        before = self.text[max(0, start - 25) : start]
        if actor.country in self._abroad or (alias in _TOWNS and _AT.search(before)):
            return False
        # "Immigration Reform" and "Labour Day" are other names
        lone = " " not in alias and alias[1:].islower()
        joined = _JOINED.search(before) and not follows_first_word(before)
        return not (lone and (joined or _OTHER_NAME.match(self.text, end)))
