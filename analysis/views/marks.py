"""The marks that several charts share: bars with their count, and intervals between two days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd
import plotly.graph_objects as go

from analysis.views.chart import label_text, make_figure
from analysis.views.theme import PALETTE, SYMBOLS, describe_dates

LABEL = 30


def draw_bars(
    data: pd.DataFrame,
    label: str,
    value: str,
    of: int | None,
    axis: str,
    words: Iterable[str] | None = None,
) -> go.Figure:
    """Horizontal bars with their count written at the end; ``of`` is the n of "k of n"."""
    figure = make_figure(len(data), showlegend=False)
    counts = [int(count) for count in data[value]]
    texts = list(words) if words is not None else [f"{count} of {of}" for count in counts]
    figure.add_bar(
        x=counts,
        y=[label_text(each, width=LABEL, most=90) for each in data[label]],
        orientation="h",
        text=texts,
        textposition="outside",
        cliponaxis=False,
        marker_color=PALETTE[0],
        hovertemplate="%{y}: %{text}<extra></extra>",
    )
    # Room at the end for the words beside the longest bar.
    longest = max(len(text) for text in texts)
    figure.update_xaxes(title_text=axis, range=[0, max(counts) * (1.05 + 0.03 * longest)])
    count_axis(figure, max(counts))
    figure.update_yaxes(autorange="reversed")
    return figure


def count_axis(figure: go.Figure, most: int) -> None:
    figure.update_xaxes(tickformat=",d", rangemode="tozero", **({"dtick": 1} if most < 7 else {"nticks": 6}))


def draw_intervals(
    labels: Sequence[str],
    earliest: Iterable[str],
    latest: Iterable[str],
    kinds: Iterable[str | None],
) -> go.Figure:
    """Draw one row an interval, in the order given, coloured and shaped by kind.

    Args:
        labels: A label a row, ready for Plotly.
        earliest: First days, ISO.
        latest: Last days, ISO.
        kinds: What the colour and symbol stand for; unknown where null.
    """
    known = [kind if isinstance(kind, str) else "not stated" for kind in kinds]
    rows = list(zip(range(len(labels)), earliest, latest, known, strict=True))
    figure = make_figure(len(labels))
    for at, kind in enumerate(dict.fromkeys(known)):
        mine = [row for row in rows if row[3] == kind]
        x, y, words = [], [], []
        for row, first, last, _ in mine:
            # A null point between two intervals ends the line.
            x += [first, last, None]
            y += [row, row, None]
            words += [describe_dates(first, last)] * 2 + [""]
        figure.add_scatter(
            x=x, y=y, mode="lines+markers", name=label_text(kind), text=words, connectgaps=False,
            line={"color": PALETTE[at % 7], "width": 5}, opacity=0.95, cliponaxis=False,
            marker={"symbol": SYMBOLS[at % 7], "size": 12, "color": PALETTE[at % 7]},
            hovertemplate="%{text}<extra>%{fullData.name}</extra>",
        )  # fmt: skip
    lines = max((label.count("<br>") for label in labels), default=0) + 1
    figure.update_layout(
        height=100 + len(labels) * (30 if lines == 1 else 40), showlegend=len(set(known)) > 1
    )
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(range(len(labels))),
        ticktext=list(labels),
        range=[len(labels) - 0.4, -0.6],
    )
    figure.update_xaxes(type="date", tickformat="%-d %b\n%Y", nticks=8)
    return figure
