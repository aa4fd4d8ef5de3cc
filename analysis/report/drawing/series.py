"""The series of a drawing: bars, points, lines and intervals, and the words beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from analysis.report.drawing.frame import Frame
from analysis.report.drawing.marks import Bar, Point, Teller, Trace
from analysis.report.drawing.paint import Patterns, dash_of, draw_symbol, ink_on, outline, symbol_outline
from analysis.report.drawing.plan import Panel
from analysis.report.drawing.rows import Scale
from analysis.report.drawing.text import (
    LEADING,
    SIZE,
    Line,
    block_width,
    draw_words,
    escape,
    number,
    read_label,
)
from analysis.report.drawing.ticks import SMALL

_MARKER = 6.0
_OTHER = {"top": "bottom", "bottom": "top", "right": "left", "left": "right", "center": "right"}


@dataclass
class Note:
    """Words that belong to a mark: where, how, and what else is tried where that place is taken."""

    lines: Sequence[Line]
    x: float
    y: float
    places: tuple[str, ...]
    gap: float
    size: float = SIZE
    fill: str | None = None


@dataclass
class Painter:
    """Draws the series of one panel; collects the words beside them.

    ``teller`` and ``patterns`` are None in a picture, whose marks say nothing and have no words.
    """

    frame: Frame
    patterns: Patterns | None
    teller: Teller | None
    shrink: float = 1.0
    notes: list[Note] = field(default_factory=list)
    taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    def paint(self, panel: Panel) -> list[str]:
        """All series of a panel as groups of elements."""
        drawn = []
        for trace, bars, points in zip(panel.traces, panel.bars, panel.points, strict=True):
            marks = "".join(self._bars(trace, bars) if trace.is_bar else self._points(trace, points))
            opacity = trace.about.get("opacity")
            about = f' opacity="{number(float(opacity))}"' if opacity not in (None, 1) else ""
            if marks:
                drawn.append(f'<g fill="{escape(trace.colour)}"{about}>{marks}</g>')
        return drawn

    def _scales(self, trace: Trace) -> tuple[Scale, Scale]:
        return self.frame.scales[trace.x], self.frame.scales[trace.y]

    def _say(self, trace: Trace, at: int, x: float, y: float) -> str:
        """The attributes by which a mark can be reached and read."""
        if self.teller is None or trace.silent:
            return ""
        return f' role="img" aria-label="{escape(self.teller.say(trace, at, x, y))}"'

    def _bars(self, trace: Trace, bars: Sequence[Bar]) -> Iterator[str]:
        x_scale, y_scale = self._scales(trace)
        along, across = (x_scale, y_scale) if trace.lying else (y_scale, x_scale)
        for bar in bars:
            base, top = (min(max(end, along.axis.low), along.axis.high) for end in (bar.base, bar.top))
            sides = bar.middle - bar.half, bar.middle + bar.half
            if base == top or sides[0] > across.axis.high or sides[1] < across.axis.low:
                continue
            starts = sorted((along.place(base), along.place(top)))
            widths = sorted(across.place(min(max(s, across.axis.low), across.axis.high)) for s in sides)
            (x0, x1), (y0, y1) = (starts, widths) if trace.lying else (widths, starts)
            numbers = (bar.top, bar.middle) if trace.lying else (bar.middle, bar.top)
            box = f'x="{number(x0)}" y="{number(y0)}" width="{number(x1 - x0)}" height="{number(y1 - y0)}"'
            yield f"<rect {box}{self._bar_paint(trace, bar.at)}{self._say(trace, bar.at, *numbers)}/>"
            self._note_bar(trace, bar, (x0, y0, x1, y1))

    def _bar_paint(self, trace: Trace, at: int) -> str:
        colour = trace.fill_colour(at)
        pattern = (trace.about.get("marker") or {}).get("pattern") or {}
        shape = trace.part("marker.pattern.shape", at, "")
        read = {name: trace.part(f"marker.pattern.{name}", at) for name in pattern}
        fill = self.patterns.fill(colour, read, shape) if self.patterns else escape(colour)
        paint = f' fill="{fill}"' if fill != escape(trace.colour) else ""
        opacity = trace.part("marker.opacity", at)
        if opacity not in (None, 1):
            paint += f' fill-opacity="{number(float(opacity))}"'
        width = trace.part("marker.line.width", at)
        if width:
            paint += " " + outline(trace.part("marker.line.color", at) or colour, float(width))
        return paint

    def _note_bar(self, trace: Trace, bar: Bar, box: tuple[float, float, float, float]) -> None:
        lines = self._text(trace, bar.at)
        if not lines:
            return
        x0, y0, x1, y1 = box
        wanted = trace.part("textposition", bar.at, "auto")
        wide, high = block_width(lines) + 8, len(lines) * SIZE * LEADING
        fits = wide <= x1 - x0 and high <= y1 - y0
        if wanted == "none":
            return
        if wanted != "outside" and fits:
            # Where a pattern lies behind it, or the page shines through, a word stands out less than beside.
            fill = ink_on(trace.fill_colour(bar.at))
            self.notes.append(Note(lines, (x0 + x1) / 2, (y0 + y1) / 2, ("in",), 0, fill=fill))
        elif trace.lying:
            back = bar.top < bar.base
            place = ("left", "right") if back else ("right", "left")
            self.notes.append(Note(lines, x0 if back else x1, (y0 + y1) / 2, place, 5))
        else:
            down = bar.top < bar.base
            place = ("bottom",) if down else ("top",)
            self.notes.append(Note(lines, (x0 + x1) / 2, y1 if down else y0, place, 3))

    def _text(self, trace: Trace, at: int) -> list[Line]:
        if self.teller is None:
            return []
        template = trace.part("texttemplate", at)
        said = self.teller.write(str(template), trace, at) if template else trace.part("text", at)
        lines = read_label(said) if said not in (None, "") else []
        return lines if any(lines) else []

    def _points(self, trace: Trace, points: Sequence[Point | None]) -> Iterator[str]:
        """Lines below, then marks; an interval between two days is one mark."""
        shown = [point if point and self._is_inside(trace, point) else None for point in points]
        if "lines" not in trace.mode:
            yield from (self._mark(trace, point) for point in shown if point)
            return
        joined = [point for point in shown if point] if trace.about.get("connectgaps") else shown
        for known, part in groupby(joined, key=lambda point: point is not None):
            piece = [point for point in part if point]
            if not known:
                continue
            if len(piece) == 2 and self._is_interval(trace, piece):
                yield self._interval(trace, piece)
                continue
            yield self._line(trace, piece)
            yield from (self._mark(trace, point) for point in piece)

    def _is_inside(self, trace: Trace, point: Point) -> bool:
        x_scale, y_scale = self._scales(trace)
        return x_scale.axis.holds(point.x) and y_scale.axis.holds(point.y)

    @staticmethod
    def _is_interval(trace: Trace, piece: Sequence[Point]) -> bool:
        """Whether two points are the ends of one thing, which both say the same."""
        first, last = piece
        texts = {trace.part("text", point.at) for point in piece}
        return first.y == last.y and len(texts) == 1 and texts != {None} and "text" not in trace.mode

    def _place(self, trace: Trace, point: Point) -> tuple[float, float]:
        x_scale, y_scale = self._scales(trace)
        return x_scale.place(point.x), y_scale.place(point.y)

    def _line(self, trace: Trace, piece: Sequence[Point], about: str = "") -> str:
        line = trace.about.get("line") or {}
        path = "L".join(f"{number(x)},{number(y)}" for x, y in (self._place(trace, point) for point in piece))
        width = float(line.get("width") if line.get("width") is not None else 2) * self.shrink
        look = outline(line.get("color") or trace.colour, width) + dash_of(line)
        return f'<path d="M{path}" fill="none" {look}{about}/>' if len(piece) > 1 else ""

    def _interval(self, trace: Trace, piece: Sequence[Point]) -> str:
        ends = piece[:1] if piece[0].x == piece[1].x else piece
        parts = self._line(trace, ends) if len(ends) > 1 else ""
        if "markers" in trace.mode:
            parts += "".join(self._symbol(trace, point) for point in ends)
        return f"<g{self._say(trace, piece[0].at, piece[0].x, piece[0].y)}>{parts}</g>"

    def _mark(self, trace: Trace, point: Point) -> str:
        x, y = self._place(trace, point)
        said = self._say(trace, point.at, point.x, point.y)
        size = self._size(trace, point)
        drawn = ""
        if "markers" in trace.mode:
            intervals = self._intervals(trace, point)
            drawn = self._symbol(trace, point, "" if intervals else said)
            if intervals:
                drawn = f"<g{said}>{intervals}{drawn}</g>"
            self.taken.append((x - size / 2, y - size / 2, x + size / 2, y + size / 2))
        elif said and "lines" in trace.mode:
            drawn = draw_symbol("circle", x, y, _MARKER, f'fill-opacity="0"{said}')
        if "text" in trace.mode:
            self._note_point(trace, point, size if "markers" in trace.mode else 0.0)
        return drawn

    def _size(self, trace: Trace, point: Point) -> float:
        size = float(trace.part("marker.size", point.at, _MARKER))
        marker = trace.about.get("marker") or {}
        if marker.get("sizeref"):
            size = size / float(marker["sizeref"])
            size = size**0.5 if marker.get("sizemode") == "area" else size
            size = max(size, float(marker.get("sizemin") or 0))
        x_scale, _ = self._scales(trace)
        if x_scale.axis.kind == "category":
            # Marks in columns stay apart, however narrow these are.
            size = min(size, abs(x_scale.place(1.0) - x_scale.place(0.0)) - 4)
        return max(size * self.shrink, 1.0)

    def _symbol(self, trace: Trace, point: Point, about: str = "") -> str:
        name = str(trace.part("marker.symbol", point.at, "circle"))
        colour = trace.fill_colour(point.at)
        look = symbol_outline(
            trace.part("marker.line.color", point.at), trace.part("marker.line.width", point.at), colour, name
        )
        paint = [f'fill="{escape(colour)}"'] if colour != trace.colour and not name.endswith("-open") else []
        opacity = trace.part("marker.opacity", point.at)
        if opacity not in (None, 1):
            paint.append(f'opacity="{number(float(opacity))}"')
        more = " ".join([*paint, *([look] if look else [])]) + about
        return draw_symbol(name, *self._place(trace, point), self._size(trace, point), more.strip())

    def _intervals(self, trace: Trace, point: Point) -> str:
        """The lines of a mark's intervals, with their ends across."""
        x_scale, y_scale = self._scales(trace)
        x, y = self._place(trace, point)
        parts = []
        for side, ends, scale in (("x", point.x_ends, x_scale), ("y", point.y_ends, y_scale)):
            if not ends or ends[0] == ends[1]:
                continue
            error = trace.about[f"error_{side}"]
            low, high = (scale.place(min(max(end, scale.axis.low), scale.axis.high)) for end in ends)
            cap = float(error.get("width") if error.get("width") is not None else 4) * self.shrink
            a, b, up, down = number(low), number(high), number(-cap), number(2 * cap)
            if side == "x":
                bars = f"m0,{up}v{down}" if cap else ""
                path = f"M{a},{number(y)}H{b}{bars}" + (f"M{a},{number(y - cap)}v{down}" if cap else "")
            else:
                bars = f"m{up},0h{down}" if cap else ""
                path = f"M{number(x)},{a}V{b}{bars}" + (f"M{number(x - cap)},{a}h{down}" if cap else "")
            given = error.get("thickness")
            width = float(given if given is not None else 2) * self.shrink
            look = outline(error.get("color") or trace.fill_colour(point.at), width)
            parts.append(f'<path d="{path}" fill="none" {look}/>')
        return "".join(parts)

    def _note_point(self, trace: Trace, point: Point, size: float) -> None:
        lines = self._text(trace, point.at)
        if not lines:
            return
        x, y = self._place(trace, point)
        given = float(trace.part("textfont.size", point.at, SIZE))
        wanted = str(trace.part("textposition", point.at, "middle center"))
        upright, _, across = wanted.partition(" ")
        if (upright, across) == ("middle", "center"):
            opaque = size > 0 and not str(trace.part("marker.symbol", point.at, "")).endswith("-open")
            fill = ink_on(trace.fill_colour(point.at)) if opaque else None
            self.notes.append(Note(lines, x, y, ("in",), 0, min(given, SIZE), fill))
            return
        first = across if upright == "middle" else upright
        others = tuple(place for place in (_OTHER[first], "right", "left", "top", "bottom") if place != first)
        places = (first, *dict.fromkeys(others)) if size else (first,)
        self.notes.append(Note(lines, x, y, places, size / 2 + 4, max(given, SMALL)))


