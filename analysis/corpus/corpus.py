"""A corpus as loaded: its articles with their pages, segments and problems."""

from __future__ import annotations

import hashlib
import html
import itertools
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from analysis.codebooks import Codebook
from analysis.corpus.articles import Article, PlacedSegment
from analysis.corpus.pages import Page
from analysis.corpus.provenance.span import span_publication
from analysis.corpus.topics import TopicMatch
from analysis.errors import Problem

# Outlets that a notebook shows of a corpus, those with the most articles first.
_OUTLETS_SHOWN = 10


@dataclass(frozen=True)
class LoadedPage:
    """A page with what was found about it as a whole."""

    page: Page
    layout: str
    language: str | None


@dataclass(frozen=True)
class Corpus:
    """Articles with their pages, segments and problems, in page order.

    ``topic`` is "auto", "none", or the topic packs' names; ``codebooks`` are the user's own,
    as they were read; ``matches`` has for each pack that was tried what speaks for it, an article.
    """

    path: Path
    pages: Sequence[LoadedPage]
    segments: Sequence[PlacedSegment]
    articles: Sequence[Article]
    problems: tuple[Problem, ...]
    topic: tuple[str, ...] = ("auto",)
    files: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    codebooks: tuple[Codebook, ...] = field(default=(), repr=False)
    matches: Mapping[str, Sequence[TopicMatch]] = field(default_factory=dict, repr=False)
    known_fingerprint: str = field(default="", repr=False)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over files, articles, problems, topic and codebooks: same input, same value."""
        if self.known_fingerprint:
            return self.known_fingerprint
        books = [(book.name, book.sha256) for book in self.codebooks]
        loaded = (vars(item) for items in (self.articles, self.problems) for item in items)
        digest = hashlib.sha256()
        # One after the other, as the articles may be many.
        for part in itertools.chain((self.files, self.topic, books), loaded):
            digest.update(f"{json.dumps(part, ensure_ascii=False)}\n".encode())
        return digest.hexdigest()

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
        counts = Counter(article.outlet or "no outlet" for article in self.articles).most_common()
        named = "; ".join(f"{name} {count}" for name, count in counts[:_OUTLETS_SHOWN])
        more = len(counts) - _OUTLETS_SHOWN
        span = span_publication((each.published_earliest, each.published_latest) for each in self.articles)
        days = f"Published from {span.first} to {span.last}{span.say_rest()}."
        lines = [
            f"Articles by outlet: {named}{f'; and {more} more outlets' if more > 0 else ''}.",
            days if span.first else "No article has a date.",
            f"Topic: {', '.join(self.topic)}.",
        ]
        items = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
        return f"<p>{html.escape(repr(self))}</p><ul>{items}</ul>"
