"""Archive exports: every document that the markers count is found, and whole; no other page is one."""

from __future__ import annotations

import dataclasses
import datetime
import re
from pathlib import Path

import made_exports as made
import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis as an
from analysis.corpus.reading.archives import find_export

DOCUMENTS = made.make_documents(7)
LOST = "The ferry left the harbour before the mayor had read the survey."


def load(folder: Path, name: str, text: str) -> an.Corpus:
    """A corpus of one export."""
    (folder / name).write_text(text, encoding="utf-8", newline="")
    return an.load(folder, topic="none")


def write(folder: Path, kind: str, documents: list[made.MadeDocument]) -> an.Corpus:
    """A corpus of one export in one of the formats."""
    if kind.endswith(".docx"):
        made.write_docx(folder / kind, made.nexis_uni(documents))
    elif kind.endswith(".rtf"):
        made.write_rtf(folder / kind, made.nexis_uni(documents))
    else:
        (folder / kind).write_text(BUILDERS[kind](documents), encoding="utf-8")
    return an.load(folder, topic="none")


BUILDERS = {
    "nexis.txt": made.nexis_text,
    "nexis.html": made.nexis_html,
    "factiva-plain.html": made.factiva_html,
    "factiva-plain.htm": lambda documents: made.factiva_html(documents, ids=False, language="de"),
    "factiva-coded.html": lambda documents: made.factiva_html(documents, coded=True, language="fr"),
    "factiva.xml": made.factiva_xml,
    "europresse.html": made.europresse_html,
    "europresse-new.html": made.europresse_new_html,
}
KINDS = [*BUILDERS, "nexis-uni.docx", "nexis-uni.rtf"]


def clean(text: str | None) -> str:
    return " ".join((text or "").split())


def check_same(corpus: an.Corpus, documents: list[made.MadeDocument]) -> None:
    """Each document became an article with the same text, headline, outlet, date and byline."""
    assert [clean(a.text) for a in corpus.articles] == [clean(d.text) for d in documents]
    assert [a.headline for a in corpus.articles] == [d.headline for d in documents]
    assert [a.outlet for a in corpus.articles] == [d.outlet for d in documents]
    days = [d.day.isoformat() if d.day else None for d in documents]
    assert [a.published_earliest for a in corpus.articles] == days
    found = [a.byline and a.byline.removeprefix("By ") for a in corpus.articles]
    assert found == [d.byline for d in documents]


def told(corpus: an.Corpus, severity: str) -> str:
    return "\n".join(p.what for p in corpus.problems if p.severity == severity)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [1, 7])
def test_every_document_is_found_as_it_was_built(tmp_path: Path, kind: str, count: int) -> None:
    corpus = write(tmp_path, kind, DOCUMENTS[:count])
    check_same(corpus, DOCUMENTS[:count])
    assert [a.kind for a in corpus.articles] == ["record"] * count
    assert corpus.unread == []
    documents = "1 document; 1 was found" if count == 1 else f"{count} documents; {count} were found"
    assert documents in told(corpus, "note")


@pytest.mark.parametrize("kind", KINDS)
def test_segments_tile_the_page_and_name_their_rules(tmp_path: Path, kind: str) -> None:
    corpus = write(tmp_path, kind, DOCUMENTS)
    (loaded,) = corpus.pages
    segments = [placed.segment for placed in corpus.segments]
    assert "".join(s.text(loaded.page.text) for s in segments) == loaded.page.text
    assert all(s.rule for s in segments)
    assert loaded.layout.endswith(" export")
    for role in ("headline", "outlet", "stamp", "byline", "paragraph"):
        found = [s for s in segments if s.role == role]
        assert len(found) >= len(DOCUMENTS), role


def test_none_of_five_hundred_documents_is_lost(tmp_path: Path) -> None:
    documents = made.make_documents(500, seed=3)
    corpus = write(tmp_path, "nexis.txt", documents)
    check_same(corpus, documents)
    assert "500 documents; 500 were found" in told(corpus, "note")


