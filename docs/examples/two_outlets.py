"""Make up a corpus of news on small boats whose outlets differ in known ways.

    python docs/examples/two_outlets.py DIR [--articles 40] [--seed 1]

writes HTML pages of four made-up outlets, ``corpus.toml`` and ``truth.json``, which says what was planted:

- The Example Herald and the Example Record are drawn from one pool: between them there is no difference.
- The Example Post is drawn from another: other words for those who come, other sentences by the journalist,
  other people quoted. All else is drawn from the same rules for everybody (:mod:`made_sentences`).
- The Example Argus has three articles, which is too few to test.
- Some stories are told by several outlets, with figures of their own and an event that one leaves out; some
  copy is printed by two outlets, edited; some articles are not on the topic.

All of it is invented: outlets, people, places named in stories, figures and events.
"""

from __future__ import annotations

import argparse
import datetime
import html
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from made_sentences import Grammar, words_of
from planted import ARGUS, HERALD, LABELS, ONE, OTHER, POOLS, POST, RECORD, STORIES, VOICES, Story

BYLINES = ("Mina Holt", "Jo Field", "Lena Marsh", "Owen Tasker", "Abi Rowntree", "Hugh Pargeter")
FIRST_DAY, DAYS = datetime.date(2025, 3, 3), 84
LEAST = 12  # articles of an outlet
APART = 5  # days between two landings at one place

OFF_TOPIC = "off topic"
# What the second outlet does to copy that it shares: the place of a sentence that it drops, and words.
DROPPED = 4
CHANGED = {"nearly": "almost", "seen by": "shown to", "until": "up to", "asked": "sought", "since": "from"}


@dataclass
class Article:
    """One page: where it belongs, and its sentences by paragraph."""

    outlet: str
    day: datetime.date
    headline: str
    paragraphs: list[str]
    planted: set[str] = field(default_factory=set)
    page: str = ""

    @property
    def text(self) -> str:
        """All paragraphs."""
        return "\n".join(self.paragraphs)


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the corpus up and write it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", metavar="DIR", type=Path, help="a new folder for the corpus")
    parser.add_argument(
        "--articles", type=int, default=40, help=f"articles of each large outlet, {LEAST} or more (40)"
    )
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same corpus (1)")
    given = parser.parse_args(arguments)
    if given.folder.exists() and any(given.folder.iterdir()):
        sys.exit(f"{given.folder} is not empty. Name a folder that does not exist yet.")
    if given.articles < LEAST:
        sys.exit(
            f"--articles: {LEAST} are the least, so that every story and every shared copy has its place."
        )
    articles, truth = make_corpus(given.articles, given.seed)
    write_corpus(given.folder, articles, truth)
    print(f"{len(articles)} articles of {len(POOLS)} made-up outlets in {given.folder}; seed {given.seed}")
    print(f"What was planted stands in {given.folder / 'truth.json'}")


