"""Date expressions: what counts as one, its TIMEX3 value, its interval, and what it says of publication."""

from __future__ import annotations

import re
from datetime import date
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.timex import (
    Reference,
    combine_constraints,
    estimate_publication,
    find_constraints,
    find_cue,
    find_timexes,
)
from analysis.timex.meaning import read_number

SATURDAY = Reference.read("2025-07-05", "2025-07-05")


def values(text: str, reference: Reference | None = SATURDAY) -> list[tuple[str, str]]:
    return [(t.text, t.value) for t in find_timexes(text, reference)]


def interval(text: str, reference: Reference | None = SATURDAY) -> tuple[str, str]:
    (timex,) = find_timexes(text, reference)
    return timex.earliest.isoformat(), timex.latest.isoformat()


@pytest.mark.parametrize(
    ("text", "expected", "value"),
    [
        ("on 5 July 2025 it", "5 July 2025", "2025-07-05"),
        ("on July 5, 2025 it", "July 5, 2025", "2025-07-05"),
        ("on the 5th of July, 2025, it", "5th of July, 2025", "2025-07-05"),
        ("on Saturday, July 5th, 2025", "Saturday, July 5th, 2025", "2025-07-05"),
        ("on 2025-07-05 it", "2025-07-05", "2025-07-05"),
        ("on 25/12/2024 it", "25/12/2024", "2024-12-25"),
        ("on 12/25/2024 it", "12/25/2024", "2024-12-25"),
        ("on Sept. 30, 2024 it", "Sept. 30, 2024", "2024-09-30"),
        ("closed on 11 June", "11 June", "2025-06-11"),
        ("on Christmas Eve 2023", "Christmas Eve 2023", "2023-12-24"),
        ("by New Year’s Day", "New Year’s Day", "2025-01-01"),
        ("in January 2024", "January 2024", "2024-01"),
        ("in early May 2025", "early May 2025", "2025-05"),
        ("in January", "January", "2025-01"),
        ("last May", "last May", "2025-05"),
        ("June last year", "June last year", "2024-06"),
        ("won in 2019.", "2019", "2019"),
        ("the 2004 bombings", "2004", "2004"),
        ("his 2019 manifesto promises", "2019", "2019"),
        ("in the 1990s", "the 1990s", "199"),
        ("the late 80s", "the late 80s", "198"),
        ("in the 19th century", "19th century", "18"),
        ("Later on Friday, she", "Friday", "2025-07-04"),
        ("last Saturday", "last Saturday", "2025-06-28"),
        ("next Monday", "next Monday", "2025-07-07"),
        ("today", "today", "2025-07-05"),
        ("the day before yesterday", "the day before yesterday", "2025-07-03"),
        ("earlier this week", "earlier this week", "2025-W27"),
        ("over the weekend", "the weekend", "2025-W27-WE"),
        ("last month", "last month", "2025-06"),
        ("next year", "next year", "2026"),
        ("three weeks ago", "three weeks ago", "2025-06-14"),
        ("a year ago", "a year ago", "2024"),
        ("the third quarter of 2024", "the third quarter of 2024", "2024-Q3"),
        ("in the first half of 2025", "the first half of 2025", "2025-H1"),
        ("this summer", "this summer", "2025-SU"),
        ("last autumn", "last autumn", "2024-FA"),
        ("in the past two years", "the past two years", "P2Y"),
        ("a 10-year plan", "10-year", "P10Y"),
        ("the six-month delay", "six-month", "P6M"),
        ("for two and a half years", "two and a half years", "P2.5Y"),
        ("the year to March 2025", "the year to March 2025", "P1Y"),
        ("40,000 people a year", "a year", "P1Y"),
        ("it meets every week", "every week", "P1W"),
        ("they are paid annually", "annually", "P1Y"),
        ("he is now minister", "now", "PRESENT_REF"),
        ("she recently left", "recently", "PAST_REF"),
        ("in the near future", "the near future", "FUTURE_REF"),
        ("at 9am the", "9am", "XXXX-XX-XXT09:00"),
        ("this afternoon", "this afternoon", "2025-07-05TAF"),
        ("on Friday morning", "Friday morning", "2025-07-04TMO"),
        ("Earlier on Friday", "Friday", "2025-07-04"),
        ("right now", "now", "PRESENT_REF"),
        ("a rise so far this year", "this year", "2025"),
        ("that same year", "that same year", "2025"),
        ("over this past spring", "this past spring", "2025-SP"),
        ("the third-quarter loss", "third-quarter", "2025-Q3"),
        ("the year-ago third quarter", "the year-ago third quarter", "2024-Q3"),
        ("the year-ago period", "the year-ago period", "2024"),
        ("the last week of March", "the last week of March", "2025-W13"),
        ("the first week of May 2024", "the first week of May 2024", "2024-W18"),
        ("in the week of 3 March", "the week of 3 March", "2025-W10"),
        ("over the Easter weekend 2025", "Easter weekend 2025", "2025-W16-WE"),
        ("on Good Friday", "Good Friday", "2025-04-18"),
        ("since last Christmas", "last Christmas", "2024-12-25"),
        ("found on Thanksgiving 2024", "Thanksgiving 2024", "2024-11-28"),
        ("shares ended the day lower", "the day", "2025-07-05"),
        ("it spoke later in the day", "later in the day", "2025-07-05"),
        ("in the short term", "the short term", "FUTURE_REF"),
        ("by year-end", "year-end", "2025"),
        ("on 3/4/2025", "3/4/2025", "2025"),
        ("it will one day be big", "one day", "FUTURE_REF"),
        ("on 5/7/2025", "5/7/2025", "2025-07-05"),
        ("mistakes of the past, he said", "the past", "PAST_REF"),
        ("the first few weeks", "the first few weeks", "PXW"),
    ],
)
def test_an_expression_has_its_span_and_value(text, expected, value):
    (timex,) = find_timexes(text, SATURDAY)
    assert (timex.text, timex.value) == (expected, value)


