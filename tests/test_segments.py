"""Which lines of a plain text page are its article, and the rule that says so."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from textwrap import fill

import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis as an
from analysis.codebooks import load_furniture
from analysis.corpus.splitting import profile as profile_module
from analysis.corpus.splitting.furniture import match_furniture, speaks_of_site
from analysis.corpus.splitting.lines import join_wrapped, line_spans
from analysis.corpus.splitting.marks import mark_lines
from analysis.corpus.splitting.profile import hash_line, profile_corpus
from analysis.corpus.splitting.segments import split_page
from analysis.corpus.splitting.stretches import find_stretch

BODY = [
    "The harbour board said on Monday that the old pier would be sold before the end of the year.",
    "Members had been told in March that repairs would cost more than the town could ever pay.",
    "A buyer has been found, according to two people who have seen the papers, but no price was named.",
    "“We were never asked,” said Mina Holt, who has kept a boat there for thirty years.",
    "The vote is expected next week, and the board will publish its accounts on the day before it.",
]
HEADLINE = "Old pier to be sold before the end of the year"
MENU = [
    "Home",
    *(f"* {name}" for name in "News Politics World Harbour Valley Sport Culture Money Food".split()),
]
COOKIES = (
    "We use cookies on this website so that you can be shown pages; by clicking you accept our terms of use."
)
TEASERS = [
    "Night bus to stop at the tram depot",
    "The council has looked at the figures again and found them wanting.",
    "Why the ferry was late",
    "A report tells of a broken pump, and of a long wait.",
]
FOOTER = ["* About us", "* Contact", "* Careers", "© 2025 Example Herald. All rights reserved."]


def write(folder: Path, *pages: str) -> Path:
    for n, page in enumerate(pages):
        (folder / f"p{n:03}.txt").write_text(page, encoding="utf-8")
    return folder


def rules(page: str) -> dict[str, tuple[str, str]]:
    """Role and rule of each line of a page, by the line's text."""
    return {s.text(page): (s.role, s.rule) for s in split_page(page) if s.role != "blank"}


def web_page(body: list[str] = BODY, *, after: list[str] | None = None, headline: str = HEADLINE) -> str:
    after = TEASERS if after is None else after
    lines = [
        *MENU,
        *MENU[:4],
        COOKIES,
        headline,
        "By Ana Ruiz",
        "3 hours ago",
        *body,
        "Related articles",
        *after,
    ]
    return "\n".join([*lines, *FOOTER])


# The article's stretch


def test_menu_teasers_and_footer_of_a_web_page_are_left_out(tmp_path):
    (article,) = an.load(write(tmp_path, web_page())).articles
    assert (article.headline, article.text) == (HEADLINE, "\n".join(BODY))


def test_lines_outside_the_article_say_on_which_side_of_it_they_stand():
    found = rules(web_page())
    assert found["* Harbour"] == ("furniture", "before the article begins")
    assert found[TEASERS[1]] == ("furniture", "after the article ends")
    assert found[BODY[0]] == ("paragraph", "running text")


def test_comments_of_readers_are_no_article(tmp_path):
    thread = ["7 Comments"]
    for n in range(7):
        thread += [
            f"{n}. reader{n} says:",
            "I have never seen a pier that was worth the money, nor has he.",
            "Reply",
        ]
    (article,) = an.load(write(tmp_path, web_page(after=thread))).articles
    assert article.text == "\n".join(BODY)


def test_a_few_short_lines_and_a_caption_inside_an_article_are_bridged(tmp_path):
    body = [
        *BODY[:2],
        "The pier in 1962 (Image: Jo Field)",
        "Advertisement",
        "What the buyer says",
        *BODY[2:],
    ]
    (article,) = an.load(write(tmp_path, web_page(body))).articles
    assert all(paragraph in article.text for paragraph in BODY)
    assert "Jo Field" not in article.text


def test_of_a_page_that_somebody_has_cut_out_no_line_is_dropped_for_its_place(tmp_path):
    page = "\n".join(
        ["Pier sold", *BODY[:2], "The board named three terms:", "- a fair price", "- free access"]
    )
    (article,) = an.load(write(tmp_path, page)).articles
    assert article.headline == "Pier sold"
    assert article.text.endswith("- free access")


def test_a_page_of_short_lines_alone_is_kept_whole():
    verses = [f"and the {n} boats came home in the rain" for n in range(60)]
    found = rules("\n".join([*MENU, *MENU, *verses, "Nobody saw them come."]))
    assert all(found[verse][0] == "paragraph" for verse in verses)


