"""The word differences of two articles, and the edited passages of a corpus, as tables."""

from __future__ import annotations

import json

import pytest
from pandas.testing import assert_frame_equal

import analysis as an
from analysis.compare.sources.wording import shared_wordings

BOARD = "The harbour board will close the old pier to lorries from Monday, it said on Friday."
SHUT = "From Monday the harbour board will shut the old wooden pier to lorries, it said on Friday."
PLANKS = (
    "Drivers must use the northern gate until rotten planks have been mended in the spring, said Ana Ruiz."
)
OTHER = "Bakers warn that flour is short in every county this winter, and that prices rise."
STOCK = "A spokesman for the agriculture and fisheries committee of the county council declined to comment"


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    told = {
        "first": f"{BOARD} {OTHER}\n{PLANKS}",
        "second": f"Trams left the city long ago. {PLANKS}\nNobody asked why. {SHUT}",
        "third": "Quite another story, of which nobody else has told a word until now, let alone ten.",
        "empty": "Nothing.",
    }
    told |= {
        f"stock {n}": f"{name.title()} sold {number} {thing} there. {STOCK}. It was {day} by then."
        for n, (name, number, thing, day) in enumerate(
            zip("ana ben cy di ed flo gus hal ira jo kim lou mo".split(), range(13),
                "hats cows pins boats rods caps maps eggs pies cups lids beds keys".split(),
                "late noon dusk dawn wet dry warm cold dim hot cool fine foul".split(), strict=True)
        )
    }  # fmt: skip
    path = tmp_path_factory.mktemp("wording") / "articles.jsonl"
    rows = [json.dumps({"id": name, "text": text}) for name, text in told.items()]
    path.write_text("\n".join(rows), encoding="utf-8")
    return an.extract(an.load(path, topic="none"))


def test_every_part_is_the_text_at_its_place_and_parts_tile_the_passage(tables):
    texts = tables.articles.set_index("article_id")["text"]
    shown = an.shared_wording(tables, "first", "second")
    assert list(shown["passage"].unique()) == [1, 2]
    for row in shown.itertuples():
        assert row.text_a == texts["first"][row.start_a : row.end_a]
        assert row.text_b == texts["second"][row.start_b : row.end_b]
    for _, passage in shown.groupby("passage"):
        for side in "ab":
            assert list(passage[f"start_{side}"][1:]) == list(passage[f"end_{side}"][:-1])


def test_what_each_article_changed_is_said(tables):
    shown = an.shared_wording(tables, "first", "second")
    first = shown[shown["passage"] == 1]
    changed = [
        (row.kind, row.text_a.strip(), row.text_b.strip()) for row in first.itertuples() if row.kind != "same"
    ]
    assert changed == [
        ("replaced", "close", "shut"),
        ("only_b", "", "wooden"),
        ("only_a", "from Monday,", ""),
    ]
    second = shown[shown["passage"] == 2]
    assert list(second["kind"]) == ["same"]
    assert list(second["text_a"]) == [PLANKS.removesuffix(".")]


def test_turned_round_the_sides_change_places(tables):
    there, back = (an.shared_wording(tables, *pair) for pair in (("first", "second"), ("second", "first")))
    names = {"only_a": "only_b", "only_b": "only_a"}
    assert sorted(zip(there["kind"], there["text_a"], there["text_b"], strict=True)) == sorted(
        zip(back["kind"].replace(names), back["text_b"], back["text_a"], strict=True)
    )
    assert list(back["start_a"]) == sorted(back["start_a"])


def test_many_pairs_at_once_have_what_each_has_alone(tables):
    pairs = [("second", "first"), ("first", "second"), ("stock 2", "stock 1"), ("first", "third")]
    together = shared_wordings(tables, iter(pairs))
    assert list(together) == pairs
    for pair, shown in together.items():
        assert_frame_equal(shown, an.shared_wording(tables, *pair))
    assert shared_wordings(tables, []) == {}


def test_articles_that_share_nothing_give_no_rows(tables):
    shown = an.shared_wording(tables, "first", "third")
    assert shown.empty
    assert list(shown) == ["passage", "kind", "start_a", "end_a", "text_a", "start_b", "end_b", "text_b"]
    assert an.shared_wording(tables, "empty", "third").empty


@pytest.mark.parametrize("pair", [("first", "secnd"), ("secnd", "first")])
def test_an_unknown_article_is_an_error_that_names_the_nearest(tables, pair):
    with pytest.raises(an.WorkbookError, match=r"no article 'secnd'\. Did you mean 'second'"):
        an.shared_wording(tables, *pair)


def test_the_corpus_has_one_row_a_passage_and_none_for_a_stock_phrase(tables):
    found = an.edited_passages(tables)
    assert list(found) == [
        "article_a", "start_a", "end_a", "article_b", "start_b", "end_b", "words", "similarity", "changed",
    ]  # fmt: skip
    assert set(zip(found["article_a"], found["article_b"], strict=True)) == {("first", "second")}
    assert list(found["changed"]) == [3, 0]
    assert list(found["similarity"]) == [round(26 / 31, 4), 1.0]
    assert tables.reuse["article_a"].str.startswith("stock").any()


def test_a_stock_phrase_word_for_word_is_shown_where_two_articles_are_asked_for(tables):
    shown = an.shared_wording(tables, "stock 1", "stock 2")
    assert list(shown["kind"]) == ["same"]
    assert STOCK in shown["text_a"].item()
