"""What keyness counts: uses where they say, dots that add up, strata, and nothing but counts of a few."""

from __future__ import annotations

from collections import Counter
from functools import partial
from itertools import pairwise
from math import log

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_comparison import GAZETTE, HERALD, POST, find_words, make_corpus, make_texts
from travelling import TravellingEngine

import analysis as an
from analysis.compare.keyness import UNITS
from analysis.compare.keyness.collocations import learn_phrases
from analysis.compare.keyness.counting import iter_base_forms
from analysis.compare.keyness.vocabulary import Counts, count_in_texts, count_words, iter_phrases, iter_words
from analysis.errors import UnknownNameError
from analysis.views.evidence import COLUMNS

STORY = (
    "The border force watched small boats. Border force officers aren’t paid, the minister’s critics said.\n"
    "“A wave of boats is coming,” said Ana Ruiz. “The force waits.” The border force waited for waves."
)
TESTS = ["log_odds", "low", "high", "p", "q"]


def make_full_corpus(articles: int, outlets: tuple[str, ...] = (HERALD, POST)):
    """Articles with one text, and rows of each table that keyness counts, in text and headline."""
    ids = [f"a#{n:04}" for n in range(articles * len(outlets))]
    frames, terms, quotes = [], [], []
    for article_id in ids:
        for book, frame, words in (
            ("policy_frames", "security", "border force"),
            ("narrative_frames", "conflict", "critics"),
            ("uk_migration metaphors", "water", "wave"),
        ):
            found = {"codebook": book, "frame": frame, "entry": f"{frame}:1"}
            frames.append({**find_words(article_id, STORY, words), **found})
            frames.append({**find_words(article_id, "wave", "wave"), **found, "field": "headline"})
        terms.append({**find_words(article_id, STORY, "small boats"), "term_group": "boats"})
        spoken = {"quote_id": "q1", "kind": "direct", "speaker": "Ana Ruiz"}
        quotes.append({**find_words(article_id, STORY, "A wave of boats is coming,"), **spoken})
        quotes.append({**find_words(article_id, STORY, "The force waits."), **spoken})
        quotes.append({**find_words(article_id, "wave", "wave"), **spoken, "field": "headline"})
    rows = {"frames": frames, "terms": terms, "quotes": quotes}
    texts = {outlet: [STORY] * articles for outlet in outlets}
    days = ["2025-03-02"] * len(ids)
    return make_corpus(texts, rows=rows, published_earliest=days, published_latest=days)


@pytest.mark.parametrize("unit", UNITS)
def test_uses_stand_where_they_say_and_are_as_many_as_the_dots(unit: str) -> None:
    tables = make_full_corpus(2)
    keyness = an.find_keyness(tables, HERALD, unit=unit)
    features = list(keyness.table["feature"])
    assert features and keyness.unit == unit and keyness.by == "outlet"
    uses, dots = an.find_uses(tables, keyness, features), keyness.dots(features)
    assert [STORY[start:end] for start, end in zip(uses["start"], uses["end"], strict=True)] == list(
        uses["text"]
    )
    assert len(dots) == 4 * len(features)
    for row in keyness.table.to_dict("records"):
        own = dots[dots["feature"] == row["feature"]]
        for side, source in (("first", HERALD), ("second", "all others")):
            mine = own[own["source"] == source]
            assert (
                mine["count"].sum() == row[f"count_{side}"]
                and (mine["count"] > 0).sum() == row[f"articles_{side}"]
            )
            assert (mine["count"] * 10_000 / mine["words"]).tolist() == pytest.approx(mine["rate"].tolist())
            used = (uses["feature"] == row["feature"]) & (uses["source"] == source)
            assert used.sum() == row[f"count_{side}"]
    assert set(keyness.articles["source"]) == {HERALD, "all others"}


@pytest.mark.parametrize("unit", UNITS)
def test_below_four_a_side_every_unit_has_nothing_but_counts(unit: str) -> None:
    tables = make_full_corpus(3)
    each = an.find_keyness_of_each(tables, unit=unit)
    for keyness in [an.find_keyness(tables, HERALD, POST, unit=unit), *each.values()]:
        assert (
            keyness.table[TESTS].isna().all(axis=None) and keyness.tested == 0 and keyness.distinctive.empty
        )
        assert "too few articles to test (3 and 3; 4 a side are needed)" in keyness.says
        assert keyness.table["count_first"].sum() > 0


