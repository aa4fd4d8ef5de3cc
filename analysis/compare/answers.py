"""What the extraction answers to a question about an item, in the words that coders choose from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from analysis.compare.codings import COLUMNS, MACHINE
from analysis.compare.questions import NO_EVENT, NOT_A_QUOTATION, NOT_STATED
from analysis.compare.said import QUOTED_KINDS
from analysis.errors import UnknownNameError
from analysis.tables import Tables, known_rows


def answer_items(tables: Tables, items: pd.DataFrame, question: str) -> pd.DataFrame:
    """Answer a question about items as the extracted tables do.

    Args:
        tables: The extracted tables.
        items: A sample, or all items, as :mod:`analysis.compare.sampling` gives them.
        question: The name of a codebook that was run: which frames have a match that touches the item.
            "speaker": who says the passage. "status": how far the policy events have come that it tells.

    Returns:
        Codings (item, coder, question, values, when) by the coder "extraction", one row an item.

    Raises:
        UnknownNameError: The extraction answers no such question.
    """
    answer = _find_answer(tables, question)
    rows = [(row["item"], MACHINE, question, answer(row), None) for row in known_rows(items)]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="object")


def _find_answer(tables: Tables, question: str) -> Callable[[Mapping[str, Any]], list[str]]:
    if question == "speaker":
        quotes = _Spans(tables.quotes)
        return lambda item: _name_speaker(quotes.touching(item))
    if question == "status":
        events = _Spans(tables.events)
        return lambda item: _name_status(events.touching(item))
    known = {*(name for name, _ in tables.codebooks), *tables.frames["codebook"].dropna()}
    if question not in known:
        raise UnknownNameError.among("question", question, {"speaker", "status", *known})
    frames = _Spans(tables.frames[(tables.frames["codebook"] == question).fillna(False)])
    return lambda item: sorted({row["frame"] for row in frames.touching(item)})


def _name_speaker(passages: list[dict[str, Any]]) -> list[str]:
    """The speaker of the passage, as the list of names writes it."""
    if not passages or passages[0]["kind"] not in QUOTED_KINDS:
        return [NOT_A_QUOTATION]
    speaker = passages[0]["speaker"]
    return [speaker.replace(";", ",") if speaker else NOT_STATED]


def _name_status(events: list[dict[str, Any]]) -> list[str]:
    return sorted({row["status"] for row in events if row["status"]}) or [NO_EVENT]


class _Spans:
    """The rows of a table by their place."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._rows: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for row in known_rows(frame):
            if row["start"] is not None:
                self._rows[row["article_id"], row.get("field") or "text"].append(row)
        self._longest: dict[tuple[str, str], int] = {}
        for place, rows in self._rows.items():
            rows.sort(key=_start)
            self._longest[place] = max(row["end"] - row["start"] for row in rows)

    def touching(self, item: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The rows that share a character with an item, that at its very place first."""
        where = item["article_id"], item["field"]
        rows = self._rows.get(where, [])
        first = bisect_right(rows, item["start"] - self._longest.get(where, 0), key=_start)
        last = bisect_left(rows, item["end"], key=_start)
        found = [row for row in rows[first:last] if item["start"] < row["end"]]
        place = item["start"], item["end"]
        return sorted(found, key=lambda row: (row["start"], row["end"]) != place)


def _start(row: Mapping[str, Any]) -> int:
    return row["start"]
