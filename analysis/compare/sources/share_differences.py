"""How many of each source's articles have a label, and whether sources differ in it.

An article counts once, however often it has the label. Versions of one text and shared copy change sides as
one (:mod:`analysis.compare.exchange`), and count in an interval for as many articles as they are worth. Below
four texts a side nothing is tested: there are counts.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.compare.exchange import check_permutations, find_texts
from analysis.compare.keyness import LEVEL, REST
from analysis.compare.small import can_test
from analysis.compare.sources.article_labels import QUOTATION, ArticleLabels, find_labels
from analysis.compare.sources.choose import name_unstated
from analysis.compare.sources.overlap import say_overlap
from analysis.compare.sources.share_pairs import (
    Compared,
    OmnibusTest,
    P,
    PairTest,
    measure_group,
    run_tests,
)
from analysis.compare.sources.share_tables import Measured
from analysis.compare.sources.share_words import Tested, Told, say_comparison, say_moves
from analysis.compare.sources.strata import find_strata
from analysis.errors import UnknownNameError
from analysis.progress import Progress
from analysis.tables import Tables

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: How often sides are dealt where they are dealt by chance.
PERMUTATIONS = 10_000


@dataclass(frozen=True)
class ShareComparison:
    """How many of each source's articles have what, and where sources differ.

    Attributes:
        what: What articles are compared by.
        by: The column that tells sources apart.
        sources: The sources, in the order in which they are compared.
        table: One row a label and source: ``label``, ``source``, ``articles`` (k) ``of`` (n), ``share`` (0 to
            1), ``low`` and ``high`` (95 %: Wilson's; for quotation, whose share is the mean over articles,
            Student's t). Labels with the largest differences first.
        differences: One row a label and two sources: ``label``, ``first``, ``second``, ``difference`` (share
            of the first minus that of the second), ``low`` and ``high`` (95 %: Newcombe's, Welch's),
            ``p``, ``q`` (of Holm, over all that are tested), ``needed`` (articles a side that would find a
            difference of this size four times in five) and ``says``.
        labels: One row a label: whether any of the sources differ. ``label``, ``p``, ``q`` (of Holm, over
            the labels), ``says``.
        tested: How many differences were tested.
        found: The articles and which of them has what.
        side: The source of each article, by its place in ``sources``. Shape (articles,).
        says: What was compared, in a few sentences.
    """

    what: str
    by: str
    sources: tuple[str, ...]
    table: pd.DataFrame
    differences: pd.DataFrame
    labels: pd.DataFrame
    tested: int
    found: ArticleLabels = field(repr=False)
    side: NDArray[np.int64] = field(repr=False)
    says: str

    @property
    def differing(self) -> pd.DataFrame:
        """The differences whose corrected p-value is at most .05; none where nothing could be tested."""
        return self.differences[(self.differences["q"] <= LEVEL).fillna(False)]

    def dots(self, labels: Sequence[str] | None = None) -> pd.DataFrame:
        """Each article with whether it has each label.

        Args:
            labels: Which labels; all where None.

        Returns:
            One row a label and article: label, source, article_id, has, and value: 1 or 0, for quotation the
            share of its words.

        Raises:
            UnknownNameError: There is no such label.
        """
        names = list(dict.fromkeys(self.table["label"])) if labels is None else list(labels)
        for name in names:
            if name not in self.found.names:
                raise UnknownNameError.among("label", name, self.found.names)
        columns = [self.found.names.index(name) for name in names]
        values = self.found.values[:, columns].toarray().T.ravel()
        made = pd.DataFrame({"label": np.repeat(np.array(names, dtype=object), len(self.side))})
        made["source"] = np.tile(np.array(self.sources, dtype=object)[self.side], len(names))
        made["article_id"] = np.tile(self.found.articles["article_id"].to_numpy(object), len(names))
        return made.assign(has=values > 0, value=values)


def compare_shares(
    tables: Tables,
    what: str = "frame",
    *,
    sources: Sequence[str] | None = None,
    codebook: str = "policy_frames",
    by: str = "outlet",
    within: str | None = None,
    off_topic: bool = False,
    permutations: int = PERMUTATIONS,
    seed: int = 1,
    progress: Progress | None = None,
) -> ShareComparison:
    """Compare how many of each source's articles have what, and test whether sources differ.

    Of two sources whose articles all stand alone the p-value is that of Fisher's exact test, which looks at
    every permutation of whole articles. Where versions or shared copy move as one, and for more sources than
    two, permutations are drawn.

    Args:
        tables: The extracted tables.
        what: "frame", "term", "metaphor", "party", "speaker", "kind of voice", "actor" (mentioned), "figure"
            (measures that figures are given of), "instrument" (policy instruments told of) or "quotation"
            (how much of an article is quotation).
        sources: Which sources; a single one is compared with all others. Every source where None.
        codebook: Whose frames.
        by: The column of the table ``articles`` that tells sources apart.
        within: What articles change sides within: "story", "month" (of publication), or a column of
            ``articles``. Articles whose stratum is not known keep their side.
        off_topic: Whether articles count that no topic pack takes for its own. What a topic pack finds is
            looked for in those on its topic all the same.
        permutations: How many are drawn, where they are drawn.
        seed: The same seed gives the same result.
        progress: Called with what is being tested, how many labels are done, and how many there are.

    Raises:
        UnknownNameError: There is no such thing to compare by, source, codebook or column.
        WorkbookError: The permutations are too few.
    """
    check_permutations(permutations)
    found = find_labels(tables, what, codebook=codebook, by=by, sources=sources, off_topic=off_topic)
    names, source = _name_sources(found.articles[by], by, sources)
    compared = Compared(
        found.values, source, find_texts(found.articles, tables.reuse),
        find_strata(tables, found.articles, within), what != QUOTATION,
    )  # fmt: skip
    measured, tests = _measure(what, found.names, names, compared, permutations, seed, progress)
    differences = measured.describe_differences()
    labels = measured.describe_labels(_test_labels(compared, measured, permutations, seed, progress))
    several = len(names) > 2
    said = say_comparison(
        Told(
            what, names, [group.texts for group in measured.groups],
            [group.articles for group in measured.groups], len(found.names), found.left_out, found.unnamed,
        ),
        Tested(
            bool(measured.results), len(differences), measured.tested, _count_differing(differences),
            _count_differing(labels) if several else None,
            "every permutation of whole articles"
            if not several and all(test.exact for test in tests)
            else f"{permutations:,} permutations of whole articles, seed {seed}",
            say_moves(within, tests[0].units) if within and len(tests) == 1 else "",
        ),
    )  # fmt: skip
    overlap = say_overlap(tables, found.articles, source == 0, tuple(names)) if len(names) == 2 else ""
    return ShareComparison(
        what, by, tuple(names), measured.describe_shares(), differences, labels, measured.tested, found,
        source, " ".join(filter(None, (said, overlap))),
    )  # fmt: skip


def _name_sources(
    articles: pd.Series, by: str, sources: Sequence[str] | None
) -> tuple[list[str], NDArray[np.int64]]:
    """The sources in their order, and the place of each article's."""
    if not sources:
        sizes = articles.value_counts()
        names = sorted(sizes.index, key=lambda name: (name == name_unstated(by), -sizes[name], str(name)))
    else:
        names = list(dict.fromkeys(sources))
    place = pd.Index(names, dtype="object").get_indexer(articles)
    if not sources or len(names) != 1:
        return names, place.astype(np.int64)
    # A single source is set against all others together.
    return ([*names, REST], np.where(place < 0, 1, 0)) if (place < 0).any() else (names, place)


def _measure(
    what: str,
    labels: Sequence[str],
    names: Sequence[str],
    compared: Compared,
    permutations: int,
    seed: int,
    progress: Progress | None,
) -> tuple[Measured, list[PairTest]]:
    """Measure every source, and test every two of them that can be tested."""
    pairs = list(itertools.combinations(range(len(names)), 2))
    tests = {pair: PairTest(compared, *pair, permutations=permutations, seed=seed) for pair in pairs}
    testable = {pair: test for pair, test in tests.items() if test.testable}
    results = run_tests(testable, "two sources each", progress)
    groups = [measure_group(compared, at) for at in range(len(names))]
    able = {pair: test.able for pair, test in tests.items()}
    return Measured(what, labels, names, groups, able, results), list(tests.values())


def _test_labels(
    compared: Compared, measured: Measured, permutations: int, seed: int, progress: Progress | None
) -> P | None:
    """Test whether any sources differ in a label: of two, that is the test of the two."""
    if len(measured.sources) == 2:
        return next(iter(measured.results.values()), None)
    large = tuple(at for at, group in enumerate(measured.groups) if can_test(group.texts))
    if len(large) < 2:
        return None
    test = OmnibusTest(compared, large, permutations=permutations, seed=seed)
    return run_tests({large: test}, "all sources", progress)[large] if test.testable else None


def _count_differing(rows: pd.DataFrame) -> int:
    return int((rows["q"] <= LEVEL).sum())
