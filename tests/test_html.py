"""HTML pages: the body and why the rest was left out, the page's own facts, and markup that is broken."""

from __future__ import annotations

import json
from email.message import EmailMessage
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis as an
from analysis.corpus.reading.html import read_html
from analysis.corpus.reading.mhtml import read_mhtml
from analysis.corpus.reading.visible import MAX_DEPTH, parse_html, render
from analysis.errors import CorpusFormatError

PARAGRAPHS = (
    "The ferry company said on Tuesday that it would stop the night crossing to the islands in March.",
    "Mina Holt, who has run the harbour office for nine years, said the decision had come without warning.",
    "“We were told to expect a new timetable, and we were given none,” she told the council’s committee.",
    "The company carries 4,000 people a week in winter, and about three times as many in the summer months.",
    "A second operator has asked for the licence, but its ships are too long for the pier at Sandholm.",
    "Councillors will meet the company again next week, and they expect a written answer before that day.",
)
HEADLINE = "Night ferry to the outer islands will stop in March"
RELATED = (
    "Bakers on the islands warn that flour will be short before the end of the winter, and blame the mills."
)
COMMENT = (
    "I have taken this boat since I was a child and nobody has ever asked me what I think about it at all."
)
CAPTION = "The night ferry at Sandholm pier last week, photographed from the harbour office"


def page(*, head: str = "", body: str | None = None, title: str = f"{HEADLINE} | Example Herald") -> str:
    """A saved news page with everything around the article that such pages have."""
    text = "\n".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS[3:])
    article = f"""
      <article><h1>{HEADLINE}</h1>
        <p class="byline">By Ana Ruiz</p><time datetime="2025-03-04">4 March 2025</time>
        <figure><img src="ferry.jpg"><figcaption>{CAPTION}</figcaption></figure>
        <p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p>
        <h2>Ships too long for the pier</h2>{text}</article>"""
    return f"""<!DOCTYPE html><html><head><title>{title}</title>{head}
      <style>p {{ color: red }}</style><script>var secret = "{RELATED}";</script></head><body>
      <nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
      <main>{article if body is None else body}</main>
      <section class="related-stories"><h3>More on this</h3><p><a href="/flour">{RELATED}</a></p></section>
      <section id="comments"><h3>Comments</h3><p>{COMMENT}</p></section>
      <noscript>Turn scripts on.</noscript><div style="display: none">Not shown.</div>
      <footer><p>Example Herald, 1 Quay Street. All rights reserved.</p></footer></body></html>"""


def linked(**facts: object) -> str:
    """A JSON-LD script about a news article."""
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": HEADLINE, **facts}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


@pytest.fixture
def load(tmp_path):
    """Loads one page as a corpus."""

    def write(markup: str | bytes, name: str = "page.html") -> an.Corpus:
        data = markup if isinstance(markup, bytes) else markup.encode("utf-8")
        (tmp_path / name).write_bytes(data)
        return an.load(tmp_path)

    return write


def roles(corpus: an.Corpus) -> dict[str, tuple[str, str]]:
    """Role and rule of each segment of the only page, by its text."""
    text = corpus.pages[0].page.text
    return {
        placed.segment.text(text): (placed.segment.role, placed.segment.rule)
        for placed in corpus.segments
        if placed.segment.role != "blank"
    }


# The body


@pytest.mark.parametrize("head", ["", linked(), '<meta property="og:type" content="article">'])
def test_body_is_the_article_and_nothing_around_it(load, head):
    corpus = load(page(head=head))
    (article,) = corpus.articles
    assert article.text == "\n".join(PARAGRAPHS)
    assert article.headline == HEADLINE
    assert article.kind == "main"


def test_every_stretch_left_out_says_why(load):
    found = roles(load(page(head=linked())))
    assert found[HEADLINE] == ("headline", "the page's title")
    assert found[PARAGRAPHS[0]] == ("paragraph", "body by trafilatura")
    assert found["Ships too long for the pier"] == ("crosshead", "<h2> in the body")
    assert found[CAPTION] == ("caption", "left out by trafilatura, inside <figcaption>")
    assert found["Sport"] == ("furniture", "left out by trafilatura, inside <nav>")
    assert found["By Ana Ruiz"][0] == "byline"
    assert found["4 March 2025"][0] == "stamp"
    assert "related stories" in found[RELATED][1]
    assert "comments" in found[COMMENT][1]
    assert "<footer>" in found["Example Herald, 1 Quay Street. All rights reserved."][1]


def test_articles_text_is_its_paragraphs_on_the_page(load):
    corpus = load(page(head=linked()))
    text, (article,) = corpus.pages[0].page.text, corpus.articles
    kept = [placed for placed in corpus.segments if placed.article_start is not None]
    assert len(kept) == len(PARAGRAPHS)
    for placed in kept:
        assert article.text[placed.article_start : placed.article_end] == placed.segment.text(text)


