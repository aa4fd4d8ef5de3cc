"""Keyness: nothing where there is nothing, what was planted where it was, and only counts of a few."""

from __future__ import annotations

import itertools
import math
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_comparison import GAZETTE, HERALD, PLANTED, POST, make_corpus, make_texts
from scipy import sparse, stats

from analysis.compare.correction import correct_few, correct_open
from analysis.compare.exchange import find_texts, make_units
from analysis.compare.keyness import LEVEL, find_keyness, find_keyness_of_each
from analysis.compare.keyness.finding import choose_testable, find_distinctive
from analysis.compare.keyness.logodds import PRIOR_WORDS, find_least, find_log_odds, log_odds
from analysis.compare.keyness.vocabulary import count_uses, count_words, iter_words
from analysis.compare.sources.share_differences import compare_shares
from analysis.errors import UnknownNameError, WorkbookError


@pytest.mark.parametrize("articles", [5, 20, 100])
def test_nothing_is_distinctive_where_both_sides_are_one_source(articles: int) -> None:
    found = []
    for seed in range(20):
        counts = count_words(make_texts(2 * articles, seed, words=150))
        units = make_units(np.arange(2 * articles) < articles)
        q = find_distinctive(counts, units, permutations=500, seed=seed)[2]
        found.append((q <= LEVEL).sum())
    assert np.mean(found) <= 0.05
    assert np.mean(np.array(found) > 0) <= LEVEL + 2 * math.sqrt(LEVEL * (1 - LEVEL) / len(found))


def draw_counts(long: np.ndarray, chance: np.random.Generator) -> tuple[sparse.csr_array, np.ndarray]:
    """Counts of words in articles, some twice as long; a word that was said once is likely again."""
    lengths = chance.lognormal(5.7, 0.4, len(long)) * np.where(long, 2, 1)
    rates = 1 / np.arange(3, 153)
    bursts = chance.gamma(0.7, 1 / 0.7, (len(long), len(rates)))
    counts = chance.poisson(bursts * rates / rates.sum() * lengths[:, None])
    counts = counts[:, counts.any(axis=0)]
    return sparse.csr_array(counts.astype(float)), lengths.round()


@pytest.mark.parametrize("longer", ["neither", "first", "second"])
@pytest.mark.parametrize("sizes", [(5, 5), (5, 12), (100, 100), (60, 140)])
def test_p_values_hold_their_level_where_sides_differ_in_number_and_length(
    sizes: tuple[int, int], longer: str
) -> None:
    side = np.arange(sum(sizes)) < sizes[0]
    long = {"neither": side & False, "first": side, "second": ~side}[longer]
    chance, below, common = np.random.default_rng(1), [], []
    for seed in range(20):
        counts, lengths = draw_counts(long, chance)
        p = find_log_odds(counts, make_units(side), words=lengths, permutations=1_000, seed=seed).p
        below.append([(p <= level).mean() for level in (0.05, 0.01)])
        many = np.asarray((counts > 0).sum(axis=0)).ravel() >= 20
        if sizes == (100, 100) and longer == "neither":
            common.append([(p[many] <= level).mean() for level in (0.05, 0.01)])
    errors = np.std(below, axis=0, ddof=1) / math.sqrt(len(below))
    assert (np.mean(below, axis=0) <= np.array([0.05, 0.01]) + 2 * errors).all()
    if common:
        assert (np.mean(common, axis=0) >= np.array([0.025, 0.005])).all()


def test_a_word_twice_as_frequent_is_found() -> None:
    found = []
    for seed in range(4):
        rare, often = ({word: rate for word in PLANTED} for rate in (10, 20))
        tables = make_corpus(
            {HERALD: make_texts(100, seed, rates=rare), POST: make_texts(100, seed + 50, rates=often)}
        )
        distinctive = find_keyness(tables, HERALD, POST, permutations=500, seed=seed).distinctive
        found += [word in set(distinctive["feature"]) for word in PLANTED]
        own = distinctive[distinctive["feature"].isin(PLANTED)]
        assert (own["more"] == POST).all() and (own["high"] < 0).all()
    assert np.mean(found) >= 0.8


