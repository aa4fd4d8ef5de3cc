"""An exported page in Chromium, from disk, with the network shut: its views, and what must not run."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from browser import open_file
from made_tables import HOSTILE, SENTENCES, make_tables

from analysis.report.execute import run_notebook
from analysis.report.export import FramelinesExporter
from analysis.report.index import IndexEntry, build_index
from analysis.views.evidence import event_evidence, frame_evidence

pytestmark = pytest.mark.browser

# The contrast of each visible word with the nearest opaque ground below it, as WCAG counts it.
CONTRASTS = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const parts = (color) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const linear = (v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
  const ground = (node) => {
    for (; node; node = node.parentElement) {
      const color = parts(getComputedStyle(node).backgroundColor);
      if (color[3] > 250) return color;
    }
    return [255, 255, 255];
  };
  const words = ".fl-view :is(p, button, mark, th, span, summary), .framelines-figure text, .prose, caption";
  return [...document.querySelectorAll(words)]
    .filter((node) => node.textContent.trim() && node.getClientRects().length && !node.disabled)
    .map((node) => {
      const style = getComputedStyle(node), ink = node instanceof SVGElement ? style.fill : style.color;
      const [a, b] = [light(parts(ink)), light(ground(node))];
      return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), node.textContent.slice(0, 30)];
    });
}"""
START = (
    f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
    "import ipywidgets as widgets\nfrom made_tables import make_tables\n"
    "from analysis.views import charts, evidence\nfrom analysis.views.explorer import Explorer\n"
    "tables = make_tables()"
)
VIEWS = (
    START,
    "frames = Explorer(evidence.frame_evidence(tables), dimensions=['frame', 'voice', 'speaker'],"
    " unit='frame match')\nframes.show('frame', 'outlet')",
    "events = Explorer(evidence.event_evidence(tables), dimensions=['status', 'instrument', 'actors'],"
    " unit='event')\nparts = [events.timeline(colour='status', label='instrument'), events.sentences()]\n"
    "widgets.VBox([events.filters(), widgets.Tab(parts, titles=['When', 'Read'])])",
    "tables.articles[['outlet', 'headline']]",
    "widgets.Dropdown(options=['one', 'two'], description='Corpus:')",
    "none = evidence.frame_evidence(make_tables(frames=[]))\n"
    "Explorer(none, dimensions=['frame'], unit='frame match').show()",
)
CHARTS = (
    START,
    "charts.plot_frames(tables)",
    "charts.plot_timeline(tables)",
    "Explorer(evidence.frame_evidence(tables), dimensions=['frame', 'voice'], unit='match').show('frame')",
)


def write_page(folder: Path, cells: tuple[str, ...]) -> Path:
    prose = f"# A page\n\n## First question\n\nText.\n\n## Second question\n\n`{HOSTILE}`"
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(prose)])
    nb.cells += [nbformat.v4.new_code_cell(source) for source in cells]
    assert run_notebook(nb, folder=folder, timeout=300, progress=print) is None
    page = folder / "page.html"
    page.write_text(FramelinesExporter().from_notebook_node(nb)[0], encoding="utf-8")
    return page


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> Path:
    """A page of views without charts: it opens fast, for the tests that drive it."""
    return write_page(tmp_path_factory.mktemp("views"), VIEWS)


@pytest.fixture(scope="module")
def charted(tmp_path_factory) -> Path:
    """A page with charts, and so with the chart library."""
    return write_page(tmp_path_factory.mktemp("charts"), CHARTS)


def choose(watched, dimension: str, value: str, number: int = 0) -> None:
    group = watched.view("filters", number).locator(f"[data-dimension={dimension}]")
    group.locator("summary").click()
    group.get_by_role("checkbox", name=value, exact=False).check()


def statement(watched, kind: str, number: int = 0) -> str:
    return watched.view(kind, number).locator(".fl-statement").inner_text()


def test_every_view_is_drawn(opened):
    assert opened.page.locator(".fl-view").count() == 7 + 3 + 6
    assert opened.page.locator(".fl-view:empty").count() == 0


def test_charts_are_drawn_and_say_in_words_what_they_show(browser, charted):
    with open_file(browser, charted) as watched:
        page = watched.page
        drawn = page.locator(".framelines-figure .wide svg")
        assert [drawn.nth(n).locator("[role=img]").count() for n in range(drawn.count())] == [2, 2]
        charts = page.get_by_role("group", name="Chart. Articles in which a frame is found. Of 4 articles, 4")
        assert charts.count() == 1
        page.get_by_text("Show the data").first.click()
        assert page.get_by_role("cell", name="Security and defence", exact=True).is_visible()
        assert page.locator(".fl-view").count() == 7
        assert (watched.requests, watched.complaints) == ([], [])


