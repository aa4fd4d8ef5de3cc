"""Who is quoted, by outlet: articles, quotations, passages and words of each speaker or party.

Counted are quotations in the text of kind direct or mixed. Marks in a headline are left out, because the text
gives the words again; so are scare quotes, titles and speech that nobody spoke; indirect speech stands in the
table ``reported`` and is never counted as quotation. Agency copy and versions of one story count with the
outlet that published them, as everywhere in this room.
"""

from __future__ import annotations

import pandas as pd

from analysis.compare.said import UNRESOLVED, select_attributed, select_quotations
from analysis.compare.shares import NO_OUTLET, count_rows_by_outlet
from analysis.errors import UnknownNameError
from analysis.tables import Tables

# What a voice is grouped by, and the name of the group whose voice is not known.
VOICES = {"speaker": "unknown", "party": "not stated"}


def count_voices(tables: Tables, by: str = "speaker") -> pd.DataFrame:
    """Count who is quoted by which outlet, and how much.

    A quotation counts once, however many passages it runs over; it belongs to the first voice that one of its
    passages names. Who is not known is a group of its own ("unknown", "not stated"), as is an outlet that is
    not known: nobody is spread over the others.

    Args:
        tables: The extracted tables.
        by: ``speaker`` or ``party``.

    Returns:
        One row an outlet and voice: outlet, the voice, articles (that quote it) of (all of the outlet's),
        share_of_articles (0 to 1) with low and high (Wilson's 95 % interval, null below four articles),
        quotations, passages, words, share_of_quoted_words (0 to 1, of all words that the outlet quotes; no
        interval, because words of one quotation do not vary alone). Largest outlets first, then the most
        quoted voices, the unknown last.

    Raises:
        UnknownNameError: ``by`` is neither.
    """
    if by not in VOICES:
        raise UnknownNameError.among("grouping of voices", by, VOICES)
    counted = [_count_outlet(*each, by) for each in _by_outlet(tables, by)]
    columns = ["outlet", by, "articles", "of", "share_of_articles", "low", "high", "quotations", "passages",
               "words", "share_of_quoted_words"]  # fmt: skip
    if not counted:
        return pd.DataFrame(columns=columns)
    return pd.concat(counted, ignore_index=True)[columns]


def describe_actors(tables: Tables) -> pd.DataFrame:
    """List everyone to whom the corpus attributes words, most quoted first.

    Returns:
        One row a speaker. Resolved: actor_id, actor (the name), kind, role and party (as the table ``actors``
        has them). Not resolved: actor_id null, actor the words that name the speaker, kind "not resolved";
        the same words in two articles may mean different people. Then quotations, passages, words (in
        quotation), reported (statements in indirect speech, which no count before has), articles (with
        either).
    """
    said = select_attributed(tables)
    quoted = said[said["said"] == "quotation"]
    once = quoted.drop_duplicates(["voice", "article_id", "quote_id"])
    words = quoted["text"].str.split().str.len()
    voices = said.groupby("voice", sort=False)
    made = pd.DataFrame({"speaker": voices["speaker"].first(), "articles": voices["article_id"].nunique()})
    counts = {
        "quotations": once.groupby("voice").size(),
        "passages": quoted.groupby("voice").size(),
        "words": words.groupby(quoted["voice"]).sum(),
        "reported": said[said["said"] != "quotation"].groupby("voice").size(),
    }
    made = made.assign(
        **{name: each.reindex(made.index).fillna(0).astype(int) for name, each in counts.items()}
    )
    known = tables.actors.drop_duplicates("actor_id").set_index("actor_id")
    made = made.join(known[["name", "kind", "role", "party"]])
    resolved = ~made.index.str.startswith(UNRESOLVED)
    made["actor"] = made["name"].fillna(made["speaker"]).fillna(made.index.to_series())
    made["kind"] = made["kind"].where(resolved, "not resolved")
    made["actor_id"] = made.index.to_series().where(resolved)
    order = ["quotations", "reported", "articles", "actor", "kind"]
    made = made.sort_values(order, ascending=[False, False, False, True, True], kind="stable")
    columns = ["actor_id", "actor", "kind", "role", "party", "quotations", "passages", "words", "reported"]
    return made[[*columns, "articles"]].reset_index(drop=True)


def _by_outlet(tables: Tables, by: str) -> list[tuple[pd.DataFrame, pd.DataFrame]]:
    """The articles of each outlet with the passages it quotes, largest outlets first."""
    articles = tables.articles.assign(outlet=tables.articles["outlet"].fillna(NO_OUTLET))
    quotes = select_quotations(tables)
    voice = quotes.groupby(["article_id", "quote_id"], sort=False, dropna=False)[by].transform("first")
    quotes = quotes.assign(
        **{by: voice.fillna(VOICES[by])},
        outlet=quotes["article_id"].map(articles.set_index("article_id")["outlet"]),
        words=quotes["text"].str.split().str.len(),
    )
    passages = dict(list(quotes.groupby("outlet")))
    outlets = sorted(articles.groupby("outlet"), key=lambda item: (-len(item[1]), item[0]))
    return [(own, passages[name]) for name, own in outlets if name in passages]


def _count_outlet(articles: pd.DataFrame, quotes: pd.DataFrame, by: str) -> pd.DataFrame:
    shares = count_rows_by_outlet(quotes, by, articles).rename(columns={"share": "share_of_articles"})
    once = quotes.drop_duplicates(["article_id", "quote_id"])
    counts = pd.DataFrame(
        {
            "quotations": once.groupby(by).size(),
            "passages": quotes.groupby(by).size(),
            "words": quotes.groupby(by)["words"].sum().astype(int),
        }
    ).rename_axis(by)
    total = int(counts["words"].sum())
    made = shares.merge(counts.reset_index(), on=by)
    made["share_of_quoted_words"] = (made["words"] / total).round(3) if total else None
    made = made.assign(_known=made[by] != VOICES[by])
    order = ["_known", "quotations", "words", by]
    return made.sort_values(order, ascending=[False, False, False, True]).drop(columns="_known")
