"""When a figure holds, and over what period it counts, as far as its sentence says.

The two answer different questions: "some 600 people crossed on Monday" holds as of that Monday and counts a
day; "arrivals this year passed 20,000 on Monday" holds as of that Monday too, but counts the year to date.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from analysis.language.dates import DateMention
from analysis.language.measured import lead_token
from analysis.language.nearby import clause_of, sentence_at, starting_in
from analysis.language.number_words import Number
from analysis.language.pipeline import context, layer, text_of
from analysis.language.tense import read_time

YEAR_TO_DATE = "year to date"
# Characters on either side of a figure in which a date may speak of it.
_NEAR = 400
# "In the year to March" is a length that the calendar ties down.
_DATED = ("DATE", "DURATION")
_LENGTHS = frozenset("second minute hour day week fortnight month quarter year decade century".split())
# "The two leaders", "all 27 states"
_KNOWN = frozenset("the all both these those".split())
# What the figure is compared with: "up 9 per cent on last year", "than by the same point in 2024"
_BASE = re.compile(
    r"\b(?:than|on|from|over|against|versus|compared (?:with|to)|as)\b[^.;:\n]{0,40}$", re.IGNORECASE
)
_SAME_POINT = re.compile(r"\b(?:same|this|that) (?:point|time|stage|period|date)\b", re.IGNORECASE)
_SINCE = re.compile(r"\bsince\b[^,.;:\n\d]{0,60}$", re.IGNORECASE)
_SO_FAR = re.compile(r"\b(?:so far|to date|year[- ]to[- ]date|already)\b", re.IGNORECASE)
# Where a stock is counted, or a total reached: a moment, and no period.
_MOMENT = re.compile(
    r"(?:\bas (?:of|at)|\bby|\buntil|\b(?:at|by) the (?:end|start|beginning) of)\s(?:the\s)?$", re.IGNORECASE
)
_EDGE = re.compile(r"^(?:the )?(?:end|start|beginning|middle|turn) of\b", re.IGNORECASE)
_REACHED = re.compile(
    r"\b(?:pass|reach|hit|top|exceed|surpass|break|broke)(?:e?s|p?ed|ing)?\b[^.;:\n\d]{0,30}$",
    re.IGNORECASE,
)
_OPENING = re.compile(r"(?:the )?(?:start|beginning) of\b", re.IGNORECASE)
_IN_A = re.compile(
    r"\b(?:in|within) (?:just )?(?:(?:a|one|the) )?(?:single )?(?P<unit>day|week|month|year)\b"
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
_LENGTH = re.compile(r"PT?(?P<count>\d+)(?P<unit>[HDWMY])$")
_UNITS = {"H": "hour", "D": "day", "W": "week", "M": "month", "Y": "year"}
_SAME_LENGTH = {"24 hours": "day", "7 days": "week", "12 months": "year", "4 quarters": "year"}


@dataclass(frozen=True)
class AsOf:
    """When a figure holds: ISO days, both set or both None; and the period it counts over."""

    earliest: str | None = None
    latest: str | None = None
    period: str | None = None


@dataclass(frozen=True)
class _Dated:
    """A date of the sentence: how far it stands from the number in the parse (0: the same clause)."""

    mention: DateMention
    steps: int
    gap: int
    base: bool


def find_as_of(doc: Doc, span: Span, number: Number, unit: str | None, change: str) -> AsOf:
    """When a figure holds, and over what period it counts.

    The day or period is the nearest date of the number's clause, else of a clause within or around it. A
    comparison ("3 per cent more than last year") speaks of both sides: from the first day of what it is
    compared with to the last day of what it compares. "Since 2018" and "this year" run to the day of
    publication. Where no date says it, a count in the present perfect ("have been returned") holds on the day
    of publication. An age has no day.

    Args:
        doc: The annotated text, with the layers ``sentences`` and ``dates``.
        span: The number's tokens.
        number: The number.
        unit: Its unit.
        change: Its change; ``up`` and ``down`` are comparisons.

    Returns:
        The interval, and the period in one of these words: ``year to date``, ``day``, ``week``, ``weekend``,
        ``month``, ``quarter``, ``half year``, ``season``, ``year``, a length ("4 months"), or ``since`` and a
        TIMEX3 value ("since 2024-07"). None where the text does not say.
    """
    if unit == "year of age" or (unit in _LENGTHS and number.kind == "unit"):
        return AsOf()
    compares = change in ("up", "down") or number.kind == "ratio"
    dated = sorted(_dates(doc, span, unit, compares), key=lambda d: (d.steps, d.gap))
    said = _said_period(doc, span)
    if dated:
        return _read(doc, span, dated, said)
    if said is not None and compares:
        year = _year_back(doc) if said == "year" else None
        return AsOf(*year, said) if year else AsOf(period=said)
    lead = lead_token(span)
    if unit not in _LENGTHS and not _is_known(lead) and _is_perfect(lead):
        return AsOf(*_published(doc), said)
    return AsOf(period=said)


def _dates(doc: Doc, span: Span, unit: str | None, compares: bool) -> list[_Dated]:
    """The dates of the sentence that speak of the number."""
    start, end = sentence_at(doc, span.start_char)
    start, end = max(start, span.start_char - _NEAR), min(end, span.end_char + _NEAR)
    lead, text, found = lead_token(span), text_of(doc), []
    farthest = 0 if unit in _LENGTHS else 3
    for mention in starting_in(layer(doc, "dates"), start, end):
        if not mention.earliest or mention.type not in _DATED:
            continue
        if mention.start < span.end_char and span.start_char < mention.end:
            continue
        root = doc.char_span(mention.start, mention.end, alignment_mode="expand").root
        steps = _steps(lead, root)
        if steps is None or steps > farthest:
            continue
        between = text[span.end_char : mention.start] if mention.start > span.end_char else ""
        base = compares and bool(_BASE.search(between) or _SAME_POINT.search(mention.text))
        gap = max(mention.start - span.end_char, span.start_char - mention.end)
        found.append(_Dated(mention, steps, gap, base))
    return found


def _steps(lead: Token, root: Token) -> int | None:
    """How a date stands to a number: 0 in its clause, 1 within it, 2 around it, 3 reporting it; else None."""
    head = lead.head
    if lead.dep_ == "nummod" and head.is_ancestor(root):
        return 0
    if _is_known(lead):
        return None
    own, other = clause_of(lead), clause_of(root)
    if own == other:
        return 0
    # In run-on text another clause's date says nothing of this figure.
    if own.is_ancestor(root):
        return 1
    return _climb(own, other, root) if other.is_ancestor(lead) else None


def _is_known(lead: Token) -> bool:
    """Whether what is counted is known beforehand: the two leaders are two on whatever day they meet."""
    before = lead.doc[max(0, lead.i - 6) : lead.i]
    words = (t for t in before if t.head == lead.head)
    return lead.dep_ == "nummod" and any(t.dep_ == "poss" or t.lower_ in _KNOWN for t in words)


def _climb(clause: Token, other: Token, root: Token) -> int | None:
    """From a clause up to the one around it that holds a date, as far as the date speaks of it."""
    steps = 2
    while clause != other:
        if clause.dep_ == "parataxis":
            return None
        # "The party, which has four seats, meets today": today is said of the party alone
        if clause.dep_ == "relcl" and not clause.head.is_ancestor(root):
            return None
        if clause.dep_ == "ccomp":
            steps = 3
        clause = clause.head
    return steps


def _read(doc: Doc, span: Span, dated: list[_Dated], said: str | None) -> AsOf:
    nearest, others = dated[0], [d for d in dated if not d.base]
    if nearest.base:
        end = others[0].mention.latest if others else _published(doc)[1]
        ends = (nearest.mention.latest, end) if end else (nearest.mention.latest,)
        period = _period(doc, span, others[0]) if others else _base_period(doc, span, nearest)
        return AsOf(nearest.mention.earliest, max(ends), said or period)
    period = _period(doc, span, nearest)
    if period is None and _REACHED.search(_before(doc, span.start_char)):
        # "arrivals this year passed 20,000 on Monday": Monday is when, the year is over what
        wider = (_period(doc, span, d) for d in others[1:] if d.steps < 3)
        period = next((p for p in wider if p and (p == YEAR_TO_DATE or p.startswith("since"))), None)
    earliest, latest = _interval(doc, nearest.mention, period)
    return AsOf(earliest, latest, said or period)


def _interval(doc: Doc, mention: DateMention, period: str | None) -> tuple[str | None, str | None]:
    """The days of a date; a count that still goes on ends on the day of publication."""
    published = _published(doc)
    if period is not None and period.startswith("since"):
        return (mention.earliest, max(published[1], mention.earliest)) if published[1] else (None, None)
    if period == YEAR_TO_DATE and published[1] and mention.earliest <= published[1] < mention.latest:
        return mention.earliest, published[1]
    return mention.earliest, mention.latest


def _period(doc: Doc, span: Span, dated: _Dated) -> str | None:
    """Over what a date lets the number count; None for a moment, and where the date is of another clause."""
    mention = dated.mention
    before = _before(doc, mention.start)
    if dated.steps > 2:
        return None
    if _SINCE.search(before):
        if _opens_year(doc, mention):
            return YEAR_TO_DATE
        return None if "X" in mention.value else f"since {mention.value}"
    if _EDGE.match(mention.text) or _MOMENT.search(before):
        return None
    period = _period_of(mention)
    if period == "year" and mention.type == "DATE":
        return _year_period(doc, span, mention)
    return None if period != "year" and _REACHED.search(_before(doc, span.start_char)) else period


def _base_period(doc: Doc, span: Span, dated: _Dated) -> str | None:
    return YEAR_TO_DATE if _SAME_POINT.search(dated.mention.text) else _period(doc, span, dated)


def _period_of(mention: DateMention) -> str | None:
    length = _LENGTH.match(mention.value)
    if length:
        unit = _UNITS[length["unit"]]
        if unit == "month" and mention.value.startswith("PT"):
            unit = "minute"
        told = f"{length['count']} {unit}s"
        return unit if length["count"] == "1" else _SAME_LENGTH.get(told, told)
    return next((name for pattern, name in _VALUES if pattern.match(mention.value)), None)


def _year_period(doc: Doc, span: Span, mention: DateMention) -> str | None:
    """Whether a year is over: a count within the year of publication is one to date, unless it lies ahead."""
    published = _published(doc)
    text = text_of(doc)[max(0, mention.start - 12) : mention.end + 12]
    if _SO_FAR.search(text):
        return YEAR_TO_DATE
    ahead = read_time(clause_of(lead_token(span))) in ("future", "supposed")
    if mention.text.lower().endswith("this year"):
        return "year" if ahead else YEAR_TO_DATE
    year = mention.value[:4]
    if published[0] is None or published[1] is None or published[0][:4] > year:
        return "year"
    if ahead or published[1][:4] < year:
        return "year"
    return YEAR_TO_DATE if published[0][:4] == year == published[1][:4] else None


def _opens_year(doc: Doc, mention: DateMention) -> bool:
    """Whether a date is the first day or month of the year of publication."""
    published = _published(doc)[1]
    if published is None or mention.value[:4] != published[:4]:
        return False
    return mention.value[4:] in ("-01", "-01-01") or bool(
        re.match(r"the (?:start|beginning) of", mention.text)
    )


def _said_period(doc: Doc, span: Span) -> str | None:
    """A period that no calendar date names: "in a single day", "the daily record", "year-to-date total"."""
    start, end = sentence_at(doc, span.start_char)
    text = text_of(doc)
    after = _IN_A.search(text, span.end_char, min(end, span.end_char + 60))
    if after:
        return after["unit"].lower()
    before = _RATED.search(text, max(start, span.start_char - 60), min(end, span.end_char + 30))
    unit = before["unit"].lower() if before else None
    return _RATES.get(unit, YEAR_TO_DATE) if unit else None


def _is_perfect(lead: Token) -> bool:
    """Whether the number's clause tells what has happened up to now."""
    verb = clause_of(lead)
    before = verb.doc[max(0, verb.i - 6) : verb.i]
    helpers = [t for t in before if t.head == verb and t.dep_ in ("aux", "auxpass")]
    has = any(t.lower_ in ("have", "has", "'ve", "’ve") for t in helpers)
    return has and not any(t.tag_ == "MD" for t in helpers) and read_time(verb) == "past"


def _year_back(doc: Doc) -> tuple[str, str] | None:
    """From a year before publication to publication."""
    earliest, latest = _published(doc)
    if earliest is None or latest is None:
        return None
    day = datetime.date.fromisoformat(earliest)
    return (day - datetime.timedelta(days=365)).isoformat(), latest


def _published(doc: Doc) -> tuple[str | None, str | None]:
    about = context(doc)
    return about.published_earliest, about.published_latest


def _before(doc: Doc, at: int) -> str:
    """The words of a sentence before a place in it, 80 characters at most."""
    return text_of(doc)[max(sentence_at(doc, at)[0], at - 80) : at]
