"""Tables and evidence sentences as a notebook shows them."""

from __future__ import annotations

import pandas as pd

from analysis.views.table import show_evidence, show_table

HOSTILE = "</script><img src=x onerror=alert(1)>"


def evidence(*rows: dict) -> pd.DataFrame:
    base = {
        "article_id": "a#0", "outlet": "Example Herald", "headline": "Rain", "sentence": "It rained hard.",
        "match_start": 3, "match_end": 9, "frame": "economic",
        "published_earliest": "2025-07-05", "published_latest": "2025-07-05",
    }  # fmt: skip
    return pd.DataFrame([{**base, **row} for row in rows])


def test_table_has_caption_count_and_escapes_its_cells():
    view = show_table(pd.DataFrame({"headline": [HOSTILE, None]}), "Articles")
    assert "Articles (2 rows)" in view._repr_html_()
    assert "<img" not in view._repr_html_()
    assert repr(view) == f"Articles (2 rows)\nheadline\n{HOSTILE}\n"


def test_large_numbers_are_written_out():
    shown = show_table(pd.DataFrame({"value": [75e6, 14.5]}), "Figures")._repr_html_()
    assert "75,000,000" in shown and "14.5" in shown


def test_rows_left_out_are_told():
    view = show_table(pd.DataFrame({"n": range(9)}), "Numbers", most=2)
    assert "the first 2 of 9 rows" in view._repr_html_()
    assert repr(view).endswith("... 7 more rows")


def test_empty_table_says_why():
    view = show_table(pd.DataFrame({"n": []}), "Numbers", empty="Nothing was counted.")
    assert repr(view) == "Numbers. Nothing was counted."
    assert "Nothing was counted." in view._repr_html_()


def test_evidence_marks_the_match_and_names_its_article():
    view = show_evidence(evidence({}), {"frame": "economic"})
    assert "It <mark>rained</mark> hard." in view._repr_html_()
    assert "It [rained] hard." in repr(view)
    assert "Example Herald, 5 July 2025: Rain [a#0]" in repr(view)


def test_evidence_shows_one_sentence_an_article():
    rows = evidence({}, {}, {"article_id": "b#0", "published_earliest": None, "published_latest": None})
    view = show_evidence(rows)
    assert len(view.rows) == 2
    assert "2 sentences, of 3 rows of evidence" in repr(view)
    assert "publication date not stated" in repr(view)


def test_no_evidence_says_for_what():
    view = show_evidence(evidence({}), {"frame": "morality"})
    assert repr(view) == "No evidence for frame: morality, among 1 row."


def test_hostile_sentence_is_escaped():
    view = show_evidence(
        evidence({"sentence": HOSTILE, "match_start": 0, "match_end": 9, "headline": HOSTILE})
    )
    assert "<img" not in view._repr_html_()
    assert "<mark>&lt;/script&gt;</mark>" in view._repr_html_()
