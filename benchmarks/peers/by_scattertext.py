"""scattertext's log-odds with an uninformative prior, as its chart colours words.

The chart of :func:`produce_scattertext_explorer` has words and pairs of words that stand eight times or more,
and colours those whose p-value is at most .1 or at least .9, which is |z| > 1.28. Its own measure, the scaled
F-score, ranks words and has no threshold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.metadata import version
from inspect import signature
from typing import Any

import pandas as pd
import scattertext
from finding import Found, Row, attempt

DEFAULTS = {
    name: parameter.default
    for name, parameter in signature(scattertext.produce_scattertext_explorer).parameters.items()
}


class Finder:
    """The numbers behind the chart."""

    def __init__(self) -> None:
        self.about = f"scattertext {version('scattertext')}"

    def find(self, texts: Sequence[dict[str, Any]]) -> Iterator[Found]:
        """The words and p-values of each pair of sides: ``first`` and ``second`` are lists of articles."""
        for pair in texts:
            yield attempt(_compare, pair)


def _compare(pair: dict[str, Any]) -> Iterator[Row]:
    articles = pd.DataFrame([(side, text) for side in ("first", "second") for text in pair[side]])
    corpus = scattertext.CorpusFromPandas(
        articles, category_col=0, text_col=1, nlp=scattertext.whitespace_nlp_with_sentences
    ).build()
    chart = scattertext.ScatterChartExplorer(
        corpus,
        term_significance=scattertext.LogOddsRatioUninformativeDirichletPrior(),
        minimum_term_frequency=DEFAULTS["minimum_term_frequency"],
        pmi_threshold_coefficient=DEFAULTS["pmi_threshold_coefficient"],
    )
    most = DEFAULTS["max_p_val"]
    for term in chart.to_dict("first")["data"]:
        # near nought for the one side's words, near one for the other's
        least = min(term["p"], 1 - term["p"])
        if least <= most:
            yield {"word": term["term"], "p": 2 * float(least)}
