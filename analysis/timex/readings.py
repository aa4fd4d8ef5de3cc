"""Read the tokens that a rule of the date grammar matched: one function for each kind of expression."""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.timex.holidays import MOVABLE
from analysis.timex.lexicon import (
    DAYPARTS,
    DAYS,
    FREQUENCIES,
    HOLIDAYS,
    MONTHS,
    REFERENCES,
    SEASONS,
    SHIFTS,
    UNITS,
    WEEKDAYS,
)
from analysis.timex.meaning import Builder, Meaning, Words
from analysis.timex.periods import duration_value


def _month(words: Words, name: str = "anymonth") -> int:
    return MONTHS[words.get(name)]


def _shift(words: Words) -> int | None:
    text = words.get("shift")
    return SHIFTS[text] if text else None


def _so_far(words: Words) -> str | None:
    return "so far" if words.get("sofar") or words.get("sofar_after") else None


def read_day(words: Words) -> Meaning | None:
    """A day and month, with its year or without, and a range of days."""
    weekday = words.get("anyweekday")
    day_to = words.integer("day_to")
    return Meaning(
        "day", year=words.integer("year4"), month=_month(words), day=words.integer("day"), day_to=day_to,
        weekday=WEEKDAYS[weekday] if weekday else None, unit=words.get("unit"),
    )  # fmt: skip


def read_numeric(words: Words) -> Meaning | None:
    """A date in figures; one whose day and month cannot be told apart keeps both readings."""
    parts = re.split(r"[-/.]", words.get("numeric_date"))
    numbers = [int(part) for part in parts]
    if len(parts[0]) == 4:
        return Meaning("day", year=numbers[0], month=numbers[1], day=numbers[2])
    year = numbers[2] if len(parts[2]) == 4 else numbers[2] + (1900 if numbers[2] > 50 else 2000)
    if year < 1000:
        return None
    if numbers[0] > 12 or numbers[0] == numbers[1]:
        return Meaning("day", year=year, month=numbers[1], day=numbers[0])
    if numbers[1] > 12:
        return Meaning("day", year=year, month=numbers[0], day=numbers[1])
    # Both could be the month: both readings are kept.
    return Meaning("either_day", year=year, month=numbers[0], day=numbers[1])


def read_holiday(words: Words) -> Meaning | None:
    """A holiday, on the same day each year or a movable one."""
    name = words.get("holiday")
    year, shift = words.integer("year4"), _shift(words)
    if name in HOLIDAYS:
        month, day = HOLIDAYS[name]
        return Meaning("day", year=year, month=month, day=day, shift=shift)
    if name not in MOVABLE:
        return None
    return Meaning("holiday", year=year, part=name, shift=shift, unit=UNITS.get(name.split()[-1]))


def read_week_of_month(words: Words) -> Meaning | None:
    """A week of a month by its number ("the last week of March")."""
    word = words.get("week_number")
    number = -1 if word in ("last", "final") else words.number("week_number")
    if number is None or not -1 <= number <= 4:
        return None
    return Meaning("week_of_month", year=words.integer("year4"), month=_month(words), count=int(number))


def read_month(words: Words) -> Meaning | None:
    """A month, with its year, with "last" or "next", or bare."""
    name = "anymonth" if words.get("anymonth") else "month"
    shift = _shift(words)
    return Meaning(
        "month", year=words.integer("year4"), month=_month(words, name), shift=shift,
        unit="year" if words.get("of_year") else None, modifier=words.get("mod"),
    )  # fmt: skip


def read_year(words: Words) -> Meaning | None:
    """A calendar year."""
    modifier = words.get("mod") or _so_far(words)
    return Meaning("year", year=words.integer("year4"), modifier=modifier)


def read_year_range(words: Words) -> Meaning | None:
    """Two years joined by a dash or slash ("2024-25")."""
    first, second = re.split(r"[-–/]", words.get("year_range"))
    last = int(second) if len(second) == 4 else int(first[:2] + second)
    if not int(first) < last <= int(first) + 99:
        return None
    return Meaning("years", year=int(first), count=last)


def read_decade(words: Words) -> Meaning | None:
    """A decade, or a century written like one ("the 1800s")."""
    figures = re.sub(r"\D", "", words.get("decade"))
    if len(figures) not in (2, 4) or figures[-1] != "0":
        return None
    year = int(figures) + (0 if len(figures) == 4 else (2000 if int(figures) < 20 else 1900))
    if not 1000 <= year <= 2990:
        return None
    kind = "century" if len(figures) == 4 and figures[-2:] == "00" and year < 2000 else "decade"
    return Meaning(kind, year=year, modifier=words.get("mod"))


def read_century(words: Words) -> Meaning | None:
    """A century by its number."""
    number = words.number("ordinal")
    if number is None or not 1 < number < 25:
        return None
    return Meaning("century", year=(int(number) - 1) * 100, modifier=words.get("mod"))


