"""Noun phrases as they stand in the text, without numbers, articles and hedges."""

from __future__ import annotations

import re

from spacy.tokens import Span, Token

from analysis.language.arguments import complements
from analysis.language.measuring import is_measuring

MEASURE_WORDS = 14
_SHORT_WORDS = 8
_LEFT_WORDS = 8
_LOOSE_ENDS = ("prep", "det", "cc", "quantmod", "aux", "nsubj", "mark", "advmod")
_SUM = re.compile(r"[A-Z]{1,3}[\d,.]{3,}")


def phrase_of(noun: Token, span: Span, *, done: str | None = None, units: bool = False) -> str | None:
    """The noun with what stands before it and its complements, at most :data:`MEASURE_WORDS` words.

    Args:
        noun: The head of the phrase.
        span: The number, which the phrase leaves out.
        done: Words to set right behind the noun: "arrested by officers".
        units: Whether to leave out units before the noun: "yard" in "a 40 yard dash".
    """
    doc = noun.doc
    last = min(noun.right_edge.i, noun.i + MEASURE_WORDS - 1)
    left = _left(noun, span)
    while units and span.start < left < noun.i and _is_unit(doc[left]):
        left += 1
    right = noun.i
    for token in doc[noun.i + 1 : last + 1]:
        stop = _is_stop(token) or span.start <= token.i < span.end
        if stop or (token.dep_ in ("cc", "appos") and token.head == noun) or _holds(token, noun, span):
            break
        if _covers(token, span) or (token.dep_ == "prep" and _is_idle(token)):
            break
        right = token.i
    right = _trim(noun, right)
    if done is None:
        return _clean(doc[left : right + 1].text)
    head, tail = _clean(doc[left : noun.i + 1].text), doc[noun.i + 1 : right + 1].text.strip()
    return " ".join(filter(None, (head, done, tail))) if head else None


def _is_stop(token: Token) -> bool:
    """Whether a phrase ends before a mark; a hyphen inside a word does not end it."""
    glued = token.text == "-" and not token.whitespace_ and not token.nbor(-1).whitespace_
    return (token.is_punct or token.is_space) and not glued


def _is_unit(token: Token) -> bool:
    return token.nbor().text != "-" and (is_measuring(token) or token.text == "-")


def _covers(token: Token, span: Span) -> bool:
    return token.left_edge.i <= span.start <= token.right_edge.i


def _is_idle(preposition: Token) -> bool:
    """Whether a preposition brings no more than a measurement or a pronoun: "a price of 2,000 yen"."""
    brought = list(complements(preposition.head, preposition.lower_))
    measured = preposition.lower_ in ("of", "between") and any(is_measuring(t) for t in brought)
    return measured or any(t.tag_ == "WDT" or t.lower_ == "top" for t in brought)


def short_phrase(noun: Token, span: Span) -> str | None:
    """A short name of a person or thing: the noun with what stands before it and its "of"."""
    doc, right = noun.doc, noun.i
    for token in doc[noun.i + 1 : min(noun.right_edge.i, noun.i + _SHORT_WORDS) + 1]:
        loose = token.dep_ in ("relcl", "acl", "appos") or token.tag_ in ("WDT", "WP", "TO")
        if loose or (token.dep_ == "cc" and token.head == noun) or _is_stop(token) or _covers(token, span):
            break
        right = token.i
    return _clean(doc[_left(noun, span) : _trim(noun, right) + 1].text)


def _trim(noun: Token, right: int) -> int:
    while right > noun.i and (noun.doc[right].dep_ in _LOOSE_ENDS or noun.doc[right].pos_ == "AUX"):
        right -= 1
    return right


def _left(noun: Token, span: Span) -> int:
    """Where the phrase of a noun begins: behind number, unit, article and hedge."""
    doc = noun.doc
    left = max(noun.left_edge.i, noun.i - _LEFT_WORDS)
    if left < span.end <= noun.i:
        left = span.end
    while left < noun.i and _is_edge(doc[left]):
        left += 1
    # "ex-wives": the parse may hang a prefix elsewhere
    first = span.end if span.end <= noun.i else 0
    if left == noun.i and left - 2 >= first and doc[left - 1].text == "-":
        glued = not doc[left - 1].whitespace_ and not doc[left - 2].whitespace_ and doc[left - 2].is_alpha
        left -= 2 if glued else 0
    return left


def _holds(token: Token, noun: Token, span: Span) -> bool:
    """Whether a clause holds the number, "a pump that can cost £13,000", or is none of the noun's."""
    for parent in (token, token.head, token.head.head):
        if parent.head == noun and parent.dep_ in ("relcl", "acl"):
            return _covers(parent, span)
        if (
            parent.head == noun
            and parent.i > noun.i
            and noun.pos_ != "VERB"
            and parent.dep_ in ("dobj", "nsubj", "appos")
        ):
            return True  # no noun has an object: the next one only follows
    return False


def _clean(phrase: str) -> str | None:
    phrase = phrase.strip(" \n\"'‘’“”,.;:-–()")
    # A sum of money is no noun, though the parser may read "A12,810,626" as one.
    return phrase if re.search(r"[^\W\d_]", phrase) and not _SUM.fullmatch(phrase) else None


def _is_edge(token: Token) -> bool:
    loose = token.pos_ in ("DET", "PUNCT", "NUM", "ADP", "ADV", "PRON", "CCONJ", "SPACE", "SYM")
    after = token.nbor()  # an edge stands before the noun
    degree = token.pos_ == "ADV" and token.head == after and after.dep_ == "amod"
    if degree or (token.like_num and after.text == "-"):
        return False  # "newly built homes", "six-cylinder engine"
    return (loose and token.dep_ != "poss") or token.lower_ in (
        "our",
        "my",
        "your",
        "more",
        "than",
        "least",
        "nearly",
        "%",
        "per",
        "cent",
    )
