"""A Nexis document as the older exports set it, in text and in HTML.

Outlet and date stand in the middle; the headline before or after the date; then fields ("LENGTH: 355
words"), the body, closing fields, the copyright. Some news agencies give SECTION and LENGTH after the body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from analysis.corpus.reading.archives.bodies import mark_body
from analysis.corpus.reading.archives.documents import (
    AFTER_CLOSING,
    Document,
    Line,
    Mark,
    collapse,
    find_day,
    split_blocks,
)
from analysis.corpus.reading.archives.fields import COPYRIGHT, RIGHTS, Field, read_field

Block = list[Line]

_HEADER = "Nexis header"
_BODY = "Nexis body"
_URL = re.compile(r"https?://\S", re.IGNORECASE)
# "Summer, 2008", "January 2009": a date line without a day.
_PERIOD = re.compile(r"[^\W\d_]{3,12},? (?:1[89]|20)[0-9]{2}")
_TOP = 14  # blocks in which outlet and date stand
_MAX_HEADLINE = 60  # words
_LONG = 120  # words: more before the first field than a heading has
_MAX_CONTINUED = 3  # blocks of text that may follow one closing field (captions, a correction)
_MAX_BYLINE = 8  # words
_WIDE = 55  # characters: a centred line so wide may go on in the next


def read_numbered(document: Document, lines: Sequence[Line], *, whole_lines: bool) -> None:
    """Mark what stands where in a document.

    Args:
        document: The document, to be filled in.
        lines: Its lines after the marker that opens it.
        whole_lines: Whether each line is a block of its own, as markup gives them.
    """
    blocks = [piece for block in split_blocks(lines) for piece in _split_fields(block)]
    blocks = _mark_copyright(document, blocks)
    _Numbered(document, blocks, whole_lines).read()


def _split_fields(block: Block) -> list[Block]:
    """A block that opens with a field, cut before each further field that is known."""
    field = read_field(block[0].text)
    if field is None or field.kind == "unknown":
        return [block]
    pieces: list[Block] = [[block[0]]]
    for line in block[1:]:
        found = read_field(line.text)
        if found and found.kind != "unknown":
            pieces.append([line])
        else:
            pieces[-1].append(line)
    return pieces


def _mark_copyright(document: Document, blocks: list[Block]) -> list[Block]:
    """The blocks without the copyright at the end."""
    end = len(blocks)
    for n in range(len(blocks) - 1, max(len(blocks) - 5, -1), -1):
        first = blocks[n][0].text
        # A copyright that opens a document stands above its outlet, unless there is nothing else.
        if (n or end == 1) and (COPYRIGHT.match(first) or RIGHTS.match(first)):
            end = n
    for block in blocks[end:]:
        document.mark(block[0], block[-1], "furniture", "Nexis copyright")
    return blocks[:end]


class _Numbered:
    def __init__(self, document: Document, blocks: list[Block], whole_lines: bool) -> None:
        self._document = document
        self._blocks = blocks
        self._whole_lines = whole_lines
        self._fields = [read_field(block[0].text) for block in blocks]
        self._pictures: list[Block] = []

    def read(self) -> None:
        kinds = [field.kind if field else None for field in self._fields]
        closing = kinds.index("closing") if "closing" in kinds else len(kinds)
        after_date = self._read_top(closing)
        start, end = self._find_body(after_date, closing)
        tail = self._find_tail(start, end)
        self._read_heading(after_date, start)
        self._read_fields(tail, len(self._blocks))
        after = sum(self._count_words(range(n, n + 1)) for n in self._unfielded(closing))
        if after > _LONG:
            self._document.doubts.append(AFTER_CLOSING.format(words=after))
        self._mark_body(start, tail)
        if not self._document.kept:
            self._keep_pictures()

    # The top: copyright, outlet, date, and what stands among them.

    def _read_top(self, closing: int) -> int:
        """Find outlet and date; the index of the first block after them."""
        known = [n for n, field in enumerate(self._fields) if _is_known(field)]
        first_field = next((n for n in known if not self._blocks[n][0].centred), len(self._blocks))
        top = range(min(first_field, closing, _TOP))
        centred = any(_is_centred(self._blocks[n]) for n in top)
        dated = [n for n in top if self._find_date(n, centred)]
        last = dated[0] if dated else -1
        before = range(last + 1) if dated else top
        outlet = self._find_outlet(before, last, centred)
        if dated:
            line = self._find_date(last, centred)
            if line is not None:
                self._document.date(line.text)
                self._document.mark(line, line, "stamp", "Nexis date line")
        elif outlet is None:
            return 0
        for n in range(last):
            block = self._blocks[n]
            if n != outlet and not COPYRIGHT.match(block[0].text) and not _is_centred(block):
                self._read_before_date(block)
        end = last + 1 if dated else (outlet or 0) + 1
        while end < len(top) and _is_centred(self._blocks[end]):
            end += 1
        self._mark_rest(range(end))
        return end

    def _find_date(self, n: int, centred: bool) -> Line | None:
        if centred and not _is_centred(self._blocks[n]):
            return None
        return next((line for line in self._blocks[n] if _is_date(line)), None)

    def _find_outlet(self, before: range, dated: int, centred: bool) -> int | None:
        copyrighted: int | None = None
        for n in before:
            block = self._blocks[n]
            if COPYRIGHT.match(block[0].text):
                copyrighted = n if copyrighted is None else copyrighted
                continue
            if centred and not _is_centred(block):
                continue
            if n == dated and _is_date(block[0]):
                continue
            if _is_known(self._fields[n]) or _URL.match(block[0].text):
                continue
            if not centred and (dated < 0 or len(block[0].text.split()) > 12):
                continue
            self._mark_outlet([line for line in block if not _is_date(line)])
            return n
        if copyrighted is None:
            return None
        # "Copyright 2003 Le Monde", and the outlet on the next line of the block.
        rest = [line for line in self._blocks[copyrighted][1:] if not RIGHTS.search(line.text)]
        rest = [line for line in rest if not _is_date(line)]
        if rest and not self._blocks[copyrighted][-1].text.lower().startswith("rights"):
            self._mark_outlet(rest[-1:])
            return copyrighted
        return None

    def _mark_outlet(self, lines: Block) -> None:
        wide = len(lines) > 1 and len(lines[0].text) >= _WIDE
        lines = lines[: 2 if wide else 1]
        self._document.outlet = collapse(" ".join(line.text for line in lines))
        self._document.mark(lines[0], lines[-1], "outlet", "Nexis source line")

    def _read_before_date(self, block: Block) -> None:
        if _URL.match(block[0].text):
            self._document.url = "".join(line.text for line in block)
            self._document.mark(block[0], block[-1], "furniture", "Nexis address")
        elif self._document.headline is None:
            self._document.mark_headline(block[0].start, block[-1].end, "Nexis headline before the date")
        else:
            self._document.mark(block[0], block[-1], "standfirst", "Nexis line after the headline")

    def _mark_rest(self, blocks: range) -> None:
        for n in blocks:
            rule = "Nexis copyright" if COPYRIGHT.match(self._blocks[n][0].text) else _HEADER
            for line in self._blocks[n]:
                self._document.mark(line, line, "furniture", rule)

    # The body: where it starts and ends.

    def _find_body(self, after_date: int, closing: int) -> tuple[int, int]:
        """The blocks that may be body: from its first to where closing fields begin, at the latest."""
        zone = range(after_date, closing)
        for n in zone:
            field = self._fields[n]
            if field and field.kind in ("body", "lead"):
                body = next((m for m in range(n, closing) if _kind(self._fields[m]) == "body"), None)
                if body is not None and self._count_words(range(after_date, n)) <= 2 * _LONG:
                    return body, closing
                break
        group = next((n for n in zone if _is_known(self._fields[n])), None)
        if group is None:
            return self._skip_heading(after_date, closing), closing
        run = list(takewhile(lambda n: self._fields[n] is not None, range(group, closing)))
        end = max(n for n in run if _is_known(self._fields[n])) + 1
        heading, after = self._count_words(range(after_date, group)), self._count_words(range(end, closing))
        fields = [field.kind for field in self._fields[group:end] if field]
        if after == 0 or (heading > _LONG and heading > after and "length" not in fields):
            return self._skip_heading(after_date, group), closing
        if end < closing and fields[-1] == "standfirst" and self._is_bare(end - 1) and end + 1 < closing:
            end += 1
        return end, closing

    def _skip_heading(self, start: int, end: int) -> int:
        """Where the text begins in blocks without fields before them: after a headline, if it may be one."""
        if self._document.headline is not None or start >= end:
            return start
        words = self._count_words(range(start, start + 1))
        sentence = self._blocks[start][-1].text.endswith((".", '."', ".”"))
        alone = end - start == 1 and end >= len(self._blocks)
        return start if words > _MAX_HEADLINE or sentence or alone else start + 1

    def _count_words(self, blocks: range) -> int:
        return sum(len(line.text.split()) for n in blocks for line in self._blocks[n])

    def _is_bare(self, n: int) -> bool:
        """Whether a field has its name alone on its block."""
        field = self._fields[n]
        return bool(field) and len(self._blocks[n]) == 1 and field.value >= len(self._blocks[n][0].text)

    def _find_tail(self, start: int, closing: int) -> int:
        """Where the fields after the body begin."""
        allowed = _MAX_CONTINUED if closing == len(self._blocks) else 0
        tail = closing
        for n in range(closing - 1, start if self._is_body_field(start) else start - 1, -1):
            field = self._fields[n]
            if field is not None and field.kind not in ("unknown", "body", "lead"):
                tail = n
                continue
            allowed -= 1
            if allowed < 0 or self._count_words(range(n, n + 1)) >= _LONG:
                break
        return tail

    def _is_body_field(self, n: int) -> bool:
        return n < len(self._fields) and _kind(self._fields[n]) == "body"

    def _unfielded(self, closing: int) -> list[int]:
        """The blocks after the closing fields that are no field."""
        return [n for n in range(closing, len(self._blocks)) if not _is_known(self._fields[n])]

    # What stands before and after the body.

    def _read_heading(self, start: int, end: int) -> None:
        """Headline, byline and fields between date and body."""
        n = start
        named = any(_kind(field) == "headline" for field in self._fields[:end])
        while (n < end and self._fields[n] is None) or (n < end and _kind(self._fields[n]) == "unknown"):
            block = self._blocks[n]
            if self._document.headline is None and not named:
                self._document.mark_headline(block[0].start, block[-1].end, "Nexis headline")
            elif self._document.byline is None and _is_name(block):
                self._mark_byline(block, 0, "Nexis line after the headline")
            else:
                self._document.mark(block[0], block[-1], "standfirst", "Nexis line after the headline")
            n += 1
        self._read_fields(n, end)

    def _read_fields(self, start: int, end: int) -> None:
        last: Field | None = None
        for n in range(start, end):
            block, field = self._blocks[n], self._fields[n]
            last = field if field and (_is_known(field) or last is None) else last
            continued = field is not last or last is None
            kind = _kind(last)
            rule = last.rule if last else _HEADER
            if kind == "headline" and not continued and self._value(block, field):
                self._mark_headline_field(block, field)
            elif kind == "byline" and not continued and self._value(block, field):
                self._mark_byline(block, field.value, rule)
            elif kind == "lead":
                self._mark_value(block, 0 if continued else field.value, "paragraph", rule)
            elif kind == "standfirst":
                self._mark_value(block, 0 if continued else field.value, "standfirst", rule)
                self._pictures.append(block)
            else:
                self._document.mark(block[0], block[-1], "furniture", rule)
                if kind == "picture":
                    self._pictures.append(block)

    @staticmethod
    def _value(block: Block, field: Field | None) -> bool:
        return len(block) > 1 or (field is not None and field.value < len(block[0].text))

    def _mark_headline_field(self, block: Block, field: Field) -> None:
        if self._document.headline is not None:
            self._document.mark(block[0], block[-1], "furniture", field.rule)
            return
        self._mark_value(block, field.value, "headline", field.rule)
        mark = self._document.marks[-1]
        self._document.headline = (mark.start, mark.end)

    def _mark_byline(self, block: Block, value: int, rule: str) -> None:
        self._mark_value(block, value, "byline", rule)
        text = " ".join([block[0].text[value:], *(line.text for line in block[1:])])
        self._document.byline = self._document.byline or collapse(text)

    def _mark_value(self, block: Block, value: int, role: str, rule: str) -> None:
        """Mark a field's value; its name before it is furniture."""
        first = block[0]
        inner = first.text[value:].lstrip()
        start = first.end - len(inner) if inner else block[1].start if len(block) > 1 else first.end
        if value:
            name = first.text[:value]
            self._document.marks.append(Mark(first.start, first.start + len(name), "furniture", rule))
        if start < block[-1].end:
            self._document.marks.append(Mark(start, block[-1].end, role, rule))

    def _mark_body(self, start: int, end: int) -> None:
        lines: list[Line] = []
        for n in range(start, end):
            block, field = self._blocks[n], self._fields[n]
            if n == start and field and field.kind == "body":
                name = block[0].text[: field.value]
                self._document.marks.append(
                    Mark(block[0].start, block[0].start + len(name), "furniture", field.rule)
                )
                rest = block[0].text[field.value :].lstrip()
                if rest:
                    lines.append(Line(block[0].end - len(rest), block[0].end, rest, block[0].block))
                lines += block[1:]
            else:
                lines += block
        mark_body(self._document, lines, _BODY, whole_lines=self._whole_lines)

    def _keep_pictures(self) -> None:
        """A document without a body is a caption or a summary: that is then its text."""
        lines = {line.start for block in self._pictures for line in block}
        values = {mark.end for mark in self._document.marks if mark.start in lines}
        taken = {block[-1].end for block in self._pictures} | values
        self._document.marks = [mark for mark in self._document.marks if mark.end not in taken]
        for block in self._pictures:
            field = read_field(block[0].text)
            rule = f"{field.rule if field else _HEADER}, the only text"
            self._mark_value(block, field.value if field else 0, "paragraph", rule)


def _kind(field: Field | None) -> str | None:
    return field.kind if field else None


def _is_known(field: Field | None) -> bool:
    return field is not None and field.kind != "unknown"


def _is_date(line: Line) -> bool:
    return find_day(line.text) is not None or bool(_PERIOD.fullmatch(line.text))


def _is_centred(block: Block) -> bool:
    return any(line.centred for line in block)


def _is_name(block: Block) -> bool:
    text = collapse(" ".join(line.text for line in block))
    return len(text.split()) <= _MAX_BYLINE and not text.endswith((".", "!", "?"))
