"""Articles coded by a codebook: scores follow the matches, thresholds come from a coded sample alone."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_tables import make_tables

from analysis import code_left_out, learn_thresholds, load_codebook, score_articles, score_texts
from analysis.compare.codebook_coding import LEAD_CHARACTERS
from analysis.errors import CorpusFormatError

SMALL = """
name = "policy_frames"
version = "0.1"
title = "Harbours"
source = "The test"
licence = "CC0"

[[category]]
name = "Security and defence"
definition = "Danger and guarding against it."

[category.entries.danger]
patterns = ["security", "patrol~"]

[[category]]
name = "Economic"
definition = "Money."

[category.entries.money]
patterns = ["budget~", "tax~"]
"""


@pytest.fixture
def codebook(tmp_path):
    path = tmp_path / "harbours.toml"
    path.write_text(SMALL, encoding="utf-8")
    return load_codebook(path)


def score(amount: float, words: int) -> float:
    return math.log1p(amount / math.sqrt(words))


def test_a_score_counts_matches_wordings_and_the_lead(codebook):
    early = "A security patrol met a patrol."
    late = "word " * (LEAD_CHARACTERS // 5) + "security"
    found = score_texts([early, late, "Nothing here.", ""], codebook)
    assert list(found.columns) == ["Security and defence", "Economic"]
    assert found.iloc[0].tolist() == [pytest.approx(score(3 + 2 + 3, 6)), 0]
    assert found.iloc[1, 0] == pytest.approx(score(1 + 1 + 0, LEAD_CHARACTERS // 5 + 1))
    assert found.iloc[2:].to_numpy().sum() == 0


def test_articles_score_as_their_matches_do(codebook):
    tables = make_tables()
    found = score_articles(tables, codebook)
    assert list(found.index) == list(tables.articles["article_id"])
    words = int(tables.articles["words"].iloc[0])
    assert found["Security and defence"].tolist() == [pytest.approx(score(2 + 1 + 2, words))] * 4
    # Two articles of the made-up tables have a match of this frame, the others none.
    assert (found["Economic"] > 0).tolist() == [True, False, False, True]


def test_articles_in_another_language_are_not_scored(codebook):
    tables = make_tables()
    tables.articles.loc[0, "language"] = "fr"
    assert len(score_articles(tables, codebook)) == len(tables.articles) - 1


def test_the_sample_decides_how_much_is_enough(codebook):
    texts = ["Quiet seas. " * 10] * 20 + ["The budget came up once. " + "Quiet seas. " * 10] * 20
    texts += ["The budget and the tax. Taxes! The budgets!"] * 20
    scores = score_texts(texts, codebook)
    strict = [()] * 40 + [("Economic",)] * 20
    lenient = [()] * 20 + [("Economic",)] * 40
    for coded in (strict, lenient):
        coder = learn_thresholds(scores, coded, codebook)
        assert coder.code(scores) == coded
        assert code_left_out(scores, coded, codebook, [n % 4 for n in range(60)]) == coded
    assert coder.codebook == ("policy_frames", "0.1")
    assert coder.examples == (0, 40)


def test_a_category_with_few_examples_is_never_given(codebook):
    scores = score_texts(["security tax"] * 4 + ["sea"] * 8, codebook)
    coder = learn_thresholds(scores, [("Economic",)] * 4 + [()] * 8, codebook)
    assert coder.untaught() == ("Security and defence", "Economic")
    assert coder.code(scores) == [()] * 12


def test_no_category_is_given_without_a_match(codebook):
    scores = score_texts(["tax"] * 10 + ["sea"] * 10, codebook)
    coder = learn_thresholds(scores, [("Economic",)] * 19 + [()], codebook)
    assert coder.code(scores) == [("Economic",)] * 10 + [()] * 10


def test_left_out_codings_never_see_their_own_fold(codebook):
    """A fold coded the wrong way round is coded by what the others teach."""
    texts = (["tax"] * 10 + ["sea"] * 10) * 3
    right = ([("Economic",)] * 10 + [()] * 10) * 2
    coded = right + [()] * 10 + [("Economic",)] * 10
    folds = ["a"] * 20 + ["b"] * 20 + ["c"] * 20
    found = code_left_out(score_texts(texts, codebook), coded, codebook, folds)
    assert found[40:] == right[:20]


@settings(max_examples=20)
@given(st.lists(st.floats(0, 5), min_size=12, max_size=40), st.data())
def test_a_higher_score_is_never_less_probable(values, data):
    codebook = load_codebook("narrative_frames")
    names = [category.name for category in codebook.categories]
    scores = pd.DataFrame({name: values for name in names})
    coded = data.draw(st.lists(st.sets(st.sampled_from(names)), min_size=len(values), max_size=len(values)))
    rated = learn_thresholds(scores, coded, codebook).rate(scores.sort_values(names[0]))
    assert (np.diff(rated.to_numpy(), axis=0) >= -1e-12).all()


@pytest.mark.parametrize(
    ("coded", "says"),
    [
        ([("Economic",)], "1 codings were given for 2 scores"),
        ([("Economy",), ()], "'Economy', which is no category"),
        (["Economic", ()], "bare text 'Economic'"),
    ],
)
def test_codings_that_do_not_fit_are_told(codebook, coded, says):
    scores = score_texts(["tax", "sea"], codebook)
    with pytest.raises(CorpusFormatError, match=says):
        learn_thresholds(scores, coded, codebook)


def test_scores_of_another_codebook_are_told(codebook):
    scores = score_texts(["tax", "sea"], load_codebook("news_frames"))
    with pytest.raises(CorpusFormatError, match="columns episodic"):
        learn_thresholds(scores, [(), ()], codebook)
    coder = learn_thresholds(score_texts(["tax", "sea"], codebook), [(), ()], codebook)
    with pytest.raises(CorpusFormatError, match="columns episodic"):
        coder.code(scores)


def test_no_texts_and_one_text_are_told(codebook):
    with pytest.raises(CorpusFormatError, match="no coded texts"):
        learn_thresholds(score_texts([], codebook), [], codebook)
    with pytest.raises(CorpusFormatError, match="One text was given"):
        score_texts("tax and spend", codebook)


def test_folds_that_do_not_fit_are_told(codebook):
    scores = score_texts(["tax", "sea"], codebook)
    with pytest.raises(CorpusFormatError, match="1 folds"):
        code_left_out(scores, [(), ()], codebook, [1, 1])


def test_other_texts_change_no_score():
    codebook = load_codebook("narrative_frames")
    texts = ["Ministers clashed over the cost.", "A deal was reached.", "Rain."]
    together = score_texts(texts, codebook)
    for number, text in enumerate(texts):
        assert score_texts([text], codebook).iloc[0].tolist() == together.iloc[number].tolist()
