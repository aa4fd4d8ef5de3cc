"""Wordings of a news page beside its articles, for :mod:`dumps`: made up here, with slots filled at random.

``{n}`` is a number, ``{brand}`` a made-up or known outlet, ``{section}`` a section of a paper, ``{teaser}`` a
headline of another story, ``{clock}`` a time of day, ``{day}`` a date, ``{person}`` a name.
"""

from __future__ import annotations

import random

BRANDS = """Northgate Herald|The Daily Courier|Harbour News|Evening Sentinel|The Westmoor Gazette
Capital Post|Border Mercury|The Sunday Ledger|Coastline Today|Eastfield Chronicle|The Union Times
Dales Observer|BBC News|The Guardian|Sky News|The Independent|Daily Mail|Telegraph|Reuters|The Scotsman
ITV News|Metro|Bloomberg|New York Post|CNN|The Hill|Politico|The Irish Times|Yorkshire Post|Euronews"""
SECTIONS = """News|UK|World|Politics|Business|Sport|Opinion|Culture|Lifestyle|Travel|Money|Science
Health|Tech|Environment|Obituaries|Football|Weather|Video|Podcasts|Puzzles|Food|Education|Scotland|Wales
US"""
FIRST = """Anna|Bilal|Clare|Dev|Eleanor|Farah|George|Hannah|Imran|Joanna|Kwame|Laura|Martin|Nadia
Oliver|Priya|Quentin|Rosa|Stephen|Tamsin|Una|Victor|Wendy|Yusuf|Zoe"""
LAST = """Abbott|Barlow|Chowdhury|Dunmore|Ellery|Fairweather|Gill|Hargreaves|Iqbal|Jarvis|Kershaw|Lomax
Mistry|Nowak|O'Hare|Pritchard|Quayle|Rawcliffe|Sandhu|Thwaite|Underhill|Vickers|Whitlock|Yeoman
McAllister|Lloyd-Price"""
ROLES = """Political Editor|Home affairs correspondent|Senior Reporter|Business reporter
Deputy political editor|Health Correspondent|Chief reporter|Local Democracy Reporter|Environment editor
Political correspondent"""
TOWNS = """Hexham, Northumberland|Ludlow, Shropshire|London SW11|Cardiff|Wells, Somerset|Perth|Leeds
Cupar, Fife|Stoke-on-Trent, Staffordshire|Lewes, East Sussex|Bath|Newry, Co Down|Oxford
Bury St Edmunds, Suffolk|Truro"""

TOP = """Skip to main content|Skip to navigation|Menu|Open menu|Search|Sign in|Log in|Subscribe
Register free|My account|Newsletters|Print subscriptions|Today's paper|Breaking news alerts
Home > {section} > {section}|Home / {section}|{day}|{brand}|Edition: UK|Toggle navigation|Search for:
Follow us|Advertise with us"""
COOKIES = """We and our partners use cookies to make this site work and to measure its audience.
We value your privacy. You can accept all cookies or manage your choices below.
This website stores data such as cookies to enable site functionality, analytics and personalisation.
By clicking "Accept all" you agree to the storing of cookies on your device.
To read more about how we use data, see our privacy policy and cookie policy."""
COOKIE_BUTTONS = """Accept all|Reject all|Manage preferences|I agree|More options|Cookie settings
Got it"""
SHARE = """Share|Share this article|Share on Facebook|Share on X|Copy link|Email|WhatsApp|{n} comments
{n} shares|Save|Bookmark|{n} min read|Listen to this article|Add {brand} as a preferred source
Print this page|Facebook|Twitter|Comments|Follow|Gift this article|Link copied|View {n} comments"""
ADVERTS = """Advertisement|ADVERTISEMENT|Article continues below|Story continues below advertisement
Advertisement - scroll to continue|Sponsored|Remove ads|Promoted content|Ad|Advertising"""
READ_MORE = """Read more: {teaser}|READ MORE: {teaser}|Read next: {teaser}|Related: {teaser}
See also: {teaser}|Don't miss: {teaser}|More on this story: {teaser}|Watch: {teaser}|• {teaser}
> {teaser}"""
CAPTIONS = """{person} arrives for the meeting on Monday (Image: Getty Images)
Picture: {person}/PA Wire|The town hall, where the vote was held (Photo: {person})
Image credit: {person}|{person} speaking last week (PA)|Credit: Alamy
Residents outside the building. Photograph: {person}/Reuters|{person} (left) with colleagues. (AP)
(PA Graphics)|Image caption: {person} has led the group since 2019
A view of the harbour (Picture: {brand})"""
NEWSLETTERS = """Sign up to our daily newsletter|Get the day's top stories in your inbox every morning.
Sign up|Sign up for {brand} Briefing|Our editors choose the stories that matter, free, each weekday.
Your email address|Join our WhatsApp channel|Never miss a story from {brand}.|Enter your email
Get {section} updates straight to your phone|Invalid email|Thank you for subscribing!"""
TEASER_HEADS = """Related stories|Most read|More from {section}|You may also like|Recommended|Trending
More on this story|Read more|Editor's picks|Also in {section}|Top stories|Latest news|Most viewed"""
COMMENT_FORM = """Comments|Join the conversation|Leave a comment
Your email address will not be published.|Name *|Email *|Post comment|Be the first to comment
Sort by: newest|Report|Reply|No comments yet|View all comments ({n})
Please log in or register to comment.|All comments are moderated before they appear."""
FOOTER = """About us|Contact us|Privacy policy|Terms and conditions|Cookie policy|Advertise|Careers
Back to top|© {brand} 2025. All rights reserved.|Registered in England and Wales.|Site map
Modern slavery statement|Archive|Follow {brand} on Facebook and Instagram.|Complaints|Syndication
Accessibility|Our journalists|RSS"""
TAGS = """Topics|Tags|Hashtags|Filed under: {section}|More on: {section}, {section}|{section}|{person}"""
RELATED_HEADS = """Related Articles|Related News|More stories|You might also like|Similar stories
More coverage|Latest from the web|Top stories for you|Recommended for you|More headlines"""

