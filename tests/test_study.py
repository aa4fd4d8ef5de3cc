"""A study of one's own: what ``framelines new`` makes, and that report, check and lab work on it."""

from __future__ import annotations

import re
import tomllib

import nbformat
import pytest
from bs4 import BeautifulSoup
from made_study import STORIES, write_pages

import analysis as an
from analysis.checking import check_codebook
from analysis.cli import main
from analysis.report.parameters import read_parameters
from analysis.report.places import shipped_notebooks
from analysis.views.check import show_codebook

MADE = ["README.md", "codebook.toml", "corpus.toml", "notebooks", "pages"]
HEADLINES = [headline for headline, *_ in STORIES.values()]


@pytest.fixture
def study(tmp_path, monkeypatch, capsys):
    """A new study with three pages, named as a user in the folder above it would."""
    monkeypatch.chdir(tmp_path)
    assert main(["new", "my study"]) == 0
    capsys.readouterr()
    write_pages(tmp_path / "my study" / "pages")
    return tmp_path / "my study"


def used(codebook: str) -> str:
    """A codebook template of which every line is used."""
    return re.sub(r"^# ", "", codebook, flags=re.MULTILINE)


def test_new_makes_all_parts_and_says_what_to_do_next(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["new", "my study"]) == 0
    assert sorted(path.name for path in (tmp_path / "my study").iterdir()) == MADE
    said = capsys.readouterr().out
    assert all(name in said for name in MADE)
    assert "Put your pages into 'my study'/pages" in said
    for command in ("check", "report", "lab"):
        assert f"framelines {command} 'my study'" in said
        assert f"framelines {command} 'my study'" in (tmp_path / "my study" / "README.md").read_text("utf-8")


def test_a_new_study_has_the_notebooks_that_ship_without_their_outputs(study):
    copies = sorted((study / "notebooks").glob("*.ipynb"))
    assert [path.name for path in copies] == [
        path.name for path in sorted(shipped_notebooks().glob("*.ipynb"))
    ]
    for path in copies:
        nb = nbformat.read(path, as_version=4)
        nbformat.validate(nb)
        assert read_parameters(nb)["corpus"].default == ".."
        assert all(not cell.outputs for cell in nb.cells if cell.cell_type == "code")
        assert not [cell.source for cell in nb.cells if "](../docs" in cell.source]


def test_only_the_pages_of_a_study_are_read(study):
    write_pages(study / "exports")
    assert [name for name, _ in an.load(study).files] == [f"pages/{name}" for name in STORIES]


