"""Quotation marks: pairs of any style, apostrophes, paragraphs, marks that are lost."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.language.marks import Passage, find_passages


def inside(text: str, depth: int = 0) -> list[str]:
    return [text[p.start : p.end] for p in find_passages(text) if p.depth == depth]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She said “we will” twice.", ["we will"]),
        ('She said "we will" twice.', ["we will"]),
        ("She said ‘we will' twice.", ["we will"]),
        ("She said ‘we will’ twice.", ["we will"]),
        ("She said 'we will' twice.", ["we will"]),
        ("She said «we will» twice.", ["we will"]),
        ("She said ''we will'' and ''we must'' twice.", ["we will", "we must"]),
        ("Hopes for ‘growth' and 'order’ rose.", ["growth", "order"]),
    ],
)
def test_marks_of_every_style_pair(text, expected):
    assert inside(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It's the workers' vote, and the ministers' too.",
        "Give 'em hell in '24, as in the '90s.",
        "Rock 'n' roll isn't dead.",
        "He's 6'2\" tall in his socks.",
        "O'Brien's and D’Arcy’s plan",
        "",
        "'",
        "\n\n",
    ],
)
def test_apostrophes_and_inches_are_no_marks(text):
    assert inside(text) == []


def test_apostrophes_inside_single_marks_do_not_close_them():
    text = "He said: 'It's the workers' choice, and they don't want it,' and left."
    assert inside(text) == ["It's the workers' choice, and they don't want it,"]


def test_a_passage_runs_over_paragraphs_that_reopen_it():
    text = "She said: 'One point.\n'Two points.\n'Three points.'\nThen she left."
    found = find_passages(text)
    assert [text[p.start : p.end] for p in found] == ["One point.", "Two points.", "Three points."]
    assert [p.continues for p in found] == [False, True, True]
    assert [p.closed for p in found] == [False, False, True]


def test_a_flattened_line_still_reopens_the_passage():
    text = "She said: 'It is late. 'We must go. 'Nobody will wait.' Then they went. 'Fine,' he said."
    found = find_passages(text)
    assert [text[p.start : p.end] for p in found] == [
        "It is late.",
        "We must go.",
        "Nobody will wait.",
        "Fine,",
    ]
    assert [p.continues for p in found] == [False, True, True, False]


def test_a_passage_that_never_closes_ends_with_its_paragraph():
    text = 'He said: "We need a treaty.\nThe bill passed. "Good," she said.'
    found = find_passages(text)
    assert [(text[p.start : p.end], p.closed) for p in found] == [
        ("We need a treaty.", False),
        ("Good,", True),
    ]


def test_an_inner_pair_nests_in_the_same_style():
    text = "He said: 'There are 'dark zone' jails. 'They are worse.' So it goes."
    assert inside(text) == ["There are 'dark zone' jails.", "They are worse."]
    assert inside(text, depth=1) == ["dark zone"]


def test_an_inner_pair_nests_in_the_other_style():
    text = "“She told me ‘never again’ and went,” he said."
    assert inside(text) == ["She told me ‘never again’ and went,"]
    assert inside(text, depth=1) == ["never again"]


def test_a_stray_inner_mark_is_misplaced():
    text = "They are 'career agitators 'who scare the people they should help'. The others laughed."
    (passage,) = find_passages(text)
    assert text[passage.start : passage.end] == "career agitators 'who scare the people they should help"
    assert [text[at] for at in passage.misplaced] == ["'"]


def test_one_mark_that_closes_and_opens():
    text = 'They were "sold a lie about the UK."In truth, they suffer," he said.'
    assert inside(text) == ["sold a lie about the UK.", "In truth, they suffer,"]


def test_a_lost_opening_mark_starts_with_the_sentence():
    text = 'It rained. The ruling is stunning," he said. "It stands."'
    found = find_passages(text)
    assert [(text[p.start : p.end], p.opened) for p in found] == [
        ("The ruling is stunning,", False),
        ("It stands.", True),
    ]


_TEXT = st.text(alphabet=st.sampled_from("ab sS.,!?:–()\n\r'\"‘’“”«»`´20£\u00a0😀"), max_size=120)


@settings(max_examples=400, deadline=None)
@given(_TEXT)
def test_any_text_gives_well_formed_passages(text):
    open_ones: list[Passage] = []
    for passage in find_passages(text):
        assert 0 <= passage.start < passage.end <= len(text)
        assert not text[passage.start].isspace() and not text[passage.end - 1].isspace()
        assert all(passage.start <= at < passage.end for at in passage.misplaced)
        while open_ones and open_ones[-1].end <= passage.start:
            open_ones.pop()
        assert not open_ones or passage.end <= open_ones[-1].end, "passages overlap without nesting"
        assert passage.depth > 0 or not open_ones
        open_ones.append(passage)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(["we will go", "it's over", "the workers of the north"]), min_size=1, max_size=6
    ),
    st.sampled_from(["“”", "‘’", '""', "''", "‘'", "«»"]),
)
def test_marking_words_finds_them_again(words, marks):
    text = "".join(f"She said: {marks[0]}{w.capitalize()}.{marks[1]} He left. " for w in words)
    assert inside(text) == [f"{w.capitalize()}." for w in words]


def test_time_grows_with_the_text_alone():
    def seconds(times: int) -> float:
        text = "He said: 'It's late. 'We're off,\" she “said, the workers' way. " * times
        started = time.process_time()
        find_passages(text)
        return time.process_time() - started

    seconds(20)
    assert seconds(1600) < 16 * max(seconds(200), 0.01)
