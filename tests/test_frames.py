"""Frames, terms and metaphors with the voice they stand in."""

from __future__ import annotations

import pytest

from analysis.codebooks import load_codebook, load_topic
from analysis.language.pipeline import layer

PARTS = ("sentences", "actors", "quotes", "frames")


@pytest.fixture(scope="module")
def pack():
    return load_topic("uk_migration")


@pytest.fixture(scope="module")
def frames_of(annotate_text):
    def run(text):
        doc = annotate_text(text, components=("sentences", "frames"))
        return {match.frame for match in layer(doc, "frames")}

    return run


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("Firms warned that the levy would cost thousands of jobs.", "economic"),
        ("Wards are overcrowded and there is a shortage of midwives.", "capacity and resources"),
        ("The archbishop called the policy immoral.", "morality"),
        ("Campaigners said the rule discriminates against women.", "fairness and equality"),
        (
            "The Supreme Court ruled that the order was unlawful.",
            "legality, constitutionality and jurisdiction",
        ),
        ("The strategy has failed to cut waiting times.", "policy prescription and evaluation"),
        ("Police arrested two men over the robbery.", "crime and punishment"),
        ("The army will send missiles to the front.", "security and defence"),
        ("Patients waited in hospital corridors.", "health and safety"),
        ("Families live in squalid conditions.", "quality of life"),
        ("She spoke of British values and the nation's heritage.", "cultural identity"),
        ("A poll found that the public wants a ban.", "public opinion"),
        ("Tory backbenchers rebelled in the vote.", "political"),
        ("The two countries signed a treaty at the summit.", "external regulation and reputation"),
    ],
)
def test_a_plain_sentence_shows_its_frame(frames_of, text, frame):
    assert frame in frames_of(text)


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("The defence lawyer spoke first.", "security and defence"),
        ("She had a fair few questions.", "fairness and equality"),
        ("The fund weathered the storm.", "other"),
        ("Reform UK has four MPs.", "policy prescription and evaluation"),
        ("The band played at the book fair.", "fairness and equality"),
    ],
)
def test_a_word_in_another_sense_shows_no_frame(frames_of, text, frame):
    assert frame not in frames_of(text)


def test_a_bare_count_has_no_frame(frames_of):
    assert frames_of("There were 4,012 on Tuesday and 3,800 on Monday.") == set()


def test_the_examples_of_the_codebook_show_their_frames(frames_of):
    for category in load_codebook("policy_frames").categories:
        shown = [category.name in frames_of(example) for example in category.examples]
        assert any(shown), category.name


def test_voice_and_speaker_come_from_the_quotation(annotate_text):
    text = (
        'Police raided the yard. Ana Ruiz, the mayor, said: "This tax is unfair to every family in the town."'
    )
    doc = annotate_text(text, components=PARTS)
    voices = {match.text.lower(): (match.voice, match.speaker) for match in layer(doc, "frames")}
    assert voices["police"] == ("narration", None)
    assert voices["tax"] == ("quotation", "Ana Ruiz")


def test_terms_need_a_pack_and_longer_ones_hide_shorter(annotate_text, pack):
    text = "Failed asylum seekers and other migrants crossed; a migrant hotel opened."
    bare = annotate_text(text, components=("sentences", "frames"))
    assert layer(bare, "terms") == ()
    doc = annotate_text(text, components=("sentences", "frames"), packs=(pack,))
    assert [(m.text, m.use) for m in layer(doc, "terms")] == [
        ("Failed asylum seekers", "person"),
        ("migrants", "person"),
        ("migrant", "modifier"),
    ]


def test_people_are_migrants_only_where_the_words_say_so(annotate_text, pack):
    text = "People smugglers were jailed. Some 300 people arrived in small boats. Many people voted."
    doc = annotate_text(text, components=("sentences", "frames"), packs=(pack,))
    assert [(m.text, m.use, m.start) for m in layer(doc, "terms") if m.text.lower() == "people"] == [
        ("People", "modifier", 0),
        ("people", "person", text.index("people arrived")),
    ]


def test_metaphors_are_frames_of_their_own_codebook(annotate_text, pack):
    text = "He spoke of a flood of migrants and of the gangs' business model."
    doc = annotate_text(text, components=("sentences", "frames"), packs=(pack,))
    metaphors = {m.text: m.frame for m in layer(doc, "frames") if m.codebook == "migration_metaphors"}
    assert metaphors == {"flood of migrants": "water", "business model": "trade and business"}


@pytest.mark.parametrize("text", ["", " ", "\n\n", "“", "😀 ‘’ '' \u00a0", "a" * 20000])
def test_odd_texts_do_no_harm(annotate_text, pack, text):
    doc = annotate_text(text, components=("sentences", "frames"), packs=(pack,))
    assert layer(doc, "frames") == ()
