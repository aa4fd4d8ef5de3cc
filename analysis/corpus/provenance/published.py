"""When an article was published: an interval of days with its evidence, never a guess.

Evidence, each narrowing the interval: date expressions of the text (:mod:`analysis.timex.publication`);
terms of office (:mod:`analysis.corpus.provenance.offices`); the page's stamp, which counts from the day it
was copied where it is relative; articles that stood on one page within hours of one another; and that nothing
is published after the day it is read. No list of news events is used.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.corpus.articles import Article
from analysis.corpus.provenance.bounds import Bounds
from analysis.corpus.provenance.days import read_day
from analysis.corpus.provenance.offices import bound_by_offices
from analysis.timex import find_timexes
from analysis.timex.publication import estimate_publication, find_weekdays_of_publication

_DAY = datetime.timedelta(days=1)
_LONG_AGO = datetime.date(1950, 1, 1)
_HOURS = re.compile(r"(?:min(?:ute)?|hour|hr)s? ago|just now", re.IGNORECASE)
_FEW_WEEKS = 31  # days
# "Published:", "Last updated on": what may stand before a stamp's date.
_STAMP_LABEL = re.compile(
    r"[\W_]*((?:first |last )?(?:published|posted|updated|modified|created|date)(?: on| at)?\b[\W_]*)?(.*)",
    re.IGNORECASE | re.DOTALL,
)
_CHANGED = re.compile("updated|modified", re.IGNORECASE)
_DAYS_AGO = re.compile(r"(?P<n>\d+|an?|one) (?P<unit>day|week)s? ago", re.IGNORECASE)


def date_articles(articles: Sequence[Article], *, today: datetime.date | None = None) -> list[Article]:
    """Give the articles of one page, or any number of records, their publication intervals.

    Args:
        articles: All articles of one page, in page order; records stand each for itself. One whose interval
            is known keeps it.
        today: The day the page is read; the machine's day if None.

    Returns:
        The same articles. An interval that stays open at one end is unknown: both ends are None.
    """
    today = today or datetime.date.today()
    own = [_known(article) or _bound_alone(article, today) for article in articles]
    joint = [_bound_jointly(n, articles, own) for n in range(len(articles))]
    ceiling = Bounds(None, today, ("not after the day it was read",))
    blog = "\n".join(article.text for article in articles if _is_live(article))
    dated = []
    for article, bounds in zip(articles, joint, strict=True):
        if article.published_earliest is None:
            text = blog if _is_live(article) else article.text
            article = _date(article, _narrow_by_weekday(text, bounds.meet(ceiling)))
        dated.append(article)
    return dated


def _is_live(article: Article) -> bool:
    return article.kind.startswith("liveblog")


def _known(article: Article) -> Bounds | None:
    if article.published_earliest is None:
        return None
    return Bounds(
        _day(article.published_earliest), _day(article.published_latest), ("the main article's date",)
    )


def _bound_alone(article: Article, today: datetime.date) -> Bounds:
    bounds = _bound_by_stamp(article)
    if article.language not in (None, "en"):
        # Only English dates and offices are understood: "am 3. Mai" is no Theresa May.
        return bounds
    text = f"{article.headline or ''}\n{article.text}"
    for evidence in bound_by_offices(text):
        bounds = bounds.meet(evidence)
    bounds = bounds.meet(_bound_by_posts(article.aside or ""))
    return bounds.meet(_bound_by_text(text, bounds, today))


def _narrow_by_weekday(text: str, bounds: Bounds) -> Bounds:
    """Of a few weeks, the days that fit the weekday which the text calls its own ("later on Friday")."""
    first, last = bounds.earliest, bounds.latest
    if first is None or last is None or (last - first).days > _FEW_WEEKS:
        return bounds
    for words, weekday in find_weekdays_of_publication(text).items():
        days = [first + _DAY * n for n in range((last - first).days + 1)]
        near = [day for day in days if (day.weekday() - weekday) % 7 <= 1]
        if near:
            bounds = bounds.meet(Bounds(near[0], near[-1], (f'the text says "{words}" of its own day',)))
    return bounds


def _bound_by_posts(aside: str) -> Bounds:
    """A post embedded in an article is no younger than the article."""
    days = [found for found in find_timexes(aside) if found.type == "DATE" and found.earliest == found.latest]
    posted = [found for found in days if found.earliest and found.earliest > _LONG_AGO]
    latest = max(posted, key=lambda found: found.earliest, default=None)
    return Bounds(latest.earliest, None, (f'it holds a post of "{latest.text}"',)) if latest else Bounds()


def _bound_by_text(text: str, bounds: Bounds, today: datetime.date) -> Bounds:
    """What the dates in a text add to what is known."""
    first, last = bounds.earliest or _LONG_AGO, min(bounds.latest or today, today)
    estimate = first <= last and estimate_publication(text, earliest_possible=first, latest_possible=last)
    if not estimate:
        return Bounds()
    return Bounds(
        estimate.earliest if estimate.earliest > _LONG_AGO else None,
        estimate.latest if estimate.latest < last else None,
        (estimate.basis,),
    )


def _bound_by_stamp(article: Article) -> Bounds:
    """A relative stamp counts from the day the page was scraped, where that is known."""
    scraped = _day(article.scraped) if article.scraped else None
    if article.stamp and (dated := _read_dated_stamp(article.stamp, scraped)):
        return dated
    if not (scraped and article.stamp):
        return Bounds(None, scraped, ("the day the page was copied",)) if scraped else Bounds()
    why = f'"{article.stamp}" when the page was copied on {article.scraped}'
    if _HOURS.search(article.stamp):
        return Bounds(scraped - _DAY, scraped, (why,))
    ago = _DAYS_AGO.search(article.stamp)
    if ago is None:
        return Bounds(None, scraped, (why,))
    count = (int(ago["n"]) if ago["n"].isdigit() else 1) * (7 if ago["unit"].lower() == "week" else 1)
    return Bounds(scraped - _DAY * (count + 1), scraped - _DAY * count, (why,))


def _read_dated_stamp(stamp: str, scraped: datetime.date | None) -> Bounds | None:
    """The day that a stamp gives in full; one of an update only says that the article is no younger."""
    label, value = _STAMP_LABEL.match(stamp).groups()  # type: ignore[union-attr]
    day, _ = read_day(value, not_after=scraped)
    if day is None:
        return None
    first = None if label and _CHANGED.search(label) else _day(day)
    return Bounds(first, _day(day), (f'the page says "{stamp}"',))


def _bound_jointly(n: int, articles: Sequence[Article], own: Sequence[Bounds]) -> Bounds:
    """What the neighbours on the page add: pieces of one live blog, or pieces stamped within hours."""
    article, bounds = articles[n], own[n]
    if not (_is_live(article) or (article.stamp and _HOURS.search(article.stamp))):
        return bounds
    for other, theirs in zip(articles, own, strict=True):
        if other is article or not (theirs.earliest or theirs.latest):
            continue
        if _is_live(article):
            exact = theirs.earliest == theirs.latest
            # A live blog may run past midnight.
            bounds = bounds.meet(theirs.widen(1 if exact else 0, "the same live blog"))
        elif article.stamp and _HOURS.search(article.stamp):
            if other.stamp and _HOURS.search(other.stamp):
                bounds = bounds.meet(theirs.widen(1, "others stamped within hours of it"))
            elif other.kind == "main" and theirs.earliest:
                # The page was copied after its main article appeared, and this one hours before that.
                bounds = bounds.meet(Bounds(theirs.earliest - _DAY, None, ("the page's main article",)))
    return bounds


def _date(article: Article, bounds: Bounds) -> Article:
    if bounds.earliest is None or bounds.latest is None:
        return article
    return replace(
        article,
        published_earliest=bounds.earliest.isoformat(),
        published_latest=bounds.latest.isoformat(),
        published_basis="; ".join(dict.fromkeys(bounds.why)),
    )


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)
