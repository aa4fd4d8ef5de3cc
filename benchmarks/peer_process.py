"""Runs one way of finding (a module of ``peers/``) over texts, in a process of its own with one thread.

Peers that cannot live together have environments of their own, ``.venv-bench/NAME``; ``make bench`` makes one
of each file ``peers/NAME.txt``.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ENVIRONMENTS = HERE.parent / ".venv-bench"
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

Row = dict[str, Any]


def python_of(environment: str) -> Path:
    """The Python of one of the peers' environments, whether it has been made or not."""
    return ENVIRONMENTS / environment / ("Scripts" if os.name == "nt" else "bin") / "python"


PEERS_HOME = ENVIRONMENTS / "quotes"
PEERS_PYTHON = python_of("quotes")


class PeerMissing(Exception):
    """A way that cannot be run here, with the reason."""


def ask(python: str | Path, name: str, texts: Iterable[Row], *options: str) -> tuple[str, list[Row]]:
    """The line on versions, and an answer for each text, as ``peers/run.py`` has them.

    Raises:
        PeerMissing: It did not start, or did not answer for every text.
    """
    given = [json.dumps(text) + "\n" for text in texts]
    try:
        done = subprocess.run(
            [str(python), str(HERE / "peers" / "run.py"), name, *options],
            input="".join(given),
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, **ONE_THREAD},
        )
    except FileNotFoundError:
        raise PeerMissing("its environment has not been made: make bench") from None
    head, *answers = [json.loads(line) for line in done.stdout.splitlines()] or [{}]
    if done.returncode or len(answers) != len(given):
        raise PeerMissing(done.stderr.strip().rpartition("\n")[2] or f"it ended with code {done.returncode}")
    return head["about"], answers
