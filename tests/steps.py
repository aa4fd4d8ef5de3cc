"""Cost in counted steps, which no busy machine changes."""

from __future__ import annotations

import sys
from collections.abc import Callable


def count_steps(run: Callable[[], object]) -> int:
    """How many calls something takes, those of regular expressions and lists included."""
    counted = 0

    def count(frame, event, argument) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        run()
    finally:
        sys.setprofile(None)
    return counted
