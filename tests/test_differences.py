"""Differences between sources on status, date and figure, with the evidence of each side."""

from __future__ import annotations

import pytest
from made_tables import SENTENCES, make_tables, span

import analysis as an
from analysis.compare.contradictions import find_bounds

HERALD, POST, BARE, LATER = (f"page.txt#{n}" for n in range(4))


def telling(article_id, status="agreed", date=(None, None), what=None, **more):
    trigger = span("agreed", 3)
    return {
        "article_id": article_id, **span(SENTENCES[3]), "event_id": "event-1", "trigger": "agreed",
        "trigger_start": trigger["start"], "trigger_end": trigger["end"],
        "what": what or f"agreed the quota {status}",
        "instrument": "fishing quota", "actors": [], "status": status, "negated": False,
        "date_earliest": date[0], "date_latest": date[1], **more,
    }  # fmt: skip


def figure(article_id, value, change="=", as_of=("2025-06-01", "2025-06-30"), **more):
    return {
        "article_id": article_id, **span("£4 million"), "value": float(value), "unit": "people",
        "change": change, "as_of_earliest": as_of[0], "as_of_latest": as_of[1],
        "direction": change if change in ("up", "down") else None,
        "codebook_measure": "arrivals", "period": "month", **more,
    }  # fmt: skip


def differ(**changes):
    return an.find_differences(make_tables(**{"events": [], "figures": [], **changes}))


def test_nothing_is_found_where_nothing_differs_and_the_columns_stand():
    found = an.find_differences(make_tables())
    assert found.empty
    assert list(found.columns) == list(differ(events=[telling(HERALD), telling(POST, "scrapped")]).columns)
    assert found.attrs["left_out"] == {"figures of no measure of the codebook": 4}


def test_one_event_with_two_statuses_gives_both_sides_with_their_evidence():
    found = differ(events=[telling(POST, "in force"), telling(HERALD, "proposed")])
    assert list(found["kind"]) == ["status", "status"]
    assert found["difference"].nunique() == 1
    assert list(found["says"]) == ["proposed", "in force"], "in order of publication"
    assert list(found["outlet"]) == ["Example Herald", "Example Post"]
    assert set(found["text"]) == {SENTENCES[3]}
    assert set(found["about"]) == {"agreed the quota in force"}


def test_copies_of_one_sentence_do_not_differ_in_status():
    copy = {"what": "The council agreed the quota"}
    assert differ(events=[telling(HERALD, "proposed", **copy), telling(POST, "in force", **copy)]).empty


def test_two_words_of_one_sentence_do_not_differ():
    assert differ(events=[telling(HERALD, "proposed"), telling(HERALD, "in force")]).empty


@pytest.mark.parametrize("said", ["agreed", "in force", "scrapped", "announced"])
def test_a_past_fact_contradicts_no_deed(said):
    assert differ(events=[telling(HERALD, "past fact"), telling(POST, said)]).empty
    assert len(differ(events=[telling(HERALD, "past fact"), telling(POST, "ruled out")])) == 2


def test_the_note_tells_a_development_from_a_difference():
    def note(first, second):
        found = differ(events=[telling(first, "proposed"), telling(second, "in force")])
        (note,) = found["note"].unique()
        return note

    assert "development" in note(HERALD, POST)
    assert "unknown" in note(HERALD, BARE)
    articles = make_tables().articles.to_dict("records")
    articles[0]["published_latest"] = "2025-02-10"
    events = [telling(HERALD, "proposed"), telling(POST, "in force")]
    assert "the sources differ" in differ(events=events, articles=articles)["note"][0]


def test_a_difference_within_one_article_says_so():
    lead = {**telling(HERALD, "proposed"), **span(SENTENCES[0])}
    assert set(differ(events=[lead, telling(HERALD, "in force")])["note"]) == {"One article gives both."}


def test_the_day_of_an_article_contradicts_no_date():
    stated = telling(HERALD, date=("2024-06-10", "2024-06-10"), date_text="on Monday")
    article = telling(POST, date=("2024-06-12", "2024-06-12"), date_basis="publication")
    assert differ(events=[stated, article]).empty


def test_dates_without_a_day_in_common_are_a_difference():
    dates = [("2024-06-10", "2024-06-10"), ("2024-06-12", "2024-06-12"), ("2024-06-01", "2024-06-30")]
    events = [telling(a, date=d) for a, d in zip((HERALD, POST, LATER), dates, strict=True)]
    found = differ(events=events)
    assert list(found["says"]) == ["2024-06-10", "2024-06-12"], "June contradicts neither"
    assert set(found["kind"]) == {"date"}
    assert differ(events=[telling(HERALD, date=dates[2]), telling(POST, date=dates[0])]).empty


