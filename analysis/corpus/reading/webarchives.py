"""Web archives (WARC) to saved pages: each answer that is HTML, with its address and the day it was saved."""

from __future__ import annotations

import contextlib
import datetime
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from analysis.corpus.pages import MAX_PAGE_BYTES, Facts, Source
from analysis.corpus.reading.containers import Meter
from analysis.corpus.reading.decoding import replace_surrogates
from analysis.errors import CorpusFormatError, Problem

if TYPE_CHECKING:
    from warcio.archiveiterator import WARCIterator
    from warcio.recordloader import ArcWarcRecord

_HTML_TYPES = ("text/html", "application/xhtml+xml")
_HELD_RECORDS = ("response", "resource", "revisit", "conversion")
# warcio reads a header's line in pieces, each added to a copy of the last: an endless one would never end.
_MAX_HEADER_BYTES = 1_000_000
_MAX_NAME = 150
_MAX_REASONS = 8
_CHUNK = 1 << 16
_ALLOWED = "A web archive as crawlers write it (WARC 0.17 to 1.1), plain or in gzip."


class _Bounded:
    """The archive's bytes; while a record's header is read, no more than a header may hold."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.allowance = stream, None

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        if self.allowance is not None:
            self.allowance -= len(data)
            if self.allowance < 0:
                raise CorpusFormatError(
                    f"A record's header is longer than {_MAX_HEADER_BYTES // 1_000_000} MB.",
                    allowed=_ALLOWED,
                    todo="Save the pages again.",
                )
        return data


def list_records(source: Source, meter: Meter) -> Iterator[Source | Problem]:
    """The HTML pages of a web archive in its order, then a note on what it holds beside them.

    Only answers of status 200 and saved resources count as pages. A page's name is the archive's, the
    record's number and its address. A record that is cut short is given as far as it goes.

    """
    from warcio.archiveiterator import WARCIterator

    left_out: Counter[str] = Counter()
    read, number = 0, 0
    with source.opener() as handle:
        stream = _Bounded(handle)
        # Headers of the answers are read below, where a record that ends inside them can be told.
        records = WARCIterator(stream, no_record_parse=True, block_size=_CHUNK)
        while True:
            number += 1
            try:
                record = _next_record(records, stream)
            # The parser raises whatever odd bytes lead to, and cannot go on after it.
            except Exception as error:
                yield _broken(source.name, number, str(error) or type(error).__name__)
                break
            if record is None:
                break
            reason = _reason_left_out(record)
            if reason is None:
                page = _read_page(source, number, record, meter)
                read += isinstance(page, Source)
                yield page
            elif reason:
                left_out[reason] += 1
            if missing := _skip_rest(record):
                yield _broken(source.name, number, f"{missing} bytes of it are missing")
                break
    yield from _count(source.name, read, left_out)


def _next_record(records: WARCIterator, stream: _Bounded) -> ArcWarcRecord | None:
    from warcio.statusandheaders import StatusAndHeadersParser

    stream.allowance = _MAX_HEADER_BYTES
    # It writes what it finds odd to the terminal; a wrong length shows in what follows.
    with contextlib.redirect_stderr(io.StringIO()):
        record = next(records, None)
    if record is not None and record.length is None:
        raise CorpusFormatError("it does not say how long it is")
    uri = record and record.rec_headers.get_header("WARC-Target-URI")
    if uri and record.rec_type == "response" and uri.strip("<").lower().startswith("http"):
        stream.allowance = _MAX_HEADER_BYTES
        with contextlib.suppress(EOFError):
            parser = StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1"], verify=False)
            record.http_headers = parser.parse(record.raw_stream)
    stream.allowance = None
    return record


def _reason_left_out(record: ArcWarcRecord) -> str | None:
    """None for a page, "" for a record that holds none, else why it is left out."""
    if record.rec_type not in _HELD_RECORDS:
        return ""
    if record.rec_type in ("revisit", "conversion"):
        return f"of the kind '{record.rec_type}'"
    http = record.http_headers
    status = http.get_statuscode() if http else "200"
    if status != "200":
        return f"with status {status[:20]}"
    given = http.get_header("Content-Type") if http else record.rec_headers.get_header("Content-Type")
    kind = (given or "no type").split(";")[0].strip().lower()
    return None if kind in _HTML_TYPES else f"of type {kind[:60]}"


def _read_page(source: Source, number: int, record: ArcWarcRecord, meter: Meter) -> Source | Problem:
    url = record.rec_headers.get_header("WARC-Target-URI")
    url = replace_surrogates(url).strip("<> ") if url else None
    name = f"{source.name}!{number:05d}-{_readable(url or 'page')}"
    try:
        body = _read_body(record)
        meter.count(len(body), len(body), record.length)
    except (CorpusFormatError, zlib.error) as error:
        what = error.what if isinstance(error, CorpusFormatError) else f"The page is packed wrongly: {error}."
        return Problem(
            "read", "error", what, "HTML as sent, or packed as gzip or deflate.", "Copy the page again.", name
        )
    facts = Facts(url=url, scraped=_day(record.rec_headers.get_header("WARC-Date")))
    return Source(name, ".html", lambda: io.BytesIO(body), facts)


def _read_body(record: ArcWarcRecord) -> bytes:
    """A record's page, unpacked; no more of it than a byte above what a page may hold.

    Unpacked here rather than by warcio, which unpacks a chunk of any size at once.
    """
    from warcio.bufferedreaders import ChunkedDataReader

    def header(name: str) -> str:
        return (record.http_headers.get_header(name) or "").strip().lower() if record.http_headers else ""

    packing, stream = header("Content-Encoding"), record.raw_stream
    if header("Transfer-Encoding") == "chunked":
        # A chunk is read whole, whatever its size.
        if record.length > 2 * MAX_PAGE_BYTES:
            raise CorpusFormatError(f"The page was sent in more than {2 * MAX_PAGE_BYTES // 1_000_000} MB.")
        stream = ChunkedDataReader(stream)
    data = _read_up_to(stream, MAX_PAGE_BYTES + 1)
    if packing in ("", "identity", "none"):
        return data
    if packing not in ("gzip", "x-gzip", "deflate"):
        raise CorpusFormatError(f"The page is packed as '{packing[:60]}', which is not read.")
    # Some crawlers unpack a page and keep the header that says it is packed.
    if packing != "deflate" and not data.startswith(b"\x1f\x8b"):
        return data
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(data, MAX_PAGE_BYTES + 1)
    except zlib.error:
        if packing != "deflate":
            raise
        # "deflate" is sent without its frame by some servers.
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, MAX_PAGE_BYTES + 1)


def _read_up_to(stream: BinaryIO, limit: int) -> bytes:
    held = io.BytesIO()
    while held.tell() < limit and (piece := stream.read(min(_CHUNK, limit - held.tell()))):
        held.write(piece)
    return held.getvalue()


def _skip_rest(record: ArcWarcRecord) -> int:
    """Read to the record's end; the number of bytes that the file is short of."""
    while record.raw_stream.read(_CHUNK):
        pass
    return getattr(record.raw_stream, "limit", 0)


