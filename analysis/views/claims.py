"""What the view of claims needs beside the evidence: numbers as numbers, and on which axis each stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.compare.persons import PEOPLE, PERSONS
from analysis.errors import UnknownNameError
from analysis.views.encoding import encode_details, encode_numbers

NUMBERS = ("value", "high")
WORDS = ("change", "direction", "unit", "codebook_measure", "period")
# What the view says too where the evidence has it.
MORE_WORDS = ("measure", "attributed_to", "dated_by")


def encode_claims(evidence: pd.DataFrame, data: Mapping[str, Any]) -> dict[str, Any]:
    """Add to a store's data what the view of claims draws.

    Args:
        evidence: Figures, as :func:`analysis.views.evidence.figure_evidence` gives them.
        data: The store's data; columns that it has already are not sent again.

    Returns:
        The data with ``numbers`` (a list a column, null where unknown) and with ``details`` for the rest,
        among them ``axis``: the unit, or "people" where a measure of the codebook counts persons.

    Raises:
        UnknownNameError: A column of figures is missing.
    """
    missing = [name for name in (*NUMBERS, *WORDS) if name not in evidence]
    if missing:
        raise UnknownNameError(
            f"The evidence has no column '{missing[0]}'.",
            where="Explorer.claims",
            allowed=f"Claims need {', '.join((*NUMBERS, *WORDS))}; missing: {', '.join(missing)}.",
            todo="Build the explorer on figure_evidence(tables).",
        )
    known = {each["name"] for each in (*data["dimensions"], *data["details"])}
    wanted = [name for name in (*WORDS, *MORE_WORDS) if name in evidence and name not in known]
    details = [*data["details"], *encode_details(evidence, wanted)]
    if "axis" not in known:
        details += encode_details(pd.DataFrame({"axis": find_axes(evidence)}), ["axis"])
    numbers = {name: encode_numbers(evidence[name]) for name in NUMBERS}
    return {**data, "details": details, "numbers": numbers}


def find_axes(evidence: pd.DataFrame) -> pd.Series:
    """The unit that each claim is drawn in: never two on one axis, but persons are one by any noun."""
    unit, measure = evidence["unit"], evidence["codebook_measure"]
    persons = unit.isin(PERSONS) & measure.notna()
    return unit.astype("string").mask(persons.fillna(False).astype(bool), PEOPLE)
