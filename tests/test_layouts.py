"""Pages come apart into articles: each layout's evidence, and the generator's pages as a whole."""

from __future__ import annotations

import random
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_articles import ARTICLES

import analysis as an
from analysis.corpus.splitting.layouts import read_layout
from analysis.corpus.splitting.segments import split_page

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import boundaries
import dumps

TEXT = "The council met on Monday and voted for the plan after a debate of two hours, its leader said."
MORE = "Nobody spoke against it, and the work will begin in the spring when the ground is dry again."
LIVE = "Budget live: chancellor speaks today\nThe chancellor stands up at noon, her office said.\n"
HEADINGS = (
    "Taxes on petrol are to rise",
    "Opposition leader calls it a swindle",
    "Markets fall after speech",
)


@pytest.fixture
def load(tmp_path) -> Callable[[str], an.Corpus]:
    """Load one page of plain text."""

    def run(text: str) -> an.Corpus:
        (tmp_path / "page.txt").write_text(text, encoding="utf-8")
        return an.load(tmp_path, topic="none")

    return run


def kinds(corpus: an.Corpus) -> list[tuple[str, str | None]]:
    return [(article.kind, article.headline) for article in corpus.articles]


# The generator's pages


@pytest.fixture(scope="module")
def scores() -> list[boundaries.PageScore]:
    stories = boundaries.read_sample()
    return [s for layout in dumps.LAYOUTS for s in boundaries.score_layout(layout, 12, stories, seed=7)]


def test_generated_pages_come_apart_where_they_were_joined(scores):
    figures = boundaries.sum_up(scores)
    assert figures["f1"] >= FLOORS["f1"], figures
    assert figures["exact"] >= FLOORS["exact"], figures
    assert figures["headlines"] >= FLOORS["headlines"], figures


FLOORS = {"f1": 0.94, "exact": 0.88, "headlines": 0.93}


@pytest.mark.parametrize("layout", dumps.LAYOUTS)
def test_generated_pages_say_where_their_paragraphs_stand(layout):
    stories = [dumps.Story(headline, tuple(paragraphs)) for headline, paragraphs in ARTICLES]
    pages = [page for corpus in dumps.make_corpora(layout, 5, stories, random.Random(1)) for page in corpus]
    again = [page for corpus in dumps.make_corpora(layout, 5, stories, random.Random(1)) for page in corpus]
    assert pages == again
    for page in pages:
        spans = [span for article in page.articles for span in article.paragraphs]
        assert spans == sorted(spans)
        assert all(page.text[start:end].strip() == page.text[start:end] != "" for start, end in spans)


def test_made_articles_read_as_articles():
    assert len(ARTICLES) >= 25
    assert all(4 <= len(paragraphs) <= 12 for _, paragraphs in ARTICLES)
    assert all(any('"' in words for words in paragraphs) for _, paragraphs in ARTICLES)


# Live blogs


def blog(order: str) -> str:
    entries = []
    for n, heading in enumerate(HEADINGS):
        clock = f"{14 - n}:3{n}"
        lines = {
            "above": [clock, heading, TEXT, MORE],
            "under": [heading, clock, TEXT, MORE],
            "end": [heading, TEXT, MORE, clock],
            "none": [heading, TEXT, MORE],
        }[order]
        entries.append("\n".join(lines))
    return LIVE + "\n".join(entries)


@pytest.mark.parametrize("order", ["above", "under", "end", "none"])
def test_times_belong_to_the_entry_that_the_pages_pattern_gives_them(load, order):
    corpus = load(blog(order))
    assert corpus.pages[0].layout == "live blog"
    lead, *entries = corpus.articles
    assert (lead.kind, lead.headline) == ("liveblog_lead", LIVE.split("\n")[0])
    assert [(e.kind, e.headline, e.text) for e in entries] == [
        ("liveblog_entry", heading, f"{TEXT}\n{MORE}") for heading in HEADINGS
    ]
    clocks = [None] * 3 if order == "none" else ["14:30", "13:31", "12:32"]
    assert [e.stamp for e in entries] == clocks


