"""Pages that a browser saved as one file (MHTML): a mail message, its parts the page and its pictures."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message

from analysis.corpus.provenance.days import read_day
from analysis.corpus.reading.decoding import decode_markup
from analysis.errors import CorpusFormatError

_PAGE_TYPES = ("text/html", "application/xhtml+xml")
# Python knows other codecs too, some of which are no encodings of text.
_CHARSET = re.compile(
    r"utf-?(?:8|16)|windows-125\d|cp125\d|iso-8859-\d{1,2}|us-ascii|koi8-[ru]|gb(?:k|2312|18030)|big5"
    r"|shift_jis|euc-(?:jp|kr)"
)
# A page holds a few hundred parts; frames and advertisements bring pages of their own behind it.
_MAX_PARTS = 10_000


def read_mhtml(data: bytes) -> tuple[str, str | None, str | None]:
    """Take the page out of a saved file.

    Args:
        data: The file's bytes.

    Returns:
        The page's HTML, its address, and the ISO day on which it was saved; None is unknown.

    Raises:
        CorpusFormatError: There is no HTML in the file.
    """
    try:
        message = message_from_bytes(data)
        page = _find_page(message)
        content = page.get_payload(decode=True) if page is not None else None
    # The parser descends into parts inside parts.
    except (RecursionError, ValueError, LookupError) as error:
        raise _no_page() from error
    if page is None or not isinstance(content, bytes):
        raise _no_page()
    url = message.get("Snapshot-Content-Location") or page.get("Content-Location")
    saved, _ = read_day(str(message.get("Date") or ""))
    return _decode(content, page.get_content_charset()), _web_address(url), saved


def _find_page(message: Message) -> Message | None:
    """The part that the message calls its first page, else the first page in it."""
    start = message.get_param("start")
    first = None
    waiting = [message]
    for _ in range(_MAX_PARTS):
        if not waiting:
            break
        part = waiting.pop()
        if part.is_multipart():
            waiting.extend(reversed(part.get_payload()))
        elif part.get_content_type() in _PAGE_TYPES:
            if not isinstance(start, str) or part.get("Content-ID") == start:
                return part
            first = first or part
    return first


def _decode(content: bytes, charset: str | None) -> str:
    if charset and _CHARSET.fullmatch(charset):
        try:
            return content.decode(charset)
        except (LookupError, ValueError):
            pass
    return decode_markup(content)[0]


def _web_address(url: object) -> str | None:
    url = "".join(str(url or "").split())
    return url if url.lower().startswith(("http://", "https://")) else None


def _no_page() -> CorpusFormatError:
    return CorpusFormatError(
        "There is no HTML page in it.",
        allowed="A web page saved by a browser as one file.",
        todo="Save it again as 'Web page, single file', or as HTML.",
    )
