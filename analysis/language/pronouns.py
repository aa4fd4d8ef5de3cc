"""Whom a pronoun means: the candidates before it, weighed by how prominent they are.

Candidates come from the last few sentences outside quotation marks. Each is weighed by recency, by being a
subject, by having just spoken, and by not being talked about in the speaker's own words; the heaviest of a
fitting gender and number is meant (after the salience factors of Lappin and Leass, 1994).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.language.candidates import Candidate, Cast, gender_by_title, verb_of_subject
from analysis.language.given_names import gender_of_name
from analysis.language.names import gender_of

if TYPE_CHECKING:
    from analysis.language.actors import Mention

GENDERS = {
    "he": "m",
    "him": "m",
    "his": "m",
    "himself": "m",
    "she": "f",
    "her": "f",
    "hers": "f",
    "herself": "f",
}
PLURAL = frozenset("they them their theirs themselves these those both".split())
THING = frozenset("it its itself".split())

# How far back a pronoun reaches: sentences, and names at most (a list of hundreds is one sentence).
_SENTENCES_BACK = 8
_CANDIDATES = 40
# How far around a pronoun the quoted words are looked through for names.
_SPEECH = 2000

_A_SENTENCE_AGO, _A_PARAGRAPH_AGO = -1.0, -0.4
_SUBJECT, _SPOKE, _NAMED_AGAIN = 1.3, 0.9, 0.25
_LIKELY_GENDER, _OTHER_GENDER = 0.4, -3.0
# Somebody of the other gender this far off is not meant: the pronoun stays unknown.
_TOO_FAR = -3.0
_IN_THE_SPEECH, _POSSESSOR, _UNNAMED, _TOLD = -2.5, -0.5, -0.3, 1.5

_WHOM = frozenset("whom who which that".split())


class Pronouns:
    """Resolves pronouns in reading order; it remembers who spoke, and what pronouns told of people.

    Args:
        cast: Everybody named or told of.
    """

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.genders = _told_genders(cast.text, cast.mentions)
        self._spoke: list[tuple[int, str]] = []
        # Whom each "he" and "she" of the narration means, as far as they have been read.
        self._meant: dict[int, Candidate | None] = {}
        self._carried: list[Candidate] = []
        self._read = 0

    def heard(self, at: int, key: str) -> None:
        """Note that somebody speaks at a position."""
        insort(self._spoke, (at, key))

    def meant_by(self, at: int, word: str) -> Candidate | None:
        """Whom the pronoun at a position means; ``None`` where nobody fits.

        Args:
            at: Where the pronoun begins.
            word: The pronoun in small letters.
        """
        self._read_up_to(at)
        if at not in self._meant:
            self._meant[at] = self._choose(at, word)
        return self._meant[at]

    def named_before(self, at: int) -> Candidate | None:
        """The person named before a position who is most prominent there, whatever their gender."""
        self._read_up_to(at)
        return self._heaviest([c for c in self._people_before(at) if c.mention is not None], at)

    def _choose(self, at: int, word: str) -> Candidate | None:
        if word in GENDERS:
            wanted = GENDERS[word]
            best = self._heaviest(
                [c for c in self._people_before(at) if c.gender in (None, wanted)], at, wanted
            )
            if best is not None and best.mention is not None:
                self.genders.setdefault(best.mention.actor_id, wanted)
            return best
        fitting = self._latest(self.cast.bodies, at)
        if word not in THING:
            fitting = [*fitting, *self._latest(self.cast.groups, at)]
            fitting += [c for c in self._latest(self.cast.people, at) if _may_be_they(c)]
        return self._heaviest(fitting, at)

    def _people_before(self, at: int) -> list[Candidate]:
        return [*self._latest(self.cast.people, at), *self._latest(self._carried, at)]

    def _suits(self, candidate: Candidate, wanted: str | None) -> float:
        """How well the gender that a name tells suits a pronoun; "Jessie" may be a man all the same."""
        told = candidate.gender
        if told is None and candidate.mention is not None:
            told = self.genders.get(candidate.mention.actor_id)
        if told is None or wanted is None:
            return 0.0
        return _LIKELY_GENDER if told == wanted else _OTHER_GENDER

    def _read_up_to(self, at: int) -> None:
        """Read whom each pronoun before a position means: "He attended the rally" carries a person on."""
        narrated, offsets = self.cast.narrated, self.cast.scene.offsets
        while self._read < len(narrated) and offsets[narrated[self._read]] < at:
            pronoun = self.cast.doc[narrated[self._read]]
            self._read += 1
            if pronoun.idx not in self._meant:
                self._meant[pronoun.idx] = self._choose(pronoun.idx, pronoun.lower_)
            best = self._meant[pronoun.idx]
            if best is not None:
                opens = self.cast.start_before(pronoun.idx) == pronoun.idx
                subject = float(opens or verb_of_subject(pronoun) is not None)
                self._carried.append(
                    replace(
                        best,
                        at=pronoun.idx,
                        subject=subject,
                        possessor=False,
                        told=False,
                    )
                )

    def _heaviest(self, fitting: Sequence[Candidate], at: int, wanted: str | None = None) -> Candidate | None:
        named = Counter(candidate.key for candidate in fitting)
        spoken_of, spoke = self._spoken_of(at), self._last_speaker(at)
        best, most = None, (0.0, 0)
        for candidate in fitting:
            if self._is_object_of(candidate, at):
                continue
            suits = self._suits(candidate, wanted)
            weight = (
                self._nearness(candidate, at)
                + _SUBJECT * candidate.subject
                + _SPOKE * (spoke == candidate.key)
                + suits
                + _NAMED_AGAIN * min(named[candidate.key] - 1, 2)
                + _IN_THE_SPEECH * (candidate.key in spoken_of)
                + _POSSESSOR * candidate.possessor
                + _UNNAMED * (candidate.mention is None and not candidate.told)
                + _TOLD * candidate.told
            )
            if suits < 0 and weight < _TOO_FAR:
                continue
            if best is None or (weight, candidate.at) > most:
                best, most = candidate, (weight, candidate.at)
        return best

    def _nearness(self, candidate: Candidate, at: int) -> float:
        sentences = bisect_left(self.cast.starts, at) - bisect_right(self.cast.starts, candidate.at)
        paragraphs = bisect_left(self.cast.breaks, at) - bisect_left(self.cast.breaks, candidate.at)
        return _A_SENTENCE_AGO * sentences + _A_PARAGRAPH_AGO * paragraphs

    def _latest(self, found: Sequence[Candidate], at: int) -> list[Candidate]:
        floor = self._floor(at)
        last = bisect_left(found, at, key=lambda candidate: candidate.at)
        first = bisect_left(found, floor, hi=last, key=lambda candidate: candidate.at)
        return [c for c in found[max(first, last - _CANDIDATES) : last] if c.end <= at]

    def _last_speaker(self, at: int) -> str | None:
        index = bisect_left(self._spoke, (at, ""))
        return self._spoke[index - 1][1] if index else None

    def _spoken_of(self, at: int) -> set[str]:
        """Who is named in the quoted words around a pronoun: hardly the one who speaks them."""
        index = bisect_right(self.cast.starts, at)
        start = self.cast.starts[index - 1] if index else 0
        end = self.cast.starts[index] if index < len(self.cast.starts) else len(self.cast.text)
        start, end = max(start, at - _SPEECH), min(end, at + _SPEECH)
        first, last = (
            bisect_left(self.cast.quoted_at, start),
            bisect_left(self.cast.quoted_at, end),
        )
        return {
            mention.actor_id for mention in self.cast.quoted_people[max(first, last - _CANDIDATES) : last]
        }

    def _is_object_of(self, candidate: Candidate, at: int) -> bool:
        """Whether the clause of the pronoun is about the candidate: "Ruiz, whom he called"."""
        between = self.cast.text[candidate.end : at] if at - candidate.end < 9 else ""
        return between.strip(" ,").lower() in _WHOM

    def _floor(self, at: int) -> int:
        index = bisect_left(self.cast.starts, at)
        return self.cast.starts[max(0, index - _SENTENCES_BACK)] if index else 0


def _told_genders(text: str, mentions: Sequence[Mention]) -> dict[str, str]:
    """The likely gender of each person: what their titles tell most often, else given name or role."""
    votes: dict[str, list[str]] = {}
    people = [mention for mention in mentions if mention.kind == "person"]
    for mention in people:
        told = gender_by_title(text, mention)
        if told:
            votes.setdefault(mention.actor_id, []).append(told)
    genders = {actor: max(sorted(set(told)), key=told.count) for actor, told in votes.items()}
    for mention in people:
        if mention.actor_id not in genders:
            # a "spokesman" may be a woman
            role = "" if re.search(r"(?<!wo)man\b", mention.role or "") else mention.role or ""
            told = gender_of_name(mention.name) or gender_of(role)
            if told:
                genders[mention.actor_id] = told
    return genders


def _may_be_they(candidate: Candidate) -> bool:
    """Whether "they" may mean one person: somebody unnamed of no gender told ("a spokesperson")."""
    return candidate.mention is None and candidate.gender is None
