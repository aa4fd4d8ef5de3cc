"""The story view in Python: what is sent to the browser of two tellings of one story, and what is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import analysis as an
from analysis.errors import UnknownNameError, WorkbookError
from analysis.views import story as story_view

# Nothing is extracted from this sentence, so that it does not travel with a page.
SILENT = "It rained in the evening."
HOSTILE = "</script><img src=x onerror=alert(1)>"
WIRE = (
    "The returns deal will let Britain send small boat arrivals back to France within 14 days 🚢, and in "
    "exchange it will admit the same number of asylum seekers who have family ties in the country and have "
    "not tried to cross the Channel before."
)
EDITED = WIRE.replace("small boat arrivals", "illegal migrants").replace("who have family ties ", "with kin ")
MOVED = "The 140 asylum seekers who live there will be moved to houses in four towns before the end of March."
STORIES = {
    "deal-herald": (
        "Example Herald", "2025-07-10", "Britain and France agree pilot returns deal", "Ana Ruiz",
        "Britain and France have agreed a pilot scheme on migrant returns, Keir Starmer announced.",
        WIRE,
        "“This is a groundbreaking deal that will break the gangs,” said Keir Starmer, the prime minister.",
        "Some 21,000 people have crossed the Channel in small boats this year, the Home Office said.",
        "Enver Solomon, chief executive of the Refugee Council, said: “People seeking asylum need safety.”",
        "Charities warned that the scheme could breach human rights law and face a challenge in court.",
        f"{SILENT} Ministers said that the scheme would begin within weeks.",
    ),
    "deal-post": (
        "Example Post", "2025-07-10", f"Starmer's one in, one out gamble {HOSTILE}", "Ben Lind",
        "Keir Starmer has announced a returns deal with France that critics called a gimmick.",
        EDITED,
        "“It will not stop the boats,” said Chris Philp, the shadow home secretary. “It is a surrender.”",
        "“This is a groundbreaking deal,” said Keir Starmer.",
        "The cost of asylum hotels has reached £5.7 million a day, according to the National Audit Office.",
        "More than 21,000 people have crossed the Channel in small boats this year.",
        "The flood of illegal migrants has put pressure on border security.",
    ),
    "deal-gazette": (
        None, None, "Britain and France agree pilot returns deal", None,
        WIRE,
        "“We will see whether it works,” said Marie Dupont, the mayor of Calais.",
        "France will patrol its beaches with 1,200 more officers.",
    ),
    "hotel-herald": (
        "Example Herald", "2025-08-01", "Asylum hotel in Redcliff to close by spring", "Ana Ruiz",
        "The Home Office said on Friday that an asylum hotel in Redcliff will close by the spring.",
        MOVED,
        "“They mended my roof,” said Joyce Penhale, the manager.",
        "The hotel has cost £5.7 million a year.",
    ),
    "hotel-post": (
        "Example Post", "2025-08-02", "Victory for locals as migrant hotel shuts", None,
        "A migrant hotel in Redcliff will close, the Home Office announced.",
        MOVED,
        "“The town was never asked,” said Stuart Garland, the MP for Redcliff.",
    ),
    "hotel-gazette": (
        "Example Gazette", "2025-08-02", "Hotel in Redcliff to close", None,
        "Redcliff's asylum hotel will close in the spring, the Home Office said on Friday.",
        "“The town was never asked,” said Stuart Garland, the MP for Redcliff.",
        "The hotel has cost £5.7 million a year, or £112 a person a night.",
    ),
}  # fmt: skip


THINGS = (
    "kettle lamp ladder basket pillow hammer candle mirror carpet pencil bucket violin saddle teapot anchor "
    "button curtain thimble whistle blanket sponge lantern spoon feather"
).split()


PLAIN = (
    "A {} lay by a {}.", "Nobody moved the {} or its {}.", "Her {} hung over his {}.", "Some {} hid that {}.",
    "No {} is older than this {}.", "Every {} has another {}.",
)  # fmt: skip


def fill_up(number: int) -> str:
    """Sentences with nothing in them, of each article its own: half of an article may travel."""
    if number == 2:
        return ""  # an article without a date joins a story by what it copies alone
    step = (5, 7, 11, 13, 17, 19)[number]
    pairs = ((THINGS[step * k % 24], THINGS[(step * k + k + number + 1) % 24]) for k in range(12))
    return " ".join(PLAIN[number].format(*pair) for pair in pairs)


def extract_stories(folder: Path):
    """Two stories in three tellings each, extracted."""
    names = ("outlet", "published", "headline", "byline")
    lines = []
    for number, (key, each) in enumerate(STORIES.items()):
        known = {name: value for name, value in zip(names, each, strict=False) if value}
        lines.append(
            json.dumps({"id": key, **known, "text": "\n".join([*each[len(names) :], fill_up(number)])})
        )
    (folder / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return an.extract(an.load(folder, topic=["uk_migration"]))


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    return extract_stories(tmp_path_factory.mktemp("stories"))


@pytest.fixture(scope="module")
def data(tables) -> dict:
    return an.show_story(tables).store.data


def read_rows(data) -> list[tuple[str, str, str, str]]:
    """Aspect, label, article and marked words of each row, cut out as a browser does."""
    columns = {each["name"]: [each["values"][code] for code in each["codes"]] for each in data["dimensions"]}
    rows = []
    for at, article in enumerate(data["article"]):
        text = data["sentences"][data["sentence"][at]].encode("utf-16-le")
        words = text[2 * data["start"][at] : 2 * data["end"][at]].decode("utf-16-le")
        rows.append((columns["aspect"][at], columns["label"][at], data["articles"][article]["id"], words))
    return rows


def test_a_story_has_its_tellings_and_why_they_are_one(tables, data):
    stories = an.find_stories(tables)
    assert {each["id"]: set(each["articles"]) for each in data["stories"]} == {
        story: set(rows["article_id"]) for story, rows in stories.groupby("story")
    }
    deal = next(each for each in data["stories"] if "deal-herald" in each["articles"])
    assert deal["name"].startswith("10 July 2025: Example Herald, Example Post")
    assert deal["pair"] == ["deal-herald", "deal-post"]
    basis = stories.set_index("article_id")["basis"]
    assert all(each["reasons"] == basis[key] for key, each in deal["basis"].items())
    assert all(each["reasons"] for each in deal["basis"].values())


def test_heads_tell_what_is_known_and_unknown_stays_unknown(data):
    heads = {each["id"]: each for each in data["tellers"]}
    assert heads["deal-herald"] == {
        "id": "deal-herald", "outlet": "Example Herald", "published": "10 July 2025", "byline": "Ana Ruiz",
        "headline": "Britain and France agree pilot returns deal", "wire": "", "words": 207,
    }  # fmt: skip
    unknown = heads["deal-gazette"]
    assert (unknown["outlet"], unknown["published"]) == ("Outlet not stated", "publication date not stated")
    assert unknown["byline"] == ""


def test_counts_are_those_of_the_comparison(tables, data):
    for story in data["stories"]:
        compared = an.compare_story(tables, story["articles"]).rows
        rows = compared.groupby(["label", "article_id"]).size().to_dict()
        told: dict[tuple[str, str], int] = {}
        for _, label, article, count, _ in data["told"]:
            if article in story["articles"]:
                told[label, article] = told.get((label, article), 0) + count
        assert told == rows


def test_reported_speech_stands_apart(tables, data):
    said = tables.reported[["article_id", "start"]].drop_duplicates()
    assert sum(count for aspect, *_, count, _ in data["told"] if aspect == "reported") == len(said) > 0
    quoted = {words for aspect, *_, words in read_rows(data) if aspect == "quoted"}
    assert quoted
    assert quoted <= set(tables.quotes["text"])


def test_marked_words_are_those_of_the_article(tables, data):
    articles = tables.articles.set_index("article_id")
    field = data["field"][0]
    for at, (*_, article, words) in enumerate(read_rows(data)):
        text = articles.at[article, field["values"][field["codes"][at]].replace("Not stated", "text")]
        assert words == text[data["place"]["start"][at] : data["place"]["end"][at]]
    assert any("🚢" in data["sentences"][at] for at in data["sentence"])


def test_only_sentences_with_evidence_travel_and_of_no_article_more_than_half(tables, data):
    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    parts: dict[str, set[str]] = {}
    fields = [data["field"][0]["values"][code] for code in data["field"][0]["codes"]]
    for at, article in enumerate(data["article"]):
        if fields[at] == "text":
            parts.setdefault(data["articles"][article]["id"], set()).add(
                data["sentences"][data["sentence"][at]]
            )
    assert set(parts) == set(texts)
    for article, sentences in parts.items():
        assert sum(map(len, sentences)) <= len(texts[article]) / 2 or len(sentences) == 1
    sent = json.dumps(data, ensure_ascii=False)
    assert any(SILENT in text for text in tables.articles["text"])
    assert SILENT not in sent
    assert not any(text in sent for text in tables.articles["text"])


def test_what_is_sent_is_bounded_and_what_is_left_out_is_told(tables, monkeypatch):
    monkeypatch.setattr(story_view, "MOST_OF_LABEL", 1)
    monkeypatch.setattr(story_view, "MOST_CHARACTERS", 60)
    monkeypatch.setattr(story_view, "MOST_TOLD", 2)
    view = an.show_story(tables, most=1)
    data = view.store.data
    rows = read_rows(data)
    assert len({row[:3] for row in rows}) == len(rows)
    assert sum(count for *_, count, _ in data["told"]) > len(rows)
    assert max(map(len, data["sentences"])) <= 60
    assert max(data["cut"]) > 0
    assert "The first 1 of 2 stories can be chosen." in view.note
    assert data["stories"][0]["left_out"] == "The first 2 of 3 articles can be chosen."
    assert all(words for *_, words in rows)


def test_any_articles_can_be_compared_by_their_ids(tables):
    view = an.show_story(tables, articles=["hotel-post", "deal-herald"])
    story = view.store.data["stories"][0]
    assert (view.left, view.right) == ("hotel-post", "deal-herald")
    assert [each["reasons"] for each in story["basis"].values()] == [[], []]
    assert view.title == "Articles side by side"
    assert {article for *_, article, _ in read_rows(view.store.data)} == {"hotel-post", "deal-herald"}
    with pytest.raises(UnknownNameError, match=r"no article 'hotel-pots'\. Did you mean 'hotel-post'"):
        an.show_story(tables, articles=["hotel-pots", "deal-herald"])
    with pytest.raises(WorkbookError, match="between two articles or more"):
        an.show_story(tables, articles=["hotel-post", "hotel-post"])


def test_without_a_story_the_two_most_alike_stand_side_by_side_and_no_story_is_claimed(tables):
    few = tables.select(outlets=["Example Herald"])
    assert an.find_stories(few).empty
    view = an.show_story(few)
    (shown,) = view.store.data["stories"]
    assert set(shown["articles"]) == {view.left, view.right} == {"deal-herald", "hotel-herald"}
    assert view.title == "Articles side by side"
    lead = (
        "No two articles here are found to tell one story. Set side by side all the same: the two that have "
        "most in common."
    )
    assert shown["lead"] == lead
    assert repr(view).startswith(f"{lead} {shown['name']}. ")
    given = an.show_story(few, an.find_stories(few))
    assert given.store.data["stories"] == view.store.data["stories"]


@pytest.mark.parametrize(("first", "said"), [("2026-01-01", "none is here"), ("2025-08-02", "")])
def test_too_few_articles_say_what_is_needed(tables, first, said):
    few = tables.select(outlets=["Example Post"], start=first)
    view = an.show_story(few)
    needed = "Two articles are needed to compare how they tell a story"
    assert repr(view) == view.store.data["empty"] == f"{needed}; {said or '1 is here'}."
    assert view.story == ""


def test_the_view_names_its_story(tables):
    view = an.show_story(tables)
    assert repr(view).startswith(f"{view.store.data['stories'][0]['name']}. ")
