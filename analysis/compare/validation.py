"""A sample that people code, with all that follows from it: agreement, accuracy, corrected prevalence."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from analysis.compare.accuracy import estimate_prevalence, measure_accuracy
from analysis.compare.agreement import confuse_coders, list_differences, measure_agreement
from analysis.compare.answers import answer_items
from analysis.compare.codings import MACHINE, read_codings
from analysis.compare.questions import Question, event_question, frame_question, quote_question
from analysis.compare.sampling import SAMPLE_KINDS, find_standing, open_sample
from analysis.corpus import Corpus
from analysis.corpus.reading.files import find_folder
from analysis.errors import UnknownNameError
from analysis.tables import Tables

FOLDER = "coding"


@dataclass(frozen=True)
class ValidationSample:
    """A sample, the question asked about each item, where the codings lie, and what they hold so far.

    Each method gives a table, which is empty as long as nobody has coded anything. ``asked`` is how a new
    sample would have been drawn.
    """

    tables: Tables = field(repr=False)
    sample: pd.DataFrame = field(repr=False)
    question: Question = field(repr=False)
    folder: Path
    codings: pd.DataFrame = field(repr=False)
    asked: dict[str, object] = field(default_factory=dict, repr=False)

    @property
    def coders(self) -> list[str]:
        """Who has coded, in order of name."""
        return sorted(set(self.codings["coder"]))

    def strata(self) -> pd.DataFrame:
        """How many items each stratum has, and how many of them were drawn. One row a stratum."""
        groups = self.sample.drop_duplicates("stratum")[["stratum", "of_stratum", "drawn"]]
        groups = groups.sort_values(["of_stratum", "stratum"], ascending=[False, True])
        return groups.rename(columns={"of_stratum": "items"}).reset_index(drop=True)

    def progress(self) -> pd.DataFrame:
        """How far each coder has come. One row a coder: coder, coded, of."""
        counts = self.codings.groupby("coder")["item"].nunique()
        return pd.DataFrame(
            [(coder, int(counts[coder]), len(self.sample)) for coder in self.coders],
            columns=["coder", "coded", "of"],
        )

    def agreement(self) -> pd.DataFrame:
        """How far coders agree, as :func:`analysis.compare.agreement.measure_agreement` says it."""
        return measure_agreement(self.codings, self.question.name)

    def confusion(self, one: str = "", other: str = "") -> pd.DataFrame:
        """Who answered what: of the first two coders by name, unless others are given."""
        return confuse_coders(self.codings, self.question.name, one, other)

    def confusion_with_extraction(self, coder: str = "") -> pd.DataFrame:
        """What a coder answered where the extraction answered what: of the first by name, unless given."""
        coder = coder or next(iter(self.coders), "")
        return confuse_coders(self._with_extraction(), self.question.name, coder, MACHINE if coder else "")

    def differences(self) -> pd.DataFrame:
        """The items on which coders, or a coder and the extraction, differ, with what each says."""
        return list_differences(self._with_extraction(), self.sample, self.question.name)

    def accuracy(self) -> pd.DataFrame:
        """How often the extraction is right, by :func:`analysis.compare.accuracy.measure_accuracy`."""
        return measure_accuracy(self.tables, self.sample, self.codings, self.question.name)

    def prevalence(self) -> pd.DataFrame:
        """Prevalence as found, coded and corrected: :func:`analysis.compare.accuracy.estimate_prevalence`."""
        return estimate_prevalence(self.tables, self.sample, self.codings, self.question.name)

    def _with_extraction(self) -> pd.DataFrame:
        coded = self.sample[self.sample["item"].isin(self.codings["item"])]
        # Of words that no longer stand there the extraction says nothing, which is not "none of them".
        answers = answer_items(self.tables, find_standing(coded, self.tables), self.question.name)
        return pd.concat([self.codings, answers], ignore_index=True)

    def remarks(self) -> list[str]:
        """What has changed since the sample was drawn, and what else was asked for; a sentence each."""
        about = self.sample.attrs["sample"]
        said = []
        gone = len(self.sample) - len(find_standing(self.sample, self.tables))
        if gone:
            said.append(
                f"The words of {gone} of its {len(self.sample)} items no longer stand in these tables: the "
                "pages or the filters are others. They count for agreement and for nothing else."
            )
        drawn, now = (dict(map(tuple, books)).get(self.question.name)
                      for books in (about["codebooks"], self.tables.codebooks))  # fmt: skip
        if drawn != now:
            said.append(
                f"It was drawn with {self.question.name} {drawn or 'not run'}; the answers are of "
                f"{now or 'no version'}. Answers that were given by other definitions should be given again."
            )
        other = [f"{name} {about[name]!r}, not {value!r}" for name, value in self.asked.items()
                 if about[name] != value]  # fmt: skip
        if other:
            said.append(f"It was drawn before, with {'; '.join(other)}. Rename its folder to draw another.")
        return said

    def __repr__(self) -> str:
        items = f"{len(self.sample)} items of {self.sample.attrs['sample']['of']}"
        articles = self.sample["article_id"].nunique()
        among = f", from {articles} articles ({len(self.sample) / articles:.1f} each)" if articles > 1 else ""
        coded = f"Coded by {', '.join(self.coders)}." if self.coders else "Nothing is coded yet."
        said = f"A sample of {items}{among}, in {FOLDER}/{self.folder.name}. {coded}"
        return "\n".join([said, *self.remarks()])


def open_validation(
    corpus: Corpus,
    tables: Tables,
    kind: str = "sentences",
    n: int = 100,
    *,
    codebook: str = "policy_frames",
    by: str = "outlet",
    seed: int = 1,
) -> ValidationSample:
    """Open the sample of a study with its codings, or draw one where none is kept yet.

    It lies in the study's folder ``coding``; it is written there with the first answer.

    Args:
        corpus: The corpus, which says where the study lies.
        tables: What was extracted from it.
        kind: What an item is: "sentences" and "frames" ask for the frames of the codebook, "quotes" for the
            speaker, "events" for the status.
        n: How many items to draw.
        codebook: Whose frames are asked for: one that ships, or one of the study.
        by: The column of ``articles`` whose values are the strata.
        seed: Of the draw.

    Raises:
        UnknownNameError: There is no such kind, column or codebook.
        CodingError: A file of codings cannot be understood.
        CorpusFormatError: The sample that is kept cannot be read.
    """
    if kind not in SAMPLE_KINDS:
        raise UnknownNameError.among("kind of item", kind, SAMPLE_KINDS)
    asks = {"quotes": "speaker", "events": "status"}
    own = {book.name: book for book in corpus.codebooks}
    question = frame_question(own.get(codebook, codebook)) if kind not in asks else None
    name = f"{kind}-{question.name if question else asks[kind]}"
    if kind == "frames":
        # Matches of other codebooks are no items: their frames are not asked for.
        tables = replace(tables, frames=tables.frames[tables.frames["codebook"] == question.name])
    folder = find_folder(corpus.path) / FOLDER / name
    sample = open_sample(tables, folder, kind, n, by=by, seed=seed)
    if kind == "quotes":
        question = quote_question(tables, sample)
    question = question or event_question()
    codings = read_codings(folder, items=sample["item"], questions=[question])
    return ValidationSample(tables, sample, question, folder, codings, {"n": n, "by": by, "seed": seed})
