"""Files of codings: what is appended is read back, a crash loses nothing, faults have file and line."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.compare.codings import append_coding, find_coding_file, read_codings
from analysis.compare.questions import Question, event_question, frame_question
from analysis.errors import CodingError

HEADER = "item,coder,question,values,when\n"
WHEN = "2025-07-09T14:30:00Z"
NOON = datetime(2025, 7, 9, 12, tzinfo=UTC)
FRAMES = Question("frames", "Which?", ("cost", "law"), multiple=True)
STATUS = Question("status", "How far?", ("agreed", "proposed"))


def write(folder: Path, *rows: str, coder: str = "ana", head: str = HEADER, end: str = "\n") -> Path:
    path = folder / f"{coder}.csv"
    path.write_text(head + "\n".join(rows) + end, encoding="utf-8")
    return path


def row(item: str = "a", coder: str = "ana", values: str = "cost", question: str = "frames") -> str:
    return f"{item},{coder},{question},{values},{WHEN}"


def told(folder: Path, **options) -> list[str]:
    with pytest.raises(CodingError) as caught:
        read_codings(folder, **options)
    return str(caught.value).splitlines()


def test_answers_come_back_with_coder_and_time(tmp_path):
    folder = tmp_path / "coding" / "first"
    path = append_coding(folder, "ana", "a", {"frames": ["cost", "law"], "status": ["agreed"]}, when=NOON)
    append_coding(folder, "ana", "b", {"frames": []}, when=NOON)
    assert path.read_text(encoding="utf-8").splitlines()[1] == "a,ana,frames,cost; law,2025-07-09T12:00:00Z"
    assert read_codings(folder).to_numpy().tolist() == [
        ["a", "ana", "frames", ["cost", "law"], "2025-07-09T12:00:00Z"],
        ["a", "ana", "status", ["agreed"], "2025-07-09T12:00:00Z"],
        ["b", "ana", "frames", [], "2025-07-09T12:00:00Z"],
    ]


def test_last_answer_counts_and_the_first_stays_in_the_file(tmp_path):
    for values in (["cost"], ["law"]):
        path = append_coding(tmp_path, "ana", "a", {"frames": values})
    assert list(read_codings(tmp_path)["values"]) == [["law"]]
    assert len(path.read_text(encoding="utf-8").splitlines()) == 3


def test_each_coder_has_a_file(tmp_path):
    for coder in ("zoë", "ana", "ben-2"):
        append_coding(tmp_path, coder, "a", {"frames": [coder]})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ana.csv", "ben-2.csv", "zoë.csv"]
    codings = read_codings(tmp_path)
    assert dict(zip(codings["coder"], codings["values"], strict=True)) == {
        "ana": ["ana"], "ben-2": ["ben-2"], "zoë": ["zoë"],
    }  # fmt: skip


def test_without_a_folder_there_are_no_codings(tmp_path):
    codings = read_codings(tmp_path / "none")
    assert list(codings.columns) == HEADER.strip().split(",")
    assert len(codings) == 0


@pytest.mark.parametrize(
    "name",
    [
        "",
        "../ana",
        "a/b",
        "a\\b",
        "ana.csv",
        "ana ruiz",
        "-ana",
        "CON",
        "sample",
        "extraction",
        "a" * 41,
        "a\n",
    ],
)
def test_name_that_cannot_name_a_file_is_refused(tmp_path, name):
    with pytest.raises(CodingError, match="letters, digits and dashes"):
        append_coding(tmp_path, name, "a", {"frames": []})
    assert list(tmp_path.iterdir()) == []


def test_a_name_near_the_one_refused_is_offered(tmp_path):
    for name, near in (("Zoë Müller", "Zoë-Müller"), ("a_b.csv ", "a-b-csv")):
        with pytest.raises(CodingError, match=f"Write '{near}', or choose another name"):
            find_coding_file(tmp_path, name)
    with pytest.raises(CodingError, match="Choose another name"):
        find_coding_file(tmp_path, "(con)")


def test_two_coders_do_not_differ_in_capitals_alone(tmp_path):
    append_coding(tmp_path, "ana", "a", {"frames": []})
    with pytest.raises(CodingError, match="Write 'ana' to go on"):
        find_coding_file(tmp_path, "Ana")


def test_every_cut_of_the_last_line_is_passed_over_and_told(tmp_path):
    append_coding(tmp_path, "ana", "a", {"frames": ["cost"]}, when=NOON)
    path = append_coding(tmp_path, "ana", "zoë, b", {"frames": ["law"]}, when=NOON)
    whole = path.read_bytes()
    last = whole.rindex(b"\n", 0, -1) + 1
    for cut in range(last + 1, len(whole) - 1):
        path.write_bytes(whole[:cut])
        with pytest.warns(UserWarning, match="line 3.*half written"):
            codings = read_codings(tmp_path)
        assert list(codings["item"]) == ["a"], whole[last:cut]
        assert codings.attrs["problems"][0].line == 3
    append_coding(tmp_path, "ana", "c", {"frames": []}, when=NOON)
    assert list(read_codings(tmp_path)["item"]) == ["a", "c"]


def test_last_line_without_its_break_is_kept(tmp_path):
    path = write(tmp_path, row("a"), row("b"), end="")
    append_coding(tmp_path, "ana", "c", {"frames": ["law"]})
    assert list(read_codings(tmp_path)["item"]) == ["a", "b", "c"]
    assert path.read_text(encoding="utf-8").startswith(HEADER + row("a") + "\n" + row("b") + "\n")


@pytest.mark.parametrize("left", ["", "ite", HEADER[:-1]])
def test_a_crash_within_the_first_line_loses_nothing(tmp_path, left):
    path = tmp_path / "ana.csv"
    path.write_text(left, encoding="utf-8")
    append_coding(tmp_path, "ana", "a", {"frames": ["law"]})
    assert path.read_text(encoding="utf-8").startswith(HEADER)
    assert list(read_codings(tmp_path)["values"]) == [["law"]]


def test_formulas_are_text_in_the_file_and_themselves_when_read(tmp_path):
    values = ["=1+1", "+x", "-x", "@x", "'=x", "'plain"]
    for value in values:
        path = append_coding(tmp_path, "ana", value, {"frames": [value]})
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    assert [line.split(",")[0] for line in lines] == ["'=1+1", "'+x", "'-x", "'@x", "''=x", "'plain"]
    codings = read_codings(tmp_path)
    assert list(codings["item"]) == [each[0] for each in codings["values"]] == values


LINE = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=30)


@settings(max_examples=60)
@given(item=LINE, value=LINE.map(lambda text: text.replace(";", "").strip()).filter(bool))
def test_any_item_and_value_come_back(tmp_path_factory, item, value):
    folder = tmp_path_factory.mktemp("any")
    append_coding(folder, "ana", item, {"frames": [value]})
    append_coding(folder, "ana", f"{item}!", {"frames": [value]})
    codings = read_codings(folder, items=[item, f"{item}!"])
    assert list(codings["item"]) == [item, f"{item}!"]
    assert list(codings["values"]) == [[value], [value]]


def test_columns_that_a_coder_adds_are_kept_in_their_order(tmp_path):
    head = "when,note,item,coder,question,values\n"
    path = write(tmp_path, f"{WHEN},doubtful,a,ana,frames,cost", head=head)
    append_coding(tmp_path, "ana", "b", {"frames": ["law"]}, when=NOON)
    assert path.read_text(encoding="utf-8").endswith("2025-07-09T12:00:00Z,,b,ana,frames,law\n")
    assert list(read_codings(tmp_path)["values"]) == [["cost"], ["law"]]


def test_missing_column(tmp_path):
    write(tmp_path, "a,ana,frames,cost", head="item,coder,question,values\n")
    what, allowed, _ = told(tmp_path)
    assert what == f"{tmp_path / 'ana.csv'}, line 1: The column 'when' is missing."
    assert allowed == "The first line is item,coder,question,values,when; further columns may follow."


def test_semicolons_for_commas(tmp_path):
    write(tmp_path, row().replace(",", ";"), head=HEADER.replace(",", ";"))
    assert "line 1: The column 'item' is missing. The columns are parted by semicolons." in told(tmp_path)[0]


def test_too_few_cells(tmp_path):
    write(tmp_path, row(), "b,ana,frames", row("c"))
    assert told(tmp_path)[0] == f"{tmp_path / 'ana.csv'}, line 3: The row has 3 cells."


def test_open_quotation_mark(tmp_path):
    write(tmp_path, row(), '"b,ana,frames,cost,' + WHEN, row("c"))
    assert "ana.csv, line 3: The row cannot be read" in told(tmp_path)[0]


def test_wrong_encoding(tmp_path):
    path = write(tmp_path, row(), row("b"))
    path.write_bytes(path.read_bytes() + "café,ana,frames,cost,".encode("cp1252") + WHEN.encode() + b"\n")
    assert "ana.csv, line 4: It is not UTF-8: the byte 0xe9" in told(tmp_path)[0]


def test_excel_unicode_text(tmp_path):
    (tmp_path / "ana.csv").write_bytes((HEADER + row() + "\n").encode("utf-16"))
    assert "ana.csv, line 1: It is not UTF-8" in told(tmp_path)[0]


def test_byte_order_mark_and_windows_line_ends_are_read(tmp_path):
    (tmp_path / "ana.csv").write_bytes(("\ufeff" + HEADER + row() + "\n").replace("\n", "\r\n").encode())
    append_coding(tmp_path, "ana", "b", {"frames": ["law"]})
    assert list(read_codings(tmp_path)["values"]) == [["cost"], ["law"]]


def test_rows_that_a_spreadsheet_left_empty_are_no_rows(tmp_path):
    write(tmp_path, row(), ",,,,", row("b"), ",,,,")
    assert list(read_codings(tmp_path)["item"]) == ["a", "b"]


def test_one_coder_is_read_without_the_file_of_another(tmp_path):
    write(tmp_path, row())
    write(tmp_path, "no row", coder="ben")
    assert list(read_codings(tmp_path, coder="ana")["item"]) == ["a"]
    assert "ben.csv, line 2" in told(tmp_path)[0]


def test_unknown_item_value_and_another_coder_are_told_together(tmp_path):
    write(tmp_path, row(), row("x"), row(values="costs"), row(coder="ben"), row(values="costs; cost"))
    message = told(tmp_path, items=["a"], questions=[FRAMES])
    assert message[:4] == [
        f"{tmp_path / 'ana.csv'}, line 3: The item 'x' is not in the sample.",
        "Line 4: 'costs' is none of the values. The question is 'frames'.",
        "Line 5: The coder is 'ben'.",
        "Line 6: 'costs' is none of the values. The question is 'frames'.",
    ]


def test_one_value_where_one_is_asked(tmp_path):
    write(tmp_path, row(question="status", values="agreed; proposed"))
    what, allowed, _ = told(tmp_path, questions=[STATUS])
    assert what.endswith("line 2: The answer has 2 values. The question is 'status'.")
    assert allowed == "One of these: agreed, proposed."


def test_time_that_is_none(tmp_path):
    write(tmp_path, row().replace(WHEN, "yesterday"))
    assert "line 2: 'when' is 'yesterday'." in told(tmp_path)[0]


def test_answers_to_other_questions_are_kept(tmp_path):
    write(tmp_path, row(), row(question="status", values="whatever"))
    assert len(read_codings(tmp_path, questions=[FRAMES])) == 2


def test_values_with_what_parts_them_are_refused():
    with pytest.raises(CodingError, match="hold no semicolon"):
        Question("q", "Which?", ("a; b",))
    with pytest.raises(CodingError, match="stands there twice"):
        Question("q", "Which?", ("a", "a"))


def test_frames_are_asked_with_what_the_codebook_says_of_them():
    question = frame_question("policy_frames")
    assert question.multiple and len(question.values) == 15
    assert question.definitions["economic"].splitlines()[1].startswith("Counts: Taxes")
    assert question.find_fault("a", []) is None


def test_statuses_are_those_of_the_table():
    assert "in force" in event_question().values
    assert event_question().values[-1] == "no policy event"
    assert event_question().find_fault("a", []) == "The answer has 0 values."
