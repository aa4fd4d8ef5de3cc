"""Fixtures: the pipeline, built once a session, an annotated text, a store, workers, where browsers are."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from analysis.engine import DaskEngine


@dataclass(frozen=True)
class Program:
    """A browser that tests need: where it may be, and how one gets it."""

    name: str
    mark: str
    variable: str
    commands: tuple[str, ...]
    files: tuple[str, ...]
    package: str

    @property
    def way(self) -> str:
        return (
            f"install {self.name} (Debian, Ubuntu: apt-get install {self.package}) "
            f"or set {self.variable} to its path"
        )

    @property
    def missing(self) -> str:
        return f"There is no {self.name}: {self.way}"


@cache
def find_program(program: Program) -> str | None:
    """Path of a browser; ``None`` where it is not installed."""
    named = os.environ.get(program.variable)
    if named:
        return shutil.which(named)
    on_path = (shutil.which(command) for command in program.commands)
    in_place = (path for path in program.files if Path(path).exists())
    return next((path for path in (*on_path, *in_place) if path), None)


CHROMIUM = Program(
    "Chromium", "browser", "CHROMIUM",
    ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    (
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "C:/Program Files/Google/Chrome/Application/chrome.exe",
    ),
    "chromium",
)  # fmt: skip
FIREFOX = Program(
    "Firefox", "firefox", "FIREFOX", ("firefox-esr", "firefox"),
    ("/Applications/Firefox.app/Contents/MacOS/firefox", "C:/Program Files/Mozilla Firefox/firefox.exe"),
    "firefox-esr",
)  # fmt: skip


# The files that take longest, so that no process of a run is left with one of them at its end.
LONGEST = (
    "test_engine", "test_tutorials", "test_report_run", "test_wheel", "test_browser_hostile",
    "test_no_network", "test_diff", "test_browser_report", "test_browser_walk", "test_benchmarks",
    "test_browser_coding", "test_browser_live", "test_browser_axe", "test_second_topic", "test_study",
    "test_browser_correcting",
)  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    """Name the mark of tests that drive Firefox; let no clock decide a property, and no draw a run of CI."""
    settings.register_profile(
        "framelines",
        deadline=None,
        derandomize=os.environ.get("CI") == "true",
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("framelines")
    config.addinivalue_line("markers", "firefox: needs Firefox")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: tests of pages wait for the browser a third of their time."""
    return (os.cpu_count() or 1) + 1


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


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty store for one test."""
    monkeypatch.setenv("FRAMELINES_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture(scope="module")
def two() -> Iterator[DaskEngine]:
    """An engine of two worker processes."""
    from analysis.engine import open_engine

    with open_engine(workers=2) as engine:
        yield engine


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of Chromium, for playwright's ``executable_path``; its tests carry the mark ``browser``."""
    return find_program(CHROMIUM) or pytest.fail(CHROMIUM.missing)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    """Headless Chromium with an empty profile."""
    from browser import open_browser

    with open_browser(chromium) as started:
        yield started


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Headless Firefox with an empty profile; its tests carry the mark ``firefox``."""
    from firefox import open_firefox

    program = find_program(FIREFOX) or pytest.fail(FIREFOX.missing)
    with open_firefox(program, tmp_path_factory.mktemp("firefox")) as started:
        yield started


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The shipped notebooks' pages of the seeds, made once for all workers of a run."""
    from made_report import find_report, make_once, make_report, shared_folder

    folder = shared_folder(tmp_path_factory.getbasetemp()) / "report"
    make_once(folder, make_report)
    return find_report(folder)


@pytest.fixture(scope="session")
def every_kind(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small page with a view of every kind, made once for all workers of a run."""
    from made_report import make_once, shared_folder
    from made_views import PAGE, write_views

    folder = shared_folder(tmp_path_factory.getbasetemp()) / "every-kind"
    make_once(folder, write_views)
    return folder / PAGE


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A running JupyterLab: one a worker, as its start takes as long as a test."""
    from lab import serve_lab

    with serve_lab(tmp_path_factory.mktemp("lab")) as started:
        yield started


@pytest.fixture
def opened(browser: Any, exported: Path) -> Iterator[Any]:
    """The page that a test's module exports, opened: it asks the network nothing, and does not complain."""
    from browser import open_file

    with open_file(browser, exported, viewport={"width": 1280, "height": 900}) as watched:
        yield watched
        assert watched.requests == []
        assert watched.complaints == []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest files."""
    rank = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path.stem, len(LONGEST)))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave tests out where their browser is not installed, but let them fail in CI."""
    for program in (CHROMIUM, FIREFOX):
        if item.get_closest_marker(program.mark) and not find_program(program):
            if os.environ.get("CI") == "true":
                pytest.fail(program.missing, pytrace=False)
            pytest.skip(program.missing)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line what was left out, and how to get it."""
    skipped = terminalreporter.stats.get("skipped", [])
    for program in (CHROMIUM, FIREFOX):
        left_out = sum(1 for report in skipped if f"There is no {program.name}" in str(report.longrepr))
        if left_out:
            line = f"Browser tests left out: {left_out}. To run them, {program.way}."
            terminalreporter.write_line(line, yellow=True)
