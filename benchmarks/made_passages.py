"""Made-up articles that share much but no passage, and passages planted in two of them with edits.

What two articles share without one having taken it from the other is put in on purpose: offices and laws with
long names, turns of phrase, sources that are introduced in the same words, names of the same people, numbers,
and the same frequent words in the same order. Articles belong to subjects, whose names and titles they use
again and again; the frequency of all other words falls with their rank.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

TITLES = """the secretary of state for the home department
the department for environment food and rural affairs
the joint council for the welfare of immigrants
the first permanent secretary to the treasury
the nationality immigration and asylum act
the office for national statistics
the chair of the public accounts committee
the chief inspector of borders and immigration
the right honourable member for {name}
the european convention on human rights
the leader of the opposition
the port and harbour workers union of {name}
the independent commission on the future of {name}
the former minister of state for {noun} and {noun}
the mayor and burgesses of {name}
the {name} and {name} fire and rescue authority
the upper tribunal of the immigration and asylum chamber
the national association of {noun} and {noun} workers
the parliamentary under secretary of state for {noun}
the {number} royal commission on {noun} reform""".splitlines()
OPENERS = """speaking to reporters outside the house of commons on {day}
according to figures published by the office for national statistics on {day}
in a statement to the house of commons on {day} afternoon
for the first time since the end of the second world war
at the end of a long day of talks in {name}
in an interview with the today programme on {day} morning
as the crisis over {noun} entered its {number} week
with less than {number} weeks to go until the general election
on the other hand
at the same time
earlier this week
a spokesman for the prime minister said that
a person familiar with the matter who was not authorised to speak publicly said
it is understood that
in the words of one senior official
at a meeting of the parliamentary committee on {noun} on {day}""".splitlines()
SAYS = """told the house of commons on {day} that
said in a statement on {day} that
declined to comment on the report that
told reporters on condition of anonymity that
is expected to announce later this week that
has made it clear that
insisted that there was no question that
said that it was not the case that
could not immediately be reached for comment after
will not rule out the possibility that
is under growing pressure to explain why
was asked why
accepted that
added that""".splitlines()
CLAUSES = """{subject} {verb} the {adjective} {noun} of {name}
{subject} {verb} {number} {noun} in {name}
the number of {noun} rose by {number} per cent in the {number} months to {month}
there is no evidence that {subject} {verb} the {noun}
{subject} would {verb} a {adjective} {noun} and a {noun}
it was in the public interest to {verb} the {noun}
{subject} had been able to {verb} only {number} of the {noun}
the {noun} was one of the most {adjective} in the history of the {noun}
{subject} {verb} the {noun} that {name} {name} {verb} last {month}
in the long run the {noun} of the {noun} would {verb} {subject}
the cost of the {noun} to the taxpayer had risen to more than {number} million pounds a year
{subject} {verb} {adjective} {noun} from {name} to {name} by {month}""".splitlines()
ENDS = """in spite of {adjective} {noun}
by the end of the year
at a cost of {number} million pounds
because of the {noun} in {name}
for the time being
as soon as possible
despite repeated warnings from {subject}
in the run up to the general election
after {number} {noun} {verb} in {name}
in accordance with the terms of {title}""".splitlines()
NOUN_PHRASES = """{det} {noun}
{det} {adjective} {noun}
{det} {noun} {prep} {np}
{det} {noun} {noun}
{name} {name}
{name}
{number} {noun}
{adjective} {noun} and {noun}
{det} {adjective} {noun} {prep} {det} {noun}
{title}""".splitlines()
SUBJECTS = ("{title}", "{name}", "the {adjective} {noun}", "{name} {name}", "the {noun}", "{np}")
DETERMINERS = "the the the the a a its their this that his her some any no every".split()
PREPOSITIONS = "of of of in in for to with on by from at over under against between about".split()
AUXILIARIES = "has had would will could may did not must was to is to should never".split()
LINKS = "and but while because although when if as after before which where".split()
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
MONTHS = "january february march april may june july august september october november december".split()
SYLLABLES = (
    "ba cor den el far gos hul in jar ken lor mos nel or pel ras sed tor ul vin wes yar mi tan cle bri sto "
    "gra plo fen dus tri hal mon qua ver sil"
).split()

_CHOICES = {
    "np": NOUN_PHRASES,
    "vp": ["{verb} {np}", "{aux} {verb} {np}", "{verb} {prep} {np}", "{verb} {np} {prep} {np}"],
    "det": DETERMINERS,
    "prep": PREPOSITIONS,
    "aux": AUXILIARIES,
    "link": LINKS,
    "day": DAYS,
    "month": MONTHS,
}

Words = list[str]
KINDS = (
    "word for word", "10 % edited", "20 % edited", "first third cut", "last third cut", "middle cut",
    "text put between", "inside a sentence",
)  # fmt: skip


@dataclass(frozen=True)
class Plant:
    """A passage that was put into two articles.

    Attributes:
        kind: What was done to it in the second, one of :data:`KINDS`.
        first: The article it was put into as it was made.
        second: The other.
        shared: Words that both have: the number of each in the first and in the second article.
    """

    kind: str
    first: str
    second: str
    shared: list[tuple[int, int]]


class Writer:
    """Writes sentences of one corpus, seeded."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._lists = {
            kind: _Ranked([_make_word(rng) for _ in range(count)])
            for kind, count in (("noun", 2500), ("verb", 900), ("adjective", 1200), ("name", 1500))
        }
        self._titles = [self._fill(title, self._lists) for title in TITLES]
        self._subjects = [self._make_subject() for _ in range(25)]

    def write_article(self, words: int) -> list[Words]:
        """Sentences on one subject, until there are so many words."""
        lists = self._rng.choice(self._subjects)
        sentences: list[Words] = []
        while sum(map(len, sentences)) < words:
            sentences.append(self.write_sentence(lists))
        return sentences

    def write_sentence(self, lists: Mapping[str, _Ranked] | None = None) -> Words:
        """One sentence, on a subject unless on none."""
        rng, lists = self._rng, lists or self._lists
        parts = [rng.choice(OPENERS)] if rng.random() < 0.12 else []
        if rng.random() < 0.22:
            parts += ["{subject}", rng.choice(SAYS)]
        parts.append("{np} {vp}" if rng.random() < 0.9 else rng.choice(CLAUSES))
        while rng.random() < 0.4:
            parts.append("{link} {np} {vp}")
        if rng.random() < 0.15:
            parts.append(rng.choice(ENDS))
        return self._fill(" ".join(parts), lists).split()

    def any_word(self) -> str:
        """A word as an editor may put in: half of them frequent."""
        if self._rng.random() < 0.5:
            return self._rng.choice("the a of and to in that for on with was by had not also more".split())
        return self._lists[self._rng.choice(("noun", "verb", "adjective"))].draw(self._rng)

    def _make_subject(self) -> dict[str, _Ranked]:
        """Words of which a few dozen are much more frequent than elsewhere."""
        return {kind: words.shuffled(self._rng) for kind, words in self._lists.items()}

    def _fill(self, pattern: str, lists: Mapping[str, _Ranked]) -> str:
        while "{" in pattern:
            pattern = re.sub(r"\{(\w+)\}", lambda slot: self._draw(slot.group(1), lists), pattern)
        return pattern

    def _draw(self, slot: str, lists: Mapping[str, _Ranked]) -> str:
        rng = self._rng
        if slot == "subject":
            return rng.choice(
                ("{title}", "{name}", "the {adjective} {noun}", "{name} {name}", "the {noun}", "{np}")
            )
        if slot in _CHOICES:
            return rng.choice(_CHOICES[slot])
        if slot == "title":
            # A few titles are in everybody's mouth.
            return self._titles[min(int(rng.expovariate(0.2)), len(self._titles) - 1)]
        if slot == "number":
            return str(rng.choice((rng.randrange(2, 30), rng.randrange(100, 2000))))
        return lists[slot].draw(rng)


