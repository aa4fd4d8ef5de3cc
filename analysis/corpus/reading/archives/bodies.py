"""Lines of a document's body to paragraphs: plain text exports break one into lines of 80 characters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from analysis.corpus.reading.archives.documents import Document, Line

_WIDEST = 90  # characters: a document with a longer line was not broken into lines
_LIST_MARK = re.compile(r"(?:[*•·▪–—-]|--|[0-9]{1,2}[.)])\s")
_SENTENCE_END = re.compile(r"[.!?:;…]['\"”’»)\]]{0,3}$")


def mark_body(document: Document, lines: Sequence[Line], rule: str, *, whole_lines: bool = False) -> None:
    """Mark the paragraphs of a body.

    Args:
        document: Where they are marked.
        lines: The body's lines.
        rule: The rule that they get.
        whole_lines: Whether the format gives each paragraph a line of its own, as markup does.
    """
    width = max((line.indent + len(line.text) for line in lines), default=0)
    wrapped = not whole_lines and width <= _WIDEST
    # A paragraph a line, with or without blank lines: no block has two lines, and some lines run on.
    wrapped = wrapped and (width > 60 or len(lines) <= 2) and not _has_short_lines_only(lines, width)
    first = 0
    for n in range(1, len(lines) + 1):
        if n == len(lines) or not wrapped or _parts(lines[n - 1], lines[n], width):
            document.mark(lines[first], lines[n - 1], "paragraph", rule)
            first = n


def _has_short_lines_only(lines: Sequence[Line], width: int) -> bool:
    """Whether no line is followed by one of its own block: then each is a paragraph anyway."""
    return all(a.block != b.block for a, b in pairwise(lines)) and width < _WIDEST


def _parts(line: Line, then: Line, width: int) -> bool:
    """Whether a paragraph ends between two lines."""
    if line.block != then.block:
        return True
    if _LIST_MARK.match(then.text):
        return True
    if then.indent >= 2 and line.indent < 2:
        return True
    # The first word of the next line had room in this one: the line was ended on purpose.
    room = width - line.indent - len(line.text) - 1
    deliberate = len(then.text.split(" ", 1)[0]) < room
    return deliberate and (bool(_SENTENCE_END.search(line.text)) or not then.text[0].islower())
