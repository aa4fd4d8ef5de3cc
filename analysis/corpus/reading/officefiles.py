"""Office files (.docx, .xlsx) are archives: whole, open and of bearable size, before a library reads them."""

from __future__ import annotations

import copy
import io
import re
import zipfile

from analysis.errors import CorpusFormatError

# An article's document unpacks to a few MB; a workbook of 100,000 articles to some hundred.
MAX_UNPACKED = 300_000_000  # bytes in all
MAX_RATIO = 200  # unpacked bytes to one packed; sheets of repeated words reach 50
_SMALL = 10_000_000  # bytes unpacked: below this no ratio harms
MAX_PARTS = 10_000
# A reader sets up a place for every cell from the first used to the last, empty ones too.
MAX_CELLS = 10_000_000
_CHUNK = 1_000_000

_OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PLACE = re.compile(rb"\br\s{0,9}=\s{0,9}[\"']([A-Za-z]{0,3})([0-9]{1,9})[\"']")
_DIMENSION = re.compile(rb"\bref\s{0,9}=\s{0,9}[\"'][A-Za-z0-9$]{1,14}:([A-Za-z]{1,3})([0-9]{1,9})[\"']")
_PLACE_LENGTH = 64  # bytes: no place of a cell is longer


def check_office_file(data: bytes, *, kind: str, old: str, save_as: str) -> None:
    """Unpack an Office file once, part by part, and refuse what a library should not be given.

    Sizes are counted, not believed: an archive can say of a part that it is small.

    Args:
        data: The file.
        kind: What the file should be ("Word document").
        old: The suffix of the format before it (".doc").
        save_as: What it should be saved as (".docx").

    Raises:
        CorpusFormatError: The file is locked by a password, of the old format, no archive, cut off,
            damaged, or grows beyond :data:`MAX_UNPACKED`, :data:`MAX_RATIO` or :data:`MAX_CELLS`.
    """
    article = "An" if kind[0] in "AEIOU" else "A"
    allowed = f"{article} {kind} ({save_as}) that opens without a password."
    if data.startswith(_OLD_FORMAT):
        if _ENCRYPTED in data:
            raise CorpusFormatError(
                f"The {kind} is locked by a password.",
                allowed=allowed,
                todo="Open it, take the password off, and save it.",
            )
        raise CorpusFormatError(
            f"The file is of the older format {old}.",
            allowed=allowed,
            todo=f"Open it, and save it as {save_as}.",
        )
    if not data.startswith(b"PK"):
        raise CorpusFormatError(
            f"The file is no {kind}: it does not begin as one.",
            allowed=allowed,
            todo=f"Open it in the program that wrote it, and save it as {save_as}.",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_parts(archive, kind)
    except CorpusFormatError:
        raise
    except Exception as error:
        # Damaged archives make the reader raise errors of a dozen kinds.
        raise CorpusFormatError(
            f"The {kind} is cut off or damaged: {str(error).rstrip('.') or type(error).__name__}.",
            allowed=allowed,
            todo="Copy or download it again.",
        ) from None


def _check_parts(archive: zipfile.ZipFile, kind: str) -> None:
    parts = archive.infolist()
    if len(parts) > MAX_PARTS:
        raise _too_large(kind, f"it holds {len(parts):,} parts", f"{MAX_PARTS:,} parts")
    total = 0
    for part in parts:
        total = _check_part(archive, part, total, kind)


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, total: int, kind: str) -> int:
    """Unpack one part, and add its true size to ``total``."""
    packed = max(1, part.compress_size)
    sheet = _Extent() if part.filename.startswith("xl/worksheets/") else None
    size = 0
    # The size that the archive states would end the reading; what lies beyond is what harms.
    open_ended = copy.copy(part)
    open_ended.file_size = MAX_UNPACKED + 1
    with archive.open(open_ended) as handle:
        while chunk := handle.read(_CHUNK):
            size += len(chunk)
            if total + size > MAX_UNPACKED:
                raise _too_large(
                    kind,
                    f"it unpacks to over {MAX_UNPACKED // 1_000_000} MB",
                    f"{MAX_UNPACKED // 1_000_000} MB",
                )
            if size > _SMALL and size > MAX_RATIO * packed:
                raise _too_large(
                    kind, f"a part of it unpacks to over {MAX_RATIO} times its size", f"{MAX_RATIO}"
                )
            if sheet and sheet.grow(chunk) > MAX_CELLS:
                raise _too_large(
                    kind, f"a sheet of it spans {sheet.rows:,} rows and {sheet.columns:,} columns",
                    f"{MAX_CELLS:,} cells in a sheet",
                )  # fmt: skip
    if size != part.file_size:
        raise zipfile.BadZipFile(f"a part of it is {size} bytes long where {part.file_size} are stated")
    return total + size


class _Extent:
    """How far the cells of a sheet reach, from its XML as it is unpacked."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self._rest = b""

    def grow(self, chunk: bytes) -> int:
        """Read on, and give the number of cells so far."""
        text = self._rest + chunk
        for pattern in (_PLACE, _DIMENSION):
            for letters, digits in set(pattern.findall(text)):
                self.rows = max(self.rows, int(digits))
                column = 0
                for letter in letters.upper():
                    column = column * 26 + letter - 64
                self.columns = max(self.columns, column)
        self._rest = text[-_PLACE_LENGTH:]
        return self.rows * self.columns


def _too_large(kind: str, what: str, allowed: str) -> CorpusFormatError:
    return CorpusFormatError(
        f"The {kind} was not opened: {what}.",
        allowed=f"Up to {allowed}.",
        todo="Split it, delete empty rows and columns, or save it as .csv or .txt.",
    )
