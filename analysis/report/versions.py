"""Fingerprints: what a page was made from, so that two runs can be compared and work reused."""

from __future__ import annotations

import glob
import hashlib
from functools import cache
from pathlib import Path

from analysis.codebooks import load_codebook
from analysis.corpus.reading.files import find_folder, is_output, list_files
from analysis.corpus.settings import load_settings
from analysis.corrections import FILE_NAME
from analysis.errors import WorkbookError
from analysis.store import hash_files

CODE_SUFFIXES = (".py", ".toml", ".js", ".css", ".j2")


@cache
def fingerprint_code() -> str:
    """SHA-256 over the files of this package that can change a result."""
    package = Path(__file__).resolve().parents[1]
    files = [path for path in package.rglob("*") if path.suffix in CODE_SUFFIXES]
    return hash_files(files, package)


def fingerprint_corpus(corpus: Path) -> str:
    """SHA-256 over a corpus's files by name, its settings and its codebooks, without what we wrote.

    Args:
        corpus: A file, a folder or a glob, absolute.
    """
    if corpus.is_dir():
        files, base = [path for path in corpus.rglob("*") if _counts(path, corpus)], corpus
        written = {folder for folder in {path.parent for path in files} - {corpus} if is_output(folder)}
        files = [path for path in files if written.isdisjoint(path.parents)]
    elif corpus.exists():
        files, base = [corpus, corpus.with_name("corpus.toml")], corpus.parent
    else:
        files, base = [Path(path) for path in glob.glob(str(corpus), recursive=True)], Path(corpus.anchor)
    # A folder's corrections are among its files; those beside a file or a glob's pages count as well.
    files.append(find_folder(corpus) / FILE_NAME)
    digest = hash_files([path for path in files if path.is_file()], base)
    return hashlib.sha256(" ".join((digest, *_hash_codebooks(corpus))).encode()).hexdigest()


def _hash_codebooks(corpus: Path) -> list[str]:
    """Hashes of the user's codebooks, which may stand outside the folder; or what is wrong with them."""
    try:
        settings = load_settings(list_files(corpus).root)
        return [load_codebook(name).sha256 for name in settings.codebooks]
    except WorkbookError as error:
        return [str(error)]


def _counts(path: Path, corpus: Path) -> bool:
    parts = path.relative_to(corpus).parts
    return not any(part.startswith(".") for part in parts) and parts[0] not in ("exports", "notebooks")
