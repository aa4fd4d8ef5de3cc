"""Frames, terms and metaphors with the voice they stand in."""

from __future__ import annotations

import random

import pytest

from analysis.codebooks import load_codebook, load_topic
from analysis.language.pipeline import DocContext, annotate, layer

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


STORIES = [
    "Small boats crossed the Channel. Asylum seekers fled war, and migrants were abused by smugglers.",
    "The council closed the bridge. Residents fled the flood, and thieves abused an old man.",
    "A wave of migrants is a burden on taxpayers, asylum seekers were told. The law was broken.",
    "Workers fled the fire. The judge jailed two criminals who had threatened a nurse.",
]


def rows_of(stories, packs_of, size):
    jobs = [(text, DocContext(name, packs=packs_of(text))) for name, text in stories]
    found = {}
    for first in range(0, len(jobs), size):
        for doc, (_, about) in zip(annotate(jobs[first : first + size], PARTS), jobs[first:], strict=False):
            found[about.article_id] = [layer(doc, "frames"), layer(doc, "terms")]
    return found


def test_the_order_of_articles_and_the_size_of_a_batch_change_nothing(pack):
    stories = [(f"{n}", text) for n, text in enumerate(STORIES * 3)]

    def packs_of(text):
        return (pack,) if "asylum" in text.lower() else ()

    first = rows_of(stories, packs_of, len(stories))
    assert any(frames for frames, _ in first.values()) and any(terms for _, terms in first.values())
    random.Random(3).shuffle(stories)
    for size in (1, 5):
        again = rows_of(stories, packs_of, size)
        for name, rows in first.items():
            # An article is known by its number, its quotations too.
            assert again[name] == rows


def test_a_generic_frame_implies_no_frame_of_immigrants(pack):
    stories = [(f"{n}", text) for n, text in enumerate(STORIES)]
    own = {entry.id for entry in load_codebook("immigration_frames").entries}
    found = rows_of(stories, lambda text: (pack,) if "asylum" in text.lower() else (), 4)
    on_topic = [row for name in ("0", "2") for row in found[name][0] if row.codebook == "immigration_frames"]
    assert on_topic and {row.entry for row in on_topic} <= own
    off_topic = [row.codebook for name in ("1", "3") for row in found[name][0]]
    assert off_topic and not {"immigration_frames", "migration_metaphors"} & set(off_topic)
    # The words of a generic frame alone, on an article on the topic, stand for no frame of immigrants.
    text = "The judge jailed two criminals. Jobs were lost."
    doc = next(annotate([(text, DocContext(packs=(pack,)))], PARTS))
    books = {row.codebook for row in layer(doc, "frames")}
    assert "policy_frames" in books and "immigration_frames" not in books
