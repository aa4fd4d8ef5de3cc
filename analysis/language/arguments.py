"""The arguments of every word of a parse, read once: subjects, objects, and what prepositions bring."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from analysis.language.pipeline import keep

NOUNS = frozenset({"NOUN", "PROPN"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_KINDS = {
    "nsubj": "subject", "nsubjpass": "subject", "csubj": "subject",
    "dobj": "object", "prep": "preposition", "dative": "preposition", "agent": "preposition",
    "pobj": "complement", "pcomp": "complement",
}  # fmt: skip
# A list without a stop may hang thousands of words on one: nobody needs more than the first few.
_MOST = 8


def _read(doc: Doc) -> dict[tuple[int, str], list[int]]:
    found: dict[tuple[int, str], list[int]] = defaultdict(list)
    for token in doc:
        kind = _KINDS.get(token.dep_)
        if kind is not None and len(of_head := found[token.head.i, kind]) < _MOST:
            of_head.append(token.i)
    return dict(found)


def _of_kind(token: Token, kind: str) -> list[Token]:
    found = keep(token.doc, "arguments", lambda: _read(token.doc))
    return [token.doc[i] for i in found.get((token.i, kind), ())]


def subjects_of(verb: Token) -> list[Token]:
    """The subjects of a verb, at most eight."""
    return _of_kind(verb, "subject")


def objects_of(verb: Token) -> list[Token]:
    """The direct objects of a verb, at most eight."""
    return _of_kind(verb, "object")


def complements(token: Token, *prepositions: str) -> Iterator[Token]:
    """What stands after the prepositions of a word: "of" and "in" after "the rate of crime in Kent"."""
    for preposition in _of_kind(token, "preposition"):
        if preposition.lower_ in prepositions:
            yield from _of_kind(preposition, "complement")
