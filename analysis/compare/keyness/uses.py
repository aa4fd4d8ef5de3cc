"""Where the features of a comparison stand in the texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.compare.keyness.counting import IN_TEXT, make_finder, select_rows
from analysis.compare.keyness.result import Keyness
from analysis.tables import Tables

_TYPES = {
    "article_id": "string", "source": "string", "feature": "string", "start": "Int64", "end": "Int64",
    "text": "string",
}  # fmt: skip


def find_uses(
    tables: Tables,
    keyness: Keyness,
    features: str | Sequence[str],
    *,
    article_ids: Iterable[str] | None = None,
) -> pd.DataFrame:
    """Find every place where features of a comparison stand: as many as the comparison counted.

    Args:
        tables: The tables that were compared.
        keyness: The comparison.
        features: One or several of its table.
        article_ids: In which of the articles compared; in all of them where None.

    Returns:
        One row a use, feature after feature in the order asked, then as they stand: article_id, source,
        feature, start, end (in the article's text) and text, exactly ``text[start:end]`` of the article. A
        quotation is one use of its speaker, where its first passage stands.

    Raises:
        UnknownNameError: A feature was not counted.
    """
    chosen = keyness.find_places(features)
    names = {keyness.counts.features[place]: rank for rank, place in enumerate(chosen)}
    having = np.asarray((keyness.counts.matrix[:, chosen] > 0).sum(axis=1)).ravel() > 0
    if article_ids is not None:
        having &= keyness.articles["article_id"].isin(list(article_ids)).to_numpy(bool)
    sources = dict(keyness.articles[having].itertuples(index=False, name=None))
    texts = dict(zip(tables.articles["article_id"], tables.articles["text"].fillna(""), strict=True))
    rows = [
        (article_id, sources[article_id], feature, start, end, texts[article_id][start:end])
        for article_id, feature, start, end in _iter_places(tables, keyness, sources, texts)
        if feature in names
    ]
    uses = pd.DataFrame(rows, columns=list(_TYPES)).astype(_TYPES)
    rank = uses["feature"].map(names)
    return uses.assign(rank=rank).sort_values(["rank", "article_id", "start", "end"], kind="stable",
                                              ignore_index=True).drop(columns="rank")  # fmt: skip


def _iter_places(
    tables: Tables, keyness: Keyness, article_ids: Iterable[str], texts: Mapping[str, str]
) -> Iterator[tuple[str, str, int, int]]:
    if keyness.unit in IN_TEXT:
        find = make_finder(keyness.unit, keyness.counts.features)
        for article_id in article_ids:
            for use in find(texts[article_id]):
                yield article_id, use.feature, use.start, use.end
        return
    rows = select_rows(tables, keyness.unit, keyness.codebook)
    rows = rows[rows["article_id"].isin(list(article_ids))]
    yield from rows.astype({"start": int, "end": int}).itertuples(index=False, name=None)
