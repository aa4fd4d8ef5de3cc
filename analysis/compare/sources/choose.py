"""Which articles a comparison of sources looks at."""

from __future__ import annotations

import pandas as pd

from analysis.compare.shares import NO_OUTLET
from analysis.errors import UnknownNameError
from analysis.tables import Tables


def choose_articles(
    tables: Tables, by: str = "outlet", within: str | None = None, *, off_topic: bool = False
) -> pd.DataFrame:
    """Choose the articles that are compared, with the source of each.

    Where topic packs apply, articles off their topic stay out unless asked for. A source that is not stated
    is a source of its own.

    Args:
        tables: The extracted tables.
        by: The column of the table ``articles`` that tells sources apart.
        within: A column of ``articles`` whose values are strata.
        off_topic: Whether articles count that no topic pack takes for its own.

    Returns:
        Rows of the table ``articles``, by ``article_id``, in which ``by`` is never null.

    Raises:
        UnknownNameError: There is no such column.
    """
    articles = tables.articles
    for column in filter(None, (by, within)):
        if column not in articles:
            raise UnknownNameError.among("column", column, articles.columns, where="articles")
    if not off_topic and articles["on_topic"].notna().any():
        articles = articles[articles["on_topic"].fillna(False).astype(bool)]
    articles = articles.assign(**{by: articles[by].astype("object").fillna(NO_OUTLET)})
    return articles.sort_values("article_id").reset_index(drop=True)


def check_sources(articles: pd.DataFrame, by: str, *sources: str | None) -> None:
    """Check that articles of each named source were chosen.

    Raises:
        UnknownNameError: There is no such source.
    """
    known = articles[by].unique()
    for source in filter(None, sources):
        if source not in known:
            raise UnknownNameError.among(by, source, map(str, known))
