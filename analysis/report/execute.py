"""Execute a notebook in a kernel of this very Python, cell by cell, and say which cell failed."""

from __future__ import annotations

import asyncio
import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

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
    total = sum(cell.cell_type == "code" for cell in nb.cells)
    seen = {"last": time.monotonic(), "done": 0}

    def after_cell(**about: Any) -> None:
        seen["done"] += nb.cells[about["cell_index"]].cell_type == "code"
        if time.monotonic() - seen["last"] > SECONDS_BETWEEN_LINES and seen["done"] < total:
            seen["last"] = time.monotonic()
            progress(f"{seen['done']} of {total} cells done")

    client = NotebookClient(
        nb,
        timeout=timeout,
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
        # A loop of its own: a caller may already run one, as JupyterLab does.
        _run_apart(client, environment)
    except CellExecutionError as error:
        return f"{_place(nb)} failed with {error.ename}: {_plain(error.evalue)}"
    except CellTimeoutError:
        return f"{_place(nb)} took longer than {timeout} seconds and was stopped."
    except DeadKernelError:
        return f"{_place(nb)} ended the kernel, most often because memory ran out."
    return None


def _run_apart(client: NotebookClient, environment: dict[str, str]) -> None:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        asyncio.run(client.async_execute(env=environment))
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(lambda: asyncio.run(client.async_execute(env=environment))).result()


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
