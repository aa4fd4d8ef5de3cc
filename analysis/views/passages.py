"""A shared passage as the browser reads it: equal and changed words of both articles, cut to a few words."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from itertools import groupby, zip_longest
from typing import Any

import pandas as pd

SAME = "same"
GAP = "gap"
# Of a long run of words that one article has alone, so many are as near to the change as its first.
_FIRST = 8
# A segment of the passage, and a word of it in the first and in the second article; "" where it has none.
Unit = tuple[int, str, str]


def encode_passages(
    wording: pd.DataFrame, pair: Sequence[str], texts: Mapping[str, str], most_words: int
) -> list[dict[str, Any]]:
    """Write each passage that two articles share as pieces, in the order of the first article.

    Where a passage has more than ``most_words`` words, those nearest to its changes are kept; of a passage
    that is shared word for word, the first ones.

    Args:
        wording: What :func:`analysis.compare.sources.wording.shared_wording` found for the pair.
        pair: Ids of the two articles.
        texts: Article id to text.
        most_words: How many words of a passage are kept on either side.

    Returns:
        For each passage ``articles`` (the two ids), ``places`` (start and end in their texts), ``words`` (how
        many it has in each), ``changes`` (how many) and ``pieces``: lists of a kind and the words on either
        side. The kind is ``same``, ``replaced``, ``only_a``, ``only_b``, or ``gap``, whose two numbers say
        how many words are left out.
    """
    return [
        _encode_passage(rows.to_dict("records"), pair, texts, most_words)
        for _, rows in wording.groupby("passage", sort=True)
    ]


def _encode_passage(
    rows: Sequence[Mapping[str, Any]], pair: Sequence[str], texts: Mapping[str, str], most_words: int
) -> dict[str, Any]:
    sides = [_cut_words(rows, side, texts[key]) for side, key in zip("ab", pair, strict=True)]
    kinds = [row["kind"] for row in rows]
    units = [
        (segment, left, right)
        for segment, words in enumerate(zip(*sides, strict=True))
        for left, right in zip_longest(*words, fillvalue="")
    ]
    kept = _choose_units(units, kinds, most_words)
    return {
        "articles": list(pair),
        "places": [_find_place(rows, side) for side in "ab"],
        "words": [sum(map(len, words)) for words in sides],
        "changes": sum(kind != SAME for kind in kinds),
        "pieces": _join_units(units, kinds, kept),
    }


def _cut_words(rows: Sequence[Mapping[str, Any]], side: str, text: str) -> list[list[str]]:
    """The words of each segment in one article, with the marks that stand at them; none where it has none."""
    spans = [_find_span(row, side) for row in rows]
    limits, limit = [], len(text)
    for span in reversed(spans):
        limits.append(limit)
        limit = span[0] if span else limit
    words, at = [], 0
    for span, limit in zip(spans, reversed(limits), strict=True):
        start, end = span or (at, at)
        # A comma or a quotation mark belongs to the word that it stands at.
        while span and end < limit and not text[end].isspace():
            end += 1
        while span and start > at and not text[start - 1].isspace():
            start -= 1
        found = text[start:end].split()
        # An opening quotation mark belongs to the word that follows it.
        if found and end < len(text) and text[start:end].endswith(found[-1]) and not _has_letter(found[-1]):
            end -= len(found.pop())
        words.append(found)
        at = end
    return words


def _has_letter(word: str) -> bool:
    return any(character.isalnum() for character in word)


def _find_span(row: Mapping[str, Any], side: str) -> tuple[int, int] | None:
    start, end = row[f"start_{side}"], row[f"end_{side}"]
    return None if pd.isna(start) or pd.isna(end) or start >= end else (int(start), int(end))


def _find_place(rows: Sequence[Mapping[str, Any]], side: str) -> list[int]:
    spans = [span for row in rows if (span := _find_span(row, side))]
    return [spans[0][0], spans[-1][1]]


def _choose_units(units: Sequence[Unit], kinds: Sequence[str], most_words: int) -> list[bool]:
    """Which units are shown: those nearest to a change, as far as the words of either side allow."""
    changed = [n for n, (segment, *_) in enumerate(units) if kinds[segment] != SAME]
    begins: dict[int, int] = {}

    def measure(n: int) -> int:
        first = begins.setdefault(units[n][0], n)
        if kinds[units[n][0]] != SAME:
            return max(0, n - first - _FIRST)
        near = bisect(changed, n)
        return min((abs(n - k) for k in changed[max(0, near - 1) : near + 1]), default=n)

    distances = [measure(n) for n in range(len(units))]
    kept, left, right = [False] * len(units), most_words, most_words
    for n in sorted(range(len(units)), key=lambda n: (distances[n], n)):
        left, right = left - bool(units[n][1]), right - bool(units[n][2])
        if left < 0 or right < 0:
            break
        kept[n] = True
    return kept


def _join_units(units: Sequence[Unit], kinds: Sequence[str], kept: Sequence[bool]) -> list[list[Any]]:
    pieces: list[list[Any]] = []
    keys = [(kept[n], units[n][0] if kept[n] else None) for n in range(len(units))]
    for (shown, segment), numbers in groupby(range(len(units)), key=keys.__getitem__):
        members = [units[n] for n in numbers]
        sides = [[unit[side] for unit in members if unit[side]] for side in (1, 2)]
        if shown:
            pieces.append([kinds[segment], *(" ".join(words) for words in sides)])
        else:
            pieces.append([GAP, *map(len, sides)])
    return pieces
