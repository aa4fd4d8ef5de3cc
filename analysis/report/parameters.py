"""The parameters of a notebook: what its tagged cell declares, and values given for a run."""

from __future__ import annotations

import ast
import io
import json
import tokenize
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import nbformat
from nbformat import NotebookNode

from analysis.errors import NotebookError, UnknownNameError
from analysis.tables import check_selection

TAG, INJECTED_TAG = "parameters", "injected-parameters"
# The parameters by which a notebook selects articles, and what each means where it is not given.
_SELECTION = {"outlets": (), "start": "", "end": ""}
_YES, _NO = ("true", "yes", "on", "1"), ("false", "no", "off", "0")


@dataclass(frozen=True)
class Parameter:
    """One parameter: its name, the name of its type, its default, and the comment that explains it."""

    name: str
    type: str
    default: Any
    help: str = ""


def read_parameters(nb: NotebookNode) -> dict[str, Parameter]:
    """Read what the cell tagged ``parameters`` declares; empty where there is no such cell.

    A line is ``name: type = value  # help``; without an annotation the default's type counts.

    Raises:
        NotebookError: The cell is not valid Python.
    """
    cell = _tagged(nb)
    if cell is None:
        return {}
    try:
        tree = ast.parse(cell["source"])
    except SyntaxError as error:
        raise NotebookError(
            f"The parameters cell is not valid Python: {error.msg}.",
            where=f"parameters cell, line {error.lineno}",
            allowed="Each line is name: type = value  # help.",
        ) from None  # fmt: skip
    comments = _comments(cell["source"])
    found = {}
    for line in tree.body:
        target = line.target if isinstance(line, ast.AnnAssign) else None
        if isinstance(line, ast.Assign) and len(line.targets) == 1:
            target = line.targets[0]
        if not isinstance(target, ast.Name) or line.value is None:
            continue
        default = _literal(line.value)
        kind = ast.unparse(line.annotation) if isinstance(line, ast.AnnAssign) else type(default).__name__
        found[target.id] = Parameter(
            target.id, kind.split("[")[0], default, comments.get(line.end_lineno, "")
        )
    return found


def check_names(given: Iterable[str], notebooks: Mapping[str, Mapping[str, Parameter]]) -> None:
    """Check that each name given is a parameter of at least one notebook.

    Raises:
        UnknownNameError: None of the notebooks has it; the message lists those there are.
    """
    known = {name for parameters in notebooks.values() for name in parameters}
    for name in given:
        if name not in known:
            raise UnknownNameError.among("parameter", name, known, where=", ".join(notebooks))


def check_selection_given(
    given: Mapping[str, Any], notebooks: Mapping[str, Mapping[str, Parameter]], outlets: Collection[str]
) -> None:
    """Check the outlets and days that notebooks are to select articles by, once for all of them.

    Args:
        given: Values by name, typed or as text.
        notebooks: What each declares. Those that lack a parameter of the selection may mean another thing
            by the others, and are passed over.
        outlets: The outlets of the corpus.

    Raises:
        UnknownNameError: There is no such outlet, or a day is none.
        NotebookError: A value cannot be read as its type.
    """
    for known in notebooks.values():
        if _SELECTION.keys() <= known.keys():
            chosen = {name: parse_value(known[name], given[name]) for name in _SELECTION if name in given}
            check_selection(outlets, **{**_SELECTION, **chosen})


def parse_value(parameter: Parameter, value: Any) -> Any:
    """Turn a value from the command line into the parameter's type; other values pass as they are.

    A list is JSON, or words with commas between them.

    Raises:
        NotebookError: The value cannot be read as that type.

    Example:
        >>> parse_value(Parameter("outlets", "list", []), "Example Herald, Example Post")
        ['Example Herald', 'Example Post']
    """
    if not isinstance(value, str):
        return value
    try:
        return _parse(parameter.type, value)
    except (ValueError, TypeError):
        raise NotebookError(
            f"'{value}' cannot be read as {parameter.type}.", where=f"parameter {parameter.name}",
            allowed=f"Its default is {parameter.default!r}. {parameter.help}".strip(),
            todo="Lists are written as JSON, or with commas.",
        ) from None  # fmt: skip


def inject_parameters(nb: NotebookNode, values: Mapping[str, Any]) -> None:
    """Add a cell after the tagged one that sets the values; one injected earlier is replaced.

    Args:
        nb: The notebook; changed in place, so pass a copy.
        values: Values by name, of their types. Names that the notebook does not have are passed over.
    """
    cell = _tagged(nb)
    nb.cells = [each for each in nb.cells if INJECTED_TAG not in each.get("metadata", {}).get("tags", [])]
    known = read_parameters(nb)
    lines = [f"{name} = {value!r}" for name, value in values.items() if name in known]
    if cell is None or not lines:
        return
    source = "\n".join(["# Set for this run; see the defaults above.", *lines])
    added = nbformat.v4.new_code_cell(source, metadata={"tags": [INJECTED_TAG]})
    added["id"] = "injected-parameters"
    nb.cells.insert(nb.cells.index(cell) + 1, added)


def _parse(kind: str, value: str) -> Any:
    if kind == "bool":
        if value.lower() not in _YES + _NO:
            raise ValueError(value)
        return value.lower() in _YES
    if kind in ("int", "float"):
        return int(value) if kind == "int" else float(value)
    if kind in ("list", "tuple", "set"):
        if value.lstrip().startswith("["):
            return list(json.loads(value))
        return [part.strip() for part in value.split(",") if part.strip()]
    if kind == "dict":
        return dict(json.loads(value))
    return None if value == "None" and kind != "str" else value


def _tagged(nb: NotebookNode) -> NotebookNode | None:
    cells = (cell for cell in nb.cells if cell.cell_type == "code")
    return next((cell for cell in cells if TAG in cell.get("metadata", {}).get("tags", [])), None)


def _literal(node: ast.expr) -> Any:
    try:
        return ast.literal_eval(node)
    except ValueError:
        return ast.unparse(node)


def _comments(source: str) -> dict[int, str]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {each.start[0]: each.string.lstrip("# ") for each in tokens if each.type == tokenize.COMMENT}
