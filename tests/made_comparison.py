"""Made-up corpora for the tests of comparisons: articles by outlet, and what was found in them."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
from made_tables import make_tables

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from made_sources import PLANTED, make_texts

__all__ = ["GAZETTE", "HERALD", "PLANTED", "POST", "find_words", "make_corpus", "make_texts"]

HERALD, POST, GAZETTE = "Example Herald", "Example Post", "Example Gazette"
_EMPTY = ("sentences", "frames", "terms", "quotes", "figures", "events")


def make_corpus(
    texts: Mapping[str | None, Sequence[str]],
    reuse: Sequence[dict] = (),
    rows: Mapping[str, list[dict]] | None = None,
    **columns: Sequence,
):
    """Tables of articles by outlet, ``a#0000`` the first, and no rows but the ones given.

    Args:
        texts: Texts of each outlet.
        reuse: Rows of ``reuse``: article_a, article_b, containment.
        rows: Rows of other tables, by the table's name.
        columns: Columns of ``articles``, a value for each article.
    """
    outlets = [(outlet, text) for outlet, own in texts.items() for text in own]
    articles = [
        {"article_id": f"a#{n:04}", "outlet": outlet, "text": text}
        | {name: values[n] for name, values in columns.items()}
        for n, (outlet, text) in enumerate(outlets)
    ]
    found = {name: [] for name in _EMPTY} | dict(rows or {})
    tables = make_tables(articles=articles, **found)
    tables.reuse = pd.DataFrame(list(reuse), columns=["article_a", "article_b", "containment"])
    return tables


def find_words(article_id: str, text: str, words: str) -> dict[str, object]:
    """Where words first stand in the text of an article, as a row of a table has it."""
    start = text.index(words)
    return {
        "article_id": article_id,
        "field": "text",
        "start": start,
        "end": start + len(words),
        "text": words,
    }
