"""Files inside files: zip, gzip and web archives, whole and broken, honest and not."""

from __future__ import annotations

import bz2
import copy
import gzip
import io
import json
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pytest
from made_workbook import write_workbook
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import analysis as an
from analysis.corpus.pages import Source
from analysis.corpus.reading.containers import Meter, list_zip
from analysis.errors import CorpusFormatError

TEXT = "The mayor opened the new bridge on Monday, two years late, and the town came to see it."
MARKUP = (
    "<!doctype html><html><head><title>Mayor opens bridge</title></head><body><article><h1>Mayor opens bridge"
    "</h1>" + f"<p>{TEXT} She said that the work had been worth the wait for everybody there.</p>" * 4
) + "</article></body></html>"


def pack(members: Iterable[tuple[str, str | bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return packed.getvalue()


def load(folder: Path, **files: bytes) -> an.Corpus:
    """Load files, given by name with "__" for the dot, beside a page that is sound."""
    (folder / "sound.txt").write_text(TEXT, encoding="utf-8")
    for name, content in files.items():
        (folder / name.replace("__", ".")).write_bytes(content)
    corpus = an.load(folder)
    assert "sound.txt" in pages(corpus)
    return corpus


def pages(corpus: an.Corpus) -> list[str]:
    return [loaded.page.page for loaded in corpus.pages]


def problems(corpus: an.Corpus, severity: str) -> list[tuple[str | None, str]]:
    return [(p.page, p.what) for p in corpus.problems if p.severity == severity]


# Zip


def test_zip_gives_its_members_in_the_order_of_their_names(tmp_path):
    inner = pack([("in.txt", TEXT)])
    members = [("b/c.txt", TEXT), ("n.zip", inner), ("a.txt.gz", gzip.compress(TEXT.encode())), ("d/", b"")]
    corpus = load(tmp_path, a__zip=pack(members))
    assert pages(corpus) == ["a.zip!a.txt.gz", "a.zip!b/c.txt", "a.zip!n.zip!in.txt", "sound.txt"]
    assert corpus.problems == ()


def test_zip_passes_over_what_a_folder_does(tmp_path):
    passed = ["README.txt", "__MACOSX/a.txt", ".hidden/a.txt", "exports/a.txt", "corpus.toml", "out/a.txt"]
    members = [(name, TEXT) for name in (*passed, "out/.framelines.json", "in.txt")]
    corpus = load(tmp_path, a__zip=pack(members))
    assert pages(corpus) == ["a.zip!in.txt", "sound.txt"]
    assert corpus.problems == ()


@pytest.mark.parametrize(
    "name", ["../../etc/x.txt", "/etc/x.txt", "C:\\etc\\x.txt", "..\\etc\\x.txt", "a/../../etc/../x.txt"]
)
def test_member_whose_name_points_out_of_the_zip_is_read_and_nothing_is_written(tmp_path, name):
    folder = tmp_path / "deep" / "deeper"
    folder.mkdir(parents=True)
    corpus = load(folder, a__zip=pack([(name, TEXT)]))
    inside = "a/etc/x.txt" if name.startswith("a") else "etc/x.txt"
    assert pages(corpus) == [f"a.zip!{inside}", "sound.txt"]
    ((page, what),) = problems(corpus, "warning")
    assert page == f"a.zip!{inside}"
    assert name in what and "points out of it" in what
    assert {path.name for path in tmp_path.rglob("*.*")} == {"a.zip", "sound.txt"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_two_pages(tmp_path):
    corpus = load(tmp_path, a__zip=pack([("x.txt", TEXT), ("x.txt", f"{TEXT} Twice.")]))
    assert pages(corpus) == ["a.zip!x.txt", "a.zip!x.txt~2", "sound.txt"]


def test_names_in_utf8_that_do_not_say_so_are_read(tmp_path):
    packed = pack([("caf\u00e9.txt", TEXT)]).replace(b"\x14\x00\x00\x08", b"\x14\x00\x00\x00")
    assert pages(load(tmp_path, a__zip=packed)) == ["a.zip!caf\u00e9.txt", "sound.txt"]


def set_in_directory(packed: bytes, offset: int, value: bytes) -> bytes:
    """A zip file with bytes of its first member's entry in the central directory changed."""
    at = packed.index(b"PK\x01\x02") + offset
    return packed[:at] + value + packed[at + len(value) :]


ONE = pack([("x.txt", TEXT), ("y.txt", TEXT)])


@pytest.mark.parametrize(
    ("packed", "told"),
    [
        (set_in_directory(ONE, 8, b"\x01\x00"), "password"),
        (set_in_directory(ONE, 24, struct.pack("<I", 10)), "CRC"),
        (set_in_directory(ONE, 16, b"\x00\x00\x00\x00"), "CRC"),
        (set_in_directory(ONE, 10, b"\x62\x00"), "by a method that is not read"),
    ],
    ids=["password", "less than there is", "wrong sum", "rare method"],
)
def test_broken_member_is_told_and_the_others_are_read(tmp_path, packed, told):
    corpus = load(tmp_path, a__zip=packed)
    assert pages(corpus) == ["a.zip!y.txt", "sound.txt"]
    ((page, what),) = problems(corpus, "error")
    assert page == "a.zip!x.txt"
    assert told in what


def test_member_packed_with_bzip2_is_told(tmp_path):
    corpus = load(tmp_path, a__zip=pack([("x.txt", TEXT)], zipfile.ZIP_BZIP2))
    assert problems(corpus, "error")[0][0] == "a.zip!x.txt"


def test_link_in_a_zip_is_not_taken_for_a_page(tmp_path):
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(link, "/etc/hostname")
        archive.writestr("x.txt", TEXT)
    corpus = load(tmp_path, a__zip=packed.getvalue())
    assert pages(corpus) == ["a.zip!x.txt", "sound.txt"]
    assert [page for page, _ in problems(corpus, "note")] == ["a.zip!link.txt"]


def overlapping() -> bytes:
    """A zip file whose directory names one stretch of packed bytes twice."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.txt", TEXT * 20)
        twin = copy.copy(archive.infolist()[0])
        twin.filename = "z.txt"
        archive.filelist.append(twin)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("packed", "told"),
    [
        (ONE[:-40], "cut short"),
        (b"no zip at all", "is not a zip"),
        (pack([]), "no file that"),
        (overlapping(), "overlaps another"),
        (b"", "is not a zip"),
    ],
    ids=["cut short", "no zip", "no members", "overlap", "no bytes"],
)
def test_zip_that_cannot_be_used_is_one_problem(tmp_path, packed, told):
    corpus = load(tmp_path, a__zip=packed)
    ((page, said),) = [(p.page, f"{p.what} {p.todo}") for p in corpus.problems]
    assert page == "a.zip"
    assert told in said


@pytest.mark.parametrize("suffix", ["csv", "tsv", "json", "jsonl", "ndjson", "parquet", "xlsx"])
def test_tables_are_read_inside_archives(tmp_path, suffix):
    table = pd.DataFrame({"text": [TEXT, f"{TEXT} Twice."]})
    path = tmp_path / f"rows.{suffix}"
    if suffix == "parquet":
        table.to_parquet(path)
    elif suffix == "xlsx":
        rows = [list(table.columns), *table.to_numpy().tolist()]
        path.write_bytes(write_workbook({"rows": rows}))
    elif suffix in ("csv", "tsv"):
        table.to_csv(path, index=False, sep="," if suffix == "csv" else "\t")
    else:
        table.to_json(path, orient="records", lines=suffix != "json")
    content = path.read_bytes()
    packed = {"a__zip": pack([(f"in.{suffix}", content)]), f"b__{suffix}__gz": gzip.compress(content)}
    corpus = load(tmp_path, **packed)
    places = [f"a.zip!in.{suffix}", f"b.{suffix}.gz", path.name]
    assert [article.page for article in corpus.articles] == [p for p in places for _ in range(2)] + [
        "sound.txt"
    ]
    assert corpus.unread == []


# Bombs

ZEROS = b"\0" * 30_000_000
BOMB = pack([("a.txt", TEXT), ("bomb.txt", ZEROS), ("z.txt", TEXT)])


@pytest.mark.parametrize(
    ("name", "packed", "read", "place"),
    [
        ("a.zip", BOMB, ["a.zip!a.txt"], "a.zip!bomb.txt"),
        ("a.zip", pack([("in.zip", BOMB), ("z.txt", TEXT)]), ["a.zip!in.zip!a.txt"], "a.zip!in.zip!bomb.txt"),
        ("a.zip.gz", gzip.compress(BOMB), ["a.zip.gz!a.txt"], "a.zip.gz!bomb.txt"),
        ("a.txt.gz", gzip.compress(ZEROS), [], "a.txt.gz"),
        ("a.csv.gz", gzip.compress(ZEROS), [], "a.csv.gz"),
        ("a.zip", pack([("in.txt.gz", gzip.compress(ZEROS)), ("z.txt", TEXT)]), [], "a.zip!in.txt.gz"),
    ],
    ids=["zip", "zip in zip", "zip in gzip", "gzip", "table in gzip", "gzip in zip"],
)
def test_bomb_ends_the_reading_and_what_was_read_stays(tmp_path, name, packed, read, place):
    corpus = load(tmp_path, **{name.replace(".", "__"): packed})
    assert pages(corpus) == [*read, "sound.txt"]
    ((page, what),) = problems(corpus, "error")
    assert page == place
    assert "more than 200 times its size" in what and "What follows in it was not read" in what


def test_text_that_repeats_itself_is_no_bomb(tmp_path):
    rows = "".join(json.dumps({"id": str(n), "text": TEXT}) + "\n" for n in range(200))
    corpus = load(tmp_path, rows__jsonl__gz=gzip.compress(rows.encode()))
    assert len(corpus.articles) == 201
    assert corpus.problems == ()


def test_archive_unpacks_to_no_more_than_the_limit_in_all():
    packed = pack([(f"{n}.txt", TEXT * 20) for n in range(9)])
    meter = Meter(limit=4_000)
    read = []
    with pytest.raises(CorpusFormatError, match="unpacks to more than"):
        for member in list_zip(Source("a.zip", ".zip", lambda: io.BytesIO(packed)), meter):
            read.append(member.read())
    assert len(read) == 4_000 // len(TEXT * 20)
    assert meter.ended


def test_archives_stand_three_deep_and_no_deeper(tmp_path):
    packed = pack([("page.txt", TEXT)])
    for name in "dcb":
        packed = pack([(f"{name}.zip", packed), (f"{name}.txt", TEXT)])
    corpus = load(tmp_path, a__zip=packed)
    assert pages(corpus) == ["a.zip!b.txt", "a.zip!b.zip!c.txt", "a.zip!b.zip!c.zip!d.txt", "sound.txt"]
    ((page, what),) = problems(corpus, "error")
    assert page == "a.zip!b.zip!c.zip!d.zip"
    assert "more than 3 archives deep" in what


# Gzip


@pytest.mark.parametrize(
    ("name", "packed"),
    [
        ("page.txt.gz", gzip.compress(TEXT.encode())),
        ("PAGE.TXT.GZ", gzip.compress(TEXT.encode())),
        ("page.txt.gz", gzip.compress(TEXT[:20].encode()) + gzip.compress(TEXT[20:].encode())),
        ("page.txt.gz", gzip.compress(gzip.compress(TEXT.encode()))),
        ("page.html.gz", gzip.compress(MARKUP.encode())),
        ("page.gz", gzip.compress(MARKUP.encode())),
    ],
    ids=["text", "capitals", "two members", "packed twice", "html", "html without a suffix"],
)
def test_gzip_is_the_file_it_packs(tmp_path, name, packed):
    corpus = load(tmp_path, **{name.replace(".", "__"): packed})
    assert sorted(pages(corpus)) == sorted([name, "sound.txt"])
    assert not problems(corpus, "error") and not problems(corpus, "warning")
    assert all(article.text.startswith("The mayor opened") for article in corpus.articles)


def test_gzip_that_is_none_is_read_by_the_suffix_before_it(tmp_path):
    corpus = load(tmp_path, page__txt__gz=TEXT.encode())
    assert pages(corpus) == ["page.txt.gz", "sound.txt"]
    assert [page for page, _ in problems(corpus, "note")] == ["page.txt.gz"]


@pytest.mark.parametrize("cut", [slice(None, -4), slice(None, -9), slice(None, -30)])
def test_gzip_cut_short_gives_what_is_whole_and_says_so(tmp_path, cut):
    text = "\n".join(f"{TEXT} On day {n} it rained {n * 7919 % 1000} drops." for n in range(200))
    corpus = load(tmp_path, page__txt__gz=gzip.compress(text.encode())[cut])
    assert pages(corpus) == ["page.txt.gz", "sound.txt"]
    assert text.startswith(corpus.pages[0].page.text)
    ((page, what),) = problems(corpus, "error")
    assert page == "page.txt.gz" and "ends too early" in what


@pytest.mark.parametrize(
    "packed",
    [gzip.compress(b""), gzip.compress(TEXT.encode())[:12], b"\x1f\x8b\x08junk and nothing more"],
    ids=["empty", "cut", "junk"],
)
def test_gzip_without_anything_to_read_is_a_problem(tmp_path, packed):
    corpus = load(tmp_path, page__txt__gz=packed)
    assert {page for page, _ in problems(corpus, "error")} == {"page.txt.gz"}


def test_lines_repeated_in_packed_pages_are_learnt(tmp_path):
    page = (
        "Subscribe for the whole story\nBridge opens in the {0} at last\n"
        "The {0} town opened a bridge on Monday, two years late, they said."
    )
    towns = ["north", "south", "east", "west"]
    zipped = pack([(f"{town}.txt", page.format(town)) for town in towns[:2]])
    packed = {f"{town}__txt__gz": gzip.compress(page.format(town).encode()) for town in towns[2:]}
    corpus = load(tmp_path, towns__zip=zipped, **packed)
    assert not any("Subscribe" in article.text for article in corpus.articles)
    rules = {
        placed.segment.rule
        for placed in corpus.segments
        for loaded in corpus.pages
        if loaded.page.page == placed.page and "Subscribe" in placed.segment.text(loaded.page.text)
    }
    assert any("repeat" in rule for rule in rules)


# Web archives


def saved(
    answers: Iterable[tuple[str, str, dict[str, str], bytes]], *, packed: bool, kind: str = "response"
) -> bytes:
    """A web archive of answers: address, status, headers and body."""
    archive = io.BytesIO()
    writer = WARCWriter(archive, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "a test"}))
    for url, status, headers, body in answers:
        http = StatusAndHeaders(status, list(headers.items()), protocol="HTTP/1.1") if status else None
        record = writer.create_warc_record(
            url, kind, payload=io.BytesIO(body), http_headers=http,
            warc_headers_dict={"WARC-Date": "2024-05-06T07:08:09Z"},
            warc_content_type="" if status else headers["Content-Type"],
        )  # fmt: skip
        writer.write_record(record)
    return archive.getvalue()


HTML = {"Content-Type": "text/html; charset=utf-8"}
BODY = MARKUP.encode()
CHUNKED = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (BODY[:100], BODY[100:], b""))
BARE = zlib.compress(BODY)[2:-4]
ANSWERS = [
    ("https://example.org/a?b=c", "200 OK", HTML, BODY),
    ("https://example.org/a", "200 OK", {**HTML, "Content-Encoding": "gzip"}, gzip.compress(BODY)),
    ("https://example.org/a", "200 OK", {**HTML, "Content-Encoding": "gzip"}, BODY),
    ("https://example.org/a", "200 OK", {**HTML, "Content-Encoding": "deflate"}, zlib.compress(BODY)),
    ("https://example.org/a", "200 OK", {**HTML, "Content-Encoding": "deflate"}, BARE),
    ("https://example.org/a", "200 OK", {**HTML, "Transfer-Encoding": "chunked"}, CHUNKED),
    ("https://example.org/a", "200 OK", {**HTML, "Content-Encoding": "br"}, b"\x0b\x02\x80"),
    ("https://example.org/i.png", "200 OK", {"Content-Type": "image/png"}, b"\x89PNG"),
    ("https://example.org/gone", "404 Not Found", HTML, BODY),
]  # fmt: skip
READ = ["00002-example.org/a", *(f"0000{n}-example.org/a" for n in range(3, 8))]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("crawl.warc", saved(ANSWERS, packed=False)),
        ("crawl.warc.gz", saved(ANSWERS, packed=True)),
        ("crawl.warc.gz", gzip.compress(saved(ANSWERS, packed=False))),
        ("crawl.warc.gz", saved(ANSWERS, packed=False)),
        ("crawl", saved(ANSWERS, packed=False)),
    ],
    ids=["plain", "each record packed", "packed as one", "not packed", "no suffix"],
)
def test_web_archive_gives_its_pages_and_counts_the_rest(tmp_path, name, content):
    corpus = load(tmp_path, **{name.replace(".", "__"): content})
    assert pages(corpus) == [*(f"{name}!{page}" for page in READ), "sound.txt"]
    first = corpus.articles[0]
    assert (first.url, first.scraped) == ("https://example.org/a?b=c", "2024-05-06")
    assert TEXT in first.text
    ((page, what),) = problems(corpus, "error")
    assert page == f"{name}!00008-example.org/a" and "packed as 'br'" in what
    told = problems(corpus, "note")[-1]
    assert told == (
        name,
        "6 pages were read from the web archive. Left out: 1 of type image/png, 1 with status 404.",
    )


def test_saved_resources_are_pages_too(tmp_path):
    content = saved(
        [("https://example.org/a", "", {"Content-Type": "text/html"}, BODY)], packed=True, kind="resource"
    )
    corpus = load(tmp_path, crawl__warc__gz=content)
    assert pages(corpus) == ["crawl.warc.gz!00002-example.org/a", "sound.txt"]
    assert corpus.problems == ()


PLAIN = saved([("https://example.org/a", "200 OK", HTML, BODY)] * 3, packed=False)


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (PLAIN[:-400], 3),
        (PLAIN[: PLAIN.rindex(b"HTTP/1.1")], 2),
        (gzip.compress(PLAIN)[:-12], 3),
        (PLAIN + b"no record at all\r\n\r\n", 3),
        (PLAIN + b"WARC/1.0\r\nWARC-Type: response\r\n\r\nbody", 3),
        (PLAIN + b"WARC/1.0\r\nX-Long: " + b"a" * 3_000_000, 3),
    ],
    ids=["in a page", "before an answer", "packed", "no record", "no length", "an endless header"],
)
def test_broken_web_archive_gives_what_stood_before_and_says_so(tmp_path, content, read):
    name = "crawl__warc__gz" if content.startswith(b"\x1f\x8b") else "crawl__warc"
    corpus = load(tmp_path, **{name: content})
    assert len(corpus.articles) == read + 1
    told = [what for _, what in problems(corpus, "error")]
    assert any("ends too early or is damaged" in what for what in told)


def test_saved_page_that_unpacks_out_of_all_proportion_ends_the_reading(tmp_path):
    packed = gzip.compress(b"<html>" + b" " * 5_000_000)
    answers = [
        ("https://example.org/a", "200 OK", HTML, BODY),
        ("https://example.org/b", "200 OK", {**HTML, "Content-Encoding": "gzip"}, packed),
        ("https://example.org/c", "200 OK", HTML, BODY),
    ]
    corpus = load(tmp_path, crawl__warc=saved(answers, packed=False))
    assert pages(corpus) == ["crawl.warc!00002-example.org/a", "sound.txt"]
    assert problems(corpus, "error")[0][0] == "crawl.warc!00003-example.org/b"


def test_bzip2_is_not_read_and_a_note_says_so(tmp_path):
    corpus = load(tmp_path, page__txt__bz2=bz2.compress(TEXT.encode()))
    assert [page for page, _ in problems(corpus, "note")] == ["page.txt.bz2"]


def test_gzip_file_broken_from_its_start_is_told_as_damaged(tmp_path):
    corpus = load(tmp_path, broken__gz=b"\x1f\x8bxx", short__txt__gz=gzip.compress(TEXT.encode())[:12])
    told = [problem for problem in corpus.problems if problem.severity == "error"]
    assert [problem.page for problem in told] == ["broken.gz", "short.txt.gz"]
    for problem in told:
        assert problem.what.startswith("The packed file is damaged from its start: ")
        assert "Error" not in problem.what
        assert problem.todo == "Copy or download it again."
