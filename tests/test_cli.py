"""The command line as a user types it: output, messages, exit codes."""

from __future__ import annotations

import argparse
import json
import re
import shlex

import pytest
from pages import SINGLE

from analysis.cli import build_parser, main


@pytest.fixture
def pages(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.txt").write_text(SINGLE, encoding="utf-8")
    return folder


def test_extract_writes_every_table_and_says_where(pages, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["extract", str(pages), "--out", str(out), "--format", "jsonl"]) == 0
    (article,) = map(json.loads, (out / "articles.jsonl").read_text(encoding="utf-8").splitlines())
    assert article["article_id"] == "a.txt#0"
    said = capsys.readouterr()
    assert f"Written to {out} as jsonl." in said.out
    assert "note: No topic pack applies" in said.err


def test_extract_says_when_it_uses_earlier_tables_again(pages, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("FRAMELINES_CACHE", str(tmp_path / "cache"))
    said = []
    for _ in range(2):
        assert main(["extract", str(pages), "--out", str(tmp_path / "out")]) == 0
        said.append("tables are used again" in capsys.readouterr().out)
    assert said == [False, True]


def test_unread_file_ends_with_one_and_the_rest_is_written(pages, tmp_path, capsys):
    (pages / "b.txt").write_bytes(b"\x00\x01binary")
    assert main(["extract", str(pages), "--out", str(tmp_path / "out")]) == 1
    assert "b.txt" in capsys.readouterr().err
    assert (tmp_path / "out" / "articles.parquet").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["extract", "no-such-folder", "--out", "x"],
            "CorpusNotFoundError: no-such-folder: There is nothing here",
        ),
        (["report", "no-such-folder"], "CorpusNotFoundError: no-such-folder"),
        (["report", "PAGES", "--param", "colour"], "'colour' is not a parameter"),
        (["report", "PAGES", "--param", "colour=red"], "There is no parameter 'colour'"),
        (["report", "PAGES", "--notebook", "09-none"], "There is no notebook '09-none'"),
        (["export", "no-such.ipynb"], "NotebookError"),
        (["lab", "no-such-folder"], "There is no such folder"),
        (["tables", "quote"], "Did you mean 'quotes'"),
        (["extract", "PAGES", "--out", "x", "--topic", "uk_migraton"], "Did you mean 'uk_migration'"),
    ],
)
def test_wrong_usage_ends_with_two_and_says_what_to_do(
    arguments, message, pages, capsys, monkeypatch, tmp_path
):
    monkeypatch.chdir(tmp_path)
    assert main([str(pages) if word == "PAGES" else word for word in arguments]) == 2
    said = capsys.readouterr().err
    assert message in said
    assert "Traceback" not in said


def test_traceback_shows_where(capsys):
    assert main(["--traceback", "tables", "quote"]) == 2
    assert "Traceback" in capsys.readouterr().err


def test_no_command_prints_the_help(capsys):
    assert main([]) == 2
    assert "report" in capsys.readouterr().out


def test_tables_lists_tables_and_columns(capsys):
    assert main(["tables"]) == 0
    assert "quotes     one passage inside one pair of quotation marks" in capsys.readouterr().out
    assert main(["tables", "quotes"]) == 0
    assert "One of: direct, mixed, scare, title, hypothetical." in capsys.readouterr().out


def test_an_answer_says_null_where_something_is_unknown(pages, tmp_path, capsys):
    query = """
        select headline, wire, scraped, words, article_start, on_topic,
            case when words < 0 then .5 end as share, case when words < 0 then date '2024-05-01' end as day
        from articles left join segments on article_start < 0
    """
    assert main(["extract", str(pages), "--out", str(tmp_path / "out"), "--topic", "none"]) == 0
    capsys.readouterr()
    assert main(["tables", str(tmp_path / "out"), query]) == 0
    names, row = capsys.readouterr().out.splitlines()
    assert names.split() == "headline wire scraped words article_start on_topic share day".split()
    assert re.fullmatch(r" *\S.* null +null +\d+ +null +null +null +null", row)


def test_nothing_of_a_page_steers_the_terminal(tmp_path, capsys):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.txt").write_text(
        f"{SINGLE}\n\n\x1b[2JThe minister has gone home.\n", encoding="utf-8"
    )
    (tmp_path / "pages" / "b\x1b[2J.pdf").write_bytes(b"x")
    assert main(["extract", str(tmp_path / "pages"), "--out", str(tmp_path / "out")]) == 0
    assert main(["check", str(tmp_path / "pages")]) == 0
    query = "select substr(text, strpos(text, '[2J') - 1) as words from articles"
    assert main(["tables", str(tmp_path / "out"), query]) == 0
    said = capsys.readouterr()
    assert "\ufffd[2JThe minister" in said.out and "note: b\ufffd[2J.pdf" in said.err
    assert "\x1b" not in said.out + said.err


def test_every_command_has_help_with_examples(capsys):
    (commands,) = (action for action in build_parser()._actions if action.choices)
    assert set(commands.choices) == {
        "report", "check", "extract", "export", "diff", "new", "lab", "tables", "frames",
    }  # fmt: skip
    for words in _list_commands(build_parser()):
        with pytest.raises(SystemExit) as ended:
            main([*words, "--help"])
        assert ended.value.code == 0
        said = capsys.readouterr().out
        assert f"examples:\n  framelines {' '.join(words)}" in said, words
        # Each example is a command that the parser takes.
        for line in re.findall(r"^  framelines (.+)$", said.partition("examples:\n")[2], re.MULTILINE):
            assert build_parser().parse_args(shlex.split(line.partition(" > ")[0])).run, line


def _list_commands(parser, before=()):
    """Every command and every command of a command, as the words that one types."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, own in action.choices.items():
                yield (*before, name)
                yield from _list_commands(own, (*before, name))


def test_the_help_lists_the_exit_codes(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    said = capsys.readouterr().out.partition("exit codes:\n")[2]
    assert re.findall(r"^  (\d+)", said, re.MULTILINE) == ["0", "1", "2", "130"]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["reprot"], "report"),
        (["report", "--notebok", "x"], "--notebook"),
        (["report", "--notebok=x"], "--notebook"),
        (["frames", "trian"], "train"),
        (["frames", "train", "coded.csv", "--out", "x", "--flods", "3"], "--folds"),
        (["extract", "x", "--out", "y", "--format", "jsnl"], "jsonl"),
    ],
)
def test_a_slip_in_a_command_or_an_option_is_told_with_what_was_meant(words, meant, capsys):
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert f"Did you mean '{meant}'?" in said
    assert f"usage: framelines{'' if words[0] == 'reprot' else ' ' + words[0]}" in said


def test_what_resembles_nothing_is_refused_without_a_hint(capsys):
    with pytest.raises(SystemExit):
        main(["xyzzy"])
    assert "Did you mean" not in capsys.readouterr().err


def test_problems_are_told_in_full_words_only(pages, tmp_path, capsys):
    (pages / "picture.pdf").write_bytes(b"x")
    assert main(["extract", str(pages), "--out", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().err
    assert "note: picture.pdf: '.pdf' files are not read." in said
    assert "None" not in said and "<NA>" not in said
