"""Passages that were edited on the way: found, tiled by their changes, and none where there is none."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.reuse import MIN_WORDS, find_edited_passages

TOLD = (
    "The harbour board will close the old pier to lorries from Monday, it said on Friday. "
    "Drivers must use the northern gate until the planks have been mended in the spring."
)
EDITED = (
    "From Monday the harbour board will shut the old pier to lorries. Drivers must use the narrow northern "
    "gate until planks have been mended."
)


def read_words(text):
    return [word.casefold() for word in re.findall(r"\w+", text)]


def check(texts, passages):
    """What is promised of every passage, whatever the texts."""
    order, seen = list(texts), defaultdict(list)
    for row in passages:
        assert order.index(row.article_a) < order.index(row.article_b)
        a, b = texts[row.article_a], texts[row.article_b]
        first, last = row.changes[0], row.changes[-1]
        assert (first.kind, last.kind) == ("same", "same")
        assert (first.start_a, last.end_a, first.start_b, last.end_b) == (
            row.start_a, row.end_a, row.start_b, row.end_b,
        )  # fmt: skip
        equal = 0
        for before, after in pairwise(row.changes):
            assert (before.end_a, before.end_b) == (after.start_a, after.start_b)
            assert "same" in (before.kind, after.kind) and before.kind != after.kind
        for change in row.changes:
            in_a, in_b = a[change.start_a : change.end_a], b[change.start_b : change.end_b]
            if change.kind == "same":
                assert read_words(in_a) == read_words(in_b)
                equal += len(read_words(in_a))
            assert bool(read_words(in_a)) == (change.kind != "only_b")
            assert bool(read_words(in_b)) == (change.kind != "only_a")
        whole = [read_words(a[row.start_a : row.end_a]), read_words(b[row.start_b : row.end_b])]
        assert row.words == equal >= MIN_WORDS
        assert row.similarity == round(2 * equal / sum(map(len, whole)), 4)
        seen[row.article_a, row.article_b].append(row)
    for rows in seen.values():
        for side in "ab":
            spans = sorted((getattr(r, f"start_{side}"), getattr(r, f"end_{side}")) for r in rows)
            assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_an_edited_passage_is_found_with_what_was_changed():
    texts = {"a": TOLD, "b": f"“{EDITED}” Nobody was hurt."}
    (passage,) = find_edited_passages(texts)
    check(texts, [passage])
    changes = [
        (c.kind, texts["a"][c.start_a : c.end_a].strip(), texts["b"][c.start_b : c.end_b].strip())
        for c in passage.changes
    ]
    assert ("replaced", "close", "shut") in changes
    assert ("only_b", "", "narrow") in changes
    assert ("only_a", "the", "") in changes
    assert ("only_a", "from Monday, it said on Friday.", "") in changes
    assert texts["b"][passage.start_b :].startswith("the harbour board")
    assert texts["b"][: passage.end_b].endswith("have been mended")
    assert passage.words == 20


few_words = st.lists(st.sampled_from("north south east West ferry, port “cost”".split()), max_size=60)
corpora = st.lists(few_words.map(" ".join), max_size=5).map(
    lambda texts: dict(zip("abcde", texts, strict=False))
)


@settings(deadline=None)
@given(corpora)
def test_changes_tile_each_passage_and_no_word_stands_in_two(texts):
    check(texts, find_edited_passages(texts))


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from("abc"), st.text(max_size=200), max_size=3))
def test_any_characters_can_be_read(texts):
    check(texts, find_edited_passages(texts))


@settings(deadline=None)
@given(corpora)
def test_turned_round_the_same_passages_are_found(texts):
    def key(row):
        return row.article_a, row.article_b, row.start_a, row.start_b

    there = [
        row if row.article_a < row.article_b else row.turned()
        for row in find_edited_passages(dict(reversed(texts.items())))
    ]
    assert sorted(there, key=key) == sorted(find_edited_passages(texts), key=key)


@settings(deadline=None)
@given(few_words.filter(lambda words: len(words) >= MIN_WORDS).map(" ".join), st.booleans())
def test_the_same_text_twice_is_one_passage(text, shout):
    (passage,) = find_edited_passages({"a": text, "b": text.upper() if shout else text})
    assert [change.kind for change in passage.changes] == ["same"]
    assert (passage.words, passage.similarity) == (len(read_words(text)), 1.0)
