"""A panel to code a sample by hand: one passage at a time, by keyboard or mouse, saved after each.

It needs a kernel, which writes the answers; what the browser calls saved is on the disk. An exported page
shows in its place who has coded how much. The panel is sent the passages and nothing of what was extracted.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import pandas as pd
import traitlets

from analysis.compare.codings import SAMPLE_FILE, append_coding, find_coding_file, read_codings
from analysis.compare.questions import Question
from analysis.compare.sampling import SAMPLE_COLUMNS, read_sample, save_sample
from analysis.errors import CodingError, WorkbookError
from analysis.tables import known_rows
from analysis.views.chart import count_noun

HERE = Path(__file__).parent
SCRIPTS = ("dom", "coding")
STYLES = ("explorer", "coding")
# What the coder sees of an item. The stratum is left out: it may give the machine's answer away.
_SHOWN = ("outlet", "headline", "before", "text", "after")
_ENDS = (".", "!", "?", "”", "’", '"', "'")


@cache
def _join_scripts() -> str:
    return "\n".join((HERE / "js" / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)


@cache
def _read_style() -> str:
    return "\n".join((HERE / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)


class CodingPanel(anywidget.AnyWidget):
    """Code a sample by hand, in JupyterLab; begins at the first item that the coder has not coded.

    Keys: 1 to 9 and letters choose, Enter saves and goes on, the arrows left and right (P and N) move, U puts
    back what is saved, ? explains the values. Each answer is a row of ``folder/CODER.csv``, written before
    the panel says "saved"; items can be gone back to and changed, and the last row counts. A coder is shown
    only their own answers.

    Args:
        sample: A sample, as :func:`draw_sample` draws it or :func:`read_sample` reads it.
        questions: What is asked about each item.
        folder: Where the files of the coders lie, beside the sample, which is written there with the first
            answer.
        coder: The coder's name; asked in the panel where None.

    Raises:
        CodingError: This is no sample, the folder holds another one, two questions have one name, or a
            coder's file cannot be understood.
        CorpusFormatError: The sample in the folder cannot be read.

    Example:
        >>> CodingPanel(sample, [frame_question("policy_frames")], "my-study/coding/frames")
    """

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    items = traitlets.List().tag(sync=True)
    questions = traitlets.List().tag(sync=True)
    coder = traitlets.Unicode().tag(sync=True)
    codes = traitlets.Dict().tag(sync=True)
    place = traitlets.Unicode().tag(sync=True)
    note = traitlets.Unicode().tag(sync=True)
    without_kernel = traitlets.Unicode().tag(sync=True)

    @traitlets.default("_esm")
    def _default_scripts(self) -> str:
        return _join_scripts()

    @traitlets.default("_css")
    def _default_style(self) -> str:
        return _read_style()

    def __init__(
        self,
        sample: pd.DataFrame,
        questions: Sequence[Question],
        folder: str | Path,
        *,
        coder: str | None = None,
    ) -> None:
        _check_sample(sample)
        if not questions or len({question.name for question in questions}) < len(questions):
            raise CodingError("Questions are missing, or two have one name.", allowed="One or more, by name.")
        self._sample, self._folder = sample, Path(folder)
        self._asked = {question.name: question for question in questions}
        _check_folder(self._folder, set(sample["item"]))
        self._done = self._count_done()
        super().__init__(
            items=[_show_item(row, questions) for row in known_rows(sample)],
            questions=[_show_question(question) for question in questions],
        )
        self.on_msg(lambda _, message, __: self.send(self.receive(message)))
        if coder:
            self.name_coder(coder)
        self._tell()

    def __repr__(self) -> str:
        return self.without_kernel

    def receive(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Do what the panel in the browser asks for, and answer it.

        Args:
            message: ``id``, and ``kind``: "hello" (is a kernel there?), "name" with ``coder``, or "save" with
                ``item`` and ``answers`` (question to values).

        Returns:
            The same ``id``, and ``kind``: "done", or "refused" with ``why``. A "save" is done when it is on
            the disk.
        """
        try:
            if message["kind"] == "name":
                self.name_coder(str(message["coder"]))
            elif message["kind"] == "save":
                self.save_coding(str(message["item"]), message["answers"])
        except (WorkbookError, OSError) as problem:
            return {"id": message["id"], "kind": "refused", "why": str(problem)}
        return {"id": message["id"], "kind": "done"}

    def name_coder(self, coder: str) -> None:
        """Say who codes; the panel goes on where they stopped.

        Raises:
            CodingError: The name cannot name a file, or that file cannot be understood.
        """
        coder = coder.strip()
        path = find_coding_file(self._folder, coder)
        codings = self._read(path.stem)
        with self.hold_sync():
            self.coder, self.codes = path.stem, self._list_codes(codings)
            self.place = f"{path.parent.name}/{path.name}"
            self.note = " ".join(str(problem) for problem in codings.attrs["problems"])
        self._tell()

    def save_coding(self, item: str, answers: Mapping[str, Sequence[str]]) -> None:
        """Write the coder's answers on one item to their file.

        Raises:
            CodingError: Nobody is named as coder, there is no such item, an answer is not allowed, the folder
                holds another sample by now, or another window of the same coder has coded the item since.
            OSError: The file cannot be written.
        """
        if not self.coder:
            raise CodingError("Nobody is named as coder.", todo="Give a name first.")
        if item not in set(self._sample["item"]):
            raise CodingError(f"The item '{item}' is not in the sample.")
        for name, question in self._asked.items():
            if name not in answers:
                raise CodingError(f"'{question.prompt}' is not answered.", allowed=question.say_allowed(item))
            fault = question.find_fault(item, answers[name])
            if fault:
                raise CodingError(fault, allowed=question.say_allowed(item))
        answered = {name: list(answers[name]) for name in self._asked}
        _check_folder(self._folder, set(self._sample["item"]))
        self._check_meanwhile(item, answered)
        if not (self._folder / SAMPLE_FILE).exists():
            save_sample(self._sample, self._folder)
        append_coding(self._folder, self.coder, item, answered)
        self.codes = {**self.codes, item: answered}
        self._tell()

    def _check_meanwhile(self, item: str, answered: Mapping[str, list[str]]) -> None:
        """Take over what another window of the same coder has written, and refuse to replace it unseen."""
        known = self.codes.get(item)
        self.codes = self._list_codes(self._read(self.coder))
        now = self.codes.get(item)
        if now and now not in (known, answered):
            said = "; ".join(", ".join(values) or "none of them" for values in now.values())
            raise CodingError(
                f"This item was coded meanwhile under your name, in another window: {said}.",
                where=self.place,
                todo="Save again to put your answer in its place, or undo to keep that one.",
            )

    def _list_codes(self, codings: pd.DataFrame) -> dict[str, dict[str, list[str]]]:
        """Item to question to values, of the questions asked here."""
        codes: dict[str, dict[str, list[str]]] = {}
        for item, question, values in zip(
            codings["item"], codings["question"], codings["values"], strict=True
        ):
            if question in self._asked:
                codes.setdefault(item, {})[question] = values
        return codes

    def _read(self, coder: str | None = None) -> pd.DataFrame:
        # The panel itself shows what was passed over.
        with warnings.catch_warnings(action="ignore"):
            return read_codings(
                self._folder,
                items=self._sample["item"],
                questions=tuple(self._asked.values()),
                coder=coder,
            )

    def _count_done(self) -> dict[str, int]:
        """Items that each coder has answered all questions on."""
        codings = self._read()
        codings = codings[codings["question"].isin(self._asked)]
        answered = codings.groupby(["coder", "item"])["question"].nunique()
        done = answered[answered == len(self._asked)].groupby("coder").size()
        return {coder: int(done.get(coder, 0)) for coder in codings["coder"].unique()}

    def _tell(self) -> None:
        """Say for a page without a kernel who has coded how much."""
        if self.coder:
            self._done[self.coder] = sum(len(codes) == len(self._asked) for codes in self.codes.values())
        items = count_noun(len(self._sample), "item")
        coded = [f"{name} has coded {n}" for name, n in sorted(self._done.items()) if n]
        said = ", ".join(coded) if coded else "nobody has coded any yet"
        self.without_kernel = f"A sample of {items} to code by hand: {said}. Coding needs JupyterLab."


