"""Tellings to events: which rows of the table ``events`` tell of one and the same happening.

Two tellings are of one event where the instrument and the kind of action are the same, the words of their
clauses agree, and so do their dates. The less the dates say, the more the words must say: a day or a week in
common asks for a little, a year in common, no date at all or days that differ ask for much. A telling is
held against the first telling of an event, never against the last one that joined, so that no chain of
half-alike sentences runs through a month. In doubt two tellings stay two events.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as day
from math import log
from typing import Any

# An interval of so many days says when; tellings of one event may differ by as many.
WEEK = 7
# How far apart articles may appear, in days, and still tell the same undated event.
FORTNIGHT = 14
# Events are looked up by stretches of so many days; who speaks of more stretches than this says no date.
_STRETCH = 30
_MOST_STRETCHES = 14
# Words by which an event is looked up, and how many events a telling is held against at most.
_LOOKED_UP = 8
_MOST_CANDIDATES = 48

# What the words of two clauses must share, by how their dates agree: weight (a word that no other article
# uses weighs 1) and share of the shorter clause's weight.
_ASKED = {"close": (1.4, 0.4), "wide": (2.0, 0.4), "apart": (2.4, 0.5), "undated": (2.0, 0.55)}
# What is done once and for all is done once a day: a deal signed, a bill passed.
_ASKED_OF_DEEDS = _ASKED | {"close": (1.0, 0.15), "wide": (1.5, 0.4)}
_DEEDS = frozenset("agree pass scrap ruling resign".split())
# Without an instrument, or where names or denial differ, the clause must be the same but for a few words.
_ALIKE = (3.5, 0.75)
_SHARED_ACTOR = 0.5

_KINDS = (
    "agree agreement sign strike seal deal ratify conclude treaty pact accord",
    "announce announcement unveil reveal outline publish declare",
    "talk talks discuss discussion negotiate negotiation",
    "meet meeting summit host chair conference gather",
    "scrap cancel axe abandon ditch abolish repeal shelve end withdraw revoke quash scupper",
    "launch begin start open opening",
    "pass approve enact assent",
    "arrest detain seize",
    "arrive arrival cross crossing reach land",
    "propose proposal call demand urge recommend want seek push press",
    "plan pledge promise vow commit",
    "deport deportation remove removal return expel",
    "reject refuse block deny",
    "kill murder die death stab shoot shooting",
    "ruling rule judge",
    "resign resignation quit",
    "suspend halt pause",
    "sue lawsuit challenge",
)
_IRREGULAR = {
    "met": "meet", "struck": "strike", "held": "hold", "sought": "seek", "began": "begin", "begun": "begin",
    "sent": "send", "brought": "bring", "led": "lead", "said": "say", "told": "tell", "took": "take",
    "taken": "take", "broke": "break", "broken": "break", "gave": "give", "given": "give", "won": "win",
    "lost": "lose", "built": "build", "bought": "buy", "paid": "pay", "sold": "sell", "spoke": "speak",
    "spoken": "speak", "drawn": "draw", "drew": "draw", "withdrew": "withdraw", "withdrawn": "withdraw",
    "shot": "shoot", "died": "die", "dying": "die", "rose": "rise", "risen": "rise", "fell": "fall",
    "fallen": "fall", "made": "make", "went": "go", "gone": "go", "came": "come", "left": "leave",
    "drove": "drive", "driven": "drive", "caught": "catch", "fought": "fight", "spent": "spend",
    "children": "child", "women": "woman", "men": "man", "people": "person", "talks": "talk",
}  # fmt: skip
_EMPTY = frozenset(
    "a an the this that these those it its he his him she her hers they their them we our us you your i "
    "my me who whom whose which what when where why how there here and or but nor so if then than as of "
    "at by for with from to in into on onto upon off over under about after before during between among "
    "against through out up down around near without within while because since until till although "
    "though not no never only just also still even ever very more most much many some any all both each "
    "every other another such own same too is are was were be been being am do does did done have has "
    "had having will would can could may might must shall should say said tell told get got make made "
    "go gone come came take took one two first last next new late early ago s t re ve ll d m mr mrs ms "
    "sir today yesterday tomorrow tonight now monday tuesday wednesday thursday friday saturday sunday "
    "january february march april june july august september october november december jan feb mar apr "
    "jun jul aug sep sept oct nov dec morning afternoon evening night day week weekend month year time "
    "recent recently earlier later already expect set due likely seem appear begin".split(" ")
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ENDINGS = ("ations", "ation", "ments", "ment", "ions", "ings", "ion", "ing", "ied", "ies", "ed", "es", "s")


@dataclass(frozen=True)
class _Telling:
    """A row of ``events`` as it is compared; days are ordinals, None where unknown."""

    row: int
    article: str
    key: str
    instrument: str | None
    kind: str
    denied: bool
    words: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    actors: frozenset[str]
    dated: tuple[int, int] | None
    published: tuple[int, int] | None

    @property
    def when(self) -> tuple[int, int] | None:
        """When it happened; for an undated telling, when the article appeared."""
        return self.dated or self.published


def group_tellings(
    events: Sequence[Mapping[str, Any]], articles: Iterable[Mapping[str, Any]] = ()
) -> list[str]:
    """Give each telling the id of its event.

    The result does not depend on the order of the rows. The id is made from the place of the event's first
    telling: the one with the narrowest date, the text before the headline, the earliest article.

    Args:
        events: Rows of the table ``events``.
        articles: Rows of the table ``articles``: an undated telling is held only against what was told
            within a fortnight of its own publication, or in the same article.

    Returns:
        One event id a row, in the order of the rows.
    """
    published = {row["article_id"]: _interval(row, "published") for row in articles}
    tellings = [_read(number, row, published.get(row["article_id"])) for number, row in enumerate(events)]
    weights = _weigh(tellings)
    known = _Known(weights)
    ids = [""] * len(tellings)
    for telling in sorted(tellings, key=_precedence):
        head = known.find(telling)
        if head is None:
            known.add(telling)
        first = head or telling
        ids[telling.row] = "event-" + hashlib.sha256(first.key.encode()).hexdigest()[:10]
    return ids


def _precedence(telling: _Telling) -> tuple[Any, ...]:
    width = telling.dated[1] - telling.dated[0] if telling.dated else 10**6
    return width, ":headline:" in telling.key, telling.when or (10**7, 0), telling.article, telling.key


def _read(number: int, row: Mapping[str, Any], published: tuple[int, int] | None) -> _Telling:
    what = row["what"] or row["trigger"] or ""
    if row["date_text"]:
        what = what.replace(row["date_text"], " ")
    words = _WORD.findall(what)
    inside = words[1:]
    # Where nearly every word has a capital, as in some headlines, a capital names nobody.
    titled = sum(word[0].isupper() for word in inside) > len(inside) / 2
    kind = _kind(row["trigger"] or "")
    named = {stem(word) for word in _WORD.findall(row["instrument"] or "")}
    kept = frozenset(stem(word) for word in words if _is_content(word)) - named
    return _Telling(
        row=number,
        article=row["article_id"],
        key=f"{row['article_id']}:{row['field']}:{row['start']}:{row['trigger_start']}",
        instrument=row["instrument"],
        kind=kind,
        denied=bool(row["negated"]),
        words=frozenset(word for word in kept if _kind_of_stem(word) != kind),
        names=frozenset(
            stem(word) for word in inside if word[0].isupper() and not titled and _is_content(word)
        ) - named,
        numbers=frozenset(number.replace(",", "") for number in _NUMBER.findall(what)),
        actors=frozenset(row["actors"] or ()),
        dated=_interval(row, "date"),
        published=published,
    )  # fmt: skip


def _interval(row: Mapping[str, Any], name: str) -> tuple[int, int] | None:
    earliest, latest = row[f"{name}_earliest"], row[f"{name}_latest"]
    if not (isinstance(earliest, str) and isinstance(latest, str)):
        return None
    return day.fromisoformat(earliest).toordinal(), day.fromisoformat(latest).toordinal()


def _is_content(word: str) -> bool:
    return len(word) > 1 and word.lower() not in _EMPTY


def stem(word: str) -> str:
    """Take the endings of number, tense and noun off an English word: "agreement", "agreed" -> "agre"."""
    word = re.sub(r"['’]s?$", "", word.lower())
    word = _IRREGULAR.get(word, word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)] + ("y" if ending in ("ied", "ies") else "")
            break
    word = word.rstrip("e") if len(word) > 3 else word
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls" else word


# Every second sentence on policy has some of these.
_GENERAL = frozenset(
    stem(word)
    for word in (
        "government minister ministers secretary home office prime president official spokesman party leader "
        "country nation state world people person man woman family child migrant immigrant immigration "
        "border plan policy measure law rule system action issue problem work help use need want new number "
        "million thousand hundred britain british uk united kingdom america american european europe union"
    ).split(" ")
)
_GENERAL_WEIGHT = 0.4
_KIND_OF = {stem(word): kind.split(" ")[0] for kind in _KINDS for word in kind.split(" ")}


def _kind(trigger: str) -> str:
    return _kind_of_stem(stem(trigger))


def _kind_of_stem(word: str) -> str:
    """The kind of action that a stem stands for: itself where it stands in none of the sets."""
    return _KIND_OF.get(word, word)


def _weigh(tellings: Sequence[_Telling]) -> dict[str, float]:
    """Weigh each word between 0 and 1: 1 where one article alone uses it, little where nearly all do."""
    used = Counter(word for _, word in {(t.article, word) for t in tellings for word in t.words})
    # Counted as if ten more articles were there: a word that all of three articles use may be what they tell.
    articles = len({telling.article for telling in tellings}) + 10
    weights = {word: log(articles / (count + 1)) / log(articles / 2) for word, count in used.items()}
    return {
        word: min(weight, _GENERAL_WEIGHT) if word in _GENERAL else weight for word, weight in weights.items()
    }


class _Known:
    """The first telling of each event so far, looked up by instrument, kind, time and rare words."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = weights
        self._heads: dict[tuple[Any, ...], list[_Telling]] = defaultdict(list)

    def add(self, telling: _Telling) -> None:
        """Let a telling stand for an event of its own."""
        for bucket in (telling.article, *_stretches(telling, 0)):
            for word in self._rarest(telling.words)[:_LOOKED_UP]:
                self._heads[telling.instrument, telling.kind, bucket, word].append(telling)

    def find(self, telling: _Telling) -> _Telling | None:
        """The first telling of the event that a telling is of; None where that is none so far."""
        candidates: dict[str, _Telling] = {}
        buckets = (telling.article, *_stretches(telling, FORTNIGHT))
        for word in self._rarest(telling.words):
            for bucket in buckets:
                for head in self._heads.get((telling.instrument, telling.kind, bucket, word), ()):
                    candidates.setdefault(head.key, head)
                    if len(candidates) >= _MOST_CANDIDATES:
                        return self._best(telling, candidates.values())
        return self._best(telling, candidates.values())

    def _best(self, telling: _Telling, heads: Iterable[_Telling]) -> _Telling | None:
        scored = [(self._share(head, telling), head) for head in heads if self._is_same(head, telling)]
        return min(scored, key=lambda pair: (-pair[0], pair[1].key))[1] if scored else None

    def _rarest(self, words: Iterable[str]) -> list[str]:
        return sorted(words, key=lambda word: (-self.weights[word], word))

    def _sum(self, words: Iterable[str]) -> float:
        return sum(sorted(self.weights[word] for word in words))

    def _share(self, a: _Telling, b: _Telling) -> float:
        """How much of the lighter clause the other has too, 0 to 1."""
        lighter = min(self._sum(a.words), self._sum(b.words))
        return self._sum(a.words & b.words) / lighter if lighter else 0.0

    def _is_same(self, a: _Telling, b: _Telling) -> bool:
        """Whether two tellings of one instrument and one kind of action are of one event."""
        agreement = _compare_dates(a, b)
        if agreement is None or (a.numbers and b.numbers and not a.numbers & b.numbers):
            return False
        weight, share = (_ASKED_OF_DEEDS if a.kind in _DEEDS else _ASKED)[agreement]
        strange = a.names - b.words and b.names - a.words
        if a.instrument is None or a.denied != b.denied or strange:
            weight, share = _ALIKE
        shared = self._sum(a.words & b.words) + _SHARED_ACTOR * bool(a.actors & b.actors)
        return shared >= weight and self._share(a, b) >= share


def _stretches(telling: _Telling, margin: int) -> list[int | str]:
    """The stretches of time in which a telling is looked for."""
    if telling.when is None:
        return ["unknown"]
    first, last = (telling.when[0] - margin) // _STRETCH, (telling.when[1] + margin) // _STRETCH
    return list(range(first, last + 1)) if last - first < _MOST_STRETCHES else ["long"]


def _compare_dates(a: _Telling, b: _Telling) -> str | None:
    """How the dates of two tellings agree: a key of the table of what is asked; None where they cannot."""
    if a.dated and b.dated:
        gap = max(a.dated[0], b.dated[0]) - min(a.dated[1], b.dated[1])
        if gap > 0:
            return "apart" if gap <= WEEK else None
        narrow = all(last - first < WEEK for first, last in (a.dated, b.dated))
        return "close" if narrow else "wide"
    if a.article == b.article:
        return "undated"
    if a.when is None or b.when is None:
        return "undated" if a.when == b.when else None
    gap = max(a.when[0], b.when[0]) - min(a.when[1], b.when[1])
    return "undated" if gap <= FORTNIGHT else None
