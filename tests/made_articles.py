"""News articles made up for the tests: a headline and paragraphs each, on many subjects, with quotations.

Each story is told by its own few facts; how a report goes on (reactions, figures, what comes next) follows
patterns of news prose that are filled from those facts.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class _Facts:
    headline: str
    lead: str
    more: str
    speaker: str
    quote: str
    critic: str
    reply: str
    figure: str
    last: str = ""


_FACTS = (
    _Facts(
        "Ferry route to Saltmarsh Island saved by late council vote",
        "The ferry to Saltmarsh Island will keep sailing through the winter after councillors voted "
        "by 31 to 28 to pay for it.",
        "The operator had said in May that it would tie up its two boats for good unless somebody "
        "met its losses.",
        "Marion Teale, who runs the island's only shop",
        "Without the boat we have no doctor, no post and no customers.",
        "Councillor Hugh Bexley",
        "We are paying for empty seats, and everyone in this room knows it.",
        "The crossing carried 41,000 passengers last year, down from 58,000 before the bridge at "
        "Colm was opened.",
        "A new timetable will be put to islanders in the autumn.",
    ),
    _Facts(
        "Surgeons at Brackwell hospital refuse weekend rota",
        "Surgeons at Brackwell General have refused to sign a rota that would have them operate on "
        "Saturdays from next month.",
        "Managers say the longer week is the only way to shorten a waiting list that has doubled in "
        "two years.",
        "Dr Ines Calder, who speaks for the surgeons",
        "Tired hands make mistakes, and we will not be the ones to explain them.",
        "The trust's chief executive, Paul Renshaw",
        "Every other hospital in the region already does this.",
        "Some 6,200 people were waiting for an operation at the end of June.",
    ),
    _Facts(
        "Fire destroys Victorian mill that inspired novel",
        "A mill that gave its name to one of the best-loved novels of the last century burnt to the "
        "ground on Tuesday night.",
        "Sixty firefighters fought the flames for nine hours, and people in four streets were told "
        "to leave their homes.",
        "Station commander Leah Odum",
        "By the time the first engine arrived the roof was already in the canal.",
        "Local historian Brian Tull",
        "We wrote to the owners about the wiring three times.",
        "The building was bought for £1.2 million in 2019 and has stood empty since.",
        "Police want to hear from anyone who was near the canal at about nine o'clock.",
    ),
    _Facts(
        "School meals firm goes under owing farmers millions",
        "A company that cooked lunches for 340 schools has collapsed, leaving farmers with unpaid "
        "bills and heads with no dinner ladies.",
        "Administrators were called in on Friday after the firm's bank refused to lend it any more.",
        "Head teacher Josie Marlow",
        "I have made two hundred sandwiches this morning and I have a governors' meeting at ten.",
        "A spokesman for the administrators",
        "Our first duty is to see whether the business can be sold as a whole.",
        "Growers in three counties are owed about £4.6 million between them.",
    ),
    _Facts(
        "Why are there no swifts over Hollowby this summer?",
        "For the first summer that anyone can remember there are no swifts in the sky above Hollowby.",
        "Volunteers who have counted the birds since 1974 saw four pairs last year and none at all "
        "this June.",
        "Ecologist Dr Sunil Rao",
        "One bad spring in Africa can empty a village here.",
        "The builders' federation",
        "New homes on this estate were given more nest boxes than the rules ask for.",
        "The number of breeding pairs in the county has fallen by two thirds since 1995.",
    ),
    _Facts(
        "Bus drivers end strike after nine weeks",
        "Bus drivers in the Wendle valley go back to work on Monday after accepting a rise of 6.5 "
        "per cent.",
        "The strike was the longest in the company's history and left some villages without a bus "
        "since March.",
        "Union organiser Carla Nunes",
        "They said there was no money, and then after nine weeks they found it.",
        "The company's managing director, Tom Aspinall",
        "Nobody wins a dispute that lasts as long as this one.",
        "Fares will go up by 20p in September to help pay for the deal.",
        "Season tickets will be extended by nine weeks without charge.",
    ),
    _Facts(
        "Treasury shelves tax on second homes",
        "The Treasury has put off a tax on second homes that was due to begin in April, officials "
        "confirmed on Wednesday.",
        "Ministers had hoped that it would bring in enough to build 12,000 council houses a year.",
        "Housing minister Gareth Poole",
        "We want to get this right, and getting it right takes time.",
        "Anna Lightfoot, of the charity Roof First",
        "A promise that is put off twice is a promise that is broken.",
        "There are thought to be 257,000 second homes, a fifth of them in five coastal districts.",
    ),
    _Facts(
        "'I thought it was a log': walker finds bronze age boat",
        "A walker who tripped over what she took for a log has found one of the oldest boats in the "
        "country.",
        "Archaeologists say that the oak vessel, six metres long, was sunk on purpose about 3,400 "
        "years ago.",
        "Rebecca Stone, who was out with her dog",
        "I thought it was a log, and then I saw that somebody had mended it.",
        "Professor Ewan Galt, who leads the dig",
        "A boat like this was worth a herd of cattle, and they gave it to the river.",
        "Only eleven boats of that age have been found in northern Europe.",
        "It will be kept in a tank of water until a museum can be found for it.",
    ),
    _Facts(
        "Steelworks to close one furnace with loss of 800 jobs",
        "The Thornaby Vale steelworks will shut one of its two furnaces in the new year with the "
        "loss of 800 jobs.",
        "The owners blamed the price of power, which they said was twice what their rivals abroad "
        "have to pay.",
        "Plant convener Mick Dransfield",
        "My grandfather lit that furnace, and I am to be the one who tells the lads.",
        "Business secretary Helen Marsh",
        "The offer of support is on the table and it stays on the table.",
        "The plant lost £94 million last year on sales of £1.1 billion.",
    ),
    _Facts(
        "Rare orchid halts work on bypass",
        "Work on the long-delayed Merebridge bypass has stopped because of a flower no taller than a "
        "teacup.",
        "A contractor's ecologist found fourteen spikes of the lesser moor orchid in the path of a "
        "roundabout.",
        "Botanist Freya Lund",
        "It has been looked for here since 1911, and it was under the site office.",
        "Road campaigner Derek Shaw",
        "Lorries go past our school every forty seconds and we are told to wait for a weed.",
        "The bypass was first promised in 1988 and will cost £63 million.",
        "A decision on a new route is expected before Christmas.",
    ),
    _Facts(
        "Chess prodigy, 11, beats former champion",
        "An eleven-year-old girl who learnt chess from library books has beaten a former national "
        "champion.",
        "Amina Yusufzai won in 54 moves at the Northern Open, giving up a rook to trap her "
        "opponent's queen.",
        "Amina's mother, Laila",
        "She was quite cross, because she had wanted to win it faster.",
        "Her opponent, Grandmaster Leo Petrov",
        "I offered a draw on move thirty and she asked me if I was feeling well.",
        "She is the youngest player to win a game at the event since it began in 1923.",
    ),
    _Facts(
        "Water firm fined £18m over beach sewage",
        "A water company has been fined £18 million for letting sewage run onto four beaches in a "
        "single summer.",
        "The judge said that managers had known of the broken pumps for fourteen months and had done "
        "nothing.",
        "Judge Rosalind Peake",
        "This was not an accident but a decision, taken every morning for more than a year.",
        "Water company chair Sir Neil Abbotsford",
        "We are sorry, and we have since replaced every pump on that stretch of the coast.",
        "Swimmers reported 214 cases of sickness between May and September.",
        "Half of the fine will be spent on the estuary.",
    ),
    _Facts(
        "Mayor promises night trains by 2027",
        "Night trains will run on three lines within two years, the mayor said at the start of his "
        "campaign for a second term.",
        "Services would leave every twenty minutes on Fridays and Saturdays, with guards on every train.",
        "Mayor Theo Castellan",
        "A city that wants nurses and waiters has to be able to take them home.",
        "His opponent, Judith Farrow",
        "He promised the same thing four years ago, at the same station, in the same coat.",
        "The plan would cost £38 million a year, a third of it met by fares.",
    ),
    _Facts(
        "Small boat rescued after two days adrift",
        "Nineteen people were lifted from a small boat on Sunday after drifting for two days without "
        "an engine.",
        "A trawler saw their torch shortly before dawn and stood by until the lifeboat came.",
        "Skipper Alan Pascoe",
        "There were children in it, and they were too cold to wave.",
        "Refugee charity worker Nadège Simon",
        "Nobody gets into a boat like that who has a better choice.",
        "Crews from the station have been called out 73 times this year, as often as in all of last year.",
        "Two men were taken to hospital and are said to be stable.",
    ),
    _Facts(
        "Inflation falls to lowest for three years as food gets cheaper",
        "Prices rose by 2.1 per cent in the year to August, the slowest pace for three years, "
        "official figures showed.",
        "Bread, milk and eggs all cost less than a year ago, while rents went on rising.",
        "Economist Priti Vane",
        "The worst is over for shoppers, but not for tenants.",
        "Shadow chancellor Robert Ingle",
        "Families will look at their bank statements and wonder what there is to cheer.",
        "Rents were 7.9 per cent higher than a year before.",
    ),
    _Facts(
        "Village pub bought by its regulars for £1 a brick",
        "The last pub in Nether Stoke opens again on Saturday under 412 owners, all of whom drink there.",
        "They raised the price by selling its bricks for a pound each and by auctioning the "
        "landlord's moustache.",
        "Former landlord Ted Crane",
        "It will grow back, and the pub would not have.",
        "Brewery spokeswoman Kim Oakes",
        "We would rather sell to the village than to anybody else.",
        "Six of the valley's nine pubs have closed since 2010.",
        "The first pint will be pulled by a customer aged 96.",
    ),
    _Facts(
        "Court rules that hospital must name surgeon",
        "A hospital must give the name of a surgeon whose mistakes harmed eleven women, the Court of "
        "Appeal ruled on Thursday.",
        "The trust had argued that naming him would put him in danger and make it harder to hire others.",
        "Solicitor Dawn Achebe, for the women",
        "They have waited six years to be told something that everybody on the ward knew.",
        "A trust spokesperson",
        "We are studying the judgment and will not comment on a member of staff.",
        "The trust has paid £3.4 million to settle nine of the claims.",
    ),
    _Facts(
        "Storm leaves 40,000 homes without power",
        "Gusts of up to 94 miles an hour brought down power lines across the north on Friday night, "
        "leaving 40,000 homes dark.",
        "Railway lines were blocked by trees in eleven places, and the airport at Cald was shut "
        "until noon.",
        "Engineer Ross Imrie",
        "We mend one line and hear the next one go behind us.",
        "Farmer Gwen Pritchett",
        "The barn is in the next field and the sheep are in the road.",
        "Some 31,500 homes had been connected again by Saturday evening.",
        "Forecasters say that the wind will drop on Sunday.",
    ),
    _Facts(
        "Museum returns bronze head after 130 years",
        "A bronze head that was carried off by soldiers in 1895 was handed back on Monday in a "
        "ceremony that lasted four minutes.",
        "The museum's trustees had voted twice against giving it up, and changed their minds in March.",
        "Ambassador Grace Okoro",
        "It is a small thing to carry and it has taken a very long time.",
        "The museum's director, Felix Aumont",
        "We lose an object and we gain the right to look our visitors in the eye.",
        "The museum holds 212 other pieces from the same palace.",
    ),
    _Facts(
        "Teenagers build radio telescope from scrap",
        "Four teenagers have heard the hum of the galaxy with a telescope made of a tent pole, a "
        "kettle lead and chicken wire.",
        "Their aerial, on the roof of a bicycle shed, picked up hydrogen in a spiral arm 12,000 "
        "light years away.",
        "Marcus Bell, 16",
        "The chicken wire came from my nan, who would quite like it back.",
        "Astronomer Dr Helga Weiss",
        "I know laboratories that would be proud of that noise figure.",
        "The instrument cost £46.20, most of it for a connector that they broke.",
    ),
    _Facts(
        "Bank to shut its last branch in the valley",
        "The last bank between Orm and Tarnside will close in November, thirty miles from the "
        "nearest cash machine.",
        "The bank said that fewer than a dozen customers used the counter on an average day.",
        "Shopkeeper Idris Vaughan",
        "Half my customers pay in coins and now I am to drive an hour to bank them.",
        "The bank's head of branches, Louise Kemp",
        "Our customers have moved to their telephones, and we follow our customers.",
        "The branch opened in 1868 and survived two floods and a robbery.",
        "A van with a counter will call on Thursdays.",
    ),
    _Facts(
        "Peers defeat government on protest powers",
        "The House of Lords has thrown out plans to let the police ban a march because another was "
        "held the week before.",
        "Peers voted by 211 to 164 against the clause, which now goes back to the Commons.",
        "Lord Ashby, a former chief constable",
        "I never once wished for this power, and I policed three coalfields.",
        "Policing minister Claire Dunn",
        "The public are tired of seeing their streets closed every Saturday.",
        "There were 1,140 marches in the capital last year.",
    ),
    _Facts(
        "Cyclist's ride round coast raises £200,000",
        "A retired postman who cycled round the whole coast on his old delivery bicycle came home on "
        "Sunday with £200,000.",
        "Norman Ridley, 71, slept in church halls, wore out nine tyres and lost two stone.",
        "Mr Ridley",
        "The hills were no trouble, but the seagulls took a dislike to me.",
        "Hospice manager Ruth Allbright",
        "That is a nurse for five years, and he did it on three gears.",
        "The ride took 118 days and covered 4,936 miles.",
        "He means to deliver the last of his thank-you cards by hand.",
    ),
    _Facts(
        "Exam board says sorry for question nobody could answer",
        "An exam board has apologised to 52,000 pupils for a mathematics question that had no answer.",
        "The question asked for the area of a triangle whose sides could not meet.",
        "Pupil Sana Mirza",
        "I used four sheets of paper and then I drew a cat.",
        "The board's chief examiner, Dr Philip Nye",
        "All candidates will be given full marks, including the one who drew the cat.",
        "The question was worth six of the paper's 80 marks.",
    ),
    _Facts(
        "Drought order for south as reservoirs reach record low",
        "Hosepipes, car washes and fountains will be banned across the south from Friday after the "
        "driest spring since 1893.",
        "Reservoirs that would usually be nine tenths full stand at barely half.",
        "Water planner Owen Stack",
        "It would have to rain every day until the end of August to put this right.",
        "Grower Teresa Vine",
        "I can water the lettuces or I can wash the lettuces, but I cannot do both.",
        "Demand rose by 18 per cent in the hottest week of May.",
        "The order will be looked at again in six weeks.",
    ),
    _Facts(
        "Asylum hotel in Redcliff to close by spring",
        "A seaside hotel that has housed asylum seekers for three years will be closed by the "
        "spring, the Home Office said.",
        "The 140 people who live there are to be moved to smaller houses in four towns.",
        "Hotel manager Joyce Penhale",
        "They mended my roof, and I shall miss the little ones on the stairs.",
        "Redcliff's MP, Stuart Garland",
        "The town was never asked when it opened and was never told when it would shut.",
        "The hotel has cost £5.7 million a year, or £112 a person a night.",
    ),
    _Facts(
        "Scientists teach bees to play dead on command",
        "Bumblebees can be trained to lie on their backs for a drop of sugar, a team of biologists "
        "has found.",
        "The insects learnt the trick in a day and some of them taught it to others in the hive.",
        "Dr Mei Okafor, who led the study",
        "We had meant to study sleep, and they had other ideas.",
        "Beekeeper Len Harbottle",
        "Mine have been playing dead since 1986 whenever there is work to be done.",
        "Of 64 bees in the trial, 49 learnt the movement and 11 passed it on.",
    ),
    _Facts(
        "Opera house cancels season to mend roof",
        "The Royal Lyric has cancelled its winter season because pieces of its ceiling have begun to "
        "fall into the stalls.",
        "Engineers found that the plaster roses above row F are held up by horsehair and, in places, "
        "by nothing.",
        "Artistic director Bruno Falk",
        "I have always wanted to bring the house down, but not in this way.",
        "Soprano Alicia Trent",
        "Two hundred of us heard it from the radio.",
        "Refunds will be paid on 61,000 tickets.",
        "The house hopes to open again next September.",
    ),
)  # fmt: skip


def _tell(number: int, facts: _Facts) -> tuple[str, list[str]]:
    """The article: four to eleven paragraphs, as many as the story has facts and reactions for."""
    name = facts.speaker.split(",")[0]
    told = [facts.lead, facts.more, f'"{facts.quote}" said {facts.speaker}.'.replace('."', ',"')]
    replies = (
        f'{facts.critic} said: "{facts.reply}"',
        f'{facts.critic} did not agree. "{facts.reply}"',
        f'{facts.critic} told reporters: "{facts.reply}"',
    )
    told.append(replies[number % 3])
    if number % 4:
        told.append(facts.figure)
    if number % 3:
        told.append(f"{name} said that nobody had expected the news to travel so far in a single day.")
        told.append(
            'Asked whether anything could still change, an official close to it said: "Not this week."'
        )
    if number % 2:
        told.append("The matter was raised at a meeting on Tuesday evening, which ended without a decision.")
        told.append("Some of those who came had to listen from the stairs, and a second meeting may follow.")
    if number % 5 == 0:
        told.append("It is the third time in ten years that the question has come up.")
    return facts.headline, [*told, facts.last] if facts.last else told


ARTICLES = [_tell(number, facts) for number, facts in enumerate(_FACTS)]
