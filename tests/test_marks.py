"""Quotation marks: pairs of any style, apostrophes, paragraphs, interruptions, marks that are lost."""

from __future__ import annotations

import pytest

from analysis.language.marks import MarkRole, find_passages, read_marks


def inside(text: str, depth: int = 0) -> list[str]:
    return [text[p.start : p.end] for p in find_passages(text) if p.depth == depth]


def read(text: str) -> list[str]:
    """Every passage as a line: "·" for each level inside, "+" goes on, "^" never opened, "~" never closed."""
    return [
        "·" * p.depth
        + "+" * p.continues
        + "^" * (not p.opened)
        + text[p.start : p.end]
        + "~" * (not p.closed)
        for p in find_passages(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rock 'n' roll and R'n'B aren't 'dead', he said.", ["dead"]),
        ("Rock ‘n’ roll and salt 'n pepper.", []),
        ("“Give ’em time ’til the ’90s,” he said.", ["Give ’em time ’til the ’90s,"]),
        ("'Give 'em time 'til the '90s,' he said.", ["Give 'em time 'til the '90s,"]),
        ("'Twas the workers' vote in '24 and the nurses' too.", []),
        ("He said the workers' vote was 'a mess' and the nurses' strike 'worse'.", ["a mess", "worse"]),
        ("The ministers' 'plan' and the boys' clubs' rules.", ["plan"]),
        (
            "'It was the workers' vote,' he said. 'The nurses' strike was not.'",
            ["It was the workers' vote,", "The nurses' strike was not."],
        ),
        ("She was goin' and doin' nothin' at the top o' the hill with ol' Bill.", []),
        (
            "'We was goin' to the top o' the hill with ol' Bill,' he said.",
            ["We was goin' to the top o' the hill with ol' Bill,"],
        ),
        (
            "'I'm talkin' about the lads' jobs,' he said. 'Nothin' else.'",
            ["I'm talkin' about the lads' jobs,", "Nothin' else."],
        ),
        ("James' plan and Jones' vote were 'fine'.", ["fine"]),
        ("The 'workers' ' vote.", ["workers'"]),
        ("The UK's '24 hours' pledge and 48 hours' notice.", ["24 hours"]),
        ("He spoke of the ‘workers’ state’ and its ‘friends’.", ["workers’ state", "friends"]),
        ("The class of '97 said 'yes'. The class of '98 said 'no'.", ["yes", "no"]),
        ("‘Keir’s plan won’t work,’ said D’Arcy O’Neill.", ["Keir’s plan won’t work,"]),
        ("The voters' choice was 'no'; the parties' was 'yes'.", ["no", "yes"]),
        ("Donald Smith‘s plan and the BBC‘s report said “no”.", ["no"]),
        ("the '60s, '70s and '80s", []),
        ("He said '‘Tis a pity' and left.", ["‘Tis a pity"]),
        (
            "Farmers' leader Ann Lee said: 'The farmers' leaders' votes don't count.'",
            ["The farmers' leaders' votes don't count."],
        ),
    ],
)
def test_apostrophes_are_no_marks(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('A 12" pipe, a 5\' 10" man and 6\'2" boards: "It fits," he said.', ["It fits,"]),
        ('"The 12" pipe broke," he said.', ['The 12" pipe broke,']),
        ('"He is 5\' 10" tall," she said.', ["He is 5' 10\" tall,"]),
        ("It is 5′ 10″ and 30° 12′ N.", []),
        ("'It is 6' by 4',' he said.", ["It is 6' by 4',"]),
        ('A 10" by 12" frame.', []),
    ],
)
def test_feet_and_inches_are_no_marks(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Er sagte „nein“ und ‚ja‘ und »gut«.", ["nein", "ja", "gut"]),
        ("Er sagte „Wir gehen“, und „wir bleiben“.", ["Wir gehen", "wir bleiben"]),
        ("Il a dit « non » et « oui » et ‹ rien ›.", ["non", "oui", "rien"]),
        ("Er sagte »nein« und »ja«. ›Gut‹, sagte sie.", ["nein", "ja", "Gut"]),
        ("Han sa ”nej” och ”ja”.", ["nej", "ja"]),
        ("He said “no\" and \"yes” and ‘maybe' and 'never’.", ["no", "yes", "maybe", "never"]),
        ("He said ''no'' and 'yes' and ''I am 'not' here.''", ["no", "yes", "I am 'not' here.", "·not"]),
        (
            "He said ''They shout 'Go home,''' and left. ''Fine.''",
            ["They shout 'Go home,'", "·Go home,", "Fine."],
        ),
        (
            "He said '''Go home' is what they shout,'' and left.",
            ["'Go home' is what they shout,", "·Go home"],
        ),
        ("He said ``no'' and ``yes''.", ["no", "yes"]),
        ("He said `no' and `yes'.", ["no", "yes"]),
    ],
)
def test_marks_of_every_style_and_mixture_pair(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“She said ‘no’ to me,” he said.", ["She said ‘no’ to me,", "·no"]),
        ("‘She said “no” to me,’ he said.", ["She said “no” to me,", "·no"]),
        ("'She said \"no\" to me,' he said.", ['She said "no" to me,', "·no"]),
        ("\"She said 'no' to me,\" he said.", ["She said 'no' to me,", "·no"]),
        ("'She said 'no' to me,' he said.", ["She said 'no' to me,", "·no"]),
        ("\"'No,' she said,\" he said.", ["'No,' she said,", "·No,"]),
        ("“He said, ‘No.’”", ["He said, ‘No.’", "·No."]),
        ("'He said, \"No.\"'", ['He said, "No."', "·No."]),
        ("\"He said, 'No.'\" They left.", ["He said, 'No.'", "·No."]),
        (
            "“He told me, ‘She said “never”’,” he said.",
            ["He told me, ‘She said “never”’,", "·She said “never”", "··never"],
        ),
        ("'\"No,\" she told me,' he said.", ['"No," she told me,', "·No,"]),
    ],
)
def test_inner_marks_nest_both_ways(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Yes.” “No.” “Maybe.”", ["Yes.", "No.", "Maybe."]),
        ("'Yes'. 'No'. 'Maybe'.", ["Yes", "No", "Maybe"]),
        ("'Yes', he said, 'but no'.", ["Yes", "but no"]),
        ("'Why?' 'Because.'", ["Why?", "Because."]),
        ("He was 'very, very sorry'; she 'was not': they 'left'.", ["very, very sorry", "was not", "left"]),
        ("('No'), he said [‘yes’].", ["No", "yes"]),
        ("It was—‘no’—a lie.", ["no"]),
    ],
)
def test_stops_stand_inside_or_outside_the_marks(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said.'It is late,' and left.", ["It is late,"]),
        ("The 'plan'was 'bad'.", ["plan", "bad"]),
        ("He said:'It is late.'She left.", ["It is late."]),
        ('"It is late,"he said. "Very."She left.', ["It is late,", "Very."]),
        ("the'golden rule' of it", ["golden rule"]),
        ("He said: 'It is late.'Then 'We left,' he said.", ["It is late.", "We left,"]),
        ("said MinisterBen'There is no plan,' he said.", ["There is no plan,"]),
    ],
)
def test_marks_glued_to_words_by_lost_spaces_pair(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said: “One.\n“Two.\n“Three.”\nHe left.", ["One.~", "+Two.~", "+Three."]),
        ('He said: "One.\n"Two.\n"Three."\nHe left.', ["One.~", "+Two.~", "+Three."]),
        ("He said: 'One.\n'Two's it.\n'Three.'\nHe left.", ["One.~", "+Two's it.~", "+Three."]),
        (
            "He said: 'One thing. 'Two things. 'Three things.' He left.",
            ["One thing.~", "+Two things.~", "+Three things."],
        ),
        (
            'He said: "One thing. "Two things. "Three things." He left.',
            ["One thing.~", "+Two things.~", "+Three things."],
        ),
        (
            "He said: “One thing. “Two things. “Three things.” He left.",
            ["One thing.~", "+Two things.~", "+Three things."],
        ),
        (
            "He said: ‘One thing. ‘Two things. ‘Three things.’ He left.",
            ["One thing.~", "+Two things.~", "+Three things."],
        ),
        (
            'He said: "One \'small\' thing. "Two \'big\' things. "Three." He left. "Good," she said.',
            ["One 'small' thing.~", "·small", "+Two 'big' things.~", "·big", "+Three.", "Good,"],
        ),
        (
            "He said: 'One \"small\" thing. 'Two things. 'Three.' He left.",
            ['One "small" thing.~', "·small", "+Two things.~", "+Three."],
        ),
        ('He said: "One.\n\n"Two," he said.\n\n"Three."', ["One.~", "+Two,", "Three."]),
    ],
)
def test_a_quotation_reopens_in_every_paragraph_or_on_one_line(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said: “One.\nHe left.\n“Two,” he said.", ["One.~", "Two,"]),
        ("He said: 'One.\nHe left.\n'Two,' he said.", ["One.~", "Two,"]),
        ('He said: "One.\nHe left.\nThey ate.', ["One.~"]),
        (
            "He said: 'We must go. Then he left. She said: 'I stay.' And she did.",
            ["We must go. Then he left.~", "I stay."],
        ),
        ('One.\nTwo is here," he said. "Three."', ["^Two is here,", "Three."]),
        ("One.\nIt is here,' he said. 'Three.'", ["^It is here,", "Three."]),
        (
            "It rained. The ruling is stunning,' he said. 'It stands.'",
            ["^The ruling is stunning,", "It stands."],
        ),
    ],
)
def test_a_passage_without_one_of_its_marks_ends_with_its_paragraph(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said: “One.\nAdvertisement\n“Two.”\nHe left.", ["One.~", "+Two."]),
        ("He said: 'One.\nAdvertisement\n'Two.'\nHe left.", ["One.~", "+Two."]),
        ('He said: "One.\nA view of the port of Dover (PA)\n"Two."\nHe left.', ["One.~", "+Two."]),
        (
            "He said: “We will go\nAdvertisement\nand come back,” and left.",
            ["We will go~", "+^and come back,"],
        ),
        (
            "He said: 'We will go\nAdvertisement\nand come back,' and left.",
            ["We will go~", "+^and come back,"],
        ),
        ("'We will go,' he said, 'and come back.'", ["We will go,", "and come back."]),
        ("‘We will go,’ he said. ‘We will come back.’", ["We will go,", "We will come back."]),
        ("'We,' said the men's leader, Jo Bates' friend, 'will go.'", ["We,", "will go."]),
        ("He said: 'One thing. Advertisement 'Two things.' He left.", ["One thing.~", "+Two things."]),
    ],
)
def test_an_interrupted_quotation_goes_on(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Headline: 'Stop the boats' and 'smash the gangs'", ["Stop the boats", "smash the gangs"]),
        ("It was 'an EU' problem, and 'a UK one'.", ["an EU", "a UK one"]),
        ("'£40m' was 'not enough', 'he' said.", ["£40m", "not enough", "he"]),
        ("'...and so it goes,' he said. '—but why?'", ["...and so it goes,", "—but why?"]),
        ('"We will not—" he began. "Never mind."', ["We will not—", "Never mind."]),
        ('He asked "why"? She said "because"!', ["why", "because"]),
        ("'''''''''' ''''''''''", []),
        ('"Yes" "No"', ["Yes", "No"]),
        ("He said 'yes' . She said 'no' .", ["yes", "no"]),
        ("He said, ' yes ' and \" no \".", ["yes", "no"]),
        ("He said &'yes' *'no'*", ["yes", "no"]),
    ],
)
def test_marks_beside_other_signs_pair(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text", ["", "'", "\n\n", "‘ ’", "He's here, isn't he?", "O'Brien's and D’Arcy’s plan"]
)
def test_a_text_may_have_no_passage(text):
    assert find_passages(text) == []


