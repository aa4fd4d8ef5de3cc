"""Every benchmark in turn, and one table of their figures, each with the best peer of the same run beside it.

    python benchmarks/table.py
    python benchmarks/table.py --data DIR --peers
    python benchmarks/table.py --only quotes dates

DIR holds the sets in folders of their own, laid out as the help of each benchmark says: ``quotes/``,
``timex/``, ``figures/``, ``frames/``, ``corpora/allsides.jsonl.gz``, ``pages/aeb``, ``timeline/semeval_dev``,
``duplicates/``, ``formats/``. A benchmark whose set is not there runs on the sample that ships, and the table
says so. What each printed is kept in OUT/NAME.txt. The exit code is 1 where one did not run, or printed no
figure that the table has a place for.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
SAMPLE = "sample"
# What our ways are called in what benchmarks print; each has a row of its own.
OURS = ("ours", "Framelines", "events", "edited", "learned", "learned, words alone", "codebook", "")


class Reading(NamedTuple):
    """A figure, and where it stands in what a benchmark prints.

    Attributes:
        figure: What it is called in the table.
        line: The pattern of a line; its group ``value`` is the figure, ``who`` the way that reached it.
        section: The pattern of a line above, whose group ``set`` says what the lines below are about.
        less: Whether less is better.
    """

    figure: str
    line: str
    section: str = ""
    less: bool = False


class Benchmark(NamedTuple):
    """A script with its options, the place of its set in DIR, and the figures to read."""

    name: str
    readings: tuple[Reading, ...]
    place: str | None = None
    option: str = "--data"
    more: tuple[str, ...] = ()
    has_peers: bool = False


class Row(NamedTuple):
    """A row of the table."""

    benchmark: str
    figure: str
    ours: str
    peer: str
    of: str


_N = r"(?P<value>[\d.,]+)"
_WHO = r"^(?P<who>\S.*?)"
_F1 = rf"{_WHO}\s{{2,}}[\d.]+\s+[\d.]+\s+{_N}\s+[\d.]+\s+[\d.]+\s+[+-]"
_DATED = r"^(?P<set>\w+) +\d+ articles .*"
_TOOL = r".*articles/CPU-s +(?P<who>\S.*)$"

BENCHMARKS = (
    Benchmark("pages", (Reading("body of text pages, F1", _F1),), "pages/aeb"),
    Benchmark("html_pages", (Reading("body of HTML pages, F1", _F1),), "pages/aeb"),
    Benchmark(
        "boundaries",
        (
            Reading("where articles begin, F1", rf"^all +\d+ +[\d.]+ +[\d.]+ +{_N} \("),
            Reading("pages with the right number of articles", rf"^all .*\)  +{_N} \("),
        ),
        "pages/aeb",
    ),
    Benchmark(
        "formats",
        (Reading("documents found in exports", rf"^Documents counted (?P<set>\d+), articles found {_N};"),),
        "formats",
    ),
    Benchmark(
        "dating",
        (
            Reading(
                "articles whose true day lies in the interval", rf"^(?P<set>\d+) articles, .* inside {_N}$"
            ),
        ),
        "corpora/allsides.jsonl.gz",
        "--articles",
    ),
    Benchmark(
        "duplicates",
        (Reading("pairs of versions found, recall", rf"{_WHO}\s+[\d,]+\s+{_N}\s+[\d.]+\s+[\d.]+\s+[\d.]+$"),),
        "",
    ),
    Benchmark(
        "passages",
        (
            Reading("edited passages, recall", rf"{_WHO}\s{{2,}}(?:[\d.]+\s+){{8}}{_N}\s"),
            Reading(
                "edited passages, found though nobody planted them",
                # difflib, which is slow, saw a small part of the pairs.
                rf"^(?P<who>edited|word for word)\s{{2,}}.*\s{_N}\s+[\d.]+$",
                less=True,
            ),
        ),
        "corpora",
    ),
    Benchmark(
        "quotes",
        (
            Reading(
                "quotations with speakers, joint F1",
                rf"{_WHO}\s{{2,}}[\d.]+\s+[\d.]+\s+[\d.]+\s+[\d.]+\s+{_N}\s",
                r"^(?P<set>\w+): \d+ texts",
            ),
        ),
        "quotes",
        has_peers=True,
    ),
    Benchmark(
        "dates",
        (
            Reading("date expressions, strict F1", rf"{_DATED}strict {_N} {_TOOL}"),
            Reading("date expressions, value F1", rf"{_DATED} value {_N} {_TOOL}"),
        ),
        "timex",
        has_peers=True,
    ),
    Benchmark(
        "figures",
        (
            Reading(
                "figures, value F1", rf"{_WHO} +value {_N} ", r"^(?P<set>\w+): \d+ (?:sentences|articles)"
            ),
            Reading(
                "figures with unit, F1",
                rf"{_WHO} .*\+unit {_N} ",
                r"^(?P<set>\w+): \d+ (?:sentences|articles)",
            ),
            Reading(
                "figures with change, F1",
                rf"{_WHO} .*\+change {_N} ",
                r"^(?P<set>\w+): \d+ (?:sentences|articles)",
            ),
        ),
        "figures",
        has_peers=True,
    ),
    Benchmark(
        "timeline",
        (Reading("dates of events, share right", rf"{_WHO}\s+\d+/\d+ +{_N} "),),
        "timeline/semeval_dev",
    ),
    Benchmark(
        "frames",
        (
            Reading(
                "frames of whole texts, micro F1", rf"{_WHO}\s{{2,}}{_N} \(", r"^(?P<set>\w+): \d+ texts"
            ),
            Reading(
                "frames of whole texts, macro F1",
                rf"{_WHO}\s{{2,}}[\d.]+ \([^)]*\)\s+{_N} \(",
                r"^(?P<set>\w+): \d+ texts",
            ),
        ),
        "",
    ),
    Benchmark(
        "stories",
        # No set says which articles tell one story: the made-up ones do.
        (Reading("articles on one event, B-cubed F1", rf"{_WHO}\s{{2,}}(?:[\d.]+\s+){{5}}{_N}$"),),
    ),
    Benchmark(
        "keyness",
        (
            Reading(
                "false words where there is no difference, a comparison",
                rf"^one outlet, (?P<set>.*\S)\s+\d+\s+{_N}\s+[\d.]+\s+(?P<who>\S.*)$",
                less=True,
            ),
        ),
        "corpora",
        has_peers=True,
    ),
    Benchmark(
        "share_intervals",
        (
            Reading(
                "intervals of a share that hold it, 8 articles", rf"^ +(?P<set>0\.\d+) +0\.1 .*?\) +{_N},"
            ),
        ),
    ),
    Benchmark(
        "source_shares",
        (Reading("comparisons with a false finding", rf"^alike +(?P<set>\S+) +any {_N},", less=True),),
    ),
    Benchmark(
        "extraction_speed",
        (
            Reading(
                "articles of 600 words a CPU-second",
                rf"^(?P<set>whole|lexical tables) +[\d.]+ +{_N}$",
            ),
            Reading("extraction outside spaCy, % of the whole", rf"{_N}% of the whole", less=True),
        ),
        "",
    ),
    Benchmark(
        "framing_speed",
        (Reading("frames and terms, articles a CPU-second", rf"^frames and terms: {_N} articles/s"),),
        "",
    ),
    Benchmark(
        "loading_speed",
        (Reading("loading HTML, times trafilatura alone", rf"ratio {_N}$", less=True),),
        "pages/aeb",
    ),
    Benchmark(
        "keyness_speed",
        (Reading("keyness, seconds", rf"^(?P<set>[\d,]+ articles).*: {_N} s by the clock", less=True),),
    ),
    Benchmark(
        "quote_growth",
        (
            Reading(
                "growth of time from half to whole a megabyte",
                rf"^\| (?P<set>[^|]+) \|.*, {_N} \|",
                less=True,
            ),
        ),
    ),
    Benchmark(
        "corpus_steps",
        (Reading("seconds for the whole corpus", rf"^(?P<set>\w+ +[\d,]+) +{_N} ", less=True),),
        "",
        more=("--sizes", "1000", "10000"),
    ),
    Benchmark(
        "reruns",
        (Reading("rerun of 10,000 pages, seconds", rf"^(?P<set>\S.*?\S) {{2,}}{_N} ", less=True),),
        "",
    ),
    Benchmark(
        "queries",
        (
            Reading(
                "a question in SQL, times as quick as pandas", rf"^(?P<set>[a-z ,]+?) +(?:[\d.]+ +){{3}}{_N}$"
            ),
        ),
        "",
    ),
    Benchmark(
        "scale",
        (
            Reading(
                "a whole run, seconds, pages and processes", rf"^ +(?P<set>[\d,]+ +\d+) +{_N} ", less=True
            ),
        ),
        "",
        more=("--sizes", "1000", "4000", "--workers", "1", "2"),
    ),
    Benchmark(
        "views",
        (
            Reading(
                "milliseconds in the browser",
                rf"^  (?P<set>\S.*?) +median +{_N} ms",
                r"^(?P<set>[\d,]+ sentences, linked views: .*)",
                less=True,
            ),
        ),
    ),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks and print the table; gives the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="the sets")
    parser.add_argument(
        "--peers", action="store_true", help="run the peers that have environments of their own"
    )
    names = [one.name for one in BENCHMARKS]
    parser.add_argument(
        "--only", nargs="+", metavar="NAME", choices=names, help=f"these alone: {', '.join(names)}"
    )
    parser.add_argument("--out", type=Path, default=Path("build/bench"), metavar="OUT", help="(build/bench)")
    given = parser.parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    rows: list[Row] = []
    failed = False
    for benchmark in BENCHMARKS:
        if given.only and benchmark.name not in given.only:
            continue
        begun = time.perf_counter()
        options, on = _options(benchmark, given.data, given.peers)
        print(f"{benchmark.name}.py {' '.join(options)}".strip(), end=" ... ", file=sys.stderr, flush=True)
        said, problem = run(benchmark.name, options)
        (given.out / f"{benchmark.name}.txt").write_text(said, encoding="utf-8")
        found = list(read(benchmark, said, on))
        problem = problem or ("" if found else "it printed no figure")
        failed = failed or bool(problem)
        rows += found or [Row(benchmark.name, "not run", problem, "", on)]
        print(problem or f"{time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)
    print(format_table(rows))
    return int(failed)


def _options(benchmark: Benchmark, data: Path | None, peers: bool) -> tuple[list[str], str]:
    """The options of a run, and what it runs on."""
    options = [*benchmark.more, *(["--peers"] if peers and benchmark.has_peers else [])]
    place = data / benchmark.place if data and benchmark.place is not None else None
    if place and place.exists():
        return [*options, benchmark.option, str(place)], place.name
    return options, SAMPLE


def run(name: str, options: Sequence[str]) -> tuple[str, str]:
    """What a benchmark printed, and why it did not end well; empty where it did."""
    done = subprocess.run(
        [sys.executable, str(HERE / f"{name}.py"), *options], capture_output=True, encoding="utf-8"
    )
    said = done.stderr.strip().splitlines()
    return done.stdout, (said[-1] if said else f"exit code {done.returncode}") if done.returncode else ""


def read(benchmark: Benchmark, said: str, on: str) -> Iterator[Row]:
    """The rows of a benchmark: each figure of ours, with the best of the others in the same section."""
    for reading in benchmark.readings:
        sections: dict[str, dict[str, str]] = {}
        above = ""
        for line in said.splitlines():
            if reading.section and (head := re.search(reading.section, line)):
                above = head["set"]
            elif met := re.search(reading.line, line):
                groups = {"set": "", "who": "", **met.groupdict()}
                name = " ".join(filter(None, (above, " ".join(groups["set"].split()))))
                sections.setdefault(name, {})[groups["who"].strip()] = met["value"].rstrip(".,")
        for name, values in sections.items():
            others = {who: value for who, value in values.items() if who not in OURS}
            best = (min if reading.less else max)(others, key=lambda who: _number(others[who]), default=None)
            peer = f"{others[best]} {best}" if best is not None else ""
            for who in (who for who in values if who in OURS):
                ways = sum(who in OURS for who in values)
                figure = ", ".join(filter(None, (reading.figure, name, who if ways > 1 else "")))
                yield Row(benchmark.name, figure, values[who], peer, on)


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def format_table(rows: Sequence[Row]) -> str:
    """The rows as a table in Markdown."""
    table = [Row("benchmark", "figure", "Framelines", "best peer", "on"), *rows]
    widths = [max(len(row[n]) for row in table) for n in range(len(Row._fields))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in table
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
