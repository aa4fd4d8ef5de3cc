"""The marks that several charts share: bars with their count, and intervals between two days."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence

import pandas as pd
import plotly.graph_objects as go

from analysis.views.chart import ROW_HEIGHT, label_text, make_figure
from analysis.views.theme import PALETTE, SYMBOLS, describe_dates, nth_colour, nth_of

LABEL = 30
LINE_HEIGHT = 17


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
        y=label_rows(data[label], most=90),
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
    figure.update_yaxes(autorange="reversed", type="category")
    return figure


def label_rows(names: Iterable[str], *, most: int) -> list[str]:
    """Labels of rows, each its own: two names cut to the same words would otherwise share one bar."""
    labels, taken = [], Counter[str]()
    for name in names:
        label = label_text(name, width=LABEL, most=most)
        taken[label] += 1
        labels.append(label if taken[label] == 1 else f"{label} ({taken[label]})")
    return labels


def count_axis(figure: go.Figure, most: int) -> None:
    figure.update_xaxes(tickformat=",d", rangemode="tozero", **({"dtick": 1} if most < 7 else {"nticks": 6}))


def draw_intervals(
    labels: Sequence[str],
    earliest: Iterable[str],
    latest: Iterable[str],
    kinds: Iterable[str | None],
    order: Sequence[str] = (),
    rows: Sequence[int] | None = None,
) -> go.Figure:
    """Draw intervals in rows, in the order given, coloured and shaped by kind.

    Args:
        labels: A label a row, ready for Plotly.
        earliest: First days, ISO.
        latest: Last days, ISO.
        kinds: What the colour and symbol stand for; unknown where null.
        order: All kinds there are, so that each has its colour whichever of them are drawn; in order of
            appearance where none is given.
        rows: The row that each interval stands in, a place in ``labels``; each its own where None.
    """
    known = [kind if isinstance(kind, str) else "not stated" for kind in kinds]
    # A row is as high as its label, so that long labels stay apart: positions are pixels from the top.
    heights = [ROW_HEIGHT + LINE_HEIGHT * label.count("<br>") for label in labels]
    places = [end - height / 2 for end, height in zip(itertools.accumulate(heights), heights, strict=True)]
    placed = places if rows is None else [places[row] for row in rows]
    drawn = list(zip(placed, earliest, latest, known, strict=True))
    figure = make_figure(len(labels))
    for at, kind in enumerate(dict.fromkeys([*order, *known])):
        mine = [interval for interval in drawn if interval[3] == kind]
        if not mine:
            continue
        x, y, words = [], [], []
        for row, first, last, _ in mine:
            # A null point between two intervals ends the line.
            x += [first, last, None]
            y += [row, row, None]
            words += [describe_dates(first, last)] * 2 + [""]
        figure.add_scatter(
            x=x, y=y, mode="lines+markers", name=label_text(kind), text=words, connectgaps=False,
            line={"color": nth_colour(at), "width": 5}, opacity=0.95, cliponaxis=False,
            marker={"symbol": nth_of(SYMBOLS, at), "size": 12, "color": nth_colour(at)},
            hovertemplate="%{text}<extra>%{fullData.name}</extra>",
        )  # fmt: skip
    figure.update_layout(height=100 + sum(heights), showlegend=len(set(known)) > 1)
    figure.update_yaxes(
        tickmode="array",
        tickvals=places,
        ticktext=list(labels),
        range=[sum(heights), 0],
    )
    figure.update_xaxes(type="date", tickformat="%-d %b\n%Y", nticks=8)
    return figure
