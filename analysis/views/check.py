"""What a check found, as a notebook and a terminal show it: one line a question, with what it is about."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from analysis.checking import PRECISIONS, UNDATED, WIDER, Check, CodebookCheck
from analysis.errors import printable
from analysis.schema import SEVERITIES
from analysis.views.chart import CHART_STYLE, count_noun, data_table

_LABEL = 14
_MOST_PROBLEMS = 200


@dataclass(frozen=True)
class CheckView:
    """The answers, one a row: a question, the answer in short, and the single things it is about."""

    check: Check = field(repr=False)
    most: int = 10

    def rows(self) -> Iterator[tuple[str, str, list[str]]]:
        """Question, answer, and the things it is about, at most ``most`` of them and then how many more."""
        check = self.check
        articles = len(check.articles)
        yield "Read", _say_read(check), []
        yield "Split", f"{count_noun(articles, 'article')}: {_say_counts(check.articles['kind'])}", [
            f"{name}: {count_noun(count, 'page')}" for name, count in sorted(check.layouts.items())
        ]  # fmt: skip
        yield "Dropped", _say_dropped(check), self._first(
            f"{row.role}, {row.rule}: {count_noun(row.segments, 'segment')}, "
            f"{count_noun(row.characters, 'character')}"
            for row in check.dropped.itertuples()
        )  # fmt: skip
        yield "Languages", _say_counts(check.articles["language"].fillna("unknown")), []
        yield "Dated", _say_dated(check), self._first(
            f"to {WIDER}: {name}" for name in check.having("dated_to", WIDER)
        )  # fmt: skip
        yield "Undated", *self._list(check.having("dated_to", UNDATED))
        yield "Unattributed", *self._list(check.having("outlet"))
        if lacking := _say_lacking(check):
            yield "To do", lacking, []
        if check.topics:
            topics = ", ".join(check.topics)
            said, listed = self._list(check.having("on_topic", False))
            yield "Off topic", f"{said} ({topics})", listed
        yield "Codebooks", ", ".join(f"{book.name} {book.version}" for book in check.codebooks) or "none", [
            f"{book.name} builds on {', '.join(book.lineage)}" for book in check.codebooks if book.lineage
        ]  # fmt: skip
        yield "Copies", _say_copies(check), self._first(
            " = ".join(members) for members in check.versions.values()
        )  # fmt: skip
        wrong = sum(item.stage == "correct" and item.severity == "warning" for item in check.problems)
        if check.corrections or wrong:
            yield "Corrections", f"{check.corrections} to apply, {wrong} cannot be read", []
        problems = Counter(problem.severity for problem in check.problems)
        worst_first = sorted(check.problems, key=lambda problem: SEVERITIES.index(problem.severity))
        yield (
            "Problems",
            ", ".join(count_noun(problems[severity], severity) for severity in SEVERITIES),
            self._first(map(str, worst_first), _MOST_PROBLEMS),
        )

    def __repr__(self) -> str:
        lines = []
        for question, answer, things in self.rows():
            lines.append(f"{question:<{_LABEL}}{answer}")
            lines += [f"{'':<{_LABEL}}- {printable(thing)}" for thing in things]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows = "".join(
            f'<tr><th scope="row">{html.escape(question)}</th>'
            f"<td>{html.escape(answer)}{_html_list(things)}</td></tr>"
            for question, answer, things in self.rows()
        )
        return (
            f'<div class="framelines-chart"><style>{CHART_STYLE}</style><table>'
            f"<caption>What was read, split and dropped</caption><tbody>{rows}</tbody></table></div>"
        )

    def _list(self, ids: Sequence[str]) -> tuple[str, list[str]]:
        return f"{len(ids)} of {len(self.check.articles)}", self._first(ids)

    def _first(self, things: Iterable[str], most: int | None = None) -> list[str]:
        things, most = list(things), self.most if most is None else most
        left = len(things) - most
        return things if left <= 0 else [*things[:most], f"... and {left:,} more"]


@dataclass(frozen=True)
class CodebookView:
    """A line on a codebook or topic pack, its sections, and what is doubtful in it."""

    check: CodebookCheck = field(repr=False)

    def __repr__(self) -> str:
        check = self.check
        rows = [tuple(map(str, row)) for row in check.sections.itertuples(index=False)]
        width = max((len(name) for name, *_ in rows), default=0)
        lines = [self._sentence()]
        for name, entries, patterns in rows:
            lines.append(f"{name:<{width}} {entries:>5} entries {patterns:>6} patterns")
        return "\n".join(printable(line) for line in (*lines, *map(str, check.problems)))

    def _repr_html_(self) -> str:
        problems = _html_list([str(problem) for problem in self.check.problems])
        table = data_table(self.check.sections, caption=self.check.name)
        return (
            f'<div class="framelines-chart"><style>{CHART_STYLE}</style>'
            f"<p>{html.escape(self._sentence())}</p>{table}{problems}</div>"
        )

    def _sentence(self) -> str:
        check = self.check
        if check.sections.empty:
            return f"{check.name} holds comments alone: it changes no result until a line of it is used."
        counted = check.sections[["entries", "patterns"]].sum()
        built = f", builds on {', '.join(check.lineage)}" if check.lineage else ""
        sections = "category" if check.kind == "codebook" else "section"
        plural = "categories" if check.kind == "codebook" else "sections"
        return (
            f"{check.kind} {check.name} {check.version} ({check.title}){built}: "
            f"{count_noun(len(check.sections), sections, plural)}, "
            f"{count_noun(int(counted['entries']), 'entry', 'entries')}, "
            f"{count_noun(int(counted['patterns']), 'pattern')}; "
            f"{count_noun(len(check.problems), 'warning')}."
        )


def show_codebook(check: CodebookCheck) -> CodebookView:
    """Show what a codebook or a topic pack holds.

    Args:
        check: From :func:`analysis.checking.check_codebook`.
    """
    return CodebookView(check)


def show_check(check: Check, *, most: int = 10) -> CheckView:
    """Show what a check found.

    Args:
        check: From :func:`analysis.checking.check_corpus`.
        most: How many articles or rules to name for each question; of problems the worst 200 are named.
    """
    return CheckView(check, most)


def _say_read(check: Check) -> str:
    unread = f"; {count_noun(len(check.unread), 'thing')} could not be read" if check.unread else ""
    pages = sum(check.layouts.values())
    records = int((check.articles["kind"] == "record").sum())
    read = f"{count_noun(pages, 'page')}, {count_noun(records, 'record')}"
    return f"{count_noun(check.files, 'file')}: {read}{unread}"


def _say_dropped(check: Check) -> str:
    if not check.page_characters:
        return "nothing: there are no pages, only records"
    dropped = int(check.dropped["characters"].sum())
    share = 100 * dropped / check.page_characters
    return f"{dropped:,} of {check.page_characters:,} characters of the pages ({share:.0f} %)"


def _say_copies(check: Check) -> str:
    inside = sum(len(members) for members in check.versions.values())
    return (
        f"{count_noun(inside, 'article')} in {count_noun(len(check.versions), 'group')} of versions; "
        f"{count_noun(check.shared_pairs, 'pair')} of articles with a passage in common"
    )


def _say_lacking(check: Check) -> str:
    """What only the user can add, and where it is written; empty where nothing is lacking."""
    unnamed = len(check.having("outlet"))
    loose = len(check.having("dated_to", UNDATED)) + len(check.having("dated_to", WIDER))
    parts = [f"the outlet of {count_noun(unnamed, 'article')}"] if unnamed else []
    parts += [f"the day of {count_noun(loose, 'article')}"] if loose else []
    return f"Write what you know into corpus.toml: {' and '.join(parts)}." if parts else ""


def _say_dated(check: Check) -> str:
    counts = Counter(check.articles["dated_to"])
    names = [name for name in PRECISIONS if counts[name]]
    return ", ".join(f"{counts[name]} to {name}" for name in names) or "none"


def _say_counts(values: Sequence[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in Counter(values).most_common()) or "none"


def _html_list(things: Sequence[str]) -> str:
    if not things:
        return ""
    items = "".join(f"<li>{html.escape(thing)}</li>" for thing in things)
    return f"<details><summary>{count_noun(len(things), 'line')}</summary><ul>{items}</ul></details>"
