"""A folder, a file or a glob to a corpus: every page read, split, dated; every problem told."""

from __future__ import annotations

import hashlib
import html
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from analysis.codebooks import Codebook, choose_codebooks, list_topics, load_codebook, load_topic
from analysis.corpus.articles import Article, ArticleIds, PlacedSegment, build_articles, build_records
from analysis.corpus.languages import detect_language
from analysis.corpus.pages import Page, Reading
from analysis.corpus.provenance.published import date_articles
from analysis.corpus.reading.decoding import replace_surrogates
from analysis.corpus.reading.files import list_files
from analysis.corpus.reading.readers import READ_SUFFIXES, iter_plain_texts, read_file
from analysis.corpus.settings import FILE_NAME, PageSettings, Settings, load_settings, unused_rules
from analysis.corpus.splitting.layouts import read_layout
from analysis.corpus.splitting.profile import Profile, profile_corpus
from analysis.corpus.splitting.segments import split_page
from analysis.errors import CorpusEmptyError, Problem, UnknownNameError
from analysis.progress import Progress


@dataclass(frozen=True)
class LoadedPage:
    """A page with what was found about it as a whole."""

    page: Page
    layout: str
    language: str | None


@dataclass(frozen=True)
class Loaded:
    """What one file, one page inside it, or one stretch of its rows gave."""

    name: str
    sha256: str | None
    page: LoadedPage | None
    segments: tuple[PlacedSegment, ...]
    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Corpus:
    """Articles with their pages, segments and problems, in page order.

    ``topic`` is "auto", "none", or the topic packs' names; ``codebooks`` are the user's own,
    as they were read.
    """

    path: Path
    pages: tuple[LoadedPage, ...]
    segments: tuple[PlacedSegment, ...]
    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]
    topic: tuple[str, ...] = ("auto",)
    files: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    codebooks: tuple[Codebook, ...] = field(default=(), repr=False)

    @property
    def fingerprint(self) -> str:
        """SHA-256 over files, articles, problems, topic and codebooks: same input, same value."""
        loaded = [asdict(item) for item in (*self.articles, *self.problems)]
        state = [self.files, self.topic, loaded, *([book.name, book.sha256] for book in self.codebooks)]
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
        CodebookError: A codebook or topic pack that it names breaks the rules.
        UnknownNameError: There is no topic pack or codebook of that name.
    """
    root = list_files(path).root
    settings = load_settings(root)
    packs = _choose_topic(topic, settings)
    books = tuple(load_codebook(name) for name in settings.codebooks)
    choose_codebooks((), books)  # their names must differ
    loaded = list(iter_corpus(path, progress=progress))
    problems = (*_doubts(books, root), *(problem for item in loaded for problem in item.problems))
    if not any(item.page or item.articles for item in loaded):
        raise CorpusEmptyError(
            "Nothing here could be read.\n" + "\n".join(f"  {problem}" for problem in problems[:10]),
            where=str(path),
            allowed=f"Framelines reads {', '.join(READ_SUFFIXES)}.",
            todo="Put pages of these kinds there.",
        )
    hashes = [(item.name, item.sha256) for item in loaded if item.sha256]
    # A pack of the user's own may change while its name stays.
    hashes += [hashed for name in packs if name.endswith(".toml") for hashed in _hash_pack(name)]
    return Corpus(
        Path(path),
        tuple(item.page for item in loaded if item.page),
        tuple(segment for item in loaded for segment in item.segments),
        tuple(article for item in loaded for article in item.articles),
        problems,
        packs,
        tuple(dict.fromkeys(hashes)),
        books,
    )


def _hash_pack(path: str) -> Iterator[tuple[str, str]]:
    yield path, hashlib.sha256(Path(path).read_bytes()).hexdigest()
    for name in load_topic(path).codebooks:
        yield name, load_codebook(name).sha256


def iter_corpus(path: str | Path, *, progress: Progress | None = None) -> Iterator[Loaded]:
    """Read a corpus page by page, so that no more than one page is held at a time.

    The files are read twice: once for the lines that the corpus repeats, then for its articles.

    Args:
        path: A folder (read recursively), a file, or a glob.
        progress: Called as files are read.

    Yields:
        What each page, or each stretch of a table's rows, gave, in the order of the files' paths.

    Raises:
        CorpusNotFoundError: There is nothing at ``path``.
        CorpusEmptyError: The folder holds no file.
        CorpusFormatError: ``corpus.toml`` cannot be understood.
    """
    root, files, unlisted = list_files(path)
    settings = load_settings(root)
    names = {file: replace_surrogates(file.relative_to(root).as_posix()) for file in files}
    rules = _list_rules(settings)
    files = [file for file in files if not settings.of(names[file]).exclude and file.resolve() not in rules]
    profile = profile_corpus(_iter_texts(files, root, progress))
    ids, met = ArticleIds(), {*names.values()}
    for problem in unlisted:
        if not settings.of(problem.page).exclude:
            yield Loaded(problem.page, None, None, (), (), (problem,))
    for n, file in enumerate(files, 1):
        for reading in read_file(file, root):
            met.add(reading.name)
            known = settings.of(reading.name)
            if not known.exclude:
                yield _load_reading(reading, known, profile, ids)
        if progress:
            progress("Reading files", n, len(files))
    # Of one file, or of some, the rules for the others say nothing.
    unused = unused_rules(settings, met) if Path(path).is_dir() else []
    if unused:
        yield Loaded(FILE_NAME, None, None, (), (), tuple(unused))


def _list_rules(settings: Settings) -> set[Path]:
    """Codebooks and topic packs that stand among the pages: they are no pages."""
    files = [file for name in settings.codebooks for file in load_codebook(name).files]
    return {Path(name).resolve() for name in (*files, *settings.topic)}


def _doubts(books: Iterable[Codebook], root: Path) -> Iterator[Problem]:
    """The doubts about the user's codebooks, without the place of the corpus on this machine."""
    for book in books:
        for problem in book.problems:
            yield replace(problem, page=Path(os.path.relpath(problem.page or "", root)).as_posix())


def _iter_texts(files: list[Path], root: Path, progress: Progress | None) -> Iterator[str]:
    for n, file in enumerate(files, 1):
        yield from iter_plain_texts(file, root)
        if progress:
            progress("Looking for lines that repeat", n, len(files))


def _load_reading(reading: Reading, known: PageSettings, profile: Profile, ids: ArticleIds) -> Loaded:
    records, repeated = build_records(reading.records, known, ids)
    articles, problems = date_articles(records), [*reading.problems, *repeated]
    page, loaded, placed = reading.page, None, []
    if page is not None:
        layout = page.layout or read_layout(page.text, page.segments or split_page(page.text, profile))
        found, placed, notes = build_articles(page, layout, known, ids)
        loaded = LoadedPage(page, layout.name, _commonest_language(found) or detect_language(page.text))
        articles += date_articles(found)
        problems += notes if found else [*notes, _no_article(reading.name)]
    return Loaded(reading.name, reading.sha256, loaded, tuple(placed), tuple(articles), tuple(problems))


def _commonest_language(articles: Iterable[Article]) -> str | None:
    words: Counter[str] = Counter()
    for article in articles:
        if article.language:
            words[article.language] += article.words
    return max(words, key=words.__getitem__, default=None)


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
