"""Whether an article is about a topic pack's subject, and the words that this rests on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

    from analysis.codebooks import TopicPack
    from analysis.corpus.articles import Article


@dataclass(frozen=True)
class TopicMatch:
    """Whether a topic pack applies to an article, and the distinct topic words it rests on."""

    on_topic: bool
    words: tuple[str, ...]


def match_article(article: Article, pack: TopicPack) -> TopicMatch:
    """Decide whether a pack applies to an article; its words are English, and elsewhere other words."""
    if not article.is_readable:
        return TopicMatch(False, ())
    return match_topic(article.text, article.headline, pack)


def match_topic(text: str, headline: str | None, pack: TopicPack) -> TopicMatch:
    """Decide whether a pack applies to an article.

    It does where the headline has a topic word, or the text has words of two topic entries, or three words
    of one: a single passing mention ("...control the borders...") does not make an article about migration.
    """
    # Only words are needed here; and spaCy is loaded only when a topic is looked for.
    from analysis.matching import build_matcher

    nlp = _blank_pipeline()
    matcher = build_matcher(nlp.vocab, pack.topic)
    found = matcher.find(nlp.make_doc(text))
    in_headline = matcher.find(nlp.make_doc(headline)) if headline else []
    entries = {match.entry.id for match in found}
    words = tuple(dict.fromkeys(match.text.lower() for match in (*in_headline, *found)))
    return TopicMatch(bool(in_headline) or len(entries) >= 2 or len(found) >= 3, words)


@cache
def _blank_pipeline() -> Language:
    from analysis.matching import make_bare_pipeline

    return make_bare_pipeline()
