"""From the words that name a speaker to who that is: names, offices, spokespeople, pronouns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from analysis.language.names import house_name
from analysis.language.speakers import Attribution

if TYPE_CHECKING:
    from analysis.language.actors import Mention

_SINGULAR = frozenset("he she him her his himself herself who".split())
_PLURAL = frozenset("they them we it their its".split())
_SPOKE = re.compile(r"\bspokes(?:man|woman|person|people|men|women)\b", re.I)
_LEADING = re.compile(r"^(?:the|a|an|one|another|this|that|his|her|their|its)\s+", re.I)


@dataclass(frozen=True)
class Speaker:
    """A resolved speaker: the words on the page, and who they mean."""

    text: str
    start: int
    end: int
    name: str | None
    actor_id: str | None
    role: str | None
    party: str | None
    basis: str
    kind: str | None = None


class Resolver:
    """Resolves speakers in reading order; it remembers who spoke last.

    Args:
        doc: The article.
        mentions: The layer ``mentions``.
        quoted: For each token, whether it stands in quotation marks.
    """

    def __init__(self, doc: Doc, mentions: Sequence[Mention], quoted: Sequence[bool]) -> None:
        self.doc = doc
        self.mentions = mentions
        self.quoted = quoted
        self.last: Speaker | None = None

    def heard(self, speaker: Speaker | None) -> None:
        """Remember a speaker for the pronouns that follow."""
        if speaker is not None and speaker.name is not None:
            self.last = speaker

    def speaker_of(self, found: Attribution) -> Speaker | None:
        """Who an attribution names; ``None`` where it names nobody."""
        if found.head is None:
            return None
        span = self.doc[found.first : found.last]
        text, start = span.text, span.start_char
        word = text.lower()
        if word in _SINGULAR or word in _PLURAL:
            return self._pronoun(text, start)
        mention = self._mention_in(start, span.end_char, self.doc[found.head].idx)
        spoke = _SPOKE.search(text)
        if spoke:
            return self._spokesperson(text, start, mention)
        if mention is not None:
            basis = (
                "office"
                if mention.kind == "office" or mention.text.lower().startswith("the ")
                else "explicit"
            )
            return Speaker(text, start, span.end_char, mention.name, mention.actor_id, mention.role,
                           mention.party, basis, mention.kind)  # fmt: skip
        name = _LEADING.sub("", text)
        return Speaker(text, start, span.end_char, name, None, None, None, "explicit")

    def _mention_in(self, start: int, end: int, head: int) -> Mention | None:
        inside = [m for m in self.mentions if m.start < end and start < m.end]
        covering = [m for m in inside if m.start <= head < m.end]
        if covering:
            return covering[0]
        # "the shadow justice secretary Robert Jenrick": a person in the phrase is who it names
        people = [m for m in inside if m.kind == "person" and m.start >= start]
        return people[-1] if people else None

    def _pronoun(self, text: str, start: int) -> Speaker:
        plural = text.lower() in _PLURAL
        end = start + len(text)
        choice = None
        for mention in reversed([m for m in self.mentions if m.end <= start]):
            token = self.doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if token is not None and self.quoted[token.start]:
                continue
            if (mention.kind == "person") != plural:
                choice = mention
                break
        if choice is None:
            return Speaker(text, start, end, None, None, None, None, "pronoun")
        return Speaker(
            text, start, end, choice.name, choice.actor_id, choice.role, choice.party, "pronoun", choice.kind
        )

    def _spokesperson(self, text: str, start: int, mention: Mention | None) -> Speaker:
        end = start + len(text)
        if mention is not None and mention.kind == "person" and not re.search(r"\b(?:for|of)\b|[’']s", text):
            return Speaker(
                text,
                start,
                end,
                mention.name,
                mention.actor_id,
                mention.role,
                mention.party,
                "explicit",
                "person",
            )
        if mention is not None:
            return Speaker(
                text,
                start,
                end,
                f"{mention.name} spokesperson",
                mention.actor_id,
                None,
                None,
                "office",
                "office",
            )
        return Speaker(text, start, end, _spokesperson_for(text), None, None, None, "office")


def _spokesperson_for(text: str) -> str:
    """ "A Number 10 spokesman", "a spokeswoman for No 10" and the like under one name."""
    bare = _LEADING.sub("", text)
    owner = _SPOKE.sub("", bare)
    owner = re.sub(r"^\s*(?:for|of|from|at)\s+(?:the\s+)?|[’']s\s*$", "", owner.strip()).strip()
    return f"{house_name(owner)} spokesperson" if owner[:1].isupper() else bare
