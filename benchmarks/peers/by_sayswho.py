"""sayswho's quotations, without the resolution of speakers.

The models that its class loads (en_core_web_lg and en_coreference_web_trf) are on no package index, so its
preparation of the text and its finder of quotations run alone, on the small model. Speakers stay as they
stand on the page, which costs little here: a marked speaker is one, too. A run of line breaks is one token to
spaCy, on which sayswho raises an error; such runs become a blank and one line break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Any

from finding import Found, Row, attempt, load_model
from sayswho.helpers import prep_text_for_quote_detection
from sayswho.quote_finder import quote_finder
from spacy.tokens import Doc

_DOUBLE = tuple("“”„«»‹›")


class Finder:
    """sayswho's finder on the small English model.

    Args:
        model: "whole" or "lean", as :func:`finding.load_model` has it.
    """

    def __init__(self, model: str = "whole") -> None:
        self.nlp, about = load_model(model)
        self.about = (
            f"sayswho {version('sayswho')} without coreference (its models are on no package index), {about}"
        )

    def find(self, texts: Sequence[dict[str, Any]]) -> Iterator[Found]:
        """Quotations of each text, or the error that it raised."""
        prepared = [prep_text_for_quote_detection(_single_breaks(text["text"])) for text in texts]
        for text, doc in zip(texts, self.nlp.pipe(prepared, batch_size=32), strict=True):
            yield attempt(_find, doc, text["text"])


def _find(doc: Doc, text: str) -> Iterator[Row]:
    places = _trace(doc.text, text)
    return (_quote(places, found) for found in quote_finder(doc))


def _single_breaks(text: str) -> str:
    return re.sub(r"\s*\n\s*", " \n", text.strip())


def _trace(prepared: str, text: str) -> list[int]:
    """Where each character of the prepared text, and its end, stands in the text.

    The preparation adds blanks, marks and an x, turns two apostrophes or a mark into a straight one, and
    drops blanks and breaks.
    """
    places, here = [], 0
    for character in prepared:
        if character not in ' "x\n':
            while here < len(text) and text[here] != character:
                here += 1
        places.append(min(here, len(text)))
        if text[here : here + 1] == character or (character == '"' and text[here : here + 1] in _DOUBLE):
            here += 1
        elif character == '"' and text[here : here + 2] == "''":
            here += 2
        elif character == "\n":
            here = next((n for n in range(here, len(text)) if text[n] == "\n"), here) + 1
    return [*places, min(here, len(text))]


def _quote(places: Sequence[int], found: Any) -> Row:
    return {
        "start": places[found.content.start_char],
        "end": places[found.content.end_char],
        "speaker_text": " ".join(token.text for token in found.speaker),
    }
