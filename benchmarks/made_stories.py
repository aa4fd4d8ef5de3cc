"""A made-up corpus whose stories are known: told in different words, by several outlets, on one subject.

The words are of a made-up language. All articles of a subject share its vocabulary and its two ministers; a
story has facts of its own, of which each outlet tells some. Each third story is followed, days later, by
another that has half of its facts: a running affair, which a chain would tie together.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

SUBJECTS = 5
_COMMON, _FACTS = 1_200, 3_000
_FACTS_OF_STORY, _TOLD, _ASIDE = 30, 0.4, 20
_FIRST = date(2025, 1, 6)
_CONSONANTS, _VOWELS = "bdfgklmnprtvz", "aiou"


def make_stories(
    stories: int, outlets: int, alone: int, *, seed: int = 1, days: int = 90, words: int = 300
) -> tuple[list[dict[str, Any]], list[int]]:
    """Make articles whose stories are known.

    Args:
        stories: How many stories are told by two outlets or more.
        outlets: How many outlets there are; each story is told by two to all of them.
        alone: How many articles tell a story that nobody else tells.
        seed: The same seed makes the same.
        days: Over how many days they appear.
        words: Words an article.

    Returns:
        Articles (id, outlet, published, headline, text), and the number of each one's story.
    """
    chance = np.random.default_rng(seed)
    language = _make_words(_COMMON + _FACTS + 2 * SUBJECTS, chance)
    common, facts = language[:_COMMON], language[_COMMON : _COMMON + _FACTS]
    ministers = [word.capitalize() for word in language[-2 * SUBJECTS :]]
    rates = [_zipf(chance.permutation(_COMMON)) for _ in range(SUBJECTS)]
    told: list[tuple[np.ndarray, int, int]] = []
    articles, labels = [], []
    for story in range(stories + alone):
        subject, day = int(chance.integers(SUBJECTS)), int(chance.integers(days))
        own = chance.choice(_FACTS, _FACTS_OF_STORY, replace=False)
        if told and story % 3 == 0:
            before, subject, first = told[-1]
            own[: _FACTS_OF_STORY // 2] = before[: _FACTS_OF_STORY // 2]
            day = first + int(chance.integers(2, 8))
        told.append((own, subject, day))
        tellers = int(chance.integers(2, outlets + 1)) if story < stories else 1
        for outlet in chance.permutation(outlets)[:tellers]:
            chosen = [facts[n] for n in own[chance.random(_FACTS_OF_STORY) < _TOLD]]
            aside = [facts[n] for n in chance.choice(_FACTS, _ASIDE)]
            people = ministers[2 * subject : 2 * subject + 2]
            headline, text = _tell(chosen, aside, people, common, rates[subject], words, chance)
            published = _FIRST + timedelta(days=day + int(chance.random() < 0.3))
            articles.append({
                "id": f"made-{len(articles):05}", "outlet": f"Outlet {outlet}", "headline": headline,
                "published": published.isoformat(), "text": text,
            })  # fmt: skip
            labels.append(story)
    return articles, labels


def _make_words(count: int, chance: np.random.Generator) -> list[str]:
    """Distinct words that end in a vowel, so that no stem is taken of them."""
    words: dict[str, None] = {}
    while len(words) < count:
        syllables = int(chance.integers(3, 5))
        letters = zip(
            chance.choice(list(_CONSONANTS), syllables), chance.choice(list(_VOWELS), syllables), strict=True
        )
        words.setdefault("".join(a + b for a, b in letters))
    return list(words)


def _zipf(order: np.ndarray) -> np.ndarray:
    rates = 1 / (3 + np.argsort(order))
    return rates / rates.sum()


def _tell(
    chosen: Sequence[str],
    aside: Sequence[str],
    people: Sequence[str],
    common: Sequence[str],
    rates: np.ndarray,
    words: int,
    chance: np.random.Generator,
) -> tuple[str, str]:
    """A headline and a text whose opening has more of the facts than the rest, as in news."""
    used = [*chosen, *chosen[: len(chosen) // 2], *aside, *people, *people]
    # words come in bursts, as in news: one that was said once is likely said again
    burst = rates * chance.gamma(0.5, 2.0, len(common))
    filling = [
        common[n] for n in chance.choice(len(common), max(0, words - len(used)), p=burst / burst.sum())
    ]
    opening = [*chosen[: len(chosen) // 2], *people, *filling[:30]]
    rest = [*chosen, *aside, *people, *filling[30:]]
    for part in (opening, rest):
        chance.shuffle(part)
    headline = " ".join([*chance.choice(chosen, min(3, len(chosen)), replace=False), *filling[-4:]])
    everything = [*opening, *rest]
    sentences = [" ".join(everything[n : n + 15]).capitalize() + "." for n in range(0, len(everything), 15)]
    return headline.capitalize(), "\n".join(sentences)
