"""Charts: their numbers against independent counts, their sentence, and what they say when empty."""

from __future__ import annotations

import html
import json

import pandas as pd
import pytest
from made_frames import join_stories, make_story
from made_tables import ARTICLES, HOSTILE, make_tables

from analysis.errors import UnknownNameError
from analysis.views import charts
from analysis.views.chart import PLOTLY_TYPE, data_table, label_text
from analysis.views.marks import draw_intervals, label_rows
from analysis.views.theme import PALETTE, PATTERNS, SYMBOLS, describe_dates, nth_colour, nth_of

# The made articles fill no period with four; frames over time have a test of their own.
PLOTS = [
    getattr(charts, name) for name in charts.__all__
    if name.startswith("plot_") and name != "plot_frames_over_time"
]  # fmt: skip
EMPTY = {name: [] for name in ("frames", "terms", "quotes", "events", "figures", "reuse", "segments")}


def full_tables():
    reuse = [{"article_a": "page.txt#0", "start_a": 0, "end_a": 9, "article_b": "page.txt#1", "start_b": 0,
              "end_b": 9, "words": 12, "containment": 1.0}] * 2  # fmt: skip
    segments = [
        {"page": "page.txt", "start": 0, "end": 10, "role": "headline"},
        {
            "page": "page.txt",
            "start": 10,
            "end": 60,
            "role": "paragraph",
            "article_start": 0,
            "article_end": 50,
        },
        {"page": "page.txt", "start": 60, "end": 90, "role": "advert"},
        {"page": "page.txt", "start": 90, "end": 91, "role": "blank"},
    ]
    made = make_tables().frames.to_dict("records")
    water = {**made[0], "codebook": "migration_metaphors", "frame": "water"}
    return make_tables(reuse=reuse, segments=segments, frames=[*made, water])


@pytest.mark.parametrize("plot", PLOTS)
def test_chart_has_a_figure_a_sentence_and_its_data(plot):
    chart = plot(full_tables())
    assert chart.figure is not None and len(chart.data)
    assert chart.sentence.endswith(".")
    assert chart.sentence[0].isupper() or chart.sentence[0].isdigit()
    assert chart.figure.layout.meta["description"].endswith(chart.sentence)


@pytest.mark.parametrize("plot", PLOTS)
def test_only_svg_marks_are_used(plot):
    assert not [trace.type for trace in plot(full_tables()).figure.data if "gl" in trace.type]


@pytest.mark.parametrize("plot", [plot for plot in PLOTS if plot is not charts.plot_publication])
def test_empty_input_says_why(plot):
    chart = plot(make_tables(**EMPTY))
    assert chart.figure is None
    assert chart.sentence.startswith(("No", "None"))
    assert html.escape(chart.sentence) in chart.to_html()


def test_no_publication_dates_is_said():
    articles = [{"article_id": "a", "headline": "h", "text": "t"}]
    chart = charts.plot_publication(make_tables(articles=articles))
    assert chart.sentence == "None of 1 article has a publication date."


def test_many_articles_share_a_row_an_outlet():
    names = [*["Example Post"] * 30, *["Example Herald"] * 29, None]
    articles = [
        {"article_id": f"a{n:02}", "outlet": name, "headline": "h", "text": "t",
         "published_earliest": f"2025-03-{n % 28 + 1:02}", "published_latest": f"2025-03-{n % 28 + 1:02}"}
        for n, name in enumerate(names)
    ]  # fmt: skip
    chart = charts.plot_publication(make_tables(articles=articles))
    axis, marks = chart.figure.layout.yaxis, chart.figure.data[0]
    assert axis.ticktext == (
        "Example Post (30 articles)", "Example Herald (29 articles)", "Outlet not stated (1 article)",
    )  # fmt: skip
    assert sum(y == axis.tickvals[0] for y in marks.y) == 2 * 30
    assert len(chart.data) == 60 and chart.sentence.endswith(
        "Drawn is a row an outlet, 3 of 3; marks of one day share a place."
    )


def test_frames_are_counted_by_article():
    data = charts.plot_frames(full_tables()).data.set_index("frame")
    assert data.loc["Security and defence", ["articles", "of", "matches"]].tolist() == [4, 4, 8]
    assert data.loc["Economic", ["articles", "of", "matches"]].tolist() == [2, 4, 2]


def test_a_topics_own_codebook_is_counted_out_of_the_articles_on_the_topic():
    name = "uk_migration metaphors"
    stories = [make_story(each, "A {water:wave}.", codebook=name, on_topic=each < "c") for each in "abc"]
    tables = join_stories(stories, topic=("uk_migration",))
    assert charts.plot_frames(tables, codebook=name).data["of"].tolist() == [2]
    assert charts.plot_frames_by_outlet(tables, codebook=name).data["of"].tolist() == [2]


