"""Keyness: what one source says more than another, tested by whole articles.

Below four articles a side nothing is tested: there are counts and the articles they come from. Above, the
test of :mod:`analysis.compare.keyness.logodds` gives a p-value a word, and the words are corrected for their
number: with Benjamini and Hochberg (1995) for an open vocabulary, with Holm (1979) for a short fixed list.
Words in too few articles to be told from chance are not tested at all (Tarone 1990; Gilbert 2005), so that
they take no power from the others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.compare.correction import correct_few, correct_open
from analysis.compare.exchange import Units, find_texts, make_units
from analysis.compare.framing_units import select_frames
from analysis.compare.keyness.logodds import LogOdds, find_least, find_log_odds
from analysis.compare.keyness.vocabulary import (
    Counts,
    count_labels,
    count_uses,
    iter_phrases,
    iter_words,
    learn_phrases,
)
from analysis.compare.small import can_test, say_sizes
from analysis.compare.sources.choose import check_sources, choose_articles
from analysis.errors import UnknownNameError
from analysis.tables import Tables

if TYPE_CHECKING:
    from numpy.typing import NDArray

REST = "all others"
#: A word is distinctive where its corrected p-value is at most this.
LEVEL = 0.05
PERMUTATIONS = 1_000

# Unit -> the table and the column that are counted; words and phrases come from the texts.
LABELS = {
    "frame": ("frames", "frame"),
    "entry": ("frames", "entry"),
    "term": ("terms", "term_group"),
    "speaker": ("quotes", "speaker"),
}
UNITS = ("word", "phrase", *LABELS)
# Lists that no codebook bounds
OPEN = ("word", "phrase", "entry")


@dataclass(frozen=True)
class Keyness:
    """What two sources say differently.

    Attributes:
        table: One row a word (or phrase, frame, term, speaker): ``feature``; ``more`` (the source that uses
            it more); ``log_odds`` with ``low`` and ``high`` (95 % over articles; above nought: the first
            source); ``p`` and ``q`` (corrected); then for each side ``count``, ``rate`` (in 10,000 words),
            ``articles`` (k) and ``of`` (n), ending in ``_first`` and ``_second``. What cannot be tested has
            counts alone. Most distinctive first.
        first: The first source.
        second: The second, or :data:`REST`.
        sizes: Articles a side; what is one text on one side counts once.
        tested: How many features were tested.
        says: One sentence on what was compared, or why it was not tested.
    """

    table: pd.DataFrame
    first: str
    second: str
    sizes: tuple[int, int]
    tested: int
    says: str

    @property
    def distinctive(self) -> pd.DataFrame:
        """The rows whose corrected p-value is at most :data:`LEVEL`; empty where nothing could be tested."""
        return self.table[(self.table["q"] <= LEVEL).fillna(False)]


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
) -> Keyness:
    """Find what one source says more than another.

    Versions of one story and shared copy count as one text that changes sides as a whole.

    Args:
        tables: The extracted tables.
        first: A source: an outlet, or another value of ``by``.
        second: Another; all others where None.
        unit: "word", "phrase" (words, with learned pairs as one), "frame", "entry", "term" or "speaker".
        codebook: Whose frames or entries, where these are the unit.
        by: The column of the table ``articles`` that tells sources apart.
        within: A column of ``articles`` whose values are strata: articles change sides only within one.
        off_topic: Whether articles count that no topic pack takes for its own.
        permutations: How often sides are dealt by chance.
        seed: The same seed gives the same result.

    Raises:
        UnknownNameError: There is no such source, unit or column.
    """
    if unit not in UNITS:
        raise UnknownNameError.among("unit of keyness", unit, UNITS)
    articles = choose_articles(tables, by, within, off_topic=off_topic)
    check_sources(articles, by, first, second)
    if second is not None:
        articles = articles[articles[by].isin((first, second))].reset_index(drop=True)
    side = (articles[by] == first).to_numpy(bool)
    units = make_units(side, find_texts(articles, tables.reuse), None if within is None else articles[within])
    counts = _count(tables, articles, unit, codebook)
    return compare_counts(
        counts, side, units, (first, second or REST), unit=unit, permutations=permutations, seed=seed
    )


def compare_counts(
    counts: Counts,
    side: NDArray[np.bool_],
    units: Units,
    names: tuple[str, str],
    *,
    unit: str = "word",
    permutations: int = PERMUTATIONS,
    seed: int = 1,
) -> Keyness:
    """Compare two sides whose features are counted; see :func:`find_keyness`."""
    table = _describe(counts, side, names)
    told = say_sizes(*units.sizes)
    if not can_test(*units.sizes):
        table = table.sort_values(
            ["articles_first", "count_first", "feature"], ascending=[False, False, True]
        )
        says = f"{names[0]} and {names[1]}: {told}. Counts and the articles they come from are all there is."
        return Keyness(table.reset_index(drop=True), *names, units.sizes, 0, says)
    open_list = unit in OPEN
    correct = correct_open if open_list else correct_few
    tested, found, q = find_distinctive(counts, units, permutations=permutations, seed=seed, correct=correct)
    columns = {"log_odds": found.estimate, "low": found.low, "high": found.high, "p": found.p, "q": q}
    for name, values in columns.items():
        table.loc[tested, name] = values
    order = np.lexsort((table["feature"], -table["log_odds"].abs().fillna(0), table["p"].fillna(2)))
    table = table.iloc[order].reset_index(drop=True)
    method, differ = "Benjamini and Hochberg" if open_list else "Holm", int((table["q"] <= LEVEL).sum())
    says = (
        f"{names[0]} and {names[1]}: {told}. {len(tested)} of {len(table)} {unit}s stand in enough articles "
        f"to be tested; {differ} differ (q of {method} at most {LEVEL}, {permutations} permutations of whole "
        f"articles, seed {seed})."
    )
    return Keyness(table, *names, units.sizes, len(tested), says)


def find_distinctive(
    counts: Counts,
    units: Units,
    *,
    permutations: int,
    seed: int,
    correct: Callable[[NDArray[np.float64]], NDArray[np.float64]] = correct_open,
) -> tuple[NDArray[np.int64], LogOdds, NDArray[np.float64]]:
    """Test the features that can be tested, and correct for their number.

    Returns:
        The places of the features that were tested, what was found of each, and the corrected p-values.
    """
    tested = choose_testable(find_least(counts.matrix, units))
    found = find_log_odds(
        counts.matrix[:, tested], units, words=counts.words, permutations=permutations, seed=seed
    )
    return tested, found, correct(found.p)


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


def _count(tables: Tables, articles: pd.DataFrame, unit: str, codebook: str) -> Counts:
    texts = articles["text"].fillna("")
    if unit == "word":
        return count_uses(iter_words(text) for text in texts)
    if unit == "phrase":
        phrases = learn_phrases(texts)
        return count_uses(iter_phrases(text, phrases) for text in texts)
    table, column = LABELS[unit]
    rows = select_frames(tables, codebook) if table == "frames" else getattr(tables, table)
    words = count_uses(iter_words(text) for text in texts).words
    return count_labels(rows, column, list(articles["article_id"]), words)


def _describe(counts: Counts, side: NDArray[np.bool_], names: tuple[str, str]) -> pd.DataFrame:
    table = pd.DataFrame({"feature": list(counts.features)})
    for name in ("more", "log_odds", "low", "high", "p", "q"):
        table[name] = pd.Series(pd.NA, index=table.index, dtype="string" if name == "more" else "Float64")
    for name, mask in (("first", side), ("second", ~side)):
        own = counts.matrix[np.flatnonzero(mask)]
        count = np.asarray(own.sum(axis=0)).ravel()
        words = float(counts.words[mask].sum())
        table[f"count_{name}"] = count.astype(int)
        table[f"rate_{name}"] = count / words * 10_000 if words else np.nan
        table[f"articles_{name}"] = np.asarray((own > 0).sum(axis=0)).ravel().astype(int)
        table[f"of_{name}"] = int(mask.sum())
    differs = table["rate_first"] - table["rate_second"]
    table["more"] = np.select([differs > 0, differs < 0], list(names), default="")
    table["more"] = table["more"].astype("string").replace("", pd.NA)
    return table
