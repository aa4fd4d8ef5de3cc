"""The language of articles: told, and what is not English is counted but not extracted from."""

from __future__ import annotations

import json

import pytest

import analysis as an
from analysis.corpus.languages import detect_language

FRENCH = (
    "Le gouvernement a annoncé lundi une nouvelle loi sur les demandes d'asile. « Nous devons agir », a "
    "déclaré la ministre devant les députés, qui voteront le texte avant la fin du mois de juillet. "
    "L'opposition juge la mesure inutile et demande davantage de moyens pour les tribunaux."
)
ENGLISH = (
    "The government announced a new law on asylum claims on Monday. “We have to act,” the home secretary "
    "told MPs, who will vote on the bill before the end of July. The opposition called the measure useless "
    "and asked for more money for the courts and for the small boats command."
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (FRENCH, "fr"),
        ("Die Regierung hat am Montag ein Gesetz beschlossen, das die Einreise neu regelt.", "de"),
        ("Starmer, Cooper, Macron", None),
        ("", None),
    ],
)  # fmt: skip
def test_language_is_told_where_the_text_is_long_enough(text, language):
    assert detect_language(text) == language


@pytest.fixture
def mixed(tmp_path):
    rows = [
        {"id": "a", "text": ENGLISH},
        {"id": "b", "text": FRENCH},
        {"id": "c", "text": ENGLISH.replace("Monday", "Tuesday")},
    ]
    path = tmp_path / "mixed.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return an.load(path)


def test_articles_in_another_language_are_counted_but_not_extracted_from(mixed):
    tables = an.extract(mixed)
    assert dict(zip(tables.articles["article_id"], tables.articles["language"], strict=True)) == {
        "a": "en", "b": "fr", "c": "en",
    }  # fmt: skip
    assert set(tables.sentences["article_id"]) == {"a", "c"}
    assert set(tables.quotes["article_id"]) == {"a", "c"}
    assert list(tables.articles["on_topic"].isna()) == [False, True, False]
    (note,) = [what for what in tables.problems["what"] if "'fr'" in what]
    assert note.startswith("1 article is in the language 'fr'")


def test_page_has_the_language_of_its_articles(tmp_path):
    (tmp_path / "page.txt").write_text(f"Une nouvelle loi\n\n{FRENCH}\n", encoding="utf-8")
    corpus = an.load(tmp_path)
    assert [page.language for page in corpus.pages] == ["fr"]
