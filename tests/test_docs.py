"""Every command, option, target, link and path that the documents name exists, and the reverse."""

from __future__ import annotations

import argparse
import re
import shlex
from pathlib import Path

import pytest

import analysis
from analysis.cli import build_parser

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "seeds/*.md", "benchmarks/**/*.md", "tests/gold/*.md")
    for path in ROOT.glob(pattern)
)
# Folders that a command makes, and what stands for the reader's own.
MADE = {".venv", "exports", "my-folder"}


def find_commands() -> dict[str, argparse.ArgumentParser]:
    (commands,) = (
        action for action in build_parser()._actions if isinstance(action, argparse._SubParsersAction)
    )
    return dict(commands.choices)


COMMANDS = find_commands()
# Those that stand before a command's name.
GLOBAL_OPTIONS = {option for action in build_parser()._actions for option in action.option_strings}


def code_of(text: str) -> list[str]:
    """Every line of a code block and every piece of inline code, as a reader would type it."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
    return [line for block in blocks for line in block.splitlines()] + inline


def command_lines(text: str) -> list[str]:
    """The uses of our command in a document, from the command's name on."""
    found = (re.search(r"(?:^|[/\\])framelines ([\w-].*)", line) for line in code_of(text))
    return [match.group(1).replace("\\|", "|") for match in found if match]


def _own_commands(action: argparse.Action) -> dict[str, argparse.ArgumentParser]:
    return dict(action.choices) if isinstance(action, argparse._SubParsersAction) else {}


def check_command(line: str) -> list[str]:
    """What a line names that the command line does not have."""
    name, *words = shlex.split(line.replace("[", " ").replace("]", " "))
    while name in GLOBAL_OPTIONS:
        name, *words = words or ["COMMAND"]
    if name == "COMMAND":
        return []
    if name not in COMMANDS:
        return [f"framelines {name}"]
    actions = COMMANDS[name]._actions
    own = {key: parser for action in actions for key, parser in _own_commands(action).items()}
    if own and words and words[0] in own:
        actions, words = own[words[0]]._actions, words[1:]
    options = {option for action in actions for option in action.option_strings}
    wrong = [word for word in words if word.startswith("-") and word not in options]
    metavars = [str(action.metavar) for action in actions]
    places = {*metavars, *(part for metavar in metavars for part in metavar.split("|"))}
    choices = {"|".join(action.choices) for action in actions if action.choices}
    for word in words:
        is_placeholder = word.isupper() or "|" in word
        if is_placeholder and word not in places | choices:
            wrong.append(f"framelines {name} {word}")
    return wrong


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_commands_and_options_that_a_document_names_exist(path: Path) -> None:
    lines = command_lines(path.read_text(encoding="utf-8"))
    assert [wrong for line in lines for wrong in check_command(line)] == []


def test_readme_names_every_command() -> None:
    assert {line.split()[0] for line in command_lines(README)} >= set(COMMANDS)


def test_a_command_or_an_option_that_does_not_exist_would_be_found() -> None:
    assert check_command("reprot seeds") == ["framelines reprot"]
    assert check_command("--tracebak report") == ["framelines --tracebak"]
    assert check_command("--traceback report --outt x") == ["--outt"]
    assert check_command("report seeds --outt x") == ["--outt"]
    assert check_command("frames train CODED --out MODEL --unit x") == ["--unit"]
    assert check_command("extract INPUT [--format yaml|xml]") == ["framelines extract yaml|xml"]


def test_make_targets_that_a_document_names_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.search(r"^\.PHONY: (.+)", makefile, re.MULTILINE).group(1).split())
    for path in DOCUMENTS:
        named = {
            match.group(1)
            for line in code_of(path.read_text(encoding="utf-8"))
            if (match := re.match(r"make ([a-z]+)", line))
        }
        assert named <= targets, path.name


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_resolve(path: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8"))
    here = [link.split("#")[0] for link in links if not re.match(r"https?:|mailto:|#", link)]
    assert [link for link in here if not (path.parent / link).exists()] == []


def test_paths_that_the_readme_names_exist() -> None:
    named = set()
    for line in code_of(README):
        named.update(
            re.findall(r"(?<![\w./-])(?:[\w.-]+/)+[\w.-]*|(?<![\w./-])[\w-]+\.(?:txt|yml|py|cff)\b", line)
        )
    wrong = []
    for name in named:
        places = (ROOT / name, ROOT / "analysis" / name)
        if name.split("/")[0] not in MADE and not any(place.exists() for place in places):
            wrong.append(name)
    assert wrong == []


def test_names_that_the_readme_takes_from_the_package_exist() -> None:
    assert set(re.findall(r"\ban\.(\w+)", README)) <= set(analysis.__all__)


def test_notebooks_that_the_readme_names_exist() -> None:
    named = set(re.findall(r"\b\d\d-[a-z-]+\b", README))
    assert {name for name in named if not (ROOT / "notebooks" / f"{name}.ipynb").exists()} == set()
