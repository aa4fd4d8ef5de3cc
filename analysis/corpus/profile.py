"""Pass 1: what the corpus as a whole shows, before any page is split.

Lines that recur across pages are the site's, not the article's; the languages and the topic packs that
apply are likewise properties of the whole.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

    from analysis.codebooks import TopicPack

# A line that stands on this many pages, and on this share of them, belongs to the site.
_MIN_PAGES = 3
_MIN_SHARE = 0.2
_MAX_WORDS = 12

# The commonest English function words: in running English they are a third or more of all words.
_ENGLISH = frozenset(
    """the of and to a in that is was for it on with as he be at by i this had not are but from or have an
    they which one you were her all she there would their we him been has when who will more no if out so
    said what up its about into than them can only other new some could time these two may then do first any
    my now such like our over man me even most made after also did many before must through""".split()
)


@dataclass(frozen=True)
class Profile:
    """What pass 1 learnt.

    ``repeated`` maps a line's text to the number of pages it stands on; ``pages`` is the number read.
    """

    pages: int = 0
    repeated: dict[str, int] = field(default_factory=dict)


def profile_corpus(texts: Iterable[str]) -> Profile:
    """Read every page once for the lines that recur across pages."""
    counts: Counter[str] = Counter()
    pages = 0
    for text in texts:
        pages += 1
        lines = {line.strip() for line in text.splitlines()}
        counts.update(line for line in lines if line and len(line.split()) <= _MAX_WORDS)
    floor = max(_MIN_PAGES, math.ceil(pages * _MIN_SHARE))
    return Profile(pages, {line: count for line, count in sorted(counts.items()) if count >= floor})


def detect_language(text: str) -> str | None:
    """ "en" where a fifth of the words or more are English function words; otherwise unknown.

    A text of fewer than ten words is unknown.
    """
    words = re.findall(r"[^\W\d_]+", text.lower())
    if len(words) < 10:
        return None
    return "en" if sum(word in _ENGLISH for word in words) / len(words) >= 0.2 else None


@dataclass(frozen=True)
class TopicMatch:
    """Whether a topic pack applies to an article, and the distinct topic words it rests on."""

    on_topic: bool
    words: tuple[str, ...]


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
    import spacy

    return spacy.blank("en")
