"""An engine whose partitions travel, as they do to another process, and come back out of order."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from typing import Any


class TravellingEngine:
    """Sends the function and each item through bytes, the last item first.

    Attributes:
        sent: The bytes of the largest item so far.
    """

    workers = 2

    def __init__(self) -> None:
        self.sent = 0

    def map(self, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        """Apply a function to each item; results come in the items' order."""
        packed = [pickle.dumps((function, item)) for item in items]
        self.sent = max([self.sent, *map(len, packed)])
        return reversed([pickle.loads(_work(each)) for each in reversed(packed)])


def _work(packed: bytes) -> bytes:
    function, item = pickle.loads(packed)
    return pickle.dumps(function(item))
