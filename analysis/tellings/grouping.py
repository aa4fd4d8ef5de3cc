"""Which rows of the table ``events`` tell of one and the same happening.

Two tellings are of one event where the instrument and the kind of action are the same, the words of their
clauses agree, and so do their dates. The less the dates say, the more the words must say: a day or a week in
common asks for a little, a year in common, no date at all or days that differ ask for much. A telling is
held against the first telling of an event, never against the last one that joined, so that no chain of
half-alike sentences runs through a month. In doubt two tellings stay two events.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as day
from itertools import chain, islice
from math import fsum, log
from typing import Any

from analysis.tellings.words import GENERAL, NUMBER, WORD, find_kind, is_content, kind_of_stem, stem

# An interval of so many days says when; tellings of one event may differ by as many.
WEEK = 7
# How far apart articles may appear, in days, and still tell the same undated event.
FORTNIGHT = 14
# Events are looked up by stretches of so many days; who speaks of more stretches than this says no date.
_STRETCH = 30
_MOST_STRETCHES = 14
# Rare words by which an event is looked up; how many of its kind a telling meets at most under its words,
# and against how many of them, those met most often, it is held.
_LOOKED_UP = 8
_MOST_MET = 300
_MOST_COMPARED = 24

# What the words of two clauses must share, by how their dates agree: weight (a word that no other article
# uses weighs 1) and share of the lighter clause's weight. The first pair is for clauses that are the same but
# for a few words: asked where nothing dates them, where there is no instrument, where names or denial differ.
_ALIKE = (3.5, 0.75)
_ASKED = {
    "day or week": (1.4, 0.4), "month": (2.0, 0.4), "longer": (2.0, 0.4), "days apart": (2.4, 0.5),
    "undated": (2.0, 0.55), "unknown": _ALIKE,
}  # fmt: skip
# A deed is done once: a deal signed, a bill passed. One instrument hardly sees two on one day, so that few
# words in common are enough.
_ASKED_OF_DEEDS = {
    "day or week": (1.0, 0.15), "month": (1.0, 0.3), "longer": (1.5, 0.4), "days apart": (1.4, 0.8),
    "undated": _ASKED["undated"], "unknown": _ALIKE,
}  # fmt: skip
_DEEDS = frozenset("agree pass scrap ruling resign".split())
_SHARED_ACTOR = 0.5
# What a word of :data:`GENERAL` weighs at most.
_GENERAL_WEIGHT = 0.4


@dataclass(frozen=True)
class _Telling:
    """A row of ``events`` as it is compared; days are ordinals, None where unknown."""

    row: int
    article: str
    key: str
    instrument: str | None
    kind: str
    denied: bool
    words: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    actors: frozenset[str]
    dated: tuple[int, int] | None
    published: tuple[int, int] | None

    @property
    def when(self) -> tuple[int, int] | None:
        """When it happened; for an undated telling, when the article appeared."""
        return self.dated or self.published


def group_tellings(
    events: Sequence[Mapping[str, Any]], articles: Iterable[Mapping[str, Any]] = ()
) -> list[str]:
    """Give each telling the id of its event.

    The result does not depend on the order of the rows. The id is made from the place of the event's first
    telling: the one with the narrowest date, the text before the headline, the earliest article.

    Args:
        events: Rows of the table ``events``.
        articles: Rows of the table ``articles``: an undated telling is held only against what was told
            within a fortnight of its own publication, or in the same article.

    Returns:
        One event id a row, in the order of the rows.
    """
    published = {row["article_id"]: _interval(row, "published") for row in articles}
    tellings = [_read(number, row, published.get(row["article_id"])) for number, row in enumerate(events)]
    weights = _weigh(tellings)
    known = _Known(weights)
    ids = [""] * len(tellings)
    for telling in sorted(tellings, key=_precedence):
        head = known.find(telling)
        if head is None:
            known.add(telling)
        first = head or telling
        ids[telling.row] = "event-" + hashlib.sha256(first.key.encode()).hexdigest()[:10]
    return ids


def _precedence(telling: _Telling) -> tuple[Any, ...]:
    width = telling.dated[1] - telling.dated[0] if telling.dated else 10**6
    return width, ":headline:" in telling.key, telling.when or (10**7, 0), telling.article, telling.key


def _read(number: int, row: Mapping[str, Any], published: tuple[int, int] | None) -> _Telling:
    what = row["what"] or row["trigger"] or ""
    if row["date_text"]:
        what = what.replace(row["date_text"], " ")
    words = WORD.findall(what)
    inside = words[1:]
    # Where nearly every word has a capital, as in some headlines, a capital names nobody.
    titled = sum(word[0].isupper() for word in inside) > len(inside) / 2
    kind = find_kind(row["trigger"] or "", words)
    named = {stem(word) for word in WORD.findall(row["instrument"] or "")}
    kept = frozenset(stem(word) for word in words if is_content(word)) - named - {stem(row["trigger"] or "")}
    return _Telling(
        row=number,
        article=row["article_id"],
        key=f"{row['article_id']}:{row['field']}:{row['start']}:{row['trigger_start']}",
        instrument=row["instrument"],
        kind=kind,
        denied=bool(row["negated"]),
        words=frozenset(word for word in kept if kind_of_stem(word) != kind),
        names=frozenset(
            stem(word) for word in inside if word[0].isupper() and not titled and is_content(word)
        ) - named,
        numbers=frozenset(number.replace(",", "") for number in NUMBER.findall(what)),
        actors=frozenset(row["actors"] or ()),
        dated=_interval(row, "date"),
        published=published,
    )  # fmt: skip


def _interval(row: Mapping[str, Any], name: str) -> tuple[int, int] | None:
    earliest, latest = row[f"{name}_earliest"], row[f"{name}_latest"]
    if not (isinstance(earliest, str) and isinstance(latest, str)):
        return None
    return day.fromisoformat(earliest).toordinal(), day.fromisoformat(latest).toordinal()


def _weigh(tellings: Sequence[_Telling]) -> dict[str, float]:
    """Weigh each word between 0 and 1: 1 where one article alone uses it, little where nearly all do."""
    used = Counter(word for _, word in {(t.article, word) for t in tellings for word in t.words})
    # Counted as if ten more articles were there: a word that all of three articles use may be what they tell.
    articles = len({telling.article for telling in tellings}) + 10
    weights = {word: log(articles / (count + 1)) / log(articles / 2) for word, count in used.items()}
    return {
        word: min(weight, _GENERAL_WEIGHT) if word in GENERAL else weight for word, weight in weights.items()
    }


class _Known:
    """The first telling of each event so far, looked up by kind, time and rare words."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights
        self._heads: list[_Telling] = []
        self._places: dict[tuple[Any, ...], list[int]] = defaultdict(list)

    def add(self, telling: _Telling) -> None:
        """Let a telling stand for an event of its own."""
        for bucket in (telling.article, *_stretches(telling, 0)):
            for word in self._rarest(telling.words)[:_LOOKED_UP]:
                self._places[telling.kind, bucket, word].append(len(self._heads))
        self._heads.append(telling)

    def find(self, telling: _Telling) -> _Telling | None:
        """The first telling of the event that a telling is of; None where that is none so far."""
        places = (
            self._places.get((telling.kind, bucket, word), ())
            for word in self._rarest(telling.words)
            for bucket in (telling.article, *_stretches(telling, FORTNIGHT))
        )
        met = Counter(islice(chain.from_iterable(places), _MOST_MET))
        return self._best(telling, [self._heads[number] for number, _ in met.most_common(_MOST_COMPARED)])

    def _best(self, telling: _Telling, heads: Iterable[_Telling]) -> _Telling | None:
        scored = [(self._share_if_same(head, telling), head) for head in heads]
        return min(((-share, head.key, head) for share, head in scored if share), default=(None,))[-1]

    def _rarest(self, words: Iterable[str]) -> list[str]:
        return sorted(words, key=lambda word: (-self._weights[word], word))

    def _weigh(self, words: Iterable[str]) -> float:
        # An exact sum, whatever the order in which a set gives its words.
        return fsum(map(self._weights.__getitem__, words))

    def _share_if_same(self, a: _Telling, b: _Telling) -> float:
        """How much of the lighter clause the other has too, 0 to 1; 0 where they are of two events."""
        if a.instrument and b.instrument and a.instrument != b.instrument:
            return 0.0
        agreement = _compare_dates(a, b)
        if agreement is None or (a.numbers and b.numbers and not a.numbers & b.numbers):
            return 0.0
        asked = [_ASKED[agreement], *([_ASKED_OF_DEEDS[agreement]] if a.kind in _DEEDS else [])]
        strange = a.names - b.words and b.names - a.words
        if a.instrument is None or b.instrument is None or a.denied != b.denied or strange:
            asked = [_ALIKE]
        common = self._weigh(a.words & b.words)
        if not common:
            return 0.0
        share = common / min(self._weigh(a.words), self._weigh(b.words))
        weight = common + _SHARED_ACTOR * bool(a.actors & b.actors)
        return share if any(weight >= least and share >= part for least, part in asked) else 0.0


def _stretches(telling: _Telling, margin: int) -> list[int | str]:
    """The stretches of time in which a telling is looked for."""
    if telling.when is None:
        return ["unknown"]
    first, last = (telling.when[0] - margin) // _STRETCH, (telling.when[1] + margin) // _STRETCH
    return list(range(first, last + 1)) if last - first < _MOST_STRETCHES else ["long"]


def _compare_dates(a: _Telling, b: _Telling) -> str | None:
    """How the dates of two tellings agree: a key of the table of what is asked; None where they cannot."""
    if a.dated and b.dated:
        gap = max(a.dated[0], b.dated[0]) - min(a.dated[1], b.dated[1])
        if gap > 0:
            return "days apart" if gap <= WEEK else None
        width = max(last - first for first, last in (a.dated, b.dated))
        return "day or week" if width < WEEK else "month" if width <= _STRETCH else "longer"
    if a.article == b.article:
        return "undated"
    if a.when is None or b.when is None:
        return "unknown" if a.when == b.when else None
    if max(a.when[0], b.when[0]) - min(a.when[1], b.when[1]) > FORTNIGHT:
        return None
    vague = any(last - first > _STRETCH for first, last in (a.when, b.when))
    return "unknown" if vague else "undated"
