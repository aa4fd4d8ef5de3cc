"""Keyness: nothing where there is nothing, what was planted where it was, and only counts of a few."""

from __future__ import annotations

import itertools
import math
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_tables import make_tables
from scipy import stats

from analysis.compare.correction import correct_few, correct_open
from analysis.compare.exchange import find_texts, make_units
from analysis.compare.keyness.finding import choose_testable, find_keyness
from analysis.compare.keyness.logodds import PRIOR_WORDS, find_least, find_log_odds, log_odds
from analysis.compare.keyness.vocabulary import count_uses, iter_phrases, iter_words, learn_phrases
from analysis.errors import UnknownNameError

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from made_sources import PLANTED, make_texts

HERALD, POST = "Example Herald", "Example Post"


def make_corpus(texts: dict[str, list[str]], reuse: list[dict] = (), **columns: list):
    """Tables of articles by outlet, nothing else in them."""
    outlets = [(outlet, text) for outlet, own in texts.items() for text in own]
    articles = [
        {"article_id": f"a#{n:04}", "outlet": outlet, "text": text, "on_topic": None, "headline": None}
        | {name: values[n] for name, values in columns.items()}
        for n, (outlet, text) in enumerate(outlets)
    ]
    empty = {name: [] for name in ("sentences", "frames", "terms", "quotes", "figures", "events")}
    tables = make_tables(articles=articles, **empty)
    tables.reuse = pd.DataFrame(list(reuse), columns=["article_a", "article_b", "containment"])
    if "version_group" not in tables.articles:
        tables.articles["version_group"] = None
    return tables


@pytest.mark.parametrize("articles", [5, 20, 100])
def test_nothing_is_distinctive_where_both_sides_are_one_source(articles: int) -> None:
    found = 0
    for seed in range(20 if articles < 100 else 6):
        texts = make_texts(2 * articles, seed)
        tables = make_corpus({HERALD: texts[:articles], POST: texts[articles:]})
        found += len(find_keyness(tables, HERALD, POST, permutations=300, seed=seed).distinctive)
    assert found <= 1


def test_p_values_hold_their_level_where_sides_differ_in_number_and_length() -> None:
    shares = {0.05: [], 0.01: []}
    for seed in range(24):
        counts = count_uses(
            iter_words(t) for t in make_texts(8, seed, words=200) + make_texts(20, seed + 500, words=700)
        )
        units = make_units(np.random.default_rng(seed).permutation(28) < 8)
        p = find_log_odds(counts.matrix, units, words=counts.words, permutations=300, seed=seed).p
        for level, found in shares.items():
            found.append((p <= level).mean())
    for level, found in shares.items():
        assert np.mean(found) <= level + 2 * np.std(found) / math.sqrt(len(found))


def test_a_word_twice_as_frequent_is_found() -> None:
    found = []
    for seed in range(6):
        rare, often = ({word: rate for word in PLANTED} for rate in (10, 20))
        tables = make_corpus(
            {HERALD: make_texts(100, seed, rates=rare), POST: make_texts(100, seed + 50, rates=often)}
        )
        distinctive = find_keyness(tables, HERALD, POST, permutations=500, seed=seed).distinctive
        found += [word in set(distinctive["feature"]) for word in PLANTED]
        own = distinctive[distinctive["feature"].isin(PLANTED)]
        assert (own["more"] == POST).all() and (own["high"] < 0).all()
    assert np.mean(found) >= 0.8


def test_below_four_articles_there_are_only_counts() -> None:
    texts = make_texts(6, 1)
    keyness = find_keyness(make_corpus({HERALD: texts[:3], POST: texts[3:]}), HERALD)
    assert keyness.says.startswith(
        f"{HERALD} and all others: too few articles to test (3 and 3; 4 a side are needed). Counts and the "
        "articles they come from are all there is."
    )
    assert keyness.table[["log_odds", "low", "high", "p", "q"]].isna().all(axis=None)
    assert keyness.distinctive.empty and keyness.tested == 0
    assert (keyness.table["count_first"] + keyness.table["count_second"]).sum() == 3_000


