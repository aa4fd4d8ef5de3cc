"""From the words that name a speaker to who that is: names, offices, spokespeople, pronouns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from analysis.language.agents import can_speak
from analysis.language.candidates import Candidate, Cast
from analysis.language.names import house_name
from analysis.language.pronouns import GENDERS, PLURAL, THING, Pronouns
from analysis.language.roles import Roles
from analysis.language.scene import Scene
from analysis.language.speakers import Attribution
from analysis.language.subjects import NOBODY

if TYPE_CHECKING:
    from analysis.language.actors import Mention

_SPOKE = re.compile(r"\bspokes(?:man|woman|person|people|men|women)\b", re.I)
_LEADING = re.compile(r"^(?:the|a|an|one|another|this|that|his|her|their|its|my|our)\s+", re.I)
_SOMEONE = re.compile(r"^(?:someone|somebody)\b(?=\s)", re.I)
_BOTH = re.compile(r"\b(?:both|all)\s+(?:of\s+)?the\b", re.I)
# Who somebody is, put for the name that has just stood there.
_EPITHET = re.compile(
    r"the\s(?:[\w-]+\s)?(?:\d+-year-old(?:\s\w+)?|(?:mother|father|mum|dad)[- ]of[- ]\w+|billionaire|"
    r"businessman|businesswoman|mogul|front-?runner|nominee|Republican|Democrat|socialist|veteran)$",
    re.I,
)
_OWNER = re.compile(r"^(his|her|their|its)\s+", re.I)
# The body or person for whom a spokesperson speaks: "for the charity", "from the Kent force".
_ON_BEHALF = re.compile(r"\b(?:for|of|from|at)\s+((?:the|his|her|their|its)\s.+)$", re.I)


@dataclass(frozen=True)
class Speaker:
    """A resolved speaker: the words on the page, and who they mean."""

    text: str
    start: int
    end: int
    name: str | None
    actor_id: str | None = None
    role: str | None = None
    party: str | None = None
    basis: str = "explicit"
    kind: str | None = None


class Resolver:
    """Resolves speakers in reading order; it remembers who spoke, and what pronouns told of them.

    Args:
        scene: The article with its passages.
        mentions: The layer ``mentions``.
    """

    def __init__(self, scene: Scene, mentions: Sequence[Mention]) -> None:
        self.scene, self.doc = scene, scene.doc
        self.roles = Roles(scene.text, mentions)
        self.cast = Cast(scene, mentions, self.roles)
        self.pronouns = Pronouns(self.cast)
        self._known: dict[tuple[int | None, int | None, int], Speaker | None] = {}

    def heard(self, speaker: Speaker | None) -> None:
        """Remember a speaker for the pronouns that follow."""
        if speaker is not None and speaker.name is not None:
            self.pronouns.heard(speaker.start, speaker.actor_id or speaker.name.lower())

    def speaker_of(self, found: Attribution) -> Speaker | None:
        """Who an attribution names; ``None`` where it names nobody."""
        if found.head is None:
            return None
        # the same words mean the same one, however many passages they attribute
        words = (found.first, found.last, found.head)
        if words not in self._known:
            self._known[words] = self._resolve(found)
        return self._known[words]

    def _resolve(self, found: Attribution) -> Speaker | None:
        span, head = self.doc[found.first : found.last], self.doc[found.head]
        text, start, end = span.text, span.start_char, span.end_char
        if not any(character.isalpha() for character in text) or not can_speak(head):
            return None
        word = text.lower()
        if word in NOBODY:
            return Speaker(text, start, end, None, basis="pronoun")
        if word in GENDERS or word in PLURAL or word in THING:
            return self._pronoun(text, start, word)
        people = self._people_in(start, end)
        if len(people) > 1 and re.search(r"\band\b|,", text):
            return Speaker(text, start, end, _list_names(people))
        mention = self._mention_in(start, end, head.idx)
        if _SPOKE.search(text):
            return self._spokesperson(text, start, mention)
        if mention is not None:
            return _of_mention(mention, text, start)
        beside = self._named_beside(end)
        if beside is not None:
            return _of_mention(beside, text, start)
        again = self.roles.meant_by(text, start)
        if again is None and _EPITHET.match(text):
            meant = self.pronouns.named_before(start)
            again = meant.mention if meant is not None else None
        if again is not None:
            return _of_mention(again, text, start)
        return Speaker(text, start, end, self._apposed(end) or self._bare(text))

    def _bare(self, text: str) -> str:
        """A noun phrase without article: "someone close to the king" is a "person close to the king"."""
        bare = _SOMEONE.sub("person", _LEADING.sub("", text))
        return self.roles.name_of_force(text) or _BOTH.sub("the", bare)

    def _people_in(self, start: int, end: int) -> list[Mention]:
        people = [m for m in self.cast.between(start, end) if m.kind == "person" and m.end <= end]
        return list({m.actor_id: m for m in people}.values())

    def _mention_in(self, start: int, end: int, head: int) -> Mention | None:
        # a mention may begin before the phrase, so one more is asked
        inside = [m for m in self.cast.between(start - 60, end) if start < m.end]
        covering = [m for m in inside if m.start <= head < m.end]
        if covering:
            return covering[0]
        # "shadow justice secretary Robert Jenrick": a person at the end of the phrase is who it names
        people = [m for m in inside if m.kind == "person" and m.start >= start and end - m.end < 3]
        return people[-1] if people and not _SPOKE.search(self.scene.text[start:head]) else None

    def _apposed(self, end: int) -> str | None:
        found = self.cast.apposed(end)
        return found[0] if found is not None else None

    def _named_beside(self, end: int) -> Mention | None:
        """The person whose name stands between commas after a role: "The leader, Ana Ruiz, said"."""
        after = self.cast.between(end + 2, end + 3) if self.scene.text.startswith(", ", end) else ()
        person = after[0] if after and after[0].kind == "person" else None
        closed = person is not None and re.match(r",(?! and\b)", self.scene.text[person.end : person.end + 5])
        return person if closed else None

    def _pronoun(self, text: str, start: int, word: str) -> Speaker:
        end = start + len(text)
        meant = self.pronouns.meant_by(start, word)
        if meant is None:
            return Speaker(text, start, end, None, basis="pronoun")
        return replace(self._of_candidate(meant), text=text, start=start, end=end, basis="pronoun")

    def _of_candidate(self, meant: Candidate) -> Speaker:
        if meant.mention is not None:
            return _of_mention(meant.mention, meant.words, meant.at)
        name = _list_names(meant.members) if meant.members else self._apposed(meant.end)
        return Speaker(meant.words, meant.at, meant.end, name or self._bare(meant.words))

    def _spokesperson(self, text: str, start: int, mention: Mention | None) -> Speaker:
        end = start + len(text)
        if mention is not None and mention.kind == "person":
            if not re.search(r"\b(?:for|of|to)\b|[’']s", text) and re.search(r"spokes\w+\s+[A-Z]", text):
                return _of_mention(mention, text, start)
            return Speaker(
                text,
                start,
                end,
                f"{mention.name} spokesperson",
                basis="office",
                kind="office",
            )
        name = self._represented(text, start) or _spokesperson_for(text)
        return Speaker(text, start, end, name, basis="office", kind="office")

    def _represented(self, text: str, start: int) -> str | None:
        """Whose spokesperson it is where no name says so: "his spokesman", "someone for the charity"."""
        owner = _OWNER.match(text)
        if owner:
            meant = self.pronouns.meant_by(start, owner[1].lower())
            return f"{self._of_candidate(meant).name} spokesperson" if meant is not None else None
        behalf = _ON_BEHALF.search(text)
        if behalf is None:
            return None
        force = self.roles.name_of_force(behalf[1])
        again = self.roles.meant_by(behalf[1], start)
        name = force or (again.name if again is not None else None)
        return f"{name} spokesperson" if name else None


def _of_mention(mention: Mention, text: str, start: int) -> Speaker:
    by_office = mention.kind == "office" or (mention.kind == "person" and mention.text[:4].lower() == "the ")
    return Speaker(
        text,
        start,
        start + len(text),
        mention.name,
        mention.actor_id,
        mention.role,
        mention.party,
        "office" if by_office else "explicit",
        mention.kind,
    )


def _list_names(people: Sequence[Mention]) -> str:
    names = [mention.name for mention in people]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _spokesperson_for(text: str) -> str:
    """ "A Number 10 spokesman", "a spokeswoman for No 10" and the like under one name."""
    bare = _LEADING.sub("", text)
    owner = _SPOKE.sub("", bare).strip()
    owner = re.sub(r"^(?:for|of|from|at)\s+(?:the\s+)?|[’']s$", "", owner).strip()
    return f"{house_name(owner)} spokesperson" if owner[:1].isupper() else bare
