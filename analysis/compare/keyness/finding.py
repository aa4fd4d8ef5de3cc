"""Keyness: what one source says more than another, tested by whole articles.

Below four articles a side nothing is tested: there are counts and the articles they come from. Above, the
test of :mod:`analysis.compare.keyness.logodds` gives a p-value a word, and the words are corrected for their
number: with Benjamini and Hochberg (1995) for an open vocabulary, with Holm (1979) for a short fixed list.
Words in too few articles to be told from chance are not tested at all (Tarone 1990; Gilbert 2005), so that
they take no power from the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.compare.correction import correct_few, correct_open
from analysis.compare.exchange import Units, check_permutations, find_texts, make_units
from analysis.compare.keyness.counting import OPEN, UNITS, choose_read, count_features
from analysis.compare.keyness.logodds import LogOdds, find_least, find_log_odds
from analysis.compare.keyness.result import (
    LEVEL,
    REST,
    Keyness,
    add_tests,
    describe_counts,
    sort_features,
)
from analysis.compare.keyness.vocabulary import Counts
from analysis.compare.small import can_test, say_sizes
from analysis.compare.sources.choose import check_sources, choose_articles
from analysis.compare.sources.overlap import say_overlap
from analysis.compare.sources.strata import find_strata
from analysis.engine import Engine
from analysis.errors import UnknownNameError, WorkbookError
from analysis.progress import Progress, track
from analysis.tables import Tables

if TYPE_CHECKING:
    from numpy.typing import NDArray

PERMUTATIONS = 1_000

Correction = Callable[["NDArray[np.float64]"], "NDArray[np.float64]"]
# Places of the features that were tested, what was found of each, and the corrected p-values.
Found = tuple["NDArray[np.int64]", LogOdds, "NDArray[np.float64]"]


@dataclass(frozen=True)
class _Setting:
    """What is compared and how, whichever sources are set against each other."""

    tables: Tables
    articles: pd.DataFrame
    counts: Counts
    unit: str
    codebook: str
    by: str
    within: str | None
    permutations: int
    seed: int
    progress: Progress | None = None


@dataclass(frozen=True)
class _Sides:
    """Two sources: their names, which articles are the first's, and what changes sides."""

    names: tuple[str, str]
    side: NDArray[np.bool_]
    units: Units

    @property
    def testable(self) -> bool:
        return can_test(*self.units.sizes) and can_test(*self.units.moving)


def find_keyness(
    tables: Tables,
    first: str,
    second: str | None = None,
    *,
    unit: str = "word",
    codebook: str = "policy_frames",
    by: str = "outlet",
    within: str | None = None,
    off_topic: bool = False,
    permutations: int = PERMUTATIONS,
    seed: int = 1,
    progress: Progress | None = None,
    engine: Engine | None = None,
) -> Keyness:
    """Find what one source says more than another.

    Counted is the text of articles, without their headlines. Versions of one story and shared copy count as
    one text that changes sides as a whole.

    Args:
        tables: The extracted tables.
        first: A source: an outlet, or another value of ``by``.
        second: Another; all others where None.
        unit: "word", "lemma" (base forms: the language model reads every article, some seconds for a
            hundred), "phrase" (words, with learned pairs as one), "frame", "entry", "metaphor", "term" or
            "speaker".
        codebook: Whose frames or entries, where these are the unit.
        by: The column of the table ``articles`` that tells sources apart.
        within: What articles change sides within: "story" (that several tell), "month" (of publication), or
            a column of ``articles``. Articles that are in no story, or whose month is not known, keep their
            side.
        off_topic: Whether articles count that no topic pack takes for its own.
        permutations: How often sides are dealt by chance.
        seed: The same seed gives the same result.
        progress: Called with what is being done, how many articles are done, and how many there are.
        engine: Where texts are read and counted; this process where None.

    Raises:
        UnknownNameError: There is no such source, unit, codebook or column.
        WorkbookError: Both sources are one, or the permutations are too few.
    """
    articles = _choose(tables, (first, second), unit, codebook, by, off_topic=off_topic)
    if first == second:
        raise WorkbookError(
            "A source can only be compared with another.",
            where=f"find_keyness: {by} {first!r} was named twice",
            allowed="Two sources, or one, which is set against all others.",
            todo="Name another, or leave the second out.",
        )
    if second is not None:
        articles = articles[articles[by].isin((first, second))].reset_index(drop=True)
    check_permutations(permutations)
    counts = count_features(tables, articles, unit, codebook, progress, engine=engine)
    setting = _Setting(tables, articles, counts, unit, codebook, by, within, permutations, seed, progress)
    return _compare(setting, [(first, second or REST)])[0]


