"""Dates as fields hold them: every common form is read, and none is guessed."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.provenance.days import read_day, read_unix_day

READ = {
    "2025-07-17": "2025-07-17",
    " 2025-07-17 ": "2025-07-17",
    "2025-7-1": "2025-07-01",
    "2025/07/17": "2025-07-17",
    "2025-07-17T23:30:00Z": "2025-07-17",
    "2025-07-17T23:30:00.123+01:00": "2025-07-17",
    "2025-07-17 23:30:00": "2025-07-17",
    "2025-07-17 23:30:00 UTC": "2025-07-17",
    "2025-07-17T10:00": "2025-07-17",
    "2025-07-17T10:00:00-0500": "2025-07-17",
    "20230114": "2023-01-14",
    "20230114T101500Z": "2023-01-14",
    "20230114101500": "2023-01-14",
    "Mon, 06 Mar 2017 04:02:06 GMT": "2017-03-06",
    "Tue 4 Nov 2025 06.00 GMT": "2025-11-04",
    "Sat 12 Jul 2025 18.41 BST": "2025-07-12",
    "Mon, 06 Mar 2017 04:02:06 +0000": "2017-03-06",
    "Mon, 06 Mar 2017 04:02:06 -0500 (EST)": "2017-03-06",
    "Monday, 06-Mar-2017": "2017-03-06",
    "Thu Jul 17 10:00:00 2025": "2025-07-17",
    "17 July 2025": "2025-07-17",
    "17th July 2025": "2025-07-17",
    "17th of July, 2025": "2025-07-17",
    "July 17, 2025": "2025-07-17",
    "July 17, 2025 at 10:30 a.m. EDT": "2025-07-17",
    "July 17, 2025 5pm": "2025-07-17",
    "17 July 2025 8.30pm": "2025-07-17",
    "January 11, 2010 Monday": "2010-01-11",
    "Jan. 11, 2010": "2010-01-11",
    "JANUARY 11, 2010": "2010-01-11",
    "Mittwoch 31. August 2011": "2011-08-31",
    "24. September 2002": "2002-09-24",
    "3. März 2015, 14:20 Uhr": "2015-03-03",
    "mercredi 31 août 2011": "2011-08-31",
    "1er février 2012": "2012-02-01",
    "mar. 17 juin 2025": "2025-06-17",
    "miércoles, 31 de agosto de 2011": "2011-08-31",
    "woensdag 31 augustus 2011": "2011-08-31",
    "3 mei 2011": "2011-05-03",
    "mercoledì 31 agosto 2011": "2011-08-31",
    "quarta-feira, 31 de agosto de 2011": "2011-08-31",
    "25/12/2024": "2024-12-25",
    "12/25/2024": "2024-12-25",
    "25.12.2024": "2024-12-25",
    "03/03/2025": "2025-03-03",
}
UNREAD = {
    "03/04/2025": "which may be 3 April or 4 March 2025",
    "03.04.2025": "which may be 3 April or 4 March 2025",
    "0001-01-01": "which lies before 1800",
    "0001-01-01T00:00:00Z": "which lies before 1800",
    "1/21": "which is not a date",
    "21": "which is not a date",
    "1752749000": "which is not a date",
    "yesterday": "which is not a date",
    "3 hours ago": "which is not a date",
    "may": "which is not a date",
    "17 July 2025 and 18 July 2025": "which is not a date",
    "2025-02-30": "which is no day of the calendar",
    "31 June 2025": "which is no day of the calendar",
    "20231301": "which is no day of the calendar",
    "00/00/2025": "which is no day of the calendar",
    "July 2025": "which names no day",
    "17 July": "which names no year",
    "Friday 17 July 2025": "which names the wrong weekday: it is a Thursday",
    "06-Mar-17": "which gives its year in two figures",
}


@pytest.mark.parametrize(("value", "day"), READ.items())
def test_a_date_is_read(value, day):
    assert read_day(value) == (day, None)


@pytest.mark.parametrize(("value", "wrong"), UNREAD.items())
def test_what_is_no_certain_day_is_told(value, wrong):
    assert read_day(value) == (None, wrong)


def test_nothing_is_neither_a_day_nor_a_fault():
    assert read_day("") == read_day("  \n") == (None, None)


def test_a_day_to_come_is_not_used():
    next_year = datetime.date.today() + datetime.timedelta(365)
    day, wrong = read_day(next_year.isoformat())
    assert day is None and "which lies after" in wrong
    scraped = datetime.date(2024, 5, 1)
    assert read_day("1 May 2024", not_after=scraped) == ("2024-05-01", None)
    assert read_day("2 May 2024", not_after=scraped)[0] is None


def test_seconds_are_read_only_where_asked_for():
    assert read_unix_day(1752749000) == ("2025-07-17", None)
    assert read_unix_day(1e300) == (None, "which is not a date")
    assert read_unix_day(float("nan")) == (None, "which is not a date")


@given(st.dates(datetime.date(1800, 1, 1), datetime.date(2026, 1, 1)), st.sampled_from(
    ["%Y-%m-%d", "%Y%m%d", "%d %B %Y", "%A %d %B %Y", "%B %d, %Y", "%b. %d, %Y", "%Y-%m-%dT%H:%M:%S+02:00"]
))  # fmt: skip
def test_every_day_survives_being_written(day, form):
    assert read_day(datetime.datetime.combine(day, datetime.time(9, 5)).strftime(form)) == (
        day.isoformat(),
        None,
    )


@given(st.text(max_size=200))
def test_any_text_gives_a_day_or_a_reason(value):
    day, wrong = read_day(value)
    assert day is None or wrong is None
    assert (day or wrong) or not value.strip()