def test_a_stray_inner_mark_is_misplaced():
    text = "They are 'career agitators 'who scare the people they should help'. The others laughed."
    (passage,) = find_passages(text)
    assert text[passage.start : passage.end] == "career agitators 'who scare the people they should help"
    assert [text[at] for at in passage.misplaced] == ["'"]


def test_one_mark_that_closes_and_opens():
    text = 'They were "sold a lie about the UK."In truth, they suffer," he said.'
    assert inside(text) == ["sold a lie about the UK.", "In truth, they suffer,"]


def test_an_unclosed_passage_ends_before_the_sentence_that_leads_to_the_next():
    text = "A placard read ‘Build it now. To that, Ms Roe replied with a laugh, ‘not in my time’ and left."
    assert read(text) == ["Build it now.~", "not in my time"]


def test_an_unclosed_passage_of_a_page_on_one_line_ends_with_its_first_sentence():
    text = "He said: “We need a treaty. " + "The council met again. " * 200 + "They ‘agreed’."
    assert read(text) == ["We need a treaty.~", "agreed"]


def test_a_page_of_several_styles_keeps_each_pair():
    text = (
        "The ministers' plan is ‘a gamble', Ms Roe said. “It's the workers’ money,” he said.\n"
        "\"They 'lost' it,\" she said.\n'The boys' club \"wins\",' said Jo D'Arcy in '24."
    )
    assert read(text) == [
        "a gamble",
        "It's the workers’ money,",
        "They 'lost' it,",
        "·lost",
        'The boys\' club "wins",',
        "·wins",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It's ‘fine’.", [(2, 3, "apostrophe"), (5, 6, "opening"), (10, 11, "closing")]),
        ('A 12" pipe', [(4, 5, "measure")]),
        (
            "''No'' and ''yes''",
            [(0, 2, "opening"), (4, 6, "closing"), (11, 13, "opening"), (16, 18, "closing")],
        ),
        ("Yes “ no", [(4, 5, "stray")]),
        ("He “said. ”", [(3, 4, "opening"), (10, 11, "closing")]),
        ("'" * 8, [(0, 8, "stray")]),
        ("“No.\n“Yes.”", [(0, 1, "opening"), (5, 6, "opening"), (10, 11, "closing")]),
        (
            'They "lie."In truth," he said.',
            [(5, 6, "opening"), (10, 11, "both"), (20, 21, "closing")],
        ),
        (
            "They are 'for 'ever here'. All.",
            [(9, 10, "opening"), (14, 15, "misplaced"), (24, 25, "closing")],
        ),
    ],
)
def test_every_mark_has_a_role(text, expected):
    assert read_marks(text) == [MarkRole(*mark) for mark in expected]
