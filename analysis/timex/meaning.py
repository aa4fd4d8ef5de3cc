"""What the words of a date expression say, before any calendar is asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from analysis.timex.lexicon import NUMBERS, ORDINALS

Direction = Literal["past", "future"]
# What words of the clause say of it. "Was due on Monday" leaves both ways open; "was postponed until July"
# looks on from a day that may be long past.
Cue = Literal["past", "future", "open", "onward"]


@dataclass(frozen=True)
class Meaning:
    """What the words of an expression say, before any calendar is asked.

    Args:
        kind: Which resolver understands it (``weekday``, ``month``, ``ago`` ...).
        type: DATE, TIME, DURATION or SET.
        unit: Calendar unit that it counts in.
        count: How many units; None for a vague number ("several").
        shift: -1 last, 0 this, 1 next; None where the words do not say.
        part: Season, quarter, half, part of the day, clock time or reference value.
        modifier: early, mid, late, start, end, earlier, later, so far.
        value: A TIMEX3 value that needs no calendar.
    """

    kind: str
    type: str = "DATE"
    year: int | None = None
    month: int | None = None
    day: int | None = None
    day_to: int | None = None
    weekday: int | None = None
    unit: str | None = None
    count: float | None = None
    shift: int | None = None
    part: str | None = None
    modifier: str | None = None
    value: str | None = None


class Token(NamedTuple):
    """A token with its place in the text."""

    text: str
    start: int
    end: int


class Words:
    """The tokens that a rule matched, by class; ``words`` are the tokens in lower case."""

    def __init__(self, match: re.Match[str], words: Sequence[str]) -> None:
        self.match, self.words = match, words

    def get(self, name: str) -> str | None:
        """Lower-case text of the captured token or tokens; None where the rule passed without them."""
        start, end = self.match.span(name) if name in self.match.re.groupindex else (-1, -1)
        return " ".join(self.words[start:end]) if 0 <= start < end else None

    def number(self, name: str) -> float | None:
        """The value of captured numerals or number words; None where there are none or they are vague."""
        text = self.get(name)
        return read_number(text) if text else None

    def integer(self, name: str) -> int | None:
        """The captured figure as a whole number."""
        text = self.get(name)
        return int(re.sub(r"\D", "", text)) if text else None


def read_number(text: str) -> float | None:
    """The value of a numeral in words or figures ("twenty-four", "1,200", "a couple of").

    Example:
        >>> read_number("twenty - four"), read_number("several"), read_number("a")
        (24, None, 1)
    """
    total, seen = 0.0, False
    for word in re.findall(r"[\d.,]*\d|[a-z]+", text.lower()):
        if word[0].isdigit():
            total, seen = total + float(word.replace(",", "")), True
        elif word in ORDINALS:
            total, seen = total + ORDINALS[word], True
        elif word in NUMBERS:
            number = NUMBERS[word]
            total = (
                total * number if number in (12, 100, 1000) and total and word != "twelve" else total + number
            )
            seen = True
    if not seen:
        return 1 if text.lower() in ("a", "an") else None
    return int(total) if total == int(total) else total


Builder = Callable[[Words], Meaning | None]
