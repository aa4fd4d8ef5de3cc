"""The wheel: what a stranger installs has notebooks and codebooks, and works far from a checkout."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
from made_study import STORIES, write_pages

ROOT = Path(__file__).parents[1]
NOTEBOOKS = [path.name for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]


@dataclass(frozen=True)
class Installed:
    """The wheel's content in a folder of its own, and a place elsewhere to work in."""

    target: Path
    elsewhere: Path

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        return {**kept, "PYTHONPATH": str(self.target), "FRAMELINES_CACHE": str(self.elsewhere / ".cache")}

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "analysis", *words],
            cwd=self.elsewhere,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def run(self, *words: str) -> tuple[int, str, str]:
        process = self.start(*words)
        out, err = process.communicate(timeout=300)
        return process.returncode, out, err


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Installed:
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    # Without isolation and dependencies, nothing is asked of a network.
    build = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run([*pip, *build], check=True, cwd=folder)
    (wheel,) = folder.glob("framelines-*.whl")
    target, elsewhere = folder / "target", folder / "else where"
    elsewhere.mkdir()
    install = ["install", "--no-deps", "--no-index", "--target", str(target), str(wheel)]
    subprocess.run([*pip, *install], check=True, cwd=folder)
    return Installed(target, elsewhere)


@pytest.fixture(scope="module")
def study(installed) -> Path:
    """A study made by the installed command, with pages."""
    code, said, err = installed.run("new", "my study", "--topic", "none")
    assert (code, err) == (0, "")
    assert "framelines report 'my study'" in said
    write_pages(installed.elsewhere / "my study" / "pages")
    return installed.elsewhere / "my study"


def test_what_runs_is_the_wheel_and_not_the_checkout(installed):
    command = [sys.executable, "-c", "import analysis; print(analysis.__file__)"]
    where = {"cwd": installed.elsewhere, "env": installed.environment}
    found = subprocess.check_output(command, encoding="utf-8", **where)
    assert Path(found.strip()).is_relative_to(installed.target)


def test_the_wheel_ships_the_notebooks_and_the_codebooks(installed):
    shipped = installed.target / "analysis"
    assert [path.name for path in sorted((shipped / "notebooks").glob("*.ipynb"))] == NOTEBOOKS
    here = {path.relative_to(ROOT / "analysis") for path in (ROOT / "analysis").rglob("*.toml")}
    assert {path.relative_to(shipped) for path in shipped.rglob("*.toml")} == here


def test_where_there_are_no_notebooks_lab_says_how_to_make_a_study(installed):
    code, _, err = installed.run("lab")
    assert code == 2
    assert "There are no notebooks here" in err
    assert "framelines new my-study" in err


def test_report_runs_on_a_new_study(installed, study):
    code, said, err = installed.run("report", "my study", "--notebook", "00-start-here")
    assert code == 0, err
    assert "Found 3 articles in 3 files" in said
    page = (study / "exports" / "00-start-here.html").read_text(encoding="utf-8")
    assert all(headline in page for headline, *_ in STORIES.values())


def test_report_without_a_study_runs_the_notebooks_of_the_wheel(installed):
    write_pages(installed.elsewhere / "loose")
    code, _, err = installed.run("report", "loose", "--notebook", "02-policy-timelines")
    assert code == 0, err
    assert (installed.elsewhere / "loose" / "exports" / "02-policy-timelines.html").is_file()


def test_lab_serves_the_study_and_opens_its_first_notebook(installed, study):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    passed_on = ("--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}")
    server = installed.start("lab", "my study", "--", *passed_on, f"--IdentityProvider.token={token}")
    try:
        listed = ask(server, f"http://127.0.0.1:{port}/api/contents/notebooks?token={token}")
        names = sorted(each["name"] for each in listed["content"])
        assert names == NOTEBOOKS
        start = f"http://127.0.0.1:{port}/?token={token}"
        with urllib.request.urlopen(start, timeout=30) as answer:
            assert "/lab/tree/notebooks/00-start-here.ipynb" in answer.url
    finally:
        server.terminate()
        server.communicate(timeout=60)


def ask(server: subprocess.Popen[str], address: str, seconds: int = 90) -> dict:
    """The server's answer, once it is up."""
    for _ in range(seconds * 10):
        assert server.poll() is None, server.stderr.read()
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                return json.loads(answer.read())
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError("JupyterLab did not start")
