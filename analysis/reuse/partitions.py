"""A corpus cut into partitions that can travel: plain lists of article ids and texts, bounded in size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

# Characters of a partition's texts: its arrays take some ten megabytes, and a thousand short articles fit in.
PARTITION = 1 << 19

Partition = list[tuple[str, str]]


def cut_partitions(texts: Iterable[tuple[str, str]], most: int = PARTITION) -> Iterator[Partition]:
    """Cut articles into partitions, in their order.

    Args:
        texts: Article ids with their texts; read once, no further than asked for.
        most: Characters of a partition's texts; a longer text is a partition by itself.

    Yields:
        Article ids with their texts.
    """
    held: Partition = []
    size = 0
    for article, text in texts:
        if held and size + len(text) > most:
            yield held
            held, size = [], 0
        held.append((article, text))
        size += len(text)
    if held:
        yield held