def test_headings_listed_above_the_entries_are_no_entries(load):
    listed = "Key events\n" + "\n".join(f"{14 - n}:3{n}\n{h}" for n, h in enumerate(HEADINGS))
    page = blog("above").replace("14:30", f"{listed}\n14:30", 1)
    assert kinds(load(page))[1:] == [("liveblog_entry", heading) for heading in HEADINGS]


def test_entry_without_a_heading_begins_at_its_time(load):
    page = blog("above") + f"\n11:15\n{TEXT} That was all.\n{MORE}"
    assert kinds(load(page))[-1] == ("liveblog_entry", None)


def test_comments_with_times_make_no_live_blog(load):
    comments = "\n".join(f"Reader {n}\n{n} hours ago\nI did not like the plan at all." for n in range(2, 8))
    corpus = load(f"Council votes for the plan\n{TEXT}\n{MORE}\n{comments}")
    assert corpus.pages[0].layout == "single article"


# Letters


LETTERS = (
    "Letters to the Editor\nTrams deserve a second chance\n{one}\n{a}\nTwo sides to every timetable\n"
    "{two}\n{b}\nWho will pay for the rails?\n{three}\n{c}\nLetters may be shortened before we print them."
)


@pytest.mark.parametrize("salutation", ["SIR – ", "Sir, ", "Dear Editor, ", "Sir,\n", "Dear Sir or Madam,\n"])
@pytest.mark.parametrize("form", ["{name}\n{place}", "Yours faithfully,\n{name}\n{place}", "{name}, {place}"])
def test_letters_come_apart_with_their_headings_and_signatures(load, salutation, form):
    people = [
        ("Jane Roe", "Wells, Somerset"),
        ("Dr A. N. Other", "Leeds"),
        ("MARY POE", "Ely, Cambridgeshire"),
    ]
    signed = [form.format(name=name, place=place) for name, place in people]
    texts = [f"{salutation}{TEXT}\n{MORE}"] * 3
    page = LETTERS.format(**dict(zip(("one", "two", "three", "a", "b", "c"), texts + signed, strict=True)))
    corpus = load(page)
    assert corpus.pages[0].layout == "letters page"
    assert kinds(corpus) == [
        ("letter", "Trams deserve a second chance"),
        ("letter", "Two sides to every timetable"),
        ("letter", "Who will pay for the rails?"),
    ]
    assert [article.byline for article in corpus.articles] == [", ".join(person) for person in people]
    assert {article.text for article in corpus.articles} == {f"{salutation}{TEXT}\n{MORE}"}
    roles = {p.segment.role for p in corpus.segments if "Roe" in page[p.segment.start : p.segment.end]}
    assert roles == {"byline"}


def test_letter_without_a_heading_begins_at_its_salutation(load):
    letters = f"SIR – {TEXT}\nJane Roe\nLeeds\nSIR – {MORE}\nJohn Doe\nBath"
    corpus = load(f"Trams deserve a second chance\n{letters}")
    assert kinds(corpus) == [("letter", "Trams deserve a second chance"), ("letter", None)]
    assert [article.byline for article in corpus.articles] == ["Jane Roe, Leeds", "John Doe, Bath"]


# Heads


def test_name_and_role_in_one_line_above_a_time_sign_the_headline_further_up(load):
    head = (
        "Trams\nTrams to run all night from the spring\nMinisters say that it will help, but drivers doubt it"
    )
    signed = "Ana Ruiz Transport correspondent\nTue 4 Nov 2025 06.00 GMT"
    (article,) = load(f"{head}\n{signed}\n{TEXT}\n{MORE}\n{TEXT}").articles
    assert (article.byline, article.published_earliest) == ("Ana Ruiz", "2025-11-04")
    assert article.headline in head.splitlines()[1:]
    assert article.published_latest == "2025-11-04"


