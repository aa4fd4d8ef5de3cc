"""Bounds on the day of publication from people named in an office that they held for a time."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from functools import cache

from analysis.codebooks import Office, Term, load_offices
from analysis.corpus.provenance.bounds import Bounds

_TITLES = r"(?:(?:Sir|Dame|Lord|Lady|Baroness|Mr|Mrs|Ms|Dr) )?"
_PAST = re.compile(
    r"\b(?:former|ex|then|late|one-time|previous|last|next|future)[ -](?:\w+ )?$", re.IGNORECASE
)
# Months that are surnames, too.
_MONTHS = frozenset({"March", "April", "May", "June", "August"})
_CAPITALISED = re.compile(r"[A-Z\u00c0-\u00de]\w+")
_NAME_FOLLOWS = re.compile(r",? (?:Sir |Dame |Lord )?[A-Z]")

Span = tuple[int, int]


def bound_by_offices(text: str) -> list[Bounds]:
    """Bounds from people named with an office, or named while the article speaks of the office's holder.

    "Home Secretary Yvette Cooper" and "Robert Jenrick, the shadow justice secretary" count by themselves;
    a bare "the Prime Minister" counts with the surname of one of its holders, if no second is named.
    """
    found: list[Bounds] = []
    unclear: list[list[Term]] = []
    placed: set[str] = set()
    lowered = _lower(text)
    for office in _find_offices(text):
        spans = [span for span in _find_spans(office, lowered) if not _is_past(text, span[0])]
        if not spans:
            continue
        beside = [term for term in office.terms if any(_stands_beside(term, text, span) for span in spans)]
        placed.update(term.holder for term in beside)
        found += _bound_by_terms(beside)
        if not beside and any(_is_bare(text, span) for span in spans):
            unclear.append([term for term in office.terms if _names(term, text)])
    for terms in unclear:
        holders = {term.holder for term in terms}
        # Somebody who stands beside another office may hold this one only later.
        if len(holders) == 1 and not holders & placed:
            found += _bound_by_terms(terms)
    return found


def _lower(text: str) -> str:
    """The text in lower case, every character at its place."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)


@cache
def _offices_by_word() -> dict[str, tuple[Office, ...]]:
    """The capitalised word that each holder's surname begins with, to the offices they held."""
    table: dict[str, list[Office]] = {}
    for office in load_offices():
        for word in dict.fromkeys(_key(term.holder) for term in office.terms):
            table.setdefault(word, []).append(office)
    return {word: tuple(offices) for word, offices in table.items()}


def _key(holder: str) -> str:
    # "O'Neill" is found as "Neill", "Ki-moon" as "Ki"
    return _CAPITALISED.findall(holder.split()[-1])[0]


def _find_offices(text: str) -> list[Office]:
    """The offices of which a holder may be named, in the codebook's order."""
    table = _offices_by_word()
    named = {office.name for word in table.keys() & _CAPITALISED.findall(text) for office in table[word]}
    return [office for office in load_offices() if office.name in named] if named else []


@cache
def _names_of(office: Office) -> tuple[tuple[str, ...], re.Pattern[str]]:
    """An office's names in lower case, and the pattern that one of them fits with its surroundings."""
    names = {alias.lower().removeprefix("the ") for alias in (office.name, *office.aliases)}
    ordered = sorted(names, key=lambda name: (-len(name), name))
    joined = "|".join(map(re.escape, ordered))
    # The shadow and the deputy of an office are offices of their own.
    pattern = rf"(?<![\w-])(?<!\bshadow )(?<!\b[a-z]{{4}}an )(?:{joined})(?![\w-])"
    return tuple(ordered), re.compile(pattern)


def _find_spans(office: Office, lowered: str) -> Iterator[Span]:
    """Where an office is named: a search for plain words first, since that is many times quicker."""
    names, pattern = _names_of(office)
    starts = {start for name in names for start in _find_all(name, lowered)}
    done = 0
    for start in sorted(starts):
        match = pattern.match(lowered, start) if start >= done else None
        if match:
            yield match.span()
            done = match.end()


def _find_all(word: str, text: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


@cache
def _surname_pattern(holder: str) -> re.Pattern[str]:
    given, surname = holder.split()[0], re.escape(holder.split()[-1])
    # "May" by itself is a month; "Mrs May" is not
    lead = rf"(?:{re.escape(given)}|Mr|Mrs|Ms|Lord|Lady|Baroness) " if surname in _MONTHS else ""
    return re.compile(rf"(?<![\w-]){lead}{surname}(?![\w-])")


@cache
def _beside_patterns(holder: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    name = re.escape(holder)
    after, before = rf",? {_TITLES}{name}\b", rf"{name}, (?:the |[A-Z][\w’']+ )?$"
    return re.compile(after), re.compile(before)


def _names(term: Term, text: str) -> bool:
    return bool(_surname_pattern(term.holder).search(text))


def _stands_beside(term: Term, text: str, office: Span) -> bool:
    """Whether the holder's full name stands right before or after the office."""
    start, end = office
    after, before = text[end : end + 60], text[max(0, start - 80) : start]
    if term.holder in after and _beside_patterns(term.holder)[0].match(after):
        return True
    # In "David Lammy, Justice Secretary Shabana Mahmood" the office is the next person's.
    return (
        term.holder in before
        and bool(_beside_patterns(term.holder)[1].search(before))
        and not re.match(r" [A-Z]", after)
    )


def _is_bare(text: str, office: Span) -> bool:
    """Whether the office stands alone, as in "the Prime Minister said"."""
    start, end = office
    return text[max(0, start - 4) : start].lower() == "the " and not _NAME_FOLLOWS.match(text, end)


def _is_past(text: str, start: int) -> bool:
    return bool(_PAST.search(text[max(0, start - 25) : start]))


def _bound_by_terms(terms: Sequence[Term]) -> list[Bounds]:
    """One interval around each holder's terms; the office's list may hold a person twice."""
    found = []
    for holder in dict.fromkeys(term.holder for term in terms):
        own = [term for term in terms if term.holder == holder]
        ends = [term.latest for term in own]
        latest = None if None in ends else max(end for end in ends if end)
        first = datetime.date.fromisoformat(min(term.earliest for term in own))
        last = latest and datetime.date.fromisoformat(latest)
        found.append(Bounds(first, last or None, (_office_reason(own),)))
    return found


def _office_reason(terms: Sequence[Term]) -> str:
    spans = ", ".join(f"{term.earliest} to {term.latest or 'now'}" for term in terms)
    return f"{terms[0].holder} is {terms[0].office} ({spans})"
