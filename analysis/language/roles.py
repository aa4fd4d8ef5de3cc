"""Whom a definite phrase means: "the minister", "the charity", "the Cambridgeshire force".

A role that the article gave to somebody named before comes back as a phrase of its own; the last one named
in that role is meant, and the words before the noun must not speak against it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from analysis.language.names import fold, is_role_noun
from analysis.language.offices import shipped_offices

if TYPE_CHECKING:
    from analysis.language.actors import Mention

# One role, several words.
_SAME = {
    "gov": "governor", "sen": "senator", "rep": "representative", "congressman": "representative",
    "congresswoman": "representative", "advisor": "adviser", "chairman": "chair", "chairwoman": "chair",
    "chairperson": "chair", "prof": "professor", "dr": "doctor", "spokeswoman": "spokesperson",
    "spokesman": "spokesperson", "boss": "chief", "pm": "premier", "barrister": "lawyer",
    "attorney": "lawyer", "solicitor": "lawyer",
}  # fmt: skip
# Bodies that a word of their name tells.
_BODIES = {
    "force": r"(?:Police|Constabulary)$",
    "union": r"(?:Union|Unison|Association of \w+)$",
    "party": r"(?:Party|Democrats|Labour|Conservatives)$",
    "department": r"(?:^Department\b|Department$|Office$|Treasury)",
    "ministry": r"(?:^Ministry\b|Ministry$|Office$)",
    "university": r"(?:University|College)\b",
    "council": r"Council\b",
    "court": r"Court\b",
    "commission": r"Commission\b",
    "committee": r"Committee\b",
    "agency": r"Agency\b",
    "bank": r"\bBank\b",
    "institute": r"Institut(?:e|ion)\b",
    "foundation": r"Foundation\b",
    "association": r"Association\b",
    "federation": r"Federation\b",
    "charity": r"(?:Trust|Aid|Charity)\b",
    "group": r"(?:Group|Coalition|Alliance|Campaign)\b",
    "company": r"(?:Ltd|plc|PLC|Inc|Corp|Group|Company)\b",
    "firm": r"(?:Ltd|plc|PLC|LLP|Inc|Group)\b",
    "newspaper": r"(?:Times|Post|Guardian|Telegraph|Mail|Journal|News|Independent|Herald|Mirror)$",
}
# Bodies that nothing but the words beside a name tells.
_CALLED_BODIES = frozenset("organisation organization watchdog regulator campaign".split())
_DEFINITE = re.compile(r"^(?:the|this|that)\s+(.+)$", re.I)
_TAIL = re.compile(r"\s(?:of|for|from|in|at|on|with|to|who|which|that)\s.*$|,.*$", re.S)
_FORCE = re.compile(r"^the\s+((?:[A-Z][\w-]+\s)+)force$")
_WORD = re.compile(r"[a-z][a-z-]*")
_SINCE = frozenset("former ex late then current new outgoing incoming".split())
_FORMER = frozenset({"former", "ex"})
_ANOTHER = re.compile(r",|\s(?:and|&)\s")
# Offices whose last word alone means somebody lesser: "the minister" is not the Prime Minister.
_NEVER_ALONE = {
    "minister": frozenset({"prime", "first"}),
    "secretary": frozenset("home foreign general permanent press private".split()),
    "general": frozenset("attorney consul director governor secretary solicitor".split()),
}


class Roles:
    """The people and bodies of an article by what they are said to be.

    Args:
        text: The article.
        mentions: The layer ``mentions``.
    """

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self.text, self.mentions = text, mentions

    def meant_by(self, phrase: str, at: int) -> Mention | None:
        """The actor whom a definite phrase names again.

        Args:
            phrase: The words on the page ("the former minister").
            at: Where they begin.

        Returns:
            The last mention of the actor before ``at``; ``None`` for an indefinite phrase, and where
            nobody, or several people at once, answer to it.
        """
        definite = _DEFINITE.match(" ".join(phrase.split()))
        if definite is None:
            return None
        words = _TAIL.sub("", definite[1]).split()
        if not words or not words[-1].islower():
            return None
        noun = _same(words[-1].lower().strip(".,"))
        modifiers = {_same(word.lower()) for word in words[:-1]}
        if words[0].lower() in _FORMER:
            once = shipped_offices().once_held(" ".join(words[1:]))
            if once is not None:
                return self._once_in(once, modifiers | {noun}, at)
        person = self._in_role(noun, modifiers, at)
        if person is not None:
            return person
        return self._body(noun, words[:-1], at)

    def _in_role(self, noun: str, modifiers: set[str], at: int) -> Mention | None:
        known = self._by_role.get(noun, ())
        before = known[: bisect_left(known, at, key=lambda row: row[0])][-40:]
        fitting = [
            mention
            for _, role, mention in before
            if (modifiers <= role or not _speaks_against(modifiers, role))
            and not (role - modifiers) & _NEVER_ALONE.get(noun, frozenset())
        ]
        exact = [mention for _, role, mention in before if modifiers and modifiers <= role]
        for group in (exact, fitting):
            if len({mention.actor_id for mention in group}) == 1:
                return group[-1]
        if not fitting:
            return None
        # several in that role: the one named last, if nobody else of them is named near
        near = [mention for mention in fitting if at - mention.start < 600]
        return near[-1] if len({mention.actor_id for mention in near}) == 1 else None

    def _once_in(self, holders: frozenset[str], words: set[str], at: int) -> Mention | None:
        """The one person named before who has left an office, as the text says or the list of holders."""
        people = {
            mention.actor_id: mention
            for mention in self._people[: bisect_left(self._people_starts, at)][-200:]
            if fold(mention.name) in holders or words <= _words_of(mention.role or "")
        }
        left = [m for m in people.values() if words <= _words_of(m.role or "")]
        left = left or [m for m in people.values() if not words - _FORMER <= _words_of(m.role or "")]
        return left[0] if len(left) == 1 else None

    def _body(self, noun: str, modifiers: Sequence[str], at: int) -> Mention | None:
        kind = _BODIES.get(noun)
        if kind is None and noun not in _CALLED_BODIES:
            return None
        index = bisect_left(self._body_starts, at)
        for mention in self._bodies[max(0, index - 40) : index][::-1]:
            if any(word[:1].isupper() and word not in mention.name for word in modifiers):
                continue
            if (kind and re.search(kind, mention.name)) or self._is_called(mention, noun):
                return mention
            if noun == "party" and mention.kind == "party":
                return mention
        return None

    def _is_called(self, mention: Mention, noun: str) -> bool:
        """Whether the words beside a name say what it is: "the charity Red Sand", "Red Sand, a charity"."""
        before = self.text[max(0, mention.start - len(noun) - 2) : mention.start].lower()
        if re.search(rf"\b{noun}\s$", before):
            return True
        beside = re.match(
            r",\s(?:an?|the)\s([^,.;:“”\"\n]{1,80})[,.]",
            self.text[mention.end : mention.end + 90],
        )
        return beside is not None and re.search(rf"\b{noun}\b", beside[1]) is not None

    def name_of_force(self, phrase: str) -> str | None:
        """The police of a place by the name that the article uses: "the Kent force" is "Kent Police"."""
        found = _FORCE.match(" ".join(phrase.split()))
        if found is None:
            return None
        for tail in ("Police", "Constabulary"):
            if f"{found[1]}{tail}" in self.text:
                return f"{found[1]}{tail}"
        return None

    @cached_property
    def _by_role(self) -> dict[str, list[tuple[int, set[str], Mention]]]:
        table: dict[str, list[tuple[int, set[str], Mention]]] = {}
        for mention in self.mentions:
            if mention.kind != "person" or not mention.role:
                continue
            words = _words_of(mention.role)
            for word in _heads(mention.role):
                table.setdefault(word, []).append((mention.start, words, mention))
        return table

    @cached_property
    def _people(self) -> list[Mention]:
        return [mention for mention in self.mentions if mention.kind == "person"]

    @cached_property
    def _people_starts(self) -> list[int]:
        return [mention.start for mention in self._people]

    @cached_property
    def _bodies(self) -> list[Mention]:
        return [mention for mention in self.mentions if mention.kind not in ("person", "office")]

    @cached_property
    def _body_starts(self) -> list[int]:
        return [mention.start for mention in self._bodies]


def _same(word: str) -> str:
    return _SAME.get(word, word)


def _words_of(role: str) -> set[str]:
    return {_same(word) for word in _WORD.findall(role.lower())}


def _heads(role: str) -> set[str]:
    """The nouns of a role that mean its holder: "leader" of "council leader" and "leader of the council"."""
    found: set[str] = set()
    for part in _ANOTHER.split(role):
        words = _WORD.findall(_TAIL.sub("", part).lower())
        found |= {_same(word) for n, word in enumerate(words, 1) if n == len(words) or is_role_noun(word)}
    return found


def _speaks_against(modifiers: set[str], role: set[str]) -> bool:
    """Whether the words before a noun name another office: "the health minister" is no home minister."""
    return bool({word for word in modifiers if word not in _SINCE} - role)
