"""What of the articles travels with a page, and who decides it."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup

from analysis.cli import main
from analysis.report.execute import run_notebook
from analysis.report.run import run_report
from analysis.views.sharing import TEXTS, is_live, may_show_whole_texts, say_sharing


@pytest.mark.parametrize(
    ("told", "live", "whole", "words"),
    [
        (None, True, True, "Only the sentences"),
        ("", True, True, "Only the sentences"),
        ("evidence", False, False, "Only the sentences"),
        ("full", False, True, "Whole articles travel"),
        ("everything", False, False, "Only the sentences"),
    ],
)
def test_a_kernel_shows_whole_texts_where_live_or_told_so(monkeypatch, told, live, whole, words):
    monkeypatch.delenv(TEXTS, raising=False)
    if told is not None:
        monkeypatch.setenv(TEXTS, told)
    assert (is_live(), may_show_whole_texts()) == (live, whole)
    assert say_sharing().startswith(words)


ASK = "import os; print(os.environ.get('FRAMELINES_TEXTS', 'nothing'))"


@pytest.fixture
def study(tmp_path) -> Path:
    (tmp_path / "a.txt").write_text("Ferry row ends\nThe two towns agreed a timetable.\n", encoding="utf-8")
    (tmp_path / "notebooks").mkdir()
    cells = [nbformat.v4.new_markdown_cell("# Told?"), nbformat.v4.new_code_cell(ASK)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "notebooks" / "a.ipynb")
    return tmp_path


def read_output(page: Path) -> str:
    return BeautifulSoup(page.read_text("utf-8"), "html.parser").select_one("pre.output").get_text().strip()


def test_a_report_tells_its_kernel_alone_and_runs_again_for_whole_texts(study, monkeypatch):
    monkeypatch.setenv(TEXTS, "full")  # a kernel that runs a report tells nothing on
    run = partial(run_report, study, progress=print)
    assert read_output(run().pages[0]) == "evidence"
    assert os.environ[TEXTS] == "full"
    assert run().reused == ["a"]
    whole = run(full_text=True)
    assert (whole.reused, read_output(whole.pages[0])) == ([], "full")


@pytest.mark.parametrize(("options", "told"), [([], "evidence"), (["--full-text"], "full")])
def test_export_and_report_take_full_text(study, options, told):
    page = study / "page.html"
    assert main(["export", str(study / "notebooks" / "a.ipynb"), "--out", str(page), *options]) == 0
    assert read_output(page) == told
    assert main(["report", str(study), *options]) == 0
    assert read_output(study / "exports" / "a.html") == told


def test_a_notebook_run_as_in_jupyterlab_is_told_nothing(study, monkeypatch):
    monkeypatch.setenv(TEXTS, "evidence")
    nb = nbformat.read(study / "notebooks" / "a.ipynb", 4)
    assert run_notebook(nb, folder=study, timeout=60, progress=print) is None
    assert nb.cells[1].outputs[0].text.strip() == "nothing"
    assert "framelines" not in nb.metadata
    assert run_notebook(nb, folder=study, timeout=60, progress=print, texts="evidence") is None
    assert nb.metadata["framelines"] == {"texts": "evidence"}
