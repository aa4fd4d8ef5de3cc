"""The notebooks as files: small, without scripts, and readable as they are, before anything is run."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup

PATHS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
MOST_BYTES = 300_000
SHOWN = {"text/plain", "text/html"}


@pytest.fixture(params=PATHS, ids=[path.stem for path in PATHS])
def path(request) -> Path:
    return request.param


@pytest.fixture
def outputs(path) -> list[nbformat.NotebookNode]:
    cells = nbformat.read(path, as_version=4).cells
    return [output for cell in cells if cell.cell_type == "code" for output in cell.outputs]


def html_of(outputs: list[nbformat.NotebookNode]) -> str:
    return "".join("".join(each.get("data", {}).get("text/html", "")) for each in outputs)


def test_a_stored_notebook_is_small(path):
    assert path.stat().st_size < MOST_BYTES


def test_it_holds_no_script_no_chart_and_no_widget(path, outputs):
    assert "widgets" not in nbformat.read(path, as_version=4).metadata
    kinds = {kind for each in outputs for kind in each.get("data", {})}
    assert kinds <= SHOWN
    soup = BeautifulSoup(html_of(outputs), "html.parser")
    assert soup.find_all(["script", "iframe", "link", "img"]) == []
    for tag in soup.find_all(True):
        assert not [name for name in tag.attrs if name.startswith("on") or name in ("src", "href")]
    words = path.read_text("utf-8").lower()
    for name in ("plotly.min.js", "plotly.newplot", "_anywidget_id", "widget-view+json", "data:application"):
        assert name not in words


def test_opened_without_a_run_it_shows_its_tables_and_sentences(outputs):
    soup = BeautifulSoup(html_of(outputs), "html.parser")
    tables = soup.find_all("table")
    assert len(tables) >= 5
    for table in tables:
        assert table.find("caption").get_text(strip=True)
        assert table.find("th")
    assert any(len(table.find_all("tr")) > 2 for table in tables)
    for each in outputs:
        data = each.get("data", {})
        # Whoever reads the file as text, or a diff of it, sees the same.
        assert "text/html" not in data or "".join(data["text/plain"]).strip()


def test_sentences_stand_in_it_with_what_was_found_marked(path, outputs):
    marked = BeautifulSoup(html_of(outputs), "html.parser").find_all("mark")
    # What the validation is about are marks of people; its sentences stand in a table.
    assert marked or path.stem == "04-validation"


def test_it_is_written_so_that_a_change_is_a_change_of_few_lines(path):
    written = path.read_text("utf-8")
    assert written == json.dumps(json.loads(written), indent=1, ensure_ascii=False) + "\n"
    content = json.loads(written)
    for cell in content["cells"]:
        assert isinstance(cell["source"], list) or "\n" not in cell["source"]
    assert "execution" not in written.split('"cells"')[0]
    assert not [cell for cell in content["cells"] if "execution" in cell["metadata"]], "no times of a run"
