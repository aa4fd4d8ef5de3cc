"""Tags, base forms and parse, from the model's own parts, of the words that are asked for.

Tagging and parsing cost more than everything else together, and most sentences of an article are asked
nothing. So the words that the components read are copied out, parsed in pieces of a bounded size (a long
article needs no more memory than a short one), and what was found is written back to the article.
"""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy
from spacy.attrs import DEP, HEAD, IS_SPACE, LEMMA, LOWER, NORM, ORTH, POS, SENT_START, SPACY, TAG
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import minibatch

from analysis.language.choice import choose_hosts
from analysis.language.model_parts import ModelParts
from analysis.language.parse import Parse
from analysis.language.pipeline import context, keep

# The model's named entities are left out: they take longer than tagging and parsing together, and the
# names that `actors` finds without them serve as well (docs/method-quotes.md has the figures).
_NAMING = ("attribute_ruler", "lemmatizer")

# Tags of words whose base form is another word; every other word is its own, names as they stand and the
# rest in small letters.
_INFLECTED = "NNS VBD VBG VBN VBP VBZ JJR JJS RBR RBS `` '' _SP".split()
_PROPER = ("NNP", "NNPS")

# Word, tag and relation; the word is 0 where it makes no difference.
_Key = tuple[int, int, int]

# Tokens a piece: a piece ends with the sentence that passes this.
_PIECE = 1500

# Tokens that the model reads at once: the more, the fewer steps it takes, at some 4 kB each.
_AT_ONCE = 32_000

# Which tokens of a Doc to parse, one array of token numbers a sentence.
Choice = Callable[[Doc], Sequence[numpy.ndarray]]


class Syntax:
    """A pipeline component that leaves tag, part of speech, lemma, head and relation on chosen tokens.

    Args:
        nlp: A pipeline that holds the model's parts (they may be disabled there).
        choose: Chooses the tokens to parse.
    """

    def __init__(self, nlp: Language, choose: Choice) -> None:
        self.vocab = nlp.vocab
        self.choose = choose
        self.parts = ModelParts(nlp)
        self.naming = [nlp.get_pipe(name) for name in _NAMING]
        self._names: dict[_Key, tuple[int, int]] = {}
        strings = self.vocab.strings
        self._special = {strings.add(word) for word in _special_words(self.naming[0].patterns)}
        self._space = strings.add("_SP")
        self._proper = [strings.add(tag) for tag in _PROPER]
        self._inflected = {strings.add(tag) for tag in _INFLECTED}

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 32) -> Iterator[Doc]:
        """Parse what is chosen of each Doc, in order."""
        for docs in minibatch(stream, batch_size):
            known = [_known_parse(doc) for doc in docs]
            new = [(number, doc) for number, doc in enumerate(docs) if known[number] is None]
            jobs = [(number, tokens) for number, doc in new for tokens in self._pieces(doc)]
            pieces = [_copy(docs[number], tokens) for number, tokens in jobs]
            for few in _batches(pieces):
                self.parts(few)
            found: list[list[tuple[numpy.ndarray, Doc]]] = [[] for _ in docs]
            for (number, tokens), piece in zip(jobs, pieces, strict=True):
                found[number].append((tokens, piece))
            for doc, before, parsed in zip(docs, known, found, strict=True):
                parse = before or Parse(_check(doc), self._join(len(doc), parsed))
                keep(doc, "parse", lambda parse=parse: parse)
                self._write_back(doc, parse.rows)
                yield doc

    def _pieces(self, doc: Doc) -> Iterator[numpy.ndarray]:
        """The token numbers of each piece: as many sentences as make some :data:`_PIECE` tokens."""
        waiting: list[numpy.ndarray] = []
        size = 0
        for sentence in self.choose(doc):
            waiting.append(sentence)
            size += len(sentence)
            if size >= _PIECE:
                yield numpy.concatenate(waiting)
                waiting, size = [], 0
        if waiting:
            yield numpy.concatenate(waiting)

    def _join(self, length: int, parsed: Sequence[tuple[numpy.ndarray, Doc]]) -> numpy.ndarray:
        """Head, relation and tag of each token of a Doc from those of its pieces; zeros where not parsed."""
        rows = numpy.zeros((length, 3), dtype="uint64")
        for tokens, piece in parsed:
            found = piece.to_array([HEAD, DEP, TAG, IS_SPACE])
            heads = found[:, 0].astype("int32") + numpy.arange(len(tokens))  # offsets, stored unsigned
            rows[tokens, 0] = (tokens[heads] - tokens).astype("int64").astype("uint64")
            rows[tokens, 1] = found[:, 1]
            rows[tokens, 2] = numpy.where(found[:, 3], self._space, found[:, 2])
        return rows

    def _write_back(self, doc: Doc, parse: numpy.ndarray) -> None:
        tokens = numpy.flatnonzero(parse[:, 2])
        if not len(tokens):
            return
        rows = numpy.zeros((len(doc), 5), dtype="uint64")
        rows[:, :3] = parse
        _, relations, tags = parse[tokens].T
        lower, exact = doc.to_array([LOWER, ORTH])[tokens].T
        bare = numpy.where(numpy.isin(tags, self._proper), exact, lower)
        rows[tokens, 3:5] = self._name(numpy.stack([bare, tags, relations], axis=1))
        starts = doc.to_array([SENT_START])
        doc.from_array([HEAD, DEP, TAG, POS, LEMMA], rows)
        # heads set sentence starts of their own; ours stand
        doc.from_array([SENT_START], starts.reshape(-1, 1))

    def _name(self, keys: numpy.ndarray) -> numpy.ndarray:
        """Part of speech and lemma by word, tag and relation, asked of the model once for each."""
        rows = [
            (word if word in self._special or tag in self._inflected else 0, tag, relation)
            for word, tag, relation in keys.tolist()
        ]
        unknown = [row for row in dict.fromkeys(rows) if row not in self._names]
        if unknown:
            self._ask(unknown)
        names = numpy.array([self._names[row] for row in rows], dtype="uint64").reshape(-1, 2)
        names[:, 1] = numpy.where(names[:, 1], names[:, 1], keys[:, 0])
        return names

    def _ask(self, keys: Sequence[_Key]) -> None:
        # Each word stands alone between blanks, so that no rule of two words joins strangers.
        gap, any_word = self.vocab.strings.add("\n"), self.vocab.strings.add("x")
        words = [word for key in keys for word in (key[0] or any_word, gap)]
        doc = Doc(self.vocab, words=words, spaces=[False] * len(words))
        rows = numpy.zeros((len(words), 2), dtype="uint64")
        rows[::2] = numpy.array([key[1:] for key in keys], dtype="uint64")
        doc.from_array([TAG, DEP], rows)
        for part in self.naming:
            doc = part(doc)
        for key, (pos, lemma) in zip(keys, doc.to_array([POS, LEMMA])[::2].tolist(), strict=True):
            self._names[key] = (pos, lemma if key[0] else 0)


