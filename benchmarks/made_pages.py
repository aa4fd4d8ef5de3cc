"""News pages made up, for :mod:`html_pages` and :mod:`loading_speed`: the same seed, the same page.

A page has what saved news pages have around an article: navigation, teasers, captions, promotions, comments,
and metadata in one of several forms. About a third of a page's words are its body.
"""

from __future__ import annotations

import html
import json
import random
from dataclasses import dataclass

_WHO = """The harbour board|A group of tenants|Mina Holt|The ferry company|Two former members|Prof Lena Marsh
The head of the hospital|Campaigners in the valley|The water firm|Jo Field|A judge"""
_DOES = """delays|defends|reopens|loses|sells|plans|rejects|extends|explains"""
_WHAT = (
    """the old pier|a bridge over the estuary|plans for {n} homes|the night bus|its accounts|the tram line"""
)
_OUTLETS = """Example Herald|Example Post|Harbour News|The Northgate Courier"""
_SECTIONS = """News|Politics|World|Business|Sport|Opinion|Culture|Travel|Money|Science|Health|Weather|Food
Education|Books|Puzzles|Letters|Gardens|Property"""
_CLAUSES = """said on Monday that nothing had been decided|has asked for a second look at the figures
told a meeting that the money had been spent|would not say how long the work might take
wrote that the report had been read by nobody|is expected to answer before the end of the month
warned that {n} households would have to pay more|had promised {n} new places by the spring
and the council have disagreed for years over who should pay|left the talks after {n} minutes
described the plan as “a poor one, made in a hurry”|has since taken back part of what was said"""
_TAILS = """, according to papers seen by members.|, although the vote was close.|, in a letter of {n} lines.
, and the works will begin in autumn.|, which came as a surprise to most.|.|, as it did {n} years ago."""
_ASIDES = """Sign up to our daily newsletter|Read more on this|Advertisement|Listen to this article
Most read|Follow our channel|Share this article|Support independent reporting"""


@dataclass(frozen=True)
class MadePage:
    """A page's headline, its body, and what stands around them in the same words on HTML and text pages."""

    headline: str
    day: str
    paragraphs: tuple[str, ...]
    navigation: tuple[str, ...]
    teasers: tuple[str, ...]
    outlet: str
    byline: str


def make_page(seed: int) -> MadePage:
    """A page of 8 to 24 paragraphs of one to four sentences."""
    rng = random.Random(seed)
    return MadePage(
        _make_headline(rng),
        f"2025-{rng.randint(1, 9):02}-{rng.randint(1, 28):02}",
        tuple(_make_paragraph(rng) for _ in range(rng.randint(8, 24))),
        tuple(rng.sample(_split(_SECTIONS), rng.randint(8, 18))),
        tuple(_make_headline(rng) for _ in range(rng.randint(5, 40))),
        _pick(rng, _OUTLETS),
        rng.choice(["Ana Ruiz", "Sam Porter", "Lena Marsh"]),
    )


def render_text(page: MadePage) -> str:
    """The page as a text dump: one line a block."""
    after = ("Related stories", *page.teasers)
    return "\n".join((*page.navigation, page.headline, f"By {page.byline}", *page.paragraphs, *after))


def render_html(page: MadePage, seed: int) -> str:
    """The page as a browser would save it."""
    rng = random.Random(seed)
    facts = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": page.headline,
        "datePublished": f"{page.day}T06:00:00Z", "author": {"@type": "Person", "name": page.byline},
        "publisher": {"@type": "Organization", "name": page.outlet},
    }  # fmt: skip
    metadata = rng.choice((
        f'<script type="application/ld+json">{json.dumps(facts)}</script>',
        '<meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="{page.day}">',
        f'<meta name="date" content="{page.day}">',
    ))  # fmt: skip
    body = []
    for paragraph in page.paragraphs:
        body.append(f"<p>{_link(rng, html.escape(paragraph))}</p>")
        if rng.random() < 0.15:
            body.append(f'<div class="inline-promo"><a href="#">{html.escape(_pick(rng, _ASIDES))}</a></div>')
        if rng.random() < 0.08:
            caption = html.escape(_make_headline(rng))
            body.append(f'<figure><img src="a.jpg" alt=""><figcaption>{caption}</figcaption></figure>')
    items = "".join(f'<li class="item"><a href="/s">{html.escape(s)}</a></li>' for s in page.navigation)
    teasers = "".join(
        f'<div class="card"><a href="/t{n}"><h3>{html.escape(teaser)}</h3></a><i>{n} hours ago</i></div>'
        for n, teaser in enumerate(page.teasers)
    )
    wrapped = "".join(
        f'<div class="wrap-{n}"><div class="slot"><span></span></div></div>'
        for n in range(rng.randint(20, 200))
    )
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>{html.escape(page.headline)} | {page.outlet}</title>{metadata}
<style>{"p { margin: 0 } " * 200}</style></head><body><header><nav><ul>{items}</ul></nav></header>
<main><article><h1>{html.escape(page.headline)}</h1>
<div class="byline">By {page.byline}</div><time datetime="{page.day}">{page.day}</time>
<div class="article-body">{"".join(body)}</div></article></main>{wrapped}
<section class="related"><h2>Related stories</h2>{teasers}</section>
<footer><ul>{items}</ul><p>{page.outlet}. All rights reserved.</p></footer>
<script>{"window.loaded = [1, 2, 3]; " * 400}</script></body></html>"""


def _split(wordings: str) -> list[str]:
    return [wording for line in wordings.split("\n") for wording in line.split("|")]


def _pick(rng: random.Random, wordings: str) -> str:
    return rng.choice(_split(wordings)).replace("{n}", str(rng.randint(2, 900)))


def _make_headline(rng: random.Random) -> str:
    return f"{_pick(rng, _WHO)} {_pick(rng, _DOES)} {_pick(rng, _WHAT)}"


def _make_paragraph(rng: random.Random) -> str:
    return " ".join(
        f"{_pick(rng, _WHO)} {_pick(rng, _CLAUSES)}{_pick(rng, _TAILS)}" for _ in range(rng.randint(1, 4))
    )


def _link(rng: random.Random, paragraph: str) -> str:
    """The paragraph with one of its words linked, in a third of the cases."""
    words = paragraph.split(" ")
    if rng.random() < 0.3:
        n = rng.randrange(len(words))
        words[n] = f'<a href="/topic">{words[n]}</a>'
    return " ".join(words)
