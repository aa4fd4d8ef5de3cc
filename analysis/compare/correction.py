"""Corrections of p-values for how many were looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def correct_open(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """Benjamini and Hochberg (1995), for an open vocabulary: of what is called distinctive, few are false."""
    order = np.argsort(p, kind="stable")
    steps = p[order] * len(p) / np.arange(1, len(p) + 1)
    corrected = np.empty_like(p)
    corrected[order] = np.minimum(np.minimum.accumulate(steps[::-1])[::-1], 1)
    return corrected


def correct_few(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """Holm (1979), for a short fixed list: that any is false is unlikely."""
    order = np.argsort(p, kind="stable")
    steps = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    corrected = np.empty_like(p)
    corrected[order] = np.minimum(steps, 1)
    return corrected
