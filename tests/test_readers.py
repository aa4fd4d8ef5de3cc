"""Files of every kind, and every way in which one can be broken: it becomes a problem, the rest is loaded."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis as an
from analysis.corpus.reading.files import list_files
from analysis.corpus.reading.readers import READ_SUFFIXES
from analysis.errors import CorpusEmptyError

SENTENCES = [
    "The council closed the old swimming pool on Monday because the roof had begun to leak again.",
    "The ferry to the island will run twice a day from June, the harbour master told the paper.",
]
MARKUP = (
    "<!doctype html><html><head><title>Pool closes</title></head><body><nav><a href='/'>Home</a></nav>"
    "<article>"
    "<h1>Pool closes</h1>" + f"<p>{SENTENCES[0]} Nobody knows when it will open its doors again.</p>" * 5
) + "</article></body></html>"
RICH_TEXT = rf"{{\rtf1\ansi {SENTENCES[0]}\par}}"


def load(folder: Path, files: dict[str, str | bytes]) -> an.Corpus:
    """Load files beside two pages that are sound, which must come through whatever the others are."""
    for n, sentence in enumerate(SENTENCES):
        (folder / f"sound{n}.txt").write_text(sentence, encoding="utf-8")
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    corpus = an.load(folder)
    sound = [article.text for article in corpus.articles if article.page.startswith("sound")]
    assert sound == SENTENCES
    return corpus


def told(corpus: an.Corpus, severity: str) -> list[tuple[str | None, str]]:
    return [(p.page, p.what) for p in corpus.problems if p.severity == severity]


def others(corpus: an.Corpus) -> list[str]:
    return [loaded.page.page for loaded in corpus.pages if not loaded.page.page.startswith("sound")]


# Which reader reads a file


@pytest.mark.parametrize("name", ["a.txt", "a.TXT", "a.text", "a.Html", "a.htm", "a.xhtml", "a.rtf"])
def test_suffixes_are_read_in_any_case(tmp_path, name):
    kind = name.lower().rpartition(".")[2]
    content = {"rtf": rf"{{\rtf1\ansi {SENTENCES[0]}\par}}"}.get(
        kind, MARKUP if "ht" in kind else SENTENCES[0]
    )
    corpus = load(tmp_path, {name: content})
    assert others(corpus) == [name]
    assert corpus.problems == ()
    assert corpus.articles[0].text.startswith("The council closed")


@pytest.mark.parametrize(
    ("name", "content", "note"),
    [
        ("a.txt", MARKUP, "start is that of a '.html' file"),
        ("a.txt", "\ufeff\n<!-- saved -->\n" + MARKUP, "start is that of a '.html' file"),
        ("a.txt", MARKUP[MARKUP.index("<body") :], "start is that of a '.html' file"),
        ("a.txt", MARKUP.encode("utf-16"), "start is that of a '.html' file"),
        ("a.html", SENTENCES[0], "no HTML tags"),
        ("a.html", RICH_TEXT, "start is that of a '.rtf' file"),
        ("index", MARKUP, "has no suffix"),
        ("page?id=3", MARKUP, "has no suffix"),
        ("news.php?id=3", MARKUP, "is named '.php?id=3'"),
        ("a.xml", MARKUP, "start is that of a '.html' file"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="Windows has no file names with a question mark")
def test_file_is_read_as_what_it_is_where_its_name_says_otherwise(tmp_path, name, content, note):
    corpus = load(tmp_path, {name: content})
    assert others(corpus) == [name]
    assert corpus.articles[0].text.startswith("The council closed")
    assert [page for page, what in told(corpus, "note") if note in what] == [name]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes", SENTENCES[0]),
        ("page.md", SENTENCES[0]),
        ("style.css", "body { margin: 0 }"),
        ("page.pdf", b"%PDF-1.7"),
        ("photo.jpg", b"\xff\xd8\xff\xe0"),
        ("other.xml", "<catalogue><item>A bridge</item></catalogue>"),
        ("about.txt.tar", SENTENCES[0]),
    ],
)
def test_what_is_not_read_gets_a_note(tmp_path, name, content):
    corpus = load(tmp_path, {name: content})
    assert others(corpus) == []
    assert [page for page, what in told(corpus, "note") if "not read" in what] == [name]


def test_text_that_speaks_of_tags_stays_text(tmp_path):
    text = f"{SENTENCES[0]} The page began with <html> and <body>, the developer said."
    corpus = load(tmp_path, {"a.txt": text})
    assert corpus.articles[0].text == text
    assert corpus.problems == ()


# Broken files


def word_document() -> bytes:
    import docx

    document = docx.Document()
    for _ in range(30):
        document.add_paragraph(SENTENCES[0])
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


LOCKED = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 500
)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("cut.docx", word_document()[:-200], "cut off"),
        ("locked.docx", LOCKED, "password"),
        ("page.docx", SENTENCES[0], "no Word document"),
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "empty"),
        ("zeros.txt", b"\0" * 100_000, "empty"),
        ("binary.txt", bytes(range(256)) * 40, "not text"),
        ("empty.html", "<html><body></body></html>", "no text"),
        ("page.rtf", SENTENCES[0], "not in Rich Text Format"),
        ("page.mhtml", SENTENCES[0], "no"),
        ("page.parquet", SENTENCES[0], "cut off or damaged"),
        ("page.rss", SENTENCES[0], ""),
        ("page.xlsx", b"PK\x03\x04 and no more", ""),
        ("page.json", "[" * 100_000, "nested too deep"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value[:12] else "",
)
def test_broken_file_is_a_problem_and_the_rest_is_loaded(tmp_path, name, content, words):
    corpus = load(tmp_path, {name: content})
    ((page, what),) = told(corpus, "error")
    assert page == name
    assert words in what


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("deep.html", "<html><body>" + "<div>" * 100_000 + SENTENCES[0] + "</div>" * 100_000),
        ("deep.xml", "<a>" * 100_000 + "</a>" * 100_000),
        ("deep.rss", "<rss>" * 100_000 + "</rss>" * 100_000),
        ("deep.rtf", "{\\rtf1 " + "{" * 100_000 + SENTENCES[0] + "}" * 100_001),
        ("deep.mhtml", "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n--a\n" * 2_000),
        ("deep.jsonl", '{"text": ' + "[" * 100_000),
    ],
    ids=lambda value: value if value.startswith("deep") else "",
)
def test_file_nested_a_hundred_thousand_deep_neither_hangs_nor_stops_the_rest(tmp_path, name, content):
    corpus = load(tmp_path, {name: content})
    assert name in others(corpus) or any(problem.page == name for problem in corpus.problems)


@pytest.mark.parametrize(
    "names", [[], ["plain.txt"], ["a.txt", "b.txt"]], ids=["no file", "a name of its own", "two of a name"]
)
def test_two_articles_with_one_id_are_both_loaded(tmp_path, names):
    rows = "".join(f'{{"id": "7", "text": "{sentence}"}}\n' for sentence in SENTENCES)
    corpus = load(tmp_path, {"rows.jsonl": rows, **{name: SENTENCES[1] for name in names}})
    assert {"7", "7~2"} <= {article.article_id for article in corpus.articles}
    assert len({article.article_id for article in corpus.articles}) == 4 + len(names)
    assert [page for page, what in told(corpus, "warning") if "has the id '7'" in what] == ["rows.jsonl"]


def test_broken_line_of_a_table_is_told_with_its_number_and_the_others_are_read(tmp_path):
    rows = [f'{{"id": "{n}", "text": "{SENTENCES[0]}"}}' for n in range(1, 51)]
    rows[36] = rows[36][:20]
    corpus = load(tmp_path, {"rows.jsonl": "\n".join(rows)})
    (problem,) = corpus.unread
    assert (problem.page, problem.line) == ("rows.jsonl", 37)
    assert len(corpus.articles) == 49 + 2


@pytest.mark.parametrize(
    ("table", "articles", "errors"),
    [
        (f"id,text\n1,{SENTENCES[1]}\n", 0, 1),
        (f'id,headline\n1,"{SENTENCES[1]}"\n', 0, 1),
        (f'id,text,text\n1,"{SENTENCES[1]}","{SENTENCES[0]}"\n', 1, 0),
        (f'id,text\n1,"{SENTENCES[1]}"\n2\n', 1, 1),
    ],
    ids=["comma in the text", "no column of text", "two columns of text", "a row too short"],
)
def test_table_with_missing_or_double_columns_is_told(tmp_path, table, articles, errors):
    corpus = load(tmp_path, {"rows.csv": table})
    assert sum(article.page == "rows.csv" for article in corpus.articles) == articles
    assert len(told(corpus, "error")) == errors
    assert any(problem.page == "rows.csv" for problem in corpus.problems)


# What is no file


needs_links = pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")


@needs_links
@pytest.mark.timeout(30)
def test_links_that_lead_back_are_not_followed_and_others_once(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "page.txt").write_text(SENTENCES[0], encoding="utf-8")
    (tmp_path / "elsewhere" / "back").symlink_to(tmp_path / "in")
    folder = tmp_path / "in" / "deep"
    folder.mkdir(parents=True)
    (folder / "up").symlink_to(tmp_path / "in")
    (folder / "up2").symlink_to("../deep")
    (tmp_path / "in" / "a").symlink_to("/")
    (tmp_path / "in" / "self").symlink_to("self")
    (tmp_path / "in" / "linked").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "in" / "linked again").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "in" / "file.txt").symlink_to(tmp_path / "elsewhere" / "page.txt")
    corpus = load(tmp_path / "in", {})
    assert others(corpus) == ["file.txt", "linked/page.txt"]
    back = {page for page, what in told(corpus, "note") if "leads to a folder" in what}
    assert back == {"a", "deep/up", "deep/up2", "linked/back", "linked again"}
    assert [page for page, _ in told(corpus, "error")] == ["self"]
    assert [path.name for path in list_files(tmp_path / "in" / "**" / "*.txt").files] == [
        "file.txt",
        "page.txt",
        "sound0.txt",
        "sound1.txt",
    ]


@needs_links
@pytest.mark.timeout(30)
def test_pipe_is_never_opened_and_a_link_to_nothing_is_an_error(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    corpus = load(tmp_path, {})
    assert [page for page, _ in told(corpus, "note")] == ["pipe.txt"]
    assert [page for page, _ in told(corpus, "error")] == ["gone.txt"]


@needs_links
def test_folder_of_nothing_but_broken_links_says_so(tmp_path):
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    with pytest.raises(CorpusEmptyError, match=r"gone\.txt: The link leads to a file that is not there"):
        an.load(tmp_path)


def test_file_that_goes_away_while_the_corpus_is_read_is_a_problem_until_it_is_back(tmp_path, monkeypatch):
    (tmp_path / "pages").mkdir()
    load(tmp_path / "pages", {"z.txt": SENTENCES[0]})
    # Otherwise it is known by its bytes, and need not be read.
    monkeypatch.setenv("FRAMELINES_CACHE", str(tmp_path / "cache"))
    page = tmp_path / "pages" / "z.txt"
    content = page.read_bytes()
    corpus = an.load(tmp_path / "pages", progress=lambda *_: page.unlink(missing_ok=True))
    assert [article.text for article in corpus.articles] == SENTENCES
    ((name, what),) = told(corpus, "error")
    assert name == "z.txt" and "No such file" in what
    assert str(tmp_path) not in what
    page.write_bytes(content)
    assert len(an.load(tmp_path / "pages").articles) == len(SENTENCES) + 1


@needs_links
@pytest.mark.parametrize(
    "name", ["line\nbreak.txt", "x" * 251 + ".txt", "caf\udce9.txt", "a!b.txt", "%2e.txt", "日本.txt"]
)
def test_odd_names_are_read(tmp_path, name):
    try:
        (tmp_path / name).touch()
    except (OSError, UnicodeError):
        # some file systems refuse such names; the ones that CI runs on take them all
        if os.environ.get("CI") == "true":
            raise
        pytest.skip("this file system has no such names")
    corpus = load(tmp_path, {name: SENTENCES[0]})
    assert others(corpus) == [name.encode("utf-8", "surrogatepass").decode("utf-8", "replace")]
    assert told(corpus, "error") == []


# Memory


MEASURE = """
import resource, sys
import analysis as an
unit = 1 << 10 if sys.platform == "linux" else 1 << 20
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit
an.load(sys.argv[1])
before = peak()
corpus = an.load(sys.argv[2])
for problem in corpus.unread:
    print(problem.page, problem.what)
