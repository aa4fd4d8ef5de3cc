"""Keyness: what one source says more than another, tested by whole articles."""

from analysis.compare.keyness.finding import LEVEL, REST, UNITS, Keyness, find_keyness

__all__ = ["LEVEL", "REST", "UNITS", "Keyness", "find_keyness"]
