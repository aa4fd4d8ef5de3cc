"""What a text's own dates say about the day it was published.

Each constraint is a set of stretches that the publication day must lie in: after a dated past event,
before a dated future one, within the year that "so far in 2025" names. Their intersection is an interval,
with the words that it rests on; it is never narrower than they allow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from analysis.timex.dated import find_all, find_dated, widen
from analysis.timex.direction import find_cue
from analysis.timex.grammar import find_expressions
from analysis.timex.lexicon import WEEKDAYS
from analysis.timex.meaning import Meaning
from analysis.timex.periods import day_period
from analysis.timex.resolve import Timex, resolve

Stretch = tuple[date, date]

# Years for which "Monday September 2" is looked up in the calendar.
_CANDIDATE_YEARS = range(1950, 2101)
_ALMOST_A_YEAR = timedelta(364)
# A verb's tense may belong to another clause ("asked for a hearing on Tuesday 13 May"): leave a month.
_A_MONTH = timedelta(30)


@dataclass(frozen=True)
class Constraint:
    """Words of a text that bound its publication day.

    Args:
        start, end, text: The words; ``source[start:end] == text``.
        rule: ``after``, ``before``, ``year`` or ``weekday``.
        reason: What follows from them, as a phrase.
        stretches: Days on which it may have been published, as (first, last), in order.
    """

    start: int
    end: int
    text: str
    rule: str
    reason: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True)
class Estimate:
    """The days on which a text may have been published, both ends in, and the words that say so."""

    earliest: date
    latest: date
    evidence: tuple[Constraint, ...]
    basis: str


def estimate_publication(text: str, *, earliest_possible: date, latest_possible: date) -> Estimate | None:
    """Bound the publication day of a text by the dates in it.

    Args:
        text: The article's text.
        earliest_possible: A day before which it cannot have been published.
        latest_possible: A day after which it cannot have been published: when it was copied, or today.

    Returns:
        The interval with its evidence; None where no date in the text narrows what was known.

    Example:
        >>> found = estimate_publication(
        ...     "It rained so far in 2025 more than in June 2024.",
        ...     earliest_possible=date(2020, 1, 1),
        ...     latest_possible=date(2026, 12, 31),
        ... )
        >>> found.earliest.isoformat(), found.latest.isoformat()
        ('2025-01-01', '2025-12-31')
    """
    constraints = _find_narrowing(text, earliest_possible, latest_possible)
    return combine_constraints(
        constraints, earliest_possible=earliest_possible, latest_possible=latest_possible
    )


def combine_constraints(
    constraints: Iterable[Constraint], *, earliest_possible: date, latest_possible: date
) -> Estimate | None:
    """Intersect constraints, of one text or of several that were published on the same day.

    A constraint that contradicts a stronger one is left out: a lower bound is stronger than a year, a year
    than a weekday, and an announced future date is the weakest.
    """
    order = {"after": 0, "year": 1, "weekday": 2, "before": 3}
    allowed: list[Stretch] = [(earliest_possible, latest_possible)]
    evidence: list[Constraint] = []
    # The widest stretches first, so that one odd date cannot empty the interval for all others.
    for constraint in sorted(constraints, key=lambda c: (order[c.rule], c.stretches[0][0])):
        narrowed = _intersect(allowed, constraint.stretches)
        if narrowed and narrowed != allowed:
            if constraint.rule == "after":
                evidence = [kept for kept in evidence if kept.rule != "after"]
            allowed = narrowed
            evidence.append(constraint)
    if not evidence:
        return None
    basis = "; ".join(f"'{' '.join(item.text.split())}' ({item.reason})" for item in evidence)
    return Estimate(allowed[0][0], allowed[-1][1], tuple(evidence), basis)


def _intersect(some: Sequence[Stretch], others: Sequence[Stretch]) -> list[Stretch]:
    pairs = [(max(a, c), min(b, d)) for a, b in some for c, d in others]
    return sorted(pair for pair in pairs if pair[0] <= pair[1])


def find_constraints(text: str) -> list[Constraint]:
    """Find the dates in a text that bound its publication day, in reading order."""
    found = [constraint for timex in _find_bounding(text) for constraint in _read(text, timex)]
    return sorted(found, key=lambda constraint: (constraint.start, constraint.end))


def _find_narrowing(text: str, first: date, last: date) -> list[Constraint]:
    """The constraints of a text that can change what is known, the latest dates read first.

    The clause around a date is read at a price. Dates before a day that the text was certainly not
    published before, and dates after ``last``, say nothing more.
    """
    found: list[Constraint] = []
    for timex in sorted(_find_bounding(text), key=_last_day, reverse=True):
        # A weekday with a day number lies in no year yet. Days are subtracted: the first has none before it.
        if not _is_dated_weekday(timex) and (
            (first - timex.latest).days > 1 or (timex.earliest - last).days > 1
        ):
            continue
        for constraint in _read(text, timex):
            found.append(constraint)
            start = constraint.stretches[0][0]
            if constraint.rule == "after" and first < start <= last:
                first = start
    return sorted(found, key=lambda constraint: (constraint.start, constraint.end))


def _last_day(timex: Timex) -> date:
    return timex.latest or date.max


# Classes of tokens without which an expression has no year from 1900 on, and no weekday with a day.
_DATED = "anyweekday|modern|year_range|numeric_date|decade|century"


def _find_bounding(text: str) -> list[Timex]:
    """The expressions that may bound the day of publication: those with a year, and weekdays with a day."""
    found = []
    for first, last in find_dated(text):
        for start, end, meaning in find_expressions(text, first, last, having=_DATED):
            if (meaning.year or 0) < 1900 and not _is_dated_meaning(meaning):
                continue
            timex = Timex(start, end, text[start:end], *resolve(meaning, None), meaning)
            if timex.earliest or _is_dated_meaning(meaning):
                found.append(timex)
    return found


def _is_dated_weekday(timex: Timex) -> bool:
    return _is_dated_meaning(timex.meaning)


def _is_dated_meaning(meaning: Meaning) -> bool:
    return meaning.kind == "day" and meaning.year is None and meaning.weekday is not None


def _read(text: str, timex: Timex) -> list[Constraint]:
    meaning = timex.meaning
    if _is_dated_weekday(timex):
        return _read_weekday(text, timex)
    if meaning.kind == "point":
        # "than at the same point in 2024" is written in a later year
        return [_after(timex, date(meaning.year + 1, 1, 1), "compared with, so published in a later year")]
    if meaning.kind == "year" and _is_running(text, timex):
        return [_constrain(timex, "year", "spoken of as the year under way", _year_of(timex))]
    cue = find_cue(text, timex.start, timex.end, sure=True)
    sentence = _sentence_around(text, timex)
    if cue == "future":
        return _read_future(timex, sentence[0])
    if _AMENDED.search(sentence[0]) or cue is None or not _tells_past(timex, sentence):
        return []
    if meaning.kind == "span_to":
        return [_after(timex, timex.latest, "figures up to then are published")]
    return [_after(timex, timex.earliest, "told as past")]


def _after(timex: Timex, day: date, reason: str) -> Constraint:
    return _constrain(timex, "after", reason, ((day, date.max),))


def _constrain(timex: Timex, rule: str, reason: str, stretches: tuple[Stretch, ...]) -> Constraint:
    return Constraint(timex.start, timex.end, timex.text, rule, reason, stretches)


def _year_of(timex: Timex) -> tuple[Stretch, ...]:
    year = timex.meaning.year
    return ((date(year, 1, 1), date(year, 12, 31)),)


_RUNNING_AFTER = re.compile(
    r"\s*,?\s*(?:so\s+far|to\s+date|(?:is\s+)?(?:on\s+(?:course|track)|shaping\s+up|heading)\b)", re.I
)


def _is_running(text: str, timex: Timex) -> bool:
    """Whether a year is spoken of as the one under way: "so far in 2025", "2025 on course to be"."""
    if re.match(r"so\s+far", timex.text, re.IGNORECASE):
        return True
    if re.search(r"so\s+far$|alone$", timex.text, re.IGNORECASE):
        # "2015 alone" may be any past year
        return bool(re.search(r"so\s+far$", timex.text, re.IGNORECASE))
    return bool(_RUNNING_AFTER.match(text, timex.end))


# A page that was changed after it was published says when.
_AMENDED = re.compile(r"\b(?:amended|updated|corrected|modified|edited)\b", re.IGNORECASE)
_SINCE = re.compile(r"\bsince\s+$", re.IGNORECASE)
_PAST_PLACE = re.compile(r"\b(?:in|on|during)\s+$", re.IGNORECASE)
_LATER = re.compile(
    r"\b(?:by|until|till|to|before|for|from|through|beyond|than)\s+(?:the\s+)?$", re.IGNORECASE
)
_OPENS = re.compile(
    r"(?:^|[,;:–\u2014]|\b(?:and|but|that|when|while))\s*[\"'“‘]?(?:in|on|during)\s+$", re.IGNORECASE
)
_PAST_VERB = re.compile(
    r"""\b(?: was | were | had | did | didn['’]t | said | told | came | went | began | made | took | gave
      | held | met | won | lost | fell | rose | grew | sent | saw | found | led | left | kept | brought
      | became | got | wrote | spoke | ran | broke | drew | sold | bought | paid | spent | fought | stood
      | (?!need|indeed|speed|exceed|proceed|succeed|seed|feed)\w{2,}[^e\W]ed )\b""",
    re.VERBOSE | re.IGNORECASE,
)
# Things that are dated before they happen: "a candidate in 2028" says nothing about today.
_DATED_AHEAD = re.compile(
    r"""\b(?:re-?)?(?:election|candida|nomin|presiden|race|campaign|bid|primar|caucus|olympic|term|contender
      |target|goal|forecast|project|estimat|budget|deadline|schedul|plan|propos)""",
    re.VERBOSE | re.IGNORECASE,
)


def _tells_past(timex: Timex, sentence: tuple[str, str]) -> bool:
    """Whether a past-tense verb close by places something in the date, so that it lies behind the writer."""
    left, right = sentence
    if _LATER.search(left):
        return False
    if timex.meaning.kind in ("day", "span_to"):
        return True
    if _SINCE.search(left):
        return True
    if _DATED_AHEAD.search(left[-70:]) or _DATED_AHEAD.search(right[:30]):
        return False
    if _OPENS.search(left):
        return bool(_PAST_VERB.search(right[:90]))
    return bool(_PAST_PLACE.search(left) and _PAST_VERB.search(re.split(r"[,;:–\u2014]", left)[-1][-70:]))


# "officials said Monday, Aug. 27": only the report of the same or the next day is written so.
_JUST_SAID = re.compile(r"\b(?:said|saying|announced|tweeted)(?: in a statement|(?: \w+){1,2})?,? (?:on )?$")
# "The minister will meet them later on Friday", "earlier on Friday": written on that day or the day after.
_SAME_DAY = re.compile(r"\b(?:[Ll]ater|[Ee]arlier) on (?P<day>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b")


def find_weekdays_of_publication(text: str) -> dict[str, int]:
    """The words that name the weekday of publication, or of the day before, to its number from Monday on."""
    found = _SAME_DAY.finditer(text) if "er on " in text else ()
    return {match.group(): WEEKDAYS[match["day"].lower()] for match in found}


_ANNOUNCED = re.compile(
    r"""\b(?: will | won['’]t | shall | plans?\ +to
      | (?:is|are|not)\ +(?:due|set|expected|scheduled|planned|going|likely) )\b | ['’]ll\b""",
    re.VERBOSE | re.IGNORECASE,
)


def _read_future(timex: Timex, left: str) -> list[Constraint]:
    clause = re.split(r"[,;:–\u2014]", left)[-1]
    announced = _ANNOUNCED.search(clause[-90:])
    if not announced or re.search(r"\b(?:would|had|was|were|since|than|which|who|that)\b", clause[-90:]):
        return []
    if re.search(r"\b(?:until|before)\s+(?:the\s+)?$", left):
        last = timex.earliest - timedelta(1)
        return [_constrain(timex, "before", "not expected until then", ((date.min, last),))]
    if re.search(r"\b(?:in|by|on|from)\s+$", left):
        return [_constrain(timex, "before", "still to come", ((date.min, timex.latest),))]
    return []


def _sentence_around(text: str, timex: Timex) -> tuple[str, str]:
    left = re.split(r"[.!?][\"'”’]?\s|\n", text[max(0, timex.start - 300) : timex.start])[-1]
    right = re.split(r"[.!?](?:\s|$)|\n", text[timex.end : timex.end + 200], maxsplit=1)[0]
    return left, right


def _read_weekday(text: str, timex: Timex) -> list[Constraint]:
    """Bound the day by the years in which a date without a year falls on the weekday named with it."""
    meaning = timex.meaning
    fits = _find_days(meaning.month, meaning.day, meaning.weekday)
    cue = find_cue(text, timex.start, timex.end, sure=True)
    back = _A_MONTH if cue == "past" else _ALMOST_A_YEAR
    ahead = _A_MONTH if cue == "future" else _ALMOST_A_YEAR
    reason = "falls on that weekday in few years, and no year is given"
    if _JUST_SAID.search(text[max(0, timex.start - 60) : timex.start]):
        back, ahead, reason = (
            timedelta(0),
            timedelta(1),
            "said on that day, so published then or the day after",
        )
    elif cue != "future" and _find_told(text, meaning.weekday) & _words_around(text, timex.start, timex.end):
        back, ahead, reason = timedelta(0), timedelta(6), "also told by the bare weekday, so within a week"
    stretches = tuple((day - back, day + ahead) for day in fits)
    return [_constrain(timex, "weekday", reason, stretches)] if stretches else []


@cache
def _find_days(month: int, day: int, weekday: int) -> list[date]:
    """The days of all years that fall on a weekday."""
    periods = [day_period(year, month, day) for year in _CANDIDATE_YEARS]
    return [period.first for period in periods if period and period.first.weekday() == weekday]


@lru_cache(maxsize=7)  # the weekdays of one text
def _find_told(text: str, weekday: int) -> frozenset[str]:
    """The words around each mention of a weekday that dates something without a day and month.

    What is also dated by day and month is told twice, and so not long ago.
    """
    days = sorted((at, at + 3) for ending in ("day", "DAY") for at in find_all(ending, text))
    mentions = (
        (start, end)
        for stretch in widen(text, days)
        for start, end, meaning in find_expressions(text, *stretch, having="weekday")
        if meaning.kind == "weekday" and meaning.weekday == weekday and meaning.shift is None
    )
    words = (_words_around(text, *span) for span in mentions if find_cue(text, *span, sure=True) != "future")
    return frozenset().union(*words)


def _words_around(text: str, start: int, end: int) -> set[str]:
    near = f"{text[max(0, start - 30) : start]} {text[end : end + 30]}"
    # the words cut at either end of the window are no words
    return {word.lower() for word in re.findall(r"\b[^\W\d_]{6,}\b", near)}
