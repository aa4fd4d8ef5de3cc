"""The words of date expressions and their classes; a token may belong to several.

No word here is a date by itself: the grammar decides from the tokens around it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

# A token with the white space before it, so that tokens tile a text. Words of two letters and more are most
# of a text and come first: no other kind begins like one.
SPACED_TOKEN = re.compile(
    r"""[^\S\n]*+(?:
        [A-Za-z]{2,}+(?![^\W\d_])  # what the next one finds too, but in half the time
      | [^\W\d_]{2,}+
      | \d{4}-\d{2}-\d{2}(?!\d) | \d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})(?!\d)
      | (?:1[5-9]|20)\d{2}[-–/](?:\d{4}|\d{2})(?![\d-])
      | \d{1,2}[:.]\d{2}(?![\d.,]*\d) | ['’‘]?\d{2,4}['’]?[sS]\b | \d{1,2}(?:[sS][tT]|[nNrR][dD]|[tT][hH])\b
      | \d+(?:,\d{3})*(?:\.\d+)? | \b[apAP]\.[mM]\b\.? | ['’][sS]\b | [^\W\d_] | \n | \S)""",
    re.VERBOSE,
)

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("monday mon", "tuesday tues tue", "wednesday wed", "thursday thurs thur thu", "friday fri",
         "saturday sat", "sunday sun")
    )
    for name in names.split()
}  # fmt: skip
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
DAYPARTS = {
    "morning": "MO", "mornings": "MO", "afternoon": "AF", "afternoons": "AF", "evening": "EV",
    "evenings": "EV", "night": "NI", "nights": "NI", "lunchtime": "MI", "overnight": "NI",
}  # fmt: skip
UNITS = {
    "minute": "minute", "minutes": "minute", "hour": "hour", "hours": "hour", "day": "day", "days": "day",
    "week": "week", "weeks": "week", "fortnight": "fortnight", "fortnights": "fortnight",
    "weekend": "weekend", "weekends": "weekend", "month": "month", "months": "month", "quarter": "quarter",
    "quarters": "quarter", "year": "year", "years": "year", "decade": "decade", "decades": "decade",
    "century": "century", "centuries": "century",
}  # fmt: skip
NUMBERS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000,
    "dozen": 12, "couple": 2, "half": 0.5,
}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14,
    "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20,
}  # fmt: skip
SHIFTS = {
    "this": 0, "current": 0, "last": -1, "past": -1, "previous": -1, "preceding": -1, "next": 1, "coming": 1,
    "following": 1, "latest": -1, "recent": -1,
}  # fmt: skip
DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
REFERENCES = {
    "now": "PRESENT_REF", "currently": "PRESENT_REF", "nowadays": "PRESENT_REF", "presently": "PRESENT_REF",
    "current": "PRESENT_REF",
    "recent": "PAST_REF",
    "recently": "PAST_REF", "lately": "PAST_REF",
    "soon": "FUTURE_REF", "shortly": "FUTURE_REF",
}  # fmt: skip
HOLIDAYS = {
    "christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26),
    "new year 's eve": (12, 31), "new year ’s eve": (12, 31), "new year 's day": (1, 1),
    "new year ’s day": (1, 1), "halloween": (10, 31),
}  # fmt: skip
FREQUENCIES = {
    "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "fortnightly": "P2W", "monthly": "P1M",
    "quarterly": "P3M", "yearly": "P1Y", "annually": "P1Y", "annual": "P1Y",
}  # fmt: skip

