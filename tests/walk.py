"""A walk over every view of a page, as a reader takes it: each act has an effect, or the walk ends here.

The same walk goes over the exports in Chromium and in Firefox, and over live views in JupyterLab.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

from browser import Driven
from viewing import (
    ATTRIBUTE,
    FIND_VIEWS,
    MARK,
    REVEAL,
    STANDS,
    VALUES,
    View,
    count,
    focused,
    grow,
    pick_and_let_go,
    reset,
    try_lists,
)


def walk(page: Driven) -> list[str]:
    """Drive every view of a page; the kinds that were driven, in the order of the page."""
    found = page.evaluate(FIND_VIEWS)
    stores: dict[str, list[View]] = {}
    views = []
    for number, kind, store in found:
        assert kind in WALKS, f"this view is not walked: {kind}"
        linked = stores.setdefault(store, [])
        linked.append(View(page, number, kind, linked))
        views.append(linked[-1])
    for view in views:
        page.evaluate(REVEAL, view.at())
        page.settle()
        if not view.is_empty:
            WALKS[view.kind](view)
    return [view.kind for view in views]


# --- filters


def walk_filters(view: View) -> None:
    page = view.page
    # A notebook may open its views with something chosen.
    reset(view)
    whole = view.statement
    assert page.evaluate("(css) => document.querySelector(css).disabled", view.at(".fl-reset"))
    choose_two(view, whole)
    search(view, whole)
    if view.has("input[type=date]"):
        page.choose(view.at("input[type=date]"), "2100-01-01")
        assert count(view.await_change(".fl-statement", whole)) == 0
        page.click(view.at(".fl-reset"))
        view.await_statement(whole)


def choose_two(view: View, whole: str) -> None:
    """Two values of a dimension at once: as many rows as both have, in every linked view."""
    page = view.page
    names = page.evaluate(
        """(css) => [...document.querySelectorAll(css)]
          .filter((group) => group.querySelectorAll("input[type=checkbox]").length > 2)
          .map((group) => group.dataset.dimension)""",
        view.at("[data-dimension]"),
    )
    if not names:
        return
    # A value that many rows have: the outlet's, where there is one.
    group = f'[data-dimension="{"outlet" if "outlet" in names else names[0]}"]'
    page.click(view.at(f"{group} summary"))
    page.wait_for(
        "(css) => document.querySelector(css).textContent !== ''", view.at(f"{group} .fl-option-count")
    )
    counts = [count(words) for words in page.texts(view.at(f"{group} .fl-option-count"))]
    first, second = sorted(range(len(counts)), key=lambda at: -counts[at])[:2]
    boxes = [view.at(f"{group} .fl-option:nth-of-type({at + 1}) input") for at in (first, second)]
    page.click(boxes[0])
    one = view.await_change(".fl-statement", whole)
    assert count(one) == counts[first]
    page.press("Space", boxes[1])
    both = view.await_change(".fl-statement", one) if counts[second] else one
    assert max(counts[first], counts[second]) <= count(both) <= counts[first] + counts[second]
    for kind in ("sentences", "downloads"):
        if other := view.find(kind):
            assert str(count(both)) in page.evaluate(
                "(css) => document.querySelector(css).textContent", other.at()
            )
    bring_back(view, both)
    page.press("Escape", boxes[1])
    page.wait_for("(css) => !document.querySelector(css).open", view.at(group))
    page.click(view.at(".fl-reset"))
    view.await_statement(whole)


def search(view: View, whole: str) -> None:
    """A word's beginning, a phrase, and words that nobody says, which leads back."""
    page, box = view.page, view.at(".fl-search input")
    sentences = view.find("sentences")
    if sentences:
        quoted = page.text(sentences.at("blockquote"))
        word = re.search(r"\b[a-z]{5,}\b", quoted)[0][:4]
        phrase = re.search(r"\b[a-z]{2,} [a-z]{2,}\b", quoted)[0]
        for typed, sought in ((word, rf"\b{word}"), (f'"{phrase}"', rf"\b{phrase}\b")):
            page.type(typed, box)
            view.await_words(typed.strip('"'))
            found = view.statement
            assert 0 < count(found) <= count(whole)
            sentences.await_statement(f"{count(found)} of ")
            for each in page.texts(sentences.at("blockquote"))[:10]:
                assert re.search(sought, " ".join(each.split()), re.IGNORECASE), (typed, each)
    page.type("zzqxj", box)
    view.await_words("zzqxj")
    assert count(view.statement) == 0
    if sentences:
        assert "zzqxj" in page.text(sentences.at(".fl-empty"))
        page.press("Enter", sentences.at(".fl-empty button"))
    else:
        page.click(view.at(".fl-reset"))
    view.await_statement(whole)


