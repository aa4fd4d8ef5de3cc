"""What a codebook tells its coders, its patterns do: each example is matched by its own category.

The sentences that a category leaves out stand here, beside those that it takes.
"""

from __future__ import annotations

import pytest

from analysis.codebooks import load_codebook, load_topic
from analysis.language.pipeline import layer

CODEBOOKS = ("policy_frames", "narrative_frames", "news_frames", "immigration_frames", "migration_metaphors")
IMMIGRATION, METAPHORS = "immigration_frames", "migration_metaphors"


@pytest.fixture(scope="module")
def matches_of(annotate_text):
    pack = load_topic("uk_migration")
    known = {}

    def run(text, codebook):
        if text not in known:
            doc = annotate_text(text, components=("sentences", "frames"), packs=(pack,))
            known[text] = layer(doc, "frames")
        return {match.frame for match in known[text] if match.codebook == codebook}

    return run


@pytest.mark.parametrize("name", CODEBOOKS)
def test_each_example_shows_its_category(matches_of, name):
    missed = [
        (category.name, example)
        for category in load_codebook(name).categories
        for example in category.examples
        if category.name not in matches_of(example, name)
    ]
    assert missed == []


@pytest.mark.parametrize("name", CODEBOOKS)
def test_a_category_has_definition_rules_and_three_examples(name):
    for category in load_codebook(name).categories:
        assert category.definition and category.include and category.exclude, category.name
        assert len(set(category.examples)) >= 3, category.name


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("The president has not shown his tax returns.", "economic"),
        ("A polling firm did the count.", "economic"),
        ("There is no shortage of advice.", "capacity and resources"),
        ("He spoke in a personal capacity.", "capacity and resources"),
        ("Our thoughts and prayers are with them.", "morality"),
        ("The ethics committee meets on Monday.", "morality"),
        ("It was fairly quiet in the square.", "fairness and equality"),
        ("She named the food court after him.", "legality, constitutionality and jurisdiction"),
        ("His health plans cover dentistry.", "policy prescription and evaluation"),
        ("A Senate panel opened an investigation.", "crime and punishment"),
        ("Her asylum officer was late.", "crime and punishment"),
        ("His lawyer rose in his defence.", "security and defence"),
        ("The conflict of interest was plain.", "security and defence"),
        ("The suicide bombers came by car.", "health and safety"),
        ("Critics were drowned out by the band.", "health and safety"),
        ("He studied at a law school.", "quality of life"),
        ("She woke up late.", "cultural identity"),
        ("Black voters turned out in number.", "cultural identity"),
        ("His campaign rally drew thousands.", "public opinion"),
        ("The polling stations close at ten.", "public opinion"),
        ("The Trump administration said so.", "political"),
        ("Syrian rebels took the village.", "political"),
        ("He is a close ally of the mayor.", "external regulation and reputation"),
        ("Her relationship with her father was cool.", "external regulation and reputation"),
        ("Everybody talks about the weather.", "other"),
    ],
)
def test_a_policy_frame_leaves_out_other_senses(matches_of, text, frame):
    assert frame not in matches_of(text, "policy_frames")


@pytest.mark.parametrize(
    "text",
    [
        "Crime rose in the town, and the debate on immigration went on.",
        "The smugglers were jailed for manslaughter after a trial in Kent.",
        "Police arrested nine people smugglers near Calais.",
        "The number of migrants who crossed the Channel rose by a tenth.",
        "The court will hear the case on asylum rules next week.",
        "A man was jailed for smuggling migrants and for assault.",
        "The minister was accused of wasting public money on the Rwanda plan.",
        "Migrants crossed on Sunday in calm seas.",
    ],
)
def test_a_policy_frame_never_implies_a_frame_for_migrants(matches_of, text):
    assert matches_of(text, IMMIGRATION) == set()


