"""A study of one's own: a folder with settings, a codebook to fill in, notebooks, and room for pages."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat

from analysis.codebooks import list_topics, load_topic
from analysis.corpus.reading.files import list_files
from analysis.corpus.settings import CODEBOOK_NAME, FILE_NAME, write_settings
from analysis.errors import CorpusEmptyError, CorpusNotFoundError, OutputError, UnknownNameError
from analysis.report.places import NOTEBOOKS, list_notebooks, read_notebook, shipped_notebooks

PAGES, README = "pages", "README.md"

_CORPUS_LINE = re.compile(r'^(corpus: str = )"[^"]*"( *)', re.MULTILINE)
# The documents do not travel with a copy, so a link to them would lead nowhere.
_LINK_TO_DOCS = re.compile(r"\[([^\]]+)\]\(\.\./(docs/[^)]+)\)")


@dataclass(frozen=True)
class Study:
    """What was made in a study's folder and what was there already, as paths from it on."""

    folder: Path
    made: tuple[str, ...]
    kept: tuple[str, ...]
    pages: int

    def __str__(self) -> str:
        shown = shlex.quote(self.folder.as_posix())
        lines = [f"Made in {self.folder}:", *(f"  {name:<15} {_SAYS[name]}" for name in self.made)]
        if self.kept:
            lines += ["Left as it was: " + ", ".join(self.kept)]
        pages = f"{shown}/{PAGES}" if PAGES in self.made else shown
        first = (
            f"Say in {FILE_NAME} what you know of the {self.pages} files that are there."
            if self.pages
            else f"Put your pages into {pages}: saved pages, tables of articles, archive exports."
        )
        return "\n".join(
            [
                *lines,
                "What to do next:",
                f"  1. {first}",
                f"  2. framelines check {shown}     says what was read, and what lacks a date or an outlet",
                f"  3. framelines report {shown}    writes the pages to share to {shown}/exports",
                f"  4. framelines lab {shown}       opens the notebooks in JupyterLab",
            ]
        )


def make_study(folder: str | Path, *, topic: str | None = None) -> Study:
    """Make a folder ready for a study; a file that is there already is never changed.

    Args:
        folder: The folder, which may hold pages already: each then has a rule in the settings, commented
            out. It is made where it does not exist.
        topic: The topic pack to name in the settings: "auto", "none", a name or a ``.toml`` file; "auto" if
            None.

    Returns:
        What was made, and what was there.

    Raises:
        UnknownNameError: There is no such topic pack.
        OutputError: Everything is there already, or the folder cannot be written to.
    """
    folder = Path(folder)
    _check_topic(topic, folder)
    names, name = _list_pages(folder), folder.resolve().name
    readme = _README.format(name=name, shown=shlex.quote(name))
    wanted: dict[str, Callable[[], object]] = {
        FILE_NAME: lambda: write_settings(folder, topic=topic, pages=names),
        CODEBOOK_NAME: lambda: _write(folder / CODEBOOK_NAME, _CODEBOOK),
        **({} if names else {PAGES: lambda: (folder / PAGES).mkdir()}),
        NOTEBOOKS: lambda: copy_notebooks(folder / NOTEBOOKS),
        README: lambda: _write(folder / README, readme),
    }
    kept = tuple(name for name in wanted if (folder / name).exists())
    if topic is not None and FILE_NAME in kept:
        raise OutputError(
            f"There is a {FILE_NAME} already, so the topic was not written into it.",
            where=str(folder / FILE_NAME),
            allowed="A file that a user may have written is never replaced.",
            todo=f'Write there: topic = ["{topic}"]',
        )
    if len(kept) == len(wanted):
        raise OutputError(
            f"There is nothing to make: {', '.join(kept)} are there already.",
            where=str(folder),
            allowed="A file that a user may have written is never replaced.",
            todo="To have one written anew, remove it first.",
        )
    try:
        # The settings stand first: they say best why a folder cannot be written to.
        for name, make in wanted.items():
            if name not in kept:
                make()
    except OSError as error:
        raise OutputError(
            f"The study cannot be written: {error.strerror}.",
            where=str(folder),
            allowed="A folder in which you may write.",
            todo="Choose another folder.",
        ) from None
    return Study(folder, tuple(name for name in wanted if name not in kept), kept, len(names))


