"""A chart: a Plotly figure, one plain sentence that says what it shows, and the numbers drawn."""

from __future__ import annotations

import html
import json
import re
import textwrap
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis.views.theme import CHART_STYLE, build_template

PLOTLY_TYPE = "application/vnd.plotly.v1+json"
MOST_TABLE_ROWS = 200
ROW_HEIGHT = 30
LONG = 60
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Chart:
    """A figure with its sentence and its data; shows all three in a notebook.

    ``figure`` is ``None`` where there is nothing to draw; ``sentence`` then says why.
    """

    title: str
    sentence: str
    data: pd.DataFrame = field(repr=False)
    figure: go.Figure | None = field(default=None, repr=False)

    def _ipython_display_(self) -> None:
        from IPython.display import display, publish_display_data

        if self.figure is not None:
            head = f'<p class="framelines-chart-title">{html.escape(self.title)}</p>'
            display({"text/html": head, "text/plain": self.title}, raw=True)
            shown = json.loads(self.figure.to_json())
            shown["config"] = {"responsive": True, "displaylogo": False, "plotlyServerURL": ""}
            publish_display_data({PLOTLY_TYPE: shown, "text/plain": f"{self.title}. {self.sentence}"})
        display({"text/html": self.to_html(), "text/plain": self.sentence}, raw=True)

    def to_html(self) -> str:
        """The sentence and the table of data as HTML, everything escaped."""
        head = "" if self.figure is not None else f"<strong>{html.escape(self.title)}.</strong> "
        table = ""
        if len(self.data):
            name = html.escape(f"{self.title}, data")
            table = (
                "<details><summary>Show the data</summary>"
                f'<div class="framelines-scroll" role="region" tabindex="0" aria-label="{name}">'
                f"{data_table(self.data, caption=self.title)}</div></details>"
            )
        return (
            f'<figure class="framelines-chart"><style>{CHART_STYLE}</style>'
            f"<figcaption>{head}{html.escape(self.sentence)}</figcaption>{table}</figure>"
        )


def data_table(data: pd.DataFrame, *, caption: str, most: int = MOST_TABLE_ROWS) -> str:
    """A DataFrame as an HTML table with a caption, which says aloud where rows are left out."""
    count = f"{len(data)} rows" if len(data) != 1 else "1 row"
    if len(data) > most:
        count = f"the first {most} of {count}"
    numbers = [pd.api.types.is_numeric_dtype(data[name]) for name in data]
    kinds = [
        ' class="number"' if number else _kind_of_words(data[name])
        for name, number in zip(data, numbers, strict=True)
    ]
    names = [str(name).replace("_", " ") for name in data]
    head = "".join(
        f'<th scope="col"{kind}>{html.escape(name)}</th>' for name, kind in zip(names, kinds, strict=True)
    )
    lines = [
        "".join(f"<td{kind}>{_cell(value)}</td>" for value, kind in zip(row, kinds, strict=True))
        for row in data.head(most).itertuples(index=False)
    ]
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return (
        f"<table><caption>{html.escape(caption)} ({count})</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _kind_of_words(column: pd.Series) -> str:
    """The class of a column of ISO days, which must not break, or of long texts, which need some width."""
    known = [value for value in column if isinstance(value, str)]
    if known and all(_DAY.fullmatch(value) for value in known):
        return ' class="date"'
    return ' class="long"' if any(len(value) > LONG for value in known) else ""


def _cell(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return html.escape(", ".join(map(str, value)))
    if pd.isna(value):
        return ""
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else f"{value:,.6g}"
    return html.escape(str(value))


def make_figure(rows: int, **layout: Any) -> go.Figure:
    """An empty figure in the house style, high enough for ``rows`` lines of labels."""
    figure = go.Figure()
    figure.update_layout(template=build_template(), height=80 + ROW_HEIGHT * max(rows, 2), **layout)
    return figure


def finish_chart(
    title: str, sentence: str, data: pd.DataFrame, figure: go.Figure, *, least_width: int = 0
) -> Chart:
    """A chart whose figure carries its sentence as its text alternative."""
    # The title stands above the figure as text, where it wraps and is never cut off.
    figure.update_layout(meta={"description": f"{title}. {sentence}", "least_width": least_width})
    return Chart(title, sentence, data.reset_index(drop=True), figure)


def empty_chart(title: str, why: str, data: pd.DataFrame | None = None) -> Chart:
    """A chart with nothing to draw, and the reason."""
    return Chart(title, why, data if data is not None else pd.DataFrame())


def label_text(text: str, *, width: int = 0, most: int = 0) -> str:
    """Text as a Plotly label: its markup taken as plain letters, cut at ``most`` and wrapped at ``width``.

    Plotly reads a little HTML in labels, so an article's text could otherwise draw a link.
    """
    text = " ".join(text.split())
    if most and len(text) > most:
        text = text[: most - 1].rstrip() + "…"
    lines = textwrap.wrap(text, width, break_long_words=False) if width else [text]
    return "<br>".join(html.escape(line, quote=False) for line in lines)


def count_noun(count: int, noun: str, plural: str | None = None) -> str:
    """A count with its noun: "1 article", "3 articles"."""
    return f"{count} {noun if count == 1 else plural or noun + 's'}"
