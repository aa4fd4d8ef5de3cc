"""Offices named in a text, and who held them when the text was published."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from analysis.codebooks import Office, Term, load_offices

# Words before an office that make it another one.
_OTHER = re.compile(
    r"(?:\b(?:shadow|former|ex|then|deputy|vice|assistant|acting|next|future|previous|late|one-time|first|"
    r"a|an|any|every|each|no|as|become|becoming|be)|ex-)[\s-]*$",
    re.I,
)
_OWNER = re.compile(r"(?:\b([A-Z]\w*)(?:[’']s|[’'])|\b([A-Z]\w*(?: [A-Z]\w*)?|U\.S\.)) $")
_COUNTRIES = {
    "british": "United Kingdom", "britain": "United Kingdom", "uk": "United Kingdom",
    "french": "France", "france": "France", "german": "Germany", "germany": "Germany",
    "irish": "Ireland", "ireland": "Ireland", "italian": "Italy", "italy": "Italy",
    "albanian": "Albania", "albania": "Albania", "polish": "Poland", "poland": "Poland",
    "spanish": "Spain", "spain": "Spain", "canadian": "Canada", "canada": "Canada",
    "australian": "Australia", "australia": "Australia", "israeli": "Israel", "israel": "Israel",
    "indian": "India", "india": "India", "ukrainian": "Ukraine", "ukraine": "Ukraine",
    "russian": "Russia", "russia": "Russia", "chinese": "China", "china": "China",
    "turkish": "Turkey", "turkey": "Turkey", "rwandan": "Rwanda", "rwanda": "Rwanda",
    "us": "United States", "u.s.": "United States", "american": "United States", "america": "United States",
    "north macedonian": "North Macedonia", "macedonian": "North Macedonia", "european": "European Union",
    "eu": "European Union",
}  # fmt: skip
_HOME = {
    "United Kingdom": re.compile(
        r"\b(?:UK|Britain|British|Westminster|Downing Street|Whitehall|Labour|Tory|Tories|Home Office|MPs?|"
        r"House of Commons|No\.? ?10|London|England|Scotland|Wales)\b"
    ),
    "United States": re.compile(
        r"\b(?:US|U\.S\.|White House|Congress|Senate|Republicans?|Democrats?|Washington)\b"
    ),
}
# One word alone is an office only with a capital: "president" of what?
_ALWAYS_CAPITAL = frozenset({"president", "chancellor", "pm"})


@dataclass(frozen=True)
class OfficeMention:
    """An office named in a text; ``term`` is its holder's, where the publication interval allows only one."""

    start: int
    end: int
    office: Office
    term: Term | None


def find_offices(text: str, earliest: str | None, latest: str | None) -> list[OfficeMention]:
    """Find offices that stand for their holder ("the Home Secretary").

    An office before a name ("Home Secretary Yvette Cooper"), a shadow, former or foreign one that the
    list does not have, and one without a definite article or capital are left out.

    Args:
        text: The article.
        earliest: First possible day of publication (ISO), or ``None``.
        latest: Last possible day of publication.
    """
    found: list[OfficeMention] = []
    for match in _pattern().finditer(text):
        office = _office_at(text, match)
        if office is not None:
            found.append(OfficeMention(match.start(), match.end(), office, holder(office, earliest, latest)))
    return found


def is_home(text: str, country: str) -> bool:
    """Whether a text names a country's institutions as often as those of any other known country."""
    counts = {name: len(pattern.findall(text)) for name, pattern in _HOME.items()}
    return counts[country] == max(counts.values())


def holder(office: Office, earliest: str | None, latest: str | None) -> Term | None:
    """The one person who held an office throughout the days given; ``None`` where there were more."""
    if earliest is None or latest is None:
        return None
    terms = [t for t in office.terms if t.earliest <= latest and (t.latest is None or t.latest >= earliest)]
    return terms[0] if len({term.holder for term in terms}) == 1 else None


@cache
def holders() -> dict[str, tuple[Term, ...]]:
    """Every office-holder's terms by name."""
    found: dict[str, list[Term]] = {}
    for office in load_offices():
        for term in office.terms:
            found.setdefault(term.holder, []).append(term)
    return {name: tuple(terms) for name, terms in found.items()}


def held_by(name: str, earliest: str | None, latest: str | None) -> Term | None:
    """The office that a person held throughout the days given, the first listed one; else ``None``."""
    if earliest is None or latest is None:
        return None
    for term in holders().get(name, ()):
        if term.earliest <= earliest and (term.latest is None or term.latest >= latest):
            return term
    return None


@cache
def _by_alias() -> dict[str, tuple[Office, ...]]:
    table: dict[str, list[Office]] = {}
    for office in load_offices():
        for alias in dict.fromkeys(_bare(alias) for alias in (office.name, *office.aliases)):
            table.setdefault(alias, []).append(office)
    return {alias: tuple(offices) for alias, offices in table.items()}


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(_by_alias(), key=len, reverse=True)
    return re.compile(
        r"(?<![\w-])(?:the\s+)?(" + "|".join(re.escape(name) for name in names) + r")(?![\w-])", re.I
    )


def _bare(alias: str) -> str:
    return re.sub(r"^the\s+", "", alias, flags=re.I).lower()


def _office_at(text: str, match: re.Match[str]) -> Office | None:
    words, before = match[1], text[max(0, match.start() - 30) : match.start()]
    definite = match[0][:3].lower() == "the"
    capital = words[:1].isupper()
    if _OTHER.search(before) or re.match(r"\s+(?:[A-Z]|of\s)", text[match.end() : match.end() + 4]):
        return None
    if words.lower() in _ALWAYS_CAPITAL and not capital:
        return None
    owner = _OWNER.search(before) if not definite else None
    country = _country(owner) if owner else None
    if not (definite or country or (capital and owner is None)):
        return None
    offices = _by_alias()[words.lower()]
    if country is not None:
        return next((office for office in _same_office(words) if office.country == country), None)
    home = [o for o in offices if o.country not in _HOME or _HOME[o.country].search(text)]
    return home[0] if len(home) == 1 else None


def _country(owner: re.Match[str]) -> str | None:
    return _COUNTRIES.get((owner[1] or owner[2]).lower(), "elsewhere")


def _same_office(words: str) -> list[Office]:
    """Offices of any country whose name ends in these words ("Prime Minister of Albania", too)."""
    lower = words.lower()
    return [
        office
        for office in load_offices()
        if any(_bare(alias) == lower or lower in _bare(alias) for alias in (office.name, *office.aliases))
    ]
