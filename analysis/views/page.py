"""A page as its segments: every line with its role in colour and in words, and the rule that gave the role.

The view is HTML and CSS alone, so that it works in a notebook, in an exported file and on paper alike. Where
whole texts may not travel, a line is shown by its length and its first words.
"""

from __future__ import annotations

import html
from dataclasses import dataclass, field

import pandas as pd

from analysis.errors import UnknownNameError
from analysis.views.chart import CHART_STYLE, count_noun
from analysis.views.sharing import WHOLE_HTML, may_show_whole_texts
from analysis.views.theme import nth_colour

# What becomes text first; what is known about the article next; then what is dropped.
_ROLES = (
    "paragraph", "headline", "byline", "stamp", "outlet", "standfirst", "crosshead", "caption", "embed",
    "advert", "furniture",
)  # fmt: skip
_BESIDE = ("headline", "byline", "stamp", "outlet")
_MAX_CHARACTERS = 400_000
# Of a line that may not be shown whole, so many words: enough to find it in its page.
_FIRST_WORDS = 8
_MOST_SHOWN = 90
_STAYS = (
    f"Only the first {_FIRST_WORDS} words of a line travel with this page. Run the notebook in JupyterLab to "
    "read all of it."
)

_STYLE = """
.framelines-source{border:1px solid var(--jp-border-color2,var(--page-line,#ccc));border-radius:6px;
margin:0 0 8px;padding:0 10px}
.framelines-source>summary{font-weight:600;padding:6px 0;overflow-wrap:anywhere}
.framelines-source ol{list-style:none;margin:0 0 10px;padding:0;max-height:560px;overflow:auto}
.framelines-source li{display:grid;grid-template-columns:9.5em 1fr;gap:0 12px;padding:3px 0 3px 8px;
border-left:5px solid var(--role,#8a8f98);margin:0 0 2px;overflow-wrap:anywhere;white-space:pre-wrap}
.framelines-source li.article{display:block;border:0;padding:8px 0 2px;font-weight:600;font-size:13px}
.framelines-source li.dropped>.words{color:var(--jp-content-font-color2,var(--page-soft,#555))}
.framelines-source .role,.framelines-source .length{font-size:12px}
.framelines-source .rule{display:none;grid-column:2;font-size:12px;font-style:italic}
.framelines-source li:hover .rule,.framelines-source:has(input:checked) .rule{display:block}
.framelines-source label{display:inline-block;min-height:24px;font-size:13px}
@media print{.framelines-source ol{max-height:none}.framelines-source .rule{display:block}}
@media (max-width:600px){.framelines-source li{grid-template-columns:1fr}
.framelines-source .rule{grid-column:1}}
"""


@dataclass(frozen=True)
class PageView:
    """Pages to open one by one; each shows its segments in page order."""

    pages: pd.DataFrame = field(repr=False)
    segments: pd.DataFrame = field(repr=False)
    left_out: int = 0

    def _repr_html_(self) -> str:
        text = dict(zip(self.pages["page"], self.pages["text"], strict=True))
        layout = dict(zip(self.pages["page"], self.pages["layout"], strict=True))
        parts = [
            self._page(page, layout[page], text[page], group)
            for page, group in self.segments.groupby("page", sort=False)
        ]
        left = f"<p>{html.escape(self._say_left())}</p>" if self.left_out else ""
        whole, stays = (f" {WHOLE_HTML}", "") if may_show_whole_texts() else ("", f"<p>{_STAYS}</p>")
        return (
            f'<div class="framelines-chart"{whole}><style>{CHART_STYLE}{_STYLE}</style>'
            f"<p>{_legend()}</p>{stays}{''.join(parts)}{left}</div>"
        )

    def __repr__(self) -> str:
        lines = []
        for page, group in self.segments.groupby("page", sort=False):
            lines.append(f"{page}: {_say_dropped(group)}")
            counts = group.groupby("role", sort=False).size().sort_values(ascending=False, kind="stable")
            lines.append("  " + ", ".join(f"{role} {count}" for role, count in counts.items()))
        return "\n".join([*lines, *([self._say_left()] if self.left_out else [])])

    def _page(self, page: str, layout: str, text: str, segments: pd.DataFrame) -> str:
        items, last = [], None
        for row in segments.itertuples():
            article = None if pd.isna(row.article_id) else row.article_id
            if article and article != last:
                items.append(f'<li class="article">Article {html.escape(article)}</li>')
                last = article
            items.append(_segment(row, text[int(row.start) : int(row.end)], whole=may_show_whole_texts()))
        return (
            f'<details class="framelines-source" name="framelines-sources"><summary>{html.escape(page)} '
            f"({html.escape(layout)}; {_say_dropped(segments)})</summary>"
            f'<label><input type="checkbox"> Show the rule of every line</label>'
            f'<ol tabindex="0" aria-label="Segments of {html.escape(page)}">{"".join(items)}</ol></details>'
        )

    def _say_left(self) -> str:
        return f"{count_noun(self.left_out, 'page')} more: name one with show_pages(tables, page=...)."


