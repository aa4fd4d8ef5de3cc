"""The days between which a corpus was published, apart from articles that could be from almost any day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

LOOSE = 31  # days: an article that may be from a longer time says nothing of when a corpus is from


@dataclass(frozen=True)
class Span:
    """From when to when, as ISO days; both None where no article has a date.

    ``loose`` counts the articles that may be from a time longer than a month, and ``undated`` those without
    a date. A loose article moves the ends only where every dated article is one.
    """

    first: str | None
    last: str | None
    loose: int
    undated: int

    def say_rest(self) -> str:
        """What else there is to say of the days, as a clause behind a semicolon; empty if nothing is."""
        parts = []
        if self.loose:
            parts.append(f"{self.loose} dated only to more than a month")
        if self.undated:
            parts.append(f"{self.undated} {'has' if self.undated == 1 else 'have'} no date")
        return "".join(f"; {part}" for part in parts)


def span_publication(intervals: Iterable[tuple[object, object]]) -> Span:
    """Find from when to when articles were published.

    Args:
        intervals: First and last day of each article, as ISO days; anything but a string is unknown.

    Example:
        >>> span_publication([("2025-11-03", "2025-11-09"), ("2024-07-05", "2026-01-31"), (None, None)])
        Span(first='2025-11-03', last='2025-11-09', loose=1, undated=1)
    """
    intervals = list(intervals)
    dated = [(a, b) for a, b in intervals if isinstance(a, str) and isinstance(b, str)]
    close = [(a, b) for a, b in dated if _days(a, b) <= LOOSE]
    kept = close or dated
    return Span(
        min((a for a, _ in kept), default=None),
        max((b for _, b in kept), default=None),
        len(dated) - len(close),
        len(intervals) - len(dated),
    )


def _days(first: str, last: str) -> int:
    return (datetime.date.fromisoformat(last) - datetime.date.fromisoformat(first)).days + 1
