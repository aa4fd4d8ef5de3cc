"""Shared passages, versions, and what a version group does not say."""

from __future__ import annotations

import json
import random
import re
import runpy
from collections import defaultdict
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from travelling import TravellingEngine

import analysis as an
from analysis.reuse import MIN_WORDS, STOCK, find_shared_passages, group_versions
from analysis.reuse.runs import group_equal
from analysis.reuse.words import WordReader

ROOT = Path(__file__).parents[1]
SHARED = "the ministers agreed on Tuesday to share the cost of the new ferry between the ports"


def read_words(text):
    return [word.casefold() for word in re.findall(r"\w+", text)]


def shingles(text):
    words = read_words(text)
    return {tuple(words[n : n + 5]) for n in range(len(words) - 4)}


def containment(a, b):
    """Counted one article after the other, without an index."""
    return len(shingles(a) & shingles(b)) / min(len(shingles(a)), len(shingles(b)))


def write_sentences(seed, count):
    """Sentences of twelve made-up words, different for each seed."""
    rng = random.Random(seed)
    return [" ".join(f"w{rng.randrange(10**6)}" for _ in range(12)) + "." for _ in range(count)]


def as_groups(versions):
    members = defaultdict(set)
    for article, group in versions.items():
        members[group].add(article)
    return {frozenset(group) for group in members.values()}


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
    texts = {"a": "he said on Tuesday that it rained", "b": "he said on Tuesday that it was"}
    assert find_shared_passages(texts) == []


@pytest.mark.parametrize(
    "texts",
    [{}, {"a": ""}, {"a": "", "b": ""}, {"a": SHARED}, {"a": SHARED, "b": "…", "c": "one"}],
    ids=["nothing", "one empty", "two empty", "one", "nothing alike"],
)
def test_nothing_to_share_is_no_passage(texts):
    assert find_shared_passages(texts) == []


@pytest.mark.parametrize("odd", ["\ud800", "İstanbul", "ß", "\x00", "東京", "e\u0301"])
def test_spans_hold_whatever_the_characters(odd):
    texts = {"a": f"{odd} {SHARED} {odd}", "b": f"{odd}{odd} so {SHARED}. {odd}"}
    (passage,) = find_shared_passages(texts)
    assert SHARED in texts["a"][passage.start_a : passage.end_a]
    assert SHARED in texts["b"][passage.start_b : passage.end_b]


def test_a_text_of_one_enormous_line_is_read_in_pieces_without_losing_its_place():
    filler = " ".join(f"n{n}" for n in range(60_000))
    texts = {"a": f"{filler} {SHARED} {'x' * 300_000} {SHARED.upper()}", "b": SHARED}
    passages = find_shared_passages(texts)
    assert [texts["a"][p.start_a : p.end_a] for p in passages] == [SHARED, SHARED.upper()]
    assert {(p.start_b, p.end_b, p.containment) for p in passages} == {(0, len(SHARED), 1.0)}


def test_a_text_that_says_one_thing_for_ever_shares_all_of_it():
    texts = {"a": "ha " * 50_000, "b": "Ha! " * 30_000}
    (passage,) = find_shared_passages(texts)
    assert (passage.words, passage.start_a, passage.start_b) == (30_000, 0, 0)


few_words = st.lists(st.sampled_from("north south east West ferry, port “cost”".split()), max_size=60)
corpora = st.lists(few_words.map(" ".join), max_size=5).map(
    lambda texts: dict(zip("abcde", texts, strict=False))
)


@settings(max_examples=50)
@given(corpora)
def test_every_row_says_what_two_articles_hold(texts):
    order, seen = list(texts), defaultdict(list)
    for row in find_shared_passages(texts):
        assert order.index(row.article_a) < order.index(row.article_b)
        same = read_words(texts[row.article_a][row.start_a : row.end_a])
        assert same == read_words(texts[row.article_b][row.start_b : row.end_b])
        assert len(same) == row.words >= MIN_WORDS
        assert row.containment == round(containment(texts[row.article_a], texts[row.article_b]), 4)
        seen[row.article_a, row.article_b].append((row.start_a, row.end_a))
    for spans in seen.values():
        assert all(before[1] <= after[0] for before, after in pairwise(spans))


@settings(max_examples=50)
@given(corpora)
def test_a_pair_is_found_exactly_if_it_shares_ten_words_in_a_row(texts):
    tens = {
        name: {
            tuple(read_words(text)[n : n + MIN_WORDS]) for n in range(len(read_words(text)) - MIN_WORDS + 1)
        }
        for name, text in texts.items()
    }
    expected = {(a, b) for a, b in combinations(texts, 2) if tens[a] & tens[b]}
    assert {(row.article_a, row.article_b) for row in find_shared_passages(texts)} == expected


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=300), st.text(max_size=300))
def test_ten_words_put_into_any_two_texts_are_found(left, right, before, after):
    ten = "ten words that nobody else would put into one line"
    assert len(ten.split()) == MIN_WORDS
    texts = {"a": f"{left} {ten} {right}", "b": f"{before} {ten} {after}"}
    passages = find_shared_passages(texts)
    assert any(ten in texts["a"][row.start_a : row.end_a] for row in passages)
    assert any(ten in texts["b"][row.start_b : row.end_b] for row in passages)


