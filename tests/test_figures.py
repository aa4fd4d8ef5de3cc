"""Figures: what they count, how they compare, as of when and who says so."""

from __future__ import annotations

import pytest
from steps import count_steps

from analysis.codebooks import load_topic
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
        ("There was an increase of 3% in May.", "3%", "="),
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


@pytest.mark.parametrize(
    ("text", "words", "measure"),
    [
        ("The gallery has 12 pipes (1.5mm internal diameter).", "1.5mm", "internal diameter"),
        ("Profit at Kent Rail fell 3 per cent, at 14.5 per cent margin.", "14.5 per cent", "margin"),
    ],
)
def test_a_figure_with_a_noun_of_its_own_shares_none(figures, text: str, words: str, measure: str) -> None:
    assert figures(text)[words].measure == measure


def test_source_and_time_come_from_the_sentence(figures) -> None:
    text = "Officers arrested 6,400 people in March, data released by the Port Office shows."
    found = figures(text, published_earliest="2025-06-01", published_latest="2025-06-01")["6,400"]
    assert "Port Office" in found.attributed_to
    assert (found.as_of_earliest, found.as_of_latest) == ("2025-03-01", "2025-03-31")


@pytest.fixture(scope="module")
def claims(figures):
    """A function that gives the figures of a text on small boats, published on Friday 9 May 2025."""

    def run(text: str, published: tuple[str, str] = ("2025-05-09", "2025-05-09")) -> dict:
        packs = (load_topic("uk_migration"),)
        return figures(text, published_earliest=published[0], published_latest=published[1], packs=packs)

    return run


@pytest.mark.parametrize(
    ("text", "words", "measure", "period"),
    [
        ("More than 9,000 people have come by small boat so far this year.", "9,000", 0, "year to date"),
        ("Small boat arrivals this year passed 9,000 on Tuesday.", "9,000", 0, "year to date"),
        ("Small boat arrivals hit 9,000 by 3 May.", "9,000", 0, None),
        ("The year brought 9,177 arrivals.", "9,177", 0, None),
        ("Some 825 people arrived in 15 dinghies on Saturday.", "825", 0, "day"),
        ("Some 825 people arrived in 15 dinghies on Saturday.", "15", "boats", "day"),
        ("About 9,000 migrants crossed the Channel in 2023.", "9,000", 0, "year"),
        ("About 9,000 migrants crossed the Channel in the year to March.", "9,000", 0, "year"),
        ("About 9,000 migrants crossed the Channel in April.", "9,000", 0, "month"),
        ("About 9,000 migrants have crossed the Channel since 2018.", "9,000", 0, "since 2018"),
        ("About 9,000 migrants have crossed the Channel since January.", "9,000", 0, "year to date"),
        ("A record 905 people crossed the Channel in a single day.", "905", 0, "day"),
        ("Some 40,000 people are expected to cross the Channel this year.", "40,000", 0, "year"),
        ("By the same point in 2024, 8,500 people had crossed the Channel.", "8,500", 0, "year to date"),
        ("In all 415 people crossed, taking the total for the year to 9,074.", "9,074", 0, "year to date"),
        ("Some 415 people crossed, which takes the year's total to 9,074.", "9,074", 0, "year to date"),
        ("Some 415 people crossed; they took the total for the year to 9,074.", "9,074", 0, "year to date"),
        ("Small boat arrivals were topping 9,000 on Tuesday.", "9,000", 0, None),
        ("Small boat arrivals are hitting 9,000 this week.", "9,000", 0, None),
        ("Small boat crossings are up 9% on the same point last year.", "9%", 0, "year to date"),
        ("The total of 9,177 arrivals is 3 per cent more than last year.", "3 per cent", 0, "year"),
        ("Ferries were full. Small boat arrivals rose. The total passed 9,000.", "9,000", 0, None),
        (
            "There were 32,000 asylum seekers in hotels on 31 March.",
            "32,000",
            "asylum seekers in hotels",
            "day",
        ),
        ("Hotels cost taxpayers £5m a day last year.", "£5m", "asylum hotel costs", "year"),
        ("The asylum backlog fell by 12 per cent last week.", "12 per cent", "asylum backlog", "week"),
        ("At least 70 people died trying to cross the Channel.", "70", "deaths in the Channel", None),
        ("Two people died and 60 were rescued in the Channel.", "60", "people rescued at sea", None),
        ("Police made 600 arrests for illegal working, up 5%.", "5%", "illegal working arrests", None),
    ],
)
def test_claims_about_one_measure_line_up(claims, text: str, words: str, measure, period) -> None:
    found = claims(text)[words]
    assert (found.codebook_measure, found.period) == (measure or "small boat arrivals", period)


@pytest.mark.parametrize(
    ("text", "words", "unit", "first", "last"),
    [
        (
            "Some 5,300 people crossed the Channel in April. "
            "This is 1,100 more than the 4,200 migrants who came in March.",
            "1,100", "people", "2025-04-01", "2025-04-30",
        ),
        (
            "Police made 6,200 arrests for illegal working in the past year. "
            "The figure is 40% higher than the previous year.",
            "40%", "percent", "2024-05-09", "2025-05-09",
        ),
        (
            "Small boat arrivals rose. The total is 9% more than in 2023.",
            "9%", "percent", "2023-01-01", "2025-05-09",
        ),
    ],
)  # fmt: skip
def test_a_difference_is_of_the_time_of_the_figure_it_takes_up(
    claims, text, words, unit, first, last
) -> None:
    found = claims(text)[words]
    assert (found.unit, found.as_of_earliest, found.as_of_latest) == (unit, first, last)


