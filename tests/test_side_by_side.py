"""A story side by side: what each article tells, with its passages, and what was not found in one of them."""

from __future__ import annotations

import json

import pytest
from made_tables import ARTICLES, HOSTILE, make_tables, span

import analysis as an
from analysis.compare.sources.story_rows import ASPECTS, ROW_COLUMNS

HERALD, POST, BARE, LATER = (f"page.txt#{n}" for n in range(4))
COUNTS = ["aspect", "label", HERALD, POST]


def pick(frame, aspect):
    return frame[frame["aspect"] == aspect]


def counts(story, aspect):
    """Label -> counts, an article each."""
    own = pick(story.grid, aspect)
    return {row[1]: tuple(row[2:]) for row in own.itertuples(index=False)}


@pytest.fixture(scope="module")
def story():
    return an.compare_story(make_tables(), [POST, HERALD])


def test_articles_stand_in_order_of_publication_and_each_has_its_column(story):
    assert list(story.articles["article_id"]) == [HERALD, POST]
    assert list(story.grid.columns) == COUNTS
    assert story.story is None
    assert story.articles["basis"].isna().all()


def test_every_row_is_its_text(story):
    tables = make_tables()
    own = tables.articles.set_index("article_id")
    assert list(story.rows.columns) == list(ROW_COLUMNS)
    assert set(story.rows["aspect"]) == set(ASPECTS) - {"differs"}
    for row in story.rows.itertuples():
        assert own[row.field][row.article_id][row.start : row.end] == row.text
    headlines = pick(story.rows, "headline")
    assert list(headlines["text"]) == [ARTICLES[0][2], ARTICLES[1][2]]
    assert set(headlines["field"]) == {"headline"}


def test_counts_are_of_passages_by_label(story):
    assert counts(story, "quoted") == {"Ana Ruiz": (1, 1)}
    assert counts(story, "term") == {"critics": (1, 1)}
    assert counts(story, "frame") == {"Security and defence": (1, 1), "Economic": (1, 0)}, "narration alone"
    assert set(pick(story.rows, "frame")["detail"]) == {"policy_frames"}
    assert set(pick(story.rows, "term")["detail"]) == {"person; narration"}


def test_what_one_tells_and_another_does_not_is_worded_as_not_found(story):
    only = story.only
    frame = pick(only, "frame")
    assert list(frame["label"]) == ["Economic"]
    assert (list(frame["told_by"]), list(frame["not_found_in"])) == ([[HERALD]], [[POST]])
    assert "left out" not in story.says
    assert "Speakers, frames, terms and figures found in every article: 3; only in some: 3. " in story.says
    assert "Events found in every article: 0; only in some: 2. An event told in other words " in story.says
    assert list(only["aspect"])[-2:] == ["event", "event"], "what is often worded apart comes last"
    assert "may have been told all the same" in story.says


def event(article_id, event_id, **more):
    trigger = span("agreed", 3)
    return {
        "article_id": article_id, **span("The council agreed the quota in June.", 3), "event_id": event_id,
        "trigger": "agreed", "trigger_start": trigger["start"], "trigger_end": trigger["end"],
        "what": f"agreed the quota, as {article_id} has it", "actors": [], "status": "agreed",
        "date_earliest": "2024-06-12", "date_latest": "2024-06-12", **more,
    }  # fmt: skip


def test_events_are_matched_by_their_id_and_a_missing_one_stands_in_only():
    events = [
        event(HERALD, "one"),
        event(POST, "one", status="proposed"),
        event(POST, "two", what="opened the pier", negated=True),
    ]
    story = an.compare_story(make_tables(events=events), [HERALD, POST])
    assert counts(story, "event") == {
        f"agreed the quota, as {HERALD} has it": (1, 1),
        "opened the pier": (0, 1),
    }
    only = pick(story.only, "event")
    assert list(only["label"]) == ["opened the pier"]
    assert list(only["not_found_in"]) == [[HERALD]]
    details = set(pick(story.rows, "event")["detail"])
    assert details == {"agreed; 2024-06-12", "proposed; 2024-06-12", "agreed; denied; 2024-06-12"}
    differs = pick(story.rows, "differs")
    assert set(differs["article_id"]) == {HERALD, POST}
    assert all(label.startswith("status: ") for label in differs["label"])


def test_two_events_with_the_same_words_keep_their_own_lines():
    events = [event(HERALD, "one", what="met"), event(POST, "two", what="met")]
    story = an.compare_story(make_tables(events=events), [HERALD, POST])
    assert counts(story, "event") == {"met": (1, 0), "met (2)": (0, 1)}


