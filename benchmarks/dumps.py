"""Text dumps of news pages in five layouts, with the articles that they hold: a generator with a seed.

A dump is what copying a whole page gives: navigation, notices, share lines, adverts, captions and footers
around, between and inside the articles. Each page draws a site of its own: where bylines and times stand,
how lines are parted, which quotation marks are used, whether bodies lost their line breaks. The articles
come from a list of stories; what stands around them is from :mod:`sites` and :mod:`wordings`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import wordings as w
from sites import (
    Sheet,
    Story,
    draw_site,
    make_byline,
    set_quotes,
    write_body,
    write_head,
    write_tail,
    write_top,
)

LAYOUTS = ("single article", "aggregator page", "live blog", "letters page", "glued article")


@dataclass(frozen=True)
class GoldArticle:
    """An article as it was put on a page: ``paragraphs`` are offsets into the dump's text."""

    kind: str
    headline: str | None
    byline: str | None
    paragraphs: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Dump:
    """A page as text and what stands on it."""

    layout: str
    text: str
    articles: tuple[GoldArticle, ...]


def make_dump(layout: str, stories: Sequence[Story], rng: random.Random) -> Dump:
    """Build one page.

    Args:
        layout: One of ``LAYOUTS``.
        stories: What to put on it: one for a single article, two or three for a glued one, three to seven
            for an aggregator page, five or more for the others.
        rng: Where all choices come from.

    Returns:
        The page. Paragraph offsets cover the words alone, without the white space between.
    """
    sheet = Sheet(rng, draw_site(rng))
    stories = [set_quotes(story, sheet.site.quotes) for story in stories]
    articles = tuple(_WRITERS[layout](sheet, stories))
    return Dump(layout, sheet.text(), articles)


# How many stories a page of each layout takes.
STORIES = {
    "single article": (1, 1),
    "aggregator page": (3, 7),
    "live blog": (4, 10),
    "letters page": (2, 8),
    "glued article": (2, 3),
}


def make_corpora(layout: str, pages: int, stories: Sequence[Story], rng: random.Random) -> list[list[Dump]]:
    """Build pages of one layout, parted into corpora in which no story stands twice.

    A story that came back would be learnt as what its site repeats: no headline is on every page.
    """
    corpora: list[list[Dump]] = []
    deck: list[Story] = []
    for _ in range(pages):
        wanted = rng.randint(*STORIES[layout])
        if len(deck) < wanted:
            deck = rng.sample(list(stories), len(stories))
            corpora.append([])
        corpora[-1].append(make_dump(layout, [deck.pop() for _ in range(wanted)], rng))
    return corpora


def _write_single(sheet: Sheet, stories: Sequence[Story]) -> Iterator[GoldArticle]:
    write_top(sheet)
    headline, byline = write_head(sheet, stories[0])
    flattened = sheet.site.flattened and sheet.rng.random() < 0.2
    yield GoldArticle("main", headline, byline, write_body(sheet, stories[0].paragraphs, flattened=flattened))
    write_tail(sheet)


def _write_aggregator(sheet: Sheet, stories: Sequence[Story]) -> Iterator[GoldArticle]:
    rng, site = sheet.rng, sheet.site
    write_top(sheet)
    headline, byline = write_head(sheet, stories[0])
    yield GoldArticle("main", headline, byline, write_body(sheet, stories[0].paragraphs))
    sheet.maybe(0.5, w.TAGS, 1, 2)
    sheet.maybe(0.4, w.COMMENT_FORM, 1, 3)
    sheet.maybe(0.9, w.RELATED_HEADS)
    # Outlet, time, outlet again is the commonest; others set the two on one line, or below the headline.
    order = rng.choice(["twice", "twice", "twice", "one line", "above", "below", "around"])
    bar = rng.choice([" • ", " | ", " · ", " - "])
    for story in stories[1:]:
        outlet, ago = w.pick(rng, w.BRANDS), sheet.ago()
        outlet = outlet.upper() if site.capitals else outlet
        above = {
            "twice": [outlet, ago, f"- {outlet}", story.headline],
            "one line": [f"{outlet}{bar}{ago}", story.headline],
            "above": [outlet, ago, story.headline],
            "below": [story.headline, outlet, ago],
            "around": [outlet, story.headline, ago],
        }[order]
        sheet.put(rng.choice(["", "\n", "\n\n"]))
        for words in above:
            sheet.line(words)
        yield GoldArticle(
            "related", story.headline, None, write_body(sheet, story.paragraphs, flattened=site.flattened)
        )
        sheet.maybe(0.1, w.READ_MORE)
    sheet.maybe(0.4, w.FOOTER, 2, 6)