@settings(max_examples=50)
@given(corpora)
def test_turned_round_the_same_pairs_share_as_much(texts):
    def pairs(found):
        return {(frozenset((row.article_a, row.article_b)), row.containment) for row in found}

    backwards = dict(reversed(texts.items()))
    assert pairs(find_shared_passages(texts)) == pairs(find_shared_passages(backwards))


@given(st.lists(st.integers(0, 40), max_size=60))
def test_equal_values_are_found_where_only_their_lower_bits_differ(values):
    positions, group = group_equal(np.array(values, dtype=np.uint64))
    found = defaultdict(list)
    for position, number in zip(positions.tolist(), group.tolist(), strict=True):
        found[number].append(position)
    expected = defaultdict(list)
    for position, value in enumerate(values):
        expected[value].append(position)
    assert sorted(found.values()) == sorted(places for places in expected.values() if len(places) > 1)


# Versions

STORY = write_sentences("story", 12)
EDITS = {
    "one paragraph changed": [*STORY[:5], *write_sentences("change", 1), *STORY[6:]],
    "appended to": [*STORY, *write_sentences("more", 8)],
    "truncated": STORY[:4],
    "first half cut": STORY[6:],
    "paragraphs moved": [*STORY[6:], *STORY[:6]],
    "a short piece in a long one": [*write_sentences("long", 60), *STORY, *write_sentences("longer", 60)],
}


@pytest.mark.parametrize("edited", EDITS.values(), ids=EDITS)
def test_an_edited_version_is_found_with_its_containment(edited):
    texts = {f"o{n}": " ".join(write_sentences(n, 10)) for n in range(20)}
    texts |= {"first": " ".join(STORY), "then": "\n".join(edited)}
    passages = find_shared_passages(texts)
    assert {(row.article_a, row.article_b) for row in passages} == {("first", "then")}
    assert passages[0].containment == round(containment(texts["first"], texts["then"]), 4)
    assert passages[0].containment >= 0.8
    assert group_versions(passages) == {"first": "first", "then": "first"}


def test_a_shared_passage_alone_makes_no_version():
    left = "Bakers warn that flour is short in every county this winter and prices rise. "
    right = "Trams left the city long ago and hardly anybody wants them back at all now. "
    passages = find_shared_passages({"a": left * 2 + SHARED, "b": right * 2 + SHARED})
    assert len(passages) == 1
    assert group_versions(passages) == {}


def test_a_version_of_a_version_belongs_to_the_group_of_the_first_article():
    halves = {"b": STORY[:6], "c": STORY[6:], "a": write_sentences("other", 6), "d": STORY}
    passages = find_shared_passages({name: " ".join(parts) for name, parts in halves.items()})
    assert group_versions(passages) == {"b": "b", "c": "b", "d": "b"}


@settings(max_examples=40)
@given(st.randoms(use_true_random=False))
def test_groups_do_not_depend_on_the_order_and_carry_their_first_article(rng):
    stories = [write_sentences(n, 6) for n in range(4)]
    texts = {}
    for n in range(14):
        kept = list(rng.choice(stories))
        kept[rng.randrange(6)] = " ".join(write_sentences(f"edit {n}", rng.randrange(2)))
        texts[f"{n}"] = " ".join(kept)
    shuffled = list(texts)
    rng.shuffle(shuffled)
    groups = group_versions(find_shared_passages({name: texts[name] for name in shuffled}))
    assert as_groups(groups) == as_groups(group_versions(find_shared_passages(texts)))
    for article, group in groups.items():
        assert shuffled.index(group) <= shuffled.index(article)


# Stock phrases, and copy that very many carry

STOCK_PHRASE = "sign up to our newsletter and get the day's stories in your inbox every morning"


def test_a_stock_phrase_alone_is_no_passage():
    texts = {f"{n}": f"{' '.join(write_sentences(n, 4))} {STOCK_PHRASE}" for n in range(STOCK + 1)}
    assert find_shared_passages(texts) == []
    fewer = dict(list(texts.items())[1:])
    assert len(find_shared_passages(fewer)) == STOCK * (STOCK - 1) // 2


