"""Which words are chosen: terms for people and process, and metaphors, by outlet and voice.

Where :func:`~analysis.compare.framing.frame_shares` asks how much of the text has a frame, this asks, of all
the times that somebody chose a term, how often it was this one.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.compare.framing import SHARE_TYPES
from analysis.compare.framing_intervals import cluster_intervals
from analysis.compare.framing_units import (
    EVERYTHING,
    GROUPINGS,
    QUOTED_BY,
    VOICES_OF,
    check_choice,
    name_voices,
    select_metaphors,
)
from analysis.compare.shares import NO_OUTLET
from analysis.tables import Tables

USES = ("person", "modifier", "process")


def term_shares(tables: Tables, *, by: str | None = "voice", use: str | None = "person") -> pd.DataFrame:
    """How often each group of terms was chosen, of all terms of that use in the same voice or outlet.

    Args:
        tables: The extracted tables.
        by: As for :func:`~analysis.compare.framing.frame_shares`.
        use: ``person``, ``modifier`` or ``process``; None for all three. A term that names people and one
            that names the process are no alternatives to each other, so they are not shared out together.

    Returns:
        One row a group of terms and a group: the group, term_group, matches, of (all matches of the use in
        the group), share (0 to 1), low and high (95 %, by how much the share varies between articles; null
        below four articles with such a term, and for none or all), articles (with it), of_articles (with
        any).

    Raises:
        UnknownNameError: There is no such grouping or use.
    """
    check_choice("use", use, (None, *USES))
    terms = tables.terms
    return share_matches(tables, terms if use is None else terms[(terms["use"] == use).fillna(False)],
                         "term_group", by)  # fmt: skip


def metaphor_shares(tables: Tables, *, by: str | None = "voice") -> pd.DataFrame:
    """How often each metaphor was chosen, of all metaphors in the same voice or outlet.

    Args:
        tables: The extracted tables.
        by: As for :func:`~analysis.compare.framing.frame_shares`.

    Returns:
        Columns as :func:`term_shares` gives, with frame (the metaphor) for term_group.

    Raises:
        UnknownNameError: There is no such grouping.
    """
    return share_matches(tables, select_metaphors(tables), "frame", by)


def share_matches(tables: Tables, rows: pd.DataFrame, label: str, by: str | None) -> pd.DataFrame:
    """Share matches out among the values of a column, within each group; one across two voices is in both.

    Args:
        tables: The extracted tables.
        rows: Rows of ``terms`` or ``frames``.
        label: The column counted.
        by: As for :func:`~analysis.compare.framing.frame_shares`.
    """
    check_choice("grouping", by, (None, *GROUPINGS))
    grouped = _group_matches(tables, rows.sort_values(["article_id", "start"], kind="stable"), by)
    totals = rows[label].value_counts()
    labels = sorted(totals.index, key=lambda name: (-totals[name], name))
    sizes = grouped["group"].value_counts()
    unknown = {NO_OUTLET, *QUOTED_BY.values()}
    groups = sorted(sizes.index, key=lambda name: (name in unknown, -sizes[name], name))
    counted = {group: _count(grouped[grouped["group"] == group], label, labels) for group in groups}
    made = [(group, *counted[group][at]) for at in range(len(labels)) for group in groups]
    columns = [by or "group", label, "matches", "of", "share", "low", "high", "articles", "of_articles"]
    data = pd.DataFrame(made, columns=columns).astype(SHARE_TYPES)
    return data if by else data.drop(columns="group")


def _group_matches(tables: Tables, rows: pd.DataFrame, by: str | None) -> pd.DataFrame:
    if by is None:
        return rows.assign(group=EVERYTHING)
    if by == "outlet":
        outlet = tables.articles.set_index("article_id")["outlet"].fillna(NO_OUTLET)
        return rows.assign(group=rows["article_id"].map(outlet).astype("object"))
    if by == "voice":
        voices = rows["voice"].astype("object").map(VOICES_OF)
        return rows.assign(group=voices)[voices.notna()].explode("group")
    quoted = rows[rows["voice"].isin(["quotation", "mixed"])]
    return quoted.assign(group=name_voices(tables, quoted, by))


def _count(rows: pd.DataFrame, label: str, labels: list[str]) -> list[tuple]:
    articles = sorted(rows["article_id"].unique())
    found = np.zeros((len(articles), len(labels)), dtype=np.int64)
    places = pd.Index(articles).get_indexer(rows["article_id"])
    np.add.at(found, (places, pd.Index(labels).get_indexer(rows[label])), 1)
    ends = cluster_intervals(found, found.sum(axis=1))
    n = len(rows)
    return [
        (name, int(k), n, round(int(k) / n, 4), *([round(end, 4) for end in ends[at] or ()] or [None, None]),
         int((found[:, at] > 0).sum()), len(articles))
        for at, (name, k) in enumerate(zip(labels, found.sum(axis=0), strict=True))
    ]  # fmt: skip
