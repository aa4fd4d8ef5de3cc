"""Pair quotation marks of any style, without a language model.

British copy quotes in single marks, which are also its apostrophes; pages open curly and close straight, lose
marks where lines were joined, and reopen a quotation in every paragraph without closing it in between. No
single mark can be read alone, so the roles of all marks of a text are chosen together
(:mod:`analysis.language.mark_search`); here the passages are built from what was chosen.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from analysis.language.mark_costs import ADVERT, MARKS, SENTENCE_END, is_inside_word
from analysis.language.mark_search import BREAKS, Decision, decide

# An unclosed passage longer than this (a page flattened to one line) ends with its first sentence; a passage
# without its opening mark is not looked for further back.
_LONGEST_UNCLOSED = 2000

_Span = tuple[int, int]


@dataclass(frozen=True)
class Passage:
    """What stands inside one pair of quotation marks, the marks left out.

    ``depth`` is 0 for an outermost passage and 1 and more inside another one. ``closed`` says whether it has
    its closing mark, ``opened`` its opening one. ``continues`` says that it goes on with the passage before
    it (a new paragraph of the same quotation). ``misplaced`` are offsets of marks inside that pair with
    nothing.
    """

    start: int
    end: int
    depth: int = 0
    closed: bool = True
    opened: bool = True
    continues: bool = False
    misplaced: tuple[int, ...] = ()


@dataclass(frozen=True)
class MarkRole:
    """What the mark at ``start`` to ``end`` is.

    ``role`` is "opening", "closing", "both" (it closes one passage and opens the next), "apostrophe",
    "measure" (inches), "misplaced" (inside a passage, pairs with nothing) or "stray" (pairs with nothing).
    """

    start: int
    end: int
    role: str


@dataclass
class _Open:
    start: int
    mark: _Span | None
    depth: int
    inner: int
    continues: bool = False
    alone: list[_Span] = field(default_factory=list)


def find_passages(text: str) -> list[Passage]:
    """Find every passage in quotation marks.

    Outermost passages never overlap; inner ones lie wholly inside one of them. A passage that never
    closes ends with its paragraph; one that an advertisement or a caption interrupts goes on behind it.

    Args:
        text: Any text; a line is a paragraph.

    Returns:
        Passages in the order of their start. Empty passages are left out.

    Example:
        >>> text = "The 'golden rule' and the workers' vote: ‘It's over,' he said."
        >>> [text[p.start:p.end] for p in find_passages(text)]
        ['golden rule', "It's over,"]
    """
    reading = _Reading(text, decide(text))
    return sorted(reading.found, key=lambda passage: (passage.start, -passage.end, passage.depth))


def read_marks(text: str) -> list[MarkRole]:
    """Say what every mark of a text is read as, by the decisions that :func:`find_passages` rests on.

    Args:
        text: Any text; a line is a paragraph.

    Returns:
        One entry a mark, in the order of the text; two single marks that stand for a double one are one.

    Example:
        >>> [(mark.start, mark.role) for mark in read_marks("It's 'fine', the 12\\" pipe")]
        [(2, 'apostrophe'), (5, 'opening'), (10, 'closing'), (19, 'measure')]
    """
    roles = _Reading(text, decide(text)).roles
    for run in MARKS.finditer(text):
        if run.end() - run.start() == 1 and is_inside_word(text, run.start()):
            roles[run.span()] = "apostrophe"
    return [MarkRole(*span, role) for span, role in sorted(roles.items())]


class _Reading:
    """The passages and the marks' roles, built from one decision after the other."""

    def __init__(self, text: str, decisions: Iterable[Decision]) -> None:
        self.text = text
        self.found: list[Passage] = []
        self.roles: dict[_Span, str] = {}
        self._reach: list[int] = []  # for each passage found, the end with its closing mark
        self._stack: list[_Open] = []
        self._floor = 0
        self._sentence_ends: list[int] | None = None
        for action, start, end in decisions:
            if action in ("end", "wait", "run on"):
                self._end_line(action, start, end)
            else:
                self._read(action, (start, end))

    def _read(self, action: str, mark: _Span) -> None:
        self.roles[mark] = action if action in ("apostrophe", "measure") else "stray"
        if action in ("stray", "misplace") and self._stack:
            self._stack[-1].alone.append(mark)
        elif action == "open":
            self._open(mark[1], mark)
        elif action == "close":
            self._shut(mark[0], mark)
        elif action == "split":
            self._shut(mark[0], mark)
            self._open(mark[1], mark)
        elif action == "reopen":
            if self._stack:
                self._shut(self._before_advert(mark[0]))
            self._open(mark[1], mark, continues=True)
        elif action == "restart":
            self._shut(self._restart_end(mark[0]))
            self._open(mark[1], mark)
        elif action == "close lost":
            start = self._lost_start(mark[0])
            if start is not None:
                self._open(start, None)
                self._shut(mark[0], mark)

    def _open(self, start: int, mark: _Span | None, *, continues: bool = False) -> None:
        self._stack.append(_Open(start, mark, len(self._stack), len(self.found), continues))

    def _shut(self, end: int, mark: _Span | None = None) -> None:
        opened = self._stack.pop()
        inner = range(opened.inner, len(self.found))
        if mark is None:
            # An inner passage that has begun stays whole.
            end = max([end, *(self._reach[n] for n in inner if self.found[n].start < end)])
        start, end = trim_span(self.text, opened.start, end)
        for n in inner:
            if self.found[n].start >= end:
                self.found[n] = replace(self.found[n], depth=self.found[n].depth - 1)
        if start >= end:
            return
        alone = [span for span in opened.alone if start <= span[0] < end]
        self.roles.update(dict.fromkeys(alone, "misplaced"))
        if opened.mark is not None:
            self.roles[opened.mark] = "both" if self.roles[opened.mark] == "closing" else "opening"
        if mark is not None:
            self.roles[mark] = "closing"
        self._reach.append(mark[1] if mark is not None else end)
        self._floor = max(self._floor, self._reach[-1])
        self.found.append(
            Passage(
                start,
                end,
                opened.depth,
                closed=mark is not None,
                opened=opened.mark is not None,
                continues=opened.continues,
                misplaced=tuple(at for at, _ in alone),
            )
        )

    def _end_line(self, action: str, end: int, following: int) -> None:
        depth = len(self._stack)
        while self._stack:
            whole = action == "run on" or (action == "wait" and len(self._stack) == 1)
            self._shut(end if whole else self._unclosed_end(self._stack[-1].start, end))
        for _ in range(depth if action == "run on" else 0):
            self._open(following, None, continues=True)

    def _ends(self) -> list[int]:
        if self._sentence_ends is None:
            self._sentence_ends = [match.end() for match in SENTENCE_END.finditer(self.text)]
        return self._sentence_ends

    def _unclosed_end(self, start: int, limit: int) -> int:
        if limit - start <= _LONGEST_UNCLOSED:
            return limit
        ends = self._ends()
        first = bisect.bisect_right(ends, start)
        return min(limit, ends[first]) if first < len(ends) else limit

    def _restart_end(self, at: int) -> int:
        """Where the passage ends that lost its closing mark before the mark at ``at``: with a sentence."""
        start, at = self._stack[-1].start, self._before_advert(at)
        ends = self._ends()
        last = bisect.bisect_left(ends, at) - 1
        return self._unclosed_end(start, ends[last] if last >= 0 and ends[last] > start else at)

    def _lost_start(self, at: int) -> int | None:
        """Where the sentence before ``at`` begins; ``None`` if nothing near shows it."""
        lowest = max(self._floor, at - _LONGEST_UNCLOSED)
        line = max(self.text.rfind(mark, lowest, at) for mark in BREAKS) + 1
        ends = self._ends()
        last = bisect.bisect_left(ends, at) - 1
        if last >= 0 and ends[last] >= max(line, lowest):
            return ends[last]
        return line if line or not lowest else None

    def _before_advert(self, at: int) -> int:
        advert = ADVERT.search(self.text, max(0, at - 24), at)
        return advert.start() if advert else at


def trim_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
