"""How far two sources can be compared at all: do they write in the same days, and on the same things?

Everything here is a count, k of n articles, and nothing is tested. Words about a difference rest on what is
certain: an article whose day is known only as an interval lies in the other's days where the whole interval
does, outside where no day of it does, and else it is not known. The rules are told in
``docs/method-comparability.md``.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pandas as pd

from analysis.compare.sources.choose import check_sources, choose_articles
from analysis.compare.sources.stories import find_stories
from analysis.tables import Tables

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Sides differ where more than this part of one side's articles lies outside the other's days.
OUTSIDE = 0.2
# ... or where by some day so much more of one side than of the other had been published.
AHEAD = 0.5
# Sides differ where more than this part of the articles on anything is on nothing that the other touches.
APART = 0.5
_WEEK = timedelta(days=7)

_NONE: frozenset[str] = frozenset()

Days = tuple[date, date]


@dataclass(frozen=True)
class _Side:
    """One side of a comparison. Each article has its days (or None), what it is on, and whom it names."""

    name: str
    days: list[Days | None]
    on_topic: list[bool | None]
    instruments: list[frozenset[str]]
    actors: list[frozenset[str]]

    @property
    def dated(self) -> list[Days]:
        return [each for each in self.days if each]

    @property
    def span(self) -> Days | None:
        dated = self.dated
        return (min(a for a, _ in dated), max(b for _, b in dated)) if dated else None

    @property
    def wide_span(self) -> Days | None:
        """The span with the widest gap between its articles added at both ends, a week at the least.

        A few articles show little of the days in which a source publishes: five of one year, drawn by chance,
        span two thirds of it.
        """
        if self.span is None:
            return None
        first, last = self.span
        days = sorted(day for day, _ in self.dated)
        gap = max([_WEEK, *(after - before for before, after in pairwise(days))])
        return first - min(gap, first - date.min), last + min(gap, date.max - last)


def describe_overlap(
    tables: Tables, sources: Sequence[str] | None = None, *, by: str = "outlet", off_topic: bool = False
) -> pd.DataFrame:
    """Describe, for every two sources, how far their dates and topics are the same.

    Args:
        tables: The extracted tables.
        sources: The sources to set side by side, all of them where None. A source that is not stated is a
            source of its own.
        by: The column of the table ``articles`` that tells sources apart.
        off_topic: Whether articles count that no topic pack takes for its own.

    Returns:
        One row a pair: first, second; then for each side, ending in ``_first`` and ``_second``: articles,
        undated, earliest and latest (the days that its dated articles span), inside and outside (dated
        articles that lie certainly in the other's span, certainly not), share_inside (of the dated, 0 to 1),
        on_topic (share of all its articles, compared or not; null where no pack applies), on_instruments
        (articles with a policy instrument) and instruments_apart (of these, the ones on none that the other
        side has), naming and naming_apart (the same for persons and bodies). Then days_in_common of the two
        spans, instruments_in_common, stories_in_common (that both tell, by
        :func:`~analysis.compare.sources.stories.find_stories`), and ``says``: what differs, in words; empty
        where nothing does.

    Raises:
        UnknownNameError: There is no such source or column.
    """
    chosen = choose_articles(tables, by, off_topic=off_topic)
    check_sources(chosen, by, *(sources or ()))
    sizes = chosen[by].value_counts()
    names = list(dict.fromkeys(sources or [])) or sorted(
        sizes.index, key=lambda name: (-sizes[name], str(name))
    )
    whole = choose_articles(tables, by, off_topic=True).groupby(by)["on_topic"]
    on_topic = {name: _share(_known(own)) for name, own in whole}
    subjects = _Subjects(tables)
    sides = [subjects.gather(chosen[chosen[by] == name], name) for name in names]
    stories = _find_told(tables, chosen, by, off_topic=off_topic)
    rows = [
        _describe_pair(a, b, on_topic)
        | {"stories_in_common": len(stories.get(a.name, _NONE) & stories.get(b.name, _NONE))}
        for a, b in combinations(sides, 2)
    ]
    columns = [f"{name}_{side}" for side in ("first", "second") for name in _TYPES]
    types = {f"{name}_{side}": type_ for side in ("first", "second") for name, type_ in _TYPES.items()}
    types |= {"first": "string", "second": "string", "says": "string"}
    common = ["days_in_common", "instruments_in_common", "stories_in_common"]
    types |= dict.fromkeys(common, "Int64")
    order = ["first", "second", *columns, *common, "says"]
    return pd.DataFrame(rows, columns=order).astype(types)


def say_overlap(tables: Tables, articles: pd.DataFrame, side: NDArray, names: tuple[str, str]) -> str:
    """Say where the dates or the topics of two sides differ.

    Args:
        tables: The extracted tables.
        articles: The articles that are compared, rows of the table ``articles``.
        side: Whether an article stands on the first side. Shape (articles,).
        names: What the sides are called.

    Returns:
        One or two sentences, the counts in the order of the sides; empty where nothing is known to differ.
    """
    subjects = _Subjects(tables)
    parts = [articles[side], articles[~side]]
    return _say_pair(*(subjects.gather(part, name) for part, name in zip(parts, names, strict=True)))


class _Subjects:
    """What each article is on: policy instruments, and the persons and bodies that it names."""

    def __init__(self, tables: Tables) -> None:
        self._instruments = _sets(tables.events, "instrument")
        self._actors = _sets(tables.mentions, "actor_id")

    def gather(self, articles: pd.DataFrame, name: str) -> _Side:
        return _Side(
            name,
            [
                None if pd.isna(a) or pd.isna(b) else (date.fromisoformat(a), date.fromisoformat(b))
                for a, b in zip(articles["published_earliest"], articles["published_latest"], strict=True)
            ],
            _known(articles["on_topic"]),
            [self._instruments.get(each, _NONE) for each in articles["article_id"]],
            [self._actors.get(each, _NONE) for each in articles["article_id"]],
        )


_TYPES = {
    "articles": "Int64", "undated": "Int64", "earliest": "string", "latest": "string", "inside": "Int64",
    "outside": "Int64", "share_inside": "Float64", "on_topic": "Float64", "on_instruments": "Int64",
    "instruments_apart": "Int64", "naming": "Int64", "naming_apart": "Int64",
}  # fmt: skip


def _describe_pair(first: _Side, second: _Side, on_topic: Mapping[str, float | None]) -> dict[str, object]:
    row: dict[str, object] = {"first": first.name, "second": second.name, "says": _say_pair(first, second)}
    for end, own, other in (("first", first, second), ("second", second, first)):
        inside, outside = _place(own.dated, other.span)
        with_instrument, apart = _count_apart(own.instruments, other.instruments)
        naming, naming_apart = _count_apart(own.actors, other.actors)
        span = own.span or (None, None)
        values = (
            len(own.days), own.days.count(None), *(day and day.isoformat() for day in span), inside, outside,
            inside / len(own.dated) if own.dated and other.span else None, on_topic[own.name],
            with_instrument, apart, naming, naming_apart,
        )  # fmt: skip
        row |= {f"{name}_{end}": value for name, value in zip(_TYPES, values, strict=True)}
    a, b = first.span, second.span
    row["days_in_common"] = max(0, (min(a[1], b[1]) - max(a[0], b[0])).days + 1) if a and b else None
    row["instruments_in_common"] = len(_union(first.instruments) & _union(second.instruments))
    return row


def _find_told(
    tables: Tables, chosen: pd.DataFrame, by: str, *, off_topic: bool
) -> dict[object, frozenset[str]]:
    """Source -> the stories that it tells and that another article tells too."""
    stories = find_stories(tables, off_topic=off_topic)[["article_id", "story"]]
    told = stories.merge(chosen[["article_id", by]], on="article_id")
    return told.groupby(by)["story"].agg(frozenset).to_dict()


def _say_pair(first: _Side, second: _Side) -> str:
    if not first.days or not second.days:
        return ""
    return " ".join(filter(None, (_say_dates(first, second), _say_topics(first, second))))


def _say_dates(first: _Side, second: _Side) -> str:
    pairs = ((first, second), (second, first))
    unknown, differ = [], False
    for own, other in pairs:
        inside, outside = _place(own.dated, other.wide_span)
        unknown.append(len(own.days) - inside - outside if other.span else own.days.count(None))
        differ |= outside > OUTSIDE * len(own.dated)
    if differ:
        inside = [_place(own.dated, other.span)[0] for own, other in pairs]
        return (
            f"Dates differ ({first.name}: {_span_text(first)}; {second.name}: {_span_text(second)}): for "
            f"certain in the other's days, {_say_counts(first, second, inside, dated=True)}."
        )
    if any(2 * count > len(own.days) for count, own in zip(unknown, (first, second), strict=True)):
        return (
            "Whether dates differ is not known: no day of publication, or one too loose to tell, for "
            f"{_say_counts(first, second, unknown)}."
        )
    for own, other in pairs:
        ahead = _find_ahead(own.dated, other.dated)
        if ahead:
            day, *counts = ahead
            published = _say_counts(own, other, counts, dated=True)
            return f"Dates differ: published by {day.isoformat()}, {published}."
    return ""


def _say_topics(first: _Side, second: _Side) -> str:
    said = []
    shares = [_share(side.on_topic) for side in (first, second)]
    if None not in shares and abs(shares[0] - shares[1]) > OUTSIDE:
        on_topic = [side.on_topic.count(True) for side in (first, second)]
        said.append(f"on topic, {_say_counts(first, second, on_topic)}")
    said += _say_apart(first, second, "instruments", "with a policy instrument")
    # Whom articles name says less than what they are on, and speaks where nothing else does.
    said = said or [*_say_apart(first, second, "actors", "with persons or bodies")]
    return f"Topics differ: {'; '.join(said)}." if said else ""


def _say_apart(first: _Side, second: _Side, what: str, having: str) -> Iterator[str]:
    """Where most of a side's articles are on nothing that the other touches."""
    one, other = getattr(first, what), getattr(second, what)
    counts = [_count_apart(one, other), _count_apart(other, one)]
    sizes = (len(first.days), len(second.days))
    if any(
        apart > APART * have and apart > OUTSIDE * size
        for (have, apart), size in zip(counts, sizes, strict=True)
    ):
        apart = _say_counts(first, second, [apart for _, apart in counts])
        yield f"{having}, but none of the other's, {apart}"


def _say_counts(first: _Side, second: _Side, counts: Sequence[int], *, dated: bool = False) -> str:
    """Say of how many of each side's articles something holds, in words that fit one source and several."""
    here, there = (len(side.dated if dated else side.days) for side in (first, second))
    noun = "dated articles" if dated else "articles"
    return f"{counts[0]} of {here} {noun} of {first.name} and {counts[1]} of {there} of {second.name}"


def _place(days: Sequence[Days], span: Days | None) -> tuple[int, int]:
    """How many articles lie certainly in a span of days, and how many certainly outside."""
    if span is None:
        return 0, 0
    inside = sum(span[0] <= a and b <= span[1] for a, b in days)
    return inside, sum(b < span[0] or a > span[1] for a, b in days)


def _find_ahead(own: Sequence[Days], other: Sequence[Days]) -> tuple[date, int, int] | None:
    """The day by which one side was most ahead of the other, where that is more than few articles bring.

    Until when an article was out for certain counts for the side ahead, since when it may have been for the
    other. Two samples of one source are seldom further apart than 1.36 * sqrt((n + m) / nm) (Smirnov 1948,
    "Table for estimating the goodness of fit of empirical distributions").
    """
    n, m = len(own), len(other)
    if not n or not m:
        return None
    until, since = sorted(b for _, b in own), sorted(a for a, _ in other)
    counted = ((day, bisect_right(until, day), bisect_right(since, day)) for day in dict.fromkeys(until))
    best = max(counted, key=lambda each: each[1] / n - each[2] / m)
    least = max(AHEAD, 1.36 * math.sqrt((n + m) / (n * m)))
    return best if best[1] / n - best[2] / m >= least else None


def _count_apart(own: Sequence[frozenset[str]], other: Sequence[frozenset[str]]) -> tuple[int, int]:
    """How many articles are on anything, and how many of these on nothing that the other side is on."""
    there = _union(other)
    on = [each for each in own if each]
    return len(on), sum(not each & there for each in on)


def _union(sets: Sequence[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


def _sets(rows: pd.DataFrame, column: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for article, value in rows[["article_id", column]].dropna().itertuples(index=False):
        found.setdefault(article, set()).add(value)
    return {article: frozenset(values) for article, values in found.items()}


def _known(values: pd.Series) -> list[bool | None]:
    return [None if pd.isna(value) else bool(value) for value in values]


def _share(on_topic: Sequence[bool | None]) -> float | None:
    """The share on topic; null where no pack was used."""
    known = [each for each in on_topic if each is not None]
    return sum(known) / len(on_topic) if known else None


def _span_text(side: _Side) -> str:
    return " to ".join(dict.fromkeys(day.isoformat() for day in side.span)) if side.span else "no dates"
