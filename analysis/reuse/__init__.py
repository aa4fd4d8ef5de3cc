"""Passages that articles share word for word, and groups of versions of one text."""

from analysis.reuse.passages import SharedPassage, find_shared_passages
from analysis.reuse.runs import MIN_WORDS, STOCK
from analysis.reuse.versions import VERSION_CONTAINMENT, group_versions

__all__ = [
    "MIN_WORDS",
    "STOCK",
    "VERSION_CONTAINMENT",
    "SharedPassage",
    "find_shared_passages",
    "group_versions",
]
