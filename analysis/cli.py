"""The command line: ``framelines report``, ``check``, ``extract`` and the others that ``--help`` lists.

Exit codes: 0 all was read; 1 finished, with something unread or failed (of `diff`: something changed);
2 wrong usage or nothing to do; 130 interrupted.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from analysis.cli_diff import add_diff
from analysis.cli_frames import add_frames
from analysis.cli_lab import add_lab
from analysis.cli_new import add_new
from analysis.cli_parser import Parser, add_command, add_full_text, add_workers, parse_count
from analysis.cli_tables import add_tables
from analysis.errors import (
    DamagedPartitionError,
    Problem,
    UnknownNameError,
    WorkbookError,
    printable,
)
from analysis.progress import show_progress

_EPILOG = """\
examples:
  framelines new my-study/        make a study, then put pages into it
  framelines report my-study/     write its pages to my-study/exports/
  framelines COMMAND --help       say what a command takes, with examples

exit codes:
  0    all was read and done
  1    finished, but something could not be read or failed; of diff: something changed
  2    wrong usage, or nothing to do
  130  interrupted; what was finished is kept
"""
_FORMATS = ("parquet", "jsonl", "csv")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: What follows the command's name; None takes the process's own.

    Returns:
        The exit code.
    """
    # Arrow's own allocator keeps what was freed: of an archive, half as much again as is needed.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    parser = build_parser()
    options, unknown = parser.parse_known_args(arguments)
    if unknown:
        getattr(options, "parser", parser).error(f"unrecognized arguments: {' '.join(unknown)}")
    if not getattr(options, "run", None):
        parser.print_help()
        return 2
    try:
        return options.run(options)
    except WorkbookError as error:
        if options.traceback:
            traceback.print_exc()
        else:
            print(printable(f"{type(error).__name__}: {error}"), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Interrupted. What was finished is kept.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output (head, less) has closed it; keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands, with examples."""
    version = importlib.metadata.version("framelines")
    parser = Parser(
        prog="framelines",
        description="Framing, policy timelines and source comparison of political news.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"framelines {version}")
    parser.add_argument("--traceback", action="store_true", help="show where in the code an error arose")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_report(commands)
    _add_check(commands)
    _add_extract(commands)
    _add_export(commands)
    add_diff(commands)
    add_new(commands)
    add_lab(commands)
    add_tables(commands)
    add_frames(commands)
    return parser


def _add_report(commands: argparse._SubParsersAction) -> None:
    parser = add_command(
        commands,
        "report",
        "run the notebooks on a corpus and write one HTML file each",
        "  framelines report\n"
        "  framelines report my-study/ --param outlets='[\"Example Herald\"]'\n"
        "  framelines report my-study/ --notebook 02-policy-timelines --out sent/\n"
        "  framelines report archive/ --workers 4",
    )
    parser.add_argument(
        "corpus", nargs="?", default="seeds", metavar="CORPUS", help="folder, file or glob (seeds)"
    )
    parser.add_argument(
        "--out", metavar="DIR", help="where to write (exports/ for the seeds, else CORPUS/exports)"
    )
    parser.add_argument(
        "--notebook", action="append", metavar="NAME", help="only this notebook; may be repeated"
    )
    parser.add_argument(
        "--param",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a parameter, to every notebook that has it",
    )
    parser.add_argument("--topic", default=None, metavar="auto|none|NAME", help="topic pack (auto)")
    parser.add_argument("--fresh", action="store_true", help="run everything again, reuse nothing")
    add_full_text(parser)
    add_workers(parser)
    parser.set_defaults(run=_report)


def _add_extract(commands: argparse._SubParsersAction) -> None:
    parser = add_command(
        commands,
        "extract",
        "write every table of a corpus, one file each",
        "  framelines extract seeds --out build/seeds --format jsonl\n"
        "  framelines extract 'pages/2024-*.txt' --out tables/ --topic none\n"
        "  framelines extract archive/ --out tables/ --workers 4",
    )
    parser.add_argument("input", metavar="INPUT", help="folder (read recursively), file or glob")
    parser.add_argument("--out", required=True, metavar="DIR", help="folder to write; replaced as a whole")
    parser.add_argument("--format", choices=_FORMATS, default="parquet", help="file format (parquet)")
    parser.add_argument(
        "--topic",
        default="auto",
        metavar="auto|none|NAME",
        help="topic pack: those that apply, none (events of any subject), or a name (auto)",
    )
    parser.add_argument("--fresh", action="store_true", help="extract again, even if nothing changed")
    add_workers(parser)
    parser.set_defaults(run=_extract)


def _add_check(commands: argparse._SubParsersAction) -> None:
    parser = add_command(
        commands,
        "check",
        "say what a corpus holds: read, split, dropped, undated, copied; and what could not be read; "
        "or what a codebook or corpus.toml holds, and what is wrong with it",
        "  framelines check my-study/\n"
        "  framelines check my-study/codebook.toml\n"
        "  framelines check export.zip --most 50\n"
        "  framelines check 'pages/2024-*.html' --topic uk_migration",
    )
    parser.add_argument(
        "input",
        metavar="INPUT",
        help="folder (read recursively), file or glob; or a .toml file: a codebook, a topic pack, "
        "or the settings of a corpus, which are checked with its pages",
    )
    parser.add_argument(
        "--topic", default="auto", metavar="auto|none|NAME", help="topic pack that on topic means (auto)"
    )
    parser.add_argument(
        "--most",
        type=parse_count,
        default=10,
        metavar="N",
        help="how many articles to name for each question (10)",
    )
    parser.set_defaults(run=_check)


def _add_export(commands: argparse._SubParsersAction) -> None:
    parser = add_command(
        commands,
        "export",
        "run one notebook and write it as one HTML file",
        "  framelines export notebooks/01-political-framing.ipynb\n"
        "  framelines export my.ipynb --out sent/my.html",
    )
    parser.add_argument("notebook", metavar="NOTEBOOK", help="the .ipynb file; it is not changed")
    parser.add_argument("--out", metavar="FILE", help="HTML file to write (beside the notebook)")
    add_full_text(parser)
    parser.set_defaults(run=_export)


def _report(options: argparse.Namespace) -> int:
    from analysis.report.run import run_report

    parameters = dict(_split_parameter(text) for text in options.param)
    if options.topic:
        parameters["topic"] = options.topic
    result = run_report(
        options.corpus,
        out=options.out or (Path("exports") if Path(options.corpus) == Path("seeds") else None),
        notebooks=options.notebook,
        parameters=parameters,
        fresh=options.fresh,
        full_text=options.full_text,
        progress=lambda line: print(line, flush=True),
        workers=options.workers,
        scheduler=options.scheduler,
    )
    return 0 if result.ok else 1


def _split_parameter(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise UnknownNameError(
            f"'{text}' is not a parameter.",
            where="--param",
            allowed="Write NAME=VALUE, such as --param start=2025-01-01.",
            todo="The parameters of a notebook stand in its cell tagged 'parameters'.",
        )
    return name.strip(), value


def _extract(options: argparse.Namespace) -> int:
    from analysis import extract, load
    from analysis.corpus.reading.files import find_folder
    from analysis.corrections import FILE_NAME, say_corrections
    from analysis.engine import open_engine
    from analysis.store import check_output, extract_into_store, write_tables
    from analysis.tables import known_rows

    check_output(options.out)
    with open_engine(workers=options.workers, scheduler=options.scheduler, tell=print) as engine:
        corpus = load(options.input, topic=options.topic, progress=show_progress(), engine=engine, tell=print)
        how = {"progress": show_progress(), "engine": engine, "tell": print}
        # Where nothing is to be corrected, no table need be held whole.
        is_corrected = (find_folder(corpus.path) / FILE_NAME).is_file()
        make = extract if is_corrected else extract_into_store
        try:
            tables = make(corpus, fresh=options.fresh, **how)
            write_tables(tables, options.out, format=options.format, tell=_tell_rows)
        # What is damaged is gone from the store when it is found, and then made again.
        except DamagedPartitionError:
            tables = make(corpus, **how)
            write_tables(tables, options.out, format=options.format, tell=_tell_rows)
    errors = 0
    for row in (row for part in tables.parts("problems") for row in known_rows(part)):
        print(Problem(**row), file=sys.stderr)
        errors += row["severity"] == "error"
    if is_corrected and (said := say_corrections(tables)):
        print(said)
    print(f"Written to {options.out} as {options.format}.")
    return 1 if errors else 0


def _tell_rows(name: str, rows: int) -> None:
    print(f"{rows:>7} {name}")


def _check(options: argparse.Namespace) -> int:
    from analysis import check_corpus, load, show_check
    from analysis.checking import check_codebook
    from analysis.corpus.settings import FILE_NAME as SETTINGS
    from analysis.views.check import show_codebook

    path = Path(options.input)
    if path.suffix == ".toml" and path.name != SETTINGS:
        print(show_codebook(check_codebook(path)))
        return 0
    # Settings say nothing by themselves: what they do is seen in the pages that they speak of.
    is_settings = path.name == SETTINGS and path.is_file()
    corpus = load(path.parent if is_settings else path, topic=options.topic, progress=show_progress())
    if is_settings:
        print(_say_settings(path))
    print(show_check(check_corpus(corpus), most=options.most))
    return 1 if corpus.unread else 0


def _say_settings(path: Path) -> str:
    from analysis.corpus.settings import load_settings
    from analysis.views.chart import count_noun

    settings = load_settings(path.parent)
    return (
        f"{path} can be read: topic {', '.join(settings.topic) or 'auto'}, "
        f"{count_noun(len(settings.pages), 'rule')} for pages, "
        f"{count_noun(len(settings.codebooks), 'codebook')} besides the generic ones. The corpus:"
    )


def _export(options: argparse.Namespace) -> int:
    from analysis.report.run import export_notebook

    notebook = Path(options.notebook)
    out = Path(options.out) if options.out else notebook.with_suffix(".html")
    result = export_notebook(
        notebook, out, full_text=options.full_text, progress=lambda line: print(line, flush=True)
    )
    return 0 if result.ok else 1
