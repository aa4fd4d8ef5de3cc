"""A researcher's corrections: read from ``corrections.csv`` and applied last, so that they survive reruns."""

from analysis.corrections.applying import apply_corrections, correct_tables, say_corrections
from analysis.corrections.reading import FILE_NAME, Correction, read_corrections

__all__ = [
    "FILE_NAME",
    "Correction",
    "apply_corrections",
    "correct_tables",
    "read_corrections",
    "say_corrections",
]
