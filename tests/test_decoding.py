"""Bytes to text: encodings found, declared and doubted, and mojibake mended where it is plain."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis as an
from analysis.corpus.reading.decoding import decode, decode_markup
from analysis.corpus.reading.mojibake import mend_text
from analysis.errors import CorpusFormatError

SEEDS = Path(__file__).parents[1] / "seeds"
PLAIN = "The café on the quay reopened on Monday, “at last”, they said.\n"


def spoil(text: str) -> str:
    """What UTF-8 looks like to a program that takes it for Windows-1252 (0x9d, which has no sign there)."""
    return "\x9d".join(part.decode("cp1252") for part in text.encode("utf-8").split(b"\x9d"))


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem)
def test_seed_is_read_as_it_stands(path):
    assert decode(path.read_bytes()) == (path.read_text(encoding="utf-8"), "utf-8", None)


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("utf-32", "utf-32")],
)
def test_marked_text_and_utf8_are_read_without_doubt(encoding, name):
    assert decode(PLAIN.encode(encoding)) == (PLAIN, name, None)


def test_big_endian_marks_are_known():
    assert decode(codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be"))[0] == PLAIN
    assert decode(codecs.BOM_UTF32_BE + PLAIN.encode("utf-32-be"))[0] == PLAIN


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_its_mark_is_told_by_its_zero_bytes(encoding):
    text, name, doubt = decode(PLAIN.encode(encoding))
    assert (text, name) == (PLAIN, encoding)
    assert "no byte order mark" in doubt["what"]


def test_file_cut_off_inside_a_character_keeps_what_is_whole():
    text, name, doubt = decode(PLAIN.encode("utf-16")[:-1])
    assert (text, name) == (PLAIN[:-1] + "\ufffd", "utf-16")
    assert "1 character)" in doubt["what"]
    text, name, doubt = decode((PLAIN + "“").encode()[:-1])
    assert (text, name) == (PLAIN + "\ufffd", "utf-8")
    assert doubt["todo"]


def test_one_windows_byte_does_not_spoil_a_utf8_page():
    data = PLAIN.encode() + b"An \x93odd\x94 word"
    text, name, doubt = decode(data)
    assert (text, name) == (PLAIN + "An “odd” word", "utf-8")
    assert "2 bytes of it read as Windows-1252" in doubt["what"]


def test_windows_text_with_a_byte_that_means_nothing_keeps_the_rest():
    text, name, doubt = decode(PLAIN.encode("cp1252") * 9 + b"\x81")
    assert (text, name) == (PLAIN * 9 + "\ufffd", "windows-1252")
    assert "1 byte)" in doubt["what"]


@pytest.mark.parametrize(
    "data",
    [b"page\x00one", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", bytes(range(1, 256)), b"\xff\xfe\x00\xd8" * 9],
)
def test_what_is_no_text_is_refused_in_words(data):
    for read in (decode, decode_markup):
        with pytest.raises(CorpusFormatError, match="not text") as raised:
            read(data)
        assert raised.value.allowed
        assert raised.value.todo


# Mojibake


@pytest.mark.parametrize(
    "text", ["It’s late.", "A £40m plan – “too late”, he said.", "The café… naïve façade", "Żółć, piękne"]
)
def test_mojibake_is_mended_and_told(text):
    found, name, doubt = decode(spoil(text).encode())
    assert (found, name) == (text, "utf-8, mended")
    assert "Wrongly decoded characters were mended" in doubt["what"]


def test_mending_counts_its_places_and_gives_one_example():
    _, _, doubt = decode(spoil("It’s late, isn’t it? £40m.").encode())
    assert "3 places, as “â€™” that became “’”" in doubt["what"]
    _, _, doubt = decode(spoil("It’s late.").encode())
    assert "1 place: “â€™” became “’”" in doubt["what"]


def test_windows_text_is_mended_too():
    text, name, doubt = decode(spoil("It’s the café’s.").encode("cp1252") + b" \xa3\xa3\xa3")
    assert (text, name) == ("It’s the café’s. £££", "windows-1252, mended")
    assert "Windows-1252" in doubt["what"]
    assert "mended" in doubt["what"]


SOUND = (
    "ÉCLAIRS À LA CARTE – “SÃO PAULO”, he said.\n",
    "Straight 'quotes', “curly” ones, ﬁne ligatures, ｗｉｄｅ letters &amp; entities stay.\n",
    "À «citer»: l’Âme… MÜNCHEN’S Fußgänger; Ångström–Škoda; naïve—façade\n",
)


@pytest.mark.parametrize("line", SOUND)
def test_sound_text_stays(line):
    assert decode(line.encode()) == (line, "utf-8", None)


def test_one_bad_line_leaves_the_others_as_they_are():
    text, _, _ = decode("".join([*SOUND, spoil("It’s late.\n"), *SOUND]).encode())
    assert text == "".join([*SOUND, "It’s late.\n", *SOUND])


def test_one_bad_stretch_of_a_flattened_page_leaves_the_rest_as_it_is():
    flat = "".join(SOUND).replace("\n", " ") * 40
    assert mend_text(flat + spoil("It’s late. ") + flat).text == flat + "It’s late. " + flat


def test_loaded_page_says_that_it_was_mended(tmp_path):
    (tmp_path / "a.txt").write_text(spoil("It’s late, the minister said on Monday."), encoding="utf-8")
    corpus = an.load(tmp_path)
    assert corpus.articles[0].text == "It’s late, the minister said on Monday."
    assert corpus.pages[0].page.encoding == "utf-8, mended"
    (warning,) = corpus.problems
    assert warning.severity == "warning"


# Markup


@pytest.mark.parametrize(
    ("declaration", "encoding", "name"),
    [
        ('<html><head><meta charset="iso-8859-1">', "cp1252", "windows-1252"),
        ("<meta http-equiv=Content-Type content='text/html; charset=windows-1250'>", "cp1250", "cp1250"),
        ('<?xml version="1.0" encoding="ISO-8859-15"?>', "iso8859-15", "iso8859-15"),
        ("<META CHARSET=UTF-8>", "utf-8", "utf-8"),
        ("<meta charset='utf-16'>", "utf-8", "utf-8"),
    ],
)
def test_page_is_read_as_it_declares(declaration, encoding, name):
    text = f"{declaration}<p>Café at the quay, ö and ß.</p>"
    assert decode_markup(text.encode(encoding)) == (text, name, None)


def test_mark_goes_before_the_declaration():
    text = '<meta charset="koi8-r"><p>Café'
    assert decode_markup(text.encode("utf-8-sig")) == (text, "utf-8", None)


@pytest.mark.parametrize(
    ("label", "encoding", "name", "why"),
    [
        ("iso-8859-1", "utf-8", "utf-8", "which its bytes are not"),
        ("shift_jis", "utf-8", "utf-8", "which its bytes are not"),
        ("klingon", "utf-8", "utf-8", "which is no encoding that is known"),
        ("utf-7", "cp1252", "windows-1252", "which is no encoding that is known"),
    ],
)
def test_declaration_that_fails_is_told(label, encoding, name, why):
    text = f'<meta charset="{label}"><p>Café at the “quay”, £40 – ö and ß.</p>'
    found, named, doubt = decode_markup(text.encode(encoding))
    assert (found, named) == (text, name)
    assert why in doubt["what"]


def test_plain_page_needs_no_declaration():
    assert decode_markup(b"<p>Rain.</p>") == ("<p>Rain.</p>", "utf-8", None)
    assert decode_markup(b"<meta charset=latin1><p>Rain.</p>")[2] is None


# Anything


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"\xff\xfe", b"\xfe\xff\x00", b"<meta charset=hex>", b"\xc3"]),
)
def test_any_bytes_are_text_or_refused(data, start):
    for read in (decode, decode_markup):
        try:
            text, name, doubt = read(start + data)
        except CorpusFormatError:
            continue
        assert isinstance(text, str)
        assert name
        assert doubt is None or set(doubt) == {"what", "allowed", "todo"}


@given(st.from_regex(r"<meta charset=[\w.:-]{1,12}>", fullmatch=True), st.binary(max_size=60))
def test_any_declaration_is_read_or_refused(declaration, data):
    try:
        assert decode_markup(declaration.encode() + data)[1]
    except CorpusFormatError as error:
        assert error.allowed


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\ufeff"), max_size=200))
def test_text_without_telltale_letters_comes_back_as_it_was(text):
    if any("\xc2" <= character <= "\xf4" for character in text) or "\x00" in text:
        return
    assert decode(text.encode())[0] == text


@pytest.mark.timeout(60)
@pytest.mark.parametrize("unit", ["â€™", "Ã ", "Ãx", "â", "Ã\n"])
def test_megabytes_on_one_line_are_mended_in_linear_time(unit):
    assert mend_text(unit * 50_000).text
