"""Mentions of people, offices and organisations, and which actor each one means.

Within an article a surname means the full name that stands there too, an office means its holder (as the
article itself says, else as the dated list of office-holders says for the day of publication), and an
abbreviation means what it is defined as. Ids are made from names, so they are the same in every article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from analysis.codebooks import Actor
from analysis.language.names import (
    find_titled,
    fold,
    house_name,
    is_person_name,
    is_role,
    role_words_before,
    slug,
    strip_titles,
    without_initials,
)
from analysis.language.offices import OfficeMention, find_offices, held_by, is_home
from analysis.language.pipeline import DocContext, context, set_layer

_ROLE_AFTER = re.compile(
    r"^,\s+(?:the\s+|an?\s+|who\s+(?:is|was)\s+(?:the\s+|an?\s+)?)?"
    r"([^,.;:“”\"]{0,50}?\b(?:secretary|minister|president|chancellor|leader|chairman|chairwoman|chair|chief|head|"
    r"director|director-general|commissioner|ambassador|senator|governor|mayor|judge|MP|spokesman|spokeswoman|"
    r"spokesperson|adviser|analyst|economist|professor|author|founder|strategist|lawyer|historian|co-leader)\b"
    r"[^,.;:“”\"]{0,50})[,.;]"
)
# What the entity recogniser takes for an organisation: pieces of offices, seas, sides of a house.
_NO_ORGANISATION = frozenset(
    """channel home defence defense energy justice state court left right sir budget secretary minister
    foreign health education border security summit act bill internet speaker interior brexit king queen
    prince president chancellor autumn spring christmas easter llc inc ltd plc gmt pdf file party office
    reason nation content""".split()
)
# An alias that is a town as well means the town after these words ("in Brussels").
_TOWNS = frozenset({"Brussels"})
_AT = re.compile(r"\b(?:in|to|from|at|near|around|outside|across|via)\s$", re.I)
_NOBLE = re.compile(r"\b(?:Lord|Lady|Baroness|Baron|Viscount|Earl|Duke|Duchess|Prince|Princess)\b")
_INDEFINITE = re.compile(r"\b[Aa]n?\s(?:[\w-]+\s)?$")
_ACRONYM = re.compile(r"^\s*\(([A-Z][A-Za-z]*[A-Z])\)")


@dataclass(frozen=True)
class Mention:
    """A mention of an actor: where it stands, and everything known of the actor.

    ``actor_id`` is the same in every article ("person:keir-starmer"), so tables can be merged.
    """

    start: int
    end: int
    text: str
    actor_id: str
    name: str
    kind: str
    role: str | None = None
    party: str | None = None
    country: str | None = None


@dataclass
class _Who:
    """One actor of the article, while it is being put together."""

    name: str
    kind: str
    actor_id: str
    role: str | None = None
    party: str | None = None
    country: str | None = None


def find_mentions(doc: Doc) -> list[Mention]:
    """Find the mentions of actors in a Doc.

    Args:
        doc: An article with named entities; without them only codebook actors, offices and titled names
            are found.

    Returns:
        Mentions in order, none overlapping another.
    """
    return _Finder(doc, context(doc)).find()


class _Finder:
    def __init__(self, doc: Doc, about: DocContext) -> None:
        self.doc, self.text, self.about = doc, doc.text, about
        self.taken: list[tuple[int, int, _Who]] = []
        self.covered = bytearray(len(self.text))
        self.people: dict[str, _Who] = {}
        self.organisations: dict[str, _Who] = {}
        self.plain_words = set(re.findall(r"(?<![\w@.])[a-z]{3,}(?!\w)", self.text))
        self.titled = {strip_titles(self.text[start:end]) for start, end in find_titled(self.text)}
        self.labels: dict[str, list[str]] = {}
        for ent in doc.ents:
            self.labels.setdefault(ent.text, []).append(ent.label_)

    def find(self) -> list[Mention]:
        listed = tuple(actor for pack in self.about.packs for actor in pack.actors)
        names = self._person_spans()
        self._index_people([bare for _, _, bare in names], listed)
        offices = find_offices(self.text, self.about.published_earliest, self.about.published_latest)
        for office in offices:
            if office.term is not None:
                self._person(office.term.holder)
        self._take_listed(listed)
        for start, end, bare in names:
            self._take(start, end, self._person(bare))
        self._take_surnames()
        self._note_roles()
        self._take_offices(offices)
        self._take_organisations()
        return [
            Mention(
                start,
                end,
                self.text[start:end],
                who.actor_id,
                who.name,
                who.kind,
                who.role,
                who.party,
                who.country,
            )
            for start, end, who in sorted(self.taken, key=lambda row: row[0])
        ]

    def _take(self, start: int, end: int, who: _Who) -> None:
        if start < end and not any(self.covered[start:end]):
            self.covered[start:end] = b"\x01" * (end - start)
            self.taken.append((start, end, who))

    def _person_spans(self) -> list[tuple[int, int, str]]:
        spans = [(ent.start_char, ent.end_char) for ent in self.doc.ents if ent.label_ == "PERSON"]
        # the longer reading of two that overlap: "Sir Keir Starmer" over "Keir"
        spans = sorted({*spans, *find_titled(self.text)}, key=lambda span: (span[0], -span[1]))
        found: list[tuple[int, int, str]] = []
        for start, end in spans:
            start, end = _tighten(self.text, start, end)
            bare = strip_titles(self.text[start:end])
            start += _role_length(self.text[start:end])
            end, bare = self._cut_back(start, end, bare)
            if " " not in bare and _INDEFINITE.search(self.text[max(0, start - 30) : start]):
                continue  # "a militant Remainer" is a kind of person
            if " " not in bare and start == end - len(bare) and self._is_doubtful(start, bare):
                continue
            if start < end and is_person_name(bare) and not (found and start < found[-1][1]):
                found.append((start, end, bare))
        return found

    def _cut_back(self, start: int, end: int, bare: str) -> tuple[int, str]:
        """End a name before what it owns and where it is from: "Trump’s Wednesday", "Jeff Flake of Ohio"."""
        words = self.text[start:end]
        owned = re.search(r"[’']s?\s", words)
        of = None if _NOBLE.search(self.text[max(0, start - 12) : end]) else re.search(r"\sof\s", words)
        cuts = [match.start() for match in (owned, of) if match]
        if not cuts:
            return end, bare
        return start + min(cuts), strip_titles(words[: min(cuts)])

    def _is_doubtful(self, start: int, word: str) -> bool:
        """A lone word that the text has in small letters too, or takes for a place or a firm elsewhere."""
        if word in self.titled:
            return False
        if self._is_opener(start, word) or word.lower() in self.plain_words:
            return True
        labels = self.labels.get(word, ())
        return 3 * sum(label == "PERSON" for label in labels) < len(labels)

    def _is_opener(self, start: int, word: str) -> bool:
        """A lone word that opens a sentence and comes once has its capital from there ("Calm weather")."""
        before = self.text[max(0, start - 3) : start].rstrip(" ")
        opens = not before or before[-1] in ".!?\n“\"‘'"
        return opens and len(re.findall(rf"(?<!\w){re.escape(word)}(?!\w)", self.text)) == 1

    def _index_people(self, names: Iterable[str], listed: tuple[Actor, ...]) -> None:
        known = {actor.name: actor for actor in listed if actor.kind == "person"}
        for name in sorted({name for name in names if len(name.split()) > 1}):
            self.people.setdefault(_key(name), self._known_person(name, known.get(without_initials(name))))
        for actor in known.values():
            for alias in (actor.name, *actor.aliases):
                if re.search(rf"(?<!\w){re.escape(alias)}(?!\w)", self.text):
                    self.people.setdefault(_key(actor.name), self._known_person(actor.name, actor))
                    break

    def _known_person(self, name: str, actor: Actor | None) -> _Who:
        who = _Who(name, "person", f"person:{slug(without_initials(name))}")
        if actor is not None:
            who = _Who(name, "person", actor.id, None, actor.party, actor.country)
        term = held_by(name, self.about.published_earliest, self.about.published_latest)
        if term is not None:
            who.role, who.party, who.country = term.office, term.party or who.party, term.country
        return who

    def _person(self, bare: str) -> _Who:
        """The person of the article whom a name means: the same name, or a longer one it is short for."""
        if _key(bare) in self.people:
            return self.people[_key(bare)]
        parts = _key(bare).split()
        matches = [name for name in self.people if _is_short_for(parts, name.split())]
        if len(matches) == 1:
            return self.people[matches[0]]
        if len(parts) > 1 or not matches:
            self.people[_key(bare)] = self._known_person(bare, None)
            return self.people[_key(bare)]
        return self.people[matches[0]]

    def _take_listed(self, listed: tuple[Actor, ...]) -> None:
        if not listed:
            return
        pattern, by_alias = _alias_pattern(listed)
        abroad = {
            country for country in ("United Kingdom", "United States") if not is_home(self.text, country)
        }
        for match in pattern.finditer(self.text):
            actor = by_alias[match.group()]
            if actor.kind != "person" and not self._means(actor, match, abroad):
                continue
            if actor.kind == "person":
                who = self.people.setdefault(_key(actor.name), self._known_person(actor.name, actor))
            else:
                who = self.organisations.setdefault(
                    actor.name, _Who(actor.name, actor.kind, actor.id, actor.role, actor.party, actor.country)
                )
            start = match.start() + 4 if match.group().startswith("the ") else match.start()
            self._take(start, match.end(), who)

    def _means(self, actor: Actor, match: re.Match[str], abroad: set[str]) -> bool:
        """Whether an alias means the listed body: "Supreme Court" is another country's in news from there."""
        if match.group() == actor.name:
            return True
        before, after = self.text[max(0, match.start() - 25) : match.start()], self.text[match.end() :][:14]
        if actor.country in abroad or (match.group() in _TOWNS and _AT.search(before)):
            return False
        # "Immigration Reform" and "Labour Day" are other names
        lone = " " not in match.group() and match.group()[1:].islower()
        joined = re.search(r"[A-Z]\w+[ -]$", before) and not re.search(r"[.!?]\s+\w+ $", before)
        return not (
            lone and (joined or re.match(r" (?:Day|Act|Bill|Convention|Department|Secretary)\b", after))
        )

    def _take_surnames(self) -> None:
        """Surnames that the entity recogniser missed, of people named in full in the article."""
        surnames = {who.name.split()[-1]: who for who in self.people.values() if " " in who.name}
        surnames = {word: who for word, who in surnames.items() if len(word) > 3}
        if not surnames:
            return
        words = "|".join(re.escape(word) for word in sorted(surnames))
        for match in re.finditer(rf"(?<![\w-])({words})(?![\w-])", self.text):
            before = self.text[max(0, match.start() - 20) : match.start()]
            if not re.search(r"[A-Z][\w’'-]+\s$", before) or re.search(r"[.!?]\s+\w+\s$", before):
                self._take(match.start(), match.end(), surnames[match.group()])

    def _take_organisations(self) -> None:
        for ent in self.doc.ents:
            if ent.label_ != "ORG":
                continue
            start, end = _tighten(self.text, ent.start_char, ent.end_char)
            name = re.sub(r"^(?:the|a|an|our|his|her|its|their|my)\s+", "", self.text[start:end], flags=re.I)
            start = end - len(name)
            if len(name) < 2 or not re.search(r"[A-Z]", name) or name.lower() in _NO_ORGANISATION:
                continue
            if self._is_plain(start, name) or re.search(r"\b(?:Photo|Images|File)\b", name):
                continue
            name = house_name(" ".join(name.split()))
            who = self.organisations.get(name) or self._someone(name)
            if who is None:
                who = _Who(name, "organisation", f"organisation:{slug(name)}")
                self.organisations[name] = who
            acronym = _ACRONYM.match(self.text, end) or _ACRONYM.match(self.text[end : end + 12])
            if acronym:
                self.organisations.setdefault(acronym[1], who)
            self._take(start, end, who)

    def _is_plain(self, start: int, name: str) -> bool:
        """Whether a word is a common one with a capital; "the Times" and a name that comes again are not."""
        definite = self.text[max(0, start - 4) : start].lower() == "the "
        return name.lower() in self.plain_words and not definite and len(self.labels.get(name, ())) < 2

    def _someone(self, name: str) -> _Who | None:
        """The person whom a name taken for an organisation's means: "Trump" after Donald Trump."""
        if _key(name) in self.people or " " in name:
            return self.people.get(_key(name))
        matches = [who for known, who in self.people.items() if known.split()[-1] == fold(name)]
        return matches[0] if len(matches) == 1 else None

    def _note_roles(self) -> None:
        """Give people the role that stands before or after their name."""
        for start, end, who in self.taken:
            if who.kind != "person" or who.role:
                continue
            after = _ROLE_AFTER.match(self.text[end : end + 130])
            if after:
                who.role = after[1].strip()
                continue
            who.role = role_words_before(self.text, start)

    def _take_offices(self, offices: Iterable[OfficeMention]) -> None:
        for mention in offices:
            who = self._holder_here(mention)
            if who is None and mention.term is not None:
                who = self._person(mention.term.holder)
            if who is None:
                office = mention.office
                who = _Who(office.name, "office", f"office:{slug(office.name)}", None, None, office.country)
            self._take(mention.start, mention.end, who)

    def _holder_here(self, mention: OfficeMention) -> _Who | None:
        """The person to whom the article itself gives the office ("Home Secretary Yvette Cooper")."""
        aliases = {
            re.sub(r"^the ", "", alias.lower()) for alias in (mention.office.name, *mention.office.aliases)
        }
        here = {
            id(who): who
            for _, _, who in self.taken
            if who.kind == "person" and (who.role or "").lower() in aliases
        }
        return next(iter(here.values())) if len(here) == 1 else None