def test_shared_copy_is_one_text_however_often_it_is_printed() -> None:
    wire = "the ferry captain praised the harbour crew"
    texts = make_texts(16, 3)
    reuse = [{"article_a": "a#0000", "article_b": f"a#{n:04}", "containment": 0.9} for n in range(1, 8)]
    tables = make_corpus({HERALD: [f"{t} {wire}" for t in texts[:8]], POST: texts[8:]}, reuse)
    assert find_keyness(tables, HERALD, POST).sizes == (1, 8)
    assert "ferry" in set(
        find_keyness(
            make_corpus({HERALD: [f"{t} {wire}" for t in texts[:8]], POST: texts[8:]}), HERALD, POST
        ).distinctive["feature"]
    )


def test_copy_on_both_sides_is_only_swapped() -> None:
    units = make_units([True, True, False, False], texts=[0, 1, 1, 2])
    dealt = units.draw(200, seed=1)
    first, second = (np.flatnonzero(units.pool < 0)).tolist()
    assert (dealt[first] + dealt[second] == 1).all() and 60 < dealt[first].sum() < 140
    assert (dealt.sum(axis=0) == 2).all()


def test_strata_change_sides_within_themselves_only() -> None:
    units = make_units([True, False, True, True, False, False], strata=["x", "x", "y", "y", "y", None])
    dealt = units.draw(100, seed=4)
    assert (dealt[:2].sum(axis=0) == 1).all() and (dealt[2:5].sum(axis=0) == 2).all() and not dealt[5].any()


def test_versions_and_copies_of_copies_are_one_text() -> None:
    articles = pd.DataFrame({"article_id": list("abcde"), "version_group": ["v", "v", None, None, None]})
    reuse = pd.DataFrame(
        [("b", "c", 0.6), ("d", "e", 0.2)], columns=["article_a", "article_b", "containment"]
    )
    texts = find_texts(articles, reuse)
    assert texts[0] == texts[1] == texts[2] and len({texts[0], texts[3], texts[4]}) == 3


def test_log_odds_are_those_of_the_paper() -> None:
    first, second = {"tax": 12, "boat": 30, "the": 400}, {"tax": 25, "boat": 8, "the": 500}
    total = {word: first[word] + second[word] for word in first}
    prior = {word: PRIOR_WORDS * n / sum(total.values()) for word, n in total.items()}
    for word in first:
        odds = [
            (side[word] + prior[word]) / (sum(side.values()) + PRIOR_WORDS - side[word] - prior[word])
            for side in (first, second)
        ]
        ours = log_odds(first[word], second[word], sum(first.values()), sum(second.values()), prior[word])
        assert ours == pytest.approx(math.log(odds[0] / odds[1]))


def test_the_least_p_value_is_the_chance_of_every_deal() -> None:
    counts = count_uses(iter_words(text) for text in ("a b", "a", "a b", "c", "c a"))
    sides = [set(deal) for deal in itertools.combinations(range(5), 2)]
    least = dict(
        zip(
            counts.features,
            find_least(counts.matrix, make_units([True, True, False, False, False])),
            strict=True,
        )
    )
    for word, has in {"a": {0, 1, 2, 4}, "b": {0, 2}, "c": {3, 4}}.items():
        apart = sum(has <= deal or not has & deal for deal in sides) / len(sides)
        assert least[word] == pytest.approx(max(apart, 1 / len(sides))), word


@settings(max_examples=40)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_corrections_agree_with_another_library(values: list[float]) -> None:
    p = np.array(values)
    assert correct_open(p) == pytest.approx(stats.false_discovery_control(p))
    ordered = sorted(values)
    holm = [
        max(min(1, (len(values) - rank) * ordered[rank]) for rank in range(ordered.index(value) + 1))
        for value in values
    ]
    assert correct_few(p) == pytest.approx(holm)


@given(st.lists(st.floats(1e-9, 1), min_size=1, max_size=60))
def test_what_cannot_be_told_from_chance_is_left_out(values: list[float]) -> None:
    least = np.array(values)
    kept = choose_testable(least)
    factor = next(k for k in range(1, len(least) + 1) if (least <= 0.05 / k).sum() <= k)
    assert set(kept) == set(np.flatnonzero(least <= 0.05 / factor))