def test_kinds_of_time_are_told_apart():
    text = "It took two years, costs £40m a year, and ended on Monday at 9am."
    assert [t.type for t in find_timexes(text, SATURDAY)] == ["DURATION", "SET", "DATE", "TIME"]


@pytest.mark.parametrize(
    "text",
    [
        "They may march for a second time.",
        "The Sun and the Mail on Sunday sat down.",
        "The Sunday Telegraph and USA Today agreed.",
        "Theresa May's deal fell and Jan Novak left.",
        "About 2000 people and 1,500 tents cost £2024.",
        "The fall of the government, by April Jones.",
        "Good Friday Agreement talks",
        "See /2024/ and #2024 and A2024x.",
        "a 14-year-old boy",
        "the second half was goalless",
        "a moment to savour, and the moment passed",
        "on ABC's This Week she sat down",
        "the year-endless queue",
    ],
)
def test_no_word_is_a_date_by_itself(text):
    assert values(text) == []


def test_a_newline_ends_an_expression():
    assert [text for text, _ in values("It ended in May\n2024 was better.")] == ["May", "2024"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("so far this year", ("2025-01-01", "2025-07-05")),
        ("earlier this week", ("2025-06-30", "2025-07-05")),
        ("later this month", ("2025-07-05", "2025-07-31")),
        ("the year to March 2025", ("2024-04-01", "2025-03-31")),
        ("three weeks ago", ("2025-06-11", "2025-06-17")),
        ("the year ending June 2024", ("2023-07-01", "2024-06-30")),
        ("in the past year", ("2024-07-05", "2025-07-05")),
        ("over the last two months", ("2025-05-05", "2025-07-05")),
        ("than at this point last year", ("2024-07-05", "2024-07-05")),
        ("on 3/4/2024", ("2024-03-04", "2024-04-03")),
        ("between 4 and 6 June 2024", ("2024-06-04", "2024-06-06")),
        ("in winter 2024", ("2024-12-01", "2025-02-28")),
    ],
)
def test_an_expression_covers_the_days_that_it_may_mean(text, expected):
    assert interval(text) == expected


def test_without_a_reference_only_explicit_dates_have_days():
    found = {t.text: t.earliest for t in find_timexes("In May 2024 and last week and on Friday.")}
    assert found == {"May 2024": date(2024, 5, 1), "last week": None, "Friday": None}


