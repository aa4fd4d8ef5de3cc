"""Peers and helpers that run in the process of a benchmark: where `make bench` installs them."""

from __future__ import annotations

import sys
from pathlib import Path

ENVIRONMENT = "beside"


def look_beside() -> None:
    """Let what is not installed with Framelines be imported from there; what is, comes first."""
    beside = Path(__file__).parents[1] / ".venv-bench" / ENVIRONMENT
    sys.path.extend(str(folder) for folder in beside.glob("lib/python*/site-packages"))
