"""Calendar periods with their TIMEX3 values: a day, a week, a season, a year, a century."""

from __future__ import annotations

import calendar
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import NamedTuple

SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # the month in which each begins


class Period(NamedTuple):
    """A stretch of whole days, both ends in, and the TIMEX3 value that names it."""

    value: str
    first: date
    last: date

    @property
    def length(self) -> int:
        """Number of days, at least one."""
        return (self.last - self.first).days + 1


def day_period(year: int, month: int, day: int) -> Period | None:
    """One day; nothing for a day that no calendar has (31 June)."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Period(found.isoformat(), found, found)


def of_day(day: date) -> Period:
    """One day as a period."""
    return Period(day.isoformat(), day, day)


def months_period(value: str, year: int, month: int, count: int) -> Period:
    """``count`` whole months from the first of ``month`` (1 to 12)."""
    index = year * 12 + month - 1 + count - 1
    last_year, last_month = min(index // 12, MAXYEAR), index % 12 + 1
    last = date(last_year, last_month, calendar.monthrange(last_year, last_month)[1])
    return Period(value, date(year, month, 1), last)


def month_period(year: int, month: int) -> Period:
    """A calendar month."""
    return months_period(f"{year:04}-{month:02}", year, month, 1)


def quarter_period(year: int, quarter: int) -> Period:
    """A calendar quarter, 1 to 4."""
    return months_period(f"{year:04}-Q{quarter}", year, 3 * quarter - 2, 3)


def half_period(year: int, half: int) -> Period:
    """A half of a calendar year, 1 or 2."""
    return months_period(f"{year:04}-H{half}", year, 6 * half - 5, 6)


def season_period(year: int, season: str) -> Period:
    """A meteorological season; the winter of a year begins in its December."""
    return months_period(f"{year:04}-{season}", year, SEASONS[season], 3)


def year_period(year: int) -> Period:
    """A calendar year."""
    return Period(f"{year:04}", date(year, 1, 1), date(year, 12, 31))


def decade_period(year: int) -> Period:
    """The ten years that hold ``year``: the 1980s are "198"."""
    start = max(MINYEAR, year // 10 * 10)
    return Period(f"{year // 10:03}", date(start, 1, 1), date(min(MAXYEAR, year // 10 * 10 + 9), 12, 31))


def century_period(year: int) -> Period:
    """The hundred years that share the first two figures of ``year``."""
    start = max(MINYEAR, year // 100 * 100)
    return Period(f"{year // 100:02}", date(start, 1, 1), date(min(MAXYEAR, year // 100 * 100 + 99), 12, 31))


def week_period(day: date) -> Period:
    """The ISO week (Monday to Sunday) that holds a day."""
    year, week, weekday = day.isocalendar()
    first = day - timedelta(weekday - 1)
    return Period(f"{year:04}-W{week:02}", first, first + timedelta(6))


def weekend_period(day: date) -> Period:
    """Saturday and Sunday of the ISO week that holds a day."""
    week = week_period(day)
    return Period(f"{week.value}-WE", week.last - timedelta(1), week.last)


def unit_period(day: date, unit: str) -> Period:
    """The calendar unit that holds a day: day, week, weekend, month, quarter, half, year, decade, century."""
    makers = {
        "day": lambda: of_day(day),
        "week": lambda: week_period(day),
        "fortnight": lambda: week_period(day),
        "weekend": lambda: weekend_period(day),
        "month": lambda: month_period(day.year, day.month),
        "quarter": lambda: quarter_period(day.year, (day.month + 2) // 3),
        "half": lambda: half_period(day.year, (day.month + 5) // 6),
        "year": lambda: year_period(day.year),
        "decade": lambda: decade_period(day.year),
        "century": lambda: century_period(day.year),
    }
    return makers[unit]()


_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
_DAYS = {"day": 1, "week": 7, "fortnight": 14, "weekend": 7}


def shift_day(day: date, unit: str, count: float) -> date | None:
    """Move a day by a number of units; nothing where the calendar ends.

    A day that the new month lacks becomes its last day: a month before 31 March is 28 February.
    """
    try:
        if unit in _DAYS:
            return day + timedelta(round(_DAYS[unit] * count))
        if unit not in _MONTHS:
            return day
        index = day.year * 12 + day.month - 1 + round(_MONTHS[unit] * count)
        year, month = index // 12, index % 12 + 1
        return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    except (OverflowError, ValueError):
        return None


_CODES = {
    "minute": "TM", "hour": "TH", "day": "D", "week": "W", "weekend": "WE", "month": "M", "quarter": "Q",
    "year": "Y", "decade": "E", "century": "C",
}  # fmt: skip


def duration_value(unit: str, count: float | None) -> str:
    """The TIMEX3 value of a length of time: P2Y, PT5H, PXM where the number is vague."""
    if unit == "fortnight":
        unit, count = "week", None if count is None else count * 2
    code = _CODES[unit]
    number = "X" if count is None else f"{count:g}"
    if unit in ("decade", "century") and count is not None:
        number, code = f"{count * (10 if unit == 'decade' else 100):g}", "Y"
    return f"PT{number}{code[1:]}" if code.startswith("T") else f"P{number}{code}"