def test_a_wide_reference_widens_and_hides_the_value():
    week = Reference.read("2025-07-01", "2025-07-07")
    assert interval("on Thursday", week) == ("2025-06-26", "2025-07-03")
    assert values("on Thursday", week) == [("Thursday", "XXXX-WXX-4")]
    assert values("this year", week) == [("this year", "2025")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Third-quarter sales were £3m, against £2m a year earlier.", "2024-Q3"),
        ("In the third quarter sales rose. Profit beat that of the year-ago period.", "2024-Q3"),
        ("The third-quarter loss grew. It was £1m in the 2023 period.", "2023-Q3"),
        ("It lost money in the first quarter. The latest period had a storm.", "2025-Q1"),
        ("She joined the party a year ago.", "2024"),
        ("The latest period of calm ended.", "PAST_REF"),
    ],
)
def test_a_report_compares_the_quarter_that_it_is_about(text, expected):
    assert values(text)[-1][1] == expected


def test_a_period_that_ends_on_a_day_is_a_length_of_time_and_a_date():
    year, day = find_timexes("in the year ended 30 June 2024", SATURDAY)
    assert (year.text, year.value, year.earliest) == ("the year", "P1Y", date(2023, 7, 1))
    assert (day.text, day.value, year.latest) == ("30 June 2024", "2024-06-30", day.latest)


def test_the_first_months_of_a_year_have_their_days():
    months, year = find_timexes("in the first six months of 2024", SATURDAY)
    assert (months.text, months.value, year.value) == ("the first six months", "P6M", "2024")
    assert (months.earliest, months.latest) == (date(2024, 1, 1), date(2024, 6, 30))


def test_the_year_before_counts_from_the_date_before_it():
    assert values("It cost £4m in 2022, up from £3m the year before.")[1] == ("the year before", "2021")
    assert values("It rained the year before the vote.") == []


def test_an_expression_may_count_from_the_date_before_it():
    text = "It opened on 3 March 2020 and closed two days later."
    assert values(text)[1] == ("two days later", "2020-03-05")


@pytest.mark.parametrize(
    ("clause", "direction"),
    [
        ("Ministers met on Thursday.", "past"),
        ("Ministers will meet on Thursday.", "future"),
        ("The plan is due to be published on Thursday.", "future"),
        ("Turning to the summit on Thursday, they hoped for progress.", "future"),
        ("The bill had been expected, but it fell on Thursday.", "past"),
        ("Applications are open until Thursday.", "future"),
        ("On Thursday voters rejected it.", "past"),
        ("On Thursday voters will decide.", "future"),
        ("Unions have called a strike for Thursday unless talks resume.", "future"),
        ("Officials called for calm on Thursday.", "past"),
        ("The scheme starts on Thursday, the ministry has confirmed.", "future"),
        ("A decision is likely on Thursday, officials said.", "future"),
        ("Peers vote on the amendment on Thursday.", "future"),
        ("The results are out on Thursday.", "future"),
        ("The deadline is Thursday.", "future"),
        ("The deadline passed on Thursday.", "past"),
    ],
)
def test_the_clause_gives_the_direction(clause, direction):
    start = clause.index("Thursday")
    assert find_cue(clause, start, start + len("Thursday")) == direction


def test_numbers_are_read_in_words_and_figures():
    texts = ("twenty - four", "two hundred", "1,200", "a couple of", "several")
    assert [read_number(text) for text in texts] == [24, 200, 1200, 2, None]


THURSDAY = Reference.read("2025-08-07", "2025-08-07")


def cued(text: str, reference: Reference = THURSDAY) -> list[tuple[str, str]]:
    found = find_timexes(text, reference, direct=partial(find_cue, text))
    return [(t.text, t.value) for t in found]


