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
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from analysis.codebooks import choose_codebooks, load_topic
from analysis.collecting import collect_seldom
from analysis.language.frames import mark_frames
from analysis.language.pipeline import BATCH_SIZE, DocContext, layer

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

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
    mark_frames(_make_doc(nlp, texts[0], about))
    built = time.process_time() - begin
    tokenised = spent = 0.0
    tokens = frames = terms = 0
    # As the pipeline does it: a batch at a time, and none is kept.
    for first in range(0, len(texts), BATCH_SIZE):
        begin = time.process_time()
        docs = [_make_doc(nlp, text, about) for text in texts[first : first + BATCH_SIZE]]
        made = time.process_time()
        with collect_seldom():
            for doc in docs:
                mark_frames(doc)
        tokenised, spent = tokenised + made - begin, spent + time.process_time() - made
        tokens += sum(map(len, docs))
        frames += sum(len(layer(doc, "frames")) for doc in docs)
        terms += sum(len(layer(doc, "terms")) for doc in docs)
    count = len(texts)
    print(f"{count} articles, {tokens / count:.0f} tokens each; {frames} frames, {terms} terms")
    print(f"codebooks: {', '.join(f'{book.name} {book.version}' for book in about.codebooks)}")
    print(f"building the matcher, once: {built:.1f} s; tokenising: {count / tokenised:.0f} articles/s")
    print(f"frames and terms: {count / spent:.0f} articles/s, {tokens / spent / 1000:.0f} thousand tokens/s")


def _make_doc(nlp: Language, text: str, about: DocContext) -> Doc:
    doc = nlp.make_doc(text)
    doc.user_data |= {"framelines": about, "framelines.text": text}
    return doc


if __name__ == "__main__":
    main()
