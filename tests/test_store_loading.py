"""What is loaded through the store is what is loaded without it, and only what has changed is read."""

from __future__ import annotations

import json
import os
import time
import zipfile
from pathlib import Path

import pytest
from made_archive import write_archive
from upath import UPath

import analysis as an
from analysis.corpus import Corpus, load_corpus
from analysis.engine import DaskEngine
from analysis.errors import CorpusEmptyError, CorpusError, CorpusFormatError, StoreWarning
from analysis.store import loading

FURNITURE = "Read the paper of the valley every day"
FIELDS = ("segments", "articles", "problems", "topic", "files", "codebooks", "fingerprint")


@pytest.fixture
def pages(tmp_path) -> Path:
    folder = write_archive(tmp_path / "pages", 12)
    for number in (0, 1, 2, 3):
        add_line(folder / f"page-{number:04}.txt", FURNITURE)
    settle(folder)
    return folder


def add_line(page: Path, line: str) -> None:
    page.write_text(page.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")


def settle(folder: Path) -> None:
    """Make the files an hour old: one that was changed just now is not trusted to be the same."""
    long_ago = time.time() - 3600
    for path in folder.rglob("*"):
        os.utime(path, (long_ago, long_ago))


def assert_same(one: Corpus, other: Corpus) -> None:
    for name in FIELDS:
        mine, theirs = getattr(one, name), getattr(other, name)
        assert mine == theirs if isinstance(mine, str) else list(mine) == list(theirs), name
    described = [
        [(each.layout, each.language, vars(each.page)["text"]) for each in c.pages] for c in (one, other)
    ]
    assert described[0] == described[1]
    assert {name: list(found) for name, found in one.matches.items()} == {
        name: list(found) for name, found in other.matches.items()
    }


def list_read(cache: Path) -> dict[str, int]:
    """The partitions of loaded files, each with the number of files in it."""
    abouts = (json.loads(path.read_text(encoding="utf-8")) for path in cache.glob("pages/*/partition.json"))
    return {about["name"]: len(about["units"]) for about in abouts if "articles" in about["files"]}


def load_again(pages: Path, cache: Path) -> int:
    """Load, compare with loading without a store, and say how many files were read."""
    before = list_read(cache)
    assert_same(an.load(pages), load_corpus(pages))
    return sum(size for name, size in list_read(cache).items() if name not in before)


def test_an_input_that_has_not_changed_is_not_read_again(pages, cache, monkeypatch):
    assert load_again(pages, cache) == 12
    monkeypatch.setattr(loading, "hash_file", lambda path: pytest.fail(f"{path} is read"))
    assert load_again(pages, cache) == 0
    with pytest.raises(pytest.fail.Exception, match="is read"):
        (pages / "page-0000.txt").touch()
        an.load(pages)


def test_files_that_were_written_just_now_are_compared_by_their_bytes(pages, cache):
    page = pages / "page-0005.txt"
    page.touch()
    assert load_again(pages, cache) == 12
    stat = page.stat()
    page.write_text(page.read_text(encoding="utf-8").replace("home", "back"), encoding="utf-8")
    os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert load_again(pages, cache) == 1


def test_one_page_more_is_one_page_read(pages, cache):
    load_again(pages, cache)
    (pages / "rain.txt").write_text(
        "A night in Corwick\n\nIt rained on Friday, and nobody came.\n", encoding="utf-8"
    )
    assert load_again(pages, cache) == 1
    (pages / "rain.txt").unlink()
    assert load_again(pages, cache) == 0


def test_a_page_that_teaches_a_rule_has_those_read_that_feel_it(pages, cache):
    for number in (5, 6):
        add_line(pages / f"page-{number:04}.txt", "Zorp zap")
    load_again(pages, cache)
    assert not any("Zorp" in str(s.segment.rule) for s in an.load(pages).segments)
    (pages / "rain.txt").write_text(
        "It rained on Friday, and nobody came to the pier.\n\nZorp zap\n", encoding="utf-8"
    )
    assert load_again(pages, cache) == 3


def test_rules_count_the_pages_of_the_corpus_as_it_is(pages, cache):
    load_again(pages, cache)
    (pages / "rain.txt").write_text(
        f"It rained on Friday, and nobody came to the pier.\n\n{FURNITURE}\n", encoding="utf-8"
    )
    assert load_again(pages, cache) == 1
    rules = {placed.segment.rule for placed in an.load(pages).segments if "repeated" in placed.segment.rule}
    assert rules == {"repeated on 5 of 13 pages"}


def test_a_rule_of_the_user_has_the_pages_read_that_it_fits(pages, cache):
    load_again(pages, cache)
    (pages / "corpus.toml").write_text(
        '[[pages]]\nmatch = "page-000[12].txt"\noutlet = "The Valley"\n', encoding="utf-8"
    )
    assert load_again(pages, cache) == 2
    (pages / "corpus.toml").write_text(
        '[[pages]]\nmatch = "page-000[45].txt"\nexclude = true\n', encoding="utf-8"
    )
    assert load_again(pages, cache) == 0
    assert len(an.load(pages).articles) == 10


def test_a_page_without_a_date_is_read_again_on_another_day(pages, cache, monkeypatch):
    import datetime

    (pages / "rain.txt").write_text(
        "A night in Corwick\n\nIt rained, and nobody came to the old pier.\n", encoding="utf-8"
    )
    (pages / "corpus.toml").write_text(
        '[[pages]]\nmatch = "page-*"\npublished = "2025-06-03"\n', encoding="utf-8"
    )
    settle(pages)
    load_again(pages, cache)

    class Tomorrow(datetime.date):
        @classmethod
        def today(cls) -> datetime.date:
            return datetime.date.fromordinal(datetime.datetime.now().toordinal() + 1)

    monkeypatch.setattr(datetime, "date", Tomorrow)
    assert load_again(pages, cache) == 1


def test_ids_that_two_files_give_are_told_apart(pages, cache):
    for name in ("a", "b"):
        row = {"id": "one", "text": f"The council of {name} met on Friday, and said nothing of the pier."}
        (pages / f"{name}.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    settle(pages)
    for read in (14, 0):
        assert load_again(pages, cache) == read
        corpus = an.load(pages)
        assert {article.article_id for article in corpus.articles} >= {"one", "one~2"}
    assert an.extract(corpus).find_loose_spans() == []


def test_an_archive_is_one_file_whose_pages_feel_their_rules(pages, cache):
    with zipfile.ZipFile(pages / "more.zip", "w") as packed:
        packed.write(pages / "page-0000.txt", "inner/one.txt")
        packed.write(pages / "page-0005.txt", "inner/two.txt")
    assert load_again(pages, cache) == 13
    (pages / "corpus.toml").write_text(
        '[[pages]]\nmatch = "more.zip!inner/two.txt"\nexclude = true\n', encoding="utf-8"
    )
    assert load_again(pages, cache) == 1
    # A zip file that is named as text is read each time: no rule for what is in it can be asked beforehand.
    (pages / "more.zip").rename(pages / "more.txt")
    assert load_again(pages, cache) == 0


def test_a_file_that_cannot_be_read_is_told_each_time(pages, cache):
    (pages / "broken.html").write_bytes(b"")
    for _ in range(2):
        load_again(pages, cache)
        assert [problem.page for problem in an.load(pages).unread] == ["broken.html"]


def test_topics_are_kept_apart(pages, cache):
    for topic in ("auto", "none", "auto"):
        assert_same(an.load(pages, topic=topic), load_corpus(pages, topic=topic))


def test_nothing_to_read_is_said_as_it_is_without_a_store(tmp_path, cache):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "picture.png").write_bytes(b"\x89PNG")
    for _ in range(2):
        with pytest.raises(CorpusEmptyError, match="Nothing here could be read"):
            an.load(tmp_path / "pages")


@pytest.mark.parametrize("table", ["marks", "articles", "segments", "matches", "readings"])
@pytest.mark.parametrize("damage", ["cut", "flip", "remove"])
def test_a_damaged_table_is_made_again(pages, cache, table, damage):
    an.load(pages)
    for path in cache.glob(f"pages/*/{table}.parquet"):
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        if damage == "remove":
            path.unlink()
        else:
            path.write_bytes(content[: len(content) // 2] if damage == "cut" else content)
    if table in ("marks", "readings"):
        # These are not asked for where nothing has changed.
        (pages / "page-0000.txt").touch()
    with pytest.warns(StoreWarning, match="made again"):
        assert_same(an.load(pages), load_corpus(pages))
    assert load_again(pages, cache) == 0


def test_a_store_that_cannot_be_written_costs_no_page(pages, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("FRAMELINES_CACHE", str(tmp_path / "file"))
    with pytest.warns(StoreWarning, match="cannot be kept"):
        assert_same(an.load(pages), load_corpus(pages))


def test_two_workers_load_what_one_process_loads(pages, cache, two: DaskEngine):
    assert_same(an.load(pages, engine=two), load_corpus(pages))
    assert sum(list_read(cache).values()) == 12


@pytest.fixture(params=["file", "memory"])
def elsewhere(request, pages, tmp_path) -> Path:
    """A folder whose corpus.toml says that the pages stand at a URL."""
    url = pages.as_uri() if request.param == "file" else f"memory://{tmp_path.name}"
    if request.param == "memory":
        for path in pages.rglob("*.txt"):
            (UPath(url) / path.relative_to(pages).as_posix()).write_bytes(path.read_bytes())
    study = tmp_path / "study"
    study.mkdir()
    (study / "corpus.toml").write_text(f'pages_at = "{url}"\n', encoding="utf-8")
    return study


def test_pages_at_a_url_give_what_they_give_in_a_folder(elsewhere, pages, cache):
    assert_same(an.load(elsewhere), an.load(pages))
    assert_same(load_corpus(elsewhere), an.load(pages))


def test_a_page_more_at_a_url_is_found(elsewhere, pages, cache):
    first = an.load(elsewhere)
    url = UPath((elsewhere / "corpus.toml").read_text(encoding="utf-8").split('"')[1])
    (url / "rain.txt").write_text(
        "A night in Corwick\n\nIt rained on Friday, the council said.\n", encoding="utf-8"
    )
    assert len(an.load(elsewhere).articles) == len(first.articles) + 1


def test_workers_read_pages_at_a_url(pages, tmp_path, cache, two: DaskEngine):
    study = tmp_path / "study"
    study.mkdir()
    (study / "corpus.toml").write_text(f'pages_at = "{pages.as_uri()}"\n', encoding="utf-8")
    assert_same(an.load(study, engine=two), load_corpus(pages))


def test_another_folder_is_given_from_the_corpus_on(pages, tmp_path, cache):
    study = tmp_path / "study"
    study.mkdir()
    (study / "corpus.toml").write_text('pages_at = "../pages"\n', encoding="utf-8")
    assert_same(an.load(study), an.load(pages))


def test_pages_beside_a_corpus_whose_pages_stand_elsewhere_are_told(elsewhere, cache):
    (elsewhere / "here.txt").write_text("Some page of a valley.", encoding="utf-8")
    (problem,) = [problem for problem in an.load(elsewhere).problems if problem.page == "here.txt"]
    assert problem.severity == "warning"
    assert "stand elsewhere" in problem.what


@pytest.mark.parametrize(
    "place", ["nowhere://bucket/pages", "memory://empty-place", "s3://", "../gone", "zip://x"]
)
def test_a_place_without_pages_is_told(place, tmp_path, cache):
    (tmp_path / "corpus.toml").write_text(f'pages_at = "{place}"\n', encoding="utf-8")
    with pytest.raises(CorpusError) as told:
        an.load(tmp_path)
    assert "Traceback" not in str(told.value)
    assert place.strip(".") in str(told.value)


def test_a_place_that_is_no_text_is_told(tmp_path, cache):
    (tmp_path / "corpus.toml").write_text("pages_at = 3\n", encoding="utf-8")
    with pytest.raises(CorpusFormatError, match="pages_at"):
        an.load(tmp_path)
