"""Articles of 600 words that extraction reads in a second of the processor: as a whole and by stage.

Real texts are cut and joined at their paragraphs to articles of about 600 words. Each stage is a component
of the pipeline, timed in batches as it runs; of every measure the best of some runs counts, after one that
is not counted. "Whole" is everything between loaded articles and the rows of their tables; what compares
articles with each other (shared passages, tellings of one event) is left out. Lexical tables are those that
need no parse: mentions of actors, dates, frames and terms, with the sentences that they stand in.

DIR holds corpora/allsides.jsonl.gz: one JSON object a line, with the keys "text", "title", "date" and
"outlet". Without DIR the articles are those of the seed pages.

Example:
    $ python benchmarks/extraction_speed.py --data DIR --limit 60
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from analysis.collecting import collect_seldom
from analysis.corpus import load_corpus
from analysis.extraction import choose_packs, extract_partition
from analysis.language.pipeline import BATCH_SIZE, DocContext, build_pipeline

if TYPE_CHECKING:
    from spacy.language import Language

    from analysis.corpus import Corpus

WORDS = 600
LEXICAL = ("sentences", "actors", "dates", "frames")
_SEEDS = Path(__file__).parents[1] / "seeds"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder with corpora/allsides.jsonl.gz")
    parser.add_argument("--limit", type=int, default=60, metavar="N", help="articles to read (60)")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="runs, of which the best counts (3)")
    parser.add_argument(
        "--topic",
        default="uk_migration",
        metavar="NAME",
        help="topic pack, on the articles that match it (uk_migration); none: events of any subject",
    )
    options = parser.parse_args()
    if options.data:
        read = _read(options.data / "corpora" / "allsides.jsonl.gz")
    else:
        print("No --data: articles of the seed pages.")
        read = ({"text": article.text} for article in load_corpus(_SEEDS).articles)
    articles = list(itertools.islice(_resize(read), options.limit))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        path.write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
        corpus = load_corpus(path, topic=options.topic)
    _measure(corpus, options.runs)


def _read(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            about = {"published": row["date"], "headline": row["title"], "outlet": row["outlet"]}
            yield {"text": row["text"], **about}


def _resize(rows: Iterable[dict[str, str]]) -> Iterator[dict[str, str]]:
    """Articles of about :data:`WORDS` words: paragraphs are joined, and the rest of the last one waits."""
    waiting: list[str] = []
    words = number = 0
    for row in rows:
        for paragraph in filter(str.strip, re.split(r"\n+", row["text"])):
            waiting.append(paragraph)
            words += len(paragraph.split())
            if words >= WORDS:
                yield {**row, "id": f"made-{number}", "text": "\n".join(waiting)}
                waiting, words, number = [], 0, number + 1


class _Timed:
    """A call that adds up what it takes."""

    def __init__(self, call: Callable[..., Any]) -> None:
        self.call = call
        self.seconds = 0.0

    def __call__(self, *args: Any) -> Any:
        begin = time.process_time()
        result = self.call(*args)
        self.seconds += time.process_time() - begin
        return result


def _measure(corpus: Corpus, runs: int) -> None:
    nlp = build_pipeline()
    any_subject = "none" in corpus.topic
    jobs = [
        (
            item.article.text,
            DocContext(
                item.article.article_id,
                "text",
                item.article.published_earliest,
                item.article.published_latest,
                item.packs,
                any_subject,
                item.codebooks,
                spans=False,
            ),
        )
        for item in choose_packs(corpus)[0]
    ]
    words = sum(len(text.split()) for text, _ in jobs)
    count = words / WORDS
    print(f"{len(jobs)} articles, {words} words; {sum(bool(job[1].packs) for job in jobs)} with a topic pack")
    own = tuple(name.removeprefix("framelines_") for name, _ in nlp.pipeline if "framelines_" in name)
    stages = _best([_time_stages(nlp, jobs, own) for _ in range(runs + 1)][1:])
    whole = _best([_time_whole(corpus) for _ in range(runs + 1)][1:])["whole"]
    lexical = _best([_time_stages(nlp, jobs, LEXICAL) for _ in range(runs + 1)][1:])
    model = stages.pop("model")
    del lexical["model"]
    print("stage            ms an article   articles/CPU-s")
    for name, seconds in stages.items():
        _say(name, seconds, count)
        if name == "syntax":
            _say("  of it spaCy", model, count)
    annotated = sum(stages.values())
    _say("all stages", annotated, count)
    _say("whole", whole, count)
    _say("lexical tables", sum(lexical.values()), count)
    spacy = stages["tokens"] + model
    print(f"outside spaCy: {1 - spacy / annotated:.0%} of all stages, {1 - spacy / whole:.0%} of the whole")


def _say(name: str, seconds: float, count: float) -> None:
    print(f"{name:16} {1000 * seconds / count:13.2f} {count / seconds:16.1f}")


def _best(runs: list[dict[str, float]]) -> dict[str, float]:
    return min(runs, key=lambda run: sum(run.values()))


def _time_stages(
    nlp: Language, jobs: list[tuple[str, DocContext]], names: tuple[str, ...]
) -> dict[str, float]:
    """Seconds by component, and those of tokenising ("tokens") and of tagging and parsing ("model")."""
    seconds = dict.fromkeys(("tokens", *names), 0.0)
    syntax = nlp.get_pipe("framelines_syntax")
    timed = syntax.parts = _Timed(syntax.parts)
    with collect_seldom():
        for first in range(0, len(jobs), BATCH_SIZE):
            begin = time.process_time()
            docs = []
            for text, about in jobs[first : first + BATCH_SIZE]:
                doc = nlp.make_doc(text)
                doc.user_data |= {"framelines": about, "framelines.text": text}
                docs.append(doc)
            seconds["tokens"] += time.process_time() - begin
            for name in names:
                part = nlp.get_pipe(f"framelines_{name}")
                begin = time.process_time()
                docs = list(part.pipe(docs)) if hasattr(part, "pipe") else [part(doc) for doc in docs]
                seconds[name] += time.process_time() - begin
    syntax.parts = timed.call
    return seconds | {"model": timed.seconds}


def _time_whole(corpus: Corpus) -> dict[str, float]:
    topical = choose_packs(corpus)[0]
    begin = time.process_time()
    extract_partition(topical, any_subject="none" in corpus.topic)
    return {"whole": time.process_time() - begin}


if __name__ == "__main__":
    main()
