"""A store: a folder with partitions of tables, each unit under the key of what it rests on.

The layout::

    store.json            the format, and which Framelines wrote it
    manifest.json         what the partitions say of themselves, in one file; made again where it is missing
    articles/NAME/        partitions: the tables that articles alone decide
    corpora/NAME/         what was made of one corpus as a whole, and which articles are in it
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import json
import os
import tempfile
import time
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import platformdirs
import pyarrow as pa

from analysis.errors import DamagedPartitionError, StoreError, StoreWarning
from analysis.store.locking import hold_lock
from analysis.store.parses import PARSES
from analysis.store.partitions import (
    Partition,
    list_partitions,
    mark_used,
    read_about,
    read_table,
    remove_partition,
    remove_unused,
    write_partition,
)

FORMAT = 1


def cache_folder() -> Path:
    """Where tables are kept: ``FRAMELINES_CACHE``, else the user's cache folder. It may be deleted."""
    given = os.environ.get("FRAMELINES_CACHE")
    return Path(given) if given else Path(platformdirs.user_cache_dir("framelines"))


class Store:
    """The partitions of a folder, found by the keys of their units.

    A store that cannot be written still serves what it holds; what is new is then not kept, which a
    :class:`~analysis.errors.StoreWarning` says once.

    Args:
        folder: The store's folder; made when something is first kept.

    Raises:
        StoreError: It was written by a newer version of Framelines, or cannot be understood.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.articles, self.corpora = self.folder / "articles", self.folder / "corpora"
        self._refused = False
        self._check_format()
        self._partitions = self._list()
        self._places: dict[str, str] = {}
        self._parses: dict[str, str] = {}
        for part in self._partitions.values():
            self._take_up(part)

    def __repr__(self) -> str:
        return f"Store of {len(self._places)} articles in {len(self._partitions)} partitions: {self.folder}"

    def find(self, keys: Iterable[str]) -> dict[str, Partition]:
        """The partition of each key that the store holds."""
        return {key: self._partitions[self._places[key]] for key in keys if key in self._places}

    def prepare(self) -> None:
        """Make the folder, if it is not there.

        Raises:
            OSError: It cannot be made.
        """
        about = self.folder / "store.json"
        if not about.is_file():
            self.folder.mkdir(parents=True, exist_ok=True)
            version = importlib.metadata.version("framelines")
            write_whole(about, json.dumps({"format": FORMAT, "framelines": version}))

    def add(self, made: Partition) -> None:
        """Take up a partition that was written into the folder."""
        self._partitions[made.name] = made
        self._take_up(made)

    def _take_up(self, part: Partition) -> None:
        self._places.update(dict.fromkeys(part.units, part.name))
        self._parses.update(dict.fromkeys(part.about.get(PARSES, ()), part.name))

    def find_parse(self, key: str) -> Partition | None:
        """The partition that holds a parse; None where none does."""
        return self._partitions.get(self._parses.get(key, ""))

    def refuse(self, why: str) -> None:
        """Say once that results cannot be kept."""
        if not self._refused:
            self._refused = True
            warnings.warn(
                f"{self.folder}: results cannot be kept ({why}). The run goes on without; "
                "give another folder with FRAMELINES_CACHE, or make room.",
                StoreWarning,
                stacklevel=3,
            )

    def whole(self, name: str) -> Partition | None:
        """What was made of a corpus as a whole, with the keys of its articles in order."""
        try:
            return read_about(self.corpora / name)
        except DamagedPartitionError:
            return None

    def read_whole(self, partition: Partition, table: str) -> pa.Table:
        """One table of what was made of a corpus as a whole.

        Raises:
            DamagedPartitionError: It is not what was written.
        """
        mark_used(self.corpora / partition.name)
        return read_table(self.corpora, partition, table)

    def keep_whole(
        self, name: str, keys: Sequence[str], tables: Mapping[str, pa.Table], about: Mapping[str, Any]
    ) -> None:
        """Keep what was made of a corpus as a whole; where that cannot be, say so and go on."""
        try:
            self.prepare()
            write_partition(self.corpora, keys, tables, name=name, about=about)
        except OSError as error:
            self.refuse(error.strerror or str(error))

    def read(self, partition: Partition, table: str) -> pa.Table:
        """One table of a partition.

        Raises:
            DamagedPartitionError: It is not what was written.
        """
        mark_used(self.articles / partition.name)
        return read_table(self.articles, partition, table)

    def drop(self, partition: Partition, why: DamagedPartitionError) -> None:
        """Let go of a damaged partition, so that its units are made again."""
        warnings.warn(f"{why} It is made again.", StoreWarning, stacklevel=3)
        remove_partition(self.articles, partition.name)
        self._partitions.pop(partition.name, None)
        for key in partition.units:
            if self._places.get(key) == partition.name:
                del self._places[key]

    def save_manifest(self) -> None:
        """Take away what is not used any more, and write what the others say of themselves into one file."""
        with contextlib.suppress(OSError, TimeoutError), hold_lock(self.folder / "lock"):
            for name in remove_unused(self.articles, time.time()):
                self._partitions.pop(name, None)
            remove_unused(self.corpora, time.time())
            parts = {name: asdict(part) for name, part in sorted(self._partitions.items())}
            text = json.dumps({"format": FORMAT, "partitions": parts})
            if self._read_manifest_text() != text:
                write_whole(self.folder / "manifest.json", text)

    def _check_format(self) -> None:
        try:
            about = json.loads((self.folder / "store.json").read_text(encoding="utf-8"))
            newer = int(about["format"]) > FORMAT
        except (FileNotFoundError, NotADirectoryError):
            # What is no folder holds nothing; that nothing can be kept there is said when it is tried.
            return
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(
                f"The store cannot be understood: {error}.",
                where=str(self.folder / "store.json"),
                todo="Remove that file; the partitions beside it are used again.",
            ) from None
        if newer:
            raise StoreError(
                f"The store was written by a newer Framelines ({about.get('framelines', 'unknown')}).",
                where=str(self.folder),
                allowed=f"This version reads stores up to format {FORMAT}.",
                todo="Use that version, or give another folder with FRAMELINES_CACHE.",
            )

    def _list(self) -> dict[str, Partition]:
        """Every partition of the folder: as the manifest says, else as it says itself."""
        known = self._read_manifest()
        found: dict[str, Partition] = {}
        for name in list_partitions(self.articles):
            try:
                found[name] = known.get(name) or read_about(self.articles / name)
            except DamagedPartitionError as why:
                warnings.warn(f"{why} It is made again.", StoreWarning, stacklevel=3)
                remove_partition(self.articles, name)
        return found

    def _read_manifest_text(self) -> str:
        try:
            return (self.folder / "manifest.json").read_text(encoding="utf-8")
        except (OSError, ValueError):
            return ""

    def _read_manifest(self) -> dict[str, Partition]:
        try:
            parts = json.loads(self._read_manifest_text())["partitions"]
            return {
                name: Partition(**(part | {"units": tuple(part["units"])})) for name, part in parts.items()
            }
        except (ValueError, KeyError, TypeError, AttributeError):
            return {}


def write_whole(path: Path, text: str) -> None:
    """Write a file under another name and move it into place.

    Raises:
        OSError: It cannot be written.
    """
    handle, draft = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(draft, path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(draft)