def test_a_headline_that_ends_with_a_role_is_no_byline_without_a_time_below(load):
    (article,) = load(f"Quay FM names Ana Ruiz Transport correspondent\n{TEXT}\n{MORE}").articles
    assert (article.headline, article.byline) == ("Quay FM names Ana Ruiz Transport correspondent", None)


# Aggregator pages


@pytest.mark.parametrize(
    "block",
    [
        "{outlet}\n{ago}\n- {outlet}\n{headline}\n{text}",
        "{outlet} • {ago}\n{headline}\n{text}",
        "{outlet}\n{ago}\n{headline}\n{text}",
        "{headline}\n{outlet}\n{ago}\n{text}",
        "{outlet}\n{headline}\n{ago}\n{text}",
    ],
)
def test_blocks_are_found_in_any_order_that_comes_back(load, block):
    about = [
        ("Example Herald", "3 hours ago"),
        ("Example Post", "an hour ago"),
        ("The Gazette", "2 days ago"),
    ]
    blocks = [
        block.format(outlet=outlet, ago=ago, headline=headline, text=f"{TEXT} {MORE}")
        for (outlet, ago), headline in zip(about, HEADINGS, strict=True)
    ]
    corpus = load("\n\n".join([f"Council votes for the plan\n{TEXT}\n{MORE}\nRelated Articles", *blocks]))
    assert corpus.pages[0].layout == "aggregator page"
    assert kinds(corpus) == [("main", "Council votes for the plan"), *(("related", h) for h in HEADINGS)]
    assert [a.outlet for a in corpus.articles] == [None, *(outlet for outlet, _ in about)]
    assert corpus.articles[0].text == f"{TEXT}\n{MORE}"


def test_one_label_with_a_time_is_no_block(load):
    corpus = load(f"Council votes for the plan\nExample Herald\n3 hours ago\n{TEXT}\n{MORE}")
    assert kinds(corpus) == [("main", "Council votes for the plan")]


# Glued articles


@pytest.mark.parametrize(
    "head",
    [
        "{headline}\nBy Jo Field",
        "{headline}\nBy Jo Field, Political Editor",
        "{headline}\nJo Field\nPolitical Editor",
        "{headline}\n4 March 2025\nBy Jo Field",
        "{headline}\nIt has taken the town nine years to agree.\nBy Jo Field",
        "{headline} By Jo Field",
    ],
)
def test_article_with_a_headline_and_byline_in_the_text_is_one_of_its_own(load, head):
    first = f"Council votes for the plan\nBy Ann Roe\n{TEXT}\n{MORE}"
    break_ = " " if head.count("\n") == 0 else "\n"
    second = head.format(headline="Why the mills should pay their share")
    corpus = load(f"{first}{break_}{second}{break_}{MORE} {TEXT}\n{MORE} It will.")
    assert kinds(corpus) == [
        ("main", "Council votes for the plan"),
        ("main", "Why the mills should pay their share"),
    ]
    assert [article.byline for article in corpus.articles] == ["Ann Roe", "Jo Field"]
    assert corpus.articles[0].text == f"{TEXT}\n{MORE}"
    assert corpus.articles[1].text == f"{MORE} {TEXT}\n{MORE} It will."


def test_byline_below_the_text_glues_nothing(load):
    corpus = load(f"Council votes for the plan\n{TEXT}\n{MORE}\nBy Jo Field\n© Example Post")
    assert kinds(corpus) == [("main", "Council votes for the plan")]


# Single articles, and what is none


def test_head_is_not_body(load):
    head = (
        "Home > News > Politics\nBy Jo Field\nCouncil votes for the plan\nIt was a long night.\n4 March 2025"
    )
    (article,) = load(f"{head}\n{TEXT}\n{MORE}").articles
    assert (article.headline, article.byline) == ("Council votes for the plan", "Jo Field")
    assert article.text == f"{TEXT}\n{MORE}"


