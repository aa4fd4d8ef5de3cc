"""Which files of an input are pages: listed in order, with what is passed over left out."""

from __future__ import annotations

import glob
from pathlib import Path

from analysis.errors import CorpusEmptyError, CorpusNotFoundError

_PASSED_OVER = ("corpus.toml", "codebook.toml", "corrections.csv")
_PASSED_OVER_FOLDERS = ("exports", "notebooks")
# What a folder holds that an earlier run wrote: tables and pages made from a corpus are not part of it.
OUTPUT_MARKERS = (".framelines.json", ".framelines-report.json")


def list_files(path: str | Path) -> tuple[Path, list[Path]]:
    """List the files of an input, in sorted path order.

    Args:
        path: A file, a folder (read recursively) or a glob.

    Returns:
        The folder that page names are relative to, and the files. Hidden files, ``corpus.toml`` and its
        kind, ``README*`` and anything in a folder ``exports`` or ``notebooks`` are passed over, and so are
        folders inside the input that Framelines wrote.

    Raises:
        CorpusNotFoundError: The path does not exist, or the glob matches nothing.
        CorpusEmptyError: The folder holds no file.
    """
    path = Path(path)
    if path.is_file():
        return path.parent, [path]
    if path.is_dir():
        root, found = path, sorted(item for item in path.rglob("*") if item.is_file())
    elif glob.has_magic(str(path)):
        fixed = [part for part in path.parts if not glob.has_magic(part)]
        root = Path(*path.parts[: _first_magic(path)]) if fixed else Path()
        found = sorted(Path(item) for item in glob.glob(str(path), recursive=True) if Path(item).is_file())
    else:
        found = []
    if not found and not path.is_dir():
        raise CorpusNotFoundError(
            "There is nothing here to read.",
            where=str(path),
            allowed="Give a file, a folder of pages, or a glob in quotation marks such as 'pages/*.txt'.",
            todo="Check the spelling, and the folder that the command is run from.",
        )
    kept = [item for item in found if not _is_passed_over(item.relative_to(root))]
    written = {folder for folder in {item.parent for item in kept} - {root} if is_output(folder)}
    kept = [item for item in kept if written.isdisjoint(item.parents)]
    if not kept:
        raise CorpusEmptyError(
            "The folder holds no pages.",
            where=str(path),
            allowed="Saved pages, tables of articles, or archive exports.",
            todo="Put your pages into it.",
        )
    return root, kept


def is_output(folder: Path) -> bool:
    """Whether Framelines wrote this folder: tables, or the pages of a report."""
    return any((folder / marker).is_file() for marker in OUTPUT_MARKERS)


def _first_magic(path: Path) -> int:
    return next(n for n, part in enumerate(path.parts) if glob.has_magic(part))


def _is_passed_over(relative: Path) -> bool:
    parts = relative.parts
    return (
        any(part.startswith(".") for part in parts)
        or any(part in _PASSED_OVER_FOLDERS for part in parts[:-1])
        or relative.name in _PASSED_OVER
        or relative.name.upper().startswith("README")
    )
