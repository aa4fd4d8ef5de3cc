"""What the steps cost that need the whole corpus: seconds and memory with 1,000, 10,000 and 100,000 articles.

    python benchmarks/corpus_steps.py --data DIR
    python benchmarks/corpus_steps.py --sizes 1000 10000 --steps passages tellings

Measured are shared passages with their version groups, the events that several tell, and what keyness counts:
words, and phrases with the pairs of words that make them. Each runs in a process of its own; memory is the
most that the process held, less what it held with the articles before the step; seconds are the processor's,
and ``growth`` is seconds an article beside the size before, 1 where cost is linear.

Articles have about 100 words: pieces of five words, drawn from DIR/corpora/allsides.jsonl.gz (one JSON
object a line with ``text``), else made up. Whole sentences drawn from one stock would be shared by ever more
articles as a corpus grows; pieces share hardly more than what is planted: of a hundred articles, ten have a
passage of an earlier one, three are versions of one and five end in a stock phrase. One event an article.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

SIZES = (1_000, 10_000, 100_000)
PIECE, PIECES, MOST_PIECES = 5, 20, 400_000
STOCK = "Sign up here to have the stories of the day sent to your inbox every single morning."
TRIGGERS = "announced agreed unveiled scrapped launched rejected passed deported arrested pledged".split()

Texts = dict[str, str]


def main(arguments: Sequence[str] | None = None) -> None:
    """Start a process for each size and step."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder with corpora/allsides.jsonl.gz")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="articles")
    parser.add_argument("--steps", nargs="+", default=list(STEPS), choices=STEPS, metavar="STEP",
                        help=f"any of {', '.join(STEPS)} (all)")  # fmt: skip
    parser.add_argument("--once", action="store_true", help="measure in this process; print JSON lines")
    given = parser.parse_args(arguments)
    if given.once:
        for step in given.steps:
            print(json.dumps(measure(step, make_texts(given.sizes[0], given.data))))
        return
    if not given.data:
        print("No --data: made-up words.")
    print(f"{'step':10}{'articles':>10}{'seconds':>10}{'growth':>8}{'MB':>8}  found")
    for step in given.steps:
        before = None
        for size in given.sizes:
            data = ["--data", str(given.data)] if given.data else []
            command = [sys.executable, __file__, "--once", "--sizes", str(size), "--steps", step, *data]
            row = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
            each = row["seconds"] / size
            growth = f"{each / before:8.2f}" if before else f"{'':8}"
            line = f"{step:10}{size:10,}{row['seconds']:10.2f}{growth}{row['megabytes']:8.0f}"
            print(f"{line}  {row['found']:,}", flush=True)
            before = each


def measure(step: str, texts: Texts) -> dict[str, Any]:
    """Seconds, megabytes on top, and how much was found."""
    prepare, run = STEPS[step]
    # Imports and tables that are made once are not timed.
    run(prepare(dict(islice(texts.items(), 20))))
    given = prepare(texts)
    held, started = peak_memory(), time.process_time()
    found = run(given)
    return {
        "seconds": time.process_time() - started,
        "megabytes": peak_memory() - held,
        "found": found,
    }


def peak_memory() -> float:
    """The most this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def make_texts(articles: int, data: Path | None) -> Texts:
    """Article id to text; the same for the same number and stock of words."""
    chance = random.Random(articles)
    pieces = list(read_pieces(data) if data else make_pieces(chance))
    texts: list[list[str]] = []
    for _ in range(articles):
        kind, earlier = chance.random(), texts[-200:]
        text = chance.choices(pieces, k=chance.randint(PIECES - 5, PIECES + 5))
        if earlier and kind < 0.13:
            old = chance.choice(earlier)
            text = [*old[:-1], text[0]] if kind < 0.03 else [*text[:5], *old[4:12], *text[9:]]
        elif kind > 0.95:
            text.append(STOCK)
        texts.append(text)
    return {f"pages/{n:06}.txt#0": ". ".join(text) for n, text in enumerate(texts)}


def read_pieces(data: Path) -> Iterator[str]:
    """Pieces of five words from each article of a set in turn."""
    made = 0
    with gzip.open(data / "corpora" / "allsides.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            words = json.loads(line)["text"].split()
            for start in range(0, len(words) - PIECE, PIECE):
                yield " ".join(words[start : start + PIECE])
                made += 1
                if made == MOST_PIECES:
                    return


def make_pieces(chance: random.Random) -> Iterator[str]:
    """Pieces of made-up words, few of which are frequent, as in news."""
    syllables = [a + b for a in "bdfgklmnprstvw" for b in ("a", "en", "i", "or", "u")]
    words = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(40_000)]
    totals = list(accumulate(1 / (n + 3) for n in range(len(words))))
    for _ in range(MOST_PIECES // 4):
        yield " ".join(chance.choices(words, cum_weights=totals, k=PIECE))


def make_events(texts: Mapping[str, str]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """One row of the table ``events`` and of ``articles`` for each text, over ten years."""
    chance, events, articles = random.Random(5), [], []
    for article_id, text in texts.items():
        published = date(2015, 1, 1) + timedelta(days=chance.randrange(3650))
        day = (published - timedelta(days=chance.randrange(4))).isoformat() if chance.random() < 0.6 else None
        trigger, words = chance.choice(TRIGGERS), text.split()
        start = chance.randrange(max(1, len(words) - 20))
        events.append(
            {
                "article_id": article_id, "field": "text", "start": start, "trigger_start": start,
                "trigger": trigger, "what": " ".join([trigger, *words[start : start + 15]]),
                "instrument": chance.choice([None, "the returns agreement", "the border bill"]),
                "actors": chance.choices(["actor-1", "actor-2", "actor-3"], k=chance.randint(0, 2)),
                "negated": False, "date_text": day, "date_earliest": day, "date_latest": day,
            }
        )  # fmt: skip
        stamp = published.isoformat()
        articles.append({"article_id": article_id, "published_earliest": stamp, "published_latest": stamp})
    return events, articles


def find_passages(texts: Texts) -> int:
    """Shared passages and version groups."""
    from analysis.reuse import find_shared_passages, group_versions

    passages = find_shared_passages(texts)
    group_versions(passages)
    return len(passages)


def find_events(rows: tuple[list[dict[str, Any]], list[dict[str, Any]]]) -> int:
    """Events that the tellings are of."""
    from analysis.tellings import group_tellings

    return len(set(group_tellings(*rows)))


def find_words(texts: Texts) -> int:
    """Words of each article."""
    from analysis.compare.keyness.vocabulary import count_words

    return len(count_words(texts.values()).features)


def find_phrases(texts: Texts) -> int:
    """Pairs of words that stand together, then words and phrases of each article."""
    from analysis.compare.keyness.collocations import learn_phrases
    from analysis.compare.keyness.vocabulary import count_in_texts, iter_phrases

    phrases = learn_phrases(texts.values())
    return len(count_in_texts(partial(iter_phrases, phrases=phrases), texts.values()).features)


STEPS: dict[str, tuple[Callable[[Texts], Any], Callable[[Any], int]]] = {
    "passages": (dict, find_passages),
    "tellings": (make_events, find_events),
    "words": (dict, find_words),
    "phrases": (dict, find_phrases),
}

if __name__ == "__main__":
    main()
