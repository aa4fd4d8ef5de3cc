"""What of the articles' texts travels with a page: the sentences that something rests on, or whole articles.

Texts belong to their publishers. ``framelines report`` and ``framelines export`` tell the kernel that runs a
notebook, and no other process, by the environment variable ``FRAMELINES_TEXTS``: "evidence", or "full" where
``--full-text`` is given. In a kernel that nobody told, as in JupyterLab, views show whole texts; nothing of
them leaves the computer before the notebook is sent to somebody.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

#: The environment variable that the kernel of a report is started with.
TEXTS = "FRAMELINES_TEXTS"
EVIDENCE, FULL = "evidence", "full"
#: In a view's ``data["texts"]``: it holds whole articles, which a page without them may not carry.
WHOLE = "whole"

#: The same as an attribute of a view that is HTML.
WHOLE_HTML = f'data-framelines-texts="{WHOLE}"'
#: In ``data["before"]`` and ``data["after"]``: a sentence stands there in the article, but does not travel.
STAYS = -2

_SENTENCES = {
    EVIDENCE: "Only sentences that something here rests on travel with this page, and nothing else of the "
    "articles. Where much was found in an article, that can be most of it: texts belong to their publishers.",
    FULL: "Whole articles travel with this page: whoever shares it needs the publishers' leave.",
}


def is_live() -> bool:
    """Whether a person runs this kernel, not a report: views may read more from it."""
    return not os.environ.get(TEXTS)


def may_show_whole_texts() -> bool:
    """Whether a view may show an article's whole text: in a live kernel, or with ``--full-text``."""
    return is_live() or os.environ[TEXTS] == FULL


def say_sharing(texts: str | None = None) -> str:
    """Say what of the articles travels with a page.

    Args:
        texts: "evidence" or "full"; as this process was told where None. A live kernel's page holds
            evidence alone, unless its exporter is told otherwise.

    Returns:
        The words that stand in the page.
    """
    chosen = texts or os.environ.get(TEXTS)
    return _SENTENCES[FULL if chosen == FULL else EVIDENCE]


def leave_out_around(data: Mapping[str, Any]) -> dict[str, Any]:
    """Take out of encoded evidence the sentences that stand around it and are no evidence themselves.

    Args:
        data: What :func:`analysis.views.encoding.encode_evidence` gives.

    Returns:
        The same with fewer ``sentences``. In ``before`` and ``after`` a sentence that is evidence keeps its
        number, -1 says that there is none, and -2 that there is one, which does not travel.
    """
    kept = sorted(set(data["sentence"]))
    number = {-1: -1, STAYS: STAYS, **{code: at for at, code in enumerate(kept)}}
    return {
        **data,
        "sentence": [number[code] for code in data["sentence"]],
        "before": [number.get(code, STAYS) for code in data["before"]],
        "after": [number.get(code, STAYS) for code in data["after"]],
        "sentences": [data["sentences"][code] for code in kept],
    }
