"""Articles to tables, one partition of articles at a time; what spans articles is merged last."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.codebooks import TopicPack, list_topics, load_topic
from analysis.corpus import Article, Corpus
from analysis.corpus.profile import TopicMatch, match_topic
from analysis.errors import Problem, TextMismatchError, UnknownNameError
from analysis.reuse import find_shared_passages, group_versions
from analysis.schema import TABLES, build_frame, find_faults

if TYPE_CHECKING:
    from spacy.tokens import Doc

Progress = Callable[[str, int, int], None]
Rows = dict[str, list[dict[str, Any]]]

# Layer of the Doc -> table. Layers of a headline are kept where the table has the column ``field``.
LAYERS = ("quotes", "reported", "mentions", "dates", "figures", "events", "frames", "terms")

# An event is told twice where the instrument is the same and both intervals are this narrow and overlap.
_SAME_EVENT_DAYS = 7


@dataclass(frozen=True)
class Tables:
    """Every table of the contract, one DataFrame an attribute; see :mod:`analysis.schema`.

    ``fingerprint`` is the corpus's; ``topic`` the packs that were used.
    """

    pages: pd.DataFrame
    problems: pd.DataFrame
    segments: pd.DataFrame
    articles: pd.DataFrame
    sentences: pd.DataFrame
    quotes: pd.DataFrame
    reported: pd.DataFrame
    mentions: pd.DataFrame
    actors: pd.DataFrame
    dates: pd.DataFrame
    figures: pd.DataFrame
    events: pd.DataFrame
    frames: pd.DataFrame
    terms: pd.DataFrame
    reuse: pd.DataFrame
    fingerprint: str = ""
    topic: tuple[str, ...] = ()

    def items(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Name and DataFrame of each table, in the contract's order."""
        for name in TABLES:
            yield name, getattr(self, name)

    def counts(self) -> pd.DataFrame:
        """Rows of each table, with what a row is. Shape: one row a table; columns table, rows, a row is."""
        rows = [(name, len(frame), TABLES[name].row) for name, frame in self.items()]
        return pd.DataFrame(rows, columns=["table", "rows", "a row is"])

    def select(
        self, *, outlets: Sequence[str] = (), start: str = "", end: str = "", on_topic: bool = False
    ) -> Tables:
        """The same tables for some of the articles.

        Args:
            outlets: Names of the outlets to keep; none means all.
            start: First day of publication to keep, YYYY-MM-DD. An article stays where its interval reaches it.
            end: Last day of publication to keep.
            on_topic: Keep only articles to which a topic pack applies.

        Raises:
            UnknownNameError: There is no such outlet in the corpus.
        """
        articles = self.articles
        known = set(articles["outlet"].dropna())
        for name in outlets:
            if name not in known:
                raise UnknownNameError.among("outlet", name, known)
        keep = articles["article_id"].notna()
        if outlets:
            keep &= articles["outlet"].isin(list(outlets)).fillna(False)
        if start:
            keep &= (articles["published_latest"] >= start).fillna(False)
        if end:
            keep &= (articles["published_earliest"] <= end).fillna(False)
        if on_topic:
            keep &= articles["on_topic"].fillna(False)
        ids = set(articles.loc[keep.astype(bool), "article_id"])
        kept: dict[str, pd.DataFrame] = {}
        for name, frame in self.items():
            for column in ("article_id", "article_a", "article_b"):
                if column in frame and name not in ("problems", "segments"):
                    frame = frame[frame[column].isin(ids)]
            kept[name] = frame.reset_index(drop=True)
        kept["actors"] = self.actors[self.actors["actor_id"].isin(kept["mentions"]["actor_id"])]
        return replace(self, **kept)

    def find_loose_spans(self) -> list[str]:
        """List the rows whose text is not exactly what their offsets say; empty where all hold."""
        texts = self.articles.set_index("article_id")[["text", "headline"]].to_dict("index")
        loose = []
        for name, frame in self.items():
            if not {"article_id", "start", "end", "text"} <= set(frame) or name == "articles":
                continue
            fields = frame["field"] if "field" in frame else ["text"] * len(frame)
            rows = zip(frame["article_id"], fields, frame["start"], frame["end"], frame["text"], strict=True)
            loose += [
                f"{name}: {article} {field} {start}..{end}"
                for article, field, start, end, text in rows
                if texts[article][field][start:end] != text
            ]
        return loose

    def __repr__(self) -> str:
        return "Tables: " + ", ".join(f"{len(frame)} {name}" for name, frame in self.items())

    def _repr_html_(self) -> str:
        return self.counts().to_html(index=False)


