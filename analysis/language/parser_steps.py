"""The model's parser, one step of many pieces of text at once.

Inside spaCy the steps run without the interpreter's lock, and each of a step's additions takes and drops it
again, which costs more than all the arithmetic. So the arithmetic is done here, and the parser is asked what
it looks at and told what it may do next.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy
from spacy.tokens import Doc

from analysis.language.window_encoder import Affine

if TYPE_CHECKING:
    from spacy.pipeline import DependencyParser


class _Kept(threading.local):
    """Memory kept from batch to batch, as getting so much anew costs more than the product.

    Each thread has its own: two that parse at once would write over each other's words.
    """

    table: numpy.ndarray | None = None


class ParserSteps:
    """Takes the steps of a loaded parser.

    Args:
        parser: The parser; its lower layer is a maxout.
    """

    def __init__(self, parser: DependencyParser) -> None:
        self.parser = parser
        inward, lower, upper = parser.model.layers
        self._narrow = Affine(inward.layers[-1])
        weights = lower.get_param("W")  # place looked at, unit, piece, input
        places, units, pieces, width = weights.shape
        # The pieces of all units side by side, so that whole rows are compared at once.
        self._weights = weights.swapaxes(1, 2).reshape(-1, width).T
        self._padding = lower.get_param("pad")[0].swapaxes(1, 2).reshape(-1)
        self._bias = lower.get_param("b").T.reshape(-1)
        self._shape = (pieces, units)
        self._places = numpy.arange(places)
        self._score = Affine(upper)
        self._kept = _Kept()
        word = Doc(parser.vocab, words=["word"])
        word.tensor = numpy.zeros((1, self._narrow.weights.shape[0]), dtype="float32")
        self._look = parser.model.predict([word]).get_token_ids

    def __call__(self, docs: Sequence[Doc], vectors: Sequence[numpy.ndarray]) -> None:
        """Leave heads and relations on each Doc, of which ``vectors`` holds one row a word."""
        table = self._weigh(vectors)
        batch = self.parser.moves.init_batch(docs)
        states = [state for state in batch if not state.is_final()]
        while states:
            # no word is -1, and the first of the table's rows
            rows = (self._look(states) + 1) * len(self._places) + self._places
            seen = table[rows].sum(axis=1)
            seen += self._bias
            units = seen.reshape(-1, *self._shape).max(axis=1)
            states = self.parser.transition_states(states, self._score(units))
        self.parser.set_annotations(docs, batch)

    def _weigh(self, vectors: Sequence[numpy.ndarray]) -> numpy.ndarray:
        """What each word adds to a step at each place that the parser looks at: one row a word and place."""
        length = 1 + sum(map(len, vectors))
        table = self._kept.table
        if table is None or length > len(table):
            table = self._kept.table = numpy.empty((length, self._weights.shape[1]), dtype="float32")
        table[0] = self._padding
        first = 1
        for rows in vectors:
            numpy.matmul(self._narrow(rows), self._weights, out=table[first : first + len(rows)])
            first += len(rows)
        return table.reshape(len(table) * len(self._places), -1)
