"""Numbers in plain text: what they are worth, and what only looks like one."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.language.numbers import find_numbers, parse_words


def read(text: str) -> list[tuple]:
    return [(n.value, n.high, n.unit) for n in find_numbers(text)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("£40m", 40e6, "pound sterling"),
        ("€1.2bn", 1.2e9, "euro"),
        ("US$3 billion", 3e9, "dollar"),
        ("75 million", 75e6, None),
        ("25p", 25.0, "penny"),
        ("3 per cent", 3.0, "percent"),
        ("51%", 51.0, "percent"),
        ("two percentage points", 2.0, "percentage point"),
        ("two hundred and six", 206.0, None),
        ("half a million", 500_000.0, None),
        ("a dozen", 12.0, None),
        ("two and a half miles", 2.5, None),
        ("two-and-a-half miles", 2.5, None),
        ("one and a quarter million", 1.25e6, None),
        ("fell by a third last year", 1 / 3, "share"),
        ("about half that sum", 0.5, "share"),
        ("two-thirds of them", 2 / 3, "share"),
        ("one in five pupils", 0.2, "share"),
        ("a trio of men", 3.0, None),
        ("has doubled", 2.0, "ratio"),
        ("was halved", 0.5, "ratio"),
        ("a 10-year plan", 10.0, "year"),
        ("a 14-year-old", 14.0, "year of age"),
        ("50mph", 50.0, "mile per hour"),
        ("a 2.2 Million fund", 2_200_000.0, None),
        ("a $1.5 B fund", 1.5e9, "dollar"),
        ("1,600 pounds of grain", 1600.0, "pound"),
        ("a 200-pound man", 200.0, "pound"),
        ("ten pounds of public money", 10.0, "pound sterling"),
        ("a million won't do", 1e6, None),
        ("a two-to-one margin", 2.0, "ratio"),
        ("one Kent councillor", 1.0, None),
        ("people,12 of whom", 12.0, None),
    ],
)
def test_reads_value_and_unit(text: str, value: float, unit: str | None) -> None:
    assert read(text) == [(pytest.approx(value), None, unit)]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("20 to 25 per cent", 20, 25, "percent"),
        ("between £5 and £7", 5, 7, "pound sterling"),
        ("£2m-£3m", 2e6, 3e6, "pound sterling"),
        ("three or four years", 3, 4, None),
        ("1 to 2 thousand people", 1000, 2000, None),
        ("an 80- to 100-year plan", 80, 100, "year"),
    ],
)
def test_joins_ranges(text: str, low: float, high: float, unit: str | None) -> None:
    assert read(text) == [(low, high, unit)]


def test_a_movement_from_one_number_to_another_is_no_range() -> None:
    assert read("It rose from 4 per cent to 6 per cent") == [(4, None, "percent"), (6, None, "percent")]


@pytest.mark.parametrize(
    "text",
    [
        "in 2025", "the 9/11 attacks", "10 Downing Street", "No 10 said", "the M25", "MI5", "a 2-1 win",
        "under Article 8", "an F-16", "call 020 7946 0018", "1. First", "on 9 May", "May 3, 2024",
        "at 10.30am", "the 22nd", "the 1990s", "no one", "one of them", "24/7", "https://example.org/12/34",
        "a 5-4 ruling", "a 50-50 chance", "zero tolerance", "ground zero", "Image 2 of 9", "the Gang of Six",
        "H.R. 1", "SB 12", "Title 42", "Section 8", "§5", "cl. 2", "12 U.S. 1, 5", "page A1", "(1892)",
        "on night two", "at 7:30", "7 p.m.", "20-20", "the G20", "Covid-19", "COVID 19", "in ’16",
        "his 20-something son", "over 0,000", "between AD 1000 and 1260", "a 911 call",
        "call 1-800-555-0100", "Kent, TX 78701",
        "two-way",
        "one way or another",
        "a two way street", "put them under one roof", "back to square one",
        "a decade-and-a-half of work",
        "a year and a half",
        "a win in May and a third this week",
        "a 401(k) account",
        "(2 Images)",
    ],
)  # fmt: skip
def test_passes_over_what_is_no_quantity(text: str) -> None:
    assert read(text) == []


def test_a_unit_that_only_the_last_number_names_holds_for_all() -> None:
    ages = [(16, None, "year of age"), (17, None, "year of age")]
    assert read("all 16- and 17-year-olds") == ages
    assert read("ahead by 50-42%") == [(50, None, "percent"), (42, None, "percent")]


def test_a_year_like_number_may_be_counted() -> None:
    assert read("more than 2,000 people and about 2000 boats") == [(2000, None, None), (2000, None, None)]


@given(st.text(alphabet="0123456789.,-–£$% abmnkotwehundrdils'\n’()/+", max_size=80))
def test_any_text_gives_ordered_spans_that_do_not_overlap(text: str) -> None:
    numbers = find_numbers(text)
    for number in numbers:
        assert 0 <= number.start < number.end <= len(text)
        assert number.high is None or number.high > number.value
    for left, right in itertools.pairwise(numbers):
        assert left.end <= right.start


@given(st.integers(min_value=1, max_value=10**12).filter(lambda n: not 1000 <= n <= 9999))
def test_grouped_digits_keep_their_value(value: int) -> None:
    assert read(f"some {value:,} people") == [(float(value), None, None)]


def test_words_that_are_no_number() -> None:
    assert parse_words("several") is None
