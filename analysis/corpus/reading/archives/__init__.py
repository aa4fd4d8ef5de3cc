"""Exports of news archives: Nexis and Lexis, Factiva, Europresse; one file, many articles."""

from __future__ import annotations

from analysis.corpus.reading.archives import europresse, factiva, nexis
from analysis.corpus.reading.archives.documents import ExportReader


def find_export(text: str, suffix: str) -> ExportReader | None:
    """The reader for a file, if it is an archive's export.

    Args:
        text: The decoded file; for ``.docx`` its paragraphs, one a line; for ``.rtf`` its plain text.
        suffix: ".txt", ".html", ".xml", ".docx" or ".rtf".

    Returns:
        What reads it, given its name, the SHA-256 of its bytes, their encoding and the same text; None for
        any other page.
    """
    if suffix == ".xml":
        return factiva.find_xml_reader(text)
    if suffix == ".html":
        readers = (nexis.find_markup_reader, factiva.find_markup_reader, europresse.find_markup_reader)
        return next((reader for find in readers if (reader := find(text))), None)
    return nexis.find_text_reader(text)
