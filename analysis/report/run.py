"""Run notebooks on a corpus and write a page for each, with an index; what has not changed is reused."""

from __future__ import annotations

import copy
import hashlib
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from analysis.corpus import Corpus
from analysis.corpus.reading.files import find_folder
from analysis.corrections import FILE_NAME as CORRECTIONS
from analysis.corrections import say_corrections
from analysis.engine import open_engine
from analysis.errors import OutputError, Problem
from analysis.progress import show_progress
from analysis.report.execute import run_notebook
from analysis.report.export import FramelinesExporter
from analysis.report.found import describe_found, list_outlets, replaced_codebooks
from analysis.report.index import IndexEntry, build_index
from analysis.report.parameters import (
    Parameter,
    check_names,
    check_selection_given,
    inject_parameters,
    parse_value,
    read_parameters,
)
from analysis.report.places import (
    FIRST_NOTEBOOK,
    find_notebooks,
    read_notebook,
    resolve_corpus,
    shipped_notebooks,
)
from analysis.report.versions import fingerprint_code, fingerprint_corpus
from analysis.store import extract, is_cached, load
from analysis.tables import known_rows
from analysis.views.provenance import list_versions
from analysis.views.sharing import EVIDENCE, FULL

MANIFEST = ".framelines-report.json"
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Failure:
    """A notebook that did not run to its end: which, and what went wrong in which cell."""

    notebook: str
    message: str


