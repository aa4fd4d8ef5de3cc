"""Intervals of shares, and how many items an estimate from a coded sample needs.

Articles have a rule of their own (:mod:`analysis.compare.small`); items are what one coder looks at: a
sentence, a quotation, an event. Ten items are the least on which anything is claimed: at ten, a share of one
half has an interval from 0.24 to 0.76, and a single item moves it by a tenth. Below there are counts.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

Z = 1.959963984540054  # the normal quantile of a 95 % interval
MIN_ITEMS = 10


def wilson_interval(right: float, of: float) -> tuple[float, float]:
    """The 95 % interval of a share by Wilson.

    Wilson (1927), "Probable inference, the law of succession, and statistical inference".

    Args:
        right: How many have it, or an effective number.
        of: Of how many.

    Returns:
        Low and high, each 0 to 1; all of it where there is nothing to look at.

    Example:
        >>> [round(end, 3) for end in wilson_interval(8, 10)]
        [0.49, 0.943]
    """
    if of <= 0:
        return 0.0, 1.0
    share = right / of
    middle = (share + Z**2 / (2 * of)) / (1 + Z**2 / of)
    half = Z * math.sqrt(max(0.0, share * (1 - share)) / of + Z**2 / (4 * of**2)) / (1 + Z**2 / of)
    # Of none or all, the two are equal but for the last digit, and 2.8e-17 is no end that one would print.
    return max(0.0, round(middle - half, 12)), min(1.0, round(middle + half, 12))


@dataclass(frozen=True)
class Share:
    """So many of so many items, with how many there really were.

    Where items stand for different numbers of others, ``right`` and ``of`` are effective numbers: the
    weighted share, on as many items as would be as certain without weights (Kish 1965, "Survey Sampling").
    """

    right: float
    of: float
    items: int

    @classmethod
    def count(cls, right: int, of: int) -> Share:
        """A share of items that count alike."""
        return cls(right, of, of)

    @classmethod
    def weigh(cls, right: Sequence[bool], weights: Sequence[float]) -> Share:
        """The share of items that are right, each weighing as much as the items that it stands for."""
        total = sum(weights)
        if not total:
            return cls(0.0, 0.0, 0)
        effective = total**2 / sum(weight**2 for weight in weights)
        share = sum(weight for weight, yes in zip(weights, right, strict=True) if yes) / total
        return cls(share * effective, effective, len(weights))

    @property
    def value(self) -> float | None:
        """The share, 0 to 1; null where there is nothing to share."""
        return self.right / self.of if self.of else None

    @property
    def enough(self) -> bool:
        """Whether it rests on items enough to claim something."""
        return self.items >= MIN_ITEMS

    def interval(self) -> tuple[float | None, float | None]:
        """Wilson's 95 % interval; nulls below ten items."""
        return wilson_interval(self.right, self.of) if self.enough else (None, None)
