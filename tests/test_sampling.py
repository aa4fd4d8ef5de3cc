"""Samples: stratified, the same every time, and without the machine's answer."""

from __future__ import annotations

import csv
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from made_tables import HOSTILE, SENTENCES, TEXT, make_tables

import analysis as an
from analysis.compare.cells import guard_cell, plain_cell
from analysis.compare.sampling import (
    SAMPLE_COLUMNS,
    draw_sample,
    find_standing,
    list_items,
    open_sample,
    read_sample,
    save_sample,
)
from analysis.errors import CorpusFormatError, OutputError, UnknownNameError


@pytest.fixture(scope="module")
def tables() -> an.Tables:
    return an.Tables(**vars(make_tables()), fingerprint="f1", codebooks=(("policy_frames", "1"),))


@pytest.mark.parametrize(("kind", "size"), [("sentences", 16), ("quotes", 4), ("events", 4), ("frames", 10)])
def test_every_row_is_an_item_with_its_words_and_context(tables, kind, size):
    items = list_items(tables, kind)
    assert len(items) == size
    assert items["item"].is_unique
    for row in items.to_dict("records"):
        assert TEXT[row["start"] : row["end"]] == row["text"]
        before, after = ("" if pd.isna(row[side]) else row[side] for side in ("before", "after"))
        assert TEXT[: row["start"]].endswith(before)
        assert TEXT[row["end"] :].startswith(after)


def test_sample_has_the_columns_of_the_contract_and_no_answer_of_the_machine(tables):
    for kind in ("sentences", "quotes", "events", "frames"):
        sample = draw_sample(tables, kind, 3)
        assert tuple(sample.columns) == SAMPLE_COLUMNS
        about = {"article_id", "outlet", "headline", "field", "start", "end", "text"}
        answers = set(getattr(tables, kind).columns) - about
        assert not answers & set(sample.columns)


def test_same_seed_same_sample_whatever_the_order_of_rows(tables):
    turned = replace(tables, sentences=tables.sentences.iloc[::-1])
    assert draw_sample(tables, "sentences", 7).equals(draw_sample(turned, "sentences", 7))
    others = [set(draw_sample(tables, "sentences", 7, seed=seed)["item"]) for seed in range(1, 9)]
    assert len({frozenset(each) for each in others}) > 4


def test_a_larger_sample_holds_the_smaller_one(tables):
    small, large = (set(draw_sample(tables, "sentences", n)["item"]) for n in (5, 11))
    assert small < large


@settings(max_examples=40)
@given(sizes=st.lists(st.integers(1, 40), min_size=2, max_size=6), n=st.integers(0, 90), equal=st.booleans())
@example(sizes=[37, 55, 52], n=48, equal=False)
def test_a_larger_sample_draws_no_fewer_of_any_stratum(sizes, n, equal):
    papers = [(f"a{at}", f"Paper {at}", None, "x" * size) for at, size in enumerate(sizes)]
    places = [(f"a{at}", m, m + 1) for at, size in enumerate(sizes) for m in range(size)]
    tables = replace(
        an.Tables(**vars(make_tables())),
        articles=pd.DataFrame(papers, columns=["article_id", "outlet", "headline", "text"]),
        sentences=pd.DataFrame(places, columns=["article_id", "start", "end"]),
    )
    how = {"allocation": "equal" if equal else "proportional"}
    assert set(draw_sample(tables, "sentences", n, **how)["item"]) <= set(
        draw_sample(tables, "sentences", n + 1, **how)["item"]
    )


def test_proportional_gives_every_stratum_its_share_and_one_at_the_least(tables):
    sample = draw_sample(tables, "sentences", 8)
    # Herald has 8 of 16 sentences, Post and the page without outlet 4 each.
    assert dict(sample["stratum"].value_counts()) == {
        "Example Herald": 4, "Example Post": 2, "Outlet not stated": 2,
    }  # fmt: skip
    assert set(draw_sample(tables, "sentences", 1)["stratum"]) == set(sample["stratum"])
    row = sample[sample["stratum"] == "Example Herald"].iloc[0]
    assert (row["of_stratum"], row["drawn"]) == (8, 4)