def test_related_articles_under_labels_are_articles_of_their_own(tmp_path):
    blocks = []
    for n, outlet in enumerate(["Example Herald", "Example Post", "Harbour News"]):
        blocks += [
            outlet,
            f"{n + 2} hours ago",
            f"- {outlet}",
            f"Headline of the story number {n} stands here",
        ]
        blocks += [" ".join(f"In story {n} it is told that {words[0].lower()}{words[1:]}" for words in BODY)]
    page = "\n".join([HEADLINE, *BODY, "Comments", "No comments yet...", "Related articles", *blocks])
    corpus = an.load(write(tmp_path, page))
    assert [article.outlet for article in corpus.articles[1:]] == [
        "Example Herald",
        "Example Post",
        "Harbour News",
    ]
    assert corpus.articles[0].text == "\n".join(BODY)


def test_a_page_in_a_script_without_spaces_keeps_its_sentences(tmp_path):
    sentence = "港湾委員会は月曜日に、古い桟橋を年内に売却すると発表した。"
    body = [f"{sentence}{n}番目の発表は来週行われる予定である。" for n in range(6)]
    (article,) = an.load(write(tmp_path, web_page(body, headline="Pier to be sold soon"))).articles
    assert article.text == "\n".join(body)


@given(st.lists(st.floats(-50, 50).map(round), max_size=30))
def test_the_stretch_has_the_greatest_sum_of_all(weights):
    start, stop = find_stretch(weights)
    sums = [sum(weights[a:b]) for a in range(len(weights)) for b in range(a, len(weights) + 1)]
    assert stop <= len(weights)
    # The cost of a gap has an upper bound, which gaps between small weights do not reach.
    if all(weight > -10 for weight in weights):
        assert sum(weights[start:stop]) == max([0, *sums])


# Lines that a corpus repeats


def test_a_long_notice_on_every_page_is_learnt_though_it_ends_as_a_sentence(tmp_path):
    notice = "Our reporters have been in the valley since 1904, and are paid for by those who read them."
    pages = [
        "\n".join([f"Story {n}", *(f"On day {n} {line[0].lower()}{line[1:]}" for line in BODY), notice])
        for n in range(5)
    ]
    corpus = an.load(write(tmp_path, *pages))
    assert not any(notice in article.text for article in corpus.articles)
    found = {p.segment.rule for p in corpus.segments if p.segment.role == "furniture"}
    assert found == {"repeated on 5 of 5 pages"}


def test_a_story_that_several_outlets_carry_is_not_furniture(tmp_path):
    pages = [
        "\n".join([f"Outlet {n} tells of the old pier", *BODY, f"Outlet {n} adds a line."]) for n in range(5)
    ]
    corpus = an.load(write(tmp_path, *pages))
    assert all(line in article.text for article in corpus.articles for line in BODY)


def test_a_sentence_that_others_have_too_stays_amid_a_pages_own():
    own = [f"{line[:-1]}, as was said before." for line in BODY]
    shared = "The company did not answer questions by telephone or by letter."
    learnt = profile_corpus(
        mark_lines(
            "\n".join([*(f"{n} {line}" for line in own[:3]), shared, *(f"{n} {line}" for line in own[3:])])
        )
        for n in range(4)
    )
    assert learnt.repeated == {hash_line(shared): 4}
    page = "\n".join([*own[:3], shared, *own[3:]])
    kept = {s.text(page): s.role for s in split_page(page, learnt)}
    assert kept[shared] == "paragraph"
    alone = "\n".join([*own, "Follow", shared])
    assert {s.text(alone): s.role for s in split_page(alone, learnt)}[shared] == "furniture"


@pytest.mark.parametrize(
    ("line", "learnt"),
    [
        ("Zorp zap", True),  # too short for a headline
        ("Pier sold after a long night of talks", False),  # a headline that three pages tease
        ("Your gift keeps the lights on in the valley.", True),
    ],
)
def test_what_three_pages_of_a_mixed_corpus_share_is_learnt_unless_it_may_be_a_headline(line, learnt):
    texts = ["\n".join(f"{n}: {words}" for words in BODY) for n in range(40)]
    texts[5:8] = [f"{text}\n{line}" for text in texts[5:8]]
    assert bool(profile_corpus(map(mark_lines, texts)).count(line)) is learnt


def test_no_more_lines_are_counted_at_a_time_than_memory_is_set_apart_for(monkeypatch):
    monkeypatch.setattr(profile_module, "_MAX_COUNTED", 500)
    texts = (f"Share\n{chr(10).join(f'Line {n} of page {page}' for n in range(50))}" for page in range(200))
    assert profile_corpus(map(mark_lines, texts)).repeated == {hash_line("Share"): 200}


# Text broken into lines of one width