def figure(article_id, value, **more):
    return {
        "article_id": article_id, **span("£4 million"), "value": value, "unit": "people", "change": "=",
        "measure": f"arrivals of {article_id}", "voice": "narration", **more,
    }  # fmt: skip


def test_figures_meet_by_their_measure_or_by_value_and_unit():
    figures = [
        figure(HERALD, 4.0),
        figure(POST, 4.0),
        figure(HERALD, 20_000.0, codebook_measure="small boat arrivals", change=">"),
        figure(POST, 19_500.0, codebook_measure="small boat arrivals", attributed_to="Home Office"),
        figure(POST, 5.0, high=6.0, change="~", as_of_earliest="2025-01-01", as_of_latest="2025-01-31"),
    ]
    story = an.compare_story(make_tables(figures=figures), [HERALD, POST])
    assert counts(story, "figure") == {
        "small boat arrivals": (1, 1),
        f"4 people (arrivals of {HERALD})": (1, 1),
        f"5 to 6 people (arrivals of {POST})": (0, 1),
    }
    assert set(pick(story.rows, "figure")["detail"]) == {
        "4 people; narration",
        "more than 20,000 people; narration",
        "19,500 people; said by Home Office; narration",
        "about 5 to 6 people; as of 2025-01-01 to 2025-01-31; narration",
    }


def quote(article_id, words, quote_id, **more):
    return {"article_id": article_id, **span(words, 1), "quote_id": quote_id, "kind": "direct", **more}


def test_a_speaker_who_is_not_known_stays_unknown_and_is_compared_with_nobody():
    said = [
        quote(HERALD, "We need", "q1"),
        quote(HERALD, "security", "q1", speaker="Ana Ruiz", cue="said"),
        quote(HERALD, "now", "q2"),
        quote(POST, "now", "q1", speaker_text="a baker"),
        quote(POST, "now", "q2", kind="scare", speaker="Ana Ruiz"),
    ]
    reported = [{"article_id": POST, **span("for security", 2), "speaker": "Ben Okri", "cue": "fears"}]
    reported = [{name: value for name, value in row.items() if name != "field"} for row in reported]
    story = an.compare_story(make_tables(quotes=said, reported=reported), [HERALD, POST])
    found = {"Ana Ruiz": (2, 0), "unknown": (1, 0), "a baker": (0, 1), "Ben Okri": (0, 1)}
    assert counts(story, "quoted") == found
    assert set(pick(story.only, "quoted")["label"]) == set(found) - {"unknown"}
    details = pick(story.rows, "quoted").set_index("label")["detail"]
    assert details["Ben Okri"] == "reported speech; fears"


def name_actors(names):
    """Actors by id, each mentioned by the first article."""
    actors = [{"actor_id": key, "name": name, "kind": key.partition(":")[0]} for key, name in names.items()]
    return {"actors": actors, "mentions": [{"article_id": HERALD, "actor_id": key} for key in names]}


def test_a_surname_alone_is_the_one_full_name_of_the_story_that_ends_with_it():
    full = {"person:ana-ruiz": "Ana Ruiz", "organisation:aid-council": "Aid Council"}
    said = [
        quote(HERALD, "We need", "q1", actor_id="person:ana-ruiz", speaker="Ana Ruiz"),
        quote(HERALD, "now", "q2", actor_id="organisation:aid-council", speaker="Aid Council"),
        quote(POST, "now", "q1", actor_id="person:ruiz@post", speaker="Ruiz", speaker_text="Ms Ruiz"),
        quote(POST, "We need", "q2", speaker="Council", speaker_text="the Council"),
    ]
    named = name_actors({**full, "person:ruiz@post": "Ruiz"})
    story = an.compare_story(make_tables(quotes=said, **named), [HERALD, POST])
    assert counts(story, "quoted") == {"Ana Ruiz": (1, 1), "Aid Council": (1, 0), "Council": (0, 1)}
    details = pick(story.rows, "quoted").query("label == 'Ana Ruiz'").set_index("article_id")["detail"]
    assert details[POST] == "direct quotation; named “Ms Ruiz”"
    assert details[HERALD] == "direct quotation"
    named = name_actors({**full, "person:eva-ruiz": "Eva Ruiz", "person:ruiz@post": "Ruiz"})
    story = an.compare_story(make_tables(quotes=said, **named), [HERALD, POST])
    assert counts(story, "quoted")["Ruiz"] == (0, 1), "one of two"


