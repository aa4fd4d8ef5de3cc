"""The worked example: what was planted in a made-up corpus is found, and where nothing was, nothing is."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import analysis as an
from analysis.tables import Tables

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "docs" / "examples"
PAGE = ROOT / "docs" / "worked-example.md"
HERALD, POST, ARGUS = (f"Example {name}" for name in ("Herald", "Post", "Argus"))

Corpus = tuple[Tables, dict[str, Any]]


def run(name: str, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(EXAMPLES / name), *options]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "corpus"
    made = run("two_outlets.py", str(folder), "--articles", "16", "--seed", "3")
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture(scope="module")
def made(folder: Path) -> Corpus:
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return an.extract(an.load(folder)), truth


@pytest.fixture(autouse=True)
def examples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(EXAMPLES)


def test_the_corpus_is_read_without_a_problem(made: Corpus) -> None:
    tables, truth = made
    assert len(tables.problems) == 0
    assert tables.articles["outlet"].value_counts().to_dict() == truth["outlets"]
    assert tables.articles["published_earliest"].notna().all()
    longest, shortest = tables.articles["words"].max(), tables.articles["words"].nsmallest(10).max()
    assert 100 < shortest < longest < 420


def test_nobody_who_holds_an_office_is_given_made_up_words(made: Corpus) -> None:
    tables, _ = made
    from planted import STORIES, VOICES

    invented = {who.partition(",")[0] for who, _ in VOICES.values()}
    invented |= {story.person.partition(",")[0] for story in STORIES}
    assert set(tables.quotes["speaker"].dropna()) <= invented
    assert set(tables.quotes["speaker"].dropna()) >= {"Dana Whitlock", "Rosa Lindqvist"}


def test_planted_differences_are_found(made: Corpus) -> None:
    tables, truth = made
    from check_two_outlets import find_labels, find_words

    right, wrong = find_words(tables, truth, HERALD, POST)
    # thirteen articles a side on the topic are not enough to find each of them
    assert len({"illegal", "asylum", "seekers", "refugees"} & right) >= 2
    assert len(wrong) <= len(right) / 4
    terms = find_labels(tables, "term", HERALD, POST)
    assert terms.items() >= {"illegal migrants": True, "asylum seekers": False}.items()
    assert find_labels(tables, "frame", HERALD, POST)["crime and punishment"]


def test_outlets_of_one_pool_differ_in_nothing(made: Corpus) -> None:
    tables, truth = made
    from check_two_outlets import find_null

    assert find_null(tables, truth) == {"word": set()} | {what: set() for what in truth["labels"]}


def test_three_articles_are_too_few(made: Corpus) -> None:
    tables, _ = made
    keyness = an.find_keyness(tables, HERALD, ARGUS)
    assert "too few articles to test" in keyness.says
    assert keyness.table[["p", "q", "low", "high"]].isna().all(axis=None)


def test_planted_stories_and_copies_are_found(made: Corpus) -> None:
    tables, truth = made
    from check_two_outlets import check, find_pairs, told_pairs

    told, found = told_pairs(truth), find_pairs(tables)
    assert told <= found
    assert len(found - told) <= 1
    rows = {row[1]: row[2:] for row in check(tables, truth) if row[0] == "all"}
    for what in ("pairs of one copy", "events told by one", "stories with two figures", "changes of copies"):
        planted, seen = map(int, rows[what][:2])
        assert 0 < 0.75 * planted <= seen <= planted, what


def test_what_is_not_on_the_topic_stays_out(made: Corpus) -> None:
    tables, truth = made
    off = tables.articles.loc[~tables.articles["on_topic"].fillna(False), "article_id"]
    assert {f"{page}#0" for page in truth["off_topic"]} <= set(off)


def test_the_same_seed_makes_the_same_corpus(folder: Path) -> None:
    from two_outlets import make_corpus

    articles, truth = make_corpus(16, 3)
    assert json.loads(json.dumps(truth)) == json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    assert len({article.page for article in articles}) == len(articles)


def test_a_folder_that_is_not_empty_is_left_alone(folder: Path) -> None:
    before = sorted(path.name for path in folder.rglob("*"))
    refused = run("two_outlets.py", str(folder))
    assert refused.returncode != 0
    assert "not empty" in refused.stderr
    assert sorted(path.name for path in folder.rglob("*")) == before


def test_a_check_needs_a_folder_or_seeds() -> None:
    refused = run("check_two_outlets.py")
    assert refused.returncode == 2
    assert "name either a folder that two_outlets.py has written, or --seeds 10" in refused.stderr


def test_the_commands_of_the_page_exist() -> None:
    lines = re.findall(
        r"^(?:\S*/)?python (docs/examples/\S+)(.*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert {Path(script).name for script, _ in lines} == {"two_outlets.py", "check_two_outlets.py"}
    for script in {script for script, _ in lines}:
        said = subprocess.run(
            [sys.executable, str(ROOT / script), "--help"], capture_output=True, encoding="utf-8", check=True
        ).stdout
        options = [word for name, rest in lines if name == script for word in shlex.split(rest)]
        assert all(option in said for option in options if option.startswith("--"))
