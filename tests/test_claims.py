"""The view of claims in Python: what it adds to the store, its axes, and its errors."""

from __future__ import annotations

import pandas as pd
import pytest
from made_tables import make_tables

from analysis.errors import UnknownNameError
from analysis.views.claims import NUMBERS, WORDS
from analysis.views.evidence import figure_evidence
from analysis.views.explorer import Explorer

OUTLETS = ("Example Herald", "Example Post", "Example Times")
PUBLISHED = ("2024-09-06", "2025-07-10", "2025-08-02", None)
SAID = {"attributed_to": "Port Office"}
SO_FAR = {"period": "year to date"}
# Article, words, value, high, unit, change, measure of the codebook, as of, and what else is known.
CLAIMS = (
    (0, "20,000", 20_000, None, "migrant", ">", "arrivals", ("2024-01-01", "2024-09-06"), SO_FAR),
    (0, "21,977", 21_977, None, "arrival", "=", "arrivals", ("2024-09-05", "2024-09-05"), SAID),
    (0, "1,225", 1_225, None, "people", "up", "arrivals", ("2024-09-01", "2024-09-30"), {}),
    (1, "20,000", 20_000, None, "people", ">", "arrivals", ("2025-06-30", "2025-07-05"), SAID),
    (1, "22,000", 22_000, None, "people", "<", "arrivals", ("2025-07-09", "2025-07-09"), {}),
    (2, "25,000", 25_000, None, "people", "~", "arrivals", (None, None), {}),
    (2, "hundreds", 100, 1_000, "people", "=", "arrivals", ("2024-11-01", "2025-02-28"), {}),
    (1, "60%", 60, None, "percent", "=", "grants", ("2025-03-31", "2025-03-31"), {}),
    (1, "63%", 63, None, "percent", "=", "grants", ("2025-04-30", "2025-04-30"), {}),
    (2, "£75m", 75e6, None, "pound sterling", "=", "grants", ("2025-04-01", "2025-04-30"), {}),
    (1, "seven", 7, None, "ship", "=", None, ("2025-03-31", "2025-03-31"), {}),
)
# What nothing dates: its article has no date either.
UNDATED = (3, "24,000", 24_000, None, "people", "=", "arrivals", (None, None), {})


# Claims that meet on one day, go on through New Year, or have no date; the words before the number lead.
CLOSE = (
    (0, "30,000", 30_000, None, "people", "<", "returns", ("2024-06-06", "2025-06-07"),
     {"period": "year", "lead": "nearly "}),
    (0, "31,000", 31_000, None, "people", "<", "returns", ("2025-03-01", "2025-03-01"), {}),
    (0, "20,500", 20_500, None, "people", "=", "arrivals", ("2025-07-03", "2025-07-03"), {}),
    (1, "20,000", 20_000, None, "people", ">", "arrivals", ("2025-06-30", "2025-07-05"), {"lead": "over "}),
    (1, "21,000", 21_000, None, "people", "=", "arrivals", ("2025-01-01", "2025-07-10"), SO_FAR),
    (3, "20,500", 20_500, None, "people", "=", "arrivals", ("2025-07-03", "2025-07-03"), {}),
    (2, "50", 50, None, "migrant", "~", "visits", (None, None), {"lead": "some "}),
)  # fmt: skip


