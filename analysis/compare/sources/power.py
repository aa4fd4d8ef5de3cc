"""How many articles a difference between two shares needs to be found: for planning, never a test.

A power note made from an observed difference says no more than its p-value does, in other words (Hoenig and
Heisey 2001, "The abuse of power"). It says how large a corpus would have to be if the true difference were as
large as this one.
"""

from __future__ import annotations

import math
from statistics import NormalDist

from analysis.compare.keyness import LEVEL
from analysis.errors import WorkbookError

POWER = 0.8


def articles_needed(
    share_one: float, share_other: float, *, power: float = POWER, level: float = LEVEL, tests: int = 1
) -> int | None:
    """How many articles a side find a difference of two shares so often.

    The sample size for two proportions with the continuity correction of Fleiss, Tytun and Ury (1980), "A
    simple approximation for calculating sample sizes for comparing independent proportions", which comes
    close to that of Fisher's exact test. Two-sided, both sides of one size.

    Args:
        share_one: The share of articles with it in one source, 0 to 1.
        share_other: The share in the other.
        power: How often the difference is to be found, between 0 and 1.
        level: The level of the test, between 0 and 1.
        tests: How many are tested together; the level is divided by it (Bonferroni).

    Returns:
        Articles a side; null where the shares are alike, which no number of articles tells apart.

    Raises:
        WorkbookError: A share, the power, the level or the number of tests is out of its range.

    Example:
        >>> articles_needed(0.3, 0.6)
        49
        >>> articles_needed(0.3, 0.6, tests=14)
        83
    """
    _check(share_one, share_other, power, level, tests)
    apart = abs(share_one - share_other)
    if not apart:
        return None
    mean = (share_one + share_other) / 2
    spread = share_one * (1 - share_one) + share_other * (1 - share_other)
    quantile = NormalDist().inv_cdf
    under_none = quantile(1 - level / (2 * tests)) * math.sqrt(2 * mean * (1 - mean))
    plain = ((under_none + quantile(power) * math.sqrt(spread)) / apart) ** 2
    return math.ceil(plain / 4 * (1 + math.sqrt(1 + 4 / (plain * apart))) ** 2)


def say_needed(needed: int | None) -> str:
    """Say in words how many articles a difference would need; "" where that is not known.

    Example:
        >>> say_needed(46)
        'a difference of this size would need about 46 articles a side to be found four times in five'
    """
    if needed is None:
        return ""
    often = "to be found four times in five"
    return f"a difference of this size would need about {needed:,} articles a side {often}"


def _check(share_one: float, share_other: float, power: float, level: float, tests: int) -> None:
    for name, value in (("share_one", share_one), ("share_other", share_other)):
        if not 0 <= value <= 1:
            raise WorkbookError(f"{name} is {value}, which is no share.", allowed="Shares run from 0 to 1.")
    for name, value in (("power", power), ("level", level)):
        if not 0 < value < 1:
            raise WorkbookError(f"{name} is {value}.", allowed="It lies between 0 and 1, both left out.")
    if level >= power:
        raise WorkbookError(
            f"The level, {level}, is not below the power, {power}.",
            allowed="A test finds a difference more often than it errs where there is none.",
        )
    if tests < 1:
        raise WorkbookError(f"tests is {tests}.", allowed="At least one is tested.")
