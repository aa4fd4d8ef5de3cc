"""The rules of the date grammar; see :mod:`analysis.timex.grammar` for how to read one."""

from __future__ import annotations

import re

from analysis.timex.grammar import Builder, Meaning, Words
from analysis.timex.lexicon import (
    DAYPARTS,
    DAYS,
    FREQUENCIES,
    MONTHS,
    ORDINALS,
    REFERENCES,
    SEASONS,
    SHIFTS,
    UNITS,
    WEEKDAYS,
)

_MOD = "(?:<the>?{mod}(?:<dash|the|into>)*)?"
_YEAR = "(?:<comma|of>?{year4})?"
_NUMBER = "(?:{number=(?:(?:<a><vague>)|<vague>|(?:(?:<a>(?=<collective>))?<cardinal>(?:<dash|and>?<cardinal>)*(?:<of>(?=<unit|more>))?)|<a>)})"
_CODES = {
    "minute": "TM", "hour": "TH", "day": "D", "week": "W", "weekend": "WE", "month": "M", "quarter": "Q",
    "year": "Y", "decade": "E", "century": "C",
}  # fmt: skip


def _month(words: Words, name: str = "anymonth") -> int:
    return MONTHS[words.get(name)]


def _shift(words: Words) -> int | None:
    text = words.get("shift")
    return SHIFTS[text] if text else None


def _so_far(words: Words) -> str | None:
    return "so far" if words.get("sofar") or words.get("sofar_after") else None


def duration_value(unit: str, count: float | None) -> str:
    """The TIMEX3 value of a length of time: P2Y, PT5H, PXM where the number is vague."""
    if unit == "fortnight":
        unit, count = "week", None if count is None else count * 2
    code = _CODES[unit]
    number = "X" if count is None else f"{count:g}"
    if unit in ("decade", "century") and count is not None:
        number, code = f"{count * (10 if unit == 'decade' else 100):g}", "Y"
    return f"PT{number}{code[1:]}" if code.startswith("T") else f"P{number}{code}"


def _build_day(words: Words) -> Meaning | None:
    weekday = words.get("anyweekday")
    day_to = words.integer("day_to")
    return Meaning(
        "day", year=words.integer("year4"), month=_month(words), day=words.integer("day"), day_to=day_to,
        weekday=WEEKDAYS[weekday] if weekday else None,
    )  # fmt: skip


def _build_numeric(words: Words) -> Meaning | None:
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


def _build_month(words: Words) -> Meaning | None:
    name = "anymonth" if words.get("anymonth") else "month"
    shift = _shift(words)
    return Meaning(
        "month", year=words.integer("year4"), month=MONTHS[words.get(name)], shift=shift,
        unit="year" if words.get("of_year") else None, modifier=words.get("mod"),
    )  # fmt: skip


def _build_year(words: Words) -> Meaning | None:
    modifier = words.get("mod") or _so_far(words)
    return Meaning("year", year=words.integer("year4"), modifier=modifier)


def _build_year_range(words: Words) -> Meaning | None:
    first, second = re.split(r"[-–/]", words.get("year_range"))
    last = int(second) if len(second) == 4 else int(first[:2] + second)
    if not int(first) < last <= int(first) + 99:
        return None
    return Meaning("years", year=int(first), count=last)


def _build_decade(words: Words) -> Meaning | None:
    figures = re.sub(r"\D", "", words.get("decade"))
    if len(figures) not in (2, 4) or figures[-1] != "0":
        return None
    year = int(figures) + (0 if len(figures) == 4 else (2000 if int(figures) < 20 else 1900))
    if not 1000 <= year <= 2990:
        return None
    kind = "century" if len(figures) == 4 and figures[-2:] == "00" and year < 2000 else "decade"
    return Meaning(kind, year=year, modifier=words.get("mod"))


def _build_century(words: Words) -> Meaning | None:
    number = words.number("ordinal")
    if number is None or not 1 < number < 25:
        return None
    return Meaning("century", year=(int(number) - 1) * 100, modifier=words.get("mod"))


def _build_weekday(words: Words) -> Meaning | None:
    part = words.get("daypart")
    week = words.get("week_shift")
    return Meaning(
        "weekday", "TIME" if part else "DATE", weekday=WEEKDAYS[words.get("weekday")],
        shift=SHIFTS[week] if week else _shift(words), unit="week" if week else None,
        part=DAYPARTS[part] if part else None,
    )  # fmt: skip


def _build_deictic(words: Words) -> Meaning | None:
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


def _build_daypart(words: Words) -> Meaning | None:
    part = DAYPARTS[words.get("daypart")]
    count = SHIFTS[words.get("shift")]
    if words.get("shift") not in ("this", "last") or (count and part != "NI"):
        return None
    return Meaning("today", "TIME", unit="day", count=count, part=part)