def cued_interval(text: str, reference: Reference = THURSDAY) -> tuple[str, str]:
    (timex,) = find_timexes(text, reference, direct=partial(find_cue, text))
    return timex.earliest.isoformat(), timex.latest.isoformat()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Some 4,000 came between January and March.", ["2025-01", "2025-03"]),
        ("Claims fell between April and June, they said.", ["2025-04", "2025-06"]),
        ("Hearings will run from March to May.", ["2026-03", "2026-05"]),
        ("In April, May and June 4,000 came.", ["2025-04", "2025-05", "2025-06"]),
        ("In April, May, and June 4,000 came.", ["2025-04", "2025-05", "2025-06"]),
        ("Numbers rose from May to July.", ["2025-05", "2025-07"]),
        ("Between 1 January and 5 May 2025, 900 came.", ["2025-01-01", "2025-05-05"]),
        ("It ran from 1 January to 5 May 2025.", ["2025-01-01", "2025-05-05"]),
        ("It covers 1 January-5 May 2025.", ["2025-01-01", "2025-05-05"]),
        ("It covers 1 January – 5 May 2025.", ["2025-01-01", "2025-05-05"]),
        ("It ran from January 1 to May 5, 2025.", ["2025-01-01", "2025-05-05"]),
        ("Returns rose in January and May 2024.", ["2024-01", "2024-05"]),
        ("They met from June to August 2024.", ["2024-06", "2024-08"]),
        ("Costs doubled between 2018 and 2024.", ["2018", "2024"]),
        ("Costs doubled between July 2024 and March 2025.", ["2024-07", "2025-03"]),
        ("In January, February and March 2024 it rained.", ["2024-01", "2024-02", "2024-03"]),
        ("It ran from March until June last year.", ["2024-03", "2024-06"]),
        ("Between spring and autumn 2024 costs rose.", ["2024-SP", "2024-FA"]),
        ("From the first quarter to the third quarter of 2024", ["2024-Q1", "2024-Q3"]),
        # over the turn of the year
        ("Between 28 December and 3 January 2025 nobody came.", ["2024-12-28", "2025-01-03"]),
        ("It ran from December to February 2024.", ["2023-12", "2024-02"]),
        ("It ran from November 2023 to February.", ["2023-11", "2024-02"]),
        # the days of a week
        ("Between Monday and Friday 900 came.", ["2025-07-28", "2025-08-01"]),
        ("The shop will shut from Friday to Tuesday.", ["2025-08-08", "2025-08-12"]),
        ("They meet on Thursday and Friday next week.", ["2025-08-14", "2025-08-15"]),
    ],
)
def test_dates_that_stand_together_share_their_year(text, expected):
    assert [value for _, value in cued(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left in June, and in August 2024 he returned.", ["2025-06", "2024-08"]),
        ("He left in June. August 2024 was quiet.", ["2025-06", "2024-08"]),
        ("In January, May 2024 was far away.", ["2025-01", "2024-05"]),
        ("It closed on Monday and Tuesday was quiet.", ["2025-08-04", "2025-08-05"]),
    ],
)
def test_dates_of_two_clauses_keep_their_own_years(text, expected):
    assert [value for _, value in cued(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The talks between May and Novak failed.",
        "Power passed from May to Novak.",
        "April Jones and June Novak met.",
    ],
)
def test_a_persons_name_beside_another_is_no_month(text):
    assert cued(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "That is 48% more than at the same point in 2024.",
        "Some 13,000 had come by the same point in 2024.",
        "More came than at this point last year.",
        "This time last year 17,000 had arrived.",
        "Fewer came than by the same date in 2024.",
    ],
)
def test_the_same_point_of_another_year_is_the_day_of_publication(text):
    assert cued_interval(text) == ("2024-08-07", "2024-08-07")
    week = Reference.read("2025-08-03", "2025-08-09")
    assert cued_interval(text, week) == ("2024-08-03", "2024-08-09")


def test_the_same_point_has_the_grain_of_its_words():
    assert cued("at the same point in 2024") == [("the same point in 2024", "2024-08-07")]
    assert cued("at this time last year") == [("this time last year", "2024")]
    turn = Reference.read("2024-12-30", "2025-01-05")
    assert cued_interval("at the same point in 2023", turn) == ("2023-01-01", "2023-12-31")
    assert find_timexes("at the same point in 2024")[0].value == "2024"


def test_the_same_month_of_another_year_is_the_month_named_before():
    text = "In July 900 came, 20% more than in the same month last year."
    assert cued(text)[1] == ("the same month last year", "2024-07")
    assert cued("It was wetter in the same week in 2023.") == [("the same week in 2023", "2023-W32")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The vote was postponed until December.", "2025-12"),
        ("The launch has been delayed to October.", "2025-10"),
        ("The launch has been delayed until July.", "2026-07"),
        ("The hearing was put back until Monday.", "2025-08-11"),
        ("Ministers suspended the ban till March.", "2026-03"),
        ("The pilot was extended to 1 December.", "2025-12-01"),
        ("The talks were adjourned until noon on Monday.", "2025-08-11"),
        ("The plan was put off until after Christmas.", "2025-12-25"),
        ("Ministers prepared for Friday's summit.", "2025-08-08"),
        ("The minister was suspended on Monday until further notice.", "2025-08-04"),
    ],
)
def test_what_is_put_off_to_a_date_lies_after_it_was_put_off(text, value):
    assert cued(text)[-1][1] == value


