"""Every command, option, target, link and path that the documents name exists, and the reverse."""

from __future__ import annotations

import argparse
import ast
import re
import runpy
import shlex
from functools import cache
from pathlib import Path

import pytest

import analysis
import analysis.cli
from analysis.cli import build_parser
from analysis.schema import TABLES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "seeds/*.md", "benchmarks/**/*.md", "tests/gold/*.md")
    for path in ROOT.glob(pattern)
)
# Folders that a command makes, and what stands for the reader's own.
MADE = {".venv", "exports", "my-folder"}


def find_commands() -> dict[str, argparse.ArgumentParser]:
    (commands,) = (
        action for action in build_parser()._actions if isinstance(action, argparse._SubParsersAction)
    )
    return dict(commands.choices)


COMMANDS = find_commands()
# Those that stand before a command's name.
GLOBAL_OPTIONS = {option for action in build_parser()._actions for option in action.option_strings}


def code_of(text: str) -> list[str]:
    """Every line of a code block and every piece of inline code, as a reader would type it."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
    return [line for block in blocks for line in block.splitlines()] + inline


def command_lines(text: str) -> list[str]:
    """The uses of our command in a document, from the command's name on."""
    found = (re.search(r"(?:^|[/\\])framelines ([\w-].*)", line) for line in code_of(text))
    return [match.group(1).replace("\\|", "|") for match in found if match]


def _own_commands(action: argparse.Action) -> dict[str, argparse.ArgumentParser]:
    return dict(action.choices) if isinstance(action, argparse._SubParsersAction) else {}


def check_command(line: str) -> list[str]:
    """What a line names that the command line does not have."""
    name, *words = shlex.split(line.replace("[", " ").replace("]", " "))
    while name in GLOBAL_OPTIONS:
        name, *words = words or ["COMMAND"]
    if name == "COMMAND":
        return []
    if name not in COMMANDS:
        return [f"framelines {name}"]
    if name == "lab" and "--" in words:
        words = words[: words.index("--")]  # what follows is JupyterLab's
    actions = COMMANDS[name]._actions
    own = {key: parser for action in actions for key, parser in _own_commands(action).items()}
    if own and words and words[0] in own:
        actions, words = own[words[0]]._actions, words[1:]
    options = {option for action in actions for option in action.option_strings}
    wrong = [word for word in words if word.startswith("-") and word not in options]
    metavars = [str(action.metavar) for action in actions]
    places = {*metavars, *(part for metavar in metavars for part in metavar.split("|"))}
    choices = {"|".join(action.choices) for action in actions if action.choices}
    for word in words:
        is_placeholder = word.isupper() or "|" in word
        if is_placeholder and word not in places | choices:
            wrong.append(f"framelines {name} {word}")
    return wrong


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_commands_and_options_that_a_document_names_exist(path: Path) -> None:
    lines = command_lines(path.read_text(encoding="utf-8"))
    assert [wrong for line in lines for wrong in check_command(line)] == []


def test_readme_names_every_command() -> None:
    assert {line.split()[0] for line in command_lines(README)} >= set(COMMANDS)


def test_a_command_or_an_option_that_does_not_exist_would_be_found() -> None:
    assert check_command("reprot seeds") == ["framelines reprot"]
    assert check_command("--tracebak report") == ["framelines --tracebak"]
    assert check_command("--traceback report --outt x") == ["--outt"]
    assert check_command("report seeds --outt x") == ["--outt"]
    assert check_command("frames train CODED --out MODEL --unit x") == ["--unit"]
    assert check_command("extract INPUT [--format yaml|xml]") == ["framelines extract yaml|xml"]


def test_make_targets_that_a_document_names_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.search(r"^\.PHONY: (.+)", makefile, re.MULTILINE).group(1).split())
    for path in DOCUMENTS:
        named = {
            match.group(1)
            for line in code_of(path.read_text(encoding="utf-8"))
            if (match := re.match(r"make ([a-z]+)", line))
        }
        assert named <= targets, path.name


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_resolve(path: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8"))
    here = [link.split("#")[0] for link in links if not re.match(r"https?:|mailto:|#", link)]
    assert [link for link in here if not (path.parent / link).exists()] == []


def test_paths_that_the_readme_names_exist() -> None:
    named = set()
    for line in code_of(README):
        named.update(
            re.findall(r"(?<![\w./-])(?:[\w.-]+/)+[\w.-]*|(?<![\w./-])[\w-]+\.(?:txt|yml|py|cff)\b", line)
        )
    wrong = []
    for name in named:
        places = (ROOT / name, ROOT / "analysis" / name)
        if name.split("/")[0] not in MADE and not any(place.exists() for place in places):
            wrong.append(name)
    assert wrong == []


def test_names_that_the_readme_takes_from_the_package_exist() -> None:
    assert set(re.findall(r"\ban\.(\w+)", README)) <= set(analysis.__all__)


def test_notebooks_that_the_readme_names_exist() -> None:
    named = set(re.findall(r"\b\d\d-[a-z-]+\b", README))
    assert {name for name in named if not (ROOT / "notebooks" / f"{name}.ipynb").exists()} == set()


def test_the_command_reference_is_what_the_parser_says() -> None:
    describe = runpy.run_path(str(ROOT / "docs" / "write_pages.py"))["describe_commands"]
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert page == describe(build_parser()), "Run `make docs`."
    codes = set(re.findall(r"^\| (\d+) \|", page, re.MULTILINE))
    assert codes == set(re.findall(r"\b(\d+) (?=all|finished|wrong|interrupted)", analysis.cli.__doc__))


# ---- names in inline code

GUIDES = [path for path in DOCUMENTS if path.parent.name == "docs"]
_LIST = r"`\w+`(?:(?:, | and | or |, and )`\w+`)*"
COLUMNS = {column for table in TABLES.values() for column in table.names}


def inline_code(text: str) -> list[str]:
    return re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))