@dataclass(frozen=True)
class _Topical:
    """An article with the packs that apply to it; ``match`` is None where no pack was tried."""

    article: Article
    packs: tuple[TopicPack, ...]
    match: TopicMatch | None


def extract_tables(corpus: Corpus, *, progress: Progress | None = None) -> Tables:
    """Extract every table from a corpus.

    Args:
        corpus: The corpus as loaded.
        progress: Called as articles are done.

    Returns:
        The tables, rows in the order of the articles and of their text.

    Raises:
        ModelMissingError: No English language model is installed.
    """
    topical, packs, problems = _choose_packs(corpus)
    rows = extract_partition(topical, any_subject="none" in corpus.topic, progress=progress)
    _number_events(rows["events"])
    passages = find_shared_passages({article.article_id: article.text for article in corpus.articles})
    versions = group_versions(passages)
    rows |= {
        "pages": list(_page_rows(corpus)),
        "segments": [_segment_row(placed) for placed in corpus.segments],
        "problems": [problem.to_row() for problem in (*corpus.problems, *problems)],
        "articles": [_article_row(item, versions.get(item.article.article_id)) for item in topical],
        "actors": merge_actors(rows["mentions"]),
        "reuse": [asdict(passage) for passage in passages],
    }
    _keep_contract(rows["mentions"])
    frames = {name: build_frame(name, rows[name]) for name in TABLES}
    return Tables(**frames, fingerprint=corpus.fingerprint, topic=tuple(pack.name for pack in packs))


def check_tables(tables: Tables) -> str:
    """Check that the tables keep their contract and that every row's text is what its offsets say.

    Returns:
        One sentence that says what was checked.

    Raises:
        TextMismatchError: A table breaks the contract, or a span is not its text.
    """
    faults = [fault for name, frame in tables.items() for fault in find_faults(name, frame)]
    faults += tables.find_loose_spans()
    if faults:
        raise TextMismatchError(
            f"{len(faults)} rows or columns break the contract of the tables; the first: {faults[0]}",
            allowed="Every column of the data dictionary, and text[start:end] equal to the row's text.",
            todo="Report it with the page; until then leave that table out.",
        )
    spans = sum(len(frame) for _, frame in tables.items() if {"article_id", "start", "text"} <= set(frame))
    return f"All {len(TABLES)} tables keep their contract, and all {spans} evidence spans are exactly their text."


def extract_partition(
    topical: Sequence[_Topical], *, any_subject: bool = False, progress: Progress | None = None
) -> Rows:
    """Extract the tables that one article alone decides.

    Args:
        topical: Articles with the packs that apply to them.
        any_subject: Whether events of any subject are wanted.
        progress: Called as articles are done.

    Returns:
        Table name to rows, in the order of the articles.
    """
    from analysis.language.pipeline import DocContext, annotate

    jobs: list[tuple[str, DocContext]] = []
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
                )
                jobs.append((text, about))
    rows: Rows = {name: [] for name in ("sentences", *LAYERS)}
    done = 0
    for doc, (_, about) in zip(annotate(jobs), jobs, strict=True):
        _collect(doc, about.article_id, about.field, rows)
        done += about.field == "text"
        if progress:
            progress("Extracting articles", done, len(topical))
    return rows


