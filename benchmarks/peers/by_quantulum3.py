"""quantulum3 without its classifier of ambiguous units, which wants a model of its own.

It has a value, a unit and a range, no direction of change and nothing that is measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Any

from finding import Found, Row, attempt
from quantulum3 import parser


class Finder:
    """``parser.parse`` in English."""

    def __init__(self) -> None:
        self.about = f"quantulum3 {version('quantulum3')}"

    def find(self, texts: Sequence[dict[str, Any]]) -> Iterator[Found]:
        """Quantities of each text, or the error that it raised."""
        for text in texts:
            yield attempt(_parse, text["text"])


def _parse(text: str) -> Iterator[Row]:
    return map(_describe, parser.parse(text, classifier_path=None))


def _describe(hit: Any) -> Row:
    start, end = hit.span
    middle, spread = hit.value, hit.uncertainty
    # a range is told as its middle and half its width, and so is "5 ± 1"
    ends = {"value": middle - spread, "high": middle + spread} if spread else {"value": middle}
    return {"start": start, "end": end, "unit": hit.unit.name, "change": "=", **ends}
