"""Matching: the pattern language on real tokens, with and without a tagger."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from steps import count_steps

from analysis.codebooks import Entry, load_codebook
from analysis.matching import EntryMatcher, EntrySet, JointMatcher, build_matcher

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


@settings(max_examples=60)
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


def kept(text, nlp=BLANK, **entry):
    entry = Entry("e", "label", ("burden", "crisis"), **entry)
    return [match.text for match in EntryMatcher(nlp, [entry]).find(nlp(text))]


@pytest.mark.parametrize(
    "text",
    [
        "They are not a burden.",
        "They are not really a heavy burden.",
        "It isn’t a “burden” at all.",
        "There is no crisis.",
        "She never called it a crisis.",
        "It is far from a crisis.",
        "They are neighbours rather than a burden.",
    ],
)
def test_a_negator_shortly_before_cancels_where_the_entry_says_so(text, nlp):
    assert len(kept(text)) == 1
    for pipeline in (BLANK, nlp):
        assert kept(text, pipeline, negated="cancel") == []


@pytest.mark.parametrize(
    "text",
    [
        "They are not only a burden.",
        "It is no doubt a burden.",
        "It is not new, and a burden.",
        "That is not what he said. A crisis followed.",
        "It was not winter but a crisis.",
        "No one in the quiet old town by the sea spoke of a crisis.",
    ],
)
def test_a_negator_that_does_not_govern_the_words_cancels_nothing(text, nlp):
    for pipeline in (BLANK, nlp):
        assert len(kept(text, pipeline, negated="cancel")) == 1


def test_words_in_the_same_sentence_cancel_a_match():
    text = "The housing crisis grew. A crisis followed, with midlife in it.\nCrisis of midlife"
    assert kept(text, unless_near=("midlife",)) == ["crisis"]


def test_words_that_must_stand_in_the_same_sentence():
    text = "The burden on taxpayers grew. The burden of proof is theirs. Taxpayers wait."
    assert kept(text, only_near=("taxpayer~",)) == ["burden"]


def test_near_may_be_so_many_words():
    text = "Taxpayers in the north carry the burden, and a crisis looms."
    assert kept(text, only_near=("taxpayer~",), within=6) == ["burden"]
    assert kept(text, only_near=("taxpayer~",), within=5) == []
    assert kept(text, unless_near=("looms",), within=1) == ["burden"]


def test_a_sentence_of_the_layer_counts_before_a_stop():
    doc = BLANK("The crisis of the N.H.S. . midlife")
    matcher = EntryMatcher(BLANK, [Entry("e", "label", ("crisis",), only_near=("midlife",))])
    assert matcher.find(doc) == []
    doc.spans["sentences"] = [doc[:]]
    assert [match.text for match in matcher.find(doc)] == ["crisis"]


def test_sets_do_not_touch_one_another():
    one = EntrySet((Entry("a", "one", ("asylum",)),))
    others = Entry("b", "one", ("asylum seekers",)), Entry("c", "two", ("asylum",))
    two = EntrySet(others, across_labels=True)
    found = JointMatcher(BLANK, [one, two]).find(BLANK("Asylum seekers wait."))
    assert [[match.entry.id for match in matches] for matches in found] == [["a"], ["b"]]


@pytest.mark.parametrize("words", ["not a burden ", "a burden of proof . ", "burden taxpayers "])
def test_conditions_do_not_compare_matches_with_one_another(words):
    near = {"unless_near": ("proof",), "only_near": ("taxpayer~", "a"), "within": 6}
    entry = Entry("e", "label", ("burden",), **near, negated="cancel")
    matcher = EntryMatcher(BLANK, [entry])
    docs = [BLANK(words * times) for times in (50, 200)]
    matcher.find(docs[1])
    short, long = (count_steps(lambda doc=doc: matcher.find(doc)) for doc in docs)
    assert long < 4.5 * short


@settings(max_examples=60)
@given(st.lists(st.sampled_from('not no a burden crisis proof tax . , ! \n " -'.split(" ")), max_size=25))
def test_conditions_only_ever_take_matches_away(words):
    doc = BLANK(" ".join(words))
    plain = Entry("e", "label", ("burden", "tax .. crisis"))
    hard = Entry("e", "label", plain.patterns, unless_near=("proof",), only_near=("tax",), negated="cancel")
    every, some = ({(m.start, m.end) for m in EntryMatcher(BLANK, [e]).find(doc)} for e in (plain, hard))
    assert some <= every
