"""Agreement of coders, and of the extraction with coders: against published examples and counts by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from made_tables import make_tables
from statsmodels.stats.proportion import proportion_confint

import analysis as an
from analysis.compare.accuracy import estimate_prevalence, measure_accuracy
from analysis.compare.agreement import (
    WHOLE,
    confuse_coders,
    list_differences,
    masi_distance,
    measure_agreement,
    measure_alpha,
)
from analysis.compare.answers import answer_items
from analysis.compare.codings import MACHINE
from analysis.compare.questions import NOT_A_QUOTATION, NOT_STATED
from analysis.compare.sampling import draw_sample, list_items
from analysis.errors import UnknownNameError

SECURITY, ECONOMIC = "Security and defence", "Economic"


def differs(one: object, other: object) -> float:
    return float(one != other)


def make_codings(question: str = "frame", **coders: list[str | None]) -> pd.DataFrame:
    """Codings of items 0, 1, ...: each answer is values joined by a space, None where it was not coded."""
    rows = [
        (str(item), coder, question, answer.split(), "2025-07-09T14:30:00Z")
        for coder, answers in coders.items()
        for item, answer in enumerate(answers)
        if answer is not None
    ]
    return pd.DataFrame(rows, columns=["item", "coder", "question", "values", "when"])


# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability": its examples B and C, numbers only.
FOUR = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
TWO = ("a a b b d c c c e d d a", "b a b b b c c c e d d d")
BINARY = ("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0")


@pytest.mark.parametrize(("rows", "alpha"), [(FOUR, 0.743), (TWO, 0.692), (BINARY, 0.095)])
def test_alpha_is_that_of_the_published_examples(rows, alpha):
    columns = zip(*(row.split() for row in rows), strict=True)
    units = [[answer for answer in column if answer != "."] for column in columns]
    assert measure_alpha(units, differs) == pytest.approx(alpha, abs=5e-4)
    named = {f"coder{n}": [None if a == "." else a for a in row.split()] for n, row in enumerate(rows)}
    table = measure_agreement(make_codings(**named), "frame")
    assert table.loc[0, "alpha"] == pytest.approx(alpha, abs=5e-4)
    assert table.loc[0, "low"] <= table.loc[0, "alpha"] <= table.loc[0, "high"]


def test_alpha_of_two_values_by_hand():
    # One + of three is not matched: observed 1/5, expected 2 * 5 * 5 / (10 * 9).
    units = [["+", "+"], ["+", "+"], ["+", "-"], ["-", "-"], ["-", "-"]]
    assert measure_alpha(units, differs) == pytest.approx(1 - (1 / 5) / (50 / 90))
    assert measure_alpha([["+", "+"], ["+", "+"]], differs) is None


def test_masi_distance_of_sets_is_passonneaus():
    one, two, three = frozenset("a"), frozenset("ab"), frozenset("bc")
    assert masi_distance(two, two) == masi_distance(frozenset(), frozenset()) == 0
    assert masi_distance(one, two) == pytest.approx(1 - 1 / 2 * 2 / 3)
    assert masi_distance(two, three) == pytest.approx(1 - 1 / 3 * 1 / 3)
    assert masi_distance(one, three) == masi_distance(one, frozenset()) == 1


def test_agreement_of_answers_with_several_values():
    ana = ["e", "e s", "s", "", "e", "e", "s", "", "e s", "e"]
    ben = ["e", "e", "s", "", "e", "s", "s", "", "e s", "e"]
    table = measure_agreement(make_codings(ana=ana, ben=ben), "frame").set_index("value")
    assert list(table.index) == [WHOLE, "e", "s"]
    assert table.loc[WHOLE, "items"] == 10
    assert table.loc[WHOLE, "agreement"] == 0.8
    assert list(table["given"]) == [20, 11, 8]
    # Value by value: nominal alpha of yes and no, here by its formula.
    yes = [["e" in a.split(), "e" in b.split()] for a, b in zip(ana, ben, strict=True)]
    ones = int(np.sum(yes))
    expected = 2 * ones * (20 - ones) / (20 * 19)
    assert table.loc["e", "alpha"] == pytest.approx(1 - 0.1 / expected)
    assert table.loc["e", "agreement"] == 0.9


def test_one_answer_partly_right_agrees_more_than_one_all_wrong():
    ana = ["e s"] * 5 + ["s"] * 5
    partly = measure_agreement(make_codings(ana=ana, ben=["e", *ana[1:]]), "frame")
    wholly = measure_agreement(make_codings(ana=ana, ben=["x", *ana[1:]]), "frame")
    assert wholly.loc[0, "alpha"] < partly.loc[0, "alpha"] < 1


def test_too_few_items_are_counted_and_not_rated():
    few = measure_agreement(make_codings(ana=["e"] * 9 + ["s"], ben=["e"] * 9 + [None]), "frame")
    assert few.loc[0, "items"] == 9
    assert few[["agreement", "alpha", "low", "high"]].isna().all(axis=None)
    assert "9 items coded by two or more; 10 are needed" in few.loc[0, "note"]
    same = measure_agreement(make_codings(ana=["e"] * 10, ben=["e"] * 10), "frame").loc[0]
    assert (same["agreement"], same["note"]) == (1, "all answers are the same")
    assert pd.isna(same["alpha"])


def test_one_coder_alone_has_no_agreement():
    alone = measure_agreement(make_codings(ana=["e"] * 12), "frame").loc[0]
    assert (alone["coders"], alone["items"]) == (1, 0)
    assert pd.isna(alone["alpha"])


def test_agreement_is_the_same_every_time_and_in_any_order():
    codings = make_codings(ana=list("eesseesses"), ben=list("eessesssee"))
    first = measure_agreement(codings, "frame")
    assert first.equals(measure_agreement(codings.iloc[::-1], "frame"))


def test_confusion_of_single_answers_is_a_cross_table():
    table = confuse_coders(make_codings(ana=list("eess"), ben=list("eses")), "frame", "ana", "ben")
    assert table.to_numpy().tolist() == [["e", 1, 1], ["s", 1, 1]]
    assert table.columns[0] == "ana, down; ben, across"


def test_confusion_of_answers_with_several_values_is_value_by_value():
    table = confuse_coders(make_codings(ana=["e s", "e", ""], ben=["e", "s", ""]), "frame", "ana", "ben")
    assert list(table.columns) == ["value", "both", "only ana", "only ben", "neither"]
    assert table.to_numpy().tolist() == [["e", 1, 1, 0, 1], ["s", 0, 1, 1, 1]]


def test_names_that_do_not_exist_are_told():
    codings = make_codings(ana=["e"])
    with pytest.raises(UnknownNameError, match="no coded question 'frames'"):
        measure_agreement(codings, "frames")
    with pytest.raises(UnknownNameError, match="no coder 'bob'"):
        confuse_coders(codings, "frame", "ana", "bob")


# The extraction against coders


@pytest.fixture(scope="module")
def tables() -> an.Tables:
    return an.Tables(**vars(make_tables()), codebooks=(("policy_frames", "1"),))


@pytest.fixture(scope="module")
def many() -> an.Tables:
    """Forty articles like the made-up ones, so that there is something to count."""
    made = vars(make_tables())
    for name, frame in made.items():
        if "article_id" in frame:
            copies = [frame.assign(article_id=frame["article_id"] + f"-{n}") for n in range(10)]
            made[name] = pd.concat(copies, ignore_index=True)
    return an.Tables(**made, codebooks=(("policy_frames", "1"),))


def code_truly(tables: an.Tables, sample: pd.DataFrame, coder: str = "ana", question="policy_frames"):
    """What a coder says who agrees with the extraction throughout."""
    return answer_items(tables, sample, question).assign(coder=coder)


def test_extraction_answers_in_the_coders_words(tables):
    sentences = list_items(tables, "sentences")
    frames = answer_items(tables, sentences, "policy_frames")
    said = dict(zip(frames["item"], frames["values"], strict=True))
    assert list(said.values())[:4] == [[], [SECURITY], [ECONOMIC, SECURITY], []]
    assert set(frames["coder"]) == {MACHINE}
    quotes = list_items(tables, "quotes")
    assert list(answer_items(tables, quotes, "speaker")["values"]) == [["Ana Ruiz"]] * 4
    unnamed = replace(tables, quotes=tables.quotes.assign(speaker=None))
    assert answer_items(unnamed, quotes, "speaker")["values"][0] == [NOT_STATED]
    scare = replace(tables, quotes=tables.quotes.assign(kind="scare"))
    assert answer_items(scare, quotes, "speaker")["values"][0] == [NOT_A_QUOTATION]
    assert list(answer_items(tables, sentences, "status")["values"])[2:4] == [["no policy event"], ["agreed"]]
    with pytest.raises(UnknownNameError, match="no question 'policy_frame'"):
        answer_items(tables, sentences, "policy_frame")


def test_who_agrees_throughout_makes_the_extraction_right(many):
    sample = draw_sample(many, "sentences", 60)
    table = measure_accuracy(many, sample, code_truly(many, sample), "policy_frames").set_index("value")
    assert list(table.index) == [WHOLE, SECURITY, ECONOMIC]
    assert (table["right"] == table["found"]).all()
    assert (table["precision"] == 1).all()
    assert table.loc[SECURITY, "recall_low"] < 1


def test_precision_and_recall_are_counts_with_wilsons_interval(many):
    sample = draw_sample(many, "sentences", 160)
    codings = code_truly(many, sample)
    found = [SECURITY in values for values in codings["values"]]
    assert sum(found) == 80
    # The coder takes it from 20 sentences and sees it in 5 others.
    first, others = np.flatnonzero(found)[:20], np.flatnonzero(~np.array(found))[:5]
    codings["values"] = [
        [] if n in first else [SECURITY] if n in others else values
        for n, values in enumerate(codings["values"])
    ]
    table = measure_accuracy(many, sample, codings, "policy_frames").set_index("value")
    row = table.loc[SECURITY]
    assert tuple(row[["items", "undecided", "coded", "found", "right"]]) == (160, 0, 65, 80, 60)
    assert row["precision"] == pytest.approx(60 / 80)
    low, high = proportion_confint(60, 80, method="wilson")
    assert (row["precision_low"], row["precision_high"]) == (pytest.approx(low), pytest.approx(high))
    low, high = proportion_confint(60, 65, method="wilson")
    assert (row["recall_low"], row["recall_high"]) == (pytest.approx(low), pytest.approx(high))
    share = estimate_prevalence(many, sample, codings, "policy_frames").set_index("value").loc[SECURITY]
    assert share["found"] == 0.5
    assert share["coded"] == pytest.approx(65 / 160)
    # All items are coded, so that the corrected share is the coded one.
    assert share["corrected"] == pytest.approx(65 / 160)
    assert share["low"] < 65 / 160 < share["high"]


def test_items_weigh_as_much_as_they_stand_for(many):
    # Equal numbers from strata of 80, 40 and 40 sentences; the coder denies the frame in the largest only.
    sample = draw_sample(many, "sentences", 60, allocation="equal")
    codings = code_truly(many, sample)
    large = set(sample.loc[sample["stratum"] == "Example Herald", "item"])
    answers = zip(codings["item"], codings["values"], strict=True)
    codings["values"] = [[] if item in large else values for item, values in answers]
    row = measure_accuracy(many, sample, codings, "policy_frames").set_index("value").loc[SECURITY]
    inside = sum(SECURITY in v for v in code_truly(many, sample[sample["item"].isin(large)])["values"])
    outside = row["found"] - inside
    weighted = 2 * outside / (2 * outside + 4 * inside)
    assert row["precision"] == pytest.approx(weighted)
    assert row["precision"] < row["right"] / row["found"]


def test_a_split_vote_is_undecided_and_a_majority_counts(many):
    sample = draw_sample(many, "sentences", 40)
    yes = code_truly(many, sample)
    no = yes.assign(coder="ben", values=[[] for _ in range(len(yes))])
    found = sum(SECURITY in values for values in yes["values"])
    split = measure_accuracy(many, sample, pd.concat([yes, no]), "policy_frames").set_index("value")
    assert split.loc[SECURITY, "undecided"] == found
    assert split.loc[SECURITY, "found"] == 0
    third = yes.assign(coder="cem")
    decided = measure_accuracy(many, sample, pd.concat([yes, no, third]), "policy_frames").set_index("value")
    assert tuple(decided.loc[SECURITY, ["undecided", "right"]]) == (0, found)


def test_three_who_each_choose_another_have_no_common_answer(many):
    sample = draw_sample(many, "sentences", 40)
    codings = pd.concat(
        code_truly(many, sample).assign(coder=coder, values=[[value]] * len(sample))
        for coder, value in zip(("ana", "ben", "cem"), ("x", "y", "z"), strict=True)
    )
    whole = measure_accuracy(many, sample, codings, "policy_frames").loc[0]
    assert tuple(whole[["items", "undecided"]]) == (0, 40)
    assert pd.isna(whole["precision"])


def test_where_no_item_differs_the_draws_tell_no_interval():
    answers = ["e"] * 10 + ["s"] * 10
    row = measure_agreement(make_codings(ana=answers, ben=answers), "frame").loc[0]
    assert row["alpha"] == 1
    assert pd.isna(row["low"]) and pd.isna(row["high"])
    assert "no item differs" in row["note"]


def test_a_sample_of_matches_tells_no_recall(many):
    sample = draw_sample(many, "frames", 30)
    codings = code_truly(many, sample)
    row = measure_accuracy(many, sample, codings, "policy_frames").set_index("value").loc[SECURITY]
    assert row["precision"] == 1
    assert pd.isna(row["recall"])
    share = estimate_prevalence(many, sample, codings, "policy_frames").set_index("value").loc[SECURITY]
    assert pd.isna(share["corrected"])
    assert "nothing that was missed" in share["note"]


def test_few_coded_items_claim_nothing(many):
    sample = draw_sample(many, "sentences", 60)
    codings = code_truly(many, sample).head(9)
    table = measure_accuracy(many, sample, codings, "policy_frames")
    assert table.loc[0, "items"] == 9
    assert table[["precision", "precision_low", "recall", "recall_high"]].isna().all(axis=None)
    shares = estimate_prevalence(many, sample, codings, "policy_frames")
    assert shares["corrected"].isna().all()
    assert shares["note"].str.contains("10 are needed|none of the items").all()


def test_items_that_stand_no_longer_there_are_left_out(many):
    sample = draw_sample(many, "sentences", 60)
    codings = code_truly(many, sample)
    gone = replace(many, articles=many.articles.assign(text="Other words stand here now."))
    assert measure_accuracy(gone, sample, codings, "policy_frames").empty


def test_differences_show_what_each_said(many):
    sample = draw_sample(many, "sentences", 5)
    items = list(sample["item"])
    codings = make_codings(ana=["e", "e s", ""], ben=["e", "e", "s"])
    codings["item"] = codings["item"].map(lambda n: items[int(n)])
    table = list_differences(codings, sample, "frame")
    assert table[["ana", "ben"]].to_numpy().tolist() == [["e; s", "e"], ["none of them", "s"]]
    assert list(table["text"]) == list(sample["text"][1:3])
