"""Messages have their four parts in order, and the tree in the docstring is the tree."""

from __future__ import annotations

import inspect
import re

import pytest

from analysis import errors
from analysis.errors import CorpusError, CorpusFormatError, UnknownNameError, WorkbookError

TREE = {
    name: cls for name, cls in inspect.getmembers(errors, inspect.isclass) if issubclass(cls, WorkbookError)
}


def test_message_says_where_what_allowed_and_todo_in_this_order() -> None:
    error = CorpusFormatError(
        "'published' is '31/02/2025', which is not a date.",
        where="articles.csv, row 14",
        allowed="Dates are written YYYY-MM-DD.",
        todo="Mend the row and run again.",
    )
    assert str(error).splitlines() == [
        "articles.csv, row 14: 'published' is '31/02/2025', which is not a date.",
        "Dates are written YYYY-MM-DD.",
        "Mend the row and run again.",
    ]


def test_parts_that_are_not_given_leave_no_empty_line() -> None:
    assert str(WorkbookError("It did not work.", todo="Try again.")) == "It did not work.\nTry again."


def test_parts_can_be_read_apart() -> None:
    error = WorkbookError("what", where="where", allowed="allowed", todo="todo")
    assert (error.what, error.where, error.allowed, error.todo) == ("what", "where", "allowed", "todo")


def test_unknown_name_offers_the_closest_and_lists_all() -> None:
    error = UnknownNameError.among("outlet", "The Guardain", ["The Times", "The Guardian"])
    assert "Did you mean 'The Guardian'?" in str(error)
    assert "Known: The Guardian, The Times." in str(error)


def test_unknown_name_far_from_all_offers_nothing() -> None:
    error = UnknownNameError.among("table", "xyzzy", ["quotes"])
    assert "Did you mean" not in str(error)
    assert "Known: quotes." in str(error)


def test_of_very_many_known_names_the_first_are_listed_and_the_closest_is_offered() -> None:
    said = str(UnknownNameError.among("article", "page#99999", [f"page#{n:05}" for n in range(10_000)]))
    assert "Did you mean 'page#09999'?" in said
    assert said.endswith("page#00038, page#00039 and 9,960 more.")
    assert len(said) < 600


def test_unknown_name_where_nothing_is_known() -> None:
    assert "There is no parameter at all here." in str(UnknownNameError.among("parameter", "start", []))


def test_docstring_draws_every_error() -> None:
    drawn = set(re.findall(r"[├└│─ ]*\b(\w+Error)\b", errors.__doc__ or ""))
    assert drawn == set(TREE)


@pytest.mark.parametrize("name", sorted(TREE))
def test_every_error_is_caught_as_workbook_error(name: str) -> None:
    with pytest.raises(WorkbookError, match="what"):
        raise TREE[name]("what")


def test_corpus_errors_are_caught_together() -> None:
    corpus_errors = {name for name, cls in TREE.items() if issubclass(cls, CorpusError)}
    assert corpus_errors == {"CorpusError", "CorpusNotFoundError", "CorpusEmptyError", "CorpusFormatError"}
