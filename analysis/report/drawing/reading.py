"""A figure's JSON, read: its lists unpacked, and whether it holds only what is drawn here."""

from __future__ import annotations

import base64
import math
import re
import struct
from collections.abc import Mapping, Sequence
from typing import Any

from analysis.report.drawing.words import can_fill, can_format

MOST_POINTS = 4000
SYMBOLS = (
    "circle", "square", "diamond", "cross", "x", "triangle-up", "triangle-down", "triangle-left",
    "triangle-right", "star",
)  # fmt: skip
PATTERNS = ("", "/", "\\", "x", "-", "|", "+", ".")
DASHES = {"solid": "", "dot": "2 3", "dash": "7 4", "longdash": "12 4", "dashdot": "7 3 2 3"}
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,24}|rgba?\(\s*[\d.]+%?(\s*,\s*[\d.]+%?){2,3}\s*\)")
_AXIS = re.compile(r"([xy])axis(\d*)")

# What is known of each part of a figure, or may be passed over. Anything else is left to Plotly.
_TRACE = set(
    "type x y name text textposition textfont texttemplate hovertext hovertemplate hoverinfo hoverlabel "
    "customdata marker opacity showlegend legendgroup legendrank visible xaxis yaxis uid orientation "
    "alignmentgroup offsetgroup cliponaxis error_x error_y legend".split()
)
_BAR = _TRACE | set("insidetextfont outsidetextfont insidetextanchor constraintext textangle".split())
_SCATTER = _TRACE | set("mode line connectgaps".split())
_MARKER = set("color size symbol opacity line pattern sizemode sizeref sizemin".split())
_LAYOUT = set(
    "title template height width barmode bargap bargroupgap showlegend legend margin meta font hoverlabel "
    "hovermode hoverdistance shapes annotations paper_bgcolor plot_bgcolor colorway autosize dragmode "
    "uirevision modebar clickmode".split()
)
_AXIS_KEYS = set(
    "title type range autorange categoryorder categoryarray tickmode tickvals ticktext tickformat nticks "
    "dtick tick0 showgrid zeroline showticklabels side tickangle tickfont anchor domain matches rangemode "
    "automargin gridcolor gridwidth linecolor linewidth zerolinecolor zerolinewidth showline ticks "
    "tickprefix ticksuffix fixedrange hoverformat visible mirror constrain tickcolor ticklen tickwidth "
    "showspikes spikemode".split()
)
_ORDERS = (None, "trace", "array", "category ascending", "category descending")
_BYTES = {"i1": "b", "u1": "B", "i2": "h", "u2": "H", "i4": "i", "u4": "I", "f4": "f", "f8": "d"}


