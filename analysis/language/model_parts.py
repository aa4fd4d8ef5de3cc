"""The model's tok2vec, tagger and parser over pieces of text, without what they do twice.

What the model says of a word before it looks at its neighbours rests on the word's form alone, so it is
worked out once a form. What follows is done without what the model keeps for training. Tags and parses are
the model's own, up to the rounding of 32-bit floats.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

import numpy
from threadpoolctl import ThreadpoolController

from analysis.language.parser_steps import ParserSteps
from analysis.language.window_encoder import Affine, WindowEncoder

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

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
        embed, encode = nlp.get_pipe("tok2vec").model.layers
        self._columns = embed.layers[0].attrs["columns"]
        self._lookup, self._mix = embed.layers[2:4]
        self._forms: dict[int, int] = {}
        self._vectors = numpy.zeros((0, embed.get_dim("nO")), dtype="float32")
        # A form and its vector stand at one place: two threads that add to them at once would part them.
        self._adding = threading.Lock()
        self._encode = WindowEncoder(encode)
        self._tagger = nlp.get_pipe("tagger")
        self._score_tags = Affine(self._tagger.model.layers[-1].layers[0])
        self._parse = ParserSteps(nlp.get_pipe("parser"))
        self._blas = ThreadpoolController().select(user_api="blas")

    def __call__(self, docs: Sequence[Doc]) -> None:
        """Leave tags, heads and relations on each Doc; sentence starts must be set."""
        docs = [doc for doc in docs if len(doc)]
        if not docs:
            return
        # A second thread at products as small as these takes more from the processor than it saves.
        with self._blas.limit(limits=1):
            encoded = [self._encode(vectors) for vectors in self._embed(docs)]
            tags = [self._score_tags(vectors).argmax(axis=1) for vectors in encoded]
            self._tagger.set_annotations(docs, tags)
            self._parse(docs, encoded)

    def _embed(self, docs: Sequence[Doc]) -> list[numpy.ndarray]:
        """The vector of each token's form, one array a Doc."""
        features = numpy.concatenate([doc.to_array(self._columns) for doc in docs])
        keys = (features * _MIX[: features.shape[1]]).sum(axis=1, dtype="uint64")
        forms = keys.tolist()
        with self._adding:
            if len(self._forms) > _MOST_FORMS:
                self._forms, self._vectors = {}, self._vectors[:0]
            new = {form: row for row, form in enumerate(forms) if form not in self._forms}
            if new:
                first = len(self._vectors)
                made = self._mix.predict(self._lookup.predict(features[list(new.values())]))
                self._vectors = numpy.concatenate([self._vectors, made])
                self._forms |= {form: first + row for row, form in enumerate(new)}
            vectors = self._vectors[[self._forms[form] for form in forms]]
        ends = accumulate(map(len, docs), initial=0)
        return [vectors[first:last] for first, last in pairwise(ends)]
