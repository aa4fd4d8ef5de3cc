"""A folder, a file or a glob to a corpus: every page read, split, dated; every problem told."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.codebooks import Codebook, TopicPack, choose_codebooks, list_topics, load_codebook, load_topic
from analysis.corpus.articles import Article, ArticleIds, PlacedSegment, build_articles, build_records
from analysis.corpus.corpus import Corpus, LoadedPage
from analysis.corpus.languages import detect_language
from analysis.corpus.pages import Reading
from analysis.corpus.provenance.published import date_articles
from analysis.corpus.reading.decoding import replace_surrogates
from analysis.corpus.reading.elsewhere import list_elsewhere
from analysis.corpus.reading.files import Listing, list_files
from analysis.corpus.reading.readers import READ_SUFFIXES, iter_plain_texts, read_file
from analysis.corpus.settings import PageSettings, Settings, load_settings, unused_rules
from analysis.corpus.splitting.layouts import read_layout
from analysis.corpus.splitting.marks import mark_lines
from analysis.corpus.splitting.profile import LineMarks, Profile, profile_corpus
from analysis.corpus.splitting.segments import split_page
from analysis.corpus.topics import TopicMatch, match_article
from analysis.errors import CorpusEmptyError, Problem, UnknownNameError
from analysis.progress import Progress


@dataclass(frozen=True)
class Loaded:
    """What one file, one page inside it, or one stretch of its rows gave.

    Article ids are unique within the file; ``matches`` has for each article what speaks for each topic pack
    that is tried. ``is_open`` tells that a publication date rests on the day on which the page was read.
    """

    name: str
    sha256: str | None = None
    page: LoadedPage | None = None
    segments: tuple[PlacedSegment, ...] = ()
    articles: tuple[Article, ...] = ()
    problems: tuple[Problem, ...] = ()
    matches: tuple[tuple[TopicMatch, ...], ...] = ()
    is_open: bool = False


@dataclass(frozen=True)
class Plan:
    """What there is to load, before any page is opened.

    Attributes:
        path: As it was given.
        root: The folder that names are relative to.
        files: The files that are not excluded, in the order of their paths.
        names: Every file's name, those of excluded files too.
        settings: What the user knows.
        topic: "auto", "none", or names of topic packs.
        packs: The topic packs to try.
        codebooks: The user's own.
        problems: What was met on the way.
    """

    path: Path
    root: Path
    files: tuple[Path, ...]
    names: Mapping[Path, str]
    settings: Settings
    topic: tuple[str, ...]
    packs: tuple[TopicPack, ...]
    codebooks: tuple[Codebook, ...]
    problems: tuple[Problem, ...]


def name_file(file: Path, root: Path) -> str:
    """The name of a file in a corpus: its POSIX path from the corpus's folder on."""
    return replace_surrogates(file.relative_to(root).as_posix())


def load_corpus(
    path: str | Path, *, topic: str | Iterable[str] = "auto", progress: Progress | None = None
) -> Corpus:
    """Read a folder, a file or a glob of news pages without a store: all of it, every time.

    Arguments, corpus and errors are those of :func:`analysis.load`, whose result is held to this one's.
    """
    plan = plan_corpus(path, topic=topic)
    ids, loaded, problems, doubles = ArticleIds(), [], list(plan.problems), []
    for items in _iter_files(plan, progress):
        renamed, told = claim_ids(ids, [(a.article_id, a.page) for item in items for a in item.articles])
        items = [_rename(item, renamed) if renamed else item for item in items]
        loaded += items
        problems += [problem for item in items for problem in item.problems]
        doubles += told
    problems += doubles + find_unused(plan, (item.name for item in loaded))
    if not any(item.page or item.articles for item in loaded):
        raise nothing_read(plan, problems)
    matches = [match for item in loaded for match in item.matches]
    return Corpus(
        plan.path,
        tuple(item.page for item in loaded if item.page),
        tuple(segment for item in loaded for segment in item.segments),
        tuple(article for item in loaded for article in item.articles),
        tuple(problems),
        plan.topic,
        hash_inputs(plan, ((item.name, item.sha256) for item in loaded)),
        plan.codebooks,
        {pack.name: [match[n] for match in matches] for n, pack in enumerate(plan.packs)},
    )


