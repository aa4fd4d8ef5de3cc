"""Passages that articles share with changes: words replaced, dropped or put in, pieces cut, text put between.

Runs of four words that few articles have are the seeds; each is extended over edits, as far as what is alike
tells more than the edits cost. A passage counts by what its words tell, not by their number: see
:mod:`analysis.reuse.surprise`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from analysis.errors import UnknownNameError
from analysis.reuse.alignment import Alignment, Article, align_around
from analysis.reuse.runs import MIN_WORDS, Numbers, Places
from analysis.reuse.seeds import MIN_BITS, Seed, find_seeds
from analysis.reuse.surprise import Bits, measure_surprise
from analysis.reuse.words import make_reader

# Equal words, doubled, in all words of both sides of a piece.
MIN_SIMILARITY = 0.5

_PIECE_BITS = 25.0
# Two pieces are one passage where one article has so few words between them, and the other so many at most.
_NEAR, _FAR = 6, 60
# What nothing but stock phrases leads to is kept where the shorter article has so much of it.
_COPY = 0.5


@dataclass(frozen=True)
class Change:
    """A part of a passage: the same in both articles, replaced, or in one only; offsets in their texts."""

    kind: Literal["same", "replaced", "only_a", "only_b"]
    start_a: int
    end_a: int
    start_b: int
    end_b: int

    def turned(self) -> Change:
        """The same with the second article first."""
        kind = {"only_a": "only_b", "only_b": "only_a"}.get(self.kind, self.kind)
        return Change(kind, self.start_b, self.end_b, self.start_a, self.end_a)


@dataclass(frozen=True)
class EditedPassage:
    """A passage that two articles share, with what is changed in it; offsets in their texts.

    Attributes:
        words: How many words are equal, case, punctuation and marks aside.
        similarity: These in both articles, of all words of both sides: 1 where nothing is changed.
        changes: Parts that tile the passage on both sides, in order; the first and the last are the same.
            What stands between two words goes with the first of them.
    """

    article_a: str
    start_a: int
    end_a: int
    article_b: str
    start_b: int
    end_b: int
    words: int
    similarity: float
    changes: tuple[Change, ...]

    def turned(self) -> EditedPassage:
        """The same with the second article first."""
        return EditedPassage(
            self.article_b, self.start_b, self.end_b,
            self.article_a, self.start_a, self.end_a,
            self.words, self.similarity, tuple(change.turned() for change in self.changes),
        )  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Corpus:
    """The words of all texts, ordered by the texts themselves, so that the order given changes nothing."""

    names: Sequence[str]
    bounds: Places
    numbers: Numbers
    starts: Places
    ends: Places
    bits: Bits

    def article(self, number: int) -> Article:
        """An article's words, read for single steps."""
        own = slice(self.bounds[number], self.bounds[number + 1])
        return Article.of(self.numbers[own], self.bits[own])


def find_edited_passages(
    texts: Mapping[str, str], pairs: Iterable[tuple[str, str]] | None = None
) -> list[EditedPassage]:
    """Find what articles share, also where words were replaced, dropped or put in.

    A passage has :data:`MIN_WORDS` equal words or more, and what they tell less what the edits cost is
    :data:`MIN_BITS` bits or more: names, titles and phrases that other articles have too tell little. Two
    pieces are one passage where one article has a sentence or two between them that the other has not.

    Stock phrases are left out as :func:`analysis.reuse.find_shared_passages` leaves them out: runs that stand
    in more than :data:`STOCK` articles make a passage only where half of the shorter article is alike.

    Args:
        texts: Article id to text. All of them say how common words and phrases are.
        pairs: Ids of the articles to compare; all with one another unless given.

    Returns:
        Passages in the order of the articles given, then of the first article's text. In one pair no word
        of either article stands in two passages. The order of the articles changes nothing else.

    Raises:
        UnknownNameError: A pair names an article that is not among the texts.
    """
    corpus = _read_corpus(texts)
    words = corpus.numbers, corpus.bounds, corpus.bits
    seeds = find_seeds(*words, None if pairs is None else _number_pairs(corpus, pairs))
    order = {name: n for n, name in enumerate(texts)}
    read = lru_cache(maxsize=4096)(corpus.article)
    passages = []
    for (low, high), runs in seeds:
        for found in _align_pair(read(low), read(high), runs):
            passage = _make_passage(corpus, low, high, found)
            in_order = order[passage.article_a] < order[passage.article_b]
            passages.append(passage if in_order else passage.turned())
    return sorted(passages, key=lambda p: (order[p.article_a], order[p.article_b], p.start_a))


