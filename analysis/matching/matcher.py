"""Find codebook entries in a tokenised text.

It works on a bare tokenised Doc as well; inflections then rest on word endings alone, and sentences on
full stops.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, pairwise, repeat
from operator import is_not
from typing import TYPE_CHECKING, NamedTuple

from analysis.codebooks.entries import Entry
from analysis.codebooks.patterns import parse_pattern
from analysis.matching.cover import Cover
from analysis.matching.nearby import Surroundings
from analysis.matching.tokenizer import RememberingTokenizer, make_bare_pipeline
from analysis.matching.tree import WordTree
from analysis.matching.words import BREAK, Row, WordReader, bound_tokens

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_KINDS = ("patterns", "unless", "unless_near", "only_near")


class Match(NamedTuple):
    """An entry found in a text; ``start`` and ``end`` are characters, ``text`` is exactly that slice."""

    start: int
    end: int
    text: str
    entry: Entry


@dataclass(frozen=True, eq=False)
class EntrySet:
    """Entries that hide one another: the longest match wins within a label, or whatever the label.

    Where two match the same words, the one that stands first wins.
    """

    entries: tuple[Entry, ...]
    across_labels: bool = False


class JointMatcher:
    """Finds the entries of several sets in one walk through a Doc; the sets do not touch one another.

    Args:
        nlp: A spaCy pipeline or its vocabulary; patterns are cut into words by its tokeniser's rules.
        sets: The sets of entries.
    """

    def __init__(self, nlp: Language | Vocab, sets: Sequence[EntrySet]) -> None:
        self._size = len(sets)
        self._entries: list[Entry] = []
        self._scopes: list[tuple[int, str | None]] = []
        self._conditional: set[int] = set()
        self._tree = WordTree(_tokenizer(getattr(nlp, "vocab", nlp)))
        for number, group in enumerate(sets):
            for entry in group.entries:
                self._scopes.append((number, None if group.across_labels else entry.label))
                for slot, kind in enumerate(_KINDS, len(self._entries) * len(_KINDS)):
                    for text in getattr(entry, kind):
                        self._tree.add(parse_pattern(text), slot)
                if entry.unless or entry.unless_near or entry.only_near or entry.negated == "cancel":
                    self._conditional.add(len(self._entries))
                self._entries.append(entry)
        self._words = WordReader(self._tree.keys)

    def find(
        self, doc: Doc, text: str | None = None, bounds: tuple[list[int], list[int]] | None = None
    ) -> list[list[Match]]:
        """Matches of each set in reading order; the longest wins, and what is cancelled is left out.

        Args:
            doc: A tokenised Doc.
            text: Its text, where it is at hand: a Doc puts it together anew each time it is asked.
            bounds: The first character of each token and the one behind its last, where they are at hand.
        """
        row = self._words.read(doc)
        met = self._walk(row)
        around = Surroundings(doc)
        kept = []
        for slot in [slot for slot in met if slot % len(_KINDS) == 0]:
            number = slot // len(_KINDS)
            spans: Iterable[tuple[int, int]] = set(met[slot])
            if number in self._conditional:
                unless, *near = (met.get(slot + n, ()) for n in range(1, len(_KINDS)))
                if unless:
                    hidden = Cover(len(doc), unless)
                    spans = [span for span in spans if span not in hidden]
                spans = _in_place(self._entries[number], spans, *near, around)
            kept += [(number, first, last) for first, last in spans]
        found: list[list[Match]] = [[] for _ in range(self._size)]
        if kept and text is None:
            text = doc.text
        starts, ends = bounds or bound_tokens(doc)
        for number, first, last in self._longest(starts, ends, kept):
            start, end = starts[first], ends[last - 1]
            match = Match(start, end, text[start:end], self._entries[number])
            found[self._scopes[number][0]].append(match)
        return found

    def _walk(self, row: Row) -> dict[int, list[tuple[int, int]]]:
        """Every pattern met, by slot: the first token of its evidence and the one behind its last."""
        words, places = [*row.words, BREAK], row.places
        met: dict[int, list[tuple[int, int]]] = {}
        # most words begin no pattern
        begun = list(map(self._tree.start().__getitem__, words))
        for first in compress(range(len(words)), map(is_not, begun, repeat(None))):
            state, position = begun[first], first
            while state is not None:
                if state.ends:
                    for slot, low, high in state.ends:
                        span = places[first + low], places[first + high] + 1
                        if slot in met:
                            met[slot].append(span)
                        else:
                            met[slot] = [span]
                position += 1
                state = state[words[position]]
        return met

    def _longest(
        self, starts: list[int], ends: list[int], found: list[tuple[int, int, int]]
    ) -> list[tuple[int, int, int]]:
        """What no longer match of its scope covers, in reading order; of equals, the first entry's."""
        by_scope: dict[tuple[int, str | None], list[tuple[int, int, int]]] = {}
        for number, first, last in found:
            by_scope.setdefault(self._scopes[number], []).append((first, last, number))
        kept: list[tuple[int, int, int]] = []
        for spans in by_scope.values():
            spans.sort()
            if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
                taken = Cover(len(starts))
                spans.sort(key=lambda span: (starts[span[0]] - ends[span[1] - 1], span[2], *span))
                for span in spans:
                    if span[:2] not in taken:
                        taken.add(*span[:2])
                        kept.append(span)
            else:
                kept += spans
        return [(number, first, last) for first, last, number in sorted(kept)]