def test_each_of_three_sources_is_set_against_the_others_with_one_correction() -> None:
    plant = [None, {"pa": 200}, {"pb": 100}]
    texts = {
        source: make_texts(size, seed, rates=plant[seed], words=150)
        for seed, (source, size) in enumerate({HERALD: 8, POST: 14, GAZETTE: 11}.items())
    }
    each = find_keyness_of_each(make_corpus(texts), permutations=200, seed=3)
    assert list(each) == [POST, GAZETTE, HERALD]
    words = {source: Counter(" ".join(own).split()) for source, own in texts.items()}
    everything = sum(words.values(), Counter())
    p, q = [], []
    for source, keyness in each.items():
        rest = everything - words[source]
        one = find_keyness(make_corpus(texts), source, permutations=200, seed=3).table.set_index("feature")
        for row in keyness.table.dropna(subset=["p"]).to_dict("records"):
            word = row["feature"]
            assert (row["count_first"], row["count_second"]) == (words[source][word], rest[word])
            prior = PRIOR_WORDS * everything[word] / everything.total()
            odds = [
                (own[word] + prior) / (own.total() + PRIOR_WORDS - own[word] - prior)
                for own in (words[source], rest)
            ]
            assert row["log_odds"] == pytest.approx(math.log(odds[0] / odds[1]))
            assert row["p"] == one.loc[word, "p"]
            p.append(row["p"])
            q.append(row["q"])
    assert q == pytest.approx(stats.false_discovery_control(p).tolist())
    assert len(q) == sum(keyness.tested for keyness in each.values())
    assert "pa" in set(each[POST].distinctive["feature"])
    assert "over 3 sources together" in each[HERALD].says


def test_nothing_is_distinctive_where_all_sources_are_one() -> None:
    found = 0
    for seed in range(6):
        texts = make_texts(60, seed + 70, words=100)
        tables = make_corpus({HERALD: texts[:10], POST: texts[10:25], GAZETTE: texts[25:], None: texts[:0]})
        each = find_keyness_of_each(tables, permutations=200, seed=seed)
        found += sum(len(keyness.distinctive) for keyness in each.values())
    assert found <= 1


def test_a_source_of_few_articles_has_counts_alone_beside_others_that_are_tested() -> None:
    texts = make_texts(15, 4, words=120)
    tables = make_corpus({HERALD: texts[:3], POST: texts[3:9], GAZETTE: texts[9:]})
    each = find_keyness_of_each(tables, permutations=50)
    assert each[HERALD].tested == 0 and each[HERALD].table["p"].isna().all()
    assert "too few articles to test (3 and 12; 4 a side are needed)" in each[HERALD].says
    assert each[POST].tested > 0 and "over 2 sources together" in each[POST].says
    chosen = find_keyness_of_each(tables, sources=[POST, GAZETTE], permutations=50)
    assert [keyness.sizes for keyness in chosen.values()] == [(6, 6), (6, 6)]


def test_shared_copy_is_one_text_however_often_it_is_printed() -> None:
    wire = "the ferry captain praised the harbour crew"
    texts = make_texts(16, 3)
    reuse = [{"article_a": "a#0000", "article_b": f"a#{n:04}", "containment": 0.9} for n in range(1, 8)]
    tables = make_corpus({HERALD: [f"{t} {wire}" for t in texts[:8]], POST: texts[8:]}, reuse)
    keyness = find_keyness(tables, HERALD, POST)
    assert keyness.sizes == (1, 8)
    told = "8 and 8 articles, 1 and 8 texts: too few articles to test (1 and 8; 4 a side are needed)"
    assert told in keyness.says
    fewer = find_keyness(make_corpus({HERALD: texts[:8], POST: texts[8:]}, reuse[:2]), HERALD, POST)
    assert fewer.sizes == (6, 8) and "Example Post: 8 and 8 articles, 6 and 8 texts. " in fewer.says
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


