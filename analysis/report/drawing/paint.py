"""What marks look like: colours, symbols, patterns, and words that stand out from a bar."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from analysis.report.drawing.reading import DASHES
from analysis.report.drawing.text import escape, number

INK, PALE = "#1c1f23", "#ffffff"
_OPEN = 1.6
_TILE = 8
_STROKES = {
    "/": "M-2,2l4,-4M0,8l8,-8M6,10l4,-4",
    "\\": "M-2,6l4,4M0,0l8,8M6,-2l4,4",
    "-": "M0,4h8",
    "|": "M4,0v8",
    "+": "M0,4h8M4,0v8",
    "x": "M0,8l8,-8M0,0l8,8",
}
_TURNS = {"triangle-up": -90, "triangle-left": 180, "triangle-down": 90, "triangle-right": 0}


def draw_symbol(name: str, x: float, y: float, size: float, more: str = "") -> str:
    """A marker of Plotly as an element; one that is open is hollow, and can still be pointed at."""
    shape, hollow = name.removesuffix("-open"), name.endswith("-open")
    radius = size / 2
    about = f" {more}" if more else ""
    if hollow:
        about += ' class="open" fill-opacity="0"'
    if shape == "circle":
        return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"{about}/>'
    if shape == "square":
        side = number(size)
        return (
            f'<rect x="{number(x - radius)}" y="{number(y - radius)}" width="{side}" height="{side}"{about}/>'
        )
    corners = [(x + radius * across, y + radius * down) for across, down in _corners(shape)]
    path = "L".join(f"{number(a)},{number(b)}" for a, b in corners)
    return f'<path d="M{path}Z"{about}/>'


def _corners(shape: str) -> list[tuple[float, float]]:
    """The corners of a symbol of radius one."""
    if shape in _TURNS:
        return [_on_circle(1.15, _TURNS[shape] + turn) for turn in (0, 120, 240)]
    if shape == "star":
        return [_on_circle(1.4 if n % 2 == 0 else 0.58, -90 + 36 * n) for n in range(10)]
    if shape == "diamond":
        return [(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)]
    arm, reach = 0.4, 1.2
    cross = [
        (arm, -reach), (arm, -arm), (reach, -arm), (reach, arm), (arm, arm), (arm, reach), (-arm, reach),
        (-arm, arm), (-reach, arm), (-reach, -arm), (-arm, -arm), (-arm, -reach),
    ]  # fmt: skip
    if shape == "cross":
        return cross
    half = math.sqrt(0.5)
    return [(half * (a - b), half * (a + b)) for a, b in cross]


def _on_circle(radius: float, degrees: float) -> tuple[float, float]:
    turn = math.radians(degrees)
    return radius * math.cos(turn), radius * math.sin(turn)


def outline(colour: str, width: float) -> str:
    """The attributes of a line around a mark."""
    return f'stroke="{escape(colour)}"' + (f' stroke-width="{number(width)}"' if width != 1 else "")


def symbol_outline(line_colour: Any, line_width: Any, colour: str, name: str) -> str:
    """The line around a marker: as it is set, and for an open one in the marker's colour."""
    width = float(line_width or 0)
    if name.endswith("-open"):
        return outline(colour, max(width, _OPEN))
    return outline(line_colour or colour, width) if width else ""


def dash_of(line: Mapping[str, Any]) -> str:
    """The attribute of a broken line; nothing where it is whole."""
    dash = DASHES.get(line.get("dash") or "solid", "")
    return f' stroke-dasharray="{dash}"' if dash else ""


class Patterns:
    """The patterns of a drawing, each written once, under names that no other drawing has.

    Args:
        key: What the names begin with.
    """

    def __init__(self, key: str) -> None:
        self.key = key
        self.made: dict[tuple[str, ...], str] = {}

    def fill(self, colour: str, pattern: Mapping[str, Any], shape: str) -> str:
        """What a mark is filled with: its colour, or the name of a pattern of it."""
        if not shape:
            return escape(colour)
        overlay = pattern.get("fillmode") == "overlay"
        ground = colour if overlay else str(pattern.get("bgcolor") or "none")
        ink = str(pattern.get("fgcolor") or (PALE if overlay else colour))
        opacity = pattern.get("fgopacity")
        what = (shape, ground, ink, number(float(opacity if opacity is not None else 0.5 if overlay else 1)))
        if what not in self.made:
            self.made[what] = f"{self.key}-p{len(self.made) + 1}"
        return f"url(#{self.made[what]})"

    def write(self) -> str:
        """All patterns as definitions."""
        parts = [self._write(name, *what) for what, name in self.made.items()]
        return f"<defs>{''.join(parts)}</defs>" if parts else ""

    @staticmethod
    def _write(name: str, shape: str, ground: str, ink: str, opacity: str) -> str:
        under = (
            f'<rect width="{_TILE}" height="{_TILE}" fill="{escape(ground)}"/>' if ground != "none" else ""
        )
        if shape == ".":
            over = f'<circle cx="4" cy="4" r="1.7" fill="{escape(ink)}" fill-opacity="{opacity}"/>'
        else:
            over = (
                f'<path d="{_STROKES[shape]}" fill="none" stroke="{escape(ink)}" stroke-opacity="{opacity}" '
                'stroke-width="1.5"/>'
            )
        return (
            f'<pattern id="{escape(name)}" patternUnits="userSpaceOnUse" width="{_TILE}" height="{_TILE}">'
            f"{under}{over}</pattern>"
        )


def ink_on(colour: str) -> str | None:
    """Black or white, whichever stands out more from a colour; ``None`` where the page shines through."""
    parts = _read_colour(colour)
    if parts is None:
        return INK
    if parts[3] < 0.7:
        return None
    light = sum(
        part * (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)
        for part, value in zip((0.2126, 0.7152, 0.0722), parts[:3], strict=True)
    )
    return PALE if 1.05 / (light + 0.05) >= (light + 0.05) / 0.0625 else INK


def _read_colour(colour: str) -> tuple[float, float, float, float] | None:
    if colour.startswith("#"):
        digits = colour[1:] if len(colour) > 5 else "".join(2 * digit for digit in colour[1:])
        parts = [int(digits[at : at + 2], 16) / 255 for at in range(0, len(digits) - 1, 2)]
    else:
        found = re.findall(r"[\d.]+", colour)
        parts = [float(each) / 255 for each in found[:3]] + [float(each) for each in found[3:4]]
    if len(parts) < 3:
        return None
    return parts[0], parts[1], parts[2], parts[3] if len(parts) > 3 else 1.0
