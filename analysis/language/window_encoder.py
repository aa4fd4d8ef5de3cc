"""The model's window encoder, taken out of the model: each word's vector seen beside its neighbours'.

The model's own layers look up which of a unit's pieces won, for training, one number at a time, and write
out arrays of a whole batch between them. Here the pieces of all units lie side by side, so that whole rows
are compared at once, and a text goes through every layer while it is still in the processor's cache.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy

if TYPE_CHECKING:
    from thinc.api import Model

# What the model adds to a variance, so that none is zero.
_LEAST_VARIANCE = 1e-8


class Affine:
    """A layer that multiplies each row and adds to it.

    Args:
        model: A layer with the parameters ``W``, one row an output, and ``b``.
    """

    def __init__(self, model: Model) -> None:
        self.weights = numpy.ascontiguousarray(model.get_param("W").T)
        self._bias = model.get_param("b")

    def __call__(self, rows: numpy.ndarray) -> numpy.ndarray:
        """(rows, inputs) to (rows, outputs)."""
        result = rows @ self.weights
        result += self._bias
        return result


@dataclass(frozen=True)
class _Layer:
    """One step: (3 x width, pieces x width) weights, their bias, and the scale and shift of the outcome."""

    weights: numpy.ndarray
    bias: numpy.ndarray
    scale: numpy.ndarray
    shift: numpy.ndarray

    def __call__(self, rows: numpy.ndarray) -> numpy.ndarray:
        length, width = rows.shape
        windows = numpy.zeros((length, 3, width), dtype="float32")
        windows[1:, 0] = rows[:-1]
        windows[:, 1] = rows
        windows[:-1, 2] = rows[1:]
        pieces = windows.reshape(length, 3 * width) @ self.weights
        pieces += self.bias
        best = pieces.reshape(length, -1, width).max(axis=1)
        best -= best.mean(axis=1, keepdims=True)
        best *= (numpy.square(best).mean(axis=1, keepdims=True) + _LEAST_VARIANCE) ** -0.5
        best *= self.scale
        best += self.shift
        return best


class WindowEncoder:
    """Encodes the vectors of a text's words.

    Args:
        model: The part of a loaded ``tok2vec`` that follows the look-up: a chain of residual layers, each a
            window of one word on either side, maxout and layer norm.
    """

    def __init__(self, model: Model) -> None:
        layers = list(model.walk())
        maxouts = [layer for layer in layers if layer.name == "maxout"]
        norms = [layer for layer in layers if layer.name == "layernorm"]
        self._layers = [_join_layer(*pair) for pair in zip(maxouts, norms, strict=True)]

    def __call__(self, vectors: numpy.ndarray) -> numpy.ndarray:
        """One row a word, before and after: (words, width) 32-bit floats."""
        # Beyond the text the model sees nothing at first, and then what its own layers make of nothing.
        edge = len(self._layers)
        rows = numpy.pad(vectors, ((edge, edge), (0, 0)))
        for layer in self._layers:
            rows += layer(rows)
        return rows[edge:-edge]


def _join_layer(maxout: Model, norm: Model) -> _Layer:
    weights = maxout.get_param("W")  # unit, piece, input
    pieces_first = weights.transpose(1, 0, 2).reshape(-1, weights.shape[2])
    return _Layer(
        numpy.ascontiguousarray(pieces_first.T),
        numpy.ascontiguousarray(maxout.get_param("b").T).reshape(-1),
        norm.get_param("G"),
        norm.get_param("b"),
    )
