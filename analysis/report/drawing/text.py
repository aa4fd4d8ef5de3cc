"""Words in a drawing: Plotly's labels read, measured, wrapped and written as SVG text."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

SIZE = 13.0
LEADING = 1.3
# Advance widths as parts of the font size, after wide sans-serif fonts: too long rather than too short.
_WIDTHS = {
    0.3: "ijl.,:;'|! `‘’·",
    0.42: 'frtI()[]/\\-"“”°*J',
    0.53: "csvxyzk_?",
    0.62: "abdeghnopqu0123456789LEFSTZ$£€+=<>~#^–",
    0.72: "ABCDGHKNOPQRUVXY&",
    0.95: "mwM%",
    1.02: "W@—…",
}
_WIDTH_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)(?:\s[^<>]*)?/?>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_STYLES = {"b": "b", "strong": "b", "i": "i", "em": "i"}
# What Plotly reads as markup; anything else in angle brackets is words.
_TAGS = {"br", *_STYLES, "a", "span", "sub", "sup", "s", "u"}
# XML has no place for these, whatever they are escaped as.
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Run:
    """A piece of a line in one style: ``b``, ``i``, ``bi`` or none."""

    text: str
    style: str = ""


Line = tuple[Run, ...]


def read_label(label: object) -> list[Line]:
    """Read the little HTML that Plotly takes in labels: breaks, bold and italics; the rest is words."""
    lines: list[list[Run]] = [[]]
    styles: list[str] = []
    text, at = str(label if label is not None else ""), 0
    for tag in _TAG.finditer(text):
        name = tag[2].lower()
        if name not in _TAGS:
            continue
        _add_run(lines, text[at : tag.start()], styles)
        at = tag.end()
        if name == "br":
            lines.append([])
        elif name in _STYLES:
            mark = _STYLES[name]
            if not tag[1]:
                styles.append(mark)
            elif mark in styles:
                styles.remove(mark)
    _add_run(lines, text[at:], styles)
    return [tuple(line) for line in lines]


def _add_run(lines: list[list[Run]], text: str, styles: list[str]) -> None:
    words = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    words = re.sub(r"\s+", " ", _NOT_XML.sub("", words))
    if words:
        lines[-1].append(Run(words, "".join(sorted(set(styles)))))


def plain_words(label: object, *, between: str = " ") -> str:
    """A label as plain words; ``between`` stands for a break."""
    said = ("".join(run.text for run in line).strip() for line in read_label(label))
    return between.join(filter(None, said))


def join_lines(lines: Sequence[Line]) -> list[Line]:
    """Take back breaks that only wrapped one phrase; a break at which the style changes stays."""
    joined: list[Line] = []
    for line in lines:
        if joined and line and joined[-1] and joined[-1][-1].style == line[0].style:
            joined[-1] = (*joined[-1], Run(" ", line[0].style), *line)
        else:
            joined.append(line)
    return joined


@cache
def _width_of_letter(letter: str) -> float:
    if letter in _WIDTH_OF:
        return _WIDTH_OF[letter]
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.05
    return 0.75 if letter.isupper() else 0.66


def width_of(text: str, size: float = SIZE, *, bold: bool = False) -> float:
    """About how wide words are, in pixels."""
    return sum(map(_width_of_letter, text)) * size * (1.1 if bold else 1.0)


def line_width(line: Line, size: float = SIZE) -> float:
    """About how wide a line is, in pixels."""
    return sum(width_of(run.text, size, bold="b" in run.style) for run in line)


def block_width(lines: Sequence[Line], size: float = SIZE) -> float:
    """The width of the widest line."""
    return max((line_width(line, size) for line in lines), default=0.0)


def wrap_lines(lines: Sequence[Line], room: float, size: float = SIZE) -> list[Line]:
    """Break what is wider than ``room`` at its spaces, and a word that is wider still within itself."""
    wrapped: list[Line] = []
    for line in lines:
        wrapped += [line] if line_width(line, size) <= room else _wrap_line(line, room, size)
    return wrapped


def _wrap_line(line: Line, room: float, size: float) -> list[Line]:
    made: list[list[Run]] = [[]]
    used = 0.0
    for run in line:
        for word in re.findall(r"\S+\s*|\s+", run.text):
            for piece in _cut_word(word, room, size, run.style):
                width = width_of(piece.rstrip(), size, bold="b" in run.style)
                if made[-1] and used + width > room:
                    made.append([])
                    used = 0.0
                made[-1].append(Run(piece, run.style))
                used += width_of(piece, size, bold="b" in run.style)
    return [_merge(runs) for runs in made if runs]


def _cut_word(word: str, room: float, size: float, style: str) -> list[str]:
    if width_of(word.rstrip(), size, bold="b" in style) <= room:
        return [word]
    pieces, piece = [], ""
    for letter in word:
        if piece and width_of(piece + letter, size, bold="b" in style) > room:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]


def _merge(runs: Sequence[Run]) -> Line:
    merged: list[Run] = []
    for run in runs:
        if merged and merged[-1].style == run.style:
            merged[-1] = Run(merged[-1].text + run.text, run.style)
        else:
            merged.append(run)
    merged[-1] = Run(merged[-1].text.rstrip(), merged[-1].style)
    return tuple(merged)


def number(value: float) -> str:
    """A coordinate as SVG has it: two decimals at most, and never a minus nought."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def escape(text: object) -> str:
    """Text for an attribute or an element of SVG."""
    return html.escape(_NOT_XML.sub("", str(text)), quote=True)


def draw_words(
    lines: Sequence[Line], x: float, y: float, *, size: float = SIZE, anchor: str = "", more: str = ""
) -> str:
    """Lines as one text element whose first baseline is at ``y``.

    Args:
        lines: What to write.
        x: Where each line starts, or ends, or has its middle, as ``anchor`` says.
        y: The first baseline.
        size: In pixels.
        anchor: ``end``, ``middle`` or nothing.
        more: Further attributes, escaped.
    """
    about = f' x="{number(x)}" y="{number(y)}"'
    if size != SIZE:
        about += f' font-size="{number(size)}"'
    if anchor:
        about += f' text-anchor="{anchor}"'
    if more:
        about += f" {more}"
    parts = [_write_line(lines[0])] if lines else []
    parts += [
        f'<tspan x="{number(x)}" dy="{number(size * LEADING)}">{_write_line(line)}</tspan>'
        for line in lines[1:]
    ]
    return f"<text{about}>{''.join(parts)}</text>"


def _write_line(line: Line) -> str:
    return "".join(_write_run(run) for run in line)


def _write_run(run: Run) -> str:
    if not run.style:
        return escape(run.text)
    bold = ' font-weight="700"' if "b" in run.style else ""
    italic = ' font-style="italic"' if "i" in run.style else ""
    return f"<tspan{bold}{italic}>{escape(run.text)}</tspan>"
