"""A Doc as the attribution of quotations reads it: what is quoted, its cues and its noun phrases."""

from __future__ import annotations

import bisect
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy
from spacy.attrs import IDX, LENGTH, POS, SENT_START
from spacy.symbols import NOUN, PRON, PROPN
from spacy.tokens import Doc, Token

from analysis.language.cues import cue_verbs
from analysis.language.marks import Passage
from analysis.language.pipeline import layer

# "said" is never anything else; a noun such as "claim" or "report" is.
_ALWAYS_VERBS = frozenset("said told added tweeted wrote says adds".split())
# Before a word that was not tagged: what makes a noun or a passive of it ("the claim", "was told").
_BEFORE_NOUNS = frozenset(
    """the a an this that these those his her its their our my your no any some of in on for with by from is
    are was were be been being 's ’s""".split()
)
# Cues that are no verb of speech: "according to", "in the words of", "the report found".
CUE_WORDS = frozenset("according put puts words found finds".split())
_PHRASES = {"according": ("to",), "put": ("it",), "puts": ("it",), "words": ("of",)}

# What a noun is to its sentence where it heads a noun phrase.
_HEADS = frozenset("oprd nsubj dobj nsubjpass pcomp pobj dative appos attr ROOT".split())

_NOMINAL = frozenset((NOUN, PROPN, PRON))

# "in Mr Lee's words", "in her words"
_OWNERS = frozenset("'s ’s ' ’ his her their own".split())
# What finds something in words of its own: "the report found", not "the police found".
_FINDING = frozenset(
    """report inquiry enquiry review study poll survey audit investigation judge judges court tribunal
    ombudsman regulator watchdog committee inquest jury auditors inspectors researchers""".split()
)
_LONGEST_LIST = 40

_Chunk = tuple[int, int, int]


