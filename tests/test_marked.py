"""How often the extraction is wrong on the hand-marked pages: the table, the rows behind it, and no pages."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

import analysis as an
from analysis.compare import marked
from analysis.compare.marked import MarkedPages, Score, extract_marked, has_marked_pages, mean_f1
from analysis.compare.marked_errors import list_wrong, measure_marked, measure_marked_frames


@pytest.fixture(scope="module")
def tables() -> an.Tables:
    return extract_marked()


@pytest.fixture(scope="module")
def measures(tables) -> pd.DataFrame:
    return measure_marked(tables).set_index("measure")


@pytest.fixture(scope="module")
def wrong(tables) -> pd.DataFrame:
    return list_wrong(tables)


def count(wrong: pd.DataFrame, measure: str, fault: str) -> int:
    return int(((wrong["measure"] == measure) & (wrong["fault"] == fault)).sum())


def test_pages_are_here_and_what_is_marked_on_them_is_counted(measures):
    assert has_marked_pages()
    counts = {
        "quotations": 49,
        "policy figures": 29,
        "event sentences": 44,
        "policy frames by paragraph": 107,
    }
    assert {name: measures.loc[name, "marked"] for name in counts} == counts
    assert measures.loc["terms for migrants", "marked"] == 37


def test_shares_are_counts_with_wilsons_interval(measures):
    row = measures.loc["event sentences"]
    assert row["precision"] == row["right"] / row["found"]
    low, high = proportion_confint(row["right"], row["marked"], method="wilson")
    assert (row["recall_low"], row["recall_high"]) == (pytest.approx(low), pytest.approx(high))
    precision, recall = row["precision"], row["recall"]
    assert row["f1"] == pytest.approx(2 * precision * recall / (precision + recall))
    # All figures are found, only those on policy are marked: what is not marked is not wrong.
    assert measures.loc["policy figures", ["precision", "found", "f1"]].isna().all()


@pytest.mark.parametrize(
    ("name", "measure"),
    [
        ("quotations", "quotation"),
        ("event sentences", "event sentence"),
        ("policy frames by paragraph", "policy frame"),
        ("terms for migrants", "term for migrants"),
    ],
)
def test_every_wrong_row_is_listed_and_no_other(measures, wrong, name, measure):
    row = measures.loc[name]
    assert count(wrong, measure, "missed") == row["marked"] - row["right"]
    assert count(wrong, measure, "extra") == row["found"] - row["right"]


@pytest.mark.parametrize(
    ("measure", "fault", "of", "right"),
    [
        ("quotation", "wrong speaker", "quotations", "quotations with their speaker"),
        ("event sentence", "wrong status", "event sentences", "their status"),
        ("policy figure", "missed", None, "policy figures"),
    ],
)
def test_every_wrong_value_is_listed(measures, wrong, measure, fault, of, right):
    row = measures.loc[right]
    total = measures.loc[of, "right"] if of else row["marked"]
    assert count(wrong, measure, fault) == total - row["right"]


def test_a_date_that_is_not_right_is_missing_too_wide_or_wrong(measures, wrong):
    row = measures.loc["their date, where words give one"]
    faults = wrong[(wrong["measure"] == "event sentence") & wrong["fault"].str.endswith(" date")]
    assert len(faults) == row["marked"] - row["right"]
    assert faults.loc[faults["fault"] == "no date", "found"].isna().all()
    wide = faults[faults["fault"] == "wide date"]
    assert len(wide)
    for row in wide.to_dict("records"):
        assert row["found"][:10] <= row["marked"][:10] <= row["found"][-10:]


def test_dates_are_better_where_the_day_of_the_page_is_given(tables):
    measures = measure_marked(tables, extract_marked(settings=True)).set_index("measure")
    plain, settled = "their date, where words give one", "their date, where the page's day is given too"
    assert list(measures.index).index(settled) == list(measures.index).index(plain) + 1
    assert measures.loc[settled, "right"] > measures.loc[plain, "right"]


def test_wrong_rows_stand_in_their_article(tables, wrong):
    texts = tables.articles.set_index("article_id")
    placed = wrong.dropna(subset=["start"])
    assert len(placed) == len(wrong)
    for row in placed.to_dict("records"):
        assert texts.loc[row["article_id"], row["field"]][row["start"] : row["end"]].strip()
    missed = placed[(placed["fault"] == "missed") & (placed["measure"] != "quotation")]
    for row in missed.to_dict("records"):
        assert texts.loc[row["article_id"], row["field"]][row["start"] : row["end"]] == row["text"]
    assert wrong.loc[wrong["fault"] == "missed", "found"].isna().all()
    assert wrong.loc[wrong["fault"].isin(["wrong speaker", "wrong status"]), "marked"].notna().all()


def test_frames_sum_up_to_the_row_of_all(tables, measures):
    frames = measure_marked_frames(tables)
    totals = frames[["marked", "found", "right"]].sum()
    assert list(totals) == list(measures.loc["policy frames by paragraph", ["marked", "found", "right"]])
    kept = frames[frames["marked"] >= 5]
    assert measures.loc["policy frames, mean over frames", "f1"] == pytest.approx(kept["f1"].mean())


def test_an_extraction_of_nothing_misses_everything(tables):
    empty = {
        name: getattr(tables, name).iloc[:0] for name in ("quotes", "figures", "events", "frames", "terms")
    }
    nothing = replace(tables, **empty)
    measures = measure_marked(nothing).set_index("measure")
    assert measures.loc["quotations", ["found", "right", "recall", "f1"]].to_list() == [0, 0, 0, 0]
    assert pd.isna(measures.loc["quotations", "precision"])
    assert measures.loc["their status", "recall"] is pd.NA
    wrong = list_wrong(nothing)
    assert set(wrong["fault"]) == {"missed"}
    assert MarkedPages(nothing).score_event_dates() == (0, 0)


def test_frames_with_few_marks_are_not_in_the_mean():
    scores = {"a": Score(5, 5, 5), "b": Score(4, 4, 0), "c": Score(10, 10, 5)}
    assert mean_f1(scores) == 0.75
    assert mean_f1({"b": Score(4, 4, 0)}) == 0.0


@pytest.mark.parametrize("missing", ["GOLD", "SEEDS"])
def test_an_installed_package_has_no_marked_pages(monkeypatch, tmp_path, missing):
    monkeypatch.setattr(marked, missing, tmp_path)
    assert not has_marked_pages()
    tables = extract_marked()
    assert all(frame.empty for _, frame in tables.items())
    assert measure_marked(tables).empty
    assert measure_marked_frames(tables).empty
    assert list_wrong(tables).empty
