"""A view of a page as the walk sees it: its parts, what it says, and the views that are linked with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from browser import Driven

# Views of one store are linked: what one filters, all of them show.
FIND_VIEWS = """() => {
  const state = JSON.parse(document.getElementById("framelines-state")?.textContent || "null");
  const cells = [...document.querySelectorAll(".jp-Cell")];
  return [...document.querySelectorAll(".fl-view[data-view]")].map((node, number) => {
    node.dataset.walk = number;
    const host = node.closest("[data-framelines-view]");
    // Live, where no state is to be read, the views of a cell are taken to be linked.
    const cell = cells.indexOf(node.closest(".jp-Cell"));
    const store = host && state ? state.models[host.dataset.framelinesView].store : cell;
    return [number, node.dataset.view, String(store)];
  });
}"""
# Show what stands in a closed tab or fold.
REVEAL = """(css) => {
  for (let node = document.querySelector(css).parentElement; node; node = node.parentElement) {
    const tab = node.hidden && document.getElementById(node.getAttribute("aria-labelledby"));
    if (tab) tab.click();
    if (node.tagName === "DETAILS") node.open = true;
  }
}"""


VALUES = "(css) => [...document.querySelectorAll(css)].map((option) => option.value)"
ATTRIBUTE = "(css, name) => document.querySelector(css).getAttribute(name)"
STANDS = "(css) => document.querySelector(css)"
MARK = "(css, at) => { document.querySelectorAll(css)[at].dataset.tried = at; }"


@dataclass(frozen=True)
class View:
    """A view of the page, and those that are linked with it."""

    page: Driven
    number: int
    kind: str
    linked: list[View] = field(repr=False)

    def at(self, css: str = "") -> str:
        """The selector of a part of the view."""
        view = f'[data-walk="{self.number}"]'
        return ", ".join(f"{view} {part}" for part in css.split(", ")) if css else view

    def find(self, kind: str) -> View | None:
        """The first linked view of a kind."""
        return next((view for view in self.linked if view.kind == kind), None)

    def has(self, css: str) -> bool:
        return self.page.count(self.at(css)) > 0

    @property
    def statement(self) -> str:
        return self.page.text(self.at(".fl-statement"))

    @property
    def is_empty(self) -> bool:
        """Whether it has nothing to show at all, which it says."""
        return self.has("> .fl-empty")

    def await_change(self, css: str, before: str) -> str:
        """The words of a part, once they are others than before."""
        return self.page.wait_for(
            """(css, before) => {
              const now = document.querySelector(css)?.textContent;
              return now !== before && now;
            }""",
            self.at(css),
            before,
        )

    def await_words(self, words: str) -> None:
        """Wait until the statement names what is selected."""
        self.page.wait_for(
            "(css, words) => document.querySelector(css).textContent.includes(words)",
            self.at(".fl-statement"),
            words,
        )

    def await_statement(self, wanted: str) -> None:
        """Wait until the statement begins with these words."""
        self.page.wait_for(
            "(css, wanted) => document.querySelector(css).textContent.startsWith(wanted)",
            self.at(".fl-statement"),
            wanted,
        )


def count(words: str) -> int:
    """The first number in a statement."""
    found = re.search(r"\d[\d,]*", words)
    assert found, f"no number in {words!r}"
    return int(found[0].replace(",", ""))


def focused(page: Driven) -> str:
    """The name of what has the focus."""
    return page.evaluate(
        "() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"
    )


def reset(filters: View) -> None:
    """Let go of whatever is filtered, and wait until all views are drawn without it."""
    filters.page.evaluate("(css) => document.querySelector(css).click()", filters.at(".fl-reset"))
    filters.page.settle()


def pick_and_let_go(view: View, css: str, key: str | None = None) -> str:
    """Pick a mark: it is pressed and its sentences are read. Then let go: all are read again."""
    page, sentences, mark = view.page, view.find("sentences"), view.at(css)
    name = page.evaluate(ATTRIBUTE, mark, "aria-label")
    pressed = """(css, name) => [...document.querySelectorAll(`${css}[aria-pressed="true"]`)]
      .some((node) => node.getAttribute("aria-label") === name)"""
    page.press(key, mark) if key else page.click(mark)
    page.wait_for(pressed, view.at("button"), name)
    read = ""
    if sentences:
        page.wait_for(STANDS, sentences.at(".fl-chip button"))
        read = sentences.statement
        page.press("Enter", sentences.at(".fl-chip button"))
    else:
        page.press("Enter", mark)
    page.wait_for(f"(...given) => !({pressed})(...given)", view.at("button"), name)
    return read


def grow(view: View, items: str) -> None:
    """More of a long list, where it is cut."""
    page, before = view.page, view.page.count(view.at(items))
    if page.evaluate("(css) => !(document.querySelector(css)?.hidden ?? true)", view.at(".fl-more")):
        page.click(view.at(".fl-more"))
        more = "(css, before) => document.querySelectorAll(css).length > before"
        page.wait_for(more, view.at(items), before)


def try_lists(view: View) -> None:
    """Every way to sort in turn: no row is lost by it."""
    page, before = view.page, view.statement
    for at in range(page.count(view.at("select"))):
        page.evaluate(MARK, view.at("select"), at)
        tried = f'select[data-tried="{at}"]'
        values = page.evaluate(VALUES, view.at(f"{tried} option"))
        for value in [*values[1:], values[0]]:
            page.choose(view.at(tried), value)
            assert view.statement == before
