"""Table files: whose column names are known, what a broken row costs, and that texts come back unchanged."""

from __future__ import annotations

import csv
import io
import itertools
import json
import zipfile

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_workbook import write_workbook

import analysis as an
from analysis.corpus.pages import MAX_PAGE_BYTES, Source
from analysis.corpus.reading.columns import BLANKS
from analysis.corpus.reading.records import BATCH, read_table
from analysis.errors import CorpusFormatError

TEXT = "The harbour board met on Monday.\n“It will rain”, it said."


def read(data: bytes, name: str):
    """Records and problems of a table."""
    source = Source(name, "." + name.rpartition(".")[2], lambda: io.BytesIO(data))
    readings = list(read_table(source))
    assert len({reading.sha256 for reading in readings}) == 1
    return (
        [record for reading in readings for record in reading.records],
        [problem for reading in readings for problem in reading.problems],
    )


def read_rows(rows: list[dict], name: str = "a.json"):
    return read(json.dumps(rows).encode(), name)


def write_csv(rows: list[list[str]], delimiter: str = ",") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode()


# Whose names


def known(**values) -> dict:
    return {
        "text": TEXT, "outlet": "Example Herald", "published": "2025-07-05", "headline": "Rain",
        "byline": "Ana Ruiz", "url": "https://herald.example/rain",
    } | values  # fmt: skip


