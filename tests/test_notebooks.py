"""The shipped notebooks: their parts in order, small cells, and a stored output for every checked cell."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import nbformat
import pytest

from analysis.report.parameters import read_parameters
from analysis.report.refresh import strip_outputs

ROOT = Path(__file__).parents[1]
NAMES = (
    "00-start-here", "01-political-framing", "02-policy-timelines", "03-source-comparison", "04-validation",
)  # fmt: skip
# What a notebook takes beside the corpus and its filters.
OWN_PARAMETERS = {
    "01-political-framing": {"codebook"},
    "03-source-comparison": {"codebook", "by", "off_topic", "within"},
    "04-validation": {"kind", "items", "codebook"},
}
LAST_SECTIONS = ["What this cannot tell you", "Files written", "Versions and corpus fingerprint"]


@pytest.fixture(params=NAMES)
def name(request) -> str:
    return request.param


@pytest.fixture
def notebook(name) -> nbformat.NotebookNode:
    return nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)


def code_cells(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def tags(cell: nbformat.NotebookNode) -> list[str]:
    return cell.metadata.get("tags", [])


def test_these_are_the_notebooks():
    assert tuple(sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))) == NAMES


def test_opens_with_a_question_and_what_it_does(notebook):
    first = notebook.cells[0].source
    assert re.match(r"# [^\n]+\?\n", first)
    assert 3 <= first.count("\n- ") <= 5
    assert "This notebook" in first


def test_parameters_imports_load_and_check_come_in_order(notebook):
    parameters, imports, load, check = code_cells(notebook)[:4]
    assert tags(parameters) == ["parameters"]
    assert imports.source.endswith("import analysis as an")
    assert "an.load(corpus" in load.source
    assert "an.check_tables(tables)" in check.source
    assert "assert " in check.source


def test_every_parameter_is_typed_and_explained(name, notebook):
    parameters = read_parameters(notebook)
    own = OWN_PARAMETERS.get(name, set())
    assert set(parameters) == {"corpus", "topic", "outlets", "start", "end"} | own
    assert all(parameter.help for parameter in parameters.values())
    lines = code_cells(notebook)[0].source.splitlines()
    assert all(re.match(r"\w+: \w+ = .+  # \w", line) for line in lines)


def test_headings_never_skip_a_level_and_end_with_the_limits(notebook):
    headings = [
        line for cell in notebook.cells if cell.cell_type == "markdown"
        for line in cell.source.splitlines() if line.startswith("#")
    ]  # fmt: skip
    levels = [len(heading.split()[0]) for heading in headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert set(levels[1:]) == {2}
    assert [heading[3:] for heading in headings[-3:]] == LAST_SECTIONS


def test_code_cells_are_short_and_define_nothing(notebook):
    for cell in code_cells(notebook):
        assert len(cell.source.splitlines()) <= 15
        nodes = list(ast.walk(ast.parse(cell.source)))
        assert not any(isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Lambda)) for node in nodes)
    assert (
        sorted(len(cell.source.splitlines()) for cell in code_cells(notebook))[len(code_cells(notebook)) // 2]
        <= 4
    )


def test_prose_is_a_third_to_a_half_of_the_cells(notebook):
    share = sum(cell.cell_type == "markdown" for cell in notebook.cells) / len(notebook.cells)
    assert 0.3 <= share <= 0.5


def test_checked_cells_have_a_stored_output_and_others_have_none(notebook):
    checked = [cell for cell in code_cells(notebook) if "nbval-check-output" in tags(cell)]
    assert len(checked) >= 5
    for cell in code_cells(notebook):
        assert bool(cell.outputs) == (cell in checked), cell.source
        assert ("keep_output" in tags(cell)) == (cell in checked)
        assert not any(output.output_type == "error" for output in cell.outputs)


def test_stored_as_run_from_top_to_bottom(notebook):
    assert [cell.execution_count for cell in code_cells(notebook)] == list(
        range(1, len(code_cells(notebook)) + 1)
    )
    assert "widgets" not in notebook.metadata


def test_each_notebook_has_an_interactive_view_and_a_chart_with_evidence(notebook):
    source = "\n".join(cell.source for cell in code_cells(notebook))
    assert "an.Explorer(" in source
    assert "an.plot_" in source
    assert "an.show_table(" in source


def test_stripping_keeps_text_of_tagged_cells_only():
    cell = nbformat.v4.new_code_cell("1", metadata={"tags": ["keep_output"]}, execution_count=7)
    data = {"text/plain": "1", "image/png": "x"}
    cell.outputs = [nbformat.v4.new_output("execute_result", data, execution_count=7)]
    other = nbformat.v4.new_code_cell("2", execution_count=9)
    other.outputs = [nbformat.v4.new_output("stream", text="two")]
    notebook = nbformat.v4.new_notebook(cells=[cell, other], metadata={"widgets": {}})
    strip_outputs(notebook)
    assert cell.outputs[0]["data"] == {"text/plain": "1"}
    assert (cell.execution_count, cell.outputs[0]["execution_count"]) == (1, 1)
    assert other.outputs == []
    assert "widgets" not in notebook.metadata
