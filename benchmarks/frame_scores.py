"""F1 of labels that a way gave to texts, with its interval: what ``frames.py`` prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

DRAWS, SEED = 2000, 2025


@dataclass(frozen=True)
class Scores:
    """Micro F1 (all decisions), macro F1 (mean of the labels), each with a 95 % interval; F1 by label."""

    micro: float
    macro: float
    micro_interval: tuple[float, float]
    macro_interval: tuple[float, float]
    by_label: dict[str, float]


def score_labels(
    truth: Sequence[Iterable[str]], given: Sequence[Iterable[str]], labels: Sequence[str]
) -> Scores:
    """Compare the labels given to texts with those of the coders.

    Intervals are percentiles of a bootstrap over texts. A label that nobody has and nobody gave scores 0.

    Args:
        truth: The coders' labels, text by text.
        given: A way's labels, in the same order.
        labels: Every label that counts.
    """
    yes, said = _mark(truth, labels), _mark(given, labels)
    cells = np.stack([yes & said, ~yes & said, yes & ~said]).astype(float)
    draws = np.random.default_rng(SEED).multinomial(len(yes), np.full(len(yes), 1 / len(yes)), DRAWS)
    micro, macro, each = _f1(cells.sum(axis=1)[None])
    micros, macros, _ = _f1(np.stack([draws @ cell for cell in cells], axis=1))
    return Scores(
        float(micro[0]),
        float(macro[0]),
        _interval(micros),
        _interval(macros),
        dict(zip(labels, each[0].tolist(), strict=True)),
    )


def _mark(rows: Sequence[Iterable[str]], labels: Sequence[str]) -> np.ndarray:
    return np.array([[label in set(row) for label in labels] for row in rows])


def _f1(sums: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """``sums`` has shape (draws, 3, labels): right, wrongly given, missed."""
    right, wrong, missed = sums[:, 0], sums[:, 1], sums[:, 2]
    each = 2 * right / np.maximum(2 * right + wrong + missed, 1)
    all_of = sums.sum(axis=2)
    micro = 2 * all_of[:, 0] / np.maximum(2 * all_of[:, 0] + all_of[:, 1] + all_of[:, 2], 1)
    return micro, each.mean(axis=1), each


def _interval(values: np.ndarray) -> tuple[float, float]:
    low, high = np.quantile(values, (0.025, 0.975))
    return float(low), float(high)