def _build_unit(words: Words) -> Meaning | None:
    modifier = words.get("mod") or _so_far(words)
    unit = UNITS[words.get("singular")]
    shift = _shift(words)
    if shift is None:
        shift = 0
    word = words.get("shift")
    if word in ("following", "previous", "preceding"):
        return Meaning("other_unit", unit=unit, shift=shift, modifier=modifier)
    if word in ("past", "coming") or (word == "recent"):
        return Meaning("span", "DURATION", unit=unit, count=1, shift=shift)
    if word == "latest" and unit not in ("quarter", "month", "week", "year"):
        return None
    if unit == "day":
        return None
    return Meaning("unit", unit=unit, shift=shift, modifier=modifier)


def _build_the_unit(words: Words) -> Meaning | None:
    unit = UNITS[words.get("singular")]
    return Meaning(
        "unit", unit=unit, shift=None if unit in ("weekend", "quarter") else 0, modifier=words.get("mod")
    )


def _build_span(words: Words) -> Meaning | None:
    unit = UNITS[words.get("unit")]
    return Meaning("span", "DURATION", unit=unit, count=words.number("number"), shift=_shift(words) or 0)


def _build_ago(words: Words) -> Meaning | None:
    unit = UNITS[words.get("unit")]
    vague = not words.get("number")
    count = None if vague else words.number("number")
    back = -1 if words.get("ago") else 1
    if unit in ("minute", "hour"):
        return Meaning("ago", "TIME", unit="day", count=0, shift=back)
    return Meaning("ago", unit=unit, count=count, shift=back)


def _build_earlier(words: Words) -> Meaning | None:
    unit = UNITS[words.get("unit")]
    if unit in ("minute", "hour"):
        return Meaning("duration", "DURATION", value=duration_value(unit, words.number("number")))
    return Meaning("apart", unit=unit, count=words.number("number"), shift=-1 if words.get("earlier") else 1)


def _build_duration(words: Words) -> Meaning | None:
    unit = UNITS[words.get("unit")]
    count = words.number("number")
    if words.get("and_half") and count is not None:
        count += 0.5
    return Meaning("duration", "DURATION", unit=unit, count=count, value=duration_value(unit, count))


def _build_rate(words: Words) -> Meaning | None:
    unit = UNITS[words.get("unit")]
    return Meaning("set", "SET", unit=unit, value=duration_value(unit, words.number("number") or 1))


def _build_set_weekday(words: Words) -> Meaning | None:
    return Meaning("set", "SET", value=f"XXXX-WXX-{WEEKDAYS[words.get('weekday')] + 1}")


def _build_frequency(words: Words) -> Meaning | None:
    return Meaning("set", "SET", value=FREQUENCIES[words.get("frequency")])


def _build_reference(words: Words) -> Meaning | None:
    return Meaning("reference", value=REFERENCES[words.get("reference")])


def _build_quarter(words: Words) -> Meaning | None:
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
        kind, year=words.integer("year4"), count=int(number), shift=SHIFTS[year_shift] if year_shift else None,
        unit="year" if year_shift or words.get("of_year") else None,
    )  # fmt: skip


def _build_quarter_code(words: Words) -> Meaning | None:
    number, year = words.integer("figure"), words.integer("year4")
    kind = "quarter" if words.get("quarter_code") == "q" else "half"
    if not number or number > (4 if kind == "quarter" else 2) or (kind == "half" and year is None):
        return None
    return Meaning(kind, year=year, count=number)


def _build_season(words: Words) -> Meaning | None:
    return Meaning(
        "season", year=words.integer("year4"), part=SEASONS[words.get("season")], shift=_shift(words),
        unit="year" if words.get("of_year") else None, modifier=words.get("mod"),
    )  # fmt: skip


def _build_year_to(words: Words) -> Meaning | None:
    unit = UNITS[words.get("unit")]
    count = words.number("number") or 1
    return Meaning(
        "span_to", "DURATION", year=words.integer("year4"), month=_month(words), day=words.integer("day"),
        unit=unit, count=count, value=duration_value(unit, count),
    )  # fmt: skip


def _build_clock(words: Words) -> Meaning | None:
    text = words.get("time") or ""
    noon = {"noon": "12:00", "midday": "12:00", "midnight": "24:00"}.get(text)
    if noon:
        return Meaning("clock", "TIME", part=noon)
    hour, minute = (int(part) for part in (re.split("[:.]", text) + ["0"])[:2])
    half = (words.get("ampm") or "").replace(".", "")
    if hour > 24 or (half and hour > 12):
        return None
    if half == "pm" and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    return Meaning("clock", "TIME", part=f"{hour:02}:{minute:02}")


