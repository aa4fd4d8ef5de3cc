"""What the model said of texts, kept beside the tables: a changed codebook parses nothing again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import pyarrow as pa

from analysis.store.arrow import UNIT

if TYPE_CHECKING:
    from analysis.language.parse import Parse

PARSES = "parses"
# Numbers of the vocabulary are hashes of the words for tags and relations: they are the same everywhere.
_SCHEMA = pa.schema(
    [
        (UNIT, pa.string()),
        ("field", pa.string()),
        ("check", pa.int64()),
        ("heads", pa.list_(pa.int32())),
        ("relations", pa.list_(pa.uint64())),
        ("tags", pa.list_(pa.uint64())),
    ]
)


def pack_parses(parses: Iterable[tuple[str, str, Parse]]) -> pa.Table:
    """Make an Arrow table of parses, each with its key and the field of the article that it is of."""
    rows = [
        (key, field, parse.check, parse.rows[:, 0].astype("int32"), parse.rows[:, 1], parse.rows[:, 2])
        for key, field, parse in parses
    ]
    columns = zip(*rows, strict=True) if rows else [[] for _ in _SCHEMA]
    return pa.Table.from_arrays(
        [pa.array(list(column), field.type) for column, field in zip(columns, _SCHEMA, strict=True)],
        schema=_SCHEMA,
    )


def unpack_parses(table: pa.Table) -> Iterator[tuple[str, str, Parse]]:
    """The parses of a table, as :func:`pack_parses` was given them."""
    import numpy as np

    from analysis.language.parse import Parse

    for row in table.to_pylist():
        heads = np.array(row["heads"], dtype="int64").astype("uint64")
        others = [np.array(row[name], dtype="uint64") for name in ("relations", "tags")]
        yield row[UNIT], row["field"], Parse(row["check"], np.stack([heads, *others], axis=1))
