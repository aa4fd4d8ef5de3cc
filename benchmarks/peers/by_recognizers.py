"""Microsoft's Recognizers for dates, counted from the day of publication."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Any

from recognizers_date_time import Culture, recognize_datetime

Found = tuple[list[dict[str, Any]] | None, str | None]


class Finder:
    """``recognize_datetime`` in English; of several readings the past one, which comes first."""

    def __init__(self) -> None:
        self.about = f"recognizers-text-date-time {version('recognizers-text-date-time')}"

    def find(self, texts: Sequence[dict[str, Any]]) -> Iterator[Found]:
        """Dates of each text, or the error that it raised."""
        for text in texts:
            base = datetime.datetime.fromisoformat(text["day"] or "2025-07-05")
            try:
                hits = recognize_datetime(text["text"], Culture.English, reference=base)
            except Exception as problem:  # whatever it is, it is counted, and the rest goes on
                yield None, f"{type(problem).__name__}: {problem}"
                continue
            yield [_describe(hit) for hit in hits], None


def _describe(hit: Any) -> dict[str, Any]:
    readings = (hit.resolution or {}).get("values") or [{}]
    kind = hit.type_name.rsplit(".", 1)[-1]
    kinds = {"date": "DATE", "daterange": "DATE", "datetime": "TIME", "time": "TIME", "set": "SET"}
    value = readings[0].get("value") or readings[0].get("timex") or ""
    if kind == "daterange":
        value = readings[0].get("timex") or ""
    return {"start": hit.start, "end": hit.end + 1, "type": kinds.get(kind, "DURATION"), "value": value}
