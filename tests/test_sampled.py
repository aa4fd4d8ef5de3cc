"""An explorer of more rows than may travel: a sample, counts of all, and views that say which is which."""

from __future__ import annotations

import json
from collections import Counter

import pandas as pd
import pytest
from made_tables import make_tables

from analysis.errors import WorkbookError
from analysis.views import evidence as ev
from analysis.views.explorer import Explorer

FRAMES = ("cost", "safety", "rights", "rare")


def make_evidence(count: int, days: int = 200) -> pd.DataFrame:
    """Rows of some days, four frames of which one is rare, three outlets; three rows an article."""
    rows = range(count)
    day = [(pd.Timestamp("2024-01-01") + pd.Timedelta(days=n // 3 % days)).date().isoformat() for n in rows]
    frame = [FRAMES[3] if n % 1000 == 7 else FRAMES[n * 7 // 3 % 3] for n in rows]
    return pd.DataFrame({
        "article_id": [f"page#{n // 3}" for n in rows],
        "outlet": [("Example Herald", "Example Post", "Example Times")[n // 3 % 3] for n in rows],
        "headline": "A headline", "published_earliest": day, "published_latest": day,
        "sentence": [f"Ferry number {n} left the harbour {'early' if n % 5 else 'late'}." for n in rows],
        "match_start": 0, "match_end": 5, "before": None, "after": None,
        "date_earliest": day, "date_latest": day, "url": None, "frame": frame,
        "voice": [("narration", "quotation")[n % 4 == 0] for n in rows],
        "actors": [["Ana Ruiz", "Bo Lind"][: n % 3] for n in rows],
    }).astype(dict.fromkeys(("article_id", "outlet", "sentence", "frame"), "string"))  # fmt: skip


@pytest.fixture(scope="module")
def sampled() -> Explorer:
    return Explorer(
        make_evidence(6000), dimensions=["frame", "voice", "actors"], unit="sentence", most=300, seed=1
    )


def test_a_sample_travels_and_python_keeps_all_rows(sampled):
    data = sampled.store.data
    assert (len(data["article"]), data["sampled"]) == (300, {"rows": 6000})
    assert sum(data["cube"]["rows"]) == 6000
    sampled.set_filters(frame="rare")
    assert len(sampled.selection()) == 6
    sampled.set_filters()
    assert repr(sampled) == (
        "Explorer(6000 sentences, 300 of them in the views, by outlet, frame, voice, actors)"
    )


def test_values_are_those_of_all_rows_and_codes_lead_back_to_the_rows_that_travel(sampled):
    dimensions = {each["name"]: each for each in sampled.store.data["dimensions"]}
    assert dimensions["frame"]["values"] == sorted(FRAMES)
    for name in ("frame", "actors"):
        made = [
            [dimensions[name]["values"][code] for code in (codes if isinstance(codes, list) else [codes])]
            for codes in dimensions[name]["codes"]
        ]
        held = [each if isinstance(each, list) else [each] for each in sampled.shown[name]]
        assert made == [each or ["Not stated"] for each in held]


def test_a_sample_is_proportional_by_outlet_and_first_dimension(sampled):
    whole, shown = (Counter(zip(each["outlet"], each["frame"], strict=True)) for each in
                    (sampled.evidence, sampled.shown))  # fmt: skip
    assert set(shown) == set(whole)
    assert all(abs(shown[key] - whole[key] / 20) < 1.5 for key in whole)


def test_the_same_rows_and_seed_give_the_same_data(sampled):
    again = Explorer(
        make_evidence(6000), dimensions=["frame", "voice", "actors"], unit="sentence", most=300, seed=1
    )
    assert json.dumps(again.store.data) == json.dumps(sampled.store.data)


def test_where_all_rows_travel_the_data_are_as_before():
    evidence = ev.frame_evidence(make_tables())
    options = {"dimensions": ["frame", "voice"], "unit": "frame match"}
    all_of_them = Explorer(evidence, **options, most=len(evidence))
    assert all_of_them.store.data == Explorer(evidence, **options).store.data
    assert {"sampled", "cube"}.isdisjoint(all_of_them.store.data)
    assert all_of_them.shown is evidence


def test_a_sample_of_nothing_is_refused():
    with pytest.raises(WorkbookError, match="one or more"):
        Explorer(make_evidence(3), dimensions=["frame"], most=0)


def test_claims_of_a_sample_have_an_entry_a_row_that_travels():
    figures = ev.figure_evidence(make_tables())
    many = pd.concat([figures.assign(article_id=f"p{n}#0") for n in range(5)], ignore_index=True)
    explorer = Explorer(many, dimensions=["unit"], unit="figure", most=len(figures))
    explorer.claims()
    assert len(explorer.store.data["numbers"]["value"]) == len(explorer.store.data["article"]) == len(figures)
