"""A learned model: weights, thresholds, and where they come from; it scores texts with numpy alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from analysis.compare.learned import embedding
from analysis.compare.learned.terms import count_terms
from analysis.progress import Progress


@dataclass(frozen=True)
class Settings:
    """What a training was told; ``words``, ``pieces`` and ``sense`` are how much each view counts.

    ``embedder`` names the package of the embeddings, "" without; ``at_least_one`` gives a text without a
    label the one that comes closest to its threshold.
    """

    embedder: str = ""
    at_least_one: bool | None = None
    words: float = 1.0
    pieces: float = 1.0
    sense: float = 2.0
    least_texts: int = 2
    most_terms: int = 30_000


@dataclass(frozen=True)
class TermWeights:
    """The features of one kind, how rare each is, and its weight for each label: shape (terms, labels)."""

    kind: str
    names: tuple[str, ...]
    rarity: np.ndarray
    weights: np.ndarray

    @cached_property
    def place(self) -> dict[str, int]:
        """Feature to row of the weights."""
        return {name: n for n, name in enumerate(self.names)}

    def weigh(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """A text's features by row of the weights, and their TF-IDF."""
        counted = [(self.place[t], n) for t, n in count_terms(text, self.kind).items() if t in self.place]
        rows = np.array([row for row, _ in counted], dtype=int)
        values = (1.0 + np.log([float(n) for _, n in counted])) * self.rarity[rows]
        length = float(np.sqrt((values**2).sum()))
        return rows, values / length if length else values


@dataclass(frozen=True, eq=False)
class FrameModel:
    """Labels learned from a coded sample: made by :func:`train_frames`, kept by :meth:`save`.

    A label's probability is ``1 / (1 + exp(-(slope * raw + shift)))`` of its raw score, and it is given from
    its threshold on. ``means`` is what each view gives to a raw score on average, shape (views, labels).
    """

    labels: tuple[str, ...]
    thresholds: np.ndarray
    slope: np.ndarray
    shift: np.ndarray
    intercept: np.ndarray
    terms: tuple[TermWeights, ...]
    sense: np.ndarray | None
    means: np.ndarray
    settings: Settings
    penalty: float
    sample: str
    sample_sha256: str
    texts: int
    examples: tuple[int, ...]
    figures: dict[str, object] = field(default_factory=dict)

    def score(
        self, texts: Sequence[str], *, sense: np.ndarray | None = None, progress: Progress | None = None
    ) -> np.ndarray:
        """How probable each label is.

        Args:
            texts: The texts.
            sense: Their embeddings, where they are known already.
            progress: Called with how many are embedded.

        Returns:
            Shape: (texts, labels), 0 to 1.
        """
        parts = self.parts(texts, sense=sense, progress=progress)
        return self.to_probabilities(parts.sum(axis=1) + self.intercept)

    def parts(
        self, texts: Sequence[str], *, sense: np.ndarray | None = None, progress: Progress | None = None
    ) -> np.ndarray:
        """What each view adds to the raw score: the kinds of terms, then the embedding.

        Args: as in :meth:`score`.

        Returns:
            Shape: (texts, views, labels).
        """
        views = len(self.terms) + (self.sense is not None)
        made = np.zeros((len(texts), views, len(self.labels)))
        for row, text in enumerate(texts):
            for view, terms in enumerate(self.terms):
                rows, values = terms.weigh(text)
                made[row, view] = values @ terms.weights[rows]
        if self.sense is not None:
            vectors = embedding.embed(texts, progress=progress) if sense is None else sense
            made[:, -1] = vectors @ self.sense
        return made

    def to_probabilities(self, raw: np.ndarray) -> np.ndarray:
        """Raw scores as probabilities."""
        return 1 / (1 + np.exp(-np.clip(raw * self.slope + self.shift, -30, 30)))

    def label(self, texts: Sequence[str], *, progress: Progress | None = None) -> list[list[str]]:
        """The labels of each text, none or several."""
        given = self.decide(self.score(texts, progress=progress))
        return [[self.labels[n] for n in np.flatnonzero(row)] for row in given]

    def decide(self, probabilities: np.ndarray) -> np.ndarray:
        """Which labels are given. Shape: (texts, labels), true or false."""
        given = probabilities >= self.thresholds
        if self.settings.at_least_one:
            closest = np.argmax(probabilities / self.thresholds, axis=1)
            bare = ~given.any(axis=1)
            given[bare, closest[bare]] = True
        return given
