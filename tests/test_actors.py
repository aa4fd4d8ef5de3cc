"""Mentions: names, titles, offices and their holders, organisations."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.codebooks import Actor, TopicPack, load_topic
from analysis.language.names import fold, gender_of, role_words_before, slug
from analysis.language.offices import holder, shipped_offices
from analysis.language.pipeline import build_pipeline, layer

PARTS = ("sentences", "actors")
BOARD = Actor(
    "organisation:harbour-board",
    "Harbour Board",
    "organisation",
    "regulator",
    None,
    "United Kingdom",
    ("the Board of Harbours", "HB9"),
)
RUIZ = Actor("person:ana-ruiz", "Ana Ruiz", "person", None, "Harbour Party", "United Kingdom", ("Ms Ruiz",))
PACK = TopicPack("test", "1", "Test", (), (), (), (), (BOARD, RUIZ), ())


@pytest.fixture(scope="module")
def mentions(annotate_text):
    def run(text: str, **about: object):
        return layer(annotate_text(text, components=PARTS, **about), "mentions")

    return run


def actors(found):
    return {mention.text: mention.actor_id for mention in found}


def test_short_names_mean_the_full_one(mentions):
    text = "Sir Benjamin Okri met voters. Later Okri spoke. Sir Benjamin smiled, and Mr Okri left."
    found = mentions(text)
    assert {m.actor_id for m in found} == {"person:benjamin-okri"}
    assert {m.name for m in found} == {"Benjamin Okri"}
    assert len(found) == 4 and all(text[m.start : m.end] == m.text for m in found)


def test_two_people_of_one_surname_stay_apart(mentions):
    found = actors(mentions("Anna Lindqvist met Karl Lindqvist in Malmo. Anna smiled."))
    assert {"person:anna-lindqvist", "person:karl-lindqvist"} <= set(found.values())


def test_roles_stand_before_or_after_the_name(mentions):
    found = mentions("Harbour minister Ana Ruiz met Robert Hale, the shadow justice secretary, on Monday.")
    roles = {m.name: m.role for m in found}
    assert roles["Ana Ruiz"] == "Harbour minister"
    assert roles["Robert Hale"] == "shadow justice secretary"


def test_codebook_actors_are_found_by_any_alias(mentions):
    found = mentions("HB9 wrote to the Board of Harbours. Ms Ruiz agreed.", packs=(PACK,))
    assert {m.actor_id for m in found} == {"organisation:harbour-board", "person:ana-ruiz"}
    (ruiz,) = [m for m in found if m.kind == "person"]
    assert (ruiz.party, ruiz.country) == ("Harbour Party", "United Kingdom")


def test_an_office_means_whom_the_article_names(mentions):
    text = "Home Secretary Ana Ruiz spoke in London. The Home Secretary left."
    assert actors(mentions(text))["The Home Secretary"] == "person:ana-ruiz"


def test_an_office_means_its_holder_in_the_publication_interval(mentions):
    text = "People in the UK waited. The Home Secretary left."
    dated = mentions(text, published_earliest="2023-01-10", published_latest="2023-01-12")
    assert actors(dated)["The Home Secretary"] == "person:suella-braverman"
    undated = mentions(text)
    assert actors(undated)["The Home Secretary"] == "office:home-secretary"


@pytest.mark.parametrize(
    "text",
    [
        "The deputy home secretary left the UK.",
        "A former Home Secretary left the UK.",
        "Home Secretary Ana Ruiz left the UK.",
        "Ruritania's prime minister left the UK.",
    ],
)
def test_what_is_not_the_office(text):
    assert [m for m in shipped_offices().find(text, "2025-01-01", "2025-01-02") if m.term] == []


def test_offices_of_other_countries():
    text = "In Britain, the French President spoke."
    (mention,) = shipped_offices().find(text, "2025-01-01", "2025-01-02")
    assert mention.term is not None and mention.term.holder == "Emmanuel Macron"


def test_holders_only_where_the_interval_allows_one():
    offices = shipped_offices()
    (mention,) = offices.find("UK: the Prime Minister spoke.", None, None)
    assert mention.term is None
    assert holder(mention.office, "2024-07-01", "2024-07-31") is None
    assert holder(mention.office, "2025-02-01", "2025-02-03").holder == "Keir Starmer"
    assert offices.held_by("Keir Starmer", "2025-02-01", "2025-02-03").office == "Prime Minister"
    assert offices.held_by("Nobody Atall", "2025-02-01", "2025-02-03") is None


def test_names_as_text():
    assert (gender_of("Mrs May"), gender_of("Sir Ben"), gender_of("Dr Lee")) == ("f", "m", None)
    assert fold("Gérald O’Hara") == "gerald o'hara" and slug("Gérald O’Hara") == "gerald-ohara"
    assert role_words_before("Then French interior minister Ana", 29) == "French interior minister"
    assert role_words_before("He met Ana", 7) is None


@settings(max_examples=60)
@given(st.text(alphabet=st.sampled_from("The Prime MinsterSKUK .,'’\n(NCA)\u00a0é😀"), max_size=120))
def test_any_text_keeps_the_contract(text):
    doc = build_pipeline(PARTS)(text)
    found = layer(doc, "mentions")
    for mention in found:
        assert text[mention.start : mention.end] == mention.text != ""
        assert mention.actor_id.startswith(f"{mention.kind}:") and mention.name
    for before, after in itertools.pairwise(found):
        assert before.end <= after.start


def test_a_middle_initial_makes_no_second_person(mentions):
    found = mentions("Martha J. Ellison spoke first. Later Martha Ellison left with Ms Ellison's aide.")
    assert {m.actor_id for m in found if m.kind == "person"} == {"person:martha-ellison"}


def test_a_name_ends_before_what_it_owns_and_where_it_is_from(mentions):
    found = mentions("Senator Martha Ellison of Ohio met Robert Hale's Wednesday group in the capital.")
    assert {m.name for m in found if m.kind == "person"} == {"Martha Ellison", "Robert Hale"}


def test_one_country_s_court_is_not_another_s(mentions):
    pack = load_topic("uk_migration")
    abroad = "The US Supreme Court ruled in Washington. Republicans in Congress want Immigration Reform."
    assert not {m.name for m in mentions(abroad, packs=(pack,))} & {"UK Supreme Court", "Reform UK"}
    home = "Reform won seats in England. Ministers in London said the Supreme Court would decide for Britain."
    assert {m.name for m in mentions(home, packs=(pack,))} >= {"UK Supreme Court", "Reform UK"}


@pytest.mark.parametrize(
    "name", ["Team Ellison", "Ellison Tower", "Department", "NHS", "the plan", "A1 Road"]
)
def test_capitals_alone_make_no_person(mentions, name):
    assert [m for m in mentions(f"We saw {name} there.") if m.kind == "person"] == []


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Prof. Ana Ruiz’s", "Ana Ruiz"),
        ("Home Secretary Yvette Cooper's", "Yvette Cooper"),
        ("Ursula von der Leyen", "Ursula von der Leyen"),
    ],
)
def test_a_name_is_bare_of_titles_roles_and_possessives(mentions, words, name):
    (who,) = [m for m in mentions(f"We saw {words} there.") if m.kind == "person"]
    assert who.name == name
