"""The same views live: JupyterLab on a scratch folder, Run All, a filter, the counts, seen by Python too."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from lab import run_notebook_live, write_cells
from pages import aggregator_page

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"

pytestmark = pytest.mark.browser

CELLS = (
    f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
    "from made_tables import make_tables\nfrom analysis.views import charts, evidence\n"
    "from analysis.views.explorer import Explorer\ntables = make_tables()",
    "frames = Explorer(evidence.frame_evidence(tables), dimensions=['frame', 'voice'], unit='frame match')\n"
    "frames.show('frame', 'outlet')",
    "import ipywidgets as widgets\nseen = widgets.Label('Python waits')\n"
    "def tell(change): seen.value = f'Python sees {len(frames.selection())} rows'\n"
    "frames.store.observe(tell, 'filters')\nseen",
    "charts.plot_frames(tables)",
)


@pytest.mark.timeout(400)
def test_views_answer_in_jupyterlab(browser, lab):
    notebook = lab.make_folder("views") / "views.ipynb"
    write_cells(notebook, CELLS)
    with run_notebook_live(browser, lab, notebook) as page:
        page.wait_for_selector(".fl-view-sentences li.fl-evidence")

        said = page.locator(".fl-view-sentences .fl-statement")
        assert said.inner_text() == "10 of 10 frame matches in 4 of 4 articles"
        outlet = page.locator(".fl-view-filters [data-dimension=outlet]")
        outlet.locator("summary").click()
        outlet.get_by_role("checkbox", name="Example Herald").check()
        assert said.inner_text() == "6 of 10 frame matches in 2 of 4 articles: Example Herald"
        assert page.locator(".fl-view-articles .fl-article").count() == 2
        assert page.locator(".fl-view-counts .fl-grand").inner_text() == "6"
        page.get_by_text("Python sees 6 rows").wait_for()

        count = page.get_by_role("button", name="2 frame matches: Economic, Example Herald", exact=True)
        count.focus()
        page.keyboard.press("Enter")
        assert page.locator(".fl-view-sentences blockquote mark").all_inner_texts() == ["budget", "budget"]
        page.locator(".js-plotly-plot .bars path").first.wait_for()
        assert page.get_by_text("Of 4 articles, 4 have a match of Security and defence").count() == 1


@pytest.mark.timeout(400)
def test_shipped_notebook_runs_on_another_corpus(browser, lab):
    folder = lab.make_folder("shipped")
    (folder / "pages").mkdir()
    (folder / "pages" / "a.txt").write_text(aggregator_page(), encoding="utf-8")
    nb = nbformat.read(NOTEBOOKS / "00-start-here.ipynb", as_version=4)
    for cell in nb.cells:
        cell.source = cell.source.replace('corpus: str = "../seeds"', 'corpus: str = "pages"')
    nbformat.write(nb, folder / "00-start-here.ipynb")
    with run_notebook_live(browser, lab, folder / "00-start-here.ipynb") as page:
        page.get_by_text("Corpus of 4 articles from 1 files, 2 outlets named").wait_for()
        said = page.locator(".fl-view-filters .fl-statement")
        said.scroll_into_view_if_needed()
        assert said.inner_text().endswith("sentences in 4 of 4 articles")
        outlet = page.locator(".fl-view-filters [data-dimension=outlet]")
        outlet.locator("summary").click()
        outlet.get_by_role("checkbox", name="Example Post").check()
        assert said.inner_text().endswith("sentences in 1 of 4 articles: Example Post")
        assert page.locator(".fl-view-sentences li.fl-evidence").count() == 3