class EntryMatcher:
    """Finds the entries of one set.

    Args:
        nlp: A spaCy pipeline or its vocabulary; patterns are cut into words by its tokeniser's rules.
        entries: The entries; where two match the same words, the one that stands first wins.
        across_labels: Let the longest match win whatever its label, not within one label only.

    Example:
        >>> import spacy
        >>> nlp = spacy.blank("en")
        >>> tax = Entry("tax", "economic", ("tax~ cut~",), unless=("tax cut off",))
        >>> [match.text for match in EntryMatcher(nlp, [tax]).find(nlp("He promised tax cuts."))]
        ['tax cuts']
    """

    def __init__(
        self, nlp: Language | Vocab, entries: Sequence[Entry], *, across_labels: bool = False
    ) -> None:
        self._joint = JointMatcher(nlp, [EntrySet(tuple(entries), across_labels)])

    def find(self, doc: Doc) -> list[Match]:
        """Matches in reading order; the longest wins, and what is cancelled is left out."""
        return self._joint.find(doc)[0]


@lru_cache(maxsize=32)
def build_matcher(vocab: Vocab, entries: tuple[Entry, ...], *, across_labels: bool = False) -> EntryMatcher:
    """An :class:`EntryMatcher`, built once for a vocabulary and its entries."""
    return EntryMatcher(vocab, entries, across_labels=across_labels)


@lru_cache(maxsize=4)
def _tokenizer(vocab: Vocab) -> RememberingTokenizer:
    return make_bare_pipeline(vocab).tokenizer


def _in_place(
    entry: Entry,
    spans: Iterable[tuple[int, int]],
    barring: Sequence[tuple[int, int]],
    needed: Sequence[tuple[int, int]],
    around: Surroundings,
) -> Iterable[tuple[int, int]]:
    """The spans of an entry that count where they stand."""
    if barring or entry.only_near:
        bars, needs = (sorted({first for first, _ in near}) for near in (barring, needed))
        windows = ((span, around.window(*span, entry.within)) for span in spans)
        spans = [
            span
            for span, window in windows
            if not _stands(bars, *window) and (not entry.only_near or _stands(needs, *window))
        ]
    if entry.negated == "cancel":
        spans = [span for span in spans if not around.is_negated(span[0])]
    return spans


def _stands(places: list[int], low: int, high: int) -> bool:
    """Whether one of some sorted places lies from ``low`` to ``high``, exclusive."""
    number = bisect.bisect_left(places, low)
    return number < len(places) and places[number] < high
