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
from analysis.language.measuring import TIME_UNITS, lead_token
from analysis.language.nearby import clause_of, clauses_up, is_under, root_between, sentence_at, starting_in
from analysis.language.number_words import Number
from analysis.language.periods import (
    SAME_POINT,
    YEAR_TO_DATE,
    is_reached,
    published,
    read_period,
    said_period,
    text_before,
)
from analysis.language.pipeline import layer, text_of
from analysis.language.tense import read_time

# Characters on either side of a figure in which a date may speak of it.
_NEAR = 300
# "In the year to March" is a length that the calendar ties down.
_DATED = ("DATE", "DURATION")
# "The two leaders", "all 27 states"
_KNOWN = frozenset("the all both these those".split())
# What a figure is compared with: "up 9 per cent on last year", "than by the same point in 2024"
_BASE = re.compile(
    r"\b(?:than|on|from|over|against|versus|compared (?:with|to)|as)\b[^.;:\n]{0,40}$"
    r"|\bthan the \d(?:[^.,;:\n]|(?<=\d),(?=\d)){0,80}$",
    re.IGNORECASE,
)
_OVER = re.compile(r"\b(?:over|in|for) (?:the )?$", re.IGNORECASE)
# The same, told of another figure
_COMPARED = re.compile(
    r"\b(?:(?:than|versus|compared (?:with|to)|(?:twice|double|half|times) the)\b[^.,;:\n\d]{0,40}"
    r"|(?:per cent|percent|%|up|down|rise|fall|increase|drop|higher|lower) (?:on|from|over) (?:the )?)$",
    re.IGNORECASE,
)
# "Between January and March": the first month is not the whole of it
_RANGE = re.compile(r"\b(?:between|from) (?:the )?$", re.IGNORECASE)
_ENDED = re.compile(r"\s*(?:and|to|until|till|-|–)\s")


@dataclass(frozen=True)
class AsOf:
    """When a figure holds: ISO days, both set or both None; and the period it counts over.

    ``compared`` tells that the sentence dates only what a difference is compared with.
    """

    earliest: str | None = None
    latest: str | None = None
    period: str | None = None
    compared: bool = False


@dataclass(frozen=True)
class _Dated:
    """A date of the sentence: how far it stands from the number in the parse (0: the same clause)."""

    mention: DateMention
    steps: int
    gap: int
    base: bool


