"""How every command of the command line is added to a parser: a summary, and examples below the options."""

from __future__ import annotations

import argparse


def add_command(
    commands: argparse._SubParsersAction, name: str, summary: str, examples: str
) -> argparse.ArgumentParser:
    """Add a command.

    Args:
        commands: The parser's commands.
        name: What is typed.
        summary: What it does, in lower case, without a stop.
        examples: Lines to copy, each indented by two spaces.
    """
    return commands.add_parser(
        name,
        help=summary,
        description=summary[0].upper() + summary[1:] + ".",
        epilog=f"examples:\n{examples}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def parse_count(text: str) -> int:
    """A whole number of 0 or more, as an option's type.

    Raises:
        argparse.ArgumentTypeError: It is none.
    """
    number = int(text) if text.isdecimal() else None
    if number is None:
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number of 0 or more")
    return number


def add_workers(parser: argparse.ArgumentParser) -> None:
    """Add the options that say where articles are worked on."""
    parser.add_argument(
        "--workers", type=parse_count, default=1, metavar="N", help="how many processes of this machine (1)"
    )
    parser.add_argument(
        "--scheduler",
        default="",
        metavar="ADDRESS",
        help="a Dask scheduler of yours, such as tcp://127.0.0.1:8786, instead of processes of this machine",
    )


def add_full_text(parser: argparse.ArgumentParser) -> None:
    """Add the option that lets whole articles travel with a page."""
    parser.add_argument(
        "--full-text",
        action="store_true",
        help="let whole articles travel with the page: get the publishers' leave before you share it",
    )
