"""Partitions: what was made of some units at one time, one Parquet file a table, in a folder of its own.

A folder is written under another name and then moved into place: it is there as a whole or not at all.
``partition.json`` in it says what it holds, with the checksum of each file. Nothing is pickled.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import itertools
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from analysis.errors import DamagedPartitionError

ABOUT = "partition.json"
# A draft that is older than this many seconds was left behind by a run that was ended.
LEFT_BEHIND = 24 * 3600
# A partition that was not read for so many seconds is of pages, codebooks or code that nobody uses now.
UNUSED = 60 * 24 * 3600
_DRAFT = ".draft-"
# Rows read at a time of a table that is read in parts.
_ROWS = 50_000

# A table that is made in parts, anew each time it is asked for.
Parts = Callable[[], Iterable[pa.Table]]


@dataclass(frozen=True)
class Partition:
    """A partition of a store.

    Attributes:
        name: Its folder.
        units: The keys of its units.
        files: Rows, bytes and SHA-256 of each table's file.
        about: What else is to be known of it.
    """

    name: str
    units: tuple[str, ...]
    files: Mapping[str, Mapping[str, Any]]
    about: Mapping[str, Any] = field(default_factory=dict)


def write_partition(
    folder: Path,
    units: Sequence[str],
    tables: Mapping[str, pa.Table | Parts],
    *,
    name: str = "",
    about: Mapping[str, Any] | None = None,
) -> Partition:
    """Write a partition into a folder of partitions.

    Two runs that make the same units write the same name, and mean the same by it: the last one stays.

    Args:
        folder: The folder of partitions; made if it is not there.
        units: The keys of the units.
        tables: The rows of each table, or what gives them in parts, one at least.
        name: Its name, where the units are not to give it.
        about: What else is to be known of it, as JSON can hold it.

    Raises:
        OSError: The folder cannot be written, or the disk is full. Nothing is left of the partition.
    """
    name = name or hashlib.sha256("\n".join(units).encode()).hexdigest()[:32]
    folder.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=folder))
    try:
        files = {}
        for table, rows in tables.items():
            path = draft / f"{table}.parquet"
            number = _write_table(path, (rows,) if isinstance(rows, pa.Table) else rows())
            files[table] = {"rows": number, "bytes": path.stat().st_size, "sha256": hash_file(path)}
        made = Partition(name, tuple(units), files, about or {})
        (draft / ABOUT).write_text(json.dumps(vars(made)), encoding="utf-8")
        _move_into_place(draft, folder / name)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return made


def _write_table(path: Path, parts: Iterable[pa.Table]) -> int:
    """Write the parts of a table one below the other; gives the number of rows."""
    number, left = 0, iter(parts)
    first = next(left)
    with pq.ParquetWriter(path, first.schema, compression="zstd") as writer:
        for part in itertools.chain((first,), left):
            # An empty part would be a row group of its own.
            if part.num_rows:
                writer.write_table(part)
            number += part.num_rows
    return number


def _move_into_place(draft: Path, place: Path) -> None:
    """A folder that is there already is moved away first: it may be damaged."""
    for _ in range(3):
        with contextlib.suppress(FileNotFoundError):
            place.rename(draft / "before")
        try:
            draft.rename(place)
            break
        except OSError as error:
            # Another run has just written it.
            if not isinstance(error, FileExistsError) and error.errno != errno.ENOTEMPTY:
                raise
    shutil.rmtree(place / "before", ignore_errors=True)


def read_about(folder: Path) -> Partition:
    """What the partition in a folder says of itself.

    Raises:
        DamagedPartitionError: It says nothing that can be understood.
    """
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        return Partition(folder.name, tuple(about["units"]), dict(about["files"]), dict(about["about"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedPartitionError(
            f"The partition cannot be read: {error or type(error).__name__}.", where=str(folder)
        ) from None


def read_table(folder: Path, partition: Partition, table: str) -> pa.Table:
    """One table of a partition, its checksum compared.

    Raises:
        DamagedPartitionError: The file is missing, or not what was written.
    """
    with _open(folder, partition, table) as file:
        return pq.read_table(file)


def read_parts(folder: Path, partition: Partition, table: str) -> Iterator[pa.Table]:
    """One table of a partition in parts, its checksum compared before the first.

    Yields:
        Some ten thousand rows at a time; one part at least.

    Raises:
        DamagedPartitionError: The file is missing, or not what was written.
    """
    with _open(folder, partition, table) as file:
        found = pq.ParquetFile(file)
        if not found.metadata.num_rows:
            yield found.schema_arrow.empty_table()
        for batch in found.iter_batches(_ROWS):
            yield pa.Table.from_batches([batch])


@contextlib.contextmanager
def _open(folder: Path, partition: Partition, table: str) -> Iterator[pa.BufferReader]:
    """A file of a partition, once its checksum is known to be right.

    Its bytes are Arrow's own. Threads of Arrow's that hold bytes of Python's wait for the interpreter to let
    them go: where it is ending, the process is aborted.
    """
    path = folder / partition.name / f"{table}.parquet"
    try:
        with pa.OSFile(str(path)) as file:
            content = file.read_buffer()
        if hashlib.sha256(content).hexdigest() != partition.files[table]["sha256"]:
            raise DamagedPartitionError(
                "The file is not what was written: its checksum differs.", where=str(path)
            )
        yield pa.BufferReader(content)
    except (OSError, KeyError, pa.ArrowException) as error:
        raise DamagedPartitionError(f"The file cannot be read: {error}.", where=str(path)) from None


def remove_partition(folder: Path, name: str) -> None:
    """Take a partition away; where that is not allowed, it stays."""
    shutil.rmtree(folder / name, ignore_errors=True)


def list_partitions(folder: Path) -> list[str]:
    """The names of the partitions in a folder, in order; drafts are none."""
    try:
        names = [entry.name for entry in os.scandir(folder)]
    except (FileNotFoundError, NotADirectoryError):
        return []
    return sorted(name for name in names if not name.startswith(_DRAFT))


def mark_used(folder: Path) -> None:
    """Note that a partition is in use; where that cannot be written, it is not noted."""
    with contextlib.suppress(OSError):
        os.utime(folder)


def remove_unused(folder: Path, now: float) -> list[str]:
    """Take away partitions that nobody has read for long, and what runs that were ended have left behind.

    Returns:
        The names of the partitions that are gone.
    """
    gone = []
    for entry in folder.iterdir() if folder.is_dir() else ():
        is_draft = entry.name.startswith(_DRAFT)
        with contextlib.suppress(OSError):
            if now - entry.stat().st_mtime > (LEFT_BEHIND if is_draft else UNUSED):
                shutil.rmtree(entry, ignore_errors=True)
                gone += [] if is_draft else [entry.name]
    return gone


def hash_file(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
