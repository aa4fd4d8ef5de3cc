"""Articles a second a core that the frame and term pass reads once they are tokenised.

All generic codebooks run, and those of the topic pack with its terms, on every article. Tokenising is timed
apart; reading the file is not timed. Seconds are those of the processor.

DIR holds corpora/allsides.jsonl.gz: one JSON object a line, with the key "text". Without DIR the articles
are made up from the examples of the codebooks.

Example:
    $ python benchmarks/framing_speed.py --data DIR --limit 1000
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from analysis.codebooks import choose_codebooks, load_topic
from analysis.language.frames import mark_frames
from analysis.language.pipeline import DocContext, layer

_SENTENCES = 30


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder with corpora/allsides.jsonl.gz")
    parser.add_argument("--limit", type=int, default=1000, metavar="N", help="articles to read (1000)")
    options = parser.parse_args()
    pack = load_topic("uk_migration")
    books = choose_codebooks(pack.codebooks)
    if options.data:
        texts = list(itertools.islice(_read(options.data / "corpora" / "allsides.jsonl.gz"), options.limit))
    else:
        print("No --data: made-up articles, from the examples of the codebooks.")
        texts = list(itertools.islice(_make(books), options.limit))
    _measure(texts, DocContext(packs=(pack,), codebooks=books))


def _read(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def _make(books: tuple) -> Iterator[str]:
    chance = random.Random(7)
    examples = [example for book in books for category in book.categories for example in category.examples]
    while True:
        yield " ".join(chance.choices(examples, k=_SENTENCES))


def _measure(texts: list[str], about: DocContext) -> None:
    import spacy

    nlp = spacy.blank("en")
    nlp.max_length = sys.maxsize
    begin = time.process_time()
    docs = [nlp.make_doc(text) for text in texts]
    tokenised = time.process_time() - begin
    for doc, text in zip(docs, texts, strict=True):
        doc.user_data |= {"framelines": about, "framelines.text": text}
    made = nlp.make_doc(texts[0])
    made.user_data["framelines"] = about
    begin = time.process_time()
    mark_frames(made)
    built = time.process_time() - begin
    begin = time.process_time()
    for doc in docs:
        mark_frames(doc)
    spent = time.process_time() - begin
    tokens = sum(map(len, docs))
    frames, terms = (sum(len(layer(doc, name)) for doc in docs) for name in ("frames", "terms"))
    print(f"{len(docs)} articles, {tokens / len(docs):.0f} tokens each; {frames} frames, {terms} terms")
    print(f"codebooks: {', '.join(f'{book.name} {book.version}' for book in about.codebooks)}")
    print(f"reading the codebooks, once: {built:.1f} s; tokenising: {len(docs) / tokenised:.0f} articles/s")
    print(
        f"frames and terms: {len(docs) / spent:.0f} articles/s, {tokens / spent / 1000:.0f} thousand tokens/s"
    )


if __name__ == "__main__":
    main()
