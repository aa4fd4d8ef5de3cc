"""Find any of many fixed phrases in a text, in time that does not grow with their number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_WORD = re.compile(r"(?<![\w-])\w+")


class Phrases:
    """Phrases to look for, exactly as written.

    Args:
        phrases: Each begins with a letter or digit; where two begin at one place, the longer is found.

    Example:
        >>> list(Phrases(["Harbour Board", "Harbour"]).find("The Harbour Board met."))
        [(4, 17, 'Harbour Board')]
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_word: dict[str, list[str]] = {}
        for phrase in sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase)):
            first = _WORD.match(phrase)
            if first:
                self._by_word.setdefault(first.group(), []).append(phrase)

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and phrase of every occurrence of whole words, none overlapping another."""
        taken = 0
        for word in _WORD.finditer(text):
            start = word.start()
            if start < taken or word.group() not in self._by_word:
                continue
            for phrase in self._by_word[word.group()]:
                end = start + len(phrase)
                if text.startswith(phrase, start) and not _continues(text, end):
                    yield start, end, phrase
                    taken = end
                    break


def _continues(text: str, end: int) -> bool:
    return end < len(text) and (text[end].isalnum() or text[end] in "_-")
