"""The command ``framelines lab``: a study's notebooks, or those of a checkout, in JupyterLab."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from urllib.parse import quote

from analysis.cli_parser import add_command
from analysis.errors import UnknownNameError


def add_lab(commands: argparse._SubParsersAction) -> None:
    """Add the command to a parser's commands."""
    parser = add_command(
        commands,
        "lab",
        "open the notebooks of a study in JupyterLab, the first one to begin with",
        "  framelines lab\n"
        "  framelines lab my-study/\n"
        "  framelines lab my-study/ -- --no-browser --port=8890\n"
        "  framelines lab my-study/ -- --allow-root",
    )
    parser.add_argument(
        "words",
        nargs="*",
        metavar="FOLDER",
        help="a study, or a folder of notebooks (the folder you are in); "
        "what follows -- is passed on to JupyterLab",
    )
    parser.set_defaults(run=_lab)


def _lab(options: argparse.Namespace) -> int:
    from analysis.report.places import find_workspace

    # After "--" the parser takes options for words; a folder never begins with a dash.
    words = [word for word in options.words if word != "--"]
    named = [word for word in words[:1] if not word.startswith("-")]
    passed_on = words[len(named) :]
    folder = Path(*named)
    if not folder.is_dir():
        raise UnknownNameError(
            "There is no such folder.",
            where=str(folder),
            allowed="A study, or a folder that holds notebooks.",
            todo=f"Check the path, or make a study there: framelines new {folder}",
        )
    workspace = find_workspace(folder.resolve())
    if workspace is None:
        study = named[0] if named else "my-study"
        raise UnknownNameError(
            "There are no notebooks here.",
            where=str(folder.resolve()),
            allowed="A study (a folder with notebooks/ in it), or a folder of .ipynb files.",
            todo=f"Make a study, with notebooks in it: framelines new {study}\n"
            f"Then open it: framelines lab {study}",
        )
    return _run_lab(*workspace, passed_on, named)


def _run_lab(root: Path, notebook: Path, passed_on: list[str], named: list[str]) -> int:
    from jupyterlab.labapp import main as run_lab

    try:
        # As the start page it also stands in the address that is printed where no browser opens.
        first = quote(notebook.relative_to(root).as_posix())
        run_lab([str(root), f"--LabApp.default_url=/lab/tree/{first}", *passed_on])
    except SystemExit as ended:
        is_root = hasattr(os, "geteuid") and os.geteuid() == 0
        if ended.code and is_root and "--allow-root" not in passed_on:
            command = " ".join(["framelines lab", *named, "--", "--allow-root", *passed_on])
            print(f"You are root, whom JupyterLab refuses. To allow it: {command}", file=sys.stderr)
        return 2 if ended.code else 0
    return 0
