"""Charts that count matches of frames and terms: in how many articles, in whose voice, in which outlet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis.compare import count_rows_by_outlet, metaphor_shares, term_shares
from analysis.compare.framing_units import is_topical, select_readable
from analysis.views.chart import Chart, count_noun, empty_chart, finish_chart, label_text, make_figure
from analysis.views.dot_matrix import COLUMN_WIDTH, draw_matrix
from analysis.views.marks import LABEL, count_axis, draw_bars
from analysis.views.theme import PALETTE, PATTERNS

VOICES = {"narration": "In the journalist's words", "quotation": "In quotations", "mixed": "Across both"}
_SHORT = {"narration": "Journalist", "quotation": "Quoted"}


def plot_frames(tables: Any, *, codebook: str = "policy_frames") -> Chart:
    """In how many articles each frame of a codebook is found.

    Args:
        tables: The extracted tables.
        codebook: Which codebook's matches.
    """
    title, n = "Articles in which a frame is found", len(_looked_at(tables, codebook))
    frames = _of_codebook(tables.frames, codebook)
    if frames.empty:
        return empty_chart(title, f"No frame of '{codebook}' was found in {count_noun(n, 'article')}.")
    data = _count_articles(frames, "frame", n)
    top, without = data.iloc[0], n - frames["article_id"].nunique()
    sentence = (
        f"Of {count_noun(n, 'article')}, {top['articles']} {_have(top['articles'])} words of the frame "
        f"'{top['frame']}', the most of the {count_noun(len(data), 'frame')} found; {without} "
        f"{_have(without)} words of none."
    )
    return finish_chart(title, sentence, data, draw_bars(data, "frame", "articles", n, "Articles"))


def plot_frames_by_voice(tables: Any, *, codebook: str = "policy_frames") -> Chart:
    """Matches of each frame in the journalist's words and in quotations, counted apart."""
    frames = _of_codebook(tables.frames, codebook)
    return _plot_voices("Frame matches by voice", frames, "frame", "frame match", "frame matches")


def plot_terms(tables: Any) -> Chart:
    """Matches of each group of terms in the journalist's words and in quotations, counted apart."""
    return _plot_voices("Terms by voice", tables.terms, "term_group", "term", "terms")


def plot_term_shares(
    tables: Any, *, by: str = "outlet", use: str | None = "person", columns: int = 8
) -> Chart:
    """Which terms each outlet, voice, party or speaker chooses, of all its terms of that use.

    Args:
        tables: The extracted tables.
        by: ``outlet``, ``voice``, ``speaker``, ``party`` or ``kind of voice``.
        use: ``person``, ``modifier`` or ``process``; None for all.
        columns: How many groups to draw, those with most terms first; the data has all.

    Raises:
        UnknownNameError: There is no such grouping or use.
    """
    named = f"{use} terms" if use else "terms"
    data = term_shares(tables, by=by, use=use)
    return _plot_chosen(f"Choice of {named}, by {by}", data, "term_group", by, named, columns)


def plot_metaphors(tables: Any, *, by: str = "voice", columns: int = 8) -> Chart:
    """Which metaphors are used, of all metaphors of an outlet, voice, party or speaker.

    Args:
        tables: The extracted tables.
        by: ``voice``, ``outlet``, ``speaker``, ``party`` or ``kind of voice``.
        columns: How many groups to draw, those with most metaphors first; the data has all.

    Raises:
        UnknownNameError: There is no such grouping.
    """
    return _plot_chosen(
        f"Metaphors, by {by}", metaphor_shares(tables, by=by), "frame", by, "metaphors", columns
    )


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
    data = count_rows_by_outlet(frames, "frame", _looked_at(tables, codebook))
    order = list(dict.fromkeys(data["frame"]))
    size = data.drop_duplicates("outlet").set_index("outlet")["of"]
    shown = size.head(outlets).to_dict()
    figure = draw_matrix(
        data, "frame", "outlet", "articles", rows=order, columns=shown, unit="articles with it"
    )
    wide = data.loc[data["articles"].idxmax()]
    rest = f" {len(size) - len(shown)} outlets are in the data only." if len(size) > len(shown) else ""
    sentence = (
        f"The number at each dot is how many of the outlet's articles have the frame; the largest is "
        f"{wide['frame']} in {wide['articles']} of {wide['of']} articles of {wide['outlet']}.{rest}"
    )
    return finish_chart(title, sentence, data, figure, least_width=220 + COLUMN_WIDTH * len(shown))


