"""A Plotly figure -> one SVG element that needs no script, and takes its ink from the page."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from analysis.report.drawing.frame import Frame, lay_frame
from analysis.report.drawing.legend import title_lines, write_legend
from analysis.report.drawing.marks import Teller
from analysis.report.drawing.paint import INK, Patterns, dash_of, outline
from analysis.report.drawing.plan import Plan, read_plan
from analysis.report.drawing.rows import LINE
from analysis.report.drawing.series import Painter, write_notes
from analysis.report.drawing.text import (
    SIZE,
    block_width,
    draw_words,
    escape,
    number,
    plain_words,
    read_label,
)

WIDE, NARROW = 880, 360
_GRID = "#d8dce1"
# The ground shows around words that stand on the grid.
_HALO = 'stroke-width="4" stroke-linejoin="round" paint-order="stroke"'
_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"


def draw_figure(figure: Mapping[str, Any], *, width: int = WIDE, key: str = "") -> str | None:
    """Draw a Plotly figure as SVG.

    Each mark has the role ``img`` and its hover text as its name, in plain words; axes, their names and the
    key are hidden from screen readers, as the marks say them. Words, grid and ground have no colour that a
    style sheet cannot change; the marks keep their own.

    Args:
        figure: A Plotly figure as JSON: ``data`` and ``layout``.
        width: How many pixels wide it is laid out; it is shown as wide as its place.
        key: What the ids inside begin with; a hash of the figure where none is given. Two drawings on one
            page need two.

    Returns:
        The same bytes for the same figure. ``None`` where the figure holds what is not drawn here: other
        traces than bars and points, colour scales, arrows, and so on.
    """
    plan = read_plan(figure)
    if plan is None:
        return None
    patterns = Patterns(key or _digest(figure, width))
    title = title_lines(plan, width)
    top = len(title) * (SIZE + 2) * 1.3
    words = [draw_words(title, 2, SIZE + 2, size=SIZE + 2, more='font-weight="700"')] if title else []
    legend, height = write_legend(plan, patterns, width, top)
    frame = lay_frame(plan, width, top + height)
    below, above = _draw_shapes(plan, frame)
    painter = Painter(frame, patterns, Teller(plan.axes))
    marks = [part for panel in plan.panels for part in painter.paint(panel)]
    beside, inside = write_notes(painter)
    over = "".join([*frame.over, *_write_annotations(plan, frame), *beside])
    hidden = ' aria-hidden="true"'
    said = escape(plain_words(plan.description))
    about = f' aria-label="Chart. {said}"' if said else ' aria-label="Chart"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(width)} {number(frame.height)}" '
        f'width="{number(width)}" height="{number(frame.height)}" class="framelines-drawing" role="group"'
        f'{about} font-family="{_FONT}" font-size="{number(SIZE)}" fill="{INK}">{patterns.write()}'
        f'<g class="grid" fill="none" stroke="{_GRID}"{hidden}>{"".join(frame.grid + below)}</g>'
        f"{''.join(marks)}"
        f'<g class="words"{hidden}>{legend}{"".join([*above, *words, *frame.words, *inside])}</g>'
        f'<g class="words over" stroke="#fff" {_HALO}{hidden}>{over}</g></svg>'
    )


def _digest(figure: Mapping[str, Any], width: int) -> str:
    text = json.dumps([figure, width], sort_keys=True, default=str)
    return f"f{hashlib.sha256(text.encode()).hexdigest()[:10]}"


def _refer(frame: Frame, side: str, reference: Any, value: Any) -> float | None:
    """The pixel of a place on the paper, in the domain of an axis or on an axis."""
    reference = str(reference or side)
    if reference == "paper":
        first, last = (frame.left, frame.right) if side == "x" else (frame.bottom, frame.top)
        return first + float(value) * (last - first)
    name, _, within = reference.partition(" ")
    scale = frame.scales.get(name)
    if scale is None:
        return None
    if within:
        low, high = frame.domain(scale.axis)
        first, last = (low, high) if side == "x" else (high, low)
        return first + float(value) * (last - first)
    place = scale.axis.number(value)
    return None if place is None else scale.place(min(max(place, scale.axis.low), scale.axis.high))


def _draw_shapes(plan: Plan, frame: Frame) -> tuple[list[str], list[str]]:
    """The lines and boxes of a layout: those below the marks, and those above."""
    below: list[str] = []
    above: list[str] = []
    for shape in plan.layout.get("shapes") or ():
        xs = [_refer(frame, "x", shape.get("xref"), shape.get(end)) for end in ("x0", "x1")]
        ys = [_refer(frame, "y", shape.get("yref"), shape.get(end)) for end in ("y0", "y1")]
        if None in (*xs, *ys):
            continue
        (x0, x1), (y0, y1) = xs, ys
        line = shape.get("line") or {}
        width = float(line.get("width") if line.get("width") is not None else 2)
        look = outline(line.get("color") or "#6f757d", width) + dash_of(line)
        if shape.get("opacity") is not None:
            look += f' opacity="{number(float(shape["opacity"]))}"'
        if shape["type"] == "line":
            drawn = f'<path d="M{number(x0)},{number(y0)}L{number(x1)},{number(y1)}" {look}/>'
        else:
            box = f'x="{number(min(x0, x1))}" y="{number(min(y0, y1))}"'
            box += f' width="{number(abs(x1 - x0))}" height="{number(abs(y1 - y0))}"'
            drawn = f'<rect {box} fill="{escape(shape.get("fillcolor") or "none")}" {look}/>'
        (below if shape.get("layer") == "below" or shape["type"] == "line" else above).append(drawn)
    return below, above


def _write_annotations(plan: Plan, frame: Frame) -> list[str]:
    written = []
    for note in plan.layout.get("annotations") or ():
        x = _refer(frame, "x", note.get("xref") or "paper", note.get("x") or 0)
        y = _refer(frame, "y", note.get("yref") or "paper", note.get("y") or 0)
        lines = read_label(note.get("text"))
        if x is None or y is None or not any(lines):
            continue
        half, high = block_width(lines) / 2, len(lines) * LINE
        middle = x + {"left": half, "right": -half}.get(note.get("xanchor") or "", 0.0)
        middle = min(max(middle, half + 1), max(frame.width - half - 1, half + 1))
        top = y - {"top": 0.0, "bottom": high}.get(note.get("yanchor") or "", high / 2)
        anchor = {"left": "", "right": "end"}.get(note.get("xanchor") or "", "middle")
        start = middle + {"": -half, "end": half, "middle": 0.0}[anchor]
        written.append(draw_words(lines, start, top + SIZE - 1, anchor=anchor))
    return written
