"""Frames of whole texts: a codebook alone, and frames learned from coded texts, beside simple baselines.

    python benchmarks/frames.py
    python benchmarks/frames.py --data DIR

DIR (or ``frames`` in it) holds ``gvfc_dev.jsonl`` or ``narrative_dev.jsonl`` or both, one text a line:
``id``, ``text``, ``labels``, and ``fold`` where the folds are given; else a text's fold is the SHA-256 of its
id, modulo five. The first is made from the Gun Violence Frame Corpus (Liu et al. 2019; Akyürek et al. 2020,
github.com/feyzaakyurek/newsframing, Apache-2.0): headlines with nine frames. The second is made from the
Narrative Frames Corpus (Frermann et al. 2023, github.com/phenixace/narrative-framing, MIT): articles on the
climate with five frames. Without DIR the benchmark runs on the sample that ships, made-up texts that measure
nothing.

Every way labels a text without having seen its fold; where it has thresholds, they are learned on the other
folds. ``codebook`` scores a text by the matches of a codebook alone: narrative_frames, and for headlines on
guns policy_frames, whose categories are put for those of the set as ALIKE says. ``seed words`` are ten words
a frame in its place. ``TF-IDF`` is a logistic regression on words and pairs of words. ``learned`` is what
``framelines frames train`` makes, with and without sentence embeddings. ``every label`` gives all of them to
each text: what F1 is worth where it costs nothing. Micro and macro F1 have 95 % intervals by bootstrap over
texts (``frame_scores.py``). Of the articles on the climate, those with odd ids were not read while the
codebook was written: they are printed apart.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from frame_scores import Scores, score_labels

from analysis.codebooks import Category, Codebook, Entry, load_codebook
from analysis.compare.classify import CodedSample, evaluate_frames
from analysis.compare.codebook_coding import code_left_out, score_texts
from analysis.compare.learned.embedding import is_installed

SAMPLE = Path(__file__).parents[1] / "tests" / "data" / "frames" / "sample.jsonl"
FOLDS = 5
SETS = ("gvfc_dev", "narrative_dev")
# Figures of others that were not measured here.
PUBLISHED = {"gvfc_dev": "BERT as published (Akyürek et al. 2020; other folds): micro .82, macro .76"}

# Whose frames stand for those of a set: (category of the set, category of the codebook).
ALIKE = {
    "gvfc_dev": (
        ("2nd_amendment_gun_rights", "legality, constitutionality and jurisdiction"),
        ("gun_control_regulation", "policy prescription and evaluation"),
        ("gun_control_regulation", "legality, constitutionality and jurisdiction"),
        ("politics", "political"),
        ("mental_health", "health and safety"),
        ("school_public_space_safety", "security and defence"),
        ("school_public_space_safety", "crime and punishment"),
        ("race_ethnicity", "fairness and equality"),
        ("public_opinion", "public opinion"),
        ("society_culture", "cultural identity"),
        ("society_culture", "quality of life"),
        ("economic_consequences", "economic"),
    ),
}
SEEDS = {
    "conflict": "conflict clash~ accuse~ attack~ blame~ criticise~ criticize~ row protest~ oppose~",
    "resolution": "solution~ plan~ agreement~ agree~ propose~ proposal~ solve~ deal~ reform~ pledge~",
    "human interest": "family mother~ father~ child~ life resident~ story victim~ friend~ home~",
    "moral": "moral wrong duty god justice shame faith evil ethical church",
    "economic": "economy economic cost~ price~ job~ money tax~ business~ billion industry",
    "2nd_amendment_gun_rights": "amendment right~ constitution freedom nra owner~ liberty bear defense own",
    "gun_control_regulation": "control law~ ban~ regulation~ bill~ legislation check~ restrict~ age rule~",
    "politics": "trump president senate congress democrat~ republican~ election~ vote~ campaign~ gop",
    "mental_health": "mental health ill illness psychiatric depression disorder therapy suicide disturbed",
    "school_public_space_safety": "school~ safety student~ teacher~ arm~ security campus church guard~ class",
    "race_ethnicity": "black white race racist racism racial hate jewish immigrant~ ethnic",
    "public_opinion": "poll~ protest~ march~ rally survey student~ activist~ opinion public walkout~",
    "society_culture": "culture video~ game~ movie~ society family social media violent values",
    "economic_consequences": "economic company~ sale~ business~ store~ stock~ market~ cost~ investor~ bank~",
}


@dataclass(frozen=True)
class CodedSet:
    """Texts with the labels of their coders, and the fold of each."""

    name: str
    ids: tuple[str, ...]
    texts: tuple[str, ...]
    truth: tuple[tuple[str, ...], ...]
    folds: tuple[str, ...]

    @property
    def labels(self) -> list[str]:
        """Every label that occurs, sorted."""
        return sorted({label for row in self.truth for label in row})

    def held_out(self) -> list[int]:
        """The texts that nobody read while a codebook was written."""
        if self.name != "narrative_dev":
            return []
        return [n for n, own in enumerate(self.ids) if int(own) % 2]


def main() -> None:
    """Label every set in every way, and print how well that agrees with its coders."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder with the coded sets")
    given = parser.parse_args()
    sets = read_sets(given.data) if given.data else [read_set(SAMPLE)]
    if not sets:
        sys.exit(f"No coded sets in {given.data}: {', '.join(SETS)} (.jsonl) are looked for.")
    if not given.data:
        print("The sample that ships (see --data): made-up texts, plainer than real articles.")
    for coded in sets:
        print_set(coded)
    if not is_installed():
        print("\nWithout sentence embeddings: pip install 'framelines[embed]'.")


