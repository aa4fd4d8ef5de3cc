"""Shares as a table: a column a group, an interval only where there is one."""

from __future__ import annotations

from made_frames import Line, join_stories, make_story

from analysis.compare import frame_shares, term_shares
from analysis.views.shares_table import show_shares


def tables(count: int):
    line = Line("“The {law:court} is full,” she said.", "Ana Ruiz")
    lines = ["The {law:court} sits.", "It rained.", line]
    return join_stories([make_story(f"a{n}", *lines[n % 2 :]) for n in range(count)])


def test_a_column_a_voice_with_counts_alone_below_four_articles():
    data = show_shares(frame_shares(tables(3)), "Frames").data
    assert data.to_dict("records") == [{"frame": "law", "journalist": "2 of 8", "quoted": "3 of 3"}]


def test_an_interval_stands_where_there_is_one():
    shares = frame_shares(tables(6))
    low, high = (round(float(shares[side].iloc[0]) * 100) for side in ("low", "high"))
    assert show_shares(shares, "Frames").data["journalist"].tolist() == [f"3 of 15 ({low} to {high}%)"]


def test_groups_left_out_are_told_and_no_group_is_one_column():
    view = show_shares(frame_shares(tables(4)), "Frames", groups=1)
    assert view.caption == "Frames; 1 more not shown"
    assert list(view.data) == ["frame", "journalist"]
    assert list(show_shares(frame_shares(tables(4), by=None), "Frames").data) == ["frame", "share"]


def test_none_are_said():
    view = show_shares(term_shares(tables(1)), "Terms", empty="No pack.")
    assert repr(view) == "Terms. No pack."
