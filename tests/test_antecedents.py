"""Who is meant by the words that name a speaker: pronouns, offices, roles, spokespeople, groups."""

from __future__ import annotations

import pytest
from steps import count_steps

from analysis.language.pipeline import DocContext, annotate, layer

COMPONENTS = ("sentences", "actors", "quotes")


def quotes_of(text: str, published: str | None = None) -> list:
    about = DocContext("a", "text", published, published)
    (doc,) = annotate([(text, about)], COMPONENTS)
    return [quote for quote in layer(doc, "quotes") if quote.kind in ("direct", "mixed")]


def last_speaker(text: str, published: str | None = None) -> str | None:
    return quotes_of(text, published)[-1].speaker


# Pronouns


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # by title
        ("Mr Adam Cole met Mrs Ruth Bell. “The harbour is full,” she said.", "Ruth Bell"),
        ("Mrs Ruth Bell met Mr Adam Cole. “The harbour is full,” he said.", "Adam Cole"),
        # by given name
        ("Helen Marsh wrote to David Pike about the pier. 'It will be rebuilt,' she said.", "Helen Marsh"),
        # the subject before the object
        (
            'Graham Toft wrote to Simon Vale on Monday.\n\n"The ferry must run in winter," he said.',
            "Graham Toft",
        ),
        # the one who spoke before the one talked about
        (
            "Martin Shaw said the council had failed Peter Lowe. “There was no money,” he said.",
            "Martin Shaw",
        ),
        # hardly the one whom the quoted words are about
        (
            "Keith Rowe, chairman of the club, met Paul Dean. “I think Keith Rowe should go,” he said.",
            "Paul Dean",
        ),
        # the owner of the subject
        ("Dr Clara Voss's report calls for new rules. She concluded: 'It is not safe.'", "Clara Voss"),
        # a pronoun carries a person on, over sentences that name others
        (
            "Lance Tobin, 49, said Helen Marsh should be ready. He attended the rally, though he may "
            "still vote for David Pike.\n\n“It will be a hard year,” he said.",
            "Lance Tobin",
        ),
        # "whom he called" is not said by the one so called
        (
            "Robert Cross left the party. He will vote for George Hill, whom he called “a divisive man”.",
            "Robert Cross",
        ),
    ],
)
def test_he_and_she_mean_the_most_prominent_person_of_that_gender(text, speaker):
    assert last_speaker(text) == speaker


def test_a_pronoun_that_nobody_fits_stays_unknown():
    (quote,) = quotes_of("The rain fell on the town all day. “It is over,” she said.")
    assert (quote.speaker_text, quote.speaker, quote.attribution) == ("she", None, "pronoun")


def test_a_name_that_tells_the_other_gender_is_no_bar_where_the_text_leaves_no_doubt():
    text = "Jessie Orton, 70, had served at sea. “It was a hard life,” he said."
    assert last_speaker(text) == "Jessie Orton"


@pytest.mark.parametrize("word", ["I", "we"])
def test_the_author_stays_unknown(word):
    text = f"Simon Vale was late. “Where were you?” {word} asked."
    assert last_speaker(text) is None


def test_it_means_a_body_and_they_a_group():
    body = "Simon Vale wrote to the Green Party. It said: 'The harbour must be saved from the sea.'"
    assert last_speaker(body) == "Green Party"
    group = "The families met Simon Vale on Friday. They said: “We want the road closed at night.”"
    assert last_speaker(group) == "families"


def test_they_means_the_people_listed_beside_the_group():
    text = (
        "The trio - Ana Reyes, Ben Okoro and Cy Lane - met the press. "
        'They wrote: "We are writing to you about the harbour and its future."'
    )
    assert last_speaker(text) == "Ana Reyes, Ben Okoro and Cy Lane"


# Unnamed sources


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Simon Vale runs the prison. One inmate said the guards looked away. "
            "He said: 'We see it every day.'",
            "inmate",
        ),
        (
            "Simon Vale left. It was told to me by someone very close to both the mayor and the council. "
            "He said this to me: 'Look, it will never be built.'",
            "person very close to the mayor and the council",
        ),
    ],
)
def test_a_pronoun_means_an_unnamed_source_who_has_just_spoken(text, speaker):
    assert last_speaker(text) == speaker


