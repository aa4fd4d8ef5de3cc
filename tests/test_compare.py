"""Counts by outlet, their intervals, and the rule for small samples."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.compare import MIN_ARTICLES, can_test, count_by_outlet, describe_outlets, say_sizes
from analysis.errors import UnknownNameError
from analysis.schema import TABLES, build_frame
from analysis.tables import Tables


def make_tables(**rows: list[dict]) -> Tables:
    return Tables(**{name: build_frame(name, rows.get(name, ())) for name in TABLES})


@pytest.fixture
def tables() -> Tables:
    outlets = ["Example Herald"] * 5 + ["Example Post"] * 2 + [None]
    articles = [
        {"article_id": f"a{n}", "outlet": outlet, "words": 10, "on_topic": n == 0}
        for n, outlet in enumerate(outlets)
    ]
    frames = [
        {"article_id": article, "field": field, "frame": frame}
        for article, field, frame in [
            ("a0", "text", "economic"), ("a0", "text", "economic"), ("a1", "headline", "economic"),
            ("a5", "text", "economic"), ("a7", "text", "morality"),
        ]
    ]  # fmt: skip
    quotes = [
        {
            "article_id": "a0",
            "field": "text",
            "quote_id": "q1",
            "kind": "direct",
            "text": "one two",
            "speaker": "Ana",
        },
        {
            "article_id": "a0",
            "field": "text",
            "quote_id": "q1",
            "kind": "direct",
            "text": "three",
            "speaker": "Ana",
        },
        {
            "article_id": "a0",
            "field": "headline",
            "quote_id": "q2",
            "kind": "mixed",
            "text": "x",
            "speaker": "Bo",
        },
        {"article_id": "a0", "field": "text", "quote_id": "q3", "kind": "scare", "text": "so-called"},
    ]
    return make_tables(articles=articles, frames=frames, quotes=quotes)


def row(data: pd.DataFrame, value: str, outlet: str) -> dict:
    (found,) = data[(data.iloc[:, 0] == value) & (data["outlet"] == outlet)].to_dict("records")
    return found


def test_an_article_counts_once_in_its_outlet(tables):
    data = count_by_outlet(tables, "frames", "frame")
    herald = row(data, "economic", "Example Herald")
    assert (herald["articles"], herald["of"], herald["share"]) == (2, 5, 0.4)
    assert row(data, "economic", "Outlet not stated")["articles"] == 0
    assert list(data["frame"].unique()) == ["economic", "morality"]


def test_interval_is_wilsons():
    # Newcombe 1998 (Statistics in Medicine 17, table I): 81 of 263 gives .2553 to .3662.
    articles = [{"article_id": str(n), "outlet": "Example Herald", "words": 1} for n in range(263)]
    frames = [{"article_id": str(n), "frame": "economic"} for n in range(81)]
    (only,) = count_by_outlet(make_tables(articles=articles, frames=frames), "frames", "frame").to_dict(
        "records"
    )
    assert (only["low"], only["high"]) == (0.2553, 0.3662)


def test_no_interval_below_four_articles(tables):
    data = count_by_outlet(tables, "frames", "frame")
    assert data.loc[data["of"] < MIN_ARTICLES, ["low", "high"]].isna().all(axis=None)
    assert data.loc[data["of"] >= MIN_ARTICLES, ["low", "high"]].notna().all(axis=None)


def test_quotes_of_headlines_do_not_count(tables):
    assert list(count_by_outlet(tables, "quotes", "speaker")["speaker"].unique()) == ["Ana"]


def test_outlets_are_described_by_their_articles(tables):
    herald = describe_outlets(tables).iloc[0].to_dict()
    assert herald == {
        "outlet": "Example Herald", "articles": 5, "on topic": 1, "words": 50, "quotations": 1, "speakers": 1,
        "words in quotation": 0.06,
    }  # fmt: skip


def test_where_no_topic_pack_was_used_nothing_is_said_of_the_topic():
    articles = [{"article_id": f"a{n}", "outlet": f"Example {n}", "words": 10} for n in range(2)]
    assert describe_outlets(make_tables(articles=articles))["on topic"].isna().all()


def test_unknown_table_and_column_name_the_known_ones(tables):
    with pytest.raises(UnknownNameError, match="Did you mean 'frames'"):
        count_by_outlet(tables, "frame", "frame")
    with pytest.raises(UnknownNameError, match="There is no column 'colour'"):
        count_by_outlet(tables, "frames", "colour")


@pytest.mark.parametrize(
    ("sizes", "testable", "said"),
    [
        ((2, 3), False, "too few articles to test (2 and 3; 4 a side are needed)"),
        ((4, 9), True, "4 and 9 articles"),
        ((3, 100), False, "too few articles to test (3 and 100; 4 a side are needed)"),
        ((), False, "too few articles to test (; 4 a side are needed)"),
    ],
)
def test_four_articles_a_side_are_needed(sizes, testable, said):
    assert can_test(*sizes) is testable
    assert say_sizes(*sizes) == said