def test_equal_gives_every_stratum_as_many(tables):
    sample = draw_sample(tables, "sentences", 9, allocation="equal")
    assert set(sample["stratum"].value_counts()) == {3}
    # Two strata have four only: what they cannot give comes from the third.
    sample = draw_sample(tables, "sentences", 15, allocation="equal")
    assert sorted(sample["stratum"].value_counts()) == [4, 4, 7]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    n=st.integers(0, 30),
    seed=st.integers(0, 99),
    by=st.sampled_from(["outlet", "kind", "page", "headline", ""]),
    allocation=st.sampled_from(["proportional", "equal"]),
)
def test_never_more_than_there_is_nor_than_asked_for(tables, n, seed, by, allocation):
    sample = draw_sample(tables, "sentences", n, by, seed, allocation=allocation)
    strata = list_items(tables, "sentences", by)["stratum"].nunique()
    assert len(sample) == min(16, max(n, strata if n else 0))
    assert sample["item"].is_unique
    assert (sample.groupby("stratum")["item"].transform("size") == sample["drawn"]).all()
    assert (sample["drawn"] <= sample["of_stratum"]).all()


def test_names_that_do_not_exist_are_told(tables):
    with pytest.raises(UnknownNameError, match="Did you mean 'sentences'"):
        draw_sample(tables, "sentence")
    with pytest.raises(UnknownNameError, match="no column 'outlets'"):
        draw_sample(tables, "quotes", by="outlets")
    with pytest.raises(UnknownNameError, match="no allocation 'even'"):
        draw_sample(tables, "quotes", allocation="even")


def test_nothing_to_draw_from_is_an_empty_sample():
    empty = an.Tables(**vars(make_tables(events=[])))
    assert list(draw_sample(empty, "events").columns) == list(SAMPLE_COLUMNS)
    assert draw_sample(empty, "events").empty


def test_a_saved_sample_is_read_as_it_was_drawn(tables, tmp_path):
    sample = draw_sample(tables, "sentences", 12, seed=4)
    assert HOSTILE in " ".join(sample["text"])
    path = save_sample(sample, tmp_path / "coding" / "one")
    again = read_sample(path.parent)
    assert again.equals(sample)
    assert again.attrs == sample.attrs
    about = again.attrs["sample"]
    assert (about["seed"], about["kind"], about["fingerprint"]) == (4, "sentences", "f1")
    assert about["codebooks"] == [["policy_frames", "1"]]
    assert open_sample(tables, path.parent, "quotes").equals(sample)
    assert open_sample(tables, tmp_path / "none", "quotes", 2).equals(draw_sample(tables, "quotes", 2))
    assert not (tmp_path / "none").exists()


def test_a_sample_that_is_coded_is_not_replaced(tables, tmp_path):
    sample = draw_sample(tables, "sentences", 5)
    save_sample(draw_sample(tables, "sentences", 4), tmp_path)
    save_sample(sample, tmp_path)
    (tmp_path / "ana.csv").write_text("item,coder,question,values,when\n", encoding="utf-8")
    save_sample(sample, tmp_path)
    with pytest.raises(OutputError, match=r"has been coded \(ana.csv\)"):
        save_sample(draw_sample(tables, "sentences", 6), tmp_path)
    assert read_sample(tmp_path).equals(sample)


@pytest.mark.parametrize("damage", ["missing", "header", "number", "about"])
def test_a_damaged_sample_is_told(tables, tmp_path, damage):
    path = save_sample(draw_sample(tables, "sentences", 5), tmp_path)
    if damage == "missing":
        path.unlink()
    elif damage == "about":
        path.with_name("sample.json").unlink()
    else:
        old, new = {"header": ("stratum,", "strata,"), "number": (",text,", ",text,x")}[damage]
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(CorpusFormatError, match="no sample that can be read"):
        read_sample(tmp_path)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_guarded_cell_is_no_formula_and_is_read_as_it_was(cell):
    guarded = guard_cell(cell)
    assert not guarded or guarded[0] not in "=+-@\t\r"
    assert plain_cell(guarded) == cell


def test_what_a_spreadsheet_would_run_is_text_in_the_file(tmp_path):
    made = make_tables()
    made.articles["text"] = '=1+1 said Ana.\n-- and, "so" on'
    made.sentences["start"], made.sentences["end"] = 0, 14
    sample = draw_sample(an.Tables(**vars(made)), "sentences")
    path = save_sample(sample, tmp_path)
    with path.open(encoding="utf-8", newline="") as handle:
        assert {row["text"] for row in csv.DictReader(handle)} == {"'=1+1 said Ana."}
    assert read_sample(tmp_path).equals(sample)


def test_items_whose_words_moved_are_found_out(tables):
    sample = draw_sample(tables, "sentences", 16)
    articles = tables.articles.copy()
    articles.loc[0, "text"] = "Other words."
    kept = find_standing(sample, replace(tables, articles=articles))
    assert len(kept) == 16 - len(SENTENCES)
    assert len(find_standing(sample, replace(tables, articles=articles.iloc[1:3]))) == 8
