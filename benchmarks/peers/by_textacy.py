"""textacy's direct quotations, paragraph by paragraph.

It gives up on a text with an odd number of marks, so that one stray mark in an article costs the whole
article. Paragraph by paragraph it loses that paragraph alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Any

from finding import Found, Row, attempt, load_model
from spacy.tokens import Doc
from textacy.extract.triples import direct_quotations


class Finder:
    """textacy on the small English model.

    Args:
        model: "whole" or "lean", as :func:`finding.load_model` has it.
    """

    def __init__(self, model: str = "whole") -> None:
        self.nlp, about = load_model(model)
        self.about = f"textacy {version('textacy')}, {about}"

    def find(self, texts: Sequence[dict[str, Any]]) -> Iterator[Found]:
        """Quotations of each text, and the last error that a paragraph raised."""
        for text in texts:
            lines = list(re.finditer(r"[^\n]*\S[^\n]*", text["text"]))
            quotes: list[Row] = []
            error = None
            for line, doc in zip(lines, self.nlp.pipe(line[0] for line in lines), strict=True):
                found, problem = attempt(_find, doc, line.start())
                quotes += found or []
                error = problem or error
            yield quotes, error


def _find(doc: Doc, offset: int) -> Iterator[Row]:
    return (_quote(offset, found) for found in direct_quotations(doc))


def _quote(offset: int, found: Any) -> Row:
    return {
        "start": offset + found.content.start_char,
        "end": offset + found.content.end_char,
        "speaker_text": " ".join(token.text for token in found.speaker),
    }
