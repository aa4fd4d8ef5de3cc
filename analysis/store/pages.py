"""What was loaded from files as Arrow tables, and back: a file that has not changed is not read again."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from operator import itemgetter
from typing import Any, Generic, TypeVar, overload

import pyarrow as pa
import pyarrow.compute as pc

from analysis.corpus import Article, Page, PlacedSegment
from analysis.corpus.corpus import LoadedPage
from analysis.corpus.load import Loaded
from analysis.corpus.pages import Segment
from analysis.corpus.splitting.profile import LineMarks, Profile, hash_line
from analysis.corpus.splitting.segments import REPEATED, tell_repeated
from analysis.corpus.topics import TopicMatch
from analysis.errors import DamagedPartitionError, Problem
from analysis.store.arrow import MARKS, MATCHES, READINGS, UNIT, pack_rows
from analysis.store.folder import TOGETHER, Loose, Store
from analysis.store.partitions import Parts

LOADED = ("pages", "segments", "articles", "problems")
_MUCH = ("pages", "segments")

Item = TypeVar("Item")


def pack_marks(files: Iterable[tuple[str, Sequence[LineMarks]]]) -> pa.Table:
    """Make an Arrow table of what pass 1 asks of some files, each with its key."""
    return pack_rows(MARKS, [(key, page._asdict()) for key, pages in files for page in pages])


def unpack_marks(table: pa.Table, keys: Sequence[str]) -> Iterator[list[LineMarks]]:
    """The pages of each key in :func:`pack_marks`.

    Args:
        table: The rows, in the order in which their keys come first.
        keys: The keys of files; those of equal files are equal.
    """
    rows = (row for batch in table.to_batches(max_chunksize=1000) for row in batch.to_pylist())
    groups = itertools.groupby(rows, itemgetter(UNIT))
    left, group = next(groups, (None, ()))
    again = {key for key, count in Counter(keys).items() if count > 1}
    kept: dict[str, list[LineMarks]] = {}
    for key in keys:
        pages = kept.get(key, [])
        if key == left:
            pages = [LineMarks(row["hashes"], row["lengths"], row["kinds"], row["joined"]) for row in group]
            left, group = next(groups, (None, ()))
            if key in again:
                kept[key] = pages
        yield pages


def pack_loaded(
    files: Sequence[tuple[str, Sequence[Loaded]]], packs: Sequence[str], profile: Profile
) -> dict[str, pa.Table]:
    """Make the Arrow tables of some files.

    Args:
        files: The key of each file, and what it gave.
        packs: The names of the topic packs that were tried.
        profile: What pass 1 had learnt.

    Returns:
        Tables of :data:`LOADED`, of readings and of matches.
    """
    rows: dict[str, list[tuple[str, dict[str, Any]]]] = {name: [] for name in (*LOADED, READINGS, MATCHES)}
    for key, items in files:
        for item in items:
            rows[READINGS].append((key, {"name": item.name, "sha256": item.sha256}))
            rows["problems"] += [(key, problem.to_row()) for problem in item.problems]
            rows["segments"] += [
                (key, _segment_row(placed) | {"line": _find_line(placed, item, profile)})
                for placed in item.segments
            ]
            rows["articles"] += [(key, {**vars(each), "words": each.words}) for each in item.articles]
            if item.page:
                rows["pages"].append((key, _page_row(item.page)))
            rows[MATCHES] += [
                (key, {"pack": pack, "on_topic": match.on_topic, "words": list(match.words)})
                for matches in item.matches
                for pack, match in zip(packs, matches, strict=True)
            ]
    return {name: pack_rows(name, found) for name, found in rows.items()}


def pack_problems(problems: Iterable[Problem]) -> pa.Table:
    """Make an Arrow table of problems."""
    return pack_rows("problems", [("", problem.to_row()) for problem in problems])


def _page_row(loaded: LoadedPage) -> dict[str, Any]:
    """A page as a row of ``pages``."""
    row = {name: getattr(loaded.page, name) for name in ("page", "sha256", "encoding", "text")}
    return {**row, "layout": loaded.layout, "language": loaded.language}


def _segment_row(placed: PlacedSegment) -> dict[str, Any]:
    row = placed._asdict()
    segment = row.pop("segment")
    return row | {name: getattr(segment, name) for name in _SEGMENT_FIELDS}


def _find_line(placed: PlacedSegment, item: Loaded, profile: Profile) -> str | None:
    """The hash of a line that the corpus repeats, whose rule is told anew for each corpus."""
    segment = placed.segment
    if not (item.page and segment.rule.startswith(REPEATED)):
        return None
    words = segment.text(item.page.page.text).replace("\xa0", " ")
    line = hash_line(" ".join(words.split()) if "\n" in words else words)
    return str(line) if segment.rule == tell_repeated(profile.repeated.get(line, 0), profile) else None


def can_tell_rules(item: Loaded, profile: Profile) -> bool:
    """Whether the rules of what a file gave can be told anew for a corpus with other pages."""
    repeated = [placed for placed in item.segments if placed.segment.rule.startswith(REPEATED)]
    return all(_find_line(placed, item, profile) for placed in repeated)


class StoredPages:
    """What was loaded from the files of an input, read from a store when it is asked for.

    Args:
        store: The store.
        keys: The key of each file, in order.
        loose: What could not be kept.
        profile: What pass 1 learnt about the corpus.
        renamed: The new id of articles, by file and old id.
        remake: Makes again what is found to be damaged.
    """

    def __init__(
        self,
        store: Store,
        keys: tuple[str, ...],
        loose: Sequence[Loose],
        profile: Profile,
        renamed: Mapping[tuple[str, str], str] | None = None,
        remake: Callable[[], StoredPages] | None = None,
    ) -> None:
        self.store, self.keys, self.loose, self.profile = store, keys, loose, profile
        self.renamed = dict(renamed or {})
        self.remake = remake
        self._tables: dict[str, pa.Table] = {}

    def read(self, name: str) -> pa.Table:
        """A table of :data:`LOADED`, or one of readings or matches.

        Raises:
            DamagedPartitionError: A partition is not what was written; it is gone from the store now.
        """
        table = self._tables.get(name)
        if table is None:
            table = self._tell_anew(name, self._read(name, slice(None)))
            # Pages and segments are much, and seldom asked for.
            if name not in _MUCH:
                self._tables[name] = table
        return table

    def read_parts(self, name: str) -> Iterator[pa.Table]:
        """The same, of some thousand files at a time; one part at least."""
        if name not in _MUCH:
            yield self.read(name)
            return
        for start in range(0, max(len(self.keys), 1), TOGETHER):
            yield self._tell_anew(name, self._read(name, slice(start, start + TOGETHER)))

    def _tell_anew(self, name: str, table: pa.Table) -> pa.Table:
        """A table with what the corpus as a whole decides: the numbers in rules, and ids that clashed."""
        if name == "segments":
            table = _tell_rules(table, self.profile)
        if self.renamed and "article_id" in table.column_names:
            pairs = zip(table[UNIT].to_pylist(), table["article_id"].to_pylist(), strict=True)
            ids = pa.array([self.renamed.get(pair, pair[1]) for pair in pairs], pa.string())
            table = table.set_column(table.schema.get_field_index("article_id"), "article_id", ids)
        return table

    def _read(self, name: str, some: slice) -> pa.Table:
        try:
            return self.store.read_units(self.keys[some], self.loose, [name])[name]
        except DamagedPartitionError:
            if self.remake is None:
                raise
        again, self.remake = self.remake(), None
        self.keys, self.loose = again.keys, again.loose
        return self._read(name, some)

    def read_matches(self, pack: str) -> pa.Table:
        """What speaks for a topic pack, a row an article."""
        table = self.read(MATCHES)
        return table.filter(pc.equal(table["pack"], pack))

    def count(self, name: str) -> int:
        """The number of rows of a table."""
        return self.store.count_rows(self.keys, self.loose, name)


def _tell_rules(segments: pa.Table, profile: Profile) -> pa.Table:
    """Give the lines that a corpus repeats the rule with the numbers of this corpus."""
    lines = segments["line"].unique().drop_null().to_pylist()
    if not lines:
        return segments
    rules = pa.array([tell_repeated(profile.repeated[int(line)], profile) for line in lines])
    told = rules.take(pc.index_in(segments["line"], pa.array(lines)))
    told = pc.coalesce(told, segments["rule"])
    return segments.set_column(segments.schema.get_field_index("rule"), "rule", told)


class StoredRows(Sequence[Item], Generic[Item]):
    """Rows of a table as objects, made when they are asked for.

    Args:
        read: Gives the table.
        parts: Gives it in parts.
        build: Makes an object of a row.
        size: The number of rows.
    """

    def __init__(
        self, read: Callable[[], pa.Table], parts: Parts, build: Callable[[dict[str, Any]], Item], size: int
    ) -> None:
        self._read, self.parts, self._build, self._size = read, parts, build, size

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, place: int) -> Item: ...

    @overload
    def __getitem__(self, place: slice) -> list[Item]: ...

    def __getitem__(self, place: int | slice) -> Item | list[Item]:
        if isinstance(place, slice):
            places = range(*place.indices(self._size))
            return list(map(self._build, self._read().take(pa.array(places, pa.int64())).to_pylist()))
        (row,) = self._read().slice(range(self._size)[place], 1).to_pylist()
        return self._build(row)

    def __iter__(self) -> Iterator[Item]:
        for part in self.parts():
            for batch in part.to_batches(max_chunksize=1000):
                yield from map(self._build, batch.to_pylist())


def read_rows(table: pa.Table) -> StoredRows[Mapping[str, Any]]:
    """The rows of a table as mappings."""
    return StoredRows(lambda: table, lambda: [table], lambda row: row, table.num_rows)


def pack_pages(pages: Sequence[LoadedPage]) -> Parts:
    """Make an Arrow table of a corpus's pages, in parts."""
    if isinstance(pages, StoredRows):
        return pages.parts
    return lambda: [pack_rows("pages", (("", _page_row(page)) for page in pages))]