def test_bars_say_k_of_n():
    figure = charts.plot_frames(full_tables()).figure
    assert list(figure.data[0].text) == ["4 of 4", "2 of 4"]


def test_voices_are_counted_apart():
    chart = charts.plot_frames_by_voice(full_tables())
    data = chart.data.set_index("frame")
    assert data.loc["Security and defence", ["narration", "quotation", "mixed"]].tolist() == [4, 4, 0]
    assert chart.sentence == "Of 10 frame matches, 6 stand in the journalist's words and 4 in quotations."
    assert {trace.marker.pattern.shape for trace in chart.figure.data} == {"", "/"}


def test_outlets_are_counted_out_of_their_own_articles():
    data = charts.plot_frames_by_outlet(full_tables()).data
    row = data[(data["frame"] == "Economic") & (data["outlet"] == "Example Herald")].iloc[0]
    assert (row["articles"], row["of"]) == (2, 2)


def test_speakers_are_counted_by_quotation_not_by_passage():
    tables = full_tables()
    passages = tables.quotes.to_dict("records")
    data = charts.plot_speakers(make_tables(quotes=passages + passages)).data
    assert data[["speaker", "quotations"]].to_numpy().tolist() == [["Ana Ruiz", 4]]


def test_time_line_counts_days_and_leaves_out_what_has_no_date():
    chart = charts.plot_timeline(full_tables())
    assert chart.sentence.startswith("2 of 3 events have a date, 1 of them a single day")
    assert len(chart.data) == 3


def test_a_status_keeps_its_colour_where_another_one_has_no_date():
    tables = make_tables()
    tables.events["status"] = ["scrapped", "scrapped", "announced", "scrapped"]
    (drawn,) = charts.plot_timeline(tables).figure.data
    # "announced" has no date, and is the first all the same, as in the linked views
    assert (drawn.name, drawn.marker.color, drawn.marker.symbol) == ("scrapped", PALETTE[1], SYMBOLS[1])


def test_claims_of_one_measure_are_drawn_one_by_one():
    chart = charts.plot_figures(full_tables(), measure="harbour plan")
    assert len(chart.figure.data[0].x) == len(ARTICLES)
    with pytest.raises(UnknownNameError, match="Did you mean 'harbour plan'"):
        charts.plot_figures(full_tables(), measure="harbor plan")


def test_shared_words_are_summed_over_passages():
    data = charts.plot_reuse(full_tables()).data
    assert data[["words", "passages"]].to_numpy().tolist() == [[24, 2]]


def test_pages_are_counted_in_characters_by_use():
    data = charts.plot_pages(full_tables()).data.set_index("use")["characters"].to_dict()
    assert data == {
        "kept as article text": 50, "used for headline, byline, outlet, date": 10, "left out: advert": 30,
    }  # fmt: skip


def test_shares_are_drawn_with_their_intervals_and_say_what_they_are_of():
    chart = charts.plot_frame_shares(full_tables())
    journalist, quoted = chart.figure.data
    assert (journalist.name, quoted.name) == ("Journalist (of 16)", "Quoted (of 4)")
    assert list(journalist.x) == [0.25, 0.125] and list(quoted.x) == [1.0, 0.0]
    assert journalist.marker.symbol != quoted.marker.symbol
    assert "4 of 4 sentences with words in quotation. Of 8 sentences with a frame, 2 carry" in chart.sentence
    low = chart.data.set_index(["voice", "frame"]).loc[("narration", "Economic"), "low"]
    assert journalist.error_x.arrayminus[1] == pytest.approx(0.125 - low)


def test_groups_of_fewer_than_four_articles_are_not_drawn_as_shares():
    chart = charts.plot_frame_shares(full_tables(), by="outlet")
    assert chart.figure is None
    assert chart.sentence.startswith("No outlet has four articles or more, so there are counts alone")
    assert set(chart.data["outlet"]) == {"Example Herald", "Example Post", "Outlet not stated"}


def test_who_is_not_known_is_drawn_hollow_and_last():
    chart = charts.plot_frame_shares(full_tables(), by="party")
    (only,) = chart.figure.data
    assert only.name == "not stated (of 4)"
    assert only.marker.symbol.endswith("-open")


def test_pairs_are_cells_with_their_count_and_frames_alone_stand_on_the_diagonal():
    chart = charts.plot_cooccurrence(full_tables())
    pairs, alone = chart.figure.data
    assert list(pairs.text) == ["2"] and pairs.customdata[0].endswith(": 2 of 16 sentences")
    assert dict(zip(alone.y, alone.text, strict=True)) == {"Economic": "2", "Security and defence": "8"}
    assert chart.sentence.startswith("Economic and Security and defence stand together oftenest, in 2 of 16")


