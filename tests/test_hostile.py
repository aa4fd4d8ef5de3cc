"""What a hostile corpus leaves in the file of a page: words, and nothing that acts or asks for anything."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from made_hostile import AWAY, LABELS, MARKUP, RUN, hostile_pages, write_hostile

import analysis as an
from analysis.views.sharing import say_sharing

# Elements that fetch, frame, forward or send.
ACTING = "iframe, frame, object, embed, base, link, form, portal, video, audio, source, input[type=image]"
FETCHING = ("src", "srcset", "data", "poster", "action", "formaction", "ping", "background", "srcdoc")


@pytest.fixture(scope="module", params=["as it was extracted", "from the store"])
def tables(request, tmp_path_factory) -> an.Tables:
    pages = write_hostile(tmp_path_factory.mktemp("hostile"))
    made = an.extract(an.load(pages), fresh=True)
    return made if request.param == "as it was extracted" else an.extract(an.load(pages))


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, Path]:
    return hostile_pages(tmp_path_factory)


@pytest.fixture(params=["views", "report", "index"])
def soup(request, pages) -> BeautifulSoup:
    return BeautifulSoup(pages[request.param].read_text("utf-8"), "html.parser")


@pytest.mark.timeout(600)
def test_the_policy_allows_no_script_but_the_pages_own_and_no_network(soup):
    policies = soup.find_all("meta", attrs={"http-equiv": True})
    assert [each["http-equiv"] for each in policies] == ["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policies[0]["content"].split(";"))
    assert (
        rules["default-src"] == rules["connect-src"] == rules["form-action"] == rules["base-uri"] == "'none'"
    )
    assert re.fullmatch(r"'none'|'sha256-[A-Za-z0-9+/=]{44}' blob:", rules["script-src"])
    sources = " ".join(rules.values()).split()
    assert not [each for each in sources if re.match(r"\*|https?:|wss?:|//|'unsafe-eval'|'self'", each)]
    assert [name for name, value in rules.items() if "'unsafe-inline'" in value] == ["style-src"]


@pytest.mark.timeout(600)
def test_no_tag_acts_or_asks_for_anything(soup):
    assert soup.select(ACTING) == []
    for tag in soup.find_all(True):
        assert not [name for name in tag.attrs if name.lower().startswith("on")], tag
        for name in set(FETCHING) & set(tag.attrs):
            assert re.match(r"data:image/(png|jpeg|svg\+xml);base64,", tag[name]), tag
        if tag.has_attr("href"):
            assert tag.name == "a"
            assert re.match(r"#|https?://|mailto:|[\w%.-]+\.html", tag["href"]), tag
            assert tag["href"][:4] != "http" or "noreferrer" in tag["rel"]
    types = [script.get("type") for script in soup.find_all("script")]
    # One script runs; the others are data.
    assert sum(each in (None, "module", "text/javascript") for each in types) <= 1
    assert not [each for each in soup.find_all("style") if AWAY in each.get_text()]


@pytest.mark.timeout(600)
def test_a_page_says_what_travels_with_it(pages):
    for name, texts in (("views", "full"), ("report", "evidence")):
        soup = BeautifulSoup(pages[name].read_text("utf-8"), "html.parser")
        assert soup.find("meta", attrs={"name": "framelines-texts"})["content"] == texts
        assert say_sharing(texts) in " ".join(soup.get_text().split())


def test_the_corpus_is_read_with_its_markup_as_words(tables):
    assert len(tables.articles) == len(MARKUP) + 2
    assert str(an.check_tables(tables)).startswith("All 15 tables keep their contract")
    assert set(LABELS) <= set(tables.frames["frame"])
    for plant in MARKUP[:23]:
        assert tables.articles["headline"].str.contains(plant, regex=False).any(), plant
        assert tables.articles["text"].str.contains(plant, regex=False).any(), plant


@pytest.mark.parametrize(
    "show",
    [
        lambda tables: an.show_pages(tables),
        lambda tables: an.show_contexts(tables, frame=LABELS[0], codebook="=hostile <b>", most=99),
        lambda tables: an.show_evidence(an.frame_evidence(tables, codebook=None), most=99),
        lambda tables: an.show_table(tables.articles, LABELS[0]),
        lambda tables: an.show_shares(an.frame_shares(tables, "=hostile <b>", by="outlet"), LABELS[0]),
    ],
)
def test_what_is_shown_as_html_has_the_markup_as_words(tables, show):
    shown = show(tables)._repr_html_()
    assert RUN in html.unescape(shown)
    soup = BeautifulSoup(shown, "html.parser")
    assert soup.find_all(["script", "img", "svg", "iframe", "a", "meta", "form", "math", "object"]) == []
    for tag in soup.find_all(True):
        assert not [name for name in tag.attrs if name.startswith("on") or name in ("src", "href")], tag
