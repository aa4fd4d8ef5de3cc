"""The benchmarks run without a data set, say that their articles are made up, and keep their floors there."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
# What the README of the benchmarks lists; the other modules there are made use of by these.
NAMES = sorted(
    re.findall(r"^\| `(\w+\.py)`", (BENCHMARKS / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
)


@cache
def run(name: str, *options: str) -> str:
    command = [sys.executable, str(BENCHMARKS / name), *options]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout


_ASK_ALL = """
import contextlib, io, json, runpy, sys
from pathlib import Path
folder, said = Path(sys.argv[1]), {}
sys.path.insert(0, str(folder))
for name in sys.argv[2:]:
    sys.argv = [name, "--help"]
    with contextlib.redirect_stdout(io.StringIO()) as out:
        try:
            runpy.run_path(str(folder / name), run_name="__main__")
        except SystemExit as end:
            if end.code:
                raise
    said[name] = out.getvalue()
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def helps() -> dict[str, str]:
    """What each script says of itself, asked in one process: to load its libraries takes seconds."""
    command = [sys.executable, "-c", _ASK_ALL, str(BENCHMARKS), *NAMES]
    return json.loads(subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout)


@pytest.mark.parametrize("name", NAMES)
def test_help_says_what_is_measured_and_on_what(name, helps):
    said = helps[name]
    assert "usage:" in said
    assert "--" in said.partition("options:")[2]


def test_every_script_that_runs_by_itself_is_listed():
    scripts = {
        p.name for p in BENCHMARKS.glob("*.py") if '__name__ == "__main__"' in p.read_text(encoding="utf-8")
    }
    assert scripts == set(NAMES)


def test_the_table_names_every_benchmark_that_measures():
    said = run("table.py", "--help")
    named = set(
        re.findall(r"\w+", re.search(r"these alone: (.*?)  --", " ".join(said.split(" ")), re.DOTALL)[1])
    )
    assert {name.removesuffix(".py") for name in NAMES} - named == {
        "table",
        "frame_differences",
        "fuzz_loading",
    }


def test_the_table_has_our_figure_with_the_best_peer_beside_it(tmp_path):
    said = run("table.py", "--only", "formats", "stories", "--out", str(tmp_path))
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in said.splitlines()]
    assert rows[0] == ["benchmark", "figure", "Framelines", "best peer", "on"]
    found, stories = rows[2:]
    assert found[:2] == ["formats", f"documents found in exports, {found[2]}"]
    assert found[3:] == ["", "sample"]
    printed = (tmp_path / "stories.txt").read_text(encoding="utf-8")
    assert re.search(rf"^ours .* {stories[2]}$", printed, re.MULTILINE)
    best = max(
        re.findall(r"^(TF-IDF.*?|each alone)  .* ([\d.]+)$", printed, re.MULTILINE), key=lambda p: p[1]
    )
    assert stories[3] == f"{best[1]} {best[0].strip()}"


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("boundaries", ("--pages", "40")),
        ("dates", ()),
        ("duplicates", ("--most", "300")),
        ("figures", ()),
        ("formats", ()),
        ("frames", ()),
        ("keyness", ("--comparisons", "3", "3", "2")),
        ("quotes", ()),
    ],
)
def test_each_figure_of_the_table_is_read_where_its_benchmark_prints_it(name, options, monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)
    import table

    benchmark = next(each for each in table.BENCHMARKS if each.name == name)
    rows = list(table.read(benchmark, run(f"{name}.py", *options), "sample"))
    read = [[row for row in rows if row.figure.startswith(each.figure)] for each in benchmark.readings]
    assert all(read), "a figure is not read"
    assert all(re.fullmatch(r"[\d.,]+", row.ours) for row in rows)


def test_a_benchmark_that_fails_is_named_in_the_table_and_the_others_go_on(tmp_path):
    (tmp_path / "corpora").mkdir()
    (tmp_path / "corpora" / "allsides.jsonl.gz").write_text("not a gzip file", encoding="utf-8")
    command = [
        sys.executable,
        str(BENCHMARKS / "table.py"),
        "--data",
        str(tmp_path),
        "--out",
        str(tmp_path / "out"),
    ]
    done = subprocess.run([*command, "--only", "dating", "formats"], capture_output=True, encoding="utf-8")
    assert done.returncode == 1
    assert re.search(r"^\| dating +\| not run +\| .*gzip", done.stdout, re.MULTILINE)
    assert re.search(r"^\| formats +\| documents found in exports", done.stdout, re.MULTILINE)


