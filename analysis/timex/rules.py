"""The rules of the date grammar; see :mod:`analysis.timex.grammar` for how to read one."""

from __future__ import annotations

from analysis.timex import readings
from analysis.timex.meaning import Builder

_MOD = "(?:<the>?{mod}(?:<dash|the|into>)*)?"
_YEAR = "(?:<comma|of>?{year4})?"
# Bounded, so that a page of figures costs no more than its length.
_MORE_NUMBERS = "(?:<dash|and>?<cardinal>)?" * 4
_NUMBER = (
    "(?:{number=(?:(?:<a><vague>)|<vague>"
    "|(?:(?:<a>(?=<collective>))?<cardinal>" + _MORE_NUMBERS + "(?:<of>(?=<unit|more>))?)|<a>)})"
)
# The full stop of "Sept. 2024", not that of the sentence.
_DOT = "(?:<dot>(?=<year4|comma>))?"
_WEEKDAY = "(?:{anyweekday}<dot>?<comma>?<the>?)?"
_MONTH_DAY = (
    _WEEKDAY + "{anymonth}<dot>?<the>?{day}(?:<to|dash|and>{day_to=<day>})?(?!<currency|percent|unit|ampm>)"
)
_MONTH_YEAR = "<dot>?<comma|of>?{year4}"
_OF_REL_YEAR = "<of|in>?<the>?{shift}{of_year=<year>}"
_QUARTER = "<fiscal>?{ordinal}<dash>?<fiscal>?(?:<quarter>|{half=<half>})"
_SPACED_QUARTER = "<fiscal>?{ordinal}<fiscal>?(?:<quarter>|{half=<half>})"
_LAST_QUARTER = "<fiscal>?{ordinal=<ordinal|shift>}(?:<quarter>|{half=<half>})"
_MODIFIED = "<the>?{mod}(?:<dash|the|into>)*"
# "delayed by a year to May" has moved to May
_STRETCH = "(?<!<by>)(?<!<by><a|cardinal>)(?:{unit=<year>}|" + _NUMBER + "{units=<month_unit|year|week>})"
_DEICTIC = "{deictic}(?:{daypart})?"

