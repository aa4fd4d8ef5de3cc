"""How common a thing is, corrected for how often the extraction is wrong about it.

The share of items in which the extraction finds a frame is off in two ways: frames it misses, and frames it
finds where there is none. Where a coded sample measures both, the share that coders would find follows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from analysis.compare.intervals import MIN_ITEMS, Share, Z


@dataclass(frozen=True)
class CorrectedPrevalence:
    """A share of items, 0 to 1, with its 95 % interval; nulls where it is not identified, and why."""

    value: float | None
    low: float | None
    high: float | None
    why: str = ""


def correct_prevalence(found: Share, sensitivity: Share, specificity: Share) -> CorrectedPrevalence:
    """Correct the share that the extraction finds for its measured error.

    The estimate is that of Rogan and Gladen (1978), "Estimating prevalence from the results of a screening
    test": (found + specificity - 1) / (sensitivity + specificity - 1). Its interval is that of Lang and
    Reiczigel (2014), "Confidence limits for prevalence of disease adjusted for estimated sensitivity and
    specificity", which carries the uncertainty of all three. They take the three samples as independent;
    where the coded items are some of those that the extraction was counted on, it is a little too wide.

    Args:
        found: The items in which the extraction finds it, of all items.
        sensitivity: The items in which the extraction finds it, of those in which coders do.
        specificity: The items in which the extraction finds none, of those in which coders find none.

    Returns:
        The estimate and interval, cut off at 0 and 1. Not identified where coders found it in fewer than ten
        items or in all but nine, or where the extraction finds it no more often in items that have it than
        in others.
    """
    unknown = _why_not(found, sensitivity, specificity)
    if unknown:
        return CorrectedPrevalence(None, None, None, unknown)
    value = _rogan_gladen(found.value, sensitivity.value, specificity.value)
    low, high = _lang_reiczigel(found, sensitivity, specificity)
    return CorrectedPrevalence(_clip(value), _clip(low), _clip(high))


def _why_not(found: Share, sensitivity: Share, specificity: Share) -> str:
    if not found.items:
        return "there are no items"
    if not sensitivity.items:
        return "coders found it in none of the items"
    if not specificity.items:
        return "coders found it in every item"
    for share, what in ((sensitivity, "with it"), (specificity, "without it")):
        if not share.enough:
            return f"only {share.items} coded {what}; {MIN_ITEMS} are needed"
    if sensitivity.value + specificity.value <= 1:
        return "the extraction finds it no more often where it is than where it is not"
    return ""


def _rogan_gladen(found: float, sensitivity: float, specificity: float) -> float:
    return (found + specificity - 1) / (sensitivity + specificity - 1)


def _lang_reiczigel(found: Share, sensitivity: Share, specificity: Share) -> tuple[float, float]:
    """The interval around adjusted counts, as their equations 15 and 16 have it."""
    n, n_sensitivity, n_specificity = found.of + Z**2, sensitivity.of + 2, specificity.of + 2
    share = (found.right + Z**2 / 2) / n
    finds, spares = (sensitivity.right + 1) / n_sensitivity, (specificity.right + 1) / n_specificity
    youden = finds + spares - 1
    if youden <= 0:
        return 0.0, 1.0
    middle = _clip(_rogan_gladen(share, finds, spares))
    missed, false = finds * (1 - finds) / n_sensitivity, spares * (1 - spares) / n_specificity
    shift = 2 * Z**2 * (middle * missed - (1 - middle) * false)
    variance = share * (1 - share) / n + middle**2 * missed + (1 - middle) ** 2 * false
    half = Z * math.sqrt(variance) / youden
    return middle + shift - half, middle + shift + half


def _clip(share: float) -> float:
    return min(1.0, max(0.0, share))
