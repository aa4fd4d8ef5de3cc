"""Two runs give one page, byte for byte; two pages that differ are told apart by what changed in them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.cli import main
from analysis.report.diff import compare_exports, compare_items
from analysis.report.exported import Item

CODEBOOK = """name = "weather"
version = "1"

[[category]]
name = "rain"
definition = "Water from above."

[category.entries.drops]
patterns = ["rain~"]

[[category]]
name = "sun"
definition = "Light from above."

[category.entries.shine]
patterns = ["sunshine"{extra}]
"""
PAGES = {
    "a.txt": "Ferry row ends\n\nThe rain stopped the ferry on Tuesday.\nThe storm came in from the sea.\n",
    "b.txt": "Bakers warn of flour shortage\n\nThe rain spoiled the flour. The sunshine came too late.\n",
}
CELLS = (
    "import analysis as an\npages = an.load(corpus)\ntables = an.extract(pages)",
    "evidence = an.frame_evidence(tables, codebook='weather')\n"
    "counts = evidence.groupby('frame').size().rename('matches').reset_index()\n"
    "an.show_table(counts, 'Matches by frame')",
    "an.plot_frames(tables, codebook='weather')",
    "an.Explorer(evidence, dimensions=['frame'], unit='frame match').show('frame', 'outlet')",
    "an.show_provenance(pages, tables)",
)


def make_study(folder: Path, extra: str = "") -> Path:
    folder.mkdir(parents=True)
    for name, text in PAGES.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "weather.toml").write_text(CODEBOOK.format(extra=extra), encoding="utf-8")
    (folder / "corpus.toml").write_text('codebooks = ["weather.toml"]\ntopic = "none"\n', encoding="utf-8")
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Weather\n\n## What is found?")])
    nb.cells += [nbformat.v4.new_code_cell('corpus: str = "x"', metadata={"tags": ["parameters"]})]
    nb.cells += [nbformat.v4.new_code_cell(source) for source in CELLS]
    (folder / "notebooks").mkdir()
    nbformat.write(nb, folder / "notebooks" / "weather.ipynb")
    return folder


def run_report(study: Path, seed: str) -> Path:
    """Run the command in a process of its own: another order of sets must not reach the page."""
    about = {"PYTHONHASHSEED": seed, "FRAMELINES_CACHE": str(study.parent / "cache")}
    command = [sys.executable, "-m", "analysis", "report", str(study)]
    ran = subprocess.run(command, env=os.environ | about, capture_output=True, text=True, encoding="utf-8")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return study / "exports"


@pytest.fixture(scope="module")
def exports(tmp_path_factory) -> dict[str, Path]:
    """The same study run in two folders, and once more with an entry added to its codebook."""
    base = tmp_path_factory.mktemp("studies")
    made = {
        "first": make_study(base / "here" / "weather"),
        "again": make_study(base / "over" / "there" / "weather"),
        "entry": make_study(base / "changed" / "weather", extra=', "storm~"'),
    }
    return {name: run_report(study, str(seed)) for seed, (name, study) in enumerate(made.items(), 1)}


def test_two_runs_in_different_folders_give_the_same_bytes(exports) -> None:
    pages = sorted(path.name for path in exports["first"].glob("*.html"))
    assert pages == ["index.html", "weather.html"]
    for name in pages:
        assert (exports["first"] / name).read_bytes() == (exports["again"] / name).read_bytes(), name


def test_the_same_export_has_no_changes(exports, capsys) -> None:
    assert main(["diff", str(exports["first"]), str(exports["again"])]) == 0
    assert capsys.readouterr().out == "weather.html: the same\n"


def test_a_changed_codebook_entry_is_found_in_table_chart_and_view(exports, capsys) -> None:
    assert main(["diff", str(exports["first"]), str(exports["entry"]), "--json"]) == 1
    (page,) = json.loads(capsys.readouterr().out)["pages"]
    changes = {(each["kind"], each["name"]): each for each in page["changes"]}
    (row,) = changes["table", "Matches by frame"]["changed"]
    assert (row["old"], row["new"]) == ({"frame": "sun", "matches": "1"}, {"frame": "sun", "matches": "2"})
    (point,) = changes["chart", "Articles in which a frame is found"]["changed"]
    assert point["new"]["label"] == "sun"
    assert (point["old"]["value"], point["new"]["value"]) == ("1", "2")
    (view,) = [each for (kind, _), each in changes.items() if kind == "view" and each["added"]]
    (sentence,) = view["added"]
    assert (sentence["match"], sentence["Frame"]) == ("storm", "sun")
    facts = [row["new"]["fact"] for row in changes["fact", "Made with and from"]["changed"]]
    assert "corpus" in facts


def test_what_changed_is_said_in_words(exports) -> None:
    text = compare_exports(exports["first"] / "weather.html", exports["entry"] / "weather.html").to_text(
        most=1
    )
    assert "table, What is found?: Matches by frame: 1 row changed" in text
    assert "~ sun: matches 1 -> 2" in text


def test_pages_that_one_folder_lacks_are_named(exports, tmp_path, capsys) -> None:
    shutil.copytree(exports["first"], tmp_path / "more")
    shutil.copy(tmp_path / "more" / "weather.html", tmp_path / "more" / "wind.html")
    assert main(["diff", str(exports["first"]), str(tmp_path / "more")]) == 1
    assert "wind.html: only in the new export" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<p>Hello</p>", "not a page that Framelines has written"),
        (b"\xff\xfe\x00", "cannot be read"),
        (None, "no exported page in this folder"),
    ],
)
def test_what_is_no_export_is_refused(text, message, tmp_path, capsys) -> None:
    other = tmp_path / "other.html" if text is not None else tmp_path
    if text is not None:
        other.write_bytes(text if isinstance(text, bytes) else text.encode())
    assert main(["diff", str(other), str(other)]) == 2
    assert message in capsys.readouterr().err


cells = st.sampled_from(["rain", "sun", "3", "4", "5 of 9"])
rows = st.lists(st.tuples(cells, cells), max_size=6)


@given(rows, rows)
def test_changes_lead_from_the_old_rows_to_the_new(old, new) -> None:
    before, after = (Item("table", "", "t", ("a", "b"), tuple(each), (0,)) for each in (old, new))
    found = compare_items(before, after)
    left = sorted(old)
    for row in [*(pair[0] for pair in found.changed), *found.removed]:
        left.remove(row)
    assert sorted([*left, *(pair[1] for pair in found.changed), *found.added]) == sorted(new)
    assert found.is_same == (sorted(old) == sorted(new))
