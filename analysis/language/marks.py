"""Pair quotation marks of any style, without a language model.

British copy quotes in single marks, which are also its apostrophes; pages open curly and close straight, lose
marks where lines were joined, and reopen a quotation in every paragraph without closing it in between. No
single mark can be read alone, so the roles of all marks of a text are chosen together: each role has a cost
from the characters around the mark (an opening mark stands before a word, a closing one after it), and the
cheapest well-formed reading of the whole text wins. The search keeps a handful of states a mark (which marks
are open), so time grows with the number of marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

_MARK = re.compile("[“”\"„‟«»‘’'‛‹›`´]")
# Two single marks that stand for a double one, as old wire copy and some archives have them.
_DOUBLED_MARK = re.compile("''|``|[“”\"„‟«»‘’'‛‹›`´]")
_DOUBLED_PAIR = re.compile(r"(?<![\w.,!?])(?:''|``)(?=\w).*?(?<=[\w.,!?])''(?!\w)", re.S)
_LINE = re.compile(r"[^\n\r]+")
_SENTENCE_END = re.compile(r"[.!?…][’'\"”)\]]*\s+")
_OPENING = "“„‟«‘‛‹`"
_CLOSING = "”»’›´"
_SINGLE = "‘’'‛‹›`´"

# What may follow an apostrophe that begins a word: 'em, '24, the '90s.
_CONTRACTION = re.compile(
    r"(?:em|til|till|tis|twas|twere|cause|cos|cuz|bout|round|neath|nuff|tude|gainst|ere|d\d|n)\b|\d\ds?\b",
    re.I,
)
_SHORT_INNER = re.compile(r"\w[\w’'-]*(?: [\w’'-]+){0,3}[,.?!]?[’'\"”](?!\w)")

# Costs in one place: zero is what careful typesetting looks like, five a mark that is simply wrong.
_LOST, _STRAY, _MISPLACED, _REOPENED, _NESTED = 4.0, 5.0, 4.0, 0.4, 0.6
_NEVER = 99.0

# An unclosed passage on a line longer than this (a page flattened to one line) ends with its first sentence.
_LONGEST_UNCLOSED = 2000


@dataclass(frozen=True)
class Passage:
    """What stands inside one pair of quotation marks, the marks left out.

    ``depth`` is 0 for an outermost passage and 1 and more inside another one. ``closed`` says whether it has
    its closing mark, ``opened`` its opening one. ``continues`` says that it reopens the passage before it
    (a new paragraph of the same quotation). ``misplaced`` are offsets of marks inside that pair with nothing.
    """

    start: int
    end: int
    depth: int = 0
    closed: bool = True
    opened: bool = True
    continues: bool = False
    misplaced: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Mark:
    """A mark with what each role would cost here."""

    at: int
    end: int
    style: str
    opens: float
    closes: float
    apostrophe: float
    stray: float
    reopens: float
    splits: float
    nests: float
    lost_close: float
    lost_open: float


@dataclass(frozen=True)
class _Line:
    """The end of a line, and the style of the mark that opens the next one, if any."""

    end: int
    next_style: str


@dataclass
class _Open:
    start: int
    opened: bool = True
    continues: bool = False
    misplaced: list[int] = field(default_factory=list)


def find_passages(text: str) -> list[Passage]:
    """Find every passage in quotation marks.

    Outermost passages never overlap; inner ones lie wholly inside one of them. A passage that never
    closes ends with its paragraph.

    Args:
        text: Any text; a line is a paragraph.

    Returns:
        Passages in the order of their start. Empty passages are left out.

    Example:
        >>> text = "The 'golden rule' and the workers' vote: ‘It's over,' he said."
        >>> [text[p.start:p.end] for p in find_passages(text)]
        ['golden rule', "It's over,"]
    """
    steps = _read(text)
    return _build(text, _cheapest(steps)) if steps else []


def _read(text: str) -> list[_Mark | _Line]:
    pattern = _DOUBLED_MARK if _DOUBLED_PAIR.search(text) else _MARK
    lines = [line for line in _LINE.finditer(text) if line.group().strip()]
    steps: list[_Mark | _Line] = []
    for number, line in enumerate(lines):
        previous = line.start()
        for match in pattern.finditer(text, line.start(), line.end()):
            if not _is_inside_word(text, *match.span()):
                steps.append(_weigh(text, match.span(), line.span(), previous))
                previous = match.start()
        following = lines[number + 1].group().lstrip() if number + 1 < len(lines) else ""
        opener = pattern.match(following)
        style = _style(opener.group()) if opener and following[opener.end() :][:1].strip() else ""
        steps.append(_Line(line.end(), style))
    return steps


def _is_inside_word(text: str, at: int, end: int) -> bool:
    if end - at > 1 or text[at] not in _SINGLE or text[at] == "‘":
        return False
    before, after = text[at - 1 : at] if at else "", text[end : end + 2]
    # "e.v.'s" is one word too
    return after[:1].isalnum() and (
        before.isalnum() or (before == "." and after[0] == "s" and not after[1:].isalpha())
    )


def _style(mark: str) -> str:
    return "s" if mark in _SINGLE else "d"


def _weigh(text: str, span: tuple[int, int], line: tuple[int, int], previous: int) -> _Mark:
    at, end = span
    mark = text[at:end]
    single, line_start = mark in _SINGLE, line[0]
    left, right = _neighbours(text, span, line)
    before_word = right.isalnum() or right in "£$€([{#@…–—&*-%" or text[end : end + 3] == "..."
    after_gap = not left.strip() or left in "([{–—-/=|>"
    after_word = bool(left.strip()) and left not in "([{/="
    before_gap = not right.isalnum() and right not in "£$€([{#@"
    opens = _shape(after_gap, before_word, glued=2.0 if not left.isalnum() else 3.5)
    closes = _shape(after_word, before_gap, glued=1.0 if not left.isalnum() else 3.0)
    opens += 3.0 * (mark in _CLOSING)
    closes += 3.0 * (mark in _OPENING)
    apostrophe = _apostrophe(text, at, left, after_gap) if single else _NEVER
    if single and after_gap and _CONTRACTION.match(text, end):
        opens += 3.0
    if single and left == "s" and right == " ":
        closes += 0.5
    sentence_before = _ends_sentence(text, at, line_start)
    starts_sentence = (
        sentence_before and after_gap and (right.isupper() or right.isdigit() or right in "…£$(")
    )
    boundary_between = bool(_SENTENCE_END.search(text, previous, at))
    punctuated = left in ",.!?…"
    after_comma = text[max(line_start, at - 2) : at] == ", "
    return _Mark(
        at=at,
        end=end,
        style=_style(mark),
        opens=opens,
        closes=closes,
        apostrophe=apostrophe,
        stray=1.0 if left.isdigit() and not single else _STRAY,
        reopens=opens + _REOPENED if starts_sentence else _NEVER,
        splits=2.0 if punctuated and right.isupper() and text[at - 1 : at].strip() else _NEVER,
        nests=opens + (0.8 if _SHORT_INNER.match(text, end) else 3.5) + 3.0 * after_comma,
        lost_close=opens + _LOST - 1.0 * after_comma + 2.0 * (not boundary_between and not after_comma),
        lost_open=closes + _LOST + 3.0 * (not punctuated) + 2.0 * single,
    )


def _neighbours(text: str, span: tuple[int, int], line: tuple[int, int]) -> tuple[str, str]:
    # Marks that touch ("'Why?'") see past each other; three are enough, and keep the time linear.
    a, b = span
    while a > line[0] and span[0] - a < 3 and _MARK.match(text, a - 1):
        a -= 1
    while b < line[1] and b - span[1] < 3 and _MARK.match(text, b):
        b += 1
    return (text[a - 1] if a > line[0] else " "), (text[b] if b < line[1] else " ")


def _shape(left_fits: bool, right_fits: bool, *, glued: float) -> float:
    if left_fits and right_fits:
        return 0.0
    if left_fits:  # a mark with a gap on both sides
        return 2.0
    return glued if right_fits else 7.0


def _apostrophe(text: str, at: int, left: str, after_gap: bool) -> float:
    extra = 4.0 if text[at] in _OPENING else 0.0
    if re.match(r".n['’](?!\w)", text[at : at + 4]) or re.match(r"['‘’]n.", text[max(0, at - 2) : at + 1]):
        return extra
    if after_gap:
        return extra + (0.5 if _CONTRACTION.match(text, at + 1) else 5.0)
    if left == "s" or left.isdigit():
        return extra + 1.0
    if text[max(0, at - 2) : at] == "in":
        return extra + 2.5
    return extra + (4.0 if left.isalnum() else 8.0)


def _ends_sentence(text: str, at: int, line_start: int) -> bool:
    before = text[max(line_start, at - 6) : at]
    return bool(re.search(r"[.!?…][’'\"”)\]]*\s*$", before)) and before[-1:].isspace()


# A reading of the text so far: its cost, and the chain of (reading before, action, step).
_Reading = tuple[float, tuple[Any, str, "_Mark | _Line"] | None]


def _cheapest(steps: list[_Mark | _Line]) -> list[tuple[str, _Mark | _Line]]:
    """Choose an action for each step by dynamic programming over which marks are open.

    A state is the styles of the open marks, outermost first ("sd"); an upper-case letter is a passage that
    waits for its paragraph to be reopened.
    """
    readings: dict[str, _Reading] = {"": (0.0, None)}
    for step in steps:
        after: dict[str, _Reading] = {}
        moves = _line_moves if isinstance(step, _Line) else _mark_moves
        for state, (cost, chain) in readings.items():
            for action, extra, then in moves(state, step):
                total = cost + extra
                if extra < _NEVER and (then not in after or total < after[then][0]):
                    after[then] = (total, (chain, action, step))
        best = min(cost for cost, _ in after.values())
        readings = {state: reading for state, reading in after.items() if reading[0] < best + 16}
    chain, decisions = min(readings.values(), key=lambda reading: reading[0])[1], []
    while chain is not None:
        chain, action, step = chain
        decisions.append((action, step))
    return decisions[::-1]


def _line_moves(state: str, line: _Line) -> Iterator[tuple[str, float, str]]:
    if not state:
        yield "pass", 0.0, ""
        return
    inner = 2.0 * (len(state) - 1)
    yield "end", _LOST + inner, ""
    if line.next_style == state[0].lower():
        yield "wait", _REOPENED + inner, state[0].upper()


def _mark_moves(state: str, mark: _Mark) -> Iterator[tuple[str, float, str]]:
    if state[-1:].isupper():
        # The first mark of the paragraph reopens the quotation; an apostrophe there does not.
        yield "reopen", mark.opens, state.lower()
        return
    yield "pass", min(mark.apostrophe, mark.stray), state
    if not state:
        yield "open", mark.opens, mark.style
        yield "close lost", mark.lost_open, ""
        return
    if state[-1] == mark.style:
        yield "close", mark.closes, state[:-1]
        yield "reopen", mark.reopens, state
        yield "split", mark.splits, state
        yield "restart", mark.lost_close, state
        yield "misplace", mark.opens + _MISPLACED, state
    if len(state) < 3:
        same = state[-1] == mark.style
        yield "open", (mark.nests if same else mark.opens + _NESTED), state + mark.style


def _build(text: str, decisions: list[tuple[str, _Mark | _Line]]) -> list[Passage]:
    found: list[Passage] = []
    stack: list[_Open] = []

    def shut(end: int, *, closed: bool) -> None:
        opened = stack.pop()
        start, end = trim_span(text, opened.start, end)
        if start < end:
            inside = tuple(at for at in opened.misplaced if start <= at < end)
            found.append(Passage(start, end, len(stack), closed, opened.opened, opened.continues, inside))

    for action, step in decisions:
        if isinstance(step, _Line):
            while stack:
                runs_on = action == "wait" or len(stack) > 1
                shut(step.end if runs_on else _unclosed_end(text, stack[-1].start, step.end), closed=False)
            continue
        _apply(action, step, stack, shut, text, max((p.end + 1 for p in found[-1:]), default=0))
    return sorted(found, key=lambda passage: (passage.start, -passage.end))


def _apply(
    action: str, mark: _Mark, stack: list[_Open], shut: Callable[..., None], text: str, floor: int
) -> None:
    after = mark.end
    if action == "open":
        stack.append(_Open(after))
    elif action == "close":
        shut(mark.at, closed=True)
    elif action == "misplace":
        stack[-1].misplaced.append(mark.at)
    elif action == "split":
        shut(mark.at, closed=True)
        stack.append(_Open(after))
    elif action == "reopen":
        if stack:
            shut(mark.at, closed=False)
        stack.append(_Open(after, continues=True))
    elif action == "restart":
        end = (
            mark.at
            if text[mark.at - 2 : mark.at].endswith(", ")
            else _sentence_start(text, mark.at, stack[-1].start)
        )
        shut(end, closed=False)
        stack.append(_Open(after))
    elif action == "close lost":
        stack.append(_Open(_sentence_start(text, mark.at, floor), opened=False))
        shut(mark.at, closed=True)


def _sentence_start(text: str, at: int, floor: int) -> int:
    """Where the sentence before ``at`` begins, not before ``floor``; the mark itself where there is none."""
    line = max(floor, text.rfind("\n", 0, at) + 1, at - 2000)
    ends = [m.end() for m in _SENTENCE_END.finditer(text, line, at) if m.end() < at]
    return ends[-1] if ends else (line if not floor else at)


def _unclosed_end(text: str, start: int, line_end: int) -> int:
    if line_end - start <= _LONGEST_UNCLOSED:
        return line_end
    stop = _SENTENCE_END.search(text, start)
    return stop.start() + 1 if stop else line_end


def trim_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