_WHO = """Council|Ministers|Rail union|Police chief|Hospital trust|Water firm|School heads|Farmers
Voters|Judges|Charity|Energy regulator|Ferry operator|Museum|Fire crews|Opposition|Bank|Steel plant|City
Peers"""
_DOES = """to review|warns over|rejects|backs|delays|defends|faces questions over|promises action on
agrees|apologises for|loses challenge over|raises alarm about|drops plan for|calls for talks on
admits errors in"""
_WHAT = """parking charges|winter funding|bridge repairs|library closures|pay offer|flood defences
night buses|housing targets|ticket prices|staff shortages|land sale|new timetable|inspection report
clean air zone|cuts"""


def pick(rng: random.Random, wordings: str) -> str:
    """One of the wordings, which a bar or a line break parts, with its slots filled."""
    chosen = rng.choice([w for line in wordings.split("\n") for w in line.split("|")])
    return fill(rng, chosen)


def pick_some(rng: random.Random, wordings: str, least: int, most: int) -> list[str]:
    """Several different wordings, in a random order."""
    lines = [w for line in wordings.split("\n") for w in line.split("|")]
    return [fill(rng, line) for line in rng.sample(lines, min(rng.randint(least, most), len(lines)))]


def fill(rng: random.Random, wording: str) -> str:
    """A wording with its slots filled."""
    makers = {
        "{brand}": lambda: pick(rng, BRANDS),
        "{section}": lambda: pick(rng, SECTIONS),
        "{teaser}": lambda: make_teaser(rng),
        "{clock}": lambda: f"{rng.randint(0, 23):02}:{rng.randint(0, 59):02}",
        "{day}": lambda: make_day(rng),
        "{person}": lambda: make_name(rng),
        "{n}": lambda: str(rng.randint(2, 240)),
    }
    for slot, make in makers.items():
        while slot in wording:
            wording = wording.replace(slot, make(), 1)
    return wording


def make_name(rng: random.Random) -> str:
    """A made-up person's name."""
    middle = f"{rng.choice('ABCDEFGH')} " if rng.random() < 0.05 else ""
    return f"{pick(rng, FIRST)} {middle}{pick(rng, LAST)}"


def make_teaser(rng: random.Random) -> str:
    """A headline of a story that is not on the page."""
    words = f"{pick(rng, _WHO)} {pick(rng, _DOES)} {pick(rng, _WHAT)}"
    return words + rng.choice(["", "", f" in {pick(rng, TOWNS).split(',')[0]}", " after year of delay"])


def make_day(rng: random.Random) -> str:
    """A date as papers write it."""
    day, month = rng.randint(1, 28), rng.choice(["January", "March", "June", "September", "November"])
    weekday = rng.choice(["Monday", "Tuesday", "Thursday", "Friday", "Sunday"])
    forms = ["{day} {month}", "{weekday} {day} {month}", "{month} {day},", "{day} {month:.3}"]
    return rng.choice(forms).format(day=day, month=month, weekday=weekday) + " 2025"