@cache
def words_of_the_code() -> frozenset[str]:
    """Every word of the program, its codebooks and notebooks, the tests, benchmarks and examples."""
    places = ("analysis", "notebooks", "tests", "benchmarks", "docs/examples")
    kinds = {".py", ".toml", ".js", ".ipynb"}
    paths = [path for place in places for path in (ROOT / place).rglob("*") if path.suffix in kinds]
    paths.remove(Path(__file__))
    names = [word for path in paths for word in re.split(r"[^\w]", path.stem)]
    text = [path.read_text(encoding="utf-8") for path in (*paths, ROOT / "Makefile", ROOT / "pyproject.toml")]
    return frozenset([*names, *re.findall(r"\w+", "\n".join(text))])


@cache
def lists_of_the_code() -> frozenset[str]:
    """Words that are a string of the program by themselves, or in a list such as "article_id start end"."""
    lists = [literal for literal in literals() if re.fullmatch(r"[\w\s]+", literal)]
    for path in (ROOT / "analysis").rglob("*.js"):
        lists += re.findall(r"\"(\w+)\"", path.read_text(encoding="utf-8"))
    return frozenset(word for each in lists for word in each.split())


def unknown_names(text: str) -> list[str]:
    """Names in inline code that the project does not have: of the code, of tables, of columns."""
    code = [piece.removesuffix("()") for piece in inline_code(text)]
    names = [piece for piece in code if re.fullmatch(r"[a-z]+\w*(?:_\w+)+", piece)]
    wrong = [name for name in names if name not in words_of_the_code()]
    for kind, known in (("column", COLUMNS | lists_of_the_code()), ("table", set(TABLES))):
        for listed in re.findall(rf"\b{kind}s? ({_LIST})", text):
            # The columns of other tools' tables are known without the signs in their names.
            missing = [n for n in re.findall(r"`(\w+)`", listed) if not {n, n.replace("_", "")} & known]
            wrong += [f"{kind} {name}" for name in missing]
    for column, table in re.findall(r"`(\w+)` of (?:the table )?`(\w+)`", text):
        if table in TABLES and column not in TABLES[table].names:
            wrong.append(f"{column} of {table}")
    return wrong


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.name)
def test_names_in_inline_code_exist(path: Path) -> None:
    assert unknown_names(path.read_text(encoding="utf-8")) == []


def test_a_name_that_does_not_exist_would_be_found() -> None:
    text = (
        "the table `quots`, its column `speeker`, `speaker` of `quotes`, `voice` of `quotes`, `"
        + "find_"
        + "quotz()`"
    )
    assert unknown_names(text) == ["find_" + "quotz", "column speeker", "table quots", "voice of quotes"]


def options_of(script: Path) -> set[str]:
    """The options of a script of ours, and of the modules beside it that it takes some from."""
    text = script.read_text(encoding="utf-8")
    beside = [
        script.parent / f"{name}.py" for name in re.findall(r"^(?:from|import) (\w+)", text, re.MULTILINE)
    ]
    texts = [text, *(path.read_text(encoding="utf-8") for path in beside if path.exists())]
    return {option for each in texts for option in re.findall(r"\"(--[a-z-]+)\"", each)}


def wrong_script(line: str) -> list[str]:
    """What a line names that the script which it runs does not have."""
    match = re.match(r"(?:\S*/)?python (\S+\.py)(.*)", line)
    if not match:
        return []
    script = ROOT / match.group(1)
    if not script.is_file():
        return [match.group(1)] if match.group(1) != "benchmarks/NAME.py" else []
    options = re.findall(r"(?<!\S)\[?(--[a-z-]+)", match.group(2))
    return [f"{script.name} {option}" for option in options if option not in options_of(script) | {"--help"}]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_scripts_and_their_options_exist(path: Path) -> None:
    lines = code_of(path.read_text(encoding="utf-8"))
    assert [wrong for line in lines for wrong in wrong_script(line)] == []


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.name)
def test_options_that_stand_alone_exist(path: Path) -> None:
    known = {
        option
        for parser in (*COMMANDS.values(), *_own_commands(COMMANDS["frames"]._actions[-1]).values())
        for action in parser._actions
        for option in action.option_strings
    }
    for script in (ROOT / "benchmarks").glob("*.py"):
        known |= options_of(script)
    known |= options_of(ROOT / "docs" / "examples" / "two_outlets.py")
    alone = [piece.split()[0] for piece in inline_code(path.read_text(encoding="utf-8")) if piece[:2] == "--"]
    assert [option for option in alone if option.split("=")[0] not in known] == []


