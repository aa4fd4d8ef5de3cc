"""What a corpus is before anything is extracted: read, split, dropped, undated, unattributed, copied.

Nothing here needs the language model, so that a folder can be checked in seconds and mended before a run.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.codebooks import SECTIONS, Codebook, is_begun, is_codebook, load_codebook, load_topic
from analysis.corpus import Corpus
from analysis.corpus.reading.files import find_folder
from analysis.corrections import FILE_NAME, read_corrections
from analysis.errors import Problem
from analysis.extraction import choose_packs, list_codebooks, note_languages
from analysis.reuse import find_shared_passages, group_versions

# What an interval of publication is called, by its length in days; each is the longest of its kind.
_WIDTHS = (("a day", 1), ("a week", 7), ("a month", 31), ("a year", 366))
WIDER, UNDATED = "more than a year", "no date"
PRECISIONS = (*(name for name, _ in _WIDTHS), WIDER)

# Not text of an article, but kept all the same: as columns of the table articles.
KEPT_BESIDE = frozenset({"headline", "byline", "outlet", "stamp"})


@dataclass(frozen=True)
class Check:
    """What was found out about a corpus; see :func:`check_corpus`.

    ``articles`` has one row an article: article_id, page, kind, outlet, published_earliest,
    published_latest, dated_to, words, language, on_topic, version_group. ``dropped`` has one row a rule:
    role, rule, segments, characters; headlines, bylines, outlet labels and stamps, which become columns, are
    not among them. ``page_characters`` is the length of all pages without white space between their
    segments. ``versions`` maps each group of versions to its articles. ``corrections`` counts the rows of
    ``corrections.csv`` that can be read: they are applied to tables, not here.
    ``codebooks`` are the frame codebooks that run on its articles.
    """

    files: int
    layouts: Mapping[str, int]
    articles: pd.DataFrame
    dropped: pd.DataFrame
    page_characters: int
    versions: Mapping[str, tuple[str, ...]]
    shared_pairs: int
    topics: tuple[str, ...]
    problems: tuple[Problem, ...]
    corrections: int = 0
    codebooks: tuple[Codebook, ...] = ()

    @property
    def unread(self) -> list[Problem]:
        """The problems that kept something from being read."""
        return [problem for problem in self.problems if problem.severity == "error"]

    def having(self, column: str, value: object = None) -> list[str]:
        """The ids of the articles whose column has a value, or is unknown where ``value`` is None."""
        cells = self.articles[column]
        chosen = cells.isna() if value is None else (cells == value).fillna(False)
        return list(self.articles.loc[chosen, "article_id"])


def check_corpus(corpus: Corpus) -> Check:
    """Find out what a corpus holds and what it lacks.

    Args:
        corpus: The corpus as loaded.

    Returns:
        Counts, one row an article, and one row a rule that dropped something.
    """
    topical, packs, notes = choose_packs(corpus)
    passages = find_shared_passages({article.article_id: article.text for article in corpus.articles})
    groups = group_versions(passages)
    versions: dict[str, list[str]] = {}
    for article in corpus.articles:
        if article.article_id in groups:
            versions.setdefault(groups[article.article_id], []).append(article.article_id)
    rows = [
        {
            "article_id": item.article.article_id,
            "page": item.article.page,
            "kind": item.article.kind,
            "outlet": item.article.outlet,
            "published_earliest": item.article.published_earliest,
            "published_latest": item.article.published_latest,
            "dated_to": _width(item.article.published_earliest, item.article.published_latest),
            "words": item.article.words,
            "language": item.article.language,
            "on_topic": item.match.on_topic if item.match and item.article.is_readable else None,
            "version_group": groups.get(item.article.article_id),
        }
        for item in topical
    ]
    file = read_corrections(find_folder(corpus.path) / FILE_NAME)
    solid = [placed.segment for placed in corpus.segments if placed.segment.role != "blank"]
    return Check(
        len({name.partition("!")[0] for name, _ in corpus.files}),
        Counter(page.layout for page in corpus.pages),
        pd.DataFrame(rows).astype({"on_topic": "boolean"}),
        _count_dropped(corpus),
        sum(segment.end - segment.start for segment in solid),
        {group: tuple(members) for group, members in versions.items()},
        len({(passage.article_a, passage.article_b) for passage in passages}),
        tuple(pack.name for pack in packs),
        (*corpus.problems, *note_languages(corpus), *notes, *file.problems),
        len(file.corrections),
        tuple(list_codebooks(topical)),
    )


@dataclass(frozen=True)
class CodebookCheck:
    """What a file of the user's holds, a frame codebook or a topic pack; see :func:`check_codebook`.

    ``sections`` has one row a category of a codebook, or a section of a pack: section, entries, patterns.
    ``problems`` are doubts, which do not keep it from being used. A file of comments alone has no section.
    """

    kind: str
    name: str
    version: str
    title: str
    lineage: tuple[str, ...]
    sections: pd.DataFrame
    problems: tuple[Problem, ...]


def check_codebook(path: str | Path) -> CodebookCheck:
    """Find out what a frame codebook or a topic pack holds.

    Args:
        path: A ``.toml`` file. One with categories, or that builds on another, is a codebook.

    Raises:
        CodebookError: It breaks the rules; the message names file and line.
    """
    if not is_begun(path):
        nothing = pd.DataFrame(columns=["section", "entries", "patterns"])
        return CodebookCheck("codebook", Path(path).name, "", "", (), nothing, ())
    book = load_codebook(path) if is_codebook(path) else load_topic(path)
    if isinstance(book, Codebook):
        names = [category.name for category in book.categories]
        groups = {name: [entry for entry in book.entries if entry.label == name] for name in names}
    else:
        groups = {name: getattr(book, name) for name in SECTIONS}
    rows = [
        (name, len(entries), sum(len(entry.patterns) for entry in entries))
        for name, entries in groups.items()
    ]
    return CodebookCheck(
        "codebook" if isinstance(book, Codebook) else "topic pack",
        book.name,
        book.version,
        book.title,
        book.lineage if isinstance(book, Codebook) else (),
        pd.DataFrame(rows, columns=["section", "entries", "patterns"]),
        book.problems,
    )


def _count_dropped(corpus: Corpus) -> pd.DataFrame:
    """Segments and characters that nothing is made of, by role and rule, the most characters first."""
    segments: Counter[tuple[str, str]] = Counter()
    characters: Counter[tuple[str, str]] = Counter()
    for placed in corpus.segments:
        role = placed.segment.role
        if placed.article_start is None and role != "blank" and role not in KEPT_BESIDE:
            segments[role, placed.segment.rule] += 1
            characters[role, placed.segment.rule] += placed.segment.end - placed.segment.start
    rows = [(*rule, segments[rule], count) for rule, count in characters.most_common()]
    return pd.DataFrame(rows, columns=["role", "rule", "segments", "characters"])


def _width(earliest: str | None, latest: str | None) -> str:
    if earliest is None or latest is None:
        return UNDATED
    days = (datetime.date.fromisoformat(latest) - datetime.date.fromisoformat(earliest)).days + 1
    return next((name for name, most in _WIDTHS if days <= most), WIDER)
