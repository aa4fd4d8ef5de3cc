"""How things look and read: a colour-blind-safe palette with a symbol a colour, and dates in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import plotly.graph_objects as go

# Okabe and Ito's palette, without its yellow, which is lost on white, and with grey for black.
PALETTE = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a8f98")
SYMBOLS = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "star")
PATTERNS = ("", "/", ".", "x", "-", "\\", "+")

# Legible on white and on JupyterLab's dark ground even where CHART_STYLE is not applied.
_MIDDLE = "#6f757d"
_GRID = "rgba(128,134,142,.28)"

# Plotly writes colours into the figure once. These rules give its words the ink of the page they stand on,
# in light and dark, whenever the theme changes, in every panel (of class ytick, y2tick, y3tick and so on).
# In-bar labels and hover boxes keep their own colours.
CHART_STYLE = """
.js-plotly-plot [class$=tick] text,.js-plotly-plot [class$=title],
.js-plotly-plot .legendtext,.js-plotly-plot .legendtitletext,
.js-plotly-plot .annotation-text,.js-plotly-plot .textpoint text,
.js-plotly-plot .bartext-outside{fill:var(--jp-content-font-color1,var(--page-ink,#6f757d))!important}
.framelines-chart{font:14px/1.5 var(--jp-ui-font-family,var(--page-font,system-ui,sans-serif));
color:var(--jp-content-font-color1,var(--page-ink,inherit));margin:0 0 18px;max-width:1080px}
.framelines-chart-title{font:650 15px/1.4 var(--jp-ui-font-family,var(--page-font,system-ui,sans-serif));
margin:8px 0 0}
.framelines-chart figcaption{margin:0 0 6px}
.framelines-chart details>summary{cursor:pointer;min-height:24px;width:max-content;
color:var(--jp-content-font-color2,var(--page-soft,inherit))}
.framelines-chart .framelines-scroll{overflow:auto;max-height:560px;max-width:100%}
.framelines-chart table{border-collapse:collapse;font-size:13px;margin:6px 0}
.framelines-chart caption{text-align:left;padding:2px 0 6px}
.framelines-chart th,.framelines-chart td{padding:3px 12px 3px 0;text-align:left;vertical-align:top;
border-bottom:1px solid var(--jp-border-color2,var(--page-line,#ccc));white-space:normal;max-width:34em}
.framelines-chart td.date,.framelines-chart th.date{white-space:nowrap}
.framelines-chart td.long{min-width:17em}
.framelines-chart td.number,.framelines-chart th.number{text-align:right;font-variant-numeric:tabular-nums}
"""

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def nth_colour(at: int) -> str:
    """The colour of the n-th value; after the last, the first again."""
    return PALETTE[at % len(PALETTE)]


def nth_of(marks: Sequence[str], at: int) -> str:
    """The pattern or symbol of the n-th value: where a colour comes again, it comes with another."""
    return marks[(at + at // len(PALETTE)) % len(marks)]


def build_template() -> go.layout.Template:
    """The look of every chart: transparent ground, horizontal room for long labels, one quiet grid."""
    axis = {
        "gridcolor": _GRID,
        "linecolor": _GRID,
        "zerolinecolor": _GRID,
        "automargin": True,
        "ticks": "",
        "title": {"standoff": 12, "font": {"size": 13}},
    }
    return go.layout.Template(
        layout={
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "colorway": list(PALETTE),
            "font": {"family": "system-ui, sans-serif", "size": 13, "color": _MIDDLE},
            "margin": {"l": 8, "r": 16, "t": 12, "b": 44},
            "hoverlabel": {"align": "left"},
            "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "title": {"text": ""}},
            "xaxis": axis,
            "yaxis": axis,
            "bargap": 0.35,
        }
    )


def describe_dates(earliest: str | None, latest: str | None) -> str:
    """Write an interval of ISO days in words, as the views do.

    Example:
        >>> describe_dates("2025-07-09", "2025-07-09")
        '9 July 2025'
        >>> describe_dates("2024-06-01", "2024-06-30")
        'June 2024'
        >>> describe_dates(None, None)
        'no date'
    """
    if earliest is None or latest is None:
        return "no date"
    a, b = date.fromisoformat(earliest), date.fromisoformat(latest)
    if a == b:
        return f"{a.day} {_MONTHS[a.month - 1]} {a.year}"
    whole = a.day == 1 and (b + timedelta(days=1)).day == 1
    if whole and (a.year, a.month) == (b.year, b.month):
        return f"{_MONTHS[a.month - 1]} {a.year}"
    if whole and a.month == 1 and b.month == 12:
        return str(a.year) if a.year == b.year else f"{a.year}–{b.year}"
    if a.year != b.year:
        return f"{describe_dates(earliest, earliest)} – {describe_dates(latest, latest)}"
    if a.month != b.month:
        return f"{a.day} {_MONTHS[a.month - 1]} – {b.day} {_MONTHS[b.month - 1]} {b.year}"
    return f"{a.day}–{b.day} {_MONTHS[b.month - 1]} {b.year}"