# Roles


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Former minister Helen Marsh met David Pike. “The scheme was wrong from the start,” "
            "the former minister said.",
            "Helen Marsh",
        ),
        (
            "Sen. Graham Toft spoke in Ohio. It rained. “We will win this state,” the senator said.",
            "Graham Toft",
        ),
        (
            "Helen Marsh, 46, has two sons. “I work nights,” said the 46-year-old nurse.",
            "Helen Marsh",
        ),
    ],
)
def test_a_role_names_again_who_had_it(text, speaker):
    quote = quotes_of(text)[-1]
    assert quote.speaker == speaker
    assert quote.actor_id is not None


def test_a_role_that_two_people_have_stays_as_it_stands():
    text = (
        "Senator Graham Toft met Senator Helen Marsh in the rain. "
        "“We agreed on nothing at all,” the senator said."
    )
    assert last_speaker(text) == "senator"


@pytest.mark.parametrize(
    ("before", "words", "speaker"),
    [
        ("Peter Brand, leader of the council, was asked.", "The council", "council"),
        ("Peter Brand, leader of the council, was asked.", "The leader", "Peter Brand"),
        ("Council leader Peter Brand was asked.", "The council", "council"),
        ("Olga Reed, author of the study, was asked.", "The study", "study"),
        ("Olga Reed, author of the study, was asked.", "The author", "Olga Reed"),
        ("The Prime Minister came to Leeds.", "The minister", "minister"),
        ("Liz Truss met Keir Starmer.", "The former prime minister", "Liz Truss"),
        ("Liz Truss met Boris Johnson.", "The former prime minister", "former prime minister"),
        ("The Prime Minister met Dan Jarvis, the security minister.", "The minister", "Dan Jarvis"),
    ],
)
def test_a_role_means_its_holder_and_not_the_body_nor_a_lesser_one(before, words, speaker):
    assert last_speaker(f"{before}\n{words} said: “It will rain.”", "2025-11-01") == speaker


@pytest.mark.parametrize(
    "words", ["The charity's chief executive", "The leader of Ayr council", "Her sister", "The Bishop of Ayr"]
)
def test_a_role_and_the_name_beside_it_are_one_speaker(words):
    (quote,) = quotes_of(f"{words}, Rosa Webb, said: “It will rain.”")
    assert (quote.speaker, quote.actor_id) == ("Rosa Webb", "person:rosa-webb")


def test_the_body_of_that_kind_is_named_again():
    text = (
        "The Harbour Workers Union met Simon Vale on Monday. The talks were short. "
        "“There will be a strike in June,” the union said."
    )
    assert last_speaker(text) == "Harbour Workers Union"


# Spokespeople


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("A No 10 spokeswoman", "Downing Street spokesperson"),
        ("A Number 10 spokesman", "Downing Street spokesperson"),
        ("A spokesperson for the Home Office", "Home Office spokesperson"),
        ("A Home Office spokeswoman", "Home Office spokesperson"),
    ],
)
def test_a_spokesperson_has_one_name_however_it_is_put(words, speaker):
    text = f"{words} said: 'We are working with our partners to keep the sea safe.'"
    assert last_speaker(text) == speaker


def test_a_force_goes_by_the_name_that_the_article_uses():
    text = (
        "Kent Police closed the road on Sunday. A spokesperson for the Kent force said: "
        "“Drivers should find another way.”"
    )
    assert last_speaker(text) == "Kent Police spokesperson"


def test_his_spokesman_is_the_spokesperson_of_whom_the_pronoun_means():
    text = "Graham Toft left early on Friday. His spokesman said: “The senator had a plane to catch.”"
    assert last_speaker(text) == "Graham Toft spokesperson"


# Cost


@pytest.mark.timeout(60)
def test_the_cost_of_pronouns_grows_with_the_text_alone():
    passage = "Helen Marsh met David Pike and Adam Cole. He left. She said: “It is late and it rains.” "

    def read(copies: int) -> None:
        assert len(quotes_of(passage * copies)) == copies

    read(5)
    small, large = (count_steps(lambda copies=copies: read(copies)) for copies in (40, 320))
    assert large < 8.8 * small
