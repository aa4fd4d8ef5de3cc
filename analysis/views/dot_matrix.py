"""A table of counts as dots: rows by columns, a dot as large as its count, "k of n" beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from analysis.views.chart import label_text, make_figure
from analysis.views.marks import LABEL
from analysis.views.theme import PALETTE

COLUMN = 14
COLUMN_WIDTH = 80


def draw_matrix(
    data: pd.DataFrame,
    row: str,
    column: str,
    value: str,
    *,
    rows: Sequence[str],
    columns: Mapping[str, int],
    unit: str,
) -> go.Figure:
    """Draw dots for the counts above zero, rows from the top, columns from the left.

    Args:
        data: One row a dot; ``of`` is the n of "k of n".
        row: The column of names of rows.
        column: The column of names of columns.
        value: The column of counts.
        rows: Names of rows in their order.
        columns: Names of columns in their order, each with the number written under it.
        unit: What is counted, in the plural, for the hover text.
    """
    heads = {name: f"{label_text(name, width=COLUMN)}<br>({size})" for name, size in columns.items()}
    sides = {name: label_text(name, width=LABEL) for name in rows}
    drawn = data[data[column].isin(list(heads)) & (data[value] > 0)]
    figure = make_figure(len(rows), showlegend=False)
    figure.add_scatter(
        x=[heads[name] for name in drawn[column]],
        y=[sides[name] for name in drawn[row]],
        mode="markers+text",
        marker={"size": [9 + 5 * min(int(count), 64) ** 0.5 for count in drawn[value]], "color": PALETTE[0]},
        text=[f"{k} of {n}" for k, n in zip(drawn[value], drawn["of"], strict=True)],
        textposition="bottom center",
        textfont={"size": 11},
        hovertemplate="%{y}<br>%{x}: %{text} " + unit + "<extra></extra>",
        cliponaxis=False,
    )
    figure.update_layout(height=90 + 46 * len(rows), margin={"t": 20, "b": 20})
    # A row or column without a dot keeps its place.
    figure.update_xaxes(
        side="top", type="category", tickangle=0, categoryorder="array", categoryarray=list(heads.values()),
        range=[-0.5, len(heads) - 0.5],
    )  # fmt: skip
    figure.update_yaxes(
        type="category", categoryorder="array", categoryarray=list(sides.values())[::-1],
        range=[-0.6, len(sides) - 0.4],
    )  # fmt: skip
    return figure