@pytest.mark.parametrize("language", made.LANGUAGES)
def test_fields_and_dates_are_read_in_each_language(tmp_path: Path, language: str) -> None:
    corpus = load(tmp_path, "export.txt", made.nexis_text(DOCUMENTS, language=language))
    check_same(corpus, DOCUMENTS)


@pytest.mark.parametrize("newline", ["\r\n", "\r", "mixed"])
def test_line_endings_do_not_matter(tmp_path: Path, newline: str) -> None:
    lines = made.nexis_text(DOCUMENTS).split("\n")
    ends = (
        ["\r\n" if n % 3 else "\n" for n in range(len(lines))]
        if newline == "mixed"
        else [newline] * len(lines)
    )
    corpus = load(tmp_path, "export.txt", "".join(a + b for a, b in zip(lines, ends, strict=True)))
    check_same(corpus, DOCUMENTS)
    assert [a.text for a in corpus.articles] == [d.text for d in DOCUMENTS]


@pytest.mark.parametrize("kind", KINDS)
def test_a_paragraph_is_one_paragraph_of_the_article(tmp_path: Path, kind: str) -> None:
    corpus = write(tmp_path, kind, DOCUMENTS)
    assert [a.text for a in corpus.articles] == [d.text for d in DOCUMENTS]


MISSING = ("headline", "day", "byline")
MAY_MISS = [
    *((kind, missing) for kind in ("nexis.txt", "nexis.html", "factiva.xml") for missing in MISSING),
    *((kind, missing) for kind in ("factiva-plain.html", "factiva-coded.html") for missing in MISSING),
    *((kind, missing) for kind in ("nexis-uni.docx", "nexis-uni.rtf") for missing in ("day", "byline")),
    *(
        (kind, missing)
        for kind in ("europresse.html", "europresse-new.html")
        for missing in ("day", "byline")
    ),
]


@pytest.mark.parametrize(("kind", "missing"), MAY_MISS)
def test_a_missing_value_stays_unknown(tmp_path: Path, kind: str, missing: str) -> None:
    documents = [dataclasses.replace(DOCUMENTS[0], **{missing: None}), *DOCUMENTS[1:3]]
    corpus = write(tmp_path, kind, documents)
    check_same(corpus, documents)
    named = {"headline": "no headline", "day": "no date", "byline": None}[missing]
    assert named is None or f"Document 1 of the export shows {named}." in told(corpus, "warning")


def test_a_headline_wrapped_over_lines_is_one_line(tmp_path: Path) -> None:
    headline = " ".join(["Mayor opens the long bridge over the river"] * 4)
    corpus = load(tmp_path, "e.txt", made.nexis_text([dataclasses.replace(DOCUMENTS[0], headline=headline)]))
    assert corpus.articles[0].headline == headline


def test_bases_say_where_values_stand(tmp_path: Path) -> None:
    article = load(tmp_path, "e.txt", made.nexis_text(DOCUMENTS)).articles[0]
    assert (article.outlet_basis, article.published_basis) == (
        "Nexis export: source line",
        "Nexis export: date line",
    )


@pytest.mark.parametrize(
    ("kind", "ids"),
    [
        ("factiva-plain.html", [d.accession for d in DOCUMENTS]),
        ("factiva-coded.html", [d.accession for d in DOCUMENTS]),
        ("factiva.xml", [d.accession for d in DOCUMENTS]),
        ("europresse.html", [made.europresse_number(d) for d in DOCUMENTS]),
        ("nexis.txt", [f"nexis.txt#{n}" for n in range(len(DOCUMENTS))]),
    ],
)
def test_an_article_keeps_the_number_that_its_archive_gives(
    tmp_path: Path, kind: str, ids: list[str]
) -> None:
    assert [a.article_id for a in write(tmp_path, kind, DOCUMENTS).articles] == ids


# What the markers count, and what is there.


