"""Framelines: framing, policy timelines and source comparison of political news, with the evidence.

    import analysis as an

    corpus = an.load("seeds")
    tables = an.extract(corpus)
    tables.quotes[["speaker", "text"]]
    an.plot_frames(tables)

Each name is imported when it is first used, so that ``framelines --help`` and a notebook that reads cached
tables wait for nothing they do not need.
"""

from __future__ import annotations

import importlib
from typing import Any

# Public name -> the module it lives in (and its name there, where that differs).
_PUBLIC = {
    "ActorView": "analysis.views.actor",
    "Article": "analysis.corpus",
    "Chart": "analysis.views.chart",
    "CodebookCoder": "analysis.compare.codebook_coding",
    "CodedSample": "analysis.compare.classify",
    "CodingPanel": "analysis.views.coding",
    "Corpus": "analysis.corpus",
    "CorrectionPanel": "analysis.views.correcting",
    "Evaluation": "analysis.compare.classify",
    "Explorer": "analysis.views.explorer",
    "FrameModel": "analysis.compare.classify",
    "Keyness": "analysis.compare.keyness",
    "KeynessView": "analysis.views.keyness",
    "Question": "analysis.compare.questions",
    "Story": "analysis.compare.sources.side_by_side",
    "ShareComparison": "analysis.compare.sources.share_differences",
    "StoryView": "analysis.views.story",
    "Tables": "analysis.tables",
    "ValidationSample": "analysis.compare.validation",
    "WorkbookError": "analysis.errors",
    "answer_items": "analysis.compare.answers",
    "apply_frames": "analysis.compare.classify",
    "articles_needed": "analysis.compare.sources.power",
    "attribution_evidence": "analysis.views.evidence",
    "can_test": "analysis.compare",
    "check_corpus": "analysis.checking",
    "check_tables": "analysis.tables",
    "code_left_out": "analysis.compare.codebook_coding",
    "compare_story": "analysis.compare.sources.side_by_side",
    "compare_shares": "analysis.compare.sources.share_differences",
    "confuse_coders": "analysis.compare.agreement",
    "count_by_outlet": "analysis.compare",
    "count_voices": "analysis.compare",
    "describe_actors": "analysis.compare",
    "describe_outlets": "analysis.compare",
    "describe_overlap": "analysis.compare.sources.overlap",
    "difference_evidence": "analysis.views.evidence",
    "draw_sample": "analysis.compare.sampling",
    "edited_passages": "analysis.compare.sources.wording",
    "estimate_prevalence": "analysis.compare.accuracy",
    "evaluate_frames": "analysis.compare.classify",
    "event_evidence": "analysis.views.evidence",
    "event_question": "analysis.compare.questions",
    "extract": "analysis.store",
    "extract_marked": "analysis.compare.marked",
    "figure_evidence": "analysis.views.evidence",
    "find_differences": "analysis.compare",
    "find_keyness": "analysis.compare.keyness",
    "find_keyness_of_each": "analysis.compare.keyness",
    "find_stories": "analysis.compare.sources.stories",
    "find_uses": "analysis.compare.keyness",
    "frame_cooccurrence": "analysis.compare",
    "frame_evidence": "analysis.views.evidence",
    "frame_question": "analysis.compare.questions",
    "frame_shares": "analysis.compare",
    "frames_over_time": "analysis.compare",
    "headline_against_body": "analysis.compare",
    "instrument_evidence": "analysis.views.evidence",
    "keyness_evidence": "analysis.views.keyness_evidence",
    "learn_thresholds": "analysis.compare.codebook_coding",
    "list_topic_codebooks": "analysis.compare.framing_units",
    "list_versions": "analysis.views.provenance",
    "list_wrong": "analysis.compare.marked_errors",
    "load": "analysis.store:load",
    "load_codebook": "analysis.codebooks",
    "load_frame_model": "analysis.compare.classify",
    "measure_accuracy": "analysis.compare.accuracy",
    "measure_agreement": "analysis.compare.agreement",
    "measure_marked": "analysis.compare.marked_errors",
    "measure_marked_frames": "analysis.compare.marked_errors",
    "metaphor_evidence": "analysis.views.evidence",
    "metaphor_shares": "analysis.compare",
    "open_validation": "analysis.compare.validation",
    "plot_cooccurrence": "analysis.views.charts",
    "plot_figures": "analysis.views.charts",
    "plot_frame_shares": "analysis.views.charts",
    "plot_frames": "analysis.views.charts",
    "plot_frames_by_outlet": "analysis.views.charts",
    "plot_frames_by_voice": "analysis.views.charts",
    "plot_frames_over_time": "analysis.views.charts",
    "plot_headlines": "analysis.views.charts",
    "plot_keyness": "analysis.views.keyness_charts",
    "plot_marked": "analysis.views.accuracy",
    "plot_metaphors": "analysis.views.charts",
    "plot_pages": "analysis.views.charts",
    "plot_prevalence": "analysis.views.accuracy",
    "plot_publication": "analysis.views.charts",
    "plot_reuse": "analysis.views.charts",
    "plot_share_differences": "analysis.views.share_charts",
    "plot_speakers": "analysis.views.charts",
    "plot_term_shares": "analysis.views.charts",
    "plot_terms": "analysis.views.charts",
    "plot_timeline": "analysis.views.charts",
    "plot_voices": "analysis.views.charts",
    "quote_evidence": "analysis.views.evidence",
    "quote_question": "analysis.compare.questions",
    "read_coded": "analysis.compare.classify",
    "read_codings": "analysis.compare.codings",
    "read_sample": "analysis.compare.sampling",
    "save_sample": "analysis.compare.sampling",
    "say_limits": "analysis.compare",
    "say_sizes": "analysis.compare",
    "score_articles": "analysis.compare.codebook_coding",
    "score_texts": "analysis.compare.codebook_coding",
    "select_compared": "analysis.compare.sources.choose",
    "sentence_evidence": "analysis.views.evidence",
    "shared_wording": "analysis.compare.sources.wording",
    "show_actor": "analysis.views.actor",
    "show_check": "analysis.views.check",
    "show_contexts": "analysis.views.contexts",
    "show_estimates": "analysis.views.accuracy",
    "show_corrections": "analysis.views.correcting",
    "show_evidence": "analysis.views.table",
    "show_keyness": "analysis.views.keyness",
    "show_limits": "analysis.views.limits",
    "show_pages": "analysis.views.page",
    "show_progress": "analysis.progress",
    "show_provenance": "analysis.views.provenance",
    "show_reader": "analysis.views.reader",
    "show_shares": "analysis.views.shares_table",
    "show_story": "analysis.views.story",
    "show_table": "analysis.views.table",
    "term_evidence": "analysis.views.evidence",
    "term_shares": "analysis.compare",
    "trace_instruments": "analysis.compare",
    "train_frames": "analysis.compare.classify",
    "undated_events": "analysis.compare",
    "write_tables": "analysis.store",
    "wrong_evidence": "analysis.views.evidence",
}

__all__ = sorted(_PUBLIC)


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        from analysis.errors import hint_at

        raise AttributeError(f"module 'analysis' has no attribute '{name}'.{hint_at(name, __all__)}")
    module, _, own_name = _PUBLIC[name].partition(":")
    value = getattr(importlib.import_module(module), own_name or name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
