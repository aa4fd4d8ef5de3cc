"""Whose copy an article is: a news agency is named only where the text shows it.

Evidence is an agency's dateline at the start, its sign-off or tag after the last sentence, a sentence on who
produced the report, the byline, or the agency speaking of itself. A picture credit is none, and neither is
a quotation given to an agency.
"""

from __future__ import annotations

import re
from functools import cache

from analysis.codebooks import load_outlets
from analysis.corpus.provenance.self_naming import find_self_namings

_START, _END = 400, 700  # characters in which a dateline and a sign-off stand
_TAG = 100  # characters: more than a closing tag takes
_SIGNED = re.compile(r"\b[Rr]eporting by [^()]{3,400}?[;,.\n]\s?[Ee]dit(?:ing|ed) by ")


def find_wire(text: str, byline: str | None) -> str | None:
    """The news agency whose copy an article is.

    Args:
        text: The article's text.
        byline: Its byline.

    Returns:
        The agency's name; None where nothing shows one.
    """
    start, end = text[:_START], text[-_END:]
    match = (
        (_dateline().search(start) if "(" in start else None)
        or (_owner().search(end) if "©" in end or "opyright" in end else None)
        or _closing_tag().search(end.rstrip()[-_TAG:])
        or _find_production(start, end)
    )
    if match:
        return _agencies()[next(name for name in match.groups() if name)]
    if "dit" in end and _SIGNED.search(end):
        # The form of Reuters' own sign-off, which names nobody else.
        return "Reuters"
    by_name = _find_in_byline(byline)
    if by_name:
        return by_name
    return next((outlet.name for outlet, _ in find_self_namings(text) if outlet.kind == "agency"), None)


@cache
def _agencies() -> dict[str, str]:
    outlets = [outlet for outlet in load_outlets() if outlet.kind == "agency"]
    names = {name: outlet.name for outlet in outlets for name in (outlet.name, *outlet.aliases)}
    return {re.sub(r"^[Tt]he ", "", name): full for name, full in names.items()}


@cache
def _any_agency() -> str:
    names = sorted(_agencies(), key=len, reverse=True)
    return f"({'|'.join(map(re.escape, names))})"


@cache
def _dateline() -> re.Pattern[str]:
    """ "WASHINGTON (AP) —", "LONDON, March 5 (Reuters) -", "(Reuters) -" at the start of a line."""
    place = r"(?:[A-Z][^\n()]{1,60} ?)?"
    return re.compile(rf"^\W{{0,3}}{place}\({_any_agency()}\)\s{{0,2}}[-–\u2014]", re.MULTILINE)


@cache
def _closing_tag() -> re.Pattern[str]:
    """ "... the court heard. (PA)", "... he said. – AFP" at the end."""
    name = _any_agency()
    return re.compile(rf"[.!?]['\"’”]?\s{{1,3}}(?:\({name}\)|[-–\u2014]\s?{name})\W{{0,2}}$")


@cache
def _owner() -> re.Pattern[str]:
    """ "Copyright 2019 The Associated Press"."""
    return re.compile(rf"(?:©|[Cc]opyright)[^\w\n]{{0,3}}[0-9]{{4}}[^\w\n]{{0,3}}(?:[Tt]he )?{_any_agency()}")


def _find_production(start: str, end: str) -> re.Match[str] | None:
    """Who produced the report; a search for plain words first, since that is many times quicker."""
    part = f"{start}\n{end}"
    return _production().search(part) if "ed by " in part or "written by " in part else None


@cache
def _production() -> re.Pattern[str]:
    """ "This report was produced by the Press Association"."""
    return re.compile(
        r"\b[Tt]h(?:is|e) (?:report|article|story|copy|content)\b[^.\n]{0,40}?"
        r"\b(?:produced|provided|supplied|written|published|distributed|issued) by (?:the )?"
        rf"{_any_agency()}\b"
    )


def _find_in_byline(byline: str | None) -> str | None:
    words = re.findall(r"[\w&.’'-]+", (byline or "")[:200])
    runs = (" ".join(words[a:b]) for a in range(len(words)) for b in range(min(len(words), a + 6), a, -1))
    return next((_agencies()[run] for run in runs if run in _agencies()), None)
