"""The data contract: frames have its columns, order and types; what breaks it is found."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import UnknownNameError
from analysis.schema import DTYPES, TABLES, Column, build_frame, describe_tables, find_faults, table

DICTIONARY = Path(__file__).parents[1] / "docs" / "data-dictionary.md"

EXAMPLES = {
    "string": st.text(min_size=1, max_size=12),
    "int": st.integers(0, 2**40),
    "offset": st.integers(0, 2**40),
    "float": st.floats(allow_nan=False, allow_infinity=False),
    "bool": st.booleans(),
    "date": st.dates().map(str),
    "list": st.lists(st.text(max_size=8), max_size=3),
}


def a_value(column: Column) -> st.SearchStrategy:
    values = st.sampled_from(column.values) if column.values else EXAMPLES[column.type]
    return st.none() | values


def rows_of(name: str) -> st.SearchStrategy:
    row = st.fixed_dictionaries({column.name: a_value(column) for column in TABLES[name].columns})
    return st.lists(row, max_size=3)


@pytest.mark.parametrize("name", TABLES)
def test_empty_frame_keeps_the_contract(name: str) -> None:
    frame = build_frame(name)
    assert list(frame.columns) == TABLES[name].names
    assert [str(dtype) for dtype in frame.dtypes] == [column.dtype for column in TABLES[name].columns]
    assert find_faults(name, frame) == []


def plain(value: object) -> object:
    return value if isinstance(value, list) or pd.notna(value) else None


@pytest.mark.parametrize("name", TABLES)
@settings(max_examples=15)
@given(data=st.data())
def test_rows_come_out_of_a_frame_as_they_went_in(name: str, data: st.DataObject) -> None:
    rows = data.draw(rows_of(name))
    frame = build_frame(name, rows)
    assert find_faults(name, frame) == []
    assert [str(dtype) for dtype in frame.dtypes] == [column.dtype for column in TABLES[name].columns]
    found = [{key: plain(value) for key, value in row.items()} for row in frame.to_dict("records")]
    assert found == rows


def test_what_a_row_does_not_give_is_null() -> None:
    frame = build_frame("figures", [{"article_id": "a#0", "value": 3.5}])
    assert frame.loc[0, "article_id"] == "a#0"
    given_columns = {"article_id", "value"}
    assert frame.drop(columns=list(given_columns)).isna().all(axis=None)


def test_empty_string_and_nan_become_null() -> None:
    frame = build_frame("figures", [{"unit": "", "value": float("nan"), "high": 2.0}])
    assert frame.loc[0, "unit"] is pd.NA
    assert frame.loc[0, "value"] is pd.NA
    assert frame.loc[0, "high"] == 2.0


def test_zero_false_and_empty_list_are_values_not_null() -> None:
    frame = build_frame("events", [{"start": 0, "negated": False, "actors": []}])
    assert frame.loc[0, "start"] == 0
    assert bool(frame.loc[0, "negated"]) is False
    assert frame.loc[0, "actors"] == []


def test_further_columns_follow_in_order_of_appearance() -> None:
    frame = build_frame("mentions", [{"note": "x"}, {"score": 1, "note": "y"}])
    assert list(frame.columns) == [*TABLES["mentions"].names, "note", "score"]
    assert find_faults("mentions", frame) == []


def test_unknown_table_is_refused_with_the_closest_name() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'quotes'"):
        table("quote")
    with pytest.raises(UnknownNameError):
        build_frame("quote")


@pytest.mark.parametrize(
    ("name", "column", "value", "fault"),
    [
        ("quotes", "kind", "shouted", "quotes.kind: 'shouted' is not one of direct"),
        ("articles", "published_earliest", "1 May 2025", "'1 May 2025' is not a date YYYY-MM-DD"),
        ("articles", "headline", "", "articles.headline: an empty string stands where null should"),
    ],
)
def test_a_value_outside_the_contract_is_found(name: str, column: str, value: str, fault: str) -> None:
    frame = build_frame(name, [{}])
    frame.loc[0, column] = value
    assert [found for found in find_faults(name, frame) if fault in found]


def test_a_missing_column_is_found() -> None:
    frame = build_frame("quotes").drop(columns="cue")
    assert find_faults("quotes", frame) == ["quotes: column 'cue' is missing"]


def test_columns_in_another_order_are_found() -> None:
    frame = build_frame("mentions")
    assert find_faults("mentions", frame[frame.columns[::-1]]) == [
        "mentions: the columns are not in the contract's order"
    ]


def test_every_column_is_described_once() -> None:
    for spec in TABLES.values():
        assert len(set(spec.names)) == len(spec.names), spec.name
        for column in spec.columns:
            assert column.meaning.endswith("."), f"{spec.name}.{column.name}"
            assert column.type in DTYPES
            assert bool(column.values) == (column.type == "enum"), f"{spec.name}.{column.name}"


def test_both_ends_of_an_interval_stand_together() -> None:
    for spec in TABLES.values():
        for name in spec.names:
            if name.endswith("earliest"):
                assert name.removesuffix("earliest") + "latest" in spec.names


def test_data_dictionary_is_up_to_date() -> None:
    assert DICTIONARY.read_text(encoding="utf-8") == describe_tables(), "Run `make docs`."


def test_data_dictionary_lists_every_column_in_order() -> None:
    sections = re.split(r"^## ", describe_tables(), flags=re.MULTILINE)[1:]
    listed = {
        section.split("\n")[0]: re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) for section in sections
    }
    assert listed == {spec.name: spec.names for spec in TABLES.values()}
