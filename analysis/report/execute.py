"""Execute a notebook in a kernel of this very Python, cell by cell, and say which cell failed."""

from __future__ import annotations

import asyncio
import os
import re
import sys
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from analysis.progress import PROGRESS_FILE, read_progress
from analysis.report.parameters import INJECTED_TAG
from analysis.views.sharing import TEXTS

SECONDS_BETWEEN_LINES = 5


class OwnKernelManager(AsyncKernelManager):
    """Starts kernels with the Python that runs now: a kernel of that name elsewhere lacks this package."""

    @property
    def kernel_spec(self) -> KernelSpec:
        """The kernel's command line."""
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", "--log-level=ERROR"]
        return KernelSpec(argv=argv, display_name="Python 3", language="python")


def run_notebook(
    nb: NotebookNode,
    *,
    folder: Path,
    timeout: int,
    progress: Callable[[str], None],
    texts: str | None = None,
) -> str | None:
    """Execute all cells in place and keep the state of the widgets.

    Args:
        nb: The notebook; its outputs are replaced, so pass a copy.
        folder: The kernel's working folder.
        timeout: Seconds that one cell may take.
        progress: Called with a line every few seconds.
        texts: What of the articles' texts its views may hold: "evidence" or "full". The kernel is told, and
            the notebook's metadata say it to the exporter (``framelines.texts``). As in JupyterLab where
            None: whole texts, which no page takes up.

    Returns:
        ``None``, or which cell failed and with what error.
    """
    teller = _Teller(progress, sum(cell.cell_type == "code" for cell in nb.cells))

    def after_cell(**about: Any) -> None:
        teller.finish_cell(is_code=nb.cells[about["cell_index"]].cell_type == "code")

    client = NotebookClient(
        nb,
        timeout=timeout,
        # What a cell shows comes by a way of its own, on a busy machine long after the word that the cell has
        # ended: four seconds after that, nbclient would go on without it and say nothing.
        iopub_timeout=timeout,
        raise_on_iopub_timeout=True,
        kernel_name="python3",
        kernel_manager_class=OwnKernelManager,
        store_widget_state=True,
        resources={"metadata": {"path": str(folder)}},
        on_cell_executed=after_cell,
        record_timing=False,
    )
    # The kernel alone is told, never this process: its caller may be a live kernel.
    environment = {name: value for name, value in os.environ.items() if name != TEXTS}
    if texts is not None:
        environment[TEXTS] = texts
        nb.metadata["framelines"] = {"texts": texts}
    try:
        with TemporaryDirectory(prefix="framelines-") as made:
            noted = Path(made) / "progress.json"
            environment[PROGRESS_FILE] = str(noted)
            # A loop of its own: a caller may already run one, as JupyterLab does.
            _run_apart(lambda: _execute(client, environment, lambda: teller.tell_running(noted)))
    except CellExecutionError as error:
        return f"{_place(nb)} failed with {error.ename}: {_plain(error.evalue)}"
    except CellTimeoutError:
        return f"{_place(nb)} took longer than {timeout} seconds and was stopped."
    except DeadKernelError:
        return f"{_place(nb)} ended the kernel, most often because memory ran out."
    return None


@dataclass
class _Teller:
    """Says now and then how far a notebook is: in lines, as its page is not open yet."""

    say: Callable[[str], None]
    total: int
    done: int = 0
    said: float = field(default_factory=time.monotonic)
    begun: float = field(default_factory=time.monotonic)

    def finish_cell(self, *, is_code: bool) -> None:
        self.done, self.begun = self.done + is_code, time.monotonic()
        if self.begun - self.said > SECONDS_BETWEEN_LINES and self.done < self.total:
            self.said = self.begun
            self.say(f"{self.done} of {self.total} cells done")

    def tell_running(self, noted: Path) -> None:
        """Say what the cell that runs has done so far; seldom, where it takes very long."""
        now = time.monotonic()
        took = now - self.begun
        if now - self.said >= max(SECONDS_BETWEEN_LINES, took / 5) and self.done < self.total:
            self.said = now
            what = read_progress(noted) or ("still running" if took >= SECONDS_BETWEEN_LINES else "")
            if what:
                self.say(f"cell {self.done + 1} of {self.total}: {what} ({took:.0f} s)")
            else:
                self.say(f"{self.done} of {self.total} cells done")


async def _execute(client: NotebookClient, environment: dict[str, str], tell: Callable[[], None]) -> None:
    running = asyncio.ensure_future(client.async_execute(env=environment))
    try:
        while not running.done():
            await asyncio.wait({running}, timeout=1)
            tell()
    finally:
        # Nothing to do for one that has ended; one that was interrupted ends its kernel.
        running.cancel()
    await running


def _run_apart(execute: Callable[[], Coroutine[Any, Any, None]]) -> None:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        asyncio.run(execute())
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(lambda: asyncio.run(execute())).result()


def _place(nb: NotebookNode) -> str:
    """The cell that was running: its number among the code cells, and its first line."""
    cells = [cell for cell in nb.cells if cell.cell_type == "code" and cell.source.strip()]
    # Numbered as the user sees them: the cell that sets the parameters of a run is not theirs.
    cells = [cell for cell in cells if INJECTED_TAG not in cell.metadata.get("tags", [])]
    for number, cell in enumerate(cells, 1):
        failed = any(output.output_type == "error" for output in cell.outputs)
        unfinished = cell.get("execution_count") is None
        if failed or unfinished:
            lines = [line.strip() for line in cell.source.splitlines() if line.strip()]
            return f"code cell {number} of {len(cells)} ('{lines[0][:60]}')"
    return "the notebook"


def _plain(text: str) -> str:
    """An error's message without terminal colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text).strip() or "no message"
