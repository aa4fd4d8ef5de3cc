"""The command ``framelines tables``: what the tables are, and questions to them in SQL."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.cli_parser import add_command
from analysis.errors import printable
from analysis.progress import show_progress

if TYPE_CHECKING:
    import pandas as pd


def add_tables(commands: argparse._SubParsersAction) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "tables",
        "list the tables, or the columns of one; or ask the tables of a corpus a question in SQL",
        "  framelines tables\n  framelines tables quotes\n"
        "  framelines tables seeds 'select speaker, count(*) from quotes group by 1 order by 2 desc'\n"
        "  framelines tables build/seeds 'select * from events order by date_earliest' --out events.csv",
    )
    parser.add_argument(
        "table", nargs="?", metavar="TABLE|DIR", help="a table's name; or a corpus, or a folder of tables"
    )
    parser.add_argument("query", nargs="?", metavar="SQL", help="a question, as DuckDB reads it")
    parser.add_argument("--topic", default="auto", metavar="auto|none|NAME", help="topic pack (auto)")
    parser.add_argument(
        "--out",
        metavar="FILE",
        help="write the answer: .csv, .jsonl or .parquet (printed, if not given; what is unknown as null)",
    )
    parser.set_defaults(run=_tables)


def _tables(options: argparse.Namespace) -> int:
    from analysis.schema import TABLES, table

    if options.query is not None:
        return _answer(options)
    if options.table is None:
        for spec in TABLES.values():
            print(f"{spec.name:<10} {spec.row}")
        return 0
    for column in table(options.table).columns:
        values = f" One of: {', '.join(column.values)}." if column.values else ""
        print(f"{column.name:<20} {column.type:<7} {column.meaning}{values}")
    return 0


def _answer(options: argparse.Namespace) -> int:
    from analysis import extract, load
    from analysis.store import MARKER, ask, open_corpus, open_files, write_answer

    if (Path(options.table) / MARKER).is_file():
        connection = open_files(options.table)
    else:
        corpus = load(options.table, topic=options.topic, progress=show_progress())
        extract(corpus, progress=show_progress())
        connection = open_corpus(corpus)
    answer = ask(connection, options.query)
    if options.out:
        write_answer(answer, options.out)
        print(f"{len(answer)} rows written to {options.out}.")
    else:
        print(_show_answer(answer) if len(answer) else "No rows.")
    return 0


def _show_answer(answer: pd.DataFrame) -> str:
    """An answer as columns of text. A blank would be lost among columns without lines between them."""
    told = {}
    for name, values in answer.items():
        if values.isna().any() and values.dtype.kind != "f":
            # days as days: as objects they would be told with the hour
            shown = values.astype(str if values.dtype.kind == "M" else object)
            told[name] = shown.where(values.notna(), "null")
    return printable(answer.assign(**told).to_string(index=False, max_colwidth=80, na_rep="null"))
