"""Two exports of the same notebooks, compared: which numbers, rows and charts have changed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.errors import OutputError
from analysis.report.exported import Item, Row, read_page
from analysis.views.chart import count_noun

LONG = 160
_DIGITS = re.compile(r"\d[\d.,]*")


@dataclass(frozen=True)
class ItemDiff:
    """What changed in one thing on a page.

    ``changed`` pairs an old row with its new one, both of all ``columns``; ``only`` is "old" or "new" where
    just one of the pages has the thing at all.
    """

    kind: str
    section: str
    name: str
    columns: Row
    changed: tuple[tuple[Row, Row], ...] = ()
    added: tuple[Row, ...] = ()
    removed: tuple[Row, ...] = ()
    only: str = ""

    @property
    def is_same(self) -> bool:
        """Whether nothing changed."""
        return not (self.changed or self.added or self.removed or self.only)


@dataclass(frozen=True)
class PageDiff:
    """What changed in one page."""

    page: str
    items: tuple[ItemDiff, ...] = field(repr=False)


@dataclass(frozen=True)
class ReportDiff:
    """What changed between two exports; its words are those of ``framelines diff``."""

    pages: tuple[PageDiff, ...]
    only_old: tuple[str, ...] = ()
    only_new: tuple[str, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether nothing at all changed."""
        return not (self.only_old or self.only_new or any(page.items for page in self.pages))

    def to_text(self, *, most: int = 10) -> str:
        """The changes in words, of each thing at most ``most`` rows."""
        lines = []
        for page in self.pages:
            changed = count_noun(len(page.items), "change") if page.items else "the same"
            lines += [
                f"{page.page}: {changed}",
                *(line for item in page.items for line in _say_item(item, most)),
            ]
        lines += [f"{name}: only in the old export" for name in self.only_old]
        lines += [f"{name}: only in the new export" for name in self.only_new]
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        """The changes as plain data: every row, under the names of its columns."""
        return {
            "same": self.is_same,
            "only_old": list(self.only_old),
            "only_new": list(self.only_new),
            "pages": [
                {"page": page.page, "changes": [_plain_item(item) for item in page.items]}
                for page in self.pages
            ],
        }


def compare_exports(old: str | Path, new: str | Path) -> ReportDiff:
    """Compare two exported pages, or two folders of them, page by page.

    Args:
        old: The earlier page or folder.
        new: The later one; pages of two folders are paired by their names.

    Returns:
        What changed: facts of the run, words, rows of tables, points of charts, rows of views.

    Raises:
        OutputError: One is not there, is no export, or a page is to be compared with a folder.
    """
    old, new = Path(old), Path(new)
    if old.is_dir() != new.is_dir():
        raise OutputError(
            "A page cannot be compared with a folder.",
            where=f"{old}, {new}",
            allowed="Two HTML files, or two folders of them.",
            todo="Name the page inside the folder.",
        )
    if not old.is_dir():
        return ReportDiff((compare_pages(old, new),))
    names = [{path.name for path in _list_pages(folder)} for folder in (old, new)]
    pages = tuple(compare_pages(old / name, new / name) for name in sorted(names[0] & names[1]))
    return ReportDiff(pages, tuple(sorted(names[0] - names[1])), tuple(sorted(names[1] - names[0])))


def compare_pages(old: Path, new: Path) -> PageDiff:
    """Compare two pages.

    Raises:
        OutputError: One is not there, or is no export.
    """
    before, after = (_by_place(read_page(path)) for path in (old, new))
    diffs = [compare_items(before.get(place), after.get(place)) for place in {**before, **after}]
    return PageDiff(new.name, tuple(diff for diff in diffs if not diff.is_same))


def compare_items(old: Item | None, new: Item | None) -> ItemDiff:
    """Compare one thing as two pages have it; ``None`` where a page lacks it."""
    one = new or old
    about = (one.kind, one.section, one.name, one.columns)
    if old is None:
        return ItemDiff(*about, added=new.rows, only="new")
    if new is None:
        return ItemDiff(*about, removed=old.rows, only="old")
    if old.columns != new.columns:
        return ItemDiff(*about, added=new.rows, removed=old.rows)
    removed = list((Counter(old.rows) - Counter(new.rows)).elements())
    added = list((Counter(new.rows) - Counter(old.rows)).elements())
    pairs = _pair_rows(new, removed, added)
    for before, after in pairs:
        removed.remove(before)
        added.remove(after)
    return ItemDiff(*about, tuple(pairs), tuple(added), tuple(removed))


