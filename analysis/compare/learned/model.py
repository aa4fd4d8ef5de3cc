"""A learned model: weights, thresholds, and where they come from; it scores texts with numpy alone."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

from analysis.compare.learned import embedding
from analysis.compare.learned.categories import CategoryCounter
from analysis.compare.learned.files import write_model_file
from analysis.compare.learned.fitting import Sigmoids
from analysis.compare.learned.terms import count_terms, find_terms
from analysis.progress import Progress

DENSE = ("categories", "sense")
"""Views beside the terms, in their order."""

_MOST_TERMS = 5  # shown of a decision


@dataclass(frozen=True)
class Settings:
    """What a training was told; ``words``, ``pieces``, ``categories`` and ``sense`` weigh the views.

    ``embedder`` names the package of the embeddings, "" without; ``codebooks`` those whose matches are
    features; ``at_least_one`` gives a text that reaches no threshold the label that comes closest to its own.
    """

    embedder: str = ""
    codebooks: tuple[str, ...] = ()
    codebook_versions: tuple[str, ...] = ()
    at_least_one: bool = False
    words: float = 1.0
    pieces: float = 1.0
    categories: float = 0.5
    sense: float = 2.0
    least_texts: int = 2
    most_terms: int = 30_000

    def weight(self, view: str) -> float:
        """How much a view counts: "words", "pieces", "categories" or "sense"."""
        return getattr(self, view)


def measure_dense(
    texts: Sequence[str], settings: Settings, *, progress: Progress | None = None
) -> dict[str, np.ndarray]:
    """The features that are not fitted to a sample, by view: each of shape (texts, features)."""
    made = {}
    if settings.codebooks:
        made["categories"] = CategoryCounter.of(settings.codebooks).count(texts, progress=progress)
    if settings.embedder:
        made["sense"] = embedding.embed(texts, progress=progress)
    return made


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


@dataclass(frozen=True)
class Carrier:
    """Words that carried a decision: ``text`` is exactly that slice, ``weight`` what they add in log odds."""

    start: int
    end: int
    text: str
    weight: float


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
    dense: dict[str, np.ndarray]
    means: np.ndarray
    settings: Settings
    penalty: float
    sample: str
    sample_sha256: str
    texts: int
    examples: tuple[int, ...]
    figures: dict[str, object] = field(default_factory=dict)

    def score(
        self,
        texts: Sequence[str],
        *,
        dense: dict[str, np.ndarray] | None = None,
        progress: Progress | None = None,
    ) -> np.ndarray:
        """How probable each label is.

        Args:
            texts: The texts.
            dense: Their features by :func:`measure_dense`, where they are known already.
            progress: Called with how many are embedded.

        Returns:
            Shape: (texts, labels), 0 to 1.
        """
        parts = self.parts(texts, dense=dense, progress=progress)
        return self.to_probabilities(parts.sum(axis=1) + self.intercept)

    def parts(
        self,
        texts: Sequence[str],
        *,
        dense: dict[str, np.ndarray] | None = None,
        progress: Progress | None = None,
    ) -> np.ndarray:
        """What each view adds to the raw score: the kinds of terms, then codebook categories, then embedding.

        Args: as in :meth:`score`.

        Returns:
            Shape: (texts, views, labels).
        """
        views = len(self.terms) + len(self.dense)
        made = np.zeros((len(texts), views, len(self.labels)))
        for row, text in enumerate(texts):
            for view, terms in enumerate(self.terms):
                rows, values = terms.weigh(text)
                made[row, view] = values @ terms.weights[rows]
        dense = measure_dense(texts, self.settings, progress=progress) if dense is None else dense
        for view, (name, weights) in enumerate(self.dense.items(), len(self.terms)):
            # Row by row: a product of whole matrices may round otherwise with other neighbours.
            for row, features in enumerate(dense[name]):
                made[row, view] = features @ weights
        return made

    def to_probabilities(self, raw: np.ndarray) -> np.ndarray:
        """Raw scores as probabilities."""
        return Sigmoids(self.slope, self.shift)(raw)

    def label(self, texts: Sequence[str], *, progress: Progress | None = None) -> list[list[str]]:
        """The labels of each text, none or several."""
        given = self.decide(self.score(texts, progress=progress))
        return [[self.labels[n] for n in np.flatnonzero(row)] for row in given]

    def decide(self, probabilities: np.ndarray, *, threshold_only: bool = False) -> np.ndarray:
        """Which labels are given.

        Args:
            probabilities: Shape (texts, labels).
            threshold_only: Give no label below its threshold, whatever the setting ``at_least_one`` says.

        Returns:
            Shape: (texts, labels), true or false.
        """
        given = probabilities >= self.thresholds
        if self.settings.at_least_one and not threshold_only:
            # A label with too few examples has a threshold over one, and is never given.
            nearness = np.where(self.thresholds <= 1, probabilities / self.thresholds, -1.0)
            likeliest = nearness.argmax(axis=1)
            bare = ~given.any(axis=1) & (nearness.max(axis=1) >= 0)
            given[bare, likeliest[bare]] = True
        return given

    def carried_by(self, parts: np.ndarray, label: int) -> str:
        """What raised a text's score for a label most over the average of the sample.

        Args:
            parts: What each view adds, shape (views, labels), as :meth:`parts` gives it for a text.
            label: The label's number.

        Returns:
            "terms", "codebook", "embedding", or "neither" where all lower it.
        """
        above = (parts - self.means)[:, label] * self.slope[label]
        adds = {"terms": float(above[: len(self.terms)].sum())}
        for name, value in zip(self.dense, above[len(self.terms) :], strict=True):
            adds["embedding" if name == "sense" else "codebook"] = float(value)
        best = max(adds, key=adds.__getitem__)
        return best if adds[best] > 0 else "neither"

    def find_carriers(self, text: str, label: int, *, most: int = _MOST_TERMS) -> list[Carrier]:
        """The words, and pairs of words, that raise a label's score most, heaviest first, none twice.

        What a word's pieces add is counted with the word.
        """
        adds: dict[tuple[int, int], float] = {}
        for terms in self.terms:
            rows, values = terms.weigh(text)
            counted = count_terms(text, terms.kind)
            names = [terms.names[row] for row in rows]
            each = {
                name: value * terms.weights[row, label] / counted[name]
                for name, row, value in zip(names, rows, values, strict=True)
            }
            for term in find_terms(text, terms.kind):
                if term.name in each:
                    span = term.start, term.end
                    adds[span] = adds.get(span, 0.0) + each[term.name]
        carriers: list[Carrier] = []
        for (start, end), weight in sorted(adds.items(), key=lambda item: (-item[1], item[0])):
            weight *= self.slope[label]
            if weight <= 0 or len(carriers) == most:
                break
            if all(end <= other.start or start >= other.end for other in carriers):
                carriers.append(Carrier(start, end, text[start:end], round(float(weight), 4)))
        return carriers

    def save(self, path: str | Path) -> Path:
        """Write the model as one npz file, without any pickle; the same model gives the same bytes.

        Raises:
            OutputError: The folder does not exist, or a file of that name is no model.
        """
        about = {
            "labels": self.labels,
            "settings": asdict(self.settings),
            "penalty": self.penalty,
            "sample": self.sample,
            "sample_sha256": self.sample_sha256,
            "texts": self.texts,
            "examples": self.examples,
            "figures": self.figures,
            "versions": {name: importlib.metadata.version(name) for name in ("framelines", "numpy", "scipy")},
            "terms": {terms.kind: terms.names for terms in self.terms},
        }
        arrays = {
            name: getattr(self, name) for name in ("thresholds", "slope", "shift", "intercept", "means")
        }
        arrays |= {f"{view}_weights": weights for view, weights in self.dense.items()}
        for terms in self.terms:
            arrays |= {f"{terms.kind}_rarity": terms.rarity, f"{terms.kind}_weights": terms.weights}
        write_model_file(Path(path), about, arrays)
        return Path(path)
