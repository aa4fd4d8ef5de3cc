"""The command ``framelines diff``: what changed between two exports."""

from __future__ import annotations

import argparse
import json

from analysis.cli_parser import add_command, parse_count


def add_diff(commands: argparse._SubParsersAction) -> None:
    """Add the command to a parser's commands."""
    parser = add_command(
        commands,
        "diff",
        "say which numbers, rows and charts changed between two exports (exit code 1 where any did)",
        "  framelines diff exports-june/ exports-july/\n"
        "  framelines diff old/01-political-framing.html exports/01-political-framing.html --most 50\n"
        "  framelines diff old/ exports/ --json > changes.json",
    )
    parser.add_argument("old", metavar="OLD", help="the earlier page, or a folder of pages")
    parser.add_argument("new", metavar="NEW", help="the later page, or a folder of pages")
    parser.add_argument(
        "--most", type=parse_count, default=10, metavar="N", help="how many rows of each change to show (10)"
    )
    parser.add_argument("--json", action="store_true", help="print every changed row as JSON")
    parser.set_defaults(run=_diff)


def _diff(options: argparse.Namespace) -> int:
    from analysis.report.diff import compare_exports

    found = compare_exports(options.old, options.new)
    if options.json:
        print(json.dumps(found.to_json(), ensure_ascii=False, indent=1))
    else:
        print(found.to_text(most=options.most))
    return 0 if found.is_same else 1
