"""A limit on the time that a piece of work may take, in the main thread or in a worker's."""

from __future__ import annotations

import contextlib
import ctypes
import threading
from collections.abc import Iterator

from analysis.errors import PageTooSlowError


class _TimeUpError(BaseException):
    """Not an Exception, so that no code in the block takes it for one of its own."""


@contextlib.contextmanager
def limit_time(seconds: float) -> Iterator[None]:
    """Raise :class:`~analysis.errors.PageTooSlowError` in the block when it has run for so many seconds.

    A signal would reach the main thread alone. The error is raised between two steps of Python: a single call
    of compiled code is not broken off in the middle.
    """
    here, done, state = threading.get_ident(), threading.Event(), threading.Lock()

    def watch() -> None:
        if done.wait(seconds):
            return
        with state:
            if not done.is_set():
                _raise_in(here, _TimeUpError)

    watcher = threading.Thread(target=watch, name="framelines-time-limit", daemon=True)
    watcher.start()
    try:
        yield
    except _TimeUpError:
        raise PageTooSlowError(f"It took longer than {seconds:.0f} seconds.") from None
    finally:
        with state:
            done.set()


def _raise_in(thread: int, error: type[BaseException]) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error))
