"""Comparisons of sources as the browser reads them: columns, with each article and sentence stored once.

What was not tested has no key for log-odds, interval or q at all, so that no view can show one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.compare import NO_OUTLET
from analysis.compare.keyness import LEVEL, UNITS, Keyness, find_uses
from analysis.compare.keyness.counting import OPEN
from analysis.tables import Tables
from analysis.views.chart import count_noun
from analysis.views.encoding import count_units
from analysis.views.theme import describe_dates

#: Dots a side; of more articles so many are drawn, spread evenly over their order by rate.
MOST_DOTS = 100
MOST_CHARACTERS = 600  # of one sentence


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


class _Sentence(NamedTuple):
    article: str
    left: int
    right: int
    marks: tuple[tuple[int, int], ...]


class KeynessPage:
    """What is sent to the browser, gathered comparison by comparison.

    Args:
        tables: The extracted tables.
        articles: The articles that are compared, in which no source is null.
        top: How many features a side are listed.
        sentences: How many sentences a feature and side are sent at most.
    """

    def __init__(self, tables: Tables, articles: pd.DataFrame, *, top: int, sentences: int) -> None:
        self.tables, self.top, self.sentences = tables, top, sentences
        self._about = articles.set_index("article_id", drop=False)
        ordered = articles.sort_values(["published_earliest", "article_id"], na_position="last")
        self._order = {article: at for at, article in enumerate(ordered["article_id"])}
        self._spans = _find_spans(tables.sentences)
        self._articles: dict[str, int] = {}
        self._texts: dict[str, int] = {}
        self._rows: dict[tuple[str, str, str, int], tuple[int, int, list[list[int]], int]] = {}
        self._places: dict[tuple[str, str, str, int], int] = {}

    def data(self) -> dict[str, Any]:
        """What all comparisons share: the articles, the sentences and where their words are marked."""
        columns = list(zip(*self._rows.values(), strict=True)) or [(), (), (), ()]
        return {
            "articles": [self._describe(article) for article in self._articles],
            "sentences": list(self._texts),
            **dict(zip(("article", "sentence", "marks", "cut"), map(list, columns), strict=True)),
            "dimensions": [],
        }

    def encode(self, unit: str, found: Mapping[str, tuple[Keyness, bool]]) -> list[dict[str, Any]]:
        """Write the comparisons of one unit.

        Args:
            unit: What was compared.
            found: The name of each comparison, what was found, and whether it is with all other sources.
        """
        listed = {name: choose_features(keyness, self.top) for name, (keyness, _) in found.items()}
        told = self._find_sentences(unit, found, listed)
        return [
            {"unit": unit, "name": name, "rest": rest, **self._encode_one(keyness, listed[name], told[name])}
            for name, (keyness, rest) in found.items()
        ]

    def _encode_one(
        self, keyness: Keyness, listed: pd.DataFrame, told: Mapping[str, tuple[list[list[int]], list[int]]]
    ) -> dict[str, Any]:
        names, features = (keyness.first, keyness.second), list(listed["feature"])
        rows = {
            "feature": features,
            "more": [names.index(more) for more in listed["more"]],
            "count": _sides(listed, "count"),
            "articles": _sides(listed, "articles"),
            "rate": [[_round(rate) for rate in side] for side in _sides(listed, "rate")],
            "dots": self._encode_dots(keyness, features),
            "rows": [told[feature][0] for feature in features],
            "told": [told[feature][1] for feature in features],
        }
        if keyness.tested:
            for name in ("log_odds", "low", "high", "q"):
                rows[name] = [_round(value) for value in listed[name]]
        first = keyness.table.iloc[0] if len(keyness.table) else {"of_first": 0, "of_second": 0}
        return {
            "first": keyness.first, "second": keyness.second, "says": keyness.says, "tested": keyness.tested,
            "of": [int(first["of_first"]), int(first["of_second"])],
            "result": say_result(keyness, listed), "words": self._encode_words(keyness), **rows,
        }  # fmt: skip

    def _encode_dots(self, keyness: Keyness, features: Sequence[str]) -> list[list[list[int]]]:
        """Of each feature the articles that are dots and their counts, first side and second, by rate."""
        made = []
        dots = keyness.dots(features).sort_values(["rate", "article_id"])
        own = dict(list(dots.groupby(["feature", "source"])))
        for feature in features:
            sides: list[list[int]] = []
            for source in (keyness.first, keyness.second):
                rows = own.get((feature, source), dots.iloc[:0])
                rows = rows.iloc[_spread(len(rows), MOST_DOTS)]
                sides += [
                    [self._code(article) for article in rows["article_id"]],
                    list(map(int, rows["count"])),
                ]
            made.append(sides)
        return made

    def _encode_words(self, keyness: Keyness) -> list[list[int]]:
        """Articles and how many words each has, by which rates are counted."""
        known = [
            (self._articles[article], int(words))
            for article, words in zip(keyness.articles["article_id"], keyness.counts.words, strict=True)
            if article in self._articles
        ]
        return [[code for code, _ in known], [words for _, words in known]]

    def _find_sentences(
        self, unit: str, found: Mapping[str, tuple[Keyness, bool]], listed: Mapping[str, pd.DataFrame]
    ) -> dict[str, dict[str, tuple[list[list[int]], list[int]]]]:
        """Of each comparison and feature the rows that are sent, a side, and how many sentences there are."""
        told = {}
        for name, (keyness, _) in found.items():
            features = list(listed[name]["feature"])
            uses = find_uses(self.tables, keyness, features)
            own = dict(list(uses.groupby(["feature", "source"])))
            told[name] = {}
            for feature in features:
                sides = [
                    self._gather(own.get((feature, source), uses.iloc[:0]))
                    for source in (keyness.first, keyness.second)
                ]
                sent = [[self._send(unit, feature, each) for each in self._take(side)] for side in sides]
                told[name][feature] = (sent, [len(side) for side in sides])
        return told

    def _gather(self, uses: pd.DataFrame) -> list[_Sentence]:
        """The sentences that a feature stands in, in order of publication, each with all its marks."""
        marks: dict[tuple[str, int, int], list[tuple[int, int]]] = {}
        for article, start, end in zip(uses["article_id"], uses["start"], uses["end"], strict=True):
            left, right = self._find_sentence(article, int(start), int(end))
            marks.setdefault((article, left, right), []).append((int(start), int(end)))
        found = [_Sentence(*place, tuple(sorted(each))) for place, each in marks.items()]
        return sorted(found, key=lambda each: (self._order[each.article], each.left))

    def _find_sentence(self, article: str, start: int, end: int) -> tuple[int, int]:
        spans = self._spans.get(article, [])
        at = bisect_right(spans, (start, float("inf"))) - 1
        # A use outside of every sentence is still shown: as itself.
        if at < 0 or start >= spans[at][1]:
            return start, end
        return spans[at][0], max(spans[at][1], end)

    def _take(self, sentences: Sequence[_Sentence]) -> list[_Sentence]:
        """As many sentences as are sent: articles take turns, and where they are too many, spread evenly."""
        turns: dict[str, list[_Sentence]] = {}
        for each in sentences:
            turns.setdefault(each.article, []).append(each)
        queues = [list(turns.values())[at] for at in _spread(len(turns), self.sentences)]
        longest = max(map(len, queues), default=0)
        taken = [queue[turn] for turn in range(longest) for queue in queues if turn < len(queue)]
        return sorted(taken[: self.sentences], key=lambda each: (self._order[each.article], each.left))

    def _send(self, unit: str, feature: str, sentence: _Sentence) -> int:
        """The number of a row; the same sentence with the same marks is one row, whatever is compared."""
        key = (unit, feature, sentence.article, sentence.left)
        if key not in self._places:
            self._places[key] = len(self._rows)
            self._rows[key] = self._write(sentence)
        return self._places[key]

    def _write(self, sentence: _Sentence) -> tuple[int, int, list[list[int]], int]:
        """Article, text, marks as browsers count, and how many characters a long sentence lost."""
        text = self._about.at[sentence.article, "text"][sentence.left : sentence.right]
        head = sentence.marks[0][0] - sentence.left
        skip = max(0, head - MOST_CHARACTERS // 4) if len(text) > MOST_CHARACTERS else 0
        shown = text[skip : skip + MOST_CHARACTERS]
        inside = [(start - sentence.left - skip, end - sentence.left - skip) for start, end in sentence.marks]
        marks = [
            [count_units(shown, start), count_units(shown, end)] for start, end in inside if end <= len(shown)
        ]
        code = self._texts.setdefault(shown, len(self._texts))
        return self._code(sentence.article), code, marks, len(text) - len(shown)

    def _code(self, article: str) -> int:
        return self._articles.setdefault(article, len(self._articles))

    def _describe(self, article: str) -> dict[str, str]:
        row = self._about.loc[article]
        earliest, latest, headline, outlet = (
            value if isinstance(value := row[name], str) else None
            for name in ("published_earliest", "published_latest", "headline", "outlet")
        )
        when = describe_dates(earliest, latest) if earliest else "publication date not stated"
        return {"id": article, "outlet": outlet or NO_OUTLET, "headline": headline or "", "published": when}


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


def _spread(size: int, most: int) -> list[int]:
    """At most so many places of a list, evenly spread over it, both ends among them."""
    if size <= most:
        return list(range(size))
    return [round(place) for place in np.linspace(0, size - 1, most)]


def _find_spans(sentences: pd.DataFrame) -> dict[str, list[tuple[int, int]]]:
    rows = sentences.dropna(subset=["start", "end"]).sort_values(["article_id", "start"])
    spans: dict[str, list[tuple[int, int]]] = {}
    for article, start, end in zip(rows["article_id"], rows["start"], rows["end"], strict=True):
        spans.setdefault(article, []).append((int(start), int(end)))
    return spans
