"""Feeds: RSS and Atom entries as records, and what is said of those that are broken or short."""

from __future__ import annotations

from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.reading.feeds import read_feed
from analysis.errors import CorpusFormatError

HTML = (
    '<p>The board <a href="/b">met</a> on Monday.</p><script>x()</script>'
    "<p>It rained,<br/>then &amp; there.</p>"
)
PLAIN = "The board met on Monday.\nIt rained,\nthen & there."


def rss(*items: str, title: str = "Example Herald - RSS Feed", head: str = "") -> bytes:
    body = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{head}<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>{title}</title><link>https://herald.example/</link>{body}</channel></rss>"
    ).encode()


def atom(*entries: str) -> bytes:
    body = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Example Post</title>{body}</feed>'.encode()


FULL = (
    "<title>Rain &amp;amp; snow</title><link>https://herald.example/1</link><guid>g1</guid>"
    "<dc:creator>Ana Ruiz</dc:creator><pubDate>Sat, 05 Jul 2025 23:30:00 +0100</pubDate>"
    f"<description>In short.</description><content:encoded><![CDATA[{HTML}]]></content:encoded>"
)
SHORT = f"<title>Snow</title><link>https://herald.example/2</link><description>{escape(HTML)}</description>"


def read(data: bytes):
    reading = read_feed("feed.xml", "abc", data)
    assert (reading.name, reading.sha256) == ("feed.xml", "abc")
    return reading.records, reading.problems


def test_entry_with_its_content_becomes_a_record():
    (record,), problems = read(rss(FULL))
    assert record.text == PLAIN
    assert (record.article_id, record.url, record.line) == ("g1", "https://herald.example/1", 1)
    assert (record.outlet, record.headline, record.byline) == ("Example Herald", "Rain & snow", "Ana Ruiz")
    assert (record.published, problems) == ("2025-07-05", ())


def test_summaries_are_told_once():
    records, (note,) = read(rss(FULL, SHORT, SHORT))
    assert [record.text for record in records] == [PLAIN] * 3
    assert [record.article_id for record in records[1:]] == ["https://herald.example/2"] * 2
    assert (note.severity, note.what) == ("note", "2 of 3 entries hold a summary, not the article.")


def test_atom_entry_becomes_a_record():
    entry = (
        '<title type="html">Rain &amp;amp; snow</title><link href="https://post.example/1"/><id>tag:1</id>'
        "<author><name>Ana Ruiz</name></author><author><name>Jo Field</name></author>"
        "<published>2025-07-05T10:00:00Z</published><updated>2025-07-06T10:00:00Z</updated>"
        f'<summary>In short.</summary><content type="html">{escape(HTML)}</content>'
    )
    (record,), problems = read(atom(entry))
    assert (record.text, record.outlet, record.byline) == (PLAIN, "Example Post", "Ana Ruiz, Jo Field")
    assert (record.article_id, record.published, record.headline) == ("tag:1", "2025-07-05", "Rain & snow")
    assert problems == ()


def test_inline_xhtml_and_plain_text_are_read_as_what_they_are():
    xhtml = '<div xmlns="http://www.w3.org/1999/xhtml"><p>It rained.</p><p>It snowed.</p></div>'
    records, _ = read(atom(
        f'<id>a</id><title>A</title><content type="xhtml">{xhtml}</content>',
        '<id>b</id><title>B</title><content type="text">If a &lt;b&gt; c, it rained.</content>',
    ))  # fmt: skip
    assert [record.text for record in records] == ["It rained.\nIt snowed.", "If a <b> c, it rained."]


def test_day_of_the_update_is_taken_where_there_is_no_other_and_told():
    (record,), problems = read(
        atom("<id>a</id><updated>2025-07-06T10:00:00Z</updated><content>It rained.</content>")
    )
    assert record.published == "2025-07-06"
    assert [problem.what for problem in problems] == [
        "1 of 1 entries give the day of their last update alone."
    ]


def test_impossible_dates_are_told_and_not_used():
    entry = "<description>It rained.</description><pubDate>31/02/2025</pubDate>"
    records, problems = read(rss(*[entry] * 8))
    assert {record.published for record in records} == {None}
    assert len(problems) == 7
    assert "'31/02/2025', which is no day of the calendar" in problems[0].what
    assert problems[5].what == "3 more entries have a date that was not used."


@pytest.mark.parametrize(
    ("title", "outlet"),
    [
        ("Example Herald", "Example Herald"),
        ("Example Herald RSS Feed", "Example Herald"),
        ("Politics | The Guardian", "The Guardian"),
        ("Politics - Example Herald", "Politics - Example Herald"),
        ("Feed", "Feed"),
        ("", None),
    ],
)
def test_outlet_is_the_feeds_title_without_what_makes_it_a_feeds(title, outlet):
    assert read(rss(SHORT, title=title))[0][0].outlet == outlet