def write_notes(painter: Painter) -> tuple[list[str], list[str]]:
    """Write the words beside marks where they hide neither each other nor a mark.

    Returns:
        Those on the page's ground and those inside a mark. Words for which there is no room at all are left
        to the mark's own words.
    """
    beside, inside = [], []
    taken = list(painter.taken)
    for note in painter.notes:
        for place in note.places:
            box = _box_of(note, place, painter.frame)
            if place == "in" or len(note.places) == 1 or not any(_overlap(box, other) for other in taken):
                (inside if note.fill else beside).append(_write_note(note, box))
                taken.append(box)
                break
    return beside, inside


def _box_of(note: Note, place: str, frame: Frame) -> tuple[float, float, float, float]:
    wide, high = block_width(note.lines, note.size), len(note.lines) * note.size * LEADING
    x, y = note.x - wide / 2, note.y - high / 2
    if place == "right":
        x = note.x + note.gap
    elif place == "left":
        x = note.x - note.gap - wide
    elif place == "top":
        y = note.y - note.gap - high + 2
    elif place == "bottom":
        y = note.y + note.gap - 2
    x = min(max(x, 1.0), max(frame.width - wide - 1.0, 1.0))
    return x, y, x + wide, y + high


def _overlap(a: Sequence[float], b: Sequence[float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] + 2 < b[3] - 2 and b[1] + 2 < a[3] - 2


def _write_note(note: Note, box: tuple[float, float, float, float]) -> str:
    x0, y0, x1, _ = box
    more = f'fill="{note.fill}"' if note.fill else ""
    # Words are anchored where they touch their mark: an estimate of their width moves only the other end.
    if x0 >= note.x:
        return draw_words(note.lines, x0, y0 + note.size, size=note.size, more=more)
    if x1 <= note.x:
        return draw_words(note.lines, x1, y0 + note.size, size=note.size, anchor="end", more=more)
    middle = (x0 + x1) / 2
    return draw_words(note.lines, middle, y0 + note.size, size=note.size, anchor="middle", more=more)
