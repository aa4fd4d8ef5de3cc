"""A shipped notebook live: JupyterLab on a scratch folder with another corpus, Run All, a filter."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from lab import run_notebook_live
from pages import aggregator_page

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"

pytestmark = pytest.mark.browser


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
