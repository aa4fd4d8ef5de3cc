"""Which articles have what: frames, terms, voices, actors, figures and instruments as labels of articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.compare.framing_units import (
    KIND_OF_VOICE,
    QUOTED_BY,
    is_topical,
    name_voices,
    select_frames,
    select_metaphors,
    select_readable,
)
from analysis.compare.said import select_quotations
from analysis.compare.sources.choose import check_sources, choose_articles
from analysis.errors import UnknownNameError
from analysis.tables import Tables

if TYPE_CHECKING:
    from scipy.sparse import csr_array

#: The share of an article's words that stands in quotation, which is no label, and how it is called.
QUOTATION = "quotation"
# What a topic pack finds, with the table and column of its labels.
_TOPICAL = {
    "term": ("terms", "term_group"),
    "figure": ("figures", "codebook_measure"),
    "instrument": ("events", "instrument"),
}
QUOTED_WORDS = "words in quotation"
#: What articles may be compared by, with how several are called.
COMPARED = {
    "frame": "frames",
    "term": "groups of terms",
    "metaphor": "metaphors",
    "party": "parties",
    "speaker": "speakers",
    KIND_OF_VOICE: "kinds of voice",
    "actor": "actors",
    "figure": "measures",
    "instrument": "instruments",
    QUOTATION: "shares of words in quotation",
}


@dataclass(frozen=True)
class ArticleLabels:
    """The articles that are compared, and which of them has what.

    Attributes:
        articles: Rows of the table ``articles``, by ``article_id``.
        names: The labels, in order of their names.
        values: 1 where an article has a label; for "quotation" the share of its words in quotation. Shape
            (articles, labels).
        left_out: How many articles are left out as off-topic.
        unnamed: How many quotations have no voice of the kind that is asked for, and how many there are.
    """

    articles: pd.DataFrame
    names: tuple[str, ...]
    values: csr_array
    left_out: int
    unnamed: tuple[int, int] | None = None


def find_labels(
    tables: Tables,
    what: str,
    *,
    codebook: str = "policy_frames",
    by: str = "outlet",
    sources: Sequence[str] | None = None,
    off_topic: bool = False,
) -> ArticleLabels:
    """Find which articles have what.

    Looked at are articles in English, for nothing is extracted from others; and what a topic pack finds
    (terms, metaphors, figures, instruments, its own codebooks) is looked for in the articles on its topic
    alone, whatever ``off_topic`` says.

    Args:
        tables: The extracted tables.
        what: One of :data:`COMPARED`.
        codebook: Whose frames.
        by: The column of the table ``articles`` that tells sources apart.
        sources: Articles of these alone, where they are two or more.
        off_topic: Whether articles count that no topic pack takes for its own.

    Raises:
        UnknownNameError: There is no such thing to compare by, codebook, source or column.
    """
    if what not in COMPARED:
        raise UnknownNameError.among("thing to compare articles by", what, COMPARED)
    topical = what in _TOPICAL or what == "metaphor" or (what == "frame" and is_topical(tables, codebook))
    chosen, every = (
        _choose(tables, by, sources or (), off_topic=asked) for asked in (off_topic and not topical, True)
    )
    left_out = len(every) - len(chosen)
    if what == QUOTATION:
        chosen = chosen[(chosen["words"] > 0).fillna(False)].reset_index(drop=True)
        return ArticleLabels(chosen, (QUOTED_WORDS,), _measure_quotation(tables, chosen), left_out)
    rows, column = _find_rows(tables, what, codebook)
    rows = rows[rows["article_id"].isin(chosen["article_id"])].dropna(subset=[column])
    unnamed = None
    if what in QUOTED_BY:
        rows = rows.assign(_known=rows[column] != QUOTED_BY[what])
        quotations = rows.groupby(["article_id", "quote_id"], dropna=False)["_known"].any()
        unnamed, rows = (int((~quotations).sum()), len(quotations)), rows[rows["_known"]]
    pairs = rows[["article_id", column]].drop_duplicates()
    names = tuple(sorted(pairs[column].unique()))
    return ArticleLabels(chosen, names, _spread(chosen, pairs, column, names), left_out, unnamed)


def _choose(tables: Tables, by: str, sources: Sequence[str], *, off_topic: bool) -> pd.DataFrame:
    articles = choose_articles(tables, by, off_topic=off_topic)
    check_sources(articles, by, *sources)
    if len(set(sources)) > 1:
        articles = articles[articles[by].isin(list(sources))]
    readable = articles["article_id"].isin(select_readable(tables)["article_id"])
    return articles[readable].reset_index(drop=True)


def _find_rows(tables: Tables, what: str, codebook: str) -> tuple[pd.DataFrame, str]:
    """The rows that give articles their labels, and the column that has these."""
    if what == "frame":
        return select_frames(tables, codebook), "frame"
    if what == "metaphor":
        return select_metaphors(tables), "frame"
    if what in QUOTED_BY:
        quotations = select_quotations(tables)
        return quotations.assign(voice_name=name_voices(tables, quotations, what)), "voice_name"
    if what == "actor":
        names = tables.actors.drop_duplicates("actor_id").set_index("actor_id")["name"]
        return tables.mentions.assign(name=tables.mentions["actor_id"].map(names)), "name"
    table, column = _TOPICAL[what]
    return getattr(tables, table), column


def _spread(articles: pd.DataFrame, pairs: pd.DataFrame, column: str, names: tuple[str, ...]) -> csr_array:
    from scipy import sparse

    rows = pd.Index(articles["article_id"]).get_indexer(pairs["article_id"])
    columns = pd.Index(names, dtype="object").get_indexer(pairs[column])
    return sparse.coo_array((np.ones(len(pairs)), (rows, columns)), shape=(len(articles), len(names))).tocsr()


def _measure_quotation(tables: Tables, articles: pd.DataFrame) -> csr_array:
    """The share of each article's words that stands in quotation."""
    from scipy import sparse

    quotes = select_quotations(tables)
    words = quotes["text"].str.split().str.len().groupby(quotes["article_id"]).sum()
    quoted = words.reindex(articles["article_id"]).fillna(0).to_numpy(float)
    share = np.minimum(quoted / articles["words"].to_numpy(float), 1)
    return sparse.csr_array(share[:, None])