def find_as_of(doc: Doc, span: Span, number: Number, unit: str | None, difference: bool) -> AsOf:
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
        difference: Whether it is how much something moved by: a comparison.

    Returns:
        The interval, and the period in one of these words: ``year to date``, ``day``, ``week``, ``weekend``,
        ``month``, ``quarter``, ``half year``, ``season``, ``year``, a length ("4 months"), or ``since`` and a
        TIMEX3 value ("since 2024-07"). None where the text does not say.
    """
    if unit == "year of age" or (unit in TIME_UNITS and number.kind == "unit"):
        return AsOf()
    compares = difference or number.kind == "ratio"
    dated = sorted(_dates(doc, span, unit, compares), key=lambda d: (d.steps, d.gap))
    said = said_period(doc, span)
    if dated:
        return _read(doc, span, dated, said)
    if said is not None and compares:
        year = _year_back(doc) if said == "year" else None
        return AsOf(*year, said) if year else AsOf(period=said)
    lead = lead_token(span)
    if unit not in TIME_UNITS and not _is_known(lead) and _is_perfect(lead):
        return AsOf(*published(doc), said)
    return AsOf(period=said)


def _dates(doc: Doc, span: Span, unit: str | None, compares: bool) -> list[_Dated]:
    """The dates of the sentence that speak of the number."""
    start, end = sentence_at(doc, span.start_char)
    start, end = max(start, span.start_char - _NEAR), min(end, span.end_char + _NEAR)
    lead, text, found = lead_token(span), text_of(doc), []
    farthest = 0 if unit in TIME_UNITS else 3
    for mention in starting_in(layer(doc, "dates"), start, end):
        if not mention.earliest or mention.type not in _DATED:
            continue
        if mention.start < span.end_char and span.start_char < mention.end:
            continue
        root = root_between(doc, mention.start, mention.end)
        steps = _steps(lead, root)
        if steps is None or steps > farthest or (mention.start >= span.end_char and _is_earlier(lead, root)):
            continue
        between = text[span.end_char : mention.start] or text[mention.end : span.start_char]
        after = text[span.end_char : mention.start]
        # "A further £5m over the next two years" is compared with nothing
        spent = mention.type == "DURATION" and bool(_OVER.search(after))
        base = compares and not spent and bool(_BASE.search(after) or SAME_POINT.search(mention.text))
        own = compares or is_under(root, lead.head)
        if not own and _COMPARED.search(after or text_before(doc, mention.start)):
            continue
        # "200 on Monday, 300 on Tuesday": a comma parts more than its width
        gap = len(between) + 20 * len(re.findall("[,;:]", between))
        found.append(_Dated(mention, steps, gap, base))
    return found


def _steps(lead: Token, root: Token) -> int | None:
    """How a date stands to a number: 0 in its clause, 1 within it, 2 around it, 3 reporting it; else None."""
    head = lead.head
    if lead.dep_ == "nummod" and is_under(root, head):
        return 0
    if _is_known(lead):
        return None
    own, other = clause_of(lead), clause_of(root)
    if own == other:
        return 0
    # In run-on text another clause's date says nothing of this figure.
    if is_under(root, own):
        return 1
    return _climb(own, other, root)


def _is_earlier(lead: Token, root: Token) -> bool:
    """Whether a date is one of what had been before: "arrested nine men who had worked there in March"."""
    own, other = clause_of(lead), clause_of(root)
    return own != other and other.dep_ == "relcl" and _had(other) and not _had(own)


def _had(verb: Token) -> bool:
    before = verb.doc[max(0, verb.i - 6) : verb.i]
    return any(t.head == verb and t.dep_ in ("aux", "auxpass") and t.lower_ == "had" for t in before)


def _is_known(lead: Token) -> bool:
    """Whether what is counted is known beforehand: the two leaders are two on whatever day they meet."""
    before = lead.doc[max(0, lead.i - 6) : lead.i]
    words = (t for t in before if t.head == lead.head)
    return lead.dep_ == "nummod" and any(t.dep_ == "poss" or t.lower_ in _KNOWN for t in words)


def _climb(clause: Token, other: Token, root: Token) -> int | None:
    """From a clause up to the one around it that holds a date, as far as the date speaks of it."""
    above = clauses_up(clause, other)
    if above is None or any(token.dep_ == "parataxis" for token in above):
        return None
    # "The party, which has four seats, meets today": today is said of the party alone
    if any(token.dep_ == "relcl" and not is_under(root, token.head) for token in above):
        return None
    return 3 if any(token.dep_ == "ccomp" for token in above) else 2


def _read(doc: Doc, span: Span, dated: list[_Dated], said: str | None) -> AsOf:
    """The interval and period that the nearest date gives, with the others of its sentence."""
    nearest, others = dated[0], [d for d in dated if not d.base]
    if nearest.base:
        end = others[0].mention.latest if others else published(doc)[1]
        ends = (nearest.mention.latest, end) if end else (nearest.mention.latest,)
        period = _period(doc, span, others[0] if others else nearest)
        return AsOf(nearest.mention.earliest, max(ends), said or period, not others)
    first = _begin(doc, nearest.mention)
    if _RANGE.search(text_before(doc, first.start)):
        ends = _range(doc, first)
        if ends is not None:
            return AsOf(*ends, said)
    period = _period(doc, span, nearest)
    if period is None and is_reached(doc, span):
        # "arrivals this year passed 20,000 on Monday": Monday is when, the year is over what
        wider = (_period(doc, span, other) for other in others[1:])
        period = next((p for p in wider if p and (p == YEAR_TO_DATE or p.startswith("since"))), None)
    return AsOf(*_interval(doc, nearest.mention, period), said or period)


def _period(doc: Doc, span: Span, dated: _Dated) -> str | None:
    # the day of a report is not what the report counts over
    return read_period(doc, span, dated.mention) if dated.steps < 3 else None


def _begin(doc: Doc, mention: DateMention) -> DateMention:
    """The date that a range begins with, where a date ends one; else the date itself."""
    text = text_of(doc)
    near = starting_in(layer(doc, "dates"), max(0, mention.start - 60), mention.start)
    joined = (one for one in near if _ENDED.fullmatch(text, one.end, mention.start))
    return next((one for one in joined if _RANGE.search(text_before(doc, one.start))), mention)


def _range(doc: Doc, first: DateMention) -> tuple[str | None, str | None] | None:
    """The days from one date to the next ("between 1 January and 5 May"); unknown where they are no range."""
    text = text_of(doc)
    joined = _ENDED.match(text, first.end, first.end + 12)
    if joined is None:
        return None
    last = next(iter(starting_in(layer(doc, "dates"), joined.end(), joined.end() + 5)), None)
    if last is None or not last.latest or not first.earliest or first.earliest > last.latest:
        return None, None
    return first.earliest, last.latest


def _interval(doc: Doc, mention: DateMention, period: str | None) -> tuple[str | None, str | None]:
    """The days of a date; a count that still goes on ends on the day of publication."""
    last = published(doc)[1]
    if period is not None and period.startswith("since"):
        return (mention.earliest, max(last, mention.earliest)) if last else (None, None)
    if period == YEAR_TO_DATE and last and mention.earliest <= last < mention.latest:
        return mention.earliest, last
    return mention.earliest, mention.latest


def _is_perfect(lead: Token) -> bool:
    """Whether the number's clause tells what has happened up to now."""
    verb = clause_of(lead)
    before = verb.doc[max(0, verb.i - 6) : verb.i]
    helpers = [t for t in before if t.head == verb and t.dep_ in ("aux", "auxpass")]
    has = any(t.lower_ in ("have", "has", "'ve", "’ve") for t in helpers)
    return has and not any(t.tag_ == "MD" for t in helpers) and read_time(verb) == "past"


def _year_back(doc: Doc) -> tuple[str, str] | None:
    """From a year before publication to publication."""
    earliest, latest = published(doc)
    if earliest is None or latest is None:
        return None
    day = datetime.date.fromisoformat(earliest)
    return (day - datetime.timedelta(days=365)).isoformat(), latest