def test_numbers_left_out_are_an_error(tmp_path: Path) -> None:
    kept = [d for d in DOCUMENTS if d.number not in (3, 5, 6)]
    corpus = load(tmp_path, "e.txt", made.nexis_text(kept, total=7))
    assert "Of the documents numbered to 7, 3 are left out: 3, 5–6." in told(corpus, "error")
    assert len(corpus.articles) == 4


def test_an_export_that_ends_early_is_a_warning(tmp_path: Path) -> None:
    corpus = load(tmp_path, "e.txt", made.nexis_text(DOCUMENTS[:5], total=7))
    assert "The documents are numbered to 7; the last one here is 5." in told(corpus, "warning")


def test_a_later_file_of_a_long_export_is_whole(tmp_path: Path) -> None:
    later = [dataclasses.replace(d, number=d.number + 2000) for d in DOCUMENTS]
    corpus = load(tmp_path, "e.txt", made.nexis_text(later, total=2007))
    check_same(corpus, later)
    assert not told(corpus, "error")
    assert not told(corpus, "warning")


@pytest.mark.parametrize(("last", "severity"), [(7, "note"), (9, "error")])
def test_the_request_on_the_cover_page_counts(tmp_path: Path, last: int, severity: str) -> None:
    cover = f"Download Request: Selected Items: 1-{last}\n\nTerms: harbour\n\n"
    corpus = load(tmp_path, "e.txt", made.nexis_text(DOCUMENTS, cover=cover))
    assert f"By the request on its cover page the export holds {last} documents; 7" in told(corpus, severity)


@pytest.mark.parametrize(
    ("name", "text", "claim"),
    [
        ("e.html", made.nexis_html(DOCUMENTS[:5], counted=7), "its META DOCUMENTS"),
        ("e.xml", made.factiva_xml(DOCUMENTS[:5], counted=7), "its attribute count"),
        ("e.rtf", made.nexis_uni(DOCUMENTS[:5], counted=7), "its cover page"),
    ],
)
def test_documents_that_are_counted_but_missing_are_an_error(
    tmp_path: Path, name: str, text: str | list[str], claim: str
) -> None:
    if isinstance(text, list):
        made.write_rtf(tmp_path / name, text)
    else:
        (tmp_path / name).write_text(text, encoding="utf-8")
    corpus = an.load(tmp_path, topic="none")
    assert f"By {claim} the export holds 7 documents; 5 were found." in told(corpus, "error")
    assert len(corpus.articles) == 5


def test_a_last_document_that_was_cut_off_is_kept(tmp_path: Path) -> None:
    lines = made.nexis_uni(DOCUMENTS[:3])
    made.write_rtf(tmp_path / "e.rtf", lines[:-2])
    corpus = an.load(tmp_path, topic="none")
    check_same(corpus, DOCUMENTS[:3])
    assert "By its lines “End of Document” the export holds 2 documents; 3 were found." in told(
        corpus, "warning"
    )


def test_a_document_whose_heading_was_lost_is_told(tmp_path: Path) -> None:
    documents = [dataclasses.replace(d, paragraphs=(LOST,) * 20) for d in DOCUMENTS[:3]]
    text = made.nexis_text(documents, cover="")
    corpus = load(tmp_path, "e.txt", text.replace("2 of 3 DOCUMENTS", ""))
    assert "the heading of a document may be missing" in told(corpus, "warning")
    assert "Of the documents numbered to 3, 1 is left out: 2." in told(corpus, "error")
    corpus = load(tmp_path, "e.txt", text.replace("1 of 3 DOCUMENTS", ""))
    check_same(corpus, documents)
    assert "By its numbered headings the export holds 2 documents; 3 were found." in told(corpus, "warning")


# Headers as archives vary them.


def export(*blocks: str, marker: str = "1 of 1 DOCUMENTS") -> str:
    """One numbered document of these blocks; one that begins with "|" is centred."""
    pieces = [block[1:].center(80).rstrip() if block.startswith("|") else block for block in blocks]
    return "\n\n".join([marker.center(80).rstrip(), *pieces, "LOAD-DATE: March 6, 2024"]) + "\n"


