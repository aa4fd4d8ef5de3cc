"""Ours: figures, as `framelines extract` finds them, with the layers that they read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from analysis.language.pipeline import DocContext, annotate, build_pipeline, find_model, layer

COMPONENTS = ("sentences", "actors", "quotes", "dates", "figures")
COLUMNS = ("start", "end", "value", "high", "unit", "change", "measure")


class Finder:
    """Figures with unit, change and measure."""

    def __init__(self) -> None:
        build_pipeline(COMPONENTS)
        self.about = f"sentences, actors, quotes, dates and figures on {find_model()}"

    def find(self, texts: Sequence[dict[str, Any]]) -> Iterator[tuple[list[dict[str, Any]], None]]:
        """Figures of each text; nothing ever goes wrong, or the run ends."""
        about = (DocContext(str(text["id"]), "text", text["day"], text["day"]) for text in texts)
        for doc in annotate(zip((text["text"] for text in texts), about, strict=True), COMPONENTS):
            rows = [{name: getattr(figure, name) for name in COLUMNS} for figure in layer(doc, "figures")]
            yield rows, None
