"""Shared passages that were edited, cut or embedded: how many are found, and how many that nobody planted.

    python benchmarks/passages.py
    python benchmarks/passages.py --pairs 100 --small 100 --seed 11
    python benchmarks/passages.py --data DIR --show 30

Passages of 20 to 80 words are put into two articles each and changed in the second: words replaced, dropped
or put in at random, a third cut, a sentence put between, or the passage set inside another sentence. One
counts as found where at least half of the words that both articles still share lie inside a passage found
in this pair, on both sides; the coverage is the share of these words, over all passages. The articles are
made up (``made_passages.py``): they share titles, turns of phrase, names and numbers, but no passage, so
that whatever is found in them before anything is planted is false; passages of twelve equal words or more
count.

DIR holds ``allsides.jsonl.gz``, articles with ``id`` and ``text``, such as those of
github.com/ramybaly/Article-Bias-Prediction (Apache-2.0; the texts are their publishers'). There the planted
passages are pieces of further articles of the set; what is found where nothing was planted is mostly real,
and ``--show N`` prints some of it for reading.

Beside ours: passages word for word (the table ``reuse``), and ``difflib.SequenceMatcher`` of Python's
standard library over words, its blocks of four words or more joined where at most ten words lie between.
That takes too long for all pairs: it sees the planted pairs, and as many pairs drawn at random as
``--pairs`` says. Seconds are processor time.
"""

from __future__ import annotations

import argparse
import difflib
import gzip
import json
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from made_passages import KINDS, Plant, Words, Writer, join_sentences, make_articles, plant_passages

from analysis.reuse import EditedPassage, SharedPassage, find_edited_passages, find_shared_passages

LEAST = 12
# Corpora of a few articles, and how many words the passage has that is put into two of them.
SMALL, SMALL_WORDS = (2, 5, 20), 25
# Article and character span, twice, and how many words are equal.
Found = tuple[str, int, int, str, int, int, int]


