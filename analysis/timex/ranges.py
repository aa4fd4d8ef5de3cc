"""Dates that stand together: "from 1 January to 5 May 2025" gives its year once for both.

A year at the second of two holds for the first, unless the first would then lie after it: "28 December to 3
January 2025" begins in 2024. A year at the first holds for the end of a range in the same way. In "Thursday
and Friday next week" both days are of that week.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.timex.grammar import Expression
from analysis.timex.meaning import Meaning
from analysis.timex.periods import SEASONS

_JOINT = re.compile(
    r"\s*(?P<word>[-–\u2014,]|to|until|till|through|and|or)\s*(?:(?:on|in)\s+)?(?:the\s+)?", re.I
)
_LONGEST_JOINT = 20
_OPENS = re.compile(r"\b(?:between|from)\s+(?:the\s+)?$", re.IGNORECASE)
_IN_YEAR = ("day", "month", "season", "quarter")


def share_years(text: str, found: Sequence[Expression]) -> list[tuple[Meaning, Expression | None]]:
    """What each of some expressions says with the year or week of its neighbour, and the one that gave it.

    Args:
        text: The text that they stand in.
        found: Date expressions in reading order.

    Returns:
        One pair for each: its own meaning and None where it took nothing.
    """
    shared: list[tuple[Meaning, Expression | None]] = [(one.meaning, None) for one in found]
    for at in range(len(found) - 2, -1, -1):
        word = _join(text, found[at], found[at + 1])
        # "in January, February and March 2024", but not "in January, May 2024"
        if word is None or (word == "," and shared[at + 1][1] is None):
            continue
        meaning = _date_back(found[at].meaning, shared[at + 1][0])
        if meaning:
            shared[at] = meaning, shared[at + 1][1] or found[at + 1]
    for at in range(1, len(found)):
        meaning = _date_on(shared[at - 1][0], found[at].meaning)
        if meaning and shared[at][1] is None and is_range(text, found[at - 1], found[at]):
            shared[at] = meaning, found[at - 1]
    return shared


def is_range(text: str, first: Expression, last: Expression) -> bool:
    """Whether two neighbours are the ends of a range: "between Monday and Friday"."""
    if _join(text, first, last) in (None, ",", "or"):
        return False
    return bool(_OPENS.search(text, max(0, first.start - 14), first.start))


def _join(text: str, first: Expression, last: Expression) -> str | None:
    """The word or sign that alone stands between two expressions."""
    if last.start - first.end > _LONGEST_JOINT:
        return None
    joint = _JOINT.fullmatch(text, first.end, last.start)
    return joint["word"].lower() if joint else None


def _date_back(first: Meaning, last: Meaning) -> Meaning | None:
    if (first.kind, first.shift) == ("weekday", None) and (last.kind, last.unit) == ("weekday", "week"):
        return replace(first, shift=last.shift, unit="week")
    if not _lacks_year(first) or last.kind not in _IN_YEAR:
        return None
    before = int(_place_in_year(first) > _place_in_year(last))
    if last.year is not None:
        return replace(first, year=last.year - before) if last.year > 1 else None
    if last.unit == "year" and last.shift is not None:
        return replace(first, unit="year", shift=last.shift - before)
    return None


def _date_on(first: Meaning, last: Meaning) -> Meaning | None:
    if first.kind not in _IN_YEAR or first.year is None or not _lacks_year(last):
        return None
    after = int(_place_in_year(last) < _place_in_year(first))
    return replace(last, year=first.year + after) if first.year < 9999 else None


def _lacks_year(meaning: Meaning) -> bool:
    return meaning.kind in _IN_YEAR and (meaning.year, meaning.shift, meaning.unit) == (None, None, None)


def _place_in_year(meaning: Meaning) -> tuple[int, int]:
    if meaning.kind == "season":
        return SEASONS[meaning.part], 1
    if meaning.kind == "quarter":
        return 3 * int(meaning.count) - 2, 1
    return meaning.month, meaning.day or 1
