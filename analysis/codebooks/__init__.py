"""Codebooks as data: policy frames, topic packs, offices and their holders, outlets, page furniture.

They are TOML files beside this module; a path to a user's own ``.toml`` works as well. What a pattern
may say stands in :mod:`analysis.codebooks.patterns`:

    word       this form, in any case             word/NOUN  only as this part of speech
    word~      any inflection                     #          a number
    ^Word      exactly these letters              ..         up to three words of any kind
    a|b        one of several words               [a b]      only these words are the evidence
    word?      the word may be missing
"""

from analysis.codebooks.entries import Entry
from analysis.codebooks.frames import (
    GENERIC_CODEBOOKS,
    Category,
    Codebook,
    choose_codebooks,
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
    "is_codebook",
    "list_codebooks",
    "list_topics",
    "load_codebook",
    "load_furniture",
    "load_offices",
    "load_outlets",
    "load_topic",
]
