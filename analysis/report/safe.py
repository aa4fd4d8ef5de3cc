"""What a notebook may bring into a page: links that wait for a click, and nothing that acts by itself."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

from analysis.report.static import PLOTLY_TYPE

# A browser passes over white space and control characters in front of and inside a scheme.
_PASSED_OVER = re.compile(r"[\x00-\x20]")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# Elements that fetch, frame, forward or send without a click; the policy stops most of them a second time.
_ACTING = "meta, base, link, iframe, frame, frameset, object, embed, portal, form"
_NOTEBOOK = re.compile(r"\.ipynb(?=$|#)")


def mend_links(soup: BeautifulSoup) -> None:
    """Let links lead to web pages, to notebooks' pages and to addresses of mail; others become plain words.

    Whoever is linked is not told from where.
    """
    for link in soup.select(":is(main, header.page-head) :is(a, area)"):
        address = link.get("href")
        for name in ("ping", "xlink:href"):
            link.attrs.pop(name, None)
        if address is None:
            continue
        clean = _PASSED_OVER.sub("", address)
        scheme = _SCHEME.match(clean)
        kind = scheme[1].lower() if scheme else "https" if re.match(r"[/\\]{2}", clean) else ""
        if kind in ("http", "https", "mailto"):
            link["href"] = clean if scheme else f"https:{clean}"
        elif kind == "doi":
            link["href"] = "https://doi.org/" + clean[len("doi:") :].lstrip("/")
        elif kind:
            link.unwrap()
            continue
        else:
            link["href"] = _NOTEBOOK.sub(".html", address)
            continue
        link["rel"] = "noreferrer noopener"


def take_out_acting(soup: BeautifulSoup) -> None:
    """Take scripts, handlers, frames and forwarding out of what cells and prose brought in.

    The policy would stop a script; without it the console stays free of complaints.
    """
    for script in soup.select("main script, header.page-head script"):
        if script.get("type") != PLOTLY_TYPE:
            script.decompose()
    for part in soup.select(f":is(main, header.page-head) :is({_ACTING})"):
        if part.name == "form":
            part.unwrap()
        else:
            part.decompose()
    for media in soup.select(":is(main, header.page-head) :is(img, video, audio, source, track)"):
        # The policy lets nothing in that does not stand in the page; a picture's words do.
        outside = [
            name for name in ("src", "srcset", "poster") if not _stands_inside(media.get(name, "data:"))
        ]
        if outside and media.name == "img":
            media.replace_with(str(media.get("alt", "")))
            continue
        for name in outside:
            del media[name]
    for node in soup.select(":is(main, header.page-head) *"):
        for name in [name for name in node.attrs if name.lower().startswith("on")]:
            del node[name]


def _stands_inside(address: str) -> bool:
    return _PASSED_OVER.sub("", address).lower().startswith("data:")


def name_regions(soup: BeautifulSoup) -> None:
    """Let wide tables scroll by keyboard, and give each region of the page a name of its own."""
    for output in soup.select("main .output-html"):
        if output.find("table", class_="dataframe"):
            output["tabindex"], output["role"] = "0", "region"
            output["aria-label"] = _caption(output) or "Table"
    taken: dict[str, int] = {}
    for region in soup.select("main [role=region][aria-label]"):
        name = str(region["aria-label"])
        taken[name] = taken.get(name, 0) + 1
        if taken[name] > 1:
            region["aria-label"] = f"{name} ({taken[name]})"


def _caption(output: Tag) -> str:
    caption = output.find("caption")
    return " ".join(caption.get_text().split()) if caption else ""