RULES: tuple[tuple[str, Builder], ...] = (
    # days
    ("{numeric_date}", readings.read_numeric),
    (_WEEKDAY + "{day}(?:<to|dash|and>{day_to=<day>})?<of>?{anymonth}" + _DOT + _YEAR,
     readings.read_day),
    ("(?<!<in>)" + _MONTH_DAY + _YEAR, readings.read_day),
    (_MONTH_DAY + _YEAR + "(?!<plural_noun>)", readings.read_day),
    ("{holiday=<christmas>(?:<day_unit>|<eve>)?}(?!<name>)" + _YEAR, readings.read_holiday),
    ("{shift}{holiday=<christmas>(?:<day_unit>|<eve>)?}(?!<name>)", readings.read_holiday),
    ("(?:{shift})?{holiday=<feast>(?:<day_unit>)?}(?!<name>)" + _YEAR, readings.read_holiday),
    ("{holiday=<easter><weekday|week|weekend_unit>}" + _YEAR, readings.read_holiday),
    ("{holiday=<good><weekday>}(?!<agreement>)" + _YEAR, readings.read_holiday),
    ("{holiday=<boxing><day_unit>|<new><year><possessive>(?:<day_unit>|<eve>)}" + _YEAR,
     readings.read_holiday),
    ("<the>?{unit=<week>}<beginning>" + _MONTH_DAY + _YEAR, readings.read_day),
    ("<the>?{unit=<week>}<beginning><the>?{day}<of>?{anymonth}" + _YEAR, readings.read_day),
    ("<the>?{week_number=<ordinal|shift>}<full>?<week>(?:<of|in>){anymonth}" + _YEAR,
     readings.read_week_of_month),
    # months
    (_MOD + "{anymonth}" + _MONTH_YEAR, readings.read_month),
    (_MOD + "{shift}{month}", readings.read_month),
    (_MOD + "{month}" + _OF_REL_YEAR, readings.read_month),
    (_MODIFIED + "{month}", readings.read_month),
    ("(?<=<before_month>){month}(?!<possessive>)", readings.read_month),
    ("(?<=<by>){month}(?!<possessive|name>)", readings.read_month),
    ("{month}(?<!<doubtful>)", readings.read_month),
    # "between April and June", "in April, May and June": one month vouches for another
    ("(?<=<range_open>){month}(?=<range_on|dash>(?:<the>?<mod><dash|of>?)?<month|day|modern>)",
     readings.read_month),
    ("(?<=<range_open|before_month|comma><month><range_on|dash>){month}(?!<name|possessive>)",
     readings.read_month),
    ("(?<=<range_open><month><modern><range_on|dash>){month}(?!<name|possessive>)", readings.read_month),
    ("(?<=<before_month><month><comma>){month}(?=<comma|and>)", readings.read_month),
    ("(?<=<month><comma><and>){month}(?!<name|possessive>)", readings.read_month),
    # years
    ("{year_range}", readings.read_year_range),
    ("(?:{sofar=<so><far>}<in>)?(?<!<approximate|cardinal|currency>){year4=<modern>}(?!<plural_noun|percent|unit|cardinal>)"
     "(?:{sofar_after=<so><far>|<alone>})?", readings.read_year),
    ("(?<=<before_year|possessive>){year4=<modern>}(?=<plural_noun>)(?<!<round>)", readings.read_year),
    ("(?<=<before_old_year>){year4=<old_year>}(?!<plural_noun|percent|unit|cardinal|currency>)",
     readings.read_year),
    (_MODIFIED + "(?:<full|fiscal>)*(?:<year>)?{year4=<modern>}", readings.read_year),
    ("(?:<fiscal>)+<year>?{year4}", readings.read_year),
    ("(?<!<own>)<the>?(?:{mod}<dash>?)?{decade}", readings.read_decade),
    (_MOD + "{ordinal}<dash>?<century>", readings.read_century),
    # quarters, halves, seasons
    ("<the>?" + _SPACED_QUARTER, readings.read_quarter),
    ("{shift}{unit=<year>}<possessive><period>", readings.read_last_years_quarter),
    # "the third-quarter loss": the article belongs to the noun
    (_QUARTER, readings.read_quarter),
    ("<the>?<comparable>?<year><dash>?<ago|earlier>" + _SPACED_QUARTER, readings.read_year_ago_quarter),
    ("<the>{year4}(?:<period>)", readings.read_period_of_year),
    ("<the><latest><stretch>", readings.read_latest_period),
    ("<the>?" + _LAST_QUARTER + "<of|in>(?:<the|fiscal|full>)*{year4}", readings.read_quarter),
    ("<the>?" + _LAST_QUARTER + "<of|in>?(?:<the|fiscal>)*{year_shift=<shift>}?{of_year=<year>}",
     readings.read_quarter),
    ("<the>?(?:{year4}|{year_shift=<shift>}<year><possessive>?)" + _QUARTER, readings.read_quarter),
    ("{quarter_code}{figure}(?:<of>?{year4})?", readings.read_quarter_code),
    ("{year4}{quarter_code}{figure}", readings.read_quarter_code),
    (_MOD + "<this>?{shift}{season}", readings.read_season),
    (_MOD + "{season}<of>?{year4}", readings.read_season),
    (_MOD + "{season}(?<!<verb>)" + _OF_REL_YEAR, readings.read_season),
    ("(?<=<into|before_month>)<the>?{season}(?<!<verb>)", readings.read_season),
    ("(?<=<range_open>)<the>?{season}(?=<range_on|dash>)", readings.read_season),
    ("(?<=<in>)<the>{season}(?<!<verb>)(?!<name|of>)", readings.read_season),
    ("(?<=<in>)<the>{season=<verb>}(?!<of>)", readings.read_season),
    (_MODIFIED + "{season}(?<!<verb>)", readings.read_season),
    # weekdays and days counted from now
    ("(?<!<mail><on>)(?<!<special>)(?:{mod=<mod_of_day>})?(?:<the>?{shift})?{weekday}(?!<title|agreement>)(?:{daypart})?",
     readings.read_weekday),
    ("{weekday}(?:{daypart})?<of>?{week_shift=<shift>}<week>", readings.read_weekday),
    ("(?<!<usa>)(?:{mod})?" + _DEICTIC, readings.read_deictic),
    ("<the>?<day_unit>(?:{before}|{after}){deictic}", readings.read_day_off),
    ("(?:{mod})?{shift}{daypart}", readings.read_daypart),
    ("(?:<the>|<in><the>){daypart}", readings.read_bare_daypart),
    # calendar units counted from now
    ("(?<={sofar=<so><far>}){shift}{singular}", readings.read_unit),
    (_MOD + "<the>?{shift}(?:<full|fiscal|trading>)*{singular}(?:<or><so>)?"
     "(?:{sofar_after=<so><far>})?",
     readings.read_unit),
    (_MODIFIED + "(?:<full|fiscal>)*{singular=<year|month_unit|week|quarter|decade_unit|century>}",
     readings.read_the_unit),
    ("<the>{singular=<weekend_unit|quarter>}(?!<of>)", readings.read_the_unit),
    ("<the>(?:<fiscal|full>)+{singular=<year>}", readings.read_the_unit),
    ("<the>?<that|same>{singular}", readings.read_same),
    ("<that><same>{singular}", readings.read_same),
    # "ended the day higher", "later in the day"
    ("(?<=<finish>)<the>{singular=<day_unit>}(?!<of|before|after>)", readings.read_same),
    ("<sooner><in><the>{singular=<day_unit>}", readings.read_same),
    ("<the><same><month_unit><a><year><ago>", readings.read_month_of_year_ago),
    ("<the><same>{singular}<of|in>?<the>?(?:{year4}|{shift}<year>)", readings.read_same_in_year),
    ("<the>?<same|this|shift>{point}<of|in|the>*(?:{year4}|{shift}<year>|<a>?<year>{ago})",
     readings.read_point),
    ("<the>?{shift}" + _NUMBER + "(?:<trading|dash>)*{unit}(?:<or><so>)?", readings.read_span),
    ("<the>?{shift}{unit=<plural>}", readings.read_span),
    ("(?<=<in>)<the>{unit=<plural>}(?:<ahead>|<to><come>)(?!<of>)", readings.read_ahead),
    (_NUMBER + "(?:<trading>)*{unit}(?:<or><so>)?{ago}", readings.read_ago),
    ("{unit=<plural>}{ago}", readings.read_ago),
    ("<the>?<comparable>?{unit=<singular>}<dash>(?:{ago}|{earlier})<period>", readings.read_year_ago),
    ("{unit=<singular>}<dash>(?:{ago}|{earlier})", readings.read_year_ago),
    (_NUMBER + "{unit}(?:<from><now>|<apostrophe>?<time>)", readings.read_ago),
    (_NUMBER + "{unit}(?:{earlier}|{later})", readings.read_earlier),
    ("<the>{singular}<previous>(?=<comma|dot|bracket|newline|and>)", readings.read_unit_before),
    # the length is given, the year stands after it: "the first six months of 2024"
    ("<the>?<first>" + _NUMBER + "{unit=<plural>}(?=<of|in>(?:{year4}|<the>?{shift}?<year>))",
     readings.read_first),
    ("<the><first>" + _NUMBER + "{unit=<plural>}", readings.read_duration),
    # stretches that end in a named month: "the year to March 2025"; before "ended 30 June" a length of
    # time, with a date of its own after it
    ("<the>?" + _STRETCH + "(?=<ended_on>{day}{anymonth}" + _YEAR + ")", readings.read_year_to),
    ("<the>?" + _STRETCH + "(?=<ended_on>{anymonth}<dot>?{day}" + _YEAR + ")", readings.read_year_to),
    ("<the>?" + _STRETCH + "<ended>(?:<the>?{mod}<of>)?{anymonth}" + _DOT + "(?!<dot>?<day>)" + _YEAR,
     readings.read_year_to),
    ("<the>?" + _STRETCH + "<to>{day}{anymonth}" + _DOT + _YEAR, readings.read_year_to),
    ("<the>?" + _STRETCH + "<to>{anymonth}<dot>?{day}" + _YEAR, readings.read_year_to),
    # lengths of time and rates
    ("(?<=<modal>)<one><day_unit>", readings.refer("FUTURE_REF")),
    ("(?<=<cardinal|plural_noun|percent|scale|times>)<a>{unit=<singular>}(?!<dash><ago|earlier>)",
     readings.read_rate),
    (_NUMBER + "(?:<dash|trading|full>)*{unit}(?:<dash><long>)?(?!<dash>?<old>)(?!<dash><ago|earlier>)",
     readings.read_duration),
    (_NUMBER + "{and_half=<and><a>?<half>}{unit}", readings.read_duration),
    ("<a>{unit}{and_half=<and><a><half>}", readings.read_duration),
    ("(?<=<for>){unit=<plural>}(?!<old>)", readings.read_duration),
    ("<per>{unit=<singular>}", readings.read_rate),
    ("<each>" + _NUMBER + "?{unit}", readings.read_rate),
    ("<each>{weekday}", readings.read_set_weekday),
    ("{frequency}", readings.read_frequency),
    # times of the day, and words for now, before and after
    ("{time=<clock|day>}{ampm}", readings.read_clock),
    ("{time=<clock_sure>}", readings.read_clock),
    ("{time=<noon>}", readings.read_clock),
    ("(?<!<as|most|was>){reference}(?!<after|as|before>)", readings.read_reference),
    ("(?<=<in>)<the><term_kind><dash>?<term>", readings.refer("FUTURE_REF")),
    ("(?<=<by_at>){singular=<year>}<dash>?{mod=<end>}(?!<lower|plural_noun|of>)", readings.read_the_unit),
    ("<these><days>", readings.refer("PRESENT_REF")),
    ("<the><near>?<future>", readings.refer("FUTURE_REF")),
    ("(?<=<in>)<the><past>(?!<unit|cardinal|vague>)", readings.refer("PAST_REF")),
    ("(?<=<at>)<the><past>(?!<unit|cardinal|vague|lower|plural_noun|dash>)", readings.refer("PAST_REF")),
    ("(?<=<at>)<the><moment>", readings.refer("PRESENT_REF")),
)  # fmt: skip