SHAPES = {
    "ours": (
        {
            "text": TEXT,
            "outlet": "Example Herald",
            "dct": "2025-07-05",
            "headline": "Rain",
            "byline": "Ana Ruiz",
            "url": "https://herald.example/rain",
            "id": "x1",
        },
        known(article_id="x1"),
    ),
    "trafilatura": (
        {
            "title": "Rain",
            "author": "Ana Ruiz",
            "hostname": "herald.example",
            "date": "2025-07-05",
            "fingerprint": "ab12",
            "id": None,
            "raw_text": "x",
            "text": TEXT,
            "comments": "",
            "source": "https://herald.example/rain",
            "source-hostname": "Example Herald",
        },
        known(),
    ),
    "trafilatura without a site's name": (
        {
            "title": "Rain",
            "author": "Ana Ruiz",
            "hostname": "www.herald.example",
            "date": "2025-07-05",
            "text": TEXT,
            "source": "https://herald.example/rain",
            "source-hostname": None,
        },
        known(outlet="herald.example"),
    ),
    "newspaper4k": (
        {
            "url": "https://herald.example/rain",
            "source_url": "https://www.herald.example",
            "title": "Rain",
            "authors": ["Ana Ruiz", "Jo Field"],
            "text": TEXT,
            "publish_date": "2025-07-05 09:30:00",
            "canonical_link": "https://herald.example/r",
        },
        known(outlet="herald.example", byline="Ana Ruiz, Jo Field"),
    ),
    "news-please": (
        {
            "maintext": TEXT,
            "title": "Rain",
            "title_page": None,
            "authors": ["Ana Ruiz"],
            "date_publish": "2025-07-05 17:03:00",
            "date_download": "2025-08-01 00:00:00",
            "source_domain": "www.herald.example",
            "url": "https://herald.example/rain",
            "language": "en",
        },
        known(outlet="herald.example"),
    ),
    "Media Cloud": (
        {
            "stories_id": 7,
            "title": "Rain",
            "publish_date": "2025-07-05 04:05:00",
            "story_text": TEXT,
            "media_name": "Example Herald",
            "media_url": "http://herald.example/",
            "media_id": 1,
            "url": "https://herald.example/rain",
        },
        known(article_id="7", byline=None),
    ),
    "quanteda": (
        {"doc_id": "text1", "text": TEXT, "heading": "Rain", "date": "2025-07-05"},
        known(article_id="text1", outlet=None, byline=None, url=None),
    ),
    "a person's": (
        {
            "Publication Date": "5 July 2025",
            "Source Name": "Example Herald",
            "Full Text": TEXT,
            "TITLE": "Rain",
            "Author(s)": "Ana Ruiz",
            "Web_URL": "https://herald.example/rain",
        },
        known(),
    ),
    "objects inside": (
        {
            "source": {"id": None, "name": "Example Herald"},
            "author": {"name": "Ana Ruiz"},
            "headline": {"main": "Rain"},
            "pub_date": "2025-07-05T10:00:00+0000",
            "body": TEXT,
            "web_url": "https://herald.example/rain",
        },
        known(),
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_names_of_columns_are_known(shape):
    row, expected = SHAPES[shape]
    (record,), problems = read_rows([row])
    assert {name: getattr(record, name) for name in expected} == expected
    assert problems == []


@pytest.mark.parametrize("host", ["www.theguardian.com", "theguardian.com", "https://www.theguardian.com/"])
def test_outlet_whose_pages_stand_at_a_host_is_named(host):
    (record,), _ = read_rows([{"text": TEXT, "source_domain": host}])
    assert record.outlet == "The Guardian"


def test_first_column_in_rank_that_is_not_empty_holds_the_text():
    rows = [
        {"body": "Body.", "text": "Text."},
        {"body": "Body.", "text": "  "},
        {"body": None, "content": "Content."},
    ]
    records, _ = read_rows(rows)
    assert [record.text for record in records] == ["Text.", "Body.", "Content."]


@pytest.mark.parametrize("blank", sorted(BLANKS))
def test_words_for_nothing_are_nothing(blank):
    (record,), problems = read(
        write_csv([["text", "id", "outlet", "date"], ["It rained.", blank, blank, blank]]), "a.csv"
    )
    assert (record.article_id, record.outlet, record.published) == ("a.csv#0", None, None)
    assert problems == []


def test_newsapi_answer_is_read_and_its_cut_texts_are_told():
    article = {
        "source": {"id": None, "name": "Example Post"},
        "author": None,
        "title": "Rain",
        "description": "Not read.",
        "url": "https://post.example/1",
        "publishedAt": "2025-07-05T10:00:00Z",
        "content": "It rained all… [+1234 chars]",
    }
    answer = {
        "status": "ok",
        "totalResults": 2,
        "articles": [article, {**article, "content": "It is whole."}],
    }
    records, (warning,) = read(json.dumps(answer).encode(), "a.json")
    assert [(r.outlet, r.published, r.text) for r in records] == [
        ("Example Post", "2025-07-05", "It rained all… [+1234 chars]"),
        ("Example Post", "2025-07-05", "It is whole."),
    ]
    assert (warning.severity, warning.what[:31]) == ("warning", "1 of 2 texts are cut short: the")


# Forms of JSON


ROWS = [{"id": "a", "text": "It rained."}, {"id": "b", "text": "It snowed."}]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(ROWS),
        json.dumps(ROWS, indent=2),
        json.dumps({"stories": ROWS}),
        json.dumps({"status": "ok", "response": {"total": 2, "results": ROWS}}),
        json.dumps({"unheard of": ROWS}),
        "\n".join(map(json.dumps, ROWS)),
        "\n".join(json.dumps(row, indent=1) for row in ROWS),
        pd.DataFrame(ROWS).to_json(),
        json.dumps({row["id"]: {"text": row["text"]} for row in ROWS}),
    ],
)
def test_objects_are_found_in_a_json_file(content):
    records, problems = read(content.encode(), "a.json")
    assert [(record.article_id, record.text) for record in records] == [
        ("a", "It rained."),
        ("b", "It snowed."),
    ]
    assert {problem.severity for problem in problems} <= {"note"}


def test_list_in_a_jsonl_file_is_read():
    records, problems = read(json.dumps(ROWS, indent=2).encode(), "a.jsonl")
    assert ([record.article_id for record in records], problems) == (["a", "b"], [])


def test_one_article_with_a_list_in_it_is_one_article():
    (record,), problems = read_rows({"text": TEXT, "sentences": [{"text": "The harbour board met."}]})
    assert (record.text, problems) == (TEXT, [])


def test_list_that_was_read_is_named_where_there_are_two():
    records, (note,) = read_rows({"related": [{"text": "Other."}] * 3, "articles": ROWS})
    assert len(records) == 2
    assert note.severity == "note"
    assert "'articles', not from 'related'" in note.what