def show_pages(tables: object, *, page: str | None = None, most: int = 30) -> PageView:
    """Show pages as their segments: pick one, and see what every line was taken for and by which rule.

    In a report without whole texts each line is its length and its first eight words.

    Args:
        tables: The extracted tables.
        page: The only page to show; all where None.
        most: How many pages at the most; fewer where their texts are long.

    Raises:
        UnknownNameError: There is no such page.
    """
    pages: pd.DataFrame = tables.pages
    if page is not None and page not in set(pages["page"]):
        raise UnknownNameError.among("page", page, list(pages["page"]))
    chosen = pages if page is None else pages[pages["page"] == page]
    before = chosen["text"].str.len().cumsum() - chosen["text"].str.len()
    shown = chosen[(before < _MAX_CHARACTERS).fillna(False)].head(most)
    segments = tables.segments
    solid = segments[(segments["role"] != "blank") & segments["page"].isin(shown["page"])]
    return PageView(shown, solid, len(chosen) - len(shown))


def _segment(row: object, text: str, *, whole: bool) -> str:
    dropped = pd.isna(row.article_start) and row.role not in _BESIDE
    rule = html.escape(row.rule)
    words = html.escape(text) if whole else _say_first(text)
    return (
        f'<li class="{"dropped" if dropped else "kept"}" style="--role:{_colour(row.role)}" title="{rule}">'
        f'<span class="role">{"dropped: " if dropped else ""}{html.escape(row.role)}</span>'
        f'<span class="words">{words}</span><span class="rule">{rule}</span></li>'
    )


def _say_first(text: str) -> str:
    """The first words of a line, and how long it is."""
    words = text.split()
    first = " ".join(words[:_FIRST_WORDS])
    # What has no spaces, such as a long address, is held to a length as well.
    shown = first[:_MOST_SHOWN]
    more = " …" if len(words) > _FIRST_WORDS or len(shown) < len(first) else ""
    length = f"{count_noun(len(words), 'word')}, {count_noun(len(text), 'character')}"
    return f'{html.escape(shown)}{more} <span class="length">({length})</span>'


def _say_dropped(segments: pd.DataFrame) -> str:
    dropped = int((segments["article_start"].isna() & ~segments["role"].isin(_BESIDE)).sum())
    articles = segments["article_id"].nunique()
    return f"{count_noun(articles, 'article')}; {dropped} of {count_noun(len(segments), 'segment')} dropped"


def _legend() -> str:
    return " ".join(
        f'<span style="border-left:5px solid {_colour(role)};padding:0 10px 0 4px">{role}</span>'
        for role in _ROLES
    )


def _colour(role: str) -> str:
    return nth_colour(_ROLES.index(role)) if role in _ROLES[:6] else nth_colour(6)
