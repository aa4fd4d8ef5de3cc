"""Which ticks of an axis have room, and how their names are set: wrapped, smaller, turned or thinned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from analysis.report.drawing.axes import Axis, Tick, list_ticks
from analysis.report.drawing.rows import LINE, Scale
from analysis.report.drawing.text import SIZE, block_width, join_lines, width_of, wrap_lines

SMALL = 11.0
_LONGEST_TURNED = 150.0


def shows_ticks(axis: Axis) -> bool:
    """Whether the ticks of an axis have names."""
    return axis.about.get("showticklabels") is not False and axis.about.get("visible") is not False


def upright_ticks(axis: Axis, height: float) -> list[Tick]:
    """The ticks of an upright axis that fit above each other, in a plot of this height."""
    low, high = axis.about.get("domain") or (0.0, 1.0)
    most = max(2, int((high - low) * height / 42))
    return _thin(list_ticks(axis, most), (high - low) * height / LINE)


def _thin(ticks: list[Tick], most: float) -> list[Tick]:
    """Every n-th tick, so that there are no more than there is room for."""
    step = max(1, -(-len(ticks) // max(1, int(most))))
    return ticks[::step]


def lying_ticks(scale: Scale, reach: float) -> tuple[list[Tick], float, float]:
    """The ticks that fit, the room that turned names take, nought where they lie, and the size of names."""
    axis = scale.axis
    if axis.kind == "category":
        return _x_names(axis, reach)
    for most in range(max(2, int(reach / 64)), 1, -1):
        ticks = list_ticks(axis, most)
        if _fit_beside(ticks, scale):
            return ticks, 0.0, SIZE
    for step in range(1, len(ticks) + 1):
        if _fit_beside(ticks[::step], scale):
            return ticks[::step], 0.0, SIZE
    return ticks[:1], 0.0, SIZE


def _fit_beside(ticks: Sequence[Tick], scale: Scale) -> bool:
    ends = sorted((scale.place(tick.at), block_width(tick.lines)) for tick in ticks)
    return all(a + width_a / 2 + 6 <= b - width_b / 2 for (a, width_a), (b, width_b) in pairwise(ends))


def _x_names(axis: Axis, reach: float) -> tuple[list[Tick], float, float]:
    """Names side by side, wrapped to their column; smaller, then turned where a word is wider than that."""
    ticks, pitch = list_ticks(axis, 1000), reach / (axis.high - axis.low)
    words = [run.text for tick in ticks for line in tick.lines for run in line]
    for size in (SIZE, SMALL):
        widest = max((width_of(word, size) for text in words for word in text.split()), default=0.0)
        lines = [wrap_lines(tick.lines, pitch - 4, size) for tick in ticks]
        if widest <= pitch - 4 and max(map(len, lines), default=0) <= 6:
            return [replace(tick, lines=each) for tick, each in zip(ticks, lines, strict=True)], 0.0, size
    most = max(1, int(pitch / LINE))
    turned = []
    for tick in _thin(ticks, reach / LINE):
        lines, room = join_lines(tick.lines), _LONGEST_TURNED
        while len(wrap_lines(lines, room)) > most and room < 4 * _LONGEST_TURNED:
            room *= 1.25
        turned.append(replace(tick, lines=wrap_lines(lines, room)))
    return turned, block_width([line for tick in turned for line in tick.lines]), SIZE
