"""The tutorials, typed as they stand: each block runs, in order, and prints what the page shows."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
TUTORIALS = ("tutorial-seeds.md", "tutorial-own-pages.md")
NOT_RUN = re.compile(r"<!-- not run by the tests: \S.*-->")


@dataclass(frozen=True)
class Block:
    """A block of code in a page, and what the page says that it prints."""

    language: str
    code: str
    is_run: bool
    printed: str | None = None


def read_blocks(page: str) -> list[Block]:
    """The blocks that a reader types; a block of text right after one is what it prints."""
    blocks: list[Block] = []
    for match in re.finditer(r"(?:^(<!--[^\n]*-->)\n)?^```(\w+)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL):
        comment, language, code = match.groups()
        if language in {"sh", "python"}:
            blocks.append(Block(language, code, not NOT_RUN.fullmatch(comment or "")))
        elif language == "text":
            last = blocks.pop()
            blocks.append(Block(last.language, last.code, last.is_run, code))
    return blocks


def as_pattern(printed: str) -> re.Pattern[str]:
    """What a page shows as a pattern: "..." stands for anything, a line of it for any lines."""
    pieces = [re.escape(piece) for piece in printed.rstrip("\n").split("...")]
    return re.compile("(?s:.*?)".join(pieces) + r"\s*")


def run_block(block: Block, folder: Path) -> str:
    environment = os.environ | {
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])),
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
    }
    command = {"sh": ["bash", "-euo", "pipefail", "-c"], "python": [sys.executable, "-c"]}[block.language]
    result = subprocess.run(
        [*command, block.code],
        cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert result.returncode == 0, f"{block.code}\n{result.stdout}\n{result.stderr}"
    return "\n".join(line.rstrip() for line in result.stdout.splitlines())


# Two reports and a dozen starts of the command: under a minute of the processor, minutes on a busy machine.
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", TUTORIALS)
def test_each_block_of_a_tutorial_runs_and_prints_what_the_page_shows(name, tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMELINES_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "framelines"
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copytree(DOCS / "examples", folder / "docs" / "examples")
    blocks = [block for block in read_blocks((DOCS / name).read_text(encoding="utf-8")) if block.is_run]
    assert len(blocks) >= 5
    for block in blocks:
        said = run_block(block, folder)
        if block.printed is not None:
            assert as_pattern(block.printed).fullmatch(said), f"{block.code}\nprinted:\n{said}"


def test_files_that_a_tutorial_shows_are_those_that_it_copies():
    page = (DOCS / "tutorial-own-pages.md").read_text(encoding="utf-8")
    shown = re.findall(r"^```(?:toml|csv)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    names = ("corpus.toml", "codebook.toml", "corrections.csv")
    shipped = [(DOCS / "examples" / "bus_fares" / name).read_text(encoding="utf-8") for name in names]
    assert shown == shipped


def test_what_differs_from_the_page_would_be_found():
    page = (
        "```sh\necho 1\n```\n\n```text\n1 of ...\nend\n```\n\n"
        "<!-- not run by the tests: it asks -->\n```sh\nlab\n```\n"
    )
    first, second = read_blocks(page)
    assert (first.is_run, second.is_run) == (True, False)
    assert as_pattern(first.printed).fullmatch("1 of 5\n\nend\n")
    assert not as_pattern(first.printed).fullmatch("2 of 5\nend")
    assert not as_pattern(first.printed).fullmatch("1 of 5\nend\nmore")
