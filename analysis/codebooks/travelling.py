"""What travels to a worker with every batch becomes there the object that came with the first."""

from __future__ import annotations

from dataclasses import fields
from functools import lru_cache
from typing import Any


class Travelling:
    """A frozen dataclass that is unpickled as the equal object that this process already has.

    Matchers are kept by the codebooks that they were made of. Another object with the same thousand entries
    would be compared with theirs entry by entry, at every article: a sixth of a worker's time.
    """

    def __reduce__(self) -> tuple[Any, ...]:
        return _make, (type(self), *(getattr(self, field.name) for field in fields(self)))  # type: ignore[arg-type]


@lru_cache(maxsize=64)
def _make(kind: type, *values: Any) -> Any:
    return kind(*values)
