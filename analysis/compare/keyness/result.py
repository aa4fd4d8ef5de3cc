"""What a comparison of two sources found: the table, each article as a dot, and the sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.compare.keyness.vocabulary import Counts
from analysis.errors import UnknownNameError

REST = "all others"
#: A word is distinctive where its corrected p-value is at most this.
LEVEL = 0.05
_TESTS = ("log_odds", "low", "high", "p", "q")


@dataclass(frozen=True)
class Keyness:
    """What two sources say differently.

    Attributes:
        table: One row a word (or lemma, phrase, frame, ...): ``feature``; ``more`` (the source that uses it
            more); ``log_odds`` with ``low`` and ``high`` (95 % over articles; above nought: the first
            source); ``p`` and ``q`` (corrected); then for each side ``count``, ``rate`` (in 10,000 words),
            ``articles`` (k) and ``of`` (n), ending in ``_first`` and ``_second``. What cannot be tested has
            counts alone. Most distinctive first, then those whose share of articles differs most.
        first: The first source.
        second: The second, or :data:`REST`.
        sizes: Articles a side; what is one text on one side counts once.
        tested: How many features were tested.
        says: What was compared, or why it was not tested, and how far the two can be compared at all.
        unit: What was counted.
        by: The column of ``articles`` that tells sources apart.
        codebook: Whose frames or entries, where these were counted.
        articles: The articles compared: ``article_id`` and ``source`` (``first`` or ``second``).
        counts: How often each feature stands in each of them, in the same order.
        overlap: How dates and topics of the two differ; "" where they are alike.
    """

    table: pd.DataFrame = field(repr=False)
    first: str
    second: str
    sizes: tuple[int, int]
    tested: int
    says: str
    unit: str
    by: str
    codebook: str
    articles: pd.DataFrame = field(repr=False)
    counts: Counts = field(repr=False)
    overlap: str

    @property
    def distinctive(self) -> pd.DataFrame:
        """The rows whose corrected p-value is at most :data:`LEVEL`; empty where nothing could be tested."""
        return self.table[(self.table["q"] <= LEVEL).fillna(False)]

    def dots(self, features: str | Sequence[str]) -> pd.DataFrame:
        """Each article by itself: how often it has a feature.

        Args:
            features: One or several of the table's.

        Returns:
            One row a feature and article, those without it too: feature, source, article_id, count, words
            (of the article), rate (in 10,000 of its words; null where it has no words).

        Raises:
            UnknownNameError: A feature was not counted.
        """
        chosen = self.find_places(features)
        number = len(self.articles)
        count = self.counts.matrix[:, chosen].toarray().T.ravel()
        words = np.tile(self.counts.words, len(chosen))
        rate = pd.Series(count * 10_000 / np.where(words > 0, words, 1), dtype="Float64")
        dots = pd.DataFrame(
            {
                "feature": np.repeat([self.counts.features[n] for n in chosen], number),
                "source": np.tile(self.articles["source"], len(chosen)),
                "article_id": np.tile(self.articles["article_id"], len(chosen)),
                "count": count.astype(int),
                "words": words.astype(int),
                "rate": rate.mask(pd.Series(words == 0)),
            }
        )
        return dots.astype(dict.fromkeys(("feature", "source", "article_id"), "string"))

    def find_places(self, features: str | Sequence[str]) -> list[int]:
        """The columns of ``counts`` that hold some features, in the order asked.

        Raises:
            UnknownNameError: A feature was not counted.
        """
        asked = list(dict.fromkeys([features] if isinstance(features, str) else features))
        known = {feature: n for n, feature in enumerate(self.counts.features)}
        for feature in asked:
            if feature not in known:
                raise UnknownNameError.among(f"{self.unit} of this comparison", feature, known)
        return [known[feature] for feature in asked]


def describe_counts(counts: Counts, side: np.ndarray, names: tuple[str, str]) -> pd.DataFrame:
    """Make the table of :class:`Keyness`, with nothing tested yet."""
    table = pd.DataFrame({"feature": list(counts.features)})
    for name in ("more", *_TESTS):
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


def add_tests(table: pd.DataFrame, tested: np.ndarray, found: dict[str, np.ndarray]) -> None:
    """Write what was tested into its rows."""
    for name in _TESTS:
        table.loc[tested, name] = found[name]


def sort_features(table: pd.DataFrame) -> pd.DataFrame:
    """Order features: the most distinctive first, then those whose share of articles differs most."""
    shares = [table[f"articles_{name}"] / table[f"of_{name}"].clip(lower=1) for name in ("first", "second")]
    apart = (shares[0] - shares[1]).abs().round(9)
    count = table["count_first"] + table["count_second"]
    effect = table["log_odds"].abs().fillna(0).to_numpy(float)
    order = np.lexsort((table["feature"], -count, -apart, -effect, table["p"].fillna(2).to_numpy(float)))
    return table.iloc[order].reset_index(drop=True)
