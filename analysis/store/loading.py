"""Load a corpus through a store: files that have not changed, nor what they rest on, are not read again."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from analysis.collecting import collect_seldom
from analysis.corpus import Corpus
from analysis.corpus.articles import ArticleIds
from analysis.corpus.load import Plan, claim_ids, find_unused, hash_inputs, nothing_read, plan_corpus
from analysis.corpus.reading.readers import CONTAINERS
from analysis.corpus.splitting.profile import Profile, profile_corpus
from analysis.corpus.topics import TopicMatch
from analysis.engine import Engine, LocalEngine
from analysis.errors import DamagedPartitionError, Problem, WorkerLostError
from analysis.progress import Progress
from analysis.store.arrow import MARKS, MATCHES, READINGS, UNIT
from analysis.store.filling import attempt_batches
from analysis.store.folder import Store, cache_folder
from analysis.store.keys import fingerprint_extraction, hash_pack
from analysis.store.pages import (
    StoredPages,
    StoredRows,
    build_article,
    build_match,
    build_page,
    build_problem,
    build_segment,
    pack_problems,
    unpack_marks,
)
from analysis.store.partitions import hash_file
from analysis.store.reading import File, Job, MadeOfFiles, load_batch, mark_batch

# Nanoseconds: a file changed so shortly before it was listed may be changed again without a later time.
_SETTLED = 2_000_000_000
# A disk that damages what is written to it is given up.
_TRIES = 2
_SCHEMAS = {
    "files": pa.schema(
        [("name", pa.string()), ("size", pa.int64()), ("changed", pa.int64()), ("sha256", pa.string())]
    ),
    "repeated": pa.schema([("line", pa.int64()), ("count", pa.int64())]),
    "renamed": pa.schema([(UNIT, pa.string()), ("old", pa.string()), ("new", pa.string())]),
}


class _Work(NamedTuple):
    """Where a load works, and whom it tells."""

    store: Store
    engine: Engine
    progress: Progress | None = None
    tell: Callable[[str], None] = lambda _: None


class Listing(NamedTuple):
    """The files of an input as they are found.

    ``name`` is what the store keeps of the input under, ``state`` the hash of all that its corpus rests on
    but the files' bytes; ``stats`` has size and time of the last change of each file, ``begun`` when they
    were asked, in nanoseconds; ``today`` is the day.
    """

    name: str
    state: str
    stats: tuple[tuple[int, int], ...]
    begun: int
    today: str


@collect_seldom()
def load(
    path: str | Path,
    *,
    topic: str | Iterable[str] = "auto",
    progress: Progress | None = None,
    engine: Engine | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Corpus:
    """Load a folder, a file or a glob of news pages, reading only what the store does not hold.

    Args:
        path: A folder (read recursively), a file, or a glob. Its ``corpus.toml`` says what is known.
        topic: "auto" takes the packs named in ``corpus.toml``, else each shipped pack that applies;
            "none" finds events of any subject; or names of topic packs.
        progress: Called as files are read.
        engine: Where files are read: this process, or Dask's workers; see :mod:`analysis.engine`.
        tell: Called with a line that says how many files the store held.

    Returns:
        The corpus. A file that cannot be read becomes a row of ``corpus.problems``; the rest is loaded.

    Raises:
        CorpusNotFoundError: There is nothing at ``path``.
        CorpusEmptyError: Nothing there could be read.
        CorpusFormatError: ``corpus.toml`` cannot be understood.
        CodebookError: A codebook or topic pack that it names breaks the rules.
        UnknownNameError: There is no topic pack or codebook of that name.
        StoreError: The store was written by a newer version.
    """
    plan, store = plan_corpus(path, topic=topic), Store(cache_folder(), "pages")
    listing = _list_files(plan)
    corpus = _load_unchanged(plan, store, listing)
    if corpus is not None:
        tell("No file has changed since it was read last.")
        return corpus
    work = _Work(store, engine or LocalEngine(), progress, tell)
    pages, problems, about = _load_pages(plan, listing, work)
    # Not before: a load that finds damage begins anew by itself.
    pages.remake = partial(_remake, plan, listing, store)
    store.save_manifest()
    return _make_corpus(plan, pages, problems, about)


def _list_files(plan: Plan) -> Listing:
    begun, today = time.time_ns(), datetime.date.today().isoformat()
    stats = tuple(_stat(file) for file in plan.files)
    rests_on = [
        fingerprint_extraction(),
        plan.path.is_dir(),
        list(plan.names.values()),
        stats,
        _hash_packs(plan),
        [vars(rule) for rule in plan.settings.pages],
        [book.sha256 for book in plan.codebooks],
        [problem.to_row() for problem in plan.problems],
    ]
    name = _hash(str(plan.root.resolve()), str(plan.path), plan.topic)
    return Listing(name, _hash(rests_on), stats, begun, today)


def _stat(file: Path) -> tuple[int, int]:
    """Size and time of the last change; what is not told is as if it had just been changed."""
    try:
        found = file.stat()
    except OSError:
        return 0, time.time_ns()
    return found.st_size, found.st_mtime_ns or time.time_ns()


def _hash(*parts: Any) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()[:32]


def _hash_packs(plan: Plan) -> str:
    return _hash([hash_pack(pack) for pack in plan.packs])


def _hash_readable(file: Path) -> str:
    """The hash of a file's bytes; empty where it cannot be read, which is told when it is loaded."""
    try:
        return hash_file(file)
    except OSError:
        return ""