def test_squalor_is_a_frame_for_migrants_where_they_live_in_it(matches_of):
    text = 'Firms had subjected migrants to "squalid conditions and long hours".'
    assert matches_of(text, IMMIGRATION) == {"victim: humanitarian"}
    assert matches_of("The flats had squalid living conditions.", IMMIGRATION) == set()


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("Migrants are not taking our jobs, the union said.", "threat: jobs"),
        ("Immigrants do not commit more crime than others.", "threat: public order"),
        ("Immigrants commit fewer crimes than the native born.", "threat: public order"),
        ("Attacks on migrants have doubled.", "threat: public order"),
        ("Migrants must learn English, the minister said.", "hero: integration"),
        ("The refugees have failed to integrate.", "hero: integration"),
        ("Migrants contributed to the shortage of homes.", "hero: worker"),
        ("Removing the migrants could cost taxpayers millions.", "threat: fiscal"),
        ("Soldiers fled the fighting near the border.", "victim: war"),
        ("The asylum rules are exploited by traffickers.", "victim: humanitarian"),
    ],
)
def test_a_denied_or_reversed_claim_is_no_frame_for_migrants(matches_of, text, frame):
    assert frame not in matches_of(text, IMMIGRATION)


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("A flood in the migrant camp swept tents away.", "water"),
        ("Lifeboats pulled the migrants from the waves.", "water"),
        ("Refugees left when the war in Syria began.", "war"),
        ("Refugees fled the Russian invasion of Ukraine.", "war"),
        ("The two countries signed a trade deal and a pact on migration.", "trade and business"),
        ("The smugglers cut the boat's engine.", "machinery"),
        ("The border guards have two dogs.", "animals"),
        ("Migrants with symptoms of measles were seen by a doctor.", "disease"),
        ("The migrants watched a football match.", "sport and games"),
        ("The dinghy with forty migrants was overflowing.", "burden and container"),
        ("A migrant knocked on the door of the farm.", "house"),
        ("Refugees performed at the theatre.", "theatre and dream"),
        ("Police attacked the smugglers in a dawn raid.", "war"),
        ("Ministers will tackle the gangs who bring migrants here.", "war"),
        ("The flow of money to the smugglers was traced.", "water"),
        ("Benefits incentivise migration, the report said.", "trade and business"),
    ],
)
def test_a_literal_use_is_no_metaphor(matches_of, text, frame):
    assert frame not in matches_of(text, METAPHORS)


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("He declared “war” on the smugglers.", "war"),
        ("She spoke of an 'invasion' of illegal immigrants.", "war"),
        ("He sees asylum as a Trojan horse for illegal immigration.", "war"),
        ("We know how the gangs work and can smash them.", "war"),
        ("The MP deplored ‘broken’ borders.", "machinery"),
        ('The paper wrote of a "flood" of migrants.', "water"),
        ("Officers will hunt the smugglers in Iraq.", "animals"),
    ],
)
def test_a_metaphor_is_found_in_marks_of_its_own_and_under_its_own_domain(matches_of, text, frame):
    assert matches_of(text, METAPHORS) == {frame}


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("The pastor was accused of planning the attacks on the tower.", "conflict"),
        ("Gunmen carried out an attack on the town.", "conflict"),
        ("Reform MPs spoke first.", "resolution"),
        ("The chief constable has plans to retire.", "resolution"),
        ("The report is a wake-up call for ministers.", "resolution"),
        ("She owes her wealth to crime.", "resolution"),
        ("More than 12,000 people have made the journey.", "human interest"),
    ],
)
def test_a_narrative_frame_leaves_out_other_senses(matches_of, text, frame):
    assert frame not in matches_of(text, "narrative_frames")


def test_metaphors_name_the_work_they_rest_on():
    source = load_codebook(METAPHORS).source
    assert "Charteris-Black" in source and "Santa Ana" in source
    assert METAPHORS.endswith("metaphors")


def test_the_topic_pack_names_both_codebooks():
    assert load_topic("uk_migration").codebooks == (IMMIGRATION, METAPHORS)