def test_each_unit_counts_what_it_is_called_after() -> None:
    tables = make_full_corpus(4)
    counts = {}
    for unit in UNITS:
        keyness = an.find_keyness(tables, HERALD, POST, unit=unit, permutations=20)
        counts[unit] = dict(zip(keyness.table["feature"], keyness.table["count_first"], strict=True))
        assert f" {UNITS[unit]} stand" in keyness.says or f"1 {unit} stand" in keyness.says
        method = "Holm" if unit in ("frame", "metaphor", "term", "speaker") else "Benjamini and Hochberg"
        assert method in keyness.says and "4 and 4 articles" in keyness.says
    assert counts["word"]["boats"] == 8 and counts["word"]["minister"] == 4
    assert counts["lemma"]["wave"] == 8 and counts["lemma"]["boat"] == 8 and counts["lemma"]["not"] == 4
    # "the border" is a phrase, too, and the one that begins first wins
    assert counts["phrase"]["border force"] == 4 and counts["phrase"]["the border"] == 8
    assert counts["frame"] == {"security": 4} and counts["entry"] == {"security:1": 4}
    assert counts["metaphor"] == {"water": 4} and counts["term"] == {"boats": 4}
    assert counts["speaker"] == {"Ana Ruiz": 4}  # two passages of one quotation


def test_the_words_of_the_result_agree_in_number() -> None:
    texts = [f"{text} ferry" for text in make_texts(6, 1, words=20)] + make_texts(6, 2, words=20)
    tables = make_corpus({HERALD: texts[:6], POST: texts[6:]})
    says = an.find_keyness(tables, HERALD, POST, permutations=200).says
    assert "1 differs (q of" in says or "none differs (q of" in says
    assert "200 permutations of whole articles, seed 1" in says


def test_evidence_shows_each_use_in_its_sentence_and_says_what_is_left_out() -> None:
    tables = make_full_corpus(5)
    tables.sentences = pd.DataFrame(
        {
            "article_id": [article for article in tables.articles["article_id"] for _ in range(2)],
            "start": [0, 102] * 10,
            "end": [101, len(STORY)] * 10,
        }
    )
    keyness = an.find_keyness(tables, HERALD, permutations=20)
    evidence = an.keyness_evidence(tables, keyness, ["force", "wave"], most=7)
    assert list(evidence.columns) == [*COLUMNS, "feature", "source", "field", "start", "end"]
    marked = [
        sentence[start:end].lower()
        for sentence, start, end in zip(
            evidence["sentence"], evidence["match_start"], evidence["match_end"], strict=True
        )
    ]
    assert marked == list(evidence["feature"])
    sizes = evidence.groupby(["feature", "source"]).size()
    assert sizes["force"].tolist() == [7, 7] and sizes["wave"].tolist() == [5, 5]
    assert evidence[evidence["feature"] == "force"]["article_id"].nunique() == 10
    assert evidence.attrs == {"articles": 10, "left_out": 5 * 2 * 4 - 14}
    assert len(an.keyness_evidence(tables, keyness)) > 0 and an.keyness_evidence(tables, keyness, []).empty
    with pytest.raises(UnknownNameError, match="force"):
        an.keyness_evidence(tables, keyness, "forc")


def test_within_a_month_only_articles_of_that_month_change_sides() -> None:
    texts = make_texts(16, 3, words=40)
    months = ["03"] * 5 + ["04", "05", None] + ["03"] * 5 + ["04", "06", "03"]
    earliest = [month and f"2025-{month}-02" for month in months]
    latest = [month and f"2025-{month}-20" for month in months]
    latest[-1] = "2025-04-02"  # an interval over two months
    tables = make_corpus(
        {HERALD: texts[:8], POST: texts[8:]}, published_earliest=earliest, published_latest=latest
    )
    keyness = an.find_keyness(tables, HERALD, POST, within="month", permutations=50)
    assert "Within one month, 12 of 16 articles could change sides." in keyness.says and keyness.tested > 0
    alone = an.find_keyness(tables, HERALD, POST, within="headline", permutations=50)
    assert "0 of 16 articles could change sides: too few articles to test (0 and 0;" in alone.says
    assert alone.table[TESTS].isna().all(axis=None)
    with pytest.raises(UnknownNameError, match="month"):
        an.find_keyness(tables, HERALD, POST, within="months")