def _load_unchanged(plan: Plan, store: Store, listing: Listing) -> Corpus | None:
    """The corpus as it was loaded last time; None where something has changed or is missing."""
    kept = store.whole(listing.name)
    if kept is None or kept.about["state"] != listing.state or kept.about["day"] not in ("", listing.today):
        return None
    settled = all(changed + _SETTLED < kept.about["begun"] for _, changed in listing.stats)
    if not settled or len(store.find(kept.units)) < len(set(kept.units)):
        return None
    names = ("problems", "repeated", "renamed")
    try:
        told = {name: store.read_whole(kept, name).to_pylist() for name in names}
    except DamagedPartitionError:
        return None
    profile = Profile(kept.about["profiled"], {row["line"]: row["count"] for row in told["repeated"]})
    renamed = {(row[UNIT], row["old"]): row["new"] for row in told["renamed"]}

    pages = StoredPages(store, kept.units, (), profile, renamed, partial(_remake, plan, listing, store))
    return _make_corpus(plan, pages, tuple(map(build_problem, told["problems"])), kept.about)


def _remake(plan: Plan, listing: Listing, store: Store) -> StoredPages:
    return _load_pages(plan, listing, _Work(store, LocalEngine()))[0]


def _load_pages(
    plan: Plan, listing: Listing, work: _Work
) -> tuple[StoredPages, tuple[Problem, ...], dict[str, Any]]:
    """Load an input of which the store lacks something: its pages, its problems, and what is told of both."""
    for _ in range(_TRIES):
        # What is damaged is gone from the store when it is found, and then made again.
        with contextlib.suppress(DamagedPartitionError):
            return _load_once(plan, listing, work)
    return _load_once(plan, listing, work)


