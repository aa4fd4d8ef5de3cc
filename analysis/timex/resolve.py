"""Turn what a date expression says into a TIMEX3 value and a calendar interval.

A reference is the day that the text counts from: where that is only known as an interval, an expression
is resolved from both of its ends, and its own interval covers both answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from analysis.timex.direction import is_told
from analysis.timex.grammar import find_expressions
from analysis.timex.meaning import Cue, Direction, Meaning
from analysis.timex.periods import Period, duration_value, quarter_period, unit_period
from analysis.timex.placing import (
    choose_reading,
    narrow,
    place_after,
    place_explicit,
    place_point,
    place_readings,
)
from analysis.timex.ranges import is_range, share_years


@dataclass(frozen=True)
class Timex:
    """A date expression with its TIMEX3 type and value.

    ``earliest`` and ``latest`` are days, both set or both None: unknown stays unknown. ``basis`` says what
    the interval rests on; ``direction`` is the way the expression was read, None where it says that itself
    or where the words leave both ways open.
    """

    start: int
    end: int
    text: str
    type: str
    value: str
    earliest: date | None
    latest: date | None
    basis: str
    direction: Direction | None
    meaning: Meaning


@dataclass(frozen=True)
class Reference:
    """The day that a text counts from, as an interval of days, both ends in."""

    earliest: date
    latest: date

    @classmethod
    def read(cls, earliest: str | None, latest: str | None) -> Reference | None:
        """Make a reference of two ISO days; None where either is missing."""
        if not earliest or not latest:
            return None
        first, last = date.fromisoformat(earliest[:10]), date.fromisoformat(latest[:10])
        return cls(min(first, last), max(first, last))


_THIS_UNIT = re.compile(r"this\s+(?:week|month|quarter|year|decade|century)", re.IGNORECASE)
# How many characters after a date "a year earlier" may still look back at it.
_NEAR = 300
# How many characters a report goes on about the quarter that it named.
_REPORT = 1500
# Kinds that look back at the last date mentioned, not at the day of publication.
_ANAPHORIC = ("apart", "other_unit", "same_unit", "same_in_year", "other_weekday")


def find_timexes(
    text: str,
    reference: Reference | None = None,
    *,
    direct: Callable[[int, int], Cue | None] | None = None,
) -> list[Timex]:
    """Find the date expressions of a text and resolve them.

    Args:
        text: Plain text.
        reference: The day or days that it was published on; without it only explicit dates get an interval.
        direct: A function ``(start, end) -> cue``, as :func:`find_cue`, that says which way the clause points
            an expression without a year. Where it does not know, the past is taken, or a coming date
            that is much nearer.

    Returns:
        Expressions in reading order, without overlap; ``text[t.start:t.end] == t.text``.

    Example:
        >>> day = Reference.read("2025-07-05", "2025-07-05")
        >>> [(t.text, t.value) for t in find_timexes("It passed on Thursday, not in 2024.", day)]
        [('Thursday', '2025-07-03'), ('2024', '2024')]
    """
    found: list[Timex] = []
    previous: Timex | None = None
    reported: Timex | None = None
    expressions = find_expressions(text)
    for at, (meaning, giver) in enumerate(share_years(text, expressions)):
        start, end, _ = expressions[at]
        # "this year" of what has happened is the year so far, "the full year" is not
        bare = _THIS_UNIT.fullmatch(text, start, end)
        if direct and bare and meaning.kind == "unit" and is_told(text, start, end):
            meaning = replace(meaning, modifier="so far")
        direction = direct(start, end) if direct and needs_direction(meaning) else None
        near = previous if previous and _is_near(text, previous.end, start) else None
        frame = reported if reported and start - reported.end < _REPORT else None
        timex = resolve(meaning, reference, direction=direction, previous=near, reported=frame)
        timex = Timex(start, end, text[start:end], *timex, meaning)
        if giver:
            shared = "week" if meaning.kind == "weekday" else "year"
            timex = replace(timex, basis=f"{shared} of '{' '.join(text[giver.start : giver.end].split())}'")
        if at and is_range(text, *expressions[at - 1 : at + 1]):
            found[-1], timex = _order(found[-1], timex)
        found.append(timex)
        if timex.type in ("DATE", "TIME") and timex.earliest and meaning.kind != "apart":
            previous = timex
        if _is_reported(timex, reference):
            reported = timex
    return found


def _order(first: Timex, last: Timex) -> tuple[Timex, Timex]:
    """Let a range end after it begins: "between Monday and Friday", said of the past on a Thursday."""
    open_ended = needs_direction(first.meaning) and needs_direction(last.meaning)
    if not open_ended or None in (first.earliest, last.earliest) or first.earliest <= last.earliest:
        return first, last
    if last.direction == "past":
        return _count_from(first, last, "past"), last
    return first, _count_from(last, first, "future")


def _count_from(timex: Timex, other: Timex, direction: Direction) -> Timex:
    days = Reference(other.earliest, other.latest)
    _, value, earliest, latest, _, _ = resolve(timex.meaning, days, direction=direction)
    basis = f"counted from '{' '.join(other.text.split())}'"
    return replace(timex, value=value, earliest=earliest, latest=latest, basis=basis)


def _is_reported(timex: Timex, reference: Reference | None) -> bool:
    """Whether an expression names a quarter that a report may be about: one that has begun."""
    meaning = timex.meaning
    if reference is None or timex.earliest is None or timex.earliest > reference.latest:
        return False
    named = meaning.kind == "quarter" and meaning.shift in (None, 0)
    return named or (meaning.kind == "unit" and meaning.unit == "quarter" and meaning.shift != 1)


def _is_near(text: str, end: int, start: int) -> bool:
    return start - end < _NEAR and "\n" not in text[end:start]


_EITHER_WAY = ("day", "month", "season", "weekday", "unit", "holiday", "week_of_month", "span_to")


def needs_direction(meaning: Meaning) -> bool:
    """Whether the words leave open if the past or the coming one is meant ("on Thursday", "in May")."""
    if meaning.shift is not None or meaning.year is not None:
        return False
    # A quarter is nearly always reported on: "expects to publish third-quarter results" looks back.
    return meaning.kind in _EITHER_WAY


def resolve(
    meaning: Meaning,
    reference: Reference | None,
    *,
    direction: Cue | None = None,
    previous: Timex | None = None,
    reported: Timex | None = None,
) -> tuple[str, str, date | None, date | None, str, Direction | None]:
    """Give type, value, first and last day, basis and direction of an expression."""
    quarter = _compare(meaning, reported) if reported else None
    if quarter:
        basis = f"counted from '{' '.join(reported.text.split())}'"
        return "DATE", quarter.value, quarter.first, quarter.last, basis, None
    period, basis = _place(meaning, reference, direction, previous)
    way: Direction | None = None
    if needs_direction(meaning):
        way = _read_way(period, reference, direction) if period and reference else _as_direction(direction)
    if meaning.kind == "span" or meaning.value is not None:
        value = meaning.value or duration_value(meaning.unit, meaning.count)
    else:
        value = period.value if period else _open_value(meaning)
    if meaning.type == "TIME":
        value = _time_value(value, meaning.part)
    if period is None:
        return meaning.type, value, None, None, basis, way
    return meaning.type, value, period.first, period.last, basis, way


def _place(
    meaning: Meaning, reference: Reference | None, direction: Cue | None, previous: Timex | None
) -> tuple[Period | None, str]:
    explicit = place_explicit(meaning)
    if explicit and meaning.kind == "point" and reference:
        point = place_point(meaning, reference.earliest, reference.latest)
        return point, _say_basis(meaning, point, reference)
    if explicit:
        if meaning.kind == "either_day" and reference:
            explicit = choose_reading(explicit, reference.earliest, reference.latest)
        if meaning.modifier == "so far" and reference and explicit.first <= reference.latest <= explicit.last:
            return explicit._replace(last=reference.latest), "so far in the year named in the text"
        return narrow(explicit, meaning.modifier, None), "date in full in the text"
    if previous and previous.earliest and previous.latest and meaning.kind in _ANAPHORIC:
        before = Period(previous.value, previous.earliest, previous.latest)
        return place_after(meaning, before), f"counted from '{' '.join(previous.text.split())}'"
    if meaning.kind in _UNDATED:
        return None, _UNDATED[meaning.kind]
    if (meaning.kind, meaning.unit) == ("other_unit", "day"):
        return None, "no date before it to count from"
    if reference is None:
        return None, "publication day unknown"
    days = dict.fromkeys((reference.earliest, reference.latest))
    ends = [end for day in days for end in place_readings(meaning, day, direction)]
    known = [end for end in ends if end]
    if len(known) < len(ends):
        return None, "no such day"
    value = known[0].value if len({end.value for end in known}) == 1 else _open_value(meaning)
    period = Period(value, min(end.first for end in known), max(end.last for end in known))
    return period, _say_basis(meaning, period, reference, direction)


def _compare(meaning: Meaning, reported: Timex) -> Period | None:
    """The quarter that a report compares with the one it is about; None for any other expression."""
    year = reported.earliest.year
    if meaning.kind == "reported":
        return unit_period(reported.earliest, "quarter")
    if meaning.kind == "year" and meaning.unit == "quarter":
        return quarter_period(meaning.year, (reported.earliest.month + 2) // 3)
    if meaning.kind in ("ago", "apart") and (meaning.unit, meaning.count, meaning.shift) == ("year", 1, -1):
        return quarter_period(year - 1, (reported.earliest.month + 2) // 3) if year > 1 else None
    return None


_UNDATED = {
    "duration": "a length of time, not placed in the calendar",
    "set": "repeated, not one date",
    "reference": "no calendar date",
    "reported": "the text names no quarter that it reports on",
    "clock": "a time of day without a date",
}


def _say_basis(meaning: Meaning, period: Period, reference: Reference, cue: Cue | None = None) -> str:
    published = "publication day" if reference.earliest == reference.latest else "publication interval"
    if needs_direction(meaning):
        way = _read_way(period, reference, cue)
        return f"nearest in the {way} of the {published}" if way else f"either side of the {published}"
    return f"counted from the {published}"


def _read_way(period: Period, reference: Reference, cue: Cue | None) -> Direction | None:
    astride = period.first < reference.earliest and reference.latest < period.last
    if cue in ("open", "onward") and astride:
        return None
    ahead = period.first > reference.latest or (cue == "future" and period.last > reference.latest)
    return "future" if ahead else "past"


def _as_direction(cue: Cue | None) -> Direction | None:
    return {"open": None, "onward": "future", None: "past"}.get(cue, cue)


def _time_value(value: str, part: str | None) -> str:
    return f"{value}T{part}" if part else value


def _open_value(meaning: Meaning) -> str:
    """The TIMEX3 value with X for what is not known."""
    match meaning.kind:
        case "weekday" | "other_weekday":
            return f"XXXX-WXX-{meaning.weekday + 1}"
        case "today" | "clock":
            return "XXXX-XX-XX"
        case "day" | "either_day":
            year = "XXXX" if meaning.year is None else f"{meaning.year:04}"
            return f"{year}-{meaning.month:02}-{meaning.day:02}"
        case "holiday" | "week_of_month":
            return "XXXX"
        case "month":
            return f"XXXX-{meaning.month:02}"
        case "season":
            return f"XXXX-{meaning.part}"
        case "quarter":
            return f"XXXX-Q{meaning.count}"
        case "half":
            return f"XXXX-H{meaning.count}"
        case "ago" | "apart" if meaning.count is None:
            return "PAST_REF" if meaning.shift == -1 else "FUTURE_REF"
    shapes = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX",
              "quarter": "XXXX-QX"}  # fmt: skip
    return shapes.get(meaning.unit or "", "XXXX")
