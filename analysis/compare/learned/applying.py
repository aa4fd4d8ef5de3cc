"""Give a corpus the labels of a learned model: each with its score, and the words that carried it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.compare.learned.model import FrameModel
from analysis.corpus import Corpus
from analysis.errors import OutputError, UnknownNameError
from analysis.progress import Progress
from analysis.tables import Tables

UNITS = ("article", "paragraph", "sentence")
COLUMNS = (
    "article_id", "field", "start", "end", "text", "label", "score", "threshold", "rule", "carried_by",
    "evidence",
)  # fmt: skip

_BATCH = 64


@dataclass(frozen=True)
class _Unit:
    """What is labelled: ``text`` is the field's slice; ``head``, an article's headline, is read before it."""

    article_id: str
    field: str
    start: int
    end: int
    text: str
    head: str = ""

    @property
    def read(self) -> str:
        return f"{self.head}\n{self.text}" if self.head else self.text


def apply_frames(
    model: FrameModel,
    corpus: Corpus | Tables,
    *,
    unit: str = "article",
    threshold_only: bool = False,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Label the articles, paragraphs or sentences of a corpus.

    An article is read with its headline before it; by paragraph and sentence a headline is a unit of its own.

    Args:
        model: The learned model.
        corpus: The corpus, or its extracted tables.
        unit: "article", "paragraph" or "sentence". A model does best on the unit that it was trained on.
        threshold_only: Leave a unit that reaches no threshold without a label. Off, labels are given by the
            rule that the model's figures were measured with: if every text of the coded sample had a label,
            such a unit gets its likeliest, with the rule "closest".
        progress: Called with how many units are done.

    Returns:
        One row a unit and label given: article_id, field, start, end, text (exactly that slice), label,
        score (0 to 1), threshold, rule ("threshold" or "closest"), carried_by ("terms", "codebook",
        "embedding" or "neither": what raised the score most over the average of the sample) and evidence:
        a list of the words that raised it, each with field, start, end, text and weight (log odds).
        ``attrs["units"]`` says how many units there were; those without a row have no label.

    Raises:
        UnknownNameError: There is no such unit.
    """
    if unit not in UNITS:
        raise UnknownNameError.among("unit", unit, UNITS)
    units = list(_UNITS[unit](corpus))
    rows = []
    for start in range(0, len(units), _BATCH):
        rows += _label(model, units[start : start + _BATCH], threshold_only)
        if progress:
            progress("Labelling", min(start + _BATCH, len(units)), len(units))
    made = pd.DataFrame(rows, columns=list(COLUMNS))
    made.attrs.update(units=len(units), unit=unit)
    return made


def _label(model: FrameModel, units: list[_Unit], threshold_only: bool) -> Iterator[dict[str, object]]:
    parts = model.parts([unit.read for unit in units])
    scores = model.to_probabilities(parts.sum(axis=1) + model.intercept)
    given = model.decide(scores, threshold_only=threshold_only)
    for row, unit in enumerate(units):
        for label in np.flatnonzero(given[row]):
            score, threshold = float(scores[row, label]), float(model.thresholds[label])
            yield {
                "article_id": unit.article_id,
                "field": unit.field,
                "start": unit.start,
                "end": unit.end,
                "text": unit.text,
                "label": model.labels[label],
                "score": round(score, 6),
                "threshold": round(threshold, 6),
                "rule": "threshold" if score >= threshold else "closest",
                "carried_by": model.carried_by(parts[row], label),
                "evidence": _find_evidence(model, unit, label),
            }


def _find_evidence(model: FrameModel, unit: _Unit, label: int) -> list[dict[str, object]]:
    """The carriers by their place in the article's text or headline."""
    before = len(unit.head) + 1 if unit.head else 0
    made = []
    for carrier in model.find_carriers(unit.read, label):
        if carrier.start < before:
            # A pair of the headline's last word and the text's first stands in neither.
            if carrier.end < before:
                made.append(_to_evidence("headline", carrier.start, carrier, 0))
        else:
            made.append(_to_evidence(unit.field, carrier.start - before, carrier, unit.start))
    return made


