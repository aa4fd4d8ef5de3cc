"""Which tellings are of one event: dates and words together decide, and in doubt events stay apart."""

from __future__ import annotations

import pickle
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from steps import count_steps
from travelling import TravellingEngine

import analysis as an
from analysis.tellings import group_tellings
from analysis.tellings.words import find_kind, stem

ARTICLES = [
    {"article_id": name, "published_earliest": day, "published_latest": day}
    for name, day in (
        ("a", "2025-07-10"), ("b", "2025-07-11"), ("c", "2025-07-12"), ("late", "2025-09-30"), ("bare", None),
    )
]  # fmt: skip
_PLACES = iter(range(0, 10**9, 500))


def telling(article_id, trigger, what, date=(None, None), **more):
    start = next(_PLACES)
    return {
        "article_id": article_id, "field": "text", "start": start, "trigger_start": start + 5,
        "trigger": trigger, "what": what, "instrument": "harbour pact", "actors": [], "negated": False,
        "date_text": None, "date_earliest": date[0], "date_latest": date[1], **more,
    }  # fmt: skip


def on(first, last=None):
    return f"2025-{first}", f"2025-{last or first}"


def are_one(*tellings):
    return len(set(group_tellings(list(tellings), ARTICLES))) == 1


def test_nothing_gives_nothing():
    assert group_tellings([]) == []


# Tellings of one event


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("agreed", "Ruritania and Sylvania agreed it"), ("deal", "Sylvania struck a deal with Ruritania")),
        (("signed", "Ana Ruiz signed the order"), ("sign", "Ana Ruiz is to sign it by order")),
        (("passed", "The senate passed the bill"), ("approves", "Senate approves sweeping bill")),
        (("scrapped", "Ruiz scrapped the ferry subsidy"), ("axes", "Ruiz axes ferry subsidy for islanders")),
        (
            ("unveiled", "Ruiz unveiled patrols for the northern quay"),
            ("announced", "patrols for the northern quay were announced"),
        ),
    ],
)  # fmt: skip
def test_a_day_in_common_asks_for_few_words(one, other):
    assert are_one(telling("a", *one, on("07-09")), telling("b", *other, on("07-07", "07-13")))


def test_an_actor_in_common_is_evidence():
    def both(**more):
        first = telling("a", "scrapped", "the pact was scrapped by Ruiz", on("07-01", "07-31"), **more)
        return first, telling(
            "b", "scrapped", "Ruiz scrapped it after the vote", on("07-01", "07-31"), **more
        )

    assert are_one(*both(actors=["Ana Ruiz"]))
    assert not are_one(*both())


def test_an_undated_telling_joins_on_strong_evidence_alone():
    dated = telling("a", "unveiled", "Ruiz unveiled night patrols for the northern quay", on("07-09"))
    alike = telling("b", "announced", "Ruiz announced night patrols for the northern quay of the port")
    vague = telling("c", "announced", "Ruiz announced new measures for the harbour")
    assert are_one(dated, alike)
    assert not are_one(dated, vague)


def test_an_undated_telling_of_another_season_stays_alone():
    words = ("unveiled", "Ruiz unveiled night patrols for the northern quay")
    assert are_one(telling("a", *words), telling("c", *words))
    assert not are_one(telling("a", *words), telling("late", *words))
    assert not are_one(telling("a", *words), telling("bare", *words))


def test_dates_that_differ_by_days_are_one_event_where_the_words_agree():
    first = telling(
        "a", "signed", "Ruritania and Sylvania signed the fishing treaty in Strelsau", on("07-08")
    )
    other = telling(
        "b", "signed", "Sylvania signed the fishing treaty with Ruritania in Strelsau", on("07-10")
    )
    weeks_on = telling(
        "c", "signed", "Sylvania signed the fishing treaty with Ruritania in Strelsau", on("08-10")
    )
    assert are_one(first, other)
    assert not are_one(first, weeks_on)


def test_a_deed_of_one_instrument_needs_few_words_where_nothing_stands_beside_them():
    october = ("pass", "the House of Lords will pass it", on("10-01", "10-31"))
    november = ("passed", "the harbour pact will be passed by the House of Lords", on("11-01", "11-30"))
    commons = ("passed", "the harbour pact will be passed by the Commons", on("11-01", "11-30"))
    assert are_one(telling("a", *october), telling("b", *november))
    assert not are_one(telling("a", *october), telling("b", *commons))
    assert not are_one(telling("a", *october), telling("b", "approves", "Lords approve", field="headline"))


