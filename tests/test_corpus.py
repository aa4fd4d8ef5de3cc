"""Loading: files to pages to segments to articles, and every way in which that can go wrong."""

from __future__ import annotations

import datetime
import json
import os
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import LIVE_BLOG, SINGLE, aggregator_page

import analysis as an
from analysis.corpus.articles import Article
from analysis.corpus.provenance.outlets import find_aggregator, find_outlet, find_wire
from analysis.corpus.provenance.published import bound_by_offices, date_articles
from analysis.corpus.splitting.layouts import read_layout
from analysis.corpus.splitting.marks import mark_lines
from analysis.corpus.splitting.profile import Profile, hash_line, profile_corpus
from analysis.corpus.splitting.segments import split_page
from analysis.errors import CorpusEmptyError, CorpusFormatError, CorpusNotFoundError, UnknownNameError

SEEDS = Path(__file__).parents[1] / "seeds"


@pytest.fixture
def folder(tmp_path):
    """A folder to which pages are written by name."""

    def write(**pages: str | bytes) -> Path:
        for name, content in pages.items():
            path = tmp_path / name.replace("__", ".")
            path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return tmp_path

    return write


def roles(corpus: an.Corpus, page: int = 0) -> list[tuple[str, str]]:
    loaded = corpus.pages[page].page
    return [
        (placed.segment.role, placed.segment.text(loaded.text))
        for placed in corpus.segments
        if placed.page == loaded.page and placed.segment.role != "blank"
    ]


# Segments


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_segments_tile_any_text(text):
    segments = split_page(text)
    assert "".join(segment.text(text) for segment in segments) == text
    assert all(segment.start < segment.end for segment in segments)


@given(
    st.lists(
        st.sampled_from([*aggregator_page().splitlines(True), *LIVE_BLOG.splitlines(True), "\r\n", "\u2028"])
    )
)
def test_layouts_keep_every_character_of_any_mixture_of_lines(lines):
    text = "".join(lines)
    layout = read_layout(text, split_page(text))
    assert "".join(segment.text(text) for segment in layout.segments) == text
    covered = [n for part in layout.parts for n in part.segments]
    assert covered == list(range(len(layout.segments)))


def test_seed_segments_tile_their_pages_and_name_their_place_in_the_article():
    corpus = an.load(SEEDS)
    articles = {article.article_id: article for article in corpus.articles}
    for loaded in corpus.pages:
        own = [placed for placed in corpus.segments if placed.page == loaded.page.page]
        assert "".join(p.segment.text(loaded.page.text) for p in own) == loaded.page.text
        for placed in own:
            assert placed.segment.rule
            if placed.article_start is not None:
                text = articles[placed.article_id].text[placed.article_start : placed.article_end]
                assert text == placed.segment.text(loaded.page.text).replace("\xa0", " ")


def test_flattened_line_is_cut_at_crosshead_caption_promotion_and_glued_article(folder):
    corpus = an.load(folder(page__txt=aggregator_page()))
    found = roles(corpus)
    assert ("crosshead", "'Empty shelves'") in found
    assert ("caption", "A baker holds a loaf in the north of the county (Jo Field/PA)") in found
    assert ("furniture", "Follow Example Herald on Facebook, Instagram and X.") in found
    glued = corpus.articles[2]
    assert glued.headline == "Why the mills should pay their share of the cost"
    assert glued.byline == "Prof Lena Marsh"
    assert glued.outlet == "Example Herald"
    assert glued.text == "Mills are where flour is made. They should pay for it."


def test_short_clause_before_a_name_is_no_crosshead(folder):
    prose = "Several weeks passed, so I called them again. " * 30
    corpus = an.load(folder(page__txt=f"{prose}\nIt rained on Friday."))
    assert {role for role, _ in roles(corpus)} == {"paragraph"}


# Layouts


