"""Data flows one way: a module imports only from its own room and from the rooms before it."""

from __future__ import annotations

import ast
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "analysis"

ROOMS = (
    "collecting", "errors", "progress", "engine", "schema", "codebooks", "timex", "matching", "corpus",
    "language", "reuse", "tables", "tellings", "extraction", "corrections", "checking", "store", "compare",
    "views", "report",
)  # fmt: skip
# The public face and the command line stand above every room, and no room imports them.
FACES = {
    "analysis",
    "analysis.__main__",
    *(f"analysis.cli{part}" for part in ("", "_diff", "_frames", "_lab", "_new", "_parser", "_tables")),
}

# These make every start slow, so a module of another room imports them inside the function that needs them.
HEAVY = {
    "spacy": {"language", "matching"},
    "dask": set(),
    "distributed": set(),
    "duckdb": set(),
    "scipy": set(),
    "sklearn": set(),
}

# Modules over 400 lines, each with the reason why it is not two.
LONG: dict[str, str] = {}


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else module


@cache
def parse(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def imported_names(module: str, tree: ast.AST) -> set[str]:
    """Full names that a module imports anywhere, also inside functions and for type hints only."""
    names: set[str] = set()
    package = module if MODULES[module].name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            names.update(f"{base}.{alias.name}" for alias in node.names)
    return names


def to_module(name: str) -> str | None:
    """The module of ours that an imported name stands for or stands in."""
    while name and name not in MODULES:
        name = name.rpartition(".")[0]
    return name or None


@cache
def own_imports(module: str) -> frozenset[str]:
    found = {to_module(name) for name in imported_names(module, parse(module))}
    return frozenset(other for other in found if other and other != module)


def imports_at_start(module: str) -> set[str]:
    """Top-level packages that importing a module imports: functions and type hints left out."""
    names: set[str] = set()
    waiting: list[ast.AST] = [parse(module)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            waiting.extend(node.orelse)
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            names.update(name.split(".")[0] for name in imported_names(module, node))
        waiting.extend(ast.iter_child_nodes(node))
    return names


INSIDE = sorted(set(MODULES) - FACES)


@pytest.mark.parametrize("module", INSIDE)
def test_module_imports_only_its_own_room_and_those_before_it(module: str) -> None:
    assert room(module) in ROOMS, f"{module} stands in no room that the design knows"
    allowed = set(ROOMS[: ROOMS.index(room(module)) + 1])
    wrong = sorted(other for other in own_imports(module) if other in FACES or room(other) not in allowed)
    assert wrong == [], f"{module} imports from rooms after its own"


def test_there_is_no_import_cycle() -> None:
    graph = {module: set(own_imports(module)) for module in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))


@pytest.mark.parametrize("module", sorted(MODULES))
def test_heavy_packages_are_imported_where_they_are_used(module: str) -> None:
    at_start = imports_at_start(module)
    wrong = sorted(name for name, rooms in HEAVY.items() if name in at_start and room(module) not in rooms)
    assert wrong == []


@pytest.mark.parametrize("module", sorted(MODULES))
def test_module_is_of_readable_size(module: str) -> None:
    lines = len(MODULES[module].read_text(encoding="utf-8").splitlines())
    assert lines <= 400 or module in LONG, f"{module} has {lines} lines: split it by thought, or say why not"


def test_long_modules_on_the_list_are_still_long() -> None:
    short = [m for m in LONG if len(MODULES[m].read_text(encoding="utf-8").splitlines()) <= 400]
    assert short == []


@pytest.mark.parametrize("name", ["utils", "helpers", "types", "common", "misc"])
def test_no_module_is_a_drawer_for_everything(name: str) -> None:
    assert [module for module in MODULES if module.rpartition(".")[2] == name] == []


def test_relative_imports_and_names_in_packages_are_resolved() -> None:
    assert to_module("analysis.errors.WorkbookError") == "analysis.errors"
    assert to_module("analysis.language.pipeline") == "analysis.language.pipeline"
    assert to_module("pandas.DataFrame") is None
    tree = ast.parse("from ..errors import WorkbookError\nfrom . import sentences")
    assert imported_names("analysis.language.pipeline", tree) == {
        "analysis.errors.WorkbookError",
        "analysis.language.sentences",
    }