def read_weekday(words: Words) -> Meaning | None:
    """A day of the week."""
    part = words.get("daypart")
    week = words.get("week_shift")
    other = words.get("shift") in ("previous", "preceding", "following")
    return Meaning(
        "other_weekday" if other else "weekday", "TIME" if part else "DATE",
        weekday=WEEKDAYS[words.get("weekday")],
        shift=SHIFTS[week] if week else _shift(words), unit="week" if week else None,
        part=DAYPARTS[part] if part else None,
    )  # fmt: skip


def read_deictic(words: Words) -> Meaning | None:
    """Today, yesterday, tomorrow and their parts."""
    part = words.get("daypart")
    word = words.get("deictic")
    # "tonight" is a DATE in the news corpora, "yesterday evening" a TIME.
    return Meaning(
        "today",
        "TIME" if part else "DATE",
        unit="day",
        count=DAYS[word],
        part=DAYPARTS[part] if part else None,
    )


def read_daypart(words: Words) -> Meaning | None:
    """ "This morning", "last night"."""
    part = DAYPARTS[words.get("daypart")]
    count = SHIFTS[words.get("shift")]
    if words.get("shift") not in ("this", "last") or (count and part != "NI"):
        return None
    return Meaning("today", "TIME", unit="day", count=count, part=part)


def read_unit(words: Words) -> Meaning | None:
    """A calendar unit after this, last or next."""
    modifier = words.get("mod") or _so_far(words)
    unit = UNITS[words.get("singular")]
    word, shift = words.get("shift"), _shift(words) or 0
    if word in ("following", "previous", "preceding") or (word, unit) == ("next", "day"):
        return Meaning("other_unit", unit=unit, shift=shift, modifier=modifier)
    if word in ("past", "coming", "recent"):
        return Meaning("span", "DURATION", unit=unit, count=1, shift=shift)
    if word == "latest" and unit not in ("quarter", "month", "week", "year"):
        return None
    if unit == "day":
        return None
    return Meaning("unit", unit=unit, shift=shift, modifier=modifier)


def read_the_unit(words: Words) -> Meaning | None:
    """A calendar unit after "the", as in "the end of the month"."""
    unit = UNITS[words.get("singular")]
    return Meaning(
        "unit", unit=unit, shift=None if unit in ("weekend", "quarter") else 0, modifier=words.get("mod")
    )


def read_span(words: Words) -> Meaning | None:
    """A number of units up to now or from now ("the past two years")."""
    unit = UNITS[words.get("unit")]
    return Meaning("span", "DURATION", unit=unit, count=words.number("number"), shift=_shift(words) or 0)


def read_ahead(words: Words) -> Meaning | None:
    """ "The weeks ahead", "the days to come"."""
    return Meaning("span", "DURATION", unit=UNITS[words.get("unit")], shift=1)


def read_ago(words: Words) -> Meaning | None:
    """A distance from now ("three weeks ago")."""
    unit = UNITS[words.get("unit")]
    count = words.number("number")
    back = -1 if words.get("ago") else 1
    if unit in ("minute", "hour"):
        return Meaning("ago", "TIME", unit="day", count=0, shift=back)
    return Meaning("ago", unit=unit, count=count, shift=back)


def read_earlier(words: Words) -> Meaning | None:
    """A distance from the date before ("a year earlier")."""
    unit = UNITS[words.get("unit")]
    if unit in ("minute", "hour"):
        return Meaning("duration", "DURATION", value=duration_value(unit, words.number("number")))
    return Meaning("apart", unit=unit, count=words.number("number"), shift=-1 if words.get("earlier") else 1)


def read_duration(words: Words) -> Meaning | None:
    """A length of time."""
    unit = UNITS[words.get("unit")]
    count = words.number("number")
    if words.get("and_half") and count is not None:
        count += 0.5
    return Meaning("duration", "DURATION", unit=unit, count=count, value=duration_value(unit, count))


def read_rate(words: Words) -> Meaning | None:
    """A rate or a repetition ("a year", "every two weeks")."""
    unit = UNITS[words.get("unit")]
    return Meaning("set", "SET", unit=unit, value=duration_value(unit, words.number("number") or 1))


def read_set_weekday(words: Words) -> Meaning | None:
    """A weekday that comes round ("every Monday")."""
    return Meaning("set", "SET", value=f"XXXX-WXX-{WEEKDAYS[words.get('weekday')] + 1}")


def read_frequency(words: Words) -> Meaning | None:
    """An adverb of frequency."""
    return Meaning("set", "SET", value=FREQUENCIES[words.get("frequency")])


def read_reference(words: Words) -> Meaning | None:
    """A word for now, before or after."""
    return Meaning("reference", value=REFERENCES[words.get("reference")])


def read_quarter(words: Words) -> Meaning | None:
    """A quarter, or a half that names its year."""
    number = words.number("ordinal")
    kind = "half" if words.get("half") else "quarter"
    word = words.get("ordinal")
    if word in ("last", "past"):
        number = 2 if kind == "half" else 4
    if number is None or not 1 <= number <= (2 if kind == "half" else 4):
        return None
    year_shift = words.get("year_shift")
    if kind == "half" and not (year_shift or words.get("year4") or words.get("of_year")):
        return None  # the second half of a match
    return Meaning(
        kind, year=words.integer("year4"), count=int(number),
        shift=SHIFTS[year_shift] if year_shift else None,
        unit="year" if year_shift or words.get("of_year") else None,
    )  # fmt: skip


