"""What a coder is asked about each item of a sample: a prompt, the values to choose from, what they mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.codebooks import Codebook, load_codebook
from analysis.errors import CodingError
from analysis.schema import STATUSES

NO_EVENT = "no policy event"
NOT_A_QUOTATION = "not a quotation"
NOT_STATED = "not stated"
SOMEBODY_ELSE = "somebody else"

_STATUS_MEANINGS = {
    "proposed": "Somebody asks for it, plans it or promises it; no one who can decide has announced it.",
    "announced": "Those who can decide say that it will be done.",
    "in negotiation": "Those who must agree are talking about it.",
    "agreed": "It is signed, passed or agreed, and does not apply yet.",
    "in force": "It applies, or has begun.",
    "scrapped": "It was planned or in force, and is given up.",
    "ruled out": "Somebody who can decide says that it will not be done.",
    "reported": "It is said to happen or to be planned, and those who decide have not said so.",
    "past fact": "It happened and is over.",
}


@dataclass(frozen=True)
class Question:
    """A question put to a coder.

    Args:
        name: The question's name in the file of codings.
        prompt: The question as the coder reads it.
        values: What may be answered.
        multiple: Whether several values may be chosen; then none of them may be, too.
        definitions: What a value means, for the coder who asks.
        of_item: Item to the values that it has before the general ones: the names in its article.

    Raises:
        CodingError: Two values are the same, one is empty, or one holds a semicolon or a line break.
    """

    name: str
    prompt: str
    values: Sequence[str] = ()
    multiple: bool = False
    definitions: Mapping[str, str] = field(default_factory=dict)
    of_item: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for values in (self.values, *self.of_item.values()):
            bad = [value for value in values if not value.strip() or set(value) & set(";\r\n")]
            if bad or len(set(values)) < len(values):
                raise CodingError(
                    f"A value is {bad[0]!r}." if bad else "A value stands there twice.",
                    where=f"Question '{self.name}'",
                    allowed="Values differ from one another, are not empty, and hold no semicolon.",
                )

    def values_of(self, item: str) -> tuple[str, ...]:
        """What may be answered for one item."""
        own = self.of_item.get(item, ())
        return (*own, *(value for value in self.values if value not in own))

    def find_fault(self, item: str, values: Sequence[str]) -> str | None:
        """What is wrong with an answer, as a sentence; None where it is allowed."""
        unknown = [value for value in values if value not in self.values_of(item)]
        if unknown:
            return f"'{unknown[0]}' is none of the values."
        if not self.multiple and len(values) != 1:
            return f"The answer has {len(values)} values."
        return "A value is given twice." if len(set(values)) < len(values) else None

    def say_allowed(self, item: str) -> str:
        """The values allowed, in words."""
        count = "Any of these, parted by '; ', or nothing" if self.multiple else "One of these"
        return f"{count}: {', '.join(self.values_of(item))}."


def frame_question(codebook: str | Path | Codebook = "policy_frames") -> Question:
    """Ask which frames of a codebook a passage has; several may be chosen, or none of them.

    Args:
        codebook: The name of one that ships, a path, or one that was read.

    Raises:
        UnknownNameError: No codebook has that name.
        CodebookError: The codebook cannot be read.
    """
    book = codebook if isinstance(codebook, Codebook) else load_codebook(codebook)
    meanings = {
        each.name: "\n".join(
            part
            for part in (
                each.definition,
                each.include and f"Counts: {each.include}",
                each.exclude and f"Does not count: {each.exclude}",
            )
            if part
        )
        for each in book.categories
    }
    prompt = "Which of these does the marked passage speak of?"
    return Question(book.name, prompt, tuple(meanings), multiple=True, definitions=meanings)


def quote_question(tables: Any, sample: pd.DataFrame) -> Question:
    """Ask who says a passage: one of those named in its article, somebody else, nobody stated, no quotation.

    The names come in the order of the alphabet, so that nothing tells whom the extraction chose.

    Args:
        tables: The extracted tables.
        sample: The sample, with columns item and article_id.
    """
    listed = dict(zip(tables.actors["actor_id"], tables.actors["name"], strict=True))
    names: dict[str, set[str]] = {}
    for article, actor in zip(tables.mentions["article_id"], tables.mentions["actor_id"], strict=True):
        if actor in listed:
            names.setdefault(article, set()).add(as_value(listed[actor]))
    spoken = tables.quotes.dropna(subset=["speaker"])
    for article, speaker in zip(spoken["article_id"], spoken["speaker"], strict=True):
        names.setdefault(article, set()).add(as_value(speaker))
    of_item = {
        item: tuple(sorted(names.get(article, ()), key=str.casefold))
        for item, article in zip(sample["item"], sample["article_id"], strict=True)
    }
    return Question(
        "speaker",
        "Who says the marked passage?",
        (SOMEBODY_ELSE, NOT_STATED, NOT_A_QUOTATION),
        definitions={
            SOMEBODY_ELSE: "The text tells who says it, and the name is not in this list.",
            NOT_STATED: "They are somebody's words, and the text does not tell whose.",
            NOT_A_QUOTATION: "Nobody says it: a title, a term, a word held at a distance.",
        },
        of_item=of_item,
    )


def event_question() -> Question:
    """Ask whether a passage tells a policy event, and what the text says of its status."""
    return Question(
        "status",
        "Does the marked passage tell a policy event, and how far has it come according to the text?",
        (*STATUSES, NO_EVENT),
        definitions={
            **_STATUS_MEANINGS,
            NO_EVENT: "No step of a policy: an opinion, a count, a scene.",
        },
    )


def as_value(name: str) -> str:
    """A name without what parts the values of an answer."""
    return " ".join(name.replace(";", ",").split())
