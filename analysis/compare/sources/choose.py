"""Which articles a comparison of sources looks at."""

from __future__ import annotations

import pandas as pd

from analysis.compare.shares import NO_OUTLET
from analysis.errors import UnknownNameError, WorkbookError
from analysis.tables import Tables

_COMPARED = "articles that are compared (those off the topic stay out unless off_topic=True)"


def name_unstated(by: str) -> str:
    """Name the group of the articles whose source is not stated.

    Example:
        >>> name_unstated("outlet"), name_unstated("wire")
        ('Outlet not stated', 'wire not stated')
    """
    return NO_OUTLET if by == "outlet" else f"{by} not stated"


def select_compared(tables: Tables, *, off_topic: bool = False) -> Tables:
    """Select the articles that comparisons look at, with everything that was found in them.

    Args:
        tables: The extracted tables.
        off_topic: Whether articles count that no topic pack takes for its own.

    Returns:
        The tables of the articles on a topic; of all articles where no topic pack applies to any, or where
        those off the topic are asked for.
    """
    return tables.select(on_topic=True) if _need_topic(tables, off_topic) else tables


def choose_articles(tables: Tables, by: str = "outlet", *, off_topic: bool = False) -> pd.DataFrame:
    """Choose the articles that are compared, with the source of each.

    They are those of :func:`select_compared`. A source that is not stated
    is a source of its own.

    Args:
        tables: The extracted tables.
        by: The column of the table ``articles`` that tells sources apart, one of names.
        off_topic: Whether articles count that no topic pack takes for its own.

    Returns:
        Rows of the table ``articles``, by ``article_id``, in which ``by`` is never null.

    Raises:
        UnknownNameError: There is no such column.
        WorkbookError: The column ``by`` holds numbers, or yes and no.
    """
    articles = tables.articles
    if by not in articles:
        raise UnknownNameError.among("column", by, articles.columns, where="articles")
    if pd.api.types.is_numeric_dtype(articles[by]):
        raise WorkbookError(
            "Articles can only be told apart by names.",
            where=f"articles: the column {by!r} is of type {articles[by].dtype}",
            allowed="Columns of names are outlet, page, kind, aggregator, wire and language, for example.",
            todo='Name one of these, as in by="outlet".',
        )
    if _need_topic(tables, off_topic):
        articles = articles[articles["on_topic"].fillna(False).astype(bool)]
    articles = articles.assign(**{by: articles[by].astype("object").fillna(name_unstated(by))})
    return articles.sort_values("article_id").reset_index(drop=True)


def _need_topic(tables: Tables, off_topic: bool) -> bool:
    return not off_topic and bool(tables.articles["on_topic"].notna().any())


def check_sources(articles: pd.DataFrame, by: str, *sources: str | None) -> None:
    """Check that articles of each named source were chosen.

    Raises:
        UnknownNameError: There is no such source.
    """
    known = articles[by].unique()
    for source in filter(None, sources):
        if source not in known:
            raise UnknownNameError.among(by, source, map(str, known), where=_COMPARED)
