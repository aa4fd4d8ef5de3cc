"""The layer ``dates``: evidence spans, publication intervals, and unknown that stays unknown."""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from steps import count_steps

from analysis.language.dates import find_dates
from analysis.language.pipeline import DocContext, layer
from analysis.timex import Reference, find_cue, find_timexes

COMPONENTS = ("sentences", "dates")
BLANK = spacy.blank("en")
SATURDAY = Reference.read("2025-07-05", "2025-07-05")
DAY = {"published_earliest": "2025-07-05", "published_latest": "2025-07-05"}  # a Saturday


def dates_of(text: str, **about: str):
    doc = BLANK.make_doc(text)
    doc.user_data["framelines"] = DocContext(**about)
    return find_dates(doc)


def test_the_component_leaves_the_layer_and_labelled_spans(annotate_text):
    doc = annotate_text("The bill passed on 12 June 2024, two years late.", components=COMPONENTS)
    mentions = layer(doc, "dates")
    assert [(m.text, m.type, m.value) for m in mentions] == [
        ("12 June 2024", "DATE", "2024-06-12"),
        ("two years", "DURATION", "P2Y"),
    ]
    assert [span.label_ for span in doc.spans["dates"]] == ["DATE", "DURATION"]


def test_an_explicit_date_needs_no_publication_day():
    (mention,) = dates_of("It began in May 2021.")
    assert (mention.earliest, mention.latest) == ("2021-05-01", "2021-05-31")


def test_a_relative_date_without_a_publication_day_stays_unknown():
    (mention,) = dates_of("Ministers met on Thursday.")
    assert (mention.value, mention.earliest, mention.latest) == ("XXXX-WXX-4", None, None)
    assert mention.basis == "publication day unknown"


def test_the_clause_says_which_thursday_is_meant():
    (past,) = dates_of("Ministers met on Thursday.", **DAY)
    (future,) = dates_of("Ministers will meet on Thursday.", **DAY)
    assert (past.value, past.direction) == ("2025-07-03", "past")
    assert (future.value, future.direction) == ("2025-07-10", "future")


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Ministers will, although critics object, meet on Thursday.", "future"),
        ("Mr. J. Smith will succeed Dr. A. B. Jones on Thursday.", "future"),
        ("The two leaders meet on Thursday in Paris.", "future"),
        ("Parliament returns on Thursday.", "future"),
        ("The election on Thursday is close.", "future"),
        ("She said the vote would be held on Thursday.", "future"),
        ("The guidelines to be published on Thursday are long.", "future"),
        ("They have until noon on Thursday.", "future"),
        ("The home secretary has to answer by Thursday.", "future"),
        ("Until Thursday they had not called him a suspect.", "past"),
        ("She would appeal against Thursday's ruling.", "past"),
        ("A hundred people in need of help landed on Thursday.", "past"),
        ("The holding company met its creditors on Thursday.", "past"),
        ("The vote, held on Thursday, will change little.", "past"),
    ],
)
def test_the_verb_group_gives_the_direction_without_a_parse(text, way):
    (mention,) = [m for m in dates_of(text, **DAY) if m.text == "Thursday"]
    assert (mention.direction, mention.value) == (way, {"past": "2025-07-03", "future": "2025-07-10"}[way])


def test_an_uncertain_publication_day_widens_the_result():
    (mention,) = dates_of(
        "She spoke yesterday.", published_earliest="2025-07-01", published_latest="2025-07-07"
    )
    assert (mention.earliest, mention.latest) == ("2025-06-30", "2025-07-06")
    assert mention.value == "XXXX-XX-XX"


@pytest.mark.parametrize("text", ["", "\n\n", "‘", "🗓️ 🇬🇧", "today " * 2000, "31/31/2025 99 June", "٣ May ²"])
def test_odd_text_is_read_without_a_crash(text):
    assert all(text[m.start : m.end] == m.text for m in dates_of(text, **DAY))


@given(st.text(alphabet="0123456789-/. ,'’\nMaySuntodlsweekr", max_size=80))
def test_spans_are_exact_and_intervals_are_ordered_iso_days(text):
    for mention in dates_of(text, **DAY):
        assert text[mention.start : mention.end] == mention.text
        assert (mention.earliest is None) == (mention.latest is None)
        if mention.earliest:
            assert date.fromisoformat(mention.earliest) <= date.fromisoformat(mention.latest)


SAMPLE = Path(__file__).parent / "data" / "dates" / "sample.jsonl"


def test_made_up_sentences_are_read_as_marked():
    wrong = []
    for line in SAMPLE.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found = dates_of(row["text"], published_earliest=row["dct"], published_latest=row["dct"])
        got = [(m.start, m.end, m.value) for m in found if m.type == "DATE"]
        if got != [(t["start"], t["end"], t["value"]) for t in row["timexes"]]:
            wrong.append(row["text"])
    assert wrong == []


@settings(max_examples=20)
@given(
    st.sampled_from(
        ["on Thursday ", "until ", "1 1 ", "will, ", ", although ", "the first ", "a year ", "Mr. "]
    ),
    st.integers(1, 400),
)
def test_repeated_words_keep_spans_and_intervals(piece, count):
    text = piece * count + "on Thursday."
    for mention in dates_of(text, **DAY):
        assert text[mention.start : mention.end] == mention.text
        assert mention.earliest is None or mention.earliest <= mention.latest


# Each begins what a rule may go on with, or looks for a cue far away.
_GROWING = (
    "on Thursday ",
    "until ",
    "the end of the ",
    "a year ago and ",
    ", although critics ",
    "2025-",
    "two hundred and ",
    "Mr. A. B. ",
    "called a strike for ",
    "Monday's ",
    "January, ",
    "from May to May ",
    "between Monday and ",
    "this year ",
    "was postponed until ",
)


@pytest.mark.parametrize("piece", _GROWING)
def test_the_cost_grows_with_the_length_of_the_text(piece):
    def read(times: int) -> int:
        text = piece * times
        return count_steps(lambda: find_timexes(text, SATURDAY, direct=partial(find_cue, text)))

    read(1)
    assert read(800) <= 4.5 * read(200) + 100


def test_a_megabyte_of_text_keeps_its_spans():
    line = "Ministers will meet on Thursday, a year after the deal of 12 May 2024 was signed in Paris. "
    text = "Nothing else was dated here that anybody could tell. " * 18_000 + line * 500
    assert len(text) > 990_000
    found = dates_of(text, **DAY)
    assert {text[m.start : m.end] == m.text for m in found} == {True}
    assert sum(m.value == "2025-07-10" for m in found) == 500
    assert sum(m.value == "2024-05-12" for m in found) == 500