def test_headline_lead_and_body_of_one_article_tell_one_event():
    head = telling(
        "a", "talks", "Ruiz talks to islanders about ferry hubs for stranded crews", field="headline"
    )
    lead = telling("a", "talked", "she has talked to islanders about ferry hubs for stranded crews")
    assert are_one(head, lead)


def test_a_light_verb_is_the_kind_of_action_of_its_noun():
    assert are_one(
        telling("a", "reached", "Ruritania and Sylvania reached an agreement in Strelsau", on("07-09")),
        telling("b", "agreed", "Sylvania agreed it with Ruritania in Strelsau", on("07-09")),
    )


def test_a_telling_that_names_no_instrument_joins_a_copy_that_does():
    what = "as smuggling changes the islanders invest in lanterns foghorns beacons and radar"
    assert are_one(telling("a", "invest", what), telling("b", "invest", what, instrument=None))


def test_a_country_is_known_by_its_adjective():
    one = telling(
        "a", "seeking", "Britain is seeking access to European fingerprint records for harbour police"
    )
    other = telling("b", "wants", "the UK wants access to fingerprint records of the EU for harbour police")
    assert are_one(one, other)


def test_without_an_instrument_the_clause_must_be_the_same_but_for_a_few_words():
    copy = "eight senators from seven islands worked on this bill as a starting point for lighthouse repair"
    rows = [telling(name, "worked", copy, instrument=None) for name in "ab"]
    assert are_one(*rows)
    other = telling("c", "worked", "five senators worked on a bill for lighthouse repair", instrument=None)
    assert not are_one(rows[0], other)


# Different events


def test_two_happenings_of_one_week_stay_two_events():
    agreed = telling("a", "agreed", "Ruritania and Sylvania agreed the harbour pact", on("07-09"))
    cancelled = telling("b", "cancelled", "the ferry from Sylvania was cancelled", on("07-09"))
    assert not are_one(agreed, cancelled)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ruiz met Ben Okri of Sylvania", "Ruiz met Zofia Wolf of Borduria"),
        ("Ruiz met 12 islanders at the ferry terminal", "Ruiz met 40 islanders at the ferry terminal"),
        ("Ruiz met dockers", "talks between lighthouse keepers were held"),
    ],
)
def test_other_names_numbers_or_words_are_other_events(one, other):
    assert not are_one(telling("a", "met", one, on("07-09")), telling("b", "met", other, on("07-09")))


def test_another_instrument_is_another_event():
    words = ("signed", "Ruritania and Sylvania signed the treaty in Strelsau", on("07-09"))
    assert not are_one(telling("a", *words), telling("b", *words, instrument="fishing quota"))


def test_half_alike_sentences_make_no_chain():
    words = "anchor beacon cable dredger estuary ferry gangway hawser islet jetty keel lantern mast".split()
    rows = [
        telling("abc"[n % 3], "unveiled", "they unveiled " + " ".join(words[n : n + 5]), on("07-09"))
        for n in range(len(words) - 4)
    ]
    ids = group_tellings(rows, ARTICLES)
    assert len(set(ids)) >= 3
    assert ids[0] != ids[-1]


def test_general_words_alone_tie_nothing():
    one = telling("a", "announced", "the government announced a new plan to help people", on("07-09"))
    other = telling("b", "announced", "ministers announced a plan for work in the country", on("07-09"))
    assert not are_one(one, other)


# The rule as a whole


