"""A chart as a small picture without words, for a card."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.report.drawing.frame import lay_bare_frame
from analysis.report.drawing.plan import read_plan
from analysis.report.drawing.series import Painter

WIDTH, HEIGHT = 320, 160
_EDGE = 10
_SHRINK = 0.5


def draw_picture(figure: Mapping[str, Any]) -> str:
    """Draw a figure small and without words: a decoration, which says nothing that the page does not.

    Args:
        figure: A Plotly figure as JSON: ``data`` and ``layout``.

    Returns:
        An SVG element of 320 by 160, hidden from screen readers; empty where the figure is not one that is
        drawn here. The same bytes for the same figure.
    """
    plan = read_plan(figure)
    if plan is None:
        return ""
    frame = lay_bare_frame(plan, WIDTH, HEIGHT, _EDGE)
    painter = Painter(frame, None, None, shrink=_SHRINK)
    marks = "".join(part for panel in plan.panels for part in painter.paint(panel))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" '
        f'class="framelines-picture">{marks}</svg>'
    )
