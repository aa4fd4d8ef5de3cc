"""Which articles tell the same story: one event, told by several outlets or several times by one.

Articles are paired by when they appeared and by what they are about (:mod:`.story_features`): the cosine of
their weighted features (Salton and Buckley 1988), of the whole article and of its opening, which fades with
the days between them, as in the clustering of news streams (Miranda et al. 2018). Groups grow from the
surest pair on and only while their members are alike on average, so that no chain of half-alike articles
runs from one story to the next. In doubt two articles stay two stories.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pandas as pd

from analysis.compare.sources.choose import select_compared
from analysis.compare.sources.story_features import read_features
from analysis.compare.sources.story_pairs import Pairs, find_most_alike, read_passages
from analysis.compare.sources.story_reasons import Reasons
from analysis.progress import Progress, track
from analysis.tables import Tables, known_rows

STORY_COLUMNS = (
    "story", "article_id", "outlet", "published_earliest", "published_latest", "headline", "basis", "closest",
)  # fmt: skip
# How alike two articles are that begin a story: the cosines of the whole and of the opening, added.
LINKED = 0.37
# How alike the members of a story are, pair by pair: on average, and any two of them.
TOGETHER, APART = 0.33, 0.22
# How many members of a story one that may join is held against.
_MOST_MEMBERS = 24


def find_stories(tables: Tables, *, off_topic: bool = True, progress: Progress | None = None) -> pd.DataFrame:
    """Find articles that tell the same story, with what says so.

    Two articles of one outlet may tell one story. An article whose day of publication is not known to a week
    joins a story only by passages or dated events that it shares.

    Args:
        tables: The extracted tables.
        off_topic: Whether articles count that no topic pack takes for its own.
        progress: Called with how many pairs of articles have been compared.

    Returns:
        One row an article that shares its story with another, earliest story first: story (an id),
        article_id, outlet, published_earliest, published_latest, headline, ``basis`` (a list of words that
        say what it has in common with ``closest``, the most alike article of its story). No rows where no
        two articles tell one story.
    """
    tables = select_compared(tables, off_topic=off_topic)
    pairs, reasons = _read(tables)
    return _describe(tables.articles, pairs, reasons, _group(pairs, reasons, progress))


def find_closest_articles(tables: Tables, *, off_topic: bool = True) -> pd.DataFrame:
    """Find the two articles that are most alike, whether or not they tell one story.

    They are alike by the cosines that stories are found by, whatever the days on which they appeared.

    Args:
        tables: The extracted tables.
        off_topic: Whether articles count that no topic pack takes for its own.

    Returns:
        Two rows as of :func:`find_stories`, in which ``story`` is null and ``basis`` says what the two have
        in common. No rows where no two articles have anything in common.
    """
    tables = select_compared(tables, off_topic=off_topic)
    pairs, reasons = _read(tables)
    closest = find_most_alike(pairs.features)
    found = _describe(tables.articles, pairs, reasons, [closest] if closest else [])
    return found.assign(story=pd.Series(pd.NA, found.index, "string"))


def _read(tables: Tables) -> tuple[Pairs, Reasons]:
    features = read_features(tables)
    pairs = Pairs(features, read_passages(tables.reuse, features.number))
    return pairs, Reasons(tables, pairs)


def _group(pairs: Pairs, reasons: Reasons, progress: Progress | None) -> list[list[int]]:
    """Groups of articles on one story, grown from the surest pair on."""
    near = track(list(pairs.candidates()), "Comparing articles", progress)
    scored = [(pairs.score(a, b), a, b) for a, b in near]
    sure = sorted((-score, a, b) for score, a, b in scored if score >= LINKED)
    known = {(a, b): score for score, a, b in scored}
    of: dict[int, list[int]] = {}
    for _, a, b in sure:
        first, second = of.get(a, [a]), of.get(b, [b])
        if first is second or not reasons.are_enough(a, b):
            continue
        if _belong_together(pairs, known, first, second):
            joined = first + second
            of.update(dict.fromkeys(joined, joined))
    return [sorted(group) for group in {id(group): group for group in of.values()}.values()]


def _belong_together(
    pairs: Pairs, known: dict[tuple[int, int], float], first: Sequence[int], second: Sequence[int]
) -> bool:
    """Whether all members of two groups are alike, as in complete linkage, and enough so on average."""
    total, met = 0.0, 0
    for a in first[:_MOST_MEMBERS]:
        for b in second[:_MOST_MEMBERS]:
            pair = min(a, b), max(a, b)
            if pair not in known:
                known[pair] = pairs.score(*pair)
            if known[pair] < APART:
                return False
            total += known[pair]
            met += 1
    return total >= TOGETHER * met


def _describe(
    articles: pd.DataFrame, pairs: Pairs, reasons: Reasons, groups: Sequence[Sequence[int]]
) -> pd.DataFrame:
    ids = pairs.features.ids
    about = {row["article_id"]: row for row in known_rows(articles)}
    rows = []
    for group in groups:
        members = sorted(
            (about[ids[place]]["published_earliest"] or "~", ids[place], place) for place in group
        )
        story = "story-" + hashlib.sha256(members[0][1].encode()).hexdigest()[:10]
        for _, article, place in members:
            others = [(pairs.score(place, other), -other) for other in group if other != place]
            closest = -max(others)[1]
            basis = reasons.say(place, closest)
            row = {**about[article], "story": story, "basis": basis, "closest": ids[closest]}
            rows.append(((members[0][:2]), {name: row[name] for name in STORY_COLUMNS}))
    rows.sort(key=lambda row: row[0])
    frame = pd.DataFrame([row for _, row in rows], columns=list(STORY_COLUMNS))
    words = [name for name in STORY_COLUMNS if name != "basis"]
    return frame.astype({**dict.fromkeys(words, "string"), "basis": "object"})