def test_tellings_of_different_events_are_not_compared():
    assert differ(events=[telling(HERALD), telling(POST, "scrapped", event_id="event-2")]).empty


# Figures


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((20000, ">"), (21977, "=")),
        ((20000, "="), (21977, "=")),
        ((20000, "~"), (19100, "=")),
        ((30000, "<"), (29500, "=")),
        ((20000, ">"), (30000, "<")),
        ((4.2e6, "="), (4.23e6, "=")),
    ],
)
def test_figures_that_can_both_be_true_are_no_difference(one, other):
    assert differ(figures=[figure(HERALD, *one), figure(POST, *other)]).empty


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((20000, ">"), (19350, "=")),
        ((21977, "="), (21985, "=")),
        ((20000, "~"), (25123, "=")),
        ((30000, "<"), (31000, ">")),
        ((4.2e6, "="), (4.7e6, "=")),
    ],
)
def test_figures_that_exclude_each_other_are_shown_with_their_bounds(one, other):
    found = differ(figures=[figure(HERALD, *one), figure(POST, *other)])
    assert len(found) == 2
    assert set(found["kind"]) == {"figure"}
    assert found["says"].str.endswith("people, as of 2025-06-01 to 2025-06-30").all()


def test_a_range_is_honoured():
    wide = figure(HERALD, 100, high=200.0)
    assert differ(figures=[wide, figure(POST, 151)]).empty
    assert len(differ(figures=[wide, figure(POST, 251)])) == 2


@pytest.mark.parametrize(
    "other",
    [
        {"as_of": ("2024-06-01", "2024-06-30")},
        {"as_of": ("2025-01-01", "2025-12-31")},
        {"as_of": ("2025-07-01", "2025-07-31")},
        {"unit": "boat"},
        {"codebook_measure": "returns"},
        {"period": "week"},
        {"change": "up", "direction": "up"},
        {"direction": "down"},
    ],
)
def test_other_times_units_measures_and_periods_are_never_compared(other):
    assert differ(figures=[figure(HERALD, 100), figure(POST, 900, **other)]).empty


def test_nouns_for_persons_are_one_unit():
    people, migrants = figure(HERALD, 5_417), figure(POST, 6_500, unit="migrant")
    found = differ(figures=[people, migrants])
    assert list(found["says"]) == [
        "5,417 people, as of 2025-06-01 to 2025-06-30", "6,500 migrant, as of 2025-06-01 to 2025-06-30"
    ]  # fmt: skip
    assert differ(figures=[people, {**migrants, "unit": "small boat"}]).empty


def test_what_cannot_be_compared_is_counted():
    found = differ(
        figures=[
            figure(HERALD, 100), figure(POST, 900, as_of=(None, None)), figure(POST, 900, period=None),
            figure(POST, 900, codebook_measure=None),
        ]
    )  # fmt: skip
    assert found.empty
    assert found.attrs["left_out"] == {
        "figures that do not say as of when": 1,
        "figures whose period is unknown": 1,
        "figures of no measure of the codebook": 1,
    }


def test_one_article_does_not_contradict_itself():
    assert differ(figures=[figure(HERALD, 100), figure(HERALD, 900)]).empty


@pytest.mark.parametrize(("later", "sides"), [(21977, 0), (18111, 2)])
def test_a_count_of_the_year_so_far_may_grow_and_not_fall(later, sides):
    so_far = {"period": "year to date"}
    early = figure(HERALD, 20011, as_of=("2025-06-30", "2025-07-01"), **so_far)
    late = figure(POST, later, as_of=("2025-01-01", "2025-07-10"), **so_far)
    other_year = figure(LATER, 37005, as_of=("2024-01-01", "2024-07-10"), **so_far)
    found = differ(figures=[late, other_year, early])
    assert len(found) == sides
    assert found["note"].str.startswith("The count grows").all()


def test_only_a_count_grows_through_its_period():
    def claims(unit, change="="):
        july, august = (("2025-01-01", f"2025-{month}") for month in ("07-31", "08-31"))
        return [
            figure(HERALD, 50, change, july, unit=unit, period="year to date"),
            figure(POST, 30, change, august, unit=unit, period="year to date"),
        ]

    assert len(differ(figures=claims("people"))) == 2
    may_fall = [("percent", "="), ("pound sterling per day", "="), ("percent", "up"), ("people", "up")]
    for unit, change in may_fall:
        assert differ(figures=claims(unit, change)).empty, (unit, change)


