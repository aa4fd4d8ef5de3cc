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
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date as day
from itertools import chain, groupby, islice
from math import fsum, log
from operator import attrgetter
from typing import Any, NamedTuple

from analysis.engine import Engine, LocalEngine
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
# Tellings that are read or grouped together; all of one kind are in any case. It changes no result.
_TOGETHER = 2_000
_COLUMNS = (
    "article_id", "field", "start", "trigger", "trigger_start", "what", "instrument", "actors", "negated",
    "date_text", "date_earliest", "date_latest",
)  # fmt: skip

_Interval = tuple[int, int] | None

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


class _Telling(NamedTuple):
    """A row of ``events`` as it is compared; days are ordinals, None where unknown."""

    row: int
    article: str
    key: str
    instrument: str | None
    kind: str
    denied: bool
    words: Collection[str]
    names: Collection[str]
    numbers: Collection[str]
    actors: Collection[str]
    dated: _Interval
    published: _Interval

    @property
    def when(self) -> _Interval:
        """When it happened; for an undated telling, when the article appeared."""
        return self.dated or self.published

    def opened(self) -> _Telling:
        """The same with sets, which are quicker to compare and much larger than tuples."""
        names = ("words", "names", "numbers", "actors")
        return self._replace(**{name: frozenset(getattr(self, name)) for name in names})


_ARTICLE, _KIND = attrgetter("article"), attrgetter("kind")


def group_tellings(
    events: Sequence[Mapping[str, Any]],
    articles: Iterable[Mapping[str, Any]] = (),
    *,
    engine: Engine | None = None,
) -> list[str]:
    """Give each telling the id of its event.

    The result does not depend on the order of the rows. The id is made from the place of the event's first
    telling: the one with the narrowest date, the text before the headline, the earliest article.

    Args:
        events: Rows of the table ``events``.
        articles: Rows of the table ``articles``: an undated telling is held only against what was told
            within a fortnight of its own publication, or in the same article.
        engine: Where rows are read, and tellings of one kind grouped; this process where None.

    Returns:
        One event id a row, in the order of the rows.
    """
    engine = engine or LocalEngine()
    published = {row["article_id"]: _interval(row, "published") for row in articles}
    tellings = [telling for read in engine.map(_read_rows, _cut_rows(events, published)) for telling in read]
    weights = _weigh(tellings)
    tellings.sort(key=_KIND)
    ids = [""] * len(tellings)
    for grouped in engine.map(_group_kinds, _cut_kinds(tellings, weights)):
        for row, event_id in grouped:
            ids[row] = event_id
    return ids


def _cut_rows(
    events: Sequence[Mapping[str, Any]], published: Mapping[str, _Interval]
) -> Iterator[list[tuple[int, dict[str, Any], _Interval]]]:
    """Rows with their numbers and with when their articles appeared, some at a time."""
    for start in range(0, len(events), _TOGETHER):
        yield [
            (start + n, {name: row[name] for name in _COLUMNS}, published.get(row["article_id"]))
            for n, row in enumerate(events[start : start + _TOGETHER])
        ]


def _read_rows(rows: Iterable[tuple[int, Mapping[str, Any], _Interval]]) -> list[_Telling]:
    return [_read(*row) for row in rows]


def _cut_kinds(
    tellings: Iterable[_Telling], weights: Mapping[str, float]
) -> Iterator[tuple[list[_Telling], dict[str, float]]]:
    """Tellings of a kind, or of several that are rare, with the weights of their words.

    Only tellings of one kind of action can be of one event.
    """
    held: list[_Telling] = []
    for _, of_kind in groupby(tellings, key=_KIND):
        held += of_kind
        if len(held) >= _TOGETHER:
            yield held, {word: weights[word] for telling in held for word in telling.words}
            held = []
    yield held, {word: weights[word] for telling in held for word in telling.words}


def _group_kinds(given: tuple[Sequence[_Telling], Mapping[str, float]]) -> list[tuple[int, str]]:
    """The event of each telling of some kinds, by its row."""
    tellings, weights = given
    ids = []
    for _, of_kind in groupby(tellings, key=_KIND):
        known = _Known(weights)
        for telling in sorted(map(_Telling.opened, of_kind), key=_precedence):
            first = known.find_or_add(telling)
            ids.append((telling.row, "event-" + hashlib.sha256(first.key.encode()).hexdigest()[:10]))
    return ids