def _write_live(sheet: Sheet, stories: Sequence[Story]) -> Iterator[GoldArticle]:
    rng = sheet.rng
    times = rng.choice(["none", "above", "above", "under", "end"])
    form = rng.choice(
        [
            "{h:02}:{m:02}",
            "{h:02}.{m:02} GMT",
            "{h:02}:{m:02}, {day}",
            "{h:02}:{m:02} BST",
            "{h12}.{m:02}{ap}",
        ]
    )
    # A page of timed entries is a live blog without the word; a page without times must say it.
    said = times == "none" or rng.random() < 0.85
    lead, day = stories[0], w.make_day(rng)
    mark = rng.choice(["title", "label", "notice"]) if said else ""
    write_top(sheet)
    if mark == "label":
        sheet.line(
            rng.choice(["LIVE", "Live", "Live blog", "LIVE UPDATES", f"{w.pick(rng, w.SECTIONS)} live"])
        )
    if mark == "title":
        form_of = rng.choice(["{} – live", "{} - live updates", "LIVE: {}", "{}: live", "Politics live: {}"])
        lead = replace(lead, headline=form_of.format(lead.headline))
    headline, byline = write_head(sheet, lead)
    yield GoldArticle(
        "liveblog_lead", headline, byline, write_body(sheet, lead.paragraphs[: rng.randint(1, 5)])
    )
    if mark == "notice":
        sheet.line(
            rng.choice(["FOLLOW BELOW FOR LIVE UPDATES", "Follow our live coverage below", "Live updates"])
        )
    entries = stories[1:]
    minutes = sorted(rng.sample(range(360, 1380), len(entries)), reverse=True)
    clocks = [
        form.format(h=m // 60, m=m % 60, day=day, h12=(m // 60 - 1) % 12 + 1, ap="pm" if m >= 720 else "am")
        for m in minutes
    ]
    if rng.random() < 0.25:
        sheet.line(rng.choice(["Key events", "Key moments", "Summary", "At a glance"]))
        for clock, story in zip(clocks, entries, strict=True):
            sheet.lines([story.headline] if times == "none" else [clock, story.headline])
    unheaded = times != "none" and rng.random() < 0.15
    signed = rng.random() < 0.2
    for n, (clock, story) in enumerate(zip(clocks, entries, strict=True)):
        headline = None if unheaded and n > 0 and rng.random() < 0.3 else story.headline
        if times == "above":
            sheet.line(clock)
        if headline:
            sheet.line(headline)
        if times == "under":
            sheet.line(clock)
        if signed:
            sheet.lines(make_byline(rng, rng.choice(["By {name}", "{name}\n{role}"])).split("\n"))
        yield GoldArticle(
            "liveblog_entry", headline, None, write_body(sheet, story.paragraphs[: rng.randint(1, 6)])
        )
        sheet.maybe(0.2, w.SHARE)
        if times == "end":
            sheet.line(clock)
    write_tail(sheet)


def _write_letters(sheet: Sheet, stories: Sequence[Story]) -> Iterator[GoldArticle]:
    rng = sheet.rng
    salutation = rng.choice(
        ["SIR – ", "SIR - ", "SIR – ", "Sir, ", "Sir — ", "Sir: ", "Madam – ", "Dear Editor, "]
    )
    own_line = rng.random() < 0.25
    own = rng.choice(
        ["Sir,", "Dear Editor,", "Dear Sir,", "Dear Sir or Madam,", "To the Editor:", "Dear Editor –"]
    )
    closing = rng.choice(["", "", "", "Yours faithfully,", "Yours sincerely,", "Yours etc,"])
    form = rng.choice(
        ["{name}\n{town}", "{name}\n{town}", "{NAME}\n{town}", "{name}, {town}", "{name}\n{title}\n{town}"]
    )
    grouped = rng.random() < 0.2
    write_top(sheet)
    if rng.random() < 0.7:
        sheet.line(
            rng.choice(
                [
                    "Letters",
                    "Letters to the Editor",
                    "Your letters",
                    "Readers' letters",
                    "Letters: have your say",
                ]
            )
        )
    for n, story in enumerate(stories):
        headline = None if grouped and n and rng.random() < 0.4 else story.headline
        if headline:
            sheet.line(headline)
        paragraphs = list(story.paragraphs[: rng.randint(1, 4)])
        if own_line:
            paragraphs.insert(0, own)
        else:
            paragraphs[0] = salutation + paragraphs[0]
        spans = write_body(sheet, paragraphs)
        if closing:
            sheet.line(closing)
        title = rng.choice(
            ["Chair, Residents' Association", "Chief executive, Open Streets", "Professor of History"]
        )
        town = w.pick(rng, w.TOWNS)
        name = rng.choice(["", "", "", "Dr ", "Cllr ", "Prof "]) + w.make_name(rng)
        signature = form.format(name=name, NAME=name.upper(), town=town, title=title)
        if rng.random() < 0.05:
            signature = "Name and address supplied"
        for part in signature.split("\n"):
            sheet.line(part)
        yield GoldArticle("letter", headline, signature, spans)
        sheet.maybe(sheet.site.furniture, w.ADVERTS)
    if rng.random() < 0.4:
        sheet.line(
            rng.choice(
                [
                    "Letters should be sent to letters@example.org with a full postal address.",
                    "Write to us at the usual address. We may edit letters for length.",
                ]
            )
        )
    write_tail(sheet)


def _write_glued(sheet: Sheet, stories: Sequence[Story]) -> Iterator[GoldArticle]:
    rng, site = sheet.rng, sheet.site
    write_top(sheet)
    headline, byline = write_head(sheet, stories[0])
    first, *others = stories
    flattened = rng.random() < 0.4
    form = rng.choice(
        ["By {name}", "By {name}", "By {name}", "By {name}, {role}", "By {name} and {name}", "{name}\n{role}"]
    )
    if flattened or rng.random() < 0.15:
        form = rng.choice(["By {name}", "By {name}", "By Dr {name}"])
        return (yield from _write_one_line(sheet, first, others, headline, byline, form))
    yield GoldArticle("main", headline, byline, write_body(sheet, first.paragraphs))
    for story in others:
        sheet.maybe(0.3, w.ADVERTS)
        sheet.line(story.headline)
        signed = make_byline(rng, form)
        stamp = (
            [w.fill(rng, site.stamp.replace("{ago}", sheet.ago()))]
            if site.stamp and rng.random() < 0.5
            else []
        )
        lines = [*signed.split("\n"), *stamp] if rng.random() < 0.7 else [*stamp, *signed.split("\n")]
        for words in lines:
            sheet.line(words)
        yield GoldArticle("main", story.headline, signed, write_body(sheet, story.paragraphs))
    write_tail(sheet)


def _write_one_line(
    sheet: Sheet, first: Story, others: Sequence[Story], headline: str, byline: str | None, form: str
) -> Iterator[GoldArticle]:
    """Articles that lost their line breaks and run into one another."""
    yield GoldArticle("main", headline, byline, _put_in_line(sheet, first.paragraphs))
    for story in others:
        signed = make_byline(sheet.rng, form)
        sheet.put(f"{story.headline} {signed} ")
        yield GoldArticle("main", story.headline, signed, _put_in_line(sheet, story.paragraphs))
    sheet.put(sheet.site.gap)
    write_tail(sheet)


def _put_in_line(sheet: Sheet, paragraphs: Sequence[str]) -> tuple[tuple[int, int], ...]:
    spans = []
    for paragraph in paragraphs:
        spans.append(sheet.put(paragraph))
        sheet.put(" ")
    return tuple(spans)


_WRITERS: dict[str, Callable[[Sheet, Sequence[Story]], Iterator[GoldArticle]]] = {
    "single article": _write_single,
    "aggregator page": _write_aggregator,
    "live blog": _write_live,
    "letters page": _write_letters,
    "glued article": _write_glued,
}