def test_page_is_small_and_its_policy_has_no_loophole(charted):
    page = charted.read_text(encoding="utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert len(page.encode()) < 3_500_000
    assert rules["default-src"] == rules["connect-src"] == rules["form-action"] == "'none'"
    assert re.fullmatch(r"'sha256-[A-Za-z0-9+/=]{44}' blob:", rules["script-src"])


def test_a_filter_changes_every_linked_view(opened):
    assert statement(opened, "filters") == "10 of 10 frame matches in 4 of 4 articles"
    choose(opened, "outlet", "Example Herald")
    said = "6 of 10 frame matches in 2 of 4 articles: Example Herald"
    assert statement(opened, "filters") == statement(opened, "sentences") == said
    assert statement(opened, "articles") == "2 of 4 articles"
    assert opened.view("sentences").locator("li.fl-evidence").count() == 6
    assert opened.view("counts").get_by_role("button", name="0 frame matches: Example Post").count() == 1
    assert statement(opened, "filters", 1).startswith("4 of 4 events"), "another explorer is not linked"


def test_search_counts_sentences_and_reset_brings_all_back(opened):
    filters = opened.view("filters")
    filters.get_by_label("Search the sentences").fill("WE NEED")
    said = "4 of 10 frame matches in 4 of 4 articles: words “WE NEED”"
    assert statement(opened, "sentences") == said
    filters.get_by_role("button", name="Reset").click()
    assert statement(opened, "sentences") == "10 of 10 frame matches in 4 of 4 articles"


def test_dates_leave_out_what_cannot_lie_between_them(opened):
    filters = opened.view("filters")
    filters.get_by_label("From").fill("2025-02-10")
    said = "5 of 10 frame matches in 2 of 4 articles: from 10 February 2025"
    assert statement(opened, "filters") == said
    assert "2 without a date left out" in filters.inner_text()


def test_counts_equal_those_of_the_table(opened):
    evidence = frame_evidence(make_tables())
    counts = evidence.groupby(["frame", "outlet"]).size()
    view = opened.view("counts")
    for (frame, outlet), count in counts.items():
        unit = "frame match" if count == 1 else "frame matches"
        name = f"{count} {unit}: {frame}, {outlet}"
        assert view.get_by_role("button", name=name, exact=True).inner_text() == str(count)
    assert view.locator(".fl-grand").inner_text() == str(len(evidence))
    view.get_by_label("Count", exact=True).select_option("articles")
    articles = evidence.groupby("frame")["article_id"].nunique()
    for frame, count in articles.items():
        assert view.get_by_role("button", name=f"{count} articles: {frame}", exact=True).count() == 1


@pytest.mark.parametrize("way", ["click", "Enter"])
def test_a_count_reads_its_sentences_with_the_match_marked(opened, way):
    name = "2 frame matches: Economic, Example Herald"
    button = opened.view("counts").get_by_role("button", name=name, exact=True)
    if way == "click":
        button.click()
    else:
        button.focus()
        opened.page.keyboard.press("Enter")
    read = opened.view("sentences")
    assert read.locator("blockquote mark").all_inner_texts() == ["budget", "budget"]
    assert "Reading: Economic, Example Herald" in read.inner_text()
    assert button.get_attribute("aria-pressed") == "true"
    focused = opened.page.evaluate("document.activeElement.className")
    assert (focused == "fl-sentences") == (way == "Enter")
    button.click()
    assert read.locator("li.fl-evidence").count() == 10


def test_emoji_before_a_match_do_not_shift_the_mark(opened):
    opened.page.get_by_role("tab", name="Read").click()
    opened.view("filters").get_by_label("Search the sentences").fill("need security")
    assert opened.view("sentences").locator("mark:not(.fl-hit)").first.inner_text() == "security"
    assert opened.view("sentences").locator("blockquote").first.inner_text() == SENTENCES[1]


def test_time_line_tells_days_intervals_and_what_has_no_date(opened):
    line = opened.view("timeline")
    names = [row.get_attribute("aria-label") for row in line.locator(".fl-time-row").all()]
    what = "fishing quota, agreed"
    assert names == [f"June 2024, {what}: 2 events", f"12 June 2024, {what}: 1 event"]
    assert line.locator(".fl-day").count() == 1
    assert event_evidence(make_tables())["date_earliest"].isna().sum() == 1
    line.get_by_role("button", name="1 event without a date").click()
    opened.page.get_by_role("tab", name="Read").click()
    assert opened.view("sentences", 1).locator("li.fl-evidence").count() == 1


def test_empty_results_say_why_and_offer_the_way_out(opened):
    filters, read = opened.view("filters"), opened.view("sentences")
    filters.get_by_label("Search the sentences").fill("no such words")
    why = "No frame matches with words “no such words”. There are 10 without filters."
    assert why in read.inner_text()
    read.get_by_role("button", name="Reset the filters").click()
    assert read.locator("li.fl-evidence").count() == 10
    assert (
        "No frame matches were found in this corpus of 4 articles."
        in opened.view("sentences", 2).inner_text()
    )


def test_an_article_line_reads_that_article(opened):
    opened.view("articles").get_by_role("button", name="No stamp on this page").click()
    assert statement(opened, "sentences") == "2 of 10 frame matches in 1 of 4 articles"


def test_hostile_text_is_shown_as_letters_and_runs_nothing(opened):
    assert HOSTILE in opened.view("sentences").inner_text()
    assert HOSTILE in opened.page.locator("main").inner_text()
    assert opened.page.locator("img[src=x]").count() == 0


def test_policy_stops_a_script_an_image_and_a_fetch(browser, exported):
    with open_file(browser, exported) as watched:
        stopped = []
        watched.page.on("requestfailed", lambda request: stopped.append(request.failure))
        ran = watched.page.evaluate("""async () => {
            const script = document.createElement("script");
            script.textContent = "window.ran = 1";
            document.body.append(script);
            const image = document.createElement("img");
            image.setAttribute("onerror", "window.ran = 2");
            image.src = "https://example.org/x.png";
            document.body.append(image);
            const answer = await fetch("https://example.org/").then(() => "got", () => "refused");
            await new Promise((done) => setTimeout(done, 300));
            return [window.ran ?? null, answer];
        }""")
        assert ran == [None, "refused"]
        # Stopped by the policy, before the test's own shut network.
        assert set(stopped) == {"csp"}


def test_contents_link_to_headings_and_code_is_folded(opened):
    links = opened.page.get_by_role("navigation", name="Contents").get_by_role("link")
    assert links.all_inner_texts() == ["First question", "Second question"]
    assert opened.page.locator("#first-question").count() == 1
    assert opened.page.locator("details.code").count() == len(VIEWS)
    assert opened.page.locator("details.code[open]").count() == 0
    assert opened.page.locator("html").get_attribute("lang") == "en"


def test_kernel_controls_are_shown_as_their_value(opened):
    assert "Corpus: one (works in JupyterLab only)" in opened.page.locator("main").inner_text()


def test_tabs_answer_to_arrow_keys(opened):
    first = opened.page.get_by_role("tab", name="When")
    first.focus()
    opened.page.keyboard.press("ArrowRight")
    assert opened.page.get_by_role("tab", name="Read").get_attribute("aria-selected") == "true"
    assert opened.view("timeline").is_hidden()


def test_index_links_pages_and_uses_its_width(browser, tmp_path):
    entries = [IndexEntry("a", "What <now>?", "A summary."), IndexEntry("b", "Broken", "", "cell 2 failed")]
    index = build_index(entries, corpus=tmp_path, fingerprint="0" * 64, versions={"x": "1"})
    (tmp_path / "index.html").write_text(index, encoding="utf-8")
    page = browser.new_page(viewport={"width": 1300, "height": 900})
    page.goto((tmp_path / "index.html").as_uri())
    assert page.locator("main").bounding_box()["width"] > 900
    assert page.get_by_role("link").all_inner_texts() == ["What <now>?"]
    assert "cell 2 failed" in page.locator("main").inner_text()
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_narrow_page_does_not_scroll_sideways(browser, exported, scheme):
    size = {"width": 390, "height": 800}
    with open_file(browser, exported, viewport=size, color_scheme=scheme) as watched:
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(browser, charted, scheme):
    with open_file(browser, charted, color_scheme=scheme) as watched:
        ratios = watched.page.evaluate(CONTRASTS)
    assert len(ratios) > 50
    assert [(round(ratio, 1), text) for ratio, text in ratios if ratio < 4.5] == []
