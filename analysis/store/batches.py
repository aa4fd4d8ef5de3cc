"""One batch of articles to a partition, wherever that runs: in this process or in a worker's."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from analysis.errors import DamagedPartitionError, ModelMissingError, PageTooSlowError, Problem
from analysis.extraction import LAYERS, Rows, Topical, extract_partition
from analysis.store.arrow import pack_rows
from analysis.store.parses import PARSES, pack_parses, unpack_parses
from analysis.store.partitions import Partition, read_table, write_partition
from analysis.store.timing import limit_time

if TYPE_CHECKING:
    from analysis.language.parse import Parse

    Parses = dict[tuple[str, str], Parse]

ARTICLE_TABLES = ("sentences", *LAYERS)

# An article may take so many seconds, and one more for so many words: fifty times what is usual.
PAGE_SECONDS = 30.0
WORDS_A_SECOND = 100


class Unit(NamedTuple):
    """An article to be extracted from: the key of its tables, and where its parse is kept, if it is.

    ``parse`` is the key of its parse, ``parsed_in`` the partition that holds it, None where none does.
    """

    key: str
    item: Topical
    parse: str
    parsed_in: Partition | None = None


Batch = tuple[Unit, ...]


@dataclass(frozen=True)
class Made:
    """What became of a batch.

    Attributes:
        partition: The partition that was written; None where the store could not be.
        units: The keys of the articles that were done.
        tables: Their tables, where they could not be written.
        problems: What kept articles from being extracted from: the next run tries them again.
        refused: Why the store could not be written; empty where it could.
    """

    partition: Partition | None
    units: tuple[str, ...]
    tables: dict[str, pa.Table]
    problems: tuple[Problem, ...] = ()
    refused: str = ""


def extract_batch(folder: Path, any_subject: bool, page_seconds: float, batch: Batch) -> Made:
    """Extract a batch of articles and write the partition.

    An article that makes an extractor fail, or that takes too long, becomes a problem; the rest is done.

    Args:
        folder: The folder of partitions.
        any_subject: Whether events of any subject are wanted.
        page_seconds: Seconds that an article may take, beside one for every hundred words.
        batch: Articles with their keys.

    Raises:
        ModelMissingError: No English model is installed.
    """
    parses = _read_parses(folder, batch)
    rows, problems = _extract(batch, any_subject, page_seconds, parses)
    failed = {problem.article_id for problem in problems}
    done = [unit for unit in batch if unit.item.article.article_id not in failed]
    units = tuple(unit.key for unit in done)
    key_of = {unit.item.article.article_id: unit.key for unit in done}
    tables = {
        name: pack_rows(name, [(key_of[row["article_id"]], row) for row in rows[name]])
        for name in ARTICLE_TABLES
    }
    if not units:
        return Made(None, (), {}, problems)
    parse_of = {unit.item.article.article_id: unit.parse for unit in done}
    kept = (
        (parse_of[article], field, parse) for (article, field), parse in parses.items() if article in parse_of
    )
    about = {PARSES: [unit.parse for unit in done]}
    try:
        made = write_partition(folder, units, tables | {PARSES: pack_parses(kept)}, about=about)
        return Made(made, units, {}, problems)
    except OSError as error:
        return Made(None, units, tables, problems, error.strerror or str(error))


def _read_parses(folder: Path, batch: Batch) -> Parses:
    """The parses that partitions hold, by article and field; a damaged one is as good as none."""
    articles = {unit.parse: unit.item.article.article_id for unit in batch}
    parses: Parses = {}
    for partition in {unit.parsed_in.name: unit.parsed_in for unit in batch if unit.parsed_in}.values():
        with contextlib.suppress(DamagedPartitionError):
            for key, field, parse in unpack_parses(read_table(folder, partition, PARSES)):
                if key in articles:
                    parses[articles[key], field] = parse
    return parses


def _extract(
    batch: Batch, any_subject: bool, page_seconds: float, parses: Parses
) -> tuple[Rows, tuple[Problem, ...]]:
    """The rows of a batch; where something fails, each article by itself."""
    topical = [unit.item for unit in batch]
    try:
        with limit_time(page_seconds + sum(item.article.words for item in topical) / WORDS_A_SECOND):
            return extract_partition(topical, any_subject=any_subject, parses=parses), ()
    except ModelMissingError:
        raise
    # Whatever an extractor stumbles over in one article must not cost the others.
    except Exception as error:
        if len(batch) == 1:
            return {name: [] for name in ARTICLE_TABLES}, (_tell_failure(topical[0], error),)
    rows: Rows = {name: [] for name in ARTICLE_TABLES}
    problems: list[Problem] = []
    for one in batch:
        found, told = _extract((one,), any_subject, page_seconds, parses)
        problems += told
        for name in ARTICLE_TABLES:
            rows[name] += found[name]
    return rows, tuple(problems)


def _tell_failure(item: Topical, error: Exception) -> Problem:
    if isinstance(error, PageTooSlowError):
        return tell_lost(item, "The article took longer than it may.")
    if isinstance(error, MemoryError):
        return tell_lost(item, "The article needs more memory than there is.")
    return tell_lost(item, f"An extractor failed at the article: {type(error).__name__}: {error}")


def tell_lost(item: Topical, what: str) -> Problem:
    """The problem of an article that nothing was extracted from."""
    article = item.article
    return Problem(
        "extract",
        "error",
        what,
        "The other articles were extracted from; the next run tries this one again.",
        "Report it with the page; until then leave the page out with corpus.toml.",
        page=article.page,
        article_id=article.article_id,
    )
