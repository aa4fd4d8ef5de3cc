"""Cells of a CSV file that a spreadsheet may open: what it would run as a formula is made text."""

from __future__ import annotations

import re

_RUN = re.compile(r"'*[=+\-@\t\r＝＋－＠]")


def guard_cell(cell: str) -> str:
    """The cell as it is written: an apostrophe goes before what a spreadsheet would run.

    Example:
        >>> guard_cell("=1+1"), guard_cell("a-b")
        ("'=1+1", 'a-b')
    """
    return f"'{cell}" if _RUN.match(cell) else cell


def plain_cell(cell: str) -> str:
    """A written cell as it was given to :func:`guard_cell`."""
    return cell[1:] if cell.startswith("'") and _RUN.match(cell) else cell
