"""The verbs and phrases that introduce speech, in every form they take on a page.

Three groups: verbs of speech proper ("said"), verbs of judgement that quote a word or two ("called",
"slammed"), and verbs of thought that report without being heard ("believes"). Forms are built from the
base by English spelling, so that a word counts even where the tagger misreads it next to a quotation mark.
"""

from __future__ import annotations

from functools import cache

SPEECH = """
    say tell add ask answer reply respond state declare announce claim argue insist warn note explain
    comment remark observe write tweet retweet post blog email text continue conclude confirm deny admit
    acknowledge concede assert contend maintain suggest stress emphasize emphasise underline underscore
    point quip joke shout yell cry scream whisper exclaim repeat reiterate recall recount report reveal
    testify vow pledge promise predict caution complain lament boast brag retort counter interject muse
    opine sigh snap laugh chant read proclaim pronounce profess allege aver assure reassure inform remind
    advise notify urge implore plead beg demand order command instruct question inquire enquire wonder
    speculate theorize theorise hint imply indicate signal relate narrate describe detail outline clarify
    elaborate expound summarize summarise sum specify highlight mention discuss address quote cite
    paraphrase intone deadpan mutter murmur mumble growl bark bellow roar hiss croak drawl gush enthuse
    rejoice fume rage thunder rail rant grumble gripe moan protest object disagree agree concur accept
    apologize apologise confess swear affirm attest certify vouch rule reason explain lecture preach sing
    recite rejoin riposte volunteer venture interrupt chide scold tease taunt jibe crow gloat grouse
    bemoan telephone phone radio message broadcast publish record spell press prod ponder voice utter
    share ad-lib chime
""".split()

JUDGEMENT = """
    call describe dub brand label term deem dismiss accuse criticize criticise slam blast denounce condemn
    decry deride mock ridicule attack lambast lambaste savage berate rebuke reprimand rip bash hammer
    skewer praise hail laud applaud commend celebrate champion congratulate thank welcome greet tout
    invoke characterize characterise portray depict paint cast refer allude propose recommend request call
    advocate endorse back defend justify reject refuse rebuff repudiate disavow refute rebut dispute
    challenge compare liken contrast blame fault charge rank rate judge conclude rap pan shrug wave
    vent boo cheer credit encourage appeal invite threaten dare bid name title nickname tag christen
    entitle style tar smear honour honor salute caption slogan trumpet pitch sell frame
""".split()

THOUGHT = """
    believe think feel hope fear worry expect want know understand realize realise consider regard view
    doubt suspect assume guess imagine suppose wish prefer intend decide learn remember forget hate regret
    resent reflect
""".split()

_IRREGULAR = {
    "say": "says said saying",
    "tell": "tells told telling",
    "write": "writes wrote written writing",
    "read": "reads read reading",
    "sing": "sings sang sung singing",
    "swear": "swears swore sworn swearing",
    "hear": "hears heard hearing",
    "spell": "spells spelt spelled spelling",
    "cast": "casts cast casting",
    "find": "finds found finding",
    "sell": "sells sold selling",
    "bid": "bids bid bidding",
    "think": "thinks thought thinking",
    "feel": "feels felt feeling",
    "know": "knows knew known knowing",
    "see": "sees saw seen seeing",
    "understand": "understands understood understanding",
    "forget": "forgets forgot forgotten forgetting",
    "show": "shows showed shown showing",
    "seek": "seeks sought seeking",
    "broadcast": "broadcasts broadcast broadcasting",
    "beg": "begs begged begging",
}
_DOUBLED = {"admit", "quip", "slam", "brag", "rap", "pan", "dub", "sum", "rip", "plan", "refer", "rebut",
            "chat", "bat", "tag", "tar", "label", "signal", "prod"}  # fmt: skip

# Words that may stand between a speaker and the cue, or between the cue and the quotation.
FILLERS = frozenset(
    """also then later again even now still just often repeatedly once previously recently reportedly has have
    had is was are were 's would will could might may must did does do not never n't simply only further
    flatly bluntly publicly privately quickly immediately famously who and but""".split()
)


@cache
def cue_verbs() -> dict[str, str]:
    """Every form of every cue verb with its base: ``{"said": "say", "telling": "tell", ...}``."""
    return {form: base for base in (*THOUGHT, *JUDGEMENT, *SPEECH) for form in _forms(base)}


@cache
def speech_verbs() -> frozenset[str]:
    """Bases of the verbs of speech proper."""
    return frozenset(SPEECH)


@cache
def thought_verbs() -> frozenset[str]:
    """Bases of the verbs of thought."""
    return frozenset(THOUGHT)


def _forms(base: str) -> list[str]:
    if base in _IRREGULAR:
        return [base, *_IRREGULAR[base].split()]
    if base in ("label", "signal"):  # British and American spelling
        return [base, *(base + tail for tail in ("s", "ed", "ing", "led", "ling"))]
    stem = base + base[-1] if base in _DOUBLED else base
    if base.endswith("e"):
        stem = base[:-1]
    third = base + "es" if base.endswith(("s", "sh", "ch", "x")) else base + "s"
    past = stem + "ed"
    if base.endswith("y") and base[-2] not in "aeiou":
        third, past = base[:-1] + "ies", base[:-1] + "ied"
    return [base, third, past, stem + "ing"]
