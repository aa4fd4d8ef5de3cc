"""The coding panel in JupyterLab: ten items by keyboard, the kernel killed, a second coder; and exported."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import krippendorff
import pytest
from browser import open_file
from lab import run_all_cells, run_notebook_live, write_cells
from test_browser_export import CONTRASTS
from test_coding_panel import HOSTILE

from analysis.compare.agreement import measure_agreement
from analysis.compare.codings import read_codings
from analysis.report.execute import run_notebook
from analysis.report.export import FramelinesExporter

pytestmark = pytest.mark.browser

CELLS = (
    f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
    "import os, pathlib\npathlib.Path('kernel.pid').write_text(str(os.getpid()), encoding='utf-8')\n"
    "import analysis as an\nfrom test_coding_panel import FRAMES, make_sample",
    "an.CodingPanel(make_sample(), [FRAMES], 'coding')",
)
# The keys of ten items, one of them "none of them", and how the second coder differs.
ANA = ("1", "2", "3", "12", "0", "1", "2", "3", "13", "2")
BEN = ("1", "2", "3", "1", "0", "1", "2", "3", "13", "1")
NAMES = {"1": "money", "2": "law", "3": "safety"}


def kill_kernel(page, folder: Path) -> None:
    """Kill the kernel's process; JupyterLab tells it in a dialog, and starts another."""
    os.kill(int((folder / "kernel.pid").read_text(encoding="utf-8")), signal.SIGKILL)
    page.get_by_text("appears to have died").wait_for()
    page.get_by_role("button", name="Ok", exact=True).click()


def begin(page, name: str) -> None:
    page.locator(".fl-view-coding input[name=coder]:enabled").fill(name)
    page.keyboard.press("Enter")


def code(page, number: int, keys: str) -> None:
    """Code the item shown by keyboard alone, and wait until it is said to be saved."""
    page.locator(".fl-view-coding .fl-statement", has_text=f"{number} of 12").wait_for()
    for key in keys:
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    page.locator(".fl-said", has_text=f"Saved {number}. Item {number + 1} of 12.").wait_for()


def coded(folder: Path) -> dict[str, list[list[str]]]:
    codings = read_codings(folder / "coding")
    return {coder: list(rows["values"]) for coder, rows in codings.groupby("coder")}


def values_of(keys: tuple[str, ...]) -> list[list[str]]:
    return [[NAMES[key] for key in each if key in NAMES] for each in keys]


@pytest.mark.timeout(500)
def test_two_coders_code_by_keyboard_and_a_killed_kernel_loses_nothing(browser, lab):
    folder = lab.make_folder("coders")
    write_cells(folder / "coding.ipynb", CELLS)
    with run_notebook_live(browser, lab, folder / "coding.ipynb") as page:
        title = page.title()
        begin(page, "ana")
        for number, keys in enumerate(ANA, 1):
            if number == 3:
                assert page.locator(".fl-passage mark").inner_text() == f"A mark {HOSTILE} stays text."
                assert page.locator(".fl-passage .fl-headline").inner_text() == HOSTILE
                assert page.locator(".fl-passage :is(script, img)").count() == 0
            code(page, number, keys)
        assert coded(folder) == {"ana": values_of(ANA)}
        assert page.title() == title

        kill_kernel(page, folder)
        page.locator(".fl-passage").focus()
        page.keyboard.press("1")
        page.keyboard.press("Enter")
        page.locator(".fl-alarm", has_text="Not saved; what you chose is kept").wait_for()
        assert page.get_by_role("checkbox", name="money").is_checked()
        assert len(coded(folder)["ana"]) == 10

        run_all_cells(page)
        begin(page, "ana")
        page.locator(".fl-view-coding .fl-statement", has_text="11 of 12 · 10 coded, 2 to go").wait_for()
        page.keyboard.press("ArrowLeft")
        page.locator(".fl-view-coding .fl-statement", has_text="10 of 12").wait_for()
        assert page.get_by_role("checkbox", name="law").is_checked()

        page.get_by_role("button", name="Change coder").click()
        begin(page, "ben")
        page.locator(".fl-view-coding .fl-statement", has_text="1 of 12 · 0 coded, 12 to go").wait_for()
        assert page.locator(".fl-view-coding input:checked").count() == 0
        for number, keys in enumerate(BEN, 1):
            code(page, number, keys)
        assert coded(folder) == {"ana": values_of(ANA), "ben": values_of(BEN)}
    agreed = measure_agreement(read_codings(folder / "coding"), "frames").set_index("value")
    assert tuple(agreed.loc["the whole answer", ["coders", "items", "agreement"]]) == (2, 10, 0.8)
    money = [[int("1" in keys) for keys in each] for each in (ANA, BEN)]
    expected = krippendorff.alpha(reliability_data=money, level_of_measurement="nominal")
    assert agreed.loc["money", "alpha"] == pytest.approx(expected)


@pytest.fixture(scope="module")
def panel(browser, lab):
    folder = lab.make_folder("coding")
    write_cells(folder / "coding.ipynb", CELLS)
    with run_notebook_live(browser, lab, folder / "coding.ipynb") as page:
        begin(page, "ana")
        yield page, folder


@pytest.mark.timeout(400)
def test_items_are_gone_back_to_put_back_and_changed(panel):
    page, folder = panel
    code(page, 1, "1")
    code(page, 2, "2")
    page.keyboard.press("p")
    page.keyboard.press("P")
    money, law = (page.get_by_role("checkbox", name=name) for name in ("money", "law"))
    assert (money.is_checked(), law.is_checked()) == (True, False)
    page.keyboard.press("2")
    assert law.is_checked()
    page.keyboard.press("u")
    assert not law.is_checked()
    page.keyboard.press("0")
    assert not money.is_checked() and page.get_by_role("checkbox", name="none of them").is_checked()
    page.keyboard.press("Enter")
    # On goes to the first that is not coded, not through those that are.
    page.locator(".fl-said", has_text="Saved 1. Item 3 of 12.").wait_for()
    assert coded(folder)["ana"] == [[], ["law"]]
    assert len((folder / "coding" / "ana.csv").read_text(encoding="utf-8").splitlines()) == 4


