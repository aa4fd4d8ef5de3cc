"""The same story, told differently: two articles side by side, and the wording they share.

The view runs in the browser on the explorer's machinery, so that it is the same in JupyterLab and in an
exported page. Only sentences that something rests on are sent to it, of no article more than half, and a few
words of each shared passage; what is left out is counted.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

import pandas as pd
import traitlets

from analysis.compare import NO_OUTLET
from analysis.compare.places import frame_rows
from analysis.compare.sources.side_by_side import Story, compare_story
from analysis.compare.sources.stories import find_closest_articles, find_stories
from analysis.compare.sources.story_rows import ROW_COLUMNS
from analysis.compare.sources.story_rows import UNKNOWN as UNKNOWN_SPEAKER
from analysis.compare.sources.wording import shared_wordings
from analysis.views.chart import count_noun
from analysis.views.encoding import UNKNOWN, encode_evidence
from analysis.views.evidence import make_evidence
from analysis.views.excerpts import MOST_OF_ARTICLE, cut_excerpt
from analysis.views.explorer import EvidenceStore, View
from analysis.views.passages import encode_passages
from analysis.views.theme import describe_dates

MOST_TOLD = 6  # articles of one story that can be chosen
MOST_OF_LABEL = 6  # sentences of one label in one article
MOST_DETAILS = 3  # things said of it beside its count
MOST_CHARACTERS = 500  # of one sentence
MOST_NAME = 90  # characters of a headline in the name of a story

REPORTED = "reported speech"
TITLE, TITLE_OF_OTHERS = "The same story, told differently", "Articles side by side"
# What is said of articles that are not found to tell one story, by what stands for its id.
_OTHERS = {
    "chosen": "These articles were chosen by their ids, whether or not they tell one story.",
    "closest": "No two articles here are found to tell one story. Set side by side all the same: the two "
    "that have most in common.",
}
_DIMENSIONS = ("aspect", "label", "detail")
_LABEL = ["aspect", "label", "article_id"]
_TURN = ["aspect", "article_id"]


class StoryView(View):
    """A story, two of its articles side by side; made by :func:`show_story`.

    ``story`` is the id of the story, ``left`` and ``right`` are the ids of its articles, and ``differing``
    says whether only that is shown which differs; Python can observe and set them.
    """

    story = traitlets.Unicode().tag(sync=True)
    left = traitlets.Unicode().tag(sync=True)
    right = traitlets.Unicode().tag(sync=True)
    differing = traitlets.Bool(False).tag(sync=True)

    def __repr__(self) -> str:
        shown = next((each for each in self.store.data["stories"] if each["id"] == self.story), None)
        if shown is None:
            return self.store.data["empty"]
        return " ".join(filter(None, (shown["lead"], f"{shown['name']}. {shown['says']}")))


def show_story(
    tables: Any,
    stories: pd.DataFrame | None = None,
    *,
    articles: Sequence[str] = (),
    most: int = 20,
    most_words: int = 40,
) -> StoryView:
    """Read how two articles tell one story: headlines, voices, frames, figures, events, shared wording.

    Stories that two outlets tell come first, then those of most articles. Where no story is found, the two
    articles stand there that have most in common, and the view says so. A label says in which article it is
    found; "not found" is what the extraction found, not what the article lacks.

    Args:
        tables: The extracted tables.
        stories: Rows of :func:`analysis.compare.sources.stories.find_stories`; found here where None.
        articles: Ids of two articles or more to compare instead, whether or not they share a story.
        most: How many stories can be chosen.
        most_words: How many words of a shared passage the page holds.

    Returns:
        A view for the last line of a cell; it stands alone or in a ``VBox`` or ``Tab``.

    Raises:
        UnknownNameError: There is no such article.
        WorkbookError: Only one article is named.
    """
    groups = _group_chosen(tables, articles) if articles else _group_stories(tables, stories)
    shown = groups[:most]
    told = [compare_story(tables, rows["article_id"].head(MOST_TOLD).tolist()) for rows in shown]
    described = [_describe_story(rows, story) for rows, story in zip(shown, told, strict=True)]
    data = {
        "unit": "match", "units": "matches", "total_articles": len(tables.articles), "unknown": UNKNOWN,
        "unknown_speaker": UNKNOWN_SPEAKER, "empty": _say_none(tables), "most_words": most_words,
        **_collect(tables, told), "stories": described,
        "tellers": describe_articles(tables, [each for story in described for each in story["articles"]]),
        "passages": _find_passages(tables, described, most_words),
    }  # fmt: skip
    left = (
        f" The first {len(shown)} of {len(groups)} stories can be chosen." if len(shown) < len(groups) else ""
    )
    first = described[0] if described else {"id": "", "pair": ["", ""], "lead": ""}
    return StoryView(
        kind="story",
        store=EvidenceStore(data=data),
        title=TITLE_OF_OTHERS if first["lead"] else TITLE,
        note=f"“Not found” is what the extraction found: it may have missed what an article says.{left}",
        story=first["id"],
        left=first["pair"][0],
        right=first["pair"][1],
    )


def _find_passages(
    tables: Any, stories: Sequence[Mapping[str, Any]], most_words: int
) -> list[dict[str, Any]]:
    pairs = list(dict.fromkeys(pair for story in stories for pair in combinations(story["articles"], 2)))
    told = tables.articles[tables.articles["article_id"].isin({each for pair in pairs for each in pair})]
    texts = dict(zip(told["article_id"], told["text"].fillna(""), strict=True))
    return [
        passage
        for pair, wording in shared_wordings(tables, pairs).items()
        for passage in encode_passages(wording, pair, texts, most_words)
    ]


def _group_chosen(tables: Any, articles: Sequence[str]) -> list[pd.DataFrame]:
    """Articles that the reader chose, in their order, as one story."""
    compare_story(tables, articles)  # says what is wrong with the ids
    known = tables.articles.drop_duplicates("article_id").set_index("article_id", drop=False)
    rows = known.loc[list(dict.fromkeys(articles))].reset_index(drop=True)
    return [rows.assign(story="chosen", basis=[[]] * len(rows), closest="")]


def _group_stories(tables: Any, stories: pd.DataFrame | None) -> list[pd.DataFrame]:
    """The articles of each story by date; stories of two known outlets first, then those of most articles.

    Where there is none, the two articles that are most alike.
    """
    stories = find_stories(tables) if stories is None else stories
    if stories.empty:
        stories = find_closest_articles(tables).assign(story="closest")
    # An outlet that is not known is not one more outlet.
    groups = [
        rows.sort_values(["published_earliest", "article_id"], na_position="last", kind="stable")
        for _, rows in stories.groupby("story", sort=False)
    ]
    return sorted(groups, key=lambda rows: (rows["outlet"].nunique() < 2, -len(rows)))


def _collect(tables: Any, told: Sequence[Story]) -> dict[str, Any]:
    """What the stories tell, and as much of its evidence as may travel, as columns.

    ``told`` has a list for each label in an article: aspect, label, article id, how many passages, and what
    is said of them. ``cut`` says how many characters of a sentence are left out.
    """
    rows = pd.concat([frame_rows([], ROW_COLUMNS), *(each.rows for each in told)])
    rows = rows.drop_duplicates(list(ROW_COLUMNS)).reset_index(drop=True)
    # Speech without quotation marks is never counted as quotation.
    apart = (rows["aspect"] == "quoted") & rows["detail"].str.startswith(REPORTED).fillna(False)
    rows["aspect"] = rows["aspect"].mask(apart, "reported")
    evidence = make_evidence(tables, rows, _DIMENSIONS)
    cut = pd.DataFrame(
        [_cut_sentence(row) for row in evidence.to_dict("records")], columns=[*evidence.columns, "cut"]
    )
    sent = cut.iloc[_choose_rows(tables, cut)].reset_index(drop=True)
    counts = [
        [*key, len(found), list(dict.fromkeys(found["detail"].dropna()))[:MOST_DETAILS]]
        for key, found in rows.groupby(_LABEL, sort=False)
    ]
    data = encode_evidence(sent, {name: name for name in _DIMENSIONS})
    return {**data, "cut": sent["cut"].tolist(), "told": counts}


def _cut_sentence(row: dict[str, Any]) -> dict[str, Any]:
    """Keep a long sentence to its bound around the match; its neighbours are no evidence and stay out."""
    match = (int(row["match_start"]), int(row["match_end"]))
    shown, [(start, end)], cut = cut_excerpt(row["sentence"], [match], MOST_CHARACTERS)
    return {
        **row, "sentence": shown, "before": None, "after": None, "match_start": start, "match_end": end,
        "cut": cut,
    }  # fmt: skip


def _choose_rows(tables: Any, evidence: pd.DataFrame) -> list[int]:
    """Which rows travel: a few a label, and of no article's text more than its part.

    Aspects take turns, and each label has a sentence before any has two.
    """
    lengths = dict(zip(tables.articles["article_id"], tables.articles["text"].str.len(), strict=True))
    number = evidence.groupby(_LABEL, sort=False).cumcount().tolist()
    places = list(zip(evidence["article_id"], evidence["field"], evidence["sentence"], strict=True))
    labels = evidence.drop_duplicates(_LABEL)
    turns = dict(zip(map(tuple, labels[_LABEL].to_numpy()), labels.groupby(_TURN).cumcount(), strict=True))
    turn = [turns[key] for key in map(tuple, evidence[_LABEL].to_numpy())]
    sent: dict[str, set[str]] = {}
    kept: list[int] = []
    for at in sorted(range(len(places)), key=lambda at: (number[at], turn[at])):
        if number[at] >= MOST_OF_LABEL:
            break
        article, field, sentence = places[at]
        gone = sent.setdefault(article, set())
        more = sum(map(len, gone | {sentence}))
        if field == "headline":
            kept.append(at)
        elif sentence in gone or not gone or more <= lengths[article] * MOST_OF_ARTICLE:
            kept.append(at)
            gone.add(sentence)
    return sorted(kept)


def _describe_story(rows: pd.DataFrame, story: Story) -> dict[str, Any]:
    """What a story is called, why it is one, and which of its articles can be chosen."""
    outlets = list(dict.fromkeys(rows["outlet"].dropna())) + [NO_OUTLET] * int(rows["outlet"].isna().any())
    headline = next(iter(rows["headline"].dropna()), "no headline")
    days = [day for name in ("published_earliest", "published_latest") for day in rows[name].dropna()]
    when = describe_dates(min(days, default=None), max(days, default=None))
    shown = rows.head(MOST_TOLD)
    ids = shown["article_id"].tolist()
    other = shown["outlet"].fillna("") != (shown["outlet"].fillna("").iloc[0])
    second = next(iter(shown["article_id"][other]), ids[1])
    left = f"The first {len(ids)} of {len(rows)} articles can be chosen." if len(ids) < len(rows) else ""
    return {
        "id": rows["story"].iloc[0],
        "name": f"{when}: {', '.join(outlets)}: {textwrap.shorten(headline, MOST_NAME, placeholder=' …')}",
        "basis": {row["article_id"]: _describe_basis(row) for row in shown.to_dict("records")},
        "articles": ids,
        "pair": [ids[0], second],
        "lead": _OTHERS.get(rows["story"].iloc[0], ""),
        "left_out": left,
        "says": story.says,
    }


def _describe_basis(row: Mapping[str, Any]) -> dict[str, Any]:
    """Why an article is in its story: what it has in common with the one closest to it."""
    return {"reasons": list(row["basis"]), "closest": row["closest"]}


def describe_articles(tables: Any, ids: Iterable[str]) -> list[dict[str, Any]]:
    """The head of each article that can be chosen: its id, outlet, headline, when and by whom, its words."""
    rows = tables.articles.drop_duplicates("article_id").set_index("article_id", drop=False)
    return [_describe_article(row) for row in rows.loc[list(dict.fromkeys(ids))].to_dict("records")]


def _describe_article(row: Mapping[str, Any]) -> dict[str, Any]:
    known = {name: value if isinstance(value, str) else None for name, value in row.items()}
    dated = known["published_earliest"] is not None
    when = describe_dates(known["published_earliest"], known["published_latest"])
    return {
        "id": row["article_id"],
        "outlet": known["outlet"] or NO_OUTLET,
        "headline": known["headline"] or "",
        "published": when if dated else "publication date not stated",
        "byline": known["byline"] or "",
        "wire": known["wire"] or "",
        "words": None if pd.isna(row["words"]) else int(row["words"]),
    }


def _say_none(tables: Any) -> str:
    count = len(tables.articles)
    if count < 2:
        return f"Two articles are needed to compare how they tell a story; {count or 'none'} is here."
    return (
        f"No two of {count_noun(count, 'article')} have anything in common. Any two can be compared by their "
        "ids: show_story(tables, articles=[first, second])."
    )
