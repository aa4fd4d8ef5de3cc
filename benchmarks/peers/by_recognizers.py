"""Microsoft's Recognizers for dates, counted from the day of publication."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Any

from finding import Found, Row, attempt
from recognizers_date_time import Culture, recognize_datetime


class Finder:
    """``recognize_datetime`` in English; of several readings the past one, which comes first."""

    def __init__(self) -> None:
        self.about = f"recognizers-text-date-time {version('recognizers-text-date-time')}"

    def find(self, texts: Sequence[dict[str, Any]]) -> Iterator[Found]:
        """Dates of each text, or the error that it raised."""
        for text in texts:
            yield attempt(_recognize, text["text"], datetime.datetime.fromisoformat(text["day"]))


def _recognize(text: str, base: datetime.datetime) -> Iterator[Row]:
    return map(_describe, recognize_datetime(text, Culture.English, reference=base))


def _describe(hit: Any) -> Row:
    readings = (hit.resolution or {}).get("values") or [{}]
    kind = hit.type_name.rsplit(".", 1)[-1]
    kinds = {"date": "DATE", "daterange": "DATE", "datetime": "TIME", "time": "TIME", "set": "SET"}
    value = readings[0].get("value") or readings[0].get("timex") or ""
    if kind == "daterange":
        value = readings[0].get("timex") or ""
    return {"start": hit.start, "end": hit.end + 1, "type": kinds.get(kind, "DURATION"), "value": value}
