"""Articles to tables, one partition of articles at a time; what spans articles is merged last."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, overload

from analysis.codebooks import Codebook, TopicPack, choose_codebooks, list_topics, load_topic
from analysis.corpus import Article, Corpus
from analysis.corpus.topics import TopicMatch
from analysis.engine import Engine
from analysis.errors import Problem
from analysis.progress import Progress
from analysis.reuse import find_shared_passages, group_versions
from analysis.schema import TABLES
from analysis.tellings import group_tellings

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from analysis.language.parse import Parse

Rows = dict[str, list[dict[str, Any]]]

# Layer of the Doc -> table. Layers of a headline are kept where the table has the column ``field``.
LAYERS = ("quotes", "reported", "mentions", "dates", "figures", "events", "frames", "terms")


# Articles whose texts are held at a time.
_HELD = 64
# What mentions tell of their actor.
TOLD = ("name", "kind", "role", "party", "country")


@dataclass(frozen=True)
class Topical:
    """An article with the packs that apply to it, and the frame codebooks that run on it.

    ``match`` is None where no pack was tried.
    """

    article: Article
    packs: tuple[TopicPack, ...]
    match: TopicMatch | None
    codebooks: tuple[Codebook, ...] = ()


class TopicalArticles(Sequence[Topical]):
    """The articles of a corpus with their packs, each made when it is asked for.

    Args:
        articles: The articles.
        choose: Gives the article of a place its packs.
    """

    def __init__(self, articles: Sequence[Article], choose: Callable[[int, Article], Topical]) -> None:
        self._articles, self._choose = articles, choose

    def __len__(self) -> int:
        return len(self._articles)

    @overload
    def __getitem__(self, place: int) -> Topical: ...

    @overload
    def __getitem__(self, place: slice) -> list[Topical]: ...

    def __getitem__(self, place: int | slice) -> Topical | list[Topical]:
        if isinstance(place, slice):
            places = range(*place.indices(len(self)))
            return list(map(self._choose, places, self._articles[place]))
        return self._choose(range(len(self))[place], self._articles[place])

    def __iter__(self) -> Iterator[Topical]:
        return map(self._choose, itertools.count(), self._articles)


class ArticleTexts(Mapping[str, str]):
    """The texts of articles by their ids, some held at a time: an archive has many.

    Args:
        articles: The articles; where they are read from a store, those that follow one another come quickly.
    """

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles = articles
        self._places = {article.article_id: place for place, article in enumerate(articles)}
        self._first, self._held = 0, [article.text for article in articles[:_HELD]]

    def __getitem__(self, article_id: str) -> str:
        place = self._places[article_id]
        if not 0 <= place - self._first < len(self._held):
            self._first = place - place % _HELD
            self._held = [article.text for article in self._articles[self._first : self._first + _HELD]]
        return self._held[place - self._first]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class ArticleRows(Iterable[dict[str, Any]]):
    """Rows of the table ``articles``, each made when it is taken: an archive has many.

    Args:
        topical: The articles with their packs.
        versions: The group of those that are versions of one another, by article id.
    """

    def __init__(self, topical: Sequence[Topical], versions: Mapping[str, str]) -> None:
        self._topical, self._versions = topical, versions

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (_article_row(item, self._versions.get(item.article.article_id)) for item in self._topical)


def extract_whole(
    corpus: Corpus,
    topical: Sequence[Topical],
    notes: Iterable[Problem],
    events: Sequence[Mapping[str, Any]],
    *,
    engine: Engine | None = None,
) -> tuple[dict[str, Iterable[dict[str, Any]]], list[str]]:
    """Extract what no article alone decides: the tables of the corpus, and which events are one.

    Args:
        corpus: The corpus as loaded.
        topical: Its articles with their packs, as :func:`choose_packs` gives them.
        notes: What was met beside the corpus's own problems.
        events: Rows of ``events``.
        engine: Where to work; this process by default.

    Returns:
        Rows of problems, articles and reuse; and an event id a row of ``events``.
    """
    passages = find_shared_passages(ArticleTexts(corpus.articles), engine=engine)
    versions = group_versions(passages)
    told = (*corpus.problems, *note_languages(corpus), *notes)
    rows: dict[str, Iterable[dict[str, Any]]] = {
        "problems": [problem.to_row() for problem in told],
        "articles": ArticleRows(topical, versions),
        "reuse": [dict(vars(passage)) for passage in passages],
    }
    return rows, group_tellings(events, map(vars, corpus.articles), engine=engine)


def extract_partition(
    topical: Sequence[Topical],
    *,
    any_subject: bool = False,
    parses: MutableMapping[tuple[str, str], Parse] | None = None,
    progress: Progress | None = None,
) -> Rows:
    """Extract the tables that one article alone decides.

    Args:
        topical: Articles with the packs that apply to them.
        any_subject: Whether events of any subject are wanted.
        parses: What the model said, by article and field: what is there is not asked again, what is new is
            added.
        progress: Called as articles are done.

    Returns:
        Table name to rows, in the order of the articles.
    """
    from analysis.language.pipeline import DocContext, annotate

    jobs: list[tuple[str, DocContext]] = []
    topical = [item for item in topical if item.article.is_readable]
    for item in topical:
        for field in ("headline", "text"):
            text = getattr(item.article, field)
            if text:
                about = DocContext(
                    item.article.article_id,
                    field,
                    item.article.published_earliest,
                    item.article.published_latest,
                    item.packs,
                    any_subject,
                    item.codebooks,
                    parses.get((item.article.article_id, field)) if parses else None,
                    spans=False,
                )
                jobs.append((text, about))
    rows: Rows = {name: [] for name in ("sentences", *LAYERS)}
    done = 0
    for doc, (_, about) in zip(annotate(jobs), jobs, strict=True):
        _collect(doc, about.article_id, about.field, rows)
        if parses is not None:
            parses[about.article_id, about.field] = doc.user_data["framelines.parse"]
        done += about.field == "text"
        if progress:
            progress("Extracting articles", done, len(topical))
    _name_in_full(rows)
    return rows


def _name_in_full(rows: Rows) -> None:
    """Give a speaker whom a headline calls by surname alone the full name of the article's text."""
    full: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}
    for mention in rows["mentions"]:
        if mention["kind"] == "person" and " " in mention["name"]:
            key = mention["article_id"], mention["name"].split()[-1]
            full.setdefault(key, {})[mention["actor_id"]] = mention
    for row in rows["quotes"]:
        people = full.get((row["article_id"], row["speaker"] or ""), {})
        if row["field"] == "headline" and len(people) == 1:
            (who,) = people.values()
            row |= {key: who[key] for key in ("actor_id", "role", "party")} | {"speaker": who["name"]}


