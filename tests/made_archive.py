"""A made-up archive of short pages, and how the tables of two runs are compared."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import analysis as an

_PLACES = ("Aldham", "Brexley", "Corwick", "Dunmere", "Estrow")
_PEOPLE = ("Ana Ruiz", "Tom Okri", "Lea Brandt", "Omar Haddad")


def write_archive(folder: Path, pages: int) -> Path:
    """Write pages, each an article with a quotation, a figure, a date and an event of the asylum topic."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(pages):
        place, who = _PLACES[number % len(_PLACES)], _PEOPLE[number % len(_PEOPLE)]
        (folder / f"page-{number:04}.txt").write_text(
            f"Asylum seekers leave {place} hotel number {number}\n\n"
            f"Some {number + 20} asylum seekers left {place} on 3 June 2025, the Home Office said.\n\n"
            f"'The small boats must stop before {number + 2} more people drown,' said {who}, the mayor.\n\n"
            f"The Home Office announced a new asylum law on {number % 27 + 1} May 2025. "
            f"Page {number} of the archive ends here, and the people of {place} went home.\n",
            encoding="utf-8",
        )
    return folder


def extract_apart(archive: Path, store: Path) -> an.Tables:
    """The tables of an archive, made in one go into a store of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FRAMELINES_CACHE", str(store))
        return an.extract(an.load(archive))


def assert_same(one: an.Tables, other: an.Tables) -> None:
    """Every table has the same rows in the same order."""
    for (name, left), (_, right) in zip(one.items(), other.items(), strict=True):
        pd.testing.assert_frame_equal(left, right, obj=name)
    assert (one.fingerprint, one.topic, one.codebooks) == (other.fingerprint, other.topic, other.codebooks)


def list_kept(cache: Path) -> set[Path]:
    """The partitions of articles that a store holds."""
    return {path for path in (cache / "articles").glob("[!.]*") if path.is_dir()}
