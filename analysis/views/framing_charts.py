"""Charts that compare frames: shares by voice, outlet or party, pairs, headline and text, over time."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis.compare import (
    can_test,
    frame_cooccurrence,
    frame_shares,
    frames_over_time,
    headline_against_body,
    say_sizes,
)
from analysis.compare.framing_units import QUOTED_BY, UNITS, list_codebooks
from analysis.compare.shares import NO_OUTLET
from analysis.views.chart import Chart, count_noun, empty_chart, finish_chart, label_text, make_figure
from analysis.views.marks import LABEL
from analysis.views.match_charts import draw_groups
from analysis.views.theme import PALETTE, SYMBOLS, build_template, describe_dates

_GROUPS = 5
_UNKNOWN = len(PALETTE) - 1  # grey, and hollow
_NAMES = {"narration": "Journalist", "quotation": "Quoted"}
_CELL = 34


def plot_frame_shares(
    tables: Any, *, codebook: str = "policy_frames", unit: str = "sentence", by: str = "voice"
) -> Chart:
    """The share of sentences, paragraphs or articles with each frame, side by side for voices or outlets.

    Drawn are groups of four articles or more, with their 95 % interval; the data has all.

    Args:
        tables: The extracted tables.
        codebook: Which codebook's frames.
        unit: ``sentence``, ``paragraph`` or ``article``.
        by: ``voice``, ``outlet``, ``speaker``, ``party`` or ``kind of voice``.

    Raises:
        UnknownNameError: There is no such codebook, unit or grouping.
    """
    title = f"Share of {UNITS.get(unit, unit)} with each frame, by {by}"
    data = frame_shares(tables, codebook, unit=unit, by=by)
    if data.empty:
        return empty_chart(title, _say_none(tables, codebook, quoted=by in QUOTED_BY))
    sizes = data.drop_duplicates(by).set_index(by)
    large = [name for name, articles in sizes["of_articles"].items() if can_test(articles)]
    unknown = {NO_OUTLET, *QUOTED_BY.values()}
    known = [name for name in large if name not in unknown][:_GROUPS]
    groups = [*known, *(name for name in large if name in unknown)]
    note = data.attrs["note"]
    if not groups:
        told = say_sizes(*sizes["of_articles"].nlargest(2))
        why = (
            f"No {by} has four articles or more, so there are counts alone, which stand in the data: {told}. "
            f"{note}"
        )
        return empty_chart(title, why, data)
    drawn = data[data[by].isin(groups)]
    top = drawn.loc[drawn["share"].idxmax()]
    said = f"The largest share drawn is {top['frame']}, {top['units']} {top['share_of']}. {note}"
    left = len(sizes) - len(groups)
    if left:
        said += (
            f" {left} of {len(sizes)} groups, of fewer than four articles or beyond the first {_GROUPS}, "
            f"{'stands' if left == 1 else 'stand'} in the data only."
        )
    figure = _draw_shares(drawn, by, groups, sizes, f"Share of {UNITS[unit]}")
    return finish_chart(title, said, data, figure)


def plot_cooccurrence(
    tables: Any, *, codebook: str = "policy_frames", unit: str = "sentence", frames: int = 8
) -> Chart:
    """Which frames stand in the same sentence: a table whose cells are darker the more often they do.

    Args:
        tables: The extracted tables.
        codebook: Which codebook's frames.
        unit: ``sentence``, ``paragraph`` or ``article``.
        frames: How many frames to draw, those oftenest paired; the data has all.

    Raises:
        UnknownNameError: There is no such codebook or unit.
    """
    title = f"Frames that stand in the same {unit}"
    data = frame_cooccurrence(tables, codebook, unit=unit)
    if data.empty:
        why = f"No two frames of '{codebook}' stand in one {unit}, of {count_noun(data.attrs['of'], unit)}."
        return empty_chart(title, why)
    both = pd.concat([data.set_index("frame_a")["units"], data.set_index("frame_b")["units"]])
    total = both.groupby(level=0).sum()
    order = sorted(total.index, key=lambda name: (-total[name], name))[:frames]
    top = data.iloc[0]
    said = (
        f"{top['frame_a']} and {top['frame_b']} stand together oftenest, in {top['units']} of "
        f"{count_noun(top['of'], unit)}"
    )
    said += (
        "" if pd.isna(top["expected"]) else f"; if they stood independently it would be {top['expected']:.1f}"
    )
    said += ". Cells with a frame's own name count all that have it."
    if len(total) > len(order):
        said += f" Drawn are {len(order)} of {len(total)} frames."
    figure = _draw_pairs(data, order, UNITS[unit])
    return finish_chart(title, said[0].upper() + said[1:], data, figure, least_width=230 + 84 * len(order))


def plot_headlines(tables: Any, *, codebook: str = "policy_frames") -> Chart:
    """In how many articles each frame stands in the headline, and in how many in the text.

    Args:
        tables: The extracted tables.
        codebook: Which codebook's frames.

    Raises:
        UnknownNameError: There is no such codebook.
    """
    title = "Frames in headline and text"
    data = headline_against_body(tables, codebook)
    if data.empty:
        return empty_chart(title, _say_none(tables, codebook))
    counts = data.assign(headline=data["both"] + data["headline_only"], text=data["both"] + data["text_only"])
    names = {"headline": "In the headline", "text": "In the text"}
    figure = draw_groups(counts, "frame", names, "Articles")
    n, top = int(data["of"].iloc[0]), counts.iloc[0]
    never, all_frames = int((counts["headline"] == 0).sum()), count_noun(len(data), "frame")
    said = f"Of {count_noun(n, 'article')} with a headline, "
    if top["headline"]:
        said += (
            f"{top['headline']} have {top['frame']} in it, the most of any frame, and {top['text']} in the "
            f"text; {never} of {all_frames} found stand in no headline."
        )
    else:
        said += f"none has a frame in it; {all_frames} found stand in the text alone."
    if data.attrs["without_headline"]:
        said += f" {count_noun(data.attrs['without_headline'], 'article')} without a headline left out."
    return finish_chart(title, said, data, figure)


def plot_frames_over_time(
    tables: Any, *, codebook: str = "policy_frames", period: str = "auto", frames: int = 6
) -> Chart:
    """The share of a period's articles with each frame, a panel a frame, where a period has four or more.

    Args:
        tables: The extracted tables.
        codebook: Which codebook's frames.
        period: ``week``, ``month``, ``quarter``, ``year`` or ``auto``.
        frames: How many frames to draw, the most widespread first; the data has all.

    Raises:
        UnknownNameError: There is no such codebook or period.
    """
    data = frames_over_time(tables, codebook, period=period)
    title = f"Share of articles with each frame, by {data.attrs['period']} of publication"
    if data.empty:
        none = "" if data.attrs["note"].startswith("No ") else f"No frame of '{codebook}' was found. "
        return empty_chart(title, none + data.attrs["note"])
    order = list(dict.fromkeys(data["frame"]))[:frames]
    said = f"Each point is so many of the {data.attrs['period']}'s articles, with the 95 % interval. "
    said += data.attrs["note"]
    left = data["frame"].nunique() - len(order)
    if left:
        said += f" {count_noun(left, 'frame')} more, less widespread, in the data only."
    return finish_chart(title, said, data, _draw_panels(data, order))


def _say_none(tables: Any, codebook: str, *, quoted: bool = False) -> str:
    if quoted:
        return f"No frame of '{codebook}' stands in a quotation."
    ran = "" if codebook in list_codebooks(tables) else ", which did not run on this corpus,"
    return f"No frame of '{codebook}'{ran} was found in {count_noun(len(tables.articles), 'article')}."


def _draw_shares(
    drawn: pd.DataFrame, by: str, groups: list[str], sizes: pd.DataFrame, axis: str
) -> go.Figure:
    frames = list(dict.fromkeys(drawn["frame"]))
    labels = [label_text(frame, width=LABEL) for frame in frames]
    step = 18 * len(groups) + 16
    figure = make_figure(len(frames))
    for at, group in enumerate(groups):
        rows = drawn[drawn[by] == group].set_index("frame").reindex(frames)
        look = _UNKNOWN if group in (NO_OUTLET, *QUOTED_BY.values()) else at
        places = [(n + 0.5) * step + 18 * (at - (len(groups) - 1) / 2) for n in range(len(frames))]
        ends = rows[["low", "high"]].astype(float)
        figure.add_scatter(
            x=rows["share"].astype(float).to_list(), y=places, mode="markers",
            name=label_text(f"{_NAMES.get(group, group)} (of {sizes.at[group, 'of']:,})", most=48),
            marker={"color": PALETTE[look], "size": 10,
                    "symbol": SYMBOLS[at] + ("-open" if look == _UNKNOWN else "")},
            error_x={"type": "data", "symmetric": False, "thickness": 1.6, "width": 3,
                     "array": (ends["high"] - rows["share"].astype(float)).fillna(0).to_list(),
                     "arrayminus": (rows["share"].astype(float) - ends["low"]).fillna(0).to_list()},
            customdata=[
                f"{label_text(frame)}<br>{row.units} {label_text(row.share_of)}"
                for frame, row in zip(frames, rows.itertuples(), strict=True)
            ],
            hovertemplate="%{customdata}: %{x:.1%}<extra></extra>", cliponaxis=False,
        )  # fmt: skip
    most = drawn[["share", "high"]].max(axis=None)
    # A little room on the left, so that a mark at zero does not cover its label.
    figure.update_xaxes(title_text=axis, tickformat=".0%", range=[-0.02 * most, 1.04 * most], nticks=5)
    figure.update_yaxes(
        tickmode="array", tickvals=[(n + 0.5) * step for n in range(len(frames))], ticktext=labels,
        range=[step * len(frames), 0], zeroline=False,
    )  # fmt: skip
    figure.update_layout(height=130 + step * len(frames), showlegend=True)
    return figure


def _draw_pairs(data: pd.DataFrame, order: list[str], units: str) -> go.Figure:
    alone = {
        name: n for side in "ab" for name, n in zip(data[f"frame_{side}"], data[f"with_{side}"], strict=True)
    }
    pairs = {frozenset((row.frame_a, row.frame_b)): row for row in data.itertuples()}
    heads = {name: label_text(name, width=12) for name in order}
    sides = {name: label_text(name, width=LABEL) for name in order}
    cells = [(a, b) for at, a in enumerate(order) for b in order[: at + 1]]
    met = [(a, b, pairs[frozenset((a, b))]) for a, b in cells if a != b and frozenset((a, b)) in pairs]
    most = max((row.units for _, _, row in met), default=1)
    figure = make_figure(len(order), showlegend=False)
    figure.add_scatter(
        x=[heads[b] for _, b, _ in met], y=[sides[a] for a, _, _ in met], mode="markers+text",
        text=[str(row.units) for _, _, row in met], textposition="middle center",
        marker={"symbol": "square", "size": _CELL, "line": {"width": 0},
                "color": [f"rgba(0,114,178,{0.12 + 0.43 * row.units / most:.2f})" for _, _, row in met]},
        customdata=[
            f"{label_text(a)}<br>and {label_text(b)}: {row.units} of {row.of} {units}"
            + ("" if pd.isna(row.expected) else f", {row.expected:.1f} if independent")
            for a, b, row in met
        ],
        hovertemplate="%{customdata}<extra></extra>", cliponaxis=False,
    )  # fmt: skip
    figure.add_scatter(
        x=[heads[name] for name in order], y=[sides[name] for name in order], mode="markers+text",
        text=[str(alone[name]) for name in order], textposition="middle center",
        marker={"symbol": "square-open", "size": _CELL - 2, "color": PALETTE[_UNKNOWN], "line": {"width": 1}},
        hovertemplate="%{y}: %{text} " + units + " with it<extra></extra>", cliponaxis=False,
    )  # fmt: skip
    figure.update_xaxes(
        side="top", type="category", tickangle=0, categoryorder="array", categoryarray=list(heads.values()),
        range=[-0.6, len(order) - 0.4], showgrid=False, tickfont={"size": 11},
    )  # fmt: skip
    figure.update_yaxes(
        type="category", categoryorder="array", categoryarray=list(sides.values())[::-1], showgrid=False,
        range=[-0.6, len(order) - 0.4],
    )  # fmt: skip
    figure.update_layout(height=130 + 46 * len(order), margin={"t": 20, "b": 20})
    return figure


def _draw_panels(data: pd.DataFrame, order: list[str]) -> go.Figure:
    from plotly.subplots import make_subplots

    titles = [label_text(frame) for frame in order]
    figure = make_subplots(
        rows=len(order), cols=1, shared_xaxes=True, subplot_titles=titles, vertical_spacing=0.3 / len(order)
    )
    figure.update_layout(template=build_template(), height=70 + 120 * len(order), showlegend=False)
    for at, frame in enumerate(order, start=1):
        _draw_panel(figure, data[data["frame"] == frame], at)
    figure.update_annotations(font={"size": 13}, x=0, xanchor="left")
    figure.update_yaxes(range=[-0.08, 1.25], tickvals=[0, 0.5, 1], tickformat=".0%", zeroline=False)
    days = [date.fromisoformat(day) for day in (data["earliest"].min(), data["latest"].max())]
    rim = max(timedelta(days=12), (days[1] - days[0]) / 12)
    reach = [(days[0] - rim).isoformat(), (days[1] + rim).isoformat()]
    figure.update_xaxes(type="date", tickformat="%-d %b\n%Y", nticks=6, range=reach)
    figure.update_layout(margin={"t": 36, "b": 44})
    return figure


def _draw_panel(figure: go.Figure, rows: pd.DataFrame, panel: int) -> None:
    found = rows.to_dict("records")
    for row in found:
        first, last = (date.fromisoformat(row[side]) for side in ("earliest", "latest"))
        row["middle"] = (first + (last - first) / 2).isoformat()
    for one, two in pairwise(found):
        # A line joins neighbours alone: between others lies a period that says nothing.
        if date.fromisoformat(two["earliest"]) - date.fromisoformat(one["latest"]) == timedelta(days=1):
            figure.add_scatter(
                x=[one["middle"], two["middle"]], y=[one["share"], two["share"]], mode="lines",
                line={"color": PALETTE[0], "width": 2}, hoverinfo="skip", row=panel, col=1,
            )  # fmt: skip
    figure.add_scatter(
        x=[row["middle"] for row in found], y=[row["share"] for row in found], mode="markers+text",
        text=[f"{row['articles']} of {row['of']}" for row in found], textposition="middle right",
        marker={"color": PALETTE[0], "size": 9}, cliponaxis=False,
        error_y={"type": "data", "symmetric": False, "thickness": 1.5, "width": 3,
                 "array": [row["high"] - row["share"] for row in found],
                 "arrayminus": [row["share"] - row["low"] for row in found]},
        customdata=[describe_dates(row["earliest"], row["latest"]) for row in found],
        hovertemplate="%{customdata}: %{text} articles<extra></extra>", row=panel, col=1,
    )  # fmt: skip
