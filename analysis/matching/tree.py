"""All patterns of a codebook in one tree of words, and the steps that a text's words take in it.

A text is walked once, whatever the number of patterns. From a word several branches may lead on ("border",
"border~", a gap): the set of places reached is one state, and where a word leads from it is worked out the
first time that it is asked for.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from analysis.codebooks.patterns import GAP_WORDS, Form, Pattern, Word, inflect

if TYPE_CHECKING:
    from analysis.matching.tokenizer import RememberingTokenizer

APOSTROPHES = str.maketrans("‘’ʼ", "'''")
HYPHENS = ("-", "‐", "‑", "–")

_ANY = Word(gap=True)
_MOST_STATES = 20_000


class End(NamedTuple):
    """The end of a pattern: its evidence is words ``first`` to ``last`` of the words walked, both inclusive.

    ``slot`` is where the matcher puts what it finds.
    """

    slot: int
    first: int
    last: int


class WordClass:
    """Words of texts that answer to the same keys of the tree; a mark is no word that a gap passes over."""

    __slots__ = ("is_mark", "keys")

    def __init__(self, keys: tuple[str, ...], *, is_mark: bool) -> None:
        self.keys = keys
        self.is_mark = is_mark


_UNKNOWN = WordClass((), is_mark=False)


@dataclass(eq=False)
class _Node:
    """A place in the tree: where each word leads, and any word at all, and which patterns end here."""

    children: dict[Word, _Node] = field(default_factory=dict)
    by_key: dict[str, list[_Node]] = field(default_factory=dict)
    gap: _Node | None = None
    ends: list[End] = field(default_factory=list)


class State(dict["WordClass", "State | None"]):
    """Every place of the tree that the same words lead to, and where each next word leads from there.

    Asking for a word works out the step; None is where no pattern goes on.
    """

    __slots__ = ("_beyond", "_has_gap", "_keys", "_tree", "ends", "nodes")

    def __init__(self, tree: WordTree, nodes: Iterable[_Node]) -> None:
        super().__init__()
        self._tree = tree
        self.nodes = tuple(nodes)
        self.ends = tuple(dict.fromkeys(end for node in self.nodes for end in node.ends))
        self._keys = frozenset().union(*(node.by_key for node in self.nodes))
        self._has_gap = any(node.gap is not None for node in self.nodes)
        self._beyond: State | None = None

    def __missing__(self, word: WordClass) -> State | None:
        found = None
        if not self._keys.isdisjoint(word.keys):
            found = self._tree.step(self, word)
        elif self._has_gap and not word.is_mark:
            # Most words only pass a gap, and all of them lead to the same place.
            if self._beyond is None:
                self._beyond = self._tree.step(self, _UNKNOWN)
            found = self._beyond
        self[word] = found
        return found


class WordTree:
    """The tree.

    Args:
        tokenizer: Cuts the words of patterns as it cuts a text.
    """

    def __init__(self, tokenizer: RememberingTokenizer) -> None:
        self._tokenizer = tokenizer
        self._root = _Node()
        self._states: dict[frozenset[_Node] | _Node, State] = {}
        self.keys: set[str] = set()

    def add(self, pattern: Pattern, slot: int) -> None:
        """Grow the tree by a pattern. All patterns are added before the first step is taken."""
        for words, first, last in _variants(pattern, self._tokenizer):
            node = self._root
            for word in words:
                node = self._child(node, word)
            end = End(slot, first, last - 1)
            if end not in node.ends:
                node.ends.append(end)

    def start(self) -> State:
        """The state before any word."""
        return self._state([self._root])

    def step(self, state: State, word: WordClass) -> State | None:
        """Where a word leads from a state; None where no pattern goes on."""
        reached: list[_Node] = []
        for node in state.nodes:
            for key in word.keys:
                if key in node.by_key:
                    reached += node.by_key[key]
            if node.gap is not None and not word.is_mark:
                reached.append(node.gap)
        return self._state(reached) if reached else None

    def _state(self, nodes: list[_Node]) -> State:
        key = frozenset(nodes) if len(nodes) > 1 else nodes[0]
        if key not in self._states:
            if len(self._states) > _MOST_STATES:
                self._states.clear()
            self._states[key] = State(self, dict.fromkeys(nodes))
        return self._states[key]

    def _child(self, node: _Node, word: Word) -> _Node:
        if word not in node.children:
            child = node.children[word] = _Node()
            if word.gap:
                node.gap = child
            for key in sorted(_word_keys(word)):
                self.keys.add(key)
                node.by_key.setdefault(key, []).append(child)
        return node.children[word]


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


def _variants(pattern: Pattern, tokenizer: RememberingTokenizer) -> Iterator[tuple[list[Word], int, int]]:
    """Spell a pattern out: with and without its optional words, with gaps of every width."""
    choices = [_choices(word, tokenizer) for word in pattern.words]
    for choice in itertools.product(*choices):
        lengths = [len(words) for words in choice]
        first, last = sum(lengths[: pattern.first]), sum(lengths[: pattern.last])
        if first < last:
            yield list(itertools.chain(*choice)), first, last


def _choices(word: Word, tokenizer: RememberingTokenizer) -> list[tuple[Word, ...]]:
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


def _cut(form: Form, tokenizer: RememberingTokenizer) -> list[Form]:
    texts = [token.text.translate(APOSTROPHES) for token in tokenizer(form.text)]
    texts = [text for text in texts if text not in HYPHENS] or [form.text]
    if len(texts) == 1:
        return [form]
    return [Form(text, form.exact) for text in texts]
