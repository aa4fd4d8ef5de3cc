"""The coding panel as Python sees it: what it sends, what it writes, where it goes on, what it refuses."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pandas as pd
import pytest
from made_tables import make_tables

import analysis as an
from analysis.compare.codings import read_codings
from analysis.compare.questions import Question, event_question, quote_question
from analysis.compare.sampling import draw_sample, read_sample, save_sample
from analysis.errors import CodingError
from analysis.views.coding import CodingPanel

FRAMES = Question(
    "frames", "Which of these does the passage speak of?", ("money", "law", "safety"), multiple=True,
    definitions={"money": "What it costs or earns.", "law": "Courts, rights & <statutes>."},
)  # fmt: skip
STATUS = Question("status", "How far has it come?", ("agreed", "proposed"))
HOSTILE = "<script>document.title='taken'</script><img src=x onerror=alert(1)>"


def make_sample(n: int = 12) -> pd.DataFrame:
    """A sample of made-up passages, the third of them hostile, the fourth without outlet or headline."""
    tables = make_tables()
    tables.fingerprint, tables.codebooks = "made-up", ()
    sample = draw_sample(tables, "sentences", n)
    sample["headline"] = [f"Harbour news {at}" for at in range(1, n + 1)]
    sample["text"] = [f"Passage {at} tells of the harbour and its budget." for at in range(1, n + 1)]
    sample.loc[2, ["text", "headline"]] = [f"A mark {HOSTILE} stays text.", HOSTILE]
    sample.loc[3, ["headline", "before", "after"]] = None
    return sample


def save(panel: CodingPanel, at: int, **answers: list[str]) -> dict:
    return panel.receive({"id": at, "kind": "save", "item": panel.items[at]["item"], "answers": answers})


def test_an_answer_is_on_the_disk_when_the_panel_says_so(tmp_path):
    panel = CodingPanel(make_sample(), [FRAMES, STATUS], tmp_path / "coding", coder="ana")
    assert save(panel, 0, frames=["law", "money"], status=["agreed"]) == {"id": 0, "kind": "done"}
    with (tmp_path / "coding" / "ana.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [(row["question"], row["values"]) for row in rows] == [
        ("frames", "law; money"), ("status", "agreed"),
    ]  # fmt: skip
    assert panel.codes == {panel.items[0]["item"]: {"frames": ["law", "money"], "status": ["agreed"]}}


def test_the_sample_is_written_with_the_first_answer_and_not_before(tmp_path):
    sample = make_sample()
    panel = CodingPanel(sample, [FRAMES], tmp_path / "coding", coder="ana")
    assert not (tmp_path / "coding").exists()
    save(panel, 0, frames=[])
    assert list(read_sample(tmp_path / "coding")["item"]) == list(sample["item"])


def test_a_new_panel_goes_on_with_what_was_coded(tmp_path):
    first = CodingPanel(make_sample(), [FRAMES], tmp_path, coder="ana")
    for at in range(10):
        save(first, at, frames=["money"])
    save(first, 3, frames=["law"])
    again = CodingPanel(read_sample(tmp_path), [FRAMES], tmp_path, coder="ana")
    assert again.codes == first.codes
    assert again.codes[again.items[3]["item"]] == {"frames": ["law"]}
    assert repr(again) == "A sample of 12 items to code by hand: ana has coded 10. Coding needs JupyterLab."


def test_a_coder_is_sent_their_own_codes_only(tmp_path):
    save(CodingPanel(make_sample(), [FRAMES], tmp_path, coder="ana"), 0, frames=["law"])
    panel = CodingPanel(make_sample(), [FRAMES], tmp_path, coder="ben")
    assert panel.codes == {}
    save(panel, 1, frames=["money"])
    assert list(panel.codes) == [panel.items[1]["item"]]
    assert panel.receive({"id": 7, "kind": "name", "coder": " ana "}) == {"id": 7, "kind": "done"}
    assert (panel.coder, panel.place) == ("ana", f"{tmp_path.name}/ana.csv")
    assert panel.codes == {panel.items[0]["item"]: {"frames": ["law"]}}


def test_nothing_of_the_extraction_is_sent(tmp_path):
    sample = make_sample()
    sample["stratum"] = "economic"
    panel = CodingPanel(sample, [FRAMES], tmp_path)
    assert set(panel.items[0]) == {"item", "outlet", "headline", "before", "text", "after", "cut", "values"}
    assert "economic" not in json.dumps(panel.items)


def test_an_item_with_one_question_of_two_is_not_coded(tmp_path):
    save(CodingPanel(make_sample(), [FRAMES], tmp_path, coder="ana"), 0, frames=["law"])
    panel = CodingPanel(make_sample(), [FRAMES, STATUS], tmp_path, coder="ana")
    assert "nobody has coded any yet" in repr(panel)
    save(panel, 0, frames=["law"], status=["agreed"])
    assert "ana has coded 1" in repr(panel)


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({"frames": ["laws"], "status": ["agreed"]}, "'laws' is none of the values."),
        ({"frames": ["law"], "status": []}, "The answer has 0 values."),
        ({"frames": ["law", "law"], "status": ["agreed"]}, "A value is given twice."),
        ({"frames": ["law"]}, "'How far has it come?' is not answered."),
    ],
)
def test_an_answer_that_is_not_allowed_is_refused_and_not_written(tmp_path, answers, why):
    panel = CodingPanel(make_sample(), [FRAMES, STATUS], tmp_path, coder="ana")
    refused = save(panel, 0, **answers)
    assert refused["kind"] == "refused" and refused["why"].startswith(why)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_item_and_a_nameless_coder_are_refused(tmp_path):
    panel = CodingPanel(make_sample(), [FRAMES], tmp_path)
    assert save(panel, 0, frames=[])["why"].startswith("Nobody is named as coder.")
    panel.receive({"id": 1, "kind": "name", "coder": "ana"})
    answer = panel.receive({"id": 2, "kind": "save", "item": "x", "answers": {"frames": []}})
    assert answer["why"] == "The item 'x' is not in the sample."


def test_a_name_with_a_path_is_refused_and_the_coder_stays(tmp_path):
    panel = CodingPanel(make_sample(), [FRAMES], tmp_path, coder="ana")
    assert panel.receive({"id": 1, "kind": "name", "coder": "../ben"})["kind"] == "refused"
    assert panel.coder == "ana"


def test_a_disk_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    panel = CodingPanel(make_sample(), [FRAMES], tmp_path / "file" / "coding", coder="ana")
    refused = save(panel, 0, frames=[])
    assert refused["kind"] == "refused" and "file" in refused["why"]
    assert panel.codes == {}


def test_another_sample_in_the_folder_is_told(tmp_path):
    save(CodingPanel(make_sample(12), [FRAMES], tmp_path, coder="ana"), 0, frames=[])
    with pytest.raises(CodingError, match="2 of its 12 items are not in this one, and 0 of this one's 10"):
        CodingPanel(make_sample(10), [FRAMES], tmp_path)


def test_a_sample_replaced_after_coding_began_is_told_and_nothing_is_written(tmp_path):
    panel = CodingPanel(make_sample(12), [FRAMES], tmp_path, coder="ana")
    save(panel, 0, frames=["law"])
    for path in save_sample(make_sample(10), tmp_path / "other").parent.iterdir():
        path.replace(tmp_path / path.name)
    coded = (tmp_path / "ana.csv").read_bytes()
    assert "2 of this one's 12 are not there" in save(panel, 1, frames=["law"])["why"]
    assert (tmp_path / "ana.csv").read_bytes() == coded


def test_two_windows_of_one_coder_take_over_from_each_other_and_replace_nothing_unseen(tmp_path):
    one, two = (CodingPanel(make_sample(), [FRAMES], tmp_path, coder="ana") for _ in range(2))
    save(one, 0, frames=["law"])
    save(one, 1, frames=[])
    assert save(two, 2, frames=["money"])["kind"] == "done"
    assert [two.codes[item["item"]]["frames"] for item in two.items[:3]] == [["law"], [], ["money"]]
    save(one, 3, frames=["law"])
    refused = save(two, 3, frames=["money", "safety"])
    assert refused["why"].startswith(f"{two.place}: This item was coded meanwhile under your name")
    assert "in another window: law." in refused["why"]
    assert two.codes[two.items[3]["item"]] == {"frames": ["law"]}
    assert save(two, 3, frames=["money", "safety"])["kind"] == "done"
    assert list(read_codings(tmp_path)["values"])[-1] == ["money", "safety"]


def test_a_fault_in_the_file_of_another_does_not_keep_a_coder_from_saving(tmp_path):
    panel = CodingPanel(make_sample(), [FRAMES], tmp_path, coder="ana")
    (tmp_path / "ben.csv").write_text("item;coder;question;values;when\n", encoding="utf-8")
    assert save(panel, 0, frames=["law"])["kind"] == "done"


def test_a_file_that_cannot_be_read_is_told_with_its_line(tmp_path):
    (tmp_path / "ana.csv").write_text("item,coder,question,values,when\na,ana,frames\n", encoding="utf-8")
    with pytest.raises(CodingError, match=r"ana\.csv, line 2: The row has 3 cells"):
        CodingPanel(make_sample(), [FRAMES], tmp_path)


def test_a_half_written_line_is_told_in_the_panel(tmp_path):
    save(CodingPanel(make_sample(), [FRAMES], tmp_path, coder="ana"), 0, frames=[])
    path = tmp_path / "ana.csv"
    path.write_bytes(path.read_bytes() + b"sentences:p")
    panel = CodingPanel(make_sample(), [FRAMES], tmp_path, coder="ana")
    assert "line 3: The last line is half written and was passed over." in panel.note
    save(panel, 1, frames=["law"])
    assert len(read_codings(tmp_path)) == 2


def test_what_is_no_sample_is_refused(tmp_path):
    with pytest.raises(CodingError, match="The sample: It has no column 'item'"):
        CodingPanel(pd.DataFrame({"text": ["x"]}), [FRAMES], tmp_path)
    with pytest.raises(CodingError, match="two have one name"):
        CodingPanel(make_sample(), [FRAMES, FRAMES], tmp_path)


def test_a_sample_without_items_opens(tmp_path):
    panel = CodingPanel(make_sample().head(0), [FRAMES], tmp_path, coder="ana")
    assert repr(panel).startswith("A sample of 0 items to code by hand: nobody")


def test_names_of_the_article_are_the_values_of_its_items(tmp_path):
    tables = make_tables(
        actors=[{"actor_id": "p1", "name": "Ben; the Baker", "kind": "person", "mentions": 1}],
        mentions=[{"article_id": "page.txt#0", "start": 0, "end": 3, "text": "Ben", "actor_id": "p1"}],
    )
    tables.fingerprint, tables.codebooks = "made-up", ()
    sample = draw_sample(tables, "quotes", 4)
    question = quote_question(tables, sample)
    panel = CodingPanel(sample, [question], tmp_path, coder="ana")
    others = ["somebody else", "not stated", "not a quotation"]
    shown = (item["values"]["speaker"] for item in panel.items)
    by_article = dict(zip(sample["article_id"], shown, strict=True))
    assert by_article["page.txt#0"] == ["Ana Ruiz", "Ben, the Baker", *others]
    assert by_article["page.txt#1"] == ["Ana Ruiz", *others]
    at = list(sample["article_id"]).index("page.txt#1")
    assert save(panel, at, speaker=["Ben, the Baker"])["kind"] == "refused"
    assert save(panel, at, speaker=["Ana Ruiz"])["kind"] == "done"


def test_the_public_face_has_the_panel_and_its_questions(tmp_path):
    panel = an.CodingPanel(make_sample(), [an.frame_question("policy_frames"), event_question()], tmp_path)
    assert [each["name"] for each in panel.questions] == ["policy_frames", "status"]
    assert Path(tmp_path, "ana.csv").exists() is False
