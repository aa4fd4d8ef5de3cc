"""Pages and articles that a researcher leaves out: which, and every row of theirs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import pandas as pd

from analysis.corrections.columns import EXCLUDE, read_cells
from analysis.corrections.ledger import Ledger
from analysis.corrections.reading import Correction
from analysis.errors import TextMismatchError
from analysis.tables import Tables

_IDS = ("article_id", "article_a", "article_b")


def find_excluded(
    tables: Tables, corrections: Sequence[Correction], ledger: Ledger
) -> tuple[set[str], set[str]]:
    """The pages that are left out, and the articles: those of the pages, and those named.

    Args:
        tables: The tables as extracted.
        corrections: All corrections; of two of one page, the later stands.
        ledger: Is told what is left out and what cannot be.
    """
    latest: dict[tuple[str, str], Correction] = {}
    for item in sorted((c for c in corrections if c.column == EXCLUDE), key=lambda c: c.order):
        key = item.table, item.article_id
        if key in latest:
            ledger.override(latest[key], item)
        latest[key] = item
    pages_of = dict(zip(tables.articles["article_id"], tables.articles["page"], strict=True))
    known = {"pages": {*tables.pages["page"], *pages_of.values()}, "articles": set(pages_of)}
    chosen: dict[str, set[str]] = {"pages": set(), "articles": set()}
    for (table, name), item in latest.items():
        if name not in known[table]:
            ledger.fail(item, _unknown(table, name))
        elif read_cells(table, EXCLUDE, item.value)[EXCLUDE]:
            chosen[table].add(name)
            what = f"page '{name}' and its articles are" if table == "pages" else f"article '{name}' is"
            ledger.note(item, f"The {what} left out of every table, as {item.who or 'a correction'} says.")
    within = {article_id for article_id, page in pages_of.items() if page in chosen["pages"]}
    return chosen["pages"], chosen["articles"] | within


def leave_out(tables: Tables, pages: Collection[str], articles: Collection[str]) -> Tables:
    """The tables without some pages and articles.

    A segment of an article that is left out stays where its page stays, since segments tile their page; it
    belongs to no article then.
    """
    kept: dict[str, pd.DataFrame] = {}
    for name, frame in tables.items():
        keep = pd.Series(True, index=frame.index)
        for column in _IDS:
            if column in frame and name != "segments":
                keep &= ~frame[column].isin(articles)
        if "page" in frame:
            keep &= ~frame["page"].isin(pages)
        kept[name] = frame[keep.astype(bool)].reset_index(drop=True)
    dropped = kept["segments"]["article_id"].isin(articles)
    kept["segments"].loc[dropped, ["article_id", "article_start", "article_end"]] = pd.NA
    groups = kept["articles"]["version_group"]
    # One version alone is no version of anything.
    kept["articles"]["version_group"] = groups.where(groups.duplicated(keep=False))
    return replace(tables, **kept)


def recount_actors(tables: Tables) -> Tables:
    """The tables with each actor's mentions counted anew; an actor whom nobody mentions is none."""
    counts = tables.mentions["actor_id"].value_counts()
    actors = tables.actors.copy()
    actors["mentions"] = actors["actor_id"].map(counts).astype("Int64").fillna(0)
    used = set(tables.quotes["actor_id"].dropna()) | set(tables.reported["actor_id"].dropna())
    actors = actors[(actors["mentions"] > 0) | actors["actor_id"].isin(used)]
    ordered = actors.sort_values(["mentions", "actor_id"], ascending=[False, True])
    return replace(tables, actors=ordered.reset_index(drop=True))


def _unknown(table: str, name: str) -> TextMismatchError:
    kind = table.removesuffix("s")
    return TextMismatchError(
        f"There is no {kind} '{name}'.",
        allowed=f"The name of a {kind}, as the table {table} has it.",
        todo="If it was renamed, rename it here too; else take the line out.",
    )
