"""Where the quotation marks of a text stand, and what each reading of one mark costs.

A mark is read from the characters around it alone: an opening mark stands before a word, a closing one after
it, an apostrophe inside one. Zero is what careful typesetting looks like, five a mark that is simply wrong.
:mod:`analysis.language.mark_search` adds the costs up and chooses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

MARKS = re.compile("[“”\"„‟«»‘’'‚‛‹›`´]+")
# More marks in a row than any nesting gives: a rule drawn with them.
_LONGEST_RUN = 5
_OPENING = frozenset("“„‟«‘‚‛‹`")
_CLOSING = frozenset("”»’›´")
_SINGLE = frozenset("‘’'‚‛‹›`´")

# Two single marks that stand for a double one, as old wire copy and some archives have them.
_DOUBLED_OPENS = re.compile(r"(?<![\w.,!?])(?:''|``)(?=\w)")
_DOUBLED_CLOSES = re.compile(r"(?<=[\w.,!?])''(?!\w)")
_DOUBLED = re.compile(r"(?<=[^\s(\[{'])'(?=''(?!'))|''|``|.")

# The end of a word after its apostrophe; some pages set it with the opening mark.
_SUFFIX = re.compile(r"(?:s|t|d|m|re|ve|ll|er|n)(?![^\W_])", re.I)
# What may follow an apostrophe that begins a word: 'em, '24, the '90s, but not '24 hours'.
_CONTRACTION = re.compile(
    r"(?:em|til|till|tis|twas|twere|cause|cos|cuz|bout|round|neath|nuff|tude|gainst|ere|d\d|n)\b|"
    r"\d\d(?:s\b|\b(?!\s(?:hours?|minutes?|days?|weeks?|months?|years?|people|per\w*|million|billion)\b))",
    re.I,
)
_AND = re.compile(r"(?<!\w)(?:['‘’]n['’](?!\w)|n['‘’](?<=['‘’]n.))")
_CLIPPED = re.compile(r"\b(?:o|ol|an|th|wi|lil|mo)$", re.I)
# What cannot follow a plural possessive: the workers' vote, but 'the workers' and 'the workers' said.
_NO_NOUN = re.compile(
    r"\s(?:[-–—(&]|(?:a|about|after|against|an|and|are|as|at|be|because|before|but|by|can|could|did|do|does|for|"
    r"from|had|has|have|he|how|if|in|into|is|it|may|might|must|of|off|on|or|over|rather|said|say|says|she|should|"
    r"since|so|than|that|the|their|there|they|this|though|to|under|until|was|we|were|what|when|where|which|while|"
    r"who|will|with|within|without|would|you)\b|"
    r"(?:(?-i:[A-Z])[\w.’'-]{0,30}\s){1,3}(?:said|says|told|added|asked|wrote)\b)",
    re.I,
)
_SHORT_INNER = re.compile(r"\w[\w’'-]{0,30}(?: [\w’'-]{1,30}){0,3}[,.?!]?[’'\"”](?!\w)")
_AFTER_SENTENCE = re.compile(r"[.!?…][’'\"”)\]]*\s+$")
SENTENCE_END = re.compile(r"[.!?…][’'\"”)\]]*\s+")
ADVERT = re.compile(r"\b(?:Advertisement|ADVERTISEMENT)\s+$")

# What a lost mark costs, and a passage that a new paragraph reopens.
LOST, REOPENED = 4.0, 0.4
NEVER = 99.0
_STRAY, _MISPLACED = 5.0, 4.0


class Mark(NamedTuple):
    """A mark of a line: its span, its style ("s" single, "d" double) and what each reading costs.

    ``partial`` says that a passage opening here begins inside a sentence, with a small letter. ``name`` is
    what the mark is when it pairs with nothing: "apostrophe", "measure" (inches) or "stray".
    """

    start: int
    end: int
    style: str
    partial: bool
    name: str
    alone: float
    opens: float
    closes: float
    reopens: float
    splits: float
    nests: float
    restarts: float
    misplaced: float
    closes_lost: float


class Habits(NamedTuple):
    """How a text uses its marks: which open, which close, and whether two single ones make a double one."""

    opening: frozenset[str]
    closing: frozenset[str]
    doubled: bool

    @classmethod
    def of(cls, text: str) -> Habits:
        """Read them from the text: „low“ marks are closed with “, and »so« turns the guillemets round."""
        opening, closing = _OPENING, _CLOSING
        if "„" in text or "‚" in text:
            opening = opening - {"“", "‘"}
        for left, right in ("«»", "‹›"):
            if 0 <= text.find(right) < text.find(left):
                opening, closing = opening - {left} | {right}, closing - {right} | {left}
        first = _DOUBLED_OPENS.search(text) if "''" in text or "``" in text else None
        doubled = first is not None and _DOUBLED_CLOSES.search(text, first.end()) is not None
        return cls(opening, closing, doubled)

    def style(self, text: str, at: int) -> str | None:
        """The style of the mark at an offset; ``None`` where no mark stands or no word follows it."""
        run = MARKS.match(text, at)
        if run is None or not text[run.end() : run.end() + 1].strip():
            return None
        double = self.doubled and text.startswith(("''", "``"), at)
        return "s" if text[at] in _SINGLE and not double else "d"


def weigh_marks(text: str, start: int, end: int, habits: Habits) -> Iterator[Mark]:
    """Weigh the marks of one line, those inside a word left out.

    Args:
        text: The whole text.
        start: Where the line begins.
        end: Where it ends.
        habits: The text's habits.
    """
    previous = start
    for run in MARKS.finditer(text, start, end):
        a, b = run.span()
        if b - a == 1 and is_inside_word(text, a):
            continue
        if b - a > _LONGEST_RUN:
            yield Mark(a, b, "d", False, "stray", 0.0, *[NEVER] * 8)
            continue
        left, right = (text[a - 1] if a > start else " "), (text[b] if b < end else " ")
        for at, after in _split(text, a, b, habits):
            yield _weigh(text, (at, after), b, start, previous, left, right, habits)
            previous = at


def _split(text: str, a: int, b: int, habits: Habits) -> list[tuple[int, int]]:
    if b - a == 1 or not habits.doubled:
        return [(at, at + 1) for at in range(a, b)]
    return [match.span() for match in _DOUBLED.finditer(text, a, b)]


def is_inside_word(text: str, at: int) -> bool:
    """Whether the mark at an offset is part of a word: "it's", "O'Brien", "e.v.'s"."""
    mark, after = text[at], text[at + 1 : at + 2]
    before = text[at - 1] if at else ""
    if mark not in _SINGLE or not after.isalnum():
        return False
    if before == ".":
        return after == "s" and not text[at + 2 : at + 3].isalpha()
    if not before.isalnum():
        return False
    if _SUFFIX.match(text, at + 1):
        return mark != "‚"
    # After three letters and more it may also be a mark whose space was lost.
    return mark in "'’" and not _may_be_glued(text, at)


def _may_be_glued(text: str, at: int) -> bool:
    return at > 2 and text[at - 3 : at].isalpha() and text[at + 1].isalpha()


def _weigh(
    text: str,
    span: tuple[int, int],
    run_end: int,
    line_start: int,
    previous: int,
    left: str,
    right: str,
    habits: Habits,
) -> Mark:
    at, end = span
    mark = text[at]
    single = end - at == 1 and mark in _SINGLE
    gap_left, word_left, word_right = left.isspace(), left.isalnum(), right.isalnum()
    before_word = word_right or right in "£$€([{#@…–—&*-%" or text.startswith("...", run_end)
    after_gap = gap_left or left in "([{–—-/=|>"
    after_word = not gap_left and left not in "([{/="
    before_gap = not word_right and right not in "£$€([{#@"
    opens = _shape(after_gap, before_word, 3.5 if word_left else 2.0)
    closes = _shape(after_word, before_gap, 3.0 if word_left else 1.0)
    if mark in habits.closing:
        opens += 3.0
    elif mark in habits.opening:
        closes += 3.0
    name, alone = "stray", _STRAY
    if single:
        apostrophe = _apostrophe(text, at, left, after_gap, mark in habits.opening)
        if word_left and word_right:
            apostrophe = 0.0
            if not right.isupper():
                opens, closes = opens + 0.3, closes + 0.8
        elif after_gap and _CONTRACTION.match(text, end):
            opens += 3.0
        elif left == "s" and right == " ":
            closes += 0.3 if _NO_NOUN.match(text, end) else 1.4
        if apostrophe <= alone:
            name, alone = "apostrophe", apostrophe
    elif left.isdigit():
        name, alone = "measure", 1.0
    punctuated = left in ",.!?…"
    closes_lost = closes + LOST + (0.0 if punctuated else 3.0) + (0.5 if single else 0.0)
    style = "s" if single else "d"
    if opens > _STRAY:
        return Mark(at, end, style, False, name, alone, opens, closes, *[NEVER] * 5, closes_lost)
    after_comma = text.startswith(", ", at - 2) and at > 1
    new_sentence = (
        after_gap
        and (word_right or right in "…£$(")
        and not right.islower()
        and _after_sentence(text, at, line_start)
    )
    return Mark(
        start=at,
        end=end,
        style=style,
        partial=right.islower(),
        name=name,
        alone=alone,
        opens=opens,
        closes=closes,
        reopens=opens + REOPENED if new_sentence else NEVER,
        splits=2.0 if punctuated and right.isupper() and not text[at - 1].isspace() else NEVER,
        nests=opens + (0.8 if _SHORT_INNER.match(text, end) else 3.5) + 3.0 * after_comma,
        restarts=opens
        + LOST
        + (-1.0 if after_comma else 0.0 if SENTENCE_END.search(text, previous, at) else 2.0),
        misplaced=opens + _MISPLACED,
        closes_lost=closes_lost,
    )


def _shape(left_fits: bool, right_fits: bool, glued: float) -> float:
    if left_fits and right_fits:
        return 0.0
    if left_fits:  # a mark with a gap on both sides
        return 2.0
    return glued if right_fits else 7.0


def _apostrophe(text: str, at: int, left: str, after_gap: bool, opening: bool) -> float:
    extra = 4.0 if opening else 0.0
    if _AND.match(text, at) or _AND.match(text, max(0, at - 1)):
        return 0.0
    if after_gap:
        short = _CONTRACTION.match(text, at + 1)
        # Typing programs turn the mark of ‘em and ‘90s the wrong way.
        turned = opening and short is not None and not short.group().isdigit()
        return 1.0 if turned else (0.5 if short else 5.0) + extra
    if left == "s" or left.isdigit():
        return extra + (2.0 if left == "s" and _NO_NOUN.match(text, at + 1) else 0.7)
    if left in "olnhiOLNHI" and _CLIPPED.search(text, max(0, at - 5), at):
        return extra + 0.5
    if text.startswith("in", at - 2) and at > 1:
        return extra + 2.5
    return extra + (4.0 if left.isalnum() else 8.0)


def _after_sentence(text: str, at: int, line_start: int) -> bool:
    before = text[max(line_start, at - 24) : at]
    return before[-1:].isspace() and bool(_AFTER_SENTENCE.search(ADVERT.sub("", before)[-6:]))
