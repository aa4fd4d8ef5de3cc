"""What one source says more than another: words, articles as dots, and the sentences behind them.

The comparisons are made in Python, once and with their tests; the view chooses among them in the browser, so
that it is the same in JupyterLab and in an exported page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

import pandas as pd
import traitlets

from analysis.compare.keyness import REST, UNITS, Keyness, find_keyness, find_keyness_of_each
from analysis.compare.sources.choose import check_sources, choose_articles
from analysis.errors import UnknownNameError
from analysis.progress import Progress
from analysis.tables import Tables
from analysis.views.chart import count_noun
from analysis.views.explorer import EvidenceStore, View
from analysis.views.keyness_encoding import KeynessPage

MOST_SOURCES = 6
MOST_SENTENCES = 6
SHOWN = ("all", "distinctive")
EVERY_UNIT = ("word", "phrase", "frame", "term")


class KeynessView(View):
    """Comparisons of sources to choose from; made by :func:`show_keyness`.

    Python can observe and set what is shown: ``unit``, ``comparison`` ("A and B", "A and all others"),
    ``feature``, ``article`` (the id of the article whose sentences alone are read, else "") and ``shown``
    ("all" or "distinctive").
    """

    unit = traitlets.Unicode().tag(sync=True)
    comparison = traitlets.Unicode().tag(sync=True)
    feature = traitlets.Unicode().tag(sync=True)
    article = traitlets.Unicode().tag(sync=True)
    shown = traitlets.Enum(SHOWN, "all").tag(sync=True)

    def __repr__(self) -> str:
        for each in self.store.data["comparisons"]:
            if (each["unit"], each["name"]) == (self.unit, self.comparison):
                return each["says"]
        return self.store.data["empty"]


class _Pair(NamedTuple):
    first: str
    second: str | None

    @property
    def name(self) -> str:
        return f"{self.first} and {self.second or REST}"


def show_keyness(
    tables: Tables,
    *,
    units: str | Sequence[str] = EVERY_UNIT,
    sources: str | Sequence[str] | None = None,
    by: str = "outlet",
    top: int = 20,
    most: int = MOST_SOURCES,
    sentences: int = MOST_SENTENCES,
    progress: Progress | None = None,
    **options: Any,
) -> KeynessView:
    """Choose two sources and read what one says more than the other, down to the sentences.

    Each source is compared with all others that are compared, and every two with each other. Below four
    articles a side there are counts and dots, and no test.

    Args:
        tables: The extracted tables.
        units: What is compared: one or several units of :func:`analysis.compare.keyness.find_keyness`.
        sources: The sources that are compared; those with most articles where None. One alone is set against
            all others.
        by: The column of the table ``articles`` that tells sources apart.
        top: How many features each side lists at most.
        most: How many sources are compared where none are named; the view says which are left out.
        sentences: How many sentences of a feature travel with the view, a side. Articles take turns, and
            of none more than half travels.
        progress: Called with what is done; see :func:`analysis.progress.show_progress`.
        **options: For the comparison: ``codebook``, ``within``, ``off_topic``, ``permutations``, ``seed``.

    Returns:
        A view for the last line of a cell; it stands alone or in a ``VBox`` or ``Tab``.

    Raises:
        UnknownNameError: There is no such source, unit or column.
    """
    units = [units] if isinstance(units, str) else list(dict.fromkeys(units))
    sources = [sources] if isinstance(sources, str) else sources
    for unit in units:
        if unit not in UNITS:
            raise UnknownNameError.among("unit of keyness", unit, UNITS)
    articles = choose_articles(tables, by, off_topic=options.get("off_topic", False))
    check_sources(articles, by, *(sources or ()))
    ranked = _rank_sources(articles[by])
    chosen = list(dict.fromkeys(sources)) if sources else ranked[:most]
    pairs = _pair_sources(chosen, ranked)
    page = KeynessPage(tables, articles, top=top, sentences=sentences)
    total = len(units) * len(pairs)
    if progress and total:
        progress("Comparing sources", 0, total)
    for at, (pair, keyness) in enumerate(_compare(tables, units, pairs, by=by, **options), start=1):
        page.add(pair.name, keyness, rest=pair.second is None)
        if progress:
            progress("Comparing sources", at, total)
    about = {
        "unit": "use", "units": "uses", "unknown": "", "total_articles": len(tables.articles),
        "empty": _say_nothing(articles, by, ranked, units, chosen), "most": sentences,
        "names": {unit: UNITS[unit] for unit in units},
    }  # fmt: skip
    return KeynessView(
        kind="keyness",
        store=EvidenceStore(data={**about, **page.data()}),
        title="What does one source say more than another?",
        note=f"{_say_chosen(articles, by, ranked, chosen)}{_say_tests(page.comparisons)}",
        unit=units[0] if units else "",
        comparison=pairs[0].name if pairs else "",
    )


def _rank_sources(column: pd.Series) -> list[str]:
    """Sources by their articles; of two with as many, the alphabet decides."""
    sizes = column.value_counts()
    return sorted(sizes.index, key=lambda name: (-sizes[name], str(name)))


def _pair_sources(chosen: Sequence[str], ranked: Sequence[str]) -> list[_Pair]:
    """Each source with all others, then every two; two sources are one pair, one has all others beside it."""
    if len(chosen) < 2:
        return [_Pair(name, None) for name in chosen if len(ranked) > 1]
    each = [_Pair(name, None) for name in chosen if len(chosen) > 2]
    return [*each, *(_Pair(*two) for two in combinations(chosen, 2))]


def _compare(
    tables: Tables, units: Sequence[str], pairs: Sequence[_Pair], **options: Any
) -> Iterator[tuple[_Pair, Keyness]]:
    alone = [pair.first for pair in pairs if pair.second is None]
    for unit in units:
        # One source against the rest, several times over, is corrected for all of them together.
        several = len(alone) > 1
        each = find_keyness_of_each(tables, sources=alone, unit=unit, **options) if several else {}
        for pair in pairs:
            together = each.get(pair.first) if pair.second is None else None
            yield pair, together or find_keyness(tables, *pair, unit=unit, **options)


def _say_chosen(articles: pd.DataFrame, by: str, ranked: Sequence[str], chosen: Sequence[str]) -> str:
    """How many articles of how many sources, and which sources are left out."""
    says = f"{count_noun(len(articles), 'article')} of {count_noun(len(ranked), 'source')} by {by}."
    left = [name for name in ranked if name not in chosen]
    if not left or len(chosen) < 2:
        return says
    counted = int(articles[by].isin(left).sum())
    named = ", ".join(map(str, left[:3])) + (f" and {len(left) - 3} more" if len(left) > 3 else "")
    return (
        f"{says} Left out: {count_noun(len(left), 'source')} with {count_noun(counted, 'article')} ({named})."
    )


def _say_tests(comparisons: Sequence[Mapping[str, Any]]) -> str:
    """What is not corrected together, and what follows from it."""
    alone = sum(each["tested"] > 0 and not each["rest"] for each in comparisons)
    if alone < 2:
        return ""
    return (
        " Comparisons of two sources are tested each by itself: chance alone may find something in one of "
        "twenty."
    )


def _say_nothing(
    articles: pd.DataFrame, by: str, ranked: Sequence[str], units: Sequence[str], chosen: Sequence[str]
) -> str:
    if not ranked:
        return "There is no article to compare. Those off topic are compared with off_topic=True."
    if len(ranked) == 1:
        have = f"All {len(articles):,} articles have" if len(articles) > 1 else "The only article has"
        return (
            f"{have} one source by {by}, {ranked[0]}: nothing to compare. Add articles of another, or "
            "compare by another column."
        )
    return "" if units and chosen else f"No {'source' if units else 'unit'} was chosen."
