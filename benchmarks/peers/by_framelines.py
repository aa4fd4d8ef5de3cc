"""Ours: actors and quotations, as `framelines extract` finds them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from analysis.language.pipeline import DocContext, annotate, build_pipeline, find_model, layer

COMPONENTS = ("sentences", "actors", "quotes")


class Finder:
    """Sentences, actors and quotations with their speakers resolved."""

    def __init__(self) -> None:
        build_pipeline(COMPONENTS)
        self.about = f"sentences, actors and quotes on {find_model()}"

    def find(self, texts: Sequence[dict[str, Any]]) -> Iterator[tuple[list[dict[str, Any]], None]]:
        """Quotations of each text; nothing ever goes wrong, or the run ends."""
        about = (DocContext(str(text["id"]), "text", text["day"], text["day"]) for text in texts)
        for doc in annotate(zip((text["text"] for text in texts), about, strict=True), COMPONENTS):
            yield (
                [
                    {
                        "start": quote.start,
                        "end": quote.end,
                        "speaker_text": quote.speaker or quote.speaker_text,
                        "speaker_mention": quote.speaker_text,
                        "group": quote.quote_id,
                    }
                    for quote in layer(doc, "quotes")
                    if quote.kind in ("direct", "mixed")
                ],
                None,
            )
