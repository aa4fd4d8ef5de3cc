"""Swim lanes in Python: what the view is told, and what it refuses."""

from __future__ import annotations

import pytest
from made_tables import SENTENCES, make_tables, span

from analysis import schema
from analysis.errors import UnknownNameError
from analysis.views import evidence as ev
from analysis.views.explorer import Explorer, join_scripts


def tell(
    article: int, event: str | None, instrument: str | None, status: str, *dates: str, **more: object
) -> dict:
    """A row of the table events: an article tells of an event, from the first to the last of the dates."""
    earliest, latest = (dates[0], dates[-1]) if dates else (None, None)
    trigger = span("agreed", 3)
    return {
        "article_id": f"page.txt#{article}", **span(SENTENCES[3]), "event_id": event, "trigger": "agreed",
        "trigger_start": trigger["start"], "trigger_end": trigger["end"],
        "what": f"the council met on {event}", "instrument": instrument, "status": status, "actors": [],
        "voice": "narration", "date_earliest": earliest, "date_latest": latest, **more,
    }  # fmt: skip


EVENTS = [
    # Three tellings that agree on the day, two on the status.
    tell(0, "pact", "harbour pact", "announced", "2025-02-01", "2025-02-28"),
    tell(1, "pact", "harbour pact", "agreed", "2025-02-10"),
    tell(3, "pact", "harbour pact", "agreed", "2025-02-10"),
    tell(0, "talks", "harbour pact", "in negotiation", "2025-01-01", "2025-03-31"),
    # Two tellings that cannot both be right.
    tell(0, "quota", "fishing quota", "agreed", "2024-06-12"),
    tell(1, "quota", "fishing quota", "agreed", "2024-09-01", "2024-09-30"),
    tell(1, "cut", "fishing quota", "proposed", "2026-01-15"),
    tell(1, "survey", "reef survey", "proposed"),
    tell(3, "ferry", None, "scrapped", "2023-05-03"),
    tell(3, "ferry hall", None, "proposed"),
]


DOUBTS = ["event_id", "what", "modality", "negated", "date_text", "date_basis"]
LONG = "the harbour council will, as its leader said in the spring, close the north quay to all ferries soon"
DOUBTFUL = [
    tell(0, "dredging", "harbour pact", "reported", "2025-01-01", "2025-12-31", negated=True,
         modality="not expected to", date_text="this year", date_basis="its own words: counted from it"),
    tell(0, "levy", "harbour pact", "agreed", "2025-03-04", date_text="4 March",
         date_basis="carried on from the sentence before: nearest in the past"),
    tell(0, "toll", "harbour pact", "agreed", "2025-05-04", date_basis="its own words", what=LONG),
    tell(0, "quay", "harbour pact", "agreed", "2025-07-04", negated=True),
    tell(1, "quay", "harbour pact", "agreed", "2025-07-04"),
    *(tell(n, "mole", "harbour pact", "agreed") for n in range(2)),
]  # fmt: skip


def build_explorer(evidence=ev.event_evidence, **options) -> Explorer:
    """The made-up events, one row a telling."""
    options = {"details": ["event_id", "what"], "unit": "telling", **options}
    return Explorer(evidence(make_tables(events=EVENTS)), dimensions=["instrument", "status"], **options)


def test_the_view_is_told_its_lanes_colours_and_what_it_stands_within():
    view = build_explorer().lanes(
        "status", colour="outlet", within="instrument", title="Life", note="Read it."
    )
    assert (view.kind, view.rows, view.colour, view.within) == ("lanes", "status", "outlet", "instrument")
    assert (view.title, view.note) == ("Life", "Read it.")


def test_statuses_stand_in_the_order_of_a_policys_life():
    explorer = build_explorer()
    life = {"status": list(schema.STATUSES)}
    assert explorer.lanes("status").orders == explorer.lanes("instrument", colour="status").orders == life
    assert explorer.lanes("instrument").orders == {}


def test_one_value_at_a_time_starts_with_most_lanes_in_most_articles_and_is_a_filter():
    many = [tell(0, "pact", "reef survey", "agreed") for _ in range(5)]
    explorer = Explorer(
        ev.instrument_evidence(make_tables(events=[*many, *EVENTS])),
        dimensions=["instrument", "status"],
        unit="telling",
    )
    view = explorer.lanes("status", colour="outlet", within="instrument")
    # Four pairs of a status and an article; the survey is named six times, but in two.
    assert view.orders["instrument"] == ["harbour pact", "fishing quota", "reef survey"]
    start = {"instrument": ["harbour pact"]}
    assert explorer.store.filters["choices"] == start
    assert set(explorer.selection()["instrument"]) == {"harbour pact"}
    explorer.set_filters(instrument="reef survey", status="agreed")
    assert len(explorer.selection()) == 5
    explorer.set_filters()
    assert explorer.store.filters["choices"] == start


def test_no_evidence_has_no_value_to_start_with():
    explorer = Explorer(ev.instrument_evidence(make_tables(events=[])), dimensions=["instrument", "status"])
    explorer.lanes("status", within="instrument")
    assert explorer.store.filters["choices"] == {}


@pytest.mark.parametrize("wrong", [{"lane": "instrumant"}, {"colour": "statos"}, {"within": "outlets"}])
def test_a_name_that_is_no_dimension_is_refused(wrong):
    named = {"lane": "instrument", **wrong}
    with pytest.raises(UnknownNameError, match=f"{next(iter(wrong.values()))}.*Did you mean"):
        build_explorer().lanes(**named)


def test_what_names_marks_is_no_filter():
    data = build_explorer().store.data
    assert [each["name"] for each in data["dimensions"]] == ["outlet", "instrument", "status"]
    assert [each["name"] for each in data["details"]] == ["event_id", "what"]


def test_the_script_of_the_lanes_is_part_of_the_module():
    assert "lanes: drawLaneView" in join_scripts()
