"""Charts of what a corpus is made of: what was kept of its pages, and which articles share passages."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.checking import KEPT_BESIDE
from analysis.compare import NO_OUTLET
from analysis.views.chart import Chart, count_noun, empty_chart, finish_chart, make_figure
from analysis.views.marks import draw_bars, label_rows
from analysis.views.theme import PATTERNS, nth_colour, nth_of


def plot_reuse(tables: Any, *, top: int = 15) -> Chart:
    """Pairs of articles that share passages word for word, by words shared."""
    title, reuse = "Passages that articles share", tables.reuse
    if reuse.empty:
        return empty_chart(
            title, f"No two of {count_noun(len(tables.articles), 'article')} share a passage word for word."
        )
    name = _article_names(tables.articles)
    grouped = reuse.groupby(["article_a", "article_b"], sort=False)
    data = grouped.agg(words=("words", "sum"), passages=("words", "size"), containment=("containment", "max"))
    data = data.reset_index().sort_values("words", ascending=False)
    data.insert(0, "pair", [f"{name[row.article_a]} | {name[row.article_b]}" for row in data.itertuples()])
    first = data.iloc[0]
    sentence = (
        f"{count_noun(len(data), 'pair')} of articles share words; the most is "
        f"{count_noun(first['words'], 'word')} in {count_noun(first['passages'], 'passage')}."
    )
    drawn = data.head(top)
    words = [f"{row.words} in {count_noun(row.passages, 'passage')}" for row in drawn.itertuples()]
    return finish_chart(title, sentence, data, draw_bars(drawn, "pair", "words", None, "Shared words", words))


def plot_pages(tables: Any) -> Chart:
    """What was kept of each page, and what was left out as what, in characters."""
    title, segments = "What was kept of each page", tables.segments[tables.segments["role"] != "blank"]
    if segments.empty:
        return empty_chart(title, "No page was read.")
    kept = segments["article_start"].notna()
    use = segments["role"].map(
        lambda role: "used for headline, byline, outlet, date" if role in KEPT_BESIDE else f"left out: {role}"
    )
    use = use.mask(kept, "kept as article text")
    length = (segments["end"] - segments["start"]).astype(int)
    data = (
        length.groupby([segments["page"], use])
        .sum()
        .rename("characters")
        .rename_axis(["page", "use"])
        .reset_index()
    )
    order = sorted(
        data["use"].unique(),
        key=lambda name: (not name.startswith("kept"), not name.startswith("used"), name),
    )
    pages = list(dict.fromkeys(segments["page"]))
    labels = label_rows(pages, most=60)
    figure = make_figure(len(pages), barmode="stack")
    for at, name in enumerate(order):
        part = data[data["use"] == name].set_index("page")["characters"].reindex(pages, fill_value=0)
        figure.add_bar(
            x=part.to_list(),
            y=labels,
            orientation="h",
            name=name,
            marker={
                "color": nth_colour(at),
                "pattern": {
                    "shape": nth_of(PATTERNS, at),
                    "fillmode": "overlay",
                    "fgcolor": "#fff",
                    "fgopacity": 0.8,
                },
            },
            hovertemplate="%{y}<br>" + name + ": %{x:,} characters<extra></extra>",
        )
    figure.update_xaxes(title_text="Characters")
    figure.update_yaxes(autorange="reversed", type="category")
    figure.update_layout(height=190 + 38 * len(pages))
    total = int(length.sum())
    share = int(length[kept].sum())
    sentence = (
        f"Of {total:,} characters on {count_noun(len(pages), 'page')}, {share:,} are kept as the text of "
        f"{count_noun(len(tables.articles), 'article')}; the rest is shown with the role it was given."
    )
    return finish_chart(title, sentence, data, figure)


def _article_names(articles: pd.DataFrame) -> dict[str, str]:
    outlets, ids = articles["outlet"].fillna(NO_OUTLET), articles["article_id"]
    return {article_id: f"{outlet} ({article_id})" for article_id, outlet in zip(ids, outlets, strict=True)}
