"""Reported speech: a cue with a clause, never a quotation."""

from __future__ import annotations

import pytest

from analysis.language.pipeline import layer

QUOTES_ONLY = ("sentences", "actors", "quotes")
EVERYTHING_PARSED = (*QUOTES_ONLY, "dates")


@pytest.fixture(scope="module", params=[QUOTES_ONLY, EVERYTHING_PARSED], ids=["around quotes", "parsed"])
def reported(request, annotate_text):
    return lambda text: layer(annotate_text(text, components=request.param), "reported")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Ana Ruiz said the homes would cost more.", [("said", "Ana Ruiz", "the homes would cost more")]),
        ("Ana Ruiz warned that prices rose.", [("warned", "Ana Ruiz", "prices rose")]),
        (
            "The homes would cost more, the minister said.",
            [("said", "minister", "The homes would cost more")],
        ),
        ("Prices rose, said Ana Ruiz.", [("said", "Ana Ruiz", "Prices rose")]),
        (
            "According to Ana Ruiz, the homes would cost more.",
            [("according to", "Ana Ruiz", "the homes would cost more")],
        ),
        (
            "The homes would cost more, according to Ana Ruiz.",
            [("according to", "Ana Ruiz", "The homes would cost more")],
        ),
        (
            "Ana Ruiz told MPs on Monday that nobody had asked her, and Ben Okri replied that he had.",
            [("told", "Ana Ruiz", "nobody had asked her"), ("replied", "Ben Okri", "he had")],
        ),
        ("Ana Ruiz told MPs it was a mistake.", [("told", "Ana Ruiz", "it was a mistake")]),
        ("Ana Ruiz told the court the pier would close.", [("told", "Ana Ruiz", "the pier would close")]),
        (
            "Ana Ruiz, who was in Leeds, said the plan was sound.",
            [("said", "Ana Ruiz", "the plan was sound")],
        ),
        ("The minister, 44, said the plan was sound.", [("said", "minister", "the plan was sound")]),
        (
            "On Monday, Ana Ruiz, the council leader, said the plan was sound.",
            [("said", "Ana Ruiz", "the plan was sound")],
        ),
        (
            "Ben Okri said the town would accept the deal if it was fair.",
            [("said", "Ben Okri", "the town would accept the deal if it was fair")],
        ),
        ("The man who led it was held, police said.", [("said", "police", "The man who led it was held")]),
        (
            "If the plan fails, the town will sue, Ana Ruiz said.",
            [("said", "Ana Ruiz", "If the plan fails, the town will sue")],
        ),
        ("Ana Ruiz said that, if asked, she would go.", [("said", "Ana Ruiz", "if asked, she would go")]),
        ("As he left Leeds, Ben Okri said the pier was shut.", [("said", "Ben Okri", "the pier was shut")]),
    ],
)
def test_a_cue_with_a_clause_is_reported(reported, text, rows):
    found = reported(text)
    assert [(row.cue, row.speaker, row.text) for row in found] == rows
    assert all(text[row.start : row.end] == row.text for row in found)


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz announced a plan for the harbour.",
        "She said on Monday: 'We will act at once.'",
        "The claim that won the day was hers.",
        "Ana Ruiz was told that the pier would close.",
        "'The homes would cost more,' Ana Ruiz said.",
        "Speaking in Welsh, Ana Ruiz said: 'We will act at once.'",
        "In a statement on Friday, Ana Ruiz said: 'We will act at once.'",
        "As harbour minister, Ana Ruiz said: 'We will act at once.'",
        "Following the vote, Ana Ruiz said: 'We will act at once.'",
        "Judges Hill and Marsh, who voted in favour, said: 'The law is clear.'",
        "Asked whether she would resign, Ana Ruiz said: 'No.'",
        "Ana Ruiz warned of gangs that bring people across the sea.",
        "Ana Ruiz asked for the display so that she could read it.",
        "Research suggests divisions that may widen.",
        "Ministers share a view that is hard to change.",
        "Ana Ruiz said it again.",
        "Ana Ruiz said he was 'very sorry' for the delay.",
        "The bridge is, in the words of Ana Ruiz, 'a joke'.",
        "",
    ],
)
def test_nothing_else_is_reported(reported, text):
    assert reported(text) == ()


def test_who_reports_is_resolved_in_the_order_of_the_text(reported):
    found = reported("Ana Ruiz spoke in Leeds. She said that the pier would close. 'Why?' asked Ben Okri.")
    assert [(row.speaker, row.actor_id) for row in found] == [("Ana Ruiz", "person:ana-ruiz")]
