"""Everybody whom a pronoun may mean: people and bodies named or told of in a text, by position.

What is read off a text stands in lists, made once and ordered by position, so that a look-up costs the same
in a long text as in a short one. Sentences that were not parsed are read by their surface: a name that opens
its sentence before a verb is its subject.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from spacy.attrs import DEP
from spacy.symbols import nsubj, nsubjpass
from spacy.tokens import Token

from analysis.language.agents import (
    COMPANY,
    INDEFINITE,
    NEW,
    can_speak,
    gender_of_noun,
    is_group,
    is_human,
    is_human_word,
    is_introduced,
    is_told_by_author,
)
from analysis.language.cues import cue_verbs
from analysis.language.names import gender_of
from analysis.language.roles import Roles
from analysis.language.scene import Scene
from analysis.language.subjects import phrase_of

if TYPE_CHECKING:
    from analysis.language.actors import Mention

_DETERMINERS = NEW | frozenset("the this that".split())
_BEHIND_SUBJECT = frozenset(", who with from at in".split())
_PREPOSITIONS = frozenset("by with to from of for in on at about against over and".split())
_AUXILIARY = frozenset(
    "is are was were has have had will would can could may might must shall should did does do".split()
)
_POSSESSIVE = re.compile(r"[’']s?\b|[’'](?=\s)")
# What may stand between a subject and its verb: an age, a role, a bracket, an adverb.
_ASIDE = re.compile(
    r"(?:,\s[^,.;:“”\"\n]{1,90},|\s\([^()\n]{1,40}\)|\s–\s[^–.\n]{1,90}\s–)?\s(?:\w+ly\s|also\s|then\s|later\s)?"
    r"(?P<verb>[a-z]+)"
)
_NAMES_BESIDE = re.compile(
    r"\s*[,–—:(-]\s*((?:[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){1,2}(?:,\s+(?:and\s+)?|\s+and\s+))+"
    r"[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){1,2})(?=\s*[,–—:)-])"
)
# So many characters may stand before the subject of a sentence.
_LONGEST_OPENING = 90
_SUBJECTS = frozenset((nsubj, nsubjpass))
# How much of a subject somebody is who speaks, and who owns it ("Dr Lee's report says").
_SPEAKS, _OWNS_THE_SUBJECT = 1.25, 0.6


@dataclass(frozen=True)
class Candidate:
    """Somebody whom a pronoun may mean.

    ``words`` are those on the page; ``mention`` is ``None`` for an unnamed source ("one inmate").
    ``subject`` says how much of a subject they are.
    ``told`` says that the writer tells of meeting them.
    """

    at: int
    end: int
    words: str
    mention: Mention | None
    gender: str | None = None
    subject: float = 0.0
    possessor: bool = False
    told: bool = False
    members: tuple[Mention, ...] = ()

    @property
    def key(self) -> str:
        """What is the same for two candidates that are one actor."""
        return self.mention.actor_id if self.mention else self.words.lower()


class Cast:
    """Everybody named or told of in a text.

    Args:
        scene: The article with its passages.
        mentions: The layer ``mentions``.
        roles: What the people and bodies are said to be.
    """

    def __init__(self, scene: Scene, mentions: Sequence[Mention], roles: Roles) -> None:
        self.scene, self.doc, self.text = scene, scene.doc, scene.text
        self.mentions, self.roles = mentions, roles
        self.mention_starts = [mention.start for mention in mentions]

    def between(self, start: int, end: int) -> Sequence[Mention]:
        """Mentions that begin in ``start..end``, in order."""
        return self.mentions[bisect_left(self.mention_starts, start) : bisect_left(self.mention_starts, end)]

    def token_at(self, at: int) -> Token:
        """The token that holds a character."""
        return self.doc[self._index_at(at)]

    def _index_at(self, at: int) -> int:
        return self.scene.tokens_in(at, at + 1).start

    @cached_property
    def starts(self) -> list[int]:
        """Where sentences begin outside quotation marks."""
        return [self.scene.offsets[i] for i in self.scene.sentence_starts]

    @cached_property
    def breaks(self) -> list[int]:
        return [match.start() for match in re.finditer("\n", self.text)]

    def start_before(self, at: int) -> int:
        index = bisect_right(self.starts, at)
        return self.starts[index - 1] if index else 0

    @cached_property
    def _split(self) -> tuple[list[Mention], list[Mention]]:
        """Mentions outside quotation marks, and those inside."""
        told: list[Mention] = []
        quoted: list[Mention] = []
        for mention in self.mentions:
            inside = self.scene.quoted[self._index_at(mention.start)]
            (quoted if inside else told).append(mention)
        return told, quoted

    @cached_property
    def quoted_people(self) -> list[Mention]:
        return [mention for mention in self._split[1] if mention.kind == "person"]

    @cached_property
    def quoted_at(self) -> list[int]:
        return [mention.start for mention in self.quoted_people]

    @cached_property
    def narrated(self) -> list[int]:
        """Numbers of the tokens "he" and "she" outside quotation marks."""
        return self.scene.find_words(("he", "she"))

    @cached_property
    def people(self) -> list[Candidate]:
        """People: named ones, and those told of without a name."""
        found = [self._candidate(mention) for mention in self._split[0] if mention.kind == "person"]
        return sorted(
            [*found, *self._unnamed(self._noun_tokens)],
            key=lambda candidate: candidate.at,
        )

    @cached_property
    def bodies(self) -> list[Candidate]:
        return [self._candidate(mention) for mention in self._split[0] if mention.kind != "person"]

    @cached_property
    def groups(self) -> list[Candidate]:
        return list(self._several())

    def _candidate(self, mention: Mention) -> Candidate:
        owns = _POSSESSIVE.match(self.text, mention.end) is not None
        subject = 0.0 if owns else self._subject(mention.start, mention.end)
        if owns and self._opens(mention.start):
            subject, owns = _OWNS_THE_SUBJECT, False
        told = gender_by_title(self.text, mention)
        return Candidate(mention.start, mention.end, mention.text, mention, told, subject, owns)

    def _subject(self, start: int, end: int) -> float:
        """How much of a subject a name is: one that speaks most, then any other, then what is no subject."""
        token = self.token_at(end - 1)
        verb = verb_of_subject(token) if token.dep_ else None
        if verb is not None:
            return _SPEAKS if verb.lower_ in cue_verbs() else 1.0
        if not self._opens(start):
            return 0.0
        follows = _ASIDE.match(self.text, end, min(len(self.text), end + 160))
        if follows is None:
            return 0.0
        word = follows["verb"]
        if word in cue_verbs():
            return _SPEAKS
        return float(word in _AUXILIARY or word.endswith(("ed", "s")))

    def _opens(self, at: int) -> bool:
        """Whether a name behind some words can still be the subject: a clause with a comma, or role words."""
        start = self.start_before(at)
        if at - start > _LONGEST_OPENING:
            return False
        before = self.text[start:at]
        bare = before.strip(" \"'“‘")
        if not bare or bare[-1] in ",;:–—":
            return True
        words = bare.lower().split()
        return not any(word in _PREPOSITIONS or word in cue_verbs() for word in words)

    @cached_property
    def _noun_tokens(self) -> list[Token]:
        """Words for a person outside quotation marks and names."""
        scene, inside = self.scene, _Inside(self._split[0])
        return [
            self.doc[i]
            for i, text in enumerate(scene.texts)
            if _is_for_person(text) and not scene.quoted[i] and scene.offsets[i] not in inside
        ]

    def _unnamed(self, nouns: Iterable[Token]) -> Iterator[Candidate]:
        for noun in nouns:
            told = False
            if noun.dep_:
                acts, new = noun.dep_ in ("nsubj", "nsubjpass"), is_introduced(noun)
                if not is_human(noun) or _is_several(noun) or not (acts or new):
                    continue
                first, last, _ = phrase_of(self.scene, noun)
                told = new and is_told_by_author(noun)
                subject = float(told or verb_of_subject(noun) is not None or noun.head.dep_ == "agent")
            else:
                place = self._on_the_surface(noun)
                if place is None:
                    continue
                first, last, subject = place
            span = self.doc[first:last]
            start, end = span.start_char, span.end_char
            again = self.roles.meant_by(span.text, start)
            gender = gender_of(self.doc[first : noun.i + 1].text) or gender_of_noun(noun.lower_)
            yield Candidate(start, end, span.text, again, gender, subject, told=told)

    def _on_the_surface(self, noun: Token) -> tuple[int, int, float] | None:
        """Read a noun phrase without a parse: "A former official told", "with one inmate"."""
        doc, first = self.doc, noun.i
        if noun.lower_ not in INDEFINITE:
            floor = max(0, noun.i - 4)
            while first > floor and doc[first - 1].is_alpha and doc[first].lower_ not in _DETERMINERS:
                first -= 1
            if doc[first].lower_ not in _DETERMINERS:
                return None
        if self.start_before(doc[first].idx) == doc[first].idx:
            after = doc[noun.i + 1].lower_ if noun.i + 1 < len(doc) else "."
            acts = after in _AUXILIARY or after in cue_verbs() or after in _BEHIND_SUBJECT
            return (first, noun.i + 1, 1.0) if acts else None
        new = doc[first].lower_ in NEW or noun.lower_ in INDEFINITE
        met = first > 0 and doc[first - 1].lower_ in COMPANY
        return (first, noun.i + 1, float(doc[first - 1].lower_ == "by")) if new and met else None

    def _several(self) -> Iterator[Candidate]:
        """Groups of people that are the subject of a sentence: "The families", "Ruiz and Okri"."""
        listed = 0
        for token in self._subjects_and_groups():
            if token.idx < listed:
                continue
            if is_group(token.lower_) and token.i and self.doc[token.i - 1].is_sent_start:
                first, last = token.i - 1, token.i + 1
                names = self.apposed(token.idx + len(token))
                listed = names[1] if names else 0
            elif token.dep_ in ("nsubj", "nsubjpass") and _is_several(token) and can_speak(token):
                first, last, _ = phrase_of(self.scene, token)
            else:
                continue
            span = self.doc[first:last]
            start, end = span.start_char, span.end_char
            members = {m.actor_id: m for m in self.between(start, end) if m.kind == "person"}
            yield Candidate(
                start, end, span.text, None, subject=1.0,
                members=tuple(members.values()) if len(members) > 1 else (),
            )  # fmt: skip

    def _subjects_and_groups(self) -> Iterator[Token]:
        """Words outside quotation marks that are a subject, or one for several people."""
        for i, dep in enumerate(self.doc.to_array([DEP]).tolist()):
            if not self.scene.quoted[i] and (dep in _SUBJECTS or is_group(self.scene.lowers[i])):
                yield self.doc[i]

    def apposed(self, end: int) -> tuple[str, int] | None:
        """The names that follow a phrase, and where they end: "The trio - Ana Ruiz and Ben Okri -"."""
        found = _NAMES_BESIDE.match(self.text, end, end + 200)
        return (" ".join(found[1].split()), found.end()) if found else None


class _Inside:
    """Whether a character lies in one of some spans that don't overlap."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.starts = [mention.start for mention in mentions]
        self.ends = [mention.end for mention in mentions]

    def __contains__(self, at: int) -> bool:
        index = bisect_right(self.starts, at) - 1
        return index >= 0 and at < self.ends[index]


@lru_cache(maxsize=1 << 15)
def _is_for_person(word: str) -> bool:
    return is_human_word(word.lower(), word)


def _is_several(noun: Token) -> bool:
    return (
        noun.tag_ in ("NNS", "NNPS")
        or is_group(noun.lower_)
        or any(child.dep_ == "conj" for child in noun.children)
    )


def gender_by_title(text: str, mention: Mention) -> str | None:
    """The gender that a title in or right before a mention tells."""
    return gender_of(text[max(0, mention.start - 6) : mention.end])


def verb_of_subject(token: Token) -> Token | None:
    """The verb that a name is the subject of, if that is its sentence's verb or one beside it."""
    for _ in range(3):
        if token.dep_ in ("nsubj", "nsubjpass"):
            return token.head if token.head.dep_ in ("ROOT", "conj", "advcl") else None
        if token.dep_ not in ("appos", "compound", "conj", "nmod"):
            return None
        token = token.head
    return None
