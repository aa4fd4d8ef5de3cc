"""Write the pages that are made from the code: the data dictionary and the command reference.

Run by `make docs`; tests hold both pages to the code.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.cli import build_parser
from analysis.schema import describe_tables

FOLDER = Path(__file__).parent

HEAD = """# Commands

What `framelines` is asked in a terminal, command by command. This page is made from the program itself by
`make docs`; do not edit it by hand. `framelines COMMAND --help` says the same.

## Exit codes

A program that calls `framelines`, such as a shell script, learns from the exit code how it went.

| code | meaning |
|---|---|
| 0 | all was read and done |
| 1 | finished, with something unread or failed, and said what; of `framelines diff`: something changed |
| 2 | wrong usage, or nothing to do |
| 130 | interrupted (Ctrl+C); what was finished is kept |

## For every command

Two options stand before the command's name: `framelines --version` prints the version;
`framelines --traceback COMMAND` shows, after an error, where in the code it arose.
"""


def describe_commands(parser: argparse.ArgumentParser) -> str:
    """The command reference as Markdown.

    Args:
        parser: The parser of the command line, with its commands.

    Returns:
        One page, with a section a command, in the parser's order.
    """
    return "\n".join([HEAD, *_describe_own(parser, 2)])


def _describe_own(parser: argparse.ArgumentParser, level: int) -> list[str]:
    lines = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                lines += _describe_command(command, level)
                lines += _describe_own(command, level + 1)
    return lines


def _describe_command(parser: argparse.ArgumentParser, level: int) -> list[str]:
    actions = [action for action in parser._actions if not isinstance(action, argparse._HelpAction)]
    named = [action for action in actions if not isinstance(action, argparse._SubParsersAction)]
    own = "" if len(named) == len(actions) else "COMMAND"
    usage = " ".join(filter(None, [parser.prog, *map(_write_use, named), own]))
    lines = ["#" * level + f" {parser.prog}", "", parser.description or "", "", "```text", usage, "```", ""]
    if named:
        lines += ["| argument or option | meaning |", "|---|---|"]
        lines += [f"| `{_cell(_write_name(action))}` | {_cell(action.help or '')} |" for action in named]
        lines += [""]
    _, _, examples = (parser.epilog or "").partition("examples:\n")
    lines += ["```sh", *(line.strip() for line in examples.splitlines()), "```", ""]
    return lines


def _write_name(action: argparse.Action) -> str:
    value = "|".join(action.choices) if action.choices else action.metavar
    return " ".join(filter(None, [*action.option_strings, value if action.nargs != 0 else ""]))


def _write_use(action: argparse.Action) -> str:
    name = _write_name(action)
    is_needed = action.required if action.option_strings else action.nargs != "?"
    return name if is_needed else f"[{name}]"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    for name, page in (
        ("data-dictionary.md", describe_tables()),
        ("commands.md", describe_commands(build_parser())),
    ):
        (FOLDER / name).write_text(page, encoding="utf-8", newline="\n")
