"""Extract a corpus through a store: what it holds is used again, and what is new is made and kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.collecting import collect_seldom
from analysis.corpus import Corpus
from analysis.corrections import correct_tables
from analysis.engine import Engine, LocalEngine
from analysis.errors import DamagedPartitionError, Problem, WorkerLostError
from analysis.extraction import TOLD, Topical, choose_packs, extract_whole, list_codebooks, merge_actors
from analysis.progress import Progress
from analysis.schema import TABLES
from analysis.store.arrow import ROW, UNIT, pack_parts, read_frame
from analysis.store.batches import (
    ARTICLE_TABLES,
    PAGE_SECONDS,
    Made,
    Unit,
    extract_batch,
    tell_lost,
)
from analysis.store.filling import attempt_batches
from analysis.store.folder import Store, cache_folder
from analysis.store.keys import fingerprint_extraction, key_of_article, key_of_parse
from analysis.store.pages import pack_pages, pack_segments, read_rows
from analysis.store.partitions import Partition, Parts
from analysis.tables import Tables


def extract(
    corpus: Corpus,
    *,
    fresh: bool = False,
    progress: Progress | None = None,
    engine: Engine | None = None,
    page_seconds: float = PAGE_SECONDS,
    tell: Callable[[str], None] = lambda _: None,
) -> Tables:
    """Extract every table from a corpus, making only what the store does not hold.

    The ``corrections.csv`` of the corpus's folder is applied last; see :mod:`analysis.corrections`.

    Args:
        corpus: The corpus as loaded.
        fresh: Extract again even if the store has the tables.
        progress: Called as articles are done.
        engine: Where articles are worked on: this process, or Dask's workers; see :mod:`analysis.engine`.
        page_seconds: Seconds that an article may take, beside one for every hundred words.
        tell: Called with a line that says how many articles the store held.

    Returns:
        The tables. Whether they were reused, :func:`is_cached` tells beforehand.

    Raises:
        ModelMissingError: No English language model is installed.
        StoreError: The store was written by a newer version.
    """

    def make(fresh: bool) -> Tables:
        how = {"progress": progress, "engine": engine, "page_seconds": page_seconds, "tell": tell}
        return extract_into_store(corpus, fresh=fresh, **how).make_tables()

    try:
        tables = make(fresh)
    # What is damaged is gone from the store now, and is made again.
    except DamagedPartitionError:
        tables = make(False)
    # Last, and never into the store: a correction costs no extraction.
    return correct_tables(tables, corpus.path)


@collect_seldom()
def extract_into_store(
    corpus: Corpus,
    *,
    fresh: bool = False,
    progress: Progress | None = None,
    engine: Engine | None = None,
    page_seconds: float = PAGE_SECONDS,
    tell: Callable[[str], None] = lambda _: None,
) -> Extraction:
    """Extract what the store does not hold, and leave the tables there; see :func:`extract`.

    Corrections are no part of it.
    """
    store = Store(cache_folder())
    extraction = None if fresh else _find_extraction(store, corpus)
    if extraction is None:
        return _extract(corpus, store, engine or LocalEngine(), fresh, progress, page_seconds, tell)
    tell("Nothing has changed since an earlier run: its tables are used again.")
    return extraction


class Extraction:
    """The tables of a corpus in a store, read whole or in parts.

    Args:
        store: The store.
        keys: The keys of the articles, in order.
        loose: Tables of articles that could not be kept.
        whole: The tables of the corpus as a whole by name, or where they are kept; of ``events``, the ids.
        about: Fingerprint, topic and codebooks.
    """

    corrections = 0

    def __init__(
        self,
        store: Store,
        keys: Sequence[str],
        loose: Sequence[Made],
        whole: Mapping[str, pa.Table | Parts] | Partition,
        about: Mapping[str, Any],
    ) -> None:
        self._store, self._keys, self._loose, self._whole = store, keys, loose, whole
        self.fingerprint: str = about["fingerprint"]
        self.topic: tuple[str, ...] = tuple(about["topic"])
        self.codebooks = tuple((name, version) for name, version in about["codebooks"])

    def parts(self, name: str) -> Iterator[pd.DataFrame]:
        """A table in parts: the rows of some thousand articles, or some ten thousand rows.

        Raises:
            DamagedPartitionError: A partition is not what was written; it is gone from the store now.
        """
        if name not in ARTICLE_TABLES:
            for table in self._read_whole(name):
                yield read_frame(name, table)
            return
        ids = self._read_ids() if name == "events" else None
        before = 0
        for table in self._store.read_parts(self._keys, self._loose, name):
            if ids is not None:
                table = self._set_ids(table, ids.slice(before, table.num_rows))
            before += table.num_rows
            yield read_frame(name, table)

    def make_tables(self) -> Tables:
        """All tables, in memory.

        Raises:
            DamagedPartitionError: A partition is not what was written; it is gone from the store now.
        """
        rows = self._store.read_units(self._keys, self._loose, ARTICLE_TABLES)
        rows |= {
            name: pa.concat_tables(self._read_whole(name)) for name in TABLES if name not in ARTICLE_TABLES
        }
        rows["events"] = self._set_ids(rows["events"], self._read_ids())
        frames = {name: read_frame(name, rows.pop(name)) for name in TABLES}
        return Tables(**frames, fingerprint=self.fingerprint, topic=self.topic, codebooks=self.codebooks)

    def _read_ids(self) -> pa.ChunkedArray:
        """The ids of events, in the order of their rows."""
        return pa.concat_tables(self._read_whole("events"))["event_id"]

    def _read_whole(self, name: str) -> Iterator[pa.Table]:
        """A table of the corpus as a whole, in parts."""
        if not isinstance(self._whole, Partition):
            table = self._whole[name]
            yield from [table] if isinstance(table, pa.Table) else table()
            return
        try:
            yield from self._store.read_whole_parts(self._whole, name)
        except DamagedPartitionError as why:
            self._store.drop_whole(self._whole, why)
            raise

    def _set_ids(self, events: pa.Table, ids: pa.ChunkedArray) -> pa.Table:
        if events.num_rows != len(ids):
            why = DamagedPartitionError("There are not as many events as ids of events.", where="events")
            if isinstance(self._whole, Partition):
                self._store.drop_whole(self._whole, why)
            raise why
        return _replace_ids(events, ids)


def _replace_ids(events: pa.Table, ids: pa.Array | pa.ChunkedArray) -> pa.Table:
    return events.set_column(events.schema.get_field_index("event_id"), "event_id", ids)


def is_cached(corpus: Corpus) -> bool:
    """Whether the tables of a corpus can be had without extracting."""
    store = Store(cache_folder())
    whole = store.whole(key_of_corpus(corpus))
    return whole is not None and len(store.find(set(whole.units))) == len(set(whole.units))


def key_of_corpus(corpus: Corpus) -> str:
    """The name under which the store keeps what was made of a corpus as a whole."""
    return hashlib.sha256(f"{corpus.fingerprint} {fingerprint_extraction()}".encode()).hexdigest()[:32]


class Units(Sequence[Unit]):
    """The articles that can be extracted from, each made when it is asked for.

    Args:
        topical: The articles of the corpus.
        rows: The place there of each, with the keys of its tables and of its parse.
        find_parse: Gives the partition that holds a parse.
    """

    def __init__(
        self,
        topical: Sequence[Topical],
        rows: Sequence[tuple[int, str, str]],
        find_parse: Callable[[str], Partition | None],
    ) -> None:
        self._topical, self._rows, self._find_parse = topical, rows, find_parse

    @property
    def keys(self) -> list[str]:
        """The key of each."""
        return [key for _, key, _ in self._rows]

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, at: int | slice) -> Any:
        if isinstance(at, slice):
            return [self._make(row) for row in self._rows[at]]
        return self._make(self._rows[at])

    def _make(self, row: tuple[int, str, str]) -> Unit:
        place, key, parse = row
        return Unit(key, self._topical[place], parse, self._find_parse(parse))

    def without(self, held: Container[str]) -> Units:
        """Those whose keys are others."""
        return Units(self._topical, [row for row in self._rows if row[1] not in held], self._find_parse)


def _list_units(corpus: Corpus, topical: Sequence[Topical], store: Store, fresh: bool) -> Units:
    any_subject = "none" in corpus.topic
    rows = [
        (place, key_of_article(item, any_subject=any_subject), key_of_parse(item.article))
        for place, item in enumerate(topical)
        if item.article.is_readable
    ]
    return Units(topical, rows, (lambda _: None) if fresh else store.find_parse)


def _extract(
    corpus: Corpus,
    store: Store,
    engine: Engine,
    fresh: bool,
    progress: Progress | None,
    page_seconds: float,
    tell: Callable[[str], None],
) -> Extraction:
    topical, packs, notes = choose_packs(corpus)
    units = _list_units(corpus, topical, store, fresh)
    work = partial(extract_batch, store.partitions, "none" in corpus.topic, page_seconds)
    loose: list[Made] = []
    problems: list[Problem] = []
    keys = units.keys
    wanted = units if fresh else units.without(store.find(keys))
    if len(wanted) < len(units):
        tell(f"{len(units) - len(wanted):,} of {len(units):,} articles need not be extracted from again.")
    # A damaged partition is found when it is read; then what stood in it is made again. A disk that damages
    # what is written to it is given up.
    for last in (False, True):
        problems += _fill(store, engine, work, wanted, loose, progress)
        try:
            actors = merge_actors(_read_mentions(store, keys, loose))
            events = store.read_units(keys, loose, ["events"])["events"]
            break
        except DamagedPartitionError:
            if last:
                raise
            made = {key for each in loose for key in each.units} | _keys_of(problems, units)
            wanted = units.without(made | store.find(keys).keys())
    found, event_ids = extract_whole(corpus, topical, (*notes, *problems), read_rows(events), engine=engine)
    found["actors"] = actors
    whole: dict[str, pa.Table | Parts] = {
        name: partial(_pack_whole, name, rows) for name, rows in found.items()
    }
    whole |= {"pages": pack_pages(corpus.pages), "segments": pack_segments(corpus.segments)}
    events = _replace_ids(events, pa.array(event_ids, pa.string()))
    whole["events"] = events.select([UNIT, ROW, "event_id"])
    about = {
        "fingerprint": corpus.fingerprint,
        "topic": [pack.name for pack in packs],
        "codebooks": [(book.name, book.version) for book in list_codebooks(topical)],
    }
    kept = None
    if not problems and not loose:
        kept = store.keep_whole(key_of_corpus(corpus), keys, whole, about)
    store.save_manifest()
    return Extraction(store, keys, loose, kept or whole, about)


def _pack_whole(name: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[pa.Table]:
    return pack_parts(name, (("", row) for row in rows))


def _read_mentions(store: Store, keys: Sequence[str], loose: Sequence[Made]) -> Iterator[dict[str, Any]]:
    """The mentions of articles, each with what is known of its actor."""
    for table in store.read_parts(keys, loose, "mentions"):
        yield from read_rows(table.select(["actor_id", *TOLD]))


def _fill(
    store: Store,
    engine: Engine,
    work: partial[Made],
    wanted: Sequence[Unit],
    loose: list[Made],
    progress: Progress | None,
) -> list[Problem]:
    """Make what is wanted, in batches; a batch that is too much for a worker is made in halves.

    What could not be kept is added to ``loose``.

    Returns:
        The problems of articles that could not be extracted from.
    """
    problems: list[Problem] = []
    for batch, made in attempt_batches(engine, work, wanted, progress, "Extracting articles"):
        if isinstance(made, WorkerLostError):
            problems.append(tell_lost(batch[0].item, f"The article was too much for a worker: {made.what}"))
            continue
        problems += made.problems
        if made.partition:
            store.add(made.partition)
        elif made.units:
            store.refuse(made.refused)
            loose.append(made)
    return problems


def _keys_of(problems: Iterable[Problem], units: Iterable[Unit]) -> set[str]:
    failed = {problem.article_id for problem in problems}
    if not failed:
        return set()
    return {unit.key for unit in units if unit.item.article.article_id in failed}


def _find_extraction(store: Store, corpus: Corpus) -> Extraction | None:
    """The tables of a corpus that nothing has changed in; None where something is missing."""
    whole = store.whole(key_of_corpus(corpus))
    if whole is None or len(store.find(set(whole.units))) < len(set(whole.units)):
        return None
    return Extraction(store, whole.units, (), whole, whole.about)
