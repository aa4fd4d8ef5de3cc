"""What counts as said: the passages that are quotation, and all that is attributed to somebody."""

from __future__ import annotations

import pandas as pd

from analysis.tables import Tables

# The kinds of quotation in which somebody speaks.
QUOTED_KINDS = ("direct", "mixed")
# Before the words of a speaker who is no actor of the corpus, where an actor's id would stand.
UNRESOLVED = "words:"


def select_quotations(tables: Tables) -> pd.DataFrame:
    """The passages that count as quotation: direct or mixed, in the text of an article.

    Returns:
        Rows of ``quotes``. Passages of one quotation share ``article_id`` and ``quote_id``.
    """
    quotes = tables.quotes
    return quotes[(quotes["field"].fillna("text") == "text") & quotes["kind"].isin(QUOTED_KINDS)]


def select_attributed(tables: Tables) -> pd.DataFrame:
    """Everything that somebody is said to have said: quoted passages and reported statements.

    Returns:
        Rows of ``quotes`` and ``reported`` with a speaker, as they stand in the articles. ``said`` is
        "quotation" or "reported speech" (then ``quote_id`` is null); ``voice`` is the actor's id, else the
        words that name the speaker after "words:".
    """
    quoted = select_quotations(tables).assign(said="quotation")
    reported = tables.reported.assign(said="reported speech")
    rows = pd.concat([quoted, reported], ignore_index=True)
    rows["voice"] = rows["actor_id"].fillna(UNRESOLVED + rows["speaker"])
    rows = rows[rows["voice"].notna()]
    return rows.sort_values(["article_id", "start"], kind="stable").reset_index(drop=True)
