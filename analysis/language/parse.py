"""What the model said of a text, as plain numbers that can be kept."""

from __future__ import annotations

from typing import NamedTuple

import numpy


class Parse(NamedTuple):
    """Heads, relations and tags of a text, so that the model need not be asked again.

    Attributes:
        check: A checksum of the words and sentences that it was asked about.
        rows: Offset of the head, relation and tag of each token, the last two as numbers of the vocabulary;
            shape (tokens, 3), zeros where a token was not parsed.
    """

    check: int
    rows: numpy.ndarray
