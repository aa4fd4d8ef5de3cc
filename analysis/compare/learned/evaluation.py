"""How good learned labels are: every text is labelled by a model that never saw it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.compare.intervals import wilson_interval
from analysis.compare.learned.coded import CodedSample
from analysis.compare.learned.model import FrameModel
from analysis.compare.learned.training import LEAST_TEXTS, Prepared, fit_rows, prepare
from analysis.errors import CorpusFormatError
from analysis.progress import Progress

FEW = 20
"""A label with fewer coded texts has figures that mean little."""

_DRAWS, _SEED = 2000, 20


@dataclass(frozen=True)
class Evaluation:
    """How the labels of a model agree with a coder's.

    ``micro`` is F1 over all decisions, ``macro`` the mean of the labels' F1; each with a 95 % interval by
    bootstrap over texts. ``table``: one row a label with n (texts that have it), precision, precision_low,
    precision_high, recall, recall_low, recall_high (Wilson's 95 % intervals), f1. ``given`` holds the labels
    that the model gave, text by text.
    """

    micro: float
    macro: float
    micro_interval: tuple[float, float]
    macro_interval: tuple[float, float]
    table: pd.DataFrame
    texts: int
    folds: int
    given: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()

    def figures(self) -> dict[str, object]:
        """The figures as a model's file keeps them."""
        return {
            "texts": self.texts,
            "folds": self.folds,
            "seed": _SEED,
            "micro_f1": round(self.micro, 4),
            "micro_f1_interval": [round(end, 4) for end in self.micro_interval],
            "macro_f1": round(self.macro, 4),
            "macro_f1_interval": [round(end, 4) for end in self.macro_interval],
            "f1": dict(zip(self.table["label"], self.table["f1"].round(4).tolist(), strict=True)),
        }

    def __str__(self) -> str:
        def line(name: str, value: float, interval: tuple[float, float]) -> str:
            return f"{name} F1 {value:.3f} (95 % interval {interval[0]:.3f} to {interval[1]:.3f})"

        shown = self.table.to_string(index=False, float_format=lambda value: f"{value:.3f}", na_rep="-")
        return "\n".join(
            (
                f"{self.texts} texts in {self.folds} folds, each labelled by a model that had not seen it.",
                line("micro", self.micro, self.micro_interval),
                line("macro", self.macro, self.macro_interval),
                shown,
                *self.notes,
            )
        )


def evaluate_frames(
    coded: CodedSample | str | Path,
    *,
    folds: int | Sequence[object] | None = None,
    embed: bool | None = None,
    codebooks: Sequence[str] = (),
    at_least_one: bool | None = None,
    progress: Progress | None = None,
) -> Evaluation:
    """Say how good a model of this sample is, by cross-validation.

    Thresholds, probabilities and the strength of the penalty are chosen on the training part of each fold.

    Args:
        coded: The sample, or the path of its table (:func:`read_coded`).
        folds: How many folds, or the fold of each text; None takes the table's column ``fold``, else five.
            A number sorts texts by their ids' SHA-256, so that more texts move none.
        embed: Use sentence embeddings; None means where they are installed.
        codebooks: As in :func:`train_frames`.
        at_least_one: As in :func:`train_frames`.
        progress: Called with how many folds are done.

    Returns:
        The figures, and the labels that were given.

    Raises:
        CorpusFormatError: The table is malformed, or the folds do not fit it.
    """
    prepared = prepare(coded, embed=embed, codebooks=codebooks, at_least_one=at_least_one, progress=progress)
    return _cross_validate(prepared, folds, progress)


def train_and_evaluate(
    coded: CodedSample | str | Path,
    *,
    folds: int | Sequence[object] | None = None,
    embed: bool | None = None,
    codebooks: Sequence[str] = (),
    at_least_one: bool | None = None,
    progress: Progress | None = None,
) -> tuple[FrameModel, Evaluation]:
    """A model of the whole sample that keeps its cross-validated figures, and those figures.

    Args: as in :func:`evaluate_frames`.

    Returns:
        The model, with the figures in ``figures``, and the evaluation.
    """
    prepared = prepare(coded, embed=embed, codebooks=codebooks, at_least_one=at_least_one, progress=progress)
    evaluation = _cross_validate(prepared, folds, progress)
    model = fit_rows(prepared, np.arange(len(prepared.sample)))
    return replace(model, figures=evaluation.figures()), evaluation


def _cross_validate(
    prepared: Prepared, folds: int | Sequence[object] | None, progress: Progress | None
) -> Evaluation:
    sample = prepared.sample
    fold = _assign_folds(sample, folds)
    given = np.zeros(prepared.truth.shape, dtype=bool)
    names = sorted(set(fold))
    _check_rest(sample, fold)
    for done, name in enumerate(names, 1):
        left_out = np.array([each == name for each in fold])
        model = fit_rows(prepared, np.flatnonzero(~left_out))
        texts = [text for text, out in zip(sample.texts, left_out, strict=True) if out]
        dense = {view: features[left_out] for view, features in prepared.dense.items()}
        given[left_out] = model.decide(model.score(texts, dense=dense))
        if progress:
            progress("Folds", done, len(names))
    evaluation = _measure(sample, prepared.truth > 0, given, len(names))
    return replace(evaluation, notes=(*_say_rule(prepared), *evaluation.notes))


def _say_rule(prepared: Prepared) -> tuple[str, ...]:
    if not prepared.settings.at_least_one:
        return ()
    return (
        "A text that reached no threshold was given its likeliest label, as every text is to have one"
        " (--threshold-only leaves it without).",
    )


def _check_rest(sample: CodedSample, fold: Sequence[str]) -> None:
    name, size = Counter(fold).most_common(1)[0]
    if len(sample) - size < LEAST_TEXTS:
        raise CorpusFormatError(
            f"Without fold '{name}' {len(sample) - size} of {len(sample)} texts are left to learn from.",
            where=sample.source,
            allowed=f"{LEAST_TEXTS} texts at least outside of each fold.",
            todo="Code more texts, or make more and smaller folds.",
        )


def _assign_folds(sample: CodedSample, folds: int | Sequence[object] | None) -> list[str]:
    if folds is None:
        folds = sample.folds or 5
    if isinstance(folds, int):
        if not 2 <= folds <= len(sample):
            raise CorpusFormatError(
                f"{folds} folds cannot be made of {len(sample)} texts.",
                where=sample.source,
                allowed=f"2 to {len(sample)} folds.",
            )
        # Copies of a text stand in the fold of the first: else one would be learned from, the other measured.
        first: dict[str, str] = {}
        names = [first.setdefault(text, own) for text, own in zip(sample.texts, sample.ids, strict=True)]
        digests = (hashlib.sha256(name.encode("utf-8", "surrogatepass")) for name in names)
        folds = [int(digest.hexdigest(), 16) % folds for digest in digests]
    if len(folds) != len(sample) or len(set(folds)) < 2:
        names = sorted({str(each) for each in folds})
        listed = ", ".join(f"'{name[:40]}'" for name in names[:10])
        raise CorpusFormatError(
            f"{len(folds)} folds were given for {len(sample)} texts, of {len(names)} names: {listed}.",
            where=sample.source,
            allowed="A fold for each text, and two folds at least.",
            todo="Mend the folds, or give a number of them.",
        )
    return [str(each) for each in folds]


def _measure(sample: CodedSample, truth: np.ndarray, given: np.ndarray, folds: int) -> Evaluation:
    cells = np.stack([truth & given, ~truth & given, truth & ~given]).astype(float)
    micro, macro = _f1(cells.sum(axis=1)[None])
    drawn = np.random.default_rng(_SEED).multinomial(len(sample), [1 / len(sample)] * len(sample), _DRAWS)
    micros, macros = _f1(np.stack([drawn @ cell for cell in cells], axis=1))
    rows = [_row(label, *cells[:, :, n].sum(axis=1).astype(int)) for n, label in enumerate(sample.labels)]
    few = [f"{row['label']} ({row['n']})" for row in rows if row["n"] < FEW]
    notes = [f"Under {FEW} coded texts, so the figures mean little: {', '.join(few)}."] if few else []
    if (truth == given).all():
        least = wilson_interval(len(sample), len(sample))[0]
        notes.append(
            "No text was labelled wrongly, so the intervals of F1 have no width; of other texts drawn alike"
            f" {100 * least:.0f} to 100 % are labelled rightly (Wilson's 95 % interval)."
        )
    return Evaluation(
        float(micro[0]),
        float(macro[0]),
        tuple(float(q) for q in np.quantile(micros, (0.025, 0.975))),
        tuple(float(q) for q in np.quantile(macros, (0.025, 0.975))),
        pd.DataFrame(rows),
        len(sample),
        folds,
        tuple(tuple(sample.labels[n] for n in np.flatnonzero(row)) for row in given),
        tuple(notes),
    )


def _f1(sums: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Micro and macro F1 of counts with shape (draws, 3, labels): right, wrongly given, missed."""
    right, wrong, missed = sums[:, 0], sums[:, 1], sums[:, 2]
    each = 2 * right / np.maximum(2 * right + wrong + missed, 1)
    total = 2 * right.sum(axis=1) + wrong.sum(axis=1) + missed.sum(axis=1)
    return 2 * right.sum(axis=1) / np.maximum(total, 1), each.mean(axis=1)


def _row(label: str, right: int, wrong: int, missed: int) -> dict[str, object]:
    precision, recall = _share(right, right + wrong), _share(right, right + missed)
    return {
        "label": label, "n": right + missed, "given": right + wrong,
        "precision": precision[0], "precision_low": precision[1], "precision_high": precision[2],
        "recall": recall[0], "recall_low": recall[1], "recall_high": recall[2],
        "f1": 2 * right / max(1, 2 * right + wrong + missed),
    }  # fmt: skip


def _share(k: int, n: int) -> tuple[float | None, float | None, float | None]:
    """k of n with Wilson's 95 % interval; unknown of none."""
    return (k / n, *wilson_interval(k, n)) if n else (None, None, None)
