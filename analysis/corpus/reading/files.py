"""Which files of an input are pages: listed in order, with what is passed over left out."""

from __future__ import annotations

import fnmatch
import glob
import os
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import NamedTuple

from analysis.corpus.reading.decoding import replace_surrogates
from analysis.errors import CorpusEmptyError, CorpusNotFoundError, Problem, hint_at

_PASSED_OVER = ("corpus.toml", "codebook.toml", "corrections.csv")
_PASSED_OVER_FOLDERS = ("exports", "notebooks", "__MACOSX")
# What a folder holds that an earlier run wrote: tables and pages made from a corpus are not part of it.
OUTPUT_MARKERS = (".framelines.json", ".framelines-report.json")


class Listing(NamedTuple):
    """An input's files in sorted path order, the folder their names are relative to, and what is no file."""

    root: Path
    files: list[Path]
    problems: list[Problem]


def list_files(path: str | Path) -> Listing:
    """List the files of an input, in sorted path order.

    A link to a file counts as a file. A link to a folder is followed once, where it leads to a folder that
    is not yet part of the input and does not hold it; any other is a note. Pipes, sockets and devices are
    never opened.

    Args:
        path: A file, a folder (read recursively) or a glob.

    Returns:
        The folder that page names are relative to, the files, and what cannot be read as one. Hidden files,
        ``corpus.toml`` and its kind, ``README*``, samples that are coded (``coding/NAME/*.csv``) and anything
        in a folder ``exports`` or ``notebooks`` are passed over, and so are folders inside the input that
        Framelines wrote.

    Raises:
        CorpusNotFoundError: The path does not exist, or the glob matches nothing.
        CorpusEmptyError: The folder holds no file.
    """
    path = Path(path)
    problems: list[Problem] = []
    if path.is_file():
        return Listing(path.parent, [path], problems)
    if path.is_dir():
        root, found = path, sorted(_walk(path, problems))
    elif glob.has_magic(str(path)):
        root, found = _match(path, problems)
    else:
        found = []
    if not found and not path.is_dir():
        raise CorpusNotFoundError(
            f"There is nothing here to read.{hint_at_path(path)}",
            where=str(path),
            allowed="Give a file, a folder of pages, or a glob in quotation marks such as 'pages/*.txt'.",
            todo="Check the spelling, and the folder that the command is run from.",
        )
    kept = [item for item in found if not is_passed_over(item.relative_to(root))]
    written = {folder for folder in {item.parent for item in kept} - {root} if is_output(folder)}
    kept = [item for item in kept if written.isdisjoint(item.parents)]
    if not kept:
        raise CorpusEmptyError(
            "\n".join(["The folder holds no pages.", *(f"  {problem}" for problem in problems[:10])]),
            where=str(path),
            allowed="Saved pages (.html, .txt, .docx), tables of articles (.csv, .xlsx, .jsonl), feeds, "
            "or exports of Nexis, Factiva or Europresse.",
            todo=f"Put yours into {path / 'pages' if (path / 'pages').is_dir() else path}, "
            "and run the command again.",
        )
    return Listing(root, kept, problems)


def find_folder(path: str | Path) -> Path:
    """The folder of a study: the folder of pages itself, or the one that a file or a glob starts in."""
    path = Path(path)
    while not path.is_dir() and path != path.parent:
        path = path.parent
    return path


def hint_at_path(path: Path) -> str:
    """Which neighbour a path that does not exist was probably meant to be, as a sentence; else nothing."""
    try:
        names = sorted(entry.name for entry in os.scandir(path.parent) if not entry.name.startswith("."))
    except OSError:
        return ""
    return hint_at(path.name, names)


def is_output(folder: Path) -> bool:
    """Whether Framelines wrote this folder: tables, or the pages of a report."""
    return any((folder / marker).is_file() for marker in OUTPUT_MARKERS)


def is_passed_over(relative: PurePath) -> bool:
    """Whether a path in an input or an archive is no page: hidden, a settings file, a README, made by us."""
    parts = relative.parts
    return (
        any(part.startswith(".") for part in parts)
        or any(part in _PASSED_OVER_FOLDERS for part in parts[:-1])
        or (len(parts) == 3 and parts[0] == "coding" and relative.suffix in (".csv", ".json"))
        or relative.name in _PASSED_OVER
        or relative.name.upper().startswith("README")
    )


def _match(pattern: Path, problems: list[Problem]) -> tuple[Path, list[Path]]:
    """The fixed folder of a glob and its files; "**" goes through :func:`_walk`, which ends in any loop."""
    first = next(n for n, part in enumerate(pattern.parts) if glob.has_magic(part))
    root, wanted = Path(*pattern.parts[:first]), pattern.parts[first:]
    if "**" not in wanted:
        return root, sorted(path for item in glob.glob(str(pattern)) if (path := Path(item)).is_file())
    if not root.is_dir():
        return root, []
    return root, sorted(file for file in _walk(root, problems) if _fits(file.relative_to(root).parts, wanted))


def _fits(parts: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    if not wanted or not parts:
        return not parts and all(part == "**" for part in wanted)
    if wanted[0] == "**":
        return _fits(parts, wanted[1:]) or _fits(parts[1:], wanted)
    return fnmatch.fnmatch(parts[0], wanted[0]) and _fits(parts[1:], wanted[1:])


def _walk(root: Path, problems: list[Problem]) -> Iterator[Path]:
    """Every file below a folder; real folders before linked ones, so that a link never takes their name."""
    seen: set[str] = set()
    tops: list[str] = []
    links = [root]
    while links:
        top = links.pop(0)
        real = os.path.realpath(top)
        if real in seen or any(PurePath(known).is_relative_to(real) for known in tops):
            problems.append(
                _note(top, root, "The link leads to a folder that is part of the input, or that holds it.")
            )
            continue
        tops.append(real)
        folders = [top]
        while folders:
            folder = folders.pop()
            seen.add(os.path.realpath(folder))
            for entry in _entries(folder, root, problems):
                path = Path(entry)
                relative = path.relative_to(root)
                try:
                    if entry.is_dir():
                        if not is_passed_over(relative / "page"):
                            (links if entry.is_symlink() else folders).append(path)
                    elif not is_passed_over(relative):
                        if entry.is_file():
                            yield path
                        else:
                            problems.append(_not_a_file(entry, path, root))
                except OSError as error:
                    problems.append(_unread(path, root, error))
        links.sort()


def _entries(folder: Path, root: Path, problems: list[Problem]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        problems.append(_unread(folder, root, error))
        return []


def _not_a_file(entry: os.DirEntry[str], path: Path, root: Path) -> Problem:
    if entry.is_symlink() and not path.exists():
        return Problem(
            "read",
            "error",
            "The link leads to a file that is not there.",
            "A link to a file or a folder is followed.",
            "Copy the file here, or remove the link.",
            _name(path, root),
        )
    return _note(path, root, "This is a pipe, a socket or a device, and was not opened.")


def _note(path: Path, root: Path, what: str) -> Problem:
    allowed = "Files, folders, and links to files and to other folders are read."
    todo = "If something is missing, put a copy of it here."
    return Problem("read", "note", what, allowed, todo, _name(path, root))


def _unread(path: Path, root: Path, error: OSError) -> Problem:
    return Problem(
        "read",
        "error",
        f"This cannot be listed: {error.strerror or type(error).__name__}.",
        "Files and folders that you may read.",
        "Check who may read it, or remove it.",
        _name(path, root),
    )


def _name(path: Path, root: Path) -> str:
    return replace_surrogates(path.relative_to(root).as_posix())
