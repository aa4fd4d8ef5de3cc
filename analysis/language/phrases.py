"""Find any of many fixed phrases in a text, in time that does not grow with their number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"\w+")
_JOINING = ("_", "-")


class Phrases:
    """Phrases to look for.

    Args:
        phrases: Each begins with a letter or digit; where two overlap, the first and longer one is found.
        any_case: The phrases are in small letters, and capitals of the text make no difference.

    Example:
        >>> Phrases(["Harbour Board", "Harbour"]).find("The Harbour Board met.")
        [(4, 17, 'Harbour Board')]
    """

    def __init__(self, phrases: Iterable[str], *, any_case: bool = False) -> None:
        self.any_case = any_case
        # Each phrase stands under one of its words, with the others that a text must have too. Words beyond
        # ASCII are not asked for: how one is written in small letters may depend on what stands beside it.
        self._by_word: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for phrase in set(phrases):
            words = _WORD.findall(phrase.lower())
            if words and phrase[0].isalnum():
                plain = [word for word in words if word.isascii()]
                longest = max(plain, key=len, default=words[0])
                others = tuple(word for word in plain if word != longest)
                self._by_word.setdefault(longest, []).append((phrase, others))

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """Start, end and phrase of every occurrence of whole words, none overlapping another."""
        lowered, words = _read(text)
        where = lowered if self.any_case else text
        hits = []
        for word in words.intersection(self._by_word):
            for phrase, others in self._by_word[word]:
                start = where.find(phrase) if words.issuperset(others) else -1
                while start >= 0:
                    end = start + len(phrase)
                    if _is_whole(text, start, end):
                        hits.append((start, -end, phrase))
                    start = where.find(phrase, start + 1)
        found, last = [], 0
        for start, end, phrase in sorted(hits):
            if start >= last:
                last = -end
                found.append((start, last, phrase))
        return found


@lru_cache(maxsize=2)
def _read(text: str) -> tuple[str, frozenset[str]]:
    """A text in small letters, every character at its place, and its words."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    return lowered, frozenset(_WORD.findall(lowered))


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no word goes on over either end, a hyphen inside words included."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() or after.isalnum() or before in _JOINING or after in _JOINING)
