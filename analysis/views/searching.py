"""Search in sentences, as ``js/search.js`` does it in the browser.

Words are looked for where words begin, "quoted words" as they stand, and all that is asked for must occur.
Case, accents and the form of quotation marks, dashes and spaces do not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np

# What stands for another letter, mark or space, beyond what Unicode takes apart.
_SAME = {
    **dict.fromkeys("‘’‚‛′ʼ´`", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    "‐": "-",
    **dict.fromkeys("\u00ad\u200b\u2060\ufeff", ""),
    **dict.fromkeys("\u0085\u1680\u2028\u2029", " "),
    **{"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l"},
    **{"ı": "i", "ς": "σ"},
}
_NOT_PLAIN = re.compile(r"[^ -_a-~]")
_SPACES = re.compile(" {2,}")


@dataclass(frozen=True)
class Term:
    """Folded words that must stand one after the other.

    ``whole`` says that the last of them may not go on; the first always begins a word.
    """

    words: str
    whole: bool

    def occurs_in(self, folded: str) -> bool:
        """Whether the term occurs in a folded text."""
        opens, closes = _is_word(self.words, 0), self.whole and _is_word(self.words, len(self.words) - 1)
        at = folded.find(self.words)
        while at >= 0:
            end = at + len(self.words)
            if not (opens and _is_word(folded, at - 1)) and not (closes and _is_word(folded, end)):
                return True
            at = folded.find(self.words, at + 1)
        return False


def fold(text: str) -> str:
    """Text as it is compared: without case and accents, with one form of each mark and space."""
    return _SPACES.sub(" ", _NOT_PLAIN.sub(lambda found: _fold_character(found[0]), text)).lower()


def parse_search(search: str) -> tuple[Term, ...]:
    """What a search asks for: words that begin so, and phrases in quotation marks, whose words are whole.

    While a phrase is not closed, its last word may go on.

    Returns:
        The terms, of which all must occur; none where there is nothing to look for.
    """
    parts = fold(search).split('"')
    terms: dict[Term, None] = {}
    for at, part in enumerate(parts):
        if at % 2:
            terms[Term(part.strip(" "), whole=at < len(parts) - 1)] = None
        else:
            terms.update(dict.fromkeys(Term(word, whole=False) for word in part.split(" ")))
    return tuple(term for term in terms if term.words)


def find_sentences(search: str, sentences: Iterable[str]) -> np.ndarray:
    """Whether each sentence has all that a search asks for: one truth value a sentence."""
    terms = parse_search(search)
    folded = (fold(sentence) for sentence in sentences)
    return np.array([all(term.occurs_in(text) for term in terms) for text in folded], dtype=bool)


@cache
def _fold_character(character: str) -> str:
    if character in _SAME:
        return _SAME[character]
    apart = unicodedata.normalize("NFKD", character.lower()).lower()
    kept = (each for each in apart if not "\u0300" <= each <= "\u036f")
    return "".join(" " if each < " " else _SAME.get(each, each) for each in kept)


def _is_word(text: str, at: int) -> bool:
    return 0 <= at < len(text) and unicodedata.category(text[at])[0] in "LMN"
