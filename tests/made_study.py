"""A few pages of a made-up town, by two outlets, for tests of a study of one's own."""

from __future__ import annotations

from pathlib import Path

STORIES = {
    "herald-2025-03-04.txt": (
        "Council agrees plan for harbour ferry",
        "Daily Herald",
        "4 March 2025",
        "The town council agreed a plan on Tuesday to pay £4 million for a new ferry.",
        '"The ferry will bring jobs to the harbour," said Ana Ruiz, the mayor.',
        "Crews lost their boats last year when the growth rate of catches fell by 12 per cent.",
    ),
    "herald-2025-03-11.txt": (
        "Ferry row divides harbour",
        "Daily Herald",
        "11 March 2025",
        "Opponents of the ferry went to court on Monday over the cost to taxpayers.",
        '"It is a waste of public money," said Tom Blake, a councillor.',
        "The court is expected to rule on the plan in April.",
    ),
    "post-2025-03-05.txt": (
        "Harbour gets its ferry after years of talks",
        "Evening Post",
        "5 March 2025",
        "A ferry will cross the harbour from June, the council said after a vote on Tuesday.",
        '"We waited twenty years for this," said Lena Holm, who runs a shop at the quay.',
        "The budget for the ferry is £4.5 million, according to the council.",
    ),
}


def write_pages(folder: Path) -> list[Path]:
    """Write one page a story, as text with headline, outlet and day on lines of their own."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for name, (headline, outlet, day, *paragraphs) in STORIES.items():
        made.append(folder / name)
        text = "\n\n".join([headline, outlet, f"Published {day}", *paragraphs])
        made[-1].write_text(text + "\n", encoding="utf-8")
    return made