def test_aggregator_page_comes_apart(folder):
    corpus = an.load(folder(page__txt=aggregator_page()))
    assert corpus.pages[0].layout == "aggregator page"
    assert [(a.article_id, a.kind, a.outlet, a.aggregator) for a in corpus.articles] == [
        ("page.txt#0", "main", None, "Daily8"),
        ("page.txt#1", "related", "Example Herald", "Daily8"),
        ("page.txt#2", "related", "Example Herald", "Daily8"),
        ("page.txt#3", "related", "Example Post", "Daily8"),
    ]
    assert corpus.articles[3].headline == "Why trams may never return..."
    assert "Hashtags" not in corpus.articles[0].text
    assert corpus.articles[0].text.count("\n") == 1


def test_live_blog_comes_apart(folder):
    corpus = an.load(folder(page__txt=LIVE_BLOG))
    assert corpus.pages[0].layout == "live blog"
    assert [(a.kind, a.headline, a.byline) for a in corpus.articles] == [
        ("liveblog_lead", None, "Sam Porter"),
        ("liveblog_entry", "Governor warns of 'hard choices' before the autumn budget", None),
        ("liveblog_entry", "Backbenchers write to the Treasury over the timing of the vote", None),
    ]
    assert {a.outlet for a in corpus.articles} == {"GB News"}
    assert corpus.articles[0].outlet_basis == 'the text says "Welcome back to GB News"'


def test_single_article_is_clean_and_says_its_standfirst_once(folder):
    corpus = an.load(folder(page__txt=SINGLE))
    (article,) = corpus.articles
    assert article.headline == "Mayor opens the new bridge over the river"
    assert (
        article.text
        == "The mayor opened the bridge on Monday, two years late.\nIt cost £40 million, she said."
    )
    assert ("standfirst", "The mayor opened the bridge on Monday, two years late.") in roles(corpus)
    assert ("caption", "The new bridge") in roles(corpus)
    assert ("advert", "Advertisement") in roles(corpus)


def test_letters_page_is_one_article_of_letters(folder):
    letters = "SIR – I agree with your editor about trams.\nSIR – I do not agree with him at all."
    (article,) = an.load(folder(page__txt=f"Readers on trams\n{letters}")).articles
    assert (article.kind, article.text) == ("letter", letters)


def test_letters_under_another_outlets_label_do_not_take_the_pages_day(folder):
    page = aggregator_page().replace("Trams left", "SIR – Trams left")
    known = '[[pages]]\nmatch = "*"\npublished = 2025-05-16\n'
    letters = an.load(folder(page__txt=page, corpus__toml=known)).articles[-1]
    assert (letters.kind, letters.outlet) == ("letter", "Example Post")
    assert letters.published_basis != "corpus.toml"


def test_page_of_plain_prose_stays_one_article(folder):
    prose = "The river rose in the night.\nNobody was hurt, the police said."
    (article,) = an.load(folder(page__txt=prose)).articles
    assert (article.kind, article.headline, article.text) == ("main", None, prose)


def test_line_endings_do_not_matter(folder):
    unix = an.load(folder(page__txt=SINGLE)).articles[0].text
    windows = an.load(folder(page__txt=SINGLE.replace("\n", "\r\n"))).articles[0].text
    assert unix == windows


# Profile


def test_line_repeated_across_pages_is_learnt_as_furniture(folder):
    pages = {f"p{n}__txt": f"Story number {n}\nIt rained on day {n}.\nZorp the zap now" for n in range(4)}
    corpus = an.load(folder(**pages))
    assert all("Zorp" not in article.text for article in corpus.articles)
    rules = {p.segment.rule for p in corpus.segments if p.segment.role == "furniture"}
    assert rules == {"repeated on 4 of 4 pages"}


def test_profile_counts_pages_not_lines():
    assert profile_corpus(map(mark_lines, ["Share\nShare\nShare", "Share"])).repeated == {}
    assert profile_corpus(map(mark_lines, ["Share"] * 3)) == Profile(3, {hash_line("Share"): 3})


