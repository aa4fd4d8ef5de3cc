"""What of the articles travels with a page, and who decides it."""

from __future__ import annotations

import pytest

from analysis.views.sharing import TEXTS, is_live, may_show_whole_texts, say_sharing


@pytest.mark.parametrize(
    ("told", "live", "whole", "words"),
    [
        (None, True, True, "Only the sentences"),
        ("", True, True, "Only the sentences"),
        ("evidence", False, False, "Only the sentences"),
        ("full", False, True, "Whole articles travel"),
        ("everything", False, False, "Only the sentences"),
    ],
)
def test_a_kernel_shows_whole_texts_where_live_or_told_so(monkeypatch, told, live, whole, words):
    monkeypatch.delenv(TEXTS, raising=False)
    if told is not None:
        monkeypatch.setenv(TEXTS, told)
    assert (is_live(), may_show_whole_texts()) == (live, whole)
    assert say_sharing().startswith(words)
