"""Nothing for axe to find in the exports, light, dark and on a phone."""

from __future__ import annotations

import pytest
from axe import COLOURS, PREPARE, find_violations
from browser import watch_page
from made_report import NAMES

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 800}


@pytest.mark.parametrize(("name", "size"), [*((name, WIDE) for name in NAMES), (NAMES[4], PHONE)])
def test_axe_finds_nothing_in_a_page(browser, report, name, size):
    with watch_page(browser, viewport=size, color_scheme="light") as watched:
        page = watched.page
        page.goto(report.pages[name].as_uri())
        page.wait_for_selector("html[data-framelines-ready]", state="attached")
        page.evaluate(PREPARE)
        assert find_violations(page) == []
        page.emulate_media(color_scheme="dark")
        assert find_violations(page, rules=COLOURS) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_index(browser, report, scheme):
    with watch_page(browser, viewport=WIDE, color_scheme=scheme) as watched:
        watched.page.goto(report.index.as_uri())
        assert find_violations(watched.page) == []
