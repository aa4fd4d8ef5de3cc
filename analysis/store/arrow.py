"""Rows of the contract as Arrow tables, which is how a partition holds them, and back as DataFrames.

A table of a partition has two columns before those of the contract: ``unit_key``, the key of what the row
was made of, and ``unit_row``, its number there: so rows of many partitions can be put in order.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.schema import TABLES, known_value

UNIT, ROW = "unit_key", "unit_row"
READINGS, MARKS, MATCHES = "readings", "marks", "matches"

# Rows made into a part of an Arrow table.
_TOGETHER = 10_000

# Text columns beyond the contract: what is known of the actor of a mention, from which the actors of a corpus
# are merged; what dates an article; and the hash of a line that a corpus repeats, whose rule counts pages.
MORE = {
    "mentions": ("name", "kind", "role", "party", "country"),
    "articles": ("stamp", "aside"),
    "segments": ("line",),
}

_TYPES = {
    "string": pa.string(),
    "enum": pa.string(),
    "date": pa.string(),
    "int": pa.int64(),
    "offset": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
    "list": pa.list_(pa.string()),
}
# Of files: what stood in each, what pass 1 asks of its pages, what speaks for a topic pack in its articles.
_OTHERS = {
    READINGS: [("name", pa.string()), ("sha256", pa.string())],
    MARKS: [
        ("hashes", pa.list_(pa.int64())),
        ("lengths", pa.list_(pa.int64())),
        ("kinds", pa.list_(pa.int64())),
        ("joined", pa.list_(pa.int64())),
    ],
    MATCHES: [("pack", pa.string()), ("on_topic", pa.bool_()), ("words", pa.list_(pa.string()))],
}
_DTYPES = {
    pa.string(): pd.StringDtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.float64(): pd.Float64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
}


def make_schema(name: str) -> pa.Schema:
    """The Arrow schema of a table in a partition."""
    head = [(UNIT, pa.string()), (ROW, pa.int64())]
    if name in _OTHERS:
        return pa.schema([*head, *_OTHERS[name]])
    columns = [(column.name, _TYPES[column.type]) for column in TABLES[name].columns]
    return pa.schema([*head, *columns, *((column, pa.string()) for column in MORE.get(name, ()))])


def pack_rows(name: str, rows: Iterable[tuple[str, Mapping[str, Any]]]) -> pa.Table:
    """Make an Arrow table of rows, each with the key of its unit; the rows of a unit follow one another."""
    return pa.concat_tables(pack_parts(name, rows))


def pack_parts(name: str, rows: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[pa.Table]:
    """The same in parts, one at least, each made of some thousand rows when it is taken."""
    schema, rows = make_schema(name), iter(rows)
    before, number = None, 0
    yield schema.empty_table()
    while some := list(itertools.islice(rows, _TOGETHER)):
        numbers = []
        for unit, _ in some:
            number = number + 1 if unit == before else 0
            before = unit
            numbers.append(number)
        columns = [pa.array([unit for unit, _ in some], pa.string()), pa.array(numbers, pa.int64())]
        for field in list(schema)[2:]:
            columns.append(pa.array([known_value(row.get(field.name)) for _, row in some], field.type))
        yield pa.Table.from_arrays(columns, schema=schema)


def order_rows(tables: Sequence[pa.Table], units: Mapping[str, int]) -> pa.Table:
    """Join tables of several partitions: the rows of some units, in the units' order.

    Args:
        tables: Tables of one schema; no unit stands in two of them.
        units: Each unit's key and its place.
    """
    joined = pa.concat_tables(tables)
    keys = joined[UNIT].combine_chunks().dictionary_encode()
    if not len(keys):
        return joined
    known = np.array([units.get(key, -1) for key in keys.dictionary.to_pylist()], dtype=np.int64)
    place = known[keys.indices.to_numpy()]
    order = np.lexsort((joined[ROW].to_numpy(), place))
    return joined.take(pa.array(order[np.searchsorted(place[order], 0) :]))


def read_frame(name: str, table: pa.Table) -> pd.DataFrame:
    """The columns of the contract as a DataFrame, as :func:`analysis.schema.build_frame` makes it."""
    frame = table.select(TABLES[name].names).to_pandas(types_mapper=_DTYPES.get)
    for column in TABLES[name].columns:
        if column.type == "list":
            values = [None if value is None else list(value) for value in frame[column.name]]
            frame[column.name] = pd.Series(values, dtype="object")
    return frame
