"""The stretches of a text that may hold a date with a year, or a weekday with the number of a day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_CENTURY = re.compile(r"centur", re.IGNORECASE)
# A decade, or a date in figures.
_AFTER_FIGURES = re.compile(r"['’]?s|[/.]\d{1,2}[/.]\d\d", re.IGNORECASE)
# "Thursday 17", "Thurs, July the 17": what may stand before the number of a day.
_WEEKDAY_BEFORE = re.compile(
    r"\b(?:mon|tue|wed|thu|fri|sat|sun)\w{0,6}\W{1,6}(?:\w{3,9}\W{1,6})?(?:the\W{1,6})?$", re.IGNORECASE
)
# Characters around figures in which the whole expression lies, with the words that the rules look at.
_ROOM_BEFORE, _ROOM_AFTER = 80, 60


def find_dated(text: str) -> list[tuple[int, int]]:
    """Stretches around everything that may give a year, or a weekday with the number of a day.

    Only those bound the day of publication, and most of a text holds none.
    """
    places = [span for span in _find_figures(text) if _may_date(text, *span)]
    if "entur" in text or "ENTUR" in text:
        places = sorted([*places, *(match.span() for match in _CENTURY.finditer(text))])
    return widen(text, places)


def widen(text: str, places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches around places, cut at white space, so that no token is cut."""
    stretches: list[tuple[int, int]] = []
    for start, end in places:
        first = text.rfind(" ", max(0, start - 2 * _ROOM_BEFORE), max(0, start - _ROOM_BEFORE))
        first = max(0, start - 2 * _ROOM_BEFORE) if first < 0 else first
        last = text.find(" ", end + _ROOM_AFTER, end + 2 * _ROOM_AFTER)
        last = min(len(text), end + 2 * _ROOM_AFTER) if last < 0 else last
        if stretches and first <= stretches[-1][1]:
            first = stretches.pop()[0]
        stretches.append((first, last))
    return stretches


def _find_figures(text: str) -> Iterator[tuple[int, int]]:
    """Spans of figures, in order. To search for the ten digits is many times quicker than a pattern."""
    digits = sorted(at for digit in "0123456789" for at in find_all(digit, text))
    start = end = -1
    for at in digits:
        if at != end:
            if start >= 0:
                yield start, end
            start = at
        end = at + 1
    if start >= 0:
        yield start, end


def find_all(words: str, text: str) -> Iterator[int]:
    """Where plain words stand in a text."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _may_date(text: str, start: int, end: int) -> bool:
    if end - start == 4:
        return text.startswith(("19", "20", "21"), start) or text.startswith(("-", "–", "/"), end)
    if end - start > 2:
        return False
    if text[end : end + 1] in _MARKS and _AFTER_FIGURES.match(text, end):
        return True
    before = text[max(0, start - 40) : start]
    return any(day in before.lower() for day in _DAY_STEMS) and bool(_WEEKDAY_BEFORE.search(before))


_MARKS = frozenset("'’sS/.")
_DAY_STEMS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
