"""A second policy field: nothing in the code is tied to the first; each pack keeps to its articles."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import analysis as an
from analysis.cli import main
from analysis.codebooks import list_topics, load_topic
from analysis.compare.persons import shared_unit
from analysis.report.run import run_report

DATA = Path(__file__).parent / "data" / "drug_prices"
SEEDS = Path(__file__).parents[1] / "seeds"
NAME = "us_drug_prices"
OFF_TOPIC = {"herald-2025-05-14.txt#0", "post-2024-11-02.txt#0", "times-2025-02-20.txt#0"}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("drugs") / "corpus"
    shutil.copytree(DATA, folder)
    return folder


@pytest.fixture(scope="module")
def tables(corpus):
    return an.extract(an.load(corpus))


def test_every_instrument_of_every_pack_names_a_public_source():
    for name in list_topics():
        pack = load_topic(name)
        assert [entry.id for entry in pack.instruments if not entry.source] == []
        assert pack.problems == ()


@pytest.mark.parametrize("name", list_topics())
def test_no_two_actors_of_a_pack_share_an_alias(name):
    seen: dict[str, str] = {}
    for actor in load_topic(name).actors:
        for alias in {actor.name, *actor.aliases}:
            assert seen.setdefault(alias, actor.id) == actor.id, alias


def test_auto_takes_the_pack_that_applies_and_no_other(tables):
    assert tables.topic == (NAME,)
    articles = tables.articles.set_index("article_id")["on_topic"]
    assert set(articles.index[~articles]) == OFF_TOPIC


def test_auto_leaves_the_first_field_to_its_own_pack(tmp_path):
    # The seeds' settings name their topic; without them it has to be found.
    for page in SEEDS.glob("*.txt"):
        shutil.copy(page, tmp_path)
    corpus = an.load(tmp_path)
    assert an.check_corpus(corpus).topics == ("uk_migration",)
    assert not any(match.on_topic for match in corpus.matches[NAME])


def test_extract_with_the_pack_named_writes_events_terms_figures_and_frames(corpus, tmp_path):
    assert (
        main(["extract", str(corpus), "--topic", NAME, "--out", str(tmp_path / "out"), "--format", "jsonl"])
        == 0
    )
    rows = {
        name: [
            json.loads(line) for line in (tmp_path / "out" / f"{name}.jsonl").read_text("utf-8").splitlines()
        ]
        for name in ("events", "terms", "figures", "frames")
    }
    for name in ("events", "terms"):
        assert OFF_TOPIC.isdisjoint(row["article_id"] for row in rows[name])
    instruments = {row["instrument"] for row in rows["events"]}
    assert {
        "Medicare drug price negotiation", "insulin cap", "most-favored-nation pricing",
        "pricing deals with drugmakers", "rules for pharmacy benefit managers",
    } <= instruments  # fmt: skip
    assert instruments - {None} <= {entry.label for entry in load_topic(NAME).instruments}
    groups = {(row["term_group"], row["use"]) for row in rows["terms"]}
    assert {
        ("seniors", "person"), ("patients", "modifier"), ("price controls", "process"),
    } <= groups  # fmt: skip
    assert {"economic", "health and safety"} <= {row["frame"] for row in rows["frames"]}
    assert not [row for row in rows["frames"] if "migra" in row["codebook"]]


def test_events_are_dated_and_have_the_status_that_the_text_gives(tables):
    columns = ["article_id", "instrument", "date_earliest", "status"]
    told = {tuple(row) for row in tables.events.dropna(subset=columns)[columns].itertuples(index=False)}
    assert told >= {
        ("herald-2024-08-15.txt#0", "Medicare drug price negotiation", "2024-08-15", "announced"),
        ("post-2024-08-16.txt#0", "Medicare drug price negotiation", "2026-01-01", "announced"),
        ("herald-2025-05-13.txt#0", "most-favored-nation pricing", "2025-05-12", "agreed"),
        ("post-2025-10-01.txt#0", "pricing deals with drugmakers", "2025-09-30", "announced"),
    }


@pytest.mark.parametrize(
    ("article", "words", "measure"),
    [
        ("times-2023-03-02.txt#0", "$35", "cost of insulin"),
        ("times-2023-03-02.txt#0", "7 million", "people who take a drug"),
        ("herald-2024-08-15.txt#0", "$6 billion", "savings"),
        ("herald-2024-08-15.txt#0", "38 percent to 79 percent", "price cuts"),
        ("herald-2025-05-13.txt#0", "$2,000", "out-of-pocket costs"),
        ("post-2024-08-16.txt#0", "$521", "list price"),
        ("post-2024-11-02.txt#0", "$12 million", None),
    ],
)
def test_figures_get_the_measure_that_their_sentence_names(tables, article, words, measure):
    figures = tables.figures
    found = figures[(figures["article_id"] == article) & (figures["text"] == words)]["codebook_measure"]
    assert set(found.astype(object).where(found.notna(), None)) == {measure}


def test_any_word_for_persons_counts_people():
    assert {shared_unit(unit) for unit in ("patient", "migrant", "enrollee", "tenant")} == {"people"}
    assert shared_unit("boat") == "boat"


def test_speakers_have_the_offices_and_roles_of_the_field(tables):
    quotes = tables.quotes.set_index("speaker")
    assert quotes.loc["Donald Trump", "party"] == "Republican"
    assert set(quotes.loc["Peter Lund", "role"]) == {"spokesman for PhRMA"}


def test_the_timeline_has_a_lane_for_each_instrument(tables):
    evidence = an.event_evidence(tables)
    dated = evidence[evidence["date_earliest"].notna()]
    assert {"Medicare drug price negotiation", "most-favored-nation pricing"} <= set(dated["instrument"])
    chart = an.plot_timeline(tables)
    assert "12 of 28 events have a date" in chart.sentence
    assert "most-favored-nation pricing" in chart.figure.to_json()


def test_frames_and_terms_are_compared_as_in_the_first_field(tables):
    shares = an.frame_shares(tables, "policy_frames", unit="article", by=None).set_index("frame")
    assert shares.loc["economic", "articles"] >= 5
    terms = an.term_shares(tables, use="process")
    assert {"negotiation", "price controls"} <= set(terms["term_group"])
    assert an.list_topic_codebooks(tables) == []


def test_report_says_the_topic_and_speaks_of_no_other_field(corpus, tmp_path, capsys):
    out = tmp_path / "exports"
    names = ("01-political-framing", "02-policy-timelines")
    wanted = [word for name in names for word in ("--notebook", name)]
    assert main(["report", str(corpus), "--topic", NAME, "--out", str(out), *wanted]) == 0
    assert f"Topic: {NAME} ({load_topic(NAME).title}); 6 of 9 articles are on it" in capsys.readouterr().out
    for name in names:
        page = BeautifulSoup((out / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
        words = page.find("main").get_text(" ").lower()
        assert [word for word in ("migra", "asylum", "small boat", "smuggl") if word in words] == []
        assert "price controls" in words or name != "01-political-framing"


def test_without_a_topic_pack_all_articles_are_looked_at_and_none_is_called_off_topic(corpus, tmp_path):
    names = ["02-policy-timelines", "03-source-comparison"]
    assert run_report(corpus, out=tmp_path, notebooks=names, parameters={"topic": "none"}).ok
    pages = [BeautifulSoup((tmp_path / f"{name}.html").read_text("utf-8"), "html.parser") for name in names]
    figures = len(an.extract(an.load(corpus, topic="none")).figures)
    assert f" of {figures} have a known measure" in pages[0].get_text()
    (outlets,) = (
        table for table in pages[1]("table") if "Outlets in this corpus" in table.caption.get_text()
    )
    at = [cell.get_text() for cell in outlets("th")].index("on topic")
    assert {row("td")[at].get_text() for row in outlets.tbody("tr")} == {""}
