"""Sources side by side: each one's share of articles, or each article as a dot where these are too few."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from analysis.compare.keyness import LEVEL
from analysis.compare.sources.article_labels import QUOTATION
from analysis.compare.sources.choose import name_unstated
from analysis.compare.sources.share_differences import ShareComparison
from analysis.compare.sources.share_words import say_verdict
from analysis.views.chart import Chart, count_noun, empty_chart, finish_chart, label_text, make_figure
from analysis.views.marks import LABEL, LINE_HEIGHT
from analysis.views.theme import PALETTE, SYMBOLS

_SOURCES = 6
_UNKNOWN = len(PALETTE) - 1  # grey
_LINE = 20
_ROOM = 640
# A few dots stand close together, as on an axis of so many.
_NEAR = 18
_TITLES = {
    "frame": "with each frame",
    "term": "with each group of terms",
    "metaphor": "with each metaphor",
    "party": "that quote each party",
    "speaker": "that quote each speaker",
    "kind of voice": "that quote each kind of voice",
    "actor": "that mention each actor",
    "figure": "with a figure of each measure",
    "instrument": "that tell of each instrument",
}


def plot_share_differences(comparison: ShareComparison, *, labels: int = 15) -> Chart:
    """Each source's share of articles with each label, and in words which differ.

    Sources of four articles or more stand with their 95 % interval. Where there are not two of these, each
    article is a dot, filled where it has the label.

    Args:
        comparison: What :func:`analysis.compare_shares` gives.
        labels: How many labels to draw, those with the largest differences; the data has all.
    """
    what = comparison.what
    title = (
        f"Share of words in quotation, by {comparison.by}"
        if what == QUOTATION
        else f"Share of articles {_TITLES[what]}, by {comparison.by}"
    )
    data = _join_verdicts(comparison)
    if data.empty or len(comparison.sources) < 2:
        return empty_chart(title, comparison.says, data)
    order = list(dict.fromkeys(data["label"]))[:labels]
    large = list(dict.fromkeys(data.loc[data["low"].notna(), "source"]))
    tested = len(large) > 1 and comparison.tested > 0
    sources = _choose_sources(large if tested else comparison.sources, name_unstated(comparison.by))
    said = [comparison.says]
    if tested:
        said.append("A line is the 95 % interval of one share.")
        figure = _draw_shares(comparison, order, sources)
    else:
        said.append(_say_dots(what))
        figure = _draw_dots(comparison, order, sources)
    said.append(_say_left(len(set(data["label"])) - len(order), len(comparison.sources) - len(sources)))
    return finish_chart(title, " ".join(filter(None, said)), data, figure)


def _join_verdicts(comparison: ShareComparison) -> pd.DataFrame:
    """The shares, with the corrected p-value of the label where any was tested."""
    q = comparison.labels[["label", "q"]]
    table = comparison.table
    return table.merge(q, on="label", how="left", validate="m:1") if q["q"].notna().any() else table


def _choose_sources(sources: Sequence[str], unstated: str) -> list[str]:
    """The first sources, and the one that is not stated in any case."""
    unknown = [name for name in sources if name == unstated]
    known = [name for name in sources if name != unstated]
    return [*known[: _SOURCES - len(unknown)], *unknown]


def _say_dots(what: str) -> str:
    if what == QUOTATION:
        return "Each dot is an article."
    return "Each dot is an article: filled where it has the label, hollow where it has not."


def _say_left(labels: int, sources: int) -> str:
    left = [count_noun(labels, "label")] * (labels > 0) + [count_noun(sources, "source")] * (sources > 0)
    if not left:
        return ""
    return f"{' and '.join(left)} more {'stands' if labels + sources == 1 else 'stand'} in the data only."


class _Rows:
    """Where labels and, within them, sources stand from top to bottom."""

    def __init__(self, comparison: ShareComparison, order: list[str], sources: list[str]) -> None:
        self.sources, self.unstated = sources, name_unstated(comparison.by)
        q = comparison.labels.set_index("label")["q"]
        self.names = [self._name(label, q[label]) for label in order]
        lines = max(name.count("<br>") + 1 for name in self.names)
        self.step = max(_LINE * len(sources), LINE_HEIGHT * lines) + 18

    @staticmethod
    def _name(label: str, q: float) -> str:
        told = label_text(label, width=LABEL, most=3 * LABEL)
        return told if pd.isna(q) or q > LEVEL else f"{told}<br><i>{say_verdict(q)}</i>"

    def place(self, label: int, source: int) -> float:
        """The height of a source's mark in a label's row."""
        return (label + 0.5) * self.step + _LINE * (source - (len(self.sources) - 1) / 2)

    def look(self, source: int) -> dict[str, str]:
        """The colour and the symbol of a source."""
        unknown = self.sources[source] == self.unstated
        return {"color": PALETTE[_UNKNOWN if unknown else source], "symbol": SYMBOLS[source]}

    def finish(self, figure: go.Figure) -> go.Figure:
        """Name the rows, and draw a line between two labels."""
        height = self.step * len(self.names)
        figure.update_yaxes(
            tickmode="array", tickvals=[(n + 0.5) * self.step for n in range(len(self.names))],
            ticktext=self.names, range=[height, 0], zeroline=False, showgrid=False,
        )  # fmt: skip
        for n in range(1, len(self.names)):
            figure.add_hline(n * self.step, line={"width": 1, "color": "rgba(128,134,142,.28)"})
        figure.update_layout(height=130 + height, showlegend=True)
        return figure


def _draw_shares(comparison: ShareComparison, order: list[str], sources: list[str]) -> go.Figure:
    rows, figure = _Rows(comparison, order, sources), make_figure(len(order))
    table = comparison.table.set_index(["source", "label"])
    for at, source in enumerate(sources):
        own = table.loc[source].reindex(order)
        share, low, high = (own[name].astype(float) for name in ("share", "low", "high"))
        figure.add_scatter(
            x=share.to_list(), y=[rows.place(n, at) for n in range(len(order))], mode="markers",
            name=label_text(f"{source} (of {own['of'].iloc[0]:,})", most=48),
            marker={**rows.look(at), "size": 10},
            error_x={"type": "data", "symmetric": False, "thickness": 1.6, "width": 3,
                     "array": (high - share).to_list(), "arrayminus": (share - low).to_list()},
            customdata=[_say_point(comparison, label, row) for label, row in own.iterrows()],
            hovertemplate="%{customdata}<extra>%{fullData.name}</extra>", cliponaxis=False,
        )  # fmt: skip
    most = comparison.table.loc[comparison.table["label"].isin(order), ["share", "high"]].max(axis=None)
    # A little room on the left, so that a mark at zero does not cover its label.
    axis = "Share of an article's words (mean)" if comparison.what == QUOTATION else "Share of articles"
    figure.update_xaxes(
        title_text=axis,
        tickformat=".0%", range=[-0.02 * most, 1.04 * most], nticks=6,
    )  # fmt: skip
    return rows.finish(figure)


def _say_point(comparison: ShareComparison, label: str, row: pd.Series) -> str:
    q = comparison.labels.loc[comparison.labels["label"] == label, "q"].iloc[0]
    counted = (
        "" if comparison.what == QUOTATION else f"{row['articles']} of {count_noun(row['of'], 'article')}, "
    )
    said = f"{label_text(label)}<br>{counted}{row['share']:.0%} ({row['low']:.0%} to {row['high']:.0%})"
    return said if pd.isna(q) else f"{said}<br>sources {say_verdict(q)}"


def _draw_dots(comparison: ShareComparison, order: list[str], sources: list[str]) -> go.Figure:
    rows, figure = _Rows(comparison, order, sources), make_figure(len(order))
    headlines = comparison.found.articles.set_index("article_id")["headline"]
    dots = comparison.dots(order)
    dots["label"] = dots["label"].map({label: n for n, label in enumerate(order)})
    dots = dots.sort_values(["label", "has", "article_id"], ascending=[True, False, True], kind="stable")
    dots["place"] = dots.groupby(["source", "label"]).cumcount() + 1
    most = int(dots.loc[dots["source"].isin(sources), "place"].max())
    words = comparison.what == QUOTATION
    for at, source in enumerate(sources):
        own, look = dots[dots["source"] == source], rows.look(at)
        hollow = "" if words else "-open"
        _name_source(figure, f"{source} (of {own['article_id'].nunique():,})", look)
        figure.add_scatter(
            x=own["value" if words else "place"].to_list(), mode="markers",
            y=[rows.place(label, at) for label in own["label"]],
            name=label_text(source, most=48), showlegend=False,
            marker={"color": look["color"], "size": max(3, min(11, 0.7 * _ROOM / max(most, _NEAR))),
                    "symbol": [look["symbol"] + ("" if has else hollow) for has in own["has"]]},
            customdata=[_say_dot(order, headlines, row, words=words) for row in own.to_dict("records")],
            hovertemplate="%{customdata}<extra>%{fullData.name}</extra>", cliponaxis=False,
        )  # fmt: skip
        if not words:
            _write_counts(figure, rows, own, at)
    if words:
        figure.update_xaxes(title_text="Share of an article's words", tickformat=".0%", rangemode="tozero")
    else:
        figure.update_xaxes(
            title_text="Articles, a dot each", range=[0, max(_NEAR, 1.12 * most + 0.6)],
            showticklabels=False, showgrid=False,
        )  # fmt: skip
    return rows.finish(figure)


def _name_source(figure: go.Figure, name: str, look: dict[str, str]) -> None:
    """Name a source in the legend by a filled mark, whatever its first article has."""
    figure.add_scatter(
        x=[None], y=[None], mode="markers", marker={**look, "size": 10}, name=label_text(name, most=48)
    )


def _write_counts(figure: go.Figure, rows: _Rows, own: pd.DataFrame, at: int) -> None:
    """Write "k of n" behind the dots of each label."""
    counts = own.groupby("label")["has"].agg(["sum", "size"])
    figure.add_scatter(
        x=[size + 0.55 for size in counts["size"]], y=[rows.place(label, at) for label in counts.index],
        text=[f"{k} of {n}" for k, n in counts.to_numpy().tolist()], mode="text", textposition="middle right",
        hoverinfo="skip", showlegend=False, cliponaxis=False,
    )  # fmt: skip


def _say_dot(order: list[str], headlines: pd.Series, row: dict, *, words: bool) -> str:
    headline = headlines[row["article_id"]]
    named = row["article_id"] if pd.isna(headline) else headline
    has = f"{row['value']:.0%} of its words" if words else "has it" if row["has"] else "has it not"
    return f"{label_text(order[row['label']])}: {has}<br>{label_text(named, most=90)}"
