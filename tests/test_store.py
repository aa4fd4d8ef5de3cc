"""The store: what is kept is used again, what changed is made, and damage is found and mended."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from made_archive import assert_same, extract_apart, list_kept, write_archive

import analysis as an
from analysis.errors import QueryError, StoreError, StoreWarning
from analysis.language.model_parts import ModelParts
from analysis.schema import TABLES
from analysis.store import Store, ask, is_cached, open_corpus, open_files
from analysis.store.locking import hold_lock
from analysis.store.partitions import write_partition

CODEBOOK = """
name = "weather"
version = "{version}"

[[category]]
name = "rain"
definition = "Rain."

[category.entries.rain]
patterns = ["{word}"]
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    return write_archive(tmp_path_factory.mktemp("archive"), 40)


@pytest.fixture(scope="module")
def undisturbed(archive, tmp_path_factory) -> an.Tables:
    return extract_apart(archive, tmp_path_factory.mktemp("undisturbed"))


# Reruns


def test_tables_from_the_store_are_those_that_were_made(archive, undisturbed, cache):
    assert not is_cached(an.load(archive))
    assert_same(an.extract(an.load(archive)), undisturbed)
    assert is_cached(an.load(archive))
    assert_same(an.extract(an.load(archive)), undisturbed)


def test_one_page_added_is_one_page_made(archive, cache, tmp_path):
    pages = write_archive(tmp_path / "pages", 40)
    an.extract(an.load(pages))
    before = list_kept(cache)
    (pages / "page-9999.txt").write_text(
        "A night in Corwick\n\nIt rained on Friday, and nobody came.\n", encoding="utf-8"
    )
    tables = an.extract(an.load(pages))
    (new,) = list_kept(cache) - before
    assert len(json.loads((new / "partition.json").read_text(encoding="utf-8"))["units"]) == 1
    assert len(tables.articles) == 41


def test_a_page_taken_away_takes_its_rows_with_it(undisturbed, cache, tmp_path):
    pages = write_archive(tmp_path / "pages", 41)
    an.extract(an.load(pages))
    before = list_kept(cache)
    (pages / "page-0040.txt").unlink()
    tables = an.extract(an.load(pages))
    assert list_kept(cache) == before
    assert_same(tables, undisturbed)
    corpus = an.load(pages)
    assert len(ask(open_corpus(corpus), "select distinct article_id from quotes")) == 40


def test_a_store_without_its_manifest_is_read_from_its_partitions(archive, undisturbed, cache):
    an.extract(an.load(archive))
    (cache / "manifest.json").unlink()
    before = list_kept(cache)
    assert is_cached(an.load(archive))
    assert_same(an.extract(an.load(archive)), undisturbed)
    assert list_kept(cache) == before


def test_nothing_of_a_store_is_pickled(archive, cache):
    an.extract(an.load(archive))
    assert {path.suffix for path in cache.rglob("*") if path.is_file()} == {".json", ".parquet"}


def test_what_nobody_has_read_for_long_is_taken_away(archive, undisturbed, cache, tmp_path):
    an.extract(an.load(archive))
    old, long_ago = list_kept(cache), time.time() - 61 * 24 * 3600
    for folder in (*old, *(cache / "corpora").iterdir()):
        os.utime(folder, (long_ago, long_ago))
    (tmp_path / "rain.txt").write_text("A night in Corwick\n\nIt rained on Friday.\n", encoding="utf-8")
    an.extract(an.load(tmp_path / "rain.txt"))
    assert not list_kept(cache) & old
    assert len(list_kept(cache)) == len(list((cache / "corpora").iterdir())) == 1
    assert_same(an.extract(an.load(archive)), undisturbed)


def test_what_is_read_stays(archive, cache):
    an.extract(an.load(archive))
    long_ago = time.time() - 61 * 24 * 3600
    for folder in (*list_kept(cache), *(cache / "corpora").iterdir()):
        os.utime(folder, (long_ago, long_ago))
    an.extract(an.load(archive))
    times = [folder.stat().st_mtime for folder in (*list_kept(cache), *(cache / "corpora").iterdir())]
    assert len(times) == 3
    assert min(times) > time.time() - 3600


# Damage


