"""From when to when a corpus was published, and what is said of articles that could be from any day."""

from __future__ import annotations

import analysis as an
from analysis.corpus.provenance.span import span_publication
from analysis.report.found import describe_found

TEXT = "The council met on Monday and voted for the plan after a debate of two hours, its leader said."


def test_an_article_that_may_be_from_any_month_moves_no_end_while_others_are_dated():
    span = span_publication([("2025-11-03", "2025-11-03"), ("2024-07-05", "2026-11-23"), (None, None)])
    assert (span.first, span.last, span.loose, span.undated) == ("2025-11-03", "2025-11-03", 1, 1)
    assert span.say_rest() == "; 1 dated only to more than a month; 1 has no date"


def test_an_interval_of_a_month_counts_and_one_a_day_longer_does_not():
    assert span_publication([("2025-01-01", "2025-01-31")] * 2).loose == 0
    assert span_publication([("2025-01-01", "2025-02-01"), ("2025-01-09", "2025-01-09")]).loose == 1


def test_where_no_article_is_dated_closely_the_span_is_that_of_all():
    span = span_publication([("2024-07-05", "2026-11-23"), ("2023-01-01", "2024-01-31")])
    assert (span.first, span.last, span.loose) == ("2023-01-01", "2026-11-23", 2)
    assert span_publication([]).first is None


def test_report_and_corpus_say_the_days_of_the_articles_that_have_them(tmp_path):
    (tmp_path / "a.txt").write_text(f"Trams to run all night\n4 November 2025\n{TEXT}\n{TEXT}\n", "utf-8")
    words = f"Trams to run on Sundays\n{TEXT}\nThis is the case so far in 2024, the council said.\n"
    (tmp_path / "b.txt").write_text(words, "utf-8")
    corpus = an.load(tmp_path, topic="none")
    said = "Published from 2025-11-04 to 2025-11-04; 1 dated only to more than a month"
    assert said in describe_found(corpus)
    assert f"{said}." in corpus._repr_html_()
