"""Which places of a text some spans cover."""

from __future__ import annotations

from collections.abc import Iterable


class Cover:
    """Which places of a text some spans cover; a span is in it that shares a place with them.

    Args:
        length: Characters, or tokens, of the text: whatever the spans count.
        spans: The first spans.
    """

    def __init__(self, length: int, spans: Iterable[tuple[int, int]] = ()) -> None:
        # a mark a place: no span is compared with another, however many there are
        self._marks = bytearray(length)
        for start, stop in spans:
            self.add(start, stop)

    def add(self, start: int, stop: int) -> None:
        self._marks[start:stop] = b"\1" * (stop - start)

    def __contains__(self, span: tuple[int, int]) -> bool:
        return self._marks.find(1, *span) >= 0
