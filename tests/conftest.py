"""Fixtures: the pipeline, built once a session, and one annotated text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc


@pytest.fixture(scope="session")
def nlp():
    """The full pipeline."""
    from analysis.language.pipeline import build_pipeline

    return build_pipeline()


@pytest.fixture(scope="session")
def annotate_text() -> Callable[..., Doc]:
    """A function that annotates one text; keywords become its :class:`DocContext`."""
    from analysis.language.pipeline import COMPONENTS, DocContext, annotate

    def run(text: str, *, components: tuple[str, ...] = COMPONENTS, **about: object) -> Doc:
        return next(annotate([(text, DocContext(**about))], components))

    return run
