"""One date as a field holds it, in whatever form, to an ISO day; what is doubtful is told, never guessed.

The day is the one that is written: a time zone moves nothing. Month and weekday names are read in English,
German, French, Spanish, Dutch, Italian and Portuguese.
"""

from __future__ import annotations

import datetime
import re
import unicodedata

FIRST_YEAR = 1800
# A paper may carry the date of its next issue.
_AHEAD = datetime.timedelta(days=7)
_MAX_LENGTH = 80  # characters: a longer value is no date

# The same month in seven languages, without accents; short forms without their full stop.
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jaenner janner janvier janv enero ene januari gennaio gen janeiro",
            "february feb februar fevrier fevr fev febrero februari febbraio febr fevereiro",
            "march mar marz maerz mrz mars marzo maart mrt marco",
            "april apr avril avr abril abr aprile",
            "may mai mayo mei maggio mag maio",
            "june jun juni juin junio giugno giu junho",
            "july jul juli juillet juil julio luglio lug julho",
            "august aug aout agosto ago augustus",
            "september sept sep septembre septiembre settembre set setembro",
            "october oct oktober okt octobre octubre ottobre ott outubro out",
            "november nov novembre noviembre novembro",
            "december dec dezember dez decembre diciembre dic dicembre dezembro",
        ),
        1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon montag lundi lunes maandag lunedi segunda",
            "tuesday tue tues dienstag mardi martes dinsdag martedi terca",
            "wednesday wed mittwoch mercredi miercoles woensdag mercoledi quarta",
            "thursday thu thur thurs donnerstag jeudi jueves donderdag giovedi quinta",
            "friday fri freitag vendredi viernes vrijdag venerdi sexta",
            "saturday sat samstag sonnabend samedi sabado zaterdag sabato",
            "sunday sun sonntag dimanche domingo zondag domenica",
        )
    )
    for name in names.split()
}
# Words that say nothing in a date: articles, "at", time zones, "Uhr", the end of "segunda-feira".
_FILLERS = frozenset(
    "the of on at a as de del di den der le il el o am um op feira uhr h z gmt utc bst est edt cst cdt mst "
    "mdt pst pdt cet cest wet west aest aedt ist et pt ct".split()
)
_CLOCK = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?"
_ZONE = r"(?:Z|UTC|GMT|\(?[A-Z]{2,5}\)?)?(?:[+-][0-9]{2}:?(?:[0-9]{2})?)?(?: ?\([A-Za-z ]{2,40}\))?"
_YEAR_FIRST = re.compile(
    rf"([0-9]{{4}})([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}})(?:(?:[Tt]|,? +){_CLOCK}(?: ?[AaPp][Mm])?)? ?{_ZONE}"
)
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T?[0-9]{4}(?:[0-9]{2})?(?:\.[0-9]+)?Z?)?")
_YEAR_LAST = re.compile(
    rf"([0-9]{{1,2}})([-/.])([0-9]{{1,2}})\2([0-9]{{4}})(?:,? +{_CLOCK}(?: ?[AaPp][Mm])?)? ?{_ZONE}"
)
_TIME = re.compile(
    rf"(?<![0-9:.])(?:{_CLOCK}(?: ?[ap]\.?m\b\.?)?|[0-9]{{1,2}}(?:[.h][0-9]{{2}})? ?(?:[ap]\.?m\b\.?|uhr\b)"
    r"|(?<=at )[0-9]{1,2}h[0-9]{2}|[0-9]{1,2}h[0-9]{2}"
    # "18.41" may be a day and a month: only a zone behind it says that it is a clock's.
    r"|[0-9]{1,2}\.[0-9]{2}(?= ?(?:gmt|utc|bst|est|edt|aest|aedt|cet|cest)\b))"
)
_OFFSET = re.compile(r"(?<=:[0-9]{2}) ?(?:gmt|utc)?[+-][0-9]{2}:?[0-9]{2}\b(?: ?\([a-z ]{2,40}\))?")
_ORDINAL = re.compile(r"(?<=[0-9])(?:st|nd|rd|th|er|º|ª|°)(?![a-z])")
_WORD = re.compile(r"[^\W\d_]+|[0-9]+")
_SEPARATORS = re.compile(r"[\s,.;|/·•()–—-]*")

NO_DATE = "which is not a date"