def _read_corpus(texts: Mapping[str, str]) -> _Corpus:
    names = sorted(texts, key=texts.__getitem__)
    words, bounds = make_reader().read_all([texts[name] for name in names])
    bits = measure_surprise(words.numbers, bounds)
    return _Corpus(names, bounds, words.numbers, words.starts, words.ends, bits)


def _number_pairs(corpus: _Corpus, pairs: Iterable[tuple[str, str]]) -> Places:
    """The pairs as numbers of articles, the lesser first, each once, none of an article and itself."""
    number = {name: n for n, name in enumerate(corpus.names)}
    found = set()
    for pair in pairs:
        for name in pair:
            if name not in number:
                raise UnknownNameError.among("article", name, number)
        found.add(tuple(sorted(number[name] for name in pair)))
    return np.array(sorted((a, b) for a, b in found if a != b), dtype=np.int64).reshape(-1, 2)


def _align_pair(a: Article, b: Article, seeds: Sequence[Seed]) -> list[Alignment]:
    """The passages of two articles."""
    used_a, used_b = np.zeros(len(a.words), dtype=bool), np.zeros(len(b.words), dtype=bool)
    pieces: list[Alignment] = []
    for first, second, words, _ in seeds:
        if used_a[first : first + words].all() or used_b[second : second + words].all():
            continue
        found = align_around(a, b, (first, second, words))
        for piece in found.select(~(used_a[found.first] | used_b[found.second])):
            if piece.score >= _PIECE_BITS:
                used_a[piece.first[0] : piece.first[-1] + 1] = True
                used_b[piece.second[0] : piece.second[-1] + 1] = True
                pieces.append(piece)
    passages = [one for one in _join_pieces(pieces, used_a, used_b) if _is_passage(one)]
    rare = {first for first, _, _, is_rare in seeds if is_rare}
    if sum(len(one.first) for one in passages) < _COPY * min(len(a.words), len(b.words)):
        passages = [one for one in passages if not rare.isdisjoint(one.first.tolist())]
    return passages


def _join_pieces(
    pieces: Sequence[Alignment], used_a: NDArray[np.bool_], used_b: NDArray[np.bool_]
) -> list[Alignment]:
    """Join pieces that follow one another in both articles, with text put between them in one."""
    joined: list[Alignment] = []
    for piece in sorted(pieces, key=lambda piece: int(piece.first[0])):
        if joined:
            last = joined[-1]
            gap_a = slice(last.first[-1] + 1, piece.first[0])
            gap_b = slice(last.second[-1] + 1, piece.second[0])
            apart = sorted((gap_a.stop - gap_a.start, gap_b.stop - gap_b.start))
            both = last.joined(piece)
            if (
                0 <= apart[0] <= _NEAR
                and apart[1] <= _FAR
                and not used_a[gap_a].any()
                and not used_b[gap_b].any()
                and both.similarity >= MIN_SIMILARITY
            ):
                joined[-1] = both
                continue
        joined.append(piece)
    return joined


def _is_passage(found: Alignment) -> bool:
    return len(found.first) >= MIN_WORDS and found.score >= MIN_BITS and found.similarity >= MIN_SIMILARITY


def _make_passage(corpus: _Corpus, a: int, b: int, found: Alignment) -> EditedPassage:
    first, second = found.first + corpus.bounds[a], found.second + corpus.bounds[b]
    changes = tuple(_list_changes(corpus, first, second))
    return EditedPassage(
        corpus.names[a], changes[0].start_a, changes[-1].end_a,
        corpus.names[b], changes[0].start_b, changes[-1].end_b,
        len(first), round(found.similarity, 4), changes,
    )  # fmt: skip


def _list_changes(corpus: _Corpus, first: Places, second: Places) -> Iterator[Change]:
    """Changes between equal words of the corpus; each goes on to the next one's first word."""
    begins = []
    breaks = np.flatnonzero((np.diff(first) != 1) | (np.diff(second) != 1)) + 1
    for start in [0, *breaks.tolist()]:
        if start:
            at = int(first[start - 1]) + 1, int(second[start - 1]) + 1
            only_b, only_a = at[0] == first[start], at[1] == second[start]
            begins.append(("only_b" if only_b else "only_a" if only_a else "replaced", *at))
        begins.append(("same", int(first[start]), int(second[start])))
    offsets = [(kind, int(corpus.starts[n]), int(corpus.starts[m])) for kind, n, m in begins]
    offsets.append(("same", int(corpus.ends[first[-1]]), int(corpus.ends[second[-1]])))
    for (kind, start_a, start_b), (_, end_a, end_b) in pairwise(offsets):
        yield Change(kind, start_a, end_a, start_b, end_b)
