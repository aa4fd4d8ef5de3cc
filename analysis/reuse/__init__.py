"""Passages that articles share, word for word or edited, and groups of versions of one text."""

from analysis.reuse.edited import Change, EditedPassage, find_edited_passages
from analysis.reuse.passages import SharedPassage, find_shared_passages
from analysis.reuse.runs import MIN_WORDS, STOCK
from analysis.reuse.versions import VERSION_CONTAINMENT, group_versions

__all__ = [
    "MIN_WORDS",
    "STOCK",
    "VERSION_CONTAINMENT",
    "Change",
    "EditedPassage",
    "SharedPassage",
    "find_edited_passages",
    "find_shared_passages",
    "group_versions",
]
