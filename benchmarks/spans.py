"""Which marked expression a found one answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Row = dict[str, Any]


def pair(gold: Sequence[Row], found: Sequence[Row]) -> list[tuple[Row, Row, bool]]:
    """Pairs of overlapping expressions, one to one: the same characters first, then the longest overlap.

    Returns:
        Marked, found, and whether their characters are the same.
    """
    options = []
    for i, marked in enumerate(gold):
        for j, one in enumerate(found):
            shared = min(marked["end"], one["end"]) - max(marked["start"], one["start"])
            if shared > 0:
                same = (marked["start"], marked["end"]) == (one["start"], one["end"])
                options.append((not same, -shared, i, j))
    pairs, left, right = [], set(), set()
    for differs, _, i, j in sorted(options):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((gold[i], found[j], not differs))
    return pairs


def touches(one: Row, others: Sequence[Row]) -> bool:
    """Whether an expression shares a character with any of the others."""
    return any(one["start"] < other["end"] and other["start"] < one["end"] for other in others)