def _tighten(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave marks, possessives and white space out of an entity's span; stop at a line break."""
    stop = text.find("\n", start, end)
    end = stop if stop >= 0 else end
    while start < end and not (text[start].isalnum()):
        start += 1
    possessive = re.search(r"[’']s?$", text[start:end])
    if possessive:
        end = start + possessive.start()
    bracket = text.find("(", start, end)
    end = bracket if bracket > start and ")" not in text[bracket:end] else end
    while end > start and not (text[end - 1].isalnum() or text[end - 1] == ")"):
        end -= 1
    return start, end


def _role_length(words: str) -> int:
    """How many characters of role words ("Home Secretary ") precede the name in an entity's span."""
    length = 0
    for match in re.finditer(r"\S+\s+", words):
        if not is_role(match.group()):
            break
        length = match.end()
    return length


def _is_short_for(parts: list[str], full: list[str]) -> bool:
    """ "Starmer", "Keir" and "K. Starmer" are short for "Keir Starmer"."""
    if len(parts) >= len(full):
        return False
    if len(parts) == 1:
        return parts[0] in (full[-1], full[0])
    return parts[-1] == full[-1] and full[0].startswith(parts[0].rstrip("."))


def _key(name: str) -> str:
    # "Donald J. Trump" and "Donald Trump" are one man
    return fold(without_initials(name))


@lru_cache(maxsize=8)
def _alias_pattern(listed: tuple[Actor, ...]) -> tuple[re.Pattern[str], dict[str, Actor]]:
    # A lone surname is matched only after a full name, by the article's own people.
    by_alias = {
        alias: actor
        for actor in listed
        for alias in (actor.name, *actor.aliases)
        if actor.kind != "person" or " " in alias
    }
    words = "|".join(re.escape(alias) for alias in sorted(by_alias, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])"), by_alias


@Language.component("framelines_actors")
def mark_actors(doc: Doc) -> Doc:
    """Leave the layer ``mentions`` on a Doc."""
    mentions = find_mentions(doc)
    set_layer(doc, "mentions", mentions, [mention.kind for mention in mentions])
    return doc
