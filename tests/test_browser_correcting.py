"""Corrections in an exported page: what a stranger wrote into the file stays text."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from browser import open_file

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
)


def write_study(folder: Path) -> nbformat.NotebookNode:
    (folder / "study").mkdir()
    (folder / "study" / "quay.txt").write_text(PAGE, encoding="utf-8")
    settings = 'topic = "none"\n[[pages]]\nmatch = "*.txt"\npublished = 2025-03-05\n'
    (folder / "study" / "corpus.toml").write_text(settings, encoding="utf-8")
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in CELLS])
    nb.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(nb, folder / "correcting.ipynb")
    return nb


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
    with open_file(browser, path, viewport={"width": 1000, "height": 900}) as watched:
        assert watched.page.title() != "run"
        assert watched.page.get_by_text(HOSTILE).count() >= 3
        assert watched.page.locator("main img").count() == 0
        assert watched.complaints == [] and watched.requests == []
