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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import platformdirs
import pyarrow as pa

from analysis.errors import DamagedPartitionError, StoreError, StoreWarning
from analysis.store.arrow import make_schema, order_rows
from analysis.store.locking import hold_lock
from analysis.store.parses import PARSES
from analysis.store.partitions import (
    Partition,
    Parts,
    list_partitions,
    mark_used,
    read_about,
    read_parts,
    read_table,
    remove_partition,
    remove_unused,
    write_partition,
)

FORMAT = 1

# Units read at a time, where a table is read in parts: whole partitions, mostly.
TOGETHER = 2048

# The folder of partitions, that of what was made of whole corpora, and the manifest.
_KINDS = {
    "articles": ("articles", "corpora", "manifest.json"),
    "pages": ("pages", "inputs", "manifest-pages.json"),
}


def cache_folder() -> Path:
    """Where tables are kept: ``FRAMELINES_CACHE``, else the user's cache folder. It may be deleted."""
    given = os.environ.get("FRAMELINES_CACHE")
    return Path(given) if given else Path(platformdirs.user_cache_dir("framelines"))


class Loose(Protocol):
    """Units with their tables that a store could not take."""

    @property
    def units(self) -> tuple[str, ...]: ...

    @property
    def tables(self) -> Mapping[str, pa.Table]: ...


