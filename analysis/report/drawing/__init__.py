"""Charts as SVG: a Plotly figure, as the JSON that it is kept as, drawn without Plotly's script."""

from analysis.report.drawing.figure import NARROW, WIDE, draw_figure
from analysis.report.drawing.picture import draw_picture

__all__ = ["NARROW", "WIDE", "draw_figure", "draw_picture"]
