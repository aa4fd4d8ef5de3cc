"""How figures compare: hedges and their negations, differences by verb, noun and adverb, levels reached."""

from __future__ import annotations

import pytest

from analysis.language.pipeline import layer


@pytest.fixture(scope="module")
def figures(annotate_text):
    """A function that gives a text's figures, in reading order."""
    return lambda text: layer(annotate_text(text, components=("sentences", "figures")), "figures")


@pytest.fixture(scope="module")
def changes(figures):
    """A function that gives the changes of a text's figures, in reading order."""
    return lambda text: [figure.change for figure in figures(text)]


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("No more than 40 boats arrived.", "<"),
        ("Not less than 40 boats arrived.", ">"),
        ("No fewer than 40 boats arrived.", ">"),
        ("Not quite 40 boats arrived.", "<"),
        ("As many as 40 boats arrived.", "<"),
        ("As few as 40 boats arrived.", ">"),
        ("The fee may be as little as £40.", ">"),
        ("A minimum of 40 boats arrived.", ">"),
        ("At the very least 40 boats arrived.", ">"),
        ("Some 40 boats arrived.", "~"),
        ("An estimated 40 boats arrived.", "~"),
        ("Close to 40 boats arrived.", "~"),
        ("Roughly 40 boats arrived.", "~"),
        ("Just under 40 boats arrived.", "<"),
        ("Just short of 40 boats arrived.", "<"),
        ("The fee is capped at £40.", "<"),
        ("Numbers are limited to 40 a day.", "<"),
        ("Claims topped £40m in May.", ">"),
        ("Claims exceeded £40m in May.", ">"),
        ("Arrivals surpassed 40,000 in May.", ">"),
        ("Arrivals passed the 40,000 mark.", ">"),
        ("Arrivals are topping 40,000.", ">"),
        ("Arrivals broke the 40,000 barrier.", ">"),
        ("Arrivals are not hitting 40,000.", "<"),
        ("Arrivals have yet to cross 40,000.", "<"),
        ("Arrivals did not exceed 40,000.", "<"),
        ("He must pay £40 or more.", ">"),
        ("He must wait 40 days or less.", "<"),
        ("He must wait 40 days or so.", "~"),
        ("Some boats hold 40+ people.", ">"),
        ("There were thirty-odd boats.", "~"),
        ("There were thirty-plus boats.", ">"),
        ("The party won by >= 40 points.", ">"),
    ],
)
def test_a_hedge_makes_a_bound_or_a_guess(changes, text: str, change: str) -> None:
    assert changes(text) == [change]


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("Sales were up 12% on last year.", "up"),
        ("Sales were 4% down on last year.", "down"),
        ("The index fell 40 points.", "down"),
        ("Rents are 5% higher than in May.", "up"),
        ("They raised the basic rate of income tax by 3%.", "up"),
        ("Oil added $3 to $70 a barrel.", "up"),
        ("Arrivals rose by more than 9%.", "up"),
        ("Arrivals fell by a third.", "down"),
        ("Ministers gave the coastguard a further £40m.", "up"),
        ("The port will get an additional £40 million.", "up"),
        ("The council found an extra £3,000 for the pier.", "up"),
        ("Repairs will cost another $2bn.", "up"),
    ],
)
def test_an_amount_of_rise_or_fall_is_a_difference(figures, text: str, change: str) -> None:
    assert (figures(text)[0].change, figures(text)[0].direction) == (change, change)


@pytest.mark.parametrize(
    ("text", "change", "direction"),
    [
        ("There was a 3% increase in arrivals.", "=", "up"),
        ("There was an increase of about 3% in May.", "~", "up"),
        ("Nurses want a 5% pay rise.", "=", "up"),
        ("Nurses want a rise of at least 5%.", ">", "up"),
        ("The council made a £30m cut in spending.", "=", "down"),
        ("Ministers planned a cut of more than £2bn.", ">", "down"),
        ("Crossings fell by half, a drop of nearly 300 boats.", "<", "down"),
    ],
)
def test_a_named_movement_keeps_its_own_bounds(figures, text: str, change: str, direction: str) -> None:
    assert (figures(text)[-1].change, figures(text)[-1].direction) == (change, direction)


@pytest.mark.parametrize(
    "text",
    [
        "Arrivals rose to 40,000.",
        "Prices went up to £40.",
        "Officers picked up 40 people.",
        "Women make up 40% of the crew.",
        "Labour gained 40% of the vote.",
        "The minister lost £3m.",
        "The force got a £3m funding boost from the county.",
        "Ministers signed the £40m deal over three years.",
        "MPs passed three bills.",
        "Ministers talked about three plans.",
        "He served under three ministers.",
        "The tax is £40 plus VAT.",
        "The £40m already promised was spent.",
        "Further work will cost £40m.",
        "A further 12 boats arrived.",
    ],
)
def test_a_level_or_a_count_is_no_difference_and_no_bound(figures, text: str) -> None:
    assert {(figure.change, figure.direction) for figure in figures(text)} == {("=", None)}


def test_what_another_number_exceeds_is_told_as_it_stands(changes) -> None:
    assert changes("That is 1,225 more than the 4,192 of last May.") == ["up", "="]


def test_a_time_spent_may_be_longer_than_it(changes) -> None:
    assert changes("He waited for over three years.") == [">"]