def _load_once(
    plan: Plan, listing: Listing, work: _Work
) -> tuple[StoredPages, tuple[Problem, ...], dict[str, Any]]:
    known = _read_known(work.store, listing)
    seen = ((path, plan.names[path], stat) for path, stat in zip(plan.files, listing.stats, strict=True))
    files = [File(path, name, known.get((name, *stat)) or _hash_readable(path)) for path, name, stat in seen]
    profile, repeated = _profile(plan, files, work)
    packs = _hash_packs(plan)
    jobs = [
        _plan_job(plan, packs, file, lines, listing.today)
        for file, lines in zip(files, repeated, strict=True)
    ]
    units, loose, lost = _read_files(plan, jobs, profile.pages, work)
    keys = tuple(units.values())
    renamed, doubles = _claim_ids(StoredPages(work.store, keys, loose, profile))
    pages = StoredPages(work.store, keys, loose, profile, renamed)
    # What is damaged must be found here, where it can be made again.
    readings, _ = pages.read(READINGS), pages.read(MATCHES)
    met = readings["name"].to_pylist()
    own = map(build_problem, pages.read("problems").to_pylist())
    problems = (*plan.problems, *own, *lost, *doubles, *find_unused(plan, met))
    counts = {name: pages.count(name) for name in ("pages", "segments", "articles")}
    if not (counts["pages"] or counts["articles"]):
        raise nothing_read(plan, problems)
    is_open = any(units.get(job.file.path) == job.open_key for job in jobs)
    about = {
        **counts,
        "inputs": hash_inputs(plan, zip(met, readings["sha256"].to_pylist(), strict=True)),
        "fingerprint": "",
        "profiled": profile.pages,
        "state": listing.state,
        "begun": listing.begun,
        "day": listing.today if is_open else "",
    }
    about["fingerprint"] = _make_corpus(plan, pages, problems, about).fingerprint
    if not loose and not lost:
        _keep(work.store, listing, files, pages, problems, about)
    return pages, problems, about


def _read_known(store: Store, listing: Listing) -> dict[tuple[str, int, int], str]:
    """The hashes of the files that have not changed since the input was loaded last."""
    kept = store.whole(listing.name)
    try:
        rows = store.read_whole(kept, "files").to_pylist() if kept else []
    except DamagedPartitionError:
        rows = []
    return {
        (row["name"], row["size"], row["changed"]): row["sha256"]
        for row in rows
        if kept and row["changed"] + _SETTLED < kept.about["begun"]
    }


def _profile(plan: Plan, files: Sequence[File], work: _Work) -> tuple[Profile, list[dict[int, int]]]:
    """Pass 1: what the corpus repeats, and which of it stands in each file, on how many pages."""
    keys = [_hash(fingerprint_extraction(), MARKS, file.path.suffix.lower(), file.sha256) for file in files]
    held = work.store.find(keys)
    missing = {key: file for key, file in zip(keys, files, strict=True) if key not in held}
    loose: list[MadeOfFiles] = []
    mark = partial(mark_batch, work.store.partitions, plan.root)
    begun = len(files) - len(missing)
    for _, made in attempt_batches(
        work.engine, mark, tuple(missing.items()), work.progress, "Looking for lines that repeat", begun
    ):
        # What is too much for a worker is told when it is loaded.
        if not isinstance(made, WorkerLostError):
            _take_up(work.store, made, loose)
    table = work.store.read_units(tuple(dict.fromkeys(keys)), loose, [MARKS])[MARKS]
    profile = profile_corpus(page for pages in unpack_marks(table, keys) for page in pages)
    repeated = [
        {line: profile.repeated[line] for line in sorted(lines)}
        for lines in (
            {line for page in pages for line in (*page.hashes, *page.joined) if line in profile.repeated}
            for pages in unpack_marks(table, keys)
        )
    ]
    return profile, repeated


def _plan_job(plan: Plan, packs: str, file: File, repeated: dict[int, int], today: str) -> Job:
    """A file with the keys of what it gives: they rest on its bytes and on what is known of it."""
    # Which pages an archive holds is not known before it is read.
    rules = plan.settings.pages if file.path.suffix.lower() in CONTAINERS else [plan.settings.of(file.name)]
    key = _hash(
        fingerprint_extraction(),
        file.name,
        file.sha256,
        [vars(rule) for rule in rules],
        packs,
        list(repeated),
    )
    return Job(file, key, _hash(key, today), repeated)


