"""Copies and versions: how many are found, how many of them are real, and how long it takes, beside MinHash.

    python benchmarks/duplicates.py --data DIR
    python benchmarks/duplicates.py --revisions FILE --others FILE

DIR holds ``duplicates/revisions.jsonl.gz``, versions of Google News politics pages collected in 2019
(``url`` and ``text``; texts of one address are versions of each other), and ``corpora/allsides.jsonl.gz``,
unrelated articles to find them among (``text``): those of github.com/ramybaly/Article-Bias-Prediction
(Apache-2.0; the texts are their publishers'). Without them the benchmark makes versions of articles that it
makes up itself, which are easier than real ones.

A pair is found where its containment is at least .5; it is real where that holds when it is counted apart,
over sets of five-word runs. The ceiling is the share of same-address pairs that are real at all. The peers
are MinHash with 128 permutations in 32 bands, without a look at the texts afterwards; one that is not
installed is left out. Seconds are processor time from texts in memory to pairs.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from pathlib import Path

from beside import look_beside

from analysis.reuse import find_shared_passages, group_versions

SHINGLE, CONTAINMENT = 5, 0.5
PERMUTATIONS, BANDS = 128, 32

Pairs = set[tuple[int, int]]

# {name} is a made-up name and {n} a number, never ten words apart: stories share phrases but not passages.
WHO = """The harbour board of {name}|Tenants in {name}|Two former ministers from {name}|The {name} ferry firm
The mayor of {name}|Campaigners led by {name} {name}|Officials in {name}|The head of {name} hospital
Farmers near {name}|The party's treasurer, {name} {name},|A court in {name}|A spokesman for {name}"""
DID = """would not accept|asked for a second look at|voted narrowly to delay|published the report on
is expected to announce|blamed the government for|walked out of talks on|promised to pay for
warned of the cost of|set out {n} conditions for|refused to comment on|will appeal over"""
WHAT = """the plan to close {name} pier|a rise of {n} per cent|the rules for landlords in {name}
the {n} jobs lost since spring|the bridge at {name}|a fund worth {n} million pounds|the route to {name}
the sale of {n} acres|the ban on flights to {name}|the roof of {name} school"""
WHY = """because {name} {name} had not agreed|after {n} people had written to {name}|as {name} voted
while the inquiry under {name} goes on|in spite of a promise made in {n}|before {name} council meets again
which {name} called a waste|for the second time in {n} weeks|at last, {name} {name} added"""
STOCK = "Sign up to our newsletter and get the stories of the day in your inbox every morning."
SYLLABLES = "ba cor den el far gos hul in jar ken lor mos nel or pel ras sed tor ul vin wes yar".split()


