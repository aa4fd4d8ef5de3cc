"""Work in batches, each of a bounded size; a batch that is too much for a worker is made in halves."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from analysis.engine import Engine
from analysis.errors import WorkerLostError
from analysis.progress import Progress

# Units a partition: few, so that little is lost with one; more of a large corpus, for fewer files.
FEW, MANY, LARGE = 32, 256, 2000

Unit = TypeVar("Unit")


def attempt_batches(
    engine: Engine,
    work: Callable[[tuple[Unit, ...]], Any],
    units: Sequence[Unit],
    progress: Progress | None,
    what: str,
    begun: int = 0,
) -> Iterator[tuple[tuple[Unit, ...], Any]]:
    """Apply work to units, a batch at a time.

    Args:
        engine: Where to work.
        work: Takes a batch.
        units: What is to be done.
        progress: Called with ``what`` as units are done.
        what: What is being done.
        begun: How many were done before.

    Yields:
        Each batch with what came of it; a batch of one with a :class:`~analysis.errors.WorkerLostError` where
        it was too much for a worker even alone.
    """
    size = FEW if len(units) <= LARGE else MANY
    size = max(1, min(size, math.ceil(len(units) / engine.workers)))
    # Made when they are asked for, so that no more of them is held than is on its way.
    batches: Iterable[tuple[Unit, ...]] = (tuple(units[n : n + size]) for n in range(0, len(units), size))
    done = begun
    while done < begun + len(units):
        again: list[tuple[Unit, ...]] = []
        for batch, made in engine.attempt(work, batches):
            if isinstance(made, WorkerLostError) and len(batch) > 1:
                again += batch[: len(batch) // 2], batch[len(batch) // 2 :]
                continue
            yield batch, made
            done += len(batch)
            if progress:
                progress(what, done, begun + len(units))
        batches = again
