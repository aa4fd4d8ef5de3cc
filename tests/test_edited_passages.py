"""Passages that were edited on the way: found, tiled by their changes, and none where there is none."""

from __future__ import annotations

import random
import re
import sys
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from steps import count_steps

from analysis.errors import UnknownNameError
from analysis.reuse import MIN_WORDS, STOCK, find_edited_passages, find_shared_passages

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import made_passages
import passages as benchmark

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


word = st.sampled_from("north south east West ferry, port “cost”".split())
few_words = st.lists(word, max_size=60)
corpora = st.lists(few_words.map(" ".join), max_size=5).map(
    lambda texts: dict(zip("abcde", texts, strict=False))
)


@settings(max_examples=50)
@given(corpora)
def test_changes_tile_each_passage_and_no_word_stands_in_two(texts):
    check(texts, find_edited_passages(texts))


@settings(max_examples=50)
@given(st.dictionaries(st.sampled_from("abc"), st.text(max_size=200), max_size=3))
def test_any_characters_can_be_read(texts):
    check(texts, find_edited_passages(texts))


@settings(max_examples=50)
@given(corpora)
def test_turned_round_the_same_passages_are_found(texts):
    def key(row):
        return row.article_a, row.article_b, row.start_a, row.start_b

    there = [
        row if row.article_a < row.article_b else row.turned()
        for row in find_edited_passages(dict(reversed(texts.items())))
    ]
    assert sorted(there, key=key) == sorted(find_edited_passages(texts), key=key)


@settings(max_examples=50)
@given(st.lists(word, min_size=MIN_WORDS, max_size=60).map(" ".join), st.booleans())
def test_the_same_text_twice_is_one_passage(text, shout):
    (passage,) = find_edited_passages({"a": text, "b": text.upper() if shout else text})
    assert [change.kind for change in passage.changes] == ["same"]
    assert (passage.words, passage.similarity) == (len(read_words(text)), 1.0)


# Planted passages, and none where none was planted


@pytest.fixture(scope="module")
def made():
    return made_passages.make_articles(random.Random(7), 200, words=400)


@pytest.fixture(scope="module")
def planted(made):
    """Texts, what was planted in them, and what is found there."""
    texts, plants = made_passages.plant_passages(random.Random(8), made, 96)
    return texts, plants, find_edited_passages(texts)


def test_nothing_is_found_in_articles_that_share_titles_and_phrases_only(made):
    texts = {name: made_passages.join_sentences(sentences) for name, sentences in made.items()}
    assert [row for row in find_edited_passages(texts) if row.words >= benchmark.LEAST] == []
    naive = [row for row in find_shared_passages(texts) if row.words >= benchmark.LEAST]
    assert len(naive) > 100, "articles of which a plain comparison finds nothing test nothing"


def test_planted_passages_are_found_however_they_were_changed(planted):
    texts, plants, found = planted
    check(texts, found)
    shares = benchmark.cover(plants, texts, benchmark.list_spans(found))
    every = [share for kind in made_passages.KINDS for share in shares[kind]]
    assert len(every) == 96
    assert benchmark.share_found(every) >= 0.95
    assert sum(every) / len(every) >= 0.93
    pairs = {frozenset((plant.first, plant.second)) for plant in plants}
    assert {frozenset((row.article_a, row.article_b)) for row in found} <= pairs


@pytest.mark.parametrize("size", benchmark.SMALL)
def test_a_paragraph_is_found_whole_in_a_corpus_of_a_few_articles_and_none_is_made_up(made, size):
    rng = random.Random(size)
    shares, before = benchmark.measure_small(rng, made, made_passages.Writer(rng), size, 5)
    assert shares == [1.0] * 5
    assert benchmark.count_long(before, benchmark.SMALL_WORDS) == 0


def test_a_pair_asked_for_has_the_passages_that_it_has_among_all(planted):
    texts, plants, every = planted
    asked = [(plant.second, plant.first) for plant in plants[::2]]
    wanted = {frozenset(pair) for pair in asked}
    assert find_edited_passages(texts, asked) == [
        row for row in every if frozenset((row.article_a, row.article_b)) in wanted
    ]
    assert find_edited_passages(texts, []) == []


def test_a_pair_of_an_unknown_article_is_an_error():
    with pytest.raises(UnknownNameError, match="no article 'c'"):
        find_edited_passages({"a": TOLD, "b": EDITED}, [("a", "c")])


def test_a_sentence_put_into_a_passage_does_not_cut_it_in_two():
    first, second = TOLD.split(". ")
    between = "Ana Ruiz, who sells fish there, was not asked."
    texts = {"a": TOLD, "b": f"{first}. {between} {second}"}
    (passage,) = find_edited_passages(texts)
    (change,) = (change for change in passage.changes if change.kind != "same")
    assert change.kind == "only_b"
    assert texts["b"][change.start_b : change.end_b].strip() == between


def test_a_phrase_of_very_many_articles_is_no_passage_but_their_story_is():
    rng = random.Random(3)
    writer = made_passages.Writer(rng)
    phrase = "sign up to our newsletter and get the stories of the day in your inbox every morning"
    story = " ".join(" ".join(writer.write_sentence()) for _ in range(8))
    texts = {f"{n}": f"{write_numbers(rng, 20)}. {phrase}." for n in range(STOCK + 5)}
    assert find_edited_passages(texts) == []
    copies = {name: f"{story} {text}" for name, text in texts.items()}
    found = find_edited_passages(copies)
    assert {row.article_a for row in found} | {row.article_b for row in found} == set(copies)
    assert len(found) < len(copies) ** 2 / 8


# Cost


def write_numbers(rng, words):
    return " ".join(f"w{rng.randrange(10**6)}" for _ in range(words))


def edit_some(rng, text, share):
    return " ".join(f"e{rng.randrange(10**6)}" if rng.random() < share else word for word in text.split())


SHAPES = {
    "one word": lambda size: ("a " * size, "a " * size + "b"),
    "one sentence, edited at times": lambda size: (
        "the board will close the old pier to lorries from monday on " * (size // 12),
        ("the board will close the old pier to lorries from monday on " * 50 + "or not ") * (size // 602),
    ),
    "an edited copy": lambda size: (
        write_numbers(random.Random(1), size),
        edit_some(random.Random(2), write_numbers(random.Random(1), size), 0.05),
    ),
    "nothing alike": lambda size: (
        write_numbers(random.Random(1), size), write_numbers(random.Random(2), size),
    ),
}  # fmt: skip


@pytest.mark.parametrize("write", SHAPES.values(), ids=SHAPES)
def test_steps_grow_with_the_length_alone(write):
    find_edited_passages({"a": TOLD, "b": TOLD})
    few, many = (
        count_steps(lambda: find_edited_passages(dict(zip("ab", write(size), strict=True))))  # noqa: B023
        for size in (3_000, 12_000)
    )
    assert many < 6 * few


def test_a_text_that_is_read_in_pieces_is_compared_with_an_edited_copy():
    rng = random.Random(5)
    text = write_numbers(rng, 36_000)
    texts = {"a": text, "b": edit_some(rng, text, 0.01)}
    assert len(text) > 1 << 18
    (passage,) = find_edited_passages(texts)
    assert passage.words > 35_500
    check(texts, [passage])


def test_versions_of_one_article_cost_little_more_than_their_words():
    rng = random.Random(6)
    text = write_numbers(rng, 400)

    def count(versions):
        texts = {f"{n}": edit_some(rng, text, 0.02) for n in range(versions)}
        return count_steps(lambda: find_edited_passages(texts)) / (versions * (versions - 1) / 2)

    assert count(8) < 40 * 400
