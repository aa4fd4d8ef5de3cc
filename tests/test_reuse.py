"""Shared passages and versions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.reuse import MIN_WORDS, find_shared_passages, group_versions

SHARED = "the ministers agreed on Tuesday to share the cost of the new ferry between the ports"


def test_shared_passage_is_found_whatever_its_case_and_punctuation():
    texts = {
        "a": f"Porto: {SHARED}, officials said.",
        "b": f"“{SHARED.title()}” was the line. Nobody asked why.",
    }
    (passage,) = find_shared_passages(texts)
    assert (passage.article_a, passage.article_b, passage.words) == ("a", "b", 16)
    assert texts["a"][passage.start_a : passage.end_a] == SHARED
    assert texts["b"][passage.start_b : passage.end_b] == SHARED.title()
    assert 0 < passage.containment < 1


def test_short_passages_do_not_count():
    assert (
        find_shared_passages(
            {"a": "he said on Tuesday that it rained", "b": "he said on Tuesday that it was"}
        )
        == []
    )


def test_an_article_inside_another_is_a_version_of_it():
    whole = f"{SHARED}. It will open in spring, and two more are planned."
    passages = find_shared_passages(
        {"a": SHARED, "b": whole, "c": "Something else entirely happened here today."}
    )
    assert passages[0].containment == 1.0
    assert group_versions(passages) == {"a": "a", "b": "a"}


def test_a_shared_passage_alone_makes_no_version():
    left = "Bakers warn that flour is short in every county this winter and prices rise. "
    right = "Trams left the city long ago and hardly anybody wants them back at all now. "
    passages = find_shared_passages({"a": left * 2 + SHARED, "b": right * 2 + SHARED})
    assert len(passages) == 1
    assert group_versions(passages) == {}


words = st.lists(st.sampled_from("north south east west ferry port cost".split()), max_size=40)


@given(words, words)
def test_both_spans_hold_the_same_words(a, b):
    texts = {"a": " ".join(a), "b": " ".join(b)}
    for passage in find_shared_passages(texts):
        same = texts["a"][passage.start_a : passage.end_a]
        assert same == texts["b"][passage.start_b : passage.end_b]
        assert len(same.split()) == passage.words >= MIN_WORDS
