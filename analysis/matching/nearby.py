"""What stands around a match: its sentence, the words near it, and a negator that governs it."""

from __future__ import annotations

import bisect
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

# "not really a heavy burden": so many words may stand between a negator and what it governs.
_REACH = 4
_NEGATORS = frozenset(
    "no not n't nt never neither nor none nobody nothing without hardly scarcely barely cannot".split()
)
# "not only a burden", "no doubt a burden": the word behind takes the negation back.
_EMPTYING = frozenset("only just merely simply solely least doubt wonder".split())
# "far from a burden", "rather than a burden", "instead of a burden"
_PAIRS = frozenset((("far", "from"), ("rather", "than"), ("instead", "of")))
# A new clause: what was denied before it is not denied in it.
_CLAUSES = frozenset(
    "but although though because while whereas which who if when unless until so yet however".split()
)
_QUOTE_MARKS = frozenset("\"'“”‘’«»`")
_STOPS = frozenset((".", "!", "?", "…", "..."))


class Surroundings:
    """The sentences of a Doc: its layer of that name, or what lies between stops and line breaks.

    Everything counts in tokens.
    """

    def __init__(self, doc: Doc) -> None:
        self._doc = doc

    def window(self, first: int, last: int, within: int | None) -> tuple[int, int]:
        """The sentence of a match, narrowed to ``within`` words before and after it if that is given."""
        low, high = self._sentence(first)
        if within is None:
            return low, high
        words = self._words
        before = max(bisect.bisect_left(words, first) - within, 0)
        after = bisect.bisect_left(words, last) + within
        low = max(low, words[before]) if words else low
        return low, min(high, words[after]) if after < len(words) else high

    def is_negated(self, first: int) -> bool:
        """Whether a negator shortly before a word denies it, in the same clause."""
        low, _ = self._sentence(first)
        behind, met = "", 0
        for place in range(first - 1, low - 1, -1):
            token = self._doc[place]
            word = token.lower_.replace("’", "'")
            if token.is_space or word in _QUOTE_MARKS:
                continue
            if token.is_punct or word in _CLAUSES or met > _REACH:
                return False
            if (word in _NEGATORS and behind not in _EMPTYING) or (word, behind) in _PAIRS:
                return True
            behind, met = word, met + 1
        return False

    def _sentence(self, place: int) -> tuple[int, int]:
        number = bisect.bisect_right(self._starts, place)
        high = self._starts[number] if number < len(self._starts) else len(self._doc)
        return (self._starts[number - 1] if number else 0), high

    @cached_property
    def _starts(self) -> list[int]:
        if "sentences" in self._doc.spans:
            return sorted({span.start for span in self._doc.spans["sentences"]})
        from spacy.attrs import IS_SPACE, ORTH

        strings = self._doc.vocab.strings
        stops, marks = ({strings[text] for text in group} for group in (_STOPS, _QUOTE_MARKS))
        orths, spaces = (self._doc.to_array(name).tolist() for name in (ORTH, IS_SPACE))
        starts, ended = [0], False
        for place, orth in enumerate(orths):
            if orth in stops:
                ended = True
            elif spaces[place]:
                ended = ended or "\n" in strings[orth]
            elif ended and orth not in marks:
                starts.append(place)
                ended = False
        return starts

    @cached_property
    def _words(self) -> list[int]:
        from spacy.attrs import IS_PUNCT, IS_SPACE

        return (self._doc.to_array([IS_PUNCT, IS_SPACE]).sum(axis=1) == 0).nonzero()[0].tolist()
