"""A progress bar for whatever takes more than two seconds, in a terminal and in a notebook alike."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and how many there are."""


def show_progress() -> Progress:
    """Make a callback that draws a bar, with count and rate, once the work has taken two seconds."""
    # tqdm is needed only where something is drawn.
    from tqdm.auto import tqdm

    bars: dict[str, tqdm] = {}

    def report(what: str, done: int, total: int) -> None:
        if what not in bars:
            bars[what] = tqdm(total=total, desc=what, delay=2, leave=False)
        bar = bars[what]
        bar.update(done - bar.n)
        if done >= total:
            bar.close()

    return report
