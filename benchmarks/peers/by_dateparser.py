"""dateparser's search for dates in a text, counted from the day of publication."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Any

from dateparser.search import search_dates

Found = tuple[list[dict[str, Any]] | None, str | None]


class Finder:
    """``search_dates`` in English; each hit is a day, placed where its words come next in the text."""

    def __init__(self) -> None:
        self.about = f"dateparser {version('dateparser')}"

    def find(self, texts: Sequence[dict[str, Any]]) -> Iterator[Found]:
        """Dates of each text, or the error that it raised."""
        for text in texts:
            base = datetime.datetime.fromisoformat(text["day"] or "2025-07-05")
            try:
                hits = search_dates(text["text"], languages=["en"], settings={"RELATIVE_BASE": base}) or []
            except Exception as problem:  # whatever it is, it is counted, and the rest goes on
                yield None, f"{type(problem).__name__}: {problem}"
                continue
            yield list(_place(text["text"], hits)), None


def _place(text: str, hits: Sequence[tuple[str, datetime.datetime]]) -> Iterator[dict[str, Any]]:
    here = 0
    for words, day in hits:
        start = text.find(words, here)
        if start >= 0:
            here = start + len(words)
            yield {"start": start, "end": here, "value": day.date().isoformat()}
