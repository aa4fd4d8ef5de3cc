"""Strata: what articles may be exchanged within, so that sources are compared like with like."""

from __future__ import annotations

import pandas as pd

from analysis.compare.sources.stories import find_stories
from analysis.errors import UnknownNameError
from analysis.tables import Tables

#: Strata that are found; every column of the table ``articles`` is one besides.
STORY, MONTH = "story", "month"
STRATA = (STORY, MONTH)


def find_strata(tables: Tables, articles: pd.DataFrame, within: str | None) -> pd.Series | None:
    """Find the stratum of each article.

    Args:
        tables: The extracted tables.
        articles: Rows of the table ``articles``.
        within: One of :data:`STRATA`, or a column of the table ``articles``; None for no strata.

    Returns:
        As long as ``articles``, null where an article has no stratum: it is exchanged with none. None where
        there are no strata. "story": the story that an article tells with others, see
        :func:`~analysis.compare.sources.stories.find_stories`. "month": the month of publication, where the
        earliest and the latest day lie in one.

    Raises:
        UnknownNameError: There is no such column.
    """
    if within is None:
        return None
    if within == STORY:
        told = find_stories(tables).drop_duplicates("article_id").set_index("article_id")["story"]
        return articles["article_id"].map(told).astype("object")
    if within == MONTH:
        return _find_months(articles)
    if within not in articles:
        raise UnknownNameError.among("strata", within, [*STRATA, *articles.columns])
    return articles[within].astype("object")


def _find_months(articles: pd.DataFrame) -> pd.Series:
    first, last = (articles[f"published_{end}"].str[:7] for end in ("earliest", "latest"))
    return first.where((first == last).fillna(False)).astype("object")
