"""Where the body that trafilatura finds in an HTML page stands in the page's visible text.

The paragraphs are sought in page order by their letters and digits alone: markup between words, list marks
and table rules differ between the two texts, letters do not. A word of the body that is nowhere in the
visible text is counted, never added.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from analysis.corpus.reading.visible import Visible

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Letters and digits. A shorter paragraph may stand anywhere by chance; a run of them may not.
_LONG, _RUN = 40, 20
# How far from the paragraph before it a paragraph is sought first; how many may be the first to be placed.
_REACH, _ANCHORS = 4000, 8
# Letters that may be read through in search of paragraphs that do not stand where they are expected.
_MAX_SEARCHED = 1_000_000_000


@dataclass(frozen=True)
class Body:
    """Spans of the visible text that are body, in order and apart, and the share that was not found there."""

    spans: tuple[tuple[int, int], ...]
    lost: float


def extract_paragraphs(tree: HtmlElement) -> list[str]:
    """The body's paragraphs, by trafilatura.

    Args:
        tree: The page's root element. It is not changed.

    Returns:
        The paragraphs in page order; none where trafilatura finds no body.
    """
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(tree, favor_precision=True, include_comments=False, with_metadata=False)
    except RecursionError:
        return []
    return [line for line in (found.text or "").split("\n") if line.strip()] if found else []


def align_body(paragraphs: Sequence[str], visible: Visible) -> Body:
    """Find a body's paragraphs in the visible text.

    Args:
        paragraphs: The body's paragraphs in page order.
        visible: The page's visible text.

    Returns:
        The spans of the lines, or parts of lines, that are body.
    """
    page = _Letters(visible)
    sought = [letters for paragraph in paragraphs if (letters := _letters(paragraph))]
    places = page.find_all(sought)
    lost = sum(map(len, sought)) - sum(end - start for start, end in places)
    return Body(tuple(page.to_spans(places)), lost / max(1, sum(map(len, sought))))


def _letters(text: str) -> str:
    return text if text.isalnum() else "".join(filter(str.isalnum, text))


class _Letters:
    """A page's letters and digits, and the lines in which they stand."""

    def __init__(self, visible: Visible) -> None:
        self._visible = visible
        lines = [_letters(visible.text[line.start : line.end]) for line in visible.lines]
        self._text = "".join(lines)
        self._starts = list(accumulate(map(len, lines), initial=0))
        self._budget = _MAX_SEARCHED
        self._mapped: tuple[int, list[int]] = (-1, [])

    def find_all(self, sought: Sequence[str]) -> list[tuple[int, int]]:
        """Places of the paragraphs: of the long ones as wholes, then of the others between them."""
        if not sought:
            return []
        whole = self._find_whole(sought)
        limits = list(accumulate(reversed(whole), _nearest))[::-1]
        places: list[tuple[int, int]] = []
        at = 0
        for letters, start, limit in zip(sought, whole, limits, strict=True):
            if start is not None:
                found = [(start, start + len(letters))]
            else:
                reach = at + 2 * len(letters) + _REACH
                # Where the next one leaves no room, the page says them in another order.
                if limit is not None and limit - at >= len(letters) // 2:
                    reach = min(reach, limit)
                if len(letters) < _LONG:
                    found = self._find_at_line_start(letters, at, reach)
                else:
                    found = list(self._find_pieces(letters, at, reach))
            places += found
            at = found[-1][1] if found else at
        return places

    def to_spans(self, places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """The stretches of the visible text that hold these letters, cut at line ends, in order and apart."""
        done = written = 0
        for start, end in sorted(places):
            at = max(start, done)
            while at < end:
                n = bisect_right(self._starts, at) - 1
                stop = min(end, self._starts[n + 1])
                first, last = self._to_span(n, at - self._starts[n], stop - self._starts[n])
                yield max(first, written), last
                at, written = stop, last
            done = max(done, end)

    def _find_whole(self, sought: Sequence[str]) -> list[int | None]:
        """Where each long paragraph begins, outwards from the longest that stands in one place only.

        A teaser often says a paragraph again: the copy next to the rest of the body is the body's.
        """
        by_length = sorted(range(len(sought)), key=lambda n: -len(sought[n]))[:_ANCHORS]
        anchor = next((n for n in by_length if self._text.count(sought[n]) == 1), by_length[0])
        places: list[int | None] = [None] * len(sought)
        at = 0
        for n in range(anchor, len(sought)):
            if len(sought[n]) >= _LONG or n == anchor:
                places[n] = self._search(sought[n], at)
                at = at if places[n] is None else places[n] + len(sought[n])
        at = len(self._text) if places[anchor] is None else places[anchor]
        for n in range(anchor - 1, -1, -1):
            if len(sought[n]) >= _LONG:
                places[n] = self._search_back(sought[n], at)
                at = at if places[n] is None else places[n]
        return places

    def _search(self, letters: str, at: int) -> int | None:
        place = self._text.find(letters, at, at + len(letters) + _REACH)
        return place if place >= 0 else self._search_anywhere(letters)

    def _search_back(self, letters: str, at: int) -> int | None:
        place = self._text.rfind(letters, max(0, at - len(letters) - _REACH), at)
        return place if place >= 0 else self._search_anywhere(letters)

    def _search_anywhere(self, letters: str) -> int | None:
        self._budget -= len(self._text)
        place = self._text.find(letters) if self._budget > 0 else -1
        return place if place >= 0 else None

    def _find_at_line_start(self, letters: str, at: int, limit: int) -> list[tuple[int, int]]:
        n = bisect_left(self._starts, at)
        while n < len(self._starts) and self._starts[n] < limit:
            start = self._starts[n]
            if self._text.startswith(letters, start):
                return [(start, start + len(letters))]
            n += 1
        return []

    def _find_pieces(self, letters: str, at: int, limit: int) -> Iterator[tuple[int, int]]:
        """The runs of a paragraph that stand in the page in its order: something else stands between them."""
        done = 0
        while done + _RUN <= len(letters):
            place = self._text.find(letters[done : done + _RUN], at, limit)
            if place < 0:
                done += _RUN // 2
                continue
            length = self._shared(letters, done, place, limit)
            yield place, place + length
            at, done = place + length, done + length

    def _shared(self, letters: str, done: int, place: int, limit: int) -> int:
        """How many letters from two places on are the same."""
        low, high = _RUN, min(len(letters) - done, limit - place)
        while low < high:
            middle = (low + high + 1) // 2
            if letters[done + low : done + middle] == self._text[place + low : place + middle]:
                low = middle
            else:
                high = middle - 1
        return low

    def _to_span(self, n: int, first: int, last: int) -> tuple[int, int]:
        """The letters ``first`` to ``last`` of a line as a span of the page, with the marks around them."""
        line = self._visible.lines[n]
        if first == 0 and last == self._starts[n + 1] - self._starts[n]:
            return line.start, line.end
        text = self._visible.text
        if self._mapped[0] != n:
            self._mapped = n, [at for at in range(line.start, line.end) if text[at].isalnum()]
        letters = self._mapped[1]
        start = letters[first] if first else line.start
        end = letters[last - 1] + 1 if last < len(letters) else line.end
        while first and not text[start - 1].isspace() and not text[start - 1].isalnum():
            start -= 1
        while end < line.end and not text[end].isspace() and not text[end].isalnum():
            end += 1
        return start, end


def _nearest(following: int | None, place: int | None) -> int | None:
    return following if place is None else place
