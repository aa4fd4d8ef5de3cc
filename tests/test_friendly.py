"""What a user sees of an object, and what is offered for a slip in a name."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path

import pandas as pd
import pytest
from made_study import write_pages

import analysis as an
from analysis.cli import main
from analysis.errors import UnknownNameError, WorkbookError, find_closest
from analysis.language.events import Event
from analysis.language.quotes import Quote
from analysis.progress import PROGRESS_FILE, read_progress, track

ROOT = Path(__file__).parents[1]
HOSTILE = "<img src=x onerror=alert(1)> & co"
EVENT = {
    "start": 10, "end": 40, "text": "They agreed <b>a plan</b> now.",
    "trigger": "agreed", "trigger_start": 15, "trigger_end": 21,
    "what": "agreed a plan", "instrument": "ferry plan", "actors": (), "status": "agreed",
    "modality": None, "negated": False, "date_text": None, "date_earliest": "2025-03-04",
    "date_latest": "2025-03-04", "date_basis": None, "voice": "narration", "quote_id": None,
}  # fmt: skip


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("friendly")
    write_pages(folder)
    settings = f'[[pages]]\nmatch = "herald*"\noutlet = "{HOSTILE}"\n'
    (folder / "corpus.toml").write_text(settings, encoding="utf-8")
    return an.load(folder)


@pytest.fixture(scope="module")
def tables(corpus):
    return an.extract(corpus)


# What is shown


def test_a_corpus_shows_outlets_and_days_and_escapes_their_names(corpus):
    assert repr(corpus).startswith("Corpus of 3 articles from 3 files, 1 outlets named")
    shown = corpus._repr_html_()
    assert "<img" not in shown
    assert "&lt;img src=x onerror=alert(1)&gt; &amp; co 2; no outlet 1" in shown
    assert "Published from 2025-03-04 to 2025-03-11." in shown


def test_tables_show_how_many_rows_each_has(tables):
    assert repr(tables).startswith("Tables: 3 pages")
    assert "<td>articles</td>" in tables._repr_html_()


def test_an_article_shows_what_is_known_of_it_and_never_its_text(corpus):
    (article,) = (each for each in corpus.articles if each.page == "herald-2025-03-04.txt")
    assert (
        repr(article) == f"Article('herald-2025-03-04.txt#0', {HOSTILE}, 2025-03-04, {article.words} words)"
    )
    shown = article._repr_html_()
    assert "<strong>Council agrees plan for harbour ferry</strong>" in shown
    assert "<img" not in shown
    assert "mayor" not in shown + repr(article)


def test_a_quote_shows_its_words_and_its_speaker():
    quote = Quote(3, 20, HOSTILE, "q1", "direct", True, speaker="Ana Ruiz", role="mayor", cue="said")
    assert repr(quote) == f"Quote('{HOSTILE}', Ana Ruiz, said; direct, 3 to 20)"
    assert quote._repr_html_() == (
        "<blockquote>&lt;img src=x onerror=alert(1)&gt; &amp; co</blockquote><p>Ana Ruiz, mayor</p>"
    )
    assert "speaker not stated" in repr(Quote(0, 1, "x", "q1", "direct", True))


def test_an_event_shows_its_status_and_day_and_marks_the_words_that_tell_it():
    event = Event(**EVENT)
    assert repr(event) == "Event(ferry plan, agreed, 2025-03-04: 'agreed a plan')"
    assert event._repr_html_() == (
        "<p><strong>ferry plan, agreed, 2025-03-04</strong></p>"
        "<p>They <mark>agreed</mark> &lt;b&gt;a plan&lt;/b&gt; now.</p>"
    )
    undated = Event(**EVENT | {"instrument": None, "date_earliest": None, "date_latest": None})
    assert repr(undated) == "Event(agreed, no date: 'agreed a plan')"


# What is offered


def test_the_closest_name_is_found_whatever_its_capitals():
    assert find_closest("THE GAURDIAN", ["The Times", "The Guardian"]) == "The Guardian"
    assert find_closest("xyzzy", ["The Times"]) is None


def test_slips_are_compared_in_one_place_only():
    users = [path.name for path in (ROOT / "analysis").rglob("*.py") if "difflib" in path.read_text("utf-8")]
    assert users == ["errors.py"]


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        (lambda t: t.select(outlets=["<img src=x onerror=alert(2)> & co"]), HOSTILE),
        (lambda t: an.show_table(t.articles, "Articles", columns=["headlines"]), "headline"),
        (lambda t: an.frame_shares(t, "policy_frame"), "policy_frames"),
        (lambda t: an.frame_shares(t, by="outlets"), "outlet"),
        (lambda t: an.show_contexts(t, frame="econmic"), "economic"),
        (lambda t: an.show_evidence(an.frame_evidence(t), {"frames": "economic"}), "frame"),
        (lambda t: an.Explorer(an.frame_evidence(t), dimensions=["frames"]), "frame"),
        (lambda t: an.load_codebook("policy_frame"), "policy_frames"),
        (lambda t: an.load("x", topic="uk_migratoin"), "uk_migration"),
    ],
)
def test_a_slip_in_a_name_is_told_with_what_was_meant(slip, meant, tables, tmp_path, monkeypatch):
    write_pages(tmp_path / "x")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnknownNameError) as caught:
        slip(tables)
    assert f"Did you mean '{meant}'?" in str(caught.value)


def test_a_value_that_no_evidence_has_is_told_with_the_closest(tables):
    view = an.show_evidence(an.frame_evidence(tables), {"frame": "econmic"})
    assert "Did you mean 'economic'?" in repr(view)
    assert "Did you mean" not in repr(an.show_evidence(an.frame_evidence(tables), {"frame": None}))


def test_a_table_or_a_public_name_that_does_not_exist_is_told_with_the_closest(tables):
    with pytest.raises(AttributeError, match=r"There is no table 'qoutes'\. Did you mean 'quotes'"):
        _ = tables.qoutes
    with pytest.raises(AttributeError, match="Did you mean 'extract'"):
        _ = an.extrct


def test_tables_are_copied_and_pickled_as_before(tables):
    for same in (copy.copy(tables), pickle.loads(pickle.dumps(tables))):
        pd.testing.assert_frame_equal(same.articles, tables.articles)


def test_a_setting_that_does_not_exist_is_told_with_the_closest(tmp_path):
    write_pages(tmp_path)
    (tmp_path / "corpus.toml").write_text('topics = ["none"]\n', encoding="utf-8")
    with pytest.raises(WorkbookError, match=r"'topics' is not a setting\. Did you mean 'topic'"):
        an.load(tmp_path)


@pytest.mark.parametrize(
    "command", [["check", "my-stduy"], ["report", "my-stduy"], ["extract", "my-stduy", "--out", "out"]]
)
def test_a_slip_in_a_path_is_told_with_what_is_there(command, tmp_path, monkeypatch, capsys):
    write_pages(tmp_path / "my-study")
    monkeypatch.chdir(tmp_path)
    assert main(command) == 2
    assert "Did you mean 'my-study'?" in capsys.readouterr().err


def test_a_slip_in_a_notebook_s_path_is_told_with_what_is_there(capsys):
    assert main(["export", str(ROOT / "notebooks" / "00-starthere.ipynb")]) == 2
    assert "Did you mean '00-start-here.ipynb'?" in capsys.readouterr().err


# How far work is


def test_long_comparisons_tell_how_far_they_are(tables):
    told = []
    an.find_keyness_of_each(tables, off_topic=True, permutations=99, progress=lambda *step: told.append(step))
    an.find_stories(tables, progress=lambda *step: told.append(step))
    assert all(0 <= done <= total for _, done, total in told)
    assert ("Comparing articles", 0) in {(what, done) for what, done, _ in told}


def test_a_notebook_that_a_report_runs_notes_how_far_it_is_and_draws_nothing(tmp_path, monkeypatch, capsys):
    noted = tmp_path / "progress.json"
    assert read_progress(noted) == ""
    monkeypatch.setenv(PROGRESS_FILE, str(noted))
    progress = an.show_progress()
    progress("Counting", 1, 2_000)
    assert read_progress(noted) == "Counting, 1 of 2,000"
    progress("Counting", 2_000, 2_000)
    assert read_progress(noted) == ""
    assert list(track("abc", "Counting", progress)) == ["a", "b", "c"]
    noted.write_text("[", encoding="utf-8")
    assert read_progress(noted) == ""
    assert capsys.readouterr() == ("", "")
