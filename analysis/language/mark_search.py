"""Choose the role of every quotation mark of a text at once.

Each role has a cost (:mod:`analysis.language.mark_costs`); the cheapest well-formed reading of the whole text
is found by dynamic programming over which marks are open. That is a handful of states a mark, so time grows
with the number of marks.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from analysis.language.mark_costs import LOST, MARKS, REOPENED, Habits, Mark, weigh_marks

BREAKS = "\n\r\x0b\x0c\x85\u2028\u2029"
_LINE = re.compile(f"[^{BREAKS}]+")
_STOPS = ".!?…:;"

# What the end of a line costs a passage that is open there, and what an inner passage costs.
_RUNS_ON, _INTERRUPTED, _INNER, _NESTED = 1.0, 1.0, 2.0, 0.6
# Part of a sentence is seldom the first paragraph of a longer quotation.
_CONTINUES_PART = 1.5
# Readings so much dearer than the best one are given up.
_MARGIN = 16.0
_DEEPEST = 3
# An open mark is "s" (single) or "d" (double), or "t" and "e" where it opens inside a sentence.
_STYLES = dict(zip("sdteSDTE", "sdsd" * 2, strict=True))
_PARTIAL = {"s": "t", "d": "e"}
# Up to so many paragraphs, so long, may stand between two parts of one quotation.
_INTERRUPTIONS, _LONGEST_INTERRUPTION = 3, 160

# A reading of the text so far: what it costs, and the chain of (chain before, *decision).
_Chain = tuple[float, Any]
_Span = tuple[int, int]


class Decision(NamedTuple):
    """What is done at a mark, ``start`` and ``end`` its span, or at the end of a line.

    At a line's end ``start`` is that end and ``end`` the start of the line where a passage may go on. Actions
    at a mark: "apostrophe", "measure", "stray", "misplace", "open", "close", "reopen" (the passage goes on),
    "split" (one mark closes and opens), "restart" (the passage before lost its closing mark), "close lost"
    (the opening mark is lost). Actions at a line's end: "end", "wait" (for the mark that reopens), "run on".
    """

    action: str
    start: int
    end: int


def decide(text: str) -> list[Decision]:
    """Choose what to do at each mark, and at each line end that an open passage reaches.

    Args:
        text: Any text; a line is a paragraph.

    Returns:
        Decisions in the order of the text; none for marks inside a word.
    """
    if MARKS.search(text) is None:
        return []
    habits = Habits.of(text)
    lines = list(_lines(text))
    # A state is the open marks, outermost first ("sd"), each a letter of _STYLES; an upper-case letter is a
    # passage that waits for its paragraph to be reopened.
    chains: dict[str, _Chain] = {"": (0.0, None)}
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        for mark in weigh_marks(text, *line, habits):
            chains = _read_mark(chains, mark)
        if len(chains) > 1 or "" not in chains:
            following = _after_interruption(text, lines, number)
            next_line = lines[following] if following < len(lines) else None
            chains = _read_line_end(chains, text, line[1], next_line, following > number, habits)
            number = following
    return _unwind(chains[""][1])


def _lines(text: str) -> Iterator[_Span]:
    """The spans of lines that are not blank, without the white space at their ends."""
    for match in _LINE.finditer(text):
        line = match.group()
        start = match.start() + len(line) - len(line.lstrip())
        end = match.start() + len(line.rstrip())
        if start < end:
            yield start, end


def _unwind(chain: Any) -> list[Decision]:
    decisions = []
    while chain is not None:
        chain, *decision = chain
        decisions.append(Decision(*decision))
    return decisions[::-1]


def _read_mark(chains: dict[str, _Chain], mark: Mark) -> dict[str, _Chain]:
    after: dict[str, _Chain] = {}
    limit = math.inf
    for state, (cost, chain) in chains.items():
        for action, weight, extra, then in _moves(state, mark.style, mark.partial):
            total = cost + mark[weight] + extra
            if total < limit and (then not in after or total < after[then][0]):
                after[then] = (total, (chain, action or mark.name, mark.start, mark.end))
                limit = min(limit, total + _MARGIN)
    return {state: reading for state, reading in after.items() if reading[0] < limit}


@cache
def _moves(state: str, style: str, partial: bool) -> tuple[tuple[str, int, float, str], ...]:
    """What may be done at a mark: the action ("" where it stays alone), which of its costs that has, what it
    costs more, and the state then."""
    cost = Mark._fields.index
    if state[-1:].isupper():
        # The first mark of the paragraph reopens the quotation; an apostrophe there does not.
        return (("reopen", cost("opens"), 0.0, state.lower()),)
    moves = [("", cost("alone"), 0.0, state)]
    same = _STYLES.get(state[-1:]) == style
    opened = _PARTIAL[style] if partial else style
    if not state:
        moves += [("open", cost("opens"), 0.0, opened), ("close lost", cost("closes_lost"), 0.0, "")]
    if same:
        moves += [
            ("close", cost("closes"), 0.0, state[:-1]),
            ("reopen", cost("reopens"), _CONTINUES_PART * (state[-1] in "te"), state[:-1] + style),
            ("split", cost("splits"), 0.0, state[:-1] + opened),
            ("restart", cost("restarts"), 0.0, state[:-1] + opened),
            ("misplace", cost("misplaced"), 0.0, state),
        ]
    if 0 < len(state) < _DEEPEST:
        nested = ("open", cost("nests"), 0.0) if same else ("open", cost("opens"), _NESTED)
        moves.append((*nested, state + opened))
    return tuple(moves)


def _after_interruption(text: str, lines: Sequence[_Span], number: int) -> int:
    """The next line that a passage may go on in: advertisements and captions have no marks and no stop."""
    for ahead in range(number, min(number + _INTERRUPTIONS, len(lines))):
        start, end = lines[ahead]
        brief = end - start <= _LONGEST_INTERRUPTION and not text[start].islower()
        if not brief or text[end - 1] in _STOPS or MARKS.search(text, start, end):
            return ahead
    return number


def _read_line_end(
    chains: dict[str, _Chain],
    text: str,
    end: int,
    following: _Span | None,
    interrupted: bool,
    habits: Habits,
) -> dict[str, _Chain]:
    start = following[0] if following else end
    style = habits.style(text, start) if following else None
    runs_on = following and text[start].islower() and (text[end - 1].isalnum() or text[end - 1] in ",-–—")
    after: dict[str, _Chain] = {}
    for state, (cost, chain) in chains.items():
        if not state:
            moves = [("", 0.0, "")]
        else:
            cost += _INNER * (len(state) - 1)
            moves = [("end", LOST, "")]
            if style == _STYLES[state[0]]:
                moves.append(("wait", REOPENED + _INTERRUPTED * interrupted, state[0].upper()))
            if runs_on and state.islower():
                moves.append(("run on", _RUNS_ON + _INTERRUPTED * interrupted, state))
        for action, extra, then in moves:
            if then not in after or cost + extra < after[then][0]:
                after[then] = (cost + extra, (chain, action, end, start) if action else chain)
    return after
