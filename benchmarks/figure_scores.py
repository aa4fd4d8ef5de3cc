"""How figures are compared with marked ones: sentences by their values, articles by their characters.

A sentence has ``quantities``, each with ``value`` ("1225", "20-25" for a range), ``normalized_unit``,
``change`` (=, ~, <, >, up, down) and ``referred_concepts``, the words for what it measures ("-" for none). A
marked quantity takes the first figure left in the sentence that has its value, and one with its unit before
others. ``value`` is F1 over these pairs; ``+unit``, ``+change`` and ``+measure`` count those of them that are
right in one thing more. A unit is right when its words are those marked, in whatever order and number; a
measure when it shares a word with what is marked. An article has ``values``, spans of characters: a figure
answers one that it overlaps.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from spans import pair, touches

Row = dict[str, Any]
Value = float | tuple[float, float] | None

# One name for what is written in several ways; "-" is a number that counts nothing.
UNITS = {
    "dollar": ("$", "united states dollar", "us dollar"),
    "pound sterling": ("pound", "£", "british pound"),
    "euro": ("€",),
    "percentage": ("percent", "per cent", "%"),
    "-": ("", "none", "dimensionless"),
}
_SAME_UNIT = {name: unit for unit, names in UNITS.items() for name in names}
_RANGE = re.compile(r"(\d[\d.]*)-(\d[\d.]*)")
MEASURES = ("value", "unit", "change", "measure")


def read_value(marked: object) -> Value:
    """The number or the two ends of a range that a mark gives; None where it gives neither."""
    text = str(marked).strip()
    if between := _RANGE.fullmatch(text):
        return float(between[1]), float(between[2])
    try:
        return float(text.rstrip("%").replace(",", ""))
    except ValueError:
        return None


def value_of(figure: Row) -> Value:
    """The value of a figure that was found."""
    return figure["value"] if figure.get("high") is None else (figure["value"], figure["high"])


def are_close(one: Value, other: Value) -> bool:
    """Whether two values are the same but for rounding; a number is never a range."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return all(map(are_close, one, other))
    if isinstance(one, tuple) or isinstance(other, tuple) or one is None or other is None:
        return False
    return abs(one - other) <= 1e-5 * max(1, abs(one), abs(other))


def is_unit(found: str | None, marked: str) -> bool:
    """Whether a unit is the one marked."""
    name, wanted = (found or "").lower().strip(), marked.lower()
    name = _SAME_UNIT.get(name, name)
    words = _words(name)
    return name == wanted or bool(words and words == _words(wanted))


def _words(name: str) -> set[str]:
    """The words of a unit, without an s at their end."""
    return {word.rstrip("s") for word in re.findall("[a-z]+", name)}


def is_measure(found: str | None, marked: str) -> bool:
    """Whether the words of a measure share one with what is marked."""
    words = {word.lower() for word in re.findall(r"\w+", found or "")}
    return bool(words & {word.lower() for word in re.split(r"[,\s]+", marked)})


def count_sentence(quantities: Sequence[Row], figures: Sequence[Row]) -> Counter[str]:
    """Marked, found, and how many figures are right in value, and in each other thing beside it."""
    counts = Counter(marked=len(quantities), found=len(figures))
    left = list(figures)
    for quantity in quantities:
        unit = quantity["normalized_unit"]
        same = [figure for figure in left if are_close(read_value(quantity["value"]), value_of(figure))]
        if not same:
            continue
        figure = next((one for one in same if is_unit(one.get("unit"), unit)), same[0])
        left = [one for one in left if one is not figure]
        counts["value"] += 1
        counts["unit"] += is_unit(figure.get("unit"), unit)
        counts["change"] += (figure.get("change") or "=") == quantity["change"]
        counts["measure"] += is_measure(figure.get("measure"), quantity["referred_concepts"])
    return counts


def count_article(row: Row, figures: Sequence[Row]) -> Counter[str]:
    """Marked and found spans, those that overlap one to one, and those found that touch no marked date."""
    dates = row.get("timexes") or ()
    undated = [figure for figure in figures if not touches(figure, dates)]
    return Counter(
        marked=len(row["values"]),
        found=len(figures),
        span=len(pair(row["values"], figures)),
        undated=len(undated),
        span_undated=len(pair(row["values"], undated)),
    )


def f1(right: int, marked: int, found: int) -> float:
    """F1 from counts; 0 where there is nothing."""
    return 2 * right / (marked + found) if marked + found else 0.0