def iter_corpus(path: str | Path, *, progress: Progress | None = None) -> Iterator[Loaded]:
    """Read a corpus page by page, so that no more than one file's pages are held at a time.

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
    for items in _iter_files(plan_corpus(path, topic="none"), progress):
        yield from items


def plan_corpus(path: str | Path, *, topic: str | Iterable[str] = "auto") -> Plan:
    """Find what there is to load; see :func:`analysis.load` for arguments and errors."""
    folder, settings, (root, files, unlisted) = _list_pages(Path(path))
    topics = _choose_topic(topic, settings)
    books = tuple(load_codebook(name) for name in settings.codebooks)
    choose_codebooks((), books)  # their names must differ
    rules = _list_rules(settings)
    packs = list_topics() if "auto" in topics else [name for name in topics if name != "none"]
    names = {file: name_file(file, root) for file in files}
    known = {file: settings.of(name) for file, name in names.items()}
    return Plan(
        Path(path),
        root,
        tuple(file for file in files if not known[file].exclude and not (rules and file.resolve() in rules)),
        names,
        settings,
        topics,
        tuple(load_topic(name) for name in packs),
        books,
        (*_doubts(books, folder), *(each for each in unlisted if not settings.of(each.page).exclude)),
    )


def _list_pages(path: Path) -> tuple[Path, Settings, Listing]:
    """The corpus's folder, what its ``corpus.toml`` says, and the files."""
    settings = load_settings(path) if path.is_dir() else Settings()
    if not settings.pages_at:
        listing = list_files(path)
        return listing.root, settings if path.is_dir() else load_settings(listing.root), listing
    listing = list_elsewhere(settings.pages_at, path)
    with contextlib.suppress(CorpusEmptyError):
        listing.problems.extend(
            Problem(
                "read",
                "warning",
                "The file was not read: corpus.toml says that the pages stand elsewhere.",
                f"With pages_at, only what is there is read: {settings.pages_at}.",
                "Take pages_at out of corpus.toml, or the file out of this folder.",
                name_file(file, path),
            )
            for file in list_files(path).files
        )
    return path, settings, listing


def _iter_files(plan: Plan, progress: Progress | None) -> Iterator[list[Loaded]]:
    profile = profile_corpus(_iter_marks(plan, progress))
    for n, file in enumerate(plan.files, 1):
        yield list(load_file(file, plan.root, plan.settings, plan.packs, profile))
        if progress:
            progress("Reading files", n, len(plan.files))


def _iter_marks(plan: Plan, progress: Progress | None) -> Iterator[LineMarks]:
    for n, file in enumerate(plan.files, 1):
        yield from mark_file(file, plan.root)
        if progress:
            progress("Looking for lines that repeat", n, len(plan.files))


def mark_file(file: Path, root: Path) -> Iterator[LineMarks]:
    """What pass 1 asks of each plain page of a file."""
    return map(mark_lines, iter_plain_texts(file, root))


def load_file(
    file: Path, root: Path, settings: Settings, packs: Sequence[TopicPack], profile: Profile
) -> Iterator[Loaded]:
    """Read one file, split its pages, date their articles, and match these with topic packs.

    Args:
        file: The file.
        root: The folder that names are relative to.
        settings: What the user knows.
        packs: The topic packs to try.
        profile: What pass 1 learnt about the corpus.

    Yields:
        What each page, or each stretch of a table's rows, gave; only its name where it is excluded.
    """
    ids = ArticleIds()
    for reading in read_file(file, root):
        known = settings.of(reading.name)
        if known.exclude:
            yield Loaded(reading.name)
        else:
            yield _load_reading(reading, known, packs, profile, ids)


