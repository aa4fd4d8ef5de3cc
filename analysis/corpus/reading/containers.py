"""Files inside files: the members of a zip, what a gzip file packs, and the pages of a web archive.

Nothing is unpacked to a place that an archive names: members are read as streams, through a meter that ends
what grows out of all proportion to its packed size. Sources given here may be opened only until the next one
is asked for.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import re
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from analysis.corpus.pages import Source
from analysis.corpus.reading.decoding import replace_surrogates
from analysis.corpus.reading.files import OUTPUT_MARKERS, is_passed_over
from analysis.errors import CorpusFormatError, Problem

# All that one file and the archives inside it may unpack to, and how deep archives may stand in archives.
MAX_UNPACKED_BYTES = 10_000_000_000
MAX_DEPTH = 3
# Text packs to a tenth, a table of repeated rows to a fiftieth: more than this is made to fill a disk.
MAX_RATIO = 200
_FREE_BYTES = 1_000_000
_SPOOLED_BYTES = 32_000_000
_CHUNK = 1 << 16

_ALLOWED = f"A zip or gzip file of pages, unpacking to {MAX_RATIO} times its size at most."


@dataclass
class Meter:
    """What the reading of one file has unpacked so far, in bytes, and whether that had to end."""

    limit: int = MAX_UNPACKED_BYTES
    unpacked: int = 0
    ended: bool = False

    def count(self, size: int, unpacked: int, packed: int) -> None:
        """Count ``size`` more bytes of a member of which ``unpacked`` came out of ``packed`` so far.

        Raises:
            CorpusFormatError: It is too much; ``ended`` says that nothing further should be read.
        """
        self.unpacked += size
        if unpacked > _FREE_BYTES and unpacked > MAX_RATIO * packed:
            found = f"it unpacks to more than {MAX_RATIO} times its size"
        elif self.unpacked > self.limit:
            found = f"what it holds unpacks to more than {self.limit / 1e9:g} GB"
        else:
            return
        self.ended = True
        raise CorpusFormatError(
            f"The archive is not safe to unpack: {found}. What follows in it was not read.",
            allowed=_ALLOWED,
            todo="Unpack it yourself if you trust it, and give the folder.",
        )


class _Counted:
    """What a gzip file is read from, counting the packed bytes."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream, self.size = stream, 0

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.size += len(data)
        return data