@pytest.mark.parametrize("copy", ["before", "after"])
def test_copy_of_a_paragraph_in_a_teaser_is_not_taken_for_the_body(load, copy):
    teaser = f"<aside class='teaser'><p>{PARAGRAPHS[0]}</p></aside>"
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    article = f"<article><h1>{HEADLINE}</h1>{text}</article>"
    corpus = load(page(head=linked(), body=teaser + article if copy == "before" else article + teaser))
    assert corpus.articles[0].text == "\n".join(PARAGRAPHS)
    first = next(p.segment.start for p in corpus.segments if p.segment.role == "paragraph")
    shown = corpus.pages[0].page.text
    assert first == (shown.rfind(PARAGRAPHS[0]) if copy == "before" else shown.find(PARAGRAPHS[0]))
    assert shown.count(PARAGRAPHS[0]) == 2


def test_page_without_a_body_is_read_by_the_rules_for_plain_text(load):
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS * 2)
    corpus = load(f"<html><body><aside>{text}</aside></body></html>")
    assert corpus.pages[0].page.segments == ()
    assert [p.what for p in corpus.problems if "No body was found" in p.what]
    assert PARAGRAPHS[0] in corpus.pages[0].page.text


@pytest.mark.parametrize(
    "markup", ["<html><body><script>var a;</script></body></html>", "<!-- nothing -->", "<a "]
)
def test_page_that_shows_no_text_is_told_and_the_rest_is_loaded(tmp_path, markup):
    (tmp_path / "a.html").write_text(markup, encoding="utf-8")
    (tmp_path / "b.html").write_text(page(), encoding="utf-8")
    corpus = an.load(tmp_path)
    assert [problem.page for problem in corpus.unread] == ["a.html"]
    assert [article.page for article in corpus.articles] == ["b.html"]


def test_live_blog_by_its_metadata_is_a_lead_and_its_entries(load):
    entries = "".join(
        f"<div><h2>Talks on the ferry, part {n}</h2><time>{n}:15</time><p>{first}</p><p>{second}</p></div>"
        for n, (first, second) in enumerate(pairwise(PARAGRAPHS[1:]), 10)
    )
    body = f"<article><h1>{HEADLINE}</h1><p>{PARAGRAPHS[0]}</p>{entries}</article>"
    corpus = load(page(head=linked(**{"@type": "LiveBlogPosting", "datePublished": "2025-03-04"}), body=body))
    assert corpus.pages[0].layout == "live blog"
    lead, *rest = corpus.articles
    assert (lead.kind, lead.headline, lead.text) == ("liveblog_lead", HEADLINE, PARAGRAPHS[0])
    assert [entry.headline for entry in rest] == [f"Talks on the ferry, part {n}" for n in range(10, 14)]
    assert rest[0].text == f"{PARAGRAPHS[1]}\n{PARAGRAPHS[2]}"
    assert {entry.published_earliest for entry in rest} == {"2025-03-04"}


# The visible text


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<p>one <b>two</b><i>three</i></p>", "one twothree"),
        ("<p>one\n   two\t three </p>", "one two three"),
        ("<p>one<br>two<br/><br>three</p>", "one\ntwo\nthree"),
        ("<div>one<div>two</div>three</div>", "one\ntwo\nthree"),
        ("<ul><li>one</li><li>two</li></ul>", "one\ntwo"),
        ("<table><tr><td>one</td><td> two </td></tr><tr><th>three</th></tr></table>", "one\ttwo\nthree"),
        ("<pre>one\n  two</pre>", "one\ntwo"),
        ("<p>Caf&eacute; &amp; b&#97;r</p>", "Café & bar"),
        ("<p>A&nbsp;B</p>", "A\xa0B"),
        ("<p>one<!-- not shown -->two</p>", "onetwo"),
        ("<p>one<script>x</script><template>y</template> two</p>", "one two"),
        (
            "<p hidden>one</p><p style='Display: none'>two</p><p style='visibility:hidden'>x</p><p>three</p>",
            "three",
        ),
        ("<p>one\u2028two\x85three</p>", "one two three"),
        ("<p>one\x00two</p>", "onetwo"),
        ("one<p>two</div></p>three", "one\ntwo\nthree"),
    ],
)
def test_visible_text_is_what_a_browser_shows(markup, shown):
    assert render(parse_html(f"<html><body>{markup}</body></html>")[0]).text == shown


