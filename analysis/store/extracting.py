"""Extract a corpus through a store: what it holds is used again, and what is new is made and kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import pyarrow as pa

from analysis.corpus import Corpus
from analysis.corrections import correct_tables
from analysis.engine import Engine, LocalEngine
from analysis.errors import DamagedPartitionError, Problem, WorkerLostError
from analysis.extraction import Topical, choose_packs, extract_whole, list_codebooks
from analysis.progress import Progress
from analysis.schema import TABLES
from analysis.store.arrow import ROW, UNIT, pack_rows, read_frame
from analysis.store.batches import (
    ARTICLE_TABLES,
    PAGE_SECONDS,
    Batch,
    Made,
    Unit,
    extract_batch,
    tell_lost,
)
from analysis.store.filling import attempt_batches
from analysis.store.folder import Store, cache_folder
from analysis.store.keys import fingerprint_extraction, key_of_article, key_of_parse
from analysis.store.pages import pack_pages, pack_segments, read_rows
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
    store = Store(cache_folder())
    tables = None if fresh else _read_whole(store, corpus)
    if tables is None:
        tables = _extract(corpus, store, engine or LocalEngine(), fresh, progress, page_seconds, tell)
    else:
        tell("Nothing has changed since an earlier run: its tables are used again.")
    # Last, and never into the store: a correction costs no extraction.
    return correct_tables(tables, corpus.path)


def is_cached(corpus: Corpus) -> bool:
    """Whether the tables of a corpus can be had without extracting."""
    store = Store(cache_folder())
    whole = store.whole(key_of_corpus(corpus))
    return whole is not None and len(store.find(set(whole.units))) == len(set(whole.units))


def key_of_corpus(corpus: Corpus) -> str:
    """The name under which the store keeps what was made of a corpus as a whole."""
    return hashlib.sha256(f"{corpus.fingerprint} {fingerprint_extraction()}".encode()).hexdigest()[:32]


def _list_units(corpus: Corpus, topical: Iterable[Topical], store: Store, fresh: bool) -> Batch:
    any_subject, units = "none" in corpus.topic, []
    for item in topical:
        if item.article.is_readable:
            parse = key_of_parse(item.article)
            known = None if fresh else store.find_parse(parse)
            units.append(Unit(key_of_article(item, any_subject=any_subject), item, parse, known))
    return tuple(units)


def _extract(
    corpus: Corpus,
    store: Store,
    engine: Engine,
    fresh: bool,
    progress: Progress | None,
    page_seconds: float,
    tell: Callable[[str], None],
) -> Tables:
    topical, packs, notes = choose_packs(corpus)
    units = _list_units(corpus, topical, store, fresh)
    work = partial(extract_batch, store.partitions, "none" in corpus.topic, page_seconds)
    loose: list[Made] = []
    problems: list[Problem] = []
    wanted = [unit for unit in units if fresh or unit.key not in store.find([unit.key])]
    if len(wanted) < len(units):
        tell(f"{len(units) - len(wanted):,} of {len(units):,} articles need not be extracted from again.")
    # A damaged partition is found when it is read; then what stood in it is made again. A disk that damages
    # what is written to it is given up.
    for last in (False, True):
        problems += _fill(store, engine, work, wanted, loose, progress)
        try:
            rows = store.read_units([unit.key for unit in units], loose, ARTICLE_TABLES)
            break
        except DamagedPartitionError:
            if last:
                raise
            made = {key for each in loose for key in each.units} | _keys_of(problems, units)
            wanted = [unit for unit in units if unit.key not in made and not store.find([unit.key])]
    whole, event_ids = extract_whole(
        corpus,
        topical,
        (*notes, *problems),
        read_rows(rows["mentions"]),
        read_rows(rows["events"]),
        engine=engine,
    )
    events = rows["events"]
    rows["events"] = events.set_column(
        events.schema.get_field_index("event_id"), "event_id", pa.array(event_ids, pa.string())
    )
    rows |= {name: pack_rows(name, (("", row) for row in found)) for name, found in whole.items()}
    rows |= {"pages": pack_pages(corpus.pages), "segments": pack_segments(corpus.segments)}
    about = {
        "fingerprint": corpus.fingerprint,
        "topic": [pack.name for pack in packs],
        "codebooks": [(book.name, book.version) for book in list_codebooks(topical)],
    }
    if not problems and not loose:
        kept = {name: rows[name] for name in (*whole, "pages", "segments")} | {
            "events": rows["events"].select([UNIT, ROW, "event_id"])
        }
        store.keep_whole(key_of_corpus(corpus), [unit.key for unit in units], kept, about)
    store.save_manifest()
    return _make_tables(rows, about)


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


def _keys_of(problems: Iterable[Problem], units: Batch) -> set[str]:
    failed = {problem.article_id for problem in problems}
    return {unit.key for unit in units if unit.item.article.article_id in failed}


def _read_whole(store: Store, corpus: Corpus) -> Tables | None:
    """The tables of a corpus that nothing has changed in; None where something is missing."""
    whole = store.whole(key_of_corpus(corpus))
    if whole is None or len(store.find(set(whole.units))) < len(set(whole.units)):
        return None
    try:
        rows = store.read_units(whole.units, (), ARTICLE_TABLES)
        kept = {name: store.read_whole(whole, name) for name in whole.files}
    except DamagedPartitionError:
        return None
    events, ids = rows["events"], kept.pop("events")
    if events.num_rows != ids.num_rows:
        return None
    rows["events"] = events.set_column(events.schema.get_field_index("event_id"), "event_id", ids["event_id"])
    return _make_tables(rows | kept, whole.about)


def _make_tables(rows: Mapping[str, pa.Table], about: Mapping[str, Any]) -> Tables:
    frames = {name: read_frame(name, rows[name]) for name in TABLES}
    codebooks = tuple((name, version) for name, version in about["codebooks"])
    return Tables(
        **frames, fingerprint=about["fingerprint"], topic=tuple(about["topic"]), codebooks=codebooks
    )
