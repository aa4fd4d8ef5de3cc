"""Who a mention means: short names, offices by date, seats, parties, and namesakes across articles."""

from __future__ import annotations

import pytest

import analysis as an
from analysis.codebooks import load_topic
from analysis.extraction import merge_actors
from analysis.language.pipeline import layer

PARTS = ("sentences", "actors")
DAY = {"published_earliest": "2025-02-01", "published_latest": "2025-02-03"}


@pytest.fixture(scope="module")
def mentions(annotate_text):
    def run(text: str, **about: object):
        return layer(annotate_text(text, components=PARTS, **about), "mentions")

    return run


def ids(found):
    return {mention.text: mention.actor_id for mention in found}


def test_one_man_by_every_name_and_office(mentions):
    text = (
        "Sir Keir Starmer spoke in London. Mr Starmer smiled. Later Sir Keir left. "
        "The Prime Minister will be back, and Starmer's aides stay."
    )
    found = mentions(text, **DAY)
    assert {m.actor_id for m in found} == {"person:keir-starmer"}
    assert [m.text for m in found] == [
        "Sir Keir Starmer", "Mr Starmer", "Sir Keir", "The Prime Minister", "Starmer",
    ]  # fmt: skip


def test_an_office_before_the_name_and_a_courtesy_after(mentions):
    text = "Home Secretary Shabana Mahmood visited Kent. Ms Mahmood met Britain's border staff."
    found = [m for m in mentions(text, published_earliest="2025-11-01", published_latest="2025-11-01")]
    (who,) = {(m.name, m.role, m.party) for m in found if m.kind == "person"}
    assert who == ("Shabana Mahmood", "Home Secretary", "Labour")
    assert "Ms Mahmood" in {m.text for m in found}


@pytest.mark.parametrize(
    ("day", "holder"),
    [("2016-01-10", "person:michael-gove"), ("2025-02-01", "person:shabana-mahmood")],
)
def test_the_lord_chancellor_by_date(mentions, day, holder):
    found = mentions("In Britain, the Lord Chancellor spoke.", published_earliest=day, published_latest=day)
    assert ids(found)["the Lord Chancellor"] == holder


@pytest.mark.parametrize(
    ("text", "phrase", "day", "holder"),
    [
        ("In Washington the Senate majority leader sat.", "the Senate majority leader", "2016-03-01",
         "person:mitch-mcconnell"),
        ("The White House and Congress waited. Then the President spoke.", "the President", "2016-03-01",
         "person:barack-obama"),
        ("Congress met in Washington. The Attorney General stayed.", "The Attorney General", "2016-03-01",
         "person:loretta-lynch"),
        ("MPs met at Westminster. The Attorney General stayed.", "The Attorney General", "2025-02-01",
         "person:richard-hermer"),
    ],
)  # fmt: skip
def test_offices_of_two_countries_by_date(mentions, text, phrase, day, holder):
    assert ids(mentions(text, published_earliest=day, published_latest=day))[phrase] == holder


@pytest.mark.parametrize("packs", [(), ("uk_migration",)])
def test_the_seat_speaks_and_the_house_does_not(mentions, packs):
    text = (
        "No 10 said no. A source in Number 10 agreed, and Downing Street denied it. "
        "She was seen outside 10 Downing Street. Cameras waited in Downing Street. "
        "10 Downing Street said nothing."
    )
    found = mentions(text, packs=tuple(load_topic(name) for name in packs))
    assert [m.text for m in found] == ["No 10", "Number 10", "Downing Street", "10 Downing Street"]
    assert {(m.name, m.actor_id) for m in found} == {("Downing Street", "organisation:downing-street")}
    assert found[-1].start > text.index("Cameras")


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Labour MP Ana Ruiz spoke.", "Labour"),
        ("Ana Ruiz, a Conservative councillor, spoke.", "Conservative"),
        ("Sen. Ana Ruiz (R-Wis.) spoke.", "Republican"),
        ("Ana Ruiz, D-Ohio, spoke.", "Democratic"),
        ("The Lib Dem leader Ana Ruiz spoke.", "Liberal Democrat"),
        ("Green councillor Ana Ruiz spoke.", "Green"),
        ("Ana Ruiz (Lab, Ayr) spoke.", "Labour"),
        ("Ana Ruiz (Con) spoke.", "Conservative"),
        ("Ana Ruiz (Lib Dem) spoke.", "Liberal Democrat"),
        ("Tory backbencher Dame Ana Ruiz spoke.", "Conservative"),
        ("Former Labour MP Ana Ruiz spoke.", None),
        ("Harbour minister Ana Ruiz spoke.", None),
        ("Ana Ruiz spoke to Labour.", None),
    ],
)
def test_a_party_only_where_the_text_says_so(mentions, text, party):
    (who,) = [m for m in mentions(text) if m.name == "Ana Ruiz"]
    assert who.party == party


def test_a_title_tells_a_wife_from_her_husband(mentions):
    found = ids(mentions("Robert Hale and Martha Hale voted. Mr Hale smiled, and Mrs Hale left."))
    assert found["Mr Hale"] == "person:robert-hale"
    assert found["Mrs Hale"] == "person:martha-hale"
    couple = ids(mentions("Mr Hale met Mrs Hale. Later Mr Hale left."))
    assert couple["Mr Hale"] != couple["Mrs Hale"]
    alone = ids(mentions("Robert Hale voted. Mrs Hale left."))
    assert alone["Mrs Hale"] != alone["Robert Hale"] == "person:robert-hale"


