"""Made-up tables for the tests of views and reports: small, hostile in places, and known by heart."""

from __future__ import annotations

from types import SimpleNamespace

from analysis import schema

HOSTILE = "</script><img src=x onerror=alert(1)>"

# Outlet, publication interval, headline. The third article has neither outlet nor date.
ARTICLES = (
    ("Example Herald", ("2025-01-03", "2025-01-03"), "Harbour pact agreed"),
    ("Example Post", ("2025-02-01", "2025-02-28"), f"Talks {HOSTILE} go on"),
    (None, (None, None), "No stamp on this page"),
    ("Example Herald", ("2025-03-01", "2025-03-31"), "Quota row returns"),
)
SENTENCES = (
    "The harbour plan costs £4 million.",
    "“We need security 🚢 now,” said Ana Ruiz.",
    f"Critics {HOSTILE} fear for security and the budget.",
    "The council agreed the quota in June.",
)
TEXT = "\n".join(SENTENCES)


def span(words: str, within: int = 0) -> dict[str, object]:
    """Where ``words`` stand in the text, from sentence number ``within`` on."""
    start = TEXT.index(words, TEXT.index(SENTENCES[within]))
    return {"start": start, "end": start + len(words), "text": words, "field": "text"}


def make_tables(**changes: list[dict[str, object]]) -> SimpleNamespace:
    """Four articles with the same four sentences; a keyword replaces the rows of one table."""
    rows: dict[str, list[dict[str, object]]] = {name: [] for name in schema.TABLES}
    for number, article in enumerate(ARTICLES):
        _add_article(rows, f"page.txt#{number}", *article)
    rows |= changes
    return SimpleNamespace(**{name: schema.build_frame(name, each) for name, each in rows.items()})


def _add_article(rows, article_id, outlet, published, headline) -> None:
    about = {"article_id": article_id}
    earliest, latest = published
    rows["articles"].append({
        **about, "page": "page.txt", "kind": "main", "outlet": outlet, "headline": headline, "text": TEXT,
        "published_earliest": earliest, "published_latest": latest, "words": len(TEXT.split()),
    })  # fmt: skip
    for number, sentence in enumerate(SENTENCES):
        rows["sentences"].append({
            **about, **span(sentence), "paragraph": number, "sentence": number,
            "voice": "mixed" if "“" in sentence else "narration",
        })  # fmt: skip
    frame = {**about, "codebook": "policy_frames", "version": "1", "entry": "security"}
    said = {"voice": "quotation", "speaker": "Ana Ruiz", "quote_id": "q1"}
    rows["frames"] += [
        {**frame, **span("security", 1), **said, "frame": "Security and defence"},
        {**frame, **span("security", 2), "voice": "narration", "frame": "Security and defence"},
    ]
    if outlet == "Example Herald":
        rows["frames"].append({**frame, **span("budget", 2), "voice": "narration", "frame": "Economic"})
    term = {"term_group": "critics", "use": "person", "voice": "narration"}
    rows["terms"].append({**about, **span("Critics", 2), **term})
    rows["quotes"].append({
        **about, **span("We need security 🚢 now,", 1), "quote_id": "q1", "kind": "direct",
        "closed": True, "speaker": "Ana Ruiz", "cue": "said", "attribution": "explicit",
    })  # fmt: skip
    rows["figures"].append({
        **about, **span("£4 million"), "value": 4e6 + len(rows["figures"]), "unit": "pound sterling",
        "change": "=", "measure": "harbour plan", "voice": "narration",
    })  # fmt: skip
    trigger = span("agreed", 3)
    when = {"Example Herald": ("2024-06-01", "2024-06-30"), "Example Post": ("2024-06-12", "2024-06-12")}
    dated = when.get(outlet, (None, None))
    rows["events"].append({
        **about, **span(SENTENCES[3]), "event_id": f"e-{outlet}", "trigger": "agreed",
        "what": "agreed the quota", "trigger_start": trigger["start"], "trigger_end": trigger["end"],
        "instrument": "fishing quota", "actors": ["Council", "Ana Ruiz"] if outlet else [],
        "status": "agreed", "voice": "narration", "date_earliest": dated[0], "date_latest": dated[1],
    })  # fmt: skip
