"""Events: which sentences tell one, with what trigger, status, actors and date."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.codebooks import load_topic
from analysis.language.pipeline import layer
from analysis.schema import STATUSES

COMPONENTS = ("sentences", "actors", "quotes", "dates", "figures", "events")
DAY = {"published_earliest": "2025-06-04", "published_latest": "2025-06-04"}  # a Wednesday


@pytest.fixture(scope="module")
def events(annotate_text):
    """A function that gives the events of a text about migration."""

    def run(text: str, **about: object) -> list:
        about = {"packs": (load_topic("uk_migration"),), **DAY, **about}
        doc = annotate_text(text, components=COMPONENTS, **about)
        found = layer(doc, "events")
        for event in found:
            assert doc.text[event.start : event.end] == event.text
            assert doc.text[event.trigger_start : event.trigger_end] == event.trigger
            assert event.status in STATUSES
        return list(found)

    return run


@pytest.mark.parametrize(
    ("text", "trigger", "status"),
    [
        ("Ministers will introduce new asylum checks next month.", "introduce", "announced"),
        ("The Home Office has announced a returns deal with Kosovo.", "announced", "announced"),
        ("The Home Secretary called for tougher rules on asylum seekers.", "called", "proposed"),
        ("The government has scrapped the Rwanda scheme.", "scrapped", "scrapped"),
        ("Britain and France signed a treaty on small boats.", "signed", "agreed"),
        ("There have been talks between the two countries on migration.", "talks", "in negotiation"),
        ("Officers arrested 12 people smugglers in Kent.", "arrested", "past fact"),
        ("The asylum rules have been changed to allow this.", "changed", "in force"),
        ("There is work to do, and the force will move asylum seekers.", "move", "announced"),
        ("The answer is... to agree a treaty on small boats.", "agree", "proposed"),
        ("Italy refused to take back asylum seekers.", "refused", "ruled out"),
        ("The Home Office is understood to be planning new small boat patrols.", None, "reported"),
    ],
)
def test_trigger_and_status(events, text: str, trigger: str | None, status: str) -> None:
    (event,) = events(text)
    assert trigger is None or event.trigger == trigger
    assert event.status == status


@pytest.mark.parametrize(
    "text",
    [
        "Small boats are like a leaking tap.",
        "He believes that migrants are the heart of the matter.",
        "Why did ministers scrap the Rwanda scheme?",
        "Asylum seekers often feel lonely.",
    ],
)
def test_opinion_background_and_questions_are_no_events(events, text: str) -> None:
    assert events(text) == []


def test_an_article_off_topic_has_no_policy_events(annotate_text) -> None:
    doc = annotate_text("Police arrested two men on Friday.", components=COMPONENTS, **DAY)
    assert layer(doc, "events") == ()


def test_the_instrument_is_the_packs_and_carries_to_what_goes_on_about_it(events) -> None:
    first, second = events(
        "Ministers have scrapped the Rwanda scheme. It cost the Treasury dear, and it was abandoned."
    )
    assert first.instrument == "Rwanda scheme"
    assert second.instrument == "Rwanda scheme"


@pytest.mark.parametrize(
    ("text", "instrument"),
    [
        ("Ministers scrapped the Rwanda scheme on Monday.", "Rwanda scheme"),
        ("The Safety of Rwanda (Asylum and Immigration) Act was repealed.", "Safety of Rwanda Act"),
        ("Peers amended the Safety of Rwanda Bill.", "Safety of Rwanda Act"),
        ("Kosovo offered to host return hubs for asylum seekers.", "return hubs"),
        ("The one in, one out pilot began in August.", "one in, one out deal"),
        (
            "Both states ratified the agreement on the prevention of dangerous journeys.",
            "one in, one out deal",
        ),
        ("Ministers set up the Border Security Command.", "Border Security Command"),
        (
            "The Border Security, Asylum and Immigration Act received royal assent.",
            "Border Security, Asylum and Immigration Bill",
        ),
        (
            "A new offence of endangering lives at sea was created.",
            "Border Security, Asylum and Immigration Bill",
        ),
        ("The Illegal Migration Act was passed in July 2023.", "Illegal Migration Act"),
        ("MPs approved the Nationality and Borders Bill.", "Nationality and Borders Act"),
        ("Ministers published Restoring Order and Control.", "asylum policy reform"),
        ("The minister threatened visa penalties for Angola.", "visa penalties"),
        ("Ministers suspended refugee family reunion applications.", "refugee family reunion"),
        ("Migrants were moved to Wethersfield.", "military sites for asylum seekers"),
        ("The first men arrived at Crowborough training camp.", "military sites for asylum seekers"),
        ("Ministers will move 300 men to Cameron Barracks.", "military sites for asylum seekers"),
        ("Asylum seekers will be housed at military sites.", "military sites for asylum seekers"),
        ("The last men left the Bibby Stockholm.", "Bibby Stockholm"),
        ("Ministers revoked the duty to support asylum seekers.", "asylum support"),
        ("The Asylum Support Regulations were changed.", "asylum support"),
        ("Ministers announced that they would pay France £500m.", "UK-France funding agreement"),
        ("London agreed a £63m deal with France.", "UK-France funding agreement"),
        ("The leaders signed the Sandhurst Treaty.", "Sandhurst Treaty"),
        ("Ministers revised the Le Touquet accords and extended the controls.", "Le Touquet Treaty"),
        ("Britain signed a security pact with the EU.", "UK-EU security pact"),
        ("They agreed a security and defence partnership.", "UK-EU security pact"),
        ("Leaders met at the European Political Community.", "European Political Community"),
        ("The UK and Germany signed a joint action plan on smugglers.", "UK-Germany action plan"),
        ("Ministers signed a new treaty with Germany.", "UK-Germany action plan"),
        ("Ministers signed a returns deal with Iraq.", "UK-Iraq agreement"),
        ("The Calais Group met in London.", "Calais Group"),
        ("Starmer struck a migration deal with Italy.", "UK-Italy co-operation"),
        ("Ministers signed a joint statement with Vietnam.", "UK-Vietnam agreement"),
        ("London hosted a summit of the Berlin Process.", "Western Balkans co-operation"),
        ("Ministers signed a returns deal with Kosovo.", "Western Balkans co-operation"),
        ("The Foreign Office imposed sanctions on smuggling gangs.", "sanctions on people smugglers"),
        ("Sunak promised to stop the boats.", "Stop the Boats pledge"),
        ("Ministers announced a Small Boats Operational Command.", "Small Boats Operational Command"),
        ("Ministers signed a joint communiqué with Albania.", "UK-Albania agreement"),
        ("Italy opened its migrant centres in Albania.", "Italy-Albania protocol"),
        ("Ministers announced the BritCard for workers.", "digital identity cards"),
        ("The Home Office began the removal of refused families.", "family returns"),
        ("The French parliament debated the Dunkirk unit.", "UK-France border co-operation"),
    ],
)
def test_instruments_of_the_pack_are_named(events, text: str, instrument: str) -> None:
    assert instrument in {event.instrument for event in events(text)}


def test_every_instrument_says_where_it_is_public() -> None:
    assert [entry.id for entry in load_topic("uk_migration").instruments if not entry.source] == []


def test_the_date_is_the_one_that_the_parse_ties_to_the_trigger(events) -> None:
    text = "Ministers met on Monday to discuss small boats, after figures for last year were revised."
    (event,) = events(text)
    assert event.date_text is not None and "Monday" in event.date_text
    assert (event.date_earliest, event.date_latest) == ("2025-06-02", "2025-06-02")


def test_an_undated_event_is_not_dated_by_its_publication(events) -> None:
    (event,) = events("Ministers have scrapped the Rwanda scheme.")
    assert (event.date_earliest, event.date_latest, event.date_text) == (None, None, None)


def test_quoted_events_leave_the_marks_out(events) -> None:
    (event,) = events("A minister said: 'We are deporting people with no right to be in the UK.'")
    assert event.text == "We are deporting people with no right to be in the UK."
    assert event.voice == "quotation"
    assert event.quote_id is not None


def test_modality_negation_and_actors(events) -> None:
    (event,) = events("Keir Starmer could not agree a returns deal with Kosovo.")
    assert event.modality == "could"
    assert event.negated is True
    assert "Keir Starmer" in event.actors


def test_any_subject_gives_a_row_a_trigger(events) -> None:
    found = events("The firm bought a rival on Monday and sold its fleet.", packs=(), any_subject=True)
    assert [event.trigger for event in found] == ["bought", "sold"]
    assert {event.instrument for event in found} == {None}
    assert found[0].date_earliest == "2025-06-02"


def _dates_of(found: list) -> dict[str, tuple]:
    return {event.trigger: (event.date_text, event.date_earliest, event.date_basis) for event in found}


def test_a_report_without_a_date_of_its_own_is_dated_by_its_publication(events) -> None:
    found = events(
        "The firm has unveiled a new ship. It may build more. It had launched none before. It will sail.",
        packs=(),
        any_subject=True,
    )
    assert _dates_of(found) == {
        "unveiled": (None, "2025-06-04", "publication"),
        "build": (None, None, None),
        "launched": (None, None, None),
        "sail": (None, None, None),
    }


def test_without_a_publication_day_an_undated_report_stays_undated(events) -> None:
    nowhere = {"published_earliest": None, "published_latest": None}
    (event,) = events("The firm unveiled a ship.", packs=(), any_subject=True, **nowhere)
    assert (event.date_earliest, event.date_latest, event.date_basis) == (None, None, None)


def test_the_basis_tells_an_events_own_words_from_the_nearest_date(events) -> None:
    found = _dates_of(
        events("The firm sold its fleet on Monday, after its talks had stalled.", packs=(), any_subject=True)
    )
    assert found["sold"][2].startswith("its own words")
    assert found["stalled"][1] == "2025-06-02"
    assert found["stalled"][2].startswith("the nearest of its sentence")


def test_a_known_happening_takes_the_date_that_the_text_gave_it(events) -> None:
    found = events(
        "A merger was agreed on Monday. The merger pleased the owners.", packs=(), any_subject=True
    )
    assert [event.date_earliest for event in found if event.trigger == "merger"] == ["2025-06-02"] * 2
    assert found[-2].date_basis == "told with its date elsewhere in the text"


def test_what_has_happened_is_not_dated_ahead(events) -> None:
    found = events("The firm announced cuts over the next four years.", packs=(), any_subject=True)
    assert _dates_of(found)["announced"] == (None, "2025-06-04", "publication")


def test_what_has_happened_this_year_happened_by_the_day_of_publication(events) -> None:
    (event,) = events("Officers seized 40 small boats this year.")
    assert (event.date_earliest, event.date_latest) == ("2025-01-01", "2025-06-04")


@pytest.mark.parametrize(
    ("text", "status", "negated"),
    [
        ("The Home Secretary has not ruled out leaving the ECHR.", "proposed", True),
        ("France had been expected to sign the migration treaty.", "announced", False),
        ("The government failed to deport 3,000 foreign criminals.", "past fact", True),
        ("No deal on migrant returns was reached at the summit.", "past fact", True),
        ("Ministers may suspend visas for countries that refuse to take back migrants.", "proposed", False),
        ("Protesters demand the government reverse the asylum rules.", "proposed", False),
        ("Migrants are being housed in a former barracks.", "in force", False),
    ],
)
def test_what_is_left_open_planned_or_denied_is_not_told_as_done(events, text, status, negated) -> None:
    assert (status, negated) in {(event.status, event.negated) for event in events(text)}


def test_the_year_of_the_sentence_before_is_not_carried_on(events) -> None:
    _, second = events("Ministers reformed the asylum rules in 2006. They also signed a returns deal.")
    assert (second.trigger, second.date_earliest) == ("signed", None)


def test_a_comparison_dates_nothing(events) -> None:
    found = events("The ship left on Monday, three days later than planned.", packs=(), any_subject=True)
    assert _dates_of(found)["left"][0] == "Monday"


def test_also_carries_the_date_of_the_sentence_before(events) -> None:
    first, second = events(
        "Ministers will hold a summit on small boats on Thursday. They will also sign a returns deal."
    )
    assert second.date_earliest == first.date_earliest == "2025-06-05"
    assert second.date_basis.startswith("carried on from the sentence before")


def test_a_period_that_has_seen_something_dates_it(events) -> None:
    (event,) = events("The last two months have seen progress in talks on small boats.")
    assert event.date_text == "The last two months"


@pytest.mark.parametrize("text", ["", "'", "🙂", "\n\n", "migrants " * 300, '‘‘asylum’ "talks'])
def test_odd_text_is_survived(events, text: str) -> None:
    assert isinstance(events(text), list)
    assert isinstance(events(text, packs=(), any_subject=True), list)


_WORDS = (
    "Ministers will have signed met the deal talks on Monday in July 2026 not , . ' also small boats to if"
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(_WORDS.split(" ")), max_size=25).map(" ".join), st.booleans())
def test_no_text_raises_and_intervals_are_ordered(events, text: str, any_subject: bool) -> None:
    about = {"packs": (), "any_subject": True} if any_subject else {}
    for event in events(text, **about):  # the fixture checks the spans
        assert (event.date_earliest is None) == (event.date_latest is None) == (event.date_basis is None)
        assert event.date_earliest is None or event.date_earliest <= event.date_latest


def test_a_date_inside_another_noun_dates_no_event(annotate_text):
    text = "Ministers will promise better enforcement if the 1986 amnesty law is any guide to small boats."
    events = layer(annotate_text(text, packs=(load_topic("uk_migration"),)), "events")
    assert events and {event.date_earliest for event in events} == {None}


@pytest.mark.parametrize(
    ("text", "trigger", "status"),
    [
        ("The asylum returns deal came into force on Tuesday.", "force", "in force"),
        ("The migrant treaty will take effect next year.", "effect", "announced"),
        ("The asylum rules are expected to take effect in October.", "effect", "announced"),
        ("The migrant treaty comes into force on Monday.", "force", "announced"),
        ("The asylum treaty is understood to have come into force.", "force", "reported"),
        ("The migrant deal could come into force within weeks.", "force", "proposed"),
        ("Ministers want to bring the asylum scheme into force.", "force", "proposed"),
        ("The suspension of the Rwanda scheme took effect at midnight.", "effect", "past fact"),
        ("The asylum rules are no longer in force.", "force", "scrapped"),
        ("The migrant deal, which came into force in May, allows returns.", "force", "in force"),
        ("The Rwanda scheme became law in April 2024.", "law", "agreed"),
        ("The Illegal Migration Act received royal assent in July 2023.", "assent", "agreed"),
        ("The Illegal Migration Bill is due to receive royal assent.", "assent", "announced"),
        ("The Illegal Migration Bill had its second reading in March.", "reading", "past fact"),
        ("The migrant returns plan was given the green light.", "light", "agreed"),
        ("Parliament passed the Illegal Migration Act.", "passed", "agreed"),
        ("Asylum regulations were laid before Parliament.", "laid", "proposed"),
        ("The migrant returns pilot went live last week.", "live", "in force"),
        ("The pilot for returning migrants kicked off on Tuesday.", "kicked", "past fact"),
        ("The first return hub opens on Friday.", "opens", "announced"),
        ("The asylum agreement with Albania lapsed last year.", "lapsed", "scrapped"),
        ("The ban on asylum appeals was lifted.", "lifted", "scrapped"),
        ("Refugee applications were paused in May.", "paused", "scrapped"),
        ("The Rwanda scheme was put on hold.", "hold", "scrapped"),
        ("The Rwanda scheme is to be axed.", "axed", "announced"),
        ("Labour wants to scrap the Rwanda scheme.", "scrap", "proposed"),
        ("The Rwanda scheme was struck down by the Supreme Court.", "struck", "past fact"),
        ("The asylum policy was declared unlawful.", "declared", "past fact"),
        ("The Court of Appeal overturned the injunction on the asylum hotel.", "overturned", "past fact"),
        ("Peers threw out the Illegal Migration Bill.", "threw", "ruled out"),
    ],
)
def test_steps_in_the_life_of_an_instrument(events, text: str, trigger: str, status: str) -> None:
    assert (trigger, status) in {(event.trigger, event.status) for event in events(text)}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The asylum measure has not yet come into force.", "announced"),
        ("The asylum ban would not take effect until 2026.", "announced"),
        ("The migrant returns deal never took effect.", "past fact"),
    ],
)
def test_a_step_that_is_denied_is_not_told_as_taken(events, text: str, status: str) -> None:
    (event,) = events(text)
    assert (event.status, event.negated) == (status, True)


def test_a_step_is_dated_by_its_own_day(events) -> None:
    (event,) = events("The Rwanda scheme became law on 25 April 2024, after a row.")
    assert (event.date_earliest, event.date_latest) == ("2024-04-25", "2024-04-25")


@pytest.mark.parametrize(
    "text",
    [
        "The police force came into the migrant camp.",
        "If the Illegal Migration Bill becomes law, many are poor.",
    ],
)
def test_other_words_and_conditions_are_no_steps(events, text: str) -> None:
    assert {event.trigger for event in events(text)}.isdisjoint({"force", "law"})


@pytest.mark.parametrize(
    ("text", "trigger", "status", "modality"),
    [
        ("The minister hopes France will sign the asylum treaty.", "sign", "proposed", "hopes"),
        ("Ministers hope that Germany will approve the asylum treaty.", "approve", "proposed", "hope"),
        ("Ministers want Kosovo to accept asylum seekers.", "accept", "proposed", "want"),
        ("If an asylum pact were agreed, the camps would empty.", "agreed", "proposed", "if"),
        ("If ministers scrap the Rwanda scheme, more will come.", "scrap", "proposed", "if"),
        ("By ditching the Rwanda scheme, ministers lost a deterrent.", "ditching", "scrapped", None),
        ("By axing the Rwanda scheme, ministers would lose a deterrent.", "axing", "proposed", None),
        ("The Herald reported the asylum scheme would be scaled up.", "scaled", "reported", "would"),
        ("The minister ruled out ever leaving the ECHR.", "ruled", "ruled out", None),
        (
            "Ministers praised and signed the asylum treaty, after reports suggested camps were full.",
            "signed", "agreed", None,
        ),
        ("Ministers welcomed an asylum report, which is said to be long.", "welcomed", "past fact", None),
    ],
)  # fmt: skip
def test_a_hope_a_condition_a_means_and_a_report(events, text, trigger, status, modality) -> None:
    told = {(event.trigger, event.status, event.modality) for event in events(text)}
    assert (trigger, status, modality) in told


@pytest.mark.parametrize(
    "text",
    [
        "I accept that my view of asylum seekers is an unpopular one.",
        "That means doing all we can to deepen our co-operation on migration.",
        "Making clear that migrants will not be housed will send a message.",
        "Britain and France share the same view of migrants.",
        "The two countries share a will to help migrants.",
    ],
)
def test_opinions_states_and_means_are_no_events(events, text: str) -> None:
    assert events(text) == []


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The asylum measures are not expected to cut arrivals.", "cut"),
        ("Ministers do not expect the plan to cut small boat numbers.", "cut"),
        ("Nobody expects ministers to agree the asylum deal.", "agree"),
        ("It is not expected that the asylum deal will be signed.", "signed"),
        ("No asylum deal is expected to be signed.", "signed"),
        ("The minister did not think the Rwanda scheme would be scrapped.", "scrapped"),
        ("Officials do not believe that France will sign the migrant deal.", "sign"),
        ("The minister does not intend to introduce a cap on migrants.", "introduce"),
        ("The speech did not mention any talks on asylum seekers.", "talks"),
        ("The statement made no mention of any talks on asylum seekers.", "talks"),
        ("She never proposed to repeal the asylum law.", "proposed"),
        ("The ministers are not planning to suspend asylum claims.", "planning"),
        ("France is not likely to sign the asylum deal.", "sign"),
        ("The asylum ban is not thought to have been approved.", "approved"),
    ],
)
def test_the_denial_of_a_governing_verb_denies_what_it_governs(events, text: str, trigger: str) -> None:
    assert (trigger, True) in {(event.trigger, event.negated) for event in events(text)}


@pytest.mark.parametrize(
    "text",
    [
        "The ministers did not say that the asylum deal was signed.",
        "The ministers do not doubt that the asylum deal will be signed.",
        "The speech did not end before ministers signed the asylum deal.",
        "The ferry did not sail but ministers signed the asylum deal.",
    ],
)
def test_a_denial_beside_a_happening_leaves_it_undenied(events, text: str) -> None:
    assert {event.negated for event in events(text) if event.trigger == "signed"} <= {False}


def test_what_a_readout_leaves_out_is_no_second_event_beside_a_meeting(events) -> None:
    found = events("Ministers met on Monday, but a readout did not mention any talks on asylum seekers.")
    assert [(event.trigger, event.negated) for event in found] == [("met", False)]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        (
            "Ministers met on Monday to discuss asylum. They also agreed a returns deal.",
            ("2025-06-02", "2025-06-02"),
        ),
        (
            "Ministers met on Monday to discuss asylum. Camp officers also arrested migrants.",
            (None, None),
        ),
        (
            "Ministers met on Monday to discuss asylum. They also met migrants while camps were open.",
            ("2025-06-02", "2025-06-04"),
        ),
    ],
)  # fmt: skip
def test_a_date_is_carried_on_to_the_same_people_and_widened_where_another_time_is_told(
    events, text, dates
) -> None:
    *_, last = events(text)
    assert (last.date_earliest, last.date_latest) == dates
