"""Mentions of people, offices and organisations, and which actor each one means."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from analysis.language.pipeline import set_layer


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


def find_mentions(doc: Doc) -> list[Mention]:
    found = []
    for ent in doc.ents:
        if ent.label_ in ("PERSON", "ORG"):
            kind = "person" if ent.label_ == "PERSON" else "organisation"
            found.append(
                Mention(ent.start_char, ent.end_char, ent.text, f"{kind}:{_slug(ent.text)}", ent.text, kind)
            )
    return found


def _slug(name: str) -> str:
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-")


@Language.component("framelines_actors")
def mark_actors(doc: Doc) -> Doc:
    """Leave the layer ``mentions`` on a Doc."""
    mentions = find_mentions(doc)
    set_layer(doc, "mentions", mentions, [mention.kind for mention in mentions])
    return doc
