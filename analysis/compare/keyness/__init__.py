"""Keyness: what one source says more than another, tested by whole articles."""

from analysis.compare.keyness.counting import UNITS
from analysis.compare.keyness.finding import find_keyness, find_keyness_of_each
from analysis.compare.keyness.result import LEVEL, REST, Keyness
from analysis.compare.keyness.uses import find_uses

__all__ = ["LEVEL", "REST", "UNITS", "Keyness", "find_keyness", "find_keyness_of_each", "find_uses"]
