"""A chart as a small picture without words, for a card."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

WIDTH, HEIGHT = 320, 160
_EDGE = 10


def draw_picture(figure: Mapping[str, Any]) -> str:
    """Draw a figure small and without words: a decoration, which says nothing that the page does not.

    Args:
        figure: A Plotly figure as JSON: ``data`` and ``layout``.

    Returns:
        An SVG element of 320 by 160, hidden from screen readers; empty where nothing could be drawn.
    """
    bars = [trace for trace in figure.get("data", []) if trace.get("type") == "bar"]
    values = [
        float(value) for trace in bars[:1] for value in trace.get("x", []) if isinstance(value, int | float)
    ]
    if not values or max(values) <= 0:
        return ""
    step = (HEIGHT - 2 * _EDGE) / len(values)
    drawn = "".join(
        f'<rect x="{_EDGE}" y="{_EDGE + n * step:.2f}" height="{0.7 * step:.2f}" '
        f'width="{(WIDTH - 2 * _EDGE) * max(0.0, value) / max(values):.2f}"/>'
        for n, value in enumerate(values)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" '
        f'class="framelines-picture" fill="#0072b2">{drawn}</svg>'
    )
