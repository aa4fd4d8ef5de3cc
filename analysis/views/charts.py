"""All charts of tables under one name; each function returns a :class:`~analysis.views.chart.Chart`.

Bars and dots are counts ("k of n articles"); a share has an interval where four articles or more stand behind
it. Every mark is drawn as SVG; colour never stands without a symbol, a pattern or a label.
"""

from __future__ import annotations

from analysis.views.chart import Chart
from analysis.views.corpus_charts import plot_pages, plot_reuse
from analysis.views.event_charts import plot_figures, plot_publication, plot_timeline
from analysis.views.framing_charts import (
    plot_cooccurrence,
    plot_frame_shares,
    plot_frames_over_time,
    plot_headlines,
)
from analysis.views.match_charts import (
    plot_frames,
    plot_frames_by_outlet,
    plot_frames_by_voice,
    plot_metaphors,
    plot_term_shares,
    plot_terms,
)
from analysis.views.voice_charts import plot_speakers, plot_voices

__all__ = [
    "Chart",
    "plot_cooccurrence",
    "plot_figures",
    "plot_frame_shares",
    "plot_frames",
    "plot_frames_by_outlet",
    "plot_frames_by_voice",
    "plot_frames_over_time",
    "plot_headlines",
    "plot_metaphors",
    "plot_pages",
    "plot_publication",
    "plot_reuse",
    "plot_speakers",
    "plot_term_shares",
    "plot_terms",
    "plot_timeline",
    "plot_voices",
]
