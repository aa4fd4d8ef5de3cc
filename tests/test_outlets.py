"""Outlets and wires: named on evidence, and on nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.codebooks import load_outlets
from analysis.corpus.provenance.outlets import (
    aggregator_of_domain,
    find_aggregator,
    find_masthead,
    find_outlet,
    find_wire,
    outlet_of_domain,
    outlet_of_name,
)


@pytest.mark.parametrize(
    ("address", "outlet"),
    [
        ("www.theguardian.com", "The Guardian"),
        ("https://www.theguardian.com/politics/2025/jul/17/a?b=c#d", "The Guardian"),
        ("http://amp.theguardian.com:80/x", "The Guardian"),
        ("BBC.CO.UK", "BBC News"),
        ("news.sky.com", "Sky News"),
        ("edinburghnews.scotsman.com", "Edinburgh Evening News"),
        ("www.scotsman.com", "The Scotsman"),
        ("https://user@www.mirror.co.uk/", "Daily Mirror"),
        ("apnews.com", "Associated Press"),
        ("nottheguardian.com", None),
        ("example.org", None),
        ("theguardian.com.example.org", None),
        ("co.uk", None),
        ("", None),
        ("https://www.msn.com/en-gb/news/a", None),
    ],
)
def test_an_address_names_its_outlet(address, outlet):
    assert outlet_of_domain(address) == outlet


def test_an_aggregators_address_names_the_aggregator():
    assert aggregator_of_domain("https://www.msn.com/en-gb/news/a") == "MSN"
    assert aggregator_of_domain("uk.news.yahoo.com") == "Yahoo News"
    assert aggregator_of_domain("theguardian.com") is None


@given(st.text(max_size=80))
def test_any_address_is_known_or_not(address):
    assert outlet_of_domain(address) is None or aggregator_of_domain(address) is None


def test_domains_belong_to_one_outlet_and_are_bare():
    domains = [domain for outlet in load_outlets() for domain in outlet.domains]
    assert len(domains) == len(set(domains)) >= 400
    assert all(d == d.lower() and not d.startswith("www.") and "/" not in d and "." in d for d in domains)


@pytest.mark.parametrize(
    ("site", "outlet"),
    [
        ("the Guardian", "The Guardian"),
        ("BBC News", "BBC News"),
        ("Mail Online", "Daily Mail"),
        ("GOV.UK", "GOV.UK"),
        ("telegraph.co.uk", "The Telegraph"),
        ("  Example \n Herald ", "Example Herald"),
        ("", ""),
    ],
)
def test_a_sites_name_becomes_the_outlets(site, outlet):
    assert outlet_of_name(site) == outlet


OWN_VOICE = {
    "The Daily Express understands that the plan is dead.": "Daily Express",
    "But The Guardian understands that the plan is dead.": "The Guardian",
    "It was sent on Monday, Sky News has learned.": "Sky News",
    "The Telegraph has seen a copy of the letter.": "The Telegraph",
    "The Sun can reveal the price.": "The Sun",
    "Welcome back to GB News' live blog.": "GB News",
}
NOT_OWN_VOICE = (
    "The minister told Sky News that the plan is dead.",
    "Officials told the BBC that the plan is dead.",
    "Speaking to the BBC, she said so.",
    "Sky News has seen its audience grow.",
    "CNN has been told to pay.",
    "The Radio Times understands its readers.",
    "Local Times has learned.",
    "The House understands the need for haste.",
    "Time has seen to that.",
    "The Times understands it lives; The Guardian understands it is dead.",
    "This newspaper has learned that the plan is dead.",
    "The paper, said the Daily Express, is lost.",
)


@pytest.mark.parametrize(("text", "outlet"), OWN_VOICE.items())
def test_an_outlet_speaks_of_itself(text, outlet):
    name, basis = find_outlet(text)
    assert name == outlet
    quoted = basis.split('"')[1]
    assert all(word in text for word in quoted.split())


@pytest.mark.parametrize("text", NOT_OWN_VOICE)
def test_what_others_write_too_names_nobody(text):
    assert find_outlet(text) == (None, None)


def test_this_newspaper_is_whoever_the_masthead_names():
    text = "This newspaper has learned that the plan is dead."
    name, basis = find_outlet(text, ["Home", "The Yorkshire Post", "Sport"])
    assert name == "Yorkshire Post"
    assert "This newspaper" in basis and "The Yorkshire Post" in basis
    assert find_outlet(text, ["Yorkshire Post", "The Scotsman"]) == (None, None)
    assert find_outlet("The plan is dead.", ["Yorkshire Post"]) == (None, None)


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("The Scotsman", "The Scotsman"),
        ("© 2025 Daily Mirror. All rights reserved.", "Daily Mirror"),
        ("Copyright The Irish Times 2024", "The Irish Times"),
        ("The Scotsman has a new editor", None),
        ("© Reuters", None),
        ("MSN", None),
        ("Time", None),
        ("©" + " " * 100_000 + "x", None),
    ],
)
def test_masthead_is_a_name_alone_or_a_claim(line, outlet):
    assert find_masthead([line])[0] == outlet


@pytest.mark.parametrize(
    ("line", "aggregator"),
    [
        ("Explore what Daily8 AI can do for you:", "Daily8"),
        ("© 2025 MSN", "MSN"),
        ("Follow us on Google News", None),
        ("Share on Flipboard", None),
        ("Flipboard", None),
        ("Get the story first via Apple News", None),
        ("Pocket", None),
    ],
)
def test_sharing_buttons_make_no_aggregator(line, aggregator):
    assert find_aggregator([line]) == aggregator


BODY = "The plan was announced in the north on Monday.\nIt will cost more than was thought.\n"


@pytest.mark.parametrize(
    ("text", "byline", "agency"),
    [
        (f"LEEDS (AP) — {BODY}", None, "Associated Press"),
        (f"LEEDS, March 5 (Reuters) - {BODY}", None, "Reuters"),
        (f"(Reuters) – {BODY}", None, "Reuters"),
        (f"{BODY}She denied it. (PA)", None, "PA"),
        (f"{BODY}“No,” she said. – AFP", None, "AFP"),
        (f"{BODY}(Reporting by Ana Ruiz and J. Roe; Editing by Sam Porter)", None, "Reuters"),
        (f"{BODY}Reporting by Ana Ruiz\nEditing by Sam Porter", None, "Reuters"),
        (f"{BODY}This report was produced by the Press Association.", None, "PA"),
        (f"{BODY}This article was originally published by Reuters.", None, "Reuters"),
        (f"{BODY}Copyright 2019 The Associated Press. All rights reserved.", None, "Associated Press"),
        (f"{BODY}It is dead, the PA news agency understands.", None, "PA"),
        (BODY, "PA Reporters", "PA"),
        (BODY, "Ana Ruiz, Press Association", "PA"),
        (BODY, "Ana Ruiz", None),
        (f"{BODY}A boat in the harbour (Jo Field/PA)", None, None),
        (f"{BODY}A boat in the harbour (PA)", None, None),
        (f"{BODY}The minister told the PA news agency that it was dead.", None, None),
        (f"{BODY}He was reporting by telephone.", None, None),
        (f"The union (AFP) {BODY}", None, None),
    ],
)
def test_wire_copy_needs_evidence(text, byline, agency):
    assert find_wire(text, byline) == agency


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "unit", ["A", "A ", "Welcome to ", "understands ", "This newspaper has ", "(PA) ", "reporting by "]
)
def test_long_lines_stay_quick(unit):
    text = unit * (300_000 // len(unit))
    name, _ = find_outlet(text, [text])
    assert name is None
    assert find_wire(text, text) in (None, "PA")


@pytest.mark.parametrize(
    "text",
    [
        "The BBC has seen the letter, the minister said.",
        "“The Times understands nothing of this town,” he said.",
        "“It is an odd paper. The Times understands nothing of this town.",
        "The Guardian understands that the mayor will resign, a rival paper claimed.",
        "The Guardian has learned that the bridge will close, according to a blog.",
    ],
)
def test_what_somebody_else_says_of_an_outlet_names_nobody(text):
    assert find_outlet(text) == (None, None)
