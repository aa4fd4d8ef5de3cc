"""JupyterLab and Notebook 7 for the tests: one server a worker, a folder of its own for each notebook."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from browser import LAID_OUT, settle_acts
from processes import end_process

IDLE = "Python 3 (ipykernel) | Idle"
# JupyterLab lays out what comes into sight, so that cells move while they are clicked; here all of it is.
CELLS_LAID_OUT = ".jp-Notebook-cell { content-visibility: visible !important; }"


@dataclass(frozen=True)
class Lab:
    """A running server: where its files lie and how it is asked."""

    root: Path
    base: str
    token: str

    def make_folder(self, name: str) -> Path:
        """A new folder below the server's root."""
        number = sum(1 for each in self.root.iterdir() if each.name.startswith(f"{name}-"))
        folder = self.root / f"{name}-{number}"
        folder.mkdir()
        return folder

    def address(self, notebook: Path, app: str = "lab") -> str:
        """Where a notebook opens: in JupyterLab, with a workspace of its own, or in Notebook 7."""
        place = notebook.relative_to(self.root).as_posix()
        # A workspace that two tests share would open again what the first had open.
        way = "notebooks" if app == "notebook" else f"lab/workspaces/{notebook.parent.name}/tree"
        return f"{self.base}/{way}/{place}?token={self.token}"

    def ask(self, path: str, method: str = "GET") -> Any:
        """An answer of the server's own interface."""
        address = f"{self.base}/api/{path}?token={self.token}"
        with urllib.request.urlopen(urllib.request.Request(address, method=method), timeout=30) as answer:
            content = answer.read()
        return json.loads(content) if content else None

    def await_kernel(self, notebook: Path, seconds: int = 60) -> None:
        """Wait until the kernel of a notebook has answered."""
        place = notebook.relative_to(self.root).as_posix()
        for _ in range(seconds * 10):
            sessions = [each for each in self.ask("sessions") if each["path"] == place]
            if sessions and sessions[0]["kernel"]["execution_state"] == "idle":
                return
            time.sleep(0.1)
        raise AssertionError(f"the kernel of {place} does not answer")

    def end_kernels(self, folder: Path) -> None:
        """End the kernels of a folder's notebooks: they would keep their memory till the last test."""
        for session in self.ask("sessions"):
            if session["path"].startswith(f"{folder.name}/"):
                self.ask(f"sessions/{session['id']}", "DELETE")


@contextmanager
def serve_lab(root: Path) -> Iterator[Lab]:
    """Start a server on a free loopback port, with settings of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home, files = root / "home", root / "files"
    home.mkdir()
    files.mkdir()
    lab = Lab(files, f"http://127.0.0.1:{port}", secrets.token_hex(16))
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
    own = {"HOME": str(home), **{name: str(home / name.lower()) for name in names}}
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", "--allow-root",
        f"--port={port}", f"--IdentityProvider.token={lab.token}", f"--ServerApp.root_dir={files}",
        "--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]  # fmt: skip
    log = (root / "lab.log").open("w", encoding="utf-8")
    server = subprocess.Popen(command, cwd=files, env=os.environ | own, stdout=log, stderr=log)
    try:
        wait_until_up(lab, server)
        yield lab
    finally:
        end_process(server)
        log.close()


def wait_until_up(lab: Lab, server: subprocess.Popen, seconds: int = 90) -> None:
    for _ in range(seconds * 10):
        assert server.poll() is None, "JupyterLab ended"
        try:
            lab.ask("status")
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError("JupyterLab did not start")


def write_cells(path: Path, cells: Iterable[str]) -> nbformat.NotebookNode:
    """A notebook of code cells, written to a file."""
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    nb.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(nb, path)
    return nb


@contextmanager
def run_notebook_live(browser: Any, lab: Lab, notebook: Path, app: str = "lab") -> Iterator[Any]:
    """Open a notebook of the server, choose Run All Cells, and end its kernel afterwards."""
    page = browser.new_page(viewport={"width": 1300, "height": 1400})
    settle_acts(page)
    page.set_default_timeout(90_000)
    page.goto(lab.address(notebook, app))
    page.wait_for_selector(".jp-Notebook .jp-Cell")
    page.add_style_tag(content=LAID_OUT + CELLS_LAID_OUT)
    # Run All before the kernel stands would ask which kernel to take.
    if app == "lab":
        page.get_by_text(IDLE).wait_for()
    else:
        lab.await_kernel(notebook)
        page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]")
    run_all_cells(page)
    try:
        yield page
    finally:
        page.close()
        lab.end_kernels(notebook.parent)


def run_all_cells(page: Any) -> None:
    """Choose Run All Cells in the menu."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