def _readable(url: str) -> str:
    """An address as the end of a page's name, without its scheme, its query and odd characters."""
    bare = re.sub(r"^[a-z][a-z0-9+.-]*://", "", url.split("#")[0].split("?")[0], flags=re.IGNORECASE)
    return re.sub(r"[\x00-\x20\x7f-\x9f\\!]", "_", bare)[:_MAX_NAME].strip("/") or "page"


def _day(stamp: str | None) -> str | None:
    try:
        return datetime.date.fromisoformat((stamp or "")[:10]).isoformat()
    except ValueError:
        return None


def _count(name: str, read: int, left_out: Counter[str]) -> Iterator[Problem]:
    if not left_out and read:
        return
    told = ", ".join(f"{count} {reason}" for reason, count in left_out.most_common(_MAX_REASONS))
    more = f" and {len(left_out) - _MAX_REASONS} other kinds" if len(left_out) > _MAX_REASONS else ""
    rest = f" Left out: {told}{more}." if left_out else ""
    what = f"{read} {'page was' if read == 1 else 'pages were'} read from the web archive.{rest}"
    todo = "Look there for what you miss, and save it as a file of its own."
    yield Problem("read", "note", what, "Answers of status 200 that are HTML are read.", todo, name)


def _broken(name: str, number: int, found: str) -> Problem:
    first_line = found.strip().partition("\n")[0][:200]
    return Problem(
        "read",
        "error",
        f"The web archive ends too early or is damaged at record {number} ({first_line}). "
        "What stood before was read.",
        _ALLOWED,
        "Copy or download it again.",
        name,
    )
