"""Figures that cannot both be true: one measure, one period, one time, and bounds that exclude each other."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as day
from decimal import Decimal
from math import inf
from typing import Any

from analysis.compare.persons import shared_unit

Row = Mapping[str, Any]

# "Around" leaves this share on either side, and so does a round number at most twice as much.
ABOUT = 0.05
_ROUND = 0.1
# Two intervals speak of the same time where they have so much of their days in common.
_SAME_TIME = 0.5
# What such a period counts only grows until the period ends; a share, a rate or a change of it may fall.
_GROWING = ("to date", "since ")
_NO_COUNTS = ("percent", "percentage point", "ratio", "share", "rank")


@dataclass(frozen=True)
class Claim:
    """A figure as it is compared: its bounds, and the days it speaks of as ordinals."""

    row: Row
    low: float
    high: float
    first: int
    last: int


def find_contradictions(figures: Iterable[Row]) -> tuple[list[list[Row]], Counter[str]]:
    """Find figures that cannot all be true.

    Only figures of one codebook measure, period, unit and year meet, and only where they speak of the same
    time; all nouns for persons are one unit. A count that grows through its period is held to less: later in
    it only a fall contradicts.

    Args:
        figures: Rows of the table ``figures``.

    Returns:
        The rows of each contradiction, from two articles at least; and how many figures were left out, by
        reason.
    """
    groups: dict[tuple[Any, ...], list[Claim]] = defaultdict(list)
    left_out: Counter[str] = Counter()
    for row in figures:
        reason = _reason_to_leave_out(row)
        if reason:
            left_out[reason] += 1
            continue
        claim = _claim(row)
        years = row["as_of_earliest"][:4], row["as_of_latest"][:4]
        unit = shared_unit(row["unit"])
        # a difference between two figures is another quantity than a figure
        groups[row["codebook_measure"], row["period"], unit, row["direction"], years].append(claim)
    found = []
    for (_, period, unit, direction, _), claims in groups.items():
        if is_growing(period):
            claims = [_at_its_end(claim) for claim in claims]
        grows = direction is None and is_growing(period) and _is_count(unit)
        for sides in _find_falls(claims) if grows else _find_disagreements(claims):
            if len({claim.row["article_id"] for claim in sides}) > 1:
                found.append([claim.row for claim in sides])
    return found, left_out


def is_growing(period: str) -> bool:
    """Whether what is counted over a period can only grow until the period ends."""
    return any(words in period for words in _GROWING)


def _is_count(unit: str) -> bool:
    return unit not in _NO_COUNTS and " per " not in unit


def _reason_to_leave_out(row: Row) -> str | None:
    if not row.get("codebook_measure"):
        return "figures of no measure of the codebook"
    if not row.get("period"):
        return "figures whose period is unknown"
    if not row["as_of_earliest"] or not row["as_of_latest"]:
        return "figures that do not say as of when"
    if row["value"] is None or not row["unit"]:
        return "figures without a value or a unit"
    return None


def _claim(row: Row) -> Claim:
    low, high = find_bounds(row["value"], row["high"], row["change"])
    first, last = (day.fromisoformat(row[f"as_of_{side}"]).toordinal() for side in ("earliest", "latest"))
    return Claim(row, low, high, first, last)


def find_bounds(value: float, high: float | None, change: str | None) -> tuple[float, float]:
    """The least and the most that a claim allows.

    A number says no more than its last digit that is not nought: 20,000 may stand for 21,977, but for no
    value more than a tenth away; 21,977 stands for itself.

    Args:
        value: The number.
        high: The other end of a range.
        change: ``>`` more than, ``<`` nearly or up to, ``~`` about, anything else the number itself.
    """
    if change == ">":
        return value, inf
    if change == "<":
        return -inf, value if high is None else high
    slack = [_slack(end) for end in (value, value if high is None else high)]
    if change == "~":
        slack = [max(ABOUT * abs(end), room) for end, room in zip((value, high or value), slack, strict=True)]
    return value - slack[0], (value if high is None else high) + slack[1]


def _slack(value: float) -> float:
    exact = Decimal(str(value)).normalize()
    exponent = exact.as_tuple().exponent
    return min(_ROUND * abs(value), float(Decimal(10) ** int(exponent)) / 2) if exact else 0.0


def _find_disagreements(claims: Sequence[Claim]) -> Iterator[list[Claim]]:
    """Claims on the same time that exclude each other."""
    times: dict[tuple[int, int], list[Claim]] = {}
    for claim in sorted(claims, key=lambda claim: (claim.last - claim.first, claim.first)):
        same = next((time for time in times if _is_same_time(time, claim)), (claim.first, claim.last))
        times.setdefault(same, []).append(claim)
    for together in times.values():
        sides = _exclusive(together)
        if sides:
            yield sides


def _is_same_time(time: tuple[int, int], claim: Claim) -> bool:
    shared = min(time[1], claim.last) - max(time[0], claim.first) + 1
    return shared >= _SAME_TIME * (max(time[1], claim.last) - min(time[0], claim.first) + 1)


def _exclusive(claims: Sequence[Claim]) -> list[Claim]:
    """Those of some claims that exclude another of them."""
    lowest, highest = min(claim.high for claim in claims), max(claim.low for claim in claims)
    return [claim for claim in claims if claim.low > lowest or claim.high < highest]


def _find_falls(claims: Sequence[Claim]) -> Iterator[list[Claim]]:
    """Claims on a growing count: two for one day that exclude each other, or a later one that is lower."""
    days: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.first == claim.last:
            days[claim.first].append(claim)
    yield from filter(None, (_exclusive(together) for together in days.values()))
    # The highest claim of all that certainly speak of an earlier day, for each claim in turn.
    earlier = sorted(claims, key=lambda claim: claim.last)
    ends, tops = [claim.last for claim in earlier], list[Claim]()
    for claim in earlier:
        tops.append(max([*tops[-1:], claim], key=lambda other: other.low))
    falls: dict[int, list[Claim]] = {}
    for claim in claims:
        before = bisect_left(ends, claim.first)
        if before and tops[before - 1].low > claim.high:
            falls.setdefault(id(tops[before - 1]), [tops[before - 1]]).append(claim)
    yield from falls.values()


def _at_its_end(claim: Claim) -> Claim:
    """A count from New Year's Day on, or since a day that it names, stands as of its last day."""
    start = day.fromordinal(claim.first)
    if (start.month, start.day) == (1, 1) or claim.row["period"].startswith("since "):
        return Claim(claim.row, claim.low, claim.high, claim.last, claim.last)
    return claim
