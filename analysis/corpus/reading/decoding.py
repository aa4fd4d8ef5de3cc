"""Bytes to text: UTF-8, UTF-16 and UTF-32 with or without mark, Windows-1252; what is doubtful is said."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from analysis.corpus.reading.mojibake import mend_text, tell_mending
from analysis.errors import CorpusFormatError

Doubt = dict[str, str]

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 65_536  # bytes in which text without mark shows that it is UTF-16
_FAULTY = 200  # one faulty byte or character in so many is a slip; more of them are no text
_CONTROLS = bytes(byte for byte in range(32) if byte < 9 or byte > 13)
_DECLARED = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{1,40})"
    rb"|<meta[^>]{0,400}?charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})",
    re.IGNORECASE,
)
_DECLARED_WITHIN = 4_096  # bytes; the HTML standard asks for 1,024
# Browsers read these as Windows-1252; a page that can be searched for its charset is no UTF-16.
_LABELS = {
    **dict.fromkeys(("iso8859-1", "ascii", "cp1252"), "cp1252"),
    **dict.fromkeys(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"), "utf-8"),
}
_NO_TEXT_CODECS = {"utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"}
_BYTE_BY_BYTE = "faulty bytes as windows-1252"


def _read_faulty_bytes(error: UnicodeError) -> tuple[str, int]:
    """Faulty bytes of UTF-8 as Windows-1252; what breaks off in the middle of a character as U+FFFD."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if error.reason == "unexpected end of data":
        return "\ufffd", error.end
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_BYTE_BY_BYTE, _read_faulty_bytes)


@dataclass(frozen=True)
class Encoding:
    """How bytes are decoded: Python's codec and error handler, the name that is shown, what is doubtful."""

    codec: str
    errors: str
    name: str
    doubt: Doubt | None = None


def decode(data: bytes) -> tuple[str, str, Doubt | None]:
    """Decode a file's bytes, and mend what was decoded wrongly before it was written.

    Returns:
        The text, the encoding's name, and for a doubtful encoding the words of a warning.

    Raises:
        CorpusFormatError: The bytes are not text.
    """
    return _apply(data, choose_encoding(data))


def decode_markup(data: bytes) -> tuple[str, str, Doubt | None]:
    """Decode HTML or XML: by its byte order mark, else by the encoding it declares, else as :func:`decode`.

    A page that declares an encoding of one byte a character and yet is UTF-8 was saved again by a program
    that left the declaration as it was: it is read as UTF-8, and that is said.

    Returns:
        The text, the encoding's name, and for a doubtful encoding the words of a warning.

    Raises:
        CorpusFormatError: The bytes are not text.
    """
    match = _DECLARED.search(data[:_DECLARED_WITHIN])
    if match is None or any(data.startswith(mark) for mark, _ in _MARKS):
        return decode(data)
    declared = (match[1] or match[2]).decode("ascii", "replace")
    codec = _find_codec(declared)
    if codec == "utf-8" or (codec in (None, "cp1252") and data.isascii()):
        return decode(data)
    if codec and not (_is_one_byte(codec) and _is_utf8(data)):
        try:
            data.decode(codec)
        except UnicodeError:
            pass
        else:
            name = "windows-1252" if codec == "cp1252" else codec
            return _apply(data, Encoding(codec, "strict", name))
    chosen = choose_encoding(data)
    wrong = "is no encoding that is known" if codec is None else "its bytes are not"
    doubt = {
        "what": f"The page says that it is {declared}, which {wrong}. It was read as {chosen.name}.",
        "allowed": "A page is read by its byte order mark, else by the encoding it declares.",
        "todo": "Look at a sentence with accents; if it is wrong, save the page as UTF-8.",
    }
    return _apply(data, Encoding(chosen.codec, chosen.errors, chosen.name, _join(doubt, chosen.doubt)))


def choose_encoding(data: bytes, *, start: int = 0) -> Encoding:
    """How to decode bytes: by their mark, as UTF-8 if they are, else as what they look like.

    Args:
        data: A file, or a piece of one that shows how it is encoded.
        start: Where the piece begins in the file, for messages.

    Raises:
        CorpusFormatError: The bytes are not text.
    """
    marked = next((codec for mark, codec in _MARKS if data.startswith(mark)), None)
    if marked in ("utf-16", "utf-32"):
        return _check_wide(data, marked, marked, None)
    zero = data.find(0)
    if zero >= 0:
        codec = _guess_wide(data[:_SAMPLE])
        if codec is None:
            raise _no_text(f"it holds a zero byte at {start + zero}")
        return _check_wide(data, codec, codec, {
            "what": f"The file has no byte order mark. It was read as {codec.upper()}.",
            "allowed": "UTF-8 is read without doubt, and UTF-16 with its mark.",
            "todo": "Look at the text; if it is wrong, save the file as UTF-8.",
        })  # fmt: skip
    try:
        data.decode("utf-8")
        return Encoding("utf-8-sig", "strict", "utf-8")
    except UnicodeDecodeError as error:
        at = error.start
    return _choose_faulty(data, f"byte {start + at} is 0x{data[at]:02x}")


