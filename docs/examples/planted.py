"""What is planted in the made-up corpus: how outlets differ, what stories they share, who is quoted."""

from __future__ import annotations

from dataclasses import dataclass

HERALD, RECORD, POST, ARGUS = "Example Herald", "Example Record", "Example Post", "Example Argus"


@dataclass(frozen=True)
class Pool:
    """What an outlet's articles are drawn from.

    Attributes:
        people: Words for those who come, and how often each is drawn.
        sentences: Rules of the planted sentences, and how often each is drawn; "neutral" are everybody's.
        voices: Who is quoted, and how often.
    """

    people: dict[str, int]
    sentences: dict[str, int]
    voices: dict[str, int]


ONE = Pool(
    {"illegal migrants": 6, "migrants": 2, "people": 2},
    {"crime": 7, "humane": 1, "neutral": 2},
    {"minister": 5, "conservative": 4, "charity": 1, "labour": 2, "council": 3, "academic": 2, "union": 3},
)
OTHER = Pool(
    {"asylum seekers": 4, "refugees": 2, "migrants": 2, "people": 2},
    {"crime": 1, "humane": 7, "neutral": 2},
    {"minister": 1, "conservative": 1, "charity": 8, "labour": 2, "council": 3, "academic": 2, "union": 3},
)
POOLS = {HERALD: ONE, RECORD: ONE, POST: OTHER, ARGUS: ONE}
VOICES = {
    "minister": ("Dana Whitlock, the Home Office minister", "Ms Whitlock"),
    "conservative": ("Alan Trew, Conservative MP for Eastmarsh", "Mr Trew"),
    "charity": ("Rosa Lindqvist, a charity director", "Ms Lindqvist"),
    "labour": ("Ines Calloway, Labour MP for Northgate", "Ms Calloway"),
    "council": ("Bethan Croyle, who leads the council", "Ms Croyle"),
    "academic": ("Tobias Marl, a professor of law", "Mr Marl"),
    "union": ("Femi Adaro, a dockers' leader", "Mr Adaro"),
}


@dataclass(frozen=True)
class Story:
    """What several outlets tell of a ship.

    Attributes:
        ship: Its name; ``spot`` is where it ``broke`` (what befell it).
        person: Who was there, and is quoted by all.
        figures: How many people were on board, outlet by outlet.
        event: What all tell besides, each in a wording of its own.
        only: What one outlet tells alone.
    """

    ship: str
    spot: str
    person: str
    broke: str
    figures: dict[str, int]
    event: tuple[str, ...]
    only: tuple[str, str]


STORIES = (
    Story(
        "Kittiwake", "Cotter's Gap", "Ivor Pell, the coxswain,", "lost its rudder", {HERALD: 147, POST: 119},
        ("MPs rejected the Border Security Bill {day}.", "The Border Security Bill was rejected {day}."),
        (HERALD, "The Border Security Command opened an office in Deal {day}."),
    ),
    Story(
        "Provider", "Pennock Bay", "Maud Ferris, a pilot,", "hit a sandbank", {HERALD: 63, POST: 81},
        ("Ministers announced return hubs {day}.", "A plan for return hubs was announced {day}."),
        (POST, "The High Court suspended the Rwanda scheme {day}."),
    ),
    Story(
        "Halcyon", "Wick Bay", "Silas Grout, a trawlerman,", "caught fire", {RECORD: 212, POST: 190},
        (
            "The Immigration White Paper was published {day}.",
            "Ministers published the Immigration White Paper {day}.",
        ),
        (POST, "The Lords amended the Illegal Migration Act {day}."),
    ),
    Story(
        "Endeavour", "Marl Head", "Agnes Tolley, a nurse,", "broke in two",
        {HERALD: 58, RECORD: 58, POST: 74},
        (
            "The one in, one out deal came into force {day}.",
            "The one in, one out deal with France began {day}.",
            "For the one in, one out deal {day} was the first day in force.",
        ),
        (HERALD, "Ministers ended the care worker visa {day}."),
    ),
)  # fmt: skip

# What of it is looked for by which name: the label, and whether the Herald's pool has it oftener.
LABELS = {
    "term": {"illegal migrants": True, "asylum seekers": False, "refugees": False},
    "frame": {
        "crime and punishment": True,
        "security and defence": True,
        "health and safety": False,
        "morality": False,
    },
    "speaker": {"Dana Whitlock": True, "Alan Trew": True, "Rosa Lindqvist": False},
    "party": {"Conservative": True},
}
