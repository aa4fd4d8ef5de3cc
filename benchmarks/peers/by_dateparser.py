"""dateparser's search for dates in a text, counted from the day of publication."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Any

from dateparser.search import search_dates
from finding import Found, Row, attempt


class Finder:
    """``search_dates`` in English; each hit is a day, placed where its words come next in the text."""

    def __init__(self) -> None:
        self.about = f"dateparser {version('dateparser')}"

    def find(self, texts: Sequence[dict[str, Any]]) -> Iterator[Found]:
        """Dates of each text, or the error that it raised."""
        for text in texts:
            yield attempt(_search, text["text"], datetime.datetime.fromisoformat(text["day"]))


def _search(text: str, base: datetime.datetime) -> Iterator[Row]:
    here = 0
    for words, day in search_dates(text, languages=["en"], settings={"RELATIVE_BASE": base}) or ():
        start = text.find(words, here)
        if start >= 0:
            here = start + len(words)
            yield {"start": start, "end": here, "value": day.date().isoformat()}
