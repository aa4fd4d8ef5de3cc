"""When a mark on a hand-marked page and an extracted row say the same.

Offsets of a page and of an article are not compared: two texts agree by the Jaccard similarity of their word
multisets, which a missing space or a cut caption hardly moves.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

Row = dict[str, Any]

_TITLES = frozenset("mr mrs ms sir dame lord lady dr prof the a an".split())
_KINDS = {
    "people": {"people", "person", "migrant", "arrival", "mp", "hostage", "man", "woman", "member"},
    "country": {"country", "state", "nation"},
}
_QUALIFIERS = {"passed": ">", "more than": ">", "nearly": "<", "around": "~", "approximately": "~"}
_MONTHS = "january february march april may june july august september october november december".split()


def words(text: Any) -> list[str]:
    """The words of a text, folded; none for null."""
    return re.findall(r"[^\W_]+", text.casefold()) if isinstance(text, str) else []


def overlap(one: str, other: str) -> float:
    """Jaccard similarity of two texts' word multisets, 0 to 1.

    Example:
        >>> round(overlap("stop the boats", "Stop boats!"), 3)
        0.667
    """
    a, b = Counter(words(one)), Counter(words(other))
    union = (a | b).total()
    return (a & b).total() / union if union else 0.0


def same_place(gold: Row, row: Row) -> bool:
    """Whether a mark and a row belong to the same article."""
    return gold["article"] == row["gold"]


def same_days(event: Row, row: Row) -> bool:
    """Whether a row's interval shares a day with a marked one and is at most 31 days wider."""
    if not row["date_earliest"]:
        return False
    shares = row["date_earliest"] <= event["date_latest"] and event["date_earliest"] <= row["date_latest"]
    width, marked = (
        datetime.date.fromisoformat(each["date_latest"]) - datetime.date.fromisoformat(each["date_earliest"])
        for each in (row, event)
    )
    return shares and width <= marked + datetime.timedelta(days=31)


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names are the same person: titles aside, one's words are all among the other's."""
    a, b = (set(words(name)) - _TITLES for name in (one, other))
    return bool(a and b) and (a <= b or b <= a)


def same_unit(marked: str, found: str | None) -> bool:
    """Whether a unit in the singular is the one marked, or a noun for the kind of thing marked."""
    one, other = (re.sub(r"ies\b", "y", unit.lower()) for unit in (marked, found or ""))
    one = re.sub(r"(?<=[sx])es\b|(?<=[^s])s\b", "", one)
    return one == other or other.split(" ")[-1] in _KINDS.get(one, ())


def change_of(gold: Row) -> str:
    """The change that a mark stands for."""
    moved = re.match(r"(rise|fall) in ", gold["measures"])
    if moved:
        return "up" if moved.group(1) == "rise" else "down"
    return _QUALIFIERS.get((gold["qualifier"] or "").lower(), "=")


def same_time(marked: str | None, published: str, row: Row) -> bool:
    """Whether a figure's interval agrees with the words marked, or with no such words."""
    first, last = row["as_of_earliest"], row["as_of_latest"]
    due = days_of(marked, datetime.date.fromisoformat(published)) if marked else None
    if due is None:
        return first is None or first <= published <= last
    return first is not None and first <= due[1].isoformat() and due[0].isoformat() <= last


def days_of(marked: str, published: datetime.date) -> tuple[datetime.date, datetime.date] | None:
    """The days that marked words name, seen from the day of publication; None where they name none."""
    year = re.search(r"20\d\d", marked)
    month = next((n for n, name in enumerate(_MONTHS, 1) if re.search(name, marked.lower())), None)
    if month:
        within = int(year.group()) if year else published.year - (month > published.month)
        last = datetime.date(within + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)
        return last.replace(day=1), last
    if year or "previous year" in marked:
        within = int(year.group()) if year else published.year - 1
        return datetime.date(within, 1, 1), datetime.date(within, 12, 31)
    if "last year" in marked:
        day = published - datetime.timedelta(days=365)
        return day - datetime.timedelta(days=7), day + datetime.timedelta(days=7)
    back = 365 if "year" in marked else 6 if "week" in marked else None
    return (published - datetime.timedelta(days=back), published) if back else None


def pair(
    marked: Sequence[Row], found: Iterable[Row], alike: Callable[[Row, Row], float], *, least: float
) -> list[tuple[Row, Row]]:
    """Pair marks with rows one to one, the most alike first, none less alike than ``least``."""
    found = list(found)
    ranked = sorted(
        ((float(alike(g, f)), -i, -j) for i, g in enumerate(marked) for j, f in enumerate(found)),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for value, i, j in ranked:
        if value < least:
            break
        if -i not in pairs and -j not in taken:
            pairs[-i] = -j
            taken.add(-j)
    return [(marked[i], found[j]) for i, j in pairs.items()]
