"""How soon the views of an exported page answer, how soon the page stands, and what it weighs.

    python benchmarks/views.py
    python benchmarks/views.py --sentences 20000 --repeat 5

Evidence is made up: sentences of 25 words of a made-up language, 12 to an article, from 8 outlets over
three years, with 10 frames, 3 voices and 200 speakers. It is exported with all linked views on one page,
and as mentions of dated events, three to an event, with swim lanes and dates on another. Each page is
opened from disk in Chromium, whose network is shut. Keys and clicks are real ones. Timed is from the
event's own time stamp until the screen was painted: a message posted in the next animation frame has come
back. Chromium paints as soon as it can; a screen of 60 Hz adds up to 17 ms.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))

SIZES = (2_000, 20_000)
WORDS, A_ARTICLE, LANGUAGE, DAYS = 25, 12, 4_000, 3 * 365
VOICES = ("narration", "quotation", "mixed")
STATUSES = ("announced", "proposed", "in force", "ended", "rejected")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-frame-rate-limit", "--disable-background-networking")
# Each time that an event of the type is seen: how many milliseconds after it the screen was painted.
WATCH = """type => {
  window.answers = [];
  window.stopWatch?.abort();
  window.stopWatch = new AbortController();
  const { port1, port2 } = new MessageChannel(), open = [];
  port1.onmessage = () => answers.push(performance.now() - open.shift());
  const heard = (event) => { open.push(event.timeStamp); requestAnimationFrame(() => port2.postMessage(0)); };
  addEventListener(type, heard, { capture: true, signal: stopWatch.signal });
}"""
# When the first view said its first words, and when the page said that all of it stands.
STARTED = """() => {
  const times = (window.times = {});
  new MutationObserver((_, watcher) => {
    if (document.querySelector(".fl-view .fl-statement:not(:empty)")) times.first ??= performance.now();
    if (!document.documentElement?.dataset.framelinesReady) return;
    times.ready = performance.now();
    watcher.disconnect();
  }).observe(document, { subtree: true, childList: true, attributes: true });
}"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Make a page of each size, drive it, and print what was measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sentences", type=int, nargs="+", default=SIZES, metavar="N", help="2000 20000")
    parser.add_argument("--repeat", type=int, default=3, metavar="N", help="how often each is done (3)")
    parser.add_argument("--chromium", metavar="PATH", help="Chromium's or Chrome's program")
    parser.add_argument("--slow", type=float, default=1, metavar="N", help="slow the processor N times (1)")
    parser.add_argument(
        "--each", action="store_true", help="also a page for each view, with the filters alone"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="keep the pages in a folder")
    given = parser.parse_args(arguments)
    chromium = given.chromium or next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        parser.error("there is no Chromium; give its path with --chromium")
    with tempfile.TemporaryDirectory() as made, start_chromium(chromium) as browser:
        folder = given.out or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        for number in given.sentences:
            evidence = make_evidence(number)
            for name, rows in (("views", evidence), ("events", date_events(evidence))):
                for kinds in [None, *([[kind] for kind in view_makers(rows)] if given.each else [])]:
                    page = folder / f"{name}-{number}{'-' + kinds[0] if kinds else ''}.html"
                    page.write_text(make_page(rows, kinds), encoding="utf-8")
                    measure(browser, page, rows, given.repeat, given.slow)


def make_evidence(sentences: int) -> pd.DataFrame:
    """Evidence of a made-up language whose words follow Zipf's law; the same for one number of sentences."""
    chance = np.random.default_rng(1)
    syllables = [first + then for first in "bdfklmnprstv" for then in "aeiou"]
    language = np.array(["".join(chance.choice(syllables, 1 + n % 3)) for n in range(LANGUAGE)])
    share = 1 / np.arange(3, 3 + LANGUAGE)
    drawn = chance.choice(language, size=(sentences, WORDS), p=share / share.sum())
    article = np.arange(sentences) // A_ARTICLE
    days = chance.integers(0, DAYS, article[-1] + 1)
    published = pd.Series(pd.Timestamp("2023-01-01") + pd.to_timedelta(days[article], unit="D"))
    texts = [f"{' '.join(words[:12]).capitalize()}, “{' '.join(words[12:])}”." for words in drawn]
    about = {
        "article_id": [f"page-{n}.txt#0" for n in article],
        "outlet": [f"Example Paper {n % 8 + 1}" for n in article],
        "headline": [f"{' '.join(drawn[n * A_ARTICLE][:7]).capitalize()}" for n in article],
        "sentence": texts,
        "match_start": pd.array([0] * sentences, "Int64"),
        "match_end": pd.array([text.index(" ") for text in texts], "Int64"),
        "before": [None if n % A_ARTICLE == 0 else texts[n - 1] for n in range(sentences)],
        "after": [None if (n + 1) % A_ARTICLE == 0 else [*texts, None][n + 1] for n in range(sentences)],
        **dict.fromkeys(
            ("published_earliest", "published_latest", "date_earliest", "date_latest"),
            published.dt.strftime("%Y-%m-%d"),
        ),
        "frame": [f"Frame {n}" for n in chance.integers(1, 11, sentences)],
        "voice": chance.choice(VOICES, sentences, p=(0.6, 0.3, 0.1)),
        "speaker": [f"Speaker {n}" if n <= 200 else None for n in chance.zipf(1.3, sentences)],
    }
    words = [name for name in about if name not in ("match_start", "match_end")]
    return pd.DataFrame(about).astype(dict.fromkeys(words, "string"))


