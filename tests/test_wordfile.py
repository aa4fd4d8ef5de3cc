"""Word documents: what is read of them, and what is said of those that cannot be read."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

import docx
import pytest
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.reading.wordfile import read_docx
from analysis.errors import CorpusFormatError


def save(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def write(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return save(document)


def write_body(body: str) -> bytes:
    """A document with this inside its body."""
    return repack(EMPTY, document=BODY.replace("%s", body).encode())


def repack(data: bytes, **parts: bytes) -> bytes:
    """A document with parts replaced: ``document`` is ``word/document.xml``."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = name.rpartition("/")[2].removesuffix(".xml")
            new.writestr(name, parts.get(part, old.read(name)))
    return out.getvalue()


EMPTY = write()
BODY = f"<w:document {nsdecls('w', 'r')}><w:body>%s</w:body></w:document>"
RUN = "<w:r><w:t>%s</w:t></w:r>"


def test_paragraphs_and_cells_are_read_in_order():
    document = docx.Document()
    document.add_heading("Harbour board meets", 1)
    document.add_paragraph("It rained.")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Ships", "12"
    inner = table.cell(0, 1).add_table(rows=1, cols=1)
    inner.cell(0, 0).text = "of wood"
    document.add_paragraph("")
    document.add_paragraph("It snowed.")
    document.sections[0].header.paragraphs[0].text = "Page header"
    document.sections[0].footer.paragraphs[0].text = "Page footer"
    lines = read_docx(save(document)).split("\n")
    assert [line for line in lines if line] == [
        "Harbour board meets", "It rained.", "Ships", "12", "of wood", "It snowed.",
    ]  # fmt: skip
    assert lines[-2:] == ["", "It snowed."]


def test_links_and_insertions_are_kept_and_deletions_are_not():
    data = write_body(
        f'<w:p>{RUN % "The "}<w:hyperlink r:id="rId1">{RUN % "board"}</w:hyperlink>'
        f'<w:ins w:id="1">{RUN % " met"}</w:ins>'
        f'<w:del w:id="2"><w:r><w:delText> slept</w:delText></w:r></w:del>'
        f'<w:moveFrom w:id="3">{RUN % " elsewhere"}</w:moveFrom><w:moveTo w:id="4">{RUN % " here"}</w:moveTo>'
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> DATE </w:instrText></w:r>'
        f"{RUN % ' on'}<w:sdt><w:sdtContent>{RUN % ' Monday'}</w:sdtContent></w:sdt>"
        "<w:r><w:tab/><w:t>at</w:t><w:br/><w:t>noon</w:t></w:r><w:commentRangeStart w:id='5'/></w:p>"
    )
    assert read_docx(data) == "The board met here on Monday\tat noon"


def test_text_box_is_read_once_after_its_paragraph():
    box = f"<w:txbxContent><w:p>{RUN % 'In a box.'}</w:p></w:txbxContent>"
    names = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    data = write_body(
        f"<w:p>{RUN % 'Before'}<w:r><mc:AlternateContent {names}><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        f"{RUN % ' and after.'}</w:p>"
    )
    assert read_docx(data) == "Before and after.\nIn a box."


def test_comments_stay_out():
    document = docx.Document()
    paragraph = document.add_paragraph("It rained.")
    document.add_comment(paragraph.runs[0], text="Is that so?", author="Ana Ruiz")
    assert read_docx(save(document)) == "It rained."


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.999])
def test_document_cut_off_is_refused_in_words(kept):
    data = write("It rained.")
    with pytest.raises(CorpusFormatError, match="cut off or damaged") as raised:
        read_docx(data[: int(len(data) * kept)])
    assert raised.value.todo == "Copy or download it again."


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (OLD + "EncryptedPackage".encode("utf-16-le"), "locked by a password"),
        (OLD + "WordDocument".encode("utf-16-le"), "older format .doc"),
        (b"It rained.", "does not begin as one"),
        (b"", "does not begin as one"),
        (repack(write("It rained."), document=b"<nothing"), "no Word document that can be read"),
        (repack(write("It rained."), document=b"<x/>"), "no Word document that can be read"),
        (repack(write("It rained."), document=b"<w>" * 100_000), "no Word document that can be read"),
        (
            repack(write("It rained."), **{"[Content_Types]": b"<Types/>"}),
            "no Word document that can be read",
        ),
    ],
    # not the bytes: an archive holds the time at which it is made
    ids=["locked", "older", "text", "empty", "no XML", "no document", "not closed", "no types"],
)
def test_what_cannot_be_read_is_said(data, said):
    with pytest.raises(CorpusFormatError, match=said) as raised:
        read_docx(data)
    assert raised.value.allowed
    assert raised.value.todo


def test_entities_are_not_expanded():
    bomb = '<!DOCTYPE w [<!ENTITY a "rain"><!ENTITY b "&a;&a;&a;&a;">]>'
    data = repack(write("x"), document=(bomb + BODY.replace("%s", f"<w:p>{RUN % '&b;'}</w:p>")).encode())
    assert read_docx(data) == ""


def test_document_that_would_fill_the_memory_is_not_opened():
    data = repack(write("It rained."), document=b" " * 30_000_000)
    with pytest.raises(CorpusFormatError, match="200 times its size"):
        read_docx(data)


def test_size_that_the_archive_states_is_not_believed():
    # The central directory says that the part is small, and its stream goes on.
    data = repack(write("It rained."), document=b" " * 30_000_000)
    size = (30_000_000).to_bytes(4, "little")
    assert data.count(size) == 2
    with pytest.raises(CorpusFormatError, match="200 times its size"):
        read_docx(data.replace(size, (100).to_bytes(4, "little")))
    small = write_body(f"<w:p>{RUN % 'It rained.'}</w:p>")
    with zipfile.ZipFile(io.BytesIO(small)) as archive:
        stated = archive.getinfo("word/document.xml").file_size
    with pytest.raises(CorpusFormatError, match="are stated"):
        read_docx(small.replace(stated.to_bytes(4, "little"), (10).to_bytes(4, "little")))


def test_part_locked_inside_the_archive_is_refused():
    data = bytearray(write("It rained."))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        data[at + flags] |= 1
    with pytest.raises(CorpusFormatError, match="cut off or damaged"):
        read_docx(bytes(data))


GOOD = write("The harbour board met on Monday.", "It rained.")


@settings(max_examples=80)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=20))
def test_damaged_document_is_read_or_refused(at, junk):
    try:
        text = read_docx(GOOD[:at] + junk + GOOD[at + len(junk) :])
    except CorpusFormatError as error:
        assert error.allowed
        assert error.todo
    else:
        assert "It rained." in text


LINES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=30)


@settings(max_examples=25)
@given(st.lists(LINES, max_size=4))
def test_any_paragraphs_come_back(paragraphs):
    kept = '<w:t xml:space="preserve">'
    body = "".join(f"<w:p><w:r>{kept}{escape(line)}</w:t></w:r></w:p>" for line in paragraphs)
    assert read_docx(write_body(body)) == "\n".join(paragraphs)


def test_paragraph_of_very_many_runs_is_read():
    assert read_docx(write_body(f"<w:p>{RUN % 'rain ' * 50_000}</w:p>")) == "rain " * 50_000