def test_within_a_story_what_all_tell_is_no_difference() -> None:
    # each story has words of its own, and the sources do not differ but in which stories they tell more of
    stories = [
        [f"{word}{letter}" for word in ("harbour", "ferry", "quota", "strike", "vote")] for letter in "abcdef"
    ]
    texts = [" ".join(own * 6) + "." for own in stories]
    days = [f"2025-0{n + 1}-02" for n in range(6)]
    tables = make_corpus({HERALD: texts, POST: texts}, published_earliest=days * 2, published_latest=days * 2)
    keyness = an.find_keyness(tables, HERALD, POST, within="story", permutations=50)
    told = an.find_stories(tables)
    assert told["article_id"].nunique() == 12
    assert "Within one story, 12 of 12 articles could change sides." in keyness.says
    assert keyness.distinctive.empty


def test_articles_in_another_language_are_not_read_for_frames() -> None:
    tables = make_full_corpus(5)
    tables.articles["language"] = ["en", "fr"] * 5
    assert an.find_keyness(tables, HERALD, unit="frame", permutations=20).sizes == (3, 2)
    assert an.find_keyness(tables, HERALD, permutations=20).sizes == (5, 5)


def test_three_sources_share_their_texts_and_each_article_stands_on_one_side() -> None:
    each = an.find_keyness_of_each(make_full_corpus(4, (HERALD, POST, GAZETTE)), permutations=20)
    assert list(each) == [GAZETTE, HERALD, POST]
    for source, keyness in each.items():
        assert keyness.articles["source"].value_counts().to_dict() == {source: 4, "all others": 8}
        assert keyness.first == source


def test_words_are_where_they_say() -> None:
    text = "The UK’s ‘one-in’ plan: ministers' 20 U.S. boats won’t sail. É"
    uses = list(iter_words(text))
    found = ["the", "uk", "one-in", "plan", "ministers", "u.s.", "boats", "won't", "sail", "é"]
    assert [use.feature for use in uses] == found
    assert [text[use.start : use.end].lower().replace("’", "'") for use in uses] == found


TEXTS = st.text(alphabet=st.one_of(st.sampled_from("abcÉß.'’- \n1_-"), st.characters()), max_size=60)


@given(TEXTS)
def test_words_of_any_text_follow_each_other_and_miss_no_letter(text: str) -> None:
    uses = list(iter_words(text))
    bounds = [bound for use in uses for bound in (use.start, use.end)]
    assert bounds == sorted(bounds) and all(use.start < use.end for use in uses)
    assert [text[use.start : use.end].lower().replace("’", "'") for use in uses] == [
        use.feature for use in uses
    ]
    counts = count_words([text, text])
    assert dict(zip(counts.features, counts.matrix.toarray()[1], strict=True)) == Counter(
        u.feature for u in uses
    )
    assert counts.words.tolist() == [len(uses)] * 2


@given(st.lists(st.sampled_from(["a", "b", "a b", "b.", "c-d", "\n"]), max_size=30), st.sets(
    st.tuples(st.sampled_from("ab"), st.sampled_from("ab"))
))  # fmt: skip
def test_phrases_hold_each_word_once(parts: list[str], pairs: set[tuple[str, str]]) -> None:
    text = " ".join(parts)
    phrases = list(iter_phrases(text, frozenset(pairs)))
    assert [word for use in phrases for word in use.feature.split(" ")] == [
        u.feature for u in iter_words(text)
    ]
    assert all(text[use.start : use.end].split() == use.feature.split(" ") for use in phrases)
    assert all(tuple(use.feature.split(" ")) in pairs for use in phrases if " " in use.feature)


