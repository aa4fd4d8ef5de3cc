"""The words of a text as the tree of patterns knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.codebooks.patterns import PARTS_OF_SPEECH
from analysis.matching.tree import APOSTROPHES, HYPHENS, WordClass

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# No pattern goes on over a line break or over a mark that no pattern has.
BREAK = WordClass((), is_mark=True)
_BLANK = WordClass((), is_mark=False)
_HYPHEN = WordClass((), is_mark=True)

_MOST_REMEMBERED = 100_000


class WordReader:
    """Reads Docs as rows of word classes.

    Args:
        keys: The keys of the tree; what a word answers to besides is of no use.
    """

    def __init__(self, keys: set[str]) -> None:
        self._keys = keys
        self._classes: dict[tuple[tuple[str, ...], bool], WordClass] = {}
        # Most tokens of a text are words met before.
        self._remembered: dict[tuple[int, int, int], WordClass] = {}

    def read(self, doc: Doc) -> tuple[list[WordClass], list[int]]:
        """The words of a Doc without white space and hyphens inside words, and the token of each."""
        from spacy.attrs import LEMMA, ORTH, POS, SPACY

        if len(self._remembered) > _MOST_REMEMBERED:
            self._remembered.clear()
        tagged = doc.has_annotation("POS")
        orths, lemmas, parts, spaces = doc.to_array([ORTH, LEMMA, POS, SPACY]).T.tolist()
        if not tagged:
            parts = [-1] * len(doc)
        classes, places = [], []
        remembered = self._remembered
        for place, known in enumerate(zip(orths, lemmas, parts, strict=True)):
            found = remembered.get(known)
            if found is None:
                found = remembered[known] = self._class_of(doc[place], tagged)
            if found is _BLANK:
                continue
            if found is _HYPHEN:
                # "people-smuggling" is three tokens; its hyphen is passed over, a spaced dash is not
                if place and not spaces[place] and not spaces[place - 1]:
                    continue
                found = BREAK
            classes.append(found)
            places.append(place)
        return classes, places

    def _class_of(self, token: Token, tagged: bool) -> WordClass:
        if token.is_space:
            return BREAK if "\n" in token.text else _BLANK
        keys = tuple(key for key in _keys(token, tagged) if key in self._keys)
        if token.text in HYPHENS:
            return _HYPHEN
        if token.is_punct and not keys:
            return BREAK
        made = WordClass(keys, is_mark=token.is_punct)
        return self._classes.setdefault((keys, token.is_punct), made)


def _keys(token: Token, tagged: bool) -> list[str]:
    text = token.text.translate(APOSTROPHES)
    keys = [text.lower(), "^" + text]
    if token.lemma_:
        keys.append("~" + token.lemma_.lower())
    if token.like_num:
        keys.append("#")
    parts = (token.pos_,) if tagged else sorted(PARTS_OF_SPEECH)
    return keys + [f"{key}/{part}" for key in keys for part in parts]
