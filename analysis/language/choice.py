"""Which tokens the attribution of quotations reads, so that nothing else need be parsed."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy
from spacy.attrs import IDX, SENT_START
from spacy.tokens import Doc

from analysis.language.cues import cue_verbs
from analysis.language.marks import Passage, find_passages
from analysis.language.pipeline import keep, text_of

# Words kept at either end of a passage: with none the parser loses the clause, with all it does no better.
_EDGE = 2


def passages_of(doc: Doc) -> Sequence[Passage]:
    """Every passage of a Doc in quotation marks, found once."""
    return keep(doc, "passages", lambda: find_passages(text_of(doc)))


def choose_hosts(doc: Doc) -> list[numpy.ndarray]:
    """Choose the words around quoted passages, and the sentence before that may name who speaks.

    Returns:
        Token numbers, one array a sentence. What is quoted is left out except the words next to its marks.
    """
    outer = [passage for passage in passages_of(doc) if passage.depth == 0]
    if not outer:
        return []
    found = doc.to_array([IDX, SENT_START])
    inside, dropped = _quoted(found[:, 0], outer)
    starts = numpy.flatnonzero(found[:, 1] == 1).tolist()
    chosen: list[numpy.ndarray] = []
    before: tuple[int, int] | None = None
    for first, last in itertools.pairwise([*starts, len(doc)]):
        if not inside[first:last].any():
            # "Why?" asked Mr Lee: a sentence of its own that still goes with the passage
            after = first and inside[max(0, first - 3) : first].any()
            if after and (doc[first].is_punct or _has_cue(doc, first, last)):
                chosen.append(numpy.arange(first, last))
            else:
                before = (first, last)
            continue
        if before is not None:
            chosen.append(numpy.arange(*before))
        before = None
        if any(doc[i].is_alpha for i in (first + numpy.flatnonzero(~inside[first:last])).tolist()):
            chosen.append(first + numpy.flatnonzero(~dropped[first:last]))
    return chosen


def _has_cue(doc: Doc, first: int, last: int) -> bool:
    return any(token.lower_ in cue_verbs() for token in doc[first:last])


def _quoted(offsets: numpy.ndarray, passages: Sequence[Passage]) -> tuple[numpy.ndarray, numpy.ndarray]:
    """Which tokens are quoted, and which of those are too far from a mark to be kept."""
    inside = numpy.zeros(len(offsets), dtype=bool)
    dropped = numpy.zeros(len(offsets), dtype=bool)
    first = numpy.searchsorted(offsets, [passage.start for passage in passages], side="right") - 1
    last = numpy.searchsorted(offsets, [passage.end for passage in passages], side="left")
    for begin, end in zip(first.tolist(), last.tolist(), strict=True):
        inside[begin:end] = True
        dropped[begin + _EDGE : max(begin + _EDGE, end - _EDGE)] = True
    return inside, dropped
