"""A folder, a file or a glob to a corpus: every page read, split, dated; every problem told."""

from __future__ import annotations

import hashlib
import html
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from analysis.codebooks import list_topics, load_topic
from analysis.corpus.articles import Article, PlacedSegment, build_articles, build_records, rename_repeats
from analysis.corpus.layouts import read_layout
from analysis.corpus.profile import Profile, detect_language, profile_corpus
from analysis.corpus.published import date_articles
from analysis.corpus.readers import (
    READ_SUFFIXES,
    Page,
    Reading,
    list_files,
    read_file,
    replace_surrogates,
)
from analysis.corpus.segments import split_page
from analysis.corpus.settings import Settings, load_settings
from analysis.errors import CorpusEmptyError, Problem, UnknownNameError
from analysis.progress import Progress


@dataclass(frozen=True)
class LoadedPage:
    """A page with what was found about it as a whole."""

    page: Page
    layout: str
    language: str | None


@dataclass(frozen=True)
class Corpus:
    """Articles with their pages, segments and problems, in page order.

    ``topic`` is "auto", "none", or the topic packs' names.
    """

    path: Path
    pages: tuple[LoadedPage, ...]
    segments: tuple[PlacedSegment, ...]
    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]
    topic: tuple[str, ...] = ("auto",)
    files: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @property
    def fingerprint(self) -> str:
        """SHA-256 over files, articles, problems and topic: same input, same value."""
        loaded = [asdict(item) for item in (*self.articles, *self.problems)]
        state = [self.files, self.topic, loaded]
        return hashlib.sha256(json.dumps(state, ensure_ascii=False).encode()).hexdigest()

    @property
    def outlets(self) -> list[str]:
        """The outlets named, in alphabetical order."""
        return sorted({article.outlet for article in self.articles if article.outlet})

    @property
    def unread(self) -> list[Problem]:
        """The problems that kept something from being read."""
        return [problem for problem in self.problems if problem.severity == "error"]

    def __repr__(self) -> str:
        counts = Counter(problem.severity for problem in self.problems)
        told = ", ".join(
            f"{counts[s]} {s}{'s' if counts[s] != 1 else ''}" for s in ("error", "warning", "note")
        )
        return (
            f"Corpus of {len(self.articles)} articles from {len(self.files)} files, "
            f"{len(self.outlets)} outlets named; {told}."
        )

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(repr(self))}</p>"


def load_corpus(
    path: str | Path, *, topic: str | Iterable[str] = "auto", progress: Progress | None = None
) -> Corpus:
    """Read a folder, a file or a glob of news pages.

    Args:
        path: A folder (read recursively), a file, or a glob. Its ``corpus.toml`` says what is known.
        topic: "auto" takes the packs named in ``corpus.toml``, else each shipped pack that applies;
            "none" finds events of any subject; or names of topic packs.
        progress: Called as files are read.

    Returns:
        The corpus. A file that cannot be read becomes a row of ``corpus.problems``; the rest is loaded.

    Raises:
        CorpusNotFoundError: There is nothing at ``path``.
        CorpusEmptyError: Nothing there could be read.
        CorpusFormatError: ``corpus.toml`` cannot be understood.
        UnknownNameError: There is no topic pack of that name.
    """
    root, files = list_files(path)
    settings = load_settings(root)
    packs = _choose_topic(topic, settings)
    readings: list[tuple[str, Reading]] = []
    for n, file in enumerate(files, 1):
        name = replace_surrogates(file.relative_to(root).as_posix())
        if not settings.of(name).exclude:
            readings.append((name, read_file(file, name)))
        if progress:
            progress("Reading files", n, len(files))
    problems = [problem for _, reading in readings for problem in reading.problems]
    if not any(reading.page or reading.records for _, reading in readings):
        raise CorpusEmptyError(
            "Nothing here could be read.\n" + "\n".join(f"  {problem}" for problem in problems[:10]),
            where=str(path),
            allowed=f"Framelines reads {', '.join(READ_SUFFIXES)}.",
            todo="Put pages of these kinds there.",
        )
    profile = profile_corpus(reading.page.text for _, reading in readings if reading.page)
    return _assemble(Path(path), readings, problems, profile, settings, packs)


def _assemble(
    path: Path,
    readings: list[tuple[str, Reading]],
    problems: list[Problem],
    profile: Profile,
    settings: Settings,
    topic: tuple[str, ...],
) -> Corpus:
    pages: list[LoadedPage] = []
    segments: list[PlacedSegment] = []
    articles: list[Article] = []
    for name, reading in readings:
        known = settings.of(name)
        articles += build_records(reading.records, known)
        if reading.page is None:
            continue
        layout = read_layout(reading.page.text, split_page(reading.page.text, profile))
        found, placed, notes = build_articles(reading.page, layout, known)
        pages.append(LoadedPage(reading.page, layout.name, detect_language(reading.page.text)))
        segments += placed
        articles += date_articles(found)
        problems += notes
        if not found:
            problems.append(_no_article(name))
    renamed = list(rename_repeats(articles))
    problems += [problem for _, problem in renamed if problem]
    hashes = [(name, reading.sha256) for name, reading in readings if reading.sha256]
    # A pack of the user's own may change while its name stays.
    hashes += [(n, hashlib.sha256(Path(n).read_bytes()).hexdigest()) for n in topic if n.endswith(".toml")]
    final = tuple(article for article, _ in renamed)
    return Corpus(path, tuple(pages), tuple(segments), final, tuple(problems), topic, tuple(hashes))


def _no_article(name: str) -> Problem:
    return Problem(
        "segment",
        "error",
        "The page gave no article: none of its lines is running text.",
        "A page needs at least one paragraph.",
        "See the table segments for the rule that dropped each line.",
        name,
    )


def _choose_topic(topic: str | Iterable[str], settings: Settings) -> tuple[str, ...]:
    names = (topic,) if isinstance(topic, str) else tuple(topic)
    if names == ("auto",):
        names = settings.topic or names
    known = list_topics()
    for name in names:
        if name not in ("auto", "none") and not (name in known or Path(name).suffix == ".toml"):
            raise UnknownNameError.among("topic pack", name, [*known, "auto", "none"])
        if name not in ("auto", "none"):
            load_topic(name)
    return names
