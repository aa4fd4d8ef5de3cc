"""Processes that tests start beside themselves."""

from __future__ import annotations

import subprocess


def end_process(process: subprocess.Popen, seconds: int = 30) -> None:
    """Ask a process to end, and end it where it does not in time: on a busy machine it may take long."""
    process.terminate()
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
