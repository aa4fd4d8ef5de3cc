"""Counts of all rows of a large table: what pandas counts, for any selection of values and days."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.views.cube import UNDATED, Cube, count_cells, count_evidence
from analysis.views.encoding import UNKNOWN
from analysis.views.selecting import select_rows

DAYS = ("2023-12-30", "2024-01-01", "2024-01-31", "2024-02-10", None)
ROW = st.tuples(
    st.sampled_from("abcdef"),
    st.sampled_from(("Herald", "Post")),
    st.sampled_from(("cost", "safety", None)),
    st.sampled_from((["Ana"], ["Ana", "Bo"], ["Bo", "Ana"], [], None)),
    st.sampled_from(DAYS),
)
DIMENSIONS = ("outlet", "frame", "actors")


def make_rows(rows: list[tuple]) -> pd.DataFrame:
    columns = ["article_id", *DIMENSIONS, "date_earliest"]
    frame = pd.DataFrame(rows, columns=columns).astype({"actors": object})
    frame["date_latest"] = frame["date_earliest"]
    words = [name for name in frame if name != "actors"]
    return frame.astype(dict.fromkeys(words, "string")).assign(sentence="Made up.")


def count(cube: Cube, choices: dict[str, str], start: int, end: int) -> tuple[int, int]:
    """Rows and articles that a cube has of some values, over some days."""

    def passes(cell: int) -> bool:
        for name, value in choices.items():
            codes = cube.codes[name][cell]
            if cube.values[name].index(value) not in (codes if isinstance(codes, list) else [codes]):
                return False
        dated = cube.start[cell] != UNDATED
        return start is None or (dated and cube.end[cell] >= start and cube.start[cell] <= end)

    kept = {cell for cell in range(len(cube.rows)) if passes(cell)}
    articles = sum(size for size, cells in cube.classes if kept & set(cells))
    return sum(cube.rows[cell] for cell in kept), articles


@settings(max_examples=25)
@given(st.lists(ROW, min_size=1, max_size=30), st.sampled_from([1000, 12, 6, 3, 1]), st.data())
def test_a_cube_counts_rows_and_articles_as_pandas_does(rows, most, data):
    evidence = make_rows(rows)
    cube = count_evidence(evidence, DIMENSIONS, most=most)
    assert len(cube.rows) <= most or not cube.values
    assert {*cube.values, *cube.dropped} == set(DIMENSIONS)
    assert cube.articles == evidence["article_id"].nunique()
    choices = {
        name: data.draw(st.sampled_from(values))
        for name, values in cube.values.items()
        if data.draw(st.booleans())
    }
    # Whole years, so that they are those of every period: as days since 1970.
    span = data.draw(st.sampled_from([(None, None), (19358, 19722), (19723, 20088)]))
    iso = ["" if day is None else pd.Timestamp(day, unit="D").date().isoformat() for day in span]
    picked = select_rows(
        evidence,
        {"choices": {name: [value] for name, value in choices.items()}, "start": iso[0], "end": iso[1]},
    )
    assert count(cube, choices, *span) == (len(picked), picked["article_id"].nunique())


def test_days_are_told_apart_as_finely_as_there_is_room_for():
    rows = make_rows(
        [("a", "Post", "cost", None, f"2024-{1 + n // 20:02}-{1 + n % 20:02}") for n in range(200)]
    )
    made = [count_evidence(rows, ("outlet", "frame"), most=most) for most in (200, 199, 9)]
    assert [(each.period, len(each.rows)) for each in made] == [("days", 200), ("months", 10), ("years", 1)]
    assert (made[1].start[0], made[1].end[0]) == (19723, 19753)


def test_the_dimension_with_most_values_is_dropped_where_years_are_too_many_cells():
    rows = make_rows([(f"a{n}", "Post", f"frame {n}", None, "2024-01-01") for n in range(30)])
    cube = count_evidence(rows, ("outlet", "frame"), most=10)
    assert (cube.dropped, cube.rows, list(cube.values)) == (("frame",), [30], ["outlet"])


def test_articles_that_are_too_many_kinds_are_not_counted():
    rows = make_rows([(f"a{n}", "Post", f"frame {n}", None, None) for n in range(30)])
    with duckdb.connect() as connection:
        connection.register("rows", rows[["article_id", "outlet", "frame", "date_earliest", "date_latest"]])
        cubes = [count_cells(connection, "rows", ("outlet", "frame"), most_classed=most) for most in (30, 29)]
    assert cubes[0].classes == [(1, [cell]) for cell in range(30)]
    assert cubes[1].classes is None
    assert cubes[1].articles == 30


def test_a_view_over_parquet_files_counts_the_same(tmp_path):
    rows = make_rows([("a", "Post", None, ["Ana", "Bo"], "2024-01-31"), ("b", "Herald", "cost", None, None)])
    columns = ["article_id", *DIMENSIONS, "date_earliest", "date_latest"]
    rows[columns].to_parquet(tmp_path / "part.parquet")
    with duckdb.connect() as connection:
        connection.execute(f"CREATE VIEW \"a 'view'\" AS SELECT * FROM '{tmp_path / 'part.parquet'}'")
        assert count_cells(connection, "a 'view'", DIMENSIONS) == count_evidence(rows, DIMENSIONS)


@pytest.mark.parametrize("name", ["start", 'a "name"', "number", "cell"])
def test_a_dimension_may_have_any_name(name):
    rows = make_rows([("a", "Post", "cost", None, None), ("b", "Post", None, None, None)])
    cube = count_evidence(rows.rename(columns={"frame": name}), ("outlet", name))
    assert cube.values[name] == ["cost", UNKNOWN]
    assert cube.data()["rows"] == [1, 1]


def test_numbers_are_counted_by_the_words_that_views_say():
    rows = make_rows([("a", "Post", None, None, None)] * 2).assign(value=[1500.0, 2.5])
    assert count_evidence(rows, ("value",)).values["value"] == ["1,500", "2.5"]