# Outlets and wires


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("The Daily Express understands that the plan is dead.", "Daily Express"),
        ("Sources have told the Daily Express that it is dead.", "Daily Express"),
        ("The Times reported that the plan is dead.", None),
        ("The Times understands it lives; The Guardian understands it is dead.", None),
        ("He told ITV that he understands.", None),
    ],
)
def test_outlet_must_name_itself(text, outlet):
    assert find_outlet(text)[0] == outlet


def test_wire_needs_the_agency_in_its_own_voice_or_in_the_byline():
    assert find_wire("It is not expected this year, the PA news agency understands.", None) == "PA"
    assert find_wire("It rained (Jo Field/PA).", None) is None
    assert find_wire("It rained.", "PA Reporter") == "PA"


def test_aggregator_is_named_by_the_furniture():
    assert find_aggregator(["Explore what Daily8 AI can do for you:"]) == "Daily8"
    assert find_aggregator(["Explore what we can do for you:"]) is None


# Publication


def article(text: str, **known: object) -> Article:
    return Article("a", "p", known.pop("kind", "main"), text, **known)


TODAY = datetime.date(2026, 6, 1)


def test_office_holder_bounds_the_publication():
    (dated,) = date_articles([article("Home Secretary Yvette Cooper spoke.")], today=TODAY)
    assert (dated.published_earliest, dated.published_latest) == ("2024-07-05", "2025-09-05")
    assert "Yvette Cooper is Home Secretary" in dated.published_basis


def test_former_holder_bounds_nothing():
    (dated,) = date_articles([article("The former Home Secretary Amber Rudd spoke.")], today=TODAY)
    assert dated.published_earliest is None
    assert dated.published_latest is None


def test_name_before_the_next_persons_office_does_not_hold_it():
    bounds = bound_by_offices(
        "Foreign Secretary David Lammy, Justice Secretary Shabana Mahmood and others met."
    )
    assert not any("Lammy is Justice" in reason for bound in bounds for reason in bound.why)


def test_bare_office_counts_only_with_one_holder_named():
    assert bound_by_offices("The Prime Minister said so. Starmer was tired.")
    assert bound_by_offices("The Prime Minister said so. Sunak blamed Starmer.") == []


def test_text_without_evidence_has_no_date():
    (dated,) = date_articles([article("It rained on Thursday.")], today=TODAY)
    assert dated.published_earliest is None


def test_relative_stamp_counts_from_the_day_the_page_was_copied():
    related = article("It rained.", kind="related", stamp="3 hours ago", scraped="2025-06-07")
    (dated,) = date_articles([related], today=TODAY)
    assert (dated.published_earliest, dated.published_latest) == ("2025-06-06", "2025-06-07")
    days = article("It rained.", kind="related", stamp="2 days ago", scraped="2025-06-07")
    (dated,) = date_articles([days], today=TODAY)
    assert (dated.published_earliest, dated.published_latest) == ("2025-06-04", "2025-06-05")


def test_main_articles_day_is_not_that_of_the_related_items():
    main = article("It rained.", published_earliest="2025-05-16", published_latest="2025-05-16")
    related = article("It snowed.", kind="related", stamp="3 hours ago")
    _, dated = date_articles([main, related], today=TODAY)
    assert (dated.published_earliest, dated.published_latest) == ("2025-05-15", "2026-06-01")


# Settings