@pytest.mark.parametrize(
    ("blocks", "headline", "byline", "text"),
    [
        # A news agency: headline before the date, fields after the body.
        (
            ["|Eastwick Press Agency", "LEADALL: Bridge closed", "|March 5, 2024, Tuesday", LOST,
             "SECTION: Home"],
            "LEADALL: Bridge closed", None, LOST,
        ),
        # A copyright above the outlet, in the same block, and a date in two languages.
        (
            ["|Copyright 2024 Harbour Press", "|The Gazette", "|5. March 2024", "|March 5, 2024",
             "KOP: Brug dicht", "AUTEUR: FENWICK, ADA", "TEKST:", LOST],
            "Brug dicht", "FENWICK, ADA", LOST,
        ),
        # Editions, a correction, a show, a summary.
        (
            ["|The Gazette", "|March 5, 2024 Tuesday\n" + "Late Edition - Final".center(80).rstrip(),
             "|SHOW: MORNING NEWS 7:00 AM", "Bridge closed;\nFerry full", "LENGTH: 9 words",
             "HIGHLIGHT: What the mayor said.", LOST],
            "Bridge closed; Ferry full", None, LOST,
        ),
        # A byline without a field.
        (["|The Gazette", "|March 5, 2024", "Bridge closed", "BY OUR CORRESPONDENT", "LENGTH: 9 words", LOST],
         "Bridge closed", "BY OUR CORRESPONDENT", LOST),
        # A speaker's name is no field.
        (["|The Gazette", "|March 5, 2024", "Bridge closed", "LENGTH: 4 words", "MAYOR: It is closed.", LOST],
         "Bridge closed", None, "MAYOR: It is closed.\n" + LOST),
        # The word of a field within the body.
        (["|The Gazette", "|March 5, 2024", "Bridge closed", "LENGTH: 4 words",
          "The new bridge.\nLENGTH: 90 metres."],
         "Bridge closed", None, "The new bridge. LENGTH: 90 metres."),
        # A caption is all there is.
        (["|The Gazette", "|March 5, 2024", "Bridge closed", "SECTION: News", "GRAPHIC: " + LOST],
         "Bridge closed", None, LOST),
        # Nothing is centred, and the length has no name.
        (["The Gazette", "https://gazette.example/bridge", "5 maart 2024 dinsdag", "Bridge closed",
          "12 words", LOST],
         "Bridge closed", None, LOST),
        # A lead with its own field is part of the article.
        (["|Le Phare", "|5 mars 2024", "TITRE: Pont clos", "CHAPEAU:", "Le pont reste clos.", "ARTICLE:",
          LOST],
         "Pont clos", None, "Le pont reste clos.\n" + LOST),
    ],
)  # fmt: skip
def test_headers_vary(
    tmp_path: Path, blocks: list[str], headline: str, byline: str | None, text: str
) -> None:
    (article,) = load(tmp_path, "e.txt", export(*blocks)).articles
    assert (article.headline, article.byline, article.text) == (headline, byline, text)
    assert article.published_earliest == "2024-03-05"
    assert article.outlet in ("The Gazette", "Eastwick Press Agency", "Le Phare")


def test_a_caption_is_the_text_of_a_word_document_without_a_body(tmp_path: Path) -> None:
    lines = made.nexis_uni([dataclasses.replace(DOCUMENTS[0], paragraphs=())])
    at = lines.index("Classification")
    made.write_docx(tmp_path / "e.docx", [*lines[:at], "Graphic", "", LOST, *lines[at:]])
    (article,) = an.load(tmp_path, topic="none").articles
    assert (article.headline, article.text) == (DOCUMENTS[0].headline, LOST)


def test_list_lines_and_indented_paragraphs_are_paragraphs(tmp_path: Path) -> None:
    long = "The council met twice in the long winter and voted on the bridge and the ferry"
    speech = "   Then the mayor spoke to all of the readers in\nthe square."
    body = f"{long}\nand the library.\n * a bridge\n * a ferry\n{speech}"
    text = export("|The Gazette", "|March 5, 2024", "Votes", "LENGTH: 9 words", body)
    (article,) = load(tmp_path, "e.txt", text).articles
    assert article.text.split("\n") == [
        f"{long} and the library.",
        "* a bridge",
        "* a ferry",
        "Then the mayor spoke to all of the readers in the square.",
    ]


