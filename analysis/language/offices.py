"""Offices named in a text, and who held them when the text was published."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from analysis.codebooks import Office, Term, TopicPack, load_offices
from analysis.language.names import fold
from analysis.language.phrases import Phrases

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


def _any_of(*words: str) -> re.Pattern[str]:
    """A pattern of whole words; each begins with a plain letter.

    The word before is looked for behind that letter: a pattern that begins with letters passes over all
    others at once.
    """
    begun = "|".join(rf"{word[0]}(?<!\w.){word[1:]}" for word in words)
    return re.compile(rf"(?:{begun})\b")


_HOME = {
    "United Kingdom": _any_of(
        *"UK Britain British England Scotland Wales London Westminster Whitehall MPs?".split(),
        *("Downing Street", "Home Office", "House of Commons", r"No\.? ?10", "Labour", "Tory", "Tories"),
    ),
    "United States": _any_of(
        *r"US U\.S\. Congress Senate Republicans? Democrats? Washington".split(), "White House"
    ),
}
_ARTICLE = re.compile(r"(?<![\w-])the\s{1,3}$", re.I)
_NAME_OR_OF = re.compile(r"\s+(?:[A-Z]|of\s)")
# One word alone is an office only with a capital: "president" of what?
_ALWAYS_CAPITAL = frozenset({"president", "chancellor", "pm"})
# Offices that more than one of these countries has mean that of the country which the text is about.
_SHARED = _ALWAYS_CAPITAL | {"attorney general"}


@dataclass(frozen=True)
class OfficeMention:
    """An office named in a text; ``term`` is its holder's, where the publication interval allows only one."""

    start: int
    end: int
    office: Office
    term: Term | None


class Offices:
    """Offices by every way to write them, and their holders by name.

    Args:
        offices: The offices; of two with one name and country the later one counts.
    """

    def __init__(self, offices: Iterable[Office]) -> None:
        self.by_alias: dict[str, list[Office]] = {}
        self.terms: dict[str, list[Term]] = {}
        self._aliases: list[tuple[Office, tuple[str, ...]]] = []
        for office in {(office.name, office.country): office for office in offices}.values():
            aliases = tuple(dict.fromkeys(_bare(alias) for alias in (office.name, *office.aliases)))
            self._aliases.append((office, aliases))
            for alias in aliases:
                self.by_alias.setdefault(alias, []).append(office)
            for term in office.terms:
                self.terms.setdefault(fold(term.holder), []).append(term)
        self._phrases = Phrases(self.by_alias, any_case=True)

    def find(self, text: str, earliest: str | None, latest: str | None) -> list[OfficeMention]:
        """Find offices that stand for their holder ("the Home Secretary").

        An office before a name ("Home Secretary Yvette Cooper"), a shadow, former or foreign one that the
        list does not have, and one without a definite article or capital are left out.

        Args:
            text: The article.
            earliest: First possible day of publication (ISO), or ``None``.
            latest: Last possible day of publication.
        """
        found: list[OfficeMention] = []
        for start, end, alias in self._phrases.find(text):
            article = _ARTICLE.search(text, max(0, start - 8), start)
            first = article.start() if article else start
            office = self._office_at(text, first, end, alias)
            if office is not None:
                found.append(OfficeMention(first, end, office, holder(office, earliest, latest)))
        return found

    def held_by(self, name: str, earliest: str | None, latest: str | None) -> Term | None:
        """The office that a person held throughout the days given, the first listed one; else ``None``."""
        if earliest is None or latest is None:
            return None
        for term in self.terms.get(fold(name), ()):
            if term.earliest <= earliest and (term.latest is None or term.latest >= latest):
                return term
        return None

    def party_of(self, name: str, earliest: str | None, latest: str | None) -> str | None:
        """The party of everything that a person was in the days given; ``None`` where it changed."""
        if earliest is None or latest is None:
            return None
        parties = {term.party for term in _within(self.terms.get(fold(name), ()), earliest, latest)}
        return parties.pop() if len(parties) == 1 else None

    def once_held(self, alias: str) -> frozenset[str] | None:
        """Everybody who has left an office, folded; ``None`` for an office that the list does not have."""
        offices = self.by_alias.get(alias.lower())
        if offices is None:
            return None
        return frozenset(fold(t.holder) for office in offices for t in office.terms if t.latest is not None)

    def _office_at(self, text: str, start: int, end: int, alias: str) -> Office | None:
        before = text[max(0, start - 30) : start]
        definite = text[start : start + 3].lower() == "the" and not alias.startswith("the")
        capital = text[end - len(alias)].isupper()
        other = _OTHER.search(before) and not (definite and before[-5:].lower() == "then ")
        if other or _NAME_OR_OF.match(text, end):
            return None
        if alias in _ALWAYS_CAPITAL and not capital:
            return None
        owner = _OWNER.search(before) if not definite else None
        country = _country(owner) if owner else None
        if not (definite or country or (capital and owner is None)):
            return None
        if country is not None:
            return next((office for office in self._same_office(alias) if office.country == country), None)
        offices = self.by_alias[alias]
        home = [o for o in offices if o.country not in _HOME or _counts(text)[o.country]]
        if len(home) != 1 or alias in _SHARED:
            here = _HOME.keys() - countries_abroad(text)
            home = [o for o in offices if o.country in here]
            home = home or [o for o in self._same_office(alias) if o.country in here]
        return home[0] if len(home) == 1 else None

    def _same_office(self, alias: str) -> list[Office]:
        """Offices of any country whose name holds these words ("Prime Minister of Albania", too)."""
        return [office for office, aliases in self._aliases if any(alias in other for other in aliases)]


@cache
def shipped_offices() -> Offices:
    """The offices that ship with Framelines."""
    return Offices(load_offices())


def offices_of(packs: tuple[TopicPack, ...]) -> Offices:
    """The shipped offices and those of the topic packs; a pack's stands for the shipped one of its name."""
    added = tuple(office for pack in packs for office in pack.offices)
    return _with_added(added) if added else shipped_offices()


@lru_cache(maxsize=8)
def _with_added(added: tuple[Office, ...]) -> Offices:
    return Offices((*load_offices(), *added))


def holder(office: Office, earliest: str | None, latest: str | None) -> Term | None:
    """The one person who held an office throughout the days given; ``None`` where there were more."""
    if earliest is None or latest is None:
        return None
    terms = _within(office.terms, earliest, latest)
    if len({term.holder for term in terms}) != 1:
        return None
    return terms[0] if terms[0].earliest <= earliest else None


def _within(terms: Iterable[Term], earliest: str, latest: str) -> list[Term]:
    """The terms that share a day with the days given."""
    return [t for t in terms if t.earliest <= latest and (t.latest is None or t.latest >= earliest)]


def countries_abroad(text: str) -> frozenset[str]:
    """The countries, of those known by their institutions, that a text is less about than another of them."""
    counts = _counts(text)
    most = max(counts.values())
    return frozenset(country for country, count in counts.items() if count < most)


@lru_cache(maxsize=4)
def _counts(text: str) -> dict[str, int]:
    return {name: len(pattern.findall(text)) for name, pattern in _HOME.items()}


def _bare(alias: str) -> str:
    return re.sub(r"^the\s+", "", alias, flags=re.I).lower()


def _country(owner: re.Match[str]) -> str | None:
    return _COUNTRIES.get((owner[1] or owner[2]).lower(), "elsewhere")
