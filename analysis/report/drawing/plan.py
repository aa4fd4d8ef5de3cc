"""A figure in numbers: its series, its axes with their ranges, and all marks on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analysis.report.drawing.axes import Axis, find_kind, fit_range, list_categories
from analysis.report.drawing.marks import Bar, Point, Trace, lay_bars, lay_points
from analysis.report.drawing.reading import as_list, can_draw, is_colour, unpack

_COLOURS = (
    "#636efa", "#ef553b", "#00cc96", "#ab63fa", "#ffa15a", "#19d3f3", "#ff6692", "#b6e880", "#ff97ff",
    "#fecb52",
)  # fmt: skip
_BY_TEMPLATE = ("bargap", "bargroupgap", "colorway", "barmode")


@dataclass(frozen=True)
class Panel:
    """The series that share a pair of axes, with their bars or points."""

    x: str
    y: str
    traces: tuple[Trace, ...]
    bars: tuple[list[Bar], ...]
    points: tuple[list[Point | None], ...]


@dataclass(frozen=True)
class Plan:
    """All of a figure that is drawn."""

    layout: Mapping[str, Any]
    traces: tuple[Trace, ...]
    axes: Mapping[str, Axis]
    panels: tuple[Panel, ...]

    @property
    def description(self) -> str:
        """What the figure says it shows; its title where it says nothing."""
        meta = self.layout.get("meta")
        said = meta.get("description") if isinstance(meta, Mapping) else None
        return str(said or self.title)

    @property
    def title(self) -> str:
        """The title inside the figure, as a label."""
        return read_title(self.layout.get("title"))


def read_title(title: Any) -> str:
    """The words of a title of a figure, an axis or a legend."""
    return str((title.get("text") if isinstance(title, Mapping) else title) or "")


def read_plan(figure: Mapping[str, Any]) -> Plan | None:
    """Read a figure; ``None`` where it holds what is not drawn here."""
    layout, template = _read_layout(figure.get("layout") or {})
    data = unpack(figure.get("data") or [])
    if figure.get("frames") or not can_draw(data, layout):
        return None
    # A template's ranges and marks are Plotly's own affair; its spacing and its colours are everybody's.
    layout = {**{name: template[name] for name in _BY_TEMPLATE if template.get(name) is not None}, **layout}
    colours = [each for each in as_list(layout.get("colorway")) if is_colour(each)] or _COLOURS
    traces = tuple(
        Trace(about, _own_colour(about) or colours[n % len(colours)], *_axis_names(about))
        for n, about in enumerate(data)
        if about.get("visible") in (None, True)
    )
    if not traces:
        return None
    axes = _find_axes(traces, layout)
    if any(trace.is_bar and axes[trace.x if trace.lying else trace.y].kind != "linear" for trace in traces):
        return None
    return _lay(layout, traces, axes)


def _read_layout(layout: Mapping[str, Any]) -> tuple[dict[str, Any], Mapping[str, Any]]:
    template = layout.get("template")
    base = template.get("layout") if isinstance(template, Mapping) else None
    return unpack({name: part for name, part in layout.items() if name != "template"}), base or {}


def _own_colour(about: Mapping[str, Any]) -> str | None:
    """The one colour of a series, which its line, its intervals and its key have too."""
    for part in ("marker", "line"):
        colour = (about.get(part) or {}).get("color")
        if isinstance(colour, str):
            return colour
    listed = as_list((about.get("marker") or {}).get("color"))
    return listed[0] if listed and isinstance(listed[0], str) else None


def _axis_names(about: Mapping[str, Any]) -> tuple[str, str]:
    return str(about.get("xaxis") or "x"), str(about.get("yaxis") or "y")


def axis_layout(layout: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """What a layout says of an axis: of ``y2`` under ``yaxis2``."""
    return layout.get(f"{name[0]}axis{name[1:]}") or {}


def _find_axes(traces: Sequence[Trace], layout: Mapping[str, Any]) -> dict[str, Axis]:
    """The axes that have a series, without ranges; those that match share their type and their names."""
    values: dict[str, list[Any]] = {}
    for trace in traces:
        for side, name in (("x", trace.x), ("y", trace.y)):
            listed = trace.about.get(side)
            values.setdefault(_leader(layout, name), []).extend(
                listed if listed is not None else range(trace.size)
            )
    axes = {}
    for name in dict.fromkeys(name for trace in traces for name in (trace.x, trace.y)):
        leader = _leader(layout, name)
        about = {**axis_layout(layout, leader), **axis_layout(layout, name)}
        kind = find_kind(values[leader], about)
        categories = list_categories(values[leader], about) if kind == "category" else ()
        axes[name] = Axis(name, kind, about, categories)
    return axes


def _leader(layout: Mapping[str, Any], name: str) -> str:
    return str(axis_layout(layout, name).get("matches") or name)


def _lay(layout: Mapping[str, Any], traces: tuple[Trace, ...], axes: dict[str, Axis]) -> Plan:
    pairs = dict.fromkeys((trace.x, trace.y) for trace in traces)
    panels = []
    for x, y in pairs:
        mine = tuple(trace for trace in traces if (trace.x, trace.y) == (x, y))
        points = tuple([] if trace.is_bar else lay_points(trace, axes) for trace in mine)
        panels.append(Panel(x, y, mine, tuple(lay_bars(mine, axes, layout)), points))
    reach: dict[str, tuple[list[float], list[float], set[str]]] = {}
    for panel in panels:
        _extend(reach, panel, layout)
    for name, axis in axes.items():
        lows, highs, roles = reach.get(_leader(layout, name), ([], [], set()))
        bars = "length" if "length" in roles else "width" if "width" in roles else ""
        start, end = fit_range(axis, lows, highs, bars=bars)
        axes[name] = replace(axis, start=start, end=end)
    return Plan(layout, traces, axes, tuple(panels))


def _extend(reach: dict[str, Any], panel: Panel, layout: Mapping[str, Any]) -> None:
    """Add what a panel's marks need of each axis."""

    def add(name: str, low: float, high: float, role: str = "") -> None:
        lows, highs, roles = reach.setdefault(_leader(layout, name), ([], [], set()))
        lows.append(low)
        highs.append(high)
        roles.add(role)

    for trace, bars, points in zip(panel.traces, panel.bars, panel.points, strict=True):
        along, across = (trace.x, trace.y) if trace.lying else (trace.y, trace.x)
        for bar in bars:
            add(along, min(bar.base, bar.top), max(bar.base, bar.top), "length")
            add(across, bar.middle - bar.half * 1.25, bar.middle + bar.half * 1.25, "width")
        for point in points:
            if point:
                add(trace.x, *(point.x_ends or (point.x, point.x)))
                add(trace.y, *(point.y_ends or (point.y, point.y)))
