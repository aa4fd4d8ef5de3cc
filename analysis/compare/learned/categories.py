"""How often each category of a codebook is matched in a text, as features beside its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from analysis.codebooks import Codebook, load_codebook
from analysis.matching import build_matcher, make_bare_pipeline
from analysis.progress import Progress

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True)
class CategoryCounter:
    """Counts the matches of codebooks by category, without regard to parts of speech."""

    books: tuple[Codebook, ...]

    @classmethod
    def of(cls, names: Sequence[str]) -> CategoryCounter:
        """The counter of some codebooks: names of shipped ones, or paths."""
        return cls(tuple(load_codebook(name) for name in names))

    @property
    def categories(self) -> tuple[str, ...]:
        """Each category with its codebook, sorted as the columns are: "policy_frames: economic"."""
        return tuple(
            f"{book.name}: {label}"
            for book in self.books
            for label in sorted({e.label for e in book.entries})
        )

    @property
    def versions(self) -> tuple[str, ...]:
        """Name and version of each codebook, and the beginning of its SHA-256: a version may be forgotten."""
        return tuple(f"{book.name} {book.version} ({book.sha256[:8]})" for book in self.books)

    @cached_property
    def _nlp(self) -> Language:
        return make_bare_pipeline()

    def count(self, texts: Sequence[str], *, progress: Progress | None = None) -> np.ndarray:
        """Damped counts, ln(1 + n), of the categories.

        Returns:
            Shape: (texts, categories), each row of length one, or noughts where nothing matches.
        """
        place = {name: n for n, name in enumerate(self.categories)}
        made = np.zeros((len(texts), len(place)))
        for row, text in enumerate(texts):
            doc = self._nlp.tokenizer(text)
            for book in self.books:
                for match in build_matcher(self._nlp.vocab, tuple(book.entries)).find(doc):
                    made[row, place[f"{book.name}: {match.entry.label}"]] += 1
            if progress:
                progress("Matching codebooks", row + 1, len(texts))
        made = np.log1p(made)
        length = np.linalg.norm(made, axis=1, keepdims=True)
        return made / np.where(length > 0, length, 1)
