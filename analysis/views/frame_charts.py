"""Charts of frames and terms: in how many articles, in whose voice, in which outlet."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.compare import count_rows_by_outlet
from analysis.views.chart import Chart, count_noun, empty_chart, finish_chart, label_text, make_figure
from analysis.views.marks import LABEL, count_axis, draw_bars
from analysis.views.theme import PALETTE, PATTERNS

VOICES = {"narration": "In the journalist's words", "quotation": "In quotations", "mixed": "Across both"}


def plot_frames(tables: Any, *, codebook: str = "policy_frames") -> Chart:
    """In how many articles each frame of a codebook is found.

    Args:
        tables: The extracted tables.
        codebook: Which codebook's matches.
    """
    title, n = "Articles in which a frame is found", len(tables.articles)
    frames = _of_codebook(tables.frames, codebook)
    if frames.empty:
        return empty_chart(title, f"No frame of '{codebook}' was found in {count_noun(n, 'article')}.")
    data = _count_articles(frames, "frame", n)
    top, without = data.iloc[0], n - frames["article_id"].nunique()
    sentence = (
        f"Of {count_noun(n, 'article')}, {top['articles']} have a match of {top['frame']}, the widest spread "
        f"of the {count_noun(len(data), 'frame')} found; {without} have no match at all."
    )
    return finish_chart(title, sentence, data, draw_bars(data, "frame", "articles", n, "Articles"))


def plot_frames_by_voice(tables: Any, *, codebook: str = "policy_frames") -> Chart:
    """Matches of each frame in the journalist's words and in quotations, counted apart."""
    frames = _of_codebook(tables.frames, codebook)
    return _plot_voices("Frame matches by voice", frames, "frame", "frame match", "frame matches")


def plot_terms(tables: Any) -> Chart:
    """Matches of each group of terms in the journalist's words and in quotations, counted apart."""
    return _plot_voices("Terms by voice", tables.terms, "term_group", "term", "terms")


def plot_frames_by_outlet(tables: Any, *, codebook: str = "policy_frames", outlets: int = 8) -> Chart:
    """For each frame and outlet, in how many of the outlet's articles the frame is found.

    Args:
        tables: The extracted tables.
        codebook: Which codebook's matches.
        outlets: How many outlets to draw, those with most articles first; the data has all.
    """
    title = "Frames by outlet"
    frames = _of_codebook(tables.frames, codebook)
    if frames.empty:
        return empty_chart(title, f"No frame of '{codebook}' was found.")
    data = count_rows_by_outlet(frames, "frame", tables.articles)
    order = list(dict.fromkeys(data["frame"]))
    size = data.drop_duplicates("outlet").set_index("outlet")["of"]
    shown = list(size.index[:outlets])
    figure = make_figure(len(order), showlegend=False)
    drawn = data[data["outlet"].isin(shown) & (data["articles"] > 0)]
    figure.add_scatter(
        x=[f"{label_text(name, width=14)}<br>({size[name]})" for name in drawn["outlet"]],
        y=[label_text(frame, width=LABEL) for frame in drawn["frame"]],
        mode="markers+text",
        marker={"size": [9 + 5 * count**0.5 for count in drawn["articles"]], "color": PALETTE[0]},
        text=[f"{row.articles} of {row.of}" for row in drawn.itertuples()],
        textposition="bottom center",
        textfont={"size": 11},
        hovertemplate="%{y}<br>%{x}: %{text} articles<extra></extra>",
        cliponaxis=False,
    )
    figure.update_layout(height=90 + 46 * len(order))
    figure.update_xaxes(
        side="top",
        categoryorder="array",
        title_text="",
        categoryarray=[f"{label_text(name, width=14)}<br>({size[name]})" for name in shown],
    )
    figure.update_yaxes(
        categoryarray=[label_text(each, width=LABEL) for each in order[::-1]],
        categoryorder="array",
        type="category",
    )
    figure.update_xaxes(tickangle=0)
    figure.update_layout(margin={"t": 20, "b": 20})
    wide = data.loc[data["articles"].idxmax()]
    rest = f" {len(size) - len(shown)} outlets are in the data only." if len(size) > len(shown) else ""
    sentence = (
        f"The number at each dot is how many of the outlet's articles have the frame; the largest is "
        f"{wide['frame']} in {wide['articles']} of {wide['of']} articles of {wide['outlet']}.{rest}"
    )
    return finish_chart(title, sentence, data, figure, least_width=220 + 80 * len(shown))


def _plot_voices(title: str, matches: pd.DataFrame, label: str, unit: str, units: str) -> Chart:
    if matches.empty:
        return empty_chart(title, f"No {units} were found.")
    counts = matches.groupby([label, matches["voice"].fillna("narration")]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=list(VOICES), fill_value=0)
    counts = counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    data = counts.rename_axis(columns=None).reset_index()
    figure = make_figure(2 * len(data), barmode="group")
    for at, (voice, name) in enumerate(VOICES.items()):
        if not data[voice].sum():
            continue
        figure.add_bar(
            x=data[voice].to_list(),
            y=[label_text(each, width=LABEL) for each in data[label]],
            orientation="h",
            name=name,
            text=[str(count) if count else "" for count in data[voice]],
            textposition="outside",
            cliponaxis=False,
            marker={
                "color": PALETTE[at],
                "pattern": {
                    "shape": PATTERNS[at],
                    "fillmode": "overlay",
                    "fgcolor": "#fff",
                    "fgopacity": 0.8,
                },
            },
            hovertemplate="%{y}: %{x} " + name.lower() + "<extra></extra>",
        )
    figure.update_yaxes(autorange="reversed", type="category")
    figure.update_xaxes(title_text=units[0].upper() + units[1:])
    most = int(data[list(VOICES)].to_numpy().max())
    figure.update_xaxes(range=[0, most * 1.15])
    count_axis(figure, most)
    totals = {voice: int(data[voice].sum()) for voice in VOICES}
    found = count_noun(sum(totals.values()), unit, units)
    sentence = (
        f"Of {found}, {totals['narration']} stand in the journalist's words "
        f"and {totals['quotation']} in quotations"
        + (f"; {totals['mixed']} run across both." if totals["mixed"] else ".")
    )
    return finish_chart(title, sentence, data, figure)


def _count_articles(matches: pd.DataFrame, label: str, n: int) -> pd.DataFrame:
    grouped = matches.groupby(label)
    data = pd.DataFrame(
        {
            label: list(grouped.groups),
            "articles": grouped["article_id"].nunique().to_numpy(),
            "of": n,
            "matches": grouped.size().to_numpy(),
        }
    )
    return data.sort_values(["articles", "matches", label], ascending=[False, False, True])


def _of_codebook(frames: pd.DataFrame, codebook: str) -> pd.DataFrame:
    return frames[(frames["codebook"] == codebook).fillna(False)]
