"""How far work has come: a bar in a terminal and in a notebook, or a line of the report that runs one."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and how many there are."""

# Names the file in which a notebook that a report runs says how far it is: nobody sees its bars.
PROGRESS_FILE = "FRAMELINES_PROGRESS_FILE"
_SECONDS_BETWEEN_NOTES = 0.5


def show_progress() -> Progress:
    """Make a callback that draws a bar, with count and rate, once the work has taken two seconds.

    In a notebook that ``framelines report`` runs it draws nothing: the report reads how far the work is, and
    says so in the terminal.
    """
    named = os.environ.get(PROGRESS_FILE)
    return _note_progress(Path(named)) if named else _draw_progress()


def track(things: Sequence[T], what: str, progress: Progress | None) -> Iterator[T]:
    """Go through things one by one, and tell after each how many are done."""
    for done, thing in enumerate(things):
        if progress is not None:
            progress(what, done, len(things))
        yield thing
    if progress is not None and things:
        progress(what, len(things), len(things))


def read_progress(path: Path) -> str:
    """What a notebook that runs has noted last ("Extracting articles, 120 of 800"); "" where nothing is."""
    try:
        what, done, total = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        # Not written yet, or being written at this moment.
        return ""
    return f"{what}, {done:,} of {total:,}" if done < total else ""


def _draw_progress() -> Progress:
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


def _note_progress(path: Path) -> Progress:
    noted = -_SECONDS_BETWEEN_NOTES

    def report(what: str, done: int, total: int) -> None:
        nonlocal noted
        now = time.monotonic()
        if done >= total or now - noted >= _SECONDS_BETWEEN_NOTES:
            noted = now
            try:
                path.write_text(json.dumps([what, done, total]), encoding="utf-8")
            except OSError:
                # Work does not end because nobody hears how far it is.
                return

    return report