class _Ranked:
    """Words of which each is as frequent as its rank says."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = list(words)
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))

    def draw(self, rng: random.Random) -> str:
        return rng.choices(self._words, cum_weights=self._weights)[0]

    def shuffled(self, rng: random.Random) -> _Ranked:
        """The same words with some of the rarer ones moved to the front."""
        front = rng.sample(self._words, 30)
        return _Ranked([*front, *(word for word in self._words if word not in front)])


def make_articles(rng: random.Random, articles: int, words: int = 500) -> dict[str, list[Words]]:
    """Make up articles that share no passage. Returns their sentences by id."""
    writer = Writer(rng)
    return {
        f"made-{n}": writer.write_article(rng.randrange(words // 2, words * 3 // 2)) for n in range(articles)
    }


def plant_passages(
    rng: random.Random,
    articles: Mapping[str, Sequence[Words]],
    plants: int,
    writer: Writer | None = None,
    lengths: range = range(20, 81),
) -> tuple[dict[str, str], list[Plant]]:
    """Put passages into pairs of articles, no two into one article.

    Args:
        rng: Draws passages, places and edits.
        articles: Sentences of each article, as words.
        plants: How many passages; at most half as many as there are articles.
        writer: Writes the passages; a new one unless given.
        lengths: How many words a passage may have.

    Returns:
        The texts, and what was planted.
    """
    writer = writer or Writer(rng)
    chosen = rng.sample(sorted(articles), 2 * plants)
    texts = {name: join_sentences(sentences) for name, sentences in articles.items()}
    planted = []
    for n, (first, second) in enumerate(zip(chosen[::2], chosen[1::2], strict=True)):
        kind = KINDS[n % len(KINDS)]
        words = rng.choice(lengths)
        passage: list[Words] = []
        while sum(map(len, passage)) < words:
            passage.append(writer.write_sentence())
        flat = [word for sentence in passage for word in sentence][:words]
        edited = list(edit(rng, writer, kind, flat))
        places = {}
        for name, put in ((first, flat), (second, [word for word, _ in edited])):
            before, after = split_article(rng, articles[name], inside=kind == "inside a sentence")
            texts[name] = join_sentences([*before, put, *after])
            places[name] = sum(map(len, before))
        shared = [
            (places[first] + at, places[second] + to) for to, (_, at) in enumerate(edited) if at is not None
        ]
        planted.append(Plant(kind, first, second, shared))
    return texts, planted


def edit(rng: random.Random, writer: Writer, kind: str, words: Words) -> Iterator[tuple[str, int | None]]:
    """Edit a passage; each word comes with its number in the passage, or none where it was put in."""
    third = len(words) // 3
    if kind.endswith("% edited"):
        rate = int(kind.split()[0]) / 100
        for n, word in enumerate(words):
            done = rng.choice(("replace", "drop", "insert")) if rng.random() < rate else "keep"
            if done in ("replace", "insert"):
                yield writer.any_word(), None
            if done in ("keep", "insert"):
                yield word, n
        return
    cut = {
        "first third cut": range(third), "last third cut": range(len(words) - third, len(words)),
        "middle cut": range(third, len(words) - third),
    }.get(kind, range(0))  # fmt: skip
    for n, word in enumerate(words):
        if n == len(words) // 2 and kind == "text put between":
            yield from ((other, None) for other in writer.write_sentence())
        if n not in cut:
            yield word, n


def split_article(
    rng: random.Random, sentences: Sequence[Words], *, inside: bool
) -> tuple[list[Words], list[Words]]:
    """Cut an article in two, between sentences or inside one."""
    n = rng.randrange(len(sentences))
    cut = rng.randrange(1, len(sentences[n])) if inside and len(sentences[n]) > 1 else 0
    return [*sentences[:n], sentences[n][:cut]], [sentences[n][cut:], *sentences[n + 1 :]]


def join_sentences(sentences: Sequence[Words]) -> str:
    """Sentences as a text, three a paragraph, with capitals and stops."""
    written = [f"{' '.join(words).capitalize()}." for words in sentences if words]
    return "\n\n".join(" ".join(written[n : n + 3]) for n in range(0, len(written), 3))


def _make_word(rng: random.Random) -> str:
    return "".join(rng.choices(SYLLABLES, k=rng.choice((2, 2, 3, 3, 4))))
