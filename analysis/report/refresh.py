"""Run the shipped notebooks top to bottom and store what they print: ``make notebooks``.

Only the text outputs of cells tagged ``keep_output`` are stored, and nbval compares them on every test run.
Figures and widgets are left out: they are large, and the export makes them anew.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from analysis.report.execute import run_notebook
from analysis.report.places import list_notebooks, read_notebook, shipped_notebooks
from analysis.report.run import print_progress

KEEP = "keep_output"
_TEXT_TYPES = ("text/plain", "text/html")


def main(names: Sequence[str] | None = None) -> int:
    """Refresh the notebooks named, or all that ship.

    Returns:
        0, or 1 where a notebook failed; a failed one is left as it was.
    """
    paths = [Path(name) for name in names or ()] or list_notebooks(shipped_notebooks())
    failed = 0
    for path in paths:
        notebook = read_notebook(path)
        error = run_notebook(notebook, folder=path.resolve().parent, timeout=1200, progress=print_progress)
        print_progress(f"{path.name}: {error or 'refreshed'}")
        failed += bool(error)
        if not error:
            strip_outputs(notebook)
            nbformat.write(notebook, path)
    return 1 if failed else 0


def strip_outputs(notebook: NotebookNode) -> None:
    """Leave only the text outputs of the cells tagged to keep them, and no widget state."""
    notebook.metadata.pop("widgets", None)
    number = 0
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        number += 1
        cell.execution_count = number
        keep = KEEP in cell.metadata.get("tags", [])
        cell.outputs = [output for output in cell.outputs if keep and _is_text(output)]
        for output in cell.outputs:
            if "execution_count" in output:
                output["execution_count"] = number
            if "data" in output:
                output["data"] = {
                    kind: output["data"][kind] for kind in _TEXT_TYPES if kind in output["data"]
                }


def _is_text(output: NotebookNode) -> bool:
    return output.get("name") == "stdout" or any(kind in output.get("data", {}) for kind in _TEXT_TYPES)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
