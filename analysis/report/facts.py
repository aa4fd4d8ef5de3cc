"""What a page was made from and with, as its notebook and the cell that shows it say."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePosixPath
from typing import Any

import nbformat
from bs4 import BeautifulSoup
from nbformat import NotebookNode

from analysis.errors import NotebookError
from analysis.report.parameters import INJECTED_TAG, TAG, read_parameters
from analysis.views.theme import describe_dates

EPOCH = "SOURCE_DATE_EPOCH"


@dataclass(frozen=True)
class Setting:
    """One parameter of the run: its value, its default as the notebook has it, and what it means."""

    name: str
    value: Any
    default: Any
    help: str = ""

    @property
    def changed(self) -> bool:
        """Whether the run set another value than the notebook's own."""
        return bool(self.value != self.default)


@dataclass(frozen=True)
class PageFacts:
    """What is known of a page; ``corpus`` is empty where no cell shows what the numbers rest on."""

    title: str
    authors: str = ""
    corpus: Mapping[str, Any] = field(default_factory=dict)
    fingerprint: str = ""
    codebooks: str = ""
    settings: tuple[Setting, ...] = ()
    texts: str = ""

    @property
    def run(self) -> str:
        """What was run on what, as one line; empty where that is not known."""
        known = self.corpus
        if not known:
            return ""
        articles = say_share(known, "articles", "of")
        parts = [f"the corpus {known['corpus']}: {articles}"]
        if known["earliest"]:
            parts.append(f"published {say_days(known)}")
        return ", ".join(parts)


def name_paths(nb: NotebookNode) -> None:
    """Write the corpus's name for its path where a run has set it, so that no page says where it lay.

    Args:
        nb: The notebook, run; changed in place, so pass a copy.
    """
    told = (
        output.get("data", {}).get("text/html", "") for cell in nb.cells for output in cell.get("outputs", [])
    )
    shown = [text for text in map("".join, told) if "data-framelines-facts" in text]
    found = BeautifulSoup(shown[0], "html.parser").select_one("[data-framelines-facts]") if shown else None
    name = _read_corpus(found["data-framelines-facts"]).get("corpus") if found else None
    for cell in nb.cells:
        if INJECTED_TAG in cell.metadata.get("tags", []) and name:
            cell.source = re.sub(
                r"^corpus = .*$", lambda _: f"corpus = {name!r}", cell.source, flags=re.MULTILINE
            )


def read_facts(soup: BeautifulSoup, nb: NotebookNode, title: str) -> PageFacts:
    """Read what a page rests on: from the cell that shows it, the parameters and the metadata.

    Args:
        soup: The page.
        nb: Its notebook, run.
        title: The page's title.
    """
    shown = soup.select_one("main [data-framelines-codebooks]")
    named = (str(author.get("name", "")) for author in nb.metadata.get("authors", []))
    return PageFacts(
        title,
        ", ".join(filter(None, named)),
        _read_corpus(shown.get("data-framelines-facts", "") if shown else ""),
        shown["data-framelines-fingerprint"] if shown else "",
        shown["data-framelines-codebooks"] if shown else "",
        tuple(read_settings(nb)),
        "full" if nb.metadata.get("framelines", {}).get("texts") == "full" else "evidence",
    )


def read_settings(nb: NotebookNode) -> list[Setting]:
    """The parameters of a notebook with the values of its run; those that the run set stand first.

    The corpus's path is cut to its name: a page says nothing of the maker's disk.
    """
    injected = [cell.source for cell in nb.cells if INJECTED_TAG in cell.metadata.get("tags", [])]
    cell = nbformat.v4.new_code_cell("\n".join(injected), metadata={"tags": [TAG]})
    try:
        declared = read_parameters(nb)
        given = read_parameters(nbformat.v4.new_notebook(cells=[cell]))
    except NotebookError:
        return []
    settings = [
        Setting(name, _shown(name, given.get(name, known).default), _shown(name, known.default), known.help)
        for name, known in declared.items()
    ]
    return sorted(settings, key=lambda setting: not setting.changed)


def say_share(known: Mapping[str, Any], part: str, whole: str) -> str:
    """Articles as a count, of how many where some were left out: "20 of 21 articles"."""
    noun = "article" if known[whole] == 1 else "articles"
    return (
        f"{known[part]:,} {noun}"
        if known[part] == known[whole]
        else f"{known[part]:,} of {known[whole]:,} {noun}"
    )


def say_days(known: Mapping[str, Any]) -> str:
    """From when to when articles were published, and of how many that is not, or hardly, known."""
    rest = [f"{known['loose']:,} dated only to more than a month"] if known.get("loose") else []
    rest += [f"{known['no_date']:,} without a date"] if known["no_date"] else []
    return describe_dates(known["earliest"], known["latest"]) + (f" ({', '.join(rest)})" if rest else "")


def made_on() -> str | None:
    """The day that the page says it was made on, in words: only where SOURCE_DATE_EPOCH gives one.

    The clock is never asked, so that the same input gives the same page.
    """
    given = os.environ.get(EPOCH, "")
    if not given.isdecimal():
        return None
    day = datetime.fromtimestamp(int(given), UTC).date().isoformat()
    return describe_dates(day, day)


@cache
def package_version() -> str:
    """The installed version of Framelines."""
    try:
        return version("framelines")
    except PackageNotFoundError:
        return "(not installed)"


def _read_corpus(text: str) -> Mapping[str, Any]:
    try:
        known = json.loads(text)
    except ValueError:
        return {}
    wanted = {"corpus", "articles", "of", "outlets", "no_date", "no_outlet", "earliest", "latest"}
    return known if isinstance(known, dict) and wanted <= set(known) else {}


def _shown(name: str, value: Any) -> Any:
    if name != "corpus" or not isinstance(value, str):
        return value
    return PurePosixPath(value.replace("\\", "/")).name or value