@pytest.mark.parametrize("seed", range(3))
def test_a_story_that_very_many_carry_stays_one_group(seed):
    rng = random.Random(seed)
    texts = {f"o{n}": f"{' '.join(write_sentences(n, 30))} {STOCK_PHRASE}" for n in range(40)}
    story = write_sentences("much copied", 24)
    for n in range(2 * STOCK):
        kept = [*write_sentences(f"top {n}", 1), *story, STOCK_PHRASE]
        del kept[rng.randrange(1, 25)]
        texts[f"w{n}"] = " ".join(kept)
    items = list(texts.items())
    rng.shuffle(items)
    passages = find_shared_passages(dict(items))
    (group,) = as_groups(group_versions(passages))
    assert group == {name for name in texts if name.startswith("w")}
    assert len({(row.article_a, row.article_b) for row in passages}) < len(group) ** 2 / 8


def test_the_benchmark_finds_all_that_is_real_and_nothing_else(capsys):
    benchmark = runpy.run_path(str(ROOT / "benchmarks" / "duplicates.py"))
    benchmark["main"](["--most", "150"])
    said = capsys.readouterr().out
    ceiling = re.search(r"(0\.\d+) of them real", said).group(1)
    assert re.search(rf"^ours +\d+ +{ceiling} +1\.0000 ", said, re.MULTILINE), said


# In partitions


def write_corpus(seed):
    """A hundred texts and more: some share a passage, some are versions, and most have a stock phrase."""
    rng = random.Random(seed)
    shared = [write_sentences(f"shared {n}", 4) for n in range(4)]
    texts = {}
    for n in range(STOCK + rng.randrange(20, 80)):
        told = write_sentences(n, rng.randrange(4))
        told += rng.choice(shared) if rng.random() < 0.5 else rng.choice(shared)[1:3]
        if rng.random() < 0.8:
            told.insert(rng.randrange(len(told) + 1), STOCK_PHRASE)
        texts[f"{n}"] = rng.choice([" ", "\n", "… é "]).join(told) if rng.random() < 0.95 else ""
    return texts


@settings(max_examples=50)
@given(corpora, st.integers(1, 400))
def test_partitions_change_nothing(texts, size):
    whole = find_shared_passages(texts)
    assert find_shared_passages(texts, partition=size) == whole
    assert find_shared_passages(texts, partition=size, engine=TravellingEngine()) == whole


@pytest.mark.parametrize(("seed", "size"), [(1, 1), (2, 20_000)])
def test_partitions_of_a_corpus_with_stock_phrases_and_copies_change_nothing(seed, size):
    texts = write_corpus(seed)
    whole = find_shared_passages(texts)
    assert len(whole) > 200
    assert find_shared_passages(texts, partition=size, engine=TravellingEngine()) == whole
    assert find_shared_passages(texts, partition=size) == whole


def test_what_travels_at_once_does_not_grow_with_the_corpus():
    def largest(count):
        engine = TravellingEngine()
        texts = {
            f"{n}": " ".join(write_sentences(n, 3) + write_sentences(f"of {n // 3}", 2)) for n in range(count)
        }
        assert len(find_shared_passages(texts, partition=4_000, engine=engine)) == 3 * (count // 3)
        return engine.sent

    assert largest(600) < 1.2 * largest(60)


@given(st.lists(st.text(max_size=30), max_size=8))
def test_texts_read_together_are_read_as_alone(texts):
    together, bounds = WordReader().read_all(texts)
    assert len(bounds) == len(texts) + 1
    for number, text in enumerate(texts):
        alone, own = WordReader().read(text), slice(bounds[number], bounds[number + 1])
        for name in ("numbers", "starts", "ends"):
            assert getattr(together, name)[own].tolist() == getattr(alone, name).tolist()


def test_long_texts_among_short_ones_are_read_as_alone():
    texts = ["one line", "without end " * 30_000, "", "x" * 300_000, *["and " * 20_000] * 4]
    together, bounds = WordReader().read_all(texts)
    alone = [WordReader().read(text) for text in texts]
    assert np.diff(bounds).tolist() == [len(words.numbers) for words in alone]
    for name in ("numbers", "starts", "ends"):
        assert (getattr(together, name) == np.concatenate([getattr(words, name) for words in alone])).all()


# What a version group does not say

COPY = (
    "The harbour board will close the old pier to lorries from Monday, it said on Friday. "
    "Drivers must use the northern gate until the repairs are finished in the spring. "
    "The board said that the planks had rotted and that it could wait no longer."
)


def test_a_copy_is_called_wire_only_on_its_own_evidence(tmp_path):
    rows = [
        {"id": "first", "outlet": "Northgate Herald", "text": COPY},
        {"id": "agency", "outlet": "Harbour News", "byline": "PA Reporter", "text": f"{COPY} More follows."},
        {"id": "second", "outlet": "Capital Post", "text": f"{COPY} Nobody was hurt."},
    ]
    path = tmp_path / "copies.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    articles = an.extract(an.load(path, topic="none")).articles.set_index("article_id")
    assert set(articles["version_group"]) == {"first"}
    assert articles["wire"].dropna().to_dict() == {"agency": "PA"}
