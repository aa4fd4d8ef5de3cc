"""The file of a learned model: arrays and one JSON text in npz. Reading it runs nothing that it holds."""

from __future__ import annotations

import contextlib
import json
import os
import tokenize
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from analysis.errors import OutputError, WorkbookError

FORMAT = 1
KIND = "framelines frame model"

_ABOUT = "about"
_MAX_BYTES = 500_000_000  # unpacked: a thousand labels
# What a file that was made or changed by hand can raise: headers that are no Python, arrays that fit into no
# memory, parts that are locked.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, tokenize.TokenError, ValueError, OSError, EOFError, AttributeError,
    MemoryError, OverflowError, RuntimeError,
)  # fmt: skip
_ALLOWED = "A file written by 'framelines frames train' or FrameModel.save."


def write_model_file(path: Path, about: Mapping[str, object], arrays: Mapping[str, np.ndarray]) -> None:
    """Write a model; the same content gives the same bytes.

    Raises:
        OutputError: The folder does not exist, the file is there and is no model, or it would be too large.
    """
    check_model_path(path)
    text = json.dumps({"kind": KIND, "format": FORMAT, **about}, ensure_ascii=False, sort_keys=True)
    held = {_ABOUT: np.frombuffer(text.encode("utf-8"), dtype=np.uint8), **arrays}
    size = sum(array.nbytes for array in held.values())
    if size > _MAX_BYTES:
        raise OutputError(
            f"The model has {size // 1_000_000} MB, which is more than would be read again.",
            where=str(path),
            allowed=f"Up to {_MAX_BYTES // 1_000_000} MB, which is a thousand labels.",
            todo="Leave out labels with few examples.",
        )
    written = path.with_name(f".{path.name}.part")
    try:
        with written.open("wb") as handle:
            np.savez_compressed(handle, **held)
        os.replace(written, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            written.unlink(missing_ok=True)
        raise OutputError(f"The model cannot be written: {error.strerror}.", where=str(path)) from None


def check_model_path(path: Path) -> None:
    """See to it that a model can be written there.

    Raises:
        OutputError: The name does not end in .npz, the folder does not exist, or the file is no model.
    """
    if path.suffix != ".npz":
        raise OutputError(
            "A model is one npz file.",
            where=str(path),
            allowed="A name that ends in .npz, such as frames.npz.",
        )
    if not path.parent.is_dir():
        raise OutputError("There is no such folder.", where=str(path.parent), todo="Make it first.")
    if path.exists() and not _is_model(path):
        raise OutputError(
            "The file exists and is no model, so it is left alone.",
            where=str(path),
            todo="Name another file.",
        )


def read_model_file(path: Path) -> tuple[dict[str, object], dict[str, np.ndarray]]:
    """Read what :func:`write_model_file` wrote: the JSON text as an object, and the arrays by name.

    Raises:
        WorkbookError: There is no such file, or it is damaged, no model, or of a newer format.
    """
    if not path.is_file():
        raise WorkbookError("There is no such file.", where=str(path), allowed=_ALLOWED)
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(part.file_size for part in archive.infolist())
        if size > _MAX_BYTES:
            raise _unusable(path, f"it would unpack to {size // 1_000_000} MB, which no model does")
        # Without pickles no code of the file can run.
        with np.load(path, allow_pickle=False) as held:
            arrays = {name: held[name] for name in held.files}
        about = json.loads(arrays.pop(_ABOUT).tobytes().decode("utf-8"))
    except KeyError:
        raise _unusable(path, "it does not say what it is") from None
    except _DAMAGE as error:
        raise _unusable(path, str(error).split("\n")[0][:120].rstrip(".") or type(error).__name__) from None
    if not isinstance(about, dict) or about.get("kind") != KIND:
        raise _unusable(path, "it does not say that it is one")
    if not isinstance(about.get("format"), int) or about["format"] > FORMAT:
        raise WorkbookError(
            f"The model has format {about.get('format')}; this version reads formats up to {FORMAT}.",
            where=str(path),
            allowed=_ALLOWED,
            todo="Update Framelines, or train the model again.",
        )
    return about, arrays


def _is_model(path: Path) -> bool:
    try:
        read_model_file(path)
    except WorkbookError:
        return False
    return True


def _unusable(path: Path, why: str) -> WorkbookError:
    return WorkbookError(
        f"The file is no frame model, or it is damaged: {why}.",
        where=str(path),
        allowed=_ALLOWED,
        todo="Copy it again, or train it again.",
    )
