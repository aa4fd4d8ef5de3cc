"""The key of a drawing: what each colour, pattern and symbol stands for."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.report.drawing.marks import Trace
from analysis.report.drawing.paint import Patterns, dash_of, draw_symbol, outline, symbol_outline
from analysis.report.drawing.plan import Plan, read_title
from analysis.report.drawing.reading import item
from analysis.report.drawing.text import (
    SIZE,
    Line,
    block_width,
    draw_words,
    escape,
    join_lines,
    number,
    read_label,
    wrap_lines,
)

_ROW = 22.0
_KEY, _LONG_KEY = 14.0, 24.0
_GAP = 20.0


def list_entries(plan: Plan) -> list[Trace]:
    """The series that the key names, in its order."""
    listed = [trace for trace in plan.traces if trace.about.get("showlegend") is not False]
    shown = plan.layout.get("showlegend")
    named = [trace for trace in listed if trace.name and (trace.is_bar or trace.mode != "text")]
    if shown is False or (shown is None and len(plan.traces) < 2 and not _asked_for(listed)):
        return []
    order = (plan.layout.get("legend") or {}).get("traceorder") or ""
    return named[::-1] if "reversed" in order else named


def _asked_for(traces: Sequence[Trace]) -> bool:
    return any(trace.about.get("showlegend") for trace in traces)


def write_legend(plan: Plan, patterns: Patterns, width: float, top: float) -> tuple[str, float]:
    """Write the key in rows as wide as the drawing.

    Returns:
        The key, and how high it is; nothing and nought where there is none.
    """
    entries = list_entries(plan)
    if not entries:
        return "", 0.0
    parts: list[str] = []
    x, y, deepest = 2.0, top, 1
    title = read_label(read_title((plan.layout.get("legend") or {}).get("title")))
    if any(title):
        parts.append(draw_words(title[:1], x, y + _ROW / 2 + 0.35 * SIZE))
        x += block_width(title[:1]) + _GAP
    for trace in entries:
        key = _LONG_KEY if not trace.is_bar and "lines" in trace.mode else _KEY
        lines = wrap_lines(join_lines(read_label(trace.name)), width - key - 12)
        wide = key + 6 + block_width(lines)
        if x > 2.0 and x + wide > width:
            x, y, deepest = 2.0, y + _ROW + (deepest - 1) * SIZE * 1.3, 1
        parts.append(_draw_key(trace, patterns, x, y + _ROW / 2, key))
        parts.append(draw_words(lines, x + key + 6, y + _ROW / 2 + 0.35 * SIZE))
        x += wide + _GAP
        deepest = max(deepest, len(lines))
    return "".join(parts), y + _ROW + (deepest - 1) * SIZE * 1.3 - top


def _draw_key(trace: Trace, patterns: Patterns, x: float, y: float, wide: float) -> str:
    marker = trace.about.get("marker") or {}
    colour = escape(trace.colour)
    if trace.is_bar:
        pattern = {name: item(value, 0) for name, value in (marker.get("pattern") or {}).items()}
        fill = patterns.fill(trace.colour, pattern, pattern.get("shape") or "")
        width = trace.part("marker.line.width", 0)
        edge = trace.part("marker.line.color", 0) or trace.colour
        look = f" {outline(edge, float(width))}" if width else ""
        box = f'x="{number(x + 1)}" y="{number(y - 6)}" width="13" height="12"'
        return f'<rect {box} fill="{fill}"{look}/>'
    parts = ""
    if "lines" in trace.mode:
        line = trace.about.get("line") or {}
        look = outline(line.get("color") or trace.colour, min(float(line.get("width") or 2), 5.0))
        parts = f'<path d="M{number(x)},{number(y)}h{number(wide)}" {look}{dash_of(line)}/>'
    if "markers" in trace.mode:
        name = str(trace.part("marker.symbol", 0, "circle"))
        size = min(max(float(trace.part("marker.size", 0, 8)), 7.0), 12.0)
        edge = (trace.part("marker.line.color", 0), trace.part("marker.line.width", 0))
        look = symbol_outline(*edge, trace.colour, name)
        parts += draw_symbol(name, x + wide / 2, y, size, f'fill="{colour}" {look}'.strip())
    return parts


def title_lines(plan: Plan, width: float) -> list[Line]:
    """The title inside the figure, wrapped; nothing where it has none."""
    lines = read_label(plan.title)
    return wrap_lines(lines, width, SIZE + 2) if any(lines) else []