def claim_ids(ids: ArticleIds, wanted: Iterable[tuple[str, str]]) -> tuple[dict[str, str], list[Problem]]:
    """Claim the ids of a file's articles in the corpus.

    Args:
        ids: The ids that earlier files have taken.
        wanted: Id and page of each article of the file.

    Returns:
        The new id of each article whose own is taken, and a warning for each.
    """
    renamed, problems = {}, []
    for article_id, page in wanted:
        new_id, told = ids.claim(article_id, page)
        problems += told
        if told:
            renamed[article_id] = new_id
    return renamed, problems


def _rename(item: Loaded, renamed: dict[str, str]) -> Loaded:
    return replace(
        item,
        articles=tuple(
            replace(each, article_id=renamed.get(each.article_id, each.article_id)) for each in item.articles
        ),
        segments=tuple(
            each._replace(article_id=renamed.get(each.article_id or "", each.article_id))
            for each in item.segments
        ),
        problems=tuple(
            replace(each, article_id=renamed.get(each.article_id or "", each.article_id))
            for each in item.problems
        ),
    )


def find_unused(plan: Plan, met: Iterable[str]) -> list[Problem]:
    """A warning for each rule that fits no page; of one file alone, the rules for others say nothing."""
    return unused_rules(plan.settings, {*plan.names.values(), *met}) if plan.path.is_dir() else []


def hash_inputs(plan: Plan, read: Iterable[tuple[str, str | None]]) -> tuple[tuple[str, str], ...]:
    """Name and SHA-256 of all that a corpus was loaded from."""
    hashes = [(name, sha256) for name, sha256 in read if sha256]
    # A pack of the user's own may change while its name stays.
    hashes += [hashed for name in plan.topic if name.endswith(".toml") for hashed in _hash_pack(name)]
    return tuple(dict.fromkeys(hashes))


def nothing_read(plan: Plan, problems: Sequence[Problem]) -> CorpusEmptyError:
    """The error for a corpus of which nothing could be read."""
    told = [f"  {problem}" for problem in problems[:10]]
    kinds = f"Framelines reads {', '.join(READ_SUFFIXES)}."
    return CorpusEmptyError(
        "\n".join(["Nothing here could be read.", *told]),
        where=str(plan.path),
        # A file of another kind has been told so already.
        allowed="" if any(kinds in line for line in told) else kinds,
        todo="Put pages of these kinds there.",
    )


def _hash_pack(path: str) -> Iterator[tuple[str, str]]:
    yield path, hashlib.sha256(Path(path).read_bytes()).hexdigest()
    for name in load_topic(path).codebooks:
        yield name, load_codebook(name).sha256


def _list_rules(settings: Settings) -> set[Path]:
    """Codebooks and topic packs that stand among the pages: they are no pages."""
    files = [file for name in settings.codebooks for file in load_codebook(name).files]
    return {Path(name).resolve() for name in (*files, *settings.topic)}


def _doubts(books: Iterable[Codebook], root: Path) -> Iterator[Problem]:
    """The doubts about the user's codebooks, without the place of the corpus on this machine."""
    for book in books:
        for problem in book.problems:
            yield replace(problem, page=Path(os.path.relpath(problem.page or "", root)).as_posix())


def _load_reading(
    reading: Reading, known: PageSettings, packs: Sequence[TopicPack], profile: Profile, ids: ArticleIds
) -> Loaded:
    undated, repeated = build_records(reading.records, known, ids)
    articles, problems = date_articles(undated), [*reading.problems, *repeated]
    page, loaded, placed = reading.page, None, []
    if page is not None:
        layout = page.layout or read_layout(page.text, page.segments or split_page(page.text, profile))
        found, placed, notes = build_articles(page, layout, known, ids)
        loaded = LoadedPage(page, layout.name, _commonest_language(found) or detect_language(page.text))
        undated += found
        articles += date_articles(found)
        problems += notes if found else [*notes, _no_article(reading.name)]
    return Loaded(
        reading.name,
        reading.sha256,
        loaded,
        tuple(placed),
        tuple(articles),
        tuple(problems),
        tuple(tuple(match_article(article, pack) for pack in packs) for article in articles),
        any(article.published_earliest is None for article in undated),
    )


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