def _choose_faulty(data: bytes, first: str) -> Encoding:
    """For bytes that are no UTF-8, of which ``first`` names the first: UTF-8 with slips, or Windows-1252."""
    if len(data) - len(data.translate(None, _CONTROLS)) > len(data) / _FAULTY:
        raise _no_text(first)
    sound = data.decode("utf-8", "ignore")
    ascii_count = len(sound.encode("ascii", "ignore"))
    faulty = len(data) - len(sound.encode())
    if len(sound) - ascii_count > faulty:
        return Encoding("utf-8-sig", _BYTE_BY_BYTE, "utf-8", {
            "what": f"Not all of the file is UTF-8 ({first}); {_count(faulty, 'byte')} of it read as"
            " Windows-1252.",
            "allowed": "UTF-8 is read without doubt.",
            "todo": "Look at the place; if it is wrong, export the file again.",
        })  # fmt: skip
    unknown = data.decode("cp1252", "replace").count("\ufffd")
    if unknown > len(data) / _FAULTY:
        raise _no_text(first)
    lost = f" What means nothing there ({_count(unknown, 'byte')}) is shown as “\ufffd”." if unknown else ""
    return Encoding("cp1252", "replace" if unknown else "strict", "windows-1252", {
        "what": f"The file is not UTF-8 ({first}). It was read as Windows-1252.{lost}",
        "allowed": "UTF-8 is read without doubt.",
        "todo": "Look at a sentence with accents; if it is wrong, save the file as UTF-8.",
    })  # fmt: skip


def replace_surrogates(text: str) -> str:
    """Replace half characters, which JSON and file names can hold but no UTF-8 file can."""
    return text if text.isascii() else text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def _apply(data: bytes, encoding: Encoding) -> tuple[str, str, Doubt | None]:
    text = data.decode(encoding.codec, encoding.errors)
    if encoding.name == "utf-8" and b"\xc3" not in data:
        # Every character that mojibake begins with has this byte in UTF-8: most pages need no search.
        return text, encoding.name, encoding.doubt
    mended = mend_text(text)
    if not mended.places:
        return text, encoding.name, encoding.doubt
    doubt = _join(encoding.doubt, tell_mending(mended.places, mended.example))
    return mended.text, f"{encoding.name}, mended", doubt


def _check_wide(data: bytes, codec: str, name: str, doubt: Doubt | None) -> Encoding:
    """UTF-16 or UTF-32, with the characters that break off or are none replaced if they are few."""
    try:
        data.decode(codec)
        return Encoding(codec, "strict", name, doubt)
    except UnicodeDecodeError:
        text = data.decode(codec, "replace")
    faulty = text.count("\ufffd")
    if faulty > max(1, len(text) / _FAULTY):
        raise _no_text(f"it begins like {name.upper()}, but {_count(faulty, 'character')} cannot be read")
    broken = {
        "what": f"What is no valid {name.upper()} ({_count(faulty, 'character')}) is shown as “\ufffd”.",
        "allowed": "A whole file.",
        "todo": "The file may have been cut off: export it again.",
    }
    return Encoding(codec, "replace", name, _join(doubt, broken))


def _guess_wide(sample: bytes) -> str | None:
    """UTF-16 in the order of bytes in which every second one is zero, as in text of western letters."""
    half = len(sample) // 2
    first, second = sample[0 : 2 * half : 2].count(0), sample[1 : 2 * half : 2].count(0)
    if half >= 2 and second > 0.6 * half and first < 0.02 * half:
        return "utf-16-le"
    if half >= 2 and first > 0.6 * half and second < 0.02 * half:
        return "utf-16-be"
    return None


def _find_codec(label: str) -> str | None:
    """Python's name of the codec that a page's label stands for; None if it is none for text."""
    try:
        found = codecs.lookup(label)
    except (LookupError, ValueError):
        return None
    if found.name.replace("_", "-") in _NO_TEXT_CODECS or not getattr(found, "_is_text_encoding", True):
        return None
    return _LABELS.get(found.name, found.name)


def _is_one_byte(codec: str) -> bool:
    return len(b"\xa4\xa4".decode(codec, "replace")) == 2


def _is_utf8(data: bytes) -> bool:
    try:
        return not data.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def _join(first: Doubt | None, then: Doubt | None) -> Doubt | None:
    """Two doubts as one: both are told, the first says what is allowed."""
    if first is None or then is None:
        return first or then
    return {**first, "what": f"{first['what']} {then['what']}"}


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _no_text(why: str) -> CorpusFormatError:
    return CorpusFormatError(
        f"The file is not text: {why}.",
        allowed="Text in UTF-8, UTF-16, UTF-32 or Windows-1252.",
        todo="Export the page as text, or remove the file.",
    )
