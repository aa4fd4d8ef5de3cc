"""Turn what a date expression says into a TIMEX3 value and a calendar interval.

A reference is the day that the text counts from: where that is only known as an interval, an expression
is resolved from both of its ends, and its own interval covers both answers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from analysis.timex.grammar import Meaning, find_expressions
from analysis.timex.periods import (
    Period,
    century_period,
    day_period,
    decade_period,
    half_period,
    month_period,
    of_day,
    quarter_period,
    season_period,
    shift_day,
    unit_period,
    week_period,
    weekend_period,
    year_period,
)

Direction = Literal["past", "future"]


@dataclass(frozen=True)
class Timex:
    """A date expression with its TIMEX3 type and value.

    ``earliest`` and ``latest`` are days, both set or both None: unknown stays unknown. ``basis`` says what
    the interval rests on; ``direction`` is the way the expression was read, None where it says that itself.
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


# In days: how far off a date without a year must be for its other reading, this close, to be taken.
_FAR, _CLOSE = 240, 90
# How many characters after a date "a year earlier" may still look back at it.
_NEAR = 300
# Kinds that look back at the last date mentioned, not at the day of publication.
_ANAPHORIC = ("apart", "other_unit", "same_unit")


def find_timexes(
    text: str,
    reference: Reference | None = None,
    *,
    direct: Callable[[int, int], Direction | None] | None = None,
) -> list[Timex]:
    """Find the date expressions of a text and resolve them.

    Args:
        text: Plain text.
        reference: The day or days that it was published on; without it only explicit dates get an interval.
        direct: A function ``(start, end) -> "past" | "future" | None`` that says which way the clause points
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
    for start, end, meaning in find_expressions(text):
        direction = direct(start, end) if direct and needs_direction(meaning) else None
        near = previous if previous and _is_near(text, previous.end, start) else None
        timex = resolve(meaning, reference, direction=direction, previous=near)
        timex = Timex(start, end, text[start:end], *timex, meaning)
        found.append(timex)
        if timex.type in ("DATE", "TIME") and timex.earliest and meaning.kind != "apart":
            previous = timex
    return found


def _is_near(text: str, end: int, start: int) -> bool:
    return start - end < _NEAR and "\n" not in text[end:start]


def needs_direction(meaning: Meaning) -> bool:
    """Whether the words leave open if the past or the coming one is meant ("on Thursday", "in May")."""
    if meaning.shift is not None or meaning.year is not None:
        return False
    # A quarter is nearly always reported on: "expects to publish third-quarter results" looks back.
    return meaning.kind in ("day", "month", "season", "weekday", "unit")


def resolve(
    meaning: Meaning,
    reference: Reference | None,
    *,
    direction: Direction | None = None,
    previous: Timex | None = None,
) -> tuple[str, str, date | None, date | None, str, Direction | None]:
    """Give type, value, first and last day, basis and direction of an expression."""
    period, basis = _place(meaning, reference, direction, previous)
    way: Direction | None = None
    if needs_direction(meaning):
        way = _read_way(period.first, reference) if period and reference else direction or "past"
    if meaning.kind == "span" or meaning.value is not None:
        value = meaning.value or _span_value(meaning)
    else:
        value = period.value if period else _open_value(meaning)
    if meaning.type == "TIME":
        value = _time_value(value, meaning.part)
    if period is None:
        return meaning.type, value, None, None, basis, way
    return meaning.type, value, period.first, period.last, basis, way


def _place(
    meaning: Meaning, reference: Reference | None, direction: Direction | None, previous: Timex | None
) -> tuple[Period | None, str]:
    explicit = _place_explicit(meaning)
    if explicit:
        if meaning.modifier == "so far" and reference and explicit.first <= reference.latest <= explicit.last:
            return explicit._replace(last=reference.latest), "so far in the year named in the text"
        return _narrow(explicit, meaning.modifier, None), "date in full in the text"
    if previous and previous.earliest and previous.latest and _looks_back(meaning, previous):
        return _place_after(meaning, previous), f"counted from '{' '.join(previous.text.split())}'"
    if meaning.kind in ("duration", "set", "reference", "clock"):
        return None, _UNDATED[meaning.kind]
    if reference is None:
        return None, "publication day unknown"
    ends = [
        _place_from(meaning, day, direction) for day in dict.fromkeys((reference.earliest, reference.latest))
    ]
    known = [end for end in ends if end]
    if len(known) < len(ends):
        return None, "no such day"
    value = known[0].value if len({end.value for end in known}) == 1 else _open_value(meaning)
    period = Period(value, min(end.first for end in known), max(end.last for end in known))
    return period, _say_basis(meaning, period, reference)


def _looks_back(meaning: Meaning, previous: Timex) -> bool:
    if meaning.kind == "ago" and meaning.unit == "year" and meaning.count == 1:
        # "third-quarter profit fell from 3m a year ago": the quarter a year before
        return previous.meaning.kind == "quarter"
    return meaning.kind in _ANAPHORIC


_UNDATED = {
    "duration": "a length of time, not placed in the calendar",
    "set": "repeated, not one date",
    "reference": "no calendar date",
    "clock": "a time of day without a date",
}


def _say_basis(meaning: Meaning, period: Period, reference: Reference) -> str:
    published = "publication day" if reference.earliest == reference.latest else "publication interval"
    if needs_direction(meaning):
        return f"nearest in the {_read_way(period.first, reference)} of the {published}"
    return f"counted from the {published}"


def _read_way(first: date, reference: Reference) -> Direction:
    return "future" if first > reference.latest else "past"


def _place_explicit(meaning: Meaning) -> Period | None:
    if meaning.year is None:
        return None
    year = meaning.year
    match meaning.kind:
        case "day":
            return _days(year, meaning)
        case "either_day":
            readings = [
                day_period(year, meaning.month, meaning.day),
                day_period(year, meaning.day, meaning.month),
            ]
            days = sorted(period.first for period in readings if period)
            return Period(f"{year}", days[0], days[-1]) if days else None
        case "month":
            return month_period(year, meaning.month)
        case "year":
            return year_period(year)
        case "years":
            last = int(meaning.count)
            return Period(f"{year}/{last}", date(year, 1, 1), date(last, 12, 31))
        case "decade":
            return decade_period(year)
        case "century":
            return century_period(year)
        case "season":
            return season_period(year, meaning.part)
        case "quarter":
            return quarter_period(year, int(meaning.count))
        case "half":
            return half_period(year, int(meaning.count))
        case "span_to":
            return _span_to(meaning, year)
        case "point":
            return year_period(year)
    return None


def _days(year: int, meaning: Meaning) -> Period | None:
    first = day_period(year, meaning.month, meaning.day)
    if first is None or meaning.day_to is None:
        return first
    last = day_period(year, meaning.month, meaning.day_to)
    return first._replace(last=max(last.first, first.last)) if last else first


def _span_to(meaning: Meaning, year: int) -> Period | None:
    end = day_period(year, meaning.month, meaning.day) if meaning.day else month_period(year, meaning.month)
    if end is None or meaning.count is None:
        return None
    # the year to March 2025 begins on 1 April 2024
    first = shift_day(end.last + timedelta(1), meaning.unit, -meaning.count)
    return Period(meaning.value, min(first, end.last), end.last) if first else None


def _place_after(meaning: Meaning, previous: Timex) -> Period | None:
    day = previous.earliest
    if meaning.kind == "same_unit":
        if meaning.unit == "day" and previous.earliest != previous.latest:
            return Period(previous.value, previous.earliest, previous.latest)
        return unit_period(day, meaning.unit)
    if meaning.kind == "other_unit":
        moved = shift_day(day, meaning.unit, meaning.shift)
        return unit_period(moved, meaning.unit) if moved else None
    if meaning.count is None:
        return None
    moved = shift_day(day, meaning.unit, meaning.shift * meaning.count)
    if moved is None:
        return None
    # A year before a quarter is a quarter, before a day a day: the coarser of the two units.
    length = (previous.latest - previous.earliest).days + 1
    for unit, days in (("year", 300), ("quarter", 85), ("month", 27), ("week", 6)):
        if length >= days:
            return unit_period(moved, unit)
    return unit_period(moved, meaning.unit if meaning.unit != "fortnight" else "week")


def _place_from(meaning: Meaning, day: date, direction: Direction | None) -> Period | None:
    match meaning.kind:
        case "weekday":
            return _place_weekday(meaning, day, direction)
        case "today":
            moved = shift_day(day, "day", meaning.count)
            return of_day(moved) if moved else None
        case "day" | "month" | "season" | "quarter" | "half" | "span_to":
            return _place_in_year(meaning, day, direction)
        case "unit":
            return _place_unit(meaning, day, direction)
        case "other_unit" | "same_unit":
            moved = shift_day(day, meaning.unit, meaning.shift or 0)
            return unit_period(moved, meaning.unit) if moved else None
        case "ago" | "apart":
            return _place_ago(meaning, day)
        case "span":
            return _place_span(meaning, day)
        case "point":
            moved = shift_day(day, "year", meaning.shift)
            return unit_period(moved, meaning.unit) if moved else None
    return None


def _place_weekday(meaning: Meaning, day: date, direction: Direction | None) -> Period:
    if meaning.unit == "week":
        week = week_period(day + timedelta(7 * meaning.shift))
        return of_day(week.first + timedelta(meaning.weekday))
    back = (day.weekday() - meaning.weekday) % 7
    ahead = (meaning.weekday - day.weekday()) % 7
    if meaning.shift == 1:
        return of_day(day + timedelta(ahead or 7))
    if meaning.shift == -1:
        return of_day(day - timedelta(back or 7))
    if meaning.shift == 0:
        return of_day(week_period(day).first + timedelta(meaning.weekday))
    return of_day(day + timedelta(ahead) if direction == "future" else day - timedelta(back))


def _place_in_year(meaning: Meaning, day: date, direction: Direction | None) -> Period | None:
    if meaning.unit == "year" and meaning.shift is not None:
        return _narrow(_in_year(meaning, day.year + meaning.shift), meaning.modifier, day)
    # 29 February and the like: look a few years either way
    years = range(max(1, day.year - 8), day.year + 9)
    periods = [period for year in years if (period := _in_year(meaning, year))]
    if meaning.shift == 0:
        near = [period for period in periods if period.first.year == day.year]
    elif meaning.shift == 1 or (meaning.shift is None and direction == "future"):
        near = [p for p in periods if p.last >= day and not (meaning.shift == 1 and p.first <= day)][:1]
    else:
        near = [p for p in periods if p.first <= day and not (meaning.shift == -1 and p.last >= day)][-1:]
    if meaning.shift is None and (meaning.kind == "day" or (meaning.kind == "month" and direction is None)):
        near = _take_nearer(near, periods, day)
    return _narrow(near[0], meaning.modifier, day) if near else None


def _take_nearer(chosen: list[Period], periods: list[Period], day: date) -> list[Period]:
    """Trust the calendar over the tense where one reading is far off and the other close by.

    On 30 October "was extended to November 16" is two weeks ahead, whatever the verb; a date that is
    nearly a year away would be given with its year.
    """
    if not chosen:
        return chosen
    nearest = min(periods, key=lambda period: _distance(period, day))
    far, close = _distance(chosen[0], day), _distance(nearest, day)
    return [nearest] if far > _FAR and close < _CLOSE else chosen


def _distance(period: Period, day: date) -> int:
    return max(0, (period.first - day).days, (day - period.last).days)


def _in_year(meaning: Meaning, year: int) -> Period | None:
    match meaning.kind:
        case "day":
            return _days(year, meaning)
        case "month":
            return month_period(year, meaning.month)
        case "season":
            return season_period(year, meaning.part)
        case "quarter":
            return quarter_period(year, int(meaning.count))
        case "half":
            return half_period(year, int(meaning.count))
        case "span_to":
            return _span_to(meaning, year)
    return None


def _place_unit(meaning: Meaning, day: date, direction: Direction | None) -> Period | None:
    shift = meaning.shift
    if shift is None:
        if meaning.unit == "weekend":
            # On Monday "the weekend" is the one before; from Saturday on it is this one.
            shift = 0 if direction == "future" or day.weekday() >= 5 else -1
        else:
            shift = 0 if direction == "future" else -1
    elif meaning.unit == "weekend" and shift == -1 and day.weekday() < 5:
        return weekend_period(day - timedelta(7))
    moved = shift_day(day, meaning.unit, shift)
    return _narrow(unit_period(moved, meaning.unit), meaning.modifier, day) if moved else None


def _place_ago(meaning: Meaning, day: date) -> Period | None:
    if meaning.count is None:
        # "weeks ago": the past, no telling when
        return None
    moved = shift_day(day, meaning.unit, meaning.shift * meaning.count)
    return unit_period(moved, meaning.unit) if moved else None


def _place_span(meaning: Meaning, day: date) -> Period | None:
    if meaning.count is None or meaning.shift == 0:
        return None
    moved = shift_day(day, meaning.unit, meaning.shift * meaning.count)
    if moved is None:
        return None
    return Period(_span_value(meaning), min(day, moved), max(day, moved))


def _narrow(period: Period | None, modifier: str | None, day: date | None) -> Period | None:
    """Cut a period by "early", "late", "so far" and the like; halves, so that the true day stays inside."""
    if period is None or modifier is None:
        return period
    first, last = period.first, period.last
    if modifier in ("earlier", "so far") and day and first <= day <= last:
        return period._replace(last=day)
    if modifier == "later" and day and first <= day <= last:
        return period._replace(first=day)
    half, quarter = timedelta(period.length // 2), timedelta(period.length // 4)
    if modifier in ("early", "start", "beginning"):
        return period._replace(last=min(last, first + half))
    if modifier in ("late", "end"):
        return period._replace(first=max(first, last - half))
    if modifier in ("mid", "middle"):
        return period._replace(first=first + quarter, last=last - quarter)
    return period


def _span_value(meaning: Meaning) -> str:
    from analysis.timex.rules import duration_value

    return duration_value(meaning.unit, meaning.count)


def _time_value(value: str, part: str | None) -> str:
    return f"{value}T{part}" if part else value


def _open_value(meaning: Meaning) -> str:
    """The TIMEX3 value with X for what is not known."""
    match meaning.kind:
        case "weekday":
            return f"XXXX-WXX-{meaning.weekday + 1}"
        case "today" | "clock":
            return "XXXX-XX-XX"
        case "day" | "either_day":
            year = "XXXX" if meaning.year is None else f"{meaning.year:04}"
            return f"{year}-{meaning.month:02}-{meaning.day:02}"
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
