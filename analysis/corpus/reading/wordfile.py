"""Word documents (.docx) to text: their paragraphs in order, one a line."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from analysis.corpus.reading.officefiles import check_office_file
from analysis.errors import CorpusFormatError

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# What stands in the document but is not read with it: deleted and moved text, the words of a field's code,
# and the older of two drawings of the same text box.
_UNREAD = {
    f"{_W}{name}" for name in ("del", "delText", "delInstrText", "moveFrom", "instrText", "pPr", "rPr")
} | {f"{_MARKUP}Fallback"}
_SIGNS = {
    f"{_W}tab": "\t",
    f"{_W}ptab": "\t",
    f"{_W}br": " ",
    f"{_W}cr": " ",
    f"{_W}noBreakHyphen": "\u2011",
}


def read_docx(data: bytes) -> str:
    """A Word document's paragraphs in document order, one a line.

    The cells of tables and text boxes are read where they stand, text in hyperlinks and tracked insertions
    too; headers, footers, notes, comments and tracked deletions are left out. A line break inside a
    paragraph is a space.

    Raises:
        CorpusFormatError: The file is locked by a password, cut off, damaged, no Word document, or too large
            when unpacked (:mod:`analysis.corpus.reading.officefiles`).
    """
    check_office_file(data, kind="Word document", old=".doc", save_as=".docx")
    import docx

    try:
        body = docx.Document(io.BytesIO(data)).element.body
    except Exception as error:
        # The library lets through what its XML and archive readers raise, and errors of its own.
        raise CorpusFormatError(
            f"The file is no Word document that can be read: {_first_line(error)}",
            allowed="A Word document (.docx) that opens without a password.",
            todo="Open it in Word or LibreOffice, and save it again as .docx.",
        ) from None
    lines = _read_paragraphs(body) if body is not None else []
    return "\n".join(lines)


def _read_paragraphs(body: _Element) -> list[str]:
    """The text of every paragraph; what stands inside one (a text box) follows it on lines of its own."""
    from lxml import etree

    lines: list[list[str]] = []
    open_lines: list[list[str]] = []
    walker = etree.iterwalk(body, events=("start", "end"))
    for event, element in walker:
        if event == "start":
            if element.tag in _UNREAD:
                walker.skip_subtree()
            elif element.tag == f"{_W}p":
                lines.append([])
                open_lines.append(lines[-1])
            elif open_lines:
                said = element.text if element.tag == f"{_W}t" else _SIGNS.get(element.tag)
                open_lines[-1].append(said or "")
        elif element.tag == f"{_W}p" and open_lines:
            open_lines.pop()
    return ["".join(pieces).replace("\n", " ").replace("\r", " ") for pieces in lines]


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0].rstrip(".") + "." if str(error) else f"{type(error).__name__}."
