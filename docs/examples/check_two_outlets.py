"""Compare the outlets of the made-up corpus, and print what was planted beside what was found.

    python docs/examples/check_two_outlets.py DIR

DIR is a folder that ``two_outlets.py`` has written. With ``--seeds 10`` corpora of seeds 1 to 10 are made up
instead, of ``--articles`` an outlet, and printed is what is found between the two outlets of one pool, where
nothing was planted.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
from two_outlets import LEAST, make_corpus, write_corpus

import analysis as an
from analysis.tables import Tables

Truth = dict[str, Any]
COLUMNS = ("compared", "by", "planted", "found", "also found")
NULL_COLUMNS = ("by", "corpora", "with a finding", "found")


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the corpus, compare, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", metavar="DIR", type=Path, nargs="?", help="what two_outlets.py has written")
    parser.add_argument("--seeds", type=int, help="make up so many corpora, and compare what is alike")
    parser.add_argument("--articles", type=int, default=40, help="articles of each of their outlets (40)")
    given = parser.parse_args(arguments)
    if (given.folder is None) == (given.seeds is None):
        parser.error("name either a folder that two_outlets.py has written, or --seeds 10.")
    if given.seeds is not None and (given.seeds < 1 or given.articles < LEAST):
        parser.error(f"--seeds: 1 or more; --articles: {LEAST} or more.")
    if given.seeds is not None:
        _print(NULL_COLUMNS, list(check_null(given.seeds, given.articles)))
        return
    truth = json.loads((given.folder / "truth.json").read_text(encoding="utf-8"))
    tables = an.extract(an.load(given.folder))
    _print(COLUMNS, list(check(tables, truth)))
    print(an.find_keyness(tables, truth["same_pool"][0], truth["too_few"]).says)


def _print(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    widths = [max(len(row[n]) for row in (columns, *rows)) for n in range(len(columns) - 1)]
    for row in (columns, *rows):
        print("  ".join(f"{cell:<{width}}" for cell, width in zip(row, (*widths, 0), strict=True)).rstrip())


def check_null(seeds: int, articles: int) -> Iterator[tuple[str, ...]]:
    """Rows of text: by what outlets of one pool were compared, in how many corpora they were told apart."""
    every = []
    for seed in range(1, seeds + 1):
        with TemporaryDirectory() as folder:
            made, truth = make_corpus(articles, seed)
            write_corpus(Path(folder), made, truth)
            every.append(find_null(an.extract(an.load(folder)), truth))
    for what in every[0]:
        found = [each[what] for each in every if each[what]]
        yield what, f"{seeds}", f"{len(found)}", "; ".join(map(_list, found))


def check(tables: Tables, truth: Truth) -> Iterator[tuple[str, ...]]:
    """Rows of text: what was compared, by what, how much was planted, what was found, and what else."""
    (one, same), other = truth["same_pool"], truth["other_pool"]
    for first, second in ((one, other), (same, other), (one, same)):
        yield _check_words(tables, truth, first, second)
        for what in truth["labels"]:
            yield _check_labels(tables, truth, what, first, second)
    yield from _check_stories(tables, truth)
    yield from _check_copies(tables, truth)
    yield _check_topic(tables, truth)


def find_words(tables: Tables, truth: Truth, first: str, second: str) -> tuple[set[str], set[str]]:
    """The distinctive words of two outlets that stand in what was planted, and the others."""
    found = set(an.find_keyness(tables, first, second).distinctive["feature"])
    planted = set(truth["words"]) if is_different(truth, first, second) else set()
    return found & planted, found - planted


def find_labels(tables: Tables, what: str, first: str, second: str) -> dict[str, bool]:
    """What two outlets differ in, and whether the first has it in more of its articles."""
    found = an.compare_shares(tables, what, sources=[first, second]).differing
    return {label: bool(more > 0) for label, more in zip(found["label"], found["difference"], strict=True)}


def find_null(tables: Tables, truth: Truth) -> dict[str, set[str]]:
    """What the outlets of one pool are found to differ in, by words and by each kind of label."""
    first, second = truth["same_pool"]
    labels = {what: set(find_labels(tables, what, first, second)) for what in truth["labels"]}
    return {"word": find_words(tables, truth, first, second)[1], **labels}


def find_pairs(tables: Tables) -> set[frozenset[str]]:
    """Pages that tell one story, two and two."""
    stories = an.find_stories(tables)
    pages = stories["article_id"].str.partition("#")[0].groupby(stories["story"])
    return {frozenset(pair) for _, own in pages for pair in combinations(own, 2)}


def is_different(truth: Truth, first: str, second: str) -> bool:
    """Whether two outlets were drawn from different pools."""
    return truth["other_pool"] in (first, second)


def told_pairs(truth: Truth) -> set[frozenset[str]]:
    """Pages that tell one planted story or print one copy, two and two."""
    told = [*truth["stories"], *truth["copies"]]
    return {frozenset(pair) for pages in told for pair in combinations(pages["pages"].values(), 2)}


def _check_words(tables: Tables, truth: Truth, first: str, second: str) -> tuple[str, ...]:
    right, wrong = find_words(tables, truth, first, second)
    planted = "yes" if is_different(truth, first, second) else "no"
    return f"{first}, {second}", "word", planted, f"{len(right)}", _list(wrong)


def _check_labels(tables: Tables, truth: Truth, what: str, first: str, second: str) -> tuple[str, ...]:
    planted = truth["labels"][what] if is_different(truth, first, second) else {}
    found = find_labels(tables, what, first, second)
    right = {label for label, more in planted.items() if found.get(label) is more}
    others = found.keys() - right
    cells = f"{len(planted) or 'no'}", f"{len(right)}: {_list(right)}" if right else "0", _list(others)
    return f"{first}, {second}", what, *cells


def _check_stories(tables: Tables, truth: Truth) -> Iterator[tuple[str, ...]]:
    told, found = told_pairs(truth), find_pairs(tables)
    yield "all", "pairs of one story", f"{len(told)}", f"{len(told & found)}", f"{len(found - told) or ''}"
    figures, events = 0, 0
    for planted in truth["stories"]:
        story = an.compare_story(tables, [f"{page}#0" for page in planted["pages"].values()])
        differs = story.grid[story.grid["aspect"] == "differs"]["label"]
        figures += differs.str.startswith("figure").any()
        alone = story.only[story.only["aspect"] == "event"]["label"]
        events += alone.str.startswith(planted["only"]["event"].partition(" {")[0]).any()
    yield "all", "stories with two figures", f"{len(truth['stories'])}", f"{figures}", ""
    yield "all", "events told by one", f"{len(truth['stories'])}", f"{events}", ""


def _check_copies(tables: Tables, truth: Truth) -> Iterator[tuple[str, ...]]:
    shared = pd.DataFrame(tables.reuse)
    pairs = shared[["article_a", "article_b"]].map(lambda name: str(name).partition("#")[0])
    found = {frozenset(pair) for pair in pairs[(shared["containment"] >= 0.5).to_numpy(bool)].to_numpy()}
    planted = {frozenset(copy["pages"].values()) for copy in truth["copies"]}
    others = f"{len(found - planted) or ''}"
    yield "all", "pairs of one copy", f"{len(planted)}", f"{len(planted & found)}", others
    told = [len(copy["replaced"]) + 1 for copy in truth["copies"]]
    seen = sum(_count_changes(tables, copy) for copy in truth["copies"])
    yield "all", "changes of copies", f"{sum(told)}", f"{seen}", ""


def _count_changes(tables: Tables, copy: Truth) -> int:
    """How many of the words replaced and sentences dropped are marked as such."""
    wording = an.shared_wording(tables, *(f"{page}#0" for page in copy["pages"].values()))
    left = wording[wording["kind"] != "same"]
    dropped = left["text_a"].fillna("").str.contains(copy["dropped"], regex=False).any()
    replaced = left[left["kind"] == "replaced"]["text_a"].tolist()
    return int(dropped) + sum(any(old in text for text in replaced) for old, _ in copy["replaced"])


def _check_topic(tables: Tables, truth: Truth) -> tuple[str, ...]:
    articles = tables.articles
    off = set(articles["article_id"][~articles["on_topic"].fillna(False)].str.partition("#")[0])
    planted = set(truth["off_topic"])
    cells = f"{len(planted)}", f"{len(planted & off)}", f"{len(off - planted) or ''}"
    return "all", "articles off the topic", *cells


def _list(names: set[str]) -> str:
    return ", ".join(sorted(names))


if __name__ == "__main__":
    main()
