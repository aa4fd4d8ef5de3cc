"""Find any of many fixed phrases in a text, in time that does not grow with their number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class _Words:
    """A text in small letters, every character at its place, and where each of its words begins."""

    lowered: str
    starts: dict[str, list[int]]


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
        self._by_word: dict[str, list[str]] = {}
        for phrase in sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase)):
            first = _WORD.match(phrase)
            if first:
                self._by_word.setdefault(first.group().lower(), []).append(phrase)

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """Start, end and phrase of every occurrence of whole words, none overlapping another."""
        words = _words(text)
        where = words.lowered if self.any_case else text
        hits = []
        for word in self._by_word.keys() & words.starts.keys():
            for start in words.starts[word]:
                if start and text[start - 1] == "-":
                    continue
                for phrase in self._by_word[word]:
                    end = start + len(phrase)
                    if where.startswith(phrase, start) and not _continues(text, end):
                        hits.append((start, end, phrase))
                        break
        found, last = [], 0
        for hit in sorted(hits):
            if hit[0] >= last:
                found.append(hit)
                last = hit[1]
        return found


@lru_cache(maxsize=2)
def _words(text: str) -> _Words:
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    starts: dict[str, list[int]] = {}
    for match in _WORD.finditer(lowered):
        starts.setdefault(match.group(), []).append(match.start())
    return _Words(lowered, starts)


def _continues(text: str, end: int) -> bool:
    return end < len(text) and (text[end].isalnum() or text[end] in "_-")
