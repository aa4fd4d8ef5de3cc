"""What of a large frame of evidence travels to the browser: a sample, and counts of all rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.errors import WorkbookError
from analysis.views.cube import Cube, count_evidence
from analysis.views.sampling import sample_rows


def draw_evidence(
    evidence: pd.DataFrame, dimensions: Mapping[str, str], *, most: int, seed: int
) -> tuple[pd.DataFrame, Cube | None]:
    """Choose the rows that travel, by outlet and first dimension, and count the rest with them.

    Args:
        evidence: What a function of :mod:`analysis.views.evidence` gives.
        dimensions: The columns to filter and count by, the outlet first.
        most: How many rows may travel.
        seed: Another seed chooses other rows.

    Returns:
        The rows that travel, in the order they had, and counts of all; the evidence itself and None where
        all of it travels.

    Raises:
        WorkbookError: ``most`` leaves no row.
    """
    if most < 1:
        raise WorkbookError(
            f"An explorer of {most} rows shows nothing.",
            where="Explorer(most=...)",
            allowed="most is how many rows may travel to the browser: one or more.",
        )
    if len(evidence) <= most:
        return evidence, None
    shown = evidence.iloc[sample_rows(evidence, list(dimensions)[:2], most=most, seed=seed)]
    shown = shown.reset_index(drop=True)
    shown.attrs.update(evidence.attrs)
    return shown, count_evidence(evidence, list(dimensions))


def add_counts(data: Mapping[str, Any], cube: Cube | None, rows: int) -> dict[str, Any]:
    """Add counts of all rows to the encoded sample of them.

    Args:
        data: The sample, as :func:`analysis.views.encoding.encode_evidence` gives it.
        cube: Counts of all; None where the data are no sample.
        rows: How many rows there are in all.

    Returns:
        The same data where there is no cube; else with ``sampled`` and ``cube``, and with every value of
        the dimensions that are counted, also those that no row of the sample has.
    """
    if cube is None:
        return dict(data)
    dimensions = [_widen(each, cube.values.get(each["name"])) for each in data["dimensions"]]
    return {**data, "dimensions": dimensions, "sampled": {"rows": rows}, "cube": cube.data()}


def _widen(dimension: Mapping[str, Any], values: list[str] | None) -> dict[str, Any]:
    """A dimension with more values than its rows have."""
    if values is None:
        return dict(dimension)
    code = {value: at for at, value in enumerate(values)}
    new = [code[value] for value in dimension["values"]]
    codes = [[new[at] for at in each] if isinstance(each, list) else new[each] for each in dimension["codes"]]
    return {**dimension, "values": values, "codes": codes}