def pack_segments(segments: Sequence[PlacedSegment]) -> Parts:
    """Make an Arrow table of a corpus's segments, in parts."""
    if isinstance(segments, StoredRows):
        return segments.parts
    return lambda: [pack_rows("segments", (("", _segment_row(placed)) for placed in segments))]


_ARTICLE_FIELDS = [field.name for field in fields(Article)]
_SEGMENT_FIELDS = [field.name for field in fields(Segment)]


def build_article(row: Mapping[str, Any]) -> Article:
    """The article of a row."""
    return Article(**{name: row[name] for name in _ARTICLE_FIELDS})


def build_page(row: Mapping[str, Any]) -> LoadedPage:
    """The page of a row."""
    page = Page(row["page"], row["sha256"], row["encoding"], row["text"])
    return LoadedPage(page, row["layout"], row["language"])


def build_segment(row: Mapping[str, Any]) -> PlacedSegment:
    """The segment of a row, in its place."""
    segment = Segment(row["start"], row["end"], row["role"], row["rule"])
    return PlacedSegment(row["page"], segment, row["article_id"], row["article_start"], row["article_end"])


def build_problem(row: Mapping[str, Any]) -> Problem:
    """The problem of a row."""
    return Problem(**{field.name: row[field.name] for field in fields(Problem)})


def build_match(row: Mapping[str, Any]) -> TopicMatch:
    """What speaks for a topic pack in an article."""
    return TopicMatch(row["on_topic"], tuple(row["words"]))