def read_sets(folder: Path) -> list[CodedSet]:
    """The sets that a folder holds."""
    files = [place / f"{name}.jsonl" for name in SETS for place in (folder, folder / "frames")]
    return [read_set(file) for file in files if file.exists()]


def read_set(file: Path) -> CodedSet:
    """Read one set; "human_interest" is written as the codebook writes it."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    known = {category.name.replace(" ", "_"): category.name for category in _narrative().categories}
    return CodedSet(
        file.stem,
        tuple(str(row["id"]) for row in rows),
        tuple(row["text"] for row in rows),
        tuple(tuple(known.get(label, label) for label in row["labels"]) for row in rows),
        tuple(str(row["fold"]) if "fold" in row else fold_of(str(row["id"])) for row in rows),
    )


def fold_of(own: str) -> str:
    """The fold of a text by its id: more texts move none."""
    return str(int(hashlib.sha256(own.encode("utf-8")).hexdigest(), 16) % FOLDS)


def print_set(coded: CodedSet) -> None:
    """Print the table of a set: a way a row, then the labels of the codebook and the learned frames."""
    labels, held_out = coded.labels, coded.held_out()
    print(f"\n{coded.name}: {len(coded.texts)} texts, {len(labels)} frames, {len(set(coded.folds))} folds")
    apart = "  held-out half" if held_out else ""
    print(f"{'':24}{'micro F1':>8}{'':17}{'macro F1':>8}{'':17}{apart}".rstrip())
    shown: dict[str, Scores] = {}
    for way, label in ways(coded).items():
        found = label()
        shown[way] = score_labels(coded.truth, found, labels)
        print(format_row(way, shown[way], _score_part(coded, found, held_out)))
    for way in ("codebook", list(shown)[-1]):
        each = ", ".join(f"{label} {f1:.2f}" for label, f1 in shown[way].by_label.items())
        print(f"F1 by frame, {way}: {each}")
    if coded.name in PUBLISHED:
        print(PUBLISHED[coded.name])


def format_row(way: str, scores: Scores, apart: Scores | None) -> str:
    """One way in one line: micro and macro F1 with their intervals, then those of the held-out half."""

    def told(value: float, interval: tuple[float, float]) -> str:
        return f"{value:8.3f} ({interval[0]:.3f} to {interval[1]:.3f})"

    half = f"  {apart.micro:.3f} {apart.macro:.3f}" if apart else ""
    micro, macro = told(scores.micro, scores.micro_interval), told(scores.macro, scores.macro_interval)
    return f"{way:24}{micro} {macro} {half}".rstrip()


def ways(coded: CodedSet) -> dict[str, Callable[[], list[tuple[str, ...]]]]:
    """Each way of labelling, by its name."""
    sample = CodedSample.of(coded.texts, coded.truth, ids=coded.ids)
    learned = {"learned, words alone": False} | ({"learned": True} if is_installed() else {})
    return {
        "every label": lambda: [tuple(coded.labels)] * len(coded.texts),
        "seed words": lambda: label_by_seeds(coded),
        "codebook": lambda: label_by(coded, codebook_of(coded.name)),
        "TF-IDF": lambda: label_by_tfidf(coded),
        **{
            way: lambda embed=embed: list(evaluate_frames(sample, folds=coded.folds, embed=embed).given)
            for way, embed in learned.items()
        },
    }


def label_by(coded: CodedSet, codebook: Codebook) -> list[tuple[str, ...]]:
    """Label texts by the matches of a codebook, with thresholds from the other folds."""
    return code_left_out(score_texts(coded.texts, codebook), coded.truth, codebook, coded.folds)


def codebook_of(name: str) -> Codebook:
    """The codebook for a set; where its categories are others, each entry is put for those that are alike."""
    if name not in ALIKE:
        return _narrative()
    policy = load_codebook("policy_frames")
    entries = tuple(
        replace(entry, label=own)
        for own, other in ALIKE[name]
        for entry in policy.entries
        if entry.label == other
    )
    return replace(policy, categories=_categories([own for own, _ in ALIKE[name]]), entries=entries)


def seed_codebook(labels: list[str]) -> Codebook:
    """Ten words a frame, as a codebook."""
    entries = tuple(Entry(f"seed:{label}", label, tuple(SEEDS[label].split())) for label in labels)
    return replace(_narrative(), name="seed words", categories=_categories(labels), entries=entries)


def label_by_seeds(coded: CodedSet) -> list[tuple[str, ...]]:
    """Label texts by ten words a frame, from the score on that was best on the other folds, be it nought."""
    scores = score_texts(coded.texts, seed_codebook(coded.labels)).to_numpy()
    folds = np.array(coded.folds)
    given = np.zeros(scores.shape, dtype=bool)
    for number, label in enumerate(coded.labels):
        truth = np.array([label in row for row in coded.truth])
        for fold in sorted(set(folds)):
            out = folds == fold
            given[out, number] = scores[out, number] >= best_threshold(scores[~out, number], truth[~out])
    return [tuple(coded.labels[n] for n in np.flatnonzero(row)) for row in given]


def label_by_tfidf(coded: CodedSet) -> list[tuple[str, ...]]:
    """Label texts by a logistic regression a label; its threshold is the best inside the other folds."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import cross_val_predict
    from sklearn.pipeline import make_pipeline

    folds = np.array(coded.folds)
    given = np.zeros((len(folds), len(coded.labels)), dtype=bool)
    texts = np.array(coded.texts, dtype=object)
    for number, label in enumerate(coded.labels):
        truth = np.array([label in row for row in coded.truth])
        for fold in sorted(set(folds)):
            out = folds == fold
            model = make_pipeline(
                TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
                LogisticRegression(C=10, class_weight="balanced", max_iter=1000),
            )
            inner = cross_val_predict(model, texts[~out], truth[~out], cv=3, method="predict_proba")[:, 1]
            model.fit(texts[~out], truth[~out])
            given[out, number] = model.predict_proba(texts[out])[:, 1] >= best_threshold(inner, truth[~out])
    return [tuple(coded.labels[n] for n in np.flatnonzero(row)) for row in given]


def best_threshold(scores: np.ndarray, truth: np.ndarray) -> float:
    """The score from which on F1 is highest."""
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(truth[order])
    f1 = 2 * right / (np.arange(1, len(order) + 1) + truth.sum())
    # Equal scores are given the label together or not at all.
    last = np.append(np.diff(scores[order]) != 0, True)
    return float(scores[order][int(np.argmax(np.where(last, f1, -1.0)))])


def _score_part(coded: CodedSet, found: list[tuple[str, ...]], rows: list[int]) -> Scores | None:
    if not rows:
        return None
    return score_labels([coded.truth[n] for n in rows], [found[n] for n in rows], coded.labels)


def _narrative() -> Codebook:
    return load_codebook("narrative_frames")


def _categories(names: list[str]) -> tuple[Category, ...]:
    return tuple(Category(name, name, "", "", ()) for name in dict.fromkeys(names))


if __name__ == "__main__":
    main()
