"""How a figure compares: about, more than, up to, or a difference up or down."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from analysis.language.number_words import Number
from analysis.language.pipeline import text_of

# Verbs and nouns of movement; what they govern directly or with "by" or "of" is a difference.
_UP = frozenset(
    "rise increase climb grow gain jump surge soar advance edge rally leap swell expand up spike higher "
    "growth larger bigger longer uptick add".split(" ")
)
_DOWN = frozenset(
    "fall decrease drop decline lose plunge tumble slip slump sink shrink plummet dip cut reduce down "
    "lower slide reduction shed smaller shorter slash".split(" ")
)
# Those that take no object: "rose 18 sen" is a difference, "cut 600 jobs" counts jobs.
_INTRANSITIVE = frozenset(
    "rise climb jump surge soar advance rally leap up fall decline plunge tumble slip slump sink plummet "
    "down".split(" ")
)
_ABOUT = r"about|around|approximately|roughly|some|estimated|circa|c\.|in the region of|close to"
_MORE = (
    r"more than|over|above|at least|in excess of|upwards of|greater than|no fewer than|no less than"
    r"|not less than|pass(?:ed|es|ing)?|exceed(?:ed|s|ing)?|surpass(?:ed|es|ing)?|topp(?:ed|ing)|tops"
    r"|a minimum of"
)
_LESS = (
    r"less than|fewer than|lower than|under|below|up to|nearly|almost|at most|as many as|as much as"
    r"|just short of|no more than|not more than|a maximum of|sub|shy of|as high as"
)
_QUALIFIER = re.compile(
    rf"(?:(?P<more>\b(?:{_MORE})|>)|(?P<less>\b(?:{_LESS})|<)|(?P<about>\b(?:{_ABOUT})|[~≈]))"
    r"[\s-]*(?:the|an?|just|only|a total of)?\s*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"^\s*(?:(?P<more>or (?:more|over|above|older)\b|plus\b)|(?P<less>or (?:less|fewer|under|younger)\b)"
    r"|(?P<about>or so\b))",
    re.IGNORECASE,
)
_HEDGE = (
    r"(?:about|around|over|under|more than|less than|nearly|almost|some|just|up to|at least|an estimated"
    r"|a further|another|a massive|a record)"
)
_BY = re.compile(rf"\b(?:(?P<first>\w+)\s+)?(?P<second>\w+)\s+(?:by|of)\s+(?:{_HEDGE}\s+)*$", re.IGNORECASE)
_DIRECT = re.compile(rf"\b(?P<second>\w+)\s+(?:{_HEDGE}\s+)*$", re.IGNORECASE)
_THAN = re.compile(
    r"^\s+(?:\w+\s+)?(?P<word>higher|more|larger|longer|increase|rise|jump|growth|above|lower|fewer|less|shorter|fall"
    r"|drop|decrease|decline|reduction|below)\b(?P<than>\s+(?:than|on|in|from))?"
)
# A price or an index moves by so many of these: "lost 12 points", "added 15 sen"
_POINTS = re.compile(r".*?\b(?:points?|sen|pence|cents?|p)\b", re.DOTALL)
# "Ferries were down 2%, Trains by 3%"
_NEXT_NAME = re.compile(r",?\s(?:and\s)?(?:[A-Z][\w&’'-]*\s){1,4}by\s")
_RAISING = frozenset("higher more larger longer increase rise jump growth above".split(" "))


def find_change(doc: Doc, number: Number, previous: tuple[int, str] | None) -> str:
    """How the number compares with the true value, or with another.

    Args:
        doc: The annotated text.
        number: The number.
        previous: Where the figure before it in the sentence ends, and its change.

    Returns:
        One of ``= ~ > < up down``. A difference ("rose by nearly 3%") is told before a hedge.
    """
    if number.kind == "rank":
        return "="
    moved = _repeated(doc, number, previous) or _difference(doc, number)
    if moved:
        return moved
    before = text_of(doc)[max(0, number.start - 30) : number.start]
    for match in (_QUALIFIER.search(before), _AFTER.match(text_of(doc)[number.end : number.end + 20])):
        if match:
            return ">" if match["more"] else "<" if match["less"] else "~"
    return ">" if number.sign == "more" else "="


def _repeated(doc: Doc, number: Number, previous: tuple[int, str] | None) -> str | None:
    """A conversion or a second telling: "60 miles (97 km)", "up 17 points, or 0.2%"."""
    if previous is None or previous[1] == "=":
        return None
    between = text_of(doc)[previous[0] : number.start]
    if previous[1] in ("up", "down") and _NEXT_NAME.fullmatch(between):
        return previous[1]
    return previous[1] if re.fullmatch(r"(?:\s[\w ]{1,20})?(?:\s*\(|,? or )", between) else None


def _difference(doc: Doc, number: Number) -> str | None:
    if number.kind in ("ratio", "share", "age"):
        return None
    if number.sign in ("+", "-", "−") and number.kind == "percent":
        return "up" if number.sign == "+" else "down"
    than = _THAN.match(text_of(doc)[number.end : number.end + 40])
    if than and (than["than"] or number.kind == "percent"):
        return "up" if than["word"] in _RAISING else "down"
    before = text_of(doc)[max(0, number.start - 60) : number.start]
    offset = number.start - len(before)
    by = _BY.search(before)
    if by:
        words = [_lemma(doc, offset + by.start(name)) for name in ("first", "second") if by[name]]
        return _direction(words, _UP | _DOWN)
    direct = _DIRECT.search(before)
    if direct:
        lemma = _lemma(doc, offset + direct.start("second"))
        priced = number.kind in ("percent", "unit") or _POINTS.match(
            text_of(doc)[max(0, number.end - 4) : number.end + 8]
        )
        return _direction([lemma], _UP | _DOWN if priced else _INTRANSITIVE)
    return None


def _direction(lemmas: list[str], allowed: frozenset[str]) -> str | None:
    for lemma in lemmas:
        if lemma in allowed:
            return "up" if lemma in _UP else "down"
    return None


def _lemma(doc: Doc, start: int) -> str:
    span = doc.char_span(start, start + 1, alignment_mode="expand")
    return span[0].lemma_.lower() if span is not None and len(span) else ""
