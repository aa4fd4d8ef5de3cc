"""Where partitions are worked on changes nothing in the tables; faults there cost nothing that was done."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from made_archive import assert_same, extract_apart, list_kept, write_archive
from spacy.language import Language
from spacy.tokens import Doc

import analysis as an
from analysis.engine import LocalEngine, open_engine
from analysis.errors import SchedulerError, WorkerLostError
from analysis.language.pipeline import COMPONENTS, build_pipeline, text_of
from analysis.store import Store
from analysis.store import extracting as store_extracting
from analysis.store import filling as store_filling
from analysis.store.batches import extract_batch

# So many that a run is still at work when its first partition has been seen.
PAGES, PARTITION = 60, 5


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    return write_archive(tmp_path_factory.mktemp("archive"), PAGES)


@pytest.fixture(autouse=True)
def small_partitions(monkeypatch) -> None:
    monkeypatch.setattr(store_filling, "FEW", PARTITION)


@pytest.fixture(scope="module")
def undisturbed(archive, tmp_path_factory) -> an.Tables:
    return extract_apart(archive, tmp_path_factory.mktemp("undisturbed"))


def square(number: int) -> int:
    return number * number


def fail_at_three(number: int) -> int:
    if number == 3:
        raise ValueError("three")
    return number


def end_at_three(number: int) -> int:
    if number == 3:
        os._exit(1)
    return number


# The engines


@pytest.mark.parametrize("size", [0, 1, 50])
def test_results_come_in_the_order_of_the_items(two, size):
    for engine in (LocalEngine(), two):
        assert list(engine.map(square, range(size))) == [n * n for n in range(size)]


def test_an_error_of_the_function_is_raised(two):
    for engine in (LocalEngine(), two):
        with pytest.raises(ValueError, match="three"):
            list(engine.map(fail_at_three, range(5)))


def test_an_item_over_which_workers_end_costs_no_other(two):
    found = dict(two.attempt(end_at_three, range(6)))
    assert isinstance(found.pop(3), WorkerLostError)
    assert found == {n: n for n in (0, 1, 2, 4, 5)}


def test_a_scheduler_whose_workers_do_not_come_back_is_given_up(monkeypatch):
    monkeypatch.setattr("analysis.engine._SECONDS_TO_RETURN", 1)
    monkeypatch.setattr("analysis.engine._SECONDS_A_LOOK", 1)
    with open_engine(workers=2) as engine:
        engine.client.cluster.scale(0)
        with pytest.raises(SchedulerError, match="has had no worker for 1 seconds"):
            list(engine.map(square, [1]))


def test_a_scheduler_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setattr("analysis.engine._SECONDS_TO_CONNECT", 1)
    told = pytest.raises(SchedulerError, match=r"tcp://127\.0\.0\.1:9[\s\S]*dask scheduler")
    with told, open_engine(scheduler="tcp://127.0.0.1:9"):
        pytest.fail("nobody listens there")


# The same tables wherever


def test_two_workers_give_the_tables_of_one_process(archive, undisturbed, two, cache):
    assert_same(an.extract(an.load(archive), engine=two), undisturbed)
    assert len(list_kept(cache)) > 1
    assert_same(an.extract(an.load(archive)), undisturbed)


@contextlib.contextmanager
def own_scheduler(folder: Path) -> Iterator[str]:
    """A scheduler and two workers, each a process of its own, on loopback; gives the address."""
    dask, file = [sys.executable, "-m", "dask"], folder / "scheduler.json"
    with contextlib.ExitStack() as started:

        def start(*arguments: str) -> None:
            log = started.enter_context(
                (folder / f"{len(list(folder.iterdir()))}.log").open("w", encoding="utf-8")
            )
            process = subprocess.Popen([*dask, *arguments], stdout=log, stderr=log)
            started.callback(process.wait)
            started.callback(process.terminate)

        start(
            "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)
        )
        for _ in range(2):
            start(
                "worker", "--scheduler-file", str(file), "--host", "127.0.0.1", "--nthreads", "1",
                "--no-dashboard", "--local-directory", str(folder / "space"),
            )  # fmt: skip
        while not file.is_file():
            time.sleep(0.1)
        address = ""
        while not address:
            with contextlib.suppress(ValueError):
                address = json.loads(file.read_text(encoding="utf-8"))["address"]
        yield address


@pytest.mark.timeout(240)
def test_a_scheduler_of_ones_own_gives_the_tables_of_one_process(archive, tmp_path):
    written = {}
    (tmp_path / "dask").mkdir()
    with own_scheduler(tmp_path / "dask") as address:
        for name, arguments in {"one": [], "cluster": ["--scheduler", address]}.items():
            environment = os.environ | {"FRAMELINES_CACHE": str(tmp_path / f"cache-{name}")}
            out = tmp_path / name
            command = [sys.executable, "-m", "analysis", "extract", str(archive), "--out", str(out)]
            done = subprocess.run(
                [*command, "--format", "jsonl", *arguments],
                capture_output=True, encoding="utf-8", env=environment, check=False,
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
            written[name] = {path.name: path.read_bytes() for path in out.glob("*.jsonl")}
            if arguments:
                assert address in done.stdout
    assert written["one"] == written["cluster"]


# Faults


def test_a_worker_killed_in_the_middle_costs_nothing(archive, undisturbed, cache):
    with open_engine(workers=2) as engine:
        processes = list(engine.client.run(os.getpid).values())

        def kill() -> None:
            while not list_kept(cache):
                time.sleep(0.02)
            os.kill(processes[0], signal.SIGKILL)

        killer = threading.Thread(target=kill)
        killer.start()
        tables = an.extract(an.load(archive), engine=engine)
        killer.join()
    assert_same(tables, undisturbed)
    assert_same(an.extract(an.load(archive)), undisturbed)


SMALL = f"import sys; from analysis.store import filling; filling.FEW = {PARTITION}\n"
EXTRACT = "import analysis as an\nan.extract(an.load(sys.argv[1]))\n"


def start_run(archive: Path, cache: Path, code: str = EXTRACT) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", SMALL + code, str(archive)],
        env=os.environ | {"FRAMELINES_CACHE": str(cache)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def wait_for_first(cache: Path, run: subprocess.Popen) -> None:
    while not list_kept(cache):
        assert run.poll() is None, run.stderr.read()
        time.sleep(0.02)


def list_written(cache: Path) -> dict[Path, int]:
    """When each partition was written. The folder's own time tells when it was last read."""
    return {path: (path / "partition.json").stat().st_mtime_ns for path in list_kept(cache)}


