"""An export from its first control to its last by keyboard alone: Tab, arrows, Enter, Space and Escape."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from browser import Driven, drive_chromium

pytestmark = pytest.mark.browser

# What Tab should reach, in the order of the page, which is the order of reading.
EXPECT = """() => {
  const stops = "a[href], button, input, select, summary, [tabindex]";
  const isStop = (node) => node.tabIndex >= 0 && !node.disabled;
  return [...document.querySelectorAll(stops)]
    .filter((node) => isStop(node) && node.checkVisibility({ visibilityProperty: true }))
    .map((node, at) => { node.dataset.stop = at; return at; }).length;
}"""
FOCUSED = """() => {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const roles = { A: "link", BUTTON: "button", SUMMARY: "summary", SELECT: "list", INPUT: node.type };
  const labelled = document.getElementById(node.getAttribute("aria-labelledby"))?.textContent;
  const name = node.getAttribute("aria-label") || labelled || (node.labels?.[0] || node).textContent;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(node);
  const drawn = [...node.querySelectorAll("*")].map((part) => getComputedStyle(part));
  const box = node.getBoundingClientRect();
  return {
    role: node.getAttribute("role") || roles[node.tagName] || "region",
    name: (name || "").trim().slice(0, 60),
    stop: node.dataset.stop == null ? -1 : Number(node.dataset.stop),
    ring: (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none"
      // A drawn mark may have its ring drawn too.
      || drawn.some(({ stroke, strokeWidth }) => stroke !== "none" && parseFloat(strokeWidth) >= 2),
    inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    scrolls: node.scrollHeight > node.clientHeight || node.scrollWidth > node.clientWidth,
  };
}"""


class Step(NamedTuple):
    """Where a key led to."""

    role: str
    name: str
    key: str


@pytest.fixture
def page(browser, every_kind) -> Iterator[Driven]:
    with drive_chromium(browser) as driven:
        driven.visit(every_kind)
        yield driven
        assert driven.complaints == []


def focus_of(page: Driven) -> dict | None:
    return page.evaluate(FOCUSED)


def press(page: Driven, *keys: str) -> Step:
    for key in keys:
        page.press(key)
    found = focus_of(page)
    assert found, f"the focus is lost after {keys}"
    return Step(found["role"], found["name"], keys[-1])


def walk_by_tab(page: Driven, key: str, most: int) -> list[tuple[Step, dict]]:
    """Press a key until the focus leaves the page."""
    path: list[tuple[Step, dict]] = []
    for _ in range(most):
        page.press(key)
        found = focus_of(page)
        if not found or (len(path) > 1 and found["stop"] == path[0][1]["stop"] >= 0):
            return path
        # The parts of a date are stops of their own.
        if not path or found["stop"] < 0 or found["stop"] != path[-1][1]["stop"]:
            path.append((Step(found["role"], found["name"], key), found))
    raise AssertionError(f"{key} does not leave the page; last was {path[-1][0]}")


def test_tab_reaches_everything_in_the_order_of_reading_and_leaves(page):
    wanted = page.evaluate(EXPECT)
    path = walk_by_tab(page, "Tab", 2 * wanted)
    steps = [step for step, _ in path]
    assert steps[0] == Step("link", "Skip to the content", "Tab")
    assert Step("button", "Show code", "Tab") in steps[:9]
    assert [found["stop"] for _, found in path if found["stop"] >= 0] == list(range(wanted))
    # Besides controls, Chromium stops at what scrolls, and at a drawing that listens for the focus.
    assert [step for step, found in path if found["stop"] < 0 and not found["scrolls"]] == []
    assert [step for step, found in path if not found["ring"]] == [], "the focus is not to be seen"
    assert [step for step, found in path if not found["inView"]] == [], "the focus is out of sight"
    assert [step for step in steps if not step.name] == [], "a control has no name"
    back = walk_by_tab(page, "Shift+Tab", 2 * wanted)
    assert [found["stop"] for _, found in back] == [found["stop"] for _, found in reversed(path)]


def test_page_is_skipped_folded_and_filtered_by_keyboard(page):
    path = [press(page, "Tab")]
    path.append(press(page, "Enter"))
    assert page.evaluate("() => document.activeElement.id") == "content"
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    page.focus(".code-switch")
    path.append(press(page, "Space"))
    assert page.count("details.code[open]") == page.count("details.code") > 0
    press(page, "Space")
    assert page.count("details.code[open]") == 0

    page.focus(".fl-view-filters [data-dimension=outlet] summary")
    press(page, "Enter")
    # A list that opens is filled a moment later.
    page.wait_for("() => document.querySelector('.fl-view-filters [data-dimension=outlet] .fl-option')")
    while focus_of(page)["role"] != "checkbox":
        path.append(press(page, "Tab"))
    said = page.text(".fl-view-filters .fl-statement")
    path.append(press(page, "Space"))
    chosen = page.wait_for(
        """(before) => {
          const now = document.querySelector(".fl-view-filters .fl-statement").textContent;
          return now !== before && now;
        }""",
        said,
    )
    assert press(page, "Escape").role == "summary", "Escape closes the choices, and the focus goes back"
    assert page.text(".fl-view-filters .fl-statement") == chosen
    path.append(press(page, "Escape"))

    page.focus(".fl-view-counts tbody button:not(.fl-zero)")
    path.append(press(page, "Enter"))
    assert page.evaluate("() => !!document.activeElement.closest('.fl-view-sentences')"), (
        "what is read is next"
    )
    assert page.count(".fl-view-sentences .fl-chip button") == 1
    assert all(step.name for step in path if step.role != "region")


@pytest.mark.parametrize(
    ("box", "marks", "keys"),
    [
        (".fl-view-lanes .fl-lanes", ".fl-lane-mark", ("ArrowRight", "ArrowDown")),
        (".fl-view-claims .fl-claim-charts", ".fl-claim", ("ArrowRight",)),
        (".fl-view-keyness .fl-key-list", ".fl-key-feature", ("ArrowDown",)),
        (".fl-view-keyness .fl-key-plot", ".fl-key-dot", ("ArrowRight",)),
        (".fl-view-contexts table", ".fl-context-word", ("ArrowDown",)),
    ],
)
def test_every_mark_is_reached_by_arrows(page, box, marks, keys):
    all_marks = page.evaluate(
        """(css) => [...document.querySelectorAll(css)].map((mark, at) => {
          mark.dataset.mark = at;
          return at;
        })""",
        f"{box} {marks}",
    )
    assert len(all_marks) > 1
    assert page.count(f'{box} {marks}[tabindex="0"]') == 1
    page.focus(f'{box} {marks}[tabindex="0"]')
    page.press("Home")
    reached: set[str] = set()
    at = "() => document.activeElement.dataset.mark"
    for _ in range(len(all_marks) ** 2):
        for key in keys:
            reached.add(page.evaluate(at))
            before = page.evaluate(at)
            page.press(key)
            if page.evaluate(at) != before:
                break
        else:
            break
        if key == keys[-1] and len(keys) > 1:
            page.press("Home")
    reached.add(page.evaluate(at))
    assert {int(mark) for mark in reached} == set(all_marks)
    assert focus_of(page)["ring"] and focus_of(page)["name"]


def test_dates_are_chosen_by_handles(page):
    said = page.text(".fl-view-dates .fl-statement")
    page.focus(".fl-dates-start")
    assert press(page, "ArrowRight") == Step("slider", "First day", "ArrowRight")
    page.wait_for(
        "(before) => document.querySelector('.fl-view-dates .fl-statement').textContent !== before", said
    )
    page.press("Escape")
    page.wait_for(
        "(before) => document.querySelector('.fl-view-dates .fl-statement').textContent === before", said
    )
