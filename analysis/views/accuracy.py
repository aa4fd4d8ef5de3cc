"""How often the extraction is right, drawn and in a table: shares with their intervals."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.views.chart import Chart, count_noun, empty_chart, finish_chart, make_figure
from analysis.views.marks import label_rows
from analysis.views.table import TableView, show_table
from analysis.views.theme import PALETTE, SYMBOLS

NO_PAGES = "The hand-marked pages are not here: they come with a checkout of Framelines."
NOT_CODED = "Nothing is coded yet."
_ROW = 44


def show_estimates(
    data: pd.DataFrame,
    caption: str,
    *,
    columns: Sequence[str] | None = None,
    most: int = 40,
    empty: str = NOT_CODED,
) -> TableView:
    """Show a table of shares, each with its interval in one cell: "0.84 (0.70 to 0.93)".

    Args:
        data: A table with columns such as ``recall``, ``recall_low`` and ``recall_high``; ``low`` and
            ``high`` belong to the column before them.
        caption: What it shows, as a plain phrase.
        columns: Which columns, named without low and high; all where None.
        most: How many rows at the most.
        empty: What to say where there is no row.
    """
    shown = pd.DataFrame(index=data.index)
    names = [str(name) for name in data]
    for at, name in enumerate(names):
        if name.endswith(("low", "high")):
            continue
        low = (
            f"{name}_low" if f"{name}_low" in names else "low" if names[at + 1 : at + 2] == ["low"] else None
        )
        if low:
            ends = data[low], data[low.removesuffix("low") + "high"]
            shown[name] = [_say_share(*each) for each in zip(data[name], *ends, strict=True)]
        elif pd.api.types.is_float_dtype(data[name]):
            shown[name] = [_say_share(value) for value in data[name]]
        else:
            shown[name] = data[name]
    return show_table(shown, caption, columns=list(columns) if columns else None, most=most, empty=empty)


def plot_marked(measures: pd.DataFrame) -> Chart:
    """Precision and recall on the hand-marked pages, each with its interval.

    Args:
        measures: From :func:`analysis.compare.marked_errors.measure_marked`.
    """
    title = "Right on the hand-marked pages"
    data = measures.dropna(subset=["recall"])
    if data.empty:
        return empty_chart(title, NO_PAGES)
    worst = data.loc[data["recall"].idxmin()]
    sentence = (
        f"On the pages that were marked by hand, '{worst['measure']}' is right least often: "
        f"{worst['right']} of {worst['marked']}. "
        "A line is the 95 % interval (Wilson's); below ten there is none."
    )
    series = {"precision: of what was found": "precision", "recall: of what was marked": "recall"}
    return _draw_shares(title, sentence, data, "measure", series)


def plot_prevalence(prevalence: pd.DataFrame, *, empty: str = NOT_CODED) -> Chart:
    """How common each value is, as the extraction finds it, as coders see it, and corrected for its error.

    Args:
        prevalence: From :func:`analysis.compare.accuracy.estimate_prevalence`.
        empty: What to say where nothing is coded.
    """
    title = "How common it is: found, coded, corrected"
    data = prevalence.rename(columns={"low": "corrected_low", "high": "corrected_high"})
    if data.empty:
        return empty_chart(title, empty)
    known = int(data["corrected"].notna().sum())
    lines = data[["coded_low", "corrected_low"]].notna().any(axis=None)
    sentence = (
        f"Of {count_noun(int(data['items'].iloc[0]), 'item')}. "
        f"{'A line is a 95 % interval. ' if lines else ''}"
        "What the extraction finds was counted in all of them. "
        f"{known} of {count_noun(len(data), 'value')} can be corrected."
    )
    series = {"found by the extraction": "found", "coded": "coded", "corrected for its error": "corrected"}
    return _draw_shares(title, sentence, data, "value", series)


def _draw_shares(title: str, sentence: str, data: pd.DataFrame, label: str, series: dict[str, str]) -> Chart:
    figure = make_figure(len(data))
    names = label_rows(data[label], most=60)
    for at, (name, column) in enumerate(series.items()):
        rows = [n for n, value in enumerate(data[column]) if pd.notna(value)]
        values = [float(data[column].iloc[n]) for n in rows]
        # Series stand side by side within a row, so that no interval hides another.
        places = [n + 0.22 * (at - (len(series) - 1) / 2) for n in rows]
        ends = [_ends(data, column, n, value) for n, value in zip(rows, values, strict=True)]
        figure.add_scatter(
            x=values, y=places, mode="markers", name=name, cliponaxis=False,
            marker={"symbol": SYMBOLS[at], "size": 11, "color": PALETTE[at]},
            error_x={
                "type": "data", "symmetric": False, "color": PALETTE[at],
                "array": [max(0.0, high - value) for value, (_, high) in zip(values, ends, strict=True)],
                "arrayminus": [max(0.0, value - low) for value, (low, _) in zip(values, ends, strict=True)],
            },
            text=[names[n].replace("<br>", " ") for n in rows],
            customdata=[_say_share(value, *own) for value, own in zip(values, ends, strict=True)],
            hovertemplate="%{text}: %{customdata}<extra>%{fullData.name}</extra>",
        )  # fmt: skip
    figure.update_layout(height=120 + _ROW * len(data))
    figure.update_xaxes(range=[-0.02, 1.02], tickformat=".0%", title_text="Share")
    figure.update_yaxes(
        tickmode="array", tickvals=list(range(len(data))), ticktext=names, range=[len(data) - 0.5, -0.5]
    )
    return finish_chart(title, sentence, data, figure)


def _ends(data: pd.DataFrame, column: str, row: int, value: float) -> tuple[float, float]:
    """The interval's ends; the value itself where it has none."""
    if f"{column}_low" not in data or pd.isna(data[f"{column}_low"].iloc[row]):
        return value, value
    return float(data[f"{column}_low"].iloc[row]), float(data[f"{column}_high"].iloc[row])


def _say_share(value: float | None, low: float | None = None, high: float | None = None) -> str | None:
    if pd.isna(value):
        return None
    if low is None or pd.isna(low) or low == high:
        return f"{value:.2f}"
    return f"{value:.2f} ({low:.2f} to {high:.2f})"