# Words that the grammar names one by one or by a small class.
_CLASSES = {
    "the": "the",
    "a": "a an",
    "of": "of",
    "on": "on",
    "in": "in during throughout within over by at",
    "into": "in into of",
    "for": "for in over after within",
    "to": "to until till",
    "and": "and or",
    "or": "or",
    "ended": "to ended ending until",
    "ago": "ago",
    "earlier": "earlier",
    "later": "later",
    "before": "before",
    "after": "after",
    "from": "from",
    "now": "now",
    "each": "each every",
    "per": "per",
    "that": "that",
    "same": "same comparable corresponding",
    "comparable": "comparable corresponding same like",
    "this": "this",
    "first": "first opening",
    "end": "end",
    "latest": "latest",
    "stretch": "period",
    "term": "term",
    "term_kind": "near short medium long longer",
    "at": "at for of",
    "by_at": "by at before since until near",
    "beginning": "of beginning starting commencing",
    "ended_on": "ended ending",
    "good": "good",
    "easter": "easter",
    "feast": "easter thanksgiving halloween",
    "thanksgiving": "thanksgiving",
    "these": "these",
    "right": "right",
    "most": "most",
    "modal": "will would may might could",
    "one": "one",
    "was": "was were",
    "previous": "before previous",
    "point": "point time stage period date",
    "time": "time",
    "moment": "moment",
    "present": "present",
    "so": "so",
    "far": "far",
    "alone": "alone",
    "fiscal": "fiscal financial tax",
    "vague": "few several many",
    "mod": "early late mid middle start beginning end earlier later",
    "mod_of_day": "early late mid",
    "sooner": "earlier later late",
    "finish": "end ends ended ending finish finished finishing close closed closing open opened start "
    "started",
    "full": "full entire whole calendar",
    "period": "period quarter",
    "old": "old olds",
    "ampm": "am pm a.m a.m. p.m p.m.",
    "noon": "noon midday midnight",
    "week": "week",
    "year": "year",
    "month_unit": "month months",
    "quarter": "quarter",
    "weekend_unit": "weekend",
    "decade_unit": "decade",
    "by": "by",
    "as": "as",
    "own": "his her their my your our its",
    "collective": "hundred thousand dozen couple",
    "half": "half",
    "century": "century",
    "possessive": "'s ’s",
    "more": "more",
    "long": "long",
    "trading": "trading working calendar business consecutive straight more",
    "past": "past",
    "future": "future",
    "near": "near foreseeable distant",
    "day_unit": "day",
    "days": "days",
    "cardinal": "twentysomething",
    "usa": "usa",
    "mail": "mail",
    "special": "bloody black super",
    "christmas": "christmas",
    "boxing": "boxing",
    "new": "new",
    "eve": "eve",
    "agreement": "agreement accord accords",
    "scale": "m bn tn k million billion trillion",
    "times": "once twice thrice times",
    "quarter_code": "q h",
    "title": "times telegraph mirror express mail post people sun herald independent observer politics",
    "range_open": "between from",
    "range_on": "and or to until till through",
    "ahead": "ahead",
    "come": "come",
    # what may stand before a bare month that is also a name or a verb
    "before_month": "in since until till during throughout early late mid this last next through around "
    "of end",
    "before_year": "in since by until till from to during before after between early late mid through "
    "throughout year fiscal the his her its their our my this a",
    "before_old_year": "in since until from during before after circa",
    "approximate": "about some nearly almost over than least up roughly approximately no number £ $ €",
}
_SIGNS = {
    ",": "comma", ".": "dot", "-": "dash", "–": "dash", "\u2014": "long_dash", "'": "apostrophe",
    "’": "apostrophe", "£": "currency", "$": "currency", "€": "currency", "\n": "newline", "(": "bracket",
    "%": "percent",
}  # fmt: skip


