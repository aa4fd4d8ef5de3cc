"""How much of an article travels with a view: part of its sentences, and of a long sentence a part."""

from __future__ import annotations

from collections.abc import Sequence

#: Of one article, whatever is listed: not more than this part leaves the corpus.
MOST_OF_ARTICLE = 0.5


def cut_excerpt(
    text: str, marks: Sequence[tuple[int, int]], most: int
) -> tuple[str, list[tuple[int, int]], int]:
    """Hold a long sentence to its bound, from a little before its first mark.

    Args:
        text: The sentence.
        marks: Where in it something is marked, in order; one mark at least.
        most: How many characters may be shown.

    Returns:
        What is shown; the marks in it, the last of them cut at its end; how many characters are left out.
    """
    first = max(0, min(marks[0][0] - most // 4, len(text) - most))
    shown = text[first : first + most]
    inside = [(start - first, min(end - first, most)) for start, end in marks if start - first < most]
    return shown, inside, len(text) - len(shown)
