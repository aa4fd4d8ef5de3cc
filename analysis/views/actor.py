"""One actor at a time: everything attributed to them in order of date, with the roles and names they go by.

The view runs in the browser on the explorer's machinery, so that it is the same in JupyterLab and in an
exported page. What is sent to it is bounded, and the view says what was left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import traitlets

from analysis.compare import UNRESOLVED, describe_actors, select_quotations
from analysis.errors import UnknownNameError
from analysis.views.chart import count_noun
from analysis.views.encoding import UNKNOWN, count_units, encode_evidence
from analysis.views.evidence import attribution_evidence
from analysis.views.excerpts import cut_excerpt
from analysis.views.explorer import EvidenceStore, View

MOST_ACTORS = 300  # that can be picked
MOST_OF_ACTOR = 200  # quotations and statements of one of them
MOST_ITEMS = 2000  # of all of them
MOST_CHARACTERS = 2500  # of one item, and a fifth of it for the sentences around
MOST_ALIASES = 15  # and roles, and parties
# Passages of one quotation are read as one, unless more than a sentence or two stands between them.
_GAP = 300
_LABELS = {"said": "Said", "speaker_text": "Named as", "role": "Role", "cue": "Cue"}


class ActorView(View):
    """A picker of actors, and everything attributed to the one picked; made by :func:`show_actor`.

    ``actor`` is the id of the one picked; Python can observe and set it.
    """

    actor = traitlets.Unicode().tag(sync=True)

    def __repr__(self) -> str:
        picked = next((each for each in self.store.data["actors"] if each["id"] == self.actor), None)
        return f"{picked['name']}: {picked['statement']}" if picked else self.store.data["empty"]


def show_actor(tables: Any, actor: str | None = None) -> ActorView:
    """Pick an actor and read everything attributed to them, in order of date, undated articles last.

    Quotations are those of kind direct or mixed in an article's text. Reported speech is marked as such and
    never counted as quotation. Speakers that are no actor of the corpus stand apart, grouped by the words
    that name them.

    In a large corpus the view holds the most quoted actors, and of each the first items in order of date; it
    says how many are left out. Of the actor named in ``actor`` it holds more.

    Args:
        tables: The extracted tables.
        actor: Name or id of the actor to begin with; the most quoted where None.

    Returns:
        A view for the last line of a cell; it stands alone or in a ``VBox`` or ``Tab``.

    Raises:
        UnknownNameError: No actor of the corpus has that name or id.
    """
    voices = describe_actors(tables)
    voices["voice"] = voices["actor_id"].fillna(UNRESOLVED + voices["actor"])
    # Actors first, most quoted first; then the speakers that are none.
    voices = voices.sort_values("actor_id", key=lambda ids: ids.isna(), kind="stable")
    wanted = None if actor is None else _find_voice(tables, voices, actor)
    if wanted and wanted not in set(voices["voice"]):
        voices = pd.concat([voices, _silent(tables, wanted)], ignore_index=True)
    evidence = attribution_evidence(tables)
    own = dict(list(evidence.groupby("voice", sort=False)))
    items, actors = _collect(tables, voices, own, wanted)
    unheard = _count_unheard(tables)
    n = count_noun(len(tables.articles), "article")
    empty = f"Nothing in {n} is attributed to anybody: no speaker of quotation or reported speech is known."
    about = {
        "unit": "attribution", "units": "attributions", "total_articles": len(tables.articles),
        "unknown": UNKNOWN, "empty": f"{empty}{unheard}", "actors": actors,
    }  # fmt: skip
    frame = pd.DataFrame(items, columns=[*evidence.columns, "marks", "cut"])
    data = {**encode_evidence(frame, _LABELS), "marks": list(frame["marks"]), "cut": list(frame["cut"])}
    data["place"] = [[int(start), int(end)] for start, end in zip(frame["start"], frame["end"], strict=True)]
    left = (
        f" The first {len(actors)} of {len(voices)} speakers can be picked."
        if len(actors) < len(voices)
        else ""
    )
    return ActorView(
        kind="actor",
        store=EvidenceStore(data={**about, **data}),
        title="Read one actor",
        note=f"Most quoted first. Reported speech is not counted as quotation.{unheard}{left}",
        actor=wanted or (actors[0]["id"] if actors else ""),
    )


def _find_voice(tables: Any, voices: pd.DataFrame, wanted: str) -> str:
    """The id of an actor by name or id; an actor to whom nothing is attributed is found too."""
    if wanted in {*voices["voice"], *tables.actors["actor_id"]}:
        return wanted
    spoken = zip(voices["actor"], voices["voice"], strict=True)
    listed = zip(tables.actors["name"], tables.actors["actor_id"], strict=True)
    known: dict[str, str] = {}
    for name, key in (*spoken, *listed):
        # The most quoted of two with one name comes first.
        known.setdefault(name, key)
    if wanted not in known:
        raise UnknownNameError.among("actor", wanted, known)
    return known[wanted]


def _silent(tables: Any, actor_id: str) -> pd.DataFrame:
    actors = tables.actors[tables.actors["actor_id"] == actor_id]
    about = actors.rename(columns={"name": "actor"})[["actor_id", "actor", "kind", "role", "party"]]
    counts = dict.fromkeys(("quotations", "passages", "words", "reported", "articles"), 0)
    return about.assign(**counts, voice=actor_id)


def _count_unheard(tables: Any) -> str:
    """How many quotations stand under nobody, because their speaker is not known."""
    quotes = select_quotations(tables)
    unheard = quotes[quotes["actor_id"].isna() & quotes["speaker"].isna()]
    count = len(unheard.drop_duplicates(["article_id", "quote_id"]))
    have = "has" if count == 1 else "have"
    return f" {count_noun(count, 'quotation')} {have} no known speaker." if count else ""


def _collect(
    tables: Any, voices: pd.DataFrame, own: Mapping[str, pd.DataFrame], wanted: str | None
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The items of each actor, one after another, and who the actors are, as far as the bounds allow."""
    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    # The one asked for is sent whatever the bounds.
    rank = voices["voice"].ne(wanted) if wanted else pd.Series(False, index=voices.index)
    chosen = voices.loc[rank.sort_values(kind="stable").index].head(MOST_ACTORS)
    said = {key: _join_passages(own[key], texts) if key in own else [] for key in chosen["voice"]}
    most = _share_out([len(each) for each in said.values()])
    items: list[dict[str, Any]] = []
    places: dict[str, tuple[int, int, int]] = {}
    for key, each in said.items():
        kept = each[: MOST_OF_ACTOR if key == wanted else most]
        places[key] = (len(items), len(items) + len(kept), len(each))
        items += [_cut(item) for item in kept]
    aliases = _count_aliases(tables, places)
    actors = [
        {**_describe(voice, own.get(voice["voice"]), aliases.get(voice["voice"], {}), len(tables.articles)),
         **_say_shown(*places[voice["voice"]])}
        for voice in voices.to_dict("records") if voice["voice"] in places
    ]  # fmt: skip
    return items, actors


