"""Find codebook entries in a tokenised text.

All patterns of a set of entries are kept in one tree of words, so a text is walked once, whatever the
number of patterns. It works on a bare tokenised Doc as well; inflections then rest on word endings alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from analysis.codebooks.files import Entry
from analysis.codebooks.patterns import (
    GAP_WORDS,
    PARTS_OF_SPEECH,
    Form,
    Pattern,
    Word,
    inflect,
    parse_pattern,
)

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokenizer import Tokenizer
    from spacy.tokens import Doc, Token
    from spacy.vocab import Vocab

_ANY = Word(gap=True)
_APOSTROPHES = str.maketrans("‘’ʼ", "'''")
_HYPHENS = ("-", "‐", "‑", "–")
_MAX_REMEMBERED = 100_000


@dataclass(frozen=True)
class Match:
    """An entry found in a text; ``start`` and ``end`` are characters, ``text`` is exactly that slice."""

    start: int
    end: int
    text: str
    entry: Entry


@dataclass
class _Node:
    """A place in the tree of words: where each word leads, and which patterns end here."""

    children: dict[Word, _Node] = field(default_factory=dict)
    by_key: dict[str, list[_Node]] = field(default_factory=dict)
    ends: list[_End] = field(default_factory=list)


@dataclass(frozen=True)
class _End:
    """The end of a pattern: its evidence is words ``first`` to ``last`` of the words walked."""

    entry: int
    first: int
    last: int
    cancels: bool


@dataclass(frozen=True)
class _Place:
    """A word of the text: its characters, and the tree's keys that it answers to."""

    start: int
    end: int
    keys: tuple[str, ...]
    mark: bool = False


class Cover:
    """Which characters of a text some spans cover; a span is in it that shares a character with them.

    Args:
        length: Characters of the text.
        spans: The first spans.
    """

    def __init__(self, length: int, spans: Iterable[tuple[int, int]] = ()) -> None:
        # a mark a character: no span is compared with another, however many there are
        self._marks = bytearray(length)
        for start, stop in spans:
            self.add(start, stop)

    def add(self, start: int, stop: int) -> None:
        self._marks[start:stop] = b"\1" * (stop - start)

    def __contains__(self, span: tuple[int, int]) -> bool:
        return self._marks.find(1, *span) >= 0


class EntryMatcher:
    """Finds entries in Docs.

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
        self.entries = tuple(entries)
        self._across_labels = across_labels
        self._root = _Node()
        self._keys: set[str] = set()
        self._remembered: dict[tuple[int, ...], tuple[str, ...]] = {}
        tokenizer = _tokenizer(getattr(nlp, "vocab", nlp))
        for number, entry in enumerate(self.entries):
            for text in entry.patterns:
                self._add(parse_pattern(text), number, tokenizer, cancels=False)
            for text in entry.unless:
                self._add(parse_pattern(text), number, tokenizer, cancels=True)

    def find(self, doc: Doc) -> list[Match]:
        """Matches in reading order; the longest wins, and what ``unless`` overlaps is left out."""
        found: dict[int, set[tuple[int, int]]] = {}
        cancelled: dict[int, set[tuple[int, int]]] = {}
        for run in self._runs(doc):
            for end, start, stop in self._walk(run):
                (cancelled if end.cancels else found).setdefault(end.entry, set()).add((start, stop))
        # doc.text is put together anew each time it is asked for
        text = doc.text
        kept = []
        for number, spans in found.items():
            hidden = Cover(len(text), cancelled[number]) if number in cancelled else ()
            kept += [(start, stop, number) for start, stop in spans if (start, stop) not in hidden]
        return [
            Match(start, stop, text[start:stop], self.entries[number])
            for start, stop, number in sorted(self._longest(kept, len(text)))
        ]

    def _longest(self, found: list[tuple[int, int, int]], length: int) -> list[tuple[int, int, int]]:
        taken: dict[str, Cover] = {}
        kept = []
        for start, stop, number in sorted(found, key=lambda item: (item[0] - item[1], item[2], item[0])):
            label = "" if self._across_labels else self.entries[number].label
            if label not in taken:
                taken[label] = Cover(length)
            if (start, stop) not in taken[label]:
                taken[label].add(start, stop)
                kept.append((start, stop, number))
        return kept

    def _walk(self, run: list[_Place]) -> Iterator[tuple[_End, int, int]]:
        for begin in range(len(run)):
            if not run[begin].keys and _ANY not in self._root.children:
                continue
            waiting = [(self._root, begin)]
            while waiting:
                node, position = waiting.pop()
                for end in node.ends:
                    yield end, run[begin + end.first].start, run[begin + end.last - 1].end
                if position == len(run):
                    continue
                for key in run[position].keys:
                    waiting += [(child, position + 1) for child in node.by_key.get(key, ())]
                if _ANY in node.children and not run[position].mark:
                    waiting.append((node.children[_ANY], position + 1))

    def _runs(self, doc: Doc) -> Iterator[list[_Place]]:
        """The text as runs of words without a line break or an unknown mark between them."""
        tagged, run = doc.has_annotation("POS"), []
        for token in doc:
            if token.is_space:
                if "\n" in token.text:
                    yield run
                    run = []
            elif not _joins_words(token):
                keys = self._keys_of(token, tagged)
                if not keys and token.is_punct:
                    yield run
                    run = []
                else:
                    run.append(_Place(token.idx, token.idx + len(token), keys, token.is_punct))
        yield run

    def _keys_of(self, token: Token, tagged: bool) -> tuple[str, ...]:
        """The tree's keys that a token answers to; most tokens of a text are words met before."""
        known = (token.orth, token.lemma, token.pos if tagged else -1)
        keys = self._remembered.get(known)
        if keys is None:
            if len(self._remembered) > _MAX_REMEMBERED:
                self._remembered.clear()
            keys = tuple(key for key in _keys(token, tagged) if key in self._keys)
            self._remembered[known] = keys
        return keys

    def _add(self, pattern: Pattern, number: int, tokenizer: Tokenizer, *, cancels: bool) -> None:
        for words, first, last in _variants(pattern, tokenizer):
            node = self._root
            for word in words:
                node = self._child(node, word)
            end = _End(number, first, last, cancels)
            if end not in node.ends:
                node.ends.append(end)

    def _child(self, node: _Node, word: Word) -> _Node:
        if word not in node.children:
            child = node.children[word] = _Node()
            for key in sorted(_word_keys(word)):
                self._keys.add(key)
                node.by_key.setdefault(key, []).append(child)
        return node.children[word]