def test_outlet_is_the_source_that_an_entry_names():
    entry = f'{SHORT}<source url="https://post.example/rss">Example Post</source>'
    assert read(rss(entry, title="Search results"))[0][0].outlet == "Example Post"


def test_name_behind_an_address_is_the_byline():
    assert read(rss(f"{SHORT}<author>ana@herald.example (Ana Ruiz)</author>"))[0][0].byline == "Ana Ruiz"


def test_entry_without_text_is_told_and_the_others_are_read():
    records, (problem, _) = read(rss("<title>Empty</title>", SHORT))
    assert [record.line for record in records] == [2]
    assert (problem.severity, problem.line) == ("error", 1)
    assert problem.what == "Entry 1 (“Empty”) holds no text."


def test_feed_cut_off_gives_what_stands_before_the_cut():
    data = rss(FULL, FULL.replace("g1", "g2"), SHORT)
    records, problems = read(data[: data.rindex(b"<item>") + 20])
    assert [record.article_id for record in records[:2]] == ["g1", "g2"]
    assert problems[0].severity == "warning"
    assert "The feed is not valid XML" in problems[0].what


def test_mojibake_is_mended_and_told():
    (record,), (warning, _) = read(rss("<description>It\u00e2\u20ac\u2122s late</description>"))
    assert record.text == "It’s late"
    assert "“â€™” became “’”" in warning.what


@pytest.mark.parametrize(
    ("encoding", "declared"), [("utf-16", "utf-16"), ("cp1252", "windows-1252"), ("utf-8-sig", "utf-8")]
)
def test_declared_encoding_is_used(encoding, declared):
    text = (
        rss("<description>The café, “at last”.</description>")
        .decode()
        .replace('encoding="utf-8"', f'encoding="{declared}"')
    )
    (record,), problems = read(text.encode(encoding))
    assert record.text == "The café, “at last”."
    assert [problem.severity for problem in problems] == ["note"]


# Refused


LAUGHS = '<!DOCTYPE rss [<!ENTITY a "rain rain">' + "".join(
    f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip


@pytest.mark.parametrize(
    "head",
    [
        LAUGHS,
        '<!-- <rss> --><!doctype rss [<!entity a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE rss [<!ENTITY % a "<b>">]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_feed_with_entities_of_its_own_is_not_opened(head, encoding):
    data = rss("<description>&i;&a;</description>", head=head).decode().encode(encoding)
    with pytest.raises(CorpusFormatError, match="declares entities of its own"):
        read(data)


def test_plain_doctype_and_named_characters_are_read():
    head = '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">'
    (record,), _ = read(rss("<description>It rained &#8211; a lot.</description>", head=head))
    assert record.text == "It rained – a lot."


@pytest.mark.parametrize(
    "data",
    [
        b"It rained.",
        b"<html><body><p>It rained.</p></body></html>",
        b"<x/>",
        b"<?xml version='1.0'?>",
        b"\x00\x01",
    ],
)
def test_what_is_no_feed_is_refused_in_words(data):
    with pytest.raises(CorpusFormatError) as raised:
        read(data)
    assert raised.value.allowed
    assert raised.value.todo


def test_feed_without_entries_is_told():
    records, (problem,) = read(rss())
    assert (records, problem.severity, problem.what) == ((), "error", "The feed holds no entry.")


def test_deep_nesting_loses_no_text():
    (record,), _ = read(rss(f"<description>{escape('<div>' * 5_000)}It rained.</description>"))
    assert record.text == "It rained."


@settings(max_examples=60)
@given(st.integers(0, 900), st.binary(max_size=30))
def test_damaged_feed_is_read_or_refused(at, junk):
    data = rss(FULL, SHORT)
    try:
        records, problems = read(data[:at] + junk + data[at + len(junk) :])
    except CorpusFormatError as error:
        assert error.allowed
    else:
        assert all(record.text.strip() and record.article_id for record in records)
        assert records or problems


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co", "Z"]), max_size=30)


@settings(max_examples=60)
@given(st.lists(WORDS, max_size=4))
def test_any_paragraphs_come_back(paragraphs):
    paragraphs = [f"It {text} rained" for text in paragraphs]
    markup = "".join(f"<p>{escape(text)}</p>" for text in ["It snowed.", *paragraphs])
    (record,), problems = read(rss(f"<description>{escape(markup)}</description>"))
    if not any("mended" in problem.what for problem in problems):
        assert record.text == "\n".join(["It snowed.", *(" ".join(line.split()) for line in paragraphs)])
