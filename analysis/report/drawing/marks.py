"""The marks of a figure before they have places: bars, points, and the words each says of itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from analysis.report.drawing.axes import Axis, list_ticks
from analysis.report.drawing.reading import item
from analysis.report.drawing.text import plain_words
from analysis.report.drawing.words import fill_template, format_number

_GAP = 0.2
_RANGE = re.compile(r"\d\S* to \S*\d")


@dataclass(frozen=True)
class Trace:
    """One series of a figure, with the names of its axes."""

    about: Mapping[str, Any]
    colour: str
    x: str
    y: str

    @property
    def is_bar(self) -> bool:
        """Whether it is drawn as bars."""
        return self.about.get("type") == "bar"

    @property
    def lying(self) -> bool:
        """Whether its bars lie, rather than stand."""
        return self.is_bar and self.about.get("orientation") == "h"

    @property
    def mode(self) -> str:
        """How points are drawn: words out of lines, markers and text."""
        given = self.about.get("mode")
        if given is not None:
            return str(given)
        few = self.size < 20
        return "lines" + ("+markers" if few else "") + ("+text" if self.about.get("text") else "")

    @property
    def size(self) -> int:
        """How many values it has."""
        return max(len(self.about.get(side) or ()) for side in "xy")

    @property
    def name(self) -> str:
        """Its name as a label."""
        return str(self.about.get("name") or "")

    @property
    def silent(self) -> bool:
        """Whether its marks say nothing when pointed at."""
        return self.about.get("hoverinfo") in ("skip", "none")

    def value(self, side: str, at: int) -> Any:
        """A value on an axis; places are counted where none are given."""
        values = self.about.get(side)
        return at if values is None else item(list(values), at)

    def part(self, name: str, at: int, default: Any = None) -> Any:
        """A property such as ``marker.size`` for one mark."""
        value: Any = self.about
        for step in name.split("."):
            value = value.get(step) if isinstance(value, Mapping) else None
        return item(value, at, default)

    def fill_colour(self, at: int) -> str:
        """The colour of one mark."""
        return str(self.part("marker.color", at) or self.colour)


@dataclass(frozen=True)
class Bar:
    """A bar in the numbers of its axes: where its middle is, and from where to where it reaches."""

    at: int
    middle: float
    half: float
    base: float
    top: float


@dataclass(frozen=True)
class Point:
    """A point in the numbers of its axes, with the ends of its intervals."""

    at: int
    x: float
    y: float
    x_ends: tuple[float, float] | None = None
    y_ends: tuple[float, float] | None = None


def lay_bars(traces: Sequence[Trace], axes: Mapping[str, Axis], layout: Mapping[str, Any]) -> list[list[Bar]]:
    """The bars of each trace; none for one that has points. All share one pair of axes."""
    barred = [trace for trace in traces if trace.is_bar]
    mode = layout.get("barmode") or "group"
    slots = list(dict.fromkeys(trace.about.get("offsetgroup") or n for n, trace in enumerate(barred)))
    room = 1 - float(layout.get("bargap", _GAP))
    apart = _least_distance(barred, axes)
    piles: dict[tuple[float, bool], float] = {}
    laid: list[list[Bar]] = []
    n = -1
    for trace in traces:
        if not trace.is_bar:
            laid.append([])
            continue
        n += 1
        half, shift = apart * room / 2, 0.0
        if mode == "group":
            slot = slots.index(trace.about.get("offsetgroup") or n)
            step = apart * room / len(slots)
            half = step * (1 - float(layout.get("bargroupgap") or 0)) / 2
            shift = step * (slot - (len(slots) - 1) / 2)
        bars = []
        for at in range(trace.size):
            place, length = _read_bar(trace, axes, at)
            if place is None or length is None:
                continue
            pile = (place, mode == "relative" and length < 0)
            base = piles.get(pile, 0.0) if mode in ("stack", "relative") else 0.0
            piles[pile] = base + length
            bars.append(Bar(at, place + shift, half, base, base + length))
        laid.append(bars)
    return laid


def _read_bar(trace: Trace, axes: Mapping[str, Axis], at: int) -> tuple[float | None, float | None]:
    along, across = (trace.x, trace.y) if trace.lying else (trace.y, trace.x)
    sides = ("x", "y") if trace.lying else ("y", "x")
    length = axes[along].number(trace.value(sides[0], at))
    return axes[across].number(trace.value(sides[1], at)), length


def _least_distance(traces: Sequence[Trace], axes: Mapping[str, Axis]) -> float:
    """The least distance of two bars, which is the room that one has."""
    places = sorted(
        {
            place
            for trace in traces
            for at in range(trace.size)
            if (place := _read_bar(trace, axes, at)[0]) is not None
        }
    )
    return min((b - a for a, b in pairwise(places)), default=1.0) or 1.0


def lay_points(trace: Trace, axes: Mapping[str, Axis]) -> list[Point | None]:
    """The points of a trace; ``None`` where a value is missing, which breaks a line."""
    x_axis, y_axis = axes[trace.x], axes[trace.y]
    points: list[Point | None] = []
    for at in range(trace.size):
        x, y = x_axis.number(trace.value("x", at)), y_axis.number(trace.value("y", at))
        if x is None or y is None:
            points.append(None)
            continue
        ends = (find_ends(trace, "error_x", at, x, x_axis), find_ends(trace, "error_y", at, y, y_axis))
        points.append(Point(at, x, y, *ends))
    return points


def find_ends(trace: Trace, side: str, at: int, value: float, axis: Axis) -> tuple[float, float] | None:
    """The ends of the interval of one mark, ``error_x`` or ``error_y``, as numbers of its axis."""
    error = trace.about.get(side)
    if not error or error.get("visible") is False or axis.kind in ("category", "date"):
        return None
    more = _length(item(error.get("array"), at))
    less = _length(item(error.get("arrayminus"), at))
    if less is None and error.get("symmetric") is not False:
        less = more
    if more is None and less is None:
        return None
    if axis.kind == "log":
        low, high = 10**value - (less or 0), 10**value + (more or 0)
        return (axis.number(low) or axis.low if low > 0 else axis.low), axis.number(high) or value
    return value - (less or 0), value + (more or 0)


def _length(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and abs(value) < 1e300 else None


class Teller:
    """What each mark says: its hover text, in plain words, and the name of its row.

    Args:
        axes: The axes of the figure, with their ranges.
    """

    def __init__(self, axes: Mapping[str, Axis]) -> None:
        self.axes = axes
        self.names = {name: _named_places(axis) for name, axis in axes.items()}

    def say(self, trace: Trace, at: int, x: float, y: float) -> str:
        """The words of one mark at these numbers."""
        template = trace.part("hovertemplate", at)
        rows = [self._place_name(trace.y, y), self._place_name(trace.x, x)]
        said = self._fill(str(template), trace, at) if template else self._list(trace, at, rows)
        if said:
            said += self._say_ends(trace, at, said)
        folded = said.casefold()
        missing = [name for name in rows if name and name.casefold() not in folded]
        return ": ".join([*missing, said]) if said else ", ".join(missing)

    def _say_ends(self, trace: Trace, at: int, said: str) -> str:
        """From where to where the line of an interval reaches, where the words do not say it."""
        if _RANGE.search(said):
            return ""
        for side, name in (("x", trace.x), ("y", trace.y)):
            axis = self.axes[name]
            value = axis.number(trace.value(side, at))
            ends = None if value is None else find_ends(trace, f"error_{side}", at, value, axis)
            if ends and ends[0] < ends[1] and axis.kind == "linear":
                low, high = (format_number(end, axis.about.get("tickformat") or "") for end in ends)
                return f" (line from {low} to {high})"
        return ""

    def write(self, template: str, trace: Trace, at: int) -> str:
        """A template of text beside a mark, filled."""
        return self._fill(template + "<extra></extra>", trace, at)

    def _fill(self, template: str, trace: Trace, at: int) -> str:
        values = {"fullData.name": trace.name, "text": trace.part("text", at)}
        values["hovertext"] = trace.part("hovertext", at)
        values["customdata"] = trace.part("customdata", at)
        for side, name in (("x", trace.x), ("y", trace.y)):
            values[side] = self._value(name, trace.value(side, at))
        values["value"] = values["x" if trace.lying else "y"]
        values["label"] = values["y" if trace.lying else "x"]
        days = frozenset(side for side, name in (("x", trace.x), ("y", trace.y)) if self._is_date(name))
        return fill_template(template, values, days=days)

    def _is_date(self, name: str) -> bool:
        return self.axes[name].kind == "date"

    def _value(self, name: str, value: Any) -> Any:
        """A value as words are made of it: on a line of days a number, elsewhere as it is given."""
        axis = self.axes[name]
        if axis.kind == "date":
            return axis.number(value)
        return str(value) if axis.kind == "category" and value is not None else value

    def _list(self, trace: Trace, at: int, rows: Sequence[str | None]) -> str:
        """What a mark without a template says: its names and values, its text, and whose it is."""
        sides = (("y", trace.y, rows[0]), ("x", trace.x, rows[1]))
        parts = [name or self._fill(f"%{{{side}}}<extra></extra>", trace, at) for side, _, name in sides]
        if not rows[0] or rows[1]:
            parts.reverse()
        text = trace.part("hovertext", at) or trace.part("text", at)
        parts += [plain_words(text, between=", "), plain_words(trace.name)]
        return ", ".join(dict.fromkeys(filter(None, parts)))

    def _place_name(self, axis: str, place: float) -> str | None:
        """The name nearest to a place on an axis that has names."""
        names = self.names[axis]
        return min(names, key=lambda name: abs(name[0] - place))[1] if names else None


def _named_places(axis: Axis) -> list[tuple[float, str]]:
    if not axis.named:
        return []
    return [(tick.at, plain_words_of(tick.lines)) for tick in list_ticks(axis, 1000)]


def plain_words_of(lines: Sequence[Sequence[Any]]) -> str:
    """Lines that were read, as plain words."""
    return " ".join("".join(run.text for run in line).strip() for line in lines).strip()