PROSE = "The minister said on Monday that the plan would go ahead."


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "unit", [" ", "Read more. ", "Word. ", "\n\t ", "'Word word' ", "(Image: ", "A line\n"]
)
def test_very_long_lines_and_pages_stay_quick(unit):
    text = "x" + unit * (200_000 // len(unit)) + "x"
    layout = read_layout(text, split_page(text))
    assert "".join(segment.text(text) for segment in layout.segments) == text


def test_items_of_a_list_are_text_not_crossheads(folder):
    listed = "Plan has three points:\nBan on new hotels\nFaster removals"
    corpus = an.load(
        folder(a__txt=f"What it says\n{PROSE}\n{listed}\n{PROSE} It did.\n- More judges\nThe end.")
    )
    for item in ("Ban on new hotels", "Faster removals", "- More judges"):
        assert item in corpus.articles[0].text


def test_article_below_another_on_one_page_is_told_by_its_headline_and_byline(folder):
    second = f"Opposition attacks the plan\nBy John Roe\nThe opposition was against it. {PROSE}\n{PROSE}"
    corpus = an.load(folder(a__txt=f"Minister speaks.\nBy Jane Doe\n{PROSE}\n{second}"))
    found = [(article.headline, article.byline) for article in corpus.articles]
    assert found == [("Minister speaks.", "Jane Doe"), ("Opposition attacks the plan", "John Roe")]


@pytest.mark.parametrize("line", ["HOW WE LIVE NOW", "It was shown in live coverage on television."])
def test_a_word_on_living_or_live_coverage_makes_no_live_blog(folder, line):
    headings = f"What the first heading says\n{PROSE}\nWhat the second heading says\nIt did."
    corpus = an.load(folder(a__txt=f"{line}\n{PROSE} Yes.\n{headings}"))
    assert corpus.pages[0].layout == "single article"


def test_form_feeds_and_line_separators_end_a_line(folder):
    corpus = an.load(folder(a__txt=f"Minister speaks\x0cBy Jane Doe\u2028{PROSE}\x0c{PROSE} Yes."))
    article = corpus.articles[0]
    assert (article.headline, article.byline) == ("Minister speaks", "Jane Doe")


def test_half_characters_in_names_and_records_are_replaced(tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": f"{PROSE} \ud800"}), encoding="utf-8")
    with open(os.fsencode(tmp_path) + b"/p\xff.txt", "wb") as handle:
        handle.write(PROSE.encode())
    corpus = an.load(tmp_path)
    assert len(corpus.articles) == 2
    assert corpus.fingerprint and "\ufffd" in corpus.articles[0].text + corpus.articles[1].page


def test_line_separator_inside_a_json_string_ends_no_row(tmp_path):
    row = json.dumps({"text": f"{PROSE}\u2028{PROSE}"}, ensure_ascii=False)
    (tmp_path / "a.jsonl").write_text(row + "\n", encoding="utf-8")
    assert [article.text.count(PROSE) for article in an.load(tmp_path).articles] == [2]


def test_json_nested_too_deep_is_a_problem_not_a_crash(folder):
    corpus = an.load(folder(a__json="[" * 100_000, b__txt=PROSE))
    assert ["nested too deep" in problem.what for problem in corpus.unread] == [True]


def test_what_an_earlier_run_wrote_into_the_corpus_is_not_read(folder):
    root = folder(a__txt=PROSE)
    written = root / "tables"
    written.mkdir()
    (written / ".framelines.json").write_text("{}", encoding="utf-8")
    (written / "articles.jsonl").write_text(json.dumps({"text": PROSE}), encoding="utf-8")
    assert [article.page for article in an.load(root).articles] == ["a.txt"]


def test_corpus_toml_wins_and_the_basis_says_so(folder):
    path = folder(
        page__txt=aggregator_page(),
        corpus__toml='[[pages]]\nmatch = "page.*"\noutlet = "Example News"\npublished = 2025-05-16\n',
    )
    main, related = an.load(path).articles[:2]
    assert (main.outlet, main.outlet_basis) == ("Example News", "corpus.toml")
    assert (main.published_earliest, main.published_basis) == ("2025-05-16", "corpus.toml")
    assert related.outlet == "Example Herald"
    assert related.published_basis != "corpus.toml"


def test_excluded_pages_are_left_out(folder):
    path = folder(a__txt=SINGLE, b__txt=LIVE_BLOG, corpus__toml='[[pages]]\nmatch = "b*"\nexclude = true\n')
    assert {page.page.page for page in an.load(path).pages} == {"a.txt"}


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("topic = [", "not valid TOML"),
        ("colour = 1", "'colour' is not a setting"),
        ('[[pages]]\nmatch = "*"\npublished = "31/02/2025"', "which is not a date"),
        ("[[pages]]\noutlet = 3", "which is not text"),
        ('[[pages]]\nexclude = "yes"', "which is not true or false"),
        ('[pages]\noutlet = "Example Herald"', "which is not a list of rules"),
        ("topic = 3", "which is not a name or a list of names"),
    ],
)
def test_faulty_corpus_toml_is_told_with_its_place(folder, toml, message):
    with pytest.raises(CorpusFormatError, match=message) as caught:
        an.load(folder(page__txt=SINGLE, corpus__toml=toml))
    assert "corpus.toml" in caught.value.where
    assert caught.value.allowed
    assert caught.value.todo