def test_every_document_of_made_up_exports_is_found():
    said = run("formats.py")
    counted, found = map(int, re.search(r"Documents counted (\d+), articles found (\d+)", said).groups())
    assert counted == found >= 50
    assert "headline 55 (100.0%), date 55 (100.0%)" in said


def test_articles_begin_where_made_up_pages_say():
    said = run("boundaries.py", "--pages", "40")
    assert "made" in said
    values = re.search(r"^all +\d+ +[\d.]+ +[\d.]+ +([\d.]+) \([^)]+\) +([\d.]+)", said, re.MULTILINE)
    boundary_f1, exact = map(float, values.groups())
    assert boundary_f1 >= 0.97
    assert exact >= 0.92


def test_versions_are_found_among_made_up_articles():
    said = run("duplicates.py", "--most", "300")
    assert said.startswith("Made-up articles")
    _, recall, real = re.search(r"^ours +([\d,]+) +([\d.]+) +([\d.]+)", said, re.MULTILINE).groups()
    ceiling = re.search(r"([\d.]+) of them real", said).group(1)
    assert float(recall) >= 0.99 * float(ceiling)
    assert float(real) >= 0.99


# What the sample's sets may not fall below: F1 of passages, then joint F1 (passage and speaker).
QUOTE_FLOORS = {"british": (0.99, 0.97), "double": (0.99, 0.97), "gum_excerpts": (0.93, 0.84)}


def test_quotations_of_the_sample_keep_their_floors():
    said = run("quotes.py")
    assert said.startswith("The sample that ships")
    assert "make bench" in said
    sets = dict(re.findall(r"^(\w+): \d+ texts.*\n.*\nours(.*)", said, re.MULTILINE))
    assert set(sets) == set(QUOTE_FLOORS)
    for name, (f1, joint) in QUOTE_FLOORS.items():
        values = [float(value) for value in sets[name].split()]
        assert values[2] >= f1, name
        assert values[4] >= joint, name
        assert values[-1] == 0, "a text on which an error was raised"


def test_items_of_the_sample_become_texts_with_marked_passages(monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)
    from quote_sets import read_items

    notation = "# one @2024-09-10\n[[It's {ours},|Ana Ruiz/Ruiz]] she said of [[The Pier]]. [[No|?|open]]\n"
    curly, straight = read_items(notation, "british")
    assert curly["text"] == "‘It’s “ours”,’ she said of ‘The Pier’. ‘No"
    assert straight["text"] == "'It's \"ours\",' she said of 'The Pier'. 'No"
    passages = [straight["text"][start:end] for start, end in straight["quoted"]]
    assert passages == ['It\'s "ours",', "The Pier", "No"]
    assert [(quote["speaker_text"], quote["speaker_aliases"]) for quote in straight["quotes"]] == [
        ("Ana Ruiz", ["Ruiz"]),
        (None, []),
    ]
    assert curly["date"] == "2024-09-10"


