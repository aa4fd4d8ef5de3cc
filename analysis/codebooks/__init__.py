"""Codebooks as data: policy frames, topic packs, offices and their holders, outlets, page furniture.

They are TOML files beside this module; a path to a user's own ``.toml`` works as well. What a pattern
may say stands in :mod:`analysis.codebooks.patterns`:

    word       this form, in any case             word/NOUN  only as this part of speech
    word~      any inflection                     #          a number
    ^Word      exactly these letters              ..         up to three words of any kind
    a|b        one of several words               [a b]      only these words are the evidence
    word?      the word may be missing

What an entry may say besides its ``patterns``: ``unless`` (patterns that cancel a match they overlap),
``unless_near`` and ``only_near`` (patterns that cancel a match in their sentence, or one of which must stand
in it; ``within = 6`` narrows both to so many words), ``negated = "cancel"`` ("not a burden" is then none).
How a codebook builds on another stands in :mod:`analysis.codebooks.frames`.
"""

from analysis.codebooks.entries import Entry
from analysis.codebooks.frames import (
    GENERIC_CODEBOOKS,
    Category,
    Codebook,
    choose_codebooks,
    is_begun,
    is_codebook,
    list_codebooks,
    load_codebook,
)
from analysis.codebooks.packs import SECTIONS, Actor, TopicPack, list_topics, load_topic
from analysis.codebooks.registers import (
    FurnitureRule,
    Office,
    Outlet,
    Term,
    load_furniture,
    load_offices,
    load_outlets,
)

__all__ = [
    "GENERIC_CODEBOOKS",
    "SECTIONS",
    "Actor",
    "Category",
    "Codebook",
    "Entry",
    "FurnitureRule",
    "Office",
    "Outlet",
    "Term",
    "TopicPack",
    "choose_codebooks",
    "is_begun",
    "is_codebook",
    "list_codebooks",
    "list_topics",
    "load_codebook",
    "load_furniture",
    "load_offices",
    "load_outlets",
    "load_topic",
]