@pytest.mark.parametrize("cut", range(5, 60, 5))
def test_list_that_breaks_off_gives_what_is_whole(cut):
    content = json.dumps(ROWS * 3, indent=1).encode()
    records, problems = read(content[:-cut], "a.json")
    assert [record.text for record in records] == [row["text"] for row in ROWS * 3][: len(records)]
    assert len(records) in (4, 5)
    (problem,) = problems
    assert (problem.severity, problem.what.endswith("What follows was not read.")) == ("error", True)


def test_what_follows_the_list_is_told():
    records, (problem,) = read((json.dumps(ROWS) + "\n[1]").encode(), "a.json")
    assert len(records) == 2
    assert "from line 2 on" in problem.what


def test_numbers_that_are_none_are_empty():
    (record,), problems = read(b'[{"text": "It rained.", "id": NaN, "outlet": Infinity}]', "a.json")
    assert (record.article_id, record.outlet, problems) == ("a.json#0", None, [])


@pytest.mark.parametrize(
    "content", [b"[" * 100_000, b'{"a":' * 100_000, b'{"text": "It', b"nonsense", b"[1, 2]", b'"x"']
)
@pytest.mark.parametrize("suffix", ["json", "jsonl"])
def test_what_is_no_table_in_json_is_a_problem(content, suffix):
    records, problems = read(content, f"a.{suffix}")
    assert records == []
    assert {problem.severity for problem in problems} == {"error"}
    assert all(problem.allowed and problem.todo for problem in problems)


# Broken rows


def test_broken_line_of_jsonl_costs_that_line_alone():
    lines = [json.dumps({"text": f"Story {n}."}) for n in range(1, 51)]
    lines[36] = lines[36][:-4]
    records, (problem,) = read("\n".join(lines).encode(), "a.jsonl")
    assert len(records) == 49
    assert (problem.severity, problem.line) == ("error", 37)
    assert problem.what.startswith("Line 37 is not valid JSON")
    assert (records[36].line, records[36].article_id) == (38, "a.jsonl#37")


def test_many_broken_lines_are_counted():
    lines = ["{", *(json.dumps(row) for row in ROWS)] * 40
    records, problems = read("\n".join(lines).encode(), "a.jsonl")
    assert len(records) == 80
    assert len(problems) == 21
    assert problems[-1].what == "20 more lines are not valid JSON, the last in line 118."


def test_rows_with_other_numbers_of_cells_are_told_with_their_line():
    table = b"""text,outlet
"It
rained.",Herald
It snowed, they said.,Post
It hailed.
It froze.,Post,,

,,
It thawed.,Post
"""
    records, problems = read(table, "a.csv")
    assert [(r.line, r.text) for r in records] == [(2, "It\nrained."), (6, "It froze."), (9, "It thawed.")]
    assert [(p.severity, p.line, p.what) for p in problems] == [
        ("error", 4, "The row has 3 cells, where the table has 2 columns."),
        ("error", 5, "The row has 1 cells, where the table has 2 columns."),
    ]


def test_quotation_mark_that_never_closes_is_told_with_its_row():
    records, (problem,) = read(b'text,id\nIt rained.,a\n"It snowed.,b\nIt hailed.,c\n', "a.csv")
    assert [record.article_id for record in records] == ["a"]
    assert problem.line == 3
    assert "runs to the end of the file (line 4)" in problem.what


@pytest.mark.parametrize(
    ("suffix", "delimiter", "said"),
    [
        ("csv", ";", "semicolons"),
        ("csv", "\t", "tabs"),
        ("csv", "|", "vertical bars"),
        ("tsv", ",", "commas"),
    ],
)
def test_delimiter_is_found_and_noted(suffix, delimiter, said):
    table = write_csv([["id", "title", "text"], ["a", "Rain; snow", TEXT]], delimiter)
    (record,), (note,) = read(table, f"a.{suffix}")
    assert (record.article_id, record.headline, record.text) == ("a", "Rain; snow", TEXT)
    assert (note.severity, said in note.what) == ("note", True)


def test_line_that_names_the_delimiter_is_no_row():
    (record,), problems = read(b"sep=;\nid;text\na;It rained.\n", "a.csv")
    assert (record.article_id, record.text, record.line, problems) == ("a", "It rained.", 3, [])