def _special_words(patterns: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Words that the model's rules name: only for these does the part of speech rest on the word."""
    for pattern in patterns:
        for token in itertools.chain.from_iterable(pattern["patterns"]):
            named = token.get("LOWER", ())
            yield from (named,) if isinstance(named, str) else dict(named).get("IN", ())


def choose_all(doc: Doc) -> list[numpy.ndarray]:
    """Every token, one array a sentence."""
    starts = numpy.flatnonzero(doc.to_array([SENT_START]) == 1).tolist()
    return [numpy.arange(first, last) for first, last in itertools.pairwise([*starts, len(doc)])]


def _check(doc: Doc) -> int:
    return zlib.crc32(doc.to_array([ORTH, SENT_START]).tobytes())


def _known_parse(doc: Doc) -> Parse | None:
    """The parse that came with the text, if it is one of these very words and sentences."""
    parse = context(doc).parse
    return parse if parse is not None and len(parse.rows) == len(doc) and parse.check == _check(doc) else None


def _batches(pieces: Iterable[Doc]) -> Iterator[list[Doc]]:
    """Pieces in order, as many at a time as make some :data:`_AT_ONCE` tokens."""
    waiting: list[Doc] = []
    size = 0
    for piece in pieces:
        if waiting and size + len(piece) > _AT_ONCE:
            yield waiting
            waiting, size = [], 0
        waiting.append(piece)
        size += len(piece)
    if waiting:
        yield waiting


def _copy(doc: Doc, tokens: numpy.ndarray) -> Doc:
    found = doc.to_array([ORTH, SPACY, SENT_START, NORM])[tokens]
    piece = Doc(
        doc.vocab,
        words=found[:, 0].tolist(),
        spaces=found[:, 1].astype(bool).tolist(),
        sent_starts=[start == 1 for start in found[:, 2].tolist()],
    )
    # the tokeniser's own reading of a contraction ("n't" is "not") is what the model was trained on
    return piece.from_array([NORM], found[:, 3:])


# Older spaCy 3.8 cannot read an annotation with one of its own classes that is kept as text.
@Language.factory("framelines_syntax", default_config={"hosts_only": False})
def make_syntax(nlp, name: str, *, hosts_only: bool) -> Syntax:  # type: ignore[no-untyped-def]
    """The component in a pipeline; ``hosts_only`` parses what the attribution of quotations reads."""
    return Syntax(nlp, choose_hosts if hosts_only else choose_all)