def test_a_date_put_off_to_may_just_have_passed():
    (timex,) = find_timexes(
        text := "The vote was postponed until July.", THURSDAY, direct=partial(find_cue, text)
    )
    assert (timex.earliest, timex.latest) == (date(2025, 7, 1), date(2026, 7, 31))
    assert (timex.value, timex.direction) == ("XXXX-07", None)
    assert timex.basis == "either side of the publication day"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("The council was due to meet on Monday.", ("2025-08-04", "2025-08-11")),
        ("The report had been due on Tuesday.", ("2025-08-05", "2025-08-12")),
        ("Peers were originally expected to vote on Wednesday.", ("2025-08-06", "2025-08-13")),
        ("Ministers were to meet on Monday.", ("2025-08-04", "2025-08-11")),
        ("He was going to resign on Monday.", ("2025-08-04", "2025-08-11")),
        ("He was due to resign, she said on Monday.", ("2025-08-04", "2025-08-04")),
        ("The report was due in July.", ("2025-07-01", "2025-07-31")),
        ("The report was due on 20 September.", ("2025-09-20", "2025-09-20")),
        ("The council is due to meet on Monday.", ("2025-08-11", "2025-08-11")),
        ("The vote has been scheduled for Monday.", ("2025-08-11", "2025-08-11")),
    ],
)
def test_what_was_due_may_lie_on_either_side(text, days):
    assert cued_interval(text) == days


@pytest.mark.parametrize(
    ("text", "latest"),
    [
        ("Some 25,000 arrived in total this year.", "2025-08-07"),
        ("Arrivals have risen this year.", "2025-08-07"),
        ("Arrivals have risen so far this year.", "2025-08-07"),
        ("Arrivals will rise this year.", "2025-12-31"),
        ("Officials said this year is hard.", "2025-12-31"),
        ("Arrivals this year would be higher, he said.", "2025-12-31"),
        ("He welcomed this year's plan.", "2025-12-31"),
        ("Arrivals rose over the full year.", "2025-12-31"),
    ],
)
def test_what_happened_this_year_happened_by_publication(text, latest):
    assert cued_interval(text) == ("2025-01-01", latest)


@pytest.mark.parametrize(
    ("text", "expected", "days"),
    [
        ("Claims rose in the 12 months to June.", "the 12 months to June", ("2024-07-01", "2025-06-30")),
        ("Claims rose in the year to 30 June.", "the year to 30 June", ("2024-07-01", "2025-06-30")),
        ("It will cost £3bn in the year to March.", "the year to March", ("2025-04-01", "2026-03-31")),
        ("Over the summer crossings rose.", "the summer", ("2025-06-01", "2025-08-31")),
        ("More may follow in the weeks ahead.", "the weeks ahead", ("2025-08-07", "2025-10-09")),
        ("More may follow in the days to come.", "the days to come", ("2025-08-07", "2025-08-16")),
        ("The scheme must end by 2029.", "2029", ("2029-01-01", "2029-12-31")),
    ],
)
def test_a_stretch_has_its_words_and_days(text, expected, days):
    (timex,) = find_timexes(text, THURSDAY, direct=partial(find_cue, text))
    assert (timex.text, (timex.earliest.isoformat(), timex.latest.isoformat())) == (expected, days)


def test_a_delay_by_a_length_of_time_is_no_stretch_that_ends():
    found = cued("The vote was delayed by a year to May 2026.")
    assert found == [("a year", "P1Y"), ("May 2026", "2026-05")]


def test_the_next_day_needs_a_date_before_it():
    assert cued("It opened on 10 July 2025. The next day it shut.")[1] == ("The next day", "2025-07-11")
    (timex,) = find_timexes("He resigned the next day.", THURSDAY)
    assert (timex.value, timex.earliest) == ("XXXX-XX-XX", None)
    assert timex.basis == "no date before it to count from"


# --- what a text says of its own publication day

EVER = {"earliest_possible": date(2010, 1, 1), "latest_possible": date(2026, 12, 31)}


def estimate(text: str) -> tuple[str, str] | None:
    found = estimate_publication(text, **EVER)
    return found and (found.earliest.isoformat(), found.latest.isoformat())


def test_a_told_date_bounds_publication_from_below():
    assert estimate("In May 2023 ministers scrapped it.") == ("2023-05-01", "2026-12-31")


def test_a_year_under_way_is_the_year_of_publication():
    assert estimate("Arrivals rose, putting 2025 on course to be a record.") == ("2025-01-01", "2025-12-31")


