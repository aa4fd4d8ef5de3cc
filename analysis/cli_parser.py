"""How every command of the command line is added to a parser: a summary, and examples below the options."""

from __future__ import annotations

import argparse
import re
from typing import NoReturn

from analysis.errors import hint_at


class Parser(argparse.ArgumentParser):
    """A parser that offers the closest command or option to one that does not exist.

    The parsers of commands are of this class too, and each says of itself which one it is
    (``options.parser``), so that a wrong option is told with the usage of its own command.
    """

    def error(self, message: str) -> NoReturn:
        """End with exit code 2, the usage, and what was probably meant."""
        wrong = re.search(r"invalid choice: '([^']*)'|unrecognized arguments: (-[^\s=]*)", message)
        if wrong:
            given = wrong[1] if wrong[1] is not None else wrong[2]
            choices = [str(choice) for action in self._actions for choice in action.choices or ()]
            options = [option for action in self._actions for option in action.option_strings]
            hint = hint_at(given, choices if wrong[1] is not None else options)
            message += f".{hint}" if hint else ""
        super().error(message)


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
    parser = commands.add_parser(
        name,
        help=summary,
        description=summary[0].upper() + summary[1:] + ".",
        epilog=f"examples:\n{examples}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(parser=parser)
    return parser


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
