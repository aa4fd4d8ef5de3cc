"""Passages that articles share word for word, case, punctuation and marks aside.

Texts are compared by their runs of words (Broder 1997, "On the resemblance and containment of documents").
Containment is the share of the shorter article's distinct five-word runs that the other article has too. It
is counted, not estimated.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from analysis.engine import Engine, LocalEngine
from analysis.reuse.pairs import SharedPassage, compare_pairs, cut_blocks
from analysis.reuse.partitions import PARTITION, Partition, cut_partitions
from analysis.reuse.runs import MIN_WORDS, Numbers, Places, RunIndex, index_runs, list_runs
from analysis.reuse.words import make_reader


def find_shared_passages(
    texts: Mapping[str, str], *, partition: int = PARTITION, engine: Engine | None = None
) -> list[SharedPassage]:
    """Find what articles share word for word; case, punctuation and marks do not count.

    Every passage of at least :data:`MIN_WORDS` words is found, however many the articles are, but for stock
    phrases: ten words that stand in more than :data:`STOCK` articles do not make a passage by themselves.
    A story that so many outlets carry is found all the same: of the articles that have such words, each is
    compared with the longest and with the next longer one, and the pair is kept where the shorter has half of
    its five-word runs in the other. Of a passage that an article repeats, the first eight places count.

    Args:
        texts: Article id to text.
        partition: Characters of text that are worked on together. It changes no result.
        engine: Where texts are read and pairs compared; this process where None. Which runs stand in several
            articles is found here: that takes eight bytes a word.

    Returns:
        Passages in the order of the articles given, then of the first article's text. In one pair no word of
        the first article stands in two passages.
    """
    engine = engine or LocalEngine()
    index, bounds = _index_texts(texts, partition, engine)
    blocks = cut_blocks(texts, index, bounds, partition)
    return [passage for found in engine.map(compare_pairs, blocks) for passage in found]


def _index_texts(texts: Mapping[str, str], partition: int, engine: Engine) -> tuple[RunIndex, Places]:
    """The runs that several articles have, and where each article's words begin among those of the corpus."""
    parts = list(engine.map(_read_runs, cut_partitions(texts.items(), partition)))
    sizes = np.concatenate([np.zeros(0, dtype=np.int64), *(words for words, _ in parts)])
    bounds, run_bounds = (
        np.append(0, np.cumsum(counts)) for counts in (sizes, np.maximum(sizes - MIN_WORDS + 1, 0))
    )
    return index_runs([runs for _, runs in parts], run_bounds, bounds), bounds


def _read_runs(partition: Partition) -> tuple[Places, Numbers]:
    """Read the texts of a partition: the words of each, and the runs of all, one article after the other."""
    words, bounds = make_reader().read_all([text for _, text in partition])
    return np.diff(bounds), list_runs(words.numbers, bounds, MIN_WORDS)[0]
