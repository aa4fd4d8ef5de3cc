"""Microsoft's Recognizers for numbers, percentages, currencies, dimensions, temperatures and ages.

They have a value and a unit, no direction of change and nothing that is measured. Where two of them overlap,
the longer hit is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Any

from finding import Found, Row, attempt
from recognizers_number import Culture, recognize_number, recognize_percentage
from recognizers_number_with_unit import (
    recognize_age,
    recognize_currency,
    recognize_dimension,
    recognize_temperature,
)

WITH_UNIT = (recognize_currency, recognize_dimension, recognize_temperature, recognize_age)


class Finder:
    """The recognizers in English."""

    def __init__(self) -> None:
        name = "recognizers-text-number-with-unit"
        self.about = f"{name} {version(name)}"

    def find(self, texts: Sequence[dict[str, Any]]) -> Iterator[Found]:
        """Figures of each text, or the error that was raised."""
        for text in texts:
            yield attempt(_recognize, text["text"])


def _recognize(text: str) -> Iterator[Row]:
    recognizers = (*WITH_UNIT, recognize_percentage, recognize_number)
    hits = [hit for recognize in recognizers for hit in recognize(text, Culture.English)]
    rows = [row for row in map(_describe, hits) if row["value"] is not None]
    end = 0
    for row in sorted(rows, key=lambda row: (row["start"], -row["end"])):
        if row["start"] >= end:
            end = row["end"]
            yield row


def _describe(hit: Any) -> Row:
    told = hit.resolution or {}
    value = told.get("value")
    unit = "percentage" if hit.type_name == "percentage" else told.get("unit")
    number = float(value.rstrip("%").replace(",", "")) if value else None
    return {"start": hit.start, "end": hit.end + 1, "value": number, "unit": unit, "change": "="}
