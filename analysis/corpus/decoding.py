"""Bytes to text: UTF-8, UTF-16 with its mark, or Windows-1252; a doubtful encoding is said."""

from __future__ import annotations

from analysis.errors import CorpusFormatError


def decode(data: bytes) -> tuple[str, str, dict[str, str] | None]:
    """Decode bytes as UTF-8, UTF-16 with its mark, or Windows-1252.

    Returns:
        The text, the encoding's name, and for a doubtful encoding the words of a warning.

    Raises:
        CorpusFormatError: The bytes are not text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16"), "utf-16", None
    if b"\x00" in data:
        raise CorpusFormatError(
            f"The file is not text: it holds a zero byte at {data.index(0)}.",
            allowed="Text in UTF-8, UTF-16 or Windows-1252.",
            todo="Export the page as text, or remove the file.",
        )
    try:
        return data.decode("utf-8-sig"), "utf-8", None
    except UnicodeDecodeError as error:
        at = error.start
    control = sum(byte < 9 or 13 < byte < 32 for byte in data)
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    if not text or control > len(data) / 200:
        raise CorpusFormatError(
            f"The file is not text: byte {at} is 0x{data[at]:02x}.",
            allowed="Text in UTF-8, UTF-16 or Windows-1252.",
            todo="Export the page as text, or remove the file.",
        )
    return text, "windows-1252", {
        "what": f"The file is not UTF-8 (byte {at} is 0x{data[at]:02x}). It was read as Windows-1252.",
        "allowed": "UTF-8 is read without doubt.",
        "todo": "Look at a sentence with accents; if it is wrong, save the file as UTF-8.",
    }  # fmt: skip


def replace_surrogates(text: str) -> str:
    """Replace half characters, which JSON and file names can hold but no UTF-8 file can."""
    return text if text.isascii() else text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