def test_the_measure_counts_passages_and_speakers(monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)
    from quote_scores import count_document

    text = "'We will go,' said Sir Ben Okri. 'They lie,' it said. 'Old Pier' stays. 'Nobody came.'"
    quoted = [
        [text.index(w), text.index(w) + len(w)]
        for w in ("We will go,", "They lie,", "Old Pier", "Nobody came.")
    ]
    marked = {
        "text": text,
        "quoted": quoted,
        "ignore": [quoted[3]],
        "quotes": [
            {"start": quoted[0][0] - 1, "end": quoted[0][1] + 1, "speaker_text": "Ben Okri", "group": "a"},
            {"start": quoted[1][0], "end": quoted[1][1], "speaker_text": None, "group": "b"},
        ],
    }

    def found(passage: int, speaker: str | None) -> dict[str, object]:
        return {"start": quoted[passage][0], "end": quoted[passage][1], "speaker_text": speaker}

    right = count_document(marked, [found(0, "the Okri"), found(1, None), found(3, "he")])
    assert (right.marked, right.found, right.matched, right.named_right, right.joint) == (2, 2, 2, 1, 2)
    assert right.joint_f1 == 1
    wrong = count_document(marked, [found(0, "Ana Ruiz"), found(1, "they"), found(2, None)])
    assert (wrong.found, wrong.matched, wrong.named, wrong.joint) == (3, 2, 1, 0)
    assert (wrong.precision, wrong.recall, wrong.speaker_accuracy) == (2 / 3, 1, 0)
    outside = {"start": text.index("said Sir"), "end": text.index(" Ben"), "speaker_text": None}
    indirect = count_document(marked, [outside])
    assert (indirect.found, indirect.f1) == (0, 0)
    assert count_document(marked, [{**outside, "type": "direct"}]).found == 1


# What the sample's sets may not fall below: strict and value F1 of dates, weekdays past and future.
DATE_FLOORS = {
    "sample": {"strict": 1.0, "value": 1.0, "past": 1.0, "future": 1.0},
    "weekdays": {"strict": 1.0, "value": 1.0, "past": 1.0, "future": 1.0},
    "meantime_excerpts": {"strict": 0.918, "value": 0.836, "past": 0.833},
}


def read_figures(line: str) -> dict[str, float]:
    """The named figures of a printed line: "value 0.937  +unit 0.818"."""
    return {name: float(figure) for name, figure in re.findall(r"(\+?[a-z][a-z ]*?) ([\d.]+)(?=  )", line)}


def test_dates_of_the_sample_keep_their_floors():
    said = run("dates.py")
    assert said.startswith("The sample that ships")
    assert "make bench" in said
    sets = dict(re.findall(r"^(\w+) +\d+ articles  (.*)  Framelines$", said, re.MULTILINE))
    assert set(sets) == set(DATE_FLOORS)
    for name, floors in DATE_FLOORS.items():
        figures = read_figures(sets[name])
        for what, floor in floors.items():
            assert figures[what] >= floor, (name, what)


# F1 of values alone and with unit, change or measure right; F1 of spans.
FIGURE_FLOORS = {
    "sample": {"value": 0.999, "+unit": 0.960, "+change": 0.986, "+measure": 0.920},
    "meantime_excerpts": {"span": 0.919, "not dates": 0.976},
}


def test_figures_of_the_sample_keep_their_floors():
    said = run("figures.py")
    assert said.startswith("The sample that ships")
    sets = dict(re.findall(r"^(\w+): \d+ \w+, \d+ marked\nFramelines +(.*)", said, re.MULTILINE))
    assert set(sets) == set(FIGURE_FLOORS)
    for name, floors in FIGURE_FLOORS.items():
        figures = read_figures(sets[name])
        for what, floor in floors.items():
            assert figures[what] >= floor, (name, what)


def test_a_draw_is_told_by_its_seed(monkeypatch, capsys):
    monkeypatch.syspath_prepend(BENCHMARKS)
    from figures import SAMPLE_FILES, draw, read_rows

    def said(seed: int) -> str:
        draw(read_rows(SAMPLE_FILES[0]), 3, seed)
        return capsys.readouterr().out

    first = said(1)
    assert first == said(1) != said(2)
    assert first.startswith("seed 1, 3 sentences of ")
    assert re.findall(r"^(\d)\. ", first, re.MULTILINE) == ["1", "2", "3"]
    assert re.search(r"^   '.+': [=~<>a-z]+ [\d.e+]+ \| unit .+ \| measures .+$", first, re.MULTILINE)


def test_the_samples_mark_what_stands_there():
    data = Path(__file__).parent / "data"
    for file in (*data.glob("dates/*.jsonl"), *data.glob("figures/*.jsonl")):
        for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
            marks = [mark for kind in ("timexes", "values", "quantities") for mark in row.get(kind, ())]
            assert [row["text"][mark["start"] : mark["end"]] for mark in marks] == [m["text"] for m in marks]


