"""A page's lines, and what each weighs as running text: length, stop, function words, case, list marks.

The features are those of the public line filters (a stop at the end and five words or more, as in C4; length
and function words with a line's neighbours, as in jusText), put together with fixed weights in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

# Every break that str.splitlines knows: a form feed or a line separator ends a line as a newline does.
_SOLID = re.compile(r"\S(?:[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*\S)?")
_STOPS, _CLOSERS = ".!?…:;,。！？：、，؟۔।", "'\"’”)]」』）"
_STOP_SET = frozenset(_STOPS)
_STOP = re.compile(r"[.!?。！？؟۔।]['\"’”»)\]]{0,3}(?:\[\d+\])?$")
_OPEN_END = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])\W{0,3}$")
LIST_MARK = re.compile(r"(?:[*•●▪◦·+–—-]|o|\d{1,2}[.)])\s+")

# The commonest English words: in running English they are a third or more of all words, in lists of names
# and links few.
_FUNCTION_WORDS = frozenset(
    """the of and to a in that is was for it on with as he be at by i this had not are but from or have an
    they which one you were her all she there would their we him been has when who will more no if out so
    said what up its about into than them can could these two may then do first any my now our over most
    after also did before how his your just because where some while""".split()
)
_PIPE = re.compile(r"\s[|•·/›»>]\s")

# No language that parts words by spaces has words this long on the average.
_LETTERS_A_WORD = 16

_SALUTATION = re.compile(r"(?:Dear )?(?:Sir|SIR|Sirs|Madam|Editor|Mr Editor|Sir or Madam)\s?[,:–—-]?")
# A salutation opens a letter: it binds the text below it.
_LETTER_WEIGHT = 15

SENTENCE, OPEN, ITEM, SHORT = "sentence", "long line without a stop", "list item", "short line"


@dataclass(slots=True)
class Line:
    """A solid line ``text[start:end]`` of a page: its words, its shape, and the role found so far."""

    start: int
    end: int
    text: str
    role: str = "paragraph"
    rule: str = ""
    words: int = 0
    shape: str = SHORT

    @property
    def is_text(self) -> bool:
        """Whether the line by itself reads as running text."""
        return self.role == "paragraph" and self.shape == SENTENCE


def ends_sentence(line: str) -> bool:
    """Whether a line ends as running text does: with a stop, inside or outside a quotation mark."""
    last = line[-1:]
    if last.isalnum():
        return False
    return last in _STOP_SET or line.rstrip().rstrip(_CLOSERS)[-1:] in _STOP_SET


def read_shape(line: str) -> tuple[int, str]:
    """A line's number of words, and its shape: sentence, long without a stop, list item, or short."""
    words = line.count(" ") + 1
    if words * _LETTERS_A_WORD < len(line) and not line.isascii():
        words = max(words, len(line) // 3)  # Chinese, Japanese and Thai put no spaces between words.
    tail = line[-8:]
    stop = bool(_STOP.search(tail)) and not _OPEN_END.search(tail)
    item = words > 1 and LIST_MARK.match(line)
    if stop and words >= (8 if item else 4) and not (words < 40 and len(_PIPE.findall(line)) > 2):
        return words, SENTENCE
    if item:
        return words, ITEM
    if words <= 4 and _SALUTATION.fullmatch(line):
        return _LETTER_WEIGHT, SENTENCE
    if stop and words >= 2 and line[0] in "'\"‘“":
        return words, SENTENCE
    if words >= 8 and tail[-1] in ":;,":
        return words, SENTENCE
    if words >= 12:
        first = line[:400].lower().split()[:50]
        share = sum(word in _FUNCTION_WORDS for word in first) / len(first)
        if share >= 0.25:
            return words, SENTENCE if words >= 30 else OPEN
    return words, SHORT


def solid_spans(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the lines that are not blank, without the white space at both ends."""
    return (match.span() for match in _SOLID.finditer(text))


def line_spans(text: str) -> Iterator[tuple[int, int]]:
    """Spans of white space and of stripped lines, in turn, that tile the text."""
    last = 0
    for start, end in solid_spans(text):
        if last < start:
            yield last, start
        yield start, end
        last = end
    if last < len(text):
        yield last, len(text)


# Text that was broken into lines of one width: of the breaks that could be such, most are.
_WIDTHS, _FULL_SHARE, _STOP_SHARE = range(35, 101), 0.8, 0.4
# A narrow width, few lines, or paragraphs without a blank line between them need more: most of the lines
# below a broken one go on in lower case.
_NARROW, _FEW, _LEAST_BROKEN, _LOWER_SHARE = 50, 6, 2, 0.6


def join_wrapped(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join the lines of paragraphs that were broken at one width.

    A line was broken where the next line's first word would not have fitted. Lines are joined only if most
    lines inside the page's blocks were, but for those that end a paragraph with a stop, and most of the
    broken ones end in the middle of a sentence. The first line of a paragraph may be indented.
    """
    # Most gaps are the line break alone.
    inner = [
        n
        for n, ((_, stop), (start, _)) in enumerate(pairwise(spans))
        if (text[stop] == "\n" if start - stop == 1 else text.count("\n", stop, start) == 1)
    ]
    if len(inner) < _LEAST_BROKEN or len(inner) + 1 >= len(spans):
        return spans
    margins = {m: spans[m][0] - text.rfind("\n", 0, spans[m][0]) - 1 for n in inner for m in (n, n + 1)}
    widths = {n: margins[n] + spans[n][1] - spans[n][0] for n in inner}
    width = sorted(widths.values())[len(inner) * 19 // 20]
    if width not in _WIDTHS:
        return spans
    ended = {n for n in inner if ends_sentence(text[slice(*spans[n])])}
    # What is further in than the end of a sentence above it begins a paragraph.
    begun = {n for n in ended if margins[n + 1] > margins[n]}
    broken = {n for n in inner if n not in begun and _is_full(text, widths[n], spans[n + 1], width)}
    if len(broken & ended) > _STOP_SHARE * len(broken):
        return spans
    if len(broken | ended) < _FULL_SHARE * len(inner) or 2 * len(broken) < len(inner):
        return spans
    is_certain = width >= _NARROW and len(inner) >= _FEW and len(broken) >= _FULL_SHARE * len(inner)
    lower = sum(text[spans[n + 1][0]].islower() for n in broken)
    if not is_certain and lower < _LOWER_SHARE * len(broken):
        return spans
    joined: list[tuple[int, int]] = []
    for n, (start, end) in enumerate(spans):
        if n - 1 in broken:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _is_full(text: str, reached: int, below: tuple[int, int], width: int) -> bool:
    """Whether the first word of the line below would not have fitted behind this one's last column."""
    word = text.find(" ", *below)
    return reached + 1 + (word if word >= 0 else below[1]) - below[0] > width