def _check_sample(sample: pd.DataFrame) -> None:
    missing = [name for name in SAMPLE_COLUMNS if name not in sample]
    if missing or "sample" not in sample.attrs:
        raise CodingError(
            f"It has no column '{missing[0]}'." if missing else "It does not say how it was drawn.",
            where="The sample",
            allowed="A sample comes from draw_sample, open_sample or read_sample.",
        )


def _check_folder(folder: Path, items: set[str]) -> None:
    if not (folder / SAMPLE_FILE).exists():
        return
    kept = set(read_sample(folder)["item"])
    if kept != items:
        raise CodingError(
            f"The folder holds another sample: {len(kept - items)} of its {len(kept)} items are not in "
            f"this one, and {len(items - kept)} of this one's {len(items)} are not there.",
            where=str(folder),
            allowed="The files of the coders belong to the sample beside them.",
            todo="Code the sample that is kept there (read_sample), or give this one a folder of its own.",
        )


def _show_item(row: Mapping[str, Any], questions: Sequence[Question]) -> dict[str, Any]:
    shown = {name: row[name] or "" for name in _SHOWN}
    own = {each.name: list(each.values_of(row["item"])) for each in questions if each.of_item}
    after = shown["after"].rstrip()
    cut = row["start"] > len(shown["before"]), bool(after) and not after.endswith(_ENDS)
    return {"item": row["item"], **shown, "cut": cut, "values": own}


def _show_question(question: Question) -> dict[str, Any]:
    return {
        "name": question.name, "prompt": question.prompt, "values": list(question.values),
        "multiple": question.multiple, "definitions": dict(question.definitions),
    }  # fmt: skip