def test_the_measure_of_figures_pairs_values_one_to_one(monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)
    from figure_scores import count_sentence, f1

    def mark(value: str, unit: str, change: str = "=", concepts: str = "-") -> dict[str, object]:
        return {"value": value, "normalized_unit": unit, "change": change, "referred_concepts": concepts}

    def found(value: float, unit: str | None, **more: object) -> dict[str, object]:
        return {"value": value, "unit": unit, **more}

    marked = [mark("5", "boat"), mark("5.0", "people", ">", "people, Dover"), mark("20-25", "percentage")]
    right = count_sentence(
        marked,
        [
            found(5, "people", change=">", measure="the people"),
            found(5, "boats"),
            found(20, "percent", high=25.0),
        ],
    )
    assert (right["marked"], right["found"], right["value"], right["unit"]) == (3, 3, 3, 3)
    assert (right["change"], right["measure"]) == (3, 1)
    wrong = count_sentence(marked, [found(5.001, "boat"), found(20, "percent"), found(5, None)])
    assert (wrong["value"], wrong["unit"]) == (1, 0)
    assert f1(1, 3, 3) == 1 / 3
    assert count_sentence([mark("3", "-")], [found(3, "dimensionless", measure="-")])["unit"] == 1


def test_figures_that_touch_a_date_can_be_left_out(monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)
    from figure_scores import count_article

    row = {"values": [{"start": 0, "end": 4}], "timexes": [{"start": 10, "end": 14}]}
    counts = count_article(row, [{"start": 1, "end": 9}, {"start": 10, "end": 12}])
    assert (counts["marked"], counts["found"], counts["span"]) == (1, 2, 1)
    assert (counts["undated"], counts["span_undated"]) == (1, 1)


def test_each_environment_of_peers_is_named_by_its_benchmark(monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)
    import beside
    import dates
    import figures
    import keyness

    environments = {file.stem for file in (BENCHMARKS / "peers").glob("*.txt")}
    named = {"quotes", beside.ENVIRONMENT}
    assert environments == named | {*dates.PEERS.values(), *figures.PEERS.values(), *keyness.PEERS.values()}
    for name in (*dates.PEERS, *figures.PEERS, *keyness.PEERS):
        assert (BENCHMARKS / "peers" / f"by_{name}.py").exists()


# What the codebook alone may not fall below on the sample: micro and macro F1.
FRAME_FLOORS = (0.80, 0.80)


def test_frames_of_the_sample_keep_their_floors():
    said = run("frames.py")
    assert said.startswith("The sample that ships")
    rows = dict(
        re.findall(r"^(every label|seed words|codebook|TF-IDF|learned[a-z, ]*?) +(\d.*)$", said, re.MULTILINE)
    )
    assert {"every label", "seed words", "codebook", "TF-IDF", "learned, words alone"} <= set(rows)
    micro, macro = map(float, re.findall(r"([\d.]+) \(", rows["codebook"]))
    assert micro >= FRAME_FLOORS[0]
    assert macro >= FRAME_FLOORS[1]
    assert micro > max(float(rows[way].split()[0]) for way in ("every label", "seed words"))


def test_the_measure_of_frames_counts_decisions_and_labels(monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)
    from frame_scores import score_labels

    truth, given = [("a",), ("a", "b"), (), ("b",)] * 5, [("a",), ("a",), ("b",), ()] * 5
    scores = score_labels(truth, given, ["a", "b"])
    assert scores.by_label == {"a": 1.0, "b": 0.0}
    assert (scores.micro, scores.macro) == (2 * 10 / (20 + 15), 0.5)
    assert scores.micro_interval[0] < scores.micro < scores.micro_interval[1]
    assert score_labels(truth, truth, ["a", "b"]).macro_interval == (1.0, 1.0)


def test_equal_scores_are_labelled_together(monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)
    import numpy
    from frames import best_threshold

    scores = numpy.array([2.0, 1.0, 1.0, 0.0])
    assert best_threshold(scores, numpy.array([True, True, False, False])) == 1.0
    assert best_threshold(scores, numpy.array([True, False, False, False])) == 2.0
    assert best_threshold(scores, numpy.array([True, True, True, True])) == 0.0
