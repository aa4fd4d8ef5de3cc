"""Where a report's parts stand: the corpus, its folder, and the notebooks that are run on it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from analysis.corpus.reading.files import find_folder, hint_at_path
from analysis.errors import CorpusNotFoundError, NotebookError, UnknownNameError

# The folder of a study's own notebooks.
NOTEBOOKS = "notebooks"
# Which notebook a reader begins with, where there is one of that name.
FIRST_NOTEBOOK = "00-start-here"


def find_notebooks(corpus: Path, names: Iterable[str] | None = None) -> list[Path]:
    """The notebooks of a corpus (``notebooks/`` beside its pages), else those that ship with the package.

    Raises:
        UnknownNameError: A name is not one of them.
        NotebookError: There are none, or one would overwrite the index.
    """
    folder = find_folder(corpus) / NOTEBOOKS
    found = list_notebooks(folder) or list_notebooks(shipped_notebooks())
    by_name = {path.stem: path for path in found}
    if not found or "index" in by_name:
        raise NotebookError(
            "A notebook called 'index' would overwrite the page that links the others."
            if found
            else "There are no notebooks to run.",
            where=str(folder),
            allowed="Any other name that ends in .ipynb.",
            todo="Rename it." if found else "Put a notebook there, or install Framelines again.",
        )
    if names is None:
        return found
    wanted = [Path(name).name.removesuffix(".ipynb") for name in names]
    for name in wanted:
        if name not in by_name:
            raise UnknownNameError.among("notebook", name, by_name)
    return [path for path in found if path.stem in wanted]


def find_workspace(folder: Path) -> tuple[Path, Path] | None:
    """The folder that JupyterLab is to show for a study, and the notebook to open first.

    Args:
        folder: A study, or a folder of notebooks.

    Returns:
        The folder itself with its first notebook, or the first in its ``notebooks``; None where neither has
        one.
    """
    found = list_notebooks(folder) or list_notebooks(folder / NOTEBOOKS)
    if not found:
        return None
    return folder, next((path for path in found if path.stem == FIRST_NOTEBOOK), found[0])


def list_notebooks(folder: Path) -> list[Path]:
    """The notebooks that stand in a folder itself, in order; none where there is no such folder."""
    return sorted(folder.glob("*.ipynb"))


def shipped_notebooks() -> Path:
    """The folder of the notebooks that ship: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / NOTEBOOKS
    return inside if inside.is_dir() else package.parent / NOTEBOOKS


def resolve_corpus(path: str | Path) -> Path:
    """The corpus path as an absolute one.

    Raises:
        CorpusNotFoundError: Nothing is there.
    """
    absolute = Path(os.path.abspath(Path(path).expanduser()))
    if not absolute.exists() and not any(mark in str(path) for mark in "*?["):
        raise CorpusNotFoundError(
            f"There is no such file or folder.{hint_at_path(absolute)}",
            where=str(path),
            allowed="A corpus is a file, a folder or a glob.",
            todo="Check the path, or start one with: framelines new my-study/",
        )  # fmt: skip
    return absolute


def read_notebook(path: Path) -> NotebookNode:
    """Read a notebook.

    Raises:
        NotebookError: It does not exist, or is not one.
    """
    try:
        return nbformat.read(path, as_version=4)
    except FileNotFoundError:
        raise NotebookError(
            f"There is no such notebook.{hint_at_path(path)}",
            where=str(path),
            allowed="A file that ends in .ipynb.",
            todo="Check the path.",
        ) from None
    except Exception as error:
        # nbformat raises a different error for each way a file is not a notebook.
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise NotebookError(
            f"This is not a notebook that can be read: {reason}",
            where=str(path),
            allowed="Notebooks are .ipynb files of format 4.",
            todo="Open it in JupyterLab and save it again.",
        ) from None  # fmt: skip
