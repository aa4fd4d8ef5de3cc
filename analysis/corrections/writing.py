"""A correction -> one more line of ``corrections.csv``, in the form that the file has; and taken back."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from analysis.corrections.reading import (
    FILE_NAME,
    OPTIONAL,
    REQUIRED,
    Correction,
    check_correction,
    parse_corrections,
)
from analysis.errors import CorpusFormatError, OutputError

_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Saved:
    """A correction that was written: the file, and its bytes before (None: there was none) and after."""

    path: Path
    before: bytes | None
    after: bytes


def append_correction(folder: str | Path, correction: Correction) -> Saved:
    """Add a correction to the ``corrections.csv`` of a study.

    The file keeps its separator, its line ends and the order of its columns. It is replaced as a whole once
    the new one is safely on disk: a power cut leaves the old file or the new one.

    Args:
        folder: The folder of the study.
        correction: What to add.

    Returns:
        What was written, for :func:`take_back`.

    Raises:
        WorkbookError: The correction is none, see :func:`analysis.corrections.reading.check_correction`.
        CorpusFormatError: The file is there, but is no file of corrections.
        OutputError: The file cannot be written.
    """
    check_correction(correction)
    path = Path(folder) / FILE_NAME
    try:
        before = path.read_bytes() if path.exists() else None
        after = _add(before, correction)
        _replace(path, after)
    except UnicodeDecodeError:
        raise CorpusFormatError(
            "The file is not UTF-8, so nothing can be added to it.",
            where=str(path),
            allowed="CSV in UTF-8.",
            todo="Save it again as 'CSV UTF-8'.",
        ) from None
    except OSError as error:
        raise _unwritable(path, error) from None
    return Saved(path, before, after)


def take_back(saved: Saved) -> None:
    """Take the correction out again that was written last.

    Raises:
        OutputError: Somebody has changed the file since, or it cannot be written.
    """
    try:
        if not saved.path.exists() or saved.path.read_bytes() != saved.after:
            raise OutputError(
                "The file has changed since, so nothing was taken back.",
                where=str(saved.path),
                allowed="The last line, as long as nobody has written another.",
                todo="Open the file and take the line out.",
            )
        if saved.before is None:
            saved.path.unlink()
        else:
            _replace(saved.path, saved.before)
    except OSError as error:
        raise _unwritable(saved.path, error) from None


def _add(before: bytes | None, correction: Correction) -> bytes:
    """The file's bytes with one more line."""
    text = (before or b"").decode("utf-8-sig")
    if not text.strip():
        text = ",".join((*REQUIRED, *OPTIONAL)) + "\n"
    file = parse_corrections(text)
    broken = [problem for problem in file.problems if "The file has" in problem.what]
    if broken:
        raise CorpusFormatError(
            broken[0].what, where=FILE_NAME, allowed=broken[0].allowed, todo=broken[0].todo
        )
    ends = "\r\n" if "\r\n" in text else "\n"
    header = list(file.header)
    for name in OPTIONAL:
        if getattr(correction, name) and name not in header:
            header.append(name)
            at = text.index("\n") if "\n" in text else len(text)
            at -= text[:at].endswith("\r")
            text = f"{text[:at]}{file.delimiter}{name}{text[at:]}"
    row = {name: getattr(correction, name) for name in (*REQUIRED, *OPTIONAL)}
    line = io.StringIO()
    writer = csv.writer(line, delimiter=file.delimiter, lineterminator=ends)
    writer.writerow(["" if row.get(name) is None else row[name] for name in header])
    text += line.getvalue() if text.endswith(("\n", "\r")) else ends + line.getvalue()
    return (_MARK if (before or b"").startswith(_MARK) else b"") + text.encode("utf-8")


def _replace(path: Path, content: bytes) -> None:
    draft, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(draft, "wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        if path.exists():
            # A draft is its maker's alone; others in the study may read the file.
            os.chmod(name, path.stat().st_mode & 0o777)
        else:
            os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _unwritable(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"The file cannot be written: {error.strerror or type(error).__name__}.",
        where=str(path),
        allowed="A folder that you may write to, on a disk with room.",
        todo="Close the file where it is open, and save again.",
    )
