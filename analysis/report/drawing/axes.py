"""Axes of a drawing: values of any kind -> numbers, the range that holds them, and its ticks."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from analysis.report.drawing.text import Line, read_label
from analysis.report.drawing.words import format_day, format_number, format_plain, to_moment

_DATE = re.compile(
    r"-?\d{4}-\d{2}(?:-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?)?"
)
_EPOCH = datetime(1970, 1, 1)
_DAY = 86_400.0
_PAD = 0.05
_MOST_TICKS = 60
_HOUR = 1 / 24


@dataclass(frozen=True)
class Tick:
    """A place on an axis and the lines written there."""

    at: float
    lines: Sequence[Line]


@dataclass(frozen=True)
class Axis:
    """An axis whose values are numbers: as they are, powers of ten, days since 1970 or places in a list.

    ``start`` is the left or bottom end, ``end`` the other; ``start`` is the larger one where it runs
    backwards.
    """

    name: str
    kind: str
    about: Mapping[str, Any] = field(repr=False)
    categories: tuple[str, ...] = ()
    start: float = 0.0
    end: float = 1.0

    @property
    def low(self) -> float:
        """The smaller end."""
        return min(self.start, self.end)

    @property
    def high(self) -> float:
        """The larger end."""
        return max(self.start, self.end)

    def number(self, value: Any) -> float | None:
        """A value as a number of this axis; ``None`` where it has no place on it."""
        if value is None:
            return None
        if self.kind == "category":
            found = self._places.get(str(value))
            return None if found is None else float(found)
        if self.kind == "date" and isinstance(value, str):
            return read_day(value)
        try:
            given = float(value)
        except (TypeError, ValueError):
            return None
        if not math.isfinite(given):
            return None
        if self.kind == "date":
            return given / (1000 * _DAY)
        if self.kind == "log":
            return math.log10(given) if given > 0 else None
        return given

    def __post_init__(self) -> None:
        object.__setattr__(self, "_places", {name: at for at, name in enumerate(self.categories)})

    def holds(self, number: float) -> bool:
        """Whether a number lies within the range."""
        slack = 1e-9 * (self.high - self.low)
        return self.low - slack <= number <= self.high + slack

    @property
    def named(self) -> bool:
        """Whether places on it have names rather than values."""
        return self.kind == "category" or bool(self.about.get("ticktext"))


def read_day(text: str) -> float | None:
    """Days since 1970 of an ISO date or moment; ``None`` where it is neither."""
    if not _DATE.fullmatch(text.strip()):
        return None
    plain = text.strip()
    if len(plain) == 7:
        plain += "-01"
    try:
        moment = datetime.fromisoformat(plain)
    except ValueError:
        return None
    return (moment.replace(tzinfo=None) - _EPOCH).total_seconds() / _DAY


def find_kind(values: Iterable[Any], about: Mapping[str, Any]) -> str:
    """The type of an axis: the one that is set, else the one that its values have."""
    if about.get("type") in ("linear", "log", "date", "category"):
        return about["type"]
    known = [value for value in values if value is not None]
    words = [value for value in known if isinstance(value, str)]
    if not words:
        return "linear" if not any(isinstance(value, bool) for value in known) else "category"
    if all(read_day(value) is not None for value in words):
        return "date"
    return "linear" if all(_is_number(value) for value in words) else "category"


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def list_categories(values: Iterable[Any], about: Mapping[str, Any]) -> tuple[str, ...]:
    """The names on an axis in their order: those that are set first, then as they appear."""
    order, named = about.get("categoryorder"), about.get("categoryarray") or ()
    seen = dict.fromkeys(str(value) for value in values if value is not None)
    if order in ("category ascending", "category descending"):
        return tuple(sorted(seen, reverse=order.endswith("descending")))
    first = [str(value) for value in named] if order in (None, "array") else []
    return tuple(dict.fromkeys([*first, *seen]))


def fit_range(axis: Axis, lows: Sequence[float], highs: Sequence[float], *, bars: str) -> tuple[float, float]:
    """The two ends of an axis: those that are set, else room for all that is drawn.

    Args:
        axis: The axis without a range.
        lows: Where each mark begins.
        highs: Where it ends.
        bars: ``length`` where bars lie along this axis, ``width`` where they stand side by side on it.
    """
    low, high = _fit(axis, lows, highs, bars)
    given = axis.about.get("range")
    backwards = axis.about.get("autorange") in ("reversed", "min reversed", "max reversed")
    if not given or axis.about.get("autorange") is True or backwards:
        return (high, low) if backwards else (low, high)
    read = (lambda end: axis.number(end)) if axis.kind == "date" else _finite
    start, end = (read(each) for each in given)
    start, end = low if start is None else start, high if end is None else end
    return (start, end) if start != end else (low, high)


def _finite(value: Any) -> float | None:
    try:
        return float(value) if math.isfinite(float(value)) else None
    except (TypeError, ValueError):
        return None


def _fit(axis: Axis, lows: Sequence[float], highs: Sequence[float], bars: str) -> tuple[float, float]:
    if axis.kind == "category":
        return -0.5, max(len(axis.categories), 1) - 0.5
    if not lows:
        return 0.0, 1.0
    low, high = min(lows), max(highs)
    to_nought = axis.about.get("rangemode") in ("tozero", "nonnegative") and axis.kind == "linear"
    if to_nought:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        room = {"date": 3.0, "log": 0.5}.get(axis.kind, abs(low) * 0.5 or 1.0)
        low, high = (0.0, 2 * high) if to_nought and high > 0 else (low - room, high + room)
    if bars == "width":
        return low, high
    pad = _PAD * (high - low)
    fixed = 0.0 if (to_nought or bars == "length") and axis.kind == "linear" else None
    return low if low == fixed else low - pad, high if high == fixed else high + pad


def list_ticks(axis: Axis, most: int) -> list[Tick]:
    """The ticks of an axis, at most about ``most``; names and ticks that are set come whole."""
    about = axis.about
    if about.get("tickvals") is not None:
        texts = about.get("ticktext")
        places = [(axis.number(value), at) for at, value in enumerate(about["tickvals"])]
        kept = [(place, at) for place, at in places if place is not None and axis.holds(place)]
        if texts:
            return [Tick(place, read_label(texts[at])) for place, at in kept if at < len(texts)]
        return _name_ticks(axis, [place for place, _ in kept])
    if axis.kind == "category":
        places = [at for at in range(len(axis.categories)) if axis.holds(at)]
        return [Tick(float(at), read_label(axis.categories[at])) for at in places]
    most = max(2, min(most, int(about.get("nticks") or most)))
    if axis.kind == "date":
        return _name_days(axis, *_day_places(axis, most))
    if axis.kind == "log":
        return _name_ticks(axis, _log_places(axis, most))
    return _name_ticks(axis, _even_places(axis, most))


def _even_places(axis: Axis, most: int) -> list[float]:
    reach = axis.high - axis.low
    step = _round_step(reach / most)
    given = _finite(axis.about.get("dtick"))
    if given and given > 0:
        # As many of the steps that are asked for as there is room between two names.
        step = given * max(1.0, math.ceil(_round_step(step / given) - 1e-9)) if given < step else given
    if axis.about.get("tickformat", "").endswith("d"):
        step = max(1.0, step)
    first, last = math.ceil(axis.low / step - 1e-9), math.floor(axis.high / step + 1e-9)
    return [at * step for at in range(int(first), int(min(last, first + _MOST_TICKS)) + 1)]


def _round_step(least: float) -> float:
    if not least > 0 or not math.isfinite(least):
        return 1.0
    power = 10.0 ** math.floor(math.log10(least))
    return next(nice * power for nice in (1, 2, 5, 10) if nice * power >= least * (1 - 1e-9))


def _log_places(axis: Axis, most: int) -> list[float]:
    step = max(1, math.ceil((axis.high - axis.low) / most))
    whole = range(math.ceil(axis.low - 1e-9), math.floor(axis.high + 1e-9) + 1, step)
    if len(whole) > 1:
        return [float(at) for at in whole][:_MOST_TICKS]
    near = range(math.floor(axis.low), math.ceil(axis.high) + 1)
    fine = [power + math.log10(nice) for power in near for nice in (1, 2, 5)]
    return [at for at in fine if axis.holds(at)]


def _name_ticks(axis: Axis, places: Sequence[float]) -> list[Tick]:
    pattern, about = axis.about.get("tickformat") or "", axis.about
    ticks = []
    for place in places:
        if axis.kind == "date":
            said = format_day(place, pattern).replace("\n", "<br>")
        elif axis.kind == "log":
            said = format_number(10**place, pattern) if abs(place) < 300 else f"1e{place:.0f}"
        elif axis.kind == "category":
            at = round(place)
            said = axis.categories[at] if 0 <= at < len(axis.categories) else ""
        else:
            said = format_number(place, pattern) if pattern else format_plain(place)
        ticks.append(
            Tick(place, read_label(f"{about.get('tickprefix') or ''}{said}{about.get('ticksuffix') or ''}"))
        )
    return ticks


def _day_places(axis: Axis, most: int) -> tuple[list[float], str]:
    """Places at even steps of the calendar, and the unit of the step."""
    reach = axis.high - axis.low
    for unit, length, counts in (
        ("hour", _HOUR, (1, 3, 6, 12)),
        ("day", 1.0, (1, 2, 7, 14)),
        ("month", 30.4, (1, 2, 3, 6)),
        ("year", 365.25, (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)),
    ):
        for count in counts:
            if reach / (length * count) <= most:
                return _calendar(axis, unit, count), unit
    return [], "year"


def _calendar(axis: Axis, unit: str, count: int) -> list[float]:
    if unit in ("hour", "day"):
        step = count * (_HOUR if unit == "hour" else 1.0)
        # 1970 began on a Thursday; weeks begin on a Monday.
        shift = 4.0 if count in (7, 14) else 0.0
        first = math.ceil((axis.low - shift) / step - 1e-9)
        last = math.floor((axis.high - shift) / step + 1e-9)
        return [at * step + shift for at in range(first, last + 1)]
    months = count * (12 if unit == "year" else 1)
    moment, places = to_moment(axis.low), []
    at = (moment.year * 12 + moment.month - 1) // months
    while len(places) < _MOST_TICKS:
        year, month = divmod(at * months, 12)
        at += 1
        if year < 1:
            continue
        if year > 9999:
            break
        place = (datetime(year, month + 1, 1) - _EPOCH).total_seconds() / _DAY
        if place > axis.high:
            break
        if place >= axis.low:
            places.append(place)
    return places


def _name_days(axis: Axis, places: Sequence[float], unit: str) -> list[Tick]:
    """Name days; the second line of a pattern is written where it changes."""
    pattern = axis.about.get("tickformat") or {
        "hour": "%H:%M\n%-d %b %Y", "day": "%-d %b\n%Y", "month": "%b\n%Y", "year": "%Y",
    }[unit]  # fmt: skip
    upper, _, lower = pattern.partition("\n")
    ticks, before = [], None
    for place in places:
        under = format_day(place, lower) if lower else ""
        said = format_day(place, upper) + (f"<br>{under}" if under and under != before else "")
        ticks.append(Tick(place, read_label(said)))
        before = under
    return ticks
