"""One batch of files to a partition, wherever that runs: in this process or in a worker's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from analysis.codebooks import TopicPack
from analysis.corpus.load import Loaded, load_file, mark_file
from analysis.corpus.reading.readers import CONTAINERS
from analysis.corpus.settings import Settings
from analysis.corpus.splitting.profile import Profile
from analysis.store.arrow import MARKS
from analysis.store.pages import can_tell_rules, pack_loaded, pack_marks
from analysis.store.partitions import Partition, hash_file, write_partition


class File(NamedTuple):
    """A file: where it stands, its name in the corpus, the hash of its bytes (empty if it cannot be read)."""

    path: Path
    name: str
    sha256: str


class Job(NamedTuple):
    """A file to be loaded.

    Its tables stand under ``key``; under ``open_key`` where a date in them rests on the day it was read.
    ``repeated`` has its lines that the corpus repeats, and on how many pages they stand.
    """

    file: File
    key: str
    open_key: str
    repeated: Mapping[int, int]


@dataclass(frozen=True)
class MadeOfFiles:
    """What became of a batch of files.

    Attributes:
        partition: The partition that was written, if one was.
        keys: Each file, and the key that its tables stand under.
        units: The keys of what could not be kept.
        tables: The tables of these.
        refused: Why the store could not be written; empty where it could.
    """

    partition: Partition | None = None
    keys: Mapping[Path, str] = field(default_factory=dict)
    units: tuple[str, ...] = ()
    tables: Mapping[str, pa.Table] = field(default_factory=dict)
    refused: str = ""


def mark_batch(folder: Path, root: Path, batch: Sequence[tuple[str, File]]) -> MadeOfFiles:
    """Read what pass 1 asks of some files, each with its key, and write the partition."""
    units = tuple(key for key, _ in batch)
    tables = {MARKS: pack_marks((key, list(mark_file(file.path, root))) for key, file in batch)}
    try:
        return MadeOfFiles(write_partition(folder, units, tables))
    except OSError as error:
        return MadeOfFiles(None, {}, units, tables, error.strerror or str(error))


def load_batch(
    folder: Path,
    root: Path,
    settings: Settings,
    packs: Sequence[TopicPack],
    profiled: int,
    batch: Sequence[Job],
) -> MadeOfFiles:
    """Load some files and write the partition.

    Args:
        folder: The folder of partitions.
        root: The folder that names are relative to.
        settings: What the user knows.
        packs: The topic packs to try.
        profiled: The number of pages that pass 1 has read.
        batch: The files.
    """
    profile = Profile(profiled, {line: count for job in batch for line, count in job.repeated.items()})
    names = [pack.name for pack in packs]
    kept: list[tuple[str, Sequence[Loaded]]] = []
    others: list[tuple[str, Sequence[Loaded]]] = []
    keys = {}
    for job in batch:
        items = list(load_file(job.file.path, root, settings, packs, profile))
        keys[job.file.path] = job.open_key if any(item.is_open for item in items) else job.key
        (kept if _can_be_kept(job, items, profile) else others).append((keys[job.file.path], items))
    tables, refused, partition = pack_loaded(kept, names, profile), "", None
    if kept:
        try:
            partition = write_partition(folder, [key for key, _ in kept], tables)
        except OSError as error:
            refused, others = error.strerror or str(error), [*kept, *others]
    units = tuple(key for key, _ in others)
    return MadeOfFiles(partition, keys, units, pack_loaded(others, names, profile) if units else {}, refused)


def _can_be_kept(job: Job, items: Sequence[Loaded], profile: Profile) -> bool:
    """Not what cannot be read, or has just changed; nor pages of an archive that is not named as one."""
    is_archive = job.file.path.suffix.lower() in CONTAINERS
    # No rule of the user's was asked for these.
    if not is_archive and any(item.name != job.file.name for item in items):
        return False
    # What is in an archive has hashes of its own, and what could not be read has none.
    if any(item.sha256 != job.file.sha256 for item in items) and not _is_still(job.file):
        return False
    return all(can_tell_rules(item, profile) for item in items)


def _is_still(file: File) -> bool:
    try:
        return hash_file(file.path) == file.sha256
    except OSError:
        return False