def main(arguments: Sequence[str] | None = None) -> None:
    """Read or make the articles, plant passages, run each method, print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="a folder with allsides.jsonl.gz")
    parser.add_argument("--articles", type=int, default=1000, help="how many articles (default 1000)")
    parser.add_argument("--plants", type=int, default=480, help="how many passages to plant (default 480)")
    parser.add_argument("--pairs", type=int, default=2000, help="random pairs for difflib (default 2000)")
    parser.add_argument("--show", type=int, default=0, help="print so many passages that nobody planted")
    parser.add_argument(
        "--small", type=int, default=0, help=f"draw so many corpora each of {SMALL} articles (default none)"
    )
    parser.add_argument("--seed", type=int, default=1, help="seed of everything drawn (default 1)")
    given = parser.parse_args(arguments)
    rng = random.Random(given.seed)
    plants = min(given.plants, given.articles // 2)
    if given.data:
        path, wanted = given.data / "allsides.jsonl.gz", plants + len(SMALL) * given.small
        articles, others = read_articles(path, given.articles, wanted)
        writer = Quoter(others)
        texts, planted = plant_passages(rng, articles, plants, writer)
        print(f"{len(texts):,} real articles, {plants} passages planted")
    else:
        articles, writer = make_articles(rng, given.articles), Writer(random.Random(given.seed))
        texts, planted = plant_passages(rng, articles, plants)
        print(f"Made-up articles (see --data): {len(texts):,}, {plants} passages planted")
    clean = {name: join_sentences(sentences) for name, sentences in articles.items()}
    pairs = [tuple(rng.sample(sorted(texts), 2)) for _ in range(given.pairs)]
    print_head()
    methods = {"edited": find_edited_passages, "word for word": find_shared_passages}
    found: dict[str, list[Found]] = {}
    for name, method in methods.items():
        started = time.process_time()
        before = list_spans(method(clean))
        seconds = time.process_time() - started
        found[name] = list_spans(method(texts))
        print_row(name, planted, texts, found[name], count_long(before), seconds)
    started = time.process_time()
    before = find_by_difflib(clean, pairs)
    seconds = time.process_time() - started
    blocks = find_by_difflib(texts, [(plant.first, plant.second) for plant in planted])
    print_row("difflib", planted, texts, blocks, count_long(before), seconds)
    print(f"difflib saw {len(pairs):,} random pairs of {len(texts) * (len(texts) - 1) // 2:,}.")
    show(rng, texts, planted, found["edited"], given.show)
    for size in SMALL if given.small else ():
        shares, before = measure_small(rng, articles, writer, size, given.small)
        print(
            f"{given.small} corpora of {size} articles: {share_found(shares):.3f} of passages of "
            f"{SMALL_WORDS} words found, {sum(share == 1 for share in shares) / len(shares):.3f} whole; "
            f"nothing planted: {count_long(before):,} passages of {LEAST} words or more, "
            f"{count_long(before, SMALL_WORDS):,} of {SMALL_WORDS}, "
            f"in {given.small * size * (size - 1) // 2:,} pairs"
        )


class Quoter(Writer):
    """Gives passages out of real articles, each once."""

    def __init__(self, sentences: Iterable[Sequence[str]]) -> None:
        self._left = [list(words) for words in sentences]

    def write_sentence(self, lists: object = None) -> list[str]:
        """The next sentence."""
        return self._left.pop()

    def any_word(self) -> str:
        """A word of one of the sentences that are left."""
        words = self._left[len(self._left) // 2]
        return words[len(self._left) % len(words)]


def read_articles(
    path: Path, articles: int, plants: int
) -> tuple[dict[str, list[list[str]]], list[list[str]]]:
    """Sentences of so many articles by id, and sentences of as many further articles as plants need."""
    read: dict[str, list[list[str]]] = {}
    others: list[list[str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        for line in handle:
            row = json.loads(line)
            sentences = [
                words
                for part in re.split(r"(?<=[.!?])\s|\n", row["text"])
                if (words := re.findall(r"\w+", part))
            ]
            if len(read) < articles:
                read[row["id"]] = sentences
            elif len(others) < 12 * plants:
                others += [words for words in sentences[2:12] if len(words) >= 8]
    return read, others


def list_spans(passages: Iterable[EditedPassage | SharedPassage]) -> list[Found]:
    """What Framelines finds, as rows."""
    return [(p.article_a, p.start_a, p.end_a, p.article_b, p.start_b, p.end_b, p.words) for p in passages]


def find_by_difflib(texts: Mapping[str, str], pairs: Iterable[tuple[str, str]]) -> list[Found]:
    """Matching blocks of given pairs, joined where they lie near each other."""
    found: list[Found] = []
    for a, b in pairs:
        words_a, words_b = (list(re.finditer(r"\w+", texts[name])) for name in (a, b))
        matcher = difflib.SequenceMatcher(
            None,
            *([word.group().casefold() for word in words] for words in (words_a, words_b)),
            autojunk=False,
        )
        groups: list[list[difflib.Match]] = []
        for block in matcher.get_matching_blocks():
            if block.size < 4:
                continue
            last = groups[-1][-1] if groups else None
            if last and max(block.a - last.a, block.b - last.b) - last.size <= 10:
                groups[-1].append(block)
            else:
                groups.append([block])
        for group in groups:
            first, last, words = group[0], group[-1], sum(block.size for block in group)
            if words >= 10:
                found.append((
                    a, words_a[first.a].start(), words_a[last.a + last.size - 1].end(),
                    b, words_b[first.b].start(), words_b[last.b + last.size - 1].end(), words,
                ))  # fmt: skip
    return found


def cover(
    plants: Sequence[Plant], texts: Mapping[str, str], found: Iterable[Found]
) -> dict[str, list[float]]:
    """The share of each planted passage's words that a method covers on both sides, by kind."""
    spans = defaultdict(list)
    for a, start_a, end_a, b, start_b, end_b, _ in found:
        spans[a, b].append((start_a, end_a, start_b, end_b))
        spans[b, a].append((start_b, end_b, start_a, end_a))
    shares: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for plant in plants:
        first, second = (
            [match.start() for match in re.finditer(r"\w+", texts[name])]
            for name in (plant.first, plant.second)
        )
        covered = [
            any(a <= first[n] < b and c <= second[m] < d for a, b, c, d in spans[plant.first, plant.second])
            for n, m in plant.shared
        ]
        shares[plant.kind].append(sum(covered) / len(covered))
    return shares


