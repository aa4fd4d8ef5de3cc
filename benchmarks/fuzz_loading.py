"""Whether anything makes loading crash or hang: random and damaged files, lines and dates, for some minutes.

    python benchmarks/fuzz_loading.py --minutes 10

Files are made of random bytes or are sound ones of each kind, damaged; they must load, or be told of as
problems. Segments and layouts must hold every character of a page, and a date must be a day or unknown. A
single example that takes longer than a minute counts as a hang: its stack is printed and the run ends.
"""

from __future__ import annotations

import argparse
import datetime
import faulthandler
import gzip
import io
import tempfile
import time
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path

import docx
import hypothesis
import pandas as pd
from hypothesis import strategies as st

import analysis as an
from analysis.corpus.articles import Article
from analysis.corpus.provenance.days import read_day
from analysis.corpus.provenance.published import date_articles
from analysis.corpus.reading.readers import READ_SUFFIXES
from analysis.corpus.splitting.layouts import read_layout
from analysis.corpus.splitting.segments import split_page
from analysis.errors import CorpusEmptyError

ROUND = 200  # examples of each kind between two looks at the clock
HANG = 60  # seconds

TEXT = "The council closed the old pool on Monday, 3 June 2024, because its roof had begun to leak again.\n"
BODY = f"<h1>Pool</h1>{f'<p>{TEXT}</p>' * 6}"
PAGE = f"<!doctype html><html><head><title>Pool</title></head><body>{BODY}</body></html>"
LINES = [
    "Related Articles", "Example Herald", "3 hours ago", "Comments", "Advertisement", "By Ana Ruiz", "Share",
    "FOLLOW BELOW FOR LIVE UPDATES", "Letters to the editor", "Read more: a story", "'Crosshead'", "", " ",
    "A tower (Jo Field/PA)", "10:15", "Sir, - I write", "•", "\u2028", "\x0c", "\ufeff",
    TEXT.strip(), TEXT.strip() * 9,
]  # fmt: skip
DATES = [
    "2024-05-06", "6 May 2024", "May 6th", "Monday", "31/02/2024", "0001-01-01", "1/21", "2050",
    "so far this year", "yesterday", "3 hours ago", "the Prime Minister", "Rishi Sunak", "since 2023",
    "99999999999", "T25:61",
    "+00:00", "between", "and", "last week", "in March", ",", ".",
]  # fmt: skip
RELAXED = hypothesis.settings(
    max_examples=ROUND, deadline=None, database=None, suppress_health_check=list(hypothesis.HealthCheck)
)
tried: Counter[str] = Counter()


@cache
def make_samples() -> dict[str, bytes]:
    """A sound file for each suffix that has a form of its own."""
    word, table, packed = docx.Document(), pd.DataFrame({"id": ["1"], "text": [TEXT]}), io.BytesIO()
    word.add_paragraph(TEXT)
    files = {suffix: io.BytesIO() for suffix in (".docx", ".parquet", ".xlsx")}
    word.save(files[".docx"])
    table.to_parquet(files[".parquet"])
    table.to_excel(files[".xlsx"], index=False)
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}"
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/a\r\n"
    stamp = "WARC-Date: 2024-05-06T07:08:09Z\r\nContent-Type: application/http\r\n"
    entry = (
        f"<item><title>Pool</title><link>https://example.org</link><description>{TEXT}</description></item>"
    )
    samples = {
        **{suffix: file.getvalue() for suffix, file in files.items()},
        ".txt": TEXT.encode() * 5,
        ".html": PAGE.encode(),
        ".csv": f'id,text\n1,"{TEXT}"\n'.encode(),
        ".tsv": f'id\ttext\n1\t"{TEXT}"\n'.encode(),
        ".json": table.to_json(orient="records").encode(),
        ".jsonl": table.to_json(orient="records", lines=True).encode(),
        ".rtf": rf"{{\rtf1\ansi\ansicpg1252 {TEXT}\par \'e9\u8364? }}".encode(),
        ".rss": f"<?xml version='1.0'?><rss version='2.0'><channel>{entry}</channel></rss>".encode(),
        ".mhtml": "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
        f"Content-Type: text/html; charset=utf-8\n\n{PAGE}\n--b--\n".encode(),
        ".warc": f"{head}{stamp}Content-Length: {len(answer)}\r\n\r\n{answer}\r\n\r\n".encode() * 2,
    }
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for suffix, content in samples.items():
            archive.writestr(f"in{suffix}", content)
    return {**samples, ".zip": packed.getvalue(), ".gz": gzip.compress(TEXT.encode())}


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """A suffix, and the bytes of a sound file of that kind or another after some damage."""
    samples = make_samples()
    kind = draw(st.sampled_from(sorted(samples)))
    content = bytearray(samples[kind])
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, max(0, len(content) - 1)))
        size = draw(st.sampled_from([1, 1, 2, 4, 30, len(content)]))
        content[at : at + size] = draw(st.one_of(st.just(b""), st.binary(max_size=8)))
    suffix = draw(st.one_of(st.just(kind), st.just(kind), st.sampled_from([*READ_SUFFIXES, ""])))
    return suffix, bytes(content)


