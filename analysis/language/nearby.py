"""What stands near a place in a text: its sentence, its clause, and the records of a layer around it.

The records of a layer stand in reading order, so each is found by bisection, whatever the length of the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import islice
from typing import TypeVar

from spacy.tokens import Doc, Span, Token

from analysis.language.pipeline import Spanned, keep, layer, text_of

# Records of a layer lie inside one another no deeper than this.
_NESTED = 8
# Steps up the parse beyond which nothing is looked for: without stops a sentence hangs together for ever.
DEEP = 25

_Record = TypeVar("_Record", bound=Spanned)


def sentence_at(doc: Doc, at: int) -> tuple[int, int]:
    """Where the sentence around a character begins and ends; the whole text where none was marked."""
    sentences = layer(doc, "sentences")
    index = bisect_right(sentences, at, key=_start) - 1
    return (sentences[index].start, sentences[index].end) if index >= 0 else (0, len(text_of(doc)))


def starting_in(records: Sequence[_Record], start: int, end: int) -> Sequence[_Record]:
    """The records that begin in a stretch of text, in reading order."""
    return records[bisect_left(records, start, key=_start) : bisect_left(records, end, key=_start)]


def touching(records: Sequence[_Record], start: int, end: int) -> list[_Record]:
    """The records that share a character with a stretch of text, the last to begin first."""
    first = max(0, bisect_left(records, start, key=_start) - _NESTED)
    last = bisect_left(records, end, key=_start)
    return [record for record in reversed(records[first:last]) if record.end > start]


def clause_of(token: Token) -> Token:
    """The verb whose clause a token stands in; the sentence's root where none is near."""
    doc = token.doc
    found: dict[int, int] = keep(doc, "clauses", dict)
    if token.i not in found:
        found[token.i] = _find_clause(token)
    return doc[found[token.i]]


def _find_clause(token: Token) -> int:
    for parent in (token, *islice(token.ancestors, DEEP)):
        if parent.pos_ in ("VERB", "AUX") and parent.dep_ not in ("aux", "auxpass", "amod"):
            return parent.i
    doc = token.doc
    start, end = tokens_around(doc, token.i)
    roots: dict[int, int] = keep(doc, "roots", dict)
    if start not in roots:
        roots[start] = doc[start:end].root.i
    return roots[start]


def root_between(doc: Doc, start: int, end: int) -> Token:
    """The highest word in the parse of the tokens that a stretch of text touches."""
    found: dict[tuple[int, int], int] = keep(doc, "heads", dict)
    if (start, end) not in found:
        found[start, end] = doc.char_span(start, end, alignment_mode="expand").root.i
    return doc[found[start, end]]


def count_around(span: Span) -> int:
    """How many tokens the sentence around a span has."""
    first, last = tokens_around(span.doc, span.start), tokens_around(span.doc, span.end - 1)
    return last[1] - first[0]


def tokens_around(doc: Doc, at: int) -> tuple[int, int]:
    """Where the sentence around a token begins and ends; ``Token.sent`` goes through it for each token."""
    starts = keep(doc, "sentence_starts", lambda: [sentence.start for sentence in doc.sents])
    index = bisect_right(starts, at)
    return starts[index - 1], starts[index] if index < len(starts) else len(doc)


def is_under(token: Token, above: Token) -> bool:
    """Whether a token hangs on another, directly or by what it hangs on, near enough."""
    return any(parent.i == above.i for parent in islice(token.ancestors, DEEP))


def clauses_up(clause: Token, other: Token) -> list[Token] | None:
    """The clauses from one up to another around it, that one left out; None where it is not near above."""
    above = [clause, *islice(clause.ancestors, DEEP)]
    return above[: above.index(other)] if other in above else None


def _start(record: Spanned) -> int:
    return record.start
