"""The pattern language of codebooks: text in, checked parts out.

A pattern is a line of words. It matches those words in a row, in any case, inside one sentence part
(no punctuation between); hyphens count as spaces, so ``people smuggling`` finds "people-smuggling".

    word       this form, in any case
    word~      any inflection: ``arrest~`` finds arrest, arrests, arrested, arresting
    ^Word      exactly these letters: ``^PM`` does not find "pm"
    a|b        one of several words: ``border~|frontier~``
    word?      the word may be missing
    word/NOUN  only as this part of speech (ignored in a text that was not tagged)
    #          a number
    ..         up to three words of any kind
    [a b]      only the words in brackets are the evidence, the rest is context that must stand there
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

GAP_WORDS = 3
# A word that may be missing doubles the ways to meet a pattern, a gap makes them four times as many.
MOST_SPELLINGS = 4096
PARTS_OF_SPEECH = frozenset(("ADJ", "ADV", "AUX", "NOUN", "NUM", "PROPN", "VERB"))
_WORD = re.compile(r"(?P<exact>\^?)(?P<form>[^\s|?~/^\[\]#]+)(?P<inflect>~?)(?:/(?P<pos>[A-Z]+))?")


@dataclass(frozen=True)
class Form:
    """One alternative of a word: its letters and how they are compared."""

    text: str
    exact: bool = False
    inflect: bool = False
    pos: str | None = None


@dataclass(frozen=True)
class Word:
    """One place of a pattern: the forms that may stand there, or a number, or a gap."""

    forms: tuple[Form, ...] = ()
    number: bool = False
    gap: bool = False
    optional: bool = False


@dataclass(frozen=True)
class Pattern:
    """A parsed pattern; ``words[first:last]`` is the evidence, the rest is context."""

    words: tuple[Word, ...]
    first: int
    last: int


def parse_pattern(text: str) -> Pattern:
    """Parse one pattern.

    Raises:
        ValueError: The pattern breaks the language; the message says how.

    Example:
        >>> parse_pattern("[people] smuggler~|trafficker~").last
        1
    """
    spaced = re.sub(r"([\[\]])", r" \1 ", text).split()
    if spaced.count("[") > 1 or spaced.count("[") != spaced.count("]"):
        raise ValueError("it has more than one pair of brackets, or half a pair")
    words: list[Word] = []
    first, last = 0, None
    for item in spaced:
        if item == "[":
            first = len(words)
        elif item == "]":
            last = len(words)
        else:
            words.append(_parse_word(item))
    last = len(words) if last is None else last
    _check(words, first, last)
    return Pattern(tuple(words), first, last)


def _parse_word(item: str) -> Word:
    if item == "..":
        return Word(gap=True)
    optional = item.endswith("?")
    item = item.removesuffix("?")
    if item == "#":
        return Word(number=True, optional=optional)
    forms = []
    for alternative in item.split("|"):
        match = _WORD.fullmatch(alternative)
        if not match:
            raise ValueError(f"'{alternative}' is not a word")
        if match["pos"] and match["pos"] not in PARTS_OF_SPEECH:
            raise ValueError(f"'{match['pos']}' is not one of {', '.join(sorted(PARTS_OF_SPEECH))}")
        forms.append(Form(match["form"], bool(match["exact"]), bool(match["inflect"]), match["pos"]))
    return Word(tuple(forms), optional=optional)


def _check(words: list[Word], first: int, last: int) -> None:
    evidence = words[first:last]
    if not any(not word.optional and not word.gap for word in evidence):
        raise ValueError("it has no word that must stand there")
    firm = [not word.optional for word in words]
    if words[firm.index(True)].gap or words[len(words) - 1 - firm[::-1].index(True)].gap:
        raise ValueError("it begins or ends with a gap")
    spellings = math.prod(GAP_WORDS + 1 if word.gap else 2 if word.optional else 1 for word in words)
    if spellings > MOST_SPELLINGS:
        raise ValueError(f"it can be met in {spellings} ways, more than {MOST_SPELLINGS}")


# Verbs and nouns whose forms are not made by an ending; a tagged text needs none of these.
_IRREGULAR = {
    "be": "am is are was were been being", "begin": "began begun", "break": "broke broken",
    "bring": "brought", "build": "built", "buy": "bought", "child": "children", "come": "came",
    "cut": "cutting", "draw": "drew drawn", "drive": "drove driven", "fall": "fell fallen",
    "fight": "fought", "find": "found", "give": "gave given", "go": "went gone", "hold": "held",
    "keep": "kept", "lead": "led", "leave": "left", "lose": "lost", "make": "made", "man": "men",
    "meet": "met", "pay": "paid", "person": "people", "rise": "rose risen", "sell": "sold",
    "send": "sent", "set": "setting", "shoot": "shot", "speak": "spoke spoken", "spend": "spent",
    "steal": "stole stolen", "take": "took taken", "thief": "thieves", "win": "won winning",
    "withdraw": "withdrew withdrawn", "woman": "women", "write": "wrote written",
}  # fmt: skip
_DOUBLING = re.compile(r"[^aeiou][aeiou][bdgklmnprt]$")


def inflect(word: str) -> frozenset[str]:
    """The written forms of an English verb or noun, made by rule from its base form.

    Made a little too wide on purpose: a form that nobody writes finds nothing.

    Example:
        >>> sorted(inflect("deny"))
        ['denied', 'denies', 'deny', 'denying', 'denys']
    """
    word = word.lower()
    forms = {word, word + "s", *_IRREGULAR.get(word, "").split()}
    if re.search(r"[^aeiou]y$", word):
        forms |= {word[:-1] + "ies", word[:-1] + "ied", word + "ing"}
    elif word.endswith("e"):
        forms |= {word + "d", word[:-1] + "ing"}
    else:
        forms |= {word + "es", word + "ed", word + "ing"}
        if _DOUBLING.search(word):
            forms |= {word + word[-1] + "ed", word + word[-1] + "ing"}
    return frozenset(forms)