def claim_tables(claims=(*CLAIMS, UNDATED), outlets=(*OUTLETS, OUTLETS[0])):
    """Four articles, the last without a date, and their claims: a sentence each."""
    rows: dict[str, list[dict]] = {"articles": [], "sentences": [], "figures": []}
    for n, day in enumerate(PUBLISHED):
        about = {"article_id": f"a#{n}"}
        mine = [claim for claim in claims if claim[0] == n]
        text = "".join(f"The count is {claim[-1].get('lead', '')}{claim[1]} now. " for claim in mine)
        rows["articles"].append(
            {**about, "outlet": outlets[n], "headline": f"Story {n}", "text": text,
             "published_earliest": day, "published_latest": day}
        )  # fmt: skip
        at = 0
        for number, (_, words, value, high, unit, change, coded, as_of, more) in enumerate(mine):
            start, lead = text.index(words, at), more.get("lead", "")
            more = {name: value for name, value in more.items() if name != "lead"}
            end = at = text.index(".", start) + 1
            rows["sentences"].append(
                {**about, "start": start - 13 - len(lead), "end": end, "sentence": number}
            )
            rows["figures"].append(
                {**about, "field": "text", "start": start, "end": start + len(words), "text": words,
                 "value": value, "high": high, "unit": unit, "change": change, "measure": coded or "ships",
                 "direction": change if change in ("up", "down") else None,
                 "as_of_earliest": as_of[0], "as_of_latest": as_of[1],
                 "codebook_measure": coded, "voice": "narration", **more}
            )  # fmt: skip
    return make_tables(**rows)


def claim_explorer(**changes) -> Explorer:
    """An explorer of these claims; a keyword replaces a column."""
    evidence = figure_evidence(claim_tables()).assign(**changes)
    return Explorer(evidence, dimensions=["unit", "voice"], unit="figure")


def close_explorer() -> Explorer:
    """An explorer of the close claims, of which two articles do not name their outlet."""
    tables = claim_tables(CLOSE, (OUTLETS[0], None, OUTLETS[1], None))
    return Explorer(figure_evidence(tables), dimensions=["codebook_measure"], unit="figure")


def detail(data: dict, name: str) -> list[str]:
    """A detail's value in each row."""
    made = next(each for each in data["details"] if each["name"] == name)
    return [made["values"][code] for code in made["codes"]]


@pytest.fixture
def data() -> dict:
    explorer = claim_explorer()
    assert "numbers" not in explorer.store.data
    assert explorer.claims().store is explorer.store
    return explorer.store.data


def test_numbers_stand_in_the_store_as_numbers(data):
    evidence = claim_explorer().evidence
    assert [0 if n is None else n for n in data["numbers"]["value"]] == list(evidence["value"])
    assert sorted(n for n in data["numbers"]["high"] if n is not None) == [1000]
    assert all(isinstance(n, int) for n in data["numbers"]["value"])


def test_what_the_explorer_filters_by_is_not_sent_twice(data):
    names = [each["name"] for each in (*data["dimensions"], *data["details"])]
    assert len(names) == len(set(names))
    again = claim_explorer()
    again.claims()
    once = again.store.data
    again.claims(title="Once more")
    assert again.store.data == once


def test_view_knows_what_only_the_publication_dates(data):
    about = dict(zip(claim_explorer().evidence["value"], detail(data, "dated_by"), strict=True))
    assert (about[21_977], about[25_000], about[24_000]) == ("the text", "publication", "Not stated")


def test_persons_share_an_axis_within_a_measure_and_nothing_else_does(data):
    axes = dict(zip(detail(data, "axis"), detail(data, "codebook_measure"), strict=True))
    assert (axes.pop("people"), axes.pop("ship")) == ("arrivals", "Not stated")
    assert axes == dict.fromkeys(("percent", "pound sterling"), "grants")
    loose = claim_explorer(codebook_measure=pd.array([None] * 12, dtype="string"))
    loose.claims()
    assert {"migrant", "arrival", "people"} <= set(detail(loose.store.data, "axis"))


@pytest.mark.parametrize("name", [*NUMBERS, *WORDS])
def test_missing_columns_are_named_with_the_way_out(name):
    evidence = claim_explorer().evidence.drop(columns=name)
    explorer = Explorer(evidence, dimensions=["voice"], unit="figure")
    with pytest.raises(UnknownNameError, match=rf"no column '{name}'[\s\S]*figure_evidence"):
        explorer.claims()


def test_no_figures_at_all_is_no_error():
    empty = figure_evidence(make_tables(figures=[]))
    explorer = Explorer(empty, dimensions=["unit"], unit="figure")
    explorer.claims()
    assert explorer.store.data["numbers"] == {"value": [], "high": []}
