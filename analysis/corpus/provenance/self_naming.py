"""Outlets and agencies that speak of themselves in a text: "the Daily Express understands".

What others write too is no such sentence: "the minister told Sky News", "CNN has been told to pay".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from analysis.codebooks import Outlet, load_outlets

_PAPERS = (
    "(?:cop(?:y|ies)|documents?|letters?|e-?mails?|messages?|memos?|drafts?|footage|papers|minutes|transcripts?"
    "|evidence|reports?|records?|correspondence|figures|data|plans?)"
)
_OWN_VOICE = re.compile(
    r"\b(?:understands|understood|has (?:also )?learn(?:ed|t)(?! (?:to|from|how|its|a)\b)"
    rf"|has (?:also )?seen(?= (?:[\w’'-]+ ){{0,5}}{_PAPERS}\b)|has (?:also )?been told(?! to\b)"
    r"|can (?:also )?(?:reveal|disclose))\b"
)
# How each of them begins: a search for plain words is many times quicker than one for the pattern.
_CUES = ("underst", "has ", "can ")
_NAME_BEFORE = re.compile(r"(?<![\w&.’'-])(?:[A-Za-z0-9][\w&.’'-]*+,? ){1,7}$")
_NAME = r"(?P<name>(?:[A-Z0-9][\w&.’'-]*+ ?+){1,6}+)"
_SOURCES_HAVE_TOLD = re.compile(
    rf"\b(?:[Ss]ources|[Ii]nsiders|[Oo]fficials)(?: \w{{1,30}})? have told (?:the )?{_NAME}"
)
_WELCOME = re.compile(
    rf"\b[Ww]elcome(?: back)? to (?:the )?{_NAME}(?=.{{0,40}}\b(?:live|blog|coverage|newsletter|briefing)\b)"
)
# Somebody else says that the paper understands something.
_SAID_BY_ANOTHER = re.compile(
    r"[^.!?\n]{0,250}?(?:[,\"”’'] [^,.!?\n]{1,60}?\b(?:said|says|claim(?:ed|s)|wrote|told|reported|reports)\b"
    r"|\baccording to\b)"
)
_ARTICLE = re.compile(r"^(?:the|The) ")
_POSSESSIVE = re.compile(r"(?:['’]s?|[.,])$")
_OPENERS = frozenset("But And However Yet Meanwhile Now While".split())


@cache
def names_of_outlets() -> dict[str, Outlet]:
    """Every name and alias, without "the" before it."""
    return {bare_name(name): outlet for outlet in load_outlets() for name in (outlet.name, *outlet.aliases)}


def bare_name(name: str) -> str:
    """A name without "the" before it, and without what a possessive or a stop adds."""
    return _POSSESSIVE.sub("", _ARTICLE.sub("", name))


@lru_cache(maxsize=1)  # an article is asked for its outlet and then for its wire
def find_self_namings(text: str) -> tuple[tuple[Outlet, str], ...]:
    """Known outlets and agencies that speak of themselves in a text, with the words."""
    return tuple(_iter_self_namings(text))


def _iter_self_namings(text: str) -> Iterator[tuple[Outlet, str]]:
    for start in sorted(at for word in _CUES for at in find_all(word, text)):
        cue = _OWN_VOICE.match(text, start)
        if cue and not _is_quoted(text, start) and not _SAID_BY_ANOTHER.match(text, cue.end()):
            yield from _read_name_before(text[max(0, start - 100) : start], cue.group())
    if "have told" in text:
        for match in _SOURCES_HAVE_TOLD.finditer(text):
            yield from _read_name_after(match["name"], "sources have told")
    if "elcome" in text:
        for match in _WELCOME.finditer(text):
            yield from _read_name_after(match["name"], match.group().split(match["name"])[0].strip())


def _is_quoted(text: str, at: int) -> bool:
    """Whether a quotation that its paragraph opened is still open."""
    before = text[max(text.rfind("\n", 0, at) + 1, at - 1000) : at]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def find_all(words: str, text: str) -> Iterator[int]:
    """Where plain words stand in a text."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _read_name_before(before: str, cue: str) -> Iterator[tuple[Outlet, str]]:
    match = _NAME_BEFORE.search(before)
    words = match.group().split() if match else []
    if words[-2:] == ["news", "agency"]:
        words = words[:-2]
    for n in range(len(words)):
        outlet = names_of_outlets().get(" ".join(words[n:]))
        if outlet and _is_whole(words, n, outlet):
            yield outlet, " ".join([*words[n:], cue])
            return


def _is_whole(words: list[str], n: int, outlet: Outlet) -> bool:
    """Whether ``words[n:]`` is a name by itself, not the end of a longer one ("Radio Times")."""
    before = words[n - 1] if n else ""
    if outlet.common_word or (outlet.name.startswith("The ") and before not in ("the", "The")):
        return False
    return before in ("the", "The") or not before[:1].isupper() or before[-1] == "," or before in _OPENERS


def _read_name_after(name: str, cue: str) -> Iterator[tuple[Outlet, str]]:
    words = name.split()
    for n in range(len(words), 0, -1):
        # "GB News' live blog", "the Guardian's live blog"
        bare = bare_name(" ".join(words[:n]))
        outlet = names_of_outlets().get(bare)
        if outlet and not outlet.common_word:
            yield outlet, f"{cue} {bare}"
            return