_TAG_NAMES = (
    "p",
    "div",
    "b",
    "h1",
    "li",
    "td",
    "table",
    "pre",
    "script",
    "br",
    "article",
    "blockquote",
    "time",
    "a",
)
_SOUP = st.lists(
    st.one_of(
        st.sampled_from(_TAG_NAMES).map(lambda tag: f"<{tag}>"),
        st.sampled_from(_TAG_NAMES).map(lambda tag: f"</{tag}>"),
        st.sampled_from(
            ("<p class='byline'>", "<div hidden>", "<!--", "-->", "<", "&lt;", "&#0;", "<![CDATA[", "\n")
        ),
        st.sampled_from(PARAGRAPHS),
        st.text(max_size=20),
    ),
    max_size=40,
).map("".join)


@settings(max_examples=60)
@given(_SOUP)
def test_segments_tile_the_visible_text_of_any_tag_soup(soup):
    try:
        read = read_html("soup.html", "0", "utf-8", f"<html><body>{soup}").page
    except CorpusFormatError:
        return
    at = 0
    for segment in read.segments:
        assert segment.start == at < segment.end
        assert segment.role and segment.rule
        assert (segment.role == "blank") == (not segment.text(read.text).strip())
        at = segment.end
    assert at in (0, len(read.text))


@pytest.mark.parametrize(
    ("tag", "depth"), [("div", MAX_DEPTH + 50), ("blockquote", 5_000), ("span", 100_000)]
)
def test_nesting_without_end_loses_no_text_and_is_told(load, tag, depth):
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    corpus = load(
        f"<html><body>{f'<{tag}>' * depth}{text}{f'</{tag}>' * depth}<p>{RELATED}</p></body></html>"
    )
    shown = corpus.pages[0].page.text
    assert [line for line in (*PARAGRAPHS, RELATED) if line not in shown] == []
    assert [p.severity for p in corpus.problems if "nested too deep" in p.what] == ["warning"]
    assert corpus.articles


# The page's own facts


def test_facts_of_a_page_with_full_metadata(load):
    facts = linked(
        datePublished="2025-03-04T06:00:00+00:00",
        author=[{"@type": "Person", "name": "Ana Ruiz"}, {"@type": "Person", "name": "Lena Marsh"}],
        publisher={"@type": "Organization", "name": "Example Herald"},
    )
    canonical = '<link rel="canonical" href="https://herald.example/ferry">'
    (article,) = load(page(head=facts + canonical)).articles
    assert article.published_earliest == article.published_latest == "2025-03-04"
    assert article.published_basis == "JSON-LD datePublished"
    assert article.byline == "Ana Ruiz, Lena Marsh"
    assert article.outlet == "Example Herald"
    assert article.url == "https://herald.example/ferry"


_DAY = {"@type": "NewsArticle", "headline": HEADLINE, "datePublished": "2025-03-04"}


@pytest.mark.parametrize(
    "script",
    [
        json.dumps(_DAY),
        json.dumps([{"@type": "WebSite", "name": "Example Herald"}, _DAY]),
        json.dumps({"@graph": [{"@type": "Organization"}, _DAY]}),
        json.dumps({"@type": "WebPage", "mainEntity": _DAY}),
        json.dumps({**_DAY, "@type": ["Article", "NewsArticle"]}),
        json.dumps({**_DAY, "@type": "https://schema.org/ReportageNewsArticle"}),
        json.dumps({"@graph": [{"@type": "NewsArticle", "url": "/teaser"}, _DAY]}),
        f"<!-- {json.dumps(_DAY)} -->",
        f"//<![CDATA[\n{json.dumps(_DAY)}\n//]]>",
        json.dumps(_DAY)[:-1] + ", }",
        json.dumps(_DAY).replace("Night ferry", "Night\nferry"),
        json.dumps(_DAY) + ";",
    ],
)
def test_json_ld_is_understood_in_the_forms_that_pages_have(load, script):
    (article,) = load(page(head=f'<script type="application/ld+json">{script}</script>')).articles
    assert (article.published_earliest, article.published_basis) == ("2025-03-04", "JSON-LD datePublished")
    assert article.headline == HEADLINE


@pytest.mark.parametrize(
    "script", ["{", "[" * 200_000, '{"a":' * 200_000, "null", "12", '"text"', '{"@type": 5}', ""]
)
def test_json_ld_that_says_nothing_is_passed_over(load, script):
    (article,) = load(page(head=f'<script type="application/ld+json">{script}</script>')).articles
    assert article.text == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("head", "basis"),
    [
        (
            '<meta property="article:published_time" content="2025-02-11T06:00Z">',
            "meta article:published_time",
        ),
        ('<meta name="parsely-pub-date" content="2025-02-11">', "meta parsely-pub-date"),
        ('<meta name="DC.date.issued" content="11 February 2025">', "meta dc.date.issued"),
        ('<meta itemprop="datePublished" content="2025-02-11">', "meta datepublished"),
        (
            '<link rel="canonical" href="https://herald.example/2025/02/11/ferry">',
            "the day in the page's address",
        ),
        (
            '<link rel="canonical" href="https://herald.example/news/2025/feb/11/ferry">',
            "the day in the page's address",
        ),
    ],
)
def test_day_comes_from_the_first_place_that_names_it(load, head, basis):
    (article,) = load(page(head=head)).articles
    assert (article.published_earliest, article.published_basis) == ("2025-02-11", basis)