def test_the_interval_holds_the_true_difference() -> None:
    rates, inside = (10, 20), []
    truth = math.log(rates[0] / (10_000 - rates[0])) - math.log(rates[1] / (10_000 - rates[1]))
    for seed in range(25):
        texts = make_texts(60, seed, rates={"pa": 10}) + make_texts(60, seed + 900, rates={"pa": 20})
        counts = count_uses(iter_words(t) for t in texts)
        place = [counts.features.index("pa")]
        found = find_log_odds(
            counts.matrix[:, place],
            make_units(np.arange(120) < 60),
            words=counts.words,
            permutations=20,
            seed=1,
        )
        inside.append(found.low[0] <= truth <= found.high[0])
    assert stats.binomtest(sum(inside), len(inside), 0.95).pvalue > 0.01


def test_the_same_seed_gives_the_same_and_the_order_of_articles_changes_nothing() -> None:
    texts = make_texts(16, 7)
    tables = make_corpus({HERALD: texts[:8], POST: texts[8:]})
    one = find_keyness(tables, HERALD, POST, seed=5)
    tables.articles = tables.articles.iloc[::-1].reset_index(drop=True)
    pd.testing.assert_frame_equal(one.table, find_keyness(tables, HERALD, POST, seed=5).table)


def test_off_topic_articles_stay_out_unless_asked_for() -> None:
    texts = make_texts(12, 2)
    on_topic = [True] * 5 + [False] + [True] * 5 + [None]
    tables = make_corpus({HERALD: texts[:6], POST: texts[6:]}, on_topic=on_topic)
    assert find_keyness(tables, HERALD).sizes == (5, 5)
    assert find_keyness(tables, HERALD, off_topic=True).sizes == (6, 6)


def test_an_outlet_that_is_not_stated_is_a_source_of_its_own() -> None:
    texts = make_texts(8, 2)
    keyness = find_keyness(make_corpus({None: texts[:4], POST: texts[4:]}), "Outlet not stated", POST)
    assert keyness.sizes == (4, 4)


def test_unknown_names_are_answered_with_those_that_are_known() -> None:
    tables = make_corpus({HERALD: make_texts(1, 1), POST: make_texts(1, 2)})
    with pytest.raises(UnknownNameError, match="Example Herald"):
        find_keyness(tables, "Exmple Herald")
    with pytest.raises(UnknownNameError, match="phrase"):
        find_keyness(tables, HERALD, unit="phrases")


def test_words_are_where_they_say() -> None:
    text = "The UK’s ‘one-in’ plan: ministers' 20 U.S. boats won’t sail. É"
    uses = list(iter_words(text))
    assert [use.feature for use in uses] == [
        "the",
        "uk",
        "one-in",
        "plan",
        "ministers",
        "u.s.",
        "boats",
        "won't",
        "sail",
        "é",
    ]
    assert [text[use.start : use.end].lower().replace("’", "'") for use in uses] == [
        use.feature for use in uses
    ]


def test_phrases_are_learned_from_the_texts() -> None:
    texts = ["The border force met. A border force boat, and the boat."] * 5 + ["A force of the border."] * 2
    phrases = learn_phrases(texts)
    assert ("border", "force") in phrases and ("of", "the") not in phrases
    uses = iter_phrases("The border force. Border, force", frozenset({("border", "force")}))
    assert [use.feature for use in uses] == ["the", "border force", "border", "force"]


def test_frames_of_one_codebook_are_compared_by_articles_not_by_matches() -> None:
    texts = make_texts(40, 9, words=120)
    tables = make_corpus({HERALD: texts[:20], POST: texts[20:]})
    # twenty articles of one outlet have the frame twice each; of the other, two articles have it ten times
    rows = [("policy_frames", f"a#{n:04}", 2) for n in range(20)]
    rows += [("policy_frames", f"a#{n:04}", 10) for n in (20, 21)] + [("narrative_frames", "a#0030", 5)]
    found = [
        {"article_id": article, "codebook": codebook, "frame": "economic", "entry": "e", "field": "text"}
        | {"start": 0, "end": 1}
        for codebook, article, times in rows
        for _ in range(times)
    ]
    tables.frames = pd.DataFrame(found)
    tables.codebooks = (("policy_frames", "1"), ("narrative_frames", "1"))
    keyness = find_keyness(tables, HERALD, POST, unit="frame")
    (row,) = keyness.table.to_dict("records")
    assert (row["articles_first"], row["articles_second"]) == (20, 2)
    assert (row["count_first"], row["count_second"]) == (40, 20)
    assert "Holm" in keyness.says
