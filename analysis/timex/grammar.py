"""Find date expressions: rules over the classes of tokens, longest match first.

Every token becomes one character that stands for its set of classes, so a rule is an ordinary regular
expression over tokens and runs in C. In a rule, ``{year4}`` is a token of that class, captured under its
name; ``<of|in>`` is a token of either class, not captured.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from analysis.timex.lexicon import TOKEN, classify, list_samples
from analysis.timex.meaning import Builder, Meaning, Token, Words
from analysis.timex.rules import RULES


class Expression(NamedTuple):
    """A date expression: where it stands and what it says."""

    start: int
    end: int
    meaning: Meaning


_FIRST_LETTER = 0x4E00


@cache
def _alphabet() -> dict[frozenset[str], str]:
    sets = dict.fromkeys(classify(sample) for sample in list_samples())
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
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return before.isalnum() or before in tuple("/_#@") or after.isalnum() or after == "_"