def test_an_actor_of_no_codebook_is_one_within_the_article(mentions):
    text = "Zanthe Quillan, 44, founded the Tull Harbour Trust (THT). Quillan said the THT would stay."
    found = mentions(text)
    assert {m.actor_id for m in found} == {"person:zanthe-quillan", "organisation:tull-harbour-trust"}
    assert len(found) == 5


PACK = """
name = "ports"
version = "1"
title = "Ports"

[[office]]
name = "Harbour Commissioner"
country = "United Kingdom"
aliases = ["Commissioner for Harbours"]
terms = [
  ["Ana Ruiz", "Harbour Party", "2020-01-01", "2023-12-31"],
  ["Ben Okri", "", "2024-01-01", ""],
]
"""


@pytest.mark.parametrize(
    ("day", "holder"), [("2022-05-05", "person:ana-ruiz"), ("2025-05-05", "person:ben-okri")]
)
def test_an_office_of_ones_own_is_one_more_table(mentions, tmp_path, day, holder):
    path = tmp_path / "ports.toml"
    path.write_text(PACK, encoding="utf-8")
    text = "Britain waited. The Harbour Commissioner spoke; the commissioner for harbours left."
    about = {"packs": (load_topic(path),), "published_earliest": day, "published_latest": day}
    assert set(ids(mentions(text, **about)).values()) == {holder}
    assert {m.kind for m in mentions(text, published_earliest=day, published_latest=day)} <= {"organisation"}


def test_a_pack_s_office_takes_the_place_of_the_shipped_one(mentions, tmp_path):
    path = tmp_path / "pm.toml"
    office = PACK.replace('"Harbour Commissioner"', '"Prime Minister"')
    path.write_text(office, encoding="utf-8")
    found = mentions("Britain waited. The Prime Minister spoke.", packs=(load_topic(path),), **DAY)
    assert ids(found)["The Prime Minister"] == "person:ben-okri"


def test_full_names_meet_across_articles_and_lone_surnames_do_not(mentions):
    texts = {
        "a1": "Benjamin Okri spoke. Mr Okri left.",
        "a2": "Benjamin Okri stayed.",
        "a3": "Mr Okri said no.",
        "a4": "Mr Okri agreed.",
    }
    rows = []
    for article, text in texts.items():
        rows += [vars(mention) for mention in mentions(text, article_id=article)]
    merged = {row["actor_id"]: row["mentions"] for row in merge_actors(rows)}
    assert merged == {"person:benjamin-okri": 3, "person:okri@a3": 1, "person:okri@a4": 1}


def test_tokens_of_people_and_organisations_are_entities(annotate_text):
    doc = annotate_text("Ana Ruiz left the Tull Harbour Trust on Monday.", components=PARTS)
    assert [(ent.text, ent.label_) for ent in doc.ents] == [
        ("Ana Ruiz", "PERSON"),
        ("Tull Harbour Trust", "ORG"),
    ]


def test_a_surname_in_a_headline_is_the_full_name_of_the_text(tmp_path):
    page = (
        "<html lang='en'><head><title>Port is safe, says Okri</title></head><body><article>"
        "<h1>Okri: 'The port is safe for good'</h1><p>The harbour of the town stays open for the whole "
        "of this winter, and no boat will be turned away, the council heard on Monday evening.</p>"
        "<p>'We will stay', said Labour leader Benjamin Okri, who runs the board. 'Nobody has to leave this "
        "year', Mr Okri added, and the members of the council thanked him for it.</p></article></body></html>"
    )
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    quotes = an.extract(an.load(tmp_path)).quotes
    assert "headline" in set(quotes["field"])
    assert set(quotes["actor_id"]) == {"person:benjamin-okri"}
    assert set(quotes["speaker"]) == {"Benjamin Okri"}
    assert set(quotes["role"]) == {"Labour leader"}
    assert set(quotes["party"]) == {"Labour"}


def test_a_party_is_known_through_a_change_of_office(mentions):
    days = {"published_earliest": "2025-08-01", "published_latest": "2025-10-01"}
    (found,) = mentions("We met Shabana Mahmood.", **days)
    assert (found.role, found.party) == (None, "Labour")


def test_accents_make_no_second_man(mentions):
    days = {"published_earliest": "2022-02-01", "published_latest": "2022-02-01"}
    found = [mentions(f"We met {name} Darmanin.", **days)[0] for name in ("Gérald", "Gerald")]
    assert {who.actor_id for who in found} == {"person:gerald-darmanin"}
    assert {(who.role, who.party) for who in found} == {("Interior Minister of France", "Renaissance")}


@pytest.mark.parametrize(
    "role", ["Det Insp", "Det Ch Insp", "PC", "DCI", "CEO", "Ex-footballer", "Editor-in-chief"]
)
def test_a_rank_or_post_is_the_role_and_no_part_of_the_name(mentions, role):
    (who,) = mentions(f"{role} Ana Ruiz spoke.")
    assert (who.name, who.role) == ("Ana Ruiz", role)