def test_a_frame_of_two_codebooks_says_which():
    rows = [
        {"article_id": HERALD, **span("budget", 2), "voice": "narration", "frame": name, "codebook": codebook}
        for name, codebook in (("Economic", "policy_frames"), ("economic", "narrative_frames"))
    ]
    story = an.compare_story(make_tables(frames=rows), [HERALD, POST])
    assert set(counts(story, "frame")) == {"Economic (policy_frames)", "economic (narrative_frames)"}


def test_unknown_names_give_the_closest_and_one_article_is_no_story():
    tables = make_tables()
    with pytest.raises(an.WorkbookError, match=r"no article 'page\.txt#9'\. Did you mean 'page\.txt#"):
        an.compare_story(tables, [HERALD, "page.txt#9"])
    with pytest.raises(an.WorkbookError, match="two articles or more, and 1 is named"):
        an.compare_story(tables, [HERALD, HERALD])
    stories = an.find_stories(tables)
    with pytest.raises(an.WorkbookError, match="There is no story 'story-0'"):
        an.compare_story(tables, "story-0", stories=stories)


def test_the_story_reads_well_and_hostile_text_is_escaped(story):
    shown = story._repr_html_()
    assert HOSTILE not in shown
    assert "&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;" in shown
    assert "<td>not found</td>" in shown
    said = repr(story)
    assert "Ana Ruiz: A 1, B 1" in said
    assert "Economic: A 1, B not found" in said
    assert "B Example Post, 2025-02-01 to 2025-02-28" in said


def test_the_order_of_the_articles_changes_nothing(story):
    again = an.compare_story(make_tables(), [HERALD, POST])
    assert again.rows.equals(story.rows)
    assert again.grid.equals(story.grid)


def test_articles_without_an_outlet_or_a_date_say_so():
    story = an.compare_story(make_tables(), [BARE, HERALD])
    assert list(story.articles["article_id"]) == [HERALD, BARE]
    assert "of 1 outlet and some of no stated outlet" in story.says
    assert "1 of unknown date" in story.says
    assert "B Outlet not stated, no date: No stamp on this page" in repr(story)


TOLD = {
    "first": (
        "Herald", "Barge Corvina leaves Saltmarsh with empty cabins",
        "The barge Corvina was towed out of Saltmarsh harbour on Wednesday after legionella was found in its "
        "tanks.\nThe home secretary said that the Corvina would not return. 'It was never fit to live in,' "
        "said harbour master Ines Calder.\nSome 416 asylum seekers had lived in its cabins.\nOn Thursday the "
        "council of Saltmarsh announced an inquiry into the contract for the Corvina.",
    ),
    "second": (
        "Post", "Asylum barge Corvina towed from Saltmarsh after legionella scare",
        "Tugs pulled the Corvina, the asylum barge, out of Saltmarsh harbour on Wednesday.\nInspectors had "
        "found legionella in the tanks of the Corvina, which had held 416 asylum seekers.\nInes Calder, the "
        "harbour master, said nobody at Saltmarsh would miss it.",
    ),
    "third": (
        "Mail", "Fees for visas of fruit pickers rise by a third",
        "Growers in the Wendle valley were told on Wednesday that visas for fruit pickers will cost a third "
        "more.\n'Half of my strawberries rotted in June,' said Tom Aspinall, who has sold nine polytunnels.\n"
        "The home secretary said that asylum and visas were two matters.",
    ),
}  # fmt: skip


def test_a_story_of_extracted_articles_is_found_and_compared(tmp_path):
    rows = [
        {"id": name, "outlet": outlet, "headline": headline, "text": text, "published": "2025-07-03"}
        for name, (outlet, headline, text) in TOLD.items()
    ]
    lines = "\n".join(json.dumps(row) for row in rows)
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.jsonl").write_text(lines, encoding="utf-8")
    tables = an.extract(an.load(tmp_path / "pages", topic="none"))
    found = an.find_stories(tables)
    assert list(found["article_id"]) == ["first", "second"]
    assert any("Corvina" in reason for reason in found["basis"].iloc[0])
    story = an.compare_story(tables, found["story"].iloc[0], stories=found)
    assert list(story.articles["basis"]) == list(found["basis"])
    held = {label: told for label, told in counts(story, "figure").items() if label.startswith("416 ")}
    assert list(held.values()) == [(1, 1)]
    missing = pick(story.only, "event")
    inquiry = missing[missing["label"].str.contains("announced an inquiry")]
    assert [place for row in inquiry["not_found_in"] for place in row] == ["second"] * len(inquiry)
    assert len(inquiry)
    own = tables.articles.set_index("article_id")
    for row in story.rows.itertuples():
        assert own[row.field][row.article_id][row.start : row.end] == row.text
