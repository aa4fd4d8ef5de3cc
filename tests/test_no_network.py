"""The main job reaches no network: every process of it is watched for addresses beyond this machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SEEDS = Path(__file__).parents[1] / "seeds"

# Imported by every Python process that has it on its path: kernels and workers too.
WATCH = """
import os, sys

def watch(event, arguments):
    if event in ("socket.connect", "socket.sendto") and isinstance(arguments[1], tuple):
        place = str(arguments[1][0])
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        place = str(arguments[0])
    else:
        return
    if place not in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "None", "", os.uname().nodename):
        with open(os.environ["WATCHED"], "a", encoding="utf-8") as log:
            log.write(f"{event} {place}\\n")
        raise OSError("no network here")

sys.addaudithook(watch)
with open(os.environ["WATCHED"] + ".on", "a", encoding="utf-8") as log:
    log.write(" ".join(sys.argv[:3]) + "\\n")
"""


@pytest.fixture
def watched(tmp_path) -> dict[str, str]:
    """An environment in which processes that look beyond this machine are stopped and told on."""
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch" / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    return os.environ | {
        "PYTHONPATH": os.pathsep.join([str(tmp_path / "watch"), str(SEEDS.parent)]),
        "WATCHED": str(tmp_path / "told"),
        "FRAMELINES_CACHE": str(tmp_path / "cache"),
    }


def run(arguments: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "analysis", *arguments],
        env=environment, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_watch_stops_and_tells(watched):
    code = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"
    done = subprocess.run(
        [sys.executable, "-c", code], env=watched, capture_output=True, encoding="utf-8", check=False
    )
    assert "no network here" in done.stderr
    assert "192.0.2.1" in Path(watched["WATCHED"]).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ["report", str(SEEDS), "--notebook", "00-start-here", "--out"],
        ["extract", str(SEEDS), "--workers", "2", "--out"],
    ],
    ids=["report", "two workers"],
)
def test_the_main_job_looks_nowhere(watched, tmp_path, arguments):
    run([*arguments, str(tmp_path / "out")], watched)
    told = Path(watched["WATCHED"])
    assert not told.exists(), told.read_text(encoding="utf-8")
    # The processes that it started were watched as well.
    assert len(Path(f"{told}.on").read_text(encoding="utf-8").splitlines()) > 1