def unpack(value: Any) -> Any:
    """Lists for Plotly's packed arrays, at any depth; what is no number is ``None``."""
    if isinstance(value, Mapping):
        if "bdata" in value and value.get("dtype") in _BYTES:
            return _unpack_array(value)
        return {str(name): unpack(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [unpack(part) for part in value]
    return None if isinstance(value, float) and math.isnan(value) else value


def _unpack_array(packed: Mapping[str, Any]) -> list[Any]:
    code = _BYTES[packed["dtype"]]
    flat = [
        None if isinstance(each, float) and math.isnan(each) else each
        for (each,) in struct.iter_unpack(f"<{code}", base64.b64decode(packed["bdata"]))
    ]
    shape = [int(size) for size in str(packed.get("shape", "")).split(",") if size.strip()]
    if len(shape) != 2 or not shape[1]:
        return flat
    return [flat[at : at + shape[1]] for at in range(0, len(flat), shape[1])]


def can_draw(data: Any, layout: Mapping[str, Any]) -> bool:
    """Whether each part of a figure, unpacked, is one that is drawn here."""
    if not isinstance(data, list) or not isinstance(layout, Mapping):
        return False
    if not all(isinstance(trace, Mapping) and _can_draw_trace(trace) for trace in data):
        return False
    if not data or sum(len(trace.get("x") or trace.get("y") or ()) for trace in data) > MOST_POINTS:
        return False
    return all(_can_draw_part(name, part) for name, part in layout.items() if part is not None)


def _can_draw_trace(trace: Mapping[str, Any]) -> bool:
    kind = trace.get("type", "scatter")
    keys = {name for name, value in trace.items() if value is not None}
    if kind == "bar":
        known = keys <= _BAR
    elif kind in ("scatter", "scattergl"):
        known = keys <= _SCATTER and _can_draw_line(trace.get("line") or {})
    else:
        return False
    lists = [trace[name] for name in ("x", "y") if trace.get(name) is not None]
    return (
        known
        and bool(lists)
        and all(isinstance(each, list) and not any(map(_is_nested, each)) for each in lists)
        and _can_draw_marker(trace.get("marker") or {})
        and all(_can_draw_error(trace.get(side) or {}) for side in ("error_x", "error_y"))
        and all(
            can_fill(each) for name in ("hovertemplate", "texttemplate") for each in as_list(trace.get(name))
        )
        and 0 <= (trace.get("opacity") if trace.get("opacity") is not None else 1) <= 1
    )


def _is_nested(value: Any) -> bool:
    return isinstance(value, list | dict)


def _can_draw_line(line: Mapping[str, Any]) -> bool:
    return (
        set(line) <= {"color", "width", "dash", "shape", "simplify"}
        and line.get("shape") in (None, "linear")
        and line.get("dash", "solid") in DASHES
        and is_colour(line.get("color"))
    )


def _can_draw_marker(marker: Mapping[str, Any]) -> bool:
    pattern, line = marker.get("pattern") or {}, marker.get("line") or {}
    return (
        {name for name, value in marker.items() if value is not None} <= _MARKER
        and all(is_colour(each) for each in as_list(marker.get("color")))
        and all(is_colour(each) for each in as_list(line.get("color")))
        and all(_is_symbol(each) for each in as_list(marker.get("symbol")))
        and all(each in PATTERNS for each in as_list(pattern.get("shape")))
        and set(line) <= {"color", "width"}
        and all(is_colour(each) for name in ("fgcolor", "bgcolor") for each in as_list(pattern.get(name)))
        and all(isinstance(each, int | float) for each in as_list(marker.get("size")) if each is not None)
    )


def _is_symbol(name: Any) -> bool:
    return name is None or (isinstance(name, str) and name.removesuffix("-open") in SYMBOLS)


def _can_draw_error(error: Mapping[str, Any]) -> bool:
    return error.get("type", "data") == "data" and is_colour(error.get("color"))


def _can_draw_part(name: str, part: Any) -> bool:
    if _AXIS.fullmatch(name):
        return _can_draw_axis(part)
    if name == "shapes":
        return all(_can_draw_shape(shape) for shape in part)
    if name == "annotations":
        return all(note.get("showarrow") is False and not note.get("textangle") for note in part)
    if name == "barmode":
        return part in ("group", "stack", "relative", "overlay")
    return name in _LAYOUT


def _can_draw_axis(axis: Mapping[str, Any]) -> bool:
    return (
        {name for name, value in axis.items() if value is not None} <= _AXIS_KEYS
        and axis.get("categoryorder") in _ORDERS
        and axis.get("type") in (None, "-", "linear", "log", "date", "category")
        and can_format(axis.get("tickformat") or "")
    )


def _can_draw_shape(shape: Mapping[str, Any]) -> bool:
    known = {"type", "x0", "x1", "y0", "y1", "xref", "yref", "line", "fillcolor", "opacity", "layer", "name"}
    line = shape.get("line") or {}
    return (
        {name for name, value in shape.items() if value is not None} <= known
        and shape.get("type") in ("line", "rect")
        and line.get("dash", "solid") in DASHES
        and is_colour(line.get("color"))
        and is_colour(shape.get("fillcolor"))
    )


def is_colour(value: Any) -> bool:
    """Whether a value is a colour as CSS writes it, or none."""
    return value is None or (isinstance(value, str) and _COLOUR.fullmatch(value) is not None)


def as_list(value: Any) -> Sequence[Any]:
    """One value or many as a list."""
    return value if isinstance(value, list | tuple) else [value] if value is not None else []


def item(value: Any, at: int, default: Any = None) -> Any:
    """The part of a value that belongs to one mark: of a list its element, else the value for all."""
    if isinstance(value, list | tuple):
        value = value[at] if at < len(value) else None
    return default if value is None else value