@lru_cache(maxsize=32)
def build_matcher(vocab: Vocab, entries: tuple[Entry, ...], *, across_labels: bool = False) -> EntryMatcher:
    """An :class:`EntryMatcher`, built once for a vocabulary and its entries."""
    return EntryMatcher(vocab, entries, across_labels=across_labels)


@lru_cache(maxsize=4)
def _tokenizer(vocab: Vocab) -> Tokenizer:
    import spacy

    return spacy.blank("en", vocab=vocab).tokenizer


def _joins_words(token: Token) -> bool:
    # "people-smuggling" is three tokens; its hyphen is passed over, a spaced dash is not
    return token.text in _HYPHENS and not token.whitespace_ and token.i > 0 and not token.nbor(-1).whitespace_


def _keys(token: Token, tagged: bool) -> list[str]:
    text = token.text.translate(_APOSTROPHES)
    keys = [text.lower(), "^" + text]
    if token.lemma_:
        keys.append("~" + token.lemma_.lower())
    if token.like_num:
        keys.append("#")
    parts = (token.pos_,) if tagged else sorted(PARTS_OF_SPEECH)
    return keys + [f"{key}/{part}" for key in keys for part in parts]


def _word_keys(word: Word) -> set[str]:
    if word.gap:
        return set()
    keys = {"#"} if word.number else set()
    for form in word.forms:
        part = f"/{form.pos}" if form.pos else ""
        if form.exact:
            keys.add(f"^{form.text}{part}")
        else:
            spellings = (
                inflect(form.text) | {"~" + form.text.lower()} if form.inflect else {form.text.lower()}
            )
            keys |= {spelling + part for spelling in spellings}
    return keys


def _variants(pattern: Pattern, tokenizer: Tokenizer) -> Iterator[tuple[list[Word], int, int]]:
    """Spell a pattern out: with and without its optional words, with gaps of every width."""
    choices = [_choices(word, tokenizer) for word in pattern.words]
    for choice in itertools.product(*choices):
        lengths = [len(words) for words in choice]
        first, last = sum(lengths[: pattern.first]), sum(lengths[: pattern.last])
        if first < last:
            yield list(itertools.chain(*choice)), first, last


def _choices(word: Word, tokenizer: Tokenizer) -> list[tuple[Word, ...]]:
    if word.gap:
        return [(_ANY,) * width for width in range(GAP_WORDS + 1)]
    choices: list[tuple[Word, ...]] = [()] if word.optional else []
    single = []
    for form in word.forms:
        parts = _cut(form, tokenizer)
        if len(parts) == 1:
            single.append(form)
        else:
            choices.append(tuple(Word((part,)) for part in parts))
    if single or word.number:
        choices.append((Word(tuple(single), number=word.number),))
    return choices


def _cut(form: Form, tokenizer: Tokenizer) -> list[Form]:
    texts = [token.text.translate(_APOSTROPHES) for token in tokenizer(form.text)]
    texts = [text for text in texts if text not in _HYPHENS] or [form.text]
    if len(texts) == 1:
        return [form]
    return [Form(text, form.exact) for text in texts]
