"""A study's sample from the draw to the corrected share, as the notebook walks through it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import analysis as an
from analysis.compare.codings import append_coding
from analysis.compare.validation import open_validation
from analysis.errors import UnknownNameError

ECONOMIC, LEGAL = "economic", "legality, constitutionality and jurisdiction"


def write_study(folder: Path) -> an.Corpus:
    """A study of three made-up pages."""
    for n in range(3):
        lines = [
            f"The budget of town {n}{m} grew by £{m + 2} million. The court {n}{m} ruled it unlawful. "
            f"'We are glad,' said Ana Ruiz of group {m}. People waited in the rain {n}{m} times."
            for m in range(4)
        ]
        text = "\n".join([f"Ministers weigh the plan, part {n}", *lines]) + "\n"
        (folder / f"page{n}.txt").write_text(text, encoding="utf-8")
    return an.load(folder)


@pytest.fixture
def corpus(tmp_path) -> an.Corpus:
    return write_study(tmp_path)


@pytest.fixture(scope="module")
def tables(tmp_path_factory) -> an.Tables:
    return an.extract(write_study(tmp_path_factory.mktemp("study")))


def code_all(study, coder: str, **changes) -> None:
    """Code as the extraction says, but for some items by their number."""
    truth = an.answer_items(study.tables, study.sample, study.question.name)
    an.save_sample(study.sample, study.folder)
    for n, (item, values) in enumerate(zip(truth["item"], truth["values"], strict=True)):
        append_coding(study.folder, coder, item, {study.question.name: changes.get(f"item{n}", values)})


def test_frames_of_a_codebook_of_the_study_are_asked_for_by_its_name(tmp_path):
    (tmp_path / "codebook.toml").write_text(
        'name = "weather_frames"\nversion = "1.0"\n[[category]]\nname = "rain"\n'
        'definition = "What falls."\n[category.entries.rain]\npatterns = ["rain"]\n',
        encoding="utf-8",
    )
    corpus = write_study(tmp_path)
    study = open_validation(corpus, an.extract(corpus), "frames", 12, codebook="weather_frames")
    assert (study.question.name, study.question.values) == ("weather_frames", ("rain",))
    assert len(study.sample) == 12
    with pytest.raises(UnknownNameError, match="'weather_frame'"):
        open_validation(corpus, study.tables, "frames", 12, codebook="weather_frame")


def test_before_anything_is_coded_every_table_is_empty_and_nothing_is_written(corpus, tables):
    for kind in ("sentences", "quotes", "events", "frames"):
        study = open_validation(corpus, tables, kind, 12)
        assert study.coders == []
        assert "Nothing is coded yet" in repr(study)
        made = (
            study.progress(), study.agreement(), study.confusion(), study.confusion_with_extraction(),
            study.differences(), study.accuracy(), study.prevalence(),
        )  # fmt: skip
        assert all(table.empty for table in made)
        assert all(len(table.columns) for table in made)
    assert not (Path(corpus.path) / "coding").exists()


def test_two_coders_from_the_draw_to_the_corrected_share(corpus, tables):
    study = open_validation(corpus, tables, "sentences", 48)
    assert study.folder == Path(corpus.path) / "coding" / "sentences-policy_frames"
    assert study.strata()["drawn"].sum() == 48
    code_all(study, "ana")
    code_all(study, "ben", item0=[ECONOMIC, LEGAL])
    study = open_validation(corpus, tables, "sentences", 48)
    assert study.progress().to_numpy().tolist() == [["ana", 48, 48], ["ben", 48, 48]]
    agreement = study.agreement().set_index("value")
    assert agreement.loc["the whole answer", "agreement"] == pytest.approx(47 / 48)
    assert 0.9 < agreement.loc["the whole answer", "alpha"] < 1
    assert len(study.differences()) == 1
    assert list(study.confusion().columns) == ["value", "both", "only ana", "only ben", "neither"]
    assert list(study.confusion_with_extraction("ben").columns)[2:4] == ["only ben", "only extraction"]
    accuracy = study.accuracy().set_index("value")
    assert (accuracy["right"] == accuracy["found"]).all()
    assert accuracy["undecided"].max() == 1
    prevalence = study.prevalence().set_index("value")
    row = prevalence.dropna(subset=["corrected"]).iloc[0]
    assert row["corrected"] == pytest.approx(row["found"])
    assert row["low"] < row["corrected"] < row["high"]


def test_the_sample_that_was_coded_stays_whatever_is_asked_for_later(corpus, tables):
    study = open_validation(corpus, tables, "sentences", 12)
    code_all(study, "ana")
    later = open_validation(corpus, tables, "sentences", 40, seed=7)
    assert later.sample.equals(study.sample)
    assert later.coders == ["ana"]


def test_what_changed_since_the_draw_is_said_and_no_answer_is_made_up(corpus, tables):
    code_all(open_validation(corpus, tables, "sentences", 48), "ana")
    kept = tables.articles["article_id"] != tables.articles["article_id"].iloc[0]
    later = replace(
        tables,
        articles=tables.articles[kept],
        codebooks=tuple((name, "99") for name, _ in tables.codebooks),
    )
    study = open_validation(corpus, later, "sentences", 40, seed=7)
    gone = int((~study.sample["article_id"].isin(later.articles["article_id"])).sum())
    assert gone
    assert f"words of {gone} of its 48 items no longer stand" in repr(study)
    assert "99. Answers that were given by other definitions" in repr(study)
    assert "with n 48, not 40; seed 1, not 7" in repr(study)
    assert study.differences().empty
    table = study.confusion_with_extraction()
    assert set(table[["both", "only ana", "only extraction", "neither"]].sum(axis=1)) == {48 - gone}
    assert not open_validation(corpus, tables, "sentences", 48).remarks()


def test_an_outlet_that_is_named_after_the_draw_leaves_the_weights(corpus, tables):
    code_all(open_validation(corpus, tables, "sentences", 40), "ana")
    before = open_validation(corpus, tables, "sentences", 40).accuracy()
    named = replace(tables, articles=tables.articles.assign(outlet="Example Post"))
    assert open_validation(corpus, named, "sentences", 40).accuracy().equals(before)


def test_a_sample_of_matches_holds_those_of_its_codebook_alone(corpus, tables):
    rows = tables.frames.assign(codebook="news_frames", start=tables.frames["start"] + 1)
    both = replace(tables, frames=pd.concat([tables.frames, rows], ignore_index=True))
    study = open_validation(corpus, both, "frames", 500)
    own = tables.frames[tables.frames["codebook"] == "policy_frames"]
    assert len(study.sample) == len(own[["article_id", "field", "start", "end"]].drop_duplicates())


def test_codings_are_no_pages_of_the_corpus(corpus, tables):
    code_all(open_validation(corpus, tables, "sentences", 12), "ana")
    again = an.load(corpus.path)
    assert again.fingerprint == corpus.fingerprint
    # A page that merely lies in a folder of that name is a page.
    (Path(corpus.path) / "coding" / "story.txt").write_text(
        "Talks on coding\nThey went on.\n", encoding="utf-8"
    )
    assert len(an.load(corpus.path).articles) == len(corpus.articles) + 1


@pytest.mark.parametrize("kind", ["quotes", "events", "frames"])
def test_other_kinds_ask_their_own_question(corpus, tables, kind):
    study = open_validation(corpus, tables, kind, 12)
    asks = {"quotes": "speaker", "events": "status", "frames": "policy_frames"}
    assert study.question.name == asks[kind]
    if len(study.sample):
        code_all(study, "ana")
        assert open_validation(corpus, tables, kind, 12).accuracy()["right"].sum() > 0


def test_a_kind_that_does_not_exist_is_told(corpus, tables):
    with pytest.raises(UnknownNameError, match="Did you mean 'quotes'"):
        open_validation(corpus, tables, "quote")
