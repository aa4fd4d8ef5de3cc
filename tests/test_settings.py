"""corpus.toml: read, written for a new corpus, and told of where it fits nothing."""

from __future__ import annotations

import pytest

import analysis as an
from analysis.corpus.settings import (
    CODEBOOK_NAME,
    FILE_NAME,
    PageSettings,
    Settings,
    load_settings,
    unused_rules,
    write_settings,
)
from analysis.errors import CorpusFormatError, OutputError

PROSE = "The river rose in the night.\nNobody was hurt, the police said.\n"


def settings(folder, content: str) -> Settings:
    (folder / FILE_NAME).write_text(content, encoding="utf-8")
    return load_settings(folder)


def test_new_settings_change_nothing_until_they_are_edited(tmp_path):
    (tmp_path / "a.txt").write_text(PROSE, encoding="utf-8")
    path = write_settings(tmp_path, topic=None, pages=["a.txt"])
    assert path == tmp_path / FILE_NAME
    assert load_settings(tmp_path) == Settings(("auto",), ())
    assert an.load(tmp_path).articles[0].text == PROSE.strip()


def test_new_settings_list_the_pages_as_rules_that_work_once_uncommented(tmp_path):
    names = ["2024/a.txt", "odd [name]*.txt", 'with "quotes".txt']
    path = write_settings(tmp_path / "new", topic="uk_migration", pages=names)
    rules = path.read_text(encoding="utf-8").split("# The pages found here.\n")[1]
    uncommented = "\n".join(line.removeprefix("# ") for line in rules.splitlines())
    found = settings(tmp_path, f'topic = ["uk_migration"]\n{uncommented}')
    assert found.topic == ("uk_migration",)
    for name in names:
        assert found.of(name) == PageSettings(
            name, outlet="Example Herald", published="2025-01-31", scraped="2025-01-31"
        )
    assert unused_rules(found, names) == []


def test_settings_are_never_replaced(tmp_path):
    settings(tmp_path, 'topic = "none"\n')
    with pytest.raises(OutputError, match="already"):
        write_settings(tmp_path, topic=None, pages=[])
    assert load_settings(tmp_path).topic == ("none",)


def test_settings_need_a_folder(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="This is a file") as caught:
        write_settings(tmp_path / "file", topic=None, pages=[])
    assert caught.value.allowed and caught.value.todo


@pytest.mark.parametrize("value", ['"none"', '["none"]'])
def test_topic_is_a_name_or_a_list_of_names(tmp_path, value):
    assert settings(tmp_path, f"topic = {value}\n").topic == ("none",)


def test_codebooks_are_names_or_paths_from_the_folder_on(tmp_path):
    known = settings(tmp_path, 'codebooks = ["mine.toml", "policy_frames"]\n')
    assert known.codebooks == (str(tmp_path / "mine.toml"), "policy_frames")
    (tmp_path / CODEBOOK_NAME).write_text('name = "mine"\n', encoding="utf-8")
    assert load_settings(tmp_path).codebooks[0] == str(tmp_path / CODEBOOK_NAME)


def test_a_topic_pack_under_codebooks_is_told(tmp_path):
    with pytest.raises(CorpusFormatError, match="'uk_migration', which is no frame codebook") as caught:
        settings(tmp_path, 'codebooks = ["uk_migration"]\n')
    assert 'topic = ["uk_migration"]' in caught.value.todo


def test_later_rules_win_and_leave_the_rest(tmp_path):
    known = settings(
        tmp_path,
        '[[pages]]\nmatch = "*"\noutlet = "Example Herald"\nscraped = "17 July 2025"\n'
        '[[pages]]\nmatch = "b*"\noutlet = "Example Post"\n',
    )
    assert (known.of("a.txt").outlet, known.of("b.txt").outlet) == ("Example Herald", "Example Post")
    assert known.of("b.txt").scraped == "2025-07-17"


@pytest.mark.parametrize("day", ['"03/04/2025"', '"2999-01-01"', "1999", '"0001-01-01"'])
def test_a_day_that_is_doubtful_or_impossible_is_told(tmp_path, day):
    with pytest.raises(CorpusFormatError, match=r"'published' is .* which is not a date"):
        settings(tmp_path, f"[[pages]]\npublished = {day}\n")


def test_a_rule_that_fits_no_page_is_told(tmp_path):
    known = settings(tmp_path, '[[pages]]\nmatch = "a*"\n[[pages]]\nmatch = "B*"\nexclude = true\n')
    (problem,) = unused_rules(known, ["a.txt", "b.txt"])
    assert (problem.stage, problem.severity) == ("settings", "warning")
    assert "number 2" in problem.what and "'B*'" in problem.what
    assert problem.allowed and problem.todo