def test_phrases_are_learned_from_the_texts() -> None:
    texts = ["The border force met. A border force boat, and the boat."] * 5 + ["A force of the border."] * 2
    phrases = learn_phrases(texts)
    assert ("border", "force") in phrases and ("of", "the") not in phrases
    uses = iter_phrases("The border force. Border, force", frozenset({("border", "force")}))
    assert [use.feature for use in uses] == ["the", "border force", "border", "force"]


def list_counts(counts: Counts) -> list:
    matrix = counts.matrix
    return [counts.features, matrix.indptr.tolist(), matrix.indices.tolist(), matrix.data.tolist(),
            counts.words.tolist()]  # fmt: skip


NEWS = st.lists(
    st.lists(st.sampled_from("The border force. UK’s boat a-b U.S. said, said".split()), max_size=30).map(
        " ".join
    ),
    max_size=20,
)


@given(NEWS, st.integers(1, 300))
def test_wherever_texts_are_counted_the_counts_are_the_same(texts: list[str], size: int) -> None:
    spread = {"partition": size, "engine": TravellingEngine()}
    counts = count_words(texts)
    assert list_counts(count_words(texts, **spread)) == list_counts(counts)
    assert list_counts(count_in_texts(iter_words, texts, **spread)) == list_counts(counts)
    phrases = learn_phrases(texts)
    assert learn_phrases(texts, **spread) == phrases
    find = partial(iter_phrases, phrases=phrases)
    whole = count_in_texts(find, texts)
    assert list_counts(count_in_texts(find, texts, **spread)) == list_counts(whole)
    for row, text in enumerate(texts):
        held = Counter(use.feature for use in find(text))
        found = dict(zip(whole.features, whole.matrix.toarray()[row], strict=True)) if held else {}
        assert Counter({name: n for name, n in found.items() if n}) == held


@given(NEWS)
def test_phrases_are_those_counted_pair_by_pair(texts: list[str]) -> None:
    words, pairs = Counter(), Counter()
    for text in texts:
        uses = list(iter_words(text))
        words.update(use.feature for use in uses)
        pairs.update(
            (one.feature, other.feature)
            for one, other in pairwise(uses)
            if text[one.end : other.start].isspace()
        )
    total = sum(words.values())

    def npmi(one: str, other: str, times: int) -> float:
        if times == total:
            return 1.0
        return log(times * total / (words[one] * words[other])) / -log(times / total)

    expected = {pair for pair, n in pairs.items() if n >= 5 and npmi(*pair, n) >= 0.5}
    assert learn_phrases(texts) == expected


@pytest.mark.parametrize("unit", ["word", "phrase", "frame"])
def test_keyness_is_the_same_wherever_texts_are_read(unit: str) -> None:
    tables = make_full_corpus(5)
    here = an.find_keyness(tables, HERALD, POST, unit=unit, permutations=50)
    away = an.find_keyness(tables, HERALD, POST, unit=unit, permutations=50, engine=TravellingEngine())
    pd.testing.assert_frame_equal(here.table, away.table)
    assert here.says == away.says


@settings(max_examples=25)
@given(TEXTS)
def test_base_forms_of_any_text_stand_in_its_words(text: str) -> None:
    words = [(use.start, use.end) for use in iter_words(text)]
    found = [(use.start, use.end) for use in iter_base_forms(text)]
    assert {start for start, _ in words} <= {start for start, _ in found}
    assert all(any(a <= start < end <= b for a, b in words) for start, end in found)
    assert found == sorted(found)


def test_base_forms_do_not_depend_on_what_else_is_read() -> None:
    text = "Ministers were better paid. They won’t stop the small-boats crossings; the U.S. didn't."
    alone = [(use.feature, text[use.start : use.end]) for use in iter_base_forms(text)]
    assert alone == [
        ("minister", "Ministers"), ("be", "were"), ("well", "better"), ("pay", "paid"), ("they", "They"),
        ("will", "wo"), ("not", "n’t"), ("stop", "stop"), ("the", "the"), ("small-boat", "small-boats"),
        ("crossing", "crossings"), ("the", "the"), ("u.s.", "U.S."), ("do", "did"), ("not", "n't"),
    ]  # fmt: skip
    list(iter_base_forms("Other words. " * 2_000))
    assert [(use.feature, text[use.start : use.end]) for use in iter_base_forms(text)] == alone
