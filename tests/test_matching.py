"""Matching: the pattern language on real tokens, with and without a tagger."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from steps import count_steps

from analysis.codebooks import Entry, load_codebook
from analysis.matching import EntryMatcher, build_matcher

BLANK = spacy.blank("en")


def found(text, *patterns, unless=(), nlp=BLANK):
    entry = Entry("e", "label", patterns, unless=tuple(unless))
    return [match.text for match in EntryMatcher(nlp, [entry]).find(nlp(text))]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("tax cut", "A TAX CUT was promised.", ["TAX CUT"]),
        ("tax cut~", "Two tax cuts.", ["tax cuts"]),
        ("arrest~", "He arrested no one; arresting is not easy.", ["arrested", "arresting"]),
        ("^PM", "The PM spoke at 3 pm.", ["PM"]),
        ("bus|train strike~", "A train strike and bus strikes.", ["train strike", "bus strikes"]),
        ("the new? bill", "The bill. The new bill. The old bill.", ["The bill", "The new bill"]),
        ("# officers", "They sent 400 officers and more officers.", ["400 officers"]),
        ("cut .. waste", "They cut a lot of waste.", ["cut a lot of waste"]),
        ("cut .. waste", "They cut a very great lot of waste.", []),
        ("[people] smuggler~", "People smugglers met people.", ["People"]),
        ("people smuggling", "A people-smuggling ring.", ["people-smuggling"]),
        ("people smuggling", "Of people - smuggling apart - little is known.", []),
        ("co-operation treaty", "A co-operation treaty.", ["co-operation treaty"]),
        ("Labour 's plan", "It is Labour’s plan.", ["Labour’s plan"]),
        ("one in , one out", "A 'one in, one out' deal.", ["one in, one out"]),
        ("new bill", "It is new. Bill agreed.", []),
        ("new bill", "It is new\nbill", []),
    ],
)
def test_the_pattern_language(pattern, text, expected):
    assert found(text, pattern) == expected


def test_the_longest_match_wins_within_a_label():
    assert found("Asylum seekers wait.", "asylum", "asylum seekers") == ["Asylum seekers"]


def test_labels_do_not_hide_each_other_unless_asked():
    entries = [Entry("a", "one", ("asylum",)), Entry("b", "two", ("asylum seekers",))]
    doc = BLANK("Asylum seekers wait.")
    assert [m.text for m in EntryMatcher(BLANK, entries).find(doc)] == ["Asylum", "Asylum seekers"]
    assert [m.text for m in EntryMatcher(BLANK, entries, across_labels=True).find(doc)] == ["Asylum seekers"]


def test_of_two_entries_for_the_same_words_the_first_wins():
    entries = [Entry("a", "one", ("tax",)), Entry("b", "one", ("tax",))]
    assert [m.entry.id for m in EntryMatcher(BLANK, entries).find(BLANK("A tax."))] == ["a"]


def test_unless_cancels_what_it_overlaps_and_nothing_else():
    text = "A defence lawyer spoke of defence."
    assert found(text, "defence", unless=["defence lawyer"]) == ["defence"]


def test_part_of_speech_counts_only_where_the_text_is_tagged(nlp):
    text = "Ministers plan to act. The plan failed."
    assert found(text, "plan/NOUN", nlp=nlp) == ["plan"]
    assert found(text, "plan/NOUN") == ["plan", "plan"]


def test_a_lemma_finds_what_no_ending_shows(nlp):
    assert found("The gang struck twice.", "strike~", nlp=nlp) == ["struck"]


def test_a_matcher_is_built_once():
    entries = (Entry("a", "one", ("tax",)),)
    assert build_matcher(BLANK.vocab, entries) is build_matcher(BLANK.vocab, entries)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_every_match_is_a_slice_of_any_text(text):
    doc = BLANK.make_doc(text)
    matcher = build_matcher(BLANK.vocab, load_codebook("policy_frames").entries)
    for match in matcher.find(doc):
        assert text[match.start : match.end] == match.text != ""


def test_every_shipped_pattern_finds_words_made_from_it():
    for entry in load_codebook("policy_frames").entries:
        plain = [p for p in entry.patterns if p.replace(" ", "").isalpha()]
        for pattern in plain[:3]:
            matcher = EntryMatcher(BLANK, [Entry(entry.id, entry.label, (pattern,))])
            assert [m.text for m in matcher.find(BLANK(pattern))] == [pattern]


@pytest.mark.parametrize("text", ["tax and bus ", "tax cut "])
def test_matches_are_not_compared_with_one_another(text):
    entries = [Entry("a", "one", ("tax",), unless=("tax cut",)), Entry("b", "one", ("bus", "tax cut"))]
    matcher = EntryMatcher(BLANK, entries)
    docs = [BLANK(text * times) for times in (50, 200)]
    short, long = (count_steps(lambda doc=doc: matcher.find(doc)) for doc in docs)
    assert len(matcher.find(docs[1])) >= 200
    assert long < 4.5 * short
