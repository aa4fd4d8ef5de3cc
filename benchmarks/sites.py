"""Sites: how a made-up page sets its articles, and what it puts around and between them."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import wordings as w


@dataclass(frozen=True)
class Story:
    """An article to build pages from."""

    headline: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Site:
    """How one site sets its pages."""

    gap: str
    capitals: bool
    quotes: str
    byline: str  # none, above or below the headline
    byline_form: str
    stamp: str
    standfirst: str
    flattened: bool
    joiner: str
    furniture: float  # the chance that a paragraph is followed by something that is not the article's


_BYLINES = (
    *("By {name}", "By {name}", "By {name}, {role}", "{name}\n{role}", "Written by {name}", "BY {NAME}"),
    *("By {name} and {name}", "By\n{name}", "By {name} | {role}", "{name}, {role}"),
)
_STAMPS = (
    *("", "", "{ago}", "Published: {clock}, {day}", "{day}", "Updated {ago}", "{day}, {clock}"),
    "{day} {clock} GMT",
)


def draw_site(rng: random.Random) -> Site:
    """A random site."""
    return Site(
        gap=rng.choice(["\n", "\n", "\n\n", "\n\n", "\n \n", "\r\n"]),
        capitals=rng.random() < 0.2,
        quotes=rng.choice(["as is", "as is", "curly", "straight", "british", "british curly"]),
        byline=rng.choice(["none", "above", "below", "below", "below"]),
        byline_form=rng.choice(_BYLINES),
        stamp=rng.choice(_STAMPS),
        standfirst=rng.choice(["none", "none", "repeated", "own"]),
        flattened=rng.random() < 0.6,
        joiner=rng.choice([" ", " ", " ", " ", ""]),
        furniture=rng.choice([0, 0.05, 0.1, 0.2]),
    )


@dataclass
class Sheet:
    """A page while it is being written."""

    rng: random.Random
    site: Site
    pieces: list[str] = field(default_factory=list)
    length: int = 0

    def put(self, words: str) -> tuple[int, int]:
        """Write words as they are; gives their offsets."""
        start = self.length
        self.pieces.append(words)
        self.length += len(words)
        return start, self.length

    def line(self, words: str) -> tuple[int, int]:
        """Write words and the gap between lines."""
        span = self.put(words)
        self.put(self.site.gap)
        return span

    def lines(self, several: Sequence[str]) -> None:
        """Write several lines."""
        for words in several:
            self.line(words.upper() if self.site.capitals and len(words.split()) < 4 else words)

    def maybe(self, chance: float, wording: str, least: int = 1, most: int = 1) -> None:
        """Write some of the wordings, with a chance."""
        if self.rng.random() < chance:
            self.lines(w.pick_some(self.rng, wording, least, most))

    def ago(self) -> str:
        """A relative time."""
        n, unit = self.rng.randint(2, 23), self.rng.choice(["hour", "hour", "minute", "day"])
        one = "an hour ago" if unit == "hour" else f"a {unit} ago"
        several = f"{n} {unit}s ago"
        return self.rng.choice([several, several, one, f"{n}{unit[0]} ago", f"1 {unit} ago"])

    def text(self) -> str:
        """The page so far."""
        return "".join(self.pieces)


def write_top(sheet: Sheet) -> None:
    """Notices and navigation above the article."""
    rng = sheet.rng
    sheet.put(rng.choice(["", "", "\n", "\n\n  "]))
    if rng.random() < 0.25:
        sheet.lines([*w.pick_some(rng, w.COOKIES, 1, 3), *w.pick_some(rng, w.COOKIE_BUTTONS, 1, 3)])
    sheet.maybe(0.5, w.TOP, 1, 6)
    if rng.random() < 0.4:
        sections = w.pick_some(rng, w.SECTIONS, 3, 10)
        sheet.lines([rng.choice([" ", " | ", " · "]).join(sections)] if rng.random() < 0.3 else sections)


def write_tail(sheet: Sheet) -> None:
    """Tags, teasers, forms and the footer below the last article."""
    rng = sheet.rng
    sheet.maybe(0.3, w.TAGS, 1, 4)
    sheet.maybe(0.2, w.SHARE, 1, 4)
    if rng.random() < 0.4:
        sheet.maybe(1, w.TEASER_HEADS)
        sheet.lines([w.make_teaser(rng) for _ in range(rng.randint(2, 6))])
    sheet.maybe(0.25, w.NEWSLETTERS, 1, 4)
    sheet.maybe(0.3, w.COMMENT_FORM, 2, 6)
    sheet.maybe(0.5, w.FOOTER, 2, 8)


def write_head(sheet: Sheet, story: Story, *, share: float = 0.4) -> tuple[str, str | None]:
    """Headline, byline, time, standfirst, as the site sets them; gives the headline and the byline."""
    rng, site = sheet.rng, sheet.site
    headline = story.headline.upper() if site.capitals and rng.random() < 0.3 else story.headline
    byline = None if site.byline == "none" else make_byline(rng, site.byline_form)
    if byline and site.byline == "above":
        sheet.line(byline)
    sheet.maybe(share / 4, w.SECTIONS)
    sheet.line(headline)
    # Without a byline or a time below it, nobody can tell a standfirst from a first paragraph.
    parted = site.stamp or site.byline == "below"
    summary = _first_sentence(story.paragraphs[-1])
    if site.standfirst == "own" and parted and summary:
        sheet.line(summary)
    elif site.standfirst == "repeated":
        sheet.line(story.paragraphs[0])
    if byline and site.byline == "below":
        for part in byline.split("\n"):
            sheet.line(part)
    if site.stamp:
        sheet.line(w.fill(rng, site.stamp.replace("{ago}", sheet.ago())))
    sheet.maybe(share, w.SHARE, 1, 4)
    sheet.maybe(share / 2, w.CAPTIONS)
    return headline, byline


def make_byline(rng: random.Random, form: str) -> str:
    """A byline in a form, with names and a role."""
    while "{name}" in form:
        form = form.replace("{name}", w.make_name(rng), 1)
    return form.replace("{NAME}", w.make_name(rng).upper()).replace("{role}", w.pick(rng, w.ROLES))


def _first_sentence(paragraph: str) -> str | None:
    found = re.match(r".{30,}?[.!?]['\"’”]?(?=\s|$)", paragraph)
    return found.group() if found else None


def write_body(
    sheet: Sheet, paragraphs: Sequence[str], *, flattened: bool = False
) -> tuple[tuple[int, int], ...]:
    """The paragraphs, one a line or all in one, with what the site puts between them; gives their offsets."""
    rng, site, spans = sheet.rng, sheet.site, []
    for n, paragraph in enumerate(paragraphs):
        if flattened:
            spans.append(sheet.put(paragraph))
            last = n == len(paragraphs) - 1
            sheet.put(site.gap if last else site.joiner)
            if not last and rng.random() < site.furniture:
                sheet.put(w.pick(rng, rng.choice([w.CAPTIONS, w.READ_MORE, "Advertisement"])) + " ")
            continue
        spans.append(sheet.line(paragraph))
        if n < len(paragraphs) - 1 and rng.random() < site.furniture:
            kind = rng.choice([w.ADVERTS, w.ADVERTS, w.READ_MORE, w.CAPTIONS, w.NEWSLETTERS, w.SHARE])
            sheet.maybe(1, kind, 1, 3 if kind is w.NEWSLETTERS else 1)
    return tuple(spans)


def set_quotes(story: Story, quotes: str) -> Story:
    """The story in the site's quotation marks."""
    if quotes == "as is":
        return story
    return Story(
        _turn_quotes(story.headline, quotes), tuple(_turn_quotes(words, quotes) for words in story.paragraphs)
    )


def _turn_quotes(words: str, quotes: str) -> str:
    straight = words.replace("“", '"').replace("”", '"').replace("‘", "'").replace("’", "'")
    if quotes == "straight":
        return straight
    if quotes.startswith("british"):
        straight = straight.replace('"', "'")
    if quotes == "british":
        return straight
    curly = re.sub(r"(^|[\s(\[–—-])\"", r"\1“", straight).replace('"', "”")
    return re.sub(r"(^|[\s(\[–—-])'", r"\1‘", curly).replace("'", "’")