def merge_actors(mentions: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Merge the mentions of all articles to one row an actor, the most mentioned first.

    Where articles differ on a role or party, the one given most often stands.
    """
    by_actor: dict[str, list[Mapping[str, Any]]] = {}
    for mention in mentions:
        if mention["actor_id"]:
            by_actor.setdefault(mention["actor_id"], []).append(mention)

    def commonest(group: list[Mapping[str, Any]], key: str) -> Any:
        values = Counter(mention[key] for mention in group if mention[key])
        return values.most_common(1)[0][0] if values else None

    rows = [
        {"actor_id": actor, "mentions": len(group)}
        | {key: commonest(group, key) for key in ("name", "kind", "role", "party", "country")}
        for actor, group in by_actor.items()
    ]
    return sorted(rows, key=lambda row: (-row["mentions"], row["actor_id"]))


def _choose_packs(corpus: Corpus) -> tuple[list[_Topical], list[TopicPack], list[Problem]]:
    """The packs that apply, to each article; in "auto", those that a tenth of the articles and two match."""
    if "none" in corpus.topic:
        return [_Topical(article, (), None) for article in corpus.articles], [], []
    auto = "auto" in corpus.topic
    tried = [load_topic(name) for name in (list_topics() if auto else corpus.topic)]
    matches = {
        pack.name: [match_topic(article.text, article.headline, pack) for article in corpus.articles]
        for pack in tried
    }
    floor = max(2, len(corpus.articles) / 10)
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
    topical = []
    for n, article in enumerate(corpus.articles):
        own = tuple(pack for pack in packs if matches[pack.name][n].on_topic)
        best = max((matches[pack.name][n] for pack in packs), key=lambda m: len(m.words), default=None)
        topical.append(_Topical(article, own, best))
    return topical, packs, problems


def _collect(doc: Doc, article_id: str, field: str, rows: Rows) -> None:
    """Add the rows of one Doc to the tables."""
    from analysis.language.pipeline import layer
    from analysis.language.quotes import voice_at

    prefix = f"{article_id}:" if field == "text" else f"{article_id}:headline:"
    if field == "text":
        for n, sentence in enumerate(layer(doc, "sentences")):
            voice, _ = voice_at(doc, sentence.start, sentence.end)
            rows["sentences"].append(
                {"article_id": article_id, **asdict(sentence), "sentence": n, "voice": voice}
            )
    for name in LAYERS:
        has_field = "field" in TABLES[name].names
        if field == "headline" and not has_field:
            continue
        for record in layer(doc, name):
            row = {"article_id": article_id, **asdict(record)}
            if has_field:
                row["field"] = field
            if row.get("quote_id"):
                row["quote_id"] = prefix + row["quote_id"]
            if "actors" in row:
                row["actors"] = list(row["actors"])
            rows[name].append(row)


def _number_events(events: list[dict[str, Any]]) -> None:
    """Give tellings of one event the same id: same instrument, and narrow date intervals that overlap."""
    heads: dict[str, list[dict[str, Any]]] = {}
    for event in events:
        known = heads.setdefault(event["instrument"], []) if event["instrument"] else []
        same = next((head for head in known if _same_event(head, event)), None)
        if same is not None:
            event["event_id"] = same["event_id"]
            continue
        key = f"{event['article_id']}:{event['field']}:{event['start']}:{event['trigger_start']}"
        event["event_id"] = "event-" + hashlib.sha256(key.encode()).hexdigest()[:10]
        known.append(event)


def _same_event(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    if not (a["date_earliest"] and b["date_earliest"]):
        return False
    narrow = all(
        (pd.Timestamp(e["date_latest"]) - pd.Timestamp(e["date_earliest"])).days < _SAME_EVENT_DAYS
        for e in (a, b)
    )
    return narrow and a["date_earliest"] <= b["date_latest"] and b["date_earliest"] <= a["date_latest"]


def _keep_contract(mentions: list[dict[str, Any]]) -> None:
    """Leave what belongs to the actor (name, party, ...) to the table actors."""
    for mention in mentions:
        for key in set(mention) - set(TABLES["mentions"].names):
            del mention[key]


def _page_rows(corpus: Corpus) -> Iterator[dict[str, Any]]:
    for loaded in corpus.pages:
        yield {**asdict(loaded.page), "layout": loaded.layout, "language": loaded.language}


def _segment_row(placed: Any) -> dict[str, Any]:
    row = asdict(placed)
    return {**row.pop("segment"), **row}


def _article_row(item: _Topical, version_group: str | None) -> dict[str, Any]:
    row = asdict(item.article) | {"words": item.article.words, "version_group": version_group}
    row.pop("stamp")
    if item.match is not None:
        row |= {"on_topic": item.match.on_topic, "on_topic_evidence": ", ".join(item.match.words)}
    return row