def _share_out(sizes: Sequence[int]) -> int:
    """How many items each actor may have, so that all of them together keep the bound."""
    most = MOST_OF_ACTOR
    while most > 1 and sum(min(size, most) for size in sizes) > MOST_ITEMS:
        most -= 1
    return most


def _join_passages(rows: pd.DataFrame, texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """One item a quotation or statement; a quotation that is interrupted at length becomes several."""
    items: list[dict[str, Any]] = []
    for row in rows.to_dict("records"):
        left = row["start"] - row["match_start"]
        row |= {"left": left, "right": left + len(row["sentence"]), "marks": [[row["start"], row["end"]]]}
        last = items[-1] if items else None
        same = last and not pd.isna(row["quote_id"]) and _is_same_quotation(last, row)
        if same and 0 <= row["start"] - last["end"] <= _GAP:
            last["marks"] += row["marks"]
            last |= {name: row[name] for name in ("end", "after")}
            last["right"] = max(last["right"], row["right"])
        else:
            items.append(row)
    for item in items:
        item["sentence"] = texts[item["article_id"]][item["left"] : item["right"]]
        item["marks"] = [[start - item["left"], end - item["left"]] for start, end in item["marks"]]
    return items


def _is_same_quotation(last: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    return (last["article_id"], last["quote_id"]) == (row["article_id"], row["quote_id"])


def _cut(item: dict[str, Any]) -> dict[str, Any]:
    """Keep a long item to its bound, from a little before its first mark; count offsets as browsers do."""
    shown, marks, cut = cut_excerpt(item["sentence"], item["marks"], MOST_CHARACTERS)
    around = MOST_CHARACTERS // 5
    before, after = item["before"], item["after"]
    return {
        **item,
        "sentence": shown,
        "marks": [[count_units(shown, offset) for offset in mark] for mark in marks],
        "match_start": marks[0][0],
        "match_end": marks[0][1],
        "before": before[-around:] if isinstance(before, str) else None,
        "after": after[:around] if isinstance(after, str) else None,
        "cut": cut,
    }


def _describe(
    voice: Mapping[str, Any], said: pd.DataFrame | None, aliases: Mapping[str, int], articles: int
) -> dict[str, Any]:
    """Who it is: name, kind, roles and parties with how many quotations have them, names seen, counts."""
    quoted = said[said["said"] == "quotation"] if said is not None else pd.DataFrame()
    once = quoted.drop_duplicates(["article_id", "quote_id"])
    seen = {name: Counter(once[name].dropna()) if name in once else Counter() for name in ("role", "party")}
    for name, values in seen.items():
        if isinstance(voice[name], str):
            values[voice[name]] += 0
    names = sorted(aliases.items(), key=lambda item: (-item[1], item[0]))
    statements = voice["reported"]
    said_words = (
        f"{count_noun(voice['quotations'], 'quotation')} and {count_noun(statements, 'reported statement')} "
        f"in {voice['articles']} of {count_noun(articles, 'article')}."
    )
    resolved = not voice["voice"].startswith(UNRESOLVED)
    return {
        "id": voice["voice"], "name": voice["actor"], "kind": voice["kind"] if resolved else "",
        "resolved": resolved, "quotations": int(voice["quotations"]), "reported": int(statements),
        "statement": said_words, **_list_facts(seen),
        "aliases": [list(each) for each in names[:MOST_ALIASES]],
        "more_aliases": max(0, len(names) - MOST_ALIASES),
    }  # fmt: skip


def _list_facts(seen: Mapping[str, Counter[str]]) -> dict[str, Any]:
    """Roles with how many quotations have them, most first, and parties: the first of them, where many."""
    roles, parties = seen["role"].most_common(), list(seen["party"])
    more = {"more_roles": len(roles) - MOST_ALIASES, "more_parties": len(parties) - MOST_ALIASES}
    shown = {"roles": [list(each) for each in roles[:MOST_ALIASES]], "parties": parties[:MOST_ALIASES]}
    return shown | {name: number for name, number in more.items() if number > 0}


def _say_shown(first: int, end: int, found: int) -> dict[str, Any]:
    left = f"The first {end - first} of {found} in order of date are here." if end - first < found else ""
    return {"first": first, "end": end, "left_out": left}


def _count_aliases(tables: Any, keys: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """How the articles name each actor, with how often; a speaker who is no actor, by the speech alone."""
    mentions = tables.mentions[tables.mentions["actor_id"].isin(keys)]
    named = [(mentions["actor_id"], mentions["text"])]
    for table in (select_quotations(tables), tables.reported):
        loose = table[table["actor_id"].isna() & table["speaker"].notna()].dropna(subset=["speaker_text"])
        voice = UNRESOLVED + loose["speaker"]
        named.append((voice[voice.isin(keys)], loose["speaker_text"][voice.isin(keys)]))
    found: dict[str, Counter[str]] = {}
    for voices, words in named:
        for voice, text in zip(voices, words.str.split().str.join(" "), strict=True):
            found.setdefault(voice, Counter())[text] += 1
    return {voice: _merge_case(counts) for voice, counts in found.items()}


def _merge_case(counts: Counter[str]) -> dict[str, int]:
    """Names that differ in capitals alone ("The Prime Minister") as one, written as most often."""
    written: dict[str, str] = {}
    merged: Counter[str] = Counter()
    for text, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        merged[written.setdefault(text.casefold(), text)] += count
    return dict(merged)
