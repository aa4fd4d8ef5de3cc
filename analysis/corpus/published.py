"""When an article was published: an interval of days with its evidence, never a guess.

Evidence, each narrowing the interval: date expressions of the text (:mod:`analysis.timex.publication`);
terms of office ("Home Secretary Yvette Cooper" was written while she held it); articles that stood on one
page within hours of one another; and that nothing is published after the day it is read. No list of news
events is used.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from analysis.codebooks import Office, Term, load_offices
from analysis.corpus.articles import Article
from analysis.timex import find_timexes
from analysis.timex.publication import estimate_publication

_DAY = datetime.timedelta(days=1)
_LONG_AGO = datetime.date(1950, 1, 1)
_TITLES = r"(?:(?:Sir|Dame|Lord|Lady|Baroness|Mr|Mrs|Ms|Dr) )?"
_PAST = re.compile(
    r"\b(?:former|ex|then|late|one-time|previous|last|next|future)[ -](?:\w+ )?$", re.IGNORECASE
)
_HOURS = re.compile(r"(?:min(?:ute)?|hour|hr)s? ago|just now", re.IGNORECASE)
_DAYS_AGO = re.compile(r"(?P<n>\d+|an?|one) (?P<unit>day|week)s? ago", re.IGNORECASE)


@dataclass(frozen=True)
class Bounds:
    """The first and last day of publication that evidence allows; None is open. ``why`` is the evidence."""

    earliest: datetime.date | None = None
    latest: datetime.date | None = None
    why: tuple[str, ...] = ()

    def meet(self, other: Bounds) -> Bounds:
        """What both allow. Evidence that contradicts what is known already is left out."""
        starts = [day for day in (self.earliest, other.earliest) if day]
        ends = [day for day in (self.latest, other.latest) if day]
        earliest, latest = max(starts, default=None), min(ends, default=None)
        if earliest and latest and earliest > latest:
            return self
        narrower = (earliest, latest) != (self.earliest, self.latest)
        return Bounds(earliest, latest, self.why + other.why) if narrower else self

    def widen(self, days: int, why: str) -> Bounds:
        """The same bounds for something that happened up to ``days`` days before or after."""
        step = _DAY * days
        return Bounds(self.earliest and self.earliest - step, self.latest and self.latest + step, (why,))


def date_articles(articles: Sequence[Article], *, today: datetime.date | None = None) -> list[Article]:
    """Give the articles of one page their publication intervals.

    Args:
        articles: All articles of one page, in page order. One whose interval is known keeps it.
        today: The day the page is read; the machine's day if None.

    Returns:
        The same articles. An interval that stays open at one end is unknown: both ends are None.
    """
    today = today or datetime.date.today()
    own = [_known(article) or _bound_alone(article, today) for article in articles]
    joint = [_bound_jointly(n, articles, own) for n in range(len(articles))]
    ceiling = Bounds(None, today, ("not after the day it was read",))
    return [
        article if article.published_earliest else _date(article, bounds.meet(ceiling))
        for article, bounds in zip(articles, joint, strict=True)
    ]


def bound_by_offices(text: str) -> list[Bounds]:
    """Bounds from people named with an office, or named while the article speaks of the office's holder.

    "Home Secretary Yvette Cooper" and "Robert Jenrick, the shadow justice secretary" count by themselves;
    a bare "the Prime Minister" counts with the surname of one of its holders, if no second is named.
    """
    found: list[Bounds] = []
    unclear: list[list[Term]] = []
    placed: set[str] = set()
    for office in load_offices():
        spans = [m for m in _alias_pattern(office).finditer(text) if not _is_past(text, m.start())]
        beside = [term for term in office.terms if any(_stands_beside(term, text, span) for span in spans)]
        placed.update(term.holder for term in beside)
        found += _bound_by_terms(beside)
        if not beside and any(_is_bare(text, span) for span in spans):
            unclear.append([term for term in office.terms if _names(term, text)])
    for terms in unclear:
        holders = {term.holder for term in terms}
        # Somebody who stands beside another office may hold this one only later.
        if len(holders) == 1 and not holders & placed:
            found += _bound_by_terms(terms)
    return found


def _known(article: Article) -> Bounds | None:
    if article.published_earliest is None:
        return None
    return Bounds(
        _day(article.published_earliest), _day(article.published_latest), ("the main article's date",)
    )


def _bound_alone(article: Article, today: datetime.date) -> Bounds:
    bounds = _bound_by_stamp(article)
    text = f"{article.headline or ''}\n{article.text}"
    for evidence in bound_by_offices(text):
        bounds = bounds.meet(evidence)
    bounds = bounds.meet(_bound_by_posts(article.aside or ""))
    return bounds.meet(_bound_by_text(text, bounds, today))


def _bound_by_posts(aside: str) -> Bounds:
    """A post embedded in an article is no younger than the article."""
    days = [found for found in find_timexes(aside) if found.type == "DATE" and found.earliest == found.latest]
    latest = max((found for found in days if found.earliest), key=lambda found: found.earliest, default=None)
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
    if not (article.scraped and article.stamp):
        scraped = article.scraped and _day(article.scraped)
        return Bounds(None, scraped, ("the day the page was copied",)) if scraped else Bounds()
    scraped = _day(article.scraped)
    why = f'"{article.stamp}" when the page was copied on {article.scraped}'
    if _HOURS.search(article.stamp):
        return Bounds(scraped - _DAY, scraped, (why,))
    ago = _DAYS_AGO.search(article.stamp)
    if ago is None:
        return Bounds(None, scraped, (why,))
    count = (int(ago["n"]) if ago["n"].isdigit() else 1) * (7 if ago["unit"].lower() == "week" else 1)
    return Bounds(scraped - _DAY * (count + 1), scraped - _DAY * count, (why,))


def _bound_jointly(n: int, articles: Sequence[Article], own: Sequence[Bounds]) -> Bounds:
    """What the neighbours on the page add: pieces of one live blog, or pieces stamped within hours."""
    article, bounds = articles[n], own[n]
    for other, theirs in zip(articles, own, strict=True):
        if other is article or not (theirs.earliest or theirs.latest):
            continue
        if article.kind.startswith("liveblog"):
            bounds = bounds.meet(theirs.widen(1, "the same live blog"))
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


@cache
def _alias_pattern(office: Office) -> re.Pattern[str]:
    names = {re.sub(r"^the ", "", alias, flags=re.IGNORECASE) for alias in (office.name, *office.aliases)}
    joined = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    # The shadow and the deputy of an office are offices of their own.
    return re.compile(
        rf"(?<![\w-])(?<!\b[Ss]hadow )(?<!\b[A-Z][a-z]{{3}}an )(?:{joined})(?![\w-])", re.IGNORECASE
    )


def _names(term: Term, text: str) -> bool:
    surname = term.holder.split()[-1]
    return bool(re.search(rf"(?<![\w-]){re.escape(surname)}(?![\w-])", text))


def _stands_beside(term: Term, text: str, office: re.Match[str]) -> bool:
    """Whether the holder's full name stands right before or after the office."""
    holder = re.escape(term.holder)
    after, before = text[office.end() : office.end() + 60], text[max(0, office.start() - 80) : office.start()]
    if re.match(rf",? {_TITLES}{holder}\b", after):
        return True
    # In "David Lammy, Justice Secretary Shabana Mahmood" the office is the next person's.
    return bool(re.search(rf"{holder}, (?:the |[A-Z][\w’']+ )?$", before)) and not re.match(r" [A-Z]", after)


def _is_bare(text: str, office: re.Match[str]) -> bool:
    """Whether the office stands alone, as in "the Prime Minister said"."""
    return text[: office.start()].lower().endswith("the ") and not re.match(
        r",? (?:Sir |Dame |Lord )?[A-Z]", text[office.end() :]
    )


def _is_past(text: str, start: int) -> bool:
    return bool(_PAST.search(text[max(0, start - 25) : start]))


def _bound_by_terms(terms: Sequence[Term]) -> list[Bounds]:
    """One interval around each holder's terms; the office's list may hold a person twice."""
    found = []
    for holder in dict.fromkeys(term.holder for term in terms):
        own = [term for term in terms if term.holder == holder]
        ends = [term.latest for term in own]
        latest = None if None in ends else _day(max(end for end in ends if end))
        found.append(Bounds(_day(min(term.earliest for term in own)), latest, (_office_reason(own),)))
    return found


def _office_reason(terms: Sequence[Term]) -> str:
    spans = ", ".join(f"{term.earliest} to {term.latest or 'now'}" for term in terms)
    return f"{terms[0].holder} is {terms[0].office} ({spans})"


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)