def wrap(paragraphs: list[str], width: int) -> str:
    """Paragraphs broken at a width, with a blank line between them."""
    broken = []
    for paragraph in paragraphs:
        lines = [""]
        for word in paragraph.split():
            if len(lines[-1]) + 1 + len(word) > width:
                lines.append(word)
            else:
                lines[-1] = f"{lines[-1]} {word}".strip()
        broken.append("\n".join(lines))
    return "\n\n".join(broken)


@pytest.mark.parametrize("width", [60, 72, 80])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_broken_lines_become_paragraphs_again(tmp_path, width, ending):
    body = [f"{a} {b}" for a, b in pairwise(BODY)]
    (tmp_path / "p.txt").write_bytes(wrap([HEADLINE, *body], width).replace("\n", ending).encode())
    corpus = an.load(tmp_path)
    (article,) = corpus.articles
    assert article.headline == HEADLINE
    assert article.text.replace("  ", " ") == "\n".join(body)
    assert "running text, its broken lines joined" in {p.segment.rule for p in corpus.segments}


@pytest.mark.parametrize("indent", ["", "    "], ids=["flush", "indented"])
@pytest.mark.parametrize("gap", ["\n\n", "\n"], ids=["blank lines", "no blank lines"])
@pytest.mark.parametrize("paragraphs", [1, 5])
def test_a_quotation_over_broken_lines_is_one(tmp_path, indent, gap, paragraphs):
    said = "We will not take any risk with the lives of those who cross it, or wait until it has fallen down"
    body = [
        f"“{said},” said Ana Ruiz on Tuesday after a meeting of the board.",
        *map(" ".join, pairwise(BODY)),
    ]
    broken = [fill(each, 72, initial_indent=indent) for each in body[:paragraphs]]
    (tmp_path / "p.txt").write_text(f"{HEADLINE}\n\n{gap.join(broken)}\n", encoding="utf-8")
    tables = an.extract(an.load(tmp_path, topic="none"))
    assert list(tables.articles["text"]) == ["\n".join(body[:paragraphs])]
    assert (f"{said},", "Ana Ruiz") in list(zip(tables.quotes["text"], tables.quotes["speaker"], strict=True))


def test_short_lines_that_end_anywhere_are_not_joined():
    poem = "The river rose\nin the night and\nnobody heard\nthe bells of the town\nuntil it was late"
    links = "Ferry row ends after ten long years of talk\nHarbour walls are to be raised by a metre\n"
    page = f"{HEADLINE}\n\n{poem}\n\n{links}Council meets again about the new ferry port\n\n{BODY[0]}"
    spans = [span for span in line_spans(page) if page[slice(*span)].strip()]
    assert join_wrapped(page, spans) == spans


def test_paragraphs_of_one_line_and_lists_are_not_joined():
    page = "\n\n".join(["\n".join(BODY), "\n".join(f"- item {n}" for n in range(8)), *BODY])
    spans = [span for span in line_spans(page) if page[slice(*span)].strip()]
    assert join_wrapped(page, spans) == spans


@given(st.lists(st.sampled_from([*BODY, "\n", "\n\n", "word " * 12, "\r\n", "x" * 70]), max_size=30))
def test_joined_lines_still_tile_the_page(pieces):
    text = "".join(pieces)
    assert "".join(segment.text(text) for segment in split_page(text)) == text


# Known furniture


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement", "* Facebook", "Image: Jo Field", "By Ana Ruiz", "10:15", "Accept all",
        "A ferry leaves the harbour (Jo Field/PA)", "The pier at dusk. Photo: Jo Field",
        "Click to share on Facebook (Opens in new window)", "Example Media Ltd, all rights reserved.",
        "The ferry is late", "Comment was sought from the department.", "word, " * 90,
    ],
)  # fmt: skip
def test_the_joined_rules_say_what_each_rule_alone_says(line):
    alone = next((r for r in load_furniture() if re.fullmatch(r.pattern, line, re.IGNORECASE)), None)
    found = match_furniture(line)
    assert (found is None) == (alone is None)
    assert found is None or found[0] == alone.role


def test_rules_that_may_start_with_any_words_stand_where_the_joined_ones_look_for_them():
    assert all(re.compile(rule.pattern).groups == 0 for rule in load_furniture())