def read_day(value: str, *, not_after: datetime.date | None = None) -> tuple[str | None, str | None]:
    """Read one date.

    Args:
        value: A date alone, with or without weekday, time and zone: "2025-07-17T10:00:00Z", "Mon, 06 Mar
            2017 04:02:06 GMT", "July 17, 2025", "Mittwoch 31. August 2011", "20230114".
        not_after: The last day that it can be (the day of the scrape); a week from today if None.

    Returns:
        The ISO day, and None; or None, and what was wrong as a relative clause that goes after the value
        ("which lies in the future"). Both are None for an empty value.

    Example:
        >>> read_day("Thursday 17 July 2025")
        ('2025-07-17', None)
        >>> read_day("03/04/2025")
        (None, 'which may be 3 April or 4 March 2025')
    """
    value = " ".join(value.split()) if len(value) <= 10 * _MAX_LENGTH else value
    if not value:
        return None, None
    if len(value) > _MAX_LENGTH:
        return None, NO_DATE
    parts, wrong = _read_figures(value) or _read_words(value)
    if parts is None:
        return None, wrong
    return _check(*parts, not_after or datetime.date.today() + _AHEAD)


def read_unix_day(seconds: float, *, not_after: datetime.date | None = None) -> tuple[str | None, str | None]:
    """The UTC day of seconds since 1970, for a field known to hold them; see :func:`read_day`."""
    try:
        day = datetime.datetime.fromtimestamp(seconds, datetime.UTC).date()
    except (OverflowError, ValueError, OSError):
        return None, NO_DATE
    return _check(day.year, day.month, day.day, None, not_after or datetime.date.today() + _AHEAD)


_Parts = tuple[int, int, int, int | None]


def _read_figures(value: str) -> tuple[_Parts | None, str | None] | None:
    """Year, month and day of a date in figures; None where the value has another form."""
    match = _YEAR_FIRST.fullmatch(value)
    if match:
        return (int(match[1]), int(match[3]), int(match[4]), None), None
    match = _COMPACT.fullmatch(value)
    if match:
        return (int(match[1]), int(match[2]), int(match[3]), None), None
    match = _YEAR_LAST.fullmatch(value)
    if match is None:
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if first > 12 or first == second:
        return (year, second, first, None), None
    if second > 12:
        return (year, first, second, None), None
    if not (first and second):
        return None, NO_DATE
    names = list(_ENGLISH)
    return None, f"which may be {first} {names[second - 1]} or {second} {names[first - 1]} {year}"


_ENGLISH = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def _read_words(value: str) -> tuple[_Parts | None, str | None]:
    """Year, month, day and weekday of a date that names its month."""
    plain = unicodedata.normalize("NFKD", value.casefold())
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    plain = _TIME.sub(" ", _OFFSET.sub(" ", _ORDINAL.sub("", plain)))
    words = _WORD.findall(plain)
    if not _SEPARATORS.fullmatch(_WORD.sub("", plain)):
        return None, NO_DATE
    weekdays = [word for word in words if word in _WEEKDAYS]
    rest = [word for word in words if word not in _WEEKDAYS and word not in _FILLERS]
    months = [n for n, word in enumerate(rest) if word in _MONTHS]
    if len(months) == 2 and months[0] == 0 and rest[0] == "mar":
        # "mar. 17 juin 2025": a Tuesday in French, Spanish and Italian
        weekdays, rest, months = ["tuesday", *weekdays], rest[1:], [months[1] - 1]
    if len(months) != 1 or len(set(weekdays)) > 1 or not all(w.isdecimal() or w in _MONTHS for w in rest):
        return None, NO_DATE
    figures = [word for word in rest if word.isdecimal()]
    month = _MONTHS[rest[months[0]]]
    weekday = _WEEKDAYS[weekdays[0]] if weekdays else None
    days = [int(word) for word in figures if len(word) <= 2]
    years = [int(word) for word in figures if len(word) == 4]
    if len(figures) == 2 and len(days) == len(years) == 1 and months[0] < 2:
        return (years[0], month, days[0], weekday), None
    if len(days) == 1 and len(figures) == 1:
        return None, "which names no year"
    if len(years) == 1 and len(figures) == 1:
        return None, "which names no day"
    if len(days) == len(figures) == 2:
        return None, "which gives its year in two figures"
    return None, NO_DATE


def _check(
    year: int, month: int, day: int, weekday: int | None, latest: datetime.date
) -> tuple[str | None, str | None]:
    if year < FIRST_YEAR:
        return None, f"which lies before {FIRST_YEAR}"
    try:
        found = datetime.date(year, month, day)
    except ValueError:
        return None, "which is no day of the calendar"
    if found > latest:
        return None, f"which lies after {latest.isoformat()}, the last day that it can be"
    if weekday is not None and found.weekday() != weekday:
        return None, f"which names the wrong weekday: it is a {found:%A}"
    return found.isoformat(), None
