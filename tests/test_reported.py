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
        "",
    ],
)
def test_nothing_else_is_reported(reported, text):
    assert reported(text) == ()


def test_who_reports_is_resolved_in_the_order_of_the_text(reported):
    found = reported("Ana Ruiz spoke in Leeds. She said that the pier would close. 'Why?' asked Ben Okri.")
    assert [(row.speaker, row.actor_id) for row in found] == [("Ana Ruiz", "person:ana-ruiz")]