def test_figures_up_to_a_month_are_published_after_it():
    assert estimate("Some 900 people came in the year to March 2024, data showed.")[0] == "2024-03-31"


def test_an_announced_year_bounds_publication_from_above():
    assert estimate("The scheme is not expected to start until 2019.") == ("2010-01-01", "2018-12-31")


def test_a_date_told_also_by_its_bare_weekday_leaves_a_week_in_each_fitting_year():
    text = "The decision on Tuesday March 4 was wrong. Many are upset about Tuesday's decision."
    (constraint,) = find_constraints(text)
    found = combine_constraints(
        [constraint], earliest_possible=date(2024, 1, 1), latest_possible=date(2026, 12, 31)
    )
    assert (found.earliest, found.latest) == (date(2025, 3, 4), date(2025, 3, 10))
    assert text[constraint.start : constraint.end] == constraint.text == "Tuesday March 4"


@pytest.mark.parametrize(
    "text", ["", "Nothing is dated here.", "She is a candidate in 2028.", "Ministers met on Friday."]
)
def test_where_nothing_bounds_publication_there_is_no_estimate(text):
    assert estimate(text) is None


def test_a_contradicting_future_date_gives_way():
    text = "It will open in 2012. In May 2023 ministers scrapped it."
    assert estimate(text) == ("2023-05-01", "2026-12-31")


# --- properties

_RELATIVE = [
    "on Thursday",
    "yesterday",
    "last month",
    "two weeks ago",
    "in May",
    "so far this year",
    "next week",
    "by the same point in 2024",
    "this time last year",
]
_PIECES = st.sampled_from(
    """last next this Monday Friday May march 2025 1999 31 2nd July week year years ago the of , . - ’s 's \n
    in a two 10 quarter third early end Sept. 9am 07/08/2024 1980s now so far tonight to March 0 9999 century
    million later earlier half and £ “ 🗓 ٣ ² 2024-25 29 February hundred""".split(" ")
)


@settings(max_examples=200)
@given(st.lists(_PIECES, max_size=12).map(" ".join) | st.text(max_size=60))
def test_spans_are_exact_and_intervals_ordered_on_any_text(text):
    end = 0
    for timex in find_timexes(text, SATURDAY):
        assert end <= timex.start < timex.end
        assert text[timex.start : timex.end] == timex.text
        assert (timex.earliest is None) == (timex.latest is None)
        assert timex.earliest is None or timex.earliest <= timex.latest
        end = timex.end


@settings(max_examples=100)
@given(
    st.dates(date(1930, 1, 1), date(2090, 12, 31)),
    st.sampled_from(["%d %B %Y", "%B %d, %Y", "%A %d %b %Y", "%Y-%m-%d"]),
)
def test_every_full_date_is_read_back(day, form):
    (timex,) = find_timexes(f"It was agreed on {day.strftime(form)} in talks.")
    assert (timex.earliest, timex.latest, timex.value) == (day, day, day.isoformat())


@settings(max_examples=100)
@given(st.dates(date(1930, 1, 1), date(2090, 12, 31)), st.integers(0, 400), st.sampled_from(_RELATIVE))
def test_a_wider_reference_never_excludes_an_answer(day, width, phrase):
    wide = Reference(day, date.fromordinal(day.toordinal() + width))
    inside = Reference(*[date.fromordinal(day.toordinal() + width // 2)] * 2)
    (outer,), (inner,) = find_timexes(phrase, wide), find_timexes(phrase, inside)
    assert outer.earliest <= inner.earliest <= inner.latest <= outer.latest


@settings(max_examples=100)
@given(st.lists(_PIECES, max_size=14).map(" ".join))
def test_estimates_lie_within_what_was_possible(text):
    found = estimate_publication(text, **EVER)
    if found:
        assert EVER["earliest_possible"] <= found.earliest <= found.latest <= EVER["latest_possible"]
        assert all(text[item.start : item.end] == item.text for item in found.evidence)


def test_values_are_timex3():
    text = "On Friday, in May 2024, last week, two years, the third quarter, now, the 1990s, this morning."
    shape = re.compile(r"[\dX]{2,4}(-[\dXWQHSUFAPIE]+){0,2}(T\w\w(:\d\d)?)?|P(T?)[\dX.]+[YMWDHEQ]|\w+_REF")
    assert all(shape.fullmatch(value) for _, value in values(text))