@pytest.mark.parametrize("place", ["articles", "corpora"])
@pytest.mark.parametrize(
    "damage", ["truncated", "flipped bits", "missing table", "no partition.json", "wrong json"]
)
def test_a_damaged_partition_is_found_and_made_again(archive, undisturbed, cache, place, damage):
    an.extract(an.load(archive))
    folder = sorted((cache / place).glob("[!.]*"))[0]
    table = folder / ("quotes.parquet" if place == "articles" else "articles.parquet")
    about = folder / "partition.json"
    if damage == "truncated":
        table.write_bytes(table.read_bytes()[:100])
    elif damage == "flipped bits":
        content = bytearray(table.read_bytes())
        content[len(content) // 2] ^= 0x55
        table.write_bytes(content)
    elif damage == "missing table":
        table.unlink()
    elif damage == "no partition.json":
        about.unlink()
        (cache / "manifest.json").unlink()
    else:
        about.write_text("[]", encoding="utf-8")
        (cache / "manifest.json").unlink()
    if place == "articles":
        with pytest.warns(StoreWarning, match="made again"):
            tables = an.extract(an.load(archive))
    else:
        tables = an.extract(an.load(archive))
    assert_same(tables, undisturbed)
    assert is_cached(an.load(archive))
    assert_same(an.extract(an.load(archive)), undisturbed)


def test_a_process_may_end_as_soon_as_a_table_is_read(tmp_path):
    """Threads that wait for an interpreter which is ending abort the process, in one of two ends or so."""
    wide = pa.table({f"column {n}": [f"{n * row}" for row in range(3000)] for n in range(40)})
    folder = tmp_path / write_partition(tmp_path, ["unit"], {"wide": wide}).name
    code = (
        "from pathlib import Path\n"
        "from analysis.store.partitions import read_about, read_table\n"
        f"folder = Path({str(folder)!r})\n"
        "table = read_table(folder.parent, read_about(folder), 'wide')"
    )
    for _ in range(8):
        ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
        assert (ended.returncode, ended.stderr) == (0, b"")


def test_many_damaged_partitions_are_all_made_again(archive, undisturbed, cache, monkeypatch):
    monkeypatch.setattr("analysis.store.filling.FEW", 5)
    an.extract(an.load(archive))
    assert len(list_kept(cache)) == 8
    for part in list_kept(cache):
        (part / "frames.parquet").write_bytes(b"nothing")
    with pytest.warns(StoreWarning, match="made again"):
        assert_same(an.extract(an.load(archive)), undisturbed)
    assert_same(an.extract(an.load(archive)), undisturbed)


def test_a_store_of_a_newer_version_is_refused_with_the_way_out(archive, cache):
    cache.mkdir()
    (cache / "store.json").write_text('{"format": 99, "framelines": "9.0"}', encoding="utf-8")
    with pytest.raises(StoreError, match=r"newer Framelines \(9\.0\)[\s\S]*FRAMELINES_CACHE"):
        an.extract(an.load(archive))


def test_a_store_that_cannot_be_understood_says_which_file(cache):
    cache.mkdir()
    (cache / "store.json").write_text("{", encoding="utf-8")
    with pytest.raises(StoreError, match=r"store\.json"):
        Store(cache)


# Two at once


def test_two_runs_at_once_leave_the_store_whole(archive, undisturbed, cache):
    corpus = an.load(archive)
    with ThreadPoolExecutor(2) as pool:
        for tables in pool.map(lambda _: an.extract(corpus, fresh=True), range(2)):
            assert_same(tables, undisturbed)
    assert_same(an.extract(corpus), undisturbed)
    assert not list(cache.rglob(".draft-*"))


def test_a_lock_whose_owner_has_ended_is_taken_over(tmp_path):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    lock = tmp_path / "lock"
    owner = {"host": socket.gethostname(), "process": ended.pid, "since": time.time()}
    lock.write_text(json.dumps(owner), encoding="utf-8")
    with pytest.warns(StoreWarning, match=f"process {ended.pid} .* taken over"), hold_lock(lock):
        assert json.loads(lock.read_text(encoding="utf-8"))["process"] == os.getpid()
    assert not lock.exists()


@pytest.mark.parametrize("content", ["", "{", "[]"])
def test_a_lock_that_says_nothing_is_taken_over_when_it_is_old(tmp_path, content):
    lock = tmp_path / "lock"
    lock.write_text(content, encoding="utf-8")
    os.utime(lock, (1e9, 1e9))
    with pytest.warns(StoreWarning, match="unknown process"), hold_lock(lock):
        pass


def test_a_lock_that_somebody_holds_is_waited_for(tmp_path):
    lock = tmp_path / "lock"
    told = pytest.raises(TimeoutError, match=f"process {os.getpid()} on")
    with hold_lock(lock), told, hold_lock(lock, patience=0.2):
        pytest.fail("two held one lock")


# What cannot be written


def test_a_store_that_cannot_be_written_costs_no_result(archive, undisturbed, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("FRAMELINES_CACHE", str(tmp_path / "file"))
    with pytest.warns(StoreWarning, match="results cannot be kept"):
        assert_same(an.extract(an.load(archive)), undisturbed)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc takes no files")
def test_a_read_only_store_costs_no_result(archive, undisturbed, monkeypatch):
    monkeypatch.setenv("FRAMELINES_CACHE", "/proc/framelines")
    with pytest.warns(StoreWarning, match="results cannot be kept"):
        assert_same(an.extract(an.load(archive)), undisturbed)


# SQL


def test_views_of_the_store_are_the_tables(archive, undisturbed, cache):
    corpus = an.load(archive)
    an.extract(corpus)
    connection = open_corpus(corpus)
    for name, frame in undisturbed.items():
        columns = ", ".join(f'"{column}"' for column in TABLES[name].names)
        found = ask(connection, f"select {columns} from {name}")
        assert len(found) == len(frame), name
        texts = [column.name for column in TABLES[name].columns if column.type in ("string", "enum", "date")]
        expected = frame[texts].astype(object).where(frame[texts].notna(), None)
        found = found[texts].astype(object).where(found[texts].notna(), None)
        assert sorted(map(str, found.values.tolist())) == sorted(map(str, expected.values.tolist())), name


@pytest.mark.parametrize("form", ["parquet", "jsonl", "csv"])
def test_written_tables_answer_the_same_questions(undisturbed, tmp_path, form):
    an.write_tables(undisturbed, tmp_path / "out", format=form)
    query = "select speaker, count(*) as n from quotes group by 1 order by 2 desc, 1"
    found = ask(open_files(tmp_path / "out"), query)
    expected = undisturbed.quotes.groupby("speaker").size()
    assert dict(zip(found["speaker"], found["n"], strict=True)) == expected.to_dict()


@pytest.mark.parametrize(
    "query",
    [
        "select * from read_csv('/etc/hostname')",
        "select * from read_text('https://example.org/')",
        "install httpfs",
        "attach 'other.db'",
        "copy (select 1) to 'leak.csv'",
        "set enable_external_access = true",
    ],
)
def test_a_query_reads_the_tables_and_nothing_else(undisturbed, tmp_path, query):
    an.write_tables(undisturbed, tmp_path / "out")
    with pytest.raises(QueryError):
        ask(open_files(tmp_path / "out"), query)
    assert not Path("leak.csv").exists()


def test_a_question_that_cannot_be_answered_says_why(undisturbed, tmp_path):
    an.write_tables(undisturbed, tmp_path / "out")
    with pytest.raises(QueryError, match=r"speekers[\s\S]*pages, problems"):
        ask(open_files(tmp_path / "out"), "select speekers from quotes")


def test_a_folder_without_tables_is_named(tmp_path):
    with pytest.raises(StoreError, match="no tables here"):
        open_files(tmp_path)


def test_a_corpus_that_is_not_in_the_store_is_said_to_be_missing(archive, cache):
    with pytest.raises(StoreError, match="does not hold"):
        open_corpus(an.load(archive))


@pytest.fixture
def parsed(monkeypatch) -> list[int]:
    """How many texts the model was asked about, each time that it was asked."""
    asked, ask_model = [], ModelParts.__call__

    def count(parts: ModelParts, docs: list) -> None:
        asked.append(len(docs))
        ask_model(parts, docs)

    monkeypatch.setattr(ModelParts, "__call__", count)
    return asked


def test_a_codebook_entry_changed_parses_nothing_again(cache, tmp_path, parsed):
    pages = write_archive(tmp_path / "pages", 3)
    (pages / "corpus.toml").write_text('codebooks = ["weather.toml"]\n', encoding="utf-8")
    book = pages / "weather.toml"
    book.write_text(CODEBOOK.format(version="1", word="hotel"), encoding="utf-8")
    first = an.extract(an.load(pages))
    assert sum(parsed) == 6  # a text and a headline a page
    book.write_text(CODEBOOK.format(version="2", word="asylum"), encoding="utf-8")
    second = an.extract(an.load(pages))
    assert sum(parsed) == 6
    own = [tables.frames[tables.frames["codebook"] == "weather"] for tables in (first, second)]
    assert set(own[0]["text"].str.lower()) == {"hotel"}
    assert set(own[1]["text"].str.lower()) == {"asylum"}
    for name in ("quotes", "figures", "events"):
        pd.testing.assert_frame_equal(getattr(first, name), getattr(second, name))
    assert_same(an.extract(an.load(pages), fresh=True), second)
    assert sum(parsed) == 12


def test_a_parse_that_is_damaged_is_made_again(archive, undisturbed, cache, parsed):
    an.extract(an.load(archive))
    for part in list_kept(cache):
        (part / "parses.parquet").write_bytes(b"nothing")
    before = sum(parsed)
    # With every subject, the articles' tables rest on something else.
    an.extract(an.load(archive, topic="none"))
    assert sum(parsed) == 2 * before
    assert_same(an.extract(an.load(archive)), undisturbed)
