"""Nouns that only carry a number, a unit, a rise, a day, and the nouns that can be what it measures."""

from __future__ import annotations

import calendar
from collections.abc import Callable

from spacy.tokens import Doc, Span, Token

from analysis.language.arguments import NOUNS, complements
from analysis.language.units import MEASURES, SPELLINGS

# Nouns that say how a number moves or is made up; what is measured is what they are "of" or "in".
CARRIERS = frozenset(
    "number total sum amount figure rate level share proportion percentage average majority rise "
    "increase fall drop decline decrease growth jump gain cut reduction surge record estimate "
    "maximum minimum quarter high low mark plus".split(" ")
)
UNIT_NOUNS = frozenset(SPELLINGS) | frozenset(
    "litre second minute hour mile metre kilometre foot inch tonne yard".split(" ")
)
# Nouns that measure something else: what is measured stands above them, or after "of".
_MEASURING = UNIT_NOUNS | frozenset(
    "day week month year decade point degree unit time ounce gram kilogram kilo pound stone ton "
    "kilowatt megawatt gigawatt gallon barrel acre hectare celsius fahrenheit per dollar euro "
    "penny cent yen yuan shekel rupee ringgit franc pence millimeter centimeter meter kilometer "
    "liter volt watt calorie part".split(" ")
)
CURRENCY_NOUNS = frozenset(
    "pound sterling dollar euro yen yuan renminbi shekel rupee ringgit franc rouble ruble peso lira krona "
    "rand greenback".split(" ")
)
# "the pay-back time of 30 years": with a noun before them these measure nothing else.
_COMPOUNDED = CARRIERS | {"time", "point"}
_TIMES = frozenset(
    word.lower()
    for word in (*calendar.month_name, *calendar.month_abbr, *calendar.day_name, *calendar.day_abbr)
    if word
) | frozenset("sept today yesterday tomorrow tonight morning evening afternoon".split(" "))
# Nouns that make one word with a verb or a preposition: "take place", "on top of", "in the event of"
_LIGHT = frozenset("place effect top event light addition line way".split(" "))
# What a length of time is counted in, in the singular
TIME_UNITS = frozenset(
    "second minute hour day night week fortnight month quarter year decade century".split(" ")
)
_MOST_STEPS = 8


def lead_token(span: Span) -> Token:
    """The token of a number that carries its place in the parse."""
    # The parser may attach the parts of "$1.2 billion" one by one: the last number or noun leads.
    lead = next((t for t in reversed(span) if not span.start <= t.head.i < span.end), None)
    return lead if lead is not None else span.root


def is_measuring(token: Token) -> bool:
    """Whether a noun only carries a number: a percent sign, a currency, a unit."""
    symbol = token.like_num or token.lower_ in ("%", "percent", "cent", "pc", "$", "£", "€")
    return symbol or token.lemma_.lower() in _MEASURING or token.text in MEASURES or _is_symbol(token)


def _is_symbol(token: Token) -> bool:
    """Whether a short word without a vowel is some unit's sign: "40 kt", "150 kn"."""
    return token.is_lower and token.is_alpha and len(token) < 4 and not set(token.text) & set("aeiouy")


def is_carrier(token: Token) -> bool:
    """Whether a noun only says how a number moves, "a rise of 3%"; "a pay rise" says what is measured."""
    return token.lemma_.lower() in CARRIERS and not _is_compounded(token)


def _is_compounded(token: Token) -> bool:
    if token.i < 2 or token.lemma_.lower() not in _COMPOUNDED:
        return False
    before = token.nbor(-1)
    if token.nbor(-2).text == "-":
        return not is_measuring(before) and not token.nbor(-2).whitespace_  # "pay-back time"
    named = before.dep_ in ("compound", "nmod") and before.head == token and before.pos_ in NOUNS
    return named and not is_measuring(before) and before.lower_ not in ("percentage", "basis", "record")


def fits(token: Token, span: Span) -> bool:
    """Whether a noun can be what the number measures."""
    if token.pos_ not in NOUNS or span.start <= token.i < span.end or is_time(token):
        return False
    if token.text == "US" and token.i == span.end:
        return False  # "$76 US a barrel"
    return token.lemma_.lower() not in _LIGHT and (not is_measuring(token) or _is_compounded(token))


def is_time(token: Token) -> bool:
    """Whether a word names a day or a month."""
    return token.lower_.rstrip(".") in _TIMES and token.text[:1].isupper()


def complement(noun: Token, span: Span) -> Token | None:
    """The noun that a carrier speaks of: "the number of people"."""
    found = (t for t in complements(noun, "of", "in", "for") if t.pos_ in NOUNS and not t.like_num)
    return next((t for t in found if not span.start <= t.i < span.end), None)


def find_first(root: Token) -> Token:
    """The first of a list of measurements that a number ends: "3 years, 2 months and 14 days"."""
    doc = root.doc
    for _ in range(_MOST_STEPS):
        at = _before(root.i - 1, doc, lambda t: t.like_num or t.lower_ in ("$", "£", "€", "per"))
        end = _before(at, doc, lambda t: t.lower_ in (",", "and"))
        if end < 1 or end == at:
            return root
        before = doc[end]
        if not before.like_num and not (is_measuring(before) and doc[end - 1].like_num):
            return root
        root = before
    return root


def _before(at: int, doc: Doc, passes: Callable[[Token], bool]) -> int:
    """Where the tokens that pass end, going back from a place, two at most."""
    steps = 0
    while at >= 0 and steps < 2 and passes(doc[at]):
        at, steps = at - 1, steps + 1
    return at
