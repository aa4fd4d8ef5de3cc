"""Figures: what they count, how they compare, as of when and who says so."""

from __future__ import annotations

import pytest
from steps import count_steps

from analysis.language.pipeline import layer

COMPONENTS = ("sentences", "actors", "quotes", "dates", "figures")


@pytest.fixture(scope="module")
def figures(annotate_text):
    """A function that gives a text's figures by their words."""

    def run(text: str, **about: object) -> dict:
        doc = annotate_text(text, components=COMPONENTS, **about)
        found = layer(doc, "figures")
        assert all(doc.text[f.start : f.end] == f.text for f in found)
        return {figure.text: figure for figure in found}

    return run


@pytest.mark.parametrize(
    ("text", "words", "unit"),
    [
        ("Police stopped four vans near Dover.", "four", "van"),
        ("The bill names all 31 member states.", "31", "member state"),
        ("The number of people who have crossed passed 30,000 in May.", "30,000", "people"),
        ("A trio of ministers wrote to the mayor.", "trio", "minister"),
        ("Families get £25 a week.", "£25", "pound sterling per week"),
        ("Ann Lee, 34, said nothing.", "34", "year of age"),
        ("Arrests have doubled in a year.", "doubled", "ratio"),
        ("It is the second-largest port in Kent.", "second-largest", "rank"),
        ("Hundreds of boats lay on the beach.", "Hundreds", "boat"),
        ("The town won two FA Cup finals.", "two", "FA Cup final"),
        ("The bid is C$6 (US$4.46) per share.", "C$6", "Canadian dollar per share"),
        ("The repairs cost millions of pounds.", "millions of pounds", "pound sterling"),
        ("The stew needs 1/2 pound of carrots.", "1/2", "pound"),
        ("The fee rose to PS1,250 in May.", "PS1,250", "pound sterling"),
    ],
)
def test_unit(figures, text: str, words: str, unit: str) -> None:
    assert figures(text)[words].unit == unit


@pytest.mark.parametrize(
    ("text", "words", "change"),
    [
        ("Some 40 boats arrived.", "40", "~"),
        ("More than 40 boats arrived.", "40", ">"),
        ("Up to 40 boats arrived.", "40", "<"),
        ("Nearly 40 boats arrived.", "40", "<"),
        ("Exactly 40 boats arrived.", "40", "="),
        ("Arrivals rose by 40 per cent.", "40 per cent", "up"),
        ("Arrivals fell 3% in May.", "3%", "down"),
        ("The total is 12% higher than last year.", "12%", "up"),
        ("There was an increase of 3% in May.", "3%", "up"),
        ("The index lost 12.5 points in May.", "12.5", "down"),
        ("Ferries were down 2%, Kent Trains by 3%.", "3%", "down"),
        ("The council added 15 beds.", "15", "="),
        ("That is 1,225 more than the 4,192 of last May.", "1,225", "up"),
    ],
)
def test_change(figures, text: str, words: str, change: str) -> None:
    assert figures(text)[words].change == change


def test_measure_is_the_phrase_that_the_figure_governs(figures) -> None:
    found = figures("Small boat arrivals in Kent rose by 9 per cent. Ministers spent £40m on new patrols.")
    assert found["9 per cent"].measure == "Small boat arrivals in Kent"
    assert found["£40m"].measure == "new patrols"


@pytest.mark.parametrize(
    ("text", "words", "measure"),
    [
        ("The tunnel is 8 miles (13 km) long.", "13", "tunnel"),
        ("The rent went up from £50 (€58) to £60.", "€58", "rent"),
        ("In Kent: Ferry +0.2% Harbour +0.3% Rail -1%.", "+0.3%", "Harbour"),
    ],
)
def test_a_figure_told_again_measures_the_same(figures, text: str, words: str, measure: str) -> None:
    assert figures(text)[words].measure == measure


def test_source_and_time_come_from_the_sentence(figures) -> None:
    text = "Officers arrested 6,400 people in March, data released by the Port Office shows."
    found = figures(text, published_earliest="2025-06-01", published_latest="2025-06-01")["6,400"]
    assert "Port Office" in found.attributed_to
    assert (found.as_of_earliest, found.as_of_latest) == ("2025-03-01", "2025-03-31")


def test_a_quoted_figure_keeps_its_voice(figures) -> None:
    found = figures('The mayor said: "We have housed 300 families since the fire." She has two deputies.')
    assert found["300"].voice == "quotation"
    assert found["300"].quote_id is not None
    assert found["two"].voice == "narration"


def test_calendar_dates_and_names_are_no_figures(figures) -> None:
    text = "On 9 May 2025 Number 10 said the Big 12 met. Five days later the M25 closed."
    assert set(figures(text, published_earliest="2025-06-01", published_latest="2025-06-01")) == {"Five"}


@pytest.mark.parametrize(
    "text",
    [
        "The FTSE 100 ended the day higher.",
        "The new iPhone 4 went on sale.",
        "They use version 10.4 of the software.",
        "The airline bought the final 717 jet.",
        "The Airbus A330-200 landed in Kent.",
    ],
)
def test_a_number_that_names_a_thing_is_no_figure(figures, text: str) -> None:
    assert figures(text) == {}


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Dozens of vans stood there.", 12, 120),
        ("Tens of thousands of voters stayed away.", 10_000, 100_000),
        ("The van does 0-to-60 mph on the quay.", 0, 60),
        ("Adults need 2000 - 2500 calories.", 2000, 2500),
        ("Flats start from 450 sq ft up to 900 sq ft.", 450, 900),
    ],
)
def test_a_range_has_two_ends(figures, text: str, low: float, high: float) -> None:
    assert [(f.value, f.high) for f in figures(text).values()] == [(low, high)]


@pytest.mark.parametrize("text", ["", "£", "%%%", "'' ’ 12", "1" * 400, "🙂 7 🙂", "\n\n3\n"])
def test_odd_text_is_survived(figures, text: str) -> None:
    assert all(figure.text for figure in figures(text).values())


@pytest.mark.timeout(60)
@pytest.mark.parametrize("unit", ["£5m 20% ", "417 ", "Ab", "a@b "])
def test_a_long_line_costs_in_proportion_to_its_length(annotate_text, unit):
    def read(times):
        annotate_text(unit * times, components=("sentences", "figures"))

    read(10)
    short, long = (count_steps(lambda times=times: read(times)) for times in (300, 1500))
    assert long < 5.5 * short


def test_a_person_measures_nothing(annotate_text):
    figures = layer(annotate_text("Martha Ellison resigned four years ago."), "figures")
    assert [figure.measure for figure in figures if figure.value == 4] == [None]
