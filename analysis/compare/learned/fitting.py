"""Ridge regression from likenesses between texts, with exact leave-one-out scores; probabilities; thresholds.

Every label is regressed on the same likenesses, so one decomposition serves all labels and all strengths of
the penalty, and the score that a text would have had without itself among the examples is known in closed
form (Cook 1977; Rifkin and Lippert 2007, "Notes on regularized least squares"). Probabilities and thresholds
are fitted to those left-out scores, never to scores of texts that were learned from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

PENALTIES = (0.3, 0.6, 1.0, 2.0, 4.0)

_STEPS = 30
_FAINT = 1e-3  # penalty that keeps the two numbers of a sigmoid finite


@dataclass(frozen=True)
class Sigmoids:
    """For each label the two numbers that turn a score into a probability. Shape of both: (labels,)."""

    slope: np.ndarray
    shift: np.ndarray

    def __call__(self, scores: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-np.clip(scores * self.slope + self.shift, -30, 30)))


@dataclass(frozen=True)
class Fit:
    """What was learned from the likenesses of n texts.

    ``dual`` holds the weight of each text for each label, shape (n, labels); ``left_out`` the score of each
    text when it is not among the examples, same shape; ``loss`` the mean log loss of those.
    """

    dual: np.ndarray
    left_out: np.ndarray
    sigmoids: Sigmoids
    penalty: float
    loss: float


def fit_ridge(likeness: np.ndarray, truth: np.ndarray, penalties: Sequence[float] = PENALTIES) -> Fit:
    """Fit every label, with the penalty whose left-out probabilities lose least.

    Args:
        likeness: Shape (n, n), symmetric: inner products of the texts' features. A constant is added to it,
            which is the intercept.
        truth: Shape (n, labels): 1.0 where a text has the label, else 0.0.
        penalties: The strengths to choose from.
    """
    values, vectors = np.linalg.eigh(likeness + 1.0)
    values, turned = np.maximum(values, 0.0), vectors.T @ truth
    best: Fit | None = None
    for penalty in penalties:
        shrunk = 1 / (values + penalty)
        dual = vectors @ (shrunk[:, None] * turned)
        inverse_diagonal = (vectors**2) @ shrunk
        left_out = truth - dual / inverse_diagonal[:, None]
        sigmoids = fit_sigmoids(left_out, truth)
        loss = log_loss(sigmoids(left_out), truth)
        if best is None or loss < best.loss:
            best = Fit(dual, left_out, sigmoids, penalty, loss)
    return best


def fit_sigmoids(scores: np.ndarray, truth: np.ndarray) -> Sigmoids:
    """Fit a sigmoid a label (Platt 1999, with his smoothed targets), by Newton's method.

    Args:
        scores: Shape (n, labels); scores of texts that were left out.
        truth: Same shape, 1.0 or 0.0.
    """
    fitted = [_fit_sigmoid(scores[:, n], truth[:, n]) for n in range(truth.shape[1])]
    return Sigmoids(np.array([slope for slope, _ in fitted]), np.array([shift for _, shift in fitted]))


def _fit_sigmoid(scores: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    yes = truth.sum()
    no = len(truth) - yes
    target = np.where(truth > 0, (yes + 1) / (yes + 2), 1 / (no + 2))
    middle, spread = scores.mean(), scores.std() or 1.0
    design = np.column_stack([(scores - middle) / spread, np.ones(len(scores))])
    found = np.array([1.0, np.log((yes + 1) / (no + 1))])
    for _ in range(_STEPS):
        guess = 1 / (1 + np.exp(-np.clip(design @ found, -30, 30)))
        slope = design.T @ (guess - target) + _FAINT * found
        bend = (design * (guess * (1 - guess))[:, None]).T @ design + _FAINT * np.eye(2)
        found = found - np.linalg.solve(bend, slope)
    # A score that speaks against its own label is noise of a few examples.
    steepness = max(found[0], 0.0) / spread
    return steepness, found[1] - steepness * middle


def log_loss(guess: np.ndarray, truth: np.ndarray) -> float:
    """Mean log loss of probabilities over all texts and labels."""
    return float(-(truth * np.log(guess) + (1 - truth) * np.log(1 - guess)).mean())


def choose_threshold(probabilities: np.ndarray) -> float:
    """The probability from which giving a label raises the expected F1: half of the best F1 that is expected.

    It rests on the probabilities alone (Lipton, Elkan and Naryanaswamy 2014, "Optimal thresholding of
    classifiers to maximize F1 measure"), so it moves less with single texts than the threshold that was
    best on the examples.

    Example:
        >>> round(choose_threshold(np.array([0.9, 0.8, 0.1, 0.1])), 2)
        0.44
    """
    ordered = np.sort(probabilities)[::-1]
    given = np.arange(1, len(ordered) + 1)
    return float((2 * np.cumsum(ordered) / (given + ordered.sum())).max() / 2)