def test_a_wrong_weekday_is_told_and_the_day_is_used(tmp_path: Path) -> None:
    corpus = load(
        tmp_path, "e.txt", export("|The Gazette", "|March 5, 2024 Friday", "Votes", "LENGTH: 9 words", LOST)
    )
    assert corpus.articles[0].published_earliest == "2024-03-05"
    assert "wrong weekday" in told(corpus, "warning")


def test_an_impossible_day_is_told_and_not_used(tmp_path: Path) -> None:
    corpus = load(
        tmp_path, "e.txt", export("|The Gazette", "|February 31, 2024", "Votes", "LENGTH: 9 words", LOST)
    )
    assert corpus.articles[0].published_basis != "Nexis export: date line"
    assert "'February 31, 2024', which is no day of the calendar" in told(corpus, "warning")


def test_a_document_without_text_is_told(tmp_path: Path) -> None:
    empty = export("|Copyright 2024 Harbour Press").replace("LOAD-DATE: March 6, 2024", "")
    corpus = load(tmp_path, "e.txt", made.nexis_text(DOCUMENTS[:2]) + empty)
    assert len(corpus.articles) == 2
    assert "has no running text" in told(corpus, "note")
    assert "3 documents; 3 were found" in told(corpus, "note")


# What is no export.


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ("The mayor said so.\n\nPage 1 of 10\n\nLENGTH: 5 miles\n", ".txt"),
        ("We read 3 of 10 documents on the bridge.\n\nLANGUAGE: ENGLISH\n", ".txt"),
        ("It was the\n\nEnd of Document\n\nin the film.\n", ".txt"),
        ("<html><div class='article'><p>The factiva database is a tool.</p></div></html>", ".html"),
        ("<html><p class='articleParagraph'>The mayor said so.</p></html>", ".html"),
        ("<rss><channel><item><title>Bridge</title></item></channel></rss>", ".xml"),
        ("", ".txt"),
        ("", ".html"),
        ("", ".xml"),
    ],
)
def test_an_ordinary_page_is_no_export(text: str, suffix: str) -> None:
    assert find_export(text, suffix) is None


# Odd input.

LINES = st.sampled_from(
    ["", "LENGTH: 12 words", "BYLINE:", "BODY:", "LOAD-DATE: March 6, 2024", "HEADLINE:", "GRAPHIC: a",
     "NOTE: b", "                   The Gazette", "                   March 5, 2024", "March 5, 2024",
     "Copyright 2024 Press", "All Rights Reserved", "2 of 3 DOCUMENTS", "Dokument 7 von 9",
     "End of Document", "Body", "Documents (2)", "1. Bridge", "Client/Matter: -None-",
     "https://gazette.example/a", "The mayor said so.", "  * item", "\u00a0", "12 words", "CHAPEAU:",
     "\x0c", "HIGHLIGHT:", "Section:\u00a0News", "Notes", "Classification"]
)  # fmt: skip