any_file = st.one_of(damaged(), st.tuples(st.sampled_from([*READ_SUFFIXES, ""]), st.binary(max_size=500)))


@RELAXED
@hypothesis.given(st.lists(any_file, min_size=1, max_size=3))
def load_files(files: list[tuple[str, bytes]]) -> None:
    """Whatever the files are, a load ends with a corpus or with the one error that says why there is none."""
    begin("files")
    with tempfile.TemporaryDirectory() as folder:
        for n, (suffix, content) in enumerate(files):
            Path(folder, f"page{n}{suffix}").write_bytes(content)
        try:
            corpus = an.load(folder)
        except CorpusEmptyError:
            return
        for loaded in corpus.pages:
            own = [p.segment.text(loaded.page.text) for p in corpus.segments if p.page == loaded.page.page]
            assert "".join(own) == loaded.page.text


@RELAXED
@hypothesis.given(st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=80)), max_size=40))
def split_lines(lines: list[str]) -> None:
    """Segments and layouts keep every character of a page."""
    begin("pages of lines")
    text = "\n".join(lines)
    segments = split_page(text)
    assert "".join(segment.text(text) for segment in segments) == text
    layout = read_layout(text, segments)
    assert "".join(segment.text(text) for segment in layout.segments) == text


@RELAXED
@hypothesis.given(st.lists(st.one_of(st.sampled_from(DATES), st.text(max_size=12)), max_size=30))
def read_dates(words: list[str]) -> None:
    """A day is a day or unknown, and an article's interval has two ends in order or none."""
    begin("dates")
    text = " ".join(words)
    day, _ = read_day(text)
    assert day is None or datetime.date.fromisoformat(day)
    article = Article("a", "a.txt", "main", text, stamp=text[:40], scraped="2024-06-07", aside=text)
    (dated,) = date_articles([article])
    first, last = dated.published_earliest, dated.published_latest
    assert first is last is None or datetime.date.fromisoformat(first) <= datetime.date.fromisoformat(last)


def begin(kind: str) -> None:
    """Count an example, and set the alarm for it anew."""
    tried[kind] += 1
    faulthandler.dump_traceback_later(HANG, exit=True)


def main() -> None:
    """Try examples until the time is up; the first that fails is printed and ends the run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--minutes", type=float, default=1, help="how long to try (default: 1)")
    end = time.monotonic() + 60 * parser.parse_args().minutes
    number = 0
    while time.monotonic() < end:
        for check in (load_files, split_lines, read_dates):
            hypothesis.seed(number)(check)()
            number += 1
    faulthandler.cancel_dump_traceback_later()
    print("No crash and no hang in", ", ".join(f"{count} {kind}" for kind, count in tried.items()))


if __name__ == "__main__":
    main()