@dataclass
class Scene:
    """A Doc with what is read off it once.

    ``quoted`` says of each token whether it is inside a passage; ``cues`` are the numbers of the tokens
    outside that introduce speech, in order; ``sentence_starts`` are the numbers of the tokens outside that
    begin a sentence. ``offsets``, ``texts`` and ``lowers`` hold each token's first character, its text and
    the same in small letters: a list is read in a tenth of the time that ``doc[i]`` takes.
    """

    doc: Doc
    text: str
    passages: Sequence[Passage]
    quoted: list[bool] = field(init=False)
    cues: list[int] = field(init=False)
    sentence_starts: list[int] = field(init=False)
    offsets: list[int] = field(init=False)
    texts: list[str] = field(init=False)
    lowers: list[str] = field(init=False)
    _ends: list[int] = field(init=False)
    _firsts: list[int] = field(init=False)
    _nouns: list[int] = field(init=False)
    _mentioned: dict[int, int] | None = field(init=False, default=None)
    _chunks: dict[int, dict[int, _Chunk]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        found = self.doc.to_array([IDX, LENGTH, SENT_START, POS])
        spans = found[:, :2].astype("int64")
        self.offsets = spans[:, 0].tolist()
        self._ends = spans.sum(axis=1).tolist()
        self.texts = [self.text[a:b] for a, b in zip(self.offsets, self._ends, strict=True)]
        self.lowers = [text.lower() for text in self.texts]
        quoted = numpy.zeros(len(self.offsets), dtype=bool)
        for passage in self.passages:
            tokens = self.tokens_in(passage.start, passage.end)
            quoted[tokens.start : tokens.stop] = True
        self.quoted = quoted.tolist()
        self._nouns = [i for i, pos in enumerate(found[:, 3].tolist()) if pos in _NOMINAL]
        firsts = found[:, 2] == 1
        self._firsts = numpy.flatnonzero(firsts).tolist()
        self.sentence_starts = numpy.flatnonzero(firsts & ~quoted).tolist()
        self.cues = [i for i in self.find_words(cue_verbs().keys() | CUE_WORDS) if self._is_cue(i)]

    def find_words(self, words: Collection[str]) -> list[int]:
        """Numbers of the tokens outside quotation marks that are one of some words in small letters."""
        return [i for i, lower in enumerate(self.lowers) if lower in words and not self.quoted[i]]

    def tokens_in(self, start: int, end: int) -> range:
        """Numbers of the tokens that have a character in ``start..end``."""
        first = bisect.bisect_right(self._ends, start)
        return range(first, max(first, bisect.bisect_left(self.offsets, end)))

    def unquoted_in(self, start: int, end: int) -> range:
        """The tokens in ``start..end`` without the quoted ones at either edge (a glued mark splits none)."""
        tokens = self.tokens_in(start, end)
        first, last = tokens.start, tokens.stop
        while first < last and self.quoted[first]:
            first += 1
        while first < last and self.quoted[last - 1]:
            last -= 1
        return range(first, last)

    def words(self, tokens: range) -> str:
        """The text of tokens, with the white space after the last of them."""
        if not tokens:
            return ""
        following = self.offsets[tokens.stop] if tokens.stop < len(self.offsets) else len(self.text)
        return self.text[self.offsets[tokens.start] : following]

    def cues_in(self, tokens: range) -> list[int]:
        """The cues among tokens."""
        return _between(self.cues, tokens)

    def sentence_of(self, index: int) -> range:
        """The tokens of the sentence that a token stands in."""
        at = bisect.bisect_right(self._firsts, index)
        first = self._firsts[at - 1] if at else 0
        return range(first, self._firsts[at] if at < len(self._firsts) else len(self.offsets))

    def chunk_at(self, index: int) -> _Chunk | None:
        """First token, end and head of the noun phrase that a token is part of, by the parse."""
        sentence = self.sentence_of(index)
        if sentence.start not in self._chunks:
            self._chunks[sentence.start] = self._find_chunks(sentence)
        return self._chunks[sentence.start].get(index)

    def mention_before(self, index: int) -> range | None:
        """The tokens of the actor's mention that ends where a token begins, if one does."""
        if self._mentioned is None:
            self._mentioned = {m.end: m.start for m in layer(self.doc, "mentions")}
        if not index or index > len(self.offsets):
            return None
        start = self._mentioned.get(self._ends[index - 1])
        return None if start is None else range(self.tokens_in(start, start + 1).start, index)

    def _find_chunks(self, sentence: range) -> dict[int, _Chunk]:
        # as spaCy's `noun_chunks`, which reads the whole Doc each time, even of a Span
        found: dict[int, _Chunk] = {}
        taken = -1
        for head in _between(self._nouns, sentence):
            token = self.doc[head]
            first = token.left_edge.i
            if first <= taken or not _heads_chunk(token):
                continue
            taken = head
            if self.doc[first].tag_ not in ("WRB", "WDT"):  # "how many arrests"
                found |= dict.fromkeys(range(first, head + 1), (first, head + 1, head))
        return found

    def _is_cue(self, index: int) -> bool:
        lower = self.lowers[index]
        following = self.lowers[index + 1] if index + 1 < len(self.lowers) else ""
        if following in _PHRASES.get(lower, ()):
            return True
        if lower == "words":
            return self.lowers[index - 1] in _OWNERS and "in" in self.lowers[max(0, index - 8) : index]
        if lower in ("found", "finds"):
            return any(word in _FINDING for word in self.lowers[max(0, index - 2) : index])
        token = self.doc[index]
        if lower not in cue_verbs() or token.dep_ in ("amod", "compound", "det"):
            return False
        if index and self.texts[index - 1] in ("-", "–"):
            return False
        tag = token.tag_
        if not tag:
            return index > 0 and self.lowers[index - 1] not in _BEFORE_NOUNS
        if tag.startswith("VB"):
            # "is thought to be", "was told": passive, so its subject did not say it
            passive = tag == "VBN" and any(c.dep_ == "auxpass" for c in token.children)
            return not passive or any(c.dep_ == "agent" for c in token.children)
        return lower in _ALWAYS_VERBS and token.ent_type_ == ""


def _between(numbers: list[int], tokens: range) -> list[int]:
    return numbers[bisect.bisect_left(numbers, tokens.start) : bisect.bisect_left(numbers, tokens.stop)]


def _heads_chunk(token: Token) -> bool:
    for _ in range(_LONGEST_LIST):
        if token.dep_ != "conj" or token.head.i >= token.i:
            break
        token = token.head
    return token.dep_ in _HEADS