def read_year_ago_quarter(words: Words) -> Meaning | None:
    """ "The year-ago third quarter"."""
    quarter = read_quarter(words)
    return quarter and replace(quarter, shift=-1, unit="year")


def read_last_years_quarter(words: Words) -> Meaning | None:
    """ "Last year's quarter", with which a report compares."""
    return Meaning("ago", unit="year", count=1, shift=-1) if _shift(words) == -1 else None


def read_period_of_year(words: Words) -> Meaning | None:
    """ "The 1988 period": the year, or the part of it that the text reports on."""
    return Meaning("year", year=words.integer("year4"), unit="quarter")


def read_latest_period(words: Words) -> Meaning | None:
    """ "The latest period": the one that the text reports on."""
    return Meaning("reported", value="PAST_REF")


def read_month_of_year_ago(words: Words) -> Meaning | None:
    """ "The same month a year ago": a year before the month last named."""
    return Meaning("apart", unit="year", count=1, shift=-1)


def read_quarter_code(words: Words) -> Meaning | None:
    """A quarter or half by its code ("Q3 2025")."""
    number, year = words.integer("figure"), words.integer("year4")
    kind = "quarter" if words.get("quarter_code") == "q" else "half"
    if not number or number > (4 if kind == "quarter" else 2) or (kind == "half" and year is None):
        return None
    return Meaning(kind, year=year, count=number)


def read_season(words: Words) -> Meaning | None:
    """A season."""
    return Meaning(
        "season", year=words.integer("year4"), part=SEASONS[words.get("season")], shift=_shift(words),
        unit="year" if words.get("of_year") else None, modifier=words.get("mod"),
    )  # fmt: skip


def read_year_to(words: Words) -> Meaning | None:
    """A stretch that ends in a named month ("the year to March 2025")."""
    unit = UNITS[words.get("unit") or words.get("units")]
    count = words.number("number") or 1
    return Meaning(
        "span_to", "DURATION", year=words.integer("year4"), month=_month(words), day=words.integer("day"),
        unit=unit, count=count, value=duration_value(unit, count),
    )  # fmt: skip


def read_clock(words: Words) -> Meaning | None:
    """A time of day."""
    text = words.get("time") or ""
    noon = {"noon": "12:00", "midday": "12:00", "midnight": "24:00"}.get(text)
    if noon:
        return Meaning("clock", "TIME", part=noon)
    hour, minute = (int(part) for part in [*re.split("[:.]", text), "0"][:2])
    half = (words.get("ampm") or "").replace(".", "")
    if hour > 24 or (half and hour > 12):
        return None
    if half == "pm" and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    return Meaning("clock", "TIME", part=f"{hour:02}:{minute:02}")


def read_point(words: Words) -> Meaning | None:
    """The same point or period of another year."""
    shift = -1 if words.get("shift") in ("last", "previous") or words.get("ago") else None
    year = words.integer("year4")
    if year is None and shift is None:
        return None
    units = {"point": "day", "stage": "day", "date": "day", "time": "time"}
    return Meaning("point", year=year, shift=shift, unit=units.get(words.get("point"), "year"))


def read_unit_before(words: Words) -> Meaning | None:
    """ "The year before", where nothing follows that it is before."""
    return Meaning("other_unit", unit=UNITS[words.get("singular")], shift=-1)


def read_first(words: Words) -> Meaning | None:
    """The first months, weeks or days of a year."""
    unit, count = UNITS[words.get("unit")], words.number("number")
    year = words.integer("year4")
    shift = None if year else _shift(words) or 0
    kind = "first" if count and unit in ("day", "week", "month", "quarter") else "duration"
    return Meaning(
        kind, "DURATION", year=year, unit=unit, count=count, shift=shift, value=duration_value(unit, count)
    )


def read_same(words: Words) -> Meaning | None:
    """ "That day", "the same month"."""
    return Meaning("same_unit", unit=UNITS[words.get("singular")])


def read_same_in_year(words: Words) -> Meaning | None:
    """ "The same month last year", "the same week in 2024"."""
    unit = UNITS[words.get("singular")]
    if unit not in ("day", "week", "month", "quarter"):
        return None
    return Meaning("same_in_year", year=words.integer("year4"), unit=unit, shift=_shift(words))


def read_bare_daypart(words: Words) -> Meaning | None:
    """A part of a day that is not named."""
    return Meaning("clock", "TIME", part=DAYPARTS[words.get("daypart")])


def read_year_ago(words: Words) -> Meaning | None:
    """ "Year-ago", "year-earlier" before a noun."""
    return Meaning("ago", unit=UNITS[words.get("unit")], count=1, shift=-1)


def refer(value: str) -> Builder:
    """Make a builder for a phrase that stands for now, the past or the future."""
    return lambda words: Meaning("reference", value=value)


def read_day_off(words: Words) -> Meaning | None:
    """The day before or after today, yesterday or tomorrow."""
    sign = -1 if words.get("before") else 1
    return Meaning("today", unit="day", count=DAYS[words.get("deictic")] + sign)
