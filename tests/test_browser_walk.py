"""Every view of every export, driven in Chromium and in Firefox, from disk with the network shut."""

from __future__ import annotations

import pytest
from browser import drive_chromium
from firefox import drive_firefox
from made_report import NAMES
from walk import walk

pytestmark = pytest.mark.timeout(900)


@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
def test_every_view_answers_in_chromium(browser, report, name):
    with drive_chromium(browser) as page:
        page.open(report.pages[name])
        assert len(walk(page)) >= 4
        assert (page.requests, page.complaints) == ([], [])


@pytest.mark.firefox
@pytest.mark.parametrize("name", NAMES)
def test_every_view_answers_in_firefox(firefox, report, name):
    with drive_firefox(firefox) as page:
        page.open(report.pages[name])
        assert len(walk(page)) >= 4
        assert (page.requests, page.complaints) == ([], [])