def test_counts_since_one_day_are_held_against_each_other_at_their_end():
    since = {"as_of": ("2024-07-05", "2025-07-01"), "period": "since 2024-07"}
    assert len(differ(figures=[figure(HERALD, 20123, **since), figure(POST, 15321, **since)])) == 2


def test_two_counts_for_one_day_exclude_each_other():
    so_far = {"period": "year to date", "as_of": ("2025-07-01", "2025-07-01")}
    assert len(differ(figures=[figure(HERALD, 20011, **so_far), figure(POST, 20311, **so_far)])) == 2


def test_bounds_of_a_claim():
    assert find_bounds(20000, None, "=") == (18000, 22000)
    assert find_bounds(21977, None, "=") == (21976.5, 21977.5)
    assert find_bounds(0, None, "=") == (0, 0)
    assert find_bounds(12.5, None, "=") == (pytest.approx(12.45), pytest.approx(12.55))


# The life of an instrument; what nothing dates


def test_an_instrument_is_traced_in_order_of_publication():
    rows = [
        telling(BARE),
        telling(LATER, "scrapped"),
        telling(HERALD, "proposed"),
        telling(POST, instrument=None),
    ]
    traced = an.trace_instruments(make_tables(events=rows))
    assert list(traced["status"]) == ["proposed", "scrapped", "agreed"]
    assert list(traced["article_id"]) == [HERALD, LATER, BARE]
    assert set(traced["text"]) == {SENTENCES[3]}


def test_undated_events_say_why():
    june = span("in June", 3)

    def why(article=HERALD, **date):
        dates = [{"article_id": HERALD, **june, "type": "DATE", **date}] if date else []
        for row in dates:
            row["article_id"] = article
        return an.undated_events(make_tables(events=[telling(article)], dates=dates))["why"].item()

    assert why() == "no date expression in the sentence"
    assert "dates something else" in why(earliest="2024-06-01", latest="2024-06-30")
    assert "names no days" in why(value="PAST_REF")
    assert "publication that is unknown" in why(BARE, value="XXXX-06")
    dated = telling(HERALD, date=("2024-06-10", "2024-06-10"))
    assert an.undated_events(make_tables(events=[dated])).empty


# Evidence of both


def test_evidence_of_a_difference_reads_both_sides():
    events = [telling(HERALD, "proposed"), telling(POST, "in force")]
    events += [telling(HERALD, event_id="event-2"), telling(POST, "scrapped", event_id="event-2")]
    evidence = an.difference_evidence(make_tables(events=events))
    assert evidence["difference"].nunique() == 2, "a label of its own for each difference"
    assert set(evidence["sentence"]) == {SENTENCES[3]}
    sides = evidence.groupby("difference")["says"].apply(sorted).tolist()
    assert sorted(sides) == [["agreed", "scrapped"], ["in force", "proposed"]]
    assert an.difference_evidence(make_tables(events=[])).empty


def test_evidence_of_instruments_is_dated_by_publication():
    evidence = an.instrument_evidence(make_tables(events=[telling(POST), telling(HERALD, instrument=None)]))
    assert list(evidence["date_earliest"]) == ["2025-02-01"]
    assert list(evidence["instrument"]) == ["fishing quota"]
    row = evidence.iloc[0]
    assert row["sentence"][row["match_start"] : row["match_end"]] == "agreed"


# Through the pipeline


def test_two_articles_differ_on_the_month_of_a_vote_and_on_a_count(tmp_path):
    bill = "Border Security, Asylum and Immigration Bill"
    pages = {
        "herald": f"The {bill} will be passed by the House of Lords in October.\n"
        "A total of 21,117 people have crossed the Channel in small boats so far this year.",
        "post": f"The House of Lords is expected to pass the {bill} in November.\n"
        "A total of 25,436 people have crossed the Channel in small boats so far this year.",
    }
    for name, text in pages.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    known = "".join(f'[[pages]]\nmatch = "{name}.txt"\npublished = 2025-07-11\n' for name in pages)
    (tmp_path / "corpus.toml").write_text(f'topic = ["uk_migration"]\n{known}', encoding="utf-8")
    tables = an.extract(an.load(tmp_path))
    found = an.find_differences(tables)
    said = found.groupby("kind")["says"].apply(list)
    assert said["date"] == ["2025-10-01 to 2025-10-31 (“October”)", "2025-11-01 to 2025-11-30 (“November”)"]
    assert [words.split(" ")[0] for words in said["figure"]] == ["21,117", "25,436"]
    texts = tables.articles.set_index("article_id")["text"]
    for row in found.itertuples():
        assert texts[row.article_id][row.start : row.end] == row.text
