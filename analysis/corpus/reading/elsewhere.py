"""Pages that stand elsewhere than their corpus's folder: in another one, or at a URL that fsspec knows."""

from __future__ import annotations

from pathlib import Path

from analysis.corpus.reading.files import Listing, is_passed_over, list_files
from analysis.errors import CorpusEmptyError, CorpusNotFoundError


def list_elsewhere(place: str, folder: Path) -> Listing:
    """List the files of a place, in sorted path order.

    Args:
        place: A folder, from the corpus's folder on, or the URL of one: ``s3://bucket/pages``.
        folder: The corpus's folder.

    Returns:
        As :func:`~analysis.corpus.reading.files.list_files`. The paths of a URL's files are those of
        universal_pathlib, which can be opened wherever they are sent to.

    Raises:
        CorpusNotFoundError: There is no such place, or it cannot be reached.
        CorpusEmptyError: It holds no file.
    """
    if "://" not in place:
        return list_files(folder / place)
    from upath import UPath

    # What lies behind a URL fails in the ways of its own library.
    try:
        root = UPath(place)
        found = sorted((path for path in root.rglob("*") if path.is_file()), key=lambda path: path.as_posix())
    except Exception as error:
        raise CorpusNotFoundError(
            f"The pages cannot be reached: {error or type(error).__name__}.",
            where=place,
            allowed="The URL of a folder that fsspec can open; some need a package more: s3fs, gcsfs, adlfs.",
            todo="Check pages_at in corpus.toml, and that this machine may read there.",
        ) from None
    files = [path for path in found if not is_passed_over(path.relative_to(root))]
    if not files:
        raise CorpusEmptyError(
            "There are no pages at this address.",
            where=place,
            allowed="Saved pages, tables of articles, or archive exports.",
            todo="Check pages_at in corpus.toml.",
        )
    return Listing(root, files, [])
