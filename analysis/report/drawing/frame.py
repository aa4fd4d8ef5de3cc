"""The frame of a drawing: its margins, where its axes lie, their ticks, names and grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from analysis.report.drawing.axes import Axis, Tick, list_ticks
from analysis.report.drawing.plan import Panel, Plan, read_title
from analysis.report.drawing.rows import LINE, Rows, Scale, lay_rows, straight_scale
from analysis.report.drawing.text import (
    LEADING,
    SIZE,
    Line,
    block_width,
    draw_words,
    join_lines,
    number,
    read_label,
    wrap_lines,
)
from analysis.report.drawing.ticks import lying_ticks, shows_ticks, upright_ticks

_HEIGHT = 450.0
# What a figure's height holds besides its plot: Plotly's margins, ticks and the name of an axis.
_MARGINS = 80.0
_GAP = 8.0
_EDGE = 2.0
_RIGHT = 14.0
# Labels that take more than this part of the width stand above their rows, where they may.
_BESIDE, _WIDEST, _NARROW = 0.3, 0.36, 560.0
_BARS, _AIR = 0.8, 14.0


@dataclass
class Frame:
    """Where everything stands: pixels of a drawing ``width`` by ``height``, and the words around the plot."""

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float
    scales: dict[str, Scale]
    words: list[str] = field(default_factory=list)
    grid: list[str] = field(default_factory=list)
    # Words that stand on the grid.
    over: list[str] = field(default_factory=list)

    def domain(self, axis: Axis) -> tuple[float, float]:
        """The pixels between which an axis lies: from the left, or from the top."""
        low, high = axis.about.get("domain") or (0.0, 1.0)
        if axis.name.startswith("x"):
            reach = self.right - self.left
            return self.left + low * reach, self.left + high * reach
        reach = self.bottom - self.top
        return self.bottom - high * reach, self.bottom - low * reach


def lay_frame(plan: Plan, width: float, top: float) -> Frame:
    """Lay out a drawing with its words.

    Args:
        plan: The figure.
        width: Of the whole drawing.
        top: How much of it is taken above, by title and legend.
    """
    rows_axis = _find_rows(plan)
    height = max(float(plan.layout.get("height") or _HEIGHT) - _MARGINS, 60.0)
    above, ticks, left = False, [], _EDGE
    if rows_axis:
        ticks = list_ticks(rows_axis, 1000)
        natural = block_width([line for tick in ticks for line in tick.lines])
        above = width < _NARROW and natural > _BESIDE * width and _may_stand_above(plan)
        room = width - 2 * _EDGE if above else _WIDEST * width
        lines = [_wrap_tick(tick, room, joined=above) for tick in ticks]
        ticks = [replace(tick, lines=each) for tick, each in zip(ticks, lines, strict=True)]
        beside = block_width([line for tick in ticks for line in tick.lines]) + _GAP
        left = _EDGE if above else _EDGE + min(beside, room + _GAP)
    left += max((_title_room(axis) for axis in _first(plan, "y")), default=0.0)
    if not rows_axis:
        left += max((_tick_room(axis, height) for axis in _first(plan, "y")), default=0.0)
    right = width - _RIGHT
    rows = _lay_rows(plan, rows_axis, ticks, height, above=above) if rows_axis and ticks else None
    if rows:
        height = rows.height
    frame = Frame(width, 0.0, left, top + _GAP + _notes_room(plan), right, 0.0, {})
    return _place_axes(plan, frame, height, rows, ticks, above=above)


def lay_bare_frame(plan: Plan, width: float, height: float, edge: float) -> Frame:
    """A frame without words, for a small picture."""
    frame = Frame(width, height, edge, edge, width - edge, height - edge, {})
    for name, axis in plan.axes.items():
        start, end = frame.domain(axis)
        ends = (start, end) if name.startswith("x") else (end, start)
        frame.scales[name] = straight_scale(axis, *ends)
    return frame


def _find_rows(plan: Plan) -> Axis | None:
    """The axis whose names stand in rows, where all panels lie beside each other and share it."""
    names = [name for name in plan.axes if name.startswith("y")]
    axis = plan.axes[names[0]]
    whole = tuple(axis.about.get("domain") or (0, 1)) == (0, 1)
    shown = axis.about.get("side") != "right" and shows_ticks(axis)
    return axis if len(names) == 1 and axis.named and whole and shown else None


def _may_stand_above(plan: Plan) -> bool:
    """Whether no mark reaches from one row to another."""
    for panel in plan.panels:
        for trace, points in zip(panel.traces, panel.points, strict=True):
            if trace.is_bar and not trace.lying:
                return False
            if any(point and point.y_ends for point in points):
                return False
            if "lines" in trace.mode and any(a and b and a.y != b.y for a, b in pairwise(points)):
                return False
    return True


def _wrap_tick(tick: Tick, room: float, *, joined: bool) -> Sequence[Line]:
    lines = join_lines(tick.lines) if joined or block_width(tick.lines) > room else tick.lines
    return wrap_lines(lines, room)


def _lay_rows(plan: Plan, axis: Axis, ticks: Sequence[Tick], height: float, *, above: bool) -> Rows:
    return lay_rows(axis, ticks, height, above=above, contents=_row_contents(plan, axis, ticks, height))


def _row_contents(plan: Plan, axis: Axis, ticks: Sequence[Tick], height: float) -> list[float]:
    """How high the marks of each row are, with a little air."""
    scale = straight_scale(axis, height, 0.0)
    centres = [scale.place(tick.at) for tick in ticks]
    if any(trace.is_bar for trace in plan.traces):
        return [_BARS * height / len(ticks)] * len(ticks)
    spread = [0.0] * len(ticks)
    for panel in plan.panels:
        for trace, points in zip(panel.traces, panel.points, strict=True):
            words = (
                2 * LINE if "text" in trace.mode and "middle" not in str(trace.part("textposition", 0)) else 0
            )
            for point in filter(None, points):
                place = scale.place(point.y)
                row = min(range(len(ticks)), key=lambda n: abs(centres[n] - place))
                size = float(trace.part("marker.size", point.at, 6))
                # Marks side by side keep all the room they have.
                reach = words + size if abs(centres[row] - place) < 1 else height
                spread[row] = max(spread[row], reach)
    return [reach + _AIR for reach in spread]


def _first(plan: Plan, side: str) -> list[Axis]:
    """The axes whose names stand in the margin: those of the first column, or of the lowest row."""
    mine = [axis for name, axis in plan.axes.items() if name.startswith(side)]
    partners = {(panel.x if side == "y" else panel.y): [] for panel in plan.panels}
    for panel in plan.panels:
        partners[panel.x if side == "y" else panel.y].append(panel.y if side == "y" else panel.x)
    firsts = {
        name
        for partner, names in partners.items()
        if (plan.axes[partner].about.get("domain") or (0, 1))[0] < 0.01
        for name in names
    }
    return [axis for axis in mine if axis.name in firsts]


def _title_room(axis: Axis) -> float:
    return LINE + 4 if read_title(axis.about.get("title")) else 0.0


def _tick_room(axis: Axis, height: float) -> float:
    if not shows_ticks(axis):
        return _GAP
    return block_width([line for tick in upright_ticks(axis, height) for line in tick.lines]) + _GAP


def _notes_room(plan: Plan) -> float:
    notes = plan.layout.get("annotations") or ()
    high = any(note.get("yref") == "paper" and (note.get("y") or 0) > 0.97 for note in notes)
    return LINE if high else 0.0


def _place_axes(
    plan: Plan, frame: Frame, height: float, rows: Rows | None, row_ticks: list[Tick], *, above: bool
) -> Frame:
    tops, bottoms = [0.0], [0.0]
    names: list[tuple[list[Tick], float, float]] = []
    across = [axis for name, axis in plan.axes.items() if name.startswith("x")]
    for axis in across:
        frame.scales[axis.name] = straight_scale(make_room_for_text(plan, axis, frame), *frame.domain(axis))
        first, last = frame.domain(axis)
        names.append(lying_ticks(frame.scales[axis.name], last - first))
        ticks, turned, size = names[-1]
        at_top = axis.about.get("side") == "top"
        room = turned or max((len(tick.lines) for tick in ticks), default=0) * size * LEADING
        room = room if shows_ticks(axis) else 0.0
        title = LINE + 4 if read_title(axis.about.get("title")) else 0.0
        if axis in _first(plan, "x") or at_top:
            (tops if at_top else bottoms).append(room + title + (_GAP if room or title else 0))
    frame.top += max(tops)
    frame.bottom = frame.top + height
    frame.height = frame.bottom + max(bottoms) + 6
    for name, axis in plan.axes.items():
        if name.startswith("y"):
            start, end = frame.domain(axis)
            frame.scales[name] = straight_scale(axis, end, start)
            if rows:
                frame.scales[name] = Scale(axis, rows.scale.shift(frame.top).pieces)
    for axis, laid in zip(across, names, strict=True):
        _write_x(plan, frame, axis, *laid)
    for name, axis in plan.axes.items():
        if name.startswith("y"):
            _write_y(plan, frame, axis, rows, row_ticks, above=above)
    return frame


def make_room_for_text(plan: Plan, axis: Axis, frame: Frame) -> Axis:
    """Lengthen an axis of lying bars until the words behind the longest of them fit."""
    if axis.kind != "linear" or axis.start > axis.end:
        return axis
    first, last = frame.domain(axis)
    ends = {False: axis.start, True: axis.end}
    for panel in plan.panels:
        for trace, bars in zip(panel.traces, panel.bars, strict=True):
            if panel.x != axis.name or not trace.lying:
                continue
            for bar in bars:
                text, ahead = trace.part("text", bar.at), bar.top >= bar.base
                if text is None or trace.part("textposition", bar.at) != "outside":
                    continue
                room = last - first + (_RIGHT if ahead else 0.0) - block_width(read_label(text)) - 8
                if room > 20:
                    far = ends[not ahead]
                    need = far + (bar.top - far) * (last - first) / room
                    ends[ahead] = max(ends[ahead], need) if ahead else min(ends[ahead], need)
    return replace(axis, start=ends[False], end=ends[True])


def _write_x(plan: Plan, frame: Frame, axis: Axis, ticks: Sequence[Tick], turned: float, size: float) -> None:
    scale = frame.scales[axis.name]
    panel = next(panel for panel in plan.panels if panel.x == axis.name)
    top, bottom = frame.domain(plan.axes[panel.y])
    at_top = axis.about.get("side") == "top"
    _write_grid(frame, axis, ticks, (top, bottom), panel)
    deepest = 0.0
    for tick in ticks if shows_ticks(axis) else ():
        x, deep = scale.place(tick.at), len(tick.lines) * size * LEADING
        if turned:
            start = top - _GAP if at_top else bottom + _GAP
            y = (1 - len(tick.lines)) * LINE / 2 + 0.35 * SIZE
            more = f'transform="translate({number(x)} {number(start)}) rotate(-90)"'
            frame.words.append(draw_words(tick.lines, 0, y, anchor="" if at_top else "end", more=more))
            deep = turned
        else:
            half = block_width(tick.lines, size) / 2
            x = min(max(x, half + _EDGE), frame.width - half - _EDGE)
            y = top - _GAP - deep + size if at_top else bottom + _GAP + size - 3
            frame.words.append(draw_words(tick.lines, x, y, size=size, anchor="middle"))
        deepest = max(deepest, deep)
    title = read_label(read_title(axis.about.get("title")))
    first, last = frame.domain(axis)
    if title != [()]:
        y = top - _GAP - deepest - 6 if at_top else bottom + _GAP + deepest + SIZE + 2
        middle = min(max((first + last) / 2, block_width(title) / 2), frame.width - block_width(title) / 2)
        frame.words.append(draw_words(title, middle, y, anchor="middle"))


def _write_y(
    plan: Plan, frame: Frame, axis: Axis, rows: Rows | None, row_ticks: list[Tick], *, above: bool
) -> None:
    scale = frame.scales[axis.name]
    panel = next(panel for panel in plan.panels if panel.y == axis.name)
    left, right = frame.domain(plan.axes[panel.x])
    ticks = row_ticks if rows else upright_ticks(axis, frame.bottom - frame.top)
    at_right = axis.about.get("side") == "right"
    if not above:
        _write_grid(frame, axis, ticks, (left, right), panel)
    title = read_title(axis.about.get("title"))
    if title:
        low, high = frame.domain(axis)
        turn = f'transform="translate({number(SIZE)} {number((low + high) / 2)}) rotate(-90)"'
        frame.words.append(draw_words(read_label(title), 0, 0, anchor="middle", more=turn))
    if not shows_ticks(axis):
        return
    for n, tick in enumerate(ticks):
        middle = (
            rows.labels[n] + frame.top if rows else scale.place(tick.at) - (len(tick.lines) - 1) * LINE / 2
        )
        if above:
            frame.over.append(draw_words(tick.lines, _EDGE, middle + 0.35 * SIZE))
        elif at_right:
            frame.words.append(draw_words(tick.lines, right + _GAP, middle + 0.35 * SIZE))
        else:
            frame.words.append(draw_words(tick.lines, left - _GAP, middle + 0.35 * SIZE, anchor="end"))


def _write_grid(
    frame: Frame, axis: Axis, ticks: Sequence[Tick], span: tuple[float, float], panel: Panel
) -> None:
    """Lines at the ticks of an axis, and a stronger one at nought."""
    scale, upright = frame.scales[axis.name], axis.name.startswith("x")
    across = any(trace.is_bar and trace.lying != upright for trace in panel.traces)
    if axis.about.get("showgrid") is not False and not (axis.named and across):
        frame.grid += [_line(scale.place(tick.at), span, upright=upright) for tick in ticks]
    along = any(trace.is_bar and trace.lying == upright for trace in panel.traces)
    zero = axis.about.get("zeroline")
    if (
        axis.kind == "linear"
        and zero is not False
        and axis.low <= 0 <= axis.high
        and (along or not axis.named)
    ):
        frame.grid.append(_line(scale.place(0.0), span, upright=upright, more=' class="nought"'))


def _line(at: float, span: tuple[float, float], *, upright: bool, more: str = "") -> str:
    a, b = number(span[0]), number(span[1])
    place = number(at)
    return f'<path d="M{place},{a}V{b}"{more}/>' if upright else f'<path d="M{a},{place}H{b}"{more}/>'
