"""What a corpus holds before anything is extracted: the check, in Python, as a command, and as a view."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from pages import SINGLE, aggregator_page

import analysis as an
from analysis.cli import main
from analysis.errors import Problem, UnknownNameError

STORY = (
    "The council voted on Tuesday to close the bridge for repairs that will last until the end of March. "
    "Drivers were told to use the northern road, which the police expect to be crowded in the mornings. "
    "“We know that this is hard for shops,” the mayor said, “and we will pay for the extra buses.” "
    "The repairs were first asked for by engineers who found cracks in two of the four piers last autumn."
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "single.txt").write_text(SINGLE, encoding="utf-8")
    (tmp_path / "page.txt").write_text(aggregator_page(), encoding="utf-8")
    rows = [
        {"id": "one", "text": STORY, "outlet": "Example Herald", "published": "2025-03-04"},
        {"id": "two", "text": STORY + " Work begins on Friday.", "outlet": "Example Gazette"},
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return tmp_path


def test_check_counts_what_was_read_split_and_dropped(folder):
    corpus = an.load(folder)
    check = an.check_corpus(corpus)
    assert check.files == 3
    assert sum(check.layouts.values()) == 2
    assert list(check.articles["article_id"]) == [article.article_id for article in corpus.articles]
    dropped = [
        placed.segment
        for placed in corpus.segments
        if placed.article_start is None
        and placed.segment.role not in ("blank", "headline", "byline", "outlet", "stamp")
    ]
    assert check.dropped["segments"].sum() == len(dropped) > 0
    assert check.dropped["characters"].sum() == sum(s.end - s.start for s in dropped)
    assert check.unread == []


def test_check_names_copies_and_what_is_undated_or_unattributed(folder):
    check = an.check_corpus(an.load(folder))
    assert list(check.versions.values()) == [("one", "two")]
    assert check.shared_pairs == 1
    assert "one" not in check.having("dated_to", "no date")
    assert "one" in check.having("dated_to", "a day")
    assert not {"one", "two"} & set(check.having("outlet"))


def test_check_says_so_in_words(folder):
    said = repr(an.show_check(an.check_corpus(an.load(folder)), most=1))
    assert said.startswith("Read")
    for question in (
        "Split",
        "Dropped",
        "Languages",
        "Dated",
        "Undated",
        "Unattributed",
        "Copies",
        "Problems",
    ):
        assert f"\n{question} " in said
    assert "one = two" in said
    assert "... and " in said
    assert "1 to a day, " in said


def test_check_says_which_facts_are_lacking_and_where_they_are_written(folder):
    check = an.check_corpus(an.load(folder))
    articles = check.articles.assign(outlet="Example Herald", dated_to="a day")
    assert "To do" not in repr(an.show_check(replace(check, articles=articles)))
    articles.loc[[0, 1], "outlet"] = None
    articles.loc[0, "dated_to"], articles.loc[1, "dated_to"] = "no date", "more than a year"
    said = repr(an.show_check(replace(check, articles=articles)))
    assert "Write what you know into corpus.toml: the outlet of 2 articles and the day of 2 articles." in said
    assert f"- to more than a year: {articles.loc[1, 'article_id']}\n" in said


def test_check_of_very_many_problems_names_the_worst_and_counts_the_rest(folder):
    check = an.check_corpus(an.load(folder))
    notes = [Problem("load", "note", f"Note {n}.") for n in range(1500)]
    worst = Problem("load", "error", "This is the worst.")
    said = repr(an.show_check(replace(check, problems=(*notes, worst))))
    assert said.count("This is the worst.") == 1
    assert said.rstrip().endswith("- ... and 1,301 more")


def test_check_escapes_what_strangers_wrote(tmp_path):
    (tmp_path / "<img src=x onerror=alert(1)>.txt").write_text(SINGLE, encoding="utf-8")
    shown = an.show_check(an.check_corpus(an.load(tmp_path)))._repr_html_()
    assert "<img" not in shown
    assert "&lt;img" in shown


def test_check_keeps_what_steers_a_terminal_out_of_it(tmp_path):
    (tmp_path / "a\x1b[2Jb.txt").write_text(SINGLE, encoding="utf-8")
    assert "\x1b" not in repr(an.show_check(an.check_corpus(an.load(tmp_path))))


def test_command_ends_with_1_only_where_something_could_not_be_read(folder, capsys):
    assert main(["check", str(folder)]) == 0
    (folder / "broken.json").write_text("{", encoding="utf-8")
    assert main(["check", str(folder)]) == 1
    said = capsys.readouterr().out
    assert "could not be read" in said
    assert "broken.json" in said


def test_command_new_writes_settings_that_load_accepts(folder, capsys):
    assert main(["new", str(folder)]) == 0
    written = (folder / "corpus.toml").read_text(encoding="utf-8")
    assert "[[pages]]" in written
    assert main(["check", str(folder)]) == 0
    assert main(["new", str(folder)]) == 2
    assert (folder / "corpus.toml").read_text(encoding="utf-8") == written
    assert "corpus.toml" in capsys.readouterr().err


def test_settings_are_checked_with_the_pages_that_they_speak_of(folder, capsys):
    path = folder / "corpus.toml"
    path.write_text('topic = "none"\n[[pages]]\nmatch = "nothing-*"\n', encoding="utf-8")
    assert main(["check", str(folder)]) == 0
    of_folder = capsys.readouterr().out
    assert main(["check", str(path)]) == 0
    first, _, rest = capsys.readouterr().out.partition("\n")
    assert first.startswith(f"{path} can be read: topic none, 1 rule for pages, 0 codebooks ")
    assert rest == of_folder and "'nothing-*' fits no page" in rest


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('topik = "none"', "Did you mean 'topic'?"),
        ('topic = "uk_migraton"', "Did you mean 'uk_migration'?"),
        (None, "corpus.toml: There is nothing here to read."),
    ],
)
def test_what_is_wrong_with_settings_is_said(folder, content, said, capsys):
    path = folder / "corpus.toml"
    if content:
        path.write_text(content, encoding="utf-8")
    assert main(["check", str(path)]) == 2
    assert said in capsys.readouterr().err


# The page view


def test_every_segment_is_shown_with_its_role_and_rule(folder):
    tables = an.extract(an.load(folder))
    shown = an.show_pages(tables)._repr_html_()
    solid = tables.segments[tables.segments["role"] != "blank"]
    assert shown.count('class="rule"') == len(solid)
    assert shown.count("<details ") == tables.segments["page"].nunique()
    for rule in solid["rule"]:
        assert f'title="{rule}"' in shown or "&" in rule or '"' in rule


def test_page_view_escapes_the_page(tmp_path):
    hostile = SINGLE + "\n<script>alert(1)</script> said the minister on Monday.\n"
    (tmp_path / "page.txt").write_text(hostile, encoding="utf-8")
    shown = an.show_pages(an.extract(an.load(tmp_path)))._repr_html_()
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown


def test_one_page_can_be_picked_and_the_rest_is_told(folder):
    tables = an.extract(an.load(folder))
    assert repr(an.show_pages(tables, page="single.txt")).startswith("single.txt: 1 article")
    assert "1 page more" in repr(an.show_pages(tables, most=1))
    with pytest.raises(UnknownNameError, match=r"single\.txt"):
        an.show_pages(tables, page="singel.txt")


@pytest.mark.parametrize("most", ["-3", "few"])
def test_check_names_no_negative_number_of_things(folder, most, capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["check", str(folder), "--most", most])
    assert f"'{most}' is not a whole number of 0 or more" in capsys.readouterr().err