@pytest.mark.parametrize(
    ("line", "of_site"),
    [
        (COOKIES, True),
        ("Subscribe to our newsletter and learn more about what you get with a free trial.", True),
        ("The regulator fined the firm for its use of cookies on the phones of children.", False),
        ("Ministers want to know how the commission will pay for it.", False),
    ],
)
def test_a_site_speaks_of_two_things_or_more(line, of_site):
    assert speaks_of_site(line, len(line.split())) is of_site


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "unit",
    [
        "cookies ",
        "- ",
        "a says: ",
        "'\"",
        ".'",
        "* * ",
        "a\n",
        "a b c d e.\n\n",
        "the of and to\n",
        ":\u2028",
    ],
)
def test_long_pages_of_one_unit_stay_quick(unit):
    text = unit * (20_000 // len(unit))
    assert sum(segment.end - segment.start for segment in split_page(text)) == len(text)


@pytest.mark.parametrize("dateline", ["LONDON (AP) — ", "NEW YORK (Reuters) - ", "CALAIS, France (AFP) – "])
def test_dateline_of_a_flattened_report_stays_text(dateline: str) -> None:
    told = dateline + "The ferry firm said on Monday that it would run two boats a day. " * 20
    assert set(rules(told.strip()).values()) == {("paragraph", "running text")}


def test_agency_in_brackets_without_a_dash_is_cut_as_a_credit() -> None:
    told = "The ferry firm said on Monday that it would run two boats a day. " * 20
    cut = rules(f"{told}A boat at the pier (Reuters) {told}".strip())
    assert cut["A boat at the pier (Reuters)"] == ("caption", "inline picture credit")


FLAT = (
    "The lido will stay open all winter. Swimmers asked for it in a letter with four hundred names, and the "
    "trust agreed on Thursday. Heating the water will cost a fortune, its treasurer said. “We will find the "
    "money somehow,” said Ottilie Marr. {middle}Two guards will stand at the pool each morning until March. "
    "Subscribe to our newsletter for more. Follow us on Facebook."
)


@pytest.mark.parametrize("middle", ["", "The café will open on Sundays too, when the choir sings there. "])
def test_an_article_in_one_line_is_no_furniture_for_what_its_last_words_say(tmp_path, middle):
    [article] = an.load(write(tmp_path, FLAT.format(middle=middle)), topic="none").articles
    assert article.text.startswith("The lido will stay open")
    assert "Two guards will stand at the pool" in article.text


def test_promotions_at_the_end_of_a_line_of_many_sentences_are_cut_off(tmp_path):
    page = FLAT.format(middle="The café will open on Sundays too, when the choir sings there. ")
    [article] = an.load(write(tmp_path, page), topic="none").articles
    assert article.text.endswith("until March.")


def test_a_long_notice_of_the_site_is_furniture_whatever_its_sentences():
    notice = (
        "We use cookies and similar technologies on our website. They help us to show you what you like. "
        "By clicking on accept you agree to this. You can withdraw your consent at any time on our privacy "
        "page. Your data may be shared with our partners, who may use it to measure their own work. Read our "
        "terms of use for more."
    )
    assert len(notice) > 300
    assert {role for role, _ in rules(notice).values()} == {"furniture"}


@pytest.mark.parametrize(
    "stamp",
    [
        "Published: 09:15, 3 February 2025 | Updated: 11:40, 4 February 2025",
        "Updated: 4 February 2025 | Published: 3 February 2025",
        "Published 3 February 2025, updated 4 February 2025",
        "Published 09:15 GMT, 3 February 2025",
        "Posted on 3 February 2025",
        "Monday 3 February 2025, 09:15",
        "By OTTILIE MARR | February 3, 2025 at 9:15 a.m. EST",
        "3 February 2025 | By Ottilie Marr",
    ],
)
def test_line_of_a_date_with_its_time_or_its_author_dates_the_article(tmp_path, stamp):
    page = "\n\n".join(["Lido to stay open all winter", stamp, *BODY])
    [article] = an.load(write(tmp_path, page), topic="none").articles
    assert (article.published_earliest, article.published_latest) == ("2025-02-03", "2025-02-03")
    assert article.headline == "Lido to stay open all winter"
    assert article.text == "\n".join(BODY)
    assert (article.byline or "").title() == ("Ottilie Marr" if "By" in stamp else "")
    assert "".join(segment.text(page) for segment in split_page(page)) == page


def test_times_of_comments_do_not_date_the_article(tmp_path):
    comments = ["2 comments", "Tern", "4 hours ago", "About time too, if you ask me, said nobody ever."]
    page = "\n\n".join([*MENU, HEADLINE, "Published: 3 February 2025", *BODY, *comments, *FOOTER])
    [article] = an.load(write(tmp_path, page), topic="none").articles
    assert article.stamp == "Published: 3 February 2025"


def test_list_below_a_colon_and_the_sentence_after_it_are_the_articles(tmp_path):
    told = ["- a coat of paint", "- two new benches", "- a bell for the gate", "The work starts in May."]
    body = [*BODY, "The board has a plan for what is left of the pier, which has these parts:", *told]
    after = [*TEASERS, *(f"* {name} and the sea" for name in ("Tern", "Gull", "Crab", "Seal", "Cod"))]
    [article] = an.load(write(tmp_path, web_page(body, after=after)), topic="none").articles
    assert article.text.splitlines() == body