def test_headline_and_text_are_two_bars():
    frames = full_tables().frames.to_dict("records")
    headline = {"article_id": "page.txt#0", "field": "headline", "start": 0, "end": 7, "text": "Harbour"}
    frames.append({**headline, "codebook": "policy_frames", "frame": "Economic", "voice": "narration"})
    chart = charts.plot_headlines(make_tables(frames=frames))
    assert {trace.name: list(trace.x) for trace in chart.figure.data} == {
        "In the headline": [1, 0], "In the text": [2, 4],
    }  # fmt: skip
    assert chart.sentence.endswith("and 2 in the text; 1 of 2 frames found stand in no headline.")


def test_periods_are_points_and_only_neighbours_are_joined():
    months = ["2025-01", "2025-02", "2025-04"]
    stories = [
        make_story(f"{month}-{n}", "The {law:court}." if n < 3 else "Rain.", days=(f"{month}-1{n}",) * 2)
        for month in months for n in range(4)
    ]  # fmt: skip
    chart = charts.plot_frames_over_time(join_stories(stories))
    line, points = chart.figure.data
    assert (line.mode, list(line.x)) == ("lines", ["2025-01-16", "2025-02-14"])
    assert list(points.text) == ["3 of 4"] * 3
    assert points.customdata[2] == "April 2025"
    none = charts.plot_frames_over_time(full_tables())
    assert none.figure is None
    assert none.sentence.startswith("No month has 4 articles or more")


def test_terms_and_metaphors_are_shared_out_by_who_chose_them():
    terms = charts.plot_term_shares(full_tables())
    assert dict(zip(terms.figure.data[0].x, terms.figure.data[0].text, strict=True)) == {
        "Example Herald<br>(2)": "2 of 2", "Example Post<br>(1)": "1 of 1",
        "Outlet not<br>stated<br>(1)": "1 of 1",
    }  # fmt: skip
    metaphors = charts.plot_metaphors(full_tables())
    assert metaphors.sentence.endswith("the largest is water, 1 of 1 in quotation.")


def test_article_text_is_escaped_in_labels_and_tables():
    chart = charts.plot_publication(full_tables())
    assert HOSTILE not in chart.to_html()
    assert "<img" not in json.dumps(chart.figure.to_plotly_json(), default=str)


def test_labels_are_cut_and_wrapped_as_plain_letters():
    assert (
        label_text("a <b>bold</b> & long label", width=16, most=22)
        == "a &lt;b&gt;bold&lt;/b&gt; &amp;<br>long…"
    )


def test_long_tables_say_what_they_leave_out():
    table = data_table(full_tables().sentences, caption="Sentences", most=5)
    assert "the first 5 of 16 rows" in table
    assert table.count("<tr>") == 6


def test_display_gives_title_figure_and_sentence(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda data, raw: shown.append(next(iter(data))))
    monkeypatch.setattr("IPython.display.publish_display_data", lambda data: shown.append(next(iter(data))))
    charts.plot_frames(full_tables())._ipython_display_()
    assert shown == ["text/html", PLOTLY_TYPE, "text/html"]


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        ("2025-07-09", "2025-07-09", "9 July 2025"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        ("2024-01-01", "2024-12-31", "2024"),
        ("2023-01-01", "2024-12-31", "2023–2024"),
        ("2024-06-01", "2024-06-12", "1–12 June 2024"),
        ("2024-06-30", "2024-07-02", "30 June – 2 July 2024"),
        ("2024-12-30", "2025-01-02", "30 December 2024 – 2 January 2025"),
        (None, None, "no date"),
    ],
)
def test_intervals_are_written_in_words(earliest, latest, words):
    assert describe_dates(earliest, latest) == words


def test_names_cut_to_the_same_words_keep_a_bar_each():
    pages = [f"{'a-long-folder-name/' * 5}{n}.txt" for n in range(3)]
    labels = label_rows(pages, most=60)
    assert len(set(labels)) == 3


def test_rows_of_a_time_line_are_as_high_as_their_labels():
    days = ["2024-01-01"] * 3
    figure = draw_intervals(["one", "one<br>two<br>three", "one"], days, days, ["agreed"] * 3)
    first, long, last = figure.layout.yaxis.tickvals
    assert long - first > 30 and last - long == long - first
    assert figure.layout.yaxis.range[0] == figure.layout.height - 100


def test_days_in_a_table_do_not_break_at_their_hyphens():
    data = pd.DataFrame({"day": ["2025-06-30", None], "text": ["2025-06-30", "a day"]})
    shown = data_table(data, caption="Days")
    assert '<td class="date">2025-06-30</td>' in shown
    assert "<td>2025-06-30</td>" in shown


def test_no_two_of_many_values_look_the_same():
    looks = [(nth_colour(at), nth_of(PATTERNS, at), nth_of(SYMBOLS, at)) for at in range(14)]
    assert len({(colour, pattern) for colour, pattern, _ in looks}) == 14
    assert len({(colour, symbol) for colour, _, symbol in looks}) == 14