def bring_back(view: View, statement: str) -> None:
    """A link keeps what is selected: with it the same is selected again."""
    page = view.page
    if not view.has(".fl-copy"):
        return
    page.click(view.at(".fl-copy"))
    link = page.wait_for("(css) => document.querySelector(css).value", view.at("input[readonly]"))
    if "#framelines=" not in link:
        return
    reset(view)
    view.await_change(".fl-statement", statement)
    page.evaluate("(link) => { location.hash = ''; location.hash = link.split('#')[1]; }", link)
    view.await_statement(statement)
    page.wait_for(STANDS, ".fl-restored")
    page.click(".fl-restored button:last-child")


# --- lists


def walk_counts(view: View) -> None:
    page, table = view.page, "tbody button:not(.fl-zero)"
    if not view.has(table):
        return
    for key in (None, "Enter"):
        wanted = count(page.text(view.at(table)))
        read = pick_and_let_go(view, table, key)
        assert not read or count(read) == wanted
    grand = count(page.text(view.at(".fl-grand")))
    for unit, fits in (("articles", "<="), ("rows", "===")):
        page.choose(view.at("select"), unit)
        shows = f"(css, all) => Number(document.querySelector(css).textContent) {fits} all"
        page.wait_for(shows, view.at(".fl-grand"), grand)


def walk_articles(view: View) -> None:
    if view.has(".fl-article"):
        for key in (None, "Enter"):
            read = pick_and_let_go(view, ".fl-article", key)
            assert not read or re.search(r" in 1 of \d+ articles?", read), read


def walk_sentences(view: View) -> None:
    page, around = view.page, "li.fl-evidence details"
    if view.has(around):
        page.click(view.at(f"{around} summary"))
        page.wait_for("(css) => document.querySelector(css).textContent.length > 20", view.at(f"{around} p"))
        page.press("Enter", view.at(f"{around} summary"))
        page.wait_for("(css) => !document.querySelector(css).open", view.at(around))
    grow(view, "li.fl-evidence")
    try_lists(view)


def walk_downloads(view: View) -> None:
    page = view.page
    wanted = count(page.text(view.at("[data-key=csv]")))
    rows = list(csv.DictReader(io.StringIO(read_file(view, "[data-key=csv]"), newline="")))
    assert len(rows) == wanted
    assert all(row["article_id"] for row in rows)
    if view.has("[data-key=ics]:not(:disabled)"):
        events = count(page.text(view.at("[data-key=ics]")))
        assert read_file(view, "[data-key=ics]").count("BEGIN:VEVENT") == events


def read_file(view: View, css: str) -> str:
    return view.page.download(view.at(css)).read_text(encoding="utf-8-sig")


# --- over time


def walk_timeline(view: View) -> None:
    for key in (None, "Enter"):
        pick_and_let_go(view, ".fl-time-row", key)


def walk_lanes(view: View) -> None:
    page, whole = view.page, view.statement
    mark = '.fl-lane-mark[tabindex="0"]'
    if not view.has(mark):
        return
    pick_and_let_go(view, mark)
    pick_and_let_go(view, mark, "Enter")
    page.focus(view.at(mark))
    seen = set()
    for key in ("Home", "End", "ArrowLeft", "ArrowDown"):
        page.press(key)
        assert page.evaluate("() => document.activeElement.matches('.fl-lane-mark')")
        seen.add(focused(page))
    assert len(seen) > 1 or page.count(view.at(".fl-lane-mark")) == 1
    page.press("+")
    closer = view.await_change(".fl-statement", whole)
    page.press("0")
    view.await_change(".fl-statement", closer)
    page.hover(view.at(mark))
    page.wait_for("(css) => document.querySelector(css).textContent", view.at(".fl-lane-told"))


def walk_dates(view: View) -> None:
    """A brush by dragging, by its handles on the keyboard, and by Enter on a bar."""
    page, start, end, plot = view.page, *map(view.at, (".fl-dates-start", ".fl-dates-end", ".fl-dates-plot"))
    if not page.evaluate("(css) => document.querySelector(css).checkVisibility()", plot):
        return
    whole, box = view.statement, page.box(plot)
    middle = box["y"] + box["height"] / 2
    page.drag((box["x"] + box["width"] * 0.3, middle), (box["x"] + box["width"] * 0.7, middle))
    view.await_change(".fl-statement", whole)
    days = [page.evaluate(ATTRIBUTE, handle, "aria-valuetext") for handle in (start, end)]
    assert days[0] != "the earliest" and days[1] != "the latest"
    moved = "(css, before) => document.querySelector(css).getAttribute('aria-valuetext') !== before"
    for handle, key, day in ((start, "ArrowRight", days[0]), (end, "ArrowLeft", days[1])):
        page.press(key, handle)
        page.wait_for(moved, handle, day)
    for choose in ("Escape", "Enter", "Escape"):
        before = view.statement
        page.press(choose, plot)
        view.await_change(".fl-statement", before)
    assert view.statement == whole
    assert page.evaluate(ATTRIBUTE, start, "aria-valuetext") == "the earliest"