def test_an_empty_study_says_where_pages_belong(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    main(["new", "mine"])
    for command in (["report", "mine"], ["check", "mine"], ["extract", "mine", "--out", "out"]):
        capsys.readouterr()
        assert main(command) == 2
        said = capsys.readouterr().err
        assert "holds no pages" in said
        assert re.search(r"Put yours into \S*mine.pages,", said)


def test_a_folder_that_holds_pages_gets_a_rule_for_each_and_keeps_its_files(tmp_path, capsys):
    write_pages(tmp_path)
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    assert main(["new", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "Left as it was: README.md" in said
    assert "the 3 files that are there" in said
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "pages").exists()
    settings = (tmp_path / "corpus.toml").read_text(encoding="utf-8")
    assert [line for line in settings.splitlines() if line.startswith("# match")] == [
        f'# match = "{name}"' for name in STORIES
    ]


def test_what_is_missing_is_made_and_what_is_there_is_never_overwritten(study, capsys):
    (study / "corpus.toml").write_text('topic = ["none"]\n', encoding="utf-8")
    (study / "codebook.toml").unlink()
    assert main(["new", str(study)]) == 0
    assert (study / "codebook.toml").is_file()
    before = {path: path.read_bytes() for path in study.rglob("*") if path.is_file()}
    assert before[study / "corpus.toml"] == b'topic = ["none"]\n'
    capsys.readouterr()
    assert main(["new", str(study)]) == 2
    assert "There is nothing to make" in capsys.readouterr().err
    assert main(["new", str(study), "--topic", "none"]) == 2
    assert 'Write there: topic = ["none"]' in capsys.readouterr().err
    assert before == {path: path.read_bytes() for path in study.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("topic", "written"), [(None, "auto"), ("none", "none"), ("uk_migration",) * 2])
def test_the_topic_is_written_into_the_settings(topic, written, tmp_path):
    assert main(["new", str(tmp_path / "s"), *(["--topic", topic] if topic else [])]) == 0
    settings = tomllib.loads((tmp_path / "s" / "corpus.toml").read_text(encoding="utf-8"))
    assert settings["topic"] == [written]


def test_an_unknown_topic_makes_nothing_and_names_the_closest(tmp_path, capsys):
    assert main(["new", str(tmp_path / "s"), "--topic", "uk_migratoin"]) == 2
    assert "Did you mean 'uk_migration'?" in capsys.readouterr().err
    assert not (tmp_path / "s").exists()


def test_the_codebook_is_accepted_and_changes_nothing_until_a_line_is_used(study, capsys):
    assert main(["check", str(study / "codebook.toml")]) == 0
    assert "codebook.toml holds comments alone" in capsys.readouterr().out
    assert "comments alone" in show_codebook(check_codebook(study / "codebook.toml"))._repr_html_()
    with_codebook = an.extract(an.load(study))
    (study / "codebook.toml").unlink()
    without = an.extract(an.load(study))
    assert with_codebook.fingerprint == without.fingerprint
    assert with_codebook.codebooks == without.codebooks
    assert with_codebook.frames.equals(without.frames)


def test_the_codebook_is_valid_where_all_its_lines_are_used(study, capsys):
    path = study / "codebook.toml"
    path.write_text(used(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert main(["check", str(path)]) == 0
    assert "my_frames 1.0 (my_frames), builds on policy_frames" in capsys.readouterr().out
    frames = an.extract(an.load(study)).frames
    own = frames[frames["codebook"] == "my_frames"]
    assert {"livelihoods", "economic"} <= set(own["frame"])
    assert "policy_frames" not in set(frames["codebook"])


def test_a_broken_codebook_is_told_with_its_line(study, capsys):
    (study / "codebook.toml").write_text('## mine\nname = "a\n', encoding="utf-8")
    assert main(["check", str(study)]) == 2
    assert "codebook.toml, line 2: This is not valid TOML" in capsys.readouterr().err


def test_a_copied_notebook_run_where_it_stands_reads_the_study(study, tmp_path):
    page = tmp_path / "page.html"
    assert main(["export", str(study / "notebooks" / "00-start-here.ipynb"), "--out", str(page)]) == 0
    words = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").find("main").get_text()
    assert [headline for headline in HEADLINES if headline in words] == HEADLINES


def test_report_runs_the_study_s_notebooks_and_says_what_it_found_and_what_to_open(study, capsys):
    path = study / "notebooks" / "00-start-here.ipynb"
    nb = nbformat.read(path, as_version=4)
    nb.cells[0].source = "# My own title\n\nMine."
    nb.cells = nb.cells[:4]
    nbformat.write(nb, path)
    (study / "corpus.toml").write_text(
        '[[pages]]\nmatch = "pages/herald*"\noutlet = "Daily Herald"\n', encoding="utf-8"
    )
    assert main(["report", str(study), "--notebook", "00-start-here"]) == 0
    said = capsys.readouterr().out
    assert "Found 3 articles in 3 files, by 1 outlet; 1 name no outlet" in said
    assert "Published from 2025-03-04 to 2025-03-11\n" in said
    assert "Topic: none, as no topic pack applies" in said
    assert "Open index.html in a browser, and read 00-start-here first" in said
    assert "My own title" in (study / "exports" / "00-start-here.html").read_text(encoding="utf-8")


OWN = """name = "harbour_frames"
version = "1.0"
[[category]]
name = "livelihoods"
definition = "What a policy does to people who live by fishing."
[category.entries.boats]
patterns = ["boat~"]
"""


def test_a_notebook_on_a_codebook_asks_for_one_that_the_user_wrote_beside_those_that_ship(study, capsys):
    (study / "codebook.toml").write_text(OWN, encoding="utf-8")
    for each in (study / "notebooks").glob("*.ipynb"):
        each.unlink()
    for name, asked in (("a", "policy_frames"), ("b", "narrative_frames")):
        nb = nbformat.v4.new_notebook()
        declared = f'corpus: str = "x"\ncodebook: str = "{asked}"'
        nb.cells = [nbformat.v4.new_code_cell(declared, metadata={"tags": ["parameters"]})]
        nb.cells += [nbformat.v4.new_code_cell("print('asked for', codebook)")]
        nbformat.write(nb, study / "notebooks" / f"{name}.ipynb")
    assert main(["report", str(study)]) == 0
    assert "Codebook of your own: harbour_frames 1.0; the notebooks compare" in capsys.readouterr().out
    for name, asked in (("a", "harbour_frames"), ("b", "narrative_frames")):
        assert f"asked for {asked}" in (study / "exports" / f"{name}.html").read_text(encoding="utf-8")
    assert main(["report", str(study), "--param", "codebook=policy_frames"]) == 0
    assert "asked for policy_frames" in (study / "exports" / "a.html").read_text(encoding="utf-8")


def test_a_notebook_on_a_codebook_asks_for_the_one_that_stands_in_its_place(study, capsys):
    path = study / "codebook.toml"
    path.write_text(used(path.read_text(encoding="utf-8")), encoding="utf-8")
    for each in (study / "notebooks").glob("*.ipynb"):
        each.unlink()
    nb = nbformat.v4.new_notebook()
    declared = 'corpus: str = "x"\ncodebook: str = "policy_frames"'
    nb.cells = [nbformat.v4.new_code_cell(declared, metadata={"tags": ["parameters"]})]
    nb.cells += [nbformat.v4.new_code_cell("print('asked for', codebook)")]
    nbformat.write(nb, study / "notebooks" / "a.ipynb")
    for given, asked in (([], "my_frames"), (["--param", "codebook=news_frames"], "news_frames")):
        assert main(["report", str(study), *given]) == 0
        assert f"asked for {asked}" in (study / "exports" / "a.html").read_text(encoding="utf-8")
    assert "Codebook of your own: my_frames 1.0, in place of policy_frames" in capsys.readouterr().out