def _precedence(telling: _Telling) -> tuple[Any, ...]:
    width = telling.dated[1] - telling.dated[0] if telling.dated else 10**6
    return width, ":headline:" in telling.key, telling.when or (10**7, 0), telling.article, telling.key


def _read(number: int, row: Mapping[str, Any], published: _Interval) -> _Telling:
    what = row["what"] or row["trigger"] or ""
    if row["date_text"]:
        what = what.replace(row["date_text"], " ")
    words = WORD.findall(what)
    inside = words[1:]
    # Where nearly every word has a capital, as in some headlines, a capital names nobody.
    titled = sum(word[0].isupper() for word in inside) > len(inside) / 2
    kind = find_kind(row["trigger"] or "", words)
    named = {stem(word) for word in WORD.findall(row["instrument"] or "")}
    kept = {stem(word) for word in words if is_content(word)} - named - {stem(row["trigger"] or "")}
    return _Telling(
        row=number,
        article=row["article_id"],
        key=f"{row['article_id']}:{row['field']}:{row['start']}:{row['trigger_start']}",
        instrument=row["instrument"],
        kind=kind,
        denied=bool(row["negated"]),
        words=tuple(word for word in kept if kind_of_stem(word) != kind),
        names=tuple(
            {stem(word) for word in inside if word[0].isupper() and not titled and is_content(word)} - named
        ),
        numbers=tuple({number.replace(",", "") for number in NUMBER.findall(what)}),
        actors=tuple(row["actors"] or ()),
        dated=_interval(row, "date"),
        published=published,
    )  # fmt: skip


def _interval(row: Mapping[str, Any], name: str) -> _Interval:
    earliest, latest = row[f"{name}_earliest"], row[f"{name}_latest"]
    if not (isinstance(earliest, str) and isinstance(latest, str)):
        return None
    return day.fromisoformat(earliest).toordinal(), day.fromisoformat(latest).toordinal()


def _weigh(tellings: Sequence[_Telling]) -> dict[str, float]:
    """Weigh each word between 0 and 1: 1 where one article alone uses it, little where nearly all do."""
    used: Counter[str] = Counter()
    # Counted as if ten more articles were there: a word that all of three articles use may be what they tell.
    articles = 10
    for _, own in groupby(sorted(tellings, key=_ARTICLE), key=_ARTICLE):
        used.update({word for telling in own for word in telling.words})
        articles += 1
    weights = {word: log(articles / (count + 1)) / log(articles / 2) for word, count in used.items()}
    return {
        word: min(weight, _GENERAL_WEIGHT) if word in GENERAL else weight for word, weight in weights.items()
    }


class _Known:
    """The first telling of each event of one kind so far, looked up by time and rare words."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights
        self._heads: list[_Telling] = []
        self._places: dict[tuple[str | int, str], list[int]] = defaultdict(list)

    def find_or_add(self, telling: _Telling) -> _Telling:
        """The first telling of the event that a telling is of: itself from now on, where that is none yet."""
        rarest = sorted(telling.words, key=lambda word: (-self._weights[word], word))
        buckets = (telling.article, *_stretches(telling, FORTNIGHT))
        places = (self._places.get((bucket, word), ()) for word in rarest for bucket in buckets)
        met = Counter(islice(chain.from_iterable(places), _MOST_MET))
        head = self._best(telling, [self._heads[number] for number, _ in met.most_common(_MOST_COMPARED)])
        if head is not None:
            return head
        for bucket in (telling.article, *_stretches(telling, 0)):
            for word in rarest[:_LOOKED_UP]:
                self._places[bucket, word].append(len(self._heads))
        self._heads.append(telling)
        return telling

    def _best(self, telling: _Telling, heads: Iterable[_Telling]) -> _Telling | None:
        scored = [(self._share_if_same(head, telling), head) for head in heads]
        return min(((-share, head.key, head) for share, head in scored if share), default=(None,))[-1]

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
