"""How often Python looks for objects that nothing leads to any more."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator

# So many objects may be made before young ones are looked through: those of some twenty articles.
_ALLOCATIONS = 20_000


@contextlib.contextmanager
def collect_seldom() -> Iterator[None]:
    """Let Python look for unreachable cycles less often, and as often as before when done.

    An article leaves thousands of records and hardly a cycle, and the model, the codebooks and the tables are
    large: looking through them again and again costs an eighth of the time of extraction, and a fifth of what
    an archive's load and its tables cost. It serves as a decorator, too.
    """
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], _ALLOCATIONS), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