# Reading


def test_missing_folder_empty_folder_and_glob_without_match(tmp_path):
    for path in (tmp_path / "none", tmp_path / "*.txt"):
        with pytest.raises(CorpusNotFoundError) as caught:
            an.load(path)
        assert str(path) in str(caught.value)
    with pytest.raises(CorpusEmptyError, match="holds no pages"):
        an.load(tmp_path)


def test_folder_with_nothing_readable_lists_why(folder):
    with pytest.raises(CorpusEmptyError, match=r"'\.pdf' files are not read") as caught:
        an.load(folder(a__pdf=b"%PDF"))
    assert str(caught.value).count("Framelines reads .txt") == 1


def test_empty_file_alone_is_told_with_the_kinds_that_are_read(folder):
    with pytest.raises(CorpusEmptyError, match=r"Framelines reads \.txt"):
        an.load(folder(a__txt=b""))


def test_one_bad_file_is_reported_and_the_rest_is_read(folder):
    corpus = an.load(
        folder(
            a__txt=SINGLE, empty__txt=b"", binary__txt=b"GIF89a\x00\x01\x02", control__txt=b"\x81\x01\x02" * 9
        )
    )
    assert len(corpus.articles) == 1
    told = {problem.page: problem for problem in corpus.unread}
    assert set(told) == {"empty.txt", "binary.txt", "control.txt"}
    assert "empty" in told["empty.txt"].what
    assert "zero byte at 6" in told["binary.txt"].what
    assert all(problem.allowed and problem.todo for problem in told.values())


def test_windows_encoding_is_read_with_a_warning(folder):
    corpus = an.load(folder(a__txt="The café reopened on Monday, they said.".encode("cp1252")))
    assert corpus.articles[0].text == "The café reopened on Monday, they said."
    (warning,) = corpus.problems
    assert (warning.severity, corpus.pages[0].page.encoding) == ("warning", "windows-1252")
    assert "0xe9" in warning.what


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_marked_encodings_are_read_without_a_word(folder, encoding):
    corpus = an.load(folder(a__txt="The café reopened, they said.".encode(encoding)))
    assert corpus.articles[0].text == "The café reopened, they said."
    assert corpus.problems == ()


def test_hidden_files_readme_and_exports_are_passed_over(folder, tmp_path):
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "old.txt").write_text("It rained.", encoding="utf-8")
    (tmp_path / ".hidden.txt").write_text("It rained.", encoding="utf-8")
    corpus = an.load(folder(a__txt=SINGLE, README__txt="It rained."))
    assert [page.page.page for page in corpus.pages] == ["a.txt"]


def test_a_file_and_a_glob_are_read_too(folder):
    path = folder(a__txt=SINGLE, b__txt=LIVE_BLOG)
    assert [p.page.page for p in an.load(path / "a.txt").pages] == ["a.txt"]
    assert [p.page.page for p in an.load(str(path / "*.txt")).pages] == ["a.txt", "b.txt"]


RECORDS = [
    {"id": "x", "text": "It\xa0rained.", "outlet": "Example Herald", "dct": "2025-07-05", "title": "Rain"},
    {"id": "x", "text": "It snowed.", "date": "31/02/2025"},
    {"id": "z", "headline": "No text"},
]


