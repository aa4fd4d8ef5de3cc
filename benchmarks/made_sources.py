"""Texts of a made-up language whose sources differ in known words, and in no other."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

COMMON_WORDS = 400
#: Words that may be planted; the language has none of them.
PLANTED = tuple(f"p{letter}" for letter in "abcdefghij")


def make_texts(
    articles: int, seed: int, *, rates: Mapping[str, float] | None = None, words: int = 500
) -> list[str]:
    """Articles whose words come in bursts, as in news: one that was said once is likely said again.

    Args:
        articles: How many.
        seed: The same seed makes the same.
        rates: Planted words, and how often each stands in 10,000 words.
        words: Words an article.
    """
    chance = np.random.default_rng(seed)
    common = 1 / np.arange(3, 3 + COMMON_WORDS)
    language = [f"w{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(COMMON_WORDS)]
    made = []
    for _ in range(articles):
        burst = common * chance.gamma(0.7, 1 / 0.7, COMMON_WORDS)
        planted = [
            w for w, rate in (rates or {}).items() for _ in range(chance.poisson(rate * words / 10_000))
        ]
        text = chance.choice(language, size=words - len(planted), p=burst / burst.sum()).tolist() + planted
        chance.shuffle(text)
        made.append(" ".join(text))
    return made
