"""The sentences that travel with a comparison of sources: a few a feature, and never a whole article."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.tables import Tables
from analysis.views.encoding import count_units
from analysis.views.excerpts import MOST_OF_ARTICLE, cut_excerpt

MOST_CHARACTERS = 600  # of one sentence


class Sentence(NamedTuple):
    """Where a feature stands: a sentence of an article, and the places of the feature in the article."""

    article: str
    left: int
    right: int
    marks: tuple[tuple[int, int], ...]


class _Slot(NamedTuple):
    """One feature on one side: its sentences by article, in the order of turns, and the rows sent."""

    feature: tuple[str, str]
    wanted: dict[str, list[Sentence]]
    sent: list[int]


class SentencePage:
    """Gathers the sentences behind features, and chooses which of them are sent.

    Args:
        tables: The extracted tables.
        order: The place of each article in the order of publication.
        most: How many sentences a feature and side are sent at most.
    """

    def __init__(self, tables: Tables, order: dict[str, int], most: int) -> None:
        self._texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
        self._spans = _find_spans(tables.sentences)
        self._order, self._most = order, most
        self._slots: list[_Slot] = []

    def add(self, feature: tuple[str, str], places: Sequence[tuple[str, int, int]]) -> tuple[list[int], int]:
        """Take up the places of a feature on one side.

        Args:
            feature: Its unit and name.
            places: Article, start and end of each use.

        Returns:
            The numbers of its rows, empty until :meth:`data` has chosen them; how many sentences it is in.
        """
        marks: dict[tuple[str, int, int], list[tuple[int, int]]] = {}
        for article, start, end in places:
            marks.setdefault((article, *self._find(article, start, end)), []).append((start, end))
        found = [Sentence(*place, tuple(sorted(each))) for place, each in marks.items()]
        found.sort(key=lambda each: (self._order[each.article], each.left))
        slot = _Slot(feature, self._take_turns(found), [])
        self._slots.append(slot)
        return slot.sent, len(found)

    def data(self, code: Callable[[str], int]) -> dict[str, list[Any]]:
        """Choose what is sent and write it: the same words in the same sentence are one row.

        Args:
            code: Gives the number of an article.
        """
        texts: dict[str, int] = {}
        rows: dict[tuple[tuple[str, str], str, int], int] = {}
        written: list[tuple[int, int, list[list[int]], int]] = []
        for slot, chosen in zip(self._slots, self._choose(), strict=True):
            for each in sorted(chosen, key=lambda each: (self._order[each.article], each.left)):
                key = (slot.feature, each.article, each.left)
                if key not in rows:
                    rows[key] = len(written)
                    text, marks, cut = _cut(self._texts[each.article], each)
                    written.append((code(each.article), texts.setdefault(text, len(texts)), marks, cut))
                slot.sent.append(rows[key])
        names = ("article", "sentence", "marks", "cut")
        columns: list[list[Any]] = [[row[at] for row in written] for at in range(len(names))]
        return {"sentences": list(texts), **dict(zip(names, columns, strict=True))}

    def _choose(self) -> list[list[Sentence]]:
        """Features take turns, so that each has a sentence before any has two."""
        sent: dict[str, set[int]] = {}
        chosen: list[list[Sentence]] = [[] for _ in self._slots]
        for _ in range(self._most):
            for slot, own in zip(self._slots, chosen, strict=True):
                best = self._find_next(slot, own, sent)
                if best is not None:
                    own.append(best)
                    sent.setdefault(best.article, set()).add(best.left)
        return chosen

    def _find_next(
        self, slot: _Slot, own: Sequence[Sentence], sent: Mapping[str, set[int]]
    ) -> Sentence | None:
        """The next sentence of a feature: of the article with fewest so far, one that is sent anyway."""
        said = Counter(each.article for each in own)
        for article in sorted(slot.wanted, key=lambda article: said[article]):
            gone = sent.get(article, set())
            full = len(gone) >= max(1, int(len(self._spans.get(article, ())) * MOST_OF_ARTICLE))
            left = [each for each in slot.wanted[article] if each not in own]
            allowed = [each for each in left if each.left in gone or not full]
            if allowed:
                return min(allowed, key=lambda each: each.left not in gone)
        return None

    def _take_turns(self, sentences: Sequence[Sentence]) -> dict[str, list[Sentence]]:
        """Articles in the order of their turns: evenly spread ones first, then others in their stead."""
        own: dict[str, list[Sentence]] = {}
        for each in sentences:
            own.setdefault(each.article, []).append(each)
        articles = list(own)
        turns = [articles[at] for most in (self._most, 2 * self._most) for at in spread(len(own), most)]
        return {article: own[article] for article in turns}

    def _find(self, article: str, start: int, end: int) -> tuple[int, int]:
        spans = self._spans.get(article, [])
        at = bisect_right(spans, (start, float("inf"))) - 1
        # A use outside of every sentence is still shown: as itself.
        if at < 0 or start >= spans[at][1]:
            return start, end
        return spans[at][0], max(spans[at][1], end)


def spread(size: int, most: int) -> list[int]:
    """At most so many places of a list, evenly spread over it, both ends among them."""
    if size <= most:
        return list(range(size))
    return [round(place) for place in np.linspace(0, size - 1, most)]


def _cut(text: str, sentence: Sentence) -> tuple[str, list[list[int]], int]:
    """A sentence, its marks as browsers count them, and how many characters a long one lost."""
    inside = [(start - sentence.left, end - sentence.left) for start, end in sentence.marks]
    shown, marks, cut = cut_excerpt(text[sentence.left : sentence.right], inside, MOST_CHARACTERS)
    return shown, [[count_units(shown, offset) for offset in mark] for mark in marks], cut


def _find_spans(sentences: pd.DataFrame) -> dict[str, list[tuple[int, int]]]:
    rows = sentences.dropna(subset=["start", "end"])
    spans: dict[str, list[tuple[int, int]]] = {}
    for article, start, end in zip(rows["article_id"], rows["start"], rows["end"], strict=True):
        spans.setdefault(article, []).append((int(start), int(end)))
    return {article: sorted(found) for article, found in spans.items()}
