"""Groups of articles that are versions of one text."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.reuse.pairs import SharedPassage

VERSION_CONTAINMENT = 0.8


def group_versions(passages: Iterable[SharedPassage]) -> dict[str, str]:
    """Article id to the id of its version group: articles that largely contain one another.

    Two articles are versions of one text where the shorter has at least :data:`VERSION_CONTAINMENT` of its
    five-word runs in the other, and what is a version of a version belongs to the same group. A group says
    nothing of who wrote the text first, nor that an agency did: that stands in ``articles.wire``, on its own
    evidence, for each article apart.

    Args:
        passages: What :func:`analysis.reuse.find_shared_passages` found, in its order.

    Returns:
        The group carries the id of its first article. Articles without another version are left out.
    """
    leader: dict[str, str] = {}
    rank: dict[str, int] = {}

    def find(article: str) -> str:
        while leader.setdefault(article, article) != article:
            leader[article] = leader[leader[article]]
            article = leader[article]
        rank.setdefault(article, len(rank))
        return article

    for passage in passages:
        if passage.containment >= VERSION_CONTAINMENT:
            first, later = sorted((find(passage.article_a), find(passage.article_b)), key=rank.__getitem__)
            leader[later] = first
    return {article: find(article) for article in leader}
