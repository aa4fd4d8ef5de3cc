"""Names in running text: people and organisations by their words and by what stands beside them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.language.given_names import gender_of_name, is_given_name
from analysis.language.namefinder import find_names
from analysis.language.phrases import Phrases


def named(text: str, kind: str = "person") -> list[str]:
    return [name.bare for name in find_names(text) if name.kind == kind]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Ursula van der Meer and Seán O’Rourke-Bell met Mohammed bin Talal.",
         ["Ursula van der Meer", "Seán O’Rourke-Bell", "Mohammed bin Talal"]),
        ("Martha J. Ellison, Robert Hale Jr. and J. P. Dunmore KC spoke.",
         ["Martha J. Ellison", "Robert Hale", "J. P. Dunmore"]),
        ("Home Secretary Ana Ruiz met Ohio Gov. Robert Hale.", ["Ana Ruiz", "Robert Hale"]),
        ("Former Secretary of State Martha Ellison and Mayor of Leeds Priya Shah left.",
         ["Martha Ellison", "Priya Shah"]),
        ("Mr Okri and Dame Quillan left with President Dunmore.", ["Okri", "Quillan", "Dunmore"]),
        ("Republican Robert Hale beat Democrat Martha Ellison.", ["Robert Hale", "Martha Ellison"]),
        ("Harbour boss Zanthe Quillan met Brannoc Tull.", ["Zanthe Quillan", "Brannoc Tull"]),
        ("It rained, Quillan said. Everybody left, Quillan told us.", ["Quillan", "Quillan"]),
        ("Stephen King, 44, and Rosa Park spoke.", ["Stephen King", "Rosa Park"]),
        ("On Monday Ana Ruiz spoke to Will Hale. April Jones did.", ["Ana Ruiz", "Will Hale", "April Jones"]),
        ("Will Zanthe answer?", []),
        ("Det Ch Insp Rosa Webb, Supt. Ian Moss and PC Tim Ward met Ex-footballer Gary Lind.",
         ["Rosa Webb", "Ian Moss", "Tim Ward", "Gary Lind"]),
        ("Mayor Bettina Krall of Lindau left.", ["Bettina Krall"]),
    ],
)  # fmt: skip
def test_people(text, people):
    assert named(text) == people


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("The Harbour Workers’ Union and the University of Dunmore agreed.",
         ["Harbour Workers’ Union", "University of Dunmore"]),
        ("The Department of Fisheries and Ports told the Wexton Post.",
         ["Department of Fisheries and Ports", "Wexton Post"]),
        ("The Food and Harbour Agency (FHA) met. The FHA left.", ["Food and Harbour Agency", "FHA", "FHA"]),
        ("Bank of Dunmore Governor Ana Ruiz left.", ["Bank of Dunmore"]),
        ("Dunmore Police said so, and so did Congress.", ["Dunmore Police", "Congress"]),
        ("The White House spoke.", ["White House"]),
        ("The Ministry of Justice met the European Court of Justice and Chief Justice Ana Ruiz.",
         ["Ministry of Justice", "European Court of Justice"]),
        ("The Dunmore General Assembly and Queen's College London met.",
         ["Dunmore General Assembly", "Queen's College London"]),
    ],
)  # fmt: skip
def test_organisations(text, bodies):
    assert named(text, "organisation") == bodies


@pytest.mark.parametrize(
    "text",
    [
        "In Northern Ireland and New York it rained on Christmas Day.",
        "The British and the French met in Paris, London and South Carolina.",
        "Calm weather came. Boats left Dover for the Isle of Wight.",
        "The Second World War, the Illegal Migration Act and Baker Street.",
        "HOW THE WORLD WORKS TODAY",
        "He watches TV in the US with an MP.",
        "He saw Le Monde, Sky Sports, Crystal Town FC, Union Jacks and the Titanic Quarter.",
        "Then. But. Meanwhile, However and Although.",
    ],
)
def test_neither(text):
    assert find_names(text) == []


def test_capitals_of_a_headline_show_nothing():
    text = "Ana Ruiz Says Harbour Deal Is Dead After Talks\nThe minister left."
    assert named(text) == ["Ana Ruiz"]


def test_a_name_from_elsewhere_counts_where_the_words_show_nothing():
    text = "Zyx spoke to Ana Ruiz."
    assert [(n.bare, n.kind) for n in find_names(text, [(0, 3, "ORG"), (13, 21, "ORG")])] == [
        ("Zyx", "organisation"),
        ("Ana Ruiz", "person"),
    ]


def test_given_names_tell_a_gender_where_they_do():
    told = {name: gender_of_name(name) for name in ("Priya Shah", "Benjamin Okri", "Alex Lee", "Zyx", "Ruiz")}
    assert list(told.values()) == ["f", "m", None, None, None]
    assert is_given_name("Séan") is is_given_name("Sean") is is_given_name("Jean-Marie") is True
    assert not is_given_name("Harbour")


def test_phrases_are_whole_words_and_the_longest_wins():
    text = "The Harbour Board met. harbour board. Harbour Boards. A-Harbour."
    assert [hit[2] for hit in Phrases(["Harbour Board", "Harbour"]).find(text)] == [
        "Harbour Board",
        "Harbour",
    ]
    assert len(Phrases(["harbour board"], any_case=True).find(text)) == 2
    # "İ" is two characters in small letters, and shifts nothing
    assert Phrases(["board"], any_case=True).find("İİ Board") == [(3, 8, "board")]


WORDS = "Mr|Ana|O’Brien|Ruiz|Council|of|the|The|(NCA)|U.S.|J.|von|,|.|said|’s|\n| |Jr.|Home Secretary|al-|44"


@settings(max_examples=150)
@given(st.lists(st.sampled_from(WORDS.split("|")) | st.text(max_size=3), max_size=40))
def test_any_words_give_names_that_stand_apart(words):
    text = " ".join(words)
    found = find_names(text)
    for name in found:
        assert 0 <= name.start < name.end <= len(text) and name.bare
        assert " ".join(text[name.start : name.end].split()).find(name.bare) >= 0
    for before, after in itertools.pairwise(found):
        assert before.end <= after.start


@pytest.mark.parametrize(
    ("words", "names"), [("They wait.", ["Mark", "Rose Chase"]), ("They mark it.", ["Rose Chase"])]
)
def test_a_long_text_is_read_as_a_short_one(words, names):
    text = f"In the end Mark said no. {words} Rose Chase left."
    for rest in ("", "\n" + "so it goes " * 2000):
        assert [name.bare for name in find_names(text + rest)] == names