def test_page_of_teasers_is_unknown_and_keeps_its_text(load):
    headings = [
        *HEADINGS,
        "Third bridge to be built across the river",
        "School roof falls in during the night",
    ]
    corpus = load(
        "\n".join(f"{heading}, officials have said\n{TEXT} {n}." for n, heading in enumerate(headings))
    )
    assert corpus.pages[0].layout == "unknown layout"
    (article,) = corpus.articles
    assert (article.kind, article.text.count(TEXT)) == ("main", 5)


def test_page_of_links_is_unknown(load):
    assert load("A list of names\nJane Roe\nJohn Doe and family").pages[0].layout == "unknown layout"


# Any text


LINES = st.sampled_from(
    [
        *(
            TEXT,
            MORE,
            *HEADINGS,
            "14:30",
            "2 hours ago",
            "Example Herald",
            "- Example Herald",
            "LIVE",
            "By",
            "",
        ),
        *("Sir,", "SIR – No.", "Jane Roe", "Leeds", "By Jo Field", "Jo Field", "Political Editor", "\x0c"),
        *("Yours faithfully,", "Example Post • 3h ago", "Advertisement"),
        f"{TEXT} Why the mills should pay By Jo Field {MORE}",
    ]
)


def check_layout(text: str) -> None:
    layout = read_layout(text, split_page(text))
    assert "".join(segment.text(text) for segment in layout.segments) == text
    assert [n for part in layout.parts for n in part.segments] == list(range(len(layout.segments)))
    for part in layout.parts:
        inside = [layout.segments[n] for n in part.segments]
        assert part.headline is None or part.headline in inside
        assert part.stamp is None or part.stamp in layout.segments


@given(st.text())
def test_any_text_gives_parts_that_cover_it(text):
    check_layout(text)


@settings(max_examples=300)
@given(st.lists(LINES, max_size=40), st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_any_mixture_of_telling_lines_gives_parts_that_cover_it(lines, gap):
    check_layout(gap.join(lines))


# Headlines that several pages have


@pytest.fixture
def headlines(tmp_path) -> Callable[[list[str]], list[str | None]]:
    """The headlines of the articles that pages of plain text give."""

    def run(pages: list[str]) -> list[str | None]:
        for n, page in enumerate(pages):
            (tmp_path / f"{n}.txt").write_text(page, encoding="utf-8")
        return [article.headline for article in an.load(tmp_path, topic="none").articles]

    return run


@pytest.mark.parametrize("signed", [["By Ottilie Marr"], ["3 February 2025"], []])
def test_headline_that_versions_of_one_story_share_stays_their_headline(headlines, signed):
    told = ["The council votes for the plan", *signed, TEXT, MORE, "The lido will be warm by May, he said."]
    versions = ["\n\n".join([*told, *["It was cold then."] * n]) for n in range(3)]
    assert headlines(versions) == [told[0]] * 3


def test_what_every_page_says_below_its_own_headline_is_no_headline(headlines):
    own = [f"{name} to stay shut all winter" for name in ("Ferry", "Tram", "Lido")]
    slogan = "News from all of the coast\n\n3 February 2025"
    pages = [f"{line}\n\n{slogan}\n\n{line}, its owner told us.\n\nIt will open in May." for line in own]
    assert headlines(pages) == own


@pytest.mark.parametrize("width", [36, 40, 45])
def test_text_broken_at_a_narrow_width_is_joined(load, width):
    page = "\n\n".join(textwrap.fill(told, width) for told in (TEXT, MORE, TEXT.replace("plan", "lido")))
    [article] = load(f"The council votes for the plan\n\n{page}").articles
    assert article.text.splitlines() == [TEXT, MORE, TEXT.replace("plan", "lido")]
