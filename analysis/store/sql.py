"""The tables in SQL, by way of DuckDB: straight from their files, so that they may be larger than memory.

Views have the names and columns of the contract. A query can read these files and nothing else, and no
network. Rows have no order of their own: ask for one (``order by article_id, start``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from analysis.corpus import Corpus
from analysis.errors import QueryError, StoreError
from analysis.schema import TABLES
from analysis.store.arrow import ROW, UNIT, make_schema
from analysis.store.batches import ARTICLE_TABLES
from analysis.store.extracting import key_of_corpus
from analysis.store.folder import Store, cache_folder
from analysis.store.writing import MARKER

if TYPE_CHECKING:
    import pandas as pd
    from duckdb import DuckDBPyConnection

_READERS = {"parquet": "read_parquet", "jsonl": "read_json_auto", "csv": "read_csv_auto"}


def open_files(folder: str | Path) -> DuckDBPyConnection:
    """Open tables that :func:`analysis.store.write_tables` wrote.

    Raises:
        StoreError: There are none in the folder.
    """
    folder = Path(folder).resolve()
    try:
        form = json.loads((folder / MARKER).read_text(encoding="utf-8"))["format"]
        reader = _READERS[form]
    except (OSError, ValueError, KeyError, TypeError):
        raise StoreError(
            "There are no tables here.",
            where=str(folder),
            allowed="A folder that `framelines extract --out` wrote.",
        ) from None
    connection = _connect()
    for name in TABLES:
        connection.execute(
            f"create view {name} as select * from {reader}({_text(folder / f'{name}.{form}')})"
        )
    return _close_off(connection, folder)


def open_corpus(corpus: Corpus) -> DuckDBPyConnection:
    """Open the tables of a corpus where they stand in the store.

    Corrections are no part of a store: the tables are as they were extracted.

    Raises:
        StoreError: The store does not hold them; :func:`analysis.store.extract` first.
    """
    store = Store(cache_folder())
    whole = store.whole(key_of_corpus(corpus))
    found = store.find(whole.units) if whole else {}
    if whole is None or len(found) < len(set(whole.units)):
        raise StoreError(
            "The store does not hold the tables of this corpus.",
            where=str(store.folder),
            todo="Extract it first, and mend what its problems say.",
        )
    folder = store.folder.resolve()
    connection = _connect()
    owners = {"unit_key": list(found), "filename": [part.name for part in found.values()]}
    connection.register("unit", pa.table(owners))
    kept = {name: folder / "corpora" / whole.name / f"{name}.parquet" for name in whole.files}
    parts = sorted({part.name for part in found.values()})
    for name in TABLES:
        if name in ARTICLE_TABLES and not parts:
            connection.register(name, make_schema(name).empty_table().select(TABLES[name].names))
        elif name in ARTICLE_TABLES:
            files = [folder / "articles" / part / f"{name}.parquet" for part in parts]
            connection.execute(f"create view {name} as {_select(name, files, kept)}")
        else:
            columns = ", ".join(f'"{column}"' for column in TABLES[name].names)
            connection.execute(
                f"create view {name} as select {columns} from read_parquet({_text(kept[name])})"
            )
    return _close_off(connection, folder)


def ask(connection: DuckDBPyConnection, query: str) -> pd.DataFrame:
    """The answer to a query.

    Raises:
        QueryError: DuckDB cannot answer it; the message is DuckDB's.
    """
    import duckdb

    try:
        return connection.execute(query).df()
    except duckdb.Error as error:
        raise QueryError(
            str(error).splitlines()[0],
            where=query,
            allowed=f"SQL as DuckDB reads it, over: {', '.join(TABLES)}.",
            todo="`framelines tables NAME` lists the columns of a table.",
        ) from None


def _select(name: str, files: list[Path], kept: Mapping[str, Path]) -> str:
    """The rows of the corpus's units; a unit that stands in two partitions is read from one."""
    listed = f"[{', '.join(map(_text, files))}]"
    where = f"from read_parquet({listed}, filename = true) p join unit u on p.{UNIT} = u.{UNIT} "
    where += "and parse_path(p.filename)[-2] = u.filename"
    columns = [f'p."{column}"' for column in TABLES[name].names]
    if name == "events":
        columns[TABLES[name].names.index("event_id")] = "e.event_id"
        where += f" join read_parquet({_text(kept['events'])}) e on p.{UNIT} = e.{UNIT} and p.{ROW} = e.{ROW}"
    return f"select {', '.join(columns)} {where}"


def _connect() -> DuckDBPyConnection:
    import duckdb

    return duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})


def _close_off(connection: DuckDBPyConnection, folder: Path) -> DuckDBPyConnection:
    """From here on a query reads the files of one folder, and nothing else."""
    connection.execute(f"set allowed_directories = [{_text(folder)}]")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def _text(value: Path | str) -> str:
    """A text as SQL writes it."""
    return "'" + str(value).replace("'", "''") + "'"
