"""Fixtures: the pipeline, built once a session, one annotated text, and where Chromium is."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from spacy.tokens import Doc

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSER_FILES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
)
GET_BROWSER = "install Chromium (Debian, Ubuntu: apt-get install chromium) or set CHROMIUM to its path"


@pytest.fixture(scope="session")
def nlp():
    """The full pipeline."""
    from analysis.language.pipeline import build_pipeline

    return build_pipeline()


@pytest.fixture(scope="session")
def annotate_text() -> Callable[..., Doc]:
    """A function that annotates one text; keywords become its :class:`DocContext`."""
    from analysis.language.pipeline import COMPONENTS, DocContext, annotate

    def run(text: str, *, components: tuple[str, ...] = COMPONENTS, **about: object) -> Doc:
        return next(annotate([(text, DocContext(**about))], components))

    return run


@cache
def find_chromium() -> str | None:
    """Path of an installed Chromium or Chrome; ``None`` where there is none."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    on_path = (shutil.which(name) for name in BROWSERS)
    in_place = (path for path in BROWSER_FILES if Path(path).exists())
    return next((path for path in (*on_path, *in_place) if path), None)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of Chromium, for playwright's ``executable_path``; its tests carry the mark ``browser``."""
    return find_chromium() or pytest.fail(f"There is no Chromium: {GET_BROWSER}")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    """Headless Chromium with an empty profile."""
    from browser import open_browser

    with open_browser(chromium) as started:
        yield started


@pytest.fixture
def opened(browser: Any, exported: Path) -> Iterator[Any]:
    """The page that a test's module exports, opened: it asks the network nothing, and does not complain."""
    from browser import open_file

    with open_file(browser, exported, viewport={"width": 1280, "height": 900}) as watched:
        yield watched
        assert watched.requests == []
        assert watched.complaints == []


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave browser tests out where there is no browser, but let them fail in CI."""
    if item.get_closest_marker("browser") and not find_chromium():
        message = f"There is no Chromium: {GET_BROWSER}"
        if os.environ.get("CI") == "true":
            pytest.fail(message, pytrace=False)
        pytest.skip(message)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line what was left out, and how to get it."""
    left_out = [
        report
        for report in terminalreporter.stats.get("skipped", [])
        if "browser" in report.keywords and "There is no Chromium" in str(report.longrepr)
    ]
    if left_out:
        line = f"Browser tests left out: {len(left_out)}. To run them, {GET_BROWSER}."
        terminalreporter.write_line(line, yellow=True)
