"""The same views live: JupyterLab on a scratch folder, Run All, a filter, the counts, seen by Python too."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import pytest
from browser import open_browser
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


@contextmanager
def serve_lab(folder: Path, notebook: str) -> Iterator[str]:
    """Start JupyterLab on a free loopback port, with settings of its own; give a notebook's address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token, home = secrets.token_hex(16), folder / "home"
    home.mkdir()
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
    own = {"HOME": str(home), **{name: str(home / name.lower()) for name in names}}
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", "--allow-root",
        f"--port={port}", f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder}",
        "--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]  # fmt: skip
    log = (folder / "lab.log").open("w", encoding="utf-8")
    server = subprocess.Popen(command, cwd=folder, env=os.environ | own, stdout=log, stderr=log)
    try:
        base = f"http://127.0.0.1:{port}"
        wait_until_up(f"{base}/api?token={token}", server)
        yield f"{base}/lab/tree/{notebook}?token={token}"
    finally:
        server.terminate()
        server.wait(timeout=30)
        log.close()


def wait_until_up(address: str, server: subprocess.Popen, seconds: int = 90) -> None:
    for _ in range(seconds * 2):
        assert server.poll() is None, "JupyterLab ended"
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise AssertionError("JupyterLab did not start")


def run_all_cells(browser: Any, address: str) -> Any:
    """Open a notebook in JupyterLab and choose Run All Cells."""
    page = browser.new_page(viewport={"width": 1300, "height": 1400})
    page.set_default_timeout(90_000)
    page.goto(address)
    page.wait_for_selector(".jp-Notebook .jp-Cell")
    # Run All before the kernel stands would ask which kernel to take.
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    return page


@pytest.mark.timeout(400)
def test_views_answer_in_jupyterlab(chromium, tmp_path):
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in CELLS])
    nb.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(nb, tmp_path / "views.ipynb")
    with serve_lab(tmp_path, "views.ipynb") as address, open_browser(chromium) as browser:
        page = run_all_cells(browser, address)
        page.wait_for_selector(".fl-view-sentences li.fl-evidence")

        said = page.locator(".fl-view-sentences .fl-statement")
        assert said.inner_text() == "10 of 10 frame matches in 4 of 4 articles"
        outlet = page.locator(".fl-view-filters [data-dimension=outlet]")
        outlet.locator("summary").click()
        outlet.get_by_role("checkbox", name="Example Herald").check()
        assert said.inner_text() == "6 of 10 frame matches in 2 of 4 articles"
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
def test_shipped_notebook_runs_on_another_corpus(chromium, tmp_path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.txt").write_text(aggregator_page(), encoding="utf-8")
    nb = nbformat.read(NOTEBOOKS / "00-start-here.ipynb", as_version=4)
    for cell in nb.cells:
        cell.source = cell.source.replace('corpus: str = "../seeds"', 'corpus: str = "pages"')
    nbformat.write(nb, tmp_path / "00-start-here.ipynb")
    with serve_lab(tmp_path, "00-start-here.ipynb") as address, open_browser(chromium) as browser:
        page = run_all_cells(browser, address)
        page.get_by_text("Corpus of 4 articles from 1 files, 2 outlets named").wait_for()
        said = page.locator(".fl-view-filters .fl-statement")
        said.scroll_into_view_if_needed()
        assert said.inner_text().endswith("sentences in 4 of 4 articles")
        outlet = page.locator(".fl-view-filters [data-dimension=outlet]")
        outlet.locator("summary").click()
        outlet.get_by_role("checkbox", name="Example Post").check()
        assert said.inner_text().endswith("sentences in 1 of 4 articles")
        assert page.locator(".fl-view-sentences li.fl-evidence").count() == 3