@pytest.mark.timeout(400)
def test_nothing_chosen_is_not_saved_and_values_are_explained(panel):
    page, folder = panel
    before = (folder / "coding" / "ana.csv").read_text(encoding="utf-8")
    page.locator(".fl-passage").focus()
    page.keyboard.press("Enter")
    page.locator(".fl-alarm", has_text="Choose a value first, or 0 for none of them").wait_for()
    assert page.get_by_text("Courts, rights & <statutes>.").count() == 0
    page.keyboard.press("?")
    page.get_by_text("Courts, rights & <statutes>.").wait_for()
    page.keyboard.press("?")
    assert page.get_by_text("Courts, rights & <statutes>.").count() == 0
    assert (folder / "coding" / "ana.csv").read_text(encoding="utf-8") == before


@pytest.mark.timeout(400)
def test_what_is_not_saved_is_told_and_another_name_may_be_called_off(panel):
    page, _ = panel
    unsaved = page.locator(".fl-view-coding .fl-unsaved")
    assert unsaved.count() == 0
    page.locator(".fl-passage").focus()
    page.keyboard.press("2")
    unsaved.wait_for()
    page.get_by_role("button", name="Change coder").click()
    page.keyboard.press("Escape")
    assert page.get_by_role("checkbox", name="law").is_checked()
    page.get_by_role("button", name="Change coder").click()
    begin(page, "ana")
    # The same coder goes on with what was chosen.
    page.locator(".fl-passage").wait_for()
    assert page.get_by_role("checkbox", name="law").is_checked()
    page.keyboard.press("u")
    assert unsaved.count() == 0


@pytest.mark.timeout(400)
def test_meanings_scroll_and_keep_their_place_under_the_passage(panel):
    page, _ = panel
    page.locator(".fl-passage").focus()
    page.keyboard.press("?")
    page.set_viewport_size({"width": 1300, "height": 400})
    page.add_style_tag(content=".fl-view ul.fl-codes { max-height: 60px !important; }")
    listed = page.locator(".fl-view-coding .fl-codes")
    assert listed.evaluate("list => { list.scrollTop = 20; return list.scrollTop; }") == 20
    page.keyboard.press("2")
    assert listed.evaluate("list => list.scrollTop") == 20
    page.locator(".fl-view-coding .fl-moves").scroll_into_view_if_needed()
    page.keyboard.press("u")
    page.keyboard.press("?")
    page.keyboard.press("Enter")
    alarm = page.locator(".fl-alarm", has_text="Choose a value first").bounding_box()
    assert 0 <= alarm["y"] <= 400 - alarm["height"]
    page.set_viewport_size({"width": 1300, "height": 1400})


@pytest.mark.timeout(400)
def test_mouse_does_the_same(panel):
    page, folder = panel
    number = len(coded(folder)["ana"]) + 1
    page.get_by_text("safety", exact=True).click()
    page.get_by_role("button", name="Save and go on").click()
    page.locator(".fl-said", has_text=f"Saved {number}. Item {number + 1} of 12.").wait_for()
    assert coded(folder)["ana"][-1] == ["safety"]


@pytest.mark.timeout(400)
def test_panel_is_legible_in_light_and_dark_and_in_a_narrow_place(panel):
    page, _ = panel
    page.locator(".fl-passage").focus()
    page.keyboard.press("?")
    for theme, light in (("JupyterLab Dark", "false"), ("JupyterLab Light", "true")):
        page.get_by_role("menuitem", name="Settings", exact=True).click()
        page.locator(".lm-Menu-item", has_text="Theme").first.hover()
        page.locator(".lm-Menu-item", has_text=theme).first.click()
        page.locator(f"body[data-jp-theme-light={light}][data-jp-theme-name='{theme}']").wait_for(
            state="attached"
        )
        # The sheet of a theme comes after its name.
        page.wait_for_function(
            "light => getComputedStyle(document.body).getPropertyValue('--jp-layout-color0').includes(light)",
            arg="white" if light == "true" else "#111",
        )
        # What another theme brings out of sight for a moment has no places to be seen.
        page.wait_for_function(f"() => ({CONTRASTS})().length > 15")
        ratios = page.evaluate(CONTRASTS)
        assert [(round(ratio, 1), text) for ratio, text in ratios if ratio < 4.5] == []
    page.keyboard.press("?")
    view = page.locator(".fl-view-coding")
    view.evaluate("view => { view.style.width = '375px'; }")
    assert view.evaluate("view => view.scrollWidth <= view.clientWidth")


def test_exported_page_says_who_has_coded_and_has_no_dead_controls(browser, tmp_path):
    nb = write_cells(tmp_path / "coding.ipynb", CELLS)
    assert run_notebook(nb, folder=tmp_path, timeout=300, progress=print) is None
    path = tmp_path / "page.html"
    path.write_text(FramelinesExporter().from_notebook_node(nb)[0], encoding="utf-8")
    with open_file(browser, path, viewport={"width": 375, "height": 800}) as watched:
        said = "A sample of 12 items to code by hand: nobody has coded any yet. Coding needs JupyterLab."
        assert watched.page.locator(".frozen").inner_text() == said
        assert watched.page.locator("main :is(button, input)").count() == 0
        assert "Passage 1 tells" not in watched.page.content()
        assert watched.complaints == []