def test_scripts_and_options_that_do_not_exist_would_be_found() -> None:
    assert wrong_script("python benchmarks/quots.py --peers") == ["benchmarks/quots.py"]
    assert wrong_script("python benchmarks/quotes.py --peeers --data DIR") == ["quotes.py --peeers"]


# ---- figures

# Where a figure of a method page comes from: a command, or the tests that hold it.
COMMAND = re.compile(r"(?:python (?:benchmarks|docs/examples)/\w+\.py|framelines \w+ |tests/test_\w+\.py)")
FIGURE = re.compile(r"(?<![\w.])0?\.\d{2,3}(?![\w.]*\d)")
# Sections whose decimals are levels and thresholds that we set, or arithmetic: nothing was measured.
SET = {
    ("method-events.md", "Tellings and differences"),
    ("method-keyness.md", "Small samples"),
    ("method-keyness.md", "How to cite"),
    ("method-learned-frames.md", "How"),
    ("method-source-shares.md", "Intervals and tests"),
    ("method-source-shares.md", "How many articles would be needed"),
    ("method-validation.md", "The rule for small numbers"),
    ("method-comparability.md", "The rule for small samples"),
}


def sections_of(text: str) -> dict[str, str]:
    """The sections of a page by heading; what stands before the first has none."""
    parts = re.split(r"^## +(.+)$", text, flags=re.MULTILINE)
    return dict(zip(["", *parts[1::2]], parts[::2], strict=True))


def figures_without_a_command(text: str) -> list[str]:
    """Sections that give figures and neither name what makes them again nor say that nothing does."""
    return [
        heading
        for heading, section in sections_of(text).items()
        if FIGURE.search(section) and not COMMAND.search(section) and "no command repeats" not in section
    ]


MEASURED = [path for path in GUIDES if path.name.startswith(("method-", "comparison", "store", "worked"))]


@pytest.mark.parametrize("path", MEASURED, ids=lambda path: path.name)
def test_figures_stand_with_the_command_that_makes_them(path: Path) -> None:
    found = figures_without_a_command(path.read_text(encoding="utf-8"))
    assert [heading for heading in found if (path.name, heading) not in SET] == []


@pytest.mark.parametrize(
    "path", [p for p in MEASURED if p.name.startswith("method-")], ids=lambda path: path.name
)
def test_method_pages_say_how_good_it_is_and_where_it_fails(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.search(r"^#.*fail|^\*\*Known failures", text, re.MULTILINE | re.IGNORECASE)
    assert COMMAND.search(text)


def test_figures_of_other_tools_are_those_of_the_method_pages() -> None:
    pages = [path for path in MEASURED if path.name.startswith("method-")]
    measured = {figure for path in pages for figure in FIGURE.findall(path.read_text(encoding="utf-8"))}
    figures = FIGURE.findall((ROOT / "docs" / "comparison.md").read_text(encoding="utf-8"))
    assert len(figures) > 40
    assert [figure for figure in figures if figure not in measured] == []


def test_a_figure_without_a_command_would_be_found() -> None:
    page = "## How good\nF1 is .83.\n## More\n`python benchmarks/quotes.py`: .91\n## Else\nversion 0.8.0\n"
    assert figures_without_a_command(page) == ["How good"]


# ---- messages


@cache
def literals() -> tuple[str, ...]:
    """Every string of the program; what is filled in when it runs is left out of it."""
    found = []
    for path in (ROOT / "analysis").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.append(node.value)
    others = [ROOT / "Makefile", *(ROOT / "notebooks").glob("*.ipynb")]
    return (*found, *(path.read_text(encoding="utf-8") for path in others))


def unknown_messages(text: str) -> list[str]:
    """Messages in the first cells of tables that the program never says; "..." is filled in."""
    messages = re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)
    # The error of an unknown name says of which kind it is.
    messages = [re.sub(r"^There is no ([a-z ]+) '\.\.\.'$", r"\1", message) for message in messages]
    pieces = {message: [piece for piece in message.split("...") if len(piece) > 2] for message in messages}
    text = "\n".join(literals())
    return [message for message in messages if not all(piece in text for piece in pieces[message])]


def test_messages_in_the_page_on_trouble_are_those_of_the_program() -> None:
    text = (ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
    assert len(re.findall(r"^\| `", text, re.MULTILINE)) > 20
    assert unknown_messages(text) == []
    assert unknown_messages("| `The folder is ... sad today.` | a | b |") == ["The folder is ... sad today."]
