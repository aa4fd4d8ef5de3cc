"""A comparison of sources -> evidence: the sentences in which distinctive words stand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.compare.keyness import Keyness, find_uses
from analysis.tables import Tables
from analysis.views.evidence import make_evidence

# Features and sentences that travel with a page where no others are asked for.
FEATURES = 30
MOST = 20


def keyness_evidence(
    tables: Tables,
    keyness: Keyness,
    features: str | Sequence[str] | None = None,
    *,
    most: int = MOST,
) -> pd.DataFrame:
    """One row a use of a word (or lemma, phrase, frame, ...) that was compared, dated by its article.

    Args:
        tables: The tables that were compared.
        keyness: The comparison.
        features: Of its table; where None the distinctive ones, or the first of the table where none is, and
            :data:`FEATURES` of them at most.
        most: How many uses of a feature in a source at most. Where there are more, they are of articles as
            far apart as can be in the order of publication, and the first use in each comes first.

    Returns:
        Evidence with the dimensions ``feature`` and ``source``, then ``field``, ``start`` and ``end``.
        ``attrs["left_out"]`` is how many uses are not in it.

    Raises:
        UnknownNameError: A feature was not counted.
    """
    if features is None:
        rows = keyness.table if keyness.distinctive.empty else keyness.distinctive
        features = list(rows["feature"].head(FEATURES))
    chosen = _choose_articles(tables, keyness.dots(features), most)
    uses = find_uses(tables, keyness, features, article_ids=chosen["article_id"].unique())
    pairs = pd.MultiIndex.from_frame(chosen[["feature", "article_id"]])
    uses = uses[pd.MultiIndex.from_frame(uses[["feature", "article_id"]]).isin(pairs)]
    uses = uses.assign(turn=uses.groupby(["feature", "article_id"]).cumcount())
    uses = uses.sort_values("turn", kind="stable").groupby(["feature", "source"], sort=False).head(most)
    uses = uses.sort_index().assign(field=pd.Series("text", uses.index, "string"))
    evidence = make_evidence(tables, uses, ("feature", "source"))
    evidence.attrs["articles"] = len(keyness.articles)
    counted = keyness.counts.matrix[:, keyness.find_places(features)].sum()
    evidence.attrs["left_out"] = int(counted) - len(evidence)
    return evidence


def _choose_articles(tables: Tables, dots: pd.DataFrame, most: int) -> pd.DataFrame:
    """Of each feature and source, so many articles that have it, spread over the order of publication."""
    published = tables.articles.set_index("article_id")["published_earliest"]
    dots = dots[dots["count"] > 0].assign(published=dots["article_id"].map(published))
    dots = dots.sort_values(["published", "article_id"], na_position="last", kind="stable")
    kept = [
        group.iloc[np.unique(np.linspace(0, len(group) - 1, min(most, len(group))).round().astype(int))]
        for _, group in dots.groupby(["feature", "source"], sort=False)
    ]
    return pd.concat(kept) if kept else dots
