"""The model's tok2vec, tagger and parser over pieces of text, without what they do twice.

What the model says of a word before it looks at its neighbours rests on the word's form alone, so it is
worked out once a form. The parser's steps are taken from Python, many pieces at a time: inside spaCy they
run without the interpreter's lock, and each of a step's additions takes and drops it again, which costs
more than all the arithmetic. Tags and parses are the model's own, up to the rounding of 32-bit floats.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

import numpy
from thinc.api import NumpyOps

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.pipeline import DependencyParser
    from spacy.tokens import Doc
    from thinc.api import Model

# So many forms are kept: a form takes some 500 bytes.
_MOST_FORMS = 50_000
# One odd number a feature of a form, so that a sum of products tells forms apart.
_MIX = numpy.array(
    (
        0x9E3779B97F4A7C15,
        0xC2B2AE3D27D4EB4F,
        0x165667B19E3779F9,
        0x27D4EB2F165667C5,
        0x85EBCA77C2B2AE63,
        0xD6E8FEB86659FD93,
    ),
    dtype="uint64",
)


class ModelParts:
    """Tags and parses Docs with the parts of a loaded model.

    Args:
        nlp: A pipeline that holds the parts ``tok2vec``, ``tagger`` and ``parser``.
    """

    def __init__(self, nlp: Language) -> None:
        embed, self._encode = nlp.get_pipe("tok2vec").model.layers
        self._columns = embed.layers[0].attrs["columns"]
        self._lookup, self._mix = embed.layers[2:4]
        self._forms: dict[int, int] = {}
        self._vectors = numpy.zeros((0, embed.get_dim("nO")), dtype="float32")
        self.tagger = nlp.get_pipe("tagger")
        self.parser = nlp.get_pipe("parser")
        for model in (embed, self._encode, self.parser.model):
            _multiply_with_numpy(model)

    def __call__(self, docs: Sequence[Doc]) -> None:
        """Leave tags, heads and relations on each Doc; sentence starts must be set."""
        docs = [doc for doc in docs if len(doc)]
        if not docs:
            return
        encoded = self._encode.predict(self._embed(docs))
        for doc, vectors in zip(docs, encoded, strict=True):
            doc.tensor = vectors
        self.tagger.set_annotations(docs, self.tagger.predict(docs))
        self.parser.set_annotations(docs, _parse(self.parser, docs))

    def _embed(self, docs: Sequence[Doc]) -> list[numpy.ndarray]:
        """The vector of each token's form, one array a Doc."""
        features = numpy.concatenate([doc.to_array(self._columns) for doc in docs])
        keys = (features * _MIX[: features.shape[1]]).sum(axis=1, dtype="uint64")
        forms = keys.tolist()
        if len(self._forms) > _MOST_FORMS:
            self._forms, self._vectors = {}, self._vectors[:0]
        new = {form: row for row, form in enumerate(forms) if form not in self._forms}
        if new:
            first = len(self._forms)
            self._forms |= {form: first + row for row, form in enumerate(new)}
            made = self._mix.predict(self._lookup.predict(features[list(new.values())]))
            self._vectors = numpy.concatenate([self._vectors, made])
        vectors = self._vectors[[self._forms[form] for form in forms]]
        ends = accumulate(map(len, docs), initial=0)
        return [vectors[first:last] for first, last in pairwise(ends)]


def _multiply_with_numpy(model: Model) -> None:
    """Let a model multiply its (large) matrices with numpy, which takes two thirds of the time of BLIS."""
    ops = NumpyOps(use_blis=False)
    for layer in model.walk():
        layer.ops = ops


def _parse(parser: DependencyParser, docs: Sequence[Doc]) -> list:
    """The parser's final state of each Doc, every step of all Docs at once."""
    batch = parser.moves.init_batch(docs)
    model = parser.model.predict(docs)
    # A step's matrices are small: BLIS starts no threads for them.
    model.vec2scores.ops = NumpyOps()
    states = [state for state in batch if not state.is_final()]
    while states:
        hidden = model.state2vec.predict(model.get_token_ids(states))
        states = parser.transition_states(states, model.vec2scores.predict(hidden))
    model.clear_memory()
    return batch