def _build_point(words: Words) -> Meaning | None:
    shift = -1 if words.get("shift") in ("last", "previous") or words.get("ago") else None
    year = words.integer("year4")
    if year is None and shift is None:
        return None
    return Meaning(
        "point", year=year, shift=shift, unit="day" if words.get("point") in ("point", "stage") else "year"
    )


def _build_same(words: Words) -> Meaning | None:
    return Meaning("same_unit", unit=UNITS[words.get("singular")])


def _build_bare_daypart(words: Words) -> Meaning | None:
    return Meaning("clock", "TIME", part=DAYPARTS[words.get("daypart")])


def _build_year_ago(words: Words) -> Meaning | None:
    return Meaning("ago", unit=UNITS[words.get("unit")], count=1, shift=-1)


def _refer(value: str) -> Builder:
    return lambda words: Meaning("reference", value=value)


def _build_day_off(words: Words) -> Meaning | None:
    sign = -1 if words.get("before") else 1
    return Meaning("today", unit="day", count=DAYS[words.get("deictic")] + sign)


_WEEKDAY = "(?:{anyweekday}<dot>?<comma>?<the>?)?"
_MONTH_DAY = (
    _WEEKDAY + "{anymonth}<dot>?<the>?{day}(?:<to|dash|and>{day_to=<day>})?(?!<currency|percent|unit|ampm>)"
)
_MONTH_YEAR = "<dot>?<comma|of>?{year4}"
_OF_REL_YEAR = "<of|in>?<the>?{shift}{of_year=<year>}"
_QUARTER = "<fiscal>?{ordinal}<dash>?<fiscal>?(?:<quarter>|{half=<half>})"
_LAST_QUARTER = "<fiscal>?{ordinal=<ordinal|shift>}(?:<quarter>|{half=<half>})"
_MODIFIED = "<the>?{mod}(?:<dash|the|into>)*"
_DEICTIC = "{deictic}(?:{daypart})?"

