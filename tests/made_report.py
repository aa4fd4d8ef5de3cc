"""The shipped notebooks' pages of the seeds and of a page with markup in its words, made once a run."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from analysis.report.run import run_report

SEEDS = Path(__file__).parents[1] / "seeds"
HOSTILE = "</script><img src=x onerror=alert(1)>"
NAMES = (
    "00-start-here", "01-political-framing", "02-policy-timelines", "03-source-comparison", "04-validation",
)  # fmt: skip


@dataclass(frozen=True)
class MadeReport:
    """A corpus, and the folder of its pages."""

    corpus: Path
    exports: Path

    @property
    def pages(self) -> dict[str, Path]:
        return {name: self.exports / f"{name}.html" for name in NAMES}

    @property
    def index(self) -> Path:
        return self.exports / "index.html"


def make_report(folder: Path) -> None:
    """Write the corpus and run the report on it."""
    report = find_report(folder)
    shutil.copytree(SEEDS, report.corpus)
    story = (
        f"Ministers meet {HOSTILE} on migrants\n'We will stop {HOSTILE} the boats in 2024,' Ana Ruiz said.\n"
    )
    (report.corpus / "hostile.txt").write_text(story + f"Migrants {HOSTILE} crossed.\n", encoding="utf-8")
    result = run_report(report.corpus, out=report.exports, progress=lambda line: None)
    assert result.ok, result.failures
    assert [page.stem for page in result.pages] == list(NAMES)


def find_report(folder: Path) -> MadeReport:
    return MadeReport(folder / "study", folder / "exports")


def make_once(folder: Path, make: Callable[[Path], None], seconds: int = 600) -> None:
    """Let the first worker that comes make a folder, and the others wait for it."""
    done, failed = folder / "done", folder / "failed"
    try:
        folder.mkdir()
    except FileExistsError:
        end = time.monotonic() + seconds
        while not done.exists():
            assert not failed.exists(), f"another worker could not make {folder.name}"
            assert time.monotonic() < end, f"{folder.name} was not made in {seconds} seconds"
            time.sleep(0.5)
        return
    try:
        make(folder)
        done.touch()
    except BaseException:
        failed.touch()
        raise


def shared_folder(own: Path) -> Path:
    """The folder that the workers of one run have in common, given a worker's own."""
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
