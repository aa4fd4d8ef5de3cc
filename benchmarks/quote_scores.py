"""The measure of quotations and their speakers, passage by passage.

What is judged is the inside of one pair of quotation marks (a *passage*; the marked text lists them, whatever
the style of its marks). The part of a passage that a marked quotation covers is to be found; the part that an
answer covers is what was found. Both agree where four fifths of the characters that either has are in both.
The marks themselves, and words outside them, count for nobody: indirect speech is neither asked for nor
punished.

A speaker is right if, without titles and case, the words of one name stand in the other, next to each other.
A quotation is right as a whole (*joint*) if the passage was found and its speaker is right; where the marked
text knows no speaker, none may be given.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

AGREEMENT = 0.8
# A span over several passages is credited with what comes before its first gap longer than this: one
# that ran on after a lost mark is no find.
LONGEST_GAP = 60
LEAST_LETTERS = 2

TITLES = frozenset(
    "the a an mr mrs ms miss dr prof professor sir dame lord lady rev reverend hon rt "
    "king queen prince princess pres president prime minister secretary chancellor vice former ex "
    "mp mep cllr councillor sen senator rep representative gov governor mayor judge justice "
    "gen general col colonel capt captain lt sgt".split()
)

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Counts:
    """Passages of a text, or of many: their sums are the counts of all."""

    marked: int = 0
    found: int = 0
    matched: int = 0
    named: int = 0
    named_right: int = 0
    joint: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def precision(self) -> float:
        """Share of what was found that is marked."""
        return self.matched / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of what is marked that was found."""
        return self.matched / self.marked if self.marked else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return self._mean(self.matched)

    @property
    def joint_f1(self) -> float:
        """The same, where a match with a wrong speaker counts as none."""
        return self._mean(self.joint)

    @property
    def speaker_accuracy(self) -> float:
        """Share of right speakers among the matched passages whose speaker is marked."""
        return self.named_right / self.named if self.named else 0.0

    def _mean(self, right: int) -> float:
        return 2 * right / (self.marked + self.found) if self.marked + self.found else 0.0


@dataclass
class _Part:
    passage: int
    characters: set[int]
    row: Row


def count_document(marked: Row, quotes: Sequence[Row]) -> Counts:
    """Compare what was found in one text with what is marked there.

    Args:
        marked: The text with its passages (``quoted``, and ``ignore`` for those nobody judged) and its marked
            ``quotes`` (``start``, ``end``, ``speaker_text``, ``group``, ``speaker_aliases``).
        quotes: What was found: ``start``, ``end``, ``speaker_text`` (who spoke), ``speaker_mention`` (the
            words on the page) and ``group``; a ``type`` of direct or mixed claims that the words are in
            marks, and is a false find where they are not.
    """
    text, passages = marked["text"], marked["quoted"]
    gold, _ = _cut(text, passages, marked["quotes"], longest_gap=None)
    parts, outside = _cut(text, passages, quotes, longest_gap=LONGEST_GAP)
    unjudged = {tuple(span) for span in marked.get("ignore") or ()}
    found = _drop_repeats(part for part in parts if tuple(passages[part.passage]) not in unjudged)
    strays = sum(row.get("type") in ("direct", "mixed") for row in outside)
    pairs = _match(gold, found)
    named = [(g, f) for g, f in pairs if g.row.get("speaker_text")]
    named_right = sum(_same_speaker(g.row, f.row) for g, f in named)
    unnamed_right = sum(not any(_names(f.row)) for g, f in pairs if not g.row.get("speaker_text"))
    return Counts(
        marked=len(gold),
        found=len(found) + strays,
        matched=len(pairs),
        named=len(named),
        named_right=named_right,
        joint=named_right + unnamed_right,
    )


def name_words(name: str | None) -> tuple[str, ...]:
    """The words of a name, folded, without possessive and titles; all of them where it is titles alone."""
    folded = unicodedata.normalize("NFKC", name or "").casefold().replace("’", "'")
    words = re.findall(r"[^\W_]+", re.sub(r"'s\b", "", folded))
    return tuple(word for word in words if word not in TITLES) or tuple(words)


def _cut(
    text: str, passages: Sequence[Sequence[int]], rows: Iterable[Row], longest_gap: int | None
) -> tuple[list[_Part], list[Row]]:
    """The part of each passage that rows of one group cover, and the rows that cover none."""
    parts: dict[tuple[object, int], _Part] = {}
    outside = []
    for n, row in enumerate(rows):
        group = row.get("group")
        key = ("", n) if group is None else group
        reached = None
        for k, (first, last) in enumerate(passages):
            start, end = max(first, row["start"]), min(last, row["end"])
            if start >= end or sum(map(str.isalnum, text[start:end])) < LEAST_LETTERS:
                continue
            if longest_gap is not None and reached is not None and start - reached > longest_gap:
                break
            reached = end
            parts.setdefault((key, k), _Part(k, set(), row)).characters.update(range(start, end))
        if reached is None:
            outside.append(row)
    return list(parts.values()), outside


def _drop_repeats(parts: Iterable[_Part]) -> list[_Part]:
    """One answer given twice is one answer."""
    seen: dict[object, _Part] = {}
    for part in parts:
        stretch = (part.passage, min(part.characters), max(part.characters))
        seen.setdefault((stretch, name_words(part.row.get("speaker_text"))), part)
    return list(seen.values())


def _match(gold: Sequence[_Part], found: Sequence[_Part]) -> list[tuple[_Part, _Part]]:
    """Pairs one to one, the most alike first; among equals, in reading order."""
    alike = []
    for i, one in enumerate(gold):
        for j, other in enumerate(found):
            if one.passage == other.passage:
                share = len(one.characters & other.characters) / len(one.characters | other.characters)
                if share >= AGREEMENT:
                    alike.append((-share, i, j))
    matched: dict[int, int] = {}
    for _, i, j in sorted(alike):
        if i not in matched and j not in matched.values():
            matched[i] = j
    return [(gold[i], found[j]) for i, j in sorted(matched.items())]


def _same_speaker(marked: Row, found: Row) -> bool:
    known = [marked["speaker_text"], *(marked.get("speaker_aliases") or ())]
    given = [name_words(name) for name in _names(found)]
    return any(_holds(words, name_words(name)) for words in given for name in known)


def _names(found: Row) -> tuple[str | None, str | None]:
    return found.get("speaker_text"), found.get("speaker_mention")


def _holds(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    short, long = sorted((one, other), key=len)
    n = len(short)
    return n > 0 and any(long[i : i + n] == short for i in range(len(long) - n + 1))