print(len(corpus.articles), peak() - before)
"""


@pytest.mark.timeout(120)
def test_bombs_and_endless_lines_take_no_memory(tmp_path):
    pytest.importorskip("resource")
    sound, bad = tmp_path / "sound", tmp_path / "bad"
    sound.mkdir()
    bad.mkdir()
    load(sound, {"page.html": MARKUP})
    load(bad, {"page.html": MARKUP})
    with (bad / "line.txt").open("wb") as file:
        for _ in range(200):
            file.write(b"a" * 1_000_000)
    lines = ["line.html", "line.rtf", "line.xml"]
    for name in lines:
        os.link(bad / "line.txt", bad / name)
    bomb = bad / "bomb.zip"
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("zeros.txt", "w", force_zip64=True) as member,
    ):
        for _ in range(500):
            member.write(b"\0" * 1_000_000)
    with zipfile.ZipFile(bad / "nested.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(bomb, "a/bomb.zip")
    run = subprocess.run(
        [sys.executable, "-c", MEASURE, sound, bad],
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=100,
    )
    *problems, counts = run.stdout.splitlines()
    articles, grown = map(int, counts.split())
    assert articles == 3
    assert {line.split()[0] for line in problems} == {
        "line.txt", "line.html", "line.rtf", "line.xml", "bomb.zip!zeros.txt", "nested.zip!a/bomb.zip",
    }  # fmt: skip
    assert grown < 150, f"{grown} MB more than for the sound pages"


# Anything at all

STARTS = [
    b"",
    b"\x1f\x8b\x08",
    b"PK\x03\x04",
    b"<html>",
    b"{\\rtf1 ",
    b"WARC/1.0\r\n",
    b"\xff\xfe",
    b"<rss>",
    b'{"text":',
]


@settings(max_examples=120)
@given(st.sampled_from([*READ_SUFFIXES, "", ".doc"]), st.sampled_from(STARTS), st.binary(max_size=300))
def test_any_bytes_under_any_suffix_load_or_become_problems(suffix, start, rest):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"page{suffix}"
        path.write_bytes(start + rest)
        try:
            corpus = an.load(folder)
        except CorpusEmptyError as error:
            assert "page" in str(error)
        else:
            assert corpus.pages or corpus.articles


def test_every_problem_says_what_is_allowed_and_what_to_do(tmp_path):
    files = {
        "notes.pdf": "%PDF", "page.txt": MARKUP, "bare.html": SENTENCES[0], "empty.txt": "",
        "feed.xml": "<rss><channel><title>A</title><item><title>B</title>", "b.json": "{", "b.docx": "x",
    }  # fmt: skip
    corpus = load(tmp_path, files)
    assert {problem.page for problem in corpus.problems} == {*files}
    for problem in corpus.problems:
        assert problem.what, problem
        assert problem.allowed, problem
        assert problem.todo, problem
