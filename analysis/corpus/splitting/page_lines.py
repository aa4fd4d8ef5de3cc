"""A page's lines while its layout is read: what each looks like, and the roles that the layout gives them.

A line here is a segment that is not blank, numbered in page order. Everything that several layouts ask of
a line (is it running text, a time, a byline, could it be a headline?) is answered here, once a line.
"""

from __future__ import annotations

import re
from functools import lru_cache

from analysis.corpus.pages import Segment
from analysis.corpus.splitting.segments import ends_sentence
from analysis.corpus.splitting.stretches import OUTSIDE

MIN_HEADLINE_WORDS, MAX_HEADLINE_WORDS = 4, 35
_MAX_HEADLINE_LENGTH, _MAX_OPEN_WORDS = 260, 22

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
_AGO = (
    r"(?:(?:an?|one|\d{1,3})\s(?:min(?:ute)?|hour|hr|day|week|month|year)s?\sago"
    r"|\d{1,3}\s?(?:m|mins?|h|hrs?|d|w)(?:\sago)?|just now|yesterday)"
)
_CLOCK = (
    r"(?:\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s?(?:[ap]\.?m\.?)?|\d{1,2}\s?[ap]m)"
    r"(?:\s?(?:BST|GMT|UTC|[ECMP][SD]?T))?"
)
_DAY = (
    r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,?\s)?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH}(?:,?\s\d{{4}})?|{_MONTH}\s\d{{1,2}},?\s\d{{4}}"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{4}-\d{2}-\d{2})"
)
_TIME = re.compile(
    r"(?:[|•·]\s)?"
    r"(?P<label>(?:(?:first |last )?(?:posted|published|updated|modified)(?: (?:at|on))?\W{0,3})?)"
    rf"(?:[-–•·|]\s)?(?P<first>{_AGO}|{_CLOCK}|{_DAY})"
    rf"(?:(?:,|\s?[-–|•·]|\sat|\son)?\s(?P<second>{_AGO}|{_CLOCK}|{_DAY}))?",
    re.IGNORECASE,
)
_RELATIVE = re.compile(_AGO, re.IGNORECASE)
_ONLY_DAY = re.compile(_DAY, re.IGNORECASE)
_MAX_TIME_LENGTH = 70

NAME = r"[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|de|van|von|der|al|bin)){1,3}"
_PERSON = re.compile(NAME)
_NAMES = rf"(?P<name>{NAME}(?:(?:, {NAME}){{0,3}} (?:and|AND|&) {NAME})?)"
_BY_NAME = re.compile(
    rf"(?i:(?:words |written |reported |story )?by):?\s{_NAMES}"
    r"(?:\s?[,|–-]\s?.{0,80}| (?:in|for|at) .{0,60})?"
)
_BY = re.compile(r"(?:words |written )?by\s+(?P<name>.+?)(?:,.*| [–|-] .*)?", re.IGNORECASE)
_ROLE = (
    r"(?:[\w&’'-]+ ){0,4}(?:reporter|correspondent|editor|writer|columnist|journalist|bureau chief)"
    r"(?: [\w&’' -]{0,40})?"
)
_REPORTER = re.compile(_ROLE, re.IGNORECASE)
# "Ana Ruiz Education correspondent", which some papers set right above the time, with no sign between.
_NAME_THEN_ROLE = re.compile(
    r"(?P<name>[A-Z][\w.'’-]* [A-Z][\w.'’-]*)"
    r" [A-Z][\w&’'-]*(?: [\w&’'-]+){0,3} (?:reporter|correspondent|editor|columnist)(?: in [A-Z][\w’'-]*)?"
)
_NAME_AND_ROLE = re.compile(rf"(?P<name>{NAME})\s?[,|–-]\s?(?i:{_ROLE})")
# "Home > News > Politics", "News | Sport | Opinion" and items of a list lead elsewhere.
_TRAIL = re.compile(r"\w [>›»/] \w|\w [|·•] .{1,60}? [|·•] \w|^(?:[|·•●▪*+>›»–-]|\d{1,2}[.)])\s")
_SENTENCE_INSIDE = re.compile(r"[.!?]['\"’”)]*\s+['\"‘“(]?[A-Z]")


