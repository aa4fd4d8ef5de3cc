"""From the words that name a speaker to who that is: names, offices, spokespeople, pronouns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from spacy.tokens import Token

from analysis.language.agents import can_speak, is_human, is_introduced
from analysis.language.names import gender_of, house_name
from analysis.language.speakers import NOBODY, Attribution, Scene, phrase_of, tokens_between

if TYPE_CHECKING:
    from analysis.language.actors import Mention

_GENDER = {
    "he": "m",
    "him": "m",
    "his": "m",
    "himself": "m",
    "she": "f",
    "her": "f",
    "hers": "f",
    "herself": "f",
}
_PLURAL = frozenset("they them their themselves these those both".split())
_THING = frozenset("it its itself".split())
_SPOKE = re.compile(r"\bspokes(?:man|woman|person|people|men|women)\b", re.I)
_LEADING = re.compile(r"^(?:the|a|an|one|another|this|that|his|her|their|its|my|our)\s+", re.I)
_GROUP = frozenset("pair trio duo couple group team panel quartet committee union families".split())
_NAMES_BESIDE = re.compile(
    r"\s*[,–—:(-]\s*((?:[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){1,2}(?:,\s+(?:and\s+)?|\s+and\s+))+"
    r"[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){1,2})(?=\s*[,–—:)-])"
)
_SENTENCES_BACK = 6


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


@dataclass(frozen=True)
class _Candidate:
    """Somebody whom a pronoun may mean, and how prominent the words make them."""

    at: int
    who: Speaker
    subject: bool
    gender: str | None
    fresh: bool = False


class Resolver:
    """Resolves speakers in reading order; it remembers who spoke, and what pronouns told of them.

    Args:
        scene: The article with its passages.
        mentions: The layer ``mentions``.
    """

    def __init__(self, scene: Scene, mentions: Sequence[Mention]) -> None:
        self.scene, self.doc = scene, scene.doc
        self.mentions = mentions
        self.last: Speaker | None = None
        self.genders: dict[str, str] = {}
        for mention in mentions:
            told = gender_of(scene.text[max(0, mention.start - 5) : mention.end]) or gender_of(
                mention.role or ""
            )
            if told and mention.kind == "person":
                self.genders.setdefault(mention.actor_id, told)

    def heard(self, speaker: Speaker | None) -> None:
        """Remember a speaker for the pronouns that follow."""
        if speaker is not None and speaker.name is not None:
            self.last = speaker

    def speaker_of(self, found: Attribution) -> Speaker | None:
        """Who an attribution names; ``None`` where it names nobody."""
        if found.head is None:
            return None
        span = self.doc[found.first : found.last]
        text, start, end = span.text, span.start_char, span.end_char
        if not any(character.isalpha() for character in text):
            return None
        word = text.lower()
        if not can_speak(self.doc[found.head]):
            return None
        if word in NOBODY:
            return Speaker(text, start, end, None, basis="pronoun")
        if word in _GENDER or word in _PLURAL or word in _THING:
            return self._pronoun(text, start, word)
        people = self._people_in(start, end)
        if len(people) > 1 and re.search(r"\band\b|,", text):
            return Speaker(text, start, end, _list_names(people))
        mention = self._mention_in(start, end, self.doc[found.head].idx)
        if _SPOKE.search(text):
            return self._spokesperson(text, start, mention)
        if mention is not None:
            return _of_mention(mention, text, start)
        together = self._apposed(end)
        return Speaker(text, start, end, together or _LEADING.sub("", text))

    def _people_in(self, start: int, end: int) -> list[Mention]:
        people = [m for m in self.mentions if m.kind == "person" and start <= m.start and m.end <= end]
        return list({m.actor_id: m for m in people}.values())

    def _mention_in(self, start: int, end: int, head: int) -> Mention | None:
        inside = [m for m in self.mentions if m.start < end and start < m.end]
        covering = [m for m in inside if m.start <= head < m.end]
        if covering:
            return covering[0]
        # "shadow justice secretary Robert Jenrick": a person at the end of the phrase is who it names
        people = [m for m in inside if m.kind == "person" and m.start >= start and end - m.end < 3]
        return people[-1] if people and not _SPOKE.search(self.scene.text[start:head]) else None

    def _apposed(self, end: int) -> str | None:
        """The names that follow a phrase: "The trio - Ana Ruiz, Ben Okri and Cy Lee - wrote"."""
        found = _NAMES_BESIDE.match(self.scene.text, end, end + 200)
        return " ".join(found[1].split()) if found else None

    def _pronoun(self, text: str, start: int, word: str) -> Speaker:
        nobody = Speaker(text, start, start + len(text), None, basis="pronoun")
        token = next(iter(tokens_between(self.doc, start, start + 1)), None)
        if token is None:
            return nobody
        if word in _GENDER:
            candidates = [c for c in self._singulars(token) if c.gender in (None, _GENDER[word])]
        else:
            candidates = list(self._plurals(token, things=word in _THING))
        best = max(candidates, key=lambda c: (self._prominence(c, token), c.at), default=None)
        if best is None:
            return nobody
        if word in _GENDER and best.who.actor_id:
            self.genders.setdefault(best.who.actor_id, _GENDER[word])
        return replace(best.who, text=text, start=start, end=start + len(text), basis="pronoun")

    def _prominence(self, candidate: _Candidate, pronoun: Token) -> float:
        between = self.scene.text[candidate.at : pronoun.idx]
        sentences = sum(sent > candidate.at for sent in self._starts(candidate.at, pronoun.idx))
        spoke = self.last is not None and self.last.name == candidate.who.name
        known = candidate.fresh or (candidate.gender is not None and pronoun.lower_ in _GENDER)
        newlines = between.count("\n")
        return -1.0 * sentences - 0.5 * newlines + 1.2 * candidate.subject + 0.8 * spoke + 1.5 * known

    def _starts(self, start: int, end: int) -> Iterator[int]:
        for token in tokens_between(self.doc, start, end):
            if token.is_sent_start and token.idx > start and not self.scene.quoted[token.i]:
                yield token.idx

    def _singulars(self, pronoun: Token) -> Iterator[_Candidate]:
        floor = self._floor(pronoun)
        for mention in self.mentions:
            if floor <= mention.start and mention.end <= pronoun.idx and mention.kind == "person":
                token = self._last_token(mention)
                if not self.scene.quoted[token.i]:
                    gender = self.genders.get(mention.actor_id)
                    yield _Candidate(mention.start, _of_mention(mention, "", 0), _is_subject(token), gender)
        for noun in self._speaking_nouns(pronoun, floor, plural=False):
            first, last, _ = phrase_of(self.scene, noun)
            text = self.doc[first:last].text
            told = is_introduced(noun) and _told_by_author(noun)
            yield _Candidate(
                noun.idx,
                Speaker(text, 0, 0, _LEADING.sub("", text)),
                told or not is_introduced(noun) or noun.head.dep_ == "agent",
                gender_of(text),
                fresh=told,
            )

    def _plurals(self, pronoun: Token, *, things: bool) -> Iterator[_Candidate]:
        floor = self._floor(pronoun)
        for mention in self.mentions:
            if floor <= mention.start and mention.end <= pronoun.idx and mention.kind != "person":
                token = self._last_token(mention)
                if not self.scene.quoted[token.i]:
                    yield _Candidate(mention.start, _of_mention(mention, "", 0), _is_subject(token), None)
        for noun in self._speaking_nouns(pronoun, floor, plural=True) if not things else ():
            first, last, _ = phrase_of(self.scene, noun)
            span = self.doc[first:last]
            people = self._people_in(span.start_char, span.end_char)
            name = _list_names(people) if len(people) > 1 else self._apposed(span.end_char)
            yield _Candidate(
                noun.idx, Speaker(span.text, 0, 0, name or _LEADING.sub("", span.text)), True, None
            )

    def _speaking_nouns(self, pronoun: Token, floor: int, *, plural: bool) -> Iterator[Token]:
        """Unnamed people told of before the pronoun: "One inmate said", "I met a former official"."""
        named = [(m.start, m.end) for m in self.mentions if floor <= m.start < pronoun.idx]
        for token in tokens_between(self.doc, floor, pronoun.idx):
            acts = token.dep_ in ("nsubj", "nsubjpass")
            if self.scene.quoted[token.i] or not (acts or (not plural and is_introduced(token))):
                continue
            lower = token.lower_
            several = (
                token.tag_ in ("NNS", "NNPS")
                or lower in _GROUP
                or any(c.dep_ == "conj" for c in token.children)
            )
            if plural and several and can_speak(token):
                yield token
            elif not plural and not several and is_human(token):
                if any(a <= token.idx < b for a, b in named):
                    continue
                yield token

    def _floor(self, pronoun: Token) -> int:
        starts = [t.idx for t in self.doc[max(0, pronoun.i - 400) : pronoun.i] if t.is_sent_start]
        starts = [at for at in starts if not self.scene.quoted[self._token_at(at).i]]
        return starts[-_SENTENCES_BACK] if len(starts) >= _SENTENCES_BACK else 0

    def _token_at(self, at: int) -> Token:
        return tokens_between(self.doc, at, at + 1)[0]

    def _last_token(self, mention: Mention) -> Token:
        return tokens_between(self.doc, mention.start, mention.end)[-1]

    def _spokesperson(self, text: str, start: int, mention: Mention | None) -> Speaker:
        end = start + len(text)
        if mention is not None and mention.kind == "person":
            if not re.search(r"\b(?:for|of|to)\b|[’']s", text) and re.search(r"spokes\w+\s+[A-Z]", text):
                return _of_mention(mention, text, start)
            return Speaker(
                text, start, end, f"{mention.name} spokesperson", None, None, None, "office", "office"
            )
        return Speaker(text, start, end, _spokesperson_for(text), None, None, None, "office", "office")


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


def _told_by_author(noun: Token) -> bool:
    """Whether the writer tells of meeting or hearing somebody: "I was with a former official"."""
    verb = next((token for token in noun.ancestors if token.pos_ in ("VERB", "AUX")), None)
    return verb is not None and any(t.lower_ in ("i", "we", "me", "us") for t in verb.subtree if t.i < noun.i)


def _is_subject(token: Token) -> bool:
    """Whether a name is the subject of its sentence, or of a verb beside the main one."""
    for _ in range(3):
        if token.dep_ in ("nsubj", "nsubjpass"):
            return token.head.dep_ in ("ROOT", "conj", "advcl")
        if token.dep_ not in ("appos", "compound", "conj", "nmod"):
            return False
        token = token.head
    return False


def _spokesperson_for(text: str) -> str:
    """ "A Number 10 spokesman", "a spokeswoman for No 10" and the like under one name."""
    bare = _LEADING.sub("", text)
    owner = _SPOKE.sub("", bare).strip()
    owner = re.sub(r"^(?:for|of|from|at)\s+(?:the\s+)?|[’']s$", "", owner).strip()
    return f"{house_name(owner)} spokesperson" if owner[:1].isupper() else bare
