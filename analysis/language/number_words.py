"""What a number is, and how its words and digits add up to a value."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.language.units import SCALES, TENS, UNITS


@dataclass(frozen=True)
class Number:
    """A number in a text.

    ``kind`` is plain, percent, money, unit, share (a part of a whole), ratio (a multiple) or age;
    ``unit`` is None for a plain number, whose noun only a parser finds. ``sign`` is a written plus or minus,
    or "more" or "about" where a hedge is part of the number ("40+", "30-odd").
    """

    start: int
    end: int
    value: float
    high: float | None = None
    kind: str = "plain"
    unit: str | None = None
    sign: str = ""
    scale: float = 1.0


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?!,?\d)"
LONG_SCALE = r"hundred|thousand|million|billion|trillion"
WORD = rf"(?:{any_of(UNITS)}|{any_of(TENS)})"


def parse_words(text: str) -> float | None:
    """The value of a number in words; None where the words make no number.

    Example:
        >>> parse_words("two hundred and six"), parse_words("half a million"), parse_words("two and a half")
        (206.0, 500000.0, 2.5)
    """
    total = current = 0.0
    seen = joined = False
    for word in re.split(r"[\s-]+", text.lower()):
        if word in UNITS or word in TENS:
            current += UNITS.get(word, TENS.get(word, 0))
            seen = True
        elif word == "half" or (word == "quarter" and joined):
            part = 0.5 if word == "half" else 0.25
            current, seen = (current + part if joined else part), True
        elif word in ("a", "an"):
            current, seen = current or 1.0, True
        elif word == "hundred" or word == "dozen":
            current *= SCALES[word]
        elif word in SCALES:
            total, current = total + (current or (total and 1.0)) * SCALES[word], 0.0
        elif word == "and":
            joined = True
        else:
            return None
    return total + current if seen else None


def plain_value(text: str) -> float:
    """The value of a number in words or in digits with commas."""
    words = parse_words(text)
    return words if words is not None else float(text.replace(",", ""))
