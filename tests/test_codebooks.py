"""Codebooks: what ships is well formed, and a broken one says where and how to mend it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.codebooks import (
    list_topics,
    load_codebook,
    load_furniture,
    load_offices,
    load_outlets,
    load_topic,
)
from analysis.codebooks.patterns import inflect, parse_pattern
from analysis.errors import CodebookError, UnknownNameError

FRAMES = [
    "economic",
    "capacity and resources",
    "morality",
    "fairness and equality",
    "legality, constitutionality and jurisdiction",
    "policy prescription and evaluation",
    "crime and punishment",
    "security and defence",
    "health and safety",
    "quality of life",
    "cultural identity",
    "public opinion",
    "political",
    "external regulation and reputation",
    "other",
]

SMALL = """
name = "small"
version = "0.1"
title = "A small codebook"
source = "The test"
licence = "CC0"

[[category]]
name = "rain"
definition = "Water from above."

[category.entries.drops]
patterns = ["rain~"]
"""


def write(tmp_path, text):
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_policy_frames_are_the_fifteen_in_order():
    codebook = load_codebook("policy_frames")
    assert [category.name for category in codebook.categories] == FRAMES
    assert "Boydstun" in codebook.source
    for category in codebook.categories:
        assert category.definition and category.include and category.exclude and category.examples
    assert {entry.label for entry in codebook.entries} == set(FRAMES)


@pytest.mark.parametrize("name", list_topics())
def test_a_topic_pack_is_complete_and_its_ids_are_unique(name):
    pack = load_topic(name)
    sections = (pack.topic, pack.instruments, pack.terms, pack.measures)
    assert all(sections)
    ids = [entry.id for section in sections for entry in section]
    assert len(ids) == len(set(ids))
    assert {entry.use for entry in pack.terms} == {"person", "modifier", "process"}
    actor_ids = [actor.id for actor in pack.actors]
    assert len(actor_ids) == len(set(actor_ids))


def test_an_actor_gets_its_id_from_kind_and_name():
    actors = {actor.name: actor for actor in load_topic("uk_migration").actors}
    assert actors["Home Office"].id == "organisation:home-office"
    assert actors["Keir Starmer"].id == "person:keir-starmer"
    assert actors["Keir Starmer"].party == "Labour"


def test_no_two_actors_of_a_pack_share_an_alias():
    seen: dict[str, str] = {}
    for actor in load_topic("uk_migration").actors:
        for alias in {actor.name, *actor.aliases}:
            assert seen.setdefault(alias, actor.id) == actor.id, alias


def test_terms_of_office_do_not_overlap():
    for office in load_offices():
        for term, following in zip(office.terms, office.terms[1:], strict=False):
            assert term.latest is not None, (office.name, term)
            assert term.earliest <= term.latest <= following.earliest, (office.name, term)


@pytest.mark.parametrize(
    ("office", "day", "holder"),
    [
        ("Prime Minister", "2024-05-01", "Rishi Sunak"),
        ("Prime Minister", "2025-05-16", "Keir Starmer"),
        ("Home Secretary", "2024-09-06", "Yvette Cooper"),
        ("Justice Secretary", "2024-09-06", "Shabana Mahmood"),
        ("President of France", "2025-07-05", "Emmanuel Macron"),
        ("Interior Minister of France", "2024-09-06", "Gérald Darmanin"),
    ],
)
def test_who_held_an_office_on_a_day(office, day, holder):
    terms = next(item.terms for item in load_offices() if item.name == office)
    holders = [term.holder for term in terms if term.earliest <= day <= (term.latest or "9999")]
    assert holders == [holder]


def test_an_alias_names_one_office():
    seen: dict[str, str] = {}
    for office in load_offices():
        for alias in {office.name, *office.aliases}:
            assert seen.setdefault(alias, office.name) == office.name, alias


def test_outlets_have_unique_names_and_aliases():
    seen: dict[str, str] = {}
    for outlet in load_outlets():
        for alias in {outlet.name, *outlet.aliases}:
            assert seen.setdefault(alias, outlet.name) == outlet.name, alias
    kinds = {outlet.kind for outlet in load_outlets()}
    assert kinds == {"newspaper", "broadcaster", "agency", "aggregator", "site"}
    assert len(load_outlets()) >= 150


def role_of(line):
    for rule in load_furniture():
        if re.fullmatch(rule.pattern, line.strip(), re.IGNORECASE):
            return rule.role
    return None


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Advertisement", "advert"),
        ("Story continues below", "advert"),
        ("(PA Graphics)", "caption"),
        ("A ferry leaves the harbour (Image: Getty Images)", "caption"),
        ("The minister arrives for talks (Ana Ruiz/PA)", "caption"),
        ("Comments", "furniture"),
        ("No comments yet...", "furniture"),
        ("Hashtags", "furniture"),
        ("LEAVE A RESPONSE", "furniture"),
        ("Read more: Five things we learnt from the vote", "furniture"),
        ("Sign up to our daily newsletter", "furniture"),
        ("Follow Norfolk news on BBC Sounds, Facebook and X.", "furniture"),
        ("© 2025 The Example Herald. All rights reserved.", "furniture"),
        ("3 hours ago", "stamp"),
        ("Published: 4 March 2025, 10:15", "stamp"),
        ("Chief Political Correspondent", "byline"),
        ("By Ana Ruiz and Tom Lee", "byline"),
    ],
)
def test_furniture_is_known_by_its_role(line, role):
    assert role_of(line) == role


@pytest.mark.parametrize(
    "line",
    [
        "The minister said that the plan would be published today.",
        "By contrast, the number of claims fell in the spring.",
        "Share prices fell after the Budget.",
        "Follow the money, she told the committee.",
        "'We will act,' he said.",
        "News of the deal reached the harbour at noon.",
        "Live music will return to the hall in March, the council said.",
        "Read together, the two reports show a service under strain.",
        "More from the fund will be spent on roads, the council said on Monday.",
        "Next week's vote will decide the matter.",
        "Comment was sought from the department.",
    ],
)
def test_a_sentence_is_not_furniture(line):
    assert role_of(line) is None


def test_furniture_rules_are_quick_on_a_very_long_line():
    line = "word, " * 5000
    assert role_of(line) is None


def test_a_codebook_may_be_a_path(tmp_path):
    codebook = load_codebook(write(tmp_path, SMALL))
    assert [entry.id for entry in codebook.entries] == ["rain:drops"]
    assert codebook.entries[0].label == "rain"


def test_an_unknown_topic_names_the_nearest():
    with pytest.raises(UnknownNameError, match="Did you mean 'uk_migration'"):
        load_topic("uk_migrations")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CodebookError, match=r"nowhere\.toml"):
        load_topic(tmp_path / "nowhere.toml")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('patterns = ["rain~"]', 'patterns = ["rain~"', "not valid TOML.*line"),
        ('patterns = ["rain~"]', "patterns = []", "no patterns"),
        ('patterns = ["rain~"]', 'patterns = ["[rain"]', "half a pair"),
        ('patterns = ["rain~"]', 'patterns = ["rain/WORD"]', "'WORD' is not one of"),
        ('patterns = ["rain~"]', 'patterns = [".. rain"]', "begins or ends with a gap"),
        ('version = "0.1"', "version = 1", "'version' is 1"),
        ('definition = "Water from above."', "", "'definition' is missing"),
    ],
)
def test_a_broken_codebook_says_what_and_where(tmp_path, old, new, message):
    path = write(tmp_path, SMALL.replace(old, new))
    with pytest.raises(CodebookError, match=f"(?s)mine.toml.*{message}") as caught:
        load_codebook(path)
    assert caught.value.allowed and caught.value.todo


@given(st.text(alphabet="ab ~^|?/[]#.NOUN", max_size=30))
def test_a_pattern_is_read_or_refused_with_a_reason(text):
    try:
        pattern = parse_pattern(text)
    except ValueError as problem:
        assert str(problem)
    else:
        assert 0 <= pattern.first < pattern.last <= len(pattern.words)


def test_words_are_inflected_by_rule():
    assert {"deny", "denies", "denied", "denying"} <= inflect("deny")
    assert {"stop", "stops", "stopped", "stopping"} <= inflect("stop")
    assert {"arrive", "arrives", "arrived", "arriving"} <= inflect("arrive")
    assert {"spend", "spent"} <= inflect("spend")
