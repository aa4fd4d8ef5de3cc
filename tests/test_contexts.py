"""Words in context: cut at words, escaped, every article in its turn, in the order asked for."""

from __future__ import annotations

import pytest
from made_frames import Line, join_stories, make_story
from made_tables import HOSTILE, make_tables

from analysis.errors import UnknownNameError
from analysis.views.contexts import show_contexts


def stories():
    long = [f"{word} the {{law:court}} {word}." for word in ("Apples", "Berries", "Cherries", "Dates")]
    quoted = Line("“We trust the {law:judges} of the {economic:bank},” she said.", "Ana Ruiz")
    return join_stories([
        make_story("a", *long, headline="A {law:judge} rules"),
        make_story("b", quoted, outlet=None),
    ])  # fmt: skip


def test_a_match_stands_between_what_is_left_and_right_of_it():
    row = show_contexts(stories(), frame="economic").data.iloc[0]
    assert (row["left"], row["right"]) == ("“We trust the judges of the", ",” she said.")
    assert row["words"] == "bank"
    assert (row["outlet"], row["voice"], row["speaker"]) == ("Outlet not stated", "quotation", "Ana Ruiz")


@pytest.mark.parametrize("width", range(1, 30))
def test_no_word_is_cut_in_two_and_the_width_is_kept(width):
    tables = stories()
    whole = set(" ".join(tables.articles["text"]).split())
    for row in show_contexts(tables, width=width, most=99).data.to_dict("records"):
        if row["field"] == "text":
            left, right = row["left"].split(), row["right"].split()
            assert set(left) | set(right[1:]) <= whole
            assert max(len(row["left"]), len(row["right"])) <= width


def test_every_article_has_its_turn_before_one_comes_twice():
    view = show_contexts(stories(), frame="law", most=3)
    assert sorted(view.data["article_id"]) == ["a", "a", "b"]
    assert view.caption == "Words of 'law' in context: 3 of 6, by the words on the right"
    assert show_contexts(stories(), frame="law").caption.endswith("context: 6, by the words on the right")


@pytest.mark.parametrize(
    ("sort", "column", "first", "last"),
    [
        ("right", "right", "Apples.", "rules"),
        ("left", "left", "A", "“We trust the"),
        ("words", "words", "court", "judges"),
        ("outlet", "outlet", "Example Herald", "Outlet not stated"),
    ],
)
def test_lines_are_sorted_by_what_is_asked_for(sort, column, first, last):
    lines = show_contexts(stories(), frame="law", sort=sort, width=16).data[column]
    assert len(lines) == 6
    assert lines.iloc[0].startswith(first) and lines.iloc[-1].startswith(last)


@pytest.mark.parametrize(("sort", "sides"), [("right", "{law:court} %s"), ("left", "%s {law:court}")])
def test_marks_do_not_come_before_letters(sort, sides):
    beside = ["“Über", "– apples", "'Berries'", "zebras", "(élan)"]
    tables = join_stories([make_story(f"a{n}", sides % each) for n, each in enumerate(beside)])
    lines = show_contexts(tables, frame="law", sort=sort).data[sort]
    assert lines.tolist() == ["– apples", "'Berries'", "(élan)", "“Über", "zebras"]


def test_terms_and_headlines_stand_in_context_too():
    tables = make_tables()
    assert set(show_contexts(tables, term="critics").data["words"]) == {"Critics"}
    above = show_contexts(stories(), frame="law").data
    assert above[above["field"] == "headline"]["right"].tolist() == ["rules"]


def test_text_is_escaped_and_stands_as_it_is_in_plain_text():
    view = show_contexts(make_tables(), term="critics")
    assert HOSTILE not in view._repr_html_()
    assert "&lt;/script&gt;" in view._repr_html_()
    assert HOSTILE in repr(view)
    assert "[Critics]" in repr(view)


def test_unknown_names_and_no_words_are_told():
    with pytest.raises(UnknownNameError, match="Did you mean 'economic'"):
        show_contexts(stories(), frame="economics")
    with pytest.raises(UnknownNameError, match="no order 'size'"):
        show_contexts(stories(), sort="size")
    none = show_contexts(make_tables(frames=[]), codebook="policy_frames")
    assert none.data.empty
    assert repr(none) == "No words of any frame of 'policy_frames' were found."