class PageLines:
    """The lines of a page, each with what it looks like and the role that it has now.

    ``words[i]``, ``count[i]`` and ``ends[i]`` are line ``i``'s words, their number, and whether it ends as a
    sentence does; ``times[i]`` names the kind of a line that is a time and nothing else ("ago", "clock",
    "day" or "updated"). ``roles[i]`` and ``rules[i]`` stand as given last; ``running[i]`` is whether the line
    is text that ends as a sentence does.
    """

    def __init__(self, text: str, segments: list[Segment]) -> None:
        self.text = text
        self._segments = segments
        self.places = [n for n, segment in enumerate(segments) if segment.role != "blank"]
        solid = [segments[n] for n in self.places]
        plain = text.replace("\xa0", " ")
        self.words = [plain[segment.start : segment.end] for segment in solid]
        self.count = [words.count(" ") + 1 for words in self.words]
        self.ends = [not words[-1:].isalnum() and ends_sentence(words[-80:]) for words in self.words]
        self.times = [_read_time(words) if len(words) <= _MAX_TIME_LENGTH else None for words in self.words]
        # A drop that takes the page for one article is taken back.
        self.roles = ["paragraph" if segment.rule in OUTSIDE else segment.role for segment in solid]
        self.rules = [segment.rule for segment in solid]
        self.running = [
            ends and role == "paragraph" for ends, role in zip(self.ends, self.roles, strict=True)
        ]

    def __len__(self) -> int:
        return len(self.places)

    def place(self, i: int) -> int:
        """The position of a line's segment among the page's; of the line after the last, their number."""
        return self.places[i] if i < len(self.places) else len(self._segments)

    def segment(self, i: int) -> Segment:
        """A line's segment, with the role that it has now."""
        given = self._segments[self.places[i]]
        return Segment(given.start, given.end, self.roles[i], self.rules[i])

    def tile(self) -> tuple[Segment, ...]:
        """All segments of the page, with the roles that they have now."""
        segments = self._segments[:]
        for n, role, rule in zip(self.places, self.roles, self.rules, strict=True):
            given = segments[n]
            if given.role != role or given.rule != rule:
                segments[n] = Segment(given.start, given.end, role, rule)
        return tuple(segments)

    def give(self, i: int, role: str, rule: str) -> None:
        """Give a line another role."""
        self.roles[i], self.rules[i] = role, rule
        self.running[i] = role == "paragraph" and self.ends[i]

    def is_heading(self, i: int) -> bool:
        """Whether a line is kept so far but does not end as a sentence does."""
        return self.roles[i] == "paragraph" and not self.ends[i]

    def is_headline(self, i: int, *, least: int = MIN_HEADLINE_WORDS) -> bool:
        """Whether a line could be an article's headline: no sentence with a stop, neither short nor long."""
        role = self.roles[i]
        if role != "paragraph" or self.times[i]:
            return role == "headline"
        return least <= self.count[i] <= MAX_HEADLINE_WORDS and _reads_as_headline(self.words[i])

    def byline(self, i: int) -> tuple[str, int] | None:
        """The names in a byline that begins at a line, and the lines that it takes; None if none does."""
        words, role = self.words[i], self.roles[i]
        if len(words) > 140 or self.count[i] > 16 or role in ("outlet", "headline"):
            return None
        if self.ends[i] and role != "byline":
            return None
        below = self.words[i + 1] if i + 1 < len(self) and len(self.words[i + 1]) <= 80 else ""
        if words in ("By", "by", "BY", "Words by", "Written by") and _PERSON.fullmatch(below):
            return below, 2
        name, person = _read_signature(words)
        if name is None and role == "byline":
            match = _BY.fullmatch(words)
            name = match["name"].strip() if match else None
        if name is None and i + 1 < len(self) and self.times[i + 1]:
            match = _NAME_THEN_ROLE.fullmatch(words)
            name = match["name"] if match else None
        if name is not None:
            return name, 1
        return (words, 2) if person and _REPORTER.fullmatch(below) else None


# The short lines of a corpus are much the same from page to page.
@lru_cache(maxsize=20_000)
def _read_time(words: str) -> str | None:
    match = _TIME.fullmatch(words)
    return _name_time(match) if match else None


@lru_cache(maxsize=20_000)
def _read_signature(words: str) -> tuple[str | None, bool]:
    """The names in a line that says who wrote, and whether the line is a name and nothing else."""
    match = _BY_NAME.fullmatch(words) or _NAME_AND_ROLE.fullmatch(words)
    return match["name"].strip() if match else None, bool(_PERSON.fullmatch(words))


@lru_cache(maxsize=20_000)
def _reads_as_headline(words: str) -> bool:
    if len(words) > _MAX_HEADLINE_LENGTH or _TRAIL.search(words):
        return False
    if not ends_sentence(words[-80:]):
        return True
    if words.count(" ") + 1 > _MAX_OPEN_WORDS:
        return False
    asks = words.rstrip("'\"’”").endswith(("?", "!", "…", "..."))
    return _is_title_case(words) or (asks and not _SENTENCE_INSIDE.search(words))


def is_ago(words: str) -> bool:
    """Whether words are a relative time."""
    return bool(_RELATIVE.fullmatch(words.strip()))


def _is_title_case(words: str) -> bool:
    """Whether a line Has a Capital on Each Longer Word, as some papers' headlines do."""
    long = re.findall(r"[^\W\d_]{4,}", words)
    return len(long) >= 5 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)


def _name_time(match: re.Match[str]) -> str:
    if "updated" in match["label"].lower() or "modified" in match["label"].lower():
        return "updated"
    parts = [part for part in (match["first"], match["second"]) if part]
    if any(_RELATIVE.fullmatch(part) for part in parts):
        return "ago"
    return "day" if all(_ONLY_DAY.fullmatch(part) for part in parts) else "clock"