def merge_actors(mentions: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Merge the mentions of all articles to one row an actor, the most mentioned first.

    A mention is a row of ``mentions`` with what is known of its actor, the columns of :data:`TOLD`.
    The same full name is one actor everywhere; an id of one article alone (a surname that nothing there gives
    in full) meets no namesake.
    Where articles differ on a role or party, the one given most often stands.
    """
    counts: Counter[str] = Counter()
    told: dict[str, dict[str, Counter[str]]] = {}
    for mention in mentions:
        if actor := mention["actor_id"]:
            counts[actor] += 1
            values = told.setdefault(actor, {key: Counter() for key in TOLD})
            for key in TOLD:
                if mention[key]:
                    values[key][mention[key]] += 1
    rows = [
        {"actor_id": actor, "mentions": counts[actor]}
        | {key: max(found, key=found.__getitem__, default=None) for key, found in values.items()}
        for actor, values in told.items()
    ]
    return sorted(rows, key=lambda row: (-row["mentions"], row["actor_id"]))


def choose_packs(corpus: Corpus) -> tuple[TopicalArticles, list[TopicPack], list[Problem]]:
    """Find the topic packs that apply to a corpus and to each of its articles.

    With the topic "auto", a pack applies that matches a tenth of the readable articles and two at least.

    Returns:
        Every article with its packs and codebooks, the packs that apply to the corpus, and notes.

    Raises:
        CodebookError: Two codebooks have the same name.
    """
    if "none" in corpus.topic:
        books = choose_codebooks((), corpus.codebooks)
        return TopicalArticles(corpus.articles, lambda _, article: Topical(article, (), None, books)), [], []
    auto = "auto" in corpus.topic
    tried = [load_topic(name) for name in (list_topics() if auto else corpus.topic)]
    # Most articles are told of in the same few words, or in none.
    known: dict[TopicMatch, TopicMatch] = {}
    matches = {
        name: [known.setdefault(match, match) for match in found] for name, found in corpus.matches.items()
    }
    floor = max(2, sum(article.is_readable for article in corpus.articles) / 10)
    packs = [pack for pack in tried if not auto or sum(m.on_topic for m in matches[pack.name]) >= floor]
    problems = []
    if not packs:
        problems.append(
            Problem(
                "extract",
                "note",
                "No topic pack applies to this corpus, so the table events is empty.",
                f"Shipped packs: {', '.join(list_topics())}.",
                "Use --topic none to find events of any subject, or name a pack with --topic NAME.",
            )
        )
    bound = {name for pack in tried for name in pack.codebooks}

    @cache
    def books(own: tuple[TopicPack, ...]) -> tuple[Codebook, ...]:
        return choose_codebooks((n for pack in own for n in pack.codebooks), corpus.codebooks, bound=bound)

    def choose(place: int, article: Article) -> Topical:
        own = tuple(pack for pack in packs if matches[pack.name][place].on_topic)
        best = max((matches[pack.name][place] for pack in packs), key=lambda m: len(m.words), default=None)
        return Topical(article, own, best, books(own))

    return TopicalArticles(corpus.articles, choose), packs, problems


def list_codebooks(topical: Sequence[Topical]) -> Iterable[Codebook]:
    """Every codebook that runs on an article, once."""
    return dict.fromkeys(book for item in topical if item.article.is_readable for book in item.codebooks)


def note_languages(corpus: Corpus) -> list[Problem]:
    """One note for each language whose articles were loaded, but not extracted from."""
    others = Counter(article.language for article in corpus.articles if not article.is_readable)
    return [
        Problem(
            "extract",
            "note",
            f"{count} article{'s are' if count != 1 else ' is'} in the language '{language}': "
            "loaded and counted, not extracted from.",
            "Quotes, figures, events, frames and terms are extracted from English text.",
            "See the column language of the table articles.",
        )
        for language, count in sorted(others.items())
    ]


def _collect(doc: Doc, article_id: str, field: str, rows: Rows) -> None:
    """Add the rows of one Doc to the tables."""
    from analysis.language.pipeline import layer
    from analysis.language.quotes import voice_at

    if field == "text":
        for n, sentence in enumerate(layer(doc, "sentences")):
            voice, _ = voice_at(doc, sentence.start, sentence.end)
            rows["sentences"].append(
                {"article_id": article_id, **vars(sentence), "sentence": n, "voice": voice}
            )
    for name in LAYERS:
        has_field = "field" in TABLES[name].names
        if field == "headline" and not has_field:
            continue
        for record in layer(doc, name):
            row = {"article_id": article_id, **vars(record)}
            if has_field:
                row["field"] = field
            if "actors" in row:
                row["actors"] = list(row["actors"])
            rows[name].append(row)


def _article_row(item: Topical, version_group: str | None) -> dict[str, Any]:
    row = vars(item.article) | {"words": item.article.words, "version_group": version_group}
    if item.match is not None and item.article.is_readable:
        row |= {"on_topic": item.match.on_topic, "on_topic_evidence": ", ".join(item.match.words)}
    return row