def make_corpus(number: int, seed: int) -> tuple[list[Article], dict]:
    """Articles of all outlets, and what was planted in them."""
    writer = Writer(random.Random(seed))
    articles: list[Article] = []
    stories = [writer.write_story(story) for story in STORIES]
    copies = [writer.write_copy(*pair) for pair in ((POST, RECORD), (HERALD, RECORD))]
    for made in (*stories, *(copy.articles for copy in copies)):
        articles += made
    for outlet in (HERALD, RECORD, POST):
        articles += [writer.write_off_topic(outlet) for _ in range(max(number // 12, 1))]
    wanted = {HERALD: number, RECORD: number, POST: number, ARGUS: 3}
    missing = [
        outlet for outlet, n in wanted.items() for _ in range(n - sum(a.outlet == outlet for a in articles))
    ]
    # in no order: a sentence that was drawn once is not drawn again, and that shall touch all outlets alike
    writer.chance.shuffle(missing)
    articles += [writer.write(outlet) for outlet in missing]
    name_pages(articles)
    return articles, describe(articles, stories, copies)


@dataclass(frozen=True)
class Copy:
    """Copy that two outlets print: the sentence that the second drops, and the words that it replaces."""

    articles: list[Article]
    dropped: str
    replaced: list[list[str]]


class Writer:
    """Writes articles with a grammar that it shares between all of them."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.grammar = Grammar(chance)
        self._days: dict[str, list[datetime.date]] = defaultdict(list)

    def write(self, outlet: str) -> Article:
        """An article on the topic."""
        place = self.grammar.fill("{place}", {})
        day = self._draw_day(place)
        return self._unlike(lambda: self._compose(outlet, place, day))

    def _unlike(self, make: Callable[[], Article]) -> Article:
        """An article that shares no copy with those before; the last one tried where there is none."""
        for _ in range(300):
            article = make()
            if self.grammar.is_new(article.text):
                break
        self.grammar.keep(article.text)
        return article

    def _compose(self, outlet: str, place: str, day: datetime.date) -> Article:
        planted: set[str] = set()
        opening = self._tell("opening", outlet, planted, {"place": place})
        sentences = [self._tell("mention", outlet, planted) for _ in range(2)]
        sentences += self._tell_planted(outlet, planted, 3)
        sentences += [self.grammar.draw("neutral") for _ in range(self.chance.randint(4, 7))]
        self.chance.shuffle(sentences)
        paragraphs = _in_pairs([opening, *sentences])
        for number, quotation in enumerate(self._quote(outlet, planted), start=1):
            paragraphs.insert(2 * number, quotation)
        headline = self._tell("headline", outlet, planted, {"place": place})
        return Article(outlet, day, headline, paragraphs, planted)

    def write_story(self, story: Story) -> list[Article]:
        """The tellings of one story, on one day or the next."""
        day = self._draw_day()
        outlets = enumerate(story.figures)
        return [
            self._unlike(lambda o=outlet, n=n: self._tell_story(story, o, day, n)) for n, outlet in outlets
        ]

    def _tell_story(self, story: Story, outlet: str, event_day: datetime.date, number: int) -> Article:
        planted: set[str] = set()
        on_day = f"on {event_day:%A}"
        fixed = {
            "ship": story.ship, "spot": story.spot, "person": story.person, "broke": story.broke,
            "figure": f"{story.figures[outlet]}", "day": on_day,
        }  # fmt: skip
        opening = self._tell("tale_open", outlet, planted, fixed)
        sentences = [self.grammar.draw("tale", fixed) for _ in range(4)]
        # each outlet has the event that all tell in a wording of its own
        events = [story.event[number]] + [story.only[1]] * (story.only[0] == outlet)
        sentences += [event.format(day=on_day) for event in events]
        sentences += self._tell_planted(outlet, planted, 2)
        sentences += [self.grammar.draw("neutral") for _ in range(2)]
        self.chance.shuffle(sentences)
        paragraphs = _in_pairs([opening, *sentences])
        said = self.grammar.draw("quoted")
        paragraphs.insert(2, f"“{said},” said {story.person.rstrip(',')}, who was there.")
        paragraphs += self._quote(outlet, planted, 1)
        title = self.chance.choice(("The {s} {b} off {p}", "Off {p}, the {s} {b}", "{p}: how the {s} {b}"))
        headline = title.format(s=story.ship, b=story.broke, p=story.spot)
        return Article(
            outlet, event_day + datetime.timedelta(self.chance.randint(0, 1)), headline, paragraphs, planted
        )

    def write_copy(self, one: str, other: str) -> Copy:
        """Copy that two outlets print: the second drops a sentence and changes words."""
        day, fixed = self._draw_day(), {"people": "migrants"}
        shared = [self.grammar.draw("opening", fixed), self.grammar.draw("mention", fixed)]
        shared += [self.grammar.draw("neutral") for _ in range(7)]
        edited = [sentence for n, sentence in enumerate(shared) if n != DROPPED]
        replaced = []
        for old, new in CHANGED.items():
            replaced += [[old, new]] * len(re.findall(rf"\b{old}\b", " ".join(edited)))
            edited = [re.sub(rf"\b{old}\b", new, sentence) for sentence in edited]
        made = []
        for outlet, sentences in ((one, shared), (other, edited)):
            own = " ".join(self.grammar.draw("neutral") for _ in range(2))
            paragraphs = [*_in_pairs(sentences), own]
            made.append(Article(outlet, day, self.grammar.draw("headline", fixed), paragraphs))
        for article in made:
            self.grammar.keep(article.text)
        return Copy(made, shared[DROPPED], replaced)

    def write_off_topic(self, outlet: str) -> Article:
        """An article about something else."""
        return self._unlike(lambda: self._leave_topic(outlet))

    def _leave_topic(self, outlet: str) -> Article:
        fixed = {name: self.grammar.fill(f"{{any_{name}}}", {}) for name in ("thing", "where")}
        sentences = [self.grammar.draw(f"off_{n}", fixed) for n in range(1, 6)]
        headline = f"A {fixed['thing']} for the {fixed['where']}"
        return Article(outlet, self._draw_day(), headline, _in_pairs(sentences), {OFF_TOPIC})

    def _draw_day(self, place: str = "") -> datetime.date:
        """A day; for a place one that is far from the others, lest two landings look like one story."""
        for _ in range(50):
            day = FIRST_DAY + datetime.timedelta(self.chance.randrange(DAYS))
            if all(abs((day - other).days) > APART for other in self._days[place]):
                break
        if place:
            self._days[place].append(day)
        return day

    def _tell(self, rule: str, outlet: str, planted: set[str], fixed: Mapping[str, str] | None = None) -> str:
        """A sentence with the outlet's word for those who come, where it names them."""
        wordings = POOLS[outlet].people
        (people,) = self.chance.choices(list(wordings), weights=wordings.values())
        text = self.grammar.draw(rule, {**(fixed or {}), "people": people})
        if people in text.lower():
            planted.add(f"term: {people}")
        return text

    def _tell_planted(self, outlet: str, planted: set[str], number: int) -> list[str]:
        rules = POOLS[outlet].sentences
        drawn = self.chance.choices(list(rules), weights=rules.values(), k=number)
        planted |= {f"sentences: {rule}" for rule in drawn if rule != "neutral"}
        return [self._tell(rule, outlet, planted) for rule in drawn]

    def _quote(self, outlet: str, planted: set[str], number: int = 2) -> list[str]:
        """Quotations of two sentences, each by another speaker."""
        weights = dict(POOLS[outlet].voices)
        paragraphs = []
        for _ in range(number):
            (voice,) = self.chance.choices(list(weights), weights=weights.values())
            del weights[voice]
            planted.add(f"voice: {voice}")
            who, short = VOICES[voice]
            first, then = self.grammar.draw("quoted"), self.grammar.draw("quoted")
            forms = (
                f"“{first},” said {who}. “{then}.”",
                f"{who}, said: “{first}.” {short} added: “{then}.”",
                f"“{first}. {then},” {who}, said.",
            )
            paragraphs.append(self.chance.choice(forms))
        return paragraphs


def _in_pairs(sentences: Sequence[str]) -> list[str]:
    return [" ".join(sentences[n : n + 2]) for n in range(0, len(sentences), 2)]


def name_pages(articles: Sequence[Article]) -> None:
    """Give each article its page, by outlet and day."""
    articles = sorted(articles, key=lambda article: (article.outlet, article.day, article.headline))
    for number, article in enumerate(articles):
        article.page = f"{name_folder(article.outlet)}/{article.day}-{number:03}.html"


def name_folder(outlet: str) -> str:
    """The folder of an outlet's pages."""
    return outlet.lower().replace(" ", "-")


def describe(
    articles: Sequence[Article], stories: Sequence[Sequence[Article]], copies: Sequence[Copy]
) -> dict:
    """What was planted, and in how many articles it came to stand."""
    large = (HERALD, RECORD, POST)
    planted = sorted({thing for article in articles for thing in article.planted} - {OFF_TOPIC})
    who = [words for voice in VOICES.values() for words in voice]
    return {
        "outlets": {name: sum(a.outlet == name for a in articles) for name in POOLS},
        "same_pool": [HERALD, RECORD],
        "other_pool": POST,
        "too_few": ARGUS,
        "planted": {
            thing: {name: sum(thing in a.planted for a in articles if a.outlet == name) for name in large}
            for thing in planted
        },
        "labels": LABELS,
        "words": words_of("crime", "humane", *ONE.people, *OTHER.people, *who),
        "stories": [
            {
                "ship": story.ship, "pages": {a.outlet: a.page for a in told}, "figures": story.figures,
                "event": story.event, "only": {"outlet": story.only[0], "event": story.only[1]},
            }
            for story, told in zip(STORIES, stories, strict=True)
        ],
        "copies": [
            {
                "pages": {a.outlet: a.page for a in copy.articles},
                "dropped": copy.dropped, "replaced": copy.replaced,
            }
            for copy in copies
        ],
        "off_topic": [a.page for a in articles if OFF_TOPIC in a.planted],
    }  # fmt: skip


def write_corpus(folder: Path, articles: Sequence[Article], truth: dict) -> None:
    """Write the pages, what is known about them, and what was planted."""
    lines = ["# Made up by docs/examples/two_outlets.py: outlets, people, figures and events are invented."]
    lines += ["", 'topic = ["uk_migration"]', "", "[[pages]]", 'match = "truth.json"', "exclude = true"]
    for outlet in POOLS:
        lines += ["", "[[pages]]", f'match = "{name_folder(outlet)}/*.html"', f'outlet = "{outlet}"']
    for n, article in enumerate(articles):
        page = folder / article.page
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(render(article, BYLINES[n % len(BYLINES)]), encoding="utf-8", newline="\n")
    (folder / "corpus.toml").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    told = json.dumps(truth, indent=2, ensure_ascii=False)
    (folder / "truth.json").write_text(told + "\n", encoding="utf-8", newline="\n")


def render(article: Article, byline: str) -> str:
    """An article as a saved page."""
    body = "\n".join(f"<p>{html.escape(paragraph, quote=False)}</p>" for paragraph in article.paragraphs)
    headline = html.escape(article.headline, quote=False)
    return f"""<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{headline}</title>
<meta property="og:title" content="{headline}">
<meta property="og:site_name" content="{article.outlet}">
<meta property="article:published_time" content="{article.day}T06:00:00Z">
<meta name="author" content="{byline}">
</head><body><article>
<h1>{headline}</h1>
{body}
</article></body></html>
"""


if __name__ == "__main__":
    main()
