"""The people of one article: which full name a surname, a first name or a titled name means."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.codebooks import Actor
from analysis.language.given_names import gender_of_name
from analysis.language.names import fold, gender_of, slug, without_initials
from analysis.language.offices import Offices
from analysis.language.pipeline import DocContext


@dataclass
class Who:
    """One actor of the article, while it is being put together."""

    name: str
    kind: str
    actor_id: str
    role: str | None = None
    party: str | None = None
    country: str | None = None


class People:
    """Everybody whom an article names, by name; a short name means the longer one that stands there too.

    Args:
        about: The article's context: its day decides who held an office, its id tells lone surnames apart.
        known: People of the topic packs, by full name without case and accents.
        offices: Offices with their holders.
    """

    def __init__(self, about: DocContext, known: dict[str, Actor], offices: Offices) -> None:
        self.about, self.known, self.offices = about, known, offices
        self._by_name: dict[str, Who] = {}
        # How often a full name stands there, and the full names by each of their last and first words.
        self._weight: dict[str, int] = {}
        self._by_word: dict[str, dict[str, None]] = {}
        # The gender that the title of a lone surname tells.
        self._lone: dict[str, str] = {}
        self._here = f"@{about.article_id}" if about.article_id else ""

    def add(self, name: str) -> Who:
        """Somebody by full name; the same person where the name was added before."""
        key = _key(name)
        self._weight[key] = self._weight.get(key, 0) + 1
        if key not in self._by_name:
            self._by_name[key] = self._introduce(name)
            for word in {key.split()[0], key.split()[-1]}:
                self._by_word.setdefault(word, {})[key] = None
        return self._by_name[key]

    def find(self, bare: str, titled: str = "") -> Who:
        """The person of the article whom a name means: the same name, or a longer one it is short for.

        Args:
            bare: The name without its titles.
            titled: The name as it stands. Its title tells a husband from a wife.
        """
        key, told = _key(bare), gender_of(titled)
        # "Mr Dunne" and "Mrs Dunne", whom nothing gives in full
        lone = told and " " not in key and not self._by_word.get(key)
        if lone and self._lone.setdefault(key, told) != told:
            return self._spouse(titled)
        if key in self._by_name and (" " in key or not self._by_word.get(key)):
            return self._by_name[key]
        parts = key.split()
        longer = [name for name in self._by_word.get(parts[-1], ()) if _is_short_for(parts, name.split())]
        fitting = [name for name in longer if not told or self._gender(name) in (None, told)]
        if len(parts) > 1 and len(fitting) != 1:
            return self.add(bare)
        if fitting:
            return self._by_name[max(fitting, key=lambda name: self._weight[name])]
        if key not in self._by_name:
            self._by_name[key] = self._introduce(bare)
        return self._by_name[key]

    def _spouse(self, titled: str) -> Who:
        """Somebody known by title and surname beside a namesake of the other gender."""
        key = fold(titled)
        if key not in self._by_name:
            self._by_name[key] = Who(titled, "person", f"person:{slug(titled)}{self._here}")
        return self._by_name[key]

    def surnames(self) -> dict[str, Who]:
        """Surnames (and lone names) by which the article's people can be called."""
        found: dict[str, Who] = {}
        for who in self._by_name.values():
            word = who.name.split()[-1]
            found.setdefault(word, self.find(word) if " " in who.name else who)
        return found

    def _gender(self, key: str) -> str | None:
        return gender_of_name(self._by_name[key].name)

    def _introduce(self, name: str) -> Who:
        plain = without_initials(name)
        actor = self.known.get(fold(plain))
        # A lone surname is known within its article only: another article's may be a namesake.
        here = self._here if " " not in plain else ""
        who = Who(name, "person", f"person:{slug(plain)}{here}")
        if actor is not None:
            # as the article spells it: "Gerald" or "Gérald"
            who = Who(plain, "person", actor.id, actor.role, actor.party, actor.country)
        days = self.about.published_earliest, self.about.published_latest
        term = self.offices.held_by(plain, *days)
        if term is not None:
            who.role, who.party, who.country = term.office, term.party or who.party, term.country
        else:
            who.party = who.party or self.offices.party_of(plain, *days)
        return who


def _is_short_for(parts: list[str], full: list[str]) -> bool:
    """ "Starmer", "Keir", "K. Starmer" and "von der Leyen" are short for the full name."""
    if len(parts) >= len(full):
        return False
    if len(parts) == 1:
        return parts[0] in (full[-1], full[0])
    return parts == full[-len(parts) :] or (
        parts[-1] == full[-1] and full[0].startswith(parts[0].rstrip("."))
    )


def _key(name: str) -> str:
    # "Donald J. Trump" and "Donald Trump" are one man
    return fold(without_initials(name))
