"""The language of a text, by py3langid (Lui and Baldwin 2012, "langid.py"; model and code under BSD-3)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# On fewer words, names decide: "Starmer, Cooper and Macron in Calais" is of no language.
MIN_WORDS = 10
MIN_PROBABILITY = 0.9
# "the" is a word of English alone. Where it stands twice, and a tenth of the words are among these, the
# detector need not be asked: it never says otherwise.
_COMMON_ENGLISH = (" the ", " of ", " and ", " to ", " that ", " with ", " was ")
_ENGLISH_SHARE = 1 / 10
# Six hundred characters tell a language as surely as the whole text does.
_SAMPLE = 600


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of a text's language; None where the text is short or the detector not sure.

    The middle of the text is looked at: its beginning may be names, places and a dateline.
    """
    start = max(0, (len(text) - _SAMPLE) // 2)
    sample = text[start : start + _SAMPLE]
    words = len(sample.split())
    if words < MIN_WORDS:
        return None
    common = sum(map(sample.count, _COMMON_ENGLISH))
    if sample.count(" the ") >= 2 and common >= words * _ENGLISH_SHARE:
        return "en"
    language, probability = _identifier().classify(sample)
    return language if probability >= MIN_PROBABILITY else None


@cache
def _identifier() -> LanguageIdentifier:
    # Reading the model takes most of a second, which a page whose language is known need not wait for.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
