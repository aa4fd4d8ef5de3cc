"""Which sentences of an article travel with a page that may not hold it whole: those that are evidence."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import Any

import pandas as pd

from analysis.views.excerpts import MOST_OF_ARTICLE

#: The tables whose rows are claims: a sentence that one of them stands in is evidence.
CLAIMS = ("quotes", "reported", "figures", "events", "frames", "terms")

Span = tuple[int, int]


def choose_sentences(tables: Any, sentences: pd.DataFrame) -> pd.Series:
    """Choose the sentences that a reader of a page may have.

    These are sentences that a quotation, reported speech, a figure, an event, a frame or a term stands in. Of
    no article are they more than half, by number and by length: those with most such rows come first, then
    those that stand first.

    Args:
        tables: The extracted tables.
        sentences: Rows of ``tables.sentences``, with their offsets.

    Returns:
        Whether each row is chosen. Shape: one value a sentence, on its index.
    """
    claims = _collect_claims(tables)
    lengths = dict(zip(tables.articles["article_id"], tables.articles["text"].str.len(), strict=True))
    chosen: set[Any] = set()
    for article, rows in sentences.sort_values("start", kind="stable").groupby("article_id", sort=False):
        spans = [(int(start), int(end)) for start, end in zip(rows["start"], rows["end"], strict=True)]
        kept = _choose(spans, _count_claims(spans, claims.get(article, [])), lengths.get(article) or 0)
        chosen.update(rows.index[at] for at in kept)
    return pd.Series([each in chosen for each in sentences.index], sentences.index, dtype=bool)


def say_travelling(chosen: int, every: int) -> str:
    """Say how many sentences travel with a page."""
    return (
        f"{chosen:,} of {every:,} sentences travel with this page: those that something extracted rests on, "
        "at most half of an article, or one sentence."
    )


def _collect_claims(tables: Any) -> dict[str, list[Span]]:
    """Where the claims of each article stand in its text."""
    claims: dict[str, list[Span]] = {}
    for name in CLAIMS:
        rows = getattr(tables, name).dropna(subset=["start", "end"])
        if "field" in rows:
            rows = rows[rows["field"].fillna("text") == "text"]
        for article, start, end in zip(rows["article_id"], rows["start"], rows["end"], strict=True):
            claims.setdefault(article, []).append((int(start), int(end)))
    return claims


def _count_claims(spans: list[Span], claims: list[Span]) -> Counter[int]:
    """How many claims stand in each sentence, of those that have one; a long quotation stands in several."""
    starts, found = [start for start, _ in spans], Counter[int]()
    for start, end in claims:
        at = max(0, bisect_right(starts, start) - 1)
        while at < len(spans) and spans[at][0] < end:
            found[at] += spans[at][1] > start
            at += 1
    return +found


def _choose(spans: list[Span], claims: Counter[int], length: int) -> list[int]:
    most, room = max(1, int(len(spans) * MOST_OF_ARTICLE)), length * MOST_OF_ARTICLE
    kept: list[int] = []
    for at in sorted(claims, key=lambda at: (-claims[at], at)):
        size = spans[at][1] - spans[at][0]
        # One sentence is never too much, however short its article.
        if len(kept) < most and (not kept or size <= room):
            kept.append(at)
            room -= size
    return kept