@cache
def _words() -> dict[str, set[str]]:
    words: dict[str, set[str]] = {}
    for name, members in _CLASSES.items():
        for word in members.split():
            words.setdefault(word, set()).add(name)
    tables = (
        ("season", SEASONS), ("daypart", DAYPARTS), ("unit", UNITS), ("cardinal", NUMBERS),
        ("ordinal", ORDINALS),
        ("shift", SHIFTS), ("deictic", DAYS), ("reference", REFERENCES), ("frequency", FREQUENCIES),
    )  # fmt: skip
    for name, table in tables:
        for word in table:
            words.setdefault(word, set()).add(name)
    for word in MONTHS:
        short = len(word) < 5 and word not in ("may", "june", "july")
        words.setdefault(word, set()).update({"anymonth"} if short else {"anymonth", "month"})
    # Names of months that are also common words or first names.
    for word in ("may", "march", "august", "april", "june"):
        words[word].add("doubtful")
    words["fall"].add("verb")
    for word in WEEKDAYS:
        words.setdefault(word, set()).update(
            {"anyweekday", "weekday"} if word.endswith("day") else {"anyweekday"}
        )
    for word, plural in (("year", "years"), ("month", "months"), ("week", "weeks"), ("day", "days")):
        words[word].add("singular")
        words[plural].add("plural")
    for word in ("quarter", "decade", "century", "weekend", "fortnight"):
        words[word].add("singular")
    for word in ("decades", "centuries", "minutes", "hours", "quarters"):
        words[word].add("plural")
    words["overnight"].add("overnight")
    return words


# Common words and first names in lower case; a date only with a capital.
_NEED_CAPITAL = frozenset("may march august mar jan jun dec sat sun mon wed fri".split())
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


@lru_cache(maxsize=50_000)
def classify(token: str) -> frozenset[str]:
    """The classes of a token; a word that has none is a ``name``, a ``plural_noun`` or ``lower``."""
    if token in _SIGNS:
        return frozenset({_SIGNS[token]})
    if any(character.isdecimal() for character in token):
        return frozenset(_classify_number(token))
    low = token.lower()
    found = set(_words().get(low, ()))
    if token[0].islower() and low in _NEED_CAPITAL:
        found -= {"anymonth", "month", "anyweekday", "doubtful"}
    if token[0].islower() and low in WEEKDAYS:
        found -= {"anyweekday", "weekday"}
    # "This Week", "Refugee Week": the names of programmes and occasions
    if token == "Week":
        found.clear()
    # "the Daily Mail", "Soon" as a name
    if token[0].isupper() and low in FREQUENCIES:
        found.discard("frequency")
    if token[0].islower():
        found.discard("title")
    if not found and token[0].isalpha():
        found.add(_classify_word(token))
    return frozenset(found or {"other"})


def _classify_word(token: str) -> str:
    if token[0].isupper():
        return "name"
    return "plural_noun" if re.search(r"[^s]s$|people$|men$", token) else "lower"


def _classify_number(token: str) -> set[str]:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}", token):
        return {"numeric_date"}
    if re.fullmatch(r"\d{4}[-–/](\d{4}|\d{2})", token):
        return {"year_range"}
    if re.fullmatch(r"\d{1,2}[:.]\d{2}", token):
        hour, minute = (int(part) for part in re.split("[:.]", token))
        clock = {"clock"} if hour < 25 and minute < 60 else set()
        return clock | ({"clock_sure"} if clock and ":" in token else {"cardinal"})
    if token[-1] in "sS":
        return {"decade"}
    if token[-1].isalpha():
        number = int(re.match(r"\d+", token).group())  # type: ignore[union-attr]
        return {"ordinal_figure", "ordinal"} | ({"day"} if 1 <= number <= 31 else set())
    if not _NUMBER.fullmatch(token):
        return {"other"}
    found = {"cardinal", "figure"}
    if token.isascii() and token.isdigit():
        if len(token) <= 2 and 1 <= int(token) <= 31:
            found.add("day")
        if len(token) == 4 and 1000 <= int(token) <= 2199:
            found.add("year4")
            found.add("modern" if int(token) >= 1900 else "old_year")
            if int(token) % 100 == 0:
                found.add("round")
    return found


def list_samples() -> list[str]:
    """One token or more of every combination of classes that the lexicon can give."""
    words = list(_words())
    figures = "2025-07-05 05/07/2025 2024-25 9:30 9.30 29.75 1980s 21st 99th 7 40".split()
    figures += "1500 1655 1985 2000 1,200 1.5".split()
    names = ["Word", "word", "words", "²", "#"]
    return [*words, *(word.capitalize() for word in words), *figures, *names, *_SIGNS]