def find_keyness_of_each(
    tables: Tables,
    *,
    sources: Sequence[str] | None = None,
    unit: str = "word",
    codebook: str = "policy_frames",
    by: str = "outlet",
    within: str | None = None,
    off_topic: bool = False,
    permutations: int = PERMUTATIONS,
    seed: int = 1,
    progress: Progress | None = None,
    engine: Engine | None = None,
) -> dict[str, Keyness]:
    """Find what each source says more or less than all others.

    Each source is set against all others together. The p-values of all sources are corrected together, so
    that one more source makes no more false findings likely. A source of fewer than four articles has counts
    alone.

    Args:
        tables: The extracted tables.
        sources: Which are compared; articles of others stay out. All of them where None.
        unit: As for :func:`find_keyness`, and so the rest.
        codebook: See ``unit``.
        by: See ``unit``.
        within: See ``unit``.
        off_topic: See ``unit``.
        permutations: See ``unit``.
        seed: See ``unit``.
        progress: See ``unit``.
        engine: See ``unit``.

    Returns:
        Source -> what it says differently, in the order of ``sources``; the ones with most articles first
        where that is None.

    Raises:
        UnknownNameError: There is no such source, unit, codebook or column.
        WorkbookError: The permutations are too few.
    """
    articles = _choose(tables, sources or (), unit, codebook, by, off_topic=off_topic)
    if sources is not None:
        articles = articles[articles[by].isin(list(sources))].reset_index(drop=True)
    else:
        sizes = articles[by].value_counts()
        sources = sorted(sizes.index, key=lambda source: (-sizes[source], str(source)))
    check_permutations(permutations)
    counts = count_features(tables, articles, unit, codebook, progress, engine=engine)
    setting = _Setting(tables, articles, counts, unit, codebook, by, within, permutations, seed, progress)
    found = _compare(setting, [(source, REST) for source in dict.fromkeys(sources)])
    return {keyness.first: keyness for keyness in found}


def find_distinctive(
    counts: Counts, units: Units, *, permutations: int, seed: int, correct: Correction = correct_open
) -> Found:
    """Test the features that can be tested, and correct for their number.

    Returns:
        The places of the features that were tested, what was found of each, and the corrected p-values.
    """
    return find_all_distinctive(counts, [units], permutations=permutations, seed=seed, correct=correct)[0]


def find_all_distinctive(
    counts: Counts,
    several: Sequence[Units],
    *,
    permutations: int,
    seed: int,
    correct: Correction,
    progress: Progress | None = None,
) -> list[Found]:
    """Test the features in several comparisons, and correct for the number of all tests.

    Args:
        counts: How often each feature stands in each article.
        several: What changes sides in each comparison.
        permutations: How often sides are dealt in each.
        seed: For the dealing.
        correct: The correction.
        progress: Called with how many comparisons are done.

    Returns:
        What :func:`find_distinctive` returns, for each comparison.
    """
    # a word that is all that is said has no odds
    varies = np.asarray(counts.matrix.sum(axis=0)).ravel() < counts.words.sum()
    least = [np.where(varies, find_least(counts.matrix, units), 1) for units in several]
    chosen = choose_testable(np.concatenate(least)) if least else np.array([], dtype=np.int64)
    comparison, place = np.divmod(chosen, max(1, len(counts.features)))
    tested = [place[comparison == n] for n in range(len(several))]
    found = [
        find_log_odds(counts.matrix[:, own], units, words=counts.words, permutations=permutations, seed=seed)
        for own, units in track(
            list(zip(tested, several, strict=True)), "Dealing articles by chance", progress
        )
    ]
    q = correct(np.concatenate([each.p for each in found])) if found else np.array([])
    ends = np.cumsum([len(own) for own in tested])[:-1]
    return list(zip(tested, found, np.split(q, ends), strict=True)) if found else []


def choose_testable(least: NDArray[np.float64], level: float = LEVEL) -> NDArray[np.int64]:
    """The features that could be told from chance if they fell wholly on one side (Tarone 1990).

    Args:
        least: The least p-value that each feature can have, known before the sides are looked at.
        level: The level of the test.

    Returns:
        Places of the features, in order.
    """
    ordered = np.sort(least)
    number = np.arange(1, len(ordered) + 1)
    able = np.searchsorted(ordered, level / number, side="right")
    fitting = np.flatnonzero(able <= number)
    factor = number[fitting[0]] if len(fitting) else 1
    return np.flatnonzero(least <= level / factor)


