"""Reports: parameters, a notebook that fails, reuse, the index, and where files are written."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup

from analysis.errors import CorpusEmptyError, CorpusNotFoundError, NotebookError, UnknownNameError
from analysis.report.index import IndexEntry, build_index
from analysis.report.parameters import Parameter, inject_parameters, parse_value, read_parameters
from analysis.report.places import find_notebooks, shipped_notebooks
from analysis.report.run import MANIFEST, export_notebook, run_report
from analysis.report.versions import fingerprint_corpus
from analysis.store import is_cached, load

DECLARED = 'corpus: str = "x"  # where the pages are\nstart: str = "2025-01-01"\nmost: int = 3'
STORY = "Ferry row ends\nThe two towns agreed a ferry timetable on Tuesday, officials said.\n" * 3


def code(source: str, *tags: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_code_cell(source, metadata={"tags": list(tags)})


def make_notebook(path: Path, title: str, *sources: str, declared: str = DECLARED) -> Path:
    nb = nbformat.v4.new_notebook()
    nb.cells = [nbformat.v4.new_markdown_cell(f"# {title}\n\nThe *first* [paragraph](x.md).\n\n- a bullet")]
    nb.cells += [code(declared, "parameters"), *map(code, sources)]
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(nb, path)
    return path


@pytest.fixture
def study(tmp_path) -> Path:
    folder = tmp_path / "my study"
    folder.mkdir()
    (folder / "a.txt").write_text(STORY, encoding="utf-8")
    make_notebook(
        folder / "notebooks" / "a.ipynb", "First <question>", "print(corpus)\nprint(start, most * 2)"
    )
    return folder


def read_page(path: Path) -> str:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").find("main").get_text()


def test_report_writes_pages_and_an_index_wherever_it_is_called_from(study, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lines = []
    result = run_report("my study", parameters={"most": "21"}, progress=lines.append)
    assert (result.ok, result.pages) == (True, [study / "exports" / "a.html"])
    page = read_page(result.pages[0])
    assert "..\n2025-01-01 42" in page
    assert str(tmp_path) not in result.pages[0].read_text(encoding="utf-8"), "a page names nobody's folders"
    index = BeautifulSoup(result.index.read_text(encoding="utf-8"), "html.parser")
    assert [(link["href"], link.get_text()) for link in index.select("li a")] == [
        ("a.html", "First <question>")
    ]
    assert "The first paragraph." in index.get_text()
    assert "sha256" in index.get_text() and "plotly" in index.get_text()
    assert any(line.startswith("1 of 1  a: running 3 cells") for line in lines)
    assert nbformat.read(study / "notebooks" / "a.ipynb", 4).cells[2].outputs == [], "run on a copy"


def test_a_folder_whose_name_has_the_marks_of_a_pattern_is_that_folder(study, tmp_path):
    shown = "import analysis as an\npages = an.load(corpus)\nan.show_provenance(pages, an.extract(pages))"
    make_notebook(study / "notebooks" / "a.ipynb", "First", shown)
    renamed = study.rename(tmp_path / "ferries [2024]")
    result = run_report(renamed, progress=lambda line: None)
    assert result.pages == [renamed / "exports" / "a.html"]
    assert "ferries [2024]" in result.pages[0].read_text(encoding="utf-8")
    assert not (tmp_path / "exports").exists()


def test_workers_extract_before_the_first_notebook_runs(study, monkeypatch, tmp_path):
    monkeypatch.setenv("FRAMELINES_CACHE", str(tmp_path / "cache"))
    lines = []
    assert run_report(study, workers=2, progress=lines.append).ok
    at = next(n for n, line in enumerate(lines) if line.startswith("2 workers at tcp://127.0.0.1:"))
    assert at < next(n for n, line in enumerate(lines) if line.startswith("1 of 1  a: running 3 cells"))
    assert is_cached(load(study))


def test_second_run_reuses_what_has_not_changed(study):
    lines = []
    first = run_report(study, progress=lines.append)
    assert first.reused == []
    assert run_report(study, progress=lines.append).reused == ["a"]
    assert "reused, nothing has changed" in lines[-3]
    assert run_report(study, parameters={"most": 4}, progress=lines.append).reused == []
    (study / "b.txt").write_text(STORY.replace("ferry", "tram"), encoding="utf-8")
    assert run_report(study, parameters={"most": 4}, progress=lines.append).reused == []
    (study / "exports" / "a.html").write_text("spoiled", encoding="utf-8")
    assert run_report(study, parameters={"most": 4}, progress=lines.append).reused == []
    assert run_report(study, parameters={"most": 4}, fresh=True, progress=lines.append).reused == []


def test_one_failing_notebook_does_not_stop_the_others(study):
    make_notebook(study / "notebooks" / "b.ipynb", "Broken", "x = 1", "y = x / 0  # here", "print(y)")
    make_notebook(study / "notebooks" / "c.ipynb", "Last", "print('last')")
    result = run_report(study, progress=lambda line: None)
    assert [page.stem for page in result.pages] == ["a", "c"]
    assert not result.ok
    failure = result.failures[0]
    assert failure.notebook == "b"
    assert failure.message.startswith("code cell 3 of 4 ('y = x / 0  # here') failed with ZeroDivisionError")
    assert "ZeroDivisionError" in result.index.read_text(encoding="utf-8")
    assert not (study / "exports" / "b.html").exists()


def test_page_that_cannot_be_read_is_told_and_the_rest_goes_on(study):
    (study / "b.txt").write_bytes(b"\x00\x01")
    lines: list[str] = []
    result = run_report(study, progress=lines.append)
    assert result.pages
    assert not result.ok
    assert any(line.startswith("error: b.txt: The file is not text") for line in lines)


def test_cell_that_runs_too_long_is_stopped(study):
    make_notebook(study / "notebooks" / "a.ipynb", "Slow", "import time; time.sleep(60)")
    result = run_report(study, timeout=2, progress=lambda line: None)
    assert "took longer than 2 seconds" in result.failures[0].message


def test_what_a_cell_shows_is_kept_however_late_it_comes(study):
    late = """