def _pair_rows(item: Item, removed: list[Row], added: list[Row]) -> list[tuple[Row, Row]]:
    """Old and new rows that are one row with other values: of one key, where no other row has that key.

    What is left is tried again by its words alone: "2 of 20 articles" tells no row from another.
    """
    pairs: list[tuple[Row, Row]] = []
    for masked in (False, True):
        taken = [{pair[side] for pair in pairs} for side in (0, 1)]
        old, new = (
            _by_key(item, [row for row in rows if row not in paired], masked)
            for rows, paired in zip((removed, added), taken, strict=True)
        )
        pairs += [(old[key][0], new[key][0]) for key in old if len(old[key]) == len(new.get(key, ())) == 1]
    return pairs


def _by_key(item: Item, rows: Iterable[Row], masked: bool) -> dict[Row, list[Row]]:
    found: dict[Row, list[Row]] = defaultdict(list)
    keys = item.keys or range(len(item.columns))
    for row in rows:
        found[tuple(_DIGITS.sub("0", row[at]) if masked else row[at] for at in keys)].append(row)
    return found


def _by_place(items: Iterable[Item]) -> dict[tuple[str, str, str, int], Item]:
    seen: Counter[tuple[str, str, str]] = Counter()
    placed = {}
    for item in items:
        name = (item.kind, item.section, item.name)
        placed[(*name, seen[name])] = item
        seen[name] += 1
    return placed


def _list_pages(folder: Path) -> list[Path]:
    found = [path for path in folder.glob("*.html") if path.name != "index.html"]
    if not found:
        raise OutputError(
            "There is no exported page in this folder.",
            where=str(folder),
            allowed="A folder that `framelines report` has written.",
            todo="Make one with: framelines report CORPUS --out DIR",
        )
    return found


def _say_item(item: ItemDiff, most: int) -> Iterator[str]:
    place = ": ".join(filter(None, [item.section, item.name]))
    noun = {"words": "line", "chart": "point", "fact": "fact"}.get(item.kind, "row")
    counts = [
        f"{count_noun(len(rows), noun)} {what}"
        for rows, what in ((item.changed, "changed"), (item.added, "added"), (item.removed, "removed"))
        if rows
    ]
    only = f"only in the {item.only} export; " if item.only else ""
    yield (
        f"  {item.kind}, {place}: {only}{', '.join(counts)}"
        if place
        else f"  {item.kind}: {', '.join(counts)}"
    )
    shown = [
        *(f"    ~ {_say_change(item, old, new)}" for old, new in item.changed),
        *(f"    + {_say_row(row)}" for row in item.added),
        *(f"    - {_say_row(row)}" for row in item.removed),
    ]
    yield from shown[:most]
    if len(shown) > most:
        yield f"    and {len(shown) - most} more"


def _say_change(item: ItemDiff, old: Row, new: Row) -> str:
    if len(old) == 1:
        return f"{_shorten(old[0])} -> {_shorten(new[0])}"
    same = [value for value, other in zip(old, new, strict=True) if value == other and value]
    changes = [
        f"{name or 'value'} {_shorten(a) or 'nothing'} -> {_shorten(b) or 'nothing'}"
        for name, a, b in zip(item.columns, old, new, strict=True)
        if a != b
    ]
    return f"{_shorten(' | '.join(same))}: {'; '.join(changes)}"


def _say_row(row: Row) -> str:
    return _shorten(" | ".join(filter(None, row)))


def _shorten(text: str) -> str:
    return text if len(text) <= LONG else f"{text[: LONG - 1]}…"


def _plain_item(item: ItemDiff) -> dict[str, Any]:
    def named(row: Row) -> dict[str, str]:
        return {
            name or f"column {at + 1}": value
            for at, (name, value) in enumerate(zip(item.columns, row, strict=True))
        }

    return {
        "kind": item.kind, "section": item.section, "name": item.name, "only": item.only,
        "changed": [{"old": named(old), "new": named(new)} for old, new in item.changed],
        "added": [named(row) for row in item.added],
        "removed": [named(row) for row in item.removed],
    }  # fmt: skip
