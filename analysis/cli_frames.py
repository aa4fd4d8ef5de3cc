"""The command ``framelines frames``: learn labels from a coded sample, measure that, apply it to a corpus."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from analysis.cli_parser import add_command
from analysis.progress import show_progress

_CODED = "csv, tsv, jsonl, parquet or xlsx with the columns text and labels (names joined by ';')"
_UNITS = ("article", "paragraph", "sentence")


def add_frames(commands: argparse._SubParsersAction) -> None:
    """Add the command and its three own commands to the parser."""
    parser = add_command(
        commands,
        "frames",
        "learn frames from texts that people have coded, measure that, and label a corpus",
        "  framelines frames evaluate coded.csv\n"
        "  framelines frames train coded.csv --out frames.npz\n"
        "  framelines frames apply frames.npz my-study/ --unit sentence --out framed.csv",
    )
    parser.set_defaults(run=lambda options: _print_help(parser))
    own = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_train(own)
    _add_apply(own)
    _add_evaluate(own)


def _print_help(parser: argparse.ArgumentParser) -> int:
    parser.print_help()
    return 2


def _add_train(commands: argparse._SubParsersAction) -> None:
    parser = add_command(
        commands,
        "train",
        "learn labels from a coded table and write a model",
        "  framelines frames train coded.csv --out frames.npz\n"
        "  framelines frames train coded.jsonl --out frames.npz --no-embed --codebook policy_frames",
    )
    parser.add_argument("coded", metavar="CODED", help=_CODED)
    parser.add_argument("--out", required=True, metavar="MODEL", help="npz file to write")
    _add_settings(parser)
    parser.set_defaults(run=_train)


def _add_apply(commands: argparse._SubParsersAction) -> None:
    parser = add_command(
        commands,
        "apply",
        "label a corpus with a model, with the words that carried each label",
        "  framelines frames apply frames.npz seeds --out framed.csv\n"
        "  framelines frames apply frames.npz 'pages/*.html' --unit paragraph --out framed.jsonl",
    )
    parser.add_argument("model", metavar="MODEL", help="npz file that train wrote")
    parser.add_argument("corpus", metavar="CORPUS", help="folder, file or glob")
    parser.add_argument("--unit", choices=_UNITS, default="article", help="what is labelled (article)")
    parser.add_argument("--out", required=True, metavar="FILE", help=".csv, .jsonl or .parquet to write")
    _add_threshold_only(parser)
    parser.set_defaults(run=_apply)


def _add_evaluate(commands: argparse._SubParsersAction) -> None:
    parser = add_command(
        commands,
        "evaluate",
        "say how good a model of a coded table is, by cross-validation",
        "  framelines frames evaluate coded.csv\n"
        "  framelines frames evaluate coded.csv --folds 10 --no-embed",
    )
    parser.add_argument("coded", metavar="CODED", help=_CODED)
    _add_settings(parser)
    parser.set_defaults(run=_evaluate)


def _add_settings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--folds", type=_folds, metavar="N", help="how many folds (the table's column fold, else 5)"
    )
    _add_threshold_only(parser)
    parser.add_argument("--no-embed", action="store_true", help="words alone, without sentence embeddings")
    parser.add_argument(
        "--codebook",
        action="append",
        default=[],
        metavar="NAME",
        help="use the matches of a codebook as well: a name or a .toml file; may be repeated",
    )


def _add_threshold_only(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--threshold-only",
        action="store_true",
        help="leave what reaches no threshold without a label; else it gets its likeliest, "
        "if every coded text had a label",
    )


def _folds(text: str) -> int:
    if not text.isdecimal() or int(text) < 2:
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number of 2 or more")
    return int(text)


def _train(options: argparse.Namespace) -> int:
    from analysis.compare.classify import check_model_path, read_coded, train_and_evaluate

    check_model_path(Path(options.out))
    coded = read_coded(options.coded)
    _tell(coded)
    model, evaluation = train_and_evaluate(
        coded,
        folds=options.folds,
        embed=False if options.no_embed else None,
        codebooks=options.codebook,
        at_least_one=False if options.threshold_only else None,
        progress=show_progress(),
    )
    print(evaluation)
    print(f"Written to {model.save(options.out)}: {len(model.labels)} labels from {model.texts} texts.")
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    from analysis.compare.classify import evaluate_frames, read_coded

    coded = read_coded(options.coded)
    _tell(coded)
    evaluation = evaluate_frames(
        coded,
        folds=options.folds,
        embed=False if options.no_embed else None,
        codebooks=options.codebook,
        at_least_one=False if options.threshold_only else None,
        progress=show_progress(),
    )
    print(evaluation)
    return 0


def _tell(coded) -> None:
    for problem in coded.problems:
        print(problem, file=sys.stderr)


def _apply(options: argparse.Namespace) -> int:
    from analysis.compare.classify import apply_frames, check_rows_path, load_frame_model, write_applied
    from analysis.store import load

    check_rows_path(Path(options.out))
    model = load_frame_model(options.model)
    corpus = load(options.corpus, progress=show_progress())
    rows = apply_frames(
        model,
        corpus,
        unit=options.unit,
        threshold_only=options.threshold_only,
        progress=show_progress(),
    )
    write_applied(rows, options.out)
    labelled = len(rows[["article_id", "field", "start"]].drop_duplicates())
    print(f"{labelled} of {rows.attrs['units']} units ({options.unit}) have a label.")
    for label, count in sorted(Counter(rows["label"]).items(), key=lambda item: (-item[1], item[0])):
        print(f"{count:>7} {label}")
    closest = int((rows["rule"] == "closest").sum())
    if closest:
        print(
            f"{closest} of them reach no threshold and have their likeliest label (rule 'closest'), as every "
            "coded text had one; --threshold-only leaves them without."
        )
    print(f"Written to {options.out}.")
    return 1 if corpus.unread else 0