class Store:
    """The partitions of one kind in a folder, found by the keys of their units.

    A store that cannot be written still serves what it holds; what is new is then not kept, which a
    :class:`~analysis.errors.StoreWarning` says once.

    Args:
        folder: The store's folder; made when something is first kept.
        kind: "articles", what was extracted from them, or "pages", what was loaded from files.

    Raises:
        StoreError: It was written by a newer version of Framelines, or cannot be understood.
    """

    def __init__(self, folder: str | Path, kind: str = "articles") -> None:
        self.folder = Path(folder)
        self.partitions, self.wholes, self._manifest = (self.folder / name for name in _KINDS[kind])
        self._kind = kind
        self._refused = False
        self._check_format()
        self._partitions = self._list()
        self._places: dict[str, str] = {}
        self._parses: dict[str, str] = {}
        for part in self._partitions.values():
            self._take_up(part)

    def __repr__(self) -> str:
        return (
            f"Store of {len(self._places)} {self._kind} in {len(self._partitions)} partitions: {self.folder}"
        )

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
            return read_about(self.wholes / name)
        except DamagedPartitionError:
            return None

    def read_whole(self, partition: Partition, table: str) -> pa.Table:
        """One table of what was made of a corpus as a whole.

        Raises:
            DamagedPartitionError: It is not what was written.
        """
        mark_used(self.wholes / partition.name)
        return read_table(self.wholes, partition, table)

    def read_whole_parts(self, partition: Partition, table: str) -> Iterator[pa.Table]:
        """One table of what was made of a corpus as a whole, some ten thousand rows at a time.

        Raises:
            DamagedPartitionError: It is not what was written.
        """
        mark_used(self.wholes / partition.name)
        return read_parts(self.wholes, partition, table)

    def keep_whole(
        self, name: str, keys: Sequence[str], tables: Mapping[str, pa.Table | Parts], about: Mapping[str, Any]
    ) -> Partition | None:
        """Keep what was made of a corpus as a whole; where that cannot be, say so and go on."""
        try:
            self.prepare()
            return write_partition(self.wholes, keys, tables, name=name, about=about)
        except OSError as error:
            self.refuse(error.strerror or str(error))
            return None

    def drop_whole(self, partition: Partition, why: DamagedPartitionError) -> None:
        """Let go of what was made of a corpus as a whole, so that it is made again."""
        warnings.warn(f"{why} It is made again.", StoreWarning, stacklevel=3)
        remove_partition(self.wholes, partition.name)

    def read(self, partition: Partition, table: str) -> pa.Table:
        """One table of a partition.

        Raises:
            DamagedPartitionError: It is not what was written.
        """
        mark_used(self.partitions / partition.name)
        return read_table(self.partitions, partition, table)

    def read_units(
        self, keys: Sequence[str], loose: Iterable[Loose], names: Iterable[str]
    ) -> dict[str, pa.Table]:
        """The tables of some units, in the units' order.

        Args:
            keys: The units.
            loose: What could not be kept; it wins over what the store holds.
            names: The tables wanted. One of which there is no partition is left empty.

        Raises:
            DamagedPartitionError: Partitions are not what was written; they are gone from the store now.
        """
        fresh = {key for made in loose for key in made.units}
        found = self.find(key for key in keys if key not in fresh)
        # A unit may stand in two partitions, of two runs at once: it is read from the one it is found in.
        owner = {key: part.name for key, part in found.items()}
        tables = {name: [make_schema(name).empty_table()] for name in names}
        damaged: DamagedPartitionError | None = None
        for part in {part.name: part for part in found.values()}.values():
            own = {key: place for place, key in enumerate(part.units) if owner.get(key) == part.name}
            try:
                read = {name: self.read(part, name) for name in tables}
            except DamagedPartitionError as why:
                self.drop(part, why)
                damaged = why
                continue
            for name, table in read.items():
                tables[name].append(table if len(own) == len(part.units) else order_rows([table], own))
        if damaged:
            raise damaged
        for made in loose:
            for name in tables:
                tables[name].append(made.tables[name])
        places = {key: place for place, key in enumerate(keys)}
        return {name: order_rows(parts, places) for name, parts in tables.items()}

    def read_parts(self, keys: Sequence[str], loose: Sequence[Loose], name: str) -> Iterator[pa.Table]:
        """A table of some units, in the units' order, some thousand units at a time.

        Yields:
            One table at least.

        Raises:
            DamagedPartitionError: Partitions are not what was written; they are gone from the store now.
        """
        for start in range(0, max(len(keys), 1), TOGETHER):
            yield self.read_units(keys[start : start + TOGETHER], loose, [name])[name]

    def count_rows(self, keys: Sequence[str], loose: Iterable[Loose], name: str) -> int:
        """The number of rows that :meth:`read_units` would give; of a whole partition, as it says itself.

        Raises:
            DamagedPartitionError: A partition is not what was written; it is gone from the store now.
        """
        fresh = {key for made in loose for key in made.units}
        own: dict[str, list[str]] = {}
        for key, part in self.find(key for key in keys if key not in fresh).items():
            own.setdefault(part.name, []).append(key)
        rows, rest = 0, [key for key in keys if key in fresh]
        for part_name, units in own.items():
            part = self._partitions[part_name]
            if len(units) == len(part.units) and name in part.files:
                rows += part.files[name]["rows"]
            else:
                rest += units
        return rows + (self.read_units(rest, loose, [name])[name].num_rows if rest else 0)

    def drop(self, partition: Partition, why: DamagedPartitionError) -> None:
        """Let go of a damaged partition, so that its units are made again."""
        warnings.warn(f"{why} It is made again.", StoreWarning, stacklevel=3)
        remove_partition(self.partitions, partition.name)
        self._partitions.pop(partition.name, None)
        for key in partition.units:
            if self._places.get(key) == partition.name:
                del self._places[key]

    def save_manifest(self) -> None:
        """Take away what is not used any more, and write what the others say of themselves into one file."""
        with contextlib.suppress(OSError, TimeoutError), hold_lock(self.folder / "lock"):
            for name in remove_unused(self.partitions, time.time()):
                self._partitions.pop(name, None)
            remove_unused(self.wholes, time.time())
            parts = {name: vars(part) for name, part in sorted(self._partitions.items())}
            text = json.dumps({"format": FORMAT, "partitions": parts})
            if self._read_manifest_text() != text:
                write_whole(self._manifest, text)

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
        for name in list_partitions(self.partitions):
            try:
                found[name] = known.get(name) or read_about(self.partitions / name)
            except DamagedPartitionError as why:
                warnings.warn(f"{why} It is made again.", StoreWarning, stacklevel=3)
                remove_partition(self.partitions, name)
        return found

    def _read_manifest_text(self) -> str:
        try:
            return self._manifest.read_text(encoding="utf-8")
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
