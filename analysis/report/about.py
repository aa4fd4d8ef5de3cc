"""The page's head line and its last section: how to cite it, what was run on what, how it may be read."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from bs4 import BeautifulSoup

from analysis.report.facts import PageFacts, Setting, made_on, package_version, say_days, say_share
from analysis.report.outline import find_limits
from analysis.views.sharing import say_sharing

# As in CITATION.cff, which no installed package carries: tests compare the two.
AUTHORS, RELEASED = "Framelines contributors", "2026"
ID = "framelines-about"
DATES = (
    "A page often says “on Thursday” or “last week”, not a day. Framelines gives such a date as an interval, "
    "from the earliest day that it can be to the latest, as wide as the evidence leaves it. “Within” an "
    "interval means on one of its days, not on all of them; two intervals that overlap leave open which came "
    "first.",
    "A day that the article does not state is counted from its publication, or carried over from the "
    "sentence before; the basis beside the date says so. Where nothing says when, there is no date: such "
    "rows are counted apart, and never guessed.",
)
_BIBTEX = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#",
    "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
})  # fmt: skip


def add_about(soup: BeautifulSoup, facts: PageFacts) -> None:
    """Write what the page is into its head, under its title and at its foot."""
    named = {"codebooks": facts.codebooks, "corpus": facts.fingerprint, "texts": facts.texts}
    for name, content in named.items():
        if content:
            soup.head.append(soup.new_tag("meta", attrs={"name": f"framelines-{name}", "content": content}))
    line = f"Run on {html.escape(facts.run)}. " if facts.run else ""
    run = (
        f'<p class="run">{line}Made with Framelines {html.escape(package_version())}. '
        f'<a href="#{ID}">About this page</a></p>'
    )
    soup.select_one("header.page-head h1").insert_after(BeautifulSoup(run, "html.parser"))
    limits = find_limits(soup)
    parts = (
        ("How to cite", _say_citation(facts)),
        ("What was run on what", _say_run(facts)),
        ("Limits of the data", _say_limits(facts, limits)),
        ("How to read a date", "".join(f"<p>{words}</p>" for words in DATES)),
        ("What travels", f"<p>{html.escape(say_sharing(facts.texts))}</p>"),
    )
    body = "".join(f"<h3>{name}</h3>{part}" for name, part in parts if part)
    about = f'<div class="about"><h2 id="{ID}">About this page</h2>{body}</div>'
    soup.select_one("footer.page-foot").insert(0, BeautifulSoup(about, "html.parser"))


def cite(facts: PageFacts) -> str:
    """The citation of a page as one line of text."""
    author = f"{facts.authors}. " if facts.authors else ""
    made = made_on()
    when = f", made on {made}" if made else ""
    name = facts.corpus.get("corpus")
    corpus = f"Corpus {name}, fingerprint {facts.fingerprint[:12]}{when}. " if name else ""
    title = facts.title if facts.title.endswith(("?", "!", ".")) else f"{facts.title}."
    return f"{author}“{title}” {corpus}Framelines {package_version()} ({AUTHORS}, {_year()})."


def cite_bibtex(facts: PageFacts) -> str:
    """The citation of a page, and of the software, as two entries of BibTeX."""
    corpus = facts.corpus.get("corpus")
    note = f"Corpus {corpus}, fingerprint {facts.fingerprint[:12]}" if corpus else ""
    words = re.sub(r"[^a-z0-9]+", "-", facts.title.lower()).strip("-") or "page"
    page = {
        "author": facts.authors,
        "title": "{" + facts.title.translate(_BIBTEX) + "}",
        "howpublished": f"Page made with Framelines {package_version()}".translate(_BIBTEX),
        "note": note.translate(_BIBTEX),
        "year": _year(),
    }
    software = {
        "author": "{" + AUTHORS + "}", "title": "Framelines", "version": package_version(), "year": RELEASED,
    }  # fmt: skip
    return f"{_entry('misc', words[:40].strip('-'), page)}\n{_entry('software', 'framelines', software)}"


def _entry(kind: str, key: str, fields: dict[str, str]) -> str:
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind}{{{key},\n{lines}}}\n"


def _year() -> str:
    """The year of the day that the page gives, else that of the release."""
    made = made_on()
    return made.split()[-1] if made else RELEASED


def _say_citation(facts: PageFacts) -> str:
    bibtex = f'<pre id="framelines-bibtex">{html.escape(cite_bibtex(facts))}</pre>'
    return (
        f'<p id="framelines-citation" class="citation">{html.escape(cite(facts))}</p>'
        + _copy_button("framelines-citation", "Copy the citation")
        + f"<details><summary>BibTeX</summary>{bibtex}"
        + _copy_button("framelines-bibtex", "Copy the BibTeX")
        + "</details>"
    )


def _copy_button(source: str, label: str) -> str:
    """A button that copies an element's words; hidden until the page's script can answer it."""
    return (
        f'<p><button type="button" hidden data-framelines-copy="{source}">{label}</button> '
        '<span role="status" class="told"></span></p>'
    )


def _say_run(facts: PageFacts) -> str:
    known, rows = facts.corpus, {}
    if known:
        rows["Corpus"] = str(known["corpus"])
        rows["Articles"] = f"{say_share(known, 'articles', 'of')}, {known['outlets']:,} outlets named"
        rows["Published"] = say_days(known)
    if facts.fingerprint:
        rows["Corpus fingerprint"] = f"sha256 {facts.fingerprint}"
        rows["Codebooks"] = facts.codebooks or "none"
    if known:
        rows["Topic packs"] = str(known.get("topics") or "none")
        rows["Corrections"] = str(known.get("corrections") or "")
        rows["Packages"] = str(known.get("packages") or "")
    else:
        rows["Made with"] = f"Framelines {package_version()}"
    rows["Made on"] = made_on() or ""
    listed = "".join(f"<dt>{name}</dt><dd>{html.escape(value)}</dd>" for name, value in rows.items() if value)
    return f'<dl class="facts">{listed}</dl>{_list_settings(facts.settings)}'


def _list_settings(settings: Iterable[Setting]) -> str:
    lines = []
    for each in settings:
        value = f"<code>{html.escape(repr(each.value))}</code>"
        if each.changed:
            value += f" set for this run, instead of <code>{html.escape(repr(each.default))}</code>"
        lines.append(
            f'<tr><th scope="row">{each.name}</th><td>{value}</td><td>{html.escape(each.help)}</td></tr>'
        )
    if not lines:
        return ""
    names = "".join(f'<th scope="col">{name}</th>' for name in ("Parameter", "Value", "What it means"))
    return (
        '<table class="settings"><caption>Parameters of the run</caption>'
        f"<thead><tr>{names}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
    )


def _say_limits(facts: PageFacts, limits: tuple[str, str] | None) -> str:
    known, parts = facts.corpus, []
    if limits:
        parts.append(f'<p>Read <a href="#{html.escape(limits[0])}">{html.escape(limits[1])}</a> first.</p>')
    if known and known["articles"]:
        missing = (("no_date", "a date of publication"), ("no_outlet", "an outlet named"))
        said = " and ".join(_say_missing(known[part], known["articles"], what) for part, what in missing)
        parts.append(
            f"<p>{said[0].upper()}{said[1:]}. What is unknown is counted apart, and never guessed.</p>"
        )
    return "".join(parts)


def _say_missing(count: int, whole: int, what: str) -> str:
    if not count:
        return f"every article has {what}"
    return f"{count:,} of {whole:,} articles ({count / whole:.0%}) are without {what}"
