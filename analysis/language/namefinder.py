"""Names of people and organisations in running text, found without a language model.

Capitalised words are joined to runs ("Home Secretary Ana Ruiz", "Department of Fisheries"), each run is cut
at words that are no names, and what is left is a person's or an organisation's name by the evidence: its
words (titles, roles, given names, "Council"), and what stands beside it ("said", ", 44,", ", who").
A run without evidence is a person's where it has a person's shape, and nothing where it is one word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from analysis.language.capitals import Word, join_capitals
from analysis.language.given_names import is_given_name, is_lone_given_name
from analysis.language.name_words import (
    BODY_ADJECTIVES,
    CALENDAR,
    KNOWN_ACRONYMS,
    KNOWN_ORGANISATIONS,
    LONE_ORGANISATIONS,
    NATIONS,
    NO_NAME,
    NO_SURNAME,
    OF_ORGANISATION,
    ORGANISATION,
    PLACE_PHRASES,
    PLACES,
    SCHOOLS,
    SHARED_CALENDAR,
    SHARED_SURNAME,
    STOP,
    THINGS,
    is_acronym,
)
from analysis.language.names import is_rank, is_role, is_role_noun, is_title

_SUFFIXES = frozenset("jr sr ii iii iv qc kc mp msp mep ms obe cbe mbe phd md".split())
_SAYS = (
    r"(?:said|says|told|added|adds|tells|insisted|argued|warned|claimed|explained|replied|asked|tweeted|"
    r"wrote|writes|testified|recalled|joked|admitted|denied|suggested|noted|continued|acknowledged|believes|"
    r"thinks|thought|knows|felt|smiled|laughed|shrugged)"
)
_HUMAN = (
    rf", (?:\d{{1,2}}|who|whose)\b|"
    rf" (?:\(\d{{1,2}}\)|who\b|whose\b|himself\b|herself\b|{_SAYS}\b)|"
    r"[’']s? (?:wife|husband|father|mother|son|daughter|brother|sister|lawyers?|aides?|allies|"
    r"spokes\w+|supporters|voters|rivals?|opponents?|remarks|comments|family|career|friends?|face|voice|"
    r"speech|hand|home|death)\b"
)
_HUMAN_AFTER = re.compile(_HUMAN)
_PERSON_AFTER = re.compile(rf"(?:{_HUMAN}|, (?:a|an|the|his|her|also|now|then|formerly)\b)")
_SAYS_AFTER = re.compile(rf" (?:also |later |then |has |had )?{_SAYS}\b")
_SAYS_BEFORE = re.compile(rf"\b{_SAYS} $")
_AFTER_THE = re.compile(r"\b(?:[Tt]he|[Aa]n?|THE) $")
_INDEFINITE = re.compile(r"\b[Aa]n?\s(?:[\w-]+\s)?$")
_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|near|from|outside|across|around|into|throughout|toward|towards|via) $"
)
_PLACE_AFTER = re.compile(r", (?:[A-Z][a-z]+\.?|[A-Z]\.[A-Z]\.)(?:,| \()")
_MIXED = re.compile(r"(?:Mc|Mac|O[’']|De|Di|Le|La)[A-Z][a-z]+|[A-Z][a-z]+-[A-Z][a-z]+")
_GLUED = re.compile(r"[a-z][A-Z].*[a-z][A-Z]")
_SHOUTED = re.compile(r"[A-Z]{2,}[’'A-Z]*,? $")
_SHOUTS_ON = re.compile(r",? [A-Z]{2,}|:")
_SMALL = re.compile(r"(?<![\w@.’'-])[a-z]{3,}\b")
# A longer text is read once for all its words in small letters, not once for each of its names.
_LONG = 20_000
_LAST_OF_KNOWN = frozenset(name.split()[-1] for name in KNOWN_ORGANISATIONS)
_PARENTHESISED = re.compile(r"\(([A-Z][A-Za-z&]*[A-Z])\)")


# Not frozen, as frames are not: that takes three times as long.
@dataclass(unsafe_hash=True)
class Name:
    """A name as it stands: courtesy titles inside, roles outside."""

    start: int
    end: int
    bare: str
    kind: str


def find_names(text: str, known: Iterable[tuple[int, int, str]] = ()) -> list[Name]:
    """Find names of people and organisations.

    Args:
        text: Any text.
        known: Names that something else has found: start, end, and "PERSON" or "ORG". They are taken where
            the words alone show nothing.

    Returns:
        Names in order, none overlapping another.

    Example:
        >>> [(n.bare, n.kind) for n in find_names("Dr Ana Ruiz of the Harbour Council met Priya Shah.")]
        [('Ana Ruiz', 'person'), ('Harbour Council', 'organisation'), ('Priya Shah', 'person')]
    """
    return _NameFinder(text).find(known)


class _NameFinder:
    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Name] = []
        self.lone: list[Word] = []

    def find(self, known: Iterable[tuple[int, int, str]]) -> list[Name]:
        for run in join_capitals(self.text):
            # most runs are one word, and most of those are no name ("The")
            if len(run) == 1:
                if not _is_no_name(run[0].text, run[0].key):
                    self._judge_each(run)
                continue
            for part in self._cut(run):
                self._judge(part)
        self._judge_lone()
        taken = bytearray(len(self.text))
        for name in self.found:
            taken[name.start : name.end] = b"\x01" * (name.end - name.start)
        for start, end, kind in known:
            if taken.find(1, start, end) < 0:
                kind = "person" if kind == "PERSON" else "organisation"
                self.found.append(Name(start, end, self.text[start:end], kind))
        return sorted(self.found, key=lambda name: name.start)

    # Runs cut to pieces that can be names.

    def _cut(self, run: list[Word]) -> Iterator[list[Word]]:
        """Cut at words that are no names, and at "of" and "and" outside an organisation's name."""
        part: list[Word] = []
        for n, word in enumerate(run):
            following = run[n + 1] if n + 1 < len(run) and run[n + 1].link == "next" else None
            if self._ends_name(part, word, following):
                if part:
                    yield part
                part = []
            elif part and word.link in ("of", "and") and not self._joins(part, word, run[n:]):
                yield part
                # "Mayor Ana Ruiz of Lindau": nobody is of a person
                after_person = word.link == "of" and is_role_noun(part[0].text) and len(part) > 2
                part = [] if after_person and (following is None) else [word]
            else:
                part.append(word)
        if part:
            yield part

    def _ends_name(self, part: list[Word], word: Word, following: Word | None) -> bool:
        key = word.key
        if not _is_no_name(word.text, key):
            return False
        if key in CALENDAR:
            beside = (part and is_given_name(part[-1].text)) or (following and not following.key.isdigit())
            return not (key in SHARED_CALENDAR and beside)
        if part and key in ORGANISATION:
            return False
        # "Will Okri spoke" in mid sentence; "Will Okri speak?" asks
        return not (key == "will" and following and not (part or _opens(self._before(word.start, 3))))

    def _joins(self, part: list[Word], word: Word, rest: list[Word]) -> bool:
        if word.link == "of":
            if is_role_noun(part[-1].text) and part[-1].key not in OF_ORGANISATION:
                return False
            head = part[-1].key in OF_ORGANISATION or (part[0].key in OF_ORGANISATION and len(part) == 1)
            return head and not is_title(word.key)
        if any(other.link == "of" for other in part[1:]) and part[0].key in OF_ORGANISATION:
            return not (is_given_name(word.text) or is_title(word.key) or is_acronym(word.text))
        end = next((n for n, other in enumerate(rest[1:], 1) if other.link != "next"), len(rest))
        tail = rest[end - 1]
        definite = self._before(part[0].start, 4).lower() == "the "
        plain = len(part) == 1 and not is_given_name(part[0].text) and part[0].key not in PLACES
        return tail.key in ORGANISATION and end > 1 and plain and definite

    # What each piece is.

    def _judge_each(self, words: list[Word]) -> None:
        for word in words:
            if word.key in KNOWN_ORGANISATIONS:
                self._add_organisation([word])
            elif not (word.key in NATIONS or is_role_noun(word.text) or is_title(word.key)):
                self.lone.append(word)

    def _judge(self, part: list[Word]) -> None:
        if _is_place(part):
            part = part[2:]
        if len(part) < 2:
            self._judge_each(part)
            return
        if any(word.link in ("of", "and") for word in part[1:]) or self._is_organisation(part):
            # "Bank of England Governor Ana Ruiz"
            held = next(
                (n for n, word in enumerate(part) if n and word.link != "of" and is_role_noun(word.text)),
                len(part),
            )
            if held < len(part) and part[-1].key in ORGANISATION and part[held].key in BODY_ADJECTIVES:
                held = len(part)
            self._add_organisation(part[:held])
            part = part[held:]
            if len(part) < 2:
                self._judge_each(part)
                return
        roles = [n for n, word in enumerate(part) if is_role_noun(word.text) or is_title(word.key)]
        first = roles[-1] + 1 if roles else 0
        if roles and first == len(part):
            # "Stephen King": a surname that is a role
            if len(part) == 2 and is_given_name(part[0].text) and not is_role(part[0].text):
                self._add_person(part, 0)
            return
        if first > 1 and self._is_organisation(part[: first - 1]):
            self._add_organisation(part[: first - 1])
        while first < len(part) - 1 and self._only_introduces(part[first:]):
            first += 1
        rest = part[first:]
        if len(rest) == 1:
            self._judge_surname(part, first, bool(roles))
        elif self._is_person(rest, bool(roles)):
            self._add_person(part, first)

    def _only_introduces(self, words: list[Word]) -> bool:
        """ "Republican Ana Ruiz", "(Secretary of) State Ana Ruiz", "(Mayor of) Leeds Priya Shah"."""
        first, given = words[0], is_given_name(words[1].text)
        if first.key in NATIONS or (len(words) > 2 and (is_role(first.text) or is_rank(first.text))):
            return True
        if len(words) < 3 or not given or is_given_name(first.text):
            return False
        return first.key in PLACES or first.key in NO_NAME or _opens(self._before(first.start, 3))

    def _judge_surname(self, part: list[Word], first: int, titled: bool) -> None:
        """ "Mr Okri", "Prime Minister Okri"."""
        word = part[first]
        courtesy = is_title(part[first - 1].key)
        if not titled or len(word.text) < 2 or word.text.isdigit():
            return
        known = word.key in PLACES or word.key in NO_NAME or is_role(word.text) or is_acronym(word.text)
        if courtesy or not known:
            self._add_person(part, first)

    def _is_organisation(self, part: list[Word]) -> bool:
        last = part[-1].key
        if last in _LAST_OF_KNOWN and " ".join(word.key for word in part) in KNOWN_ORGANISATIONS:
            return True
        if len(part) < 2:
            return False
        if last in PLACES and any(word.key in SCHOOLS for word in part[1:-1]):
            return True
        if last not in ORGANISATION or is_title(part[-2].key):
            return False
        # "Karl Church", not "Ford Foundation"
        return not (len(part) == 2 and last in SHARED_SURNAME and is_given_name(part[0].text))

    def _is_person(self, words: list[Word], titled: bool) -> bool:
        while len(words) > 2 and words[-1].key in _SUFFIXES:
            words = words[:-1]
        first, last = words[0], words[-1]
        if not 2 <= len(words) <= 5 or any(char.isdigit() or char == "&" for w in words for char in w.text):
            return False
        given = is_given_name(first.text) or (len(first.text) <= 2 or first.text.endswith("."))
        if _is_thing(words, titled):
            return False
        if last.key in NO_SURNAME and not (given and last.key in SHARED_SURNAME):
            return False
        if any((is_acronym(word.text) and len(word.text) > 2) or _GLUED.search(word.text) for word in words):
            return False
        if first.text in LONE_ORGANISATIONS or any(word.key in ORGANISATION for word in words[1:-1]):
            return False
        if is_given_name(first.text) and first.key not in PLACES:
            return not _is_place(words)
        if titled:
            return first.key not in PLACES or last.key not in NO_SURNAME
        if first.key in PLACES or first.key in NO_NAME or first.key in NATIONS or last.key in NATIONS:
            return False
        if last.key in PLACES and not given:
            return False
        common = sum(self._stands_small(word.key) or is_role(word.text) for word in words)
        if common and not given:
            return False
        before = self._before(first.start, 12)
        if _PERSON_AFTER.match(self.text, last.end):
            return True
        if _AFTER_THE.search(before) or _PLACE_BEFORE.search(before):
            return False
        return len(words) < 4 and not _PLACE_AFTER.match(self.text, last.end)

    def _judge_lone(self) -> None:
        """Single words: acronyms, known bodies, given names, and those that speak as people do."""
        defined = {match[1] for match in _PARENTHESISED.finditer(self.text)}
        counts = Counter(word.text for word in self.lone)
        people = {word.text for word in self.lone if self._acts_as_person(word, counts[word.text])}
        for word in self.lone:
            before = self._before(word.start, 20)
            if word.text in LONE_ORGANISATIONS:
                self._add_organisation([word])
            elif is_acronym(word.text):
                if _SHOUTED.search(before) or _SHOUTS_ON.match(self.text, word.end):
                    continue
                speaks = _SAYS_AFTER.match(self.text, word.end) is not None
                if (
                    word.text in KNOWN_ACRONYMS | defined
                    or speaks
                    or counts[word.text] > 1
                    or _AFTER_THE.search(before)
                ):
                    self._add_organisation([word])
            elif word.text in people and not _INDEFINITE.search(before):
                self.found.append(Name(word.start, word.end, word.text, "person"))

    def _acts_as_person(self, word: Word, count: int) -> bool:
        key = word.key
        if key in PLACES or key in NATIONS or key in NO_NAME or key in STOP or key in NO_SURNAME:
            return False
        if is_role(word.text) or key in ORGANISATION or is_acronym(word.text) or len(word.text) < 3:
            return False
        if not (word.text[1:].islower() or _MIXED.fullmatch(word.text)):
            return False
        before = self._before(word.start, 20)
        if self._stands_small(key) or _AFTER_THE.search(before):
            return False
        if is_lone_given_name(word.text):
            return count > 1 or not _opens(before)
        speaks = _SAYS_AFTER.match(self.text, word.end) or _SAYS_BEFORE.search(before)
        return bool(speaks or _HUMAN_AFTER.match(self.text, word.end)) and (count > 1 or not _opens(before))

    def _add_person(self, part: list[Word], first: int) -> None:
        start, last = first, len(part)
        while start > 0 and is_title(part[start - 1].key):
            start -= 1
        while last - first > 1 and part[last - 1].key in _SUFFIXES:
            last -= 1
        bare = " ".join(self.text[part[first].start : part[last - 1].end].split())
        self.found.append(Name(part[start].start, part[-1].end, bare, "person"))

    def _add_organisation(self, part: list[Word]) -> None:
        start, end = part[0].start, part[-1].end
        bare = " ".join(self.text[start:end].split())
        if len(bare) > 1:
            self.found.append(Name(start, end, bare, "organisation"))

    def _stands_small(self, key: str) -> bool:
        """Whether the text has the word in small letters too, so that it is no name alone."""
        if len(self.text) > _LONG:
            return key in self._small
        start = self.text.find(key)
        while start >= 0:
            small = _SMALL.match(self.text, start)
            if small and small.end() == start + len(key):
                return True
            start = self.text.find(key, start + 1)
        return False

    @cached_property
    def _small(self) -> frozenset[str]:
        return frozenset(_SMALL.findall(self.text))

    def _before(self, start: int, characters: int) -> str:
        return self.text[max(0, start - characters) : start]


@lru_cache(maxsize=50_000)
def _is_no_name(text: str, key: str) -> bool:
    """Whether a word by itself is no name: a day, a month, a word that is written small but at a start."""
    if key in CALENDAR:
        return True
    return key in STOP and not is_title(key) and not (text.isupper() and len(text) > 1 and is_acronym(text))


def _is_place(words: list[Word]) -> bool:
    return len(words) > 1 and f"{words[0].key} {words[1].key}" in PLACE_PHRASES


def _is_thing(words: list[Word], titled: bool) -> bool:
    """ "Le Monde", "Crystal Town FC", "Union Jacks"."""
    first = words[0]
    body = first.key in ORGANISATION and not (titled or is_given_name(first.text))
    return body or words[-1].key in THINGS or first.text == "Le"


def _opens(before: str) -> bool:
    before = before.rstrip(" ")
    return not before or before[-1] in ".!?\n“\"‘'"
