"""CQE (Almasian et al. 2023), the extractor of quantities that NewsQuant was marked for; GPL.

It reads numbers by the locale "en_US.UTF-8" and does not start where that is not installed: then what it asks
of the locale, commas between thousands, is set here.
"""

from __future__ import annotations

import locale
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Any

from finding import MODEL, Found, Row, attempt

ENGLISH = {"decimal_point": ".", "thousands_sep": ",", "grouping": [3, 3, 0]}
_set_locale = locale.setlocale


def set_locale(category: int, name: Any = None) -> str:
    """As ``locale.setlocale``, but for a locale that is not installed."""
    try:
        return _set_locale(category, name)
    except locale.Error:
        locale._override_localeconv = ENGLISH
        return "C"


locale.setlocale = set_locale
from CQE import CQE  # noqa: E402 - it sets the locale when it is imported


class Finder:
    """``CQE.parse`` with the small English model."""

    def __init__(self) -> None:
        self.parser = CQE.CQE(spacy_model=MODEL)
        self.about = f"CQE {version('cqe')} with {MODEL}"

    def find(self, texts: Sequence[dict[str, Any]]) -> Iterator[Found]:
        """Quantities of each text, or the error that it raised."""
        for text in texts:
            yield attempt(self._parse, text["text"])

    def _parse(self, text: str) -> Iterator[Row]:
        here = 0
        hits = self.parser.parse(text)
        for hit in sorted(hits, key=_place):
            row = _describe(hit)
            # its places are those of a text that it has rewritten ("£40m" as "£40 million")
            first = str(next((token for token in hit.value.span if token.idx >= _place(hit)), ""))
            start = text.find(first, here)
            start = here if start < 0 else start
            here = start + max(1, len(first))
            yield {"start": start, "end": here, **row}


def _place(hit: Any) -> int:
    return min((start for start, _ in hit.value.char_indices), default=0)


def _describe(hit: Any) -> Row:
    number, nouns = hit.value, hit.referred_concepts.get_nouns() if hit.referred_concepts else []
    is_range = hasattr(number, "lower")
    return {
        "value": number.lower if is_range else number.value,
        "high": number.upper if is_range else None,
        "unit": hit.unit.norm_unit,
        "change": hit.change.change,
        "measure": " ".join(str(word) for words in nouns for word in words),
    }