def _plot_voices(title: str, matches: pd.DataFrame, label: str, unit: str, units: str) -> Chart:
    if matches.empty:
        return empty_chart(title, f"No {units} were found.")
    counts = matches.groupby([label, matches["voice"].fillna("narration")]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=list(VOICES), fill_value=0)
    counts = counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    data = counts.rename_axis(columns=None).reset_index()
    figure = draw_groups(data, label, VOICES, units[0].upper() + units[1:])
    totals = {voice: int(data[voice].sum()) for voice in VOICES}
    found = count_noun(sum(totals.values()), unit, units)
    sentence = (
        f"Of {found}, {totals['narration']} stand in the journalist's words "
        f"and {totals['quotation']} in quotations"
        + (f"; {totals['mixed']} run across both." if totals["mixed"] else ".")
    )
    return finish_chart(title, sentence, data, figure)


def _plot_chosen(title: str, data: pd.DataFrame, label: str, by: str, units: str, columns: int) -> Chart:
    if data.empty:
        return empty_chart(title, f"No {units} were found.")
    size = data.drop_duplicates(by).set_index(by)["of"]
    names = {group: _SHORT.get(group, group) for group in size.index}
    drawn = data.assign(**{by: data[by].map(names)})
    shown = {names[group]: int(count) for group, count in size.head(columns).items()}
    rows = list(dict.fromkeys(data[label]))
    figure = draw_matrix(drawn, label, by, "matches", rows=rows, columns=shown, unit=units)
    top = data.loc[data["matches"].idxmax()]
    where = "the journalists' own words" if top[by] == "narration" else top[by]
    sentence = (
        f"The number at each dot is how many of the {units} of that {by} are of this kind; the largest is "
        f"{top[label]}, {top['matches']} of {top['of']} in {where}."
    )
    if len(size) > len(shown):
        sentence += f" {len(size) - len(shown)} more stand in the data only."
    return finish_chart(title, sentence, data, figure, least_width=220 + COLUMN_WIDTH * len(shown))


def draw_groups(data: pd.DataFrame, label: str, groups: Mapping[str, str], axis: str) -> go.Figure:
    """Bars side by side for the columns of counts, each with its number at the end.

    Args:
        data: One row a group of bars.
        label: The column that names the group.
        groups: A column of counts to its name in the legend; one without a count is not drawn.
        axis: What is counted.
    """
    figure = make_figure(2 * len(data), barmode="group")
    for at, (column, name) in enumerate(groups.items()):
        if not data[column].sum():
            continue
        figure.add_bar(
            x=[int(count) for count in data[column]],
            y=[label_text(each, width=LABEL) for each in data[label]],
            orientation="h",
            name=name,
            text=[str(count) if count else "" for count in data[column]],
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
    figure.update_xaxes(title_text=axis)
    most = int(data[list(groups)].to_numpy().max())
    figure.update_xaxes(range=[0, most * 1.15])
    count_axis(figure, most)
    return figure


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


def _looked_at(tables: Any, codebook: str) -> pd.DataFrame:
    """The articles that a codebook runs on: a topic's own looks at those on the topic alone."""
    return select_readable(tables, topical=is_topical(tables, codebook))


def _of_codebook(frames: pd.DataFrame, codebook: str) -> pd.DataFrame:
    return frames[(frames["codebook"] == codebook).fillna(False)]


def _have(count: int) -> str:
    return "has" if count == 1 else "have"
