"""The documentation as HTML: it builds without a warning, no link in it is dead, and it asks no network."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
# What a browser fetches by itself, and where the address stands; a link is followed by a click only.
FETCHED = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src", "object": "data"}
ELSEWHERE = re.compile(r"(?:https?:)?//")


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-d", str(folder / "doctrees")]
    done = subprocess.run(
        [*command, str(DOCS), str(folder / "html")],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    return folder / "html"


def find_dead_links(folder: Path) -> list[str]:
    """Links of HTML pages to files or headings that are not there, as "page: link"."""
    pages = {path: html.parse(str(path)).getroot() for path in folder.rglob("*.html")}
    ids = {path: {*page.xpath("//@id"), *page.xpath("//a/@name")} for path, page in pages.items()}
    dead = []
    for path, page in pages.items():
        for link in (*page.xpath("//@href"), *page.xpath("//@src")):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            is_anchor = parts.fragment and target in ids
            if not target.exists() or (is_anchor and unquote(parts.fragment) not in ids[target]):
                dead.append(f"{path.name}: {link}")
    return dead


def find_requests(folder: Path) -> list[str]:
    """What pages and their style sheets would fetch from elsewhere."""
    found = []
    for path in folder.rglob("*.html"):
        page = html.parse(str(path)).getroot()
        for tag, attribute in FETCHED.items():
            addresses = page.xpath(f"//{tag}/@{attribute}")
            found += [f"{path.name}: {each}" for each in addresses if ELSEWHERE.match(each)]
    for path in folder.rglob("*.css"):
        style = path.read_text(encoding="utf-8")
        found += [
            f"{path.name}: {each}" for each in re.findall(r"(?:url\(|@import )\W*((?:https?:)?//\S+)", style)
        ]
    return found


def test_no_link_inside_is_dead(built):
    assert find_dead_links(built) == []


def test_pages_fetch_nothing_from_elsewhere(built):
    assert find_requests(built) == []


@pytest.mark.browser
def test_a_browser_asks_for_files_alone(built, browser):
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for name in ("index.html", "charts.html", "search.html"):
        page.goto((built / name).as_uri())
        page.wait_for_load_state("networkidle")
    page.close()
    assert len(asked) > 3
    assert [url for url in asked if urlsplit(url).scheme not in {"file", "data", "blob"}] == []


def test_every_page_is_linked_from_the_landing_page():
    page = (DOCS / "index.md").read_text(encoding="utf-8")
    pages = {path.name for path in DOCS.glob("*.md")} - {"index.md"}
    assert pages <= set(re.findall(r"\]\(([\w-]+\.md)\)", page))
    # The table of contents at its foot is what Sphinx goes by.
    assert {f"{name}.md" for name in re.findall(r"^([\w-]+)$", page, re.MULTILINE)} == pages


def test_pages_are_plain_markdown_but_for_the_landing_page():
    marks = re.compile(r"^(?:```+|:::+)\{|\{\w+\}`|^\(\w[\w-]*\)=$", re.MULTILINE)
    pages = [path for path in DOCS.glob("*.md") if path.name != "index.md"]
    assert [path.name for path in pages if marks.search(path.read_text(encoding="utf-8"))] == []


def test_a_dead_link_and_a_request_would_be_found(tmp_path):
    (tmp_path / "a.html").write_text(
        '<p id="here"><a href="a.html#here">1</a><a href="a.html#gone">2</a><a href="b.html">3</a>'
        '<a href="https://example.org">4</a><script src="//example.org/x.js"></script></p>',
        encoding="utf-8",
    )
    (tmp_path / "a.css").write_text("@font-face { src: url('https://example.org/f.woff') }", encoding="utf-8")
    assert find_dead_links(tmp_path) == ["a.html: a.html#gone", "a.html: b.html"]
    assert find_requests(tmp_path) == ["a.html: //example.org/x.js", "a.css: https://example.org/f.woff')"]
