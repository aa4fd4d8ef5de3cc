"""What a figure measures: the noun phrase counted or governed, and whose it is."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from steps import count_steps

from analysis.language.noun_phrases import MEASURE_WORDS
from analysis.language.pipeline import layer

COMPONENTS = ("sentences", "actors", "dates", "figures")


@pytest.fixture(scope="module")
def measures(annotate_text):
    """A function that gives what a text's figures measure by their words."""

    def run(text: str) -> dict[str, str | None]:
        return {f.text: f.measure for f in layer(annotate_text(text, components=COMPONENTS), "figures")}

    return run


@pytest.mark.parametrize(
    ("text", "words", "measure"),
    [
        ("The harbour board has 12 piers.", "12", "piers (harbour board)"),
        ("The Greens, which boast four councillors, met in Leeds.", "four", "councillors (Greens)"),
        ("Brightwater Ltd is cutting about 650 jobs.", "650", "jobs (Brightwater Ltd)"),
        ("Brightwater Ltd announced thousands of job cuts.", "thousands", "job cuts (Brightwater Ltd)"),
        ("Ferry bookings rose to 300 cars.", "300", "cars (Ferry bookings)"),
        ("Officers arrested 40 men in Kent.", "40", "men arrested by Officers"),
        ("The inspectors had visited more than 90 farms.", "90", "farms visited by inspectors"),
        ("Nearly 300 people were evacuated.", "300", "people evacuated"),
        ("Inspectors could not visit 90 farms.", "90", "farms"),
        ("The panel looked at two bids.", "two", "bids (panel)"),
        ("She has 80 supporters.", "80", "supporters"),
        ("The mayor said it has four piers.", "four", "piers"),
        ("A survey of 900 farmers was lost.", "900", "farmers (survey)"),
        ("Talks between the two towns failed.", "two", "towns (Talks)"),
        ("A fraction of the 700 sailors stayed.", "700", "sailors"),
        ("Mr Ellison announced that there were 380 guests.", "380", "guests"),
        ("They ate a three course meal.", "three", "course meal"),
    ],
)
def test_a_counted_noun_says_whose_it_is(measures, text: str, words: str, measure: str) -> None:
    assert measures(text)[words] == measure


@pytest.mark.parametrize(
    ("text", "words", "measure"),
    [
        (
            "Illegal work arrests double in year as guards target 'careless' skippers",
            "double",
            "Illegal work arrests",
        ),
        ("Sales rose 9 per cent with margins at 4 per cent.", "4 per cent", "margins"),
        ("Sales rose 9 per cent to £40m.", "£40m", "Sales"),
        ("Robin Hale, 24, was found safe.", "24", None),
        ("Arrests for fly-tipping have doubled.", "doubled", "Arrests for fly-tipping"),
        ("The council doubled the total funding.", "doubled", "total funding"),
        ("The pound fell 2% on Monday.", "2%", "pound"),
        ("The fair will take place over five weeks.", "five", "fair"),
        ("Staff were offered a 5% pay rise.", "5%", "pay rise (Staff)"),
        ("Rents grew, with inflation at 4%.", "4%", "inflation"),
        ("The load was 20 kg on 9 May and 30 kg on 11 June.", "30", "load"),
        ("The pipe (15mm inner width) burst.", "15mm", "inner width"),
        ("The beam was 3 years, 2 months and 14 days old.", "14", "beam"),
        ("The court set a fine of £50 for drivers.", "£50", "fine for drivers"),
        ("The minister pledged a further £75 million for the coastguard.", "£75 million", "coastguard"),
        ("The tunnel is the first project that cost £5m.", "£5m", "tunnel"),
        ("The firm lowered its revenue forecast to £8m.", "£8m", "revenue forecast (firm)"),
        ("The plane was flying at an altitude of 900 feet.", "900", "altitude (plane)"),
        ("Martha Ellison led the party for six years.", "six", "party (Martha Ellison)"),
        ("Martha Ellison has been in the role for six years.", "six", "role (Martha Ellison)"),
        ("Martha Ellison kept running for six hours.", "six", "running (Martha Ellison)"),
        ("Martha Ellison said so six years ago.", "six", None),
        (
            "In the film, Martha Ellison kept running for 3 years and 2 months.",
            "2",
            "running (Martha Ellison)",
        ),
        ("About 500 men entered the port, more than 80% by boat.", "80%", "men"),
        ("The runner won a 40 yard dash.", "40", "dash (runner)"),
        ("This equates to a pay-back time of 30 years.", "30", "pay-back time"),
        ("They invested £8m in our Sea Rescue Service.", "£8m", "Sea Rescue Service"),
        ("Kent Air bought 20 of the larger jets for £4 billion.", "£4 billion", "larger jets"),
        ("Each driver gets a £250 fuel bonus.", "£250", "fuel bonus (driver)"),
        ("The tram ran at 40 kt.", "40", "tram"),
    ],
)
def test_a_governed_number_measures_what_the_clause_is_about(measures, text, words, measure) -> None:
    assert measures(text)[words] == measure


