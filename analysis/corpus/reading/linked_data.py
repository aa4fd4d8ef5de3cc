"""What a page's JSON-LD says of its article: schema.org's words, wherever in the data they stand.

The data is often broken, nested or huge: what cannot be parsed is passed over, and no more is read than a
news page needs.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# Characters of one script, and things in all of a page's data.
_MAX_SCRIPT, _MAX_THINGS = 2_000_000, 5_000

_WRAPPING = re.compile(
    r"\A\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|\]\]>|;)\s*\Z"
)
_COMMA_TOO_MANY = re.compile(r",(?=\s*[}\]])")
_ARTICLE_TYPES = re.compile(r"(?:\w*NewsArticle|\w*Article|\w*BlogPosting|Report|Review)")


@dataclass(frozen=True)
class LinkedArticle:
    """What JSON-LD says of a page's article. ``live`` is whether it calls it a live blog."""

    headline: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    live: bool = False


def read_linked_data(scripts: Iterable[str]) -> LinkedArticle | None:
    """Read the JSON-LD scripts of a page.

    Args:
        scripts: The contents of the page's ``application/ld+json`` scripts.

    Returns:
        What the outermost article in them says, None where there is none. Of several the one with a
        headline and a date comes first: the others are teasers.
    """
    articles = [thing for thing in _things(scripts) if _is_article(thing)]
    if not articles:
        return None
    article = max(articles, key=lambda thing: ("headline" in thing) + ("datePublished" in thing))
    return LinkedArticle(
        _text(article.get("headline")) or _text(article.get("name")),
        tuple(dict.fromkeys(name for name in _names(article.get("author")) if name)),
        _text(article.get("datePublished")),
        next((name for name in _names(article.get("publisher")) if name), None),
        _text(article.get("url")),
        any("LiveBlogPosting" in _types(thing) for thing in articles),
    )


def _things(scripts: Iterable[str]) -> Iterator[dict]:
    """The objects of a page's data, outermost first."""
    waiting: deque[object] = deque(_parse(script) for script in scripts)
    for _ in range(_MAX_THINGS):
        if not waiting:
            return
        thing = waiting.popleft()
        if isinstance(thing, dict):
            yield thing
            waiting.extend(value for value in thing.values() if isinstance(value, dict | list))
        elif isinstance(thing, list):
            waiting.extend(value for value in thing[:_MAX_THINGS] if isinstance(value, dict | list))


def _parse(script: str) -> object:
    if len(script) > _MAX_SCRIPT:
        return None
    bare = _WRAPPING.sub("", script)
    for text in (bare, _COMMA_TOO_MANY.sub("", bare)):
        try:
            # Not strict: line breaks inside strings are the commonest fault.
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _is_article(thing: dict) -> bool:
    return any(_ARTICLE_TYPES.fullmatch(name) for name in _types(thing))


def _types(thing: dict) -> list[str]:
    value = thing.get("@type")
    names = value if isinstance(value, list) else [value]
    return [name.rsplit("/", 1)[-1] for name in names if isinstance(name, str)]


def _names(value: object) -> Iterator[str | None]:
    """The names of a person or an organisation, or of a list of them."""
    for item in value[:20] if isinstance(value, list) else [value]:
        yield _text(item.get("name")) if isinstance(item, dict) else _text(item)


def _text(value: object) -> str | None:
    if isinstance(value, list):
        value = next(iter(value), None)
    if isinstance(value, dict):
        value = value.get("@value")
    return " ".join(value.split()) or None if isinstance(value, str) else None
