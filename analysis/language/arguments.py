"""The arguments of every word of a parse, read once: subjects, objects, and what prepositions bring."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy
from spacy.attrs import DEP, HEAD
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
    kinds = {doc.vocab.strings.add(relation): kind for relation, kind in _KINDS.items()}
    relations, heads = read_relations(doc)
    for place, relation in enumerate(relations):
        if relation in kinds and len(of_head := found[heads[place], kinds[relation]]) < _MOST:
            of_head.append(place)
    return dict(found)


def read_relations(doc: Doc) -> tuple[list[int], list[int]]:
    """The relation of each token, as a number of the vocabulary, and the place of its head."""
    return keep(doc, "relations", lambda: _read_relations(doc))


def _read_relations(doc: Doc) -> tuple[list[int], list[int]]:
    found = doc.to_array([DEP, HEAD])
    steps = found[:, 1].astype("int32")  # stored unsigned
    return found[:, 0].tolist(), (numpy.arange(len(doc)) + steps).tolist()


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
