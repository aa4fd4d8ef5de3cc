"""Where in the calendar an expression lies: by itself, from a day, or from the date before it."""

from __future__ import annotations

import math
from datetime import date, timedelta

from analysis.timex.holidays import find_holiday
from analysis.timex.meaning import Cue, Direction, Meaning
from analysis.timex.periods import (
    Period,
    century_period,
    day_period,
    decade_period,
    duration_value,
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

# In days: how far off a date without a year must be for its other reading, this close, to be taken.
_FAR, _CLOSE = 270, 90
# In days: how near publication a date in figures must be to be taken for the one meant.
_AT_HAND = 14
# The most that a vague plural stands for: ten weeks would be called months.
_VAGUE = {"day": 9, "week": 9, "month": 11}


def place_explicit(meaning: Meaning) -> Period | None:
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
        case "season" | "quarter" | "half" | "span_to" | "holiday" | "week_of_month" | "first":
            return _in_year(meaning, year)
        case "point":
            return year_period(year)
    return None


def choose_reading(period: Period, first: date, last: date) -> Period:
    """Of "7/8" and the like the day near the days of publication, where the other one is far from them."""
    ends = [of_day(period.first), of_day(period.last)]
    far = [max(0, (end.first - last).days, (first - end.first).days) for end in ends]
    if min(far) <= _AT_HAND and max(far) > 2 * _AT_HAND:
        return ends[far.index(min(far))]
    return period


def _days(year: int, meaning: Meaning) -> Period | None:
    first = day_period(year, meaning.month, meaning.day)
    if first and meaning.unit == "week":
        return week_period(first.first)
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


def place_after(meaning: Meaning, previous: Period) -> Period | None:
    day = previous.first
    if meaning.kind == "same_unit":
        if meaning.unit == "day" and previous.first != previous.last:
            return Period(previous.value, previous.first, previous.last)
        return unit_period(day, meaning.unit)
    if meaning.kind == "same_in_year":
        return _same_in_year(meaning, day)
    if meaning.kind == "other_unit":
        moved = shift_day(day, meaning.unit, meaning.shift)
        return unit_period(moved, meaning.unit) if moved else None
    if meaning.kind == "other_weekday":
        return _place_weekday(meaning, day, None)
    if meaning.count is None:
        return None
    moved = shift_day(day, meaning.unit, meaning.shift * meaning.count)
    if moved is None:
        return None
    # A year before a quarter is a quarter, before a day a day: the coarser of the two units.
    length = (previous.last - previous.first).days + 1
    for unit, days in (("year", 300), ("quarter", 85), ("month", 27), ("week", 6)):
        if length >= days:
            return unit_period(moved, unit)
    return unit_period(moved, meaning.unit if meaning.unit != "fortnight" else "week")


def place_point(meaning: Meaning, first: date, last: date) -> Period | None:
    """ "The same point in 2024": the day and month of publication in the year named."""
    if meaning.unit == "year" or first.year != last.year:
        return year_period(meaning.year)
    days = [shift_day(day, "year", meaning.year - day.year) for day in (first, last)]
    value = days[0].isoformat() if meaning.unit == "day" and days[0] == days[1] else f"{meaning.year:04}"
    return Period(value, *days)


def _same_in_year(meaning: Meaning, day: date) -> Period | None:
    moved = shift_day(day, "year", meaning.shift if meaning.year is None else meaning.year - day.year)
    return unit_period(moved, meaning.unit) if moved else None


def place_readings(meaning: Meaning, day: date, cue: Cue | None) -> list[Period | None]:
    """The readings that a cue leaves, counted from a day: two where it may lie on either side."""
    if cue not in ("open", "onward"):
        return [place_from(meaning, day, cue)]
    behind, ahead = place_from(meaning, day, "past"), place_from(meaning, day, "future")
    if behind is None or ahead is None or behind == ahead:
        return [behind or ahead]
    back, on = _distance(behind, day), _distance(ahead, day)
    if cue == "onward":
        return [behind, ahead] if back < _CLOSE and on > _FAR else [ahead]
    # "was due in July", said in August: of two years' Julys the one at hand
    if meaning.kind != "weekday" and 2 * min(back, on) < max(back, on):
        return [behind if back < on else ahead]
    return [behind, ahead]


def place_from(meaning: Meaning, day: date, direction: Direction | None) -> Period | None:
    match meaning.kind:
        case "weekday" | "other_weekday":
            return _place_weekday(meaning, day, direction)
        case "today":
            moved = shift_day(day, "day", meaning.count)
            return of_day(moved) if moved else None
        case "day" | "month" | "season" | "quarter" | "half" | "span_to" | "holiday" | "week_of_month":
            return _place_in_year(meaning, day, direction)
        case "first":
            return _in_year(meaning, day.year + (meaning.shift or 0))
        case "unit":
            return _place_unit(meaning, day, direction)
        case "other_unit" | "same_unit":
            moved = shift_day(day, meaning.unit, meaning.shift or 0)
            return unit_period(moved, meaning.unit) if moved else None
        case "same_in_year":
            return _same_in_year(meaning, day)
        case "ago" | "apart":
            return _place_ago(meaning, day)
        case "span":
            return _place_span(meaning, day)
        case "point":
            moved = shift_day(day, "year", meaning.shift)
            if moved and meaning.unit == "time":
                return Period(f"{moved.year:04}", moved, moved)
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
        return narrow(_in_year(meaning, day.year + meaning.shift), meaning.modifier, day)
    # "the four years to June", and the day that most years do not have
    rare = meaning.kind == "span_to" or (meaning.month, meaning.day) == (2, 29)
    reach = 8 if rare else 2
    years = range(max(1, day.year - reach), day.year + reach + 1)
    periods = [period for year in years if (period := _in_year(meaning, year))]
    if meaning.shift == 0:
        near = [period for period in periods if period.first.year == day.year]
    elif meaning.shift == 1 or (meaning.shift is None and direction == "future"):
        near = [p for p in periods if p.last >= day and not (meaning.shift == 1 and p.first <= day)][:1]
    else:
        # "the year to June" is told when it is over
        over = meaning.shift == -1 or meaning.kind == "span_to"
        near = [p for p in periods if p.first <= day and not (over and p.last >= day)][-1:]
    if meaning.shift is None and (meaning.kind == "day" or (meaning.kind == "month" and direction is None)):
        near = _take_nearer(near, periods, day)
    return narrow(near[0], meaning.modifier, day) if near else None


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
        case "holiday":
            return unit_period(find_holiday(meaning.part, year), meaning.unit or "day")
        case "week_of_month":
            return _week_of_month(meaning, year)
        case "first":
            return _first_of_year(meaning, year)
    return None


def _first_of_year(meaning: Meaning, year: int) -> Period | None:
    first = date(year, 1, 1)
    after = shift_day(first, meaning.unit, meaning.count)
    return Period(meaning.value, first, max(first, after - timedelta(1))) if after else None


def _week_of_month(meaning: Meaning, year: int) -> Period | None:
    """The week around the middle of the seven days; "the last week" ends with the month."""
    month = month_period(year, meaning.month)
    first = (
        month.last - timedelta(6) if meaning.count < 0 else month.first + timedelta(7 * (meaning.count - 1))
    )
    week = week_period(first + timedelta(3))
    return Period(week.value, min(first, week.first), max(first + timedelta(6), week.last))


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
    return narrow(unit_period(moved, meaning.unit), meaning.modifier, day) if moved else None


def _place_ago(meaning: Meaning, day: date) -> Period | None:
    if meaning.count is None:
        return _place_vague(meaning, day, nearest=1)
    moved = shift_day(day, meaning.unit, meaning.shift * meaning.count)
    if moved and meaning.unit in ("week", "fortnight"):
        return _around(moved)
    return unit_period(moved, meaning.unit) if moved else None


def _around(day: date) -> Period:
    """ "Two weeks ago" names a day, and may mean one of those beside it."""
    first, last = shift_day(day, "day", -3), shift_day(day, "day", 3)
    return Period(day.isoformat(), first or day, last or day)


def _place_span(meaning: Meaning, day: date) -> Period | None:
    if meaning.shift == 0 or meaning.unit == "minute":
        return None
    if meaning.count is None:
        return _place_vague(meaning, day, nearest=0)
    unit, count = meaning.unit, meaning.count
    if unit == "hour":
        unit, count = "day", math.ceil(count / 24)
    moved = shift_day(day, unit, meaning.shift * count)
    if moved is None:
        return None
    return Period(duration_value(meaning.unit, meaning.count), min(day, moved), max(day, moved))


def _place_vague(meaning: Meaning, day: date, *, nearest: int) -> Period | None:
    """Days for "days ago" and "in recent weeks"; none for "years ago", which may be any number."""
    if meaning.unit not in _VAGUE:
        return None
    ends = [shift_day(day, meaning.unit, meaning.shift * count) for count in (nearest, _VAGUE[meaning.unit])]
    if None in ends:
        return None
    value = "PAST_REF" if meaning.shift == -1 else "FUTURE_REF"
    return Period(value, min(ends), max(ends))


def narrow(period: Period | None, modifier: str | None, day: date | None) -> Period | None:
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