@pytest.mark.parametrize("suffix", ["jsonl", "json", "csv", "tsv", "parquet"])
def test_table_files_give_one_article_a_row_with_its_text_unchanged(tmp_path, suffix):
    frame, path = pd.DataFrame(RECORDS), tmp_path / f"rows.{suffix}"
    if suffix == "parquet":
        frame.to_parquet(path)
    elif suffix in ("csv", "tsv"):
        frame.to_csv(path, index=False, sep="\t" if suffix == "tsv" else ",")
    else:
        lines = [json.dumps(record) for record in RECORDS]
        path.write_text("\n".join(lines) if suffix == "jsonl" else f"[{','.join(lines)}]", encoding="utf-8")
    corpus = an.load(path)
    assert [(a.article_id, a.kind, a.text) for a in corpus.articles] == [
        ("x", "record", "It\xa0rained."),
        ("x~2", "record", "It snowed."),
    ]
    first = corpus.articles[0]
    assert (first.outlet, first.headline, first.published_earliest) == (
        "Example Herald",
        "Rain",
        "2025-07-05",
    )
    told = [(problem.severity, problem.line) for problem in corpus.problems]
    # The line is that of the file, where a row of names goes first.
    above = suffix in ("csv", "tsv")
    assert ("error", 3 + above) in told
    assert ("warning", 2 + above) in told
    assert any("x~2" in problem.what for problem in corpus.problems)


def test_broken_json_names_its_line(folder):
    corpus = an.load(folder(a__txt=SINGLE, b__jsonl='{"text": "It rained."}\n{"text": \n'))
    (problem,) = corpus.unread
    assert "Line 2 is not valid JSON" in problem.what


# The corpus


def test_corpus_says_what_it_holds_and_escapes_it(folder):
    corpus = an.load(folder(page__txt=aggregator_page()))
    assert repr(corpus) == (
        "Corpus of 4 articles from 1 files, 2 outlets named; 0 errors, 0 warnings, 0 notes."
    )
    assert corpus.outlets == ["Example Herald", "Example Post"]


def test_fingerprint_follows_text_settings_and_topic(folder):
    path = folder(page__txt=SINGLE)
    first = an.load(path).fingerprint
    assert an.load(path).fingerprint == first
    assert an.load(path, topic="none").fingerprint != first
    folder(page__txt=SINGLE.replace("£40", "£41"))
    assert an.load(path).fingerprint != first


def test_unknown_topic_names_the_known_ones(folder):
    with pytest.raises(UnknownNameError, match="Did you mean 'uk_migration'"):
        an.load(folder(page__txt=SINGLE), topic="uk_migraton")


def test_seeds_are_dated_the_same_on_any_day():
    # The stored outputs of the notebooks must not depend on when they were run.
    for found in an.load(SEEDS).articles:
        assert found.published_earliest
        assert "the day it was read" not in found.published_basis


def test_a_dated_post_inside_an_article_bounds_its_publication():
    post = article("It rained.", aside="Rain! — Ferry Club (@ferry) July 11, 2025")
    (dated,) = date_articles([post], today=TODAY)
    assert (dated.published_earliest, dated.published_latest) == ("2025-07-11", "2026-06-01")


def test_seeds_come_apart_into_twenty_articles():
    corpus = an.load(SEEDS)
    assert len(corpus.articles) == 20
    assert [page.layout for page in corpus.pages] == [
        "aggregator page",
        "aggregator page",
        "live blog",
        "single article",
        "aggregator page",
    ]
    assert corpus.unread == []


@pytest.mark.parametrize("unit", ["A.", "Aa ", "x", "'\"", "It rained. "])
def test_a_very_long_line_is_kept_whole(folder, unit):
    # A pattern that looked on from every character of it would not come back.
    corpus = an.load(folder(a__txt=f"The mayor opened the bridge.\nIt rained. {unit * 20_000}\nIt snowed."))
    assert sum(article.text.count(unit.strip()) for article in corpus.articles) >= 20_000
