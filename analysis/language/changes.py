"""How a figure compares: about, more than, up to, or a difference up or down.

What a verb or a comparison tells ("rose by 3%", "300 fewer than in May") has its direction for its change.
A movement that is named ("a cut of more than £2bn", "a 19% drop") is itself what the number measures: its
change is that of any number, and the direction stands beside it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from spacy.tokens import Doc, Token

from analysis.language.hedges import find_hedge
from analysis.language.measuring import lead_token
from analysis.language.number_words import Number
from analysis.language.pipeline import text_of

# Verbs and nouns of movement; what they govern directly or with "by" or "of" is a difference.
_UP = frozenset(
    "rise increase climb grow gain jump surge soar advance edge rally leap swell expand up spike higher "
    "growth larger bigger longer uptick add raise boost hike uplift lift rebound strengthen appreciate "
    "rocket balloon widen lengthen extend upturn expansion".split(" ")
)
_DOWN = frozenset(
    "fall decrease drop decline lose plunge tumble slip slump sink shrink plummet dip cut reduce down "
    "lower slide reduction shed smaller shorter slash ease dive nosedive collapse retreat weaken contract "
    "contraction narrow dwindle trim shave depreciate crash tank shorten downturn".split(" ")
)
# Those that take no object: "rose 18 sen" is a difference, "cut 600 jobs" counts jobs.
_INTRANSITIVE = frozenset(
    "rise climb jump surge soar advance rally leap up fall decline plunge tumble slip slump sink plummet "
    "down".split(" ")
)
# Verbs that "up" and "down" tell the direction of; after others they make a verb: "picked up 40 people".
_MOVING = frozenset(
    "be go come move edge inch tick creep shoot drift trend head end close finish open trade stay remain "
    "run turn nudge push ratchet send drive force pull bring keep leave mean have get".split(" ")
)
_HEDGE = (
    r"(?:about|around|over|under|more than|less than|nearly|almost|some|just|only|up to|at least|an estimated"
    r"|a further|another|an additional|a massive|a modest|a mere|a whopping|a record|an average(?: of)?"
    r"|as much as|as little as|approximately|roughly|slightly|well|exactly|no more than)"
)
_BY = re.compile(
    rf"\b(?:(?P<first>\w+)\s+)?(?P<second>\w+)\s+(?P<link>by|of)\s+(?:{_HEDGE}\s+)*$", re.IGNORECASE
)
_DIRECT = re.compile(rf"\b(?P<second>\w+)\s+(?:{_HEDGE}\s+)*$", re.IGNORECASE)
_HIGHER = r"higher|more|larger|longer|bigger|faster|older|taller|heavier|dearer|stronger|wider|above"
_LOWER = r"lower|fewer|less|shorter|smaller|slower|younger|lighter|cheaper|weaker|narrower|below"
_RISE = r"increase|rise|jump|growth|gain|hike|surge|uplift|boost|spike|leap|uptick|expansion|raise"
_FALL = r"fall|drop|decrease|decline|reduction|cut|slump|dip|plunge|slide|contraction|loss"
_THAN = re.compile(
    rf"^\s+(?:(?P<more>{_HIGHER})|(?P<less>{_LOWER}))\b(?P<than>\s+(?:\w+\s+){{0,3}}?than\b)?"
    rf"|^\s+(?:[\w-]+\s+){{0,2}}?(?:(?P<rise>{_RISE})|(?P<fall>{_FALL}))\b(?P<of>\s+(?:on|in|from|of|to|over|for)\b)?"
    r"|^\s+(?:(?P<up>up)|(?P<down>down))\b(?=\s+(?:on|from|at|in|compared|this|last|year)\b|[,.;)]|$)"
)
_AN = re.compile(
    r"\b(?:an?|the|this|that|its|their|his|her|another|further|annual)\s+(?:\w+\s+)?$", re.IGNORECASE
)
# A price or an index moves by so many of these: "lost 12 points", "added 15 sen"
_POINTS = re.compile(r".*?\b(?:points?|sen|pence|cents?|p)\b", re.DOTALL)
# "oil added $1.20, or 1.6%, to $77", "gained $3 a barrel"
_PRICED = re.compile(
    r"(?:,? or [\d.]+\s?(?:%|per ?cent),?)? (?:to|at) [£$€]"
    r"|,? (?:a|per) (?:barrel|ounce|share|tonne|ton|bushel)\b"
)
_VOTES = re.compile(r"\sof\s(?:\w+\s){0,2}(?:votes?|seats?|poll|ballots?|delegates?)\b")
# "Ferries were down 2%, Trains by 3%"
_NEXT_NAME = re.compile(r",?\s(?:and\s)?(?:[A-Z][\w&’'-]*\s){1,4}by\s")
_THAN_THIS = re.compile(r"\s(?:\w+\s){1,4}than\s(?:the\s)?")
# A sum that comes on top of another: "a further £75m", "an extra €2bn"
_ON_TOP = re.compile(
    rf"\b(?:further|additional|extra|another)\s+(?:{_HEDGE}\s+)*(?:sum of\s+)?$", re.IGNORECASE
)
_LINKS = ("nummod", "quantmod", "compound", "amod", "nmod", "npadvmod")


class Change(NamedTuple):
    """How a number compares (one of ``= ~ > < up down``), and which way it goes where it is a difference."""

    change: str
    direction: str | None = None


class _Difference(NamedTuple):
    """Which way a difference goes, and whether a noun names it: "a cut of 300"."""

    direction: str
    named: bool = False


def find_change(doc: Doc, number: Number, previous: tuple[int, Change] | None) -> Change:
    """How the number compares with the true value, or with another.

    Args:
        doc: The annotated text.
        number: The number.
        previous: Where the figure before it in the sentence ends, and its change.

    Returns:
        A difference ("rose by nearly 3%") is told before a hedge, save one that a noun names; the level that
        a movement reaches ("rose to 3%") is no difference.
    """
    if number.kind == "rank":
        return Change("=")
    again = _repeated(doc, number, previous)
    if again is not None:
        return again
    moved = _difference(doc, number)
    if moved is not None and not moved.named:
        return Change(moved.direction, moved.direction)
    change = find_hedge(text_of(doc), number) or {"more": ">", "about": "~"}.get(number.sign, "=")
    return Change(change, moved.direction if moved else None)


def _repeated(doc: Doc, number: Number, previous: tuple[int, Change] | None) -> Change | None:
    """A conversion or a second telling: "60 miles (97 km)", "up 17 points, or 0.2%"."""
    if previous is None or previous[1] == Change("="):
        return None
    end, told = previous
    between = text_of(doc)[end : number.start]
    if told.change in ("up", "down"):
        if _NEXT_NAME.fullmatch(between):
            return told
        # "1,225 more than the 4,192"
        if _THAN_THIS.fullmatch(between):
            return Change("=")
    return told if re.fullmatch(r"(?:\s[\w ]{1,20})?(?:\s*\(|,? or )", between) else None


def _difference(doc: Doc, number: Number) -> _Difference | None:
    if number.kind in ("ratio", "age"):
        return None
    if number.sign in ("+", "-", "−") and number.kind == "percent":
        return _Difference("up" if number.sign == "+" else "down")
    text = text_of(doc)
    before, after = text[max(0, number.start - 80) : number.start], text[number.end : number.end + 60]
    if number.kind == "share":
        # "a third fewer", "a third of the rise" are no certain difference; "fell by a third" is one
        return None if re.match(r"\sof\b", after) else _moved_by(doc, number, before)
    if number.kind == "percent" and _VOTES.match(after):
        return None
    if number.kind == "money" and _ON_TOP.search(before):
        return _Difference("up")
    return (
        _than(number, before, after) or _moved_by(doc, number, before) or _moved(doc, number, before, after)
    )


def _than(number: Number, before: str, after: str) -> _Difference | None:
    """A difference told after the number: "5% higher", "three more than", "a £2m rise", "4% down on"."""
    than = _THAN.match(after)
    if than is None:
        return None
    told = number.kind == "percent" or than["than"] or than["up"] or than["down"]
    named = bool(than["rise"] or than["fall"])
    if named:
        # "a £30m cut" measures; "five drops" count, and "a £2m funding boost" is the sum itself
        direct = than.start("rise" if than["rise"] else "fall") == 1
        measures = direct and number.value > 1 and (than["of"] or number.kind != "plain")
        told = told or (measures and _AN.search(before))
    if not told:
        return None
    return _Difference("up" if than["more"] or than["rise"] or than["up"] else "down", named)


def _moved_by(doc: Doc, number: Number, before: str) -> _Difference | None:
    """A difference with "by" or "of": "rose sharply by 3%", "a cut of 300", "raised taxes by 3%"."""
    by = _BY.search(before)
    offset = number.start - len(before)
    lemmas, named = [], False
    if by:
        lemmas = [_lemma(doc, offset + by.start(name)) for name in ("first", "second") if by[name]]
        named = by["link"].lower() == "of"
        if named and number.kind == "plain" and _names_movement(before[: by.start("link")]):
            return None
    return _direction([*lemmas, *_governors(doc, number)], _UP | _DOWN, named=named)


def _names_movement(before: str) -> bool:
    """Whether a movement is named, not measured: "the rise of two parties"."""
    return bool(re.search(r"\bthe\s+\w+\s+$", before, re.IGNORECASE))


def _governors(doc: Doc, number: Number) -> list[str]:
    """The lemmas that a number hangs on by its "by", and the verb of a noun among them."""
    span = doc.char_span(number.start, number.end, alignment_mode="expand")
    if span is None:
        return []
    token: Token = lead_token(span)
    for _ in range(4):
        if token.dep_ == "pobj" and token.head.lower_ == "by":
            governor = token.head.head
            nouns = governor.pos_ == "NOUN" and governor.dep_ in ("dobj", "pobj", "nsubj", "nsubjpass")
            above = [t for t in governor.ancestors if t.pos_ == "VERB"][:1] if nouns else []
            return [t.lemma_.lower() for t in (governor, *above)]
        if token.dep_ not in _LINKS:
            return []
        token = token.head
    return []


def _moved(doc: Doc, number: Number, before: str, after: str) -> _Difference | None:
    """A difference as what moved by it: "rose 3%", "up 12", "lost 12 points"."""
    direct = _DIRECT.search(before)
    if direct is None:
        return None
    token = _token(doc, number.start - len(before) + direct.start("second"))
    if token is None:
        return None
    lemma = token.lemma_.lower()
    if lemma in ("up", "down"):
        return _Difference(lemma) if _tells_direction(token) else None
    priced = number.kind in ("percent", "unit") or _POINTS.match(
        text_of(doc)[max(0, number.end - 4) : number.end + 8]
    )
    priced = priced or (number.kind == "money" and _PRICED.match(after))
    return _direction([lemma], _UP | _DOWN if priced else _INTRANSITIVE)


def _tells_direction(token: Token) -> bool:
    """Whether "up" or "down" is a movement, and no part of a verb: "sales up 3", not "picked up 3 people"."""
    before = token.nbor(-1) if token.i else None
    if before is None or before.pos_ not in ("VERB", "AUX"):
        return token.dep_ != "prt" or token.head.lemma_.lower() in _MOVING | _UP | _DOWN
    return before.lemma_.lower() in _MOVING | _UP | _DOWN


def _direction(lemmas: list[str], allowed: frozenset[str], *, named: bool = False) -> _Difference | None:
    for lemma in lemmas:
        if lemma in allowed:
            return _Difference("up" if lemma in _UP else "down", named)
    return None


def _token(doc: Doc, start: int) -> Token | None:
    span = doc.char_span(start, start + 1, alignment_mode="expand")
    return span[0] if span is not None and len(span) else None


def _lemma(doc: Doc, start: int) -> str:
    token = _token(doc, start)
    return token.lemma_.lower() if token is not None else ""
