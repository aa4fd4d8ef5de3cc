"""Find date expressions: rules over the classes of tokens, longest match first.

Every token becomes one character that stands for its set of classes, so a rule is an ordinary regular
expression over tokens and runs in C. In a rule, ``{year4}`` is a token of that class, captured under its
name; ``<of|in>`` is a token of either class, not captured.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from analysis.timex import lexicon
from analysis.timex.lexicon import TOKEN, classify


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


class Expression(NamedTuple):
    """A date expression: where it stands and what it says."""

    start: int
    end: int
    meaning: Meaning


class Token(NamedTuple):
    """A token with its place in the text."""

    text: str
    start: int
    end: int


class Words:
    """The tokens that a rule matched, by class."""

    def __init__(self, match: re.Match[str], tokens: list[Token]) -> None:
        self.match, self.tokens = match, tokens

    def get(self, name: str) -> str | None:
        """Lower-case text of the captured token or tokens; None where the rule passed without them."""
        start, end = self.match.span(name) if name in self.match.re.groupindex else (-1, -1)
        return (
            " ".join(token.text.lower() for token in self.tokens[start:end])
            if start >= 0 and end > start
            else None
        )

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
        elif word in lexicon.ORDINALS:
            total, seen = total + lexicon.ORDINALS[word], True
        elif word in lexicon.NUMBERS:
            number = lexicon.NUMBERS[word]
            total = (
                total * number if number in (12, 100, 1000) and total and word != "twelve" else total + number
            )
            seen = True
    if not seen:
        return 1 if re.search(r"\ban?\b", text.lower()) else None
    return int(total) if total == int(total) else total


_FIRST_LETTER = 0x4E00

Builder = Callable[[Words], Meaning | None]


@cache
def _alphabet() -> dict[frozenset[str], str]:
    sets = dict.fromkeys(classify(sample) for sample in lexicon.list_samples())
    return {classes: chr(_FIRST_LETTER + index) for index, classes in enumerate(sets)}


def _letter(classes: frozenset[str]) -> str:
    alphabet = _alphabet()
    if classes not in alphabet:
        # A combination that no sample showed: the rules must learn its letter.
        alphabet[classes] = chr(_FIRST_LETTER + len(alphabet))
        _compile.cache_clear()
    return alphabet[classes]


def _class_letters(names: str) -> str:
    wanted = set(names.split("|"))
    letters = [letter for classes, letter in _alphabet().items() if classes & wanted]
    return f"[{''.join(letters)}]" if letters else r"[\x00]"


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    pattern = re.sub(r"<(?![=!])([a-z_0-9|]+)>", lambda m: _class_letters(m[1]), pattern)
    pattern = re.sub(r"\{([a-z_0-9]+)\}", lambda m: f"(?P<{m[1]}>{_class_letters(m[1])})", pattern)
    pattern = re.sub(r"\{(\w+)=([^{}]+)\}", lambda m: f"(?P<{m[1]}>{m[2]})", pattern)
    return re.compile(pattern.replace(" ", ""))


def tokenise(text: str) -> list[Token]:
    """Split a text into the tokens that the rules see."""
    return [Token(match.group(), match.start(), match.end()) for match in TOKEN.finditer(text)]


def find_expressions(text: str) -> list[Expression]:
    """Find the date expressions of a text, in order and without overlap.

    The longest expression from the left wins; rules earlier in the list win a tie.

    Example:
        >>> text = "They may march on Friday, 5 September."
        >>> [text[e.start : e.end] for e in find_expressions(text)]
        ['Friday, 5 September']
    """
    from analysis.timex.rules import RULES

    tokens = tokenise(text)
    letters = "".join(_letter(classify(token.text)) for token in tokens)
    found: list[tuple[int, int, int, re.Match[str], Builder]] = []
    for rank, (pattern, builder) in enumerate(RULES):
        for match in _compile(pattern).finditer(letters):
            if match.end() > match.start():
                found.append((match.start(), -match.end(), rank, match, builder))
    found.sort(key=lambda candidate: candidate[:3])
    return list(_choose(text, tokens, found))


def _choose(text: str, tokens: list[Token], found: list) -> Iterator[Expression]:
    done = 0
    for first, minus_last, _, match, builder in found:
        start, end = tokens[first].start, tokens[-minus_last - 1].end
        if first < done or _is_glued(text, start, end):
            continue
        meaning = builder(Words(match, tokens))
        if meaning is None:
            continue
        yield Expression(start, end, meaning)
        done = -minus_last


def _is_glued(text: str, start: int, end: int) -> bool:
    # "A2024", "/2024/" in an address, "#2024": part of a longer name
    before, after = text[start - 1 : start], text[end : end + 1]
    return (
        before.isalnum() or before in ("/", "_", "#", "@") and bool(before) or after.isalnum() or after == "_"
    )