def main(arguments: Sequence[str] | None = None) -> None:
    """Read or make the articles, run each method, print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder with both")
    parser.add_argument(
        "--revisions", type=Path, help="versions of pages: url and text, one JSON object a line"
    )
    parser.add_argument("--others", type=Path, help="articles to find them among: text")
    parser.add_argument("--most", type=int, default=10_000, help="read at most so many articles")
    given = parser.parse_args(arguments)
    look_beside()
    revisions = given.revisions or (given.data and given.data / "duplicates" / "revisions.jsonl.gz")
    others = given.others or (given.data and given.data / "corpora" / "allsides.jsonl.gz")
    if revisions:
        rows = [*read_rows(revisions), *(read_rows(others) if others else [])]
    else:
        rows = make_rows(random.Random(2025), stories=min(600, given.most))
        print("Made-up articles and made-up versions (see --data): easier than real ones.")
    rows = rows[: given.most]
    texts = [row["text"] for row in rows]
    same = pair_versions(row.get("url") for row in rows)
    shingles = [read_shingles(text) for text in texts]
    real = {pair for pair in same if is_real(shingles, pair)}
    words = sum(len(re.findall(r"\w+", text)) for text in texts)
    print(
        f"{len(texts):,} articles, {words:,} words; {len(same):,} pairs of one address, "
        f"{len(real) / max(1, len(same)):.4f} of them real (the ceiling)"
    )
    print(f"{'':12}{'pairs':>8}{'recall':>9}{'real':>8}{'seconds':>10}{'ratio':>8}")
    ours = None
    for name, method in METHODS.items():
        if name != "ours" and importlib.util.find_spec(name) is None:
            print(f"{name:12}  not installed")
            continue
        started = time.process_time()
        found = method(texts)
        seconds = time.process_time() - started
        ours = ours or seconds
        share = sum(is_real(shingles, pair) for pair in found) / max(1, len(found))
        recall = len(found & same) / max(1, len(same))
        print(f"{name:12}{len(found):8,}{recall:9.4f}{share:8.4f}{seconds:10.2f}{seconds / ours:8.2f}")


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read JSON lines, packed by gzip or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as handle:
        return [json.loads(line) for line in handle if line.strip()]


def make_rows(rng: random.Random, stories: int) -> list[dict[str, str]]:
    """Make up stories with up to four versions each, and a stock phrase under some of them."""
    rows = []
    for story in range(stories):
        told = [make_paragraph(rng) for _ in range(rng.randrange(4, 14))]
        for _ in range(rng.randrange(1, 5)):
            rows.append({"url": f"story {story}", "text": "\n".join(told)})
            told = edit_story(rng, told)
    rng.shuffle(rows)
    return rows


def make_paragraph(rng: random.Random) -> str:
    """Three sentences out of slots."""

    def fill() -> str:
        parts = (rng.choice(re.split(r"[|\n]", slot)) for slot in (WHO, DID, WHAT, WHY))
        return re.sub(r"\{(\w+)\}", lambda slot: fill_slot(rng, slot.group(1)), " ".join(parts)) + "."

    return " ".join(fill() for _ in range(3))


def fill_slot(rng: random.Random, slot: str) -> str:
    """A number or a name."""
    return str(rng.randrange(2, 2000)) if slot == "n" else "".join(rng.choices(SYLLABLES, k=3)).capitalize()


def edit_story(rng: random.Random, told: Sequence[str]) -> list[str]:
    """A later version: a paragraph changed, the end cut, more added, put into a digest, or all told anew."""
    new = [make_paragraph(rng) for _ in range(rng.randrange(1, 30))]
    n = rng.randrange(len(told))
    kind = rng.randrange(5)
    if kind == 0:
        return [*told[:n], new[0], *told[n + 1 :]]
    if kind == 1:
        return [*told[: max(2, n)], STOCK]
    if kind == 2:
        return [*told, *new[:5]]
    return [*new, *told, STOCK] if kind == 3 else new


def pair_versions(addresses: Iterable[str | None]) -> Pairs:
    """Pairs of articles of one address."""
    members: dict[str, list[int]] = defaultdict(list)
    for n, address in enumerate(addresses):
        if address:
            members[address].append(n)
    return {pair for group in members.values() for pair in combinations(group, 2)}


def read_shingles(text: str) -> set[int]:
    """The article's five-word runs, hashed."""
    words = re.findall(r"\w+", text.lower())
    return {hash(tuple(words[n : n + SHINGLE])) for n in range(max(1, len(words) - SHINGLE + 1))}


def is_real(shingles: Sequence[set[int]], pair: tuple[int, int]) -> bool:
    """Whether the shorter article has enough of its runs in the other."""
    a, b = shingles[pair[0]], shingles[pair[1]]
    return len(a & b) >= CONTAINMENT * min(len(a), len(b))


def pair_by_passages(texts: Sequence[str]) -> Pairs:
    """What Framelines does, versions included."""
    passages = find_shared_passages({f"{n}": text for n, text in enumerate(texts)})
    group_versions(passages)
    return {(int(row.article_a), int(row.article_b)) for row in passages if row.containment >= CONTAINMENT}


def pair_by_rensa(texts: Sequence[str]) -> Pairs:
    """MinHash and banding by rensa."""
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=CONTAINMENT, num_perm=PERMUTATIONS, num_bands=BANDS)
    pairs: Pairs = set()
    for n, text in enumerate(texts):
        signature = RMinHash(num_perm=PERMUTATIONS, seed=42)
        signature.update(list_shingles(text))
        pairs.update((other, n) for other in index.query(signature))
        index.insert(n, signature)
    return pairs


def pair_by_datasketch(texts: Sequence[str]) -> Pairs:
    """MinHash and banding by datasketch."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, PERMUTATIONS // BANDS))
    pairs: Pairs = set()
    for n, text in enumerate(texts):
        signature = MinHash(num_perm=PERMUTATIONS)
        signature.update_batch([shingle.encode("utf-8", "replace") for shingle in list_shingles(text)])
        pairs.update((other, n) for other in index.query(signature))
        index.insert(n, signature)
    return pairs


def list_shingles(text: str) -> list[str]:
    """The article's five-word runs as strings, which is what the peers take."""
    words = re.findall(r"\w+", text.lower())
    return [" ".join(words[n : n + SHINGLE]) for n in range(max(1, len(words) - SHINGLE + 1))]


METHODS: dict[str, Callable[[Sequence[str]], Pairs]] = {
    "ours": pair_by_passages,
    "rensa": pair_by_rensa,
    "datasketch": pair_by_datasketch,
}

if __name__ == "__main__":
    main()
