"""The chart of keyness: log-odds with intervals where there was a test, else each article as a dot."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import plotly.graph_objects as go

from analysis.compare.keyness import LEVEL, UNITS, Keyness
from analysis.compare.small import can_test, say_sizes
from analysis.views.chart import (
    ROW_HEIGHT,
    Chart,
    count_noun,
    empty_chart,
    finish_chart,
    label_text,
    make_figure,
)
from analysis.views.keyness_encoding import choose_features
from analysis.views.marks import label_rows
from analysis.views.theme import SYMBOLS, nth_colour

# Dots of one side stand on so many levels of a row, so that articles at nought can be told apart.
_LEVELS = 5
_COUNTS = ["feature", "more"] + [
    f"{name}_{side}" for side in ("first", "second") for name in ("count", "rate", "articles", "of")
]


def plot_keyness(keyness: Keyness, *, top: int = 15) -> Chart:
    """What one source says more than another.

    Where it was tested: log-odds with 95 % intervals of what is distinctive, and no chart where nothing is.
    Where nothing was tested, as with too few articles, each article is a dot at its uses in 10,000 words.

    Args:
        keyness: What :func:`analysis.compare.keyness.find_keyness` found.
        top: How many features to draw: of each source where it was tested, else of both together.
    """
    title = f"What {keyness.first} and {keyness.second} say differently"
    if not keyness.tested:
        return _plot_articles(title, keyness, top)
    unit, units = keyness.unit, UNITS[keyness.unit]
    found = keyness.distinctive
    if found.empty:
        return empty_chart(title, f"No {unit} differs, which is a result. {keyness.says}")
    drawn = found[found["more"].notna()].groupby("more", sort=False).head(top)
    drawn = drawn.sort_values("log_odds", ascending=False, kind="stable").reset_index(drop=True)
    sizes = found["more"].value_counts()
    said = " and ".join(
        f"{count_noun(int(sizes.get(name, 0)), unit, units)} more by {name}"
        for name in (keyness.first, keyness.second)
    )
    left = f" Drawn are {len(drawn)} of {len(found)}." if len(drawn) < len(found) else ""
    sentence = (
        f"Of {count_noun(keyness.tested, unit, units)} tested, {len(found)} differ with q at most {LEVEL}: "
        f"{said}.{left} Bars are 95 % intervals over articles ({_say_articles(keyness)})."
    )
    return finish_chart(title, sentence, found, _draw_odds(keyness, drawn))


def _say_articles(keyness: Keyness) -> str:
    """The sizes of both sides, and whether versions and copies made them smaller."""
    said = say_sizes(*keyness.sizes)
    if sum(keyness.sizes) == len(keyness.articles):
        return said
    return f"{said}, what is printed twice counted once"


def _draw_odds(keyness: Keyness, drawn: pd.DataFrame) -> go.Figure:
    figure = _make_rows(list(drawn["feature"]), ROW_HEIGHT)
    for at, name in enumerate((keyness.first, keyness.second)):
        own = drawn[drawn["more"] == name]
        odds = own["log_odds"].astype(float)
        figure.add_scatter(
            x=odds.tolist(), y=own.index.tolist(), mode="markers", cliponaxis=False,
            name=label_text(f"more by {name}", most=40),
            marker={"symbol": SYMBOLS[at], "size": 11, "color": nth_colour(at)},
            error_x={
                "type": "data", "symmetric": False, "thickness": 2, "width": 0, "color": nth_colour(at),
                "array": (own["high"].astype(float) - odds).tolist(),
                "arrayminus": (odds - own["low"].astype(float)).tolist(),
            },
            customdata=[_say_row(keyness, row) for row in own.to_dict("records")],
            hovertemplate="%{customdata}<extra></extra>",
        )  # fmt: skip
    figure.add_vline(x=0, line={"width": 1, "color": "#8a8f98"})
    figure.update_xaxes(title_text=f"Log-odds (above 0: {label_text(keyness.first, most=40)})")
    return figure


def _say_row(keyness: Keyness, row: dict[str, object]) -> str:
    sides = "<br>".join(
        f"{label_text(name, most=40)}: {row[f'count_{side}']} in {row[f'articles_{side}']} of "
        f"{count_noun(int(row[f'of_{side}']), 'article')}"
        for name, side in ((keyness.first, "first"), (keyness.second, "second"))
    )
    return f"{label_text(str(row['feature']), most=60)}<br>{sides}"


def _plot_articles(title: str, keyness: Keyness, top: int) -> Chart:
    """Each article as a dot: there is no test to draw."""
    listed = choose_features(keyness, top).head(top).reset_index(drop=True)
    told = f"{keyness.first} and {keyness.second}: {say_sizes(*keyness.sizes)}"
    told += ", and nothing could be tested." if can_test(*keyness.sizes) else "."
    if listed.empty:
        return empty_chart(title, f"{told} No {keyness.unit} is in a larger share of the articles of one.")
    top_row = listed.iloc[0]
    counts = " and ".join(
        f"{top_row[f'articles_{side}']} of {count_noun(int(top_row[f'of_{side}']), 'article')} of {name}"
        for name, side in ((keyness.first, "first"), (keyness.second, "second"))
    )
    sentence = (
        f"{told} Each dot is an article, at its uses in 10,000 words. Drawn are {len(listed)} "
        f"{UNITS[keyness.unit]} in most articles of one and fewest of the other; “{top_row['feature']}” is "
        f"in {counts}."
    )
    return finish_chart(title, sentence, listed[_COUNTS], _draw_dots(keyness, list(listed["feature"])))


def _draw_dots(keyness: Keyness, features: list[str]) -> go.Figure:
    figure = _make_rows(features, ROW_HEIGHT + 10)
    dots = keyness.dots(features).sort_values(["rate", "article_id"])
    for at, name in enumerate((keyness.first, keyness.second)):
        own = dots[dots["source"] == name]
        seen: Counter[tuple[str, float]] = Counter()
        heights = []
        for feature, rate in zip(own["feature"], own["rate"], strict=True):
            level = seen[feature, rate] % _LEVELS
            seen[feature, rate] += 1
            # The first source stands above the middle of its row, the second below.
            heights.append(features.index(feature) + (0.08 + 0.07 * level) * (1 if at else -1))
        figure.add_scatter(
            x=[float(rate) for rate in own["rate"]], y=heights, mode="markers", cliponaxis=False,
            name=label_text(name, most=40),
            marker={"symbol": SYMBOLS[at], "size": 9, "color": nth_colour(at), "opacity": 0.85},
            customdata=[
                f"{label_text(row.article_id, most=60)}<br>{label_text(row.feature, most=60)}: "
                f"{count_noun(int(row.count_), 'use')} in {count_noun(int(row.words), 'word')}"
                for row in own.rename(columns={"count": "count_"}).itertuples()
            ],
            hovertemplate="%{customdata}<extra></extra>",
        )  # fmt: skip
    most = float(dots["rate"].max() or 1)
    # Dots at nought stand clear of the names.
    figure.update_xaxes(title_text="Uses in 10,000 words of an article", range=[-most / 30, most * 1.04])
    return figure


def _make_rows(features: list[str], height: int) -> go.Figure:
    """A figure with a row a feature, from the top, and a legend."""
    figure = make_figure(len(features), showlegend=True)
    figure.update_layout(height=110 + height * max(len(features), 2))
    figure.update_yaxes(
        tickmode="array", tickvals=list(range(len(features))), ticktext=label_rows(features, most=34),
        range=[len(features) - 0.4, -0.6], showgrid=True,
    )  # fmt: skip
    return figure
