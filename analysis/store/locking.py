"""A lock that says who holds it, and that outlives nobody: one whose owner is gone is taken over."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

from analysis.errors import StoreWarning

# The lock is held for fractions of a second: an owner on another machine that holds it so long is gone.
STALE_SECONDS = 60
_WAIT_SECONDS = 0.05


@contextlib.contextmanager
def hold_lock(path: Path, *, patience: float = STALE_SECONDS * 2) -> Iterator[None]:
    """Hold the lock file while the block runs; wait for another owner.

    A lock whose owner's process has ended, or that is older than :data:`STALE_SECONDS`, is taken over with a
    :class:`~analysis.errors.StoreWarning`.

    Args:
        path: The lock's file, in a folder that exists.
        patience: Seconds to wait for an owner that is there.

    Raises:
        OSError: The lock cannot be written.
        TimeoutError: Somebody else held it all the time.
    """
    deadline = time.monotonic() + patience
    mine = json.dumps({"host": socket.gethostname(), "process": os.getpid(), "since": time.time()})
    while True:
        try:
            with path.open("x", encoding="utf-8") as handle:
                handle.write(mine)
            break
        except FileExistsError:
            _take_over_if_stale(path)
        if time.monotonic() > deadline:
            raise TimeoutError(f"{path} is held by {_say_owner(path)}.")
        time.sleep(_WAIT_SECONDS)
    try:
        yield
    finally:
        # Whoever took it over meanwhile keeps it.
        with contextlib.suppress(OSError):
            if path.read_text(encoding="utf-8") == mine:
                path.unlink()


def _take_over_if_stale(path: Path) -> None:
    try:
        age = time.time() - path.stat().st_mtime
        owner = json.loads(path.read_text(encoding="utf-8"))
        gone = owner["host"] == socket.gethostname() and not _is_running(owner["process"])
    except FileNotFoundError:
        return
    except (OSError, ValueError, KeyError, TypeError):
        # It is being written at this moment, or damaged: age alone tells.
        age, gone = time.time() - _changed(path), False
    if gone or age > STALE_SECONDS:
        warnings.warn(
            f"{path} was left behind by {_say_owner(path)}, which has ended: it is taken over.",
            StoreWarning,
            stacklevel=4,
        )
        path.unlink(missing_ok=True)


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return time.time()


def _say_owner(path: Path) -> str:
    try:
        owner = json.loads(path.read_text(encoding="utf-8"))
        return f"process {owner['process']} on {owner['host']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "an unknown process"


def _is_running(process: int) -> bool:
    """Whether a process of this machine runs; where that cannot be asked, it is taken to."""
    if os.name == "nt":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