class Unpacking(io.RawIOBase):
    """A stream that counts what comes out of it; ``fault`` says why it ended before its end."""

    def __init__(
        self, stream: BinaryIO, packed: Callable[[], int], meter: Meter, beneath: _Counted | None = None
    ) -> None:
        super().__init__()
        self._stream, self._packed, self._meter, self._beneath = stream, packed, meter, beneath
        self._unpacked = 0
        self.fault: str | None = None

    def readable(self) -> bool:
        """Always: that is what it is for."""
        return True

    def readinto(self, buffer: memoryview) -> int:
        """Fill a buffer with what is unpacked next."""
        if self.fault:
            return 0
        try:
            data = self._stream.read1(min(len(buffer), _CHUNK))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            if not self._unpacked:
                raise CorpusFormatError(
                    f"The packed file is damaged from its start: {str(error).rstrip('.')}.",
                    allowed="A whole .gz or .zip file.",
                    todo="Copy or download it again.",
                ) from None
            self.fault = str(error)
            return 0
        self._unpacked += len(data)
        self._meter.count(len(data), self._unpacked, self._packed())
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the packed stream too, and what it was read from."""
        self._stream.close()
        if self._beneath:
            self._beneath.stream.close()
        super().close()


def list_zip(source: Source, meter: Meter) -> Iterator[Source | Problem]:
    """The members of a zip file in the order of their names.

    Raises:
        CorpusFormatError: It is no zip file, was cut short, or its members overlap.
    """
    with open_seekable(source) as handle:
        try:
            archive = zipfile.ZipFile(handle)
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise CorpusFormatError(
                f"The zip file cannot be read: {error}. Its list of members stands at its end.",
                allowed=_ALLOWED,
                todo="It may have been cut short: copy or download it again.",
            ) from None
        with archive:
            yield from _list_members(source, archive, meter)


def list_gzip(source: Source, meter: Meter) -> Iterator[Source | Problem]:
    """What a gzip file packs: one file of the same page name, whose suffix stands before ".gz"."""
    suffix = packed_suffix(source.name)
    opened: list[Unpacking] = []

    def open_packed() -> BinaryIO:
        packed = _Counted(source.opener())
        stream = gzip.GzipFile(fileobj=packed, mode="rb")
        opened.append(Unpacking(stream, lambda: packed.size, meter, beneath=packed))
        return io.BufferedReader(opened[-1], _CHUNK)

    yield Source(source.name, suffix, open_packed, source.facts)
    if opened and opened[-1].fault:
        yield Problem(
            "read",
            "error",
            f"The gzip file ends too early or is damaged ({opened[-1].fault}). What stood before was read.",
            _ALLOWED,
            "Copy or download it again.",
            source.name,
        )


def packed_suffix(name: str) -> str:
    """The suffix of what a gzip file of this name packs: that before ".gz", or its own if it has no ".gz"."""
    path = PurePosixPath(name)
    return (PurePosixPath(path.stem) if path.suffix.lower() == ".gz" else path).suffix.lower()


def open_seekable(source: Source) -> BinaryIO:
    """Open a file; of what cannot be read backwards, a copy without a name that goes when it is closed."""
    handle = source.opener()
    if handle.seekable():
        return handle
    copy = tempfile.SpooledTemporaryFile(_SPOOLED_BYTES)  # noqa: SIM115
    try:
        with handle:
            while chunk := handle.read(_CHUNK):
                copy.write(chunk)
    except BaseException:
        copy.close()
        raise
    copy.seek(0)
    return copy


def _list_members(source: Source, archive: zipfile.ZipFile, meter: Meter) -> Iterator[Source | Problem]:
    members = [member for member in archive.infolist() if not member.is_dir()]
    _refuse_overlap(members)
    names = {id(member): _member_name(member) for member in members}
    kept = [member for member in members if not is_passed_over(PurePosixPath(names[id(member)][0]))]
    written = {
        str(PurePosixPath(name).parent)
        for name, _ in names.values()
        if PurePosixPath(name).name in OUTPUT_MARKERS
    }
    if not kept:
        what = "The zip file holds no file that could be a page."
        yield Problem("read", "note", what, _ALLOWED, "Put pages into it, or remove it.", source.name)
    taken: set[str] = set()
    for member in sorted(kept, key=lambda member: (names[id(member)][0], member.header_offset)):
        inside, changed = names[id(member)]
        if not written.isdisjoint(str(parent) for parent in PurePosixPath(inside).parents):
            continue
        name = _free_name(f"{source.name}!{inside}", taken)
        if changed:
            yield _renamed(source.name, replace_surrogates(member.orig_filename), name)
        if refused := _refuse_member(member, name):
            yield refused
            continue
        yield Source(name, PurePosixPath(inside).suffix.lower(), _member_opener(archive, member, meter))


def _member_opener(archive: zipfile.ZipFile, member: zipfile.ZipInfo, meter: Meter) -> Callable[[], BinaryIO]:
    def open_member() -> BinaryIO:
        stream = Unpacking(archive.open(member), lambda: member.compress_size, meter)
        return io.BufferedReader(stream, _CHUNK)

    return open_member


def _refuse_overlap(members: list[zipfile.ZipInfo]) -> None:
    """A bomb lets many members share one stretch of packed bytes."""
    end = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        if member.header_offset < end:
            raise CorpusFormatError(
                f"The zip file is not safe to unpack: its member '{member.filename}' overlaps another.",
                allowed=_ALLOWED,
                todo="Unpack it yourself if you trust it, and give the folder.",
            )
        end = member.header_offset + 30 + member.compress_size


def _refuse_member(member: zipfile.ZipInfo, name: str) -> Problem | None:
    if stat.S_ISLNK(member.external_attr >> 16):
        what = "The member is a link to another file, and was not followed."
        return Problem(
            "read", "note", what, "Files packed themselves are read.", "Pack the file itself.", name
        )
    if member.flag_bits & 0x1:
        what, todo = (
            "The member is protected by a password.",
            "Unpack it with the password, and give the folder.",
        )
    elif member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        what = f"The member is packed by a method that is not read (number {member.compress_type})."
        todo = "Unpack it, or make the zip file anew."
    else:
        return None
    return Problem("read", "error", what, "Members that are stored or deflated.", todo, name)


def _member_name(member: zipfile.ZipInfo) -> tuple[str, bool]:
    """A member's name as a path inside the archive, and whether it pointed out of it."""
    name = member.filename
    if not member.flag_bits & 0x800 and not name.isascii():
        # Many programs write UTF-8 without saying so.
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    name = replace_surrogates(name.replace("\\", "/"))
    inside = re.sub(r"^[A-Za-z]:", "", name)
    parts = [part for part in inside.split("/") if part not in ("", ".", "..")]
    return "/".join(parts) or "unnamed", inside != name or inside.startswith("/") or ".." in inside.split("/")


def _free_name(name: str, taken: set[str]) -> str:
    free, n = name, 1
    while free in taken:
        n += 1
        free = f"{name}~{n}"
    taken.add(free)
    return free


def _renamed(archive: str, given: str, name: str) -> Problem:
    return Problem(
        "read",
        "warning",
        f"The archive '{archive}' names this member '{given}', which points out of it. "
        "It was read, and nothing was written.",
        "Names of files inside the archive.",
        "Ask where the archive comes from.",
        name,
    )
