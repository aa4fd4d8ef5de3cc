"""A hostile corpus in Chromium and in JupyterLab: nothing of it runs, no cell of a table is a formula."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import pytest
from browser import open_file
from lab import run_notebook_live
from made_hostile import (
    AWAY,
    FORMULAS,
    LABELS,
    MARKUP,
    RUN,
    hostile_pages,
    write_hostile,
    write_notebook,
)

from analysis.report import export, static
from analysis.report.export import FramelinesExporter

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

# What spreadsheets take for a formula, and what they read as a number all the same.
FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*%?")
# What could act in a page, whoever put it there.
ACTING = """() => {
  const frames = "iframe, object, embed, base, frame, portal, video, audio, link, form[action]";
  const named = ["src", "href", "action", "formaction", "data", "poster", "srcdoc", "ping"];
  const harmless = /^(#|blob:|data:image\\/|[\\w%-]+\\.html)/, followed = /^(https?|mailto):/;
  return [...document.querySelectorAll("*")].flatMap((node) => [
    ...[...node.attributes].map(({ name }) => name).filter((name) => name.startsWith("on")),
    ...(node.matches(frames) ? [node.localName] : []),
    ...named.map((name) => node.getAttribute(name)).filter((value) => value && !harmless.test(value))
      .filter((value) => !(node.localName === "a" && followed.test(value))),
  ]);
}"""


CLICK_SCRIPTS = """[...document.querySelectorAll("a")]
    .filter(({ protocol }) => protocol === "javascript:").forEach((link) => link.click())"""
# An image that fails, and whose handler would run if any could; whether anything ran up to then.
TRY_AN_IMAGE = f"""async () => {{
    const image = document.createElement("img");
    image.setAttribute("onerror", "{RUN}");
    const failed = new Promise((done) => image.addEventListener("error", done));
    image.src = "data:image/png;base64,x";
    document.body.append(image);
    await failed;
    return typeof window.pwned;
}}"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, Path]:
    """The page of all views, with whole texts, and one of a report, without."""
    return hostile_pages(tmp_path_factory)


def is_unharmed(page: Any) -> bool:
    return page.evaluate("typeof window.pwned === 'undefined'")


@pytest.mark.parametrize("name", ["views", "report"])
def test_nothing_of_it_runs_in_a_page(browser, pages, name):
    with open_file(browser, pages[name], viewport={"width": 1280, "height": 900}) as watched:
        page = watched.page
        assert page.locator(".fl-view:empty").count() == 0
        assert page.locator(".fl-view").count() >= 5
        drive(page)
        assert is_unharmed(page)
        assert page.evaluate(ACTING) == []
        assert (watched.requests, watched.complaints) == ([], [])
        assert len(page.context.pages) == 1, "no window was opened"
        assert page.url.startswith("file:")


def drive(page: Any) -> None:
    """Open whatever can be opened, and touch what answers to the pointer, to the keyboard and to words."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    for tab in page.get_by_role("tab").all():
        tab.click()
    for search in page.get_by_role("searchbox").all():
        if search.is_visible():
            search.fill("<img src=x onerror=alert(1)> boats")
            search.fill("")
    for kind in ("counts", "articles", "timeline", "lanes", "dates"):
        marks = page.locator(f".fl-view-{kind}").locator("button, [role=img], [tabindex='0']")
        for mark in marks.all()[:6]:
            if mark.is_visible() and mark.is_enabled():
                mark.focus()
                mark.press("Enter")
    page.evaluate("""document.querySelectorAll("main *").forEach((node) => {
        for (const name of ["pointerenter", "pointermove", "mouseover", "mouseenter", "focus"]) {
            node.dispatchEvent(new MouseEvent(name, { bubbles: true }));
        }
    })""")


def test_its_words_are_read_as_words(browser, pages):
    with open_file(browser, pages["views"], viewport={"width": 1280, "height": 900}) as watched:
        words = watched.page.locator("main").inner_text()
        for plant in (MARKUP[0], MARKUP[2], MARKUP[20], *LABELS):
            assert plant in words
        search, read = watched.view("filters").get_by_role("searchbox"), watched.view("sentences")
        every = read.locator(".fl-statement").inner_text()
        search.fill('"<svg onload"')
        assert read.locator(".fl-statement").inner_text() != every
        assert MARKUP[3] in read.locator("blockquote").first.inner_text()
        assert (watched.requests, watched.complaints) == ([], [])


def test_no_cell_of_a_saved_table_is_a_formula(browser, pages):
    with open_file(browser, pages["views"], viewport={"width": 1280, "height": 900}) as watched:
        page, rows = watched.page, []
        for tab in page.get_by_role("tab").all():
            tab.click()
        for button in page.locator(".fl-view-downloads").get_by_role("button", name="as a table").all():
            with page.expect_download() as started:
                button.click()
            text = Path(started.value.path()).read_bytes().decode("utf-8-sig")
            rows += csv.reader(io.StringIO(text, newline=""))
            assert re.fullmatch(r"framelines[\w.-]*\.csv", started.value.suggested_filename)
        assert (watched.requests, watched.complaints) == ([], [])
    cells = [cell for row in rows for cell in row]
    assert len(rows) > 300
    harmful = [cell for cell in cells if FORMULA.match(cell) and not NUMBER.fullmatch(cell)]
    assert harmful == []
    for formula in FORMULAS:
        assert any(cell.startswith(f"'{formula}") for cell in cells), "the table has it, disarmed"


@pytest.mark.parametrize("data", ["escaped", "not escaped"])
def test_without_escaping_the_policy_alone_holds(browser, tmp_path, monkeypatch, pages, data):
    """The page as if no one had thought of markup, in its words and in its data: only its policy is left."""
    nb = unescape(pages["saved"])
    monkeypatch.setattr(html, "escape", lambda text, quote=True: str(text))
    monkeypatch.setattr(export, "take_out_acting", lambda soup: None)
    monkeypatch.setattr(export, "mend_links", lambda soup: None)
    if data == "not escaped":
        # Of all stores at once, elements would be nested so deep that no browser gets to their end.
        nb.cells = [cell for cell in nb.cells if "actor" in cell.source or cell.cell_type == "markdown"]
        monkeypatch.setattr(static, "script_json", lambda value: json.dumps(value, default=str))
    plain = dict.fromkeys(("e", "escape", "escape_html", "ansi2html"), lambda text: str(text))
    written = FramelinesExporter(filters=plain).from_notebook_node(nb)[0]
    # No policy forbids a page to forward its reader: that such elements are taken out is tested above.
    written = re.sub("(http-equiv=[\"']?)refresh", r"\1nothing", written)
    assert f"<script>{RUN}</script>" in written
    if data == "escaped":
        bare = re.sub(r'<meta [^>]*Content-Security-Policy"[^>]*>', "", written)
        with open_written(browser, tmp_path / "bare.html", bare) as (page, asked):
            page.wait_for_function("typeof window.pwned !== 'undefined'")
            assert asked, "without its policy the page would be harmed"
    with open_written(browser, tmp_path / "guarded.html", written) as (page, asked):
        page.evaluate(CLICK_SCRIPTS)
        assert page.evaluate(TRY_AN_IMAGE) == "undefined"
        assert asked == []
        assert page.url.startswith("file:")


def unescape(path: Path) -> nbformat.NotebookNode:
    """A run notebook with the HTML of its outputs as it would be if nothing in it had been escaped."""
    # With this mark in it, the page could not be written at all.
    nb = nbformat.reads(re.sub(r"(<|&lt;)!\[", r"\1[", path.read_text("utf-8")), as_version=4)
    for cell in nb.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "text/html" in data:
                data["text/html"] = html.unescape("".join(data["text/html"]))
    return nb


@contextmanager
def open_written(browser: Any, path: Path, written: str) -> Iterator[tuple[Any, list[str]]]:
    """Open a page that may be broken; the addresses that it asked for, past its policy."""
    path.write_text(written, encoding="utf-8")
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    context.route(f"{AWAY}**", lambda route: (asked.append(route.request.url), route.abort()))
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.goto(path.as_uri(), wait_until="domcontentloaded", timeout=120_000)
    yield page, asked
    context.close()


def test_nothing_of_it_runs_in_jupyterlab(browser, lab):
    folder = lab.make_folder("hostile")
    write_hostile(folder / "pages")
    asked, dialogs = [], []
    with run_notebook_live(browser, lab, write_notebook(folder / "views.ipynb")) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        page.get_by_text("Corpus fingerprint").last.wait_for(state="attached", timeout=400_000)
        for cell in page.locator(".jp-CodeCell").all():
            cell.scroll_into_view_if_needed()
        page.locator(".fl-view-sentences blockquote").first.wait_for(state="attached")
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        assert page.locator(".fl-view").count() >= 12
        assert page.locator("[data-mime-type*=error]").count() == 0
        assert page.locator(".jp-OutputArea").get_by_text(MARKUP[2]).count() > 0
        assert is_unharmed(page)
        assert page.evaluate(TRY_AN_IMAGE) == "number", "what runs here would be seen"
        assert [url for url in asked if not url.startswith((lab.base, "blob:", "data:"))] == []
        assert dialogs == []