def _many(number: int) -> list[dict]:
    """Events of five instruments over ten years in a hundred words, told twice each."""
    draw = random.Random(7)
    words = [f"{a}{b}o" for a in "bdfgklmnprst" for b in "aeiouyöäü"]
    rows = []
    for n in range(number // 2):
        what = "they unveiled " + " ".join(draw.sample(words, 6))
        day = f"{2015 + n % 10}-{1 + n % 12:02d}-{1 + n % 28:02d}"
        more = {"instrument": f"instrument {n % 5}"}
        rows += [telling(f"{name}{n}", "unveiled", what, (day, day), **more) for name in "ab"]
    return rows


def cost_of(rows: list[dict]) -> int:
    return count_steps(lambda: group_tellings(rows))


def test_the_order_of_the_rows_changes_nothing():
    rows = _many(400)
    ids = dict(zip(map(str, rows), group_tellings(rows), strict=True))
    random.Random(3).shuffle(rows)
    assert dict(zip(map(str, rows), group_tellings(rows), strict=True)) == ids
    assert len(set(ids.values())) == 200


rows_of_any_kind = st.lists(
    st.builds(
        lambda article, trigger, words, day: telling(article, trigger, " ".join([trigger, *words]), day),
        st.sampled_from(["a", "b", "c", "late", "bare"]),
        st.sampled_from("agreed struck launched unveiled held force voted".split()),
        st.lists(st.sampled_from("deal pact boats crossing harbour pilots twenty into down".split())),
        st.sampled_from([(None, None), on("07-09"), on("07-10", "07-12"), on("01-01", "12-31")]),
    ),
    max_size=25,
)


@given(rows_of_any_kind)
def test_wherever_tellings_are_worked_on_they_tell_the_same_events(rows):
    here = group_tellings(rows, ARTICLES)
    assert group_tellings(rows, ARTICLES, engine=TravellingEngine()) == here
    backwards = group_tellings(rows[::-1], ARTICLES, engine=TravellingEngine())
    assert backwards[::-1] == here


def test_many_tellings_travel_a_part_at_a_time():
    rows = [row | {"trigger": f"{row['trigger']}{n % 9}"} for n, row in enumerate(_many(6_000))]
    engine, whole = TravellingEngine(), len(pickle.dumps(rows))
    assert group_tellings(rows, engine=engine) == group_tellings(rows)
    assert engine.sent < whole / 2


def test_cost_grows_with_the_number_of_events():
    assert cost_of(_many(2400)) < 10 * cost_of(_many(400))


def test_cost_stays_in_bounds_where_all_events_share_their_words():
    def rows(number: int) -> list[dict]:
        return [
            telling(f"a{n}", "unveiled", f"they unveiled {n} beacons on the northern jetty", on("07-09"))
            for n in range(number)
        ]

    assert cost_of(rows(1500)) < 10 * cost_of(rows(250))


@pytest.mark.parametrize(
    ("words", "same"),
    [("agreed agreement agrees agreeing", True), ("deportation deported deports", True),
     ("talks talked talking", True), ("pass past", False), ("plan planned plans planning", True),
     ("meeting met", True), ("policy policies", True)],
)  # fmt: skip
def test_stems(words, same):
    assert (len({stem(word) for word in words.split()}) == 1) is same


@pytest.mark.parametrize(
    ("kind", "clauses"),
    [
        ("in force", ["force: the pact came into force", "effect: it took effect", "live: it went live"]),
        ("pass", ["law: the bill became law", "assent: it received royal assent", "light: a green light"]),
        ("launch", ["kicked: the pilot kicked off", "started: the pilot started", "way: it got under way"]),
        ("suspend", ["hold: it was put on hold", "paused: they paused it", "ice: put on ice"]),
        ("scrap", ["lapsed: the pact lapsed", "expired: it expired", "phased: it was phased out"]),
        ("ruling", ["struck: judges struck down the pact", "declared: it was declared unlawful"]),
        ("reject", ["threw: peers threw it out", "voted: they voted it down", "rejected: he rejected it"]),
        ("agree", ["struck: they struck a deal", "agreed: they agreed it"]),
        ("announce", ["declared: she declared a war on gangs"]),
        ("talk", ["hold: they hold talks on quays"]),
    ],
)  # fmt: skip
def test_set_phrases_are_of_one_kind_with_their_verbs(kind, clauses):
    pairs = (clause.split(": ") for clause in clauses)
    assert {find_kind(trigger, words.split(" ")) for trigger, words in pairs} == {kind}


def test_coming_into_force_is_not_being_forced():
    forced = find_kind("forced", "they were forced into the harbour".split(" "))
    assert forced != find_kind("force", "it came into force".split(" "))


# Through the pipeline


def test_two_articles_tell_of_one_deal_and_of_other_things(tmp_path):
    pages = {
        "herald": "Britain and France agreed the one in, one out deal at a summit in London on Thursday.\n"
        "Asylum seekers cross the Channel in small boats every week.\n"
        "A deportation flight to Rwanda was cancelled on Thursday.",
        "post": "France and Britain struck a one in, one out deal in London on Thursday.\n"
        "Small boats carry migrants and asylum seekers over the Channel.",
    }
    for name, text in pages.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    known = "".join(f'[[pages]]\nmatch = "{name}.txt"\npublished = 2025-07-11\n' for name in pages)
    (tmp_path / "corpus.toml").write_text(f'topic = ["uk_migration"]\n{known}', encoding="utf-8")
    events = an.extract(an.load(tmp_path)).events
    told = events[events["date_earliest"] == "2025-07-10"].set_index("trigger")["event_id"]
    assert told["agreed"] == told["struck"]
    assert told["cancelled"] != told["agreed"]