@dataclass
class ReportResult:
    """What a report run made.

    ``pages`` are the files written or reused, in order; ``reused`` names the notebooks that were not run
    again; ``index`` is the page that links them, where there is more than one to link.
    """

    index: Path | None = None
    pages: list[Path] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    reused: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether every page of the corpus was read, and every notebook has its page."""
        return not self.failures and not self.unread


def run_report(
    corpus_path: str | Path,
    *,
    out: str | Path | None = None,
    notebooks: Iterable[str] | None = None,
    parameters: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
    fresh: bool = False,
    full_text: bool = False,
    timeout: int = 1200,
    workers: int = 1,
    scheduler: str = "",
) -> ReportResult:
    """Run the corpus's notebooks, or else those that ship with the package, and write their pages.

    Notebooks are run on copies. One that fails does not stop the others.

    Args:
        corpus_path: A file, a folder or a glob; every notebook gets it as its parameter ``corpus``.
        out: Folder for the pages; ``exports`` in the corpus's folder where None.
        notebooks: Names (with or without ``.ipynb``) of those to run; all where None.
        parameters: Values by name, typed or as text; each goes to every notebook that has it.
        progress: Called with one line at a time; stderr where None.
        fresh: Whether to run also what has not changed.
        full_text: Whether whole articles may travel with the pages, not just the sentences that something
            rests on. Texts belong to their publishers.
        timeout: Seconds that one cell may take.
        workers: Processes that read pages and extract from them before the first notebook runs; with one, the
            first notebook does so.
        scheduler: Address of a Dask scheduler whose workers do so.

    Returns:
        The pages, what failed, and what was reused.

    Raises:
        CorpusError: The corpus path does not exist, or holds nothing that can be read.
        UnknownNameError: There is no such notebook, no notebook has such a parameter, or the articles are to
            be selected by an outlet or a day that is none.
        NotebookError: A notebook or a parameter's value cannot be read.
        OutputError: The folder cannot be written to.
    """
    say = progress or print_progress
    corpus = resolve_corpus(corpus_path)
    found = find_notebooks(corpus, notebooks)
    loaded = {path.stem: read_notebook(path) for path in found}
    declared = {name: read_parameters(nb) for name, nb in loaded.items()}
    check_names(parameters or {}, declared)
    # Loading first: a corpus that cannot be read is one clear error, not one failure a notebook.
    topic = (parameters or {}).get("topic", "auto")
    with open_engine(workers=workers, scheduler=scheduler, tell=say) as engine:
        loaded_corpus = load(corpus, topic=topic, progress=show_progress(), engine=engine, tell=say)
        for line in (*loaded_corpus.problems, *describe_found(loaded_corpus)):
            say(str(line))
        check_selection_given(parameters or {}, declared, list_outlets(loaded_corpus))
        folder = _prepare_folder(Path(out) if out is not None else find_folder(corpus) / "exports")
        if workers > 1 or scheduler:
            extract(loaded_corpus, engine=engine, progress=show_progress(), tell=say)
    fingerprint = loaded_corpus.fingerprint
    # Shipped notebooks may lie where no one can write; what they write belongs beside the page.
    homes = {path.stem: folder if path.parent == shipped_notebooks() else path.parent for path in found}
    replaced = replaced_codebooks(loaded_corpus)
    values = {
        name: _give_values(known, _relative(corpus, homes[name]), replaced, parameters or {})
        for name, known in declared.items()
    }
    versions = list_versions()
    texts = FULL if full_text else EVIDENCE
    made_from = [fingerprint_corpus(corpus), fingerprint, fingerprint_code(), versions, texts]
    result = ReportResult(folder / "index.html", unread=[str(problem) for problem in loaded_corpus.unread])
    manifest, entries = _read_manifest(folder), []
    for at, path in enumerate(found, 1):
        name, page = path.stem, folder / f"{path.stem}.html"
        label, known = f"{at} of {len(found)}  {name}", manifest.get(name, {})
        key = _hash_json([path.read_text("utf-8"), values[name], *made_from])
        failure = None
        if not fresh and known.get("key") == key and _hash_file(page) == known.get("page"):
            say(f"{label}: reused, nothing has changed since it was made")
            result.reused.append(name)
        else:
            failure = _make_page(loaded[name], values[name], page, homes[name], label, say, timeout, texts)
        if failure:
            result.failures.append(failure)
            # An older page would show what this corpus and these parameters do not give.
            if manifest.pop(name, None):
                page.unlink(missing_ok=True)
        else:
            manifest[name] = {"key": key, "page": _hash_file(page)}
            result.pages.append(page)
        entries.append(IndexEntry.of(name, loaded[name], failure.message if failure else None, page))
        _write_text(folder / MANIFEST, json.dumps(manifest, indent=1, sort_keys=True))
    _tell_corrections(loaded_corpus, say)
    index = build_index(entries, corpus=corpus, fingerprint=fingerprint, versions=versions)
    _write_text(result.index, index)
    say(f"{len(result.pages)} of {len(found)} pages are in {folder}")
    say(f"Open {result.index.name} in a browser{_say_first(result.pages)}.")
    return result


def _give_values(
    known: Mapping[str, Parameter], corpus: str, replaced: Mapping[str, str], parameters: Mapping[str, Any]
) -> dict[str, Any]:
    """The values of one notebook's parameters: the corpus, and what the user gave."""
    given: dict[str, Any] = {"corpus": corpus}
    # A notebook on the frames of a codebook is one on those of the user's own.
    if "codebook" in known and str(known["codebook"].default) in replaced:
        given["codebook"] = replaced[str(known["codebook"].default)]
    given |= parameters
    return {key: parse_value(known[key], given[key]) for key in given if key in known}


def _say_first(pages: Iterable[Path]) -> str:
    first = next((page.stem for page in pages if page.stem == FIRST_NOTEBOOK), None)
    return f", and read {first} first: it says what was read and what was left out" if first else ""


def _tell_corrections(corpus: Corpus, say: Progress) -> None:
    """Say how many corrections the pages hold, and why each of the others could not be applied."""
    if not (find_folder(corpus.path) / CORRECTIONS).is_file() or not is_cached(corpus):
        return
    tables = extract(corpus)
    for row in known_rows(tables.problems[tables.problems["stage"] == "correct"]):
        say(str(Problem(**row)))
    say(say_corrections(tables))


