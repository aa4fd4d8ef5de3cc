"""Aggregator pages: blocks of outlet, relative time, headline and text below the main article."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from analysis.corpus.splitting.page_lines import MAX_HEADLINE_WORDS, PageLines, is_ago

_MAX_LABEL_WORDS, _MAX_LABEL_LENGTH = 6, 45
_LABEL_AND_TIME = re.compile(r"(?P<label>[^•|·]{2,45}?)\s?[•|·–-]\s?(?P<time>[^•|·]{2,20})")
_MAX_LABELLED = 70  # characters of the longest line that the pattern above can match
_BAR = re.compile(r"[•|·–-]")
_REACH = 3  # lines below a headline within which its text has to begin


@dataclass(frozen=True)
class Block:
    """Where a block begins, its outlet's name, and the lines of its headline and its time."""

    start: int
    label: str
    headline: int
    stamp: int


def find_blocks(lines: PageLines) -> list[Block]:
    """The blocks of an aggregator page; empty where the page is none.

    The outlet's label before and after the time is evidence by itself. Any other order of label, time and
    headline has to come back in the same order with another block: twice is a pattern, once an accident.
    """
    times = [i for i, count in enumerate(lines.count) if count <= 12 and _is_relative(lines, i)]
    if not times:
        return []
    certain = [block for i in times if (block := _read_twice(lines, i))]
    if certain:
        for block in certain:
            lines.give(block.start, "outlet", "outlet label before a relative time")
            lines.give(block.stamp + 1, "outlet", "outlet label repeated after the time")
        return certain
    found = [[i for i in times if read(lines, i, loose=False)] for read in _ORDERS]
    read, sure = max(zip(_ORDERS, found, strict=True), key=lambda pair: len(pair[1]))
    if len(sure) < 2:
        return []
    # Where the order is known, a headline with a stop or a text without one breaks no block.
    blocks = [block for i in times if (block := read(lines, i, loose=True))]
    for block in blocks:
        for i in range(block.start, block.stamp + 1):
            if i not in (block.headline, block.stamp) or block.stamp == block.start:
                lines.give(i, "outlet", "outlet label with a relative time, again and again")
    return blocks


def _is_relative(lines: PageLines, i: int) -> bool:
    if lines.times[i] == "ago":
        return True
    words = lines.words[i]
    return len(words) <= _MAX_LABELLED and _ends_in_time(words)


@lru_cache(maxsize=20_000)
def _ends_in_time(words: str) -> bool:
    """Whether a line is a label, a bar, and a relative time."""
    match = _LABEL_AND_TIME.fullmatch(words) if _BAR.search(words) else None
    return bool(match) and is_ago(match["time"])


def _read_twice(lines: PageLines, i: int) -> Block | None:
    if not 0 < i < len(lines) - 1 or lines.times[i] != "ago":
        return None
    label = lines.words[i - 1]
    again = re.sub(r"^\W+", "", lines.words[i + 1][: _MAX_LABEL_LENGTH + 3])
    if again != label or len(label.split()) > _MAX_LABEL_WORDS:
        return None
    return Block(i - 1, label, i + 2, i)


def _read_one_line(lines: PageLines, i: int, *, loose: bool) -> Block | None:
    match = _LABEL_AND_TIME.fullmatch(lines.words[i])
    if not match or lines.times[i] or not _is_name(match["label"]):
        return None
    return Block(i, match["label"].strip(), i + 1, i) if _heads_text(lines, i + 1, loose=loose) else None


def _read_above(lines: PageLines, i: int, *, loose: bool) -> Block | None:
    if i < 1 or not _is_label(lines, i - 1) or not _heads_text(lines, i + 1, loose=loose):
        return None
    return Block(i - 1, lines.words[i - 1], i + 1, i)


def _read_below(lines: PageLines, i: int, *, loose: bool) -> Block | None:
    if i < 2 or not _is_label(lines, i - 1) or not _stands_above(lines, i - 2, i, loose=loose):
        return None
    return Block(i - 2, lines.words[i - 1], i - 2, i)


def _read_around(lines: PageLines, i: int, *, loose: bool) -> Block | None:
    if i < 2 or not _is_label(lines, i - 2) or not _stands_above(lines, i - 1, i, loose=loose):
        return None
    return Block(i - 2, lines.words[i - 2], i - 1, i)


_ORDERS: tuple[Callable[..., Block | None], ...] = (
    _read_one_line,
    _read_above,
    _read_below,
    _read_around,
)


def _is_label(lines: PageLines, i: int) -> bool:
    short = len(lines.words[i]) <= _MAX_LABEL_LENGTH and lines.count[i] <= _MAX_LABEL_WORDS
    return short and not lines.times[i] and not lines.byline(i) and _is_name(lines.words[i])


def _is_name(words: str) -> bool:
    """Whether all words but the smallest begin with a capital or a digit, as an outlet's name does."""
    small = ("of", "the", "&", "and")
    return all(word[:1].isupper() or word[:1].isdigit() or word in small for word in words.split())


def _heads_text(lines: PageLines, i: int, *, loose: bool) -> bool:
    """Whether a headline stands at a line, and text below it."""
    if i >= len(lines):
        return False
    if loose:
        return lines.count[i] <= MAX_HEADLINE_WORDS
    return lines.is_headline(i, least=2) and any(_is_text(lines, j) for j in range(i + 1, i + 1 + _REACH))


def _stands_above(lines: PageLines, headline: int, time: int, *, loose: bool) -> bool:
    """Whether a headline stands at a line, and text below the time."""
    if loose:
        return lines.count[headline] <= MAX_HEADLINE_WORDS
    return lines.is_headline(headline) and _is_text(lines, time + 1)


def _is_text(lines: PageLines, i: int) -> bool:
    return i < len(lines) and lines.running[i]
