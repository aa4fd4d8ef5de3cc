"""Made-up reports of two rival newspapers on one subject, four each, with everything that a table can hold.

The fourth of each paper is of a later month, so that :meth:`analysis.Tables.select` leaves three and three.
"""

from __future__ import annotations

import json
from pathlib import Path

HERALD, POST = "Example Herald", "Example Post"
#: The last day on which each paper has three articles.
THREE_EACH = "2025-07-31"

# What both papers took over word for word.
_AGENCY = (
    "Officials of the border force counted 1,250 people who crossed the Channel in small boats last week, "
    "and said that the weather had kept many more dinghies on the beaches of northern France."
)
_REPORTS = (
    (HERALD, "2025-07-02", "Ministers fear flood of migrants as boats deal stalls", (
        "A wave of illegal migrants could swamp the south coast this summer, ministers fear, after talks on "
        "the one in, one out deal stalled.",
        "Labour MP Ana Ruiz said: “We must smash the criminal gangs and secure our borders.”",
        "The cost to taxpayers of asylum hotels rose to £4 million a day in June.",
        _AGENCY,
    )),
    (HERALD, "2025-07-10", "Border security bill agreed after night of rows", (
        "Parliament agreed the border security bill on 9 July 2025 after a night of rows about its cost.",
        "“This law will stop the boats and save taxpayers' money,” said Conservative MP Tom Archer.",
        "Illegal migrants who cross the Channel will be detained and deported, the Home Office said.",
        "Police made 312 arrests of people smugglers last year, up 12 per cent.",
    )),
    (HERALD, "2025-07-21", "Small boats: French police to intervene at sea", (
        "French police will intercept small boats in shallow waters under a deal announced on 18 July 2025.",
        "Labour MP Ana Ruiz said: “The gangs are at war with us, and we will fight them.”",
        "“It is a surrender of our borders,” Conservative MP Tom Archer said.",
        "More than 20,000 illegal migrants have crossed the Channel this year.",
    )),
    (HERALD, "2025-08-05", "Returns deal with France comes into force", (
        "The one in, one out deal with France came into force on 5 August 2025.",
        "“The tide of illegal migrants will turn,” said Conservative MP Tom Archer.",
        "The Home Office will detain people who cross the Channel in small boats and return them.",
        "Asylum hotels still cost taxpayers £4 million a day.",
    )),
    (POST, "2025-07-03", "Asylum seekers wait as boats deal stalls", (
        "Asylum seekers in France wait for news of the one in, one out deal, on which talks stalled.",
        "“These are families who flee war, and they have a right to be heard,” said Green MP Lea Moor.",
        "A court ruled last year that refugees must not be sent back to danger.",
        _AGENCY,
    )),
    (POST, "2025-07-11", "Peers vow to amend border security bill", (
        "Peers vowed to amend the border security bill, which Parliament agreed on 9 July 2025.",
        "Green MP Lea Moor said: “It is cruel to refugees, and it breaks international law.”",
        "“We will secure our borders,” Labour MP Ana Ruiz said.",
        "Charities say that 58 asylum seekers died in the Channel last year.",
    )),
    (POST, "2025-07-22", "Charities condemn plan to stop small boats at sea", (
        "Charities condemned a plan to intercept small boats in shallow waters, announced on 18 July 2025.",
        "“People will drown,” said Green MP Lea Moor.",
        "Labour MP Ana Ruiz said: “We will smash the criminal gangs.”",
        "About 20,000 asylum seekers have crossed the Channel in small boats this year.",
    )),
    (POST, "2025-08-06", "First asylum seekers held under returns deal", (
        "The first asylum seekers were detained under the one in, one out deal with France on 6 August 2025.",
        "“It is a flood of cruelty,” said Green MP Lea Moor.",
        "Lawyers told a court that refugees have a right to be heard under international law.",
        "Some 50 people a week will be returned to France.",
    )),
)  # fmt: skip


def write_rivals(folder: Path) -> Path:
    """Write the reports as one table of articles."""
    path = folder / "reports.jsonl"
    lines = (
        {"id": f"r{n}", "outlet": outlet, "published": day, "headline": headline, "text": "\n".join(text)}
        for n, (outlet, day, headline, text) in enumerate(_REPORTS, start=1)
    )
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path