def date_events(evidence: pd.DataFrame) -> pd.DataFrame:
    """The same sentences as mentions of events: on a day, or some time within a week or a month."""
    chance = np.random.default_rng(2)
    number = len(evidence)
    event = chance.integers(0, max(1, number // 3), number)
    days = pd.Timestamp("2023-01-01") + pd.to_timedelta(chance.integers(0, DAYS, number), unit="D")
    last = days + pd.to_timedelta(chance.choice([0, 0, 0, 6, 30], number), unit="D")
    return evidence.assign(
        date_earliest=pd.array(days.strftime("%Y-%m-%d"), "string"),
        date_latest=pd.array(last.strftime("%Y-%m-%d"), "string"),
        event_id=pd.array([f"event {n}" for n in event], "string"),
        instrument=pd.array([f"Instrument {n % 15}" for n in event], "string"),
        status=pd.array(chance.choice(STATUSES, number), "string"),
        what=evidence["sentence"].str.split(",").str[0].astype("string"),
    )


def view_makers(evidence: pd.DataFrame) -> dict[str, Any]:
    """The linked views that this version has, each with what makes it."""
    from analysis.views.explorer import Explorer

    if "event_id" in evidence:
        told = Explorer(
            evidence,
            dimensions=["instrument", "status", "frame"],
            details=["event_id", "what"],
            unit="event mention",
        )
        return {
            "filters": lambda: told.filters(),
            "dates": lambda: told.dates(),
            "lanes": lambda: told.lanes("instrument", colour="status"),
            "sentences": lambda: told.sentences(),
        }
    explorer = Explorer(evidence, dimensions=["frame", "voice", "speaker"], unit="sentence")
    makers = {
        "filters": lambda: explorer.filters(),
        "dates": lambda: explorer.dates(),
        "counts": lambda: explorer.counts("frame", "outlet"),
        "articles": lambda: explorer.articles(colour="frame"),
        "contexts": lambda: explorer.contexts(),
        "sentences": lambda: explorer.sentences(),
    }
    return {kind: maker for kind, maker in makers.items() if hasattr(explorer, kind)}


def make_page(evidence: pd.DataFrame, kinds: Sequence[str] | None) -> str:
    """Export a page of the linked views: all of them, or the filters and the named ones."""
    import ipywidgets
    import nbformat

    from analysis.report.export import FramelinesExporter
    from analysis.report.static import STATE_TYPE, VIEW_TYPE

    ipywidgets.Widget.close_all()
    makers = view_makers(evidence)
    views = [maker() for kind, maker in makers.items() if kinds is None or kind in ("filters", *kinds)]
    outputs = [
        nbformat.v4.new_output("display_data", {VIEW_TYPE: {"model_id": view.model_id}}) for view in views
    ]
    cell = nbformat.v4.new_code_cell("views", execution_count=1, outputs=outputs)
    title = nbformat.v4.new_markdown_cell("# Made-up evidence")
    nb = nbformat.v4.new_notebook(cells=[title, cell])
    nb.metadata["widgets"] = {STATE_TYPE: json.loads(json.dumps(ipywidgets.Widget.get_manager_state()))}
    return FramelinesExporter().from_notebook_node(nb)[0]


@contextmanager
def start_chromium(path: str) -> Iterator[Any]:
    """Headless Chromium that paints without waiting for a screen."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


def measure(browser: Any, path: Path, evidence: pd.DataFrame, repeat: int, slow: float) -> None:
    """Open a page as often as asked, type, click and brush in it, and print the figures."""
    # A frequent word, a seldom one, and two.
    words = list(dict.fromkeys(re.findall(r"\w{4,}", " ".join(evidence["sentence"].head(500)).lower())))
    typed = (words[0], words[-1], " ".join(words[1:3]))
    answers: dict[str, list[float]] = {}
    starts: list[dict[str, float]] = []
    for _ in range(repeat):
        page = browser.new_page(viewport={"width": 1280, "height": 900}, offline=True)
        if slow > 1:
            page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slow})
        page.add_init_script(f"({STARTED})()")
        page.goto(path.as_uri())
        page.wait_for_function("() => window.times.ready")
        starts.append(page.evaluate("() => times"))
        views = page.locator(".fl-view").evaluate_all("all => all.map(view => view.dataset.view)")
        for name, times in {**type_words(page, typed), **click_filters(page), **move_brush(page)}.items():
            answers.setdefault(name, []).extend(times)
        page.context.close()
    print(f"\n{len(evidence):,} sentences, linked views: {', '.join(views)}")
    for name, times in answers.items():
        p90 = quantiles(times, n=10)[-1]
        print(f"  {name:<22} median {median(times):6.1f} ms   p90 {p90:6.1f} ms   of {len(times)}")
    for name, words in (("first", "first view drawn"), ("ready", "all views stand")):
        print(f"  {words:<22} median {median(each[name] for each in starts):6.0f} ms after the start")
    print(f"  {weigh(path.read_text(encoding='utf-8'))}")


def watch(page: Any, event: str) -> None:
    """Take the times of the next events."""
    page.evaluate(WATCH, event)


def wait_answers(page: Any, number: int) -> list[float]:
    """The milliseconds of so many events, when all have been painted."""
    page.wait_for_function("number => answers.length >= number", arg=number)
    return page.evaluate("() => answers")


def type_words(page: Any, typed: Sequence[str]) -> dict[str, list[float]]:
    """Type words letter by letter, wait for each, and take them away again letter by letter."""
    field = page.get_by_label("Search the sentences").first
    times: dict[str, list[float]] = {"keystroke": [], "backspace": []}
    for word in typed:
        field.click()
        for name, keys in (("keystroke", list(word)), ("backspace", ["Backspace"] * len(word))):
            watch(page, "keydown")
            for at, key in enumerate(keys, 1):
                page.keyboard.press("Space" if key == " " else key)
                wait_answers(page, at)
            times[name] += page.evaluate("() => answers")
    return times


def click_filters(page: Any) -> dict[str, list[float]]:
    """Choose three outlets and two frames, one after the other, and let go of them again."""
    for name in ("outlet", "frame"):
        page.locator(f".fl-view-filters [data-dimension={name}] summary").click()
    boxes = [
        page.locator(f".fl-view-filters [data-dimension={name}] input[type=checkbox]").nth(at)
        for name, at in (("outlet", 0), ("outlet", 1), ("frame", 0), ("outlet", 2), ("frame", 1))
    ]
    watch(page, "click")
    for at, box in enumerate([*boxes, *boxes], 1):
        box.click()
        wait_answers(page, at)
    return {"filter click": page.evaluate("() => answers")}


def move_brush(page: Any) -> dict[str, list[float]]:
    """Drag over the bars of the dates, where the page has them."""
    plot = page.locator(".fl-view-dates .fl-dates-plot")
    if not plot.count():
        return {}
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    x, y = box["x"] + box["width"] * 0.2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    watch(page, "pointermove")
    for at in range(1, 16):
        page.mouse.move(x + at * box["width"] / 30, y)
        wait_answers(page, at)
    times = page.evaluate("() => answers")
    page.mouse.up()
    return {"brush move": times}


def weigh(page: str) -> str:
    """What a page weighs, and how much of it is data."""
    state = re.search(r'id="framelines-state">(.*?)</script>', page, re.DOTALL)[1]
    shared = json.loads(state)["shared"].values()
    texts = (each for each in shared if not isinstance(each, str))
    data = sum(len(json.dumps(each, ensure_ascii=False, separators=(",", ":")).encode()) for each in texts)
    total = len(page.encode())
    return f"page {total / 1e6:.2f} MB: data {data / 1e6:.2f} MB, the rest {(total - data) / 1e6:.2f} MB"


if __name__ == "__main__":
    main()