def export_notebook(
    path: str | Path,
    out: str | Path | None = None,
    *,
    parameters: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
    full_text: bool = False,
    timeout: int = 1200,
) -> ReportResult:
    """Run a copy of one notebook where it stands, and write its page.

    Args:
        path: The notebook.
        out: The page to write, or a folder for it; beside the notebook where None.
        parameters: Values by name, typed or as text.
        progress: Called with one line at a time; stderr where None.
        full_text: Whether whole articles may travel with the page, as for :func:`run_report`.
        timeout: Seconds that one cell may take.

    Returns:
        The page, or which cell failed.

    Raises:
        NotebookError: The notebook or a parameter's value cannot be read.
        UnknownNameError: The notebook has no such parameter.
        OutputError: The page cannot be written.
    """
    path = Path(path).resolve()
    nb = read_notebook(path)
    declared = read_parameters(nb)
    check_names(parameters or {}, {path.name: declared})
    values = {name: parse_value(declared[name], value) for name, value in (parameters or {}).items()}
    page = Path(out).resolve() if out is not None else path.with_suffix(".html")
    page = page / f"{path.stem}.html" if page.is_dir() else page
    say = progress or print_progress
    texts = FULL if full_text else EVIDENCE
    failure = _make_page(nb, values, page, path.parent, path.stem, say, timeout, texts)
    return ReportResult(failures=[failure]) if failure else ReportResult(pages=[page])


def print_progress(line: str) -> None:
    """Print a line of progress to stderr, at once."""
    print(line, file=sys.stderr, flush=True)


def _make_page(
    nb: NotebookNode,
    values: Mapping[str, Any],
    page: Path,
    home: Path,
    label: str,
    say: Progress,
    timeout: int,
    texts: str,
) -> Failure | None:
    nb, began, name = copy.deepcopy(nb), time.monotonic(), page.stem
    inject_parameters(nb, values)
    say(f"{label}: running {sum(cell.cell_type == 'code' for cell in nb.cells)} cells")
    error = run_notebook(
        nb, folder=home, timeout=timeout, progress=lambda line: say(f"{label}: {line}"), texts=texts
    )
    if error:
        say(f"{label}: {error}")
        return Failure(name, error)
    body, _ = FramelinesExporter().from_notebook_node(nb, resources={"metadata": {"name": name}})
    _write_text(page, body)
    say(f"{label}: done in {time.monotonic() - began:.0f} s, {page.stat().st_size / 1e6:.1f} MB")
    return None


def _relative(corpus: Path, folder: Path) -> str:
    """The corpus as seen from a folder: a page that is sent to others names nobody's home folder."""
    try:
        return Path(os.path.relpath(corpus, folder)).as_posix()
    except ValueError:
        # On Windows, another drive cannot be reached by a relative path.
        return str(corpus)


def _prepare_folder(folder: Path) -> Path:
    folder = folder.resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise OutputError(
            f"The folder cannot be made: {error.strerror}.",
            where=str(folder),
            allowed="A folder that you may write to.",
            todo="Choose another with --out.",
        ) from None
    if not os.access(folder, os.W_OK) or free < 20_000_000:
        raise OutputError(
            "The folder cannot be written to, or its disk is full.", where=str(folder),
            allowed="The pages need about 20 MB.", todo="Choose another folder with --out.",
        )  # fmt: skip
    return folder


def _write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all: a reader never opens half a page."""
    draft = path.with_name(path.name + ".part")
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(path)
    except OSError as error:
        raise OutputError(
            f"The file cannot be written: {error.strerror}.",
            where=str(path),
            allowed="A place that you may write to, on a disk with room.",
            todo="Choose another place with --out.",
        ) from None


def _read_manifest(folder: Path) -> dict[str, Any]:
    """What an earlier run made; nothing where that is not known or damaged."""
    try:
        known = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    entries = known.items() if isinstance(known, dict) else ()
    return {name: entry for name, entry in entries if isinstance(entry, dict)}


def _hash_json(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()


def _hash_file(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