RULES: tuple[tuple[str, Builder], ...] = (
    # days
    ("{numeric_date}", _build_numeric),
    (_WEEKDAY + "{day}(?:<to|dash|and>{day_to=<day>})?<of>?{anymonth}(?:<dot>(?=<year4|comma>))?" + _YEAR, _build_day),
    ("(?<!<in>)" + _MONTH_DAY + _YEAR, _build_day),
    (_MONTH_DAY + _YEAR + "(?!<plural_noun>)", _build_day),
    # months
    (_MOD + "{anymonth}" + _MONTH_YEAR, _build_month),
    (_MOD + "{shift}{month}", _build_month),
    (_MOD + "{month}" + _OF_REL_YEAR, _build_month),
    (_MODIFIED + "{month}", _build_month),
    ("(?<=<before_month>){month}(?!<possessive>)", _build_month),
    ("(?<=<by>){month}(?!<possessive|name>)", _build_month),
    ("{month}(?<!<doubtful>)", _build_month),
    # years
    ("{year_range}", _build_year_range),
    ("(?:{sofar=<so><far>}<in>)?(?<!<approximate|cardinal|currency>){year4=<modern>}(?!<plural_noun|percent|unit|cardinal>)"
     "(?:{sofar_after=<so><far>|<alone>})?", _build_year),
    ("(?<=<before_year|possessive>){year4=<modern>}(?=<plural_noun>)(?<!<round>)", _build_year),
    ("(?<=<before_old_year>){year4=<old_year>}(?!<plural_noun|percent|unit|cardinal|currency>)", _build_year),
    (_MODIFIED + "(?:<full|fiscal>)*(?:<year>)?{year4=<modern>}", _build_year),
    ("(?:<fiscal>)+<year>?{year4}", _build_year),
    ("(?<!<own>)<the>?(?:{mod}<dash>?)?{decade}", _build_decade),
    (_MOD + "{ordinal}<dash>?<century>", _build_century),
    # quarters, halves, seasons
    ("<the>?" + _QUARTER, _build_quarter),
    ("<the>?" + _LAST_QUARTER + "<of|in>(?:<the|fiscal|full>)*{year4}", _build_quarter),
    ("<the>?" + _LAST_QUARTER + "<of|in>?(?:<the|fiscal>)*{year_shift=<shift>}?{of_year=<year>}", _build_quarter),
    ("<the>?(?:{year4}|{year_shift=<shift>}<year><possessive>?)" + _QUARTER, _build_quarter),
    ("{quarter_code}{figure}(?:<of>?{year4})?", _build_quarter_code),
    ("{year4}{quarter_code}{figure}", _build_quarter_code),
    (_MOD + "{shift}{season}", _build_season),
    (_MOD + "{season}<of>?{year4}", _build_season),
    (_MOD + "{season}(?<!<verb>)" + _OF_REL_YEAR, _build_season),
    ("(?<=<into|before_month>)<the>?{season}(?<!<verb>)", _build_season),
    ("(?<=<in>)<the>{season=<verb>}(?!<of>)", _build_season),
    (_MODIFIED + "{season}(?<!<verb>)", _build_season),
    # weekdays and days counted from now
    ("(?<!<mail><on>)(?<!<special>)(?:{mod})?(?:<the>?{shift})?{weekday}(?!<title|agreement>)(?:{daypart})?",
     _build_weekday),
    ("{weekday}(?:{daypart})?<of>?{week_shift=<shift>}<week>", _build_weekday),
    ("(?<!<usa>)(?:{mod})?" + _DEICTIC, _build_deictic),
    ("<the>?<day_unit>(?:{before}|{after}){deictic}", _build_day_off),
    ("(?:{mod})?{shift}{daypart}", _build_daypart),
    ("(?:<the>|<in><the>){daypart}", _build_bare_daypart),
    # calendar units counted from now
    (_MOD + "<the>?{shift}(?:<full|fiscal|trading>)*{singular}(?:<or><so>)?(?:{sofar_after=<so><far>|<alone>})?",
     _build_unit),
    ("{sofar=<so><far>}<in>?{shift}{singular}", _build_unit),
    (_MODIFIED + "(?:<full|fiscal>)*{singular=<year|month_unit|week|quarter|decade_unit|century>}", _build_the_unit),
    ("<the>{singular=<weekend_unit|quarter>}(?!<of>)", _build_the_unit),
    ("<the>(?:<fiscal|full>)+{singular=<year>}", _build_the_unit),
    ("<the>?<that|same>{singular}", _build_same),
    ("<the>?<same|this|shift>{point}<of|in|the>*(?:{year4}|{shift}<year>|<a>?<year>{ago})", _build_point),
    ("<the>?{shift}" + _NUMBER + "(?:<trading|dash>)*{unit}(?:<or><so>)?", _build_span),
    ("<the>?{shift}{unit=<plural>}", _build_span),
    (_NUMBER + "(?:<trading>)*{unit}(?:<or><so>)?{ago}", _build_ago),
    ("{unit=<plural>}{ago}", _build_ago),
    ("<the>?{unit=<singular>}<dash>(?:{ago}|{earlier})(?:<period>)?", _build_year_ago),
    (_NUMBER + "{unit}(?:<from><now>|<apostrophe>?<time>)", _build_ago),
    (_NUMBER + "{unit}(?:{earlier}|{later})", _build_earlier),
    # stretches that end in a named month: "the year to March 2025"
    ("<the>?{unit=<year>}<ended>(?:<the>?{mod}<of>)?{day}?{anymonth}<dot>?" + _YEAR, _build_year_to),
    ("<the>?{unit=<year>}<ended>{anymonth}<dot>?{day}" + _YEAR, _build_year_to),
    ("<the>?" + _NUMBER + "{unit=<month_unit|year|week>}<ended>(?:<the>?{mod}<of>)?{day}?{anymonth}<dot>?" + _YEAR,
     _build_year_to),
    ("<the>?" + _NUMBER + "{unit=<month_unit|year|week>}<ended>{anymonth}<dot>?{day}" + _YEAR, _build_year_to),
    # lengths of time and rates
    ("(?<=<cardinal|plural_noun|percent|scale|times>)<a>{unit=<singular>}", _build_rate),
    (_NUMBER + "(?:<dash|trading|full>)*{unit}(?:<dash><long>)?(?!<dash>?<old>)", _build_duration),
    (_NUMBER + "{and_half=<and><a>?<half>}{unit}", _build_duration),
    ("<a>{unit}{and_half=<and><a><half>}", _build_duration),
    ("(?<=<for>){unit=<plural>}(?!<old>)", _build_duration),
    ("<per>{unit=<singular>}", _build_rate),
    ("<each>" + _NUMBER + "?{unit}", _build_rate),
    ("<each>{weekday}", _build_set_weekday),
    ("{frequency}", _build_frequency),
    # times of the day, and words for now, before and after
    ("{time=<clock|day>}{ampm}", _build_clock),
    ("{time=<clock_sure>}", _build_clock),
    ("{time=<noon>}", _build_clock),
    ("(?<!<as>){reference}(?!<after|as|before>)", _build_reference),
    ("<right><now>", _refer("PRESENT_REF")),
    ("<these><days>", _refer("PRESENT_REF")),
    ("<the><near>?<future>", _refer("FUTURE_REF")),
    ("(?<=<in>)<the><past>(?!<unit|cardinal|vague>)", _refer("PAST_REF")),
    ("<the><moment>", _refer("PRESENT_REF")),
)  # fmt: skip
