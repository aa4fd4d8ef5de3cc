"""Where a text may hold a number at all, so that long patterns are tried there alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from analysis.language.units import GROUPS, MULTIPLES, PARTS, SCALES, TENS, UNITS

# What a pattern may hold before the first digit or number word ("Proposition 8") and behind the last one
# ("12 St John Wood Road"), in characters.
_BEFORE, _AFTER = 24, 80
_BLANK = re.compile(r"\s")
_PIECE = re.compile(r"\d+|[^\W\d_]+")
_WORDS = frozenset(
    [*UNITS, *TENS, *GROUPS, "tens", "twice", "double", "halve", "treble", "triple", "quadruple"]
    + [f"{word}{end}" for word in (*PARTS, *SCALES) if len(word) > 2 for end in ("", "s")]
    + ["halves", *(f"{stem}{end}" for stem in MULTIPLES for end in ("ed", "es", "ing"))]
)


# First character, and the one behind the last.
Place = tuple[int, int]


def is_number_word(word: str) -> bool:
    """Whether a word may be part of a number: digits, a number word, a multiple, or "threefold"."""
    small = word.lower()
    return word[:1].isdecimal() or small in _WORDS or small.endswith("fold")


def find_places(text: str) -> list[Place]:
    """Where numbers may stand, each place with the words around it; cut at blanks, in reading order."""
    places: list[Place] = []
    first = last = 0
    for match in _PIECE.finditer(text):
        if not is_number_word(match.group()):
            continue
        start, end = max(0, match.start() - _BEFORE), match.end() + _AFTER
        if start > last or not last:
            if last:
                places.append((first, last))
            while start > last and not text[start - 1].isspace():
                start -= 1
            first = start
        if end > last:
            blank = _BLANK.search(text, end)
            last = blank.start() if blank else len(text)
    return [*places, (first, last)] if last else places


def search_places(pattern: re.Pattern[str], text: str, places: Iterable[Place]) -> Iterator[re.Match[str]]:
    """Every match of a pattern in those places, in reading order."""
    for start, end in places:
        yield from pattern.finditer(text, start, end)
