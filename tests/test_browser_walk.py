"""Every view of every export, driven in Chromium and in Firefox, from disk with the network shut."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import Driven, drive_chromium
from firefox import drive_firefox
from made_report import NAMES
from walk import WALKS, walk

pytestmark = pytest.mark.timeout(900)


def drive(page: Driven, path: Path) -> list[str]:
    page.visit(path)
    kinds = walk(page)
    assert (page.requests, page.complaints) == ([], [])
    return kinds


@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
def test_every_view_answers_in_chromium(browser, report, name):
    with drive_chromium(browser) as page:
        assert len(drive(page, report.pages[name])) >= 4


@pytest.mark.firefox
@pytest.mark.parametrize("name", NAMES)
def test_every_view_answers_in_firefox(firefox, report, name):
    with drive_firefox(firefox) as page:
        assert len(drive(page, report.pages[name])) >= 4


@pytest.mark.browser
def test_every_kind_of_view_answers_in_chromium(browser, every_kind):
    with drive_chromium(browser) as page:
        assert set(drive(page, every_kind)) == set(WALKS)


@pytest.mark.firefox
def test_every_kind_of_view_answers_in_firefox(firefox, every_kind):
    with drive_firefox(firefox) as page:
        assert set(drive(page, every_kind)) == set(WALKS)
