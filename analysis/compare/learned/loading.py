"""Read the file of a learned model, and see to it that all of it fits together."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np

from analysis.compare.learned import embedding
from analysis.compare.learned.categories import CategoryCounter
from analysis.compare.learned.files import read_model_file
from analysis.compare.learned.model import DENSE, FrameModel, Settings, TermWeights
from analysis.compare.learned.terms import KINDS
from analysis.errors import WorkbookError


def load_frame_model(path: str | Path) -> FrameModel:
    """Read a model that :meth:`FrameModel.save` wrote. Nothing in the file is run.

    Raises:
        WorkbookError: There is no such file, it is damaged or no model, of a newer format, or it needs
            sentence embeddings that are not installed.
    """
    about, arrays = read_model_file(Path(path))
    try:
        model = _build(about, arrays)
        fault = _find_fault(model)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        fault = f"{type(error).__name__}: {error}"
    if fault:
        raise WorkbookError(
            f"The model's file is damaged: {fault}.",
            where=str(path),
            todo="Copy it again, or train it again.",
        )
    _check_needs(model, path)
    return model


def _check_needs(model: FrameModel, path: str | Path) -> None:
    if "sense" in model.dense and not embedding.is_installed():
        raise WorkbookError(
            f"The model needs sentence embeddings: {model.settings.embedder}.",
            where=str(path),
            allowed="A model trained without them needs nothing else.",
            todo="Install it: pip install 'framelines[embed]'; or train with --no-embed.",
        )
    if "sense" in model.dense and embedding.name_embedder() != model.settings.embedder:
        raise WorkbookError(
            f"The model was trained with {model.settings.embedder}; here is {embedding.name_embedder()}.",
            where=str(path),
            allowed="The version that it was trained with: another may give other scores.",
            todo="Train it again, or install that version.",
        )
    versions = CategoryCounter.of(model.settings.codebooks).versions
    if versions != model.settings.codebook_versions:
        raise WorkbookError(
            f"The model was trained with {', '.join(model.settings.codebook_versions)}; "
            f"here are {', '.join(versions)}.",
            where=str(path),
            allowed="The codebooks that it was trained with: others give other scores.",
            todo="Train it again.",
        )


def _build(about: dict, arrays: dict[str, np.ndarray]) -> FrameModel:
    known = {each.name for each in fields(Settings)}
    settings = {name: value for name, value in about["settings"].items() if name in known}
    settings |= {name: tuple(settings[name]) for name in ("codebooks", "codebook_versions")}
    terms = tuple(
        TermWeights(kind, tuple(about["terms"][kind]), arrays[f"{kind}_rarity"], arrays[f"{kind}_weights"])
        for kind in KINDS
    )
    return FrameModel(
        labels=tuple(about["labels"]),
        thresholds=arrays["thresholds"],
        slope=arrays["slope"],
        shift=arrays["shift"],
        intercept=arrays["intercept"],
        terms=terms,
        dense={view: arrays[f"{view}_weights"] for view in DENSE if f"{view}_weights" in arrays},
        means=arrays["means"],
        settings=Settings(**settings),
        penalty=float(about["penalty"]),
        sample=str(about["sample"]),
        sample_sha256=str(about["sample_sha256"]),
        texts=int(about["texts"]),
        examples=tuple(about["examples"]),
        figures=dict(about["figures"]),
    )


def _find_fault(model: FrameModel) -> str:
    """What does not fit together in a model that was read; "" if all does."""
    labels = len(model.labels)
    views = len(model.terms) + len(model.dense)
    shapes = {
        "thresholds": (model.thresholds, (labels,)),
        "slope": (model.slope, (labels,)),
        "shift": (model.shift, (labels,)),
        "intercept": (model.intercept, (labels,)),
        "means": (model.means, (views, labels)),
    }
    for terms in model.terms:
        shapes[f"rarity of {terms.kind}"] = (terms.rarity, (len(terms.names),))
        shapes[f"weights of {terms.kind}"] = (terms.weights, (len(terms.names), labels))
    if "sense" in model.dense:
        shapes["weights of the embedding"] = (model.dense["sense"], (embedding.SIZE, labels))
    used = {"categories": model.settings.codebooks, "sense": model.settings.embedder}
    if list(model.dense) != [view for view in DENSE if used[view]]:
        return "its views are not those of its settings"
    if not labels or not all(isinstance(label, str) for label in model.labels):
        return "it names no labels"
    if not all(isinstance(name, str) for terms in model.terms for name in terms.names):
        return "its terms are not words"
    for name, (array, shape) in shapes.items():
        if array.shape != shape or array.dtype.kind != "f" or not np.isfinite(array).all():
            return f"the {name} are not {' by '.join(map(str, shape))} numbers"
    return ""