def _to_evidence(field: str, at: int, carrier, moved: int) -> dict[str, object]:
    start = at + moved
    return {
        "field": field, "start": start, "end": start + len(carrier.text), "text": carrier.text,
        "weight": carrier.weight,
    }  # fmt: skip


def _articles(corpus: Corpus | Tables) -> Iterator[tuple[str, str, str]]:
    """Id, headline and text of each article."""
    if isinstance(corpus, Corpus):
        yield from ((each.article_id, each.headline or "", each.text) for each in corpus.articles)
        return
    columns = corpus.articles[["article_id", "headline", "text"]]
    for article_id, headline, text in columns.itertuples(index=False):
        yield article_id, headline if isinstance(headline, str) else "", text if isinstance(text, str) else ""


def _by_article(corpus: Corpus | Tables) -> Iterator[_Unit]:
    for article_id, headline, text in _articles(corpus):
        if text.strip():
            yield _Unit(article_id, "text", 0, len(text), text, headline)
        elif headline.strip():
            yield _Unit(article_id, "headline", 0, len(headline), headline)


def _by_paragraph(corpus: Corpus | Tables) -> Iterator[_Unit]:
    for article_id, headline, text in _articles(corpus):
        if headline.strip():
            yield _Unit(article_id, "headline", 0, len(headline), headline)
        start = 0
        for line in text.split("\n"):
            if line.strip():
                yield _Unit(article_id, "text", start, start + len(line), line)
            start += len(line) + 1


def _by_sentence(corpus: Corpus | Tables) -> Iterator[_Unit]:
    """As the table sentences has them; in other languages too, where that has none."""
    from analysis.language.sentences import split_sentences

    for article_id, headline, text in _articles(corpus):
        if headline.strip():
            yield _Unit(article_id, "headline", 0, len(headline), headline)
        for each in split_sentences(text):
            yield _Unit(article_id, "text", each.start, each.end, text[each.start : each.end])


_UNITS = {"article": _by_article, "paragraph": _by_paragraph, "sentence": _by_sentence}


def write_applied(rows: pd.DataFrame, path: str | Path) -> Path:
    """Write the rows of :func:`apply_frames` as csv (evidence as JSON), jsonl or parquet, by the suffix.

    Raises:
        OutputError: Another suffix, the folder does not exist, or the file cannot be written.
    """
    path = Path(path)
    check_rows_path(path)
    try:
        _write(rows, path)
    except OSError as error:
        raise OutputError(f"The rows cannot be written: {error.strerror}.", where=str(path)) from None
    return path


def _write(rows: pd.DataFrame, path: Path) -> None:
    if path.suffix == ".parquet":
        rows.to_parquet(path, index=False)
    elif path.suffix == ".jsonl":
        records = rows.to_dict(orient="records")
        lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        path.write_text(lines, encoding="utf-8", newline="\n")
    else:
        told = rows.assign(evidence=[json.dumps(each, ensure_ascii=False) for each in rows["evidence"]])
        told.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")


def check_rows_path(path: Path) -> None:
    """See to it that rows can be written there.

    Raises:
        OutputError: The suffix is not known, the folder does not exist, or a folder has that name.
    """
    if path.suffix not in (".csv", ".jsonl", ".parquet"):
        raise OutputError(
            f"Rows cannot be written as '{path.suffix or path.name}'.",
            where=str(path),
            allowed="A name that ends in .csv, .jsonl or .parquet.",
        )
    if path.is_dir():
        raise OutputError("This is a folder.", where=str(path), todo="Name a file.")
    if not path.parent.is_dir():
        raise OutputError("There is no such folder.", where=str(path.parent), todo="Make it first.")
