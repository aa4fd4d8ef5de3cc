"""Figures of any text: nothing raises, spans hold, and a number that is written is read back."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from steps import count_steps

from analysis.language.numbers import find_numbers
from analysis.language.pipeline import layer

CHANGES = {"=", "~", ">", "<", "up", "down"}
# Words and signs that figures are made of, so that made-up text meets their rules often.
PARTS = st.sampled_from(
    "40 3,000 2.5 1/2 £ $ % -7 +3% one two-thirds a dozen million bn per cent pounds pence points "
    "people boats year-old 10-year more than up to nearly about rose fell by of to from or and over 2025 "
    "May 52-48 9/11 ‘ ’ ( ) , . § No Act doubled hundreds up down cut -odd -plus".split(" ")
)
ONES = "one two three four five six seven eight nine".split(" ")
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ")


@pytest.fixture(scope="module")
def read_figures(annotate_text):
    """A function that gives the figures of a text."""
    return lambda text: layer(annotate_text(text, components=("sentences", "figures")), "figures")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.lists(PARTS, max_size=14).map(" ".join),
        st.lists(PARTS, max_size=14).map("".join),
        st.text(max_size=60),
    )
)
def test_figures_of_any_text_hold_their_spans(read_figures, text: str) -> None:
    found = read_figures(text)
    for figure in found:
        assert text[figure.start : figure.end] == figure.text != ""
        assert figure.change in CHANGES
        assert figure.high is None or figure.high > figure.value
    assert all(left.end <= right.start for left, right in itertools.pairwise(found))


@given(st.one_of(st.text(max_size=80), st.lists(PARTS, max_size=20).map(" ".join)))
def test_numbers_of_any_text_are_ordered(text: str) -> None:
    numbers = find_numbers(text)
    assert all(0 <= number.start < number.end <= len(text) for number in numbers)
    assert all(number.high is None or number.high > number.value for number in numbers)
    assert all(left.end <= right.start for left, right in itertools.pairwise(numbers))


def read(text: str) -> list[tuple]:
    return [(n.value, n.high, n.unit) for n in find_numbers(text)]


@given(
    st.integers(1, 99_999_999),
    st.sampled_from(["£", "$", "€"]),
    st.sampled_from(["", "m", "bn", " million", " Billion"]),
)
def test_money_is_read_back(amount: int, sign: str, scale: str) -> None:
    names = {"£": "pound sterling", "$": "dollar", "€": "euro"}
    worth = {"": 1, "m": 1e6, "bn": 1e9, " million": 1e6, " Billion": 1e9}[scale]
    assert read(f"It cost {sign}{amount:,}{scale} then") == [
        (pytest.approx(amount * worth), None, names[sign])
    ]


@given(st.decimals(0, 1000, places=1), st.sampled_from(["%", " per cent", " percent", "pc"]))
def test_a_share_in_the_hundred_is_read_back(value, sign: str) -> None:
    assert read(f"It was {value}{sign} then") == [(float(value), None, "percent")]


@given(st.integers(0, 7), st.integers(0, 8), st.sampled_from(["hundred", "thousand", "million"]))
def test_words_are_read_back(ten: int, one: int, scale: str) -> None:
    worth = {"hundred": 100, "thousand": 1000, "million": 1_000_000}[scale]
    small = 10 * (ten + 2) + one + 1
    assert read(f"some {TENS[ten]}-{ONES[one]} boats") == [(small, None, None)]
    assert read(f"some {ONES[one]} {scale} and {TENS[ten]}-{ONES[one]} boats") == [
        ((one + 1) * worth + small, None, None)
    ]


@given(st.integers(1, 400), st.integers(1, 400), st.sampled_from([" to ", "-", "–"]))
def test_ranges_are_read_back(low: int, more: int, between: str) -> None:
    assert read(f"It was {low}{between}{low + more} per cent then") == [(low, low + more, "percent")]


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "unit",
    ["7", "1 2 3 ", "$", "1,", "1.", "one ", "one hundred ", "-1", "1-", "1/", "§", "(1) ", "1 to ",
     "16- and ", "+1 ", "100 pounds of ", "Image 1 of ", "1 U.S. 1, ", "a million and "],
)  # fmt: skip
def test_hostile_text_costs_in_proportion_to_its_length(unit: str) -> None:
    short, long = (
        count_steps(lambda size=size: find_numbers((unit * size)[:size])) for size in (2_000, 8_000)
    )
    assert long < 5 * short + 200