def _read_files(
    plan: Plan, jobs: Sequence[Job], profiled: int, work: _Work
) -> tuple[dict[Path, str], list[MadeOfFiles], list[Problem]]:
    """Pass 2: the key that each file's tables stand under, what could not be kept, and what was lost."""
    held = work.store.find(key for job in jobs for key in (job.key, job.open_key))
    units = {job.file.path: job.key if job.key in held else job.open_key for job in jobs}
    missing = tuple(job for job in jobs if units[job.file.path] not in held or not job.file.sha256)
    loose: list[MadeOfFiles] = []
    lost: list[Problem] = []
    read = partial(load_batch, work.store.partitions, plan.root, plan.settings, plan.packs, profiled)
    begun = len(jobs) - len(missing)
    if begun:
        work.tell(f"{begun:,} of {len(jobs):,} files need not be read again.")
    for batch, made in attempt_batches(work.engine, read, missing, work.progress, "Reading files", begun):
        if isinstance(made, WorkerLostError):
            lost.append(_tell_lost(batch[0].file.name, made))
            del units[batch[0].file.path]
            continue
        units |= made.keys
        _take_up(work.store, made, loose)
    return units, loose, lost


def _take_up(store: Store, made: MadeOfFiles, loose: list[MadeOfFiles]) -> None:
    if made.partition:
        store.add(made.partition)
    if made.refused:
        store.refuse(made.refused)
    if made.units:
        loose.append(made)


def _tell_lost(page: str, error: WorkerLostError) -> Problem:
    return Problem(
        "read",
        "error",
        f"The file was too much for a worker: {error.what}",
        "The other files were read; the next run tries this one again.",
        "Split it, or give the workers more memory.",
        page,
    )


def _claim_ids(pages: StoredPages) -> tuple[dict[tuple[str, str], str], list[Problem]]:
    """New ids for articles whose own an earlier file has taken."""
    table = pages.read("articles")
    wanted: dict[str, list[tuple[str, str]]] = {}
    columns = (table[name].to_pylist() for name in (UNIT, "article_id", "page"))
    for unit, article_id, page in zip(*columns, strict=True):
        wanted.setdefault(unit, []).append((article_id, page))
    ids, renamed, problems = ArticleIds(), {}, []
    for unit, articles in wanted.items():
        found, told = claim_ids(ids, articles)
        renamed |= {(unit, old): new for old, new in found.items()}
        problems += told
    return renamed, problems


def _keep(
    store: Store,
    listing: Listing,
    files: Sequence[File],
    pages: StoredPages,
    problems: Sequence[Problem],
    about: Mapping[str, Any],
) -> None:
    """Keep what the next load of the same input asks first."""
    stats = zip(files, listing.stats, strict=True)
    rows = {
        "files": [
            {"name": file.name, "size": size, "changed": changed, "sha256": file.sha256}
            for file, (size, changed) in stats
        ],
        "repeated": [{"line": line, "count": count} for line, count in pages.profile.repeated.items()],
        "renamed": [{UNIT: unit, "old": old, "new": new} for (unit, old), new in pages.renamed.items()],
    }
    tables = {name: pa.Table.from_pylist(found, schema=_SCHEMAS[name]) for name, found in rows.items()}
    store.keep_whole(listing.name, pages.keys, tables | {"problems": pack_problems(problems)}, about)


def _make_corpus(
    plan: Plan, pages: StoredPages, problems: tuple[Problem, ...], about: Mapping[str, Any]
) -> Corpus:
    def rows(name: str, build: Callable[[dict[str, Any]], Any]) -> StoredRows:
        return StoredRows(partial(pages.read, name), partial(pages.read_parts, name), build, about[name])

    def matches(pack: str) -> StoredRows[TopicMatch]:
        read = partial(pages.read_matches, pack)
        return StoredRows(read, lambda: [read()], build_match, about["articles"])

    return Corpus(
        plan.path,
        rows("pages", build_page),
        rows("segments", build_segment),
        rows("articles", build_article),
        problems,
        plan.topic,
        tuple((name, sha256) for name, sha256 in about["inputs"]),
        plan.codebooks,
        {pack.name: matches(pack.name) for pack in plan.packs},
        about["fingerprint"],
    )
