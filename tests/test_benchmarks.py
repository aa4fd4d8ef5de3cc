"""The benchmarks run without a data set, say that their articles are made up, and keep their floors there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
# What the README of the benchmarks lists; the other modules there are made use of by these.
NAMES = sorted(
    re.findall(r"^\| `(\w+\.py)`", (BENCHMARKS / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
)


def run(name: str, *options: str) -> str:
    command = [sys.executable, str(BENCHMARKS / name), *options]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout


@pytest.mark.parametrize("name", NAMES)
def test_help_says_what_is_measured_and_on_what(name):
    said = run(name, "--help")
    assert "usage:" in said
    assert "--" in said.partition("options:")[2]


def test_every_script_that_runs_by_itself_is_listed():
    scripts = {
        p.name for p in BENCHMARKS.glob("*.py") if '__name__ == "__main__"' in p.read_text(encoding="utf-8")
    }
    assert scripts == set(NAMES)


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
