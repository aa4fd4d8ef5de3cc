"""The measure of how time grows with length runs, and its table has a row for each shape of text."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "quote_growth.py"
SHAPES = (
    "news, many lines",
    "news, one line",
    "many passages",
    "pronouns and names",
    "cues, one sentence",
)


def run(*asked: str) -> str:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), *asked], capture_output=True, encoding="utf-8", check=True, timeout=100
    )
    return done.stdout


def test_table_has_each_shape_at_each_size() -> None:
    head, rule, *rows = run("--kilobytes", "2", "1").splitlines()
    assert [cell.strip() for cell in head.strip("| ").split("|")] == [
        "text",
        "1 kB",
        "2 kB",
        "growth",
        "rows",
    ]
    assert rule == "|---|---|---|---|---|"
    assert [row.split("|")[1].strip() for row in rows] == list(SHAPES)
    for row in rows:
        _, small, large, growth, found = (cell.strip() for cell in row.strip("| ").split("|"))
        assert re.fullmatch(r"\d+\.\d\d s", small) and re.fullmatch(r"\d+\.\d\d s", large)
        assert float(growth) > 0
        assert int(found) > 5


def test_help_names_its_options() -> None:
    shown = run("--help")
    assert "--kilobytes" in shown and "--shape" in shown