def test_column_named_twice_is_told_and_the_first_is_used():
    (record,), (warning,) = read(b"date,text,date\n2025-07-05,It rained.,2024-01-01\n", "a.csv")
    assert record.published == "2025-07-05"
    assert (warning.severity, "'date'" in warning.what) == ("warning", True)


def test_rows_of_trafilatura_without_names_are_known():
    cells = ["https://herald.example/1", "null", "ab12", "herald.example", "Rain", "null", "2025-07-05", TEXT]
    (record,), (note,) = read(write_csv([[*cells, "null", "null", "article"]], "\t"), "a.tsv")
    assert (record.url, record.outlet, record.headline, record.text) == (
        cells[0],
        "herald.example",
        "Rain",
        TEXT,
    )
    assert (record.published, note.severity) == ("2025-07-05", "note")


TABLE = pd.DataFrame({"No": ["1", "2"], "Story": ["It rained.", "It snowed."]})


def to_bytes(frame: pd.DataFrame, suffix: str) -> bytes:
    if suffix == "parquet":
        return frame.to_parquet()
    if suffix == "xlsx":
        return write_workbook({"Sheet1": [list(frame.columns), *frame.to_numpy().tolist()]})
    if suffix in ("csv", "tsv"):
        return write_csv([list(frame.columns), *frame.to_numpy().tolist()], "\t" if suffix == "tsv" else ",")
    return frame.to_json(orient="records", lines=suffix == "jsonl").encode()


SUFFIXES = ("csv", "tsv", "json", "jsonl", "parquet", "xlsx")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_table_without_texts_is_one_problem_that_lists_its_columns(suffix):
    records, (problem,) = read(to_bytes(TABLE, suffix), f"a.{suffix}")
    assert records == []
    assert "Its columns are: 'No', 'Story'." in problem.what
    assert problem.todo == "Rename the column that holds the articles to 'text'."


@pytest.mark.parametrize("suffix", ["csv", "tsv", "json", "parquet", "xlsx"])
def test_table_without_rows_is_told(suffix):
    empty = pd.DataFrame({"text": pd.Series([], dtype=str)})
    records, (problem,) = read(to_bytes(empty, suffix), f"a.{suffix}")
    assert (records, problem.severity) == ([], "error")


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", b"\xef\xbb\xbf\n"])
def test_empty_file_is_refused(data):
    with pytest.raises(CorpusFormatError, match="is empty"):
        read(data, "a.csv")


def test_text_that_is_a_list_is_told_and_another_column_is_used():
    rows = [{"text": ["It", "rained."]}, {"text": ["It", "snowed."], "body": "It snowed."}]
    (record,), (problem,) = read_rows(rows)
    assert record.text == "It snowed."
    assert problem.what == "Row 1: 'text' holds a list or an object, not text."


def test_doubtful_dates_are_told_five_times_and_then_counted():
    rows = [{"text": "It rained.", "date": "31/02/2025"}, {"text": "It rained.", "date": "03/04/2025"}] * 4
    records, problems = read_rows(rows)
    assert [record.published for record in records] == [None] * 8
    assert len(problems) == 6
    assert "which may be 3 April or 4 March 2025" in problems[1].what
    assert problems[5].what == "3 more rows have a date that was not used, the last in line 8."


@pytest.mark.parametrize("number", [1_751_707_800, 1_751_707_800_000, 20250705])
def test_numbers_in_a_column_of_dates_are_days(number):
    (record,), problems = read_rows([{"text": "It rained.", "date": number}])
    assert (record.published, problems) == ("2025-07-05", [])


def test_tags_in_a_text_are_kept_and_told():
    text = "<p>It <b>rained</b>.</p>"
    (record, other), (warning,) = read_rows([{"text": text}, {"text": "They wrote <b>rain</b>."}])
    assert (record.text, other.text) == (text, "They wrote <b>rain</b>.")
    assert warning.what == "1 of 2 texts hold HTML tags."