def test_a_word_for_any_number_gives_way_to_the_measure_it_stands_for(claims) -> None:
    text = "Police made 6,200 arrests for illegal working. The figure is 40% higher than last year."
    assert claims(text)["40%"].measure is None
    assert claims(text)["40%"].codebook_measure == "illegal working arrests"


def test_the_level_that_a_movement_reaches_is_of_the_same_measure(claims) -> None:
    text = "She pledged £75m for the border command, doubling the total funding to £150m over two years."
    assert claims(text)["£150m"].codebook_measure == "border funding"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Some 600 people crossed the Channel and 50 officers watched.", "50"),
        ("Some 20 Albanian migrants crossed the Channel.", "20"),
        ("Some 52 per cent of voters name small boat arrivals.", "52 per cent"),
        ("He paid £3,000 for the crossing.", "£3,000"),
        ("Ministers doubled the amount of money for a crackdown on crossings.", "doubled"),
        ("Ann Lee, 34, watched the small boat arrivals.", "34"),
        ("The letter on crossings was signed by 90 MPs.", "90"),
        ("Police arrested 12 people at the protest over small boats.", "12"),
    ],
)
def test_what_counts_something_else_is_no_claim_about_arrivals(claims, text: str, words: str) -> None:
    assert claims(text)[words].codebook_measure != "small boat arrivals"


def test_without_a_topic_pack_no_measure_has_a_name(figures) -> None:
    assert figures("Some 600 people arrived by small boat.")["600"].codebook_measure is None


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("So far this year 600 boats have sunk.", "600", "2025-01-01", "2025-05-09"),
        ("In the year to March 2025, 600 boats sank.", "600", "2024-04-01", "2025-03-31"),
        ("Today 600 boats sank.", "600", "2025-05-09", "2025-05-09"),
        ("Some 600 boats have sunk.", "600", "2025-05-09", "2025-05-09"),
        ("Some 600 boats sank.", "600", None, None),
        ("Some 600 boats have sunk since March 2024.", "600", "2024-03-01", "2025-05-09"),
        ("Sinkings are 9% higher than in 2023.", "9%", "2023-01-01", "2025-05-09"),
        ("Sinkings rose 9% in 2022 compared with 2021.", "9%", "2022-01-01", "2022-12-31"),
        ("A total of 800 sinkings is a rise of 9% on last year.", "800", None, None),
        ("More boats sank: 20 on Monday, 30 on Tuesday.", "30", "2025-05-06", "2025-05-06"),
        ("Sinkings have doubled in a year.", "doubled", "2024-05-09", "2025-05-09"),
        ("The Greens, which have four seats, meet next week.", "four", None, None),
        ("The two ministers will meet next week.", "two", None, None),
        ("Ann Lee, 34, left in March.", "34", None, None),
        ("The council will publish a 10-year plan in March.", "10-year", None, None),
        ("Between March and April, 600 boats sank.", "600", "2025-03-01", "2025-04-30"),
        ("Officers held nine men who had been fishing there in March.", "nine", None, None),
        ("Ministers pledged a further £5m over the next two years.", "£5m", "2025-05-09", "2027-05-09"),
    ],
)
def test_as_of_when(figures, text: str, words: str, first: str | None, last: str | None) -> None:
    found = figures(text, published_earliest="2025-05-09", published_latest="2025-05-09")[words]
    assert (found.as_of_earliest, found.as_of_latest) == (first, last)


def test_an_uncertain_day_of_publication_widens_the_year(claims) -> None:
    found = claims("Some 600 people crossed the Channel this year.", ("2024-12-30", "2025-01-02"))["600"]
    assert (found.as_of_earliest, found.as_of_latest) == ("2024-01-01", "2025-01-02")
    assert found.period == "year to date"


def test_the_nearest_source_is_the_figures_own(figures) -> None:
    text = "There are 40 boats according to the Port Office and 90 vans according to the Road Board."
    found = figures(text)
    assert found["40"].attributed_to.startswith("the Port Office")
    assert found["90"].attributed_to == "the Road Board"


def test_data_inside_what_is_said_is_the_source(figures) -> None:
    found = figures("Critics said the plan was weak and that new data shows that 40 piers are shut.")
    assert found["40"].attributed_to == "new data"


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
        "Ministers praised the 'one in, one out' pilot.",
        "One-in-one-out returns began.",
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


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "unit",
    [
        "Some 600 people crossed the Channel on Monday, according to the Port Office. ",
        "some 600 people crossed the Channel on Monday and ",
    ],
)
def test_dates_and_sources_are_not_gone_through_for_each_figure(annotate_text, unit):
    about = {"published_earliest": "2025-05-09", "published_latest": "2025-05-09"}

    def read(times):
        annotate_text(unit * times, components=COMPONENTS, **about)

    read(10)
    short, long = (count_steps(lambda times=times: read(times)) for times in (50, 200))
    assert long < 5 * short


@pytest.mark.timeout(60)
@pytest.mark.parametrize("topics", [(), ("uk_migration",)])
def test_a_list_without_a_stop_costs_in_proportion_to_its_length(annotate_text, topics):
    packs = tuple(load_topic(name) for name in topics)

    def read(times):
        annotate_text("12 boats, " * times, components=("sentences", "figures"), packs=packs)

    read(10)
    short, long = (count_steps(lambda times=times: read(times)) for times in (100, 400))
    assert long < 4.5 * short
