"""The command ``framelines new``: a study of one's own, ready for its pages."""

from __future__ import annotations

import argparse

from analysis.cli_parser import add_command


def add_new(commands: argparse._SubParsersAction) -> None:
    """Add the command to a parser's commands."""
    parser = add_command(
        commands,
        "new",
        "make a folder ready for your own pages: settings, a codebook to fill in, notebooks, a README",
        "  framelines new my-study/\n"
        "  framelines new my-study/ --topic uk_migration\n"
        "  framelines new folder-of-pages/ --topic none",
    )
    parser.add_argument("folder", metavar="DIR", help="folder to make, or a folder that holds pages already")
    parser.add_argument(
        "--topic",
        metavar="auto|none|NAME",
        help="topic pack to name in the settings: those that apply, none, or a name (auto)",
    )
    parser.set_defaults(run=_new)


def _new(options: argparse.Namespace) -> int:
    from analysis.report.study import make_study

    print(make_study(options.folder, topic=options.topic))
    return 0
