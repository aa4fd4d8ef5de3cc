"""Mentions of people, offices and organisations, and which actor each one means.

Within an article a surname means the full name that stands there too, an office means its holder (as the
article itself says, else as the dated list of office-holders says for the day of publication), and an
abbreviation means what it is defined as. Ids are made from names, so they are the same in every article;
somebody known by a surname alone is known in that article alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

from analysis.language.capitals import follows_first_word
from analysis.language.namefinder import Name, find_names
from analysis.language.names import party_in, role_after, role_words_before, slug
from analysis.language.offices import OfficeMention, offices_of
from analysis.language.organisations import Organisations, find_seats, listed_actors
from analysis.language.people import People, Who
from analysis.language.phrases import Phrases
from analysis.language.pipeline import DocContext, context, set_layer, text_of, widen

# The recogniser's labels for what a mention is, read by the components that weigh a noun.
_LABELS = {"person": "PERSON", "organisation": "ORG"}
_CAPITAL_BEFORE = re.compile(r"[A-Z][\w’'-]+\s$")
# Start, end and the words found.
_Hit = tuple[int, int, str]


# Not frozen, as frames are not: that takes three times as long.
@dataclass(unsafe_hash=True)
class Mention:
    """A mention of an actor: where it stands, and everything known of the actor.

    ``actor_id`` is the same in every article ("person:keir-starmer"), so tables can be merged; a person whom
    an article names by one word alone has an id of that article ("person:okri@a1").
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


def find_mentions(doc: Doc) -> list[Mention]:
    """Find the mentions of actors in a Doc.

    Args:
        doc: An article's tokens. No tags are read; named entities that are there already are taken where the
            words show nothing themselves.

    Returns:
        Mentions in order, none overlapping another.
    """
    ents = [(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents if ent.label_ in ("PERSON", "ORG")]
    return _Finder(text_of(doc), context(doc)).find(ents)


class _Finder:
    def __init__(self, text: str, about: DocContext) -> None:
        self.text, self.about = text, about
        self.taken: list[tuple[int, int, Who]] = []
        self.covered = bytearray(len(text))
        self.offices = offices_of(about.packs)
        self.listed = listed_actors(about.packs)
        self.people = People(about, self.listed.people, self.offices)
        self.organisations = Organisations(text, self.listed)

    def find(self, ents: Iterable[tuple[int, int, str]]) -> list[Mention]:
        names = find_names(self.text, ents)
        people = [name for name in names if name.kind == "person"]
        offices = self.offices.find(self.text, self.about.published_earliest, self.about.published_latest)
        listed = self.listed.names.find(self.text)
        self._introduce(people, listed, offices)
        for start, end, seat in find_seats(self.text):
            self._take(start, end, self.organisations.known(seat))
        self._take_listed(listed)
        for name in people:
            self._take(name.start, name.end, self.people.find(name.bare, self.text[name.start : name.end]))
        # "the Clinton Foundation" before the person "Clinton", a lone abbreviation after everybody
        organisations = [name for name in names if name.kind == "organisation"]
        for name in organisations:
            if " " in name.bare:
                self._take(*self.organisations.take(name.start, name.end))
        self._take_surnames()
        self._note_roles()
        self._take_offices(offices)
        for name in organisations:
            if " " not in name.bare:
                self._take(*self.organisations.take(name.start, name.end))
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

    def _take(self, start: int, end: int, who: Who) -> None:
        if start < end and self.covered.find(1, start, end) < 0:
            self.covered[start:end] = b"\x01" * (end - start)
            self.taken.append((start, end, who))

    def _introduce(
        self, people: Iterable[Name], listed: Iterable[_Hit], offices: Iterable[OfficeMention]
    ) -> None:
        """Everybody whose full name stands in the text, or whose office does."""
        for name in people:
            if " " in name.bare:
                self.people.add(name.bare)
        for _, _, alias in listed:
            if (actor := self.listed.by_alias[alias]).kind == "person":
                self.people.add(actor.name)
        for office in offices:
            if office.term is not None:
                self.people.add(office.term.holder)

    def _take_listed(self, listed: Iterable[_Hit]) -> None:
        for start, end, alias in listed:
            actor = self.listed.by_alias[alias]
            if actor.kind == "person":
                who = self.people.add(actor.name)
            elif self.organisations.means(actor, alias, start, end):
                who = self.organisations.known(actor.name)
            else:
                continue
            self._take(start + 4 if alias.startswith("the ") else start, end, who)

    def _take_surnames(self) -> None:
        """Surnames that nothing beside them shows, of people named in the article."""
        surnames = {word: who for word, who in self.people.surnames().items() if len(word) > 2}
        for start, end, word in Phrases(surnames).find(self.text):
            before = self.text[max(0, start - 20) : start]
            if not _CAPITAL_BEFORE.search(before) or follows_first_word(before):
                self._take(start, end, surnames[word])

    def _note_roles(self) -> None:
        """Give people the role that stands before or after their name, and the party that it names."""
        for start, end, who in self.taken:
            if who.kind != "person" or (who.role and who.party):
                continue
            role = role_after(self.text, end) or role_words_before(self.text, start)
            who.role = who.role or role
            who.party = who.party or party_in(self.text, end, role)

    def _take_offices(self, offices: Iterable[OfficeMention]) -> None:
        holders = self._holders_here()
        for mention in offices:
            office = mention.office
            who = holders.get(office.name.lower())
            if who is None and mention.term is not None:
                who = self.people.add(mention.term.holder)
            if who is None:
                who = Who(office.name, "office", f"office:{slug(office.name)}", None, None, office.country)
            self._take(mention.start, mention.end, who)

    def _holders_here(self) -> dict[str, Who | None]:
        """The one person to whom the article itself gives an office ("Home Secretary Yvette Cooper")."""
        found: dict[str, Who | None] = {}
        for _, _, who in self.taken:
            if who.kind == "person" and who.role:
                for office in self.offices.by_alias.get(who.role.lower(), ()):
                    key = office.name.lower()
                    found[key] = who if found.get(key, who) is who else None
        return found


@Language.component("framelines_actors")
def mark_actors(doc: Doc) -> Doc:
    """Leave the layer ``mentions`` on a Doc, and its people and organisations as ``doc.ents``."""
    mentions = find_mentions(doc)
    set_layer(doc, "mentions", mentions, [mention.kind for mention in mentions])
    named = [mention for mention in mentions if mention.kind in _LABELS]
    ents: list[Span] = []
    for span in widen(doc, named, (_LABELS[mention.kind] for mention in named)):
        if not ents or span.start >= ents[-1].end:
            ents.append(span)
    doc.ents = ents
    return doc
