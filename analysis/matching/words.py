"""The words of a text as the tree of patterns knows them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import compress, repeat
from operator import is_, is_not
from typing import TYPE_CHECKING, NamedTuple

from analysis.codebooks.patterns import PARTS_OF_SPEECH
from analysis.matching.tree import APOSTROPHES, HYPHENS, WordClass

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# No pattern goes on over a line break or over a mark that no pattern has.
BREAK = WordClass((), is_mark=True)
_BLANK = WordClass((), is_mark=False)
_HYPHEN = WordClass((), is_mark=True)
# A word that no pattern has
_OTHER = WordClass((), is_mark=False)

_PART = re.compile(rf"./(?:{'|'.join(sorted(PARTS_OF_SPEECH))})$")

_MOST_REMEMBERED = 100_000


class Row(NamedTuple):
    """The words of a Doc without white space and hyphens inside words.

    ``places`` has the token of each word.
    """

    words: list[WordClass]
    places: list[int]


class WordReader:
    """Reads Docs as rows of word classes.

    Args:
        keys: The keys of the tree; what a word answers to besides is of no use.
    """

    def __init__(self, keys: set[str]) -> None:
        # What stands before "/", with the parts of speech that stand behind it; "" for any.
        self._parts: dict[str, list[str]] = {}
        for key in sorted(keys):
            form, _, part = key.rpartition("/") if _PART.search(key) else (key, "", "")
            self._parts.setdefault(form, []).append(part)
        self._classes: dict[tuple[tuple[str, ...], bool], WordClass] = {}
        # Most tokens of a text are words met before.
        self._remembered: dict[int | tuple[int, ...], WordClass] = {}

    def read(self, doc: Doc) -> Row:
        """The words of a Doc."""
        known = self._look_up(doc)
        for place in compress(range(len(known)), map(is_, known, repeat(_HYPHEN))):
            # "people-smuggling" is three tokens; its hyphen is passed over, a spaced dash is not
            joins = place and not doc[place].whitespace_ and not doc[place - 1].whitespace_
            known[place] = _BLANK if joins else BREAK
        told = list(map(is_not, known, repeat(_BLANK)))
        words, places = list(compress(known, told)), list(compress(range(len(known)), told))
        return Row(words, places)

    def _look_up(self, doc: Doc) -> list[WordClass]:
        """The class of each token."""
        if len(self._remembered) > _MOST_REMEMBERED:
            self._remembered.clear()
        tagged = doc.has_annotation("POS")
        met = _forms_of(doc, tagged or doc.has_annotation("LEMMA"))
        known = list(map(self._remembered.get, met))
        if not all(known):
            for place in compress(range(len(known)), map(is_, known, repeat(None))):
                known[place] = self._remembered[met[place]] = self._class_of(doc[place], tagged)
        return known

    def _class_of(self, token: Token, tagged: bool) -> WordClass:
        if token.is_space:
            return BREAK if "\n" in token.text else _BLANK
        forms = [key for key in _keys(token) if key in self._parts]
        mark = token.is_punct
        if mark and token.text in HYPHENS:
            return _HYPHEN
        if not forms:
            return BREAK if mark else _OTHER
        keys = tuple(
            f"{key}/{part}" if part else key
            for key in forms
            for part in self._parts[key]
            if not part or not tagged or part == token.pos_
        )
        if mark and not keys:
            return BREAK
        return self._classes.setdefault((keys, mark), WordClass(keys, is_mark=mark))


def _forms_of(doc: Doc, tagged: bool) -> Sequence[int | tuple[int, ...]]:
    """What tells the words of a Doc apart, read once for every tree, and again once it has been tagged."""
    from spacy.attrs import LEMMA, ORTH, POS

    kept = doc.user_data.get("framelines.forms")
    if kept is None or kept[0] != tagged:
        if tagged:
            met = list(zip(*doc.to_array([ORTH, LEMMA, POS]).T.tolist(), strict=True))
        else:
            met = doc.to_array(ORTH).tolist()
        kept = doc.user_data["framelines.forms"] = tagged, met
    return kept[1]


def bound_tokens(doc: Doc) -> tuple[list[int], list[int]]:
    """The first character of each token, and the one behind its last."""
    from spacy.attrs import IDX, LENGTH

    starts, lengths = doc.to_array([IDX, LENGTH]).T
    return starts.tolist(), (starts + lengths).tolist()


def _keys(token: Token) -> list[str]:
    """What a token answers to, whatever its part of speech."""
    text = token.text
    if not text.isascii():
        text = text.translate(APOSTROPHES)
    keys = [text.lower(), "^" + text]
    if token.lemma_:
        keys.append("~" + token.lemma_.lower())
    if token.like_num:
        keys.append("#")
    return keys