@pytest.mark.parametrize(
    ("text", "words", "measure"),
    [
        ("Spending on legal aid rose 12%.", "12%", "Spending on legal aid"),
        ("The ferry scheme costs taxpayers £8m a day.", "£8m", "ferry scheme"),
        ("A rise of 0.3 percentage points took unemployment to 4.6%.", "4.6%", "unemployment"),
        ("The number of crossings passed the 20,000 mark.", "20,000", "number of crossings"),
        ("Three ex-wives of the mayor spoke.", "Three", "ex-wives of the mayor"),
    ],
)
def test_what_a_sum_or_a_level_is_of(measures, text: str, words: str, measure: str) -> None:
    assert measures(text)[words] == measure


@pytest.fixture(scope="module")
def units(annotate_text):
    """A function that gives the units of a text's figures by their words."""

    def run(text: str) -> dict[str, str | None]:
        return {f.text: f.unit for f in layer(annotate_text(text, components=COMPONENTS), "figures")}

    return run


@pytest.mark.parametrize(
    ("text", "words", "unit"),
    [
        ("There were 20,000 ferries ahead of the storm.", "20,000", "ferry"),
        ("The port took £5m a day.", "£5m", "pound sterling per day"),
        ("The port took £5m in fees a year.", "£5m", "pound sterling per year"),
        ("The port took £5m a year ago.", "£5m", "pound sterling"),
        ("Many pupils turn 18 every month.", "18", "year of age"),
        ("Two co-defendants were fined.", "Two", "co-defendant"),
        ("The three runners-up were fined.", "three", "runner-up"),
        ("Six Welsh-language channels closed.", "Six", "Welsh-language channel"),
        ("Six first-time sailors drowned.", "Six", "first-time sailor"),
        ("She taught 40 high school pupils.", "40", "high school pupil"),
        ("About 3,000 civil servants left.", "3,000", "civil servant"),
        ("About 3,000 senior officials left.", "3,000", "official"),
        ("Two attorneys general met.", "Two", "attorney general"),
        ("Arrivals passed the 20,000 mark.", "20,000", None),
        ("The email hit 2,000 inboxes.", "2,000", "inbox"),
        ("The clinic gave 300 doses.", "300", "dose"),
        ("The vote was lost by 40 Democrats.", "40", "Democrat"),
        ("In Leeds 30 Tories voted against it.", "30", "Tory"),
        ("There are 800 people—“Islanders” to most—in the port.", "800", "people"),
        ("They sent their 1,200 staff home.", "1,200", "staff"),
    ],
)
def test_a_unit_is_what_is_counted_in_the_singular(units, text: str, words: str, unit: str | None) -> None:
    assert units(text)[words] == unit


def test_the_pronoun_one_counts_nothing(units) -> None:
    assert units("He treats it as one treats a friend.") == {}


def test_a_day_is_never_what_a_figure_measures(measures) -> None:
    found = measures("Rents rose by 3% on Monday, 4% on Tuesday and 5% in May.")
    assert set(found.values()) == {"Rents"}


WORDS = "the 12 £40m 3% boats of in for , ( ) which has its rose to arrested by - “ men Kent US 5-inch".split(
    " "
)


@given(st.lists(st.sampled_from(WORDS), max_size=25))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gives_short_phrases(measures, words: list[str]) -> None:
    for measure in measures(" ".join(words)).values():
        assert measure is None or (
            measure.strip() == measure != "" and len(measure.split()) < 4 * MEASURE_WORDS
        )


@pytest.mark.parametrize("unit", ["12 boats, ", "£12 for boats and ", "ports (12 boats) have ", "12% "])
def test_cost_grows_with_length_in_a_list_without_a_stop(annotate_text, unit: str) -> None:
    def read(times: int) -> None:
        annotate_text("Kent has " + unit * times, components=("sentences", "figures"))

    read(10)
    short, long = (count_steps(lambda times=times: read(times)) for times in (100, 500))
    assert long < 5.5 * short
