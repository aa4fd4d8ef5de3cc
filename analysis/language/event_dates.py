"""The interval of an event, and what it rests on: an expression of its sentence, another telling, the day of
publication.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date as day
from datetime import timedelta
from itertools import islice

from spacy.tokens import Doc, Token

from analysis.language.dates import DateMention
from analysis.language.nearby import DEEP, clause_of, is_under, root_between
from analysis.language.pipeline import context, text_of
from analysis.language.tense import Time, carrier_of, read_time, small_words
from analysis.language.triggers import EVENT_NOUNS, INSTRUMENTS

# Texts carry the date of their making: "the 1986 law" dates nothing that is done about it.
_DATED_TEXTS = frozenset("law legislation bill deal agreement treaty pact accord report plan".split(" "))

WEEK, MONTH = 7, 31
# Characters beyond which a date is not asked whether it belongs to a trigger: lists without a stop are long.
REACH = 600
_HOURS = frozenset("morning afternoon evening night lunchtime day week month year".split(" "))
_WHILES = frozenset("while when before after during until ahead following as once".split(" "))
_PRONOUNS = frozenset("he she they it we i you two both pair".split(" "))
# A verb in one of these relations to another is done when the other is.
_TOGETHER = ("xcomp", "conj", "pcomp", "ccomp")


@dataclass(frozen=True)
class EventDate:
    """When an event was or will be. ``text`` is the expression that says so, None where none does."""

    text: str | None
    earliest: str
    latest: str
    basis: str


# A trigger, the date expressions of its sentence, and those of the sentence before.
Place = tuple[Token, Sequence[DateMention], Sequence[DateMention]]


def date_happenings(doc: Doc, places: Sequence[Place]) -> list[EventDate | None]:
    """Date the happenings of a text that reports them for their own sake.

    The first of these that there is: what :func:`date_happening` finds; for what is not told as a
    plain past or present, the nearest date of its sentence; the date of the same happening where the text
    tells it with one; the publication interval, for a plain past or present.

    Args:
        doc: A parsed Doc with its layer ``dates``.
        places: The triggers in reading order.

    Returns:
        One date a trigger, None where nothing dates it.
    """
    own = [date_happening(doc, place) for place in places]
    told: dict[str, EventDate] = {}
    for (trigger, *_), date in zip(places, own, strict=True):
        if date is not None and _is_close(date):
            told.setdefault(_name(trigger), date)
    found = []
    for (trigger, dates, _), date in zip(places, own, strict=True):
        if date is None:
            date = _nearest(doc, trigger, dates)
        if date is None and _is_known(trigger) and _name(trigger) in told:
            date = _carry(told[_name(trigger)])
        found.append(date or _date_by_publication(doc, trigger, dates))
    return found


def date_happening(doc: Doc, place: Place) -> EventDate | None:
    """Date one happening by the words of its sentence, or of the one before that it goes on from with "also".

    Args:
        doc: A parsed Doc with its layer ``dates``.
        place: The trigger and what stands around it.
    """
    trigger, dates, before = place
    found = _own_date(doc, trigger, dates)
    verb = carrier_of(trigger)
    if found is None and "also" in small_words(verb):
        time = read_time(trigger)
        last = next((mention for mention in reversed(before) if _may_date(doc, time, mention)), None)
        carried = _dated("carried on from the sentence before", last) if last else None
        if last is None or carried is None or not _is_close(carried, MONTH):
            return None
        if not _goes_on(verb, clause_of(root_between(doc, last.start, last.end))):
            return None
        wide = _widen(carried) if _is_timed(trigger, verb) else carried
        return _end_by_publication(doc, wide) if time == "past" else wide
    return found


def _goes_on(verb: Token, dated: Token) -> bool:
    """Whether a clause tells of those, or of the thing, of which the dated one tells."""
    mine, theirs = _subjects(verb), _subjects(dated) | _subjects(carrier_of(dated))
    if mine & theirs or mine & _PRONOUNS or theirs & _PRONOUNS:
        return True
    return bool(_things(verb) & _things(dated) & (EVENT_NOUNS | INSTRUMENTS))


def _subjects(verb: Token) -> set[str]:
    return {child.lemma_.lower() for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")}


def _things(verb: Token) -> set[str]:
    """What a verb is about: its subject, its objects, and those of its prepositions."""
    links = [child for child in verb.children if child.dep_ in ("prep", "agent")]
    return {child.lemma_.lower() for parent in (verb, *links) for child in parent.children}


def _is_timed(trigger: Token, verb: Token) -> bool:
    """Whether a clause without a date says when all the same: "while he is here", "before the summit"."""
    return any(
        child.lower_ in _WHILES and child.dep_ in ("mark", "advmod", "prep")
        for clause in (trigger, verb)
        for part in clause.children
        for child in (part, *(part.children if part.dep_ in ("advcl", "dobj") else ()))
    )


def _widen(date: EventDate) -> EventDate:
    """The calendar weeks that a date lies in: what is done around a day need not be done on it."""
    first, last = day.fromisoformat(date.earliest), day.fromisoformat(date.latest)
    monday, sunday = first - timedelta(first.weekday()), last + timedelta(WEEK - 1 - last.weekday())
    return replace(date, earliest=monday.isoformat(), latest=sunday.isoformat())


def _own_date(doc: Doc, trigger: Token, dates: Sequence[DateMention]) -> EventDate | None:
    """The date expression that the parse attaches to a trigger, not merely the nearest one."""
    ranked: list[tuple[int, int, DateMention]] = []
    time = read_time(trigger)
    for mention in _within_reach(dates, trigger):
        if not _may_date(doc, time, mention):
            continue
        steps = _steps(root_between(doc, mention.start, mention.end), trigger)
        if steps is not None:
            ranked.append((steps, abs(mention.start - trigger.idx), mention))
    date = _dated("its own words", min(ranked, key=lambda row: row[:2])[2]) if ranked else None
    return _end_by_publication(doc, date) if date and time == "past" else date


def _end_by_publication(doc: Doc, date: EventDate) -> EventDate:
    """What has happened "this year" happened by the day on which the text tells it."""
    last = context(doc).published_latest
    return replace(date, latest=last) if last and date.earliest <= last < date.latest else date


def _within_reach(dates: Sequence[DateMention], trigger: Token) -> Sequence[DateMention]:
    first = bisect_left(dates, trigger.idx - REACH, key=lambda mention: mention.start)
    return dates[first : bisect_left(dates, trigger.idx + REACH, lo=first, key=lambda mention: mention.start)]


def _dated(tie: str, mention: DateMention) -> EventDate | None:
    if mention.earliest is None or mention.latest is None:
        return None
    return EventDate(mention.text, mention.earliest, mention.latest, f"{tie}: {mention.basis}")


def _carry(date: EventDate) -> EventDate:
    return EventDate(date.text, date.earliest, date.latest, "told with its date elsewhere in the text")


def _may_date(doc: Doc, time: Time, mention: DateMention) -> bool:
    """Whether an expression has an interval, is no comparison and no end, and agrees with the tense."""
    if mention.earliest is None or mention.latest is None:
        return False
    text = text_of(doc)
    if text[mention.end : mention.end + 6].lstrip().startswith("than "):
        return False
    if time == "past" and text[max(0, mention.start - 6) : mention.start].lower() in ("until ", " till "):
        # "postponed until July" dates what was postponed
        return False
    about = context(doc)
    if about.published_earliest is None or about.published_latest is None:
        return True
    if time in ("past", "anterior"):
        # "over the next four years", and a day to come
        return mention.earliest < about.published_latest or mention.latest <= about.published_latest
    return time != "future" or mention.latest >= about.published_earliest


def _nearest(doc: Doc, trigger: Token, dates: Sequence[DateMention]) -> EventDate | None:
    """The nearest date of the sentence, for what no day of publication can date."""
    time = read_time(trigger)
    if time in ("past", "present"):
        return None
    fit = [mention for mention in _within_reach(dates, trigger) if _may_date(doc, time, mention)]
    nearest = min(fit, key=lambda mention: abs(mention.start - trigger.idx), default=None)
    return _dated("the nearest of its sentence", nearest) if nearest else None


def _is_close(date: EventDate, days: int = WEEK) -> bool:
    """Whether a date is of a week or less: a month or a year tells too little of what else happened."""
    return (day.fromisoformat(date.latest) - day.fromisoformat(date.earliest)).days <= days


def _name(trigger: Token) -> str:
    return f"{trigger.lemma_.lower()} {trigger.pos_}"


def _is_known(trigger: Token) -> bool:
    """Whether a noun speaks of a happening that the text has told: "the deal", "its maiden flight"."""
    return trigger.pos_ == "NOUN" and any(
        child.dep_ == "poss" or child.lower_ in ("the", "this", "that") for child in trigger.children
    )


def _date_by_publication(doc: Doc, trigger: Token, dates: Sequence[DateMention]) -> EventDate | None:
    """The publication interval, for what a text tells in the past or the present, or for an hour to come."""
    about = context(doc)
    if about.published_earliest is None or about.published_latest is None:
        return None
    time = read_time(trigger)
    timed = time == "future" and any(m.type == "TIME" and m.earliest is None for m in dates)
    if time not in ("past", "present") and not timed:
        return None
    return EventDate(None, about.published_earliest, about.published_latest, "publication")


def _steps(date: Token, trigger: Token) -> int | None:
    """How far a date stands from a trigger in the parse, counted in clauses; None where it dates another."""
    governor = _happening(date)
    if _dates_noun(date, trigger):
        return None
    if governor == trigger:
        return 0
    if governor is None:
        return 3
    carried = _happening(trigger)
    # "held talks on Friday": noun and light verb share the date; so do "met and agreed on Friday"
    noun = trigger.pos_ not in ("VERB", "AUX")
    if (carried == governor and (noun or trigger.dep_ in _TOGETHER)) or (
        _happening(governor) == trigger and governor.dep_ != "relcl"
    ):
        return 1
    verb = trigger if trigger.pos_ in ("VERB", "AUX") else carried
    if verb is not None and is_under(governor, verb) and _shares_time(governor):
        return 2
    # "The last weeks have seen a toughening", "what was seen last week is a toughening"
    if carrier_of(trigger) in (governor, governor.head if governor.dep_ == "csubj" else governor):
        return 2
    if trigger.dep_ in ("xcomp", "conj", "pcomp") and is_under(trigger, governor):
        return 2
    return None


def _shares_time(verb: Token) -> bool:
    """Whether a lower clause tells the time of the one above: a complement, or "when ..." and "while ..."."""
    if verb.dep_ == "advcl":
        return any(child.lower_ in ("when", "while", "as") for child in verb.children)
    return verb.dep_ in ("xcomp", "acl", "pcomp")


def _dates_noun(date: Token, trigger: Token) -> bool:
    """Whether a date belongs to some other noun: "the 1986 law", "November's elections"."""
    while date.dep_ in ("compound", "nummod", "amod", "nmod", "poss") and date.head.i != date.i:
        date = date.head
        if date == trigger or date.lemma_.lower() in EVENT_NOUNS - _DATED_TEXTS:
            return False
        if date.pos_ in ("NOUN", "PROPN") and date.lemma_.lower() not in _HOURS:
            return True
    return False


def _happening(token: Token) -> Token | None:
    """The verb above a token, a participle before a noun too, auxiliaries aside; None where none is near."""
    for parent in islice(token.ancestors, DEEP):
        if parent.pos_ in ("VERB", "AUX") and parent.dep_ not in ("aux", "auxpass"):
            return parent
    return None