def copy_notebooks(folder: Path) -> list[Path]:
    """Copy the notebooks that ship into a study's new folder, where they read the study.

    The outputs are left out: they speak of the pages that ship. ``framelines report`` gives every notebook
    its corpus anyway; run by hand, a copy reads the folder above its own.

    Args:
        folder: Where to; it must not exist.

    Returns:
        The copies, in order.
    """
    folder.mkdir()
    made = []
    for path in list_notebooks(shipped_notebooks()):
        nb = read_notebook(path)
        for cell in nb.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
                cell.source = _CORPUS_LINE.sub(_name_study, cell.source)
            else:
                cell.source = _LINK_TO_DOCS.sub(r"\1 (\2 of Framelines)", cell.source)
        made.append(folder / path.name)
        _write(made[-1], nbformat.writes(nb) + "\n")
    return made


def _name_study(match: re.Match[str]) -> str:
    """The parameter's line with the study as its value, and its comment where it stood."""
    return f'{match[1]}".."'.ljust(len(match[0]))


def _check_topic(topic: str | None, folder: Path) -> None:
    """Paths are read from the study's folder on, as the settings read them."""
    if topic is not None and Path(topic).suffix == ".toml":
        load_topic(folder / topic)
    elif topic not in (None, "auto", "none", *list_topics()):
        raise UnknownNameError.among("topic pack", str(topic), [*list_topics(), "auto", "none"])


def _list_pages(folder: Path) -> list[str]:
    try:
        root, files, _ = list_files(folder)
    except (CorpusNotFoundError, CorpusEmptyError):
        return []
    return [file.relative_to(root).as_posix() for file in files]


def _write(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8", newline="\n") as handle:
        handle.write(text)


_SAYS = {
    FILE_NAME: "what you know of the pages: outlet, day, topic",
    CODEBOOK_NAME: "frames of your own; all comments, so it changes nothing yet",
    PAGES: "room for your pages",
    NOTEBOOKS: "the notebooks, to change as you like",
    README: "the three commands",
}

_CODEBOOK = """\
## Frames of your own. Lines with ## explain. Remove the single # before a line to use it; until then this
## file changes no result. Then: framelines check codebook.toml

## A codebook needs a name and a version; both stand in every row that it finds. Change the version when you
## change the file.
# name = "my_frames"
# version = "1.0"

## With this line it builds on one that ships, and runs in its place: what you do not change stays as it is.
## Without it, the codebook holds only what stands below, and runs beside the others.
# extends = "policy_frames"

## A category is a frame. Of one that is inherited, give the name and what changes.
# [[category]]
# name = "economic"
# [category.entries.growth]
# patterns = ["growth rate~", "growth forecast~"]

## A new one needs a definition. Include, exclude and examples are for the people who code by it.
# [[category]]
# name = "livelihoods"
# definition = "What a policy does to people who live by a trade."
# include = "Jobs, catches and incomes, where somebody's living is at stake."
# exclude = "Prices for those who buy."
# examples = ["Without the quota, half the crews will lose their boats."]

## word~ finds any inflection, a|b one of two words, .. up to three words of any kind, # a number,
## word? a word that may be missing. A match does not count where one of unless overlaps it.
# [category.entries.losing]
# patterns = ["lose~ .. boat~|job~|living", "out of work"]
# unless = ["lose~ .. at sea"]
"""

_README = """\
# {name}

A study made with Framelines. Put the pages into `pages/` (any folder here will do) and run, from the folder
above this one:

    framelines check {shown}
    framelines report {shown}
    framelines lab {shown}

`check` says what was read and what lacks a date or an outlet. `report` runs the notebooks and writes one HTML
file each to `exports/`; open `exports/index.html`. `lab` opens the notebooks in JupyterLab.

- `corpus.toml`: what you know of the pages. It wins over what Framelines works out.
- `codebook.toml`: frames of your own. It holds comments alone, and changes nothing until you use a line; then
  `report` compares your frames, and in JupyterLab you write its name as `codebook` into a first code cell.
- `notebooks/`: copies that are yours to change. `report` runs these. Remove the folder, and it runs those of
  the installed version again.
- `coding/` and `corrections.csv`: what you code and correct, once you do.
"""
