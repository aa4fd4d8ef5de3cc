"""Holidays whose day moves from year to year."""

from __future__ import annotations

from datetime import date, timedelta

# In days from Easter Sunday.
_FROM_EASTER = {
    "good friday": -2, "easter saturday": -1, "easter": 0, "easter day": 0, "easter sunday": 0,
    "easter weekend": 0, "easter week": 0, "easter monday": 1, "easter tuesday": 2,
}  # fmt: skip
_THANKSGIVING = ("thanksgiving", "thanksgiving day")

MOVABLE = frozenset((*_FROM_EASTER, *_THANKSGIVING))


def find_holiday(name: str, year: int) -> date:
    """The day of a movable holiday, by its lower-case name, in a year.

    Example:
        >>> find_holiday("good friday", 2025), find_holiday("thanksgiving", 2025)
        (datetime.date(2025, 4, 18), datetime.date(2025, 11, 27))
    """
    if name in _THANKSGIVING:
        first = date(year, 11, 1)
        return first + timedelta((3 - first.weekday()) % 7 + 21)
    return _find_easter(year) + timedelta(_FROM_EASTER[name])


def _find_easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the anonymous algorithm that Meeus gives."""
    golden, century, rest = year % 19, year // 100, year % 100
    correction = (8 * century + 13) // 25
    epact = (19 * golden + century - century // 4 - correction + 15) % 30
    offset = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * offset) // 451
    month, day = divmod(epact + offset - 7 * late + 114, 31)
    return date(year, month, day + 1)