def test_mojibake_is_mended_and_told_once():
    bad = "It\u00e2\u20ac\u2122s late"
    records, (warning,) = read_rows(
        [{"text": bad}, {"text": f"{bad}, {bad}", "title": bad}, {"text": "It’s fine"}]
    )
    assert [record.text for record in records] == ["It’s late", "It’s late, It’s late", "It’s fine"]
    assert "in 4 places, as “â€™” that became “’”" in warning.what


@pytest.mark.parametrize(
    ("encoding", "doubt"),
    [("utf-8-sig", None), ("utf-16", None), ("utf-16-le", "no byte order mark"), ("cp1252", "Windows-1252")],
)
@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_encodings_of_tables_are_found(encoding, doubt, suffix):
    rows = [{"id": "a", "text": "The café, “at last”."}, {"id": "b", "text": "It rained."}]
    table = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    if suffix == "csv":
        table = write_csv([["id", "text"], *([row["id"], row["text"]] for row in rows)]).decode()
    records, problems = read(table.encode(encoding), f"a.{suffix}")
    assert [record.text for record in records] == [row["text"] for row in rows]
    assert len(problems) == (doubt is not None)
    assert all(doubt in problem.what for problem in problems)


# Size


def test_large_table_comes_in_batches_with_one_hash(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(
        "\n".join(json.dumps({"text": f"Story {n}."}) for n in range(2 * BATCH + 1)), encoding="utf-8"
    )
    readings = list(read_table(Source("a.jsonl", ".jsonl", lambda: path.open("rb"))))
    assert [len(reading.records) for reading in readings] == [BATCH, BATCH, 1]
    assert len({reading.sha256 for reading in readings}) == 1
    assert an.load(path).articles[-1].article_id == f"a.jsonl#{2 * BATCH}"


class Endless(io.RawIOBase):
    """A file of pieces that are made as they are read, and what was read of it at once at most."""

    def __init__(self, pieces):
        self.pieces, self.rest, self.most = iter(pieces), b"", 0

    def readable(self):
        return True

    def readinto(self, buffer):
        while len(self.rest) < len(buffer) and (piece := next(self.pieces, b"")):
            self.rest += piece
        size = min(len(buffer), len(self.rest))
        self.most = max(self.most, len(buffer))
        buffer[:size], self.rest = self.rest[:size], self.rest[size:]
        return size


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_line_beyond_the_limit_is_told_and_not_held(suffix):
    good = b"It rained.\n" if suffix == "csv" else b'{"text": "It rained."}\n'
    start = b"text\n" if suffix == "csv" else good
    long = [b"x" * 1_000_000] * (MAX_PAGE_BYTES // 1_000_000 + 5)
    opened = []

    def open_file():
        opened.append(Endless(itertools.chain([start, good], long, [b"\n", good])))
        return io.BufferedReader(opened[-1])

    (reading,) = read_table(Source(f"a.{suffix}", f".{suffix}", open_file))
    assert {record.text for record in reading.records} == {"It rained."}
    (problem,) = reading.problems
    assert (problem.line, problem.what) == (3, "A line of the table is longer than 20 MB.")
    assert max(file.most for file in opened) <= 2**20


def test_cell_beyond_the_limit_is_told():
    lines = b"x" * 99 + b"\n"
    table = b'text\n"' + lines * (MAX_PAGE_BYTES // 100 + 2) + b'"\n'
    records, problems = read(table, "a.csv")
    assert records == []
    assert "field larger than field limit" in problems[0].what


# Parquet and workbooks


def test_columns_of_parquet_of_any_type_are_read():
    table = pa.table({
        "text": pa.array(["It rained.", "It snowed."]).dictionary_encode(),
        "authors": [["Ana Ruiz", "Jo Field"], []],
        "publish_date": pa.array([1_751_707_800 * 10**9, None], pa.timestamp("ns", "UTC")),
        "source": [{"name": "Example Herald"}, {"name": None}],
        "id": [7, 8],
        "vector": [[0.1] * 3] * 2,
    })  # fmt: skip
    out = io.BytesIO()
    pq.write_table(table, out, row_group_size=1)
    (first, second), problems = read(out.getvalue(), "a.parquet")
    assert (first.text, first.byline, first.published, first.outlet, first.article_id) == (
        "It rained.", "Ana Ruiz, Jo Field", "2025-07-05", "Example Herald", "7",
    )  # fmt: skip
    assert (second.text, second.byline, second.published, second.outlet) == ("It snowed.", None, None, None)
    assert problems == []


def test_days_beyond_pythons_calendar_are_told_not_used():
    out = io.BytesIO()
    far = pa.array([10**18], pa.timestamp("us"))
    pq.write_table(pa.table({"text": ["It rained."], "date": far}), out)
    (record,), (warning,) = read(out.getvalue(), "a.parquet")
    assert (record.published, warning.severity) == (None, "warning")


@pytest.mark.parametrize("cut", [1, 8, 100, 300])
@pytest.mark.parametrize("suffix", ["parquet", "xlsx"])
def test_file_cut_off_is_a_problem(suffix, cut):
    records, (problem,) = read(to_bytes(pd.DataFrame(ROWS), suffix)[:-cut], f"a.{suffix}")
    assert (records, problem.severity) == ([], "error")
    assert "cut off or damaged" in problem.what


def test_workbook_gives_its_first_sheet_with_texts_and_names_the_others():
    data = write_workbook({
        "Notes": [["Exported by Ana"], ["2025"]],
        "Stories": [
            ["Our harvest"], [], ["ID", "Text", "Date"], [12.0, "It rained.", "2025-07-05"], [], [13, 5, ""],
        ],
        "More": [["text"], ["It snowed."]],
    })  # fmt: skip
    records, (warning,) = read(data, "a.xlsx")
    assert [(r.line, r.article_id, r.text, r.published) for r in records] == [
        (4, "12", "It rained.", "2025-07-05"),
        (6, "13", "5", None),
    ]
    assert (warning.severity, warning.what) == (
        "warning",
        "Only the sheet 'Stories' was read, not 'Notes', 'More'.",
    )


def repack(data: bytes, **parts: bytes) -> bytes:
    """A workbook with parts replaced: ``sheet1`` is ``xl/worksheets/sheet1.xml``."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = name.rpartition("/")[2].removesuffix(".xml")
            new.writestr(name, parts.get(part, old.read(name)))
    return out.getvalue()


SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c></row>%s</sheetData></worksheet>'
)


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        (
            SHEET % b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
            "spans 1,048,576 rows and 16,384 columns",
        ),
        (SHEET % (b" " * 15_000_000), "unpacks to over 200 times its size"),
        (SHEET % b"<row", "no Excel workbook that can be read"),
    ],
)
def test_workbook_that_would_fill_the_memory_is_not_opened(sheet, said):
    data = repack(write_workbook({"S": [["text"], ["It rained."]]}), sheet1=sheet)
    records, (problem,) = read(data, "a.xlsx")
    assert records == []
    assert said in problem.what


def test_old_workbook_is_refused_in_words():
    _, (problem,) = read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.xlsx")
    assert "older format .xls" in problem.what


# Anything


CELL = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20),
    st.lists(st.text(max_size=5), max_size=3),
    st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=2),
    st.sampled_from(["2025-07-05", "1/2/2025", "https://[x", "null", "\ud800"]),
)  # fmt: skip
NAMES = st.sampled_from(
    ["text", "Text", "body", "date", "id", "url", "source", "authors", "outlet", "x", "", "a,b"]
)
ANY_ROWS = st.lists(st.dictionaries(NAMES, CELL, max_size=6), max_size=5)
QUICK = settings(max_examples=60)


def is_told(records, problems) -> bool:
    return all(r.text.strip() and r.article_id for r in records) and all(
        p.what and p.allowed for p in problems
    )


@QUICK
@given(ANY_ROWS, st.sampled_from(["json", "jsonl"]), st.integers(0, 30))
def test_any_rows_of_json_are_read_or_told(rows, suffix, cut):
    data = json.dumps(rows) if suffix == "json" else "\n".join(map(json.dumps, rows))
    try:
        assert is_told(*read(data.encode()[: len(data) - cut or None], f"a.{suffix}"))
    except CorpusFormatError as error:
        assert "empty" in error.what


@QUICK
@given(st.lists(st.lists(st.text(max_size=12), max_size=5), max_size=6), st.sampled_from(",;\t"))
def test_any_cells_are_read_or_told(rows, delimiter):
    try:
        assert is_told(*read(write_csv([["text", "date"], *rows], delimiter), "a.csv"))
    except CorpusFormatError as error:
        assert "zero byte" in error.what


@QUICK
@given(
    st.binary(max_size=200),
    st.sampled_from(SUFFIXES),
    st.sampled_from([b"", b"text\n", b'[{"text": "', b"PK\x03\x04"]),
)
def test_any_bytes_are_read_or_told(data, suffix, start):
    try:
        assert is_told(*read(start + data, f"a.{suffix}"))
    except CorpusFormatError as error:
        assert error.allowed


# A carriage return alone is a line end to every spreadsheet, and no XML can hold control characters.
LETTERS = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"], exclude_characters="\ufeff"
)
PLAIN = st.text(LETTERS, max_size=30)
WORDS = PLAIN.map(lambda text: f'It rained. {text}\nThen, “it” "stopped"; so.')
ARTICLES = st.lists(
    st.fixed_dictionaries({
        "id": st.uuids().map(str),
        "text": WORDS,
        "date": st.dates(pd.Timestamp("1990-01-01").date(), pd.Timestamp("2024-12-31").date()).map(str),
        "title": PLAIN.map(lambda text: f"Rain {text} again"),
    }),
    min_size=1,
    max_size=4,
)  # fmt: skip


@pytest.mark.parametrize("suffix", SUFFIXES)
@QUICK
@given(ARTICLES)
def test_records_come_back_as_they_were(suffix, rows):
    records, problems = read(to_bytes(pd.DataFrame(rows), suffix), f"a.{suffix}")
    if any("mended" in problem.what for problem in problems):
        return
    assert [(r.article_id, r.text, r.published, r.headline) for r in records] == [
        (row["id"], row["text"], row["date"], row["title"]) for row in rows
    ]
    assert problems == []


# What no column gives


def test_columns_that_no_name_is_known_for_are_told_where_something_is_missing():
    rows = [["Titel", "Full Text", "Medium", "Datum"], ["Regen", TEXT, "Bote", "2025-07-05"]]
    (record,), problems = read(write_csv(rows), "a.csv")
    (note,) = problems
    assert (record.text, record.headline, record.outlet, record.published) == (TEXT, None, None, None)
    assert note.severity == "note"
    assert note.what == (
        "No column gives the headline, outlet or day of publication. Not used: 'Datum', 'Medium', 'Titel'."
    )


def test_a_table_of_proquest_gives_outlet_day_address_and_id():
    rows = [
        ["Title", "StoreId", "ArticleType", "Authors", "pubdate", "pubtitle", "DocumentURL", "Full text"],
        ["Rain", "3291", "News", "Roe, Ann", "Jan 10, 2026", "Example Herald", "https://a.example/d/1", TEXT],
    ]
    (record,), problems = read(write_csv(rows), "a.csv")
    assert problems == []
    assert (record.outlet, record.published, record.headline) == ("Example Herald", "2026-01-10", "Rain")
    assert (record.article_id, record.url, record.byline) == ("3291", "https://a.example/d/1", "Roe, Ann")


def test_columns_that_are_not_used_are_not_told_where_nothing_is_missing():
    records, problems = read_rows([known(section="Weather")])
    assert (len(records), problems) == (1, [])


@pytest.mark.parametrize("blank", ["n/a", "none", "-", "–"])
def test_cell_that_says_there_is_nothing_is_no_value(blank):
    (record,), problems = read_rows([known(published=blank, byline=blank)])
    assert (record.published, record.byline, problems) == (None, None, [])


def test_workbook_that_is_none_is_told_in_sound_english():
    _, (problem,) = read(b"no workbook", "a.xlsx")
    assert problem.allowed.startswith("An Excel workbook ")


def test_string_without_an_end_is_told_as_such():
    _, (problem, *_) = read(b'{"text": "broken\n', "a.jsonl")
    assert problem.what == "Line 1 is not valid JSON: Unterminated string."
