"""Learn labels from a coded sample: features of its texts, likenesses, one fit for all labels."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from analysis.compare.learned import embedding
from analysis.compare.learned.categories import CategoryCounter
from analysis.compare.learned.coded import MIN_EXAMPLES, CodedSample, read_coded
from analysis.compare.learned.fitting import Fit, choose_threshold, fit_ridge
from analysis.compare.learned.model import FrameModel, Settings, TermWeights, measure_dense
from analysis.compare.learned.terms import KINDS, TermCounts
from analysis.errors import CorpusFormatError
from analysis.progress import Progress

LEAST_TEXTS = 10
"""Of fewer nothing is learned."""


@dataclass(frozen=True)
class Prepared:
    """What a sample's texts hold, counted once and used by every fold.

    ``truth`` has shape (texts, labels); ``dense`` holds what is not fitted to a sample: counts of codebook
    categories and embeddings, each of shape (texts, features), and may be empty.
    """

    sample: CodedSample
    settings: Settings
    truth: np.ndarray
    terms: tuple[TermCounts, ...]
    dense: dict[str, np.ndarray]


def prepare(
    coded: CodedSample | str | Path,
    *,
    embed: bool | None = None,
    codebooks: Sequence[str] = (),
    at_least_one: bool | None = None,
    progress: Progress | None = None,
) -> Prepared:
    """Count the features of a sample's texts and embed them.

    Args: as in :func:`train_frames`.

    Raises:
        CorpusFormatError: The table is malformed, or nothing can be learned from it.
    """
    sample = coded if isinstance(coded, CodedSample) else read_coded(coded)
    _check_enough(sample)
    settings = _choose_settings(sample, embed, codebooks, at_least_one)
    place = {label: n for n, label in enumerate(sample.labels)}
    truth = np.zeros((len(sample), len(place)))
    for row, given in enumerate(sample.given):
        truth[row, [place[label] for label in given]] = 1.0
    terms = tuple(TermCounts(sample.texts, kind) for kind in KINDS)
    return Prepared(sample, settings, truth, terms, measure_dense(sample.texts, settings, progress=progress))


def _check_enough(sample: CodedSample) -> None:
    counted = sample.counts()
    if len(sample) < LEAST_TEXTS:
        what = f"{len(sample)} coded texts are too few to learn from."
    elif max(counted.values(), default=0) < MIN_EXAMPLES:
        what = f"No label has {MIN_EXAMPLES} examples."
    elif min(counted.values()) == len(sample):
        what = f"Every text has the label '{sample.labels[0]}', so there is nothing to tell it from."
        what = what if len(counted) == 1 else "Every text has every label, so there is nothing to tell apart."
    else:
        return
    raise CorpusFormatError(
        what,
        where=sample.source,
        allowed=f"{LEAST_TEXTS} texts at least, {MIN_EXAMPLES} with each label and some without it.",
        todo="Code more texts; those with none of the labels as well ('none').",
    )


def _choose_settings(
    sample: CodedSample, embed: bool | None, codebooks: Sequence[str], at_least_one: bool | None
) -> Settings:
    """The settings of a training; ``embed`` None takes embeddings if they are installed, and says if not."""
    if embed is None:
        embed = embedding.is_installed()
        if not embed:
            print(embedding.MISSING, file=sys.stderr)
    elif embed and not embedding.is_installed():
        raise CorpusFormatError(embedding.MISSING, todo="Install it, or train with embed=False.")
    return Settings(
        embedder=embedding.name_embedder() if embed else "",
        codebooks=tuple(codebooks),
        codebook_versions=CategoryCounter.of(codebooks).versions,
        at_least_one=all(sample.given) if at_least_one is None else at_least_one,
    )


def train_frames(
    coded: CodedSample | str | Path,
    *,
    embed: bool | None = None,
    codebooks: Sequence[str] = (),
    at_least_one: bool | None = None,
    progress: Progress | None = None,
) -> FrameModel:
    """Learn to give labels from texts that people have coded.

    Args:
        coded: The sample, or the path of its table (:func:`read_coded`).
        embed: Use sentence embeddings; None means where they are installed.
        codebooks: Names of codebooks, or their paths, whose matches by category are features as well.
        at_least_one: Give each text its likeliest label where none passes its threshold; None means if
            every text of the sample has a label.
        progress: Called with what is done and how far it is.

    Returns:
        The model. The same sample and settings give the same model.

    Raises:
        CorpusFormatError: The table is malformed, or has too few texts.
    """
    prepared = prepare(coded, embed=embed, codebooks=codebooks, at_least_one=at_least_one, progress=progress)
    return fit_rows(prepared, np.arange(len(prepared.sample)))


def fit_rows(prepared: Prepared, rows: np.ndarray) -> FrameModel:
    """Learn from some of the texts.

    Args:
        prepared: The sample's features.
        rows: The texts to learn from, by number.
    """
    learning = _Learning.of(prepared, rows)
    return learning.to_model()


@dataclass
class _Learning:
    """The features that some texts give, and what is learned from them."""

    prepared: Prepared
    rows: np.ndarray
    chosen: list[tuple[np.ndarray, np.ndarray]] = field(default_factory=list)
    views: list = field(default_factory=list)

    @classmethod
    def of(cls, prepared: Prepared, rows: np.ndarray) -> _Learning:
        learning = cls(prepared, rows)
        settings = prepared.settings
        for counts in prepared.terms:
            columns, rarity = counts.choose(rows, least=settings.least_texts, most=settings.most_terms)
            learning.chosen.append((columns, rarity))
            learning.views.append(counts.weigh(columns, rarity)[rows])
        learning.views += [view[rows] for view in prepared.dense.values()]
        return learning

    def shares(self) -> np.ndarray:
        """How much each view counts; together one."""
        settings = self.prepared.settings
        weights = [settings.weight(name) for name in (*KINDS, *self.prepared.dense)]
        return np.array(weights) / sum(weights)

    def to_model(self) -> FrameModel:
        prepared, shares = self.prepared, self.shares()
        truth = prepared.truth[self.rows]
        likeness = sum(share * _inner(view) for share, view in zip(shares, self.views, strict=True))
        fit = fit_ridge(likeness, truth)
        weights = [
            share * np.asarray(view.T @ fit.dual) for share, view in zip(shares, self.views, strict=True)
        ]
        means = np.array([np.asarray(v @ w).mean(axis=0) for v, w in zip(self.views, weights, strict=True)])
        terms = tuple(
            TermWeights(
                counts.kind,
                tuple(counts.names[columns]),
                rarity,
                weight,
            )
            for counts, (columns, rarity), weight in zip(prepared.terms, self.chosen, weights, strict=False)
        )
        learned = truth.sum(axis=0) >= MIN_EXAMPLES
        return FrameModel(
            labels=prepared.sample.labels,
            thresholds=_thresholds(fit, learned),
            slope=fit.sigmoids.slope,
            shift=fit.sigmoids.shift,
            intercept=fit.dual.sum(axis=0),
            terms=terms,
            dense=dict(zip(prepared.dense, weights[len(terms) :], strict=True)),
            means=means,
            settings=prepared.settings,
            penalty=fit.penalty,
            sample=prepared.sample.source,
            sample_sha256=prepared.sample.sha256,
            texts=len(self.rows),
            examples=tuple(int(n) for n in truth.sum(axis=0)),
        )


def _inner(view) -> np.ndarray:
    product = view @ view.T
    return product if isinstance(product, np.ndarray) else product.toarray()


def _thresholds(fit: Fit, learned: Sequence[bool]) -> np.ndarray:
    """A threshold a label; more than one, which nothing reaches, where there were too few examples."""
    probabilities = fit.sigmoids(fit.left_out)
    chosen = [choose_threshold(probabilities[:, n]) for n in range(probabilities.shape[1])]
    return np.where(learned, chosen, 2.0)
