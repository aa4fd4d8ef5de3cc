"""Pass 1: what the corpus as a whole shows, before any page is split.

Lines that recur across pages are the site's, not the article's.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

# A line that stands on this many pages, and on this share of them, belongs to the site. So does one that
# stands on this many pages of a mixed corpus, if it is no headline that other pages tease.
_MIN_PAGES = 3
_MIN_SHARE = 0.2
# A page shares text with pages before it: a third of its sentences or more, and it is a copy, whose
# sentences are not counted.
_COPY_SHARE = 1 / 3
# Lines counted at a time: about 20 MB.
_MAX_COUNTED = 200_000


# What a line looks like: a sentence, words that could be a headline, anything else.
SENTENCE, HEADLINE, OTHER = 2, 1, 0


class LineMarks(NamedTuple):
    """What pass 1 asks of a page: its different lines, each by its hash; see :func:`hash_line`.

    ``lengths`` and ``kinds`` stand beside ``hashes``. ``joined`` are the hashes of what is taken for a line
    when the page is split and is none here: broken lines joined, a line cut at its bars.
    """

    hashes: tuple[int, ...]
    lengths: tuple[int, ...]
    kinds: tuple[int, ...]
    joined: tuple[int, ...] = ()


@dataclass(frozen=True)
class Profile:
    """What pass 1 learnt.

    ``repeated`` maps a line's hash to the number of pages it stands on; ``pages`` is the number read.
    """

    pages: int = 0
    repeated: dict[int, int] = field(default_factory=dict)

    def count(self, line: str) -> int:
        """On how many pages a line of the site stands; 0 for any other."""
        return self.repeated.get(hash_line(line), 0) if self.repeated else 0


def hash_line(line: str) -> int:
    """A line's hash, 64 bits with a sign, the same in every process."""
    digest = hashlib.blake2b(line.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def profile_corpus(pages: Iterable[LineMarks]) -> Profile:
    """Find the lines that recur across pages.

    Sentences recur as well where several outlets carry one story: those of a page that shares a third of its
    sentences or more with pages before it are not counted. Memory is bounded by counting with loss (Manku and
    Motwani, "Approximate frequency counts over data streams", VLDB 2002): beyond 200,000 different lines
    the rarest are forgotten, so that a count may be too low, but never too high.

    Args:
        pages: What :func:`~analysis.corpus.splitting.marks.mark_lines` read of each page; taken once.

    Returns:
        The number of pages, and the lines that belong to the site rather than to an article.
    """
    counts, number = _LineCounts(), 0
    for page in pages:
        number += 1
        sentences = [n for n, kind in enumerate(page.kinds) if kind == SENTENCE]
        seen = sum(page.lengths[n] for n in sentences if counts.has(page.hashes[n]))
        copied = seen >= _COPY_SHARE * sum(page.lengths[n] for n in sentences)
        told = zip(page.hashes, page.kinds, strict=True)
        counts.add((line, kind) for line, kind in told if not (copied and seen and kind == SENTENCE))
    floor = max(_MIN_PAGES, math.ceil(number * _MIN_SHARE))
    repeated = {line: count for line, kind, count in counts.of_lines() if count >= floor or kind != HEADLINE}
    return Profile(number, repeated)


class _LineCounts:
    """On how many pages a line stands."""

    def __init__(self) -> None:
        self._counts: dict[int, int] = {}
        self._missed: dict[int, int] = {}
        self._kinds: dict[int, int] = {}
        self._rounds = 0

    def has(self, line: int) -> bool:
        return line in self._counts

    def add(self, lines: Iterable[tuple[int, int]]) -> None:
        """Count the lines of one page, each with its kind."""
        counts = self._counts
        for line, kind in lines:
            count = counts.get(line, 0) + 1
            counts[line] = count
            if count == 1 and self._rounds:
                self._missed[line] = self._rounds
            if count == _MIN_PAGES:
                self._kinds[line] = kind
        if len(counts) > _MAX_COUNTED:
            self._forget()

    def _forget(self) -> None:
        while len(self._counts) > _MAX_COUNTED // 2:
            self._rounds += 1
            rare = [
                line
                for line, count in self._counts.items()
                if count + self._missed.get(line, 0) <= self._rounds
            ]
            for line in rare:
                del self._counts[line]
                self._missed.pop(line, None)
                self._kinds.pop(line, None)

    def of_lines(self) -> list[tuple[int, int, int]]:
        """Every line on enough pages: hash, kind and number of pages, in the order of the hashes."""
        return sorted((line, kind, self._counts[line]) for line, kind in self._kinds.items())