def count_long(found: Iterable[Found], least: int = LEAST) -> int:
    """How many passages have so many equal words that they count as false where nobody planted them."""
    return sum(row[-1] >= least for row in found)


def measure_small(
    rng: random.Random, articles: Mapping[str, Sequence[Words]], writer: Writer, size: int, corpora: int
) -> tuple[list[float], list[Found]]:
    """Draw corpora of a few articles, which tell little of what is common, and put a passage into each.

    Returns:
        How much of each passage is found, and what was found before it was planted.
    """
    shares: list[float] = []
    before: list[Found] = []
    for _ in range(corpora):
        chosen = {name: articles[name] for name in rng.sample(sorted(articles), size)}
        clean = {name: join_sentences(sentences) for name, sentences in chosen.items()}
        before += list_spans(find_edited_passages(clean))
        lengths = range(SMALL_WORDS, SMALL_WORDS + 1)
        texts, (plant,) = plant_passages(rng, chosen, 1, writer, lengths)
        shares += cover([plant], texts, list_spans(find_edited_passages(texts)))[plant.kind]
    return shares, before


def print_head() -> None:
    """The head of the table."""
    columns = [*(kind.replace(" ", "_") for kind in KINDS), "all", "coverage", "false", "seconds"]
    print(" ".join(["method".ljust(14), *(column.rjust(max(9, len(column))) for column in columns)]))


def print_row(
    name: str,
    plants: Sequence[Plant],
    texts: Mapping[str, str],
    found: Iterable[Found],
    false: int,
    seconds: float,
) -> None:
    """One method's recall by kind and in all, its coverage, and passages found before any was planted."""
    shares = cover(plants, texts, found)
    every = [share for kind in shares.values() for share in kind]
    cells = [f"{share_found(kind):.3f}" for kind in shares.values()]
    cells += [f"{share_found(every):.3f}", f"{sum(every) / len(every):.3f}", f"{false:,}", f"{seconds:.2f}"]
    widths = [max(9, len(kind)) for kind in KINDS] + [9] * 4
    print(" ".join([name.ljust(14), *(cell.rjust(width) for cell, width in zip(cells, widths, strict=True))]))


def share_found(shares: Sequence[float]) -> float:
    """How many of them are half covered or more, as a share."""
    return sum(share >= 0.5 for share in shares) / max(1, len(shares))


def show(
    rng: random.Random, texts: Mapping[str, str], plants: Iterable[Plant], found: Iterable[Found], most: int
) -> None:
    """Say how many passages lie in pairs that nobody planted in, and print some, each wording once."""
    planted = {frozenset((plant.first, plant.second)) for plant in plants}
    rows = [row for row in found if frozenset((row[0], row[3])) not in planted]
    print(f"{len(rows):,} passages in pairs without a planted one")
    different = {" ".join(texts[row[0]][row[1] : row[2]].casefold().split()[3:8]): row for row in rows}
    chosen = rng.sample(list(different.values()), min(most, len(different)))
    for a, start_a, end_a, b, start_b, end_b, words in chosen:
        print(f"\n{words} words\n{a}: {texts[a][start_a:end_a]}\n{b}: {texts[b][start_b:end_b]}")


if __name__ == "__main__":
    main()