@given(st.lists(st.one_of(LINES, st.text(max_size=40)), max_size=30), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_any_text_after_a_marker_tiles(lines: list[str], newline: str) -> None:
    head = newline.join(["1 of 2 DOCUMENTS", "LENGTH: 3 words", ""])
    for text in (
        head + newline.join(lines),
        newline.join(["Load-Date: x", *lines, "End of Document", *lines]),
    ):
        read = find_export(text, ".txt")
        assert read is not None
        page = read("e.txt", "0", "utf-8", text).page
        assert page is not None
        assert page.text == text.replace("\r\n", "\n")
        assert "".join(segment.text(page.text) for segment in page.segments) == page.text
        positions = [n for part in page.layout.parts for n in part.segments]
        assert positions == list(range(len(page.segments)))


MARKUP = st.sampled_from(
    ['<div class="article enArticle">', "</div>", "<p class='articleParagraph'>a</p>", "<p>", "<br>",
     "<!-- <DOC NUMBER=1> -->", "<div id='hd'>Bridge", "<div>12 words</div>", "<div>5 March 2024</div>",
     "<td class='index'><b>HD</b></td>", "<span class='DocPublicationName'>G</span>", "<table><tr>",
     "<span class='titreArticleVisu'>T</span>", "&nbsp;", '<A NAME="DOC_ID_1_0"></A>', "<article>",
     "Document HARBR00020240305ek3500001", "<script>x", "<!--", "-->", "&#0;"]
)  # fmt: skip


@given(st.lists(st.one_of(MARKUP, st.text(max_size=12)), max_size=25))
def test_any_markup_of_an_export_tiles(pieces: list[str]) -> None:
    inner = "".join(pieces)
    for head, suffix in (
        ("<html><!-- <DOC NUMBER=1> --><p>1 of 1 DOCUMENTS</p>", ".html"),
        ('<html><title>Factiva</title><div class="article"><p class="articleParagraph">b</p>', ".html"),
        ('<html><span class="DocPublicationName">H</span><span class="TitreArticleVisu">T</span>', ".html"),
        ("<a><article><accessionNo>A</accessionNo><leadParagraph>b</leadParagraph>", ".xml"),
    ):
        read = find_export(head + inner, suffix)
        assert read is not None
        page = read("e", "0", "utf-8", head + inner).page
        assert page is not None
        assert "".join(segment.text(page.text) for segment in page.segments) == page.text


def test_an_external_entity_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("harbour secret", encoding="utf-8")
    entity = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'
    text = made.factiva_xml(DOCUMENTS[:1]).replace("?>\n", f"?>{entity}", 1)
    text = text.replace("<leadParagraph><paragraph>", "<leadParagraph><paragraph>&x; ")
    read = find_export(text, ".xml")
    assert read is not None
    page = read("e.xml", "0", "utf-8", text).page
    assert page is not None
    assert "harbour secret" not in page.text


@pytest.mark.parametrize("filler", [" ", "a", "1 ", "A: "])
def test_a_line_of_megabytes_is_read(filler: str) -> None:
    text = made.nexis_text(DOCUMENTS[:1]) + filler * (2_000_000 // len(filler)) + "\n"
    read = find_export(text, ".txt")
    assert read is not None
    page = read("e.txt", "0", "utf-8", text).page
    assert page is not None
    assert page.layout.parts[0].facts.headline == DOCUMENTS[0].headline


def test_markup_nested_a_hundred_thousand_deep_is_read() -> None:
    text = made.nexis_html(DOCUMENTS[:2]).replace("</BODY>", "<div>" * 100_000 + "</BODY>")
    read = find_export(text, ".html")
    assert read is not None
    page = read("e.html", "0", "utf-8", text).page
    assert page is not None
    assert len(page.layout.parts) == 2


def test_a_date_is_a_day_of_the_calendar_in_every_language(tmp_path: Path) -> None:
    days = [datetime.date(2023, month, 15) for month in range(1, 13)]
    for language in made.LANGUAGES:
        documents = [dataclasses.replace(DOCUMENTS[0], number=n, day=day) for n, day in enumerate(days, 1)]
        read = find_export(text := made.nexis_text(documents, language=language), ".txt")
        assert read is not None
        parts = read("e.txt", "0", "utf-8", text).page.layout.parts
        assert [part.facts.published for part in parts] == [day.isoformat() for day in days], language


def test_rules_name_the_field_that_gave_them(tmp_path: Path) -> None:
    corpus = load(tmp_path, "e.txt", made.nexis_text(DOCUMENTS, language="de"))
    rules = {placed.segment.rule for placed in corpus.segments}
    assert {"Nexis field LÄNGE", "Nexis field UPDATE", "Nexis date line", "Nexis cover page"} <= rules
    assert not any(re.search("not known", rule) for rule in rules)