import sys, time
sys.stdout.flush_timeout = sys.stderr.flush_timeout = 0.1
get_ipython().kernel.iopub_thread.schedule(lambda: time.sleep(6))
display("Seven ferries")
"""
    make_notebook(study / "notebooks" / "a.ipynb", "Late", late)
    result = run_report(study, progress=lambda line: None)
    assert "<pre class=\"output\">'Seven ferries'</pre>" in result.pages[0].read_text(encoding="utf-8")


def test_a_cell_that_takes_long_is_told_with_what_it_has_done(study):
    slow = """
import analysis as an
import time
progress = an.show_progress()
for done in range(8):
    progress("Counting ferries", done, 8)
    time.sleep(1)
"""
    make_notebook(study / "notebooks" / "a.ipynb", "Slow", slow)
    lines = []
    assert run_report(study, progress=lines.append).ok
    told = [line for line in lines if "Counting ferries" in line]
    assert told
    assert re.fullmatch(r"1 of 1  a: cell 3 of 3: Counting ferries, \d of 8 \(\d+ s\)", told[0])
    assert "Counting" not in read_page(study / "exports" / "a.html").replace(slow.strip(), "")


def test_unknown_parameter_lists_those_there_are(study):
    with pytest.raises(UnknownNameError, match=r"(?s)Did you mean 'start'.*Known: corpus, most, start"):
        run_report(study, parameters={"strat": "x"}, progress=print)


SELECTING = 'corpus: str = "x"\noutlets: list = []\nstart: str = ""\nend: str = ""'


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"outlets": "Mere Hearld, Mere Post"}, "no outlet 'Mere Hearld'. Did you mean 'Mere Herald'"),
        ({"start": "1/2/2025"}, "start: '1/2/2025' is not a day"),
    ],
)
def test_a_slip_in_an_outlet_or_a_day_is_said_once_and_nothing_runs(study, given, said):
    (study / "corpus.toml").write_text('[[pages]]\nmatch = "*"\noutlet = "Mere Herald"\n', encoding="utf-8")
    (study / "corrections.csv").write_text(
        "table,article_id,start,end,text,column,value,who,when\n"
        "articles,a.txt#1,,,,outlet,Mere Post,AB,2025-11-22T10:16:00\n",
        encoding="utf-8",
    )
    for name in ("b", "c"):
        make_notebook(study / "notebooks" / f"{name}.ipynb", name, "print(outlets)", declared=SELECTING)
    lines = []
    with pytest.raises(UnknownNameError, match=re.escape(said)):
        run_report(study, parameters=given, progress=lines.append)
    assert not any("running" in line for line in lines)
    result = run_report(study, parameters={"outlets": "Mere Herald, Mere Post"}, progress=lines.append)
    assert "['Mere Herald', 'Mere Post']" in read_page(result.pages[-1])


def test_an_own_notebook_may_mean_something_else_by_a_name(study):
    assert run_report(study, parameters={"start": "the beginning"}, progress=lambda line: None).ok


def test_unknown_notebook_lists_those_there_are(study):
    with pytest.raises(UnknownNameError, match="Known: a"):
        run_report(study, notebooks=["zz"], progress=print)


def test_corpus_that_cannot_be_read_is_one_error(tmp_path):
    with pytest.raises(CorpusNotFoundError, match="nowhere"):
        run_report(tmp_path / "nowhere", progress=print)
    (tmp_path / "empty").mkdir()
    with pytest.raises(CorpusEmptyError):
        run_report(tmp_path / "empty", out=tmp_path / "out", progress=print)
    assert not (tmp_path / "out").exists()


def test_notebooks_that_ship_are_used_where_a_corpus_has_none(tmp_path):
    found = find_notebooks(tmp_path)
    assert found == sorted(shipped_notebooks().glob("*.ipynb"))


def test_export_runs_a_copy_where_the_notebook_stands(tmp_path):
    (tmp_path / "beside.txt").write_text("read from beside", encoding="utf-8")
    path = make_notebook(tmp_path / "one.ipynb", "One", "print(open('beside.txt').read(), most)")
    result = export_notebook(path, tmp_path / "sent.html", parameters={"most": "8"}, progress=print)
    assert result.pages == [tmp_path / "sent.html"]
    assert "read from beside 8" in read_page(result.pages[0])


def test_what_is_not_a_notebook_is_an_error_that_says_what_to_do(tmp_path):
    (tmp_path / "bad.ipynb").write_text("{", encoding="utf-8")
    with pytest.raises(NotebookError, match="not a notebook that can be read"):
        export_notebook(tmp_path / "bad.ipynb")
    with pytest.raises(NotebookError, match="no such notebook"):
        export_notebook(tmp_path / "none.ipynb")


def test_parameters_are_read_with_type_default_and_help(tmp_path):
    nb = nbformat.read(make_notebook(tmp_path / "n.ipynb", "N", declared=DECLARED + "\nside = []"), 4)
    found = read_parameters(nb)
    assert found["corpus"] == Parameter("corpus", "str", "x", "where the pages are")
    assert (found["most"].type, found["side"].type) == ("int", "list")


def test_injected_cell_follows_the_tagged_one_and_replaces_an_older(tmp_path):
    nb = nbformat.read(make_notebook(tmp_path / "n.ipynb", "N", "1"), 4)
    inject_parameters(nb, {"most": 5})
    inject_parameters(nb, {"most": 6, "other": 1})
    assert [cell.metadata.get("tags") for cell in nb.cells[1:3]] == [["parameters"], ["injected-parameters"]]
    assert nb.cells[2].source.splitlines()[1:] == ["most = 6"]
    assert len(nb.cells) == 4


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("str", "12", "12"),
        ("int", "12", 12),
        ("float", "1.5", 1.5),
        ("bool", "no", False),
        ("bool", "True", True),
        ("list", '["a, b", "c"]', ["a, b", "c"]),
        ("list", "a, b", ["a", "b"]),
        ("list", "", []),
        ("dict", '{"a": 1}', {"a": 1}),
    ],
)
def test_values_take_the_parameter_s_type(kind, text, value):
    assert parse_value(Parameter("p", kind, None), text) == value


@pytest.mark.parametrize(("kind", "text"), [("int", "x"), ("bool", "maybe"), ("list", "[1"), ("dict", "[1]")])
def test_values_of_another_type_are_errors(kind, text):
    with pytest.raises(NotebookError, match=f"cannot be read as {kind}"):
        parse_value(Parameter("p", kind, None), text)


def test_fingerprint_follows_names_and_bytes_but_not_exports(tmp_path):
    (tmp_path / "a.txt").write_text("one", encoding="utf-8")
    first = fingerprint_corpus(tmp_path)
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "a.html").write_text("x", encoding="utf-8")
    assert fingerprint_corpus(tmp_path) == first
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    assert fingerprint_corpus(tmp_path) != first


def test_pages_written_into_the_corpus_do_not_change_what_it_is(study):
    run_report(study, out=study / "sent")
    run_report(study, out=study / "sent")
    again = run_report(study, out=study / "sent")
    assert (again.ok, again.reused) == (True, ["a"])


def test_a_damaged_record_of_an_earlier_run_only_costs_time(study):
    folder = run_report(study).index.parent
    for damage in ("{", "[]", '{"a": 3}'):
        (folder / MANIFEST).write_text(damage, encoding="utf-8")
        result = run_report(study)
        assert (result.ok, result.reused) == (True, [])


def test_a_notebook_must_not_overwrite_the_index(study):
    make_notebook(study / "notebooks" / "index.ipynb", "Index")
    with pytest.raises(NotebookError, match="would overwrite"):
        find_notebooks(study)


def test_a_notebooks_name_cannot_turn_its_link_into_a_script():
    entry = IndexEntry("javascript:alert(1)#?", "Title", "Summary")
    page = build_index([entry], corpus=Path("x"), fingerprint="0", versions={})
    link = BeautifulSoup(page, "html.parser").select_one("li a")
    assert link["href"] == "javascript%3Aalert%281%29%23%3F.html"