def _choose(
    tables: Tables, sources: Sequence[str | None], unit: str, codebook: str, by: str, *, off_topic: bool
) -> pd.DataFrame:
    if unit not in UNITS:
        raise UnknownNameError.among("unit of keyness", unit, UNITS)
    articles = choose_articles(tables, by, off_topic=off_topic)
    check_sources(articles, by, *sources)
    return choose_read(tables, articles, unit, codebook)


def _compare(setting: _Setting, pairs: Sequence[tuple[str, str]]) -> list[Keyness]:
    """Compare pairs of sources, with one correction for all of them."""
    articles = setting.articles
    texts = find_texts(articles, setting.tables.reuse)
    strata = find_strata(setting.tables, articles, setting.within)
    several = []
    for names in pairs:
        side = (articles[setting.by] == names[0]).to_numpy(bool)
        several.append(_Sides(names, side, make_units(side, texts, strata)))
    testable = [sides for sides in several if sides.testable]
    found = find_all_distinctive(
        setting.counts,
        [sides.units for sides in testable],
        permutations=setting.permutations,
        seed=setting.seed,
        correct=correct_open if setting.unit in OPEN else correct_few,
        progress=setting.progress,
    )
    results = iter(found)
    return [
        _describe(setting, sides, next(results) if sides.testable else None, len(testable))
        for sides in several
    ]


def _describe(setting: _Setting, sides: _Sides, found: Found | None, together: int) -> Keyness:
    names, articles = sides.names, setting.articles
    table = describe_counts(setting.counts, sides.side, names)
    if found is not None:
        tested, odds, q = found
        values = {"log_odds": odds.estimate, "low": odds.low, "high": odds.high, "p": odds.p, "q": q}
        add_tests(table, tested, values)
    overlap = say_overlap(setting.tables, articles, sides.side, names)
    source = pd.Series(np.where(sides.side, *names), dtype="string")
    return Keyness(
        sort_features(table),
        *names,
        sides.units.sizes,
        0 if found is None else len(found[0]),
        " ".join(filter(None, (_say(setting, sides, found, together), overlap))),
        setting.unit,
        setting.by,
        setting.codebook,
        pd.DataFrame({"article_id": articles["article_id"].astype("string"), "source": source}),
        setting.counts,
        overlap,
    )


def _say(setting: _Setting, sides: _Sides, found: Found | None, together: int) -> str:
    told = f"{sides.names[0]} and {sides.names[1]}: {_say_sizes(sides)}."
    moves = _say_moves(setting, sides)
    if found is None:
        return f"{told}{moves} Counts and the articles they come from are all there is."
    tested, _, q = found
    number, differ = len(setting.counts.features), int((q <= LEVEL).sum())
    if not number:
        return f"{told}{moves} No {setting.unit} was found in any of them."
    noun = setting.unit if number == 1 else UNITS[setting.unit]
    verb = "stands" if len(tested) == 1 else "stand"
    differs = f"{differ or 'none'} {'differ' if differ > 1 else 'differs'}"
    method = "Benjamini and Hochberg" if setting.unit in OPEN else "Holm"
    over = f" over {together} sources together" if together > 1 else ""
    return (
        f"{told}{moves} {len(tested):,} of {number:,} {noun} {verb} in enough articles to be tested; "
        f"{differs} (q of {method}{over} at most {LEVEL}, "
        f"{setting.permutations:,} permutations of whole articles, seed {setting.seed})."
    )


def _say_sizes(sides: _Sides) -> str:
    """How many articles there are, and how many texts where versions and shared copy make these fewer."""
    texts, articles = sides.units.sizes, (int(sides.side.sum()), int((~sides.side).sum()))
    said = say_sizes(*texts)
    if texts == articles:
        return said
    counted = f"{articles[0]} and {articles[1]} articles, {texts[0]} and {texts[1]} texts"
    return counted if can_test(*texts) else f"{counted}: {said}"


def _say_moves(setting: _Setting, sides: _Sides) -> str:
    """With strata: how many articles have one on the other side to change places with."""
    if setting.within is None:
        return ""
    moves, articles = sides.units.moves[sides.units.of], len(sides.side)
    few = "" if can_test(*sides.units.moving) else f": {say_sizes(*sides.units.moving)}"
    return f" Within one {setting.within}, {moves.sum()} of {articles} articles could change sides{few}."
