"""Every kind of view live, in JupyterLab and in Notebook 7: walked, in both themes, and told to Python."""

from __future__ import annotations

import json

import pytest
from axe import COLOURS, find_violations
from browser import ChromiumPage, Watched
from lab import run_notebook_live, write_cells
from made_views import CELLS, LINKED, SEEN, START
from viewing import STANDS
from walk import WALKS, walk

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

SELECT = (
    "token = frames.token()\nframes.use_token(token)\n"
    "print('token holds', frames.store.filters['choices'], len(frames.selection()))"
)
LOOKS = """() => JSON.stringify([".fl-statement", ".fl-view button", ".fl-view input"].map((css) => {
  const { color, borderTopColor } = getComputedStyle(document.querySelector(css));
  return [color, borderTopColor];
}))"""
OURS = ".jp-OutputArea .fl-view"
# A page that is loaded anew has forgotten this.
REMEMBER = "() => { window.remembered = true; }"


def choose_theme(page, name: str, light: bool) -> None:
    """Another theme, by the menu: its sheet comes after its name."""
    page.get_by_role("menuitem", name="Settings", exact=True).click()
    page.locator(".lm-Menu-item", has_text="Theme").first.hover()
    page.locator(".lm-Menu-item", has_text=name).first.click()
    page.wait_for_function(
        """([light, colour]) => document.body.dataset.jpThemeLight === light
          && getComputedStyle(document.body).getPropertyValue("--jp-layout-color0").includes(colour)""",
        arg=[str(light).lower(), "white" if light else "#111"],
    )


def choose_herald(page) -> None:
    outlet = page.locator(".fl-view-filters [data-dimension=outlet]").first
    outlet.locator("summary").click()
    outlet.get_by_role("checkbox", name="Example Herald").check()


def said(page) -> str:
    return page.locator(".fl-view-filters .fl-statement").first.inner_text()


def test_every_kind_of_view_answers_in_jupyterlab_in_both_themes(browser, lab):
    notebook = lab.make_folder("live") / "live.ipynb"
    write_cells(notebook, CELLS)
    with run_notebook_live(browser, lab, notebook) as page:
        page.locator(".fl-view-reader .fl-statement").wait_for(state="attached")
        driven = ChromiumPage(Watched(page))
        page.on("pageerror", lambda error: driven.complaints.append(str(error)))
        assert set(walk(driven)) == set(WALKS)
        assert driven.complaints == []
        page.locator(".js-plotly-plot .bars path").first.wait_for(state="attached")
        told = "Of 4 articles, 4 have words of the frame 'Security and defence'"
        assert page.get_by_text(told).count() == 1

        choose_herald(page)
        chosen, light = said(page), driven.evaluate(LOOKS)
        page.get_by_text("Python sees 6 rows").wait_for()
        driven.evaluate(REMEMBER)
        assert find_violations(page, OURS) == []
        choose_theme(page, "JupyterLab Dark", False)
        driven.wait_for(f"(before) => ({LOOKS})() !== before", light)
        for before, now in zip(json.loads(light), json.loads(driven.evaluate(LOOKS)), strict=True):
            assert before != now, "a part keeps the colours of the other theme"
        assert said(page) == chosen
        assert find_violations(page, OURS, COLOURS) == []
        choose_theme(page, "JupyterLab Light", True)
        driven.wait_for(f"(before) => ({LOOKS})() === before", light)
        assert driven.evaluate("() => window.remembered")


def test_views_answer_in_notebook_7(browser, lab):
    notebook = lab.make_folder("notebook") / "views.ipynb"
    write_cells(notebook, (START, LINKED, SEEN, SELECT))
    with run_notebook_live(browser, lab, notebook, app="notebook") as page:
        page.locator(".fl-view-sentences li.fl-evidence").first.wait_for()
        page.locator(".fl-view").nth(8).wait_for(state="attached")
        # Each view once, not a second time beside its stored words.
        assert page.locator(".fl-view").count() == 9
        assert said(page) == "10 of 10 frame matches in 4 of 4 articles"
        choose_herald(page)
        page.get_by_text("Python sees 6 rows").wait_for()
        assert page.locator(".fl-view-sentences li.fl-evidence").count() == 6
        ChromiumPage(Watched(page)).wait_for(STANDS, ".fl-view-dates .fl-dates-handle")
