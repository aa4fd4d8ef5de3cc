"""Corpus to tables: the contract, evidence spans, topics, actors, events across articles; and the store."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import analysis as an
from analysis import store
from analysis.errors import OutputError, TextMismatchError, UnknownNameError
from analysis.extraction import merge_actors
from analysis.schema import TABLES, find_faults

SEEDS = Path(__file__).parents[1] / "seeds"


@pytest.fixture(scope="module")
def corpus() -> an.Corpus:
    return an.load(SEEDS)


@pytest.fixture(scope="module")
def tables(corpus) -> an.Tables:
    return an.extract(corpus)


@pytest.fixture
def own_cache(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("FRAMELINES_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def small(tmp_path):
    """A corpus of one short page, or of the text given."""

    def make(text: str = "It rained on Friday.\n'We will wait,' Ana Ruiz said.", **options) -> an.Corpus:
        (tmp_path / "pages").mkdir(exist_ok=True)
        (tmp_path / "pages" / "a.txt").write_text(text, encoding="utf-8")
        return an.load(tmp_path / "pages", **options)

    return make


# The contract


def test_every_table_keeps_the_contract_and_every_span_is_its_text(tables):
    for name, frame in tables.items():
        assert find_faults(name, frame) == []
    assert tables.find_loose_spans() == []
    assert an.check_tables(tables).startswith("All 15 tables keep their contract; all ")


@pytest.mark.parametrize("words", ["text", "speaker_text", "cue"])
def test_a_span_that_slips_is_found(tables, words):
    quotes = tables.quotes.copy()
    quotes.loc[quotes[words].last_valid_index(), words] = "something else"
    with pytest.raises(TextMismatchError, match="the first: quotes: "):
        an.check_tables(type(tables)(**{**dict(tables.items()), "quotes": quotes}))


def test_no_table_of_the_seeds_is_empty_but_problems_and_reuse(tables):
    empty = {name for name, frame in tables.items() if frame.empty}
    assert empty <= {"problems", "reuse"}


def test_intervals_have_both_ends_or_none(tables):
    for name, column in [("articles", "published"), ("events", "date"), ("figures", "as_of"), ("dates", "")]:
        prefix = f"{column}_" if column else ""
        frame = getattr(tables, name)
        first, last = frame[f"{prefix}earliest"], frame[f"{prefix}latest"]
        assert (first.isna() == last.isna()).all()
        assert (first.dropna() <= last.dropna()).all()


def test_ids_point_to_rows_that_exist(tables):
    articles = set(tables.articles["article_id"])
    for _, frame in tables.items():
        if "article_id" in frame:
            assert set(frame["article_id"].dropna()) <= articles
    quotes = set(tables.quotes["quote_id"])
    numbers = {name.removeprefix(f"{article}:") for article, name in
               zip(tables.quotes["article_id"], tables.quotes["quote_id"], strict=True)}  # fmt: skip
    assert all(re.fullmatch(r"h?q\d+", number) for number in numbers)
    for name in ("frames", "terms", "figures", "events"):
        assert set(getattr(tables, name)["quote_id"].dropna()) <= quotes
    actors = set(tables.actors["actor_id"])
    assert set(tables.mentions["actor_id"]) == actors
    assert set(tables.quotes["actor_id"].dropna()) <= actors


def test_actor_counts_are_the_mentions_counted(tables):
    counted = tables.mentions["actor_id"].value_counts()
    assert dict(zip(tables.actors["actor_id"], tables.actors["mentions"], strict=True)) == counted.to_dict()


# Topics and events


def test_pack_of_the_seeds_applies_to_the_articles_on_migration(tables):
    topical = set(tables.articles.loc[tables.articles["on_topic"].fillna(False), "article_id"].str[:3])
    assert topical == {"000", "001", "002", "003", "004"}
    assert tables.topic == ("uk_migration",)
    assert "policy_frames" in dict(tables.codebooks)
    assert not tables.articles.set_index("article_id").loc["001_ee4847ebff879ed1.txt#1", "on_topic"]
    on_topic = tables.articles.set_index("article_id")["on_topic"].fillna(False)
    assert tables.events["article_id"].map(on_topic).all()


def test_without_a_pack_there_are_no_events_and_a_note_says_why(small, own_cache):
    found = an.extract(small())
    assert found.events.empty
    assert found.topic == ()
    (note,) = found.problems.to_dict("records")
    assert "--topic none" in note["todo"]


def test_topic_none_finds_events_of_any_subject(small, own_cache):
    found = an.extract(small("The council closed the bridge on 3 May 2024.", topic="none"))
    (event,) = found.events.to_dict("records")
    assert (event["trigger"], event["date_earliest"], event["date_latest"]) == (
        "closed",
        "2024-05-03",
        "2024-05-03",
    )
    assert pd.isna(event["instrument"])


def test_two_tellings_of_one_dated_event_share_its_id(tmp_path, own_cache):
    told = "The Home Secretary signed a returns agreement with Vietnam on 3 May 2024, the Home Office said."
    rows = [{"id": name, "text": f"{told} Asylum seekers and migrants are affected."} for name in "ab"]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    events = an.extract(an.load(path, topic=("uk_migration",))).events.dropna(subset=["date_earliest"])
    assert set(events["article_id"]) == {"a", "b"}
    assert events.groupby(["start", "trigger_start"])["event_id"].nunique().eq(1).all()


def test_merged_actor_takes_the_role_given_most_often():
    def mention(role: str | None) -> dict:
        return {
            "actor_id": "person:ana",
            "name": "Ana",
            "kind": "person",
            "role": role,
            "party": None,
            "country": None,
        }

    (actor,) = merge_actors([mention("mayor"), mention(None), mention("minister"), mention("minister")])
    assert (actor["role"], actor["mentions"], actor["party"]) == ("minister", 4, None)


# Selection


def test_selection_keeps_articles_and_what_belongs_to_them(tables):
    some = tables.select(outlets=["GB News"], end="2024-12-31")
    assert len(some.articles) == 6
    assert set(some.frames["article_id"]) <= set(some.articles["article_id"])
    assert set(some.actors["actor_id"]) == set(some.mentions["actor_id"])
    assert len(some.pages) == len(tables.pages)


def test_selection_by_date_keeps_what_the_interval_reaches(tables):
    later = tables.select(start="2025-06-01").articles
    assert (later["published_latest"] >= "2025-06-01").all()
    assert tables.select(start="2031-01-01").articles.empty


def test_unknown_outlet_names_the_closest(tables):
    with pytest.raises(UnknownNameError, match="Did you mean 'Telegraph'"):
        tables.select(outlets=["Telegraf"])


@pytest.mark.parametrize("day", ["2025-6-1", "01/06/2025", "2025", "2025-06-31"])
@pytest.mark.parametrize("end", ["start", "end"])
def test_a_day_in_another_form_is_refused_and_selects_nothing(tables, end, day):
    with pytest.raises(
        UnknownNameError, match=f"{end}: '{day}' is not a day.\nDays are written as YYYY-MM-DD"
    ):
        tables.select(**{end: day})


# The store


@pytest.mark.parametrize("format", store.FORMATS)
def test_tables_are_written_one_file_each_and_read_back_the_same(tables, tmp_path, format):
    files = an.write_tables(tables, tmp_path / "out", format=format)
    assert [file.stem for file in files] == list(TABLES)
    quotes = tmp_path / "out" / f"quotes.{format}"
    if format == "parquet":
        texts = pd.read_parquet(quotes)["text"]
    elif format == "csv":
        texts = pd.read_csv(quotes, keep_default_na=False)["text"]
    else:
        rows = [json.loads(line) for line in quotes.read_text(encoding="utf-8").splitlines()]
        assert list(rows[0])[: len(TABLES["quotes"].names)] == TABLES["quotes"].names
        assert not any(value == "" or value != value for row in rows for value in row.values())
        texts = [row["text"] for row in rows]
    assert list(texts) == list(tables.quotes["text"])


def test_empty_tables_are_written_too(small, own_cache, tmp_path):
    an.write_tables(an.extract(small()), tmp_path / "out", format="jsonl")
    assert (tmp_path / "out" / "events.jsonl").read_text(encoding="utf-8") == ""


def test_folder_is_replaced_as_a_whole_but_only_if_we_wrote_it(tables, tmp_path):
    out = tmp_path / "out"
    an.write_tables(tables, out, format="csv")
    an.write_tables(tables, out, format="jsonl")
    assert {path.suffix for path in out.iterdir() if not path.name.startswith(".")} == {".jsonl"}
    strange = tmp_path / "strange"
    strange.mkdir()
    (strange / "thesis.docx").write_bytes(b"x")
    with pytest.raises(OutputError, match="did not write"):
        an.write_tables(tables, strange)
    assert (strange / "thesis.docx").exists()


def test_cached_tables_are_the_same_and_follow_the_input(small, own_cache):
    first = an.extract(small())
    assert store.is_cached(small())
    again = an.extract(small())
    for (name, one), (_, other) in zip(first.items(), again.items(), strict=True):
        pd.testing.assert_frame_equal(one, other, obj=name)
    assert again.codebooks == first.codebooks == again.select(on_topic=True).codebooks != ()
    assert not store.is_cached(small("It snowed on Friday, and nobody minded."))
    assert not store.is_cached(small(topic="none"))


def test_a_write_that_fails_halfway_leaves_the_old_tables_and_nothing_else(tables, tmp_path):
    out = tmp_path / "out"
    an.write_tables(tables, out, format="csv")
    before = sorted(path.name for path in out.iterdir())
    broken = replace(tables, quotes=tables.quotes.assign(text=b"\xff"))
    with pytest.raises(TypeError):
        an.write_tables(broken, out, format="jsonl")
    assert sorted(path.name for path in out.iterdir()) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_tables_can_be_written_into_the_folder_one_stands_in(tables, tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    an.write_tables(tables, ".", format="csv")
    assert (tmp_path / "here" / "quotes.csv").is_file()


def test_warm_start_imports_nothing_heavy(tables, corpus):
    code = (
        "import sys, analysis as an; c = an.load(sys.argv[1]); t = an.extract(c); "
        "assert len(t.articles) == 20; "
        "heavy = {'spacy', 'dask', 'distributed', 'duckdb'} & set(sys.modules); assert not heavy, heavy"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(SEEDS)], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_formats_own_marks_do_not_become_columns(tmp_path):
    body = "<p>The minister said on Monday that the courts would hear the claims within a month.</p>" * 6
    page = f"<html><title>Courts get a month</title><body><article>{body}</article></body></html>"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    tables = an.extract(an.load(tmp_path))
    for name in ("pages", "segments", "articles"):
        assert list(getattr(tables, name)) == TABLES[name].names
