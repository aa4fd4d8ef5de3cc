"""Comparisons of sources as the browser reads them: columns, with each article and sentence stored once.

What was not tested has no key for log-odds, interval or q at all, so that no view can show one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.compare import NO_OUTLET
from analysis.compare.keyness import LEVEL, UNITS, Keyness, find_uses
from analysis.compare.keyness.counting import OPEN
from analysis.tables import Tables, known_rows
from analysis.views.chart import count_noun
from analysis.views.keyness_sentences import SentencePage, spread
from analysis.views.theme import describe_dates

#: Dots a side; of more articles so many are drawn, spread evenly over their order by rate.
MOST_DOTS = 100


def choose_features(keyness: Keyness, top: int) -> pd.DataFrame:
    """The rows of a comparison that are listed, at most ``top`` a side, most distinctive first.

    Where it was tested, those are the rows with the least p-values. Where nothing was, they are what stands
    in most articles of the one and in fewest of the other.
    """
    table = keyness.table[keyness.table["more"].notna()]
    # A list that a codebook bounds is so short that what cannot be tested is worth a row, too.
    is_open = keyness.unit in OPEN
    if not keyness.tested:
        first, second = (
            table[f"articles_{side}"] / table[f"of_{side}"].clip(lower=1) for side in ("first", "second")
        )
        ahead = (first - second) * np.where(table["more"] == keyness.first, 1, -1)
        apart = (table["rate_first"] - table["rate_second"]).abs()
        ranked = table.assign(_ahead=ahead, _apart=apart).sort_values(
            ["_ahead", "_apart", "feature"], ascending=[False, False, True]
        )
        ranked = ranked[ranked["_ahead"] > 0] if is_open else ranked
        return ranked.groupby("more", sort=False).head(top).drop(columns=["_ahead", "_apart"])
    tested = table[table["q"].notna()].groupby("more", sort=False).head(top)
    if is_open:
        return tested
    rest = table[table["q"].isna()]
    return pd.concat([tested, rest.head(max(0, 2 * top - len(tested)))])


class KeynessPage:
    """What is sent to the browser, gathered comparison by comparison.

    Args:
        tables: The extracted tables.
        articles: The articles that are compared, in which no source is null.
        top: How many features a side are listed.
        sentences: How many sentences a feature and side are sent at most.
    """

    def __init__(self, tables: Tables, articles: pd.DataFrame, *, top: int, sentences: int) -> None:
        self.tables, self.top = tables, top
        ordered = articles.sort_values(["published_earliest", "article_id"], na_position="last")
        self._about = {row["article_id"]: row for row in known_rows(ordered)}
        order = {article: at for at, article in enumerate(self._about)}
        self._sentences = SentencePage(tables, order, sentences)
        self._articles: dict[str, int] = {}
        self.comparisons: list[dict[str, Any]] = []

    def data(self) -> dict[str, Any]:
        """The comparisons, and what they share: articles, sentences, and where their words are marked."""
        sentences = self._sentences.data(self._code)
        articles = [_describe(self._about[article]) for article in self._articles]
        return {"comparisons": self.comparisons, "articles": articles, "dimensions": [], **sentences}

    def add(self, name: str, keyness: Keyness, *, rest: bool) -> None:
        """Take up a comparison.

        Args:
            name: What it is called.
            keyness: What was found.
            rest: Whether it is one of a source with all others.
        """
        listed = choose_features(keyness, self.top)
        features, names = list(listed["feature"]), (keyness.first, keyness.second)
        columns = {
            "feature": features,
            "more": [names.index(more) for more in listed["more"]],
            "count": _sides(listed, "count"),
            "articles": _sides(listed, "articles"),
            "rate": [[_round(rate) for rate in side] for side in _sides(listed, "rate")],
            **self._encode_dots(keyness, features),
            **self._encode_sentences(keyness, features),
        }
        if keyness.tested:
            for column in ("log_odds", "low", "high", "q"):
                columns[column] = [_round(value) for value in listed[column]]
        source = keyness.articles["source"]
        self.comparisons.append({
            "unit": keyness.unit, "name": name, "rest": rest, "first": keyness.first,
            "second": keyness.second, "says": keyness.says, "tested": keyness.tested,
            "of": [int((source == side).sum()) for side in names], "result": say_result(keyness, listed),
            **columns,
        })  # fmt: skip

    def _encode_dots(self, keyness: Keyness, features: Sequence[str]) -> dict[str, list[Any]]:
        """Of each feature the articles that are dots with their counts, a side, by rate; and their words."""
        dots = keyness.dots(features)
        shape = (len(features), len(keyness.articles))
        counts, rates = (
            dots[name].to_numpy(float, na_value=0.0).reshape(shape) for name in ("count", "rate")
        )
        ids = keyness.articles["article_id"].to_numpy(object)
        first = (keyness.articles["source"] == keyness.first).to_numpy(bool)
        sides = [np.flatnonzero(mask) for mask in (first, ~first)]
        drawn: set[int] = set()
        made = []
        for count, rate in zip(counts, rates, strict=True):
            made.append([])
            for side in sides:
                ranked = side[np.lexsort((ids[side], rate[side]))]
                places = ranked[spread(len(ranked), MOST_DOTS)]
                drawn.update(places.tolist())
                made[-1] += [[self._code(ids[at]) for at in places], count[places].astype(int).tolist()]
        words = [[self._code(ids[at]), int(keyness.counts.words[at])] for at in sorted(drawn)]
        return {"dots": made, "words": words}

    def _encode_sentences(self, keyness: Keyness, features: Sequence[str]) -> dict[str, list[Any]]:
        """Of each feature its rows, a side, and how many sentences there are."""
        uses = find_uses(self.tables, keyness, features)
        columns = (uses[name].tolist() for name in ("feature", "source", "article_id", "start", "end"))
        places: dict[tuple[str, str], list[tuple[str, int, int]]] = {}
        for feature, source, article, start, end in zip(*columns, strict=True):
            places.setdefault((feature, source), []).append((article, start, end))
        added = [
            [
                self._sentences.add((keyness.unit, feature), places.get((feature, source), []))
                for source in (keyness.first, keyness.second)
            ]
            for feature in features
        ]
        return {
            "rows": [[rows for rows, _ in sides] for sides in added],
            "told": [[told for _, told in sides] for sides in added],
        }

    def _code(self, article: str) -> int:
        return self._articles.setdefault(article, len(self._articles))


def _describe(row: Mapping[str, Any]) -> dict[str, str]:
    earliest = row["published_earliest"]
    return {
        "id": row["article_id"],
        "outlet": row["outlet"] or NO_OUTLET,
        "headline": row["headline"] or "",
        "published": describe_dates(earliest, row["published_latest"])
        if earliest
        else "publication date not stated",
    }


def say_result(keyness: Keyness, listed: pd.DataFrame) -> str:
    """What came of a comparison, and what is listed, in one or two sentences."""
    unit, units, found = keyness.unit, UNITS[keyness.unit], len(keyness.table)
    if not found:
        return f"No {unit} was found in these articles: there is nothing to compare."
    if not keyness.tested:
        if listed.empty:
            return f"No {unit} stands in a larger share of the articles of one than of the other."
        return (
            f"Listed are {len(listed):,} of {count_noun(found, unit, units)}: those in most articles of one "
            "and fewest of the other. Nothing is tested: chance alone makes such a list."
        )
    differ = len(keyness.distinctive)
    if not differ:
        return (
            f"No {unit} differs: none of {count_noun(keyness.tested, unit, units)} tested is used more than "
            "chance explains (that is a result). Listed are those that come closest."
        )
    left = differ - int((listed["q"] <= LEVEL).sum())
    said = f"{count_noun(differ, unit, units)} {'differs' if differ == 1 else 'differ'}"
    return f"{said}; the {left} least distinctive of them are not listed." if left else f"{said}, all listed."


def _round(value: float) -> float | None:
    return None if pd.isna(value) else float(f"{value:.4g}")


def _sides(table: pd.DataFrame, name: str) -> list[list[Any]]:
    return [table[f"{name}_{side}"].tolist() for side in ("first", "second")]
