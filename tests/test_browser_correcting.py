"""The panel of corrections in JupyterLab: by keyboard, then the file, then the table that a rerun gives."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
import pytest
from browser import open_file
from lab import run_all_cells, run_notebook_live, write_cells
from playwright.sync_api import expect

from analysis.corrections import read_corrections
from analysis.report.execute import run_notebook
from analysis.report.export import FramelinesExporter

pytestmark = pytest.mark.browser

PAGE = """Traders fear the levy

The council announced a new levy on 4 March 2025.

"Nobody asked us about it," said Lena Marsh, who sells fish.

"The docks are safe," said Tom Archer, the harbour police chief.
"""
HOSTILE = "<script>document.title = 'run'</script><img src=x onerror=alert(1)>"
CELLS = (
    "import analysis as an\npages = an.load('study')\ntables = an.extract(pages)",
    "an.CorrectionPanel(tables, 'study')",
    "an.show_corrections(tables)",
    "for row in tables.quotes.itertuples(): print('quoted:', row.speaker)\n"
    "for row in tables.events.itertuples(): print('event:', row.trigger, row.status)",
)


def write_study(folder: Path) -> nbformat.NotebookNode:
    (folder / "study").mkdir()
    (folder / "study" / "quay.txt").write_text(PAGE, encoding="utf-8")
    settings = 'topic = "none"\n[[pages]]\nmatch = "*.txt"\npublished = 2025-03-05\n'
    (folder / "study" / "corpus.toml").write_text(settings, encoding="utf-8")
    return write_cells(folder / "correcting.ipynb", CELLS)


def picture(page, name: str) -> None:
    """A picture of the page, where a folder for pictures is named."""
    if folder := os.environ.get("FRAMELINES_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png")


def type_into(page, label: str, words: str) -> None:
    """Replace what stands in a field, by keyboard, and leave it."""
    page.get_by_label(label, exact=True).focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(words)
    page.keyboard.press("Tab")


def choose(page, label: str, option: str) -> None:
    """Choose an option of a list by keyboard, once it is offered: its words find it."""
    listed = page.get_by_label(label, exact=True)
    listed.locator("option", has_text=option).first.wait_for(state="attached")
    listed.focus()
    page.keyboard.type(option)
    expect(listed.locator("option:checked")).to_have_text(option)


def press(page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).focus()
    page.keyboard.press("Enter")


@pytest.mark.timeout(400)
def test_a_speaker_and_a_status_are_corrected_by_keyboard_and_a_rerun_has_them(browser, lab):
    folder = lab.make_folder("correcting")
    write_study(folder)
    file = folder / "study" / "corrections.csv"
    with run_notebook_live(browser, lab, folder / "correcting.ipynb") as page:
        page.get_by_text("quoted: Lena Marsh").wait_for()
        page.set_default_timeout(60_000)
        press(page, "Correct a row")
        type_into(page, "Your name", "AB")
        type_into(page, "Search", "nobody asked")
        page.locator("mark", has_text="Nobody asked us about it,").wait_for()
        expect(page.get_by_label("New value", exact=True)).to_have_value("Lena Marsh", timeout=60_000)
        type_into(page, "New value", "Tom Archer")
        picture(page, "light")
        press(page, "Save")
        page.get_by_text("Written to corrections.csv: quotes, speaker: Tom Archer.").wait_for()

        choose(page, "Table", "events")
        type_into(page, "Search", "announced")
        page.locator("mark", has_text="The council announced a new levy").wait_for()
        choose(page, "Column", "status")
        expect(page.get_by_label("New value", exact=True)).to_have_value("announced", timeout=60_000)
        choose(page, "New value", "in force")
        press(page, "Save")
        page.get_by_text("Written to corrections.csv: events, status: in force.").wait_for()
        # No key reached the notebook: it has the cells that it had.
        assert page.locator(".jp-Notebook .jp-Cell").count() == len(CELLS)
        made = read_corrections(file)
        assert [(each.table, each.value, each.who) for each in made.corrections] == [
            ("quotes", "Tom Archer", "AB"), ("events", "in force", "AB"),
        ]  # fmt: skip
        assert made.problems == ()

        run_all_cells(page)
        page.get_by_text("event: announced in force").wait_for()
        assert page.get_by_text("quoted: Tom Archer").count() == 1
        assert page.get_by_text("quoted: Lena Marsh").count() == 0
        page.get_by_text("Corrections: 2 of 2 applied").wait_for()


def test_hostile_corrections_are_text_in_an_exported_page(browser, tmp_path):
    nb = write_study(tmp_path)
    start = PAGE.index("Nobody asked") - PAGE.index("The council")
    words = "Nobody asked us about it,"
    header = "table,article_id,start,end,text,column,value,who,when\n"
    quoted = f'quotes,quay.txt#0,{start},{start + len(words)},"{words}"'
    rows = f'{quoted},speaker,"{HOSTILE}","{HOSTILE}",2025-11-22\n{quoted},kind,"{HOSTILE}",AB,2025-11-22\n'
    (tmp_path / "study" / "corrections.csv").write_text(header + rows, encoding="utf-8")
    assert run_notebook(nb, folder=tmp_path, timeout=300, progress=print) is None
    path = tmp_path / "page.html"
    path.write_text(FramelinesExporter().from_notebook_node(nb)[0], encoding="utf-8")
    with open_file(browser, path, viewport={"width": 1000, "height": 900}, color_scheme="dark") as watched:
        title = watched.page.title()
        assert title != "run"
        assert watched.page.get_by_text(HOSTILE).count() >= 3
        assert watched.page.locator("main img").count() == 0
        assert watched.complaints == [] and watched.requests == []
        picture(watched.page, "exported")
