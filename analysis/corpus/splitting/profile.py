"""Pass 1: what the corpus as a whole shows, before any page is split.

Lines that recur across pages are the site's, not the article's.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from analysis.corpus.splitting.lines import ends_sentence

# A line that stands on this many pages, and on this share of them, belongs to the site. So does one that
# stands on this many pages of a mixed corpus, if it is no headline that other pages tease.
_MIN_PAGES = 3
_MIN_SHARE = 0.2
_HEADLINE_WORDS = range(4, 36)
# A page shares text with pages before it: a third of its sentences or more, and it is a copy, whose
# sentences are not counted.
_COPY_SHARE = 1 / 3
# Longer lines hold several paragraphs: articles, not furniture.
_MAX_LENGTH = 1000
# Lines counted at a time: about 20 MB.
_MAX_COUNTED = 200_000


@dataclass(frozen=True)
class Profile:
    """What pass 1 learnt.

    ``repeated`` maps a line's text to the number of pages it stands on; ``pages`` is the number read.
    """

    pages: int = 0
    repeated: dict[str, int] = field(default_factory=dict)


def profile_corpus(texts: Iterable[str]) -> Profile:
    """Read every page once for the lines that recur across pages.

    Sentences recur as well where several outlets carry one story: those of a page that shares a third of its
    sentences or more with pages before it are not counted. Memory is bounded by counting with loss (Manku and
    Motwani, "Approximate frequency counts over data streams", VLDB 2002): beyond 200,000 different lines
    the rarest are forgotten, so that a count may be too low, but never too high.

    Args:
        texts: The pages' texts; read once, one at a time.

    Returns:
        The number of pages, and the lines that belong to the site rather than to an article.
    """
    counts, pages = _LineCounts(), 0
    for text in texts:
        pages += 1
        lines = {line.strip() for line in text.replace("\xa0", " ").splitlines()}
        lines = {line for line in lines if 0 < len(line) <= _MAX_LENGTH}
        sentences = {line for line in lines if line.count(" ") > 3 and ends_sentence(line)}
        seen = sum(map(len, filter(counts.has, sentences)))
        copied = seen >= _COPY_SHARE * sum(map(len, sentences))
        counts.add(lines - sentences if copied and seen else lines)
    floor = max(_MIN_PAGES, math.ceil(pages * _MIN_SHARE))
    repeated = {line: count for line, count in sorted(counts.of_lines()) if _is_sites(line, count, floor)}
    return Profile(pages, repeated)


def _is_sites(line: str, count: int, floor: int) -> bool:
    return count >= floor or line.count(" ") + 1 not in _HEADLINE_WORDS or ends_sentence(line)


class _LineCounts:
    """On how many pages a line stands. Lines are counted by their hash; only those that recur are kept."""

    def __init__(self) -> None:
        self._counts: dict[int, int] = {}
        self._missed: dict[int, int] = {}
        self._lines: dict[int, str] = {}
        self._rounds = 0

    def has(self, line: str) -> bool:
        return hash(line) in self._counts

    def add(self, lines: Iterable[str]) -> None:
        """Count the lines of one page."""
        counts = self._counts
        for line in lines:
            key = hash(line)
            count = counts.get(key, 0) + 1
            counts[key] = count
            if count == 1 and self._rounds:
                self._missed[key] = self._rounds
            if count == _MIN_PAGES:
                self._lines[key] = line
        if len(counts) > _MAX_COUNTED:
            self._forget()

    def _forget(self) -> None:
        while len(self._counts) > _MAX_COUNTED // 2:
            self._rounds += 1
            rare = [
                key for key, count in self._counts.items() if count + self._missed.get(key, 0) <= self._rounds
            ]
            for key in rare:
                del self._counts[key]
                self._missed.pop(key, None)
                self._lines.pop(key, None)

    def of_lines(self) -> Iterator[tuple[str, int]]:
        """Every line on enough pages, and their number."""
        return ((line, self._counts[key]) for key, line in self._lines.items())
