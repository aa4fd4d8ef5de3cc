"""Capitalised words of a text, joined to the runs that a name can be a part of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from analysis.language.given_names import is_given_name
from analysis.language.name_words import STOP

_LATIN = "".join(chr(code) for code in range(0x41, 0x250) if chr(code).isupper())
# A run of capitals and stops ("U.S.", "J."), or a word with a capital ("O'Brien", "AT&T"). What stands before
# it is looked at behind its first letter: a pattern that begins with a letter passes over others quickly.
_WORD = re.compile(
    rf"[{_LATIN}](?<![\w@#].)(?:\.(?:[{_LATIN}]\.){{0,4}}(?=[ \u00a0,;)’']|[{_LATIN}]|$)"
    rf"|\w*(?:(?:[’'](?![sS]\b)|[-&])\w+)*)",
    re.DOTALL,
)
# "al-Hamid", "d'Hondt"
_SMALL_BEFORE = re.compile(r"(?<![\w@#])(?:(?:[ae]l|ash|bin)-|[dl][’'])$")
_PARTICLES = "de da di do du del della der den van von bin ibn al el la le ben abu ter ten y dos das".split()
_GAPS = (
    {" ": "next", "\u00a0": "next", ". ": "stop", ", ": "comma"}
    | {f" {word} ": "particle" for word in _PARTICLES}
    | {f" {a} {b} ": "particle" for a in ("de", "van", "von", "of") for b in ("la", "las", "der", "den")}
    | {" of ": "of", " of the ": "of", " for ": "of", " for the ": "of", " and ": "and", " & ": "and"}
)
_ABBREVIATED = frozenset(
    """mr mrs ms dr prof rev hon gen col lt sgt capt maj sen rep gov st adm cmdr jr sr rt messrs det insp
    supt""".split()
)
# Names with an "'s" of their own.
_OWNED = frozenset("king queen women children people workers men teachers lawyers nurses".split())
_FIRST_WORD = re.compile(r"[.!?]\s+\w+\s$")
_LINE = re.compile(r"[^\n]+")
_ANY_WORD = re.compile(r"[^\W\d_][\w’'-]*")
# No name is longer, and time stays linear in text that is all capitals.
_LONGEST = 12
# " de la ", " for the ": no gap between two words of a name is wider.
_WIDEST_GAP = 12


class Word(NamedTuple):
    """A capitalised word: ``key`` in small letters, ``link`` how it is joined to the one before it."""

    start: int
    end: int
    text: str
    key: str
    link: str


def join_capitals(text: str) -> Iterator[list[Word]]:
    """Runs of capitalised words, in order; in lines of headline case only pairs that open with a given name.

    Example:
        >>> [[word.text for word in run] for run in join_capitals("We met Ana von Ruiz in the Bank of Ayr.")]
        [['We'], ['Ana', 'Ruiz'], ['Bank', 'Ayr']]
    """
    run: list[Word] = []
    titled = _titled_lines(text)
    for match in _WORD.finditer(text):
        start, end = match.span()
        if start and text[start - 1] in "-’'":
            small = _SMALL_BEFORE.search(text, max(0, start - 5), start)
            start = small.start() if small else start
        word = text[start:end]
        link = _link(text, run[-1], start) if run and start - run[-1].end <= _WIDEST_GAP else ""
        if run and (not link or len(run) == _LONGEST):
            yield from _useful(run, titled)
            run = []
        run.append(Word(start, end, word, _key(word), link))
    if run:
        yield from _useful(run, titled)


def follows_first_word(before: str) -> bool:
    """Whether the words before a place end with the first of a sentence, whose capital shows nothing."""
    return _FIRST_WORD.search(before) is not None


@lru_cache(maxsize=50_000)
def _key(word: str) -> str:
    return word.lower().replace("’", "'").rstrip(".")


def _link(text: str, before: Word, start: int) -> str:
    gap = text[before.end : start]
    link = _GAPS.get(gap, "")
    if link == "stop":
        return "next" if before.key in _ABBREVIATED else ""
    if link == "comma":
        return "next" if text.startswith(("Jr", "Sr"), start) else ""
    if not link and gap in ("'s ", "’s ", "' ", "’ ") and before.key in _OWNED:
        return "next"
    return link


def _titled_lines(text: str) -> bytearray:
    """Which characters stand in lines of headline case, where a capital tells nothing."""
    found = bytearray(len(text))
    for line in _LINE.finditer(text):
        if line.end() - line.start() > 200 or line.group().rstrip()[-1:] in '.!?,;:”"':
            continue
        words = [word for word in _ANY_WORD.findall(line.group()) if len(word) > 3]
        if len(words) > 3 and sum(word[0].isupper() for word in words) > 0.8 * len(words):
            found[line.start() : line.end()] = b"\x01" * (line.end() - line.start())
    return found


def _useful(run: list[Word], titled: bytearray) -> Iterable[list[Word]]:
    """The run itself, or in a line of headline case the pairs that open with a given name."""
    if len(run) < 3 or not titled[run[0].start]:
        return (run,)
    return _pairs(run)


def _pairs(run: list[Word]) -> Iterator[list[Word]]:
    at = 0
    while at < len(run) - 1:
        if is_given_name(run[at].text) and run[at + 1].link == "next" and run[at + 1].key not in STOP:
            last = at + 3 if run[at + 1].key in _PARTICLES else at + 2
            yield run[at:last]
            at = last - 1
        at += 1