def test_a_run_killed_in_the_middle_is_gone_on_with(archive, undisturbed, cache):
    run = start_run(archive, cache)
    wait_for_first(cache, run)
    run.kill()
    run.wait()
    kept = list_written(cache)
    assert kept
    assert_same(an.extract(an.load(archive)), undisturbed)
    assert kept.items() <= list_written(cache).items()


def test_ctrl_c_stops_in_a_word_and_keeps_what_was_done(archive, undisturbed, cache, tmp_path):
    out = ["--out", str(tmp_path / "out")]
    # What a shell starts in the background is deaf to Ctrl-C, and so is what that starts.
    code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    code += f"from analysis.cli import main; sys.exit(main(['extract', sys.argv[1], *{out!r}]))"
    run = start_run(archive, cache, code)
    wait_for_first(cache, run)
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=60)
    assert run.returncode == 130
    assert "Interrupted. What was finished is kept." in said
    assert "Traceback" not in said
    assert not (tmp_path / "out").exists()
    kept = list_kept(cache)
    assert kept
    assert_same(an.extract(an.load(archive)), undisturbed)
    assert kept <= list_kept(cache)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
def test_a_full_disk_costs_no_result_and_the_next_run_keeps_it(archive, undisturbed, cache):
    # Files may not grow beyond four kilobytes: what the system says of a disk that is full.
    code = (
        "import resource, signal\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "import analysis as an\n"
        "print(an.extract(an.load(sys.argv[1])))\n"
    )
    run = start_run(archive, cache, code)
    printed, said = run.communicate(timeout=120)
    assert run.returncode == 0, said
    assert printed.strip() == repr(undisturbed)
    assert "results cannot be kept" in said
    assert not list(cache.rglob(".draft-*"))
    assert_same(an.extract(an.load(archive)), undisturbed)
    assert list_kept(cache)


TRAPS: dict[str, Callable[[], None]] = {}


@Language.component("framelines_test_trap")
def spring_traps(doc: Doc) -> Doc:
    for word, act in TRAPS.items():
        if word in text_of(doc):
            act()
    return doc


@pytest.fixture
def trap() -> Iterator[dict[str, Callable[[], None]]]:
    """A step at the end of the pipeline that does something at articles with a word in them."""
    nlp = build_pipeline(COMPONENTS)
    nlp.add_pipe("framelines_test_trap")
    yield TRAPS
    TRAPS.clear()
    nlp.remove_pipe("framelines_test_trap")


def raise_error() -> None:
    raise RuntimeError("stumbled")


def loop_for_ever() -> None:
    while True:
        pass


def ask_for_too_much() -> None:
    raise MemoryError


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (raise_error, "An extractor failed at the article: RuntimeError: stumbled"),
        (loop_for_ever, "The article took longer than it may."),
        (ask_for_too_much, "The article needs more memory than there is."),
    ],
)
def test_an_article_that_cannot_be_extracted_from_costs_no_other(
    archive, undisturbed, cache, trap, monkeypatch, act, told
):
    monkeypatch.setattr("analysis.store.batches.WORDS_A_SECOND", 10_000)
    trap["Page 17 of the archive"] = act
    tables = an.extract(an.load(archive), page_seconds=5.0)
    (row,) = tables.problems[tables.problems["severity"] == "error"].to_dict("records")
    assert (row["page"], row["article_id"]) == ("page-0017.txt", "page-0017.txt#0")
    assert row["what"] == told
    assert "page-0017.txt#0" not in set(tables.sentences["article_id"])
    assert tables.sentences["article_id"].nunique() == PAGES - 1
    trap.clear()
    assert_same(an.extract(an.load(archive)), undisturbed)


def extract_two_at_most(folder: Path, batch: tuple):
    """Work that ends its process where there is more of it than two articles, or the one that is too much."""
    if len(batch) > 2 or any(unit.item.article.page == "page-0003.txt" for unit in batch):
        os._exit(1)
    return extract_batch(folder, False, 30.0, batch)


def test_a_batch_that_is_too_much_for_a_worker_is_made_in_halves(tmp_path, cache, two):
    corpus = an.load(write_archive(tmp_path / "pages", 6))
    store = Store(cache)
    topical, _, _ = store_extracting.choose_packs(corpus)
    units = store_extracting._list_units(corpus, topical, store, False)
    loose: list = []
    problems = store_extracting._fill(
        store, two, partial(extract_two_at_most, store.partitions), units, loose, None
    )
    (problem,) = problems
    assert (problem.article_id, problem.severity) == ("page-0003.txt#0", "error")
    assert "too much for a worker" in problem.what
    assert len(store.find(unit.key for unit in units)) == 5
    assert not loose
