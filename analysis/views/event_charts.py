"""Charts of what has a date or a value: events, publication, figures."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.compare import NO_OUTLET
from analysis.errors import UnknownNameError
from analysis.views.chart import Chart, count_noun, empty_chart, finish_chart, label_text, make_figure
from analysis.views.marks import draw_bars, draw_intervals, label_rows
from analysis.views.theme import SYMBOLS, describe_dates, nth_colour, nth_of

# Narrower than this, labels and marks no longer fit side by side: the page then scrolls the chart.
LEAST_WIDTH = 600
# With more articles than this, a chart of them has a row an outlet.
_MOST_ROWS = 40


def plot_timeline(tables: Any, *, top: int = 40) -> Chart:
    """Dated events as intervals: a symbol for a certain day, a bar where the text allows several.

    Args:
        tables: The extracted tables.
        top: How many events to draw, those told by most articles first; the data has all.
    """
    title, events = "Events, and when they happened or are to happen", tables.events
    if events.empty:
        return empty_chart(title, "No events were found: no topic pack applies, or no sentence tells of one.")
    keys = events["event_id"].fillna(
        pd.Series([f"row {at}" for at in range(len(events))], index=events.index)
    )
    told = events.assign(event_id=keys).groupby("event_id", sort=False)
    data = told[["what", "instrument", "status", "date_earliest", "date_latest"]].first().reset_index()
    data["articles"] = told["article_id"].nunique().to_numpy()
    data = data.sort_values(["date_earliest", "date_latest"], na_position="last")
    dated = data.dropna(subset=["date_earliest"])
    if dated.empty:
        return empty_chart(title, f"None of {count_noun(len(data), 'event')} has a date in the text.", data)
    certain = int((dated["date_earliest"] == dated["date_latest"]).sum())
    first, last = dated["date_earliest"].min(), dated["date_latest"].max()
    sentence = (
        f"{len(dated)} of {count_noun(len(data), 'event')} have a date, {certain} of them a single day; "
        f"they run from {describe_dates(first, first)} to {describe_dates(last, last)}."
    )
    if len(dated) > top:
        dated = dated.loc[dated["articles"].nlargest(top).index.sort_values()].sort_values("date_earliest")
        sentence += f" Drawn are the {top} told by most articles."
    labels = [_event_label(row) for row in dated.itertuples()]
    # The order of the linked views, so that a status has one colour and shape on a page.
    statuses = sorted(events["status"].dropna().unique(), key=str.casefold)
    figure = draw_intervals(
        labels, dated["date_earliest"], dated["date_latest"], dated["status"], order=statuses
    )
    return finish_chart(title, sentence, data, figure, least_width=LEAST_WIDTH)


def plot_publication(tables: Any) -> Chart:
    """When each article was published: a symbol for a certain day, a bar for an interval.

    A row an article, or, where these are many, a row an outlet.
    """
    title, articles = "When the articles were published", tables.articles
    columns = [
        "article_id",
        "outlet",
        "headline",
        "published_earliest",
        "published_latest",
        "published_basis",
    ]
    data = articles[columns].sort_values(["published_earliest", "published_latest"], na_position="last")
    dated = data.dropna(subset=["published_earliest"])
    if dated.empty:
        return empty_chart(title, f"None of {count_noun(len(data), 'article')} has a publication date.", data)
    certain = int((dated["published_earliest"] == dated["published_latest"]).sum())
    sentence = (
        f"Of {count_noun(len(data), 'article')}, {certain} have a certain day, "
        f"{len(dated) - certain} an interval and {len(data) - len(dated)} no date."
    )
    outlets = dated["outlet"].fillna(NO_OUTLET)
    if len(dated) > _MOST_ROWS:
        sizes = outlets.value_counts()
        named = sorted(sizes.index, key=lambda name: (-sizes[name], name))[:_MOST_ROWS]
        sentence += (
            f" Drawn is a row an outlet, {len(named)} of {len(sizes)}; marks of one day share a place."
        )
        dated = dated[outlets.isin(named)]
        rows = [named.index(name) for name in outlets[dated.index]]
        names = [f"{name} ({count_noun(sizes[name], 'article')})" for name in named]
    else:
        rows, names = None, outlets + ": " + dated["headline"].fillna(dated["article_id"])
    labels = [label_text(name, width=44, most=84) for name in names]
    kinds = [
        ("one day" if row.published_earliest == row.published_latest else "an interval")
        for row in dated.itertuples()
    ]
    figure = draw_intervals(labels, dated["published_earliest"], dated["published_latest"], kinds, rows=rows)
    return finish_chart(title, sentence, data, figure, least_width=LEAST_WIDTH)


def plot_figures(tables: Any, *, measure: str | None = None, top: int = 15) -> Chart:
    """Numbers in the text: how often each measure is given, or the values claimed for one measure.

    Args:
        tables: The extracted tables.
        measure: The measure whose values are drawn, one dot a claim; counts of all measures where None.
        top: How many measures to draw where none is given.

    Raises:
        UnknownNameError: No figure has this measure.
    """
    if measure is not None:
        return _plot_claims(tables, measure)
    title, figures = "What the numbers measure", tables.figures.dropna(subset=["measure"])
    if figures.empty:
        found = count_noun(len(tables.figures), "number")
        return empty_chart(title, f"None of the {found} found has a known measure.")
    grouped = figures.groupby("measure")
    data = pd.DataFrame(
        {
            "measure": list(grouped.groups),
            "claims": grouped.size().to_numpy(),
            "values": grouped["value"].nunique().to_numpy(),
            "articles": grouped["article_id"].nunique().to_numpy(),
        }
    ).sort_values(["claims", "measure"], ascending=[False, True])
    several = int((data["values"] > 1).sum())
    sentence = (
        f"{count_noun(len(figures), 'number')} of {len(tables.figures)} have a known measure; "
        f"more than one value is given for {several} of {count_noun(len(data), 'measure')}."
    )
    if len(data) > top:
        sentence += f" Drawn are the {top} given most often."
    drawn = data.head(top)
    words = [f"{row.claims}, {count_noun(row.values, 'value')}" for row in drawn.itertuples()]
    return finish_chart(title, sentence, data, draw_bars(drawn, "measure", "claims", None, "Claims", words))


def _plot_claims(tables: Any, measure: str) -> Chart:
    figures = tables.figures[(tables.figures["measure"] == measure).fillna(False)]
    if figures.empty:
        raise UnknownNameError.among("measure", measure, tables.figures["measure"].dropna().unique())
    outlet = tables.articles.set_index("article_id")["outlet"].fillna(NO_OUTLET)
    data = figures.assign(outlet=figures["article_id"].map(outlet))
    columns = [
        "outlet",
        "article_id",
        "text",
        "value",
        "high",
        "unit",
        "change",
        "as_of_earliest",
        "as_of_latest",
        "attributed_to",
    ]
    data = data[columns].sort_values(["unit", "value"])
    title = f"Values given for: {measure}"
    articles = data.drop_duplicates("article_id")
    names = label_rows(articles["outlet"] + ", " + articles["article_id"], most=60)
    labels = [dict(zip(articles["article_id"], names, strict=True))[each] for each in data["article_id"]]
    figure = make_figure(data["article_id"].nunique())
    for at, (unit, rows) in enumerate(data.groupby(data["unit"].fillna("no unit"), sort=False)):
        where = data.index.get_indexer(rows.index)
        figure.add_scatter(
            x=rows["value"].astype(float),
            y=[labels[row] for row in where],
            name=label_text(unit),
            mode="markers+text",
            marker={"color": nth_colour(at), "symbol": nth_of(SYMBOLS, at), "size": 11},
            text=[label_text(each) for each in rows["text"]],
            textposition="top center",
            textfont={"size": 11},
            cliponaxis=False,
        )
    figure.update_xaxes(title_text="Value as given")
    figure.update_yaxes(type="category")
    figure.update_layout(
        showlegend=data["unit"].nunique() > 1, height=140 + 44 * data["article_id"].nunique()
    )
    values = data["value"].nunique()
    where = count_noun(data["article_id"].nunique(), "article")
    sentence = (
        f"{count_noun(len(data), 'claim')} in {where} give {count_noun(values, 'value')} for {measure}."
    )
    return finish_chart(title, sentence, data, figure, least_width=LEAST_WIDTH)


def _event_label(row: Any) -> str:
    what = row.what if isinstance(row.what, str) else ""
    head = f"{row.instrument}: " if isinstance(row.instrument, str) else ""
    return label_text(head + what, width=44, most=84)