def walk_claims(view: View) -> None:
    page, mark = view.page, '.fl-claim[tabindex="0"]'
    if not view.has(mark):
        return
    measure = view.at('select[aria-label="Measure"]')
    values = page.evaluate(VALUES, f"{measure} option")
    said = view.statement
    pick_and_let_go(view, mark, "Enter")
    page.focus(view.at(mark))
    page.press("End")
    assert page.evaluate("() => document.activeElement.matches('.fl-claim')")
    if len(values) > 1:
        page.choose(measure, values[1])
        view.await_change(".fl-statement", said)
        page.choose(measure, values[0])
        view.await_statement(said)
    if filters := view.find("filters"):
        reset(filters)


# --- views of their own


def walk_actor(view: View) -> None:
    page, said = view.page, view.statement
    actors = page.evaluate(VALUES, view.at('select[aria-label="Actor"] option'))
    if len(actors) > 1:
        page.choose(view.at('select[aria-label="Actor"]'), actors[1])
        view.await_change(".fl-statement", said)
        page.choose(view.at('select[aria-label="Actor"]'), actors[0])
        view.await_statement(said)
    page.type("zzqxj", view.at("input[type=search]"))
    page.wait_for(
        "(css) => document.querySelector(css).textContent.includes('zzqxj')", view.at("[role=status]")
    )
    page.type("", view.at("input[type=search]"))
    grow(view, "li.fl-evidence")


def walk_keyness(view: View) -> None:
    page, said = view.page, view.statement
    comparisons = page.evaluate(VALUES, view.at('select[aria-label="Comparison"] option'))
    if len(comparisons) > 1:
        page.choose(view.at('select[aria-label="Comparison"]'), comparisons[1])
        view.await_change(".fl-statement", said)
        page.choose(view.at('select[aria-label="Comparison"]'), comparisons[0])
    if view.has(".fl-key-feature"):
        before = page.text(view.at(".fl-key-title strong"))
        page.focus(view.at('.fl-key-feature[tabindex="0"]'))
        page.press("End")
        wanted = focused(page)
        page.press("Enter")
        page.wait_for("(css, wanted) => document.querySelector(css).textContent === wanted",
                      view.at(".fl-key-title strong"), wanted)  # fmt: skip
        assert wanted != before or page.count(view.at(".fl-key-feature")) == 1
        page.type("zzqxj", view.at("input[type=search]"))
        page.wait_for(STANDS, view.at(".fl-empty button"))
        page.click(view.at(".fl-empty button"))
        page.wait_for(STANDS, view.at(".fl-key-feature"))
    if view.has('.fl-key-dot[tabindex="0"]'):
        page.press("Enter", view.at('.fl-key-dot[tabindex="0"]'))
        page.wait_for(STANDS, view.at(".fl-chip button"))
        page.click(view.at(".fl-chip button"))


def walk_story(view: View) -> None:
    page, said = view.page, view.statement
    only = "label.fl-inline input[type=checkbox]"
    page.press("Space", view.at(only))
    assert "Only what differs is shown" in view.await_change(".fl-statement", said)
    page.press("Space", view.at(only))
    view.await_statement(said)
    label = view.at(".fl-story-label")
    if page.count(label):
        page.click(label)
        page.wait_for("(css) => document.querySelector(css).getAttribute('aria-expanded') === 'true'", label)
        page.press("Enter", label)
        page.wait_for("(css) => document.querySelector(css).getAttribute('aria-expanded') === 'false'", label)


def walk_contexts(view: View) -> None:
    page, word = view.page, ".fl-context-word"
    if not view.has(word):
        return
    page.click(view.at(word))
    page.wait_for(STANDS, view.at(f'{word}[aria-expanded="true"]'))
    page.press("Enter", view.at(f'{word}[aria-expanded="true"]'))
    page.wait_for("(css) => !document.querySelector(css)", view.at(f'{word}[aria-expanded="true"]'))
    try_lists(view)
    grow(view, "tr.fl-context")


def walk_reader(view: View) -> None:
    """Each layer is switched off and on again."""
    page, boxes = view.page, "input[type=checkbox]"
    for at in range(page.count(view.at(boxes))):
        page.evaluate(MARK, view.at(boxes), at)
        box = view.at(f'input[data-tried="{at}"]')
        before = page.evaluate("(css) => document.querySelector(css).checked", box)
        for wanted in (not before, before):
            page.press("Space", box)
            page.wait_for("(css, wanted) => document.querySelector(css).checked === wanted", box, wanted)


WALKS: dict[str, Callable[[View], None]] = {
    "actor": walk_actor, "articles": walk_articles, "claims": walk_claims, "contexts": walk_contexts,
    "counts": walk_counts, "dates": walk_dates, "downloads": walk_downloads, "filters": walk_filters,
    "keyness": walk_keyness, "lanes": walk_lanes, "reader": walk_reader, "sentences": walk_sentences,
    "story": walk_story, "timeline": walk_timeline,
}  # fmt: skip
