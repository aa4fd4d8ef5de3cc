"""Passages that articles share word for word, and groups of versions of one text.

Texts are compared by five-word shingles (Broder 1997, "On the resemblance and containment of documents").
Containment is the share of the shorter article's distinct shingles that the other article has too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

SHINGLE = 5
MIN_WORDS = 10
VERSION_CONTAINMENT = 0.8

# A shingle in more articles than this is a stock phrase, and comparing all its pairs would cost their square.
_STOCK = 50


@dataclass(frozen=True)
class SharedPassage:
    """A passage of at least :data:`MIN_WORDS` words that stands in two articles; offsets in their texts."""

    article_a: str
    start_a: int
    end_a: int
    article_b: str
    start_b: int
    end_b: int
    words: int
    containment: float


@dataclass(frozen=True)
class _Words:
    """An article's words, folded, with the span of each."""

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    def shingles(self) -> dict[tuple[str, ...], list[int]]:
        found: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for n in range(len(self.words) - SHINGLE + 1):
            found[self.words[n : n + SHINGLE]].append(n)
        return found


def find_shared_passages(texts: Mapping[str, str]) -> list[SharedPassage]:
    """Find what articles share word for word; case, punctuation and marks do not count.

    Args:
        texts: Article id to text.

    Returns:
        Passages in the order of the articles given, then of the first article's text.
    """
    read = {article: _read_words(text) for article, text in texts.items()}
    shingles = {article: words.shingles() for article, words in read.items()}
    passages: list[SharedPassage] = []
    for a, b in _candidates(shingles):
        common = shingles[a].keys() & shingles[b].keys()
        containment = len(common) / min(len(shingles[a]), len(shingles[b]))
        for at_a, at_b, words in _runs(read[a].words, read[b].words, shingles[a], shingles[b], common):
            (start_a, _), (_, end_a) = read[a].spans[at_a], read[a].spans[at_a + words - 1]
            (start_b, _), (_, end_b) = read[b].spans[at_b], read[b].spans[at_b + words - 1]
            passages.append(SharedPassage(a, start_a, end_a, b, start_b, end_b, words, round(containment, 4)))
    return passages


def group_versions(passages: list[SharedPassage]) -> dict[str, str]:
    """Article id to the id of its version group: articles that largely contain one another.

    The group carries the id of its first article. Articles without another version are left out.
    """
    leader: dict[str, str] = {}

    def find(article: str) -> str:
        while leader.setdefault(article, article) != article:
            article = leader[article]
        return article

    for passage in passages:
        if passage.containment >= VERSION_CONTAINMENT:
            first, second = find(passage.article_a), find(passage.article_b)
            leader[second] = first
    return {article: find(article) for article in leader}


def _read_words(text: str) -> _Words:
    matches = list(re.finditer(r"\w+", text))
    return _Words(tuple(m.group().casefold() for m in matches), tuple(m.span() for m in matches))


def _candidates(shingles: Mapping[str, Mapping[tuple[str, ...], list[int]]]) -> list[tuple[str, str]]:
    """Pairs of articles with a shingle in common, in the order of the articles."""
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    order = {article: n for n, article in enumerate(shingles)}
    for article, own in shingles.items():
        for shingle in own:
            holders[shingle].append(article)
    pairs = {
        (a, b)
        for articles in holders.values()
        if 1 < len(articles) <= _STOCK
        for n, a in enumerate(articles)
        for b in articles[n + 1 :]
    }
    return sorted(pairs, key=lambda pair: (order[pair[0]], order[pair[1]]))


def _runs(
    words_a: tuple[str, ...],
    words_b: tuple[str, ...],
    shingles_a: Mapping[tuple[str, ...], list[int]],
    shingles_b: Mapping[tuple[str, ...], list[int]],
    common: set[tuple[str, ...]],
) -> Iterator[tuple[int, int, int]]:
    """Longest runs of equal words: their first word in either article, and how many words."""
    done_until = 0
    for at_a in sorted(position for shingle in common for position in shingles_a[shingle]):
        if at_a < done_until:
            continue
        best, best_b = 0, 0
        for at_b in shingles_b[words_a[at_a : at_a + SHINGLE]]:
            length = SHINGLE
            while (
                words_a[at_a + length : at_a + length + 1] == words_b[at_b + length : at_b + length + 1] != ()
            ):
                length += 1
            if length > best:
                best, best_b = length, at_b
        if best >= MIN_WORDS:
            yield at_a, best_b, best
            done_until = at_a + best
