"""How many of an outlet's articles have something: k of n, with an interval where n allows one."""

from __future__ import annotations

import pandas as pd

from analysis.compare.intervals import wilson_interval
from analysis.compare.said import select_quotations
from analysis.compare.small import can_test
from analysis.errors import UnknownNameError
from analysis.tables import Tables

NO_OUTLET = "Outlet not stated"


def count_by_outlet(tables: Tables, table: str, column: str) -> pd.DataFrame:
    """Count, for every outlet, in how many of its articles each value of a column is found.

    An article counts once, however often the value is found in its headline and text. Quotations in
    headlines are left out: the text gives them again.

    Args:
        tables: The extracted tables.
        table: Name of the table to count in.
        column: Its column; rows without a value do not count.

    Returns:
        One row a value and outlet: the value, outlet, articles (k), of (n), share (0 to 1), low and high:
        the 95 % interval of Wilson (1927, "Probable inference, the law of succession, and statistical
        inference") over articles, null below four articles. Most widespread values first.

    Raises:
        UnknownNameError: There is no such table or column.
    """
    rows = getattr(tables, table, None)
    if not isinstance(rows, pd.DataFrame):
        raise UnknownNameError.among("table", table, [name for name, _ in tables.items()])
    if column not in rows:
        raise UnknownNameError.among("column", column, rows.columns, where=table)
    if table == "quotes":
        rows = rows[rows["field"] == "text"]
    return count_rows_by_outlet(rows, column, tables.articles)


def count_rows_by_outlet(rows: pd.DataFrame, column: str, articles: pd.DataFrame) -> pd.DataFrame:
    """Count as :func:`count_by_outlet` does, for some rows of a table.

    Args:
        rows: Rows with ``article_id`` and the column.
        column: The column whose values are counted.
        articles: The articles that were looked at.
    """
    outlet = articles.set_index("article_id")["outlet"].fillna(NO_OUTLET)
    sizes = outlet.value_counts()
    found = rows[["article_id", column]].dropna().drop_duplicates()
    found = found.assign(outlet=found["article_id"].map(outlet))
    counts = found.groupby([column, "outlet"]).size()
    values = found[column].value_counts()
    order = sorted(values.index, key=lambda value: (-values[value], value))
    outlets = sorted(sizes.items(), key=lambda item: (-item[1], item[0]))
    cells = [
        (value, name, int(counts.get((value, name), 0)), int(n)) for value in order for name, n in outlets
    ]
    made = [(value, name, k, n, *_share(k, n)) for value, name, k, n in cells]
    columns = [column, "outlet", "articles", "of", "share", "low", "high"]
    types = {"share": "Float64", "low": "Float64", "high": "Float64"}
    return pd.DataFrame(made, columns=columns).astype(types)


def describe_outlets(tables: Tables) -> pd.DataFrame:
    """What the corpus holds of each outlet.

    Returns:
        One row an outlet, most articles first: articles, on topic (null where no topic pack was used), words,
        quotations (direct and mixed, headlines left out), speakers (distinct, resolved), words in quotation
        (share of all words, 0 to 1).
    """
    outlet = tables.articles.set_index("article_id")["outlet"].fillna(NO_OUTLET)
    quotes = select_quotations(tables)
    quotes = quotes.assign(
        outlet=quotes["article_id"].map(outlet), words=quotes["text"].str.split().str.len()
    )
    rows = []
    for name, articles in tables.articles.groupby(tables.articles["outlet"].fillna(NO_OUTLET)):
        own = quotes[quotes["outlet"] == name]
        words = int(articles["words"].sum())
        rows.append(
            {
                "outlet": name,
                "articles": len(articles),
                "on topic": articles["on_topic"].astype("boolean").sum(min_count=1),
                "words": words,
                "quotations": own["quote_id"].nunique(),
                "speakers": own["speaker"].nunique(),
                "words in quotation": round(float(own["words"].sum()) / words, 3) if words else None,
            }
        )
    made = pd.DataFrame(rows, columns=list(rows[0]) if rows else ["outlet", "articles"])
    made = made.astype({"on topic": "Int64"} if rows else {})
    return made.sort_values(["articles", "outlet"], ascending=[False, True]).reset_index(drop=True)


def _share(k: int, n: int) -> tuple[float, float | None, float | None]:
    """k/n with Wilson's 95 % interval; no interval below four articles."""
    share = k / n
    if not can_test(n):
        return round(share, 4), None, None
    low, high = wilson_interval(k, n)
    return round(share, 4), round(low, 4), round(high, 4)
