"""Which articles may change places under no difference, and how that is drawn.

A test of two sources asks how often chance alone would set them as far apart. Words of one article do not
vary alone, so whole articles are what changes sides; versions of one story and shared wire copy are one text,
so they move as one. What stands on both sides (a wire report in two outlets) can only be swapped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.errors import WorkbookError

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: With fewer deals no p-value can be at or under .05.
LEAST_PERMUTATIONS = 20
# Two articles are one text where the shorter shares this part of its words with the other.
SHARED = 0.5


@dataclass(frozen=True)
class Units:
    """What changes sides as a whole: articles, or all articles of one text on one side.

    Attributes:
        of: The unit of each article. Shape (articles,).
        side: Whether a unit stands on the first side. Shape (units,).
        pool: Units of one pool exchange their sides: the stratum, or a pair that can only be swapped.
            Those whose pool has one side only keep it.
    """

    of: NDArray[np.int64]
    side: NDArray[np.bool_]
    pool: NDArray[np.int64]

    @property
    def sizes(self) -> tuple[int, int]:
        """How many units stand on each side."""
        return int(self.side.sum()), int((~self.side).sum())

    @property
    def moves(self) -> NDArray[np.bool_]:
        """Whether a unit can change sides: its pool has units of both. Shape (units,)."""
        _, pool = np.unique(self.pool, return_inverse=True)
        ones = np.bincount(pool, weights=self.side)
        return ((ones > 0) & (ones < np.bincount(pool)))[pool]

    @property
    def moving(self) -> tuple[int, int]:
        """How many units on each side can change it."""
        moves = self.moves
        return int((self.side & moves).sum()), int((~self.side & moves).sum())

    def draw(self, permutations: int, seed: int) -> NDArray[np.float32]:
        """Sides as chance would deal them.

        Args:
            permutations: How many times.
            seed: The same seed deals the same.

        Returns:
            1 where a unit stands on the first side, else 0. Shape (units, permutations).
        """
        chance = np.random.default_rng(seed)
        dealt = np.repeat(self.side.astype(np.float32)[:, None], permutations, axis=1)
        moving = np.flatnonzero(self.moves)
        ordered = moving[np.argsort(self.pool[moving], kind="stable")]
        _, starts = np.unique(self.pool[ordered], return_index=True)
        for members in np.split(ordered, starts[1:]):
            dealt[members] = chance.permuted(dealt[members], axis=0)
        return dealt


def check_permutations(permutations: int) -> None:
    """Check that sides are dealt often enough for a p-value to say anything.

    Raises:
        WorkbookError: They are not.
    """
    if permutations < LEAST_PERMUTATIONS:
        raise WorkbookError(
            "So few permutations cannot tell a difference from chance.",
            where=f"permutations={permutations}",
            allowed=f"{LEAST_PERMUTATIONS} or more; a thousand and more are usual.",
            todo="Leave it out for the usual number.",
        )


def find_texts(articles: pd.DataFrame, reuse: pd.DataFrame) -> NDArray[np.int64]:
    """Number the texts behind articles: versions of a story and shared copy have one number.

    Args:
        articles: Rows of the table ``articles``.
        reuse: The table ``reuse``.

    Returns:
        The text of each article. Shape (articles,).
    """
    place = {article: n for n, article in enumerate(articles["article_id"])}
    above = list(range(len(place)))

    def top(n: int) -> int:
        while above[n] != n:
            above[n] = above[above[n]]
            n = above[n]
        return n

    def join(pairs: Iterable[Sequence[str]]) -> None:
        for one, other in pairs:
            if one in place and other in place:
                above[top(place[one])] = top(place[other])

    groups = articles.dropna(subset=["version_group"]).groupby("version_group")["article_id"]
    for _, members in groups:
        join((members.iloc[0], other) for other in members.iloc[1:])
    shared = reuse[(reuse["containment"] >= SHARED).fillna(False)]
    join(shared[["article_a", "article_b"]].itertuples(index=False))
    return np.array([top(n) for n in range(len(above))], dtype=np.int64)


def make_units(
    side: Sequence[bool], texts: Sequence[int] | None = None, strata: Sequence[object] | None = None
) -> Units:
    """Make of articles what changes sides.

    Args:
        side: Whether an article stands on the first side.
        texts: The text of each article, as :func:`find_texts` gives it; each its own where None.
        strata: What articles are only exchanged within: a story, a month. A text belongs to the stratum of
            its first article; what has none (null) keeps its side.

    Returns:
        The units. A text on both sides is two units, which can only be swapped with each other.
    """
    frame = pd.DataFrame({"side": np.asarray(side, dtype=bool)})
    frame["text"] = np.arange(len(frame)) if texts is None else np.asarray(texts)
    frame["stratum"] = 0 if strata is None else _number(strata)
    of = frame.groupby(["text", "side"], sort=False).ngroup().to_numpy()
    first = frame.assign(unit=of).drop_duplicates("unit")
    swapped = first.duplicated("text", keep=False).to_numpy()
    # pools below nought are pairs
    pool = np.where(swapped, -1 - first["text"].to_numpy(), first["stratum"].to_numpy())
    return Units(of, first["side"].to_numpy(), pool.astype(np.int64))


def _number(strata: Sequence[object]) -> NDArray[np.int64]:
    """Number strata from nought; one that is null is a stratum for itself."""
    number = pd.factorize(pd.Series(list(strata), dtype=object))[0]
    unknown = number < 0
    number[unknown] = number.max(initial=0) + 1 + np.arange(unknown.sum())
    return number
