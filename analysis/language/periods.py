"""Over what period a figure counts, as far as its sentence says: a day, a month, the year to date.

"Some 600 people crossed on Monday" counts a day; "arrivals passed 20,000 on Monday" counts something that
goes on, and Monday is only when. What the text does not say stays unknown.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc, Span

from analysis.language.dates import DateMention
from analysis.language.hedges import REACH
from analysis.language.measuring import lead_token
from analysis.language.nearby import clause_of, root_between, sentence_at
from analysis.language.pipeline import context, text_of
from analysis.language.tense import read_time

YEAR_TO_DATE = "year to date"
SAME_POINT = re.compile(r"\b(?:same|this|that) (?:point|time|stage|period|date)\b", re.IGNORECASE)
# "Bringing the provisional total for the year to 11,074"
_BROUGHT = re.compile(
    r"\b(?:bring(?:s|ing)?|brought|tak(?:es?|en|ing)|took|push(?:es|ed|ing)?) (?:the|this|that|its)\b"
    r"(?P<told>[^.;:\n]{1,60})\bto"
    r"(?: (?:about|around|almost|nearly|over|just|more than|at least|some|a|an|the|record|\w+ high of))*\s$",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\byear\b|\bso far\b", re.IGNORECASE)
_SINCE = re.compile(r"\bsince\b[^,.;:\n\d]{0,60}$", re.IGNORECASE)
_SO_FAR = re.compile(r"\b(?:so far|to date|year[- ]to[- ]date|already)\b", re.IGNORECASE)
# Where a stock is counted, or a total reached: a moment, and no period.
_MOMENT = re.compile(
    r"(?:\bas (?:of|at)|\bby|\buntil|\b(?:at|by) the (?:end|start|beginning) of)\s(?:the\s)?$", re.IGNORECASE
)
_EDGE = re.compile(r"^(?:the )?(?:end|start|beginning|middle|turn) of\b", re.IGNORECASE)
_REACHED = re.compile(rf"\b{REACH}\b[^.;:\n\d]{{0,30}}$", re.IGNORECASE)
_OPENING = re.compile(r"(?:the )?(?:start|beginning) of\b", re.IGNORECASE)
_IN_A = re.compile(
    r"\b(?:in|within|on) (?:just )?(?:(?:a|one) )?(?:single )?(?P<unit>day|week|month|year)\b", re.IGNORECASE
)
_RATED = re.compile(
    r"\b(?P<unit>daily|weekly|monthly|annual|yearly|year-to-date) (?:\w+ )?"
    r"(?:total|record|figure|number|count|tally|high|toll|average|arrivals|crossings|cost|bill|rate|rise|fall"
    r"|increase|decrease)s?\b",
    re.IGNORECASE,
)
_RATES = {"daily": "day", "weekly": "week", "monthly": "month", "annual": "year", "yearly": "year"}
_VALUES = (
    (re.compile(r"[\dX]{4}-[\dX]{2}-[\dX]{2}$"), "day"),
    (re.compile(r"[\dX]{4}-W[\dX]{2}$"), "week"),
    (re.compile(r"[\dX]{4}-W[\dX]{2}-WE$"), "weekend"),
    (re.compile(r"[\dX]{4}-[\dX]{2}$"), "month"),
    (re.compile(r"[\dX]{4}-Q[\dX]$"), "quarter"),
    (re.compile(r"[\dX]{4}-H[\dX]$"), "half year"),
    (re.compile(r"[\dX]{4}-(?:SP|SU|FA|WI)$"), "season"),
    (re.compile(r"[\dX]{4}$"), "year"),
)
_LENGTH = re.compile(r"P(?:(?P<count>\d+)(?P<unit>[DWMY])|T24H)$")
_UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year"}
_SAME_LENGTH = {"7 days": "week", "12 months": "year"}


def read_period(doc: Doc, span: Span, mention: DateMention) -> str | None:
    """Over what a date lets a number count.

    Args:
        doc: The annotated text.
        span: The number's tokens.
        mention: A date that speaks of the number.

    Returns:
        See :func:`analysis.language.as_of.find_as_of`; None where the date is only the moment at which a
        total was reached or a stock was counted.
    """
    before = text_before(doc, mention.start)
    if _SINCE.search(before):
        if _opens_year(doc, mention):
            return YEAR_TO_DATE
        return None if "X" in mention.value else f"since {mention.value}"
    if SAME_POINT.search(mention.text):
        return YEAR_TO_DATE
    if _EDGE.match(mention.text) or _MOMENT.search(before):
        return None
    period = _period_of(mention)
    if period == "year" and mention.type == "DATE":
        return _year_period(doc, span, mention)
    return None if period != "year" and is_reached(doc, span) else period


def said_period(doc: Doc, span: Span) -> str | None:
    """A period that no calendar date names: "in a single day", "the daily record", "year-to-date total"."""
    start, end = sentence_at(doc, span.start_char)
    text = text_of(doc)
    brought = _BROUGHT.search(text_before(doc, span.start_char))
    if brought and _WHOLE.search(brought["told"]):
        return YEAR_TO_DATE
    after = _IN_A.search(text, span.end_char, min(end, span.end_char + 60))
    if after:
        return after["unit"].lower()
    rated = _RATED.search(text, max(start, span.start_char - 60), min(end, span.end_char + 30))
    return _RATES.get(rated["unit"].lower(), YEAR_TO_DATE) if rated else None


def is_reached(doc: Doc, span: Span) -> bool:
    """Whether a number is a level that something came to: "passed 20,000", "bringing the total to 600"."""
    before = text_before(doc, span.start_char)
    return bool(_REACHED.search(before) or _BROUGHT.search(before))


def takes_total(doc: Doc, span: Span) -> bool:
    """Whether a number is the total that the figure before it adds to: "bringing the total to 600"."""
    return bool(_BROUGHT.search(text_before(doc, span.start_char)))


def published(doc: Doc) -> tuple[str | None, str | None]:
    """The days on which the article may have been published."""
    about = context(doc)
    return about.published_earliest, about.published_latest


def text_before(doc: Doc, at: int) -> str:
    """The words of a sentence before a place in it, 80 characters at most."""
    return text_of(doc)[max(sentence_at(doc, at)[0], at - 80) : at]


def _period_of(mention: DateMention) -> str | None:
    """The length that a TIMEX3 value names: "2025-03" is a month, "P12M" a year."""
    length = _LENGTH.match(mention.value)
    if length is None:
        return next((name for pattern, name in _VALUES if pattern.match(mention.value)), None)
    if length["count"] is None:
        return "day"
    unit = _UNITS[length["unit"]]
    told = f"{length['count']} {unit}s"
    return unit if length["count"] == "1" else _SAME_LENGTH.get(told, told)


def _year_period(doc: Doc, span: Span, mention: DateMention) -> str | None:
    """Whether a year is over: a count within the year of publication is one to date, unless it lies ahead."""
    first, last = published(doc)
    if _SO_FAR.search(text_of(doc), max(0, mention.start - 12), mention.end + 12):
        return YEAR_TO_DATE
    ahead = _lies_ahead(doc, span, mention)
    if mention.text.lower().endswith("this year"):
        return "year" if ahead else YEAR_TO_DATE
    year = mention.value[:4]
    if ahead or first is None or last is None or first[:4] > year or last[:4] < year:
        return "year"
    return YEAR_TO_DATE if first[:4] == year == last[:4] else None


def _lies_ahead(doc: Doc, span: Span, mention: DateMention) -> bool:
    root = root_between(doc, mention.start, mention.end)
    return any(read_time(clause_of(token)) in ("future", "supposed") for token in (lead_token(span), root))


def _opens_year(doc: Doc, mention: DateMention) -> bool:
    """Whether a date is the first day or month of the year of publication."""
    last = published(doc)[1]
    if last is None or mention.value[:4] != last[:4]:
        return False
    return mention.value[4:] in ("-01", "-01-01") or bool(_OPENING.match(mention.text))