@pytest.mark.parametrize("value", ["0001-01-01T00:00:00Z", "2025-02-30", "2950-01-01", "1/2/2025", "1/21"])
def test_impossible_day_is_told_and_the_next_place_asked(load, value):
    head = linked(datePublished=value) + '<meta name="pubdate" content="2025-02-11">'
    corpus = load(page(head=head))
    assert corpus.articles[0].published_basis == "meta pubdate"
    (problem,) = [problem for problem in corpus.problems if problem.stage == "date"]
    assert problem.severity == "warning"
    assert value in problem.what and "JSON-LD datePublished" in problem.what


def test_day_that_only_the_text_names_is_no_metadata(load):
    text = "".join(f"<p>{paragraph} It was 12 May 2019.</p>" for paragraph in PARAGRAPHS)
    (article,) = load(f"<html><head><title>{HEADLINE}</title></head><body>{text}</body></html>").articles
    assert "htmldate" not in (article.published_basis or "")


@pytest.mark.parametrize(
    "title",
    [f"{HEADLINE} | Example Herald", f"{HEADLINE} - Example Herald", f"Example Herald: {HEADLINE}", HEADLINE],
)
def test_headline_without_the_outlets_name(load, title):
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    site = '<meta property="og:site_name" content="Example Herald">'
    (article,) = load(page(head=site, title=title, body=f"<article>{text}</article>")).articles
    assert article.headline == HEADLINE


def test_comment_of_a_saving_browser_names_the_address(load):
    saved = "<!-- saved from url=(0034)https://herald.example/ferry-stops -->"
    (article,) = load(page().replace("<html>", saved + "<html>", 1)).articles
    assert article.url == "https://herald.example/ferry-stops"


# Pages saved as one file


def saved_page(markup: str, **headers: str) -> bytes:
    message = EmailMessage()
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content("ferry")
    message.clear_content()
    message.make_related()
    picture = EmailMessage()
    picture.set_content(b"GIF89a", "image", "gif")
    part = EmailMessage()
    part.set_content(markup, subtype="html", charset="utf-8", cte="quoted-printable")
    part["Content-Location"] = "https://herald.example/part"
    message.attach(picture)
    message.attach(part)
    return message.as_bytes()


def test_page_saved_as_one_file():
    headers = {
        "Snapshot_Content_Location": "https://herald.example/ferry",
        "Date": "Wed, 5 Mar 2025 10:00:00 -0000",
    }
    markup, url, saved = read_mhtml(saved_page(page(), **headers))
    assert PARAGRAPHS[2] in markup
    assert (url, saved) == ("https://herald.example/ferry", "2025-03-05")
    assert read_mhtml(saved_page(page()))[1:] == ("https://herald.example/part", None)


def test_article_of_a_page_saved_as_one_file(load):
    data = saved_page(page(head=linked()), Date="Wed, 5 Mar 2025 10:00:00 -0000")
    (article,) = load(data, "page.mhtml").articles
    assert article.text == "\n".join(PARAGRAPHS)
    assert (article.url, article.scraped) == ("https://herald.example/part", "2025-03-05")


@pytest.mark.parametrize("data", [b"", b"Subject: ferry\n\nNo page here.", b"\xff\xfe\x00", b"--x\n" * 1000])
def test_saved_file_without_a_page_is_told(data):
    with pytest.raises(CorpusFormatError, match="no HTML page"):
        read_mhtml(data)


def test_saved_file_of_messages_inside_messages_does_not_stop_the_rest():
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(5000))
    with pytest.raises(CorpusFormatError, match="no HTML page"):
        read_mhtml(nested)


@pytest.mark.parametrize(
    ("head", "headline"),
    [("", "Night ferry to stop"), ("<title>Ferry news</title>", "Ferry news")],
)
def test_heading_above_the_body_is_the_headline_where_no_title_says_it(tmp_path, head, headline):
    body = "<h2>Night ferry to stop</h2>" + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    markup = f"<html><head>{head}</head><body><article>{body}</article></body></html>"
    (tmp_path / "a.html").write_text(markup, encoding="utf-8")
    (article,) = an.load(tmp_path).articles
    assert article.headline == headline
    assert article.text == "\n".join(PARAGRAPHS)