@pytest.mark.parametrize("sizes", [(4, 4), (5, 5), (20, 20), (5, 20)])
def test_the_interval_holds_the_true_difference(sizes: tuple[int, int]) -> None:
    chance, inside = np.random.default_rng(1), []
    side = np.arange(sum(sizes)) < sizes[0]
    one, other = np.repeat([[0.01, 0.01, 0.002], [0.01, 0.02, 0.004]], 30, axis=1)
    truth = np.log(one / (1 - one)) - np.log(other / (1 - other))
    for _ in range(60):
        lengths = chance.lognormal(6.2, 0.4, len(side)).round()
        rates = np.where(side[:, None], one, other) * chance.gamma(0.7, 1 / 0.7, (len(side), len(one)))
        counts = chance.poisson(rates * lengths[:, None])
        seen = (counts > 0).sum(axis=0) >= 4
        found = find_log_odds(
            sparse.csr_array(counts[:, seen].astype(float)),
            make_units(side),
            words=lengths,
            permutations=20,
            seed=1,
        )
        inside.append(((found.low <= truth[seen]) & (truth[seen] <= found.high)).mean())
    # 20 and 20 hold 93 %: a ratio's variance is a little too small where words come in bursts
    assert np.mean(inside) >= 0.93 - 2 * np.std(inside, ddof=1) / math.sqrt(len(inside))


def test_a_word_that_one_side_never_uses_is_not_known_to_be_never_used() -> None:
    side, lengths = np.arange(40) < 20, np.full(40, 600)
    counts = np.where(side, 0, 1.0)[:, None]
    found = find_log_odds(sparse.csr_array(counts), make_units(side), words=lengths, permutations=20, seed=1)
    prior = PRIOR_WORDS * counts.sum() / lengths.sum()
    assert found.high[0] - found.low[0] >= 2 * stats.t.ppf(0.975, 19) * math.sqrt(1 / prior)


def test_the_interval_is_that_of_another_library_where_articles_are_of_one_length() -> None:
    side, chance = np.arange(13) < 6, np.random.default_rng(3)
    counts = chance.poisson(chance.gamma(0.7, 12, (13, 5))).astype(float)
    lengths = np.full(13, 700)
    found = find_log_odds(sparse.csr_array(counts), make_units(side), words=lengths, permutations=20, seed=1)
    for word, own in enumerate(counts.T):
        prior = PRIOR_WORDS * own.sum() / lengths.sum()
        # what one more use in an article adds to the log-odds
        sides = []
        for mine in (side, ~side):
            share = (own[mine].sum() + prior) / (lengths[mine].sum() + PRIOR_WORDS)
            sides.append(own[mine] * mine.sum() / ((own[mine].sum() + prior) * (1 - share)))
        welch = stats.ttest_ind(*sides, equal_var=False)
        half = (found.high - found.low)[word] / 2
        assert half == pytest.approx(stats.t.ppf(0.975, 5) * welch._standard_error)
        low, high = welch.confidence_interval()
        assert half >= (high - low) / 2


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


def test_where_nothing_was_found_it_is_said() -> None:
    tables = make_corpus({HERALD: make_texts(4, 1), POST: make_texts(4, 2)})
    says = find_keyness(tables, HERALD, POST, unit="speaker").says
    assert says.startswith(f"{HERALD} and {POST}: 4 and 4 articles. No speaker was found in any of them.")


def test_too_few_permutations_are_refused() -> None:
    tables = make_corpus({HERALD: make_texts(4, 1), POST: make_texts(4, 2)})
    with pytest.raises(WorkbookError, match="permutations=0"):
        find_keyness(tables, HERALD, permutations=0)
    with pytest.raises(WorkbookError, match="20 or more"):
        compare_shares(tables, "frame", permutations=-5)


def test_unknown_names_are_answered_with_those_that_are_known() -> None:
    tables = make_corpus({HERALD: make_texts(1, 1), POST: make_texts(1, 2)})
    with pytest.raises(UnknownNameError, match="Example Herald"):
        find_keyness(tables, "Exmple Herald")
    with pytest.raises(UnknownNameError, match="phrase"):
        find_keyness(tables, HERALD, unit="phrases")
    with pytest.raises(WorkbookError, match="outlet 'Example Herald' was named twice"):
        find_keyness(tables, HERALD, HERALD)


def test_a_word_that_is_all_that_is_said_is_no_difference() -> None:
    tables = make_corpus({HERALD: ["boat boat"] * 5, POST: ["boat " * 30] * 5})
    keyness = find_keyness(tables, HERALD, POST, permutations=50)
    assert keyness.tested == 0 and keyness.table["log_odds"].isna().all()


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
