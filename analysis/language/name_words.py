"""Words that show what a capitalised name is: organisations, places, days, things; general knowledge."""

from __future__ import annotations

import re
from functools import lru_cache


def _phrases(listed: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in listed.split(";"))


# The last word of an organisation's name.
ORGANISATION = frozenset(
    """academy action administration agencies agency airlines airways alliance army assembly
    associates association authority bancorp bank board brigade brotherhood bureau campaign
    capital caucus center centre chamber charity church club coalition college command commission
    committee community companies company confederation conference congress consortium
    constabulary consulting corp corporation council court courts department directorate electric
    embassy enforcement enterprises entertainment exchange federation force forces forum
    foundation fund group guard holdings hospital inc industries initiative inspectorate institute
    institution insurance intelligence international investments journal laboratories laboratory
    league library limited llc llp ltd magazine media militia ministry mission motors movement
    museum nations navy network news newspaper ngo observatory office organisation organization
    orchestra pac panel parliament partners partnership party patrol petroleum plc police post
    press primary productions programme project prosecutors publishing radio records republic
    research school secretariat securities senate seminary service services society solutions
    squadron studios survey symphony system systems taskforce team technologies television theatre
    times treasury tribune trust union unions unit universities university watch watchdog workers
    daily legion reserve images legislature""".split()
)
# Nouns before "of" or "for" that make one name of what follows.
OF_ORGANISATION = (
    frozenset("house houses daughters friends doctors voice archdiocese diocese campaigners citizens".split())
    | ORGANISATION
) - frozenset("republic primary team international news press media capital watch post times".split())
# Ranks and offices that say what kind a body is: "General Assembly", "Chief Constables' Council".
BODY_ADJECTIVES = frozenset("general chief justice".split())
# Schools whose name goes on with their place: "College London".
SCHOOLS = frozenset("college university school hospital".split())
# The last word of clubs, broadcasts, quarters, honours and contests, and of no person's name.
THINGS = frozenset("fc afc rfc cfc fm sports quarter honours honors stakes champions premiership".split())
# One word that is an organisation, or a body whose words are news, wherever it stands with a capital.
LONE_ORGANISATIONS = frozenset(
    """Congress Senate Parliament Treasury Pentagon Kremlin Reuters Bloomberg Google Facebook Twitter
    Microsoft Amazon WikiLeaks Hamas Hezbollah Taliban Interpol Frontex Europol Oxfam Unison Ofcom
    Ofsted YouGov Gallup Politico Breitbart Exxon ExxonMobil Boeing Walmart Pfizer Airbus
    Volkswagen Toyota Samsung Huawei Gazprom Rosneft Unicef Unesco Nato Labour Ukip Momentum
    Barnardo's Shelter Liberty Fatah Quinnipiac Netflix Uber Airbnb Instagram YouTube Snapchat
    Tesla Vodafone Tesco Sainsbury's Barclays HSBC Lloyds Goldman Amnesty Mencap Crisis Refuge
    Stonewall Migrationwatch Newsweek Xinhua Tass Interfax Novosti Bundestag Bundesbank Knesset
    Duma Dáil Stormont Holyrood Whitehall Eurostat Cepol Opec Fed Isis CNN Fox Chevron Alphabet
    Greenpeace""".split()
)
KNOWN_ORGANISATIONS = _phrases(
    """white house; scotland yard; red cross; red crescent; al jazeera; black lives matter;
    islamic state; goldman sachs; morgan stanley; jp morgan; planned parenthood; al qaeda; al-qaeda; sinn
    fein; sinn féin; plaid cymru; lib dems; liberal democrats; vote leave; leave.eu; boko haram; al shabaab;
    muslim brotherhood; reform uk; associated press; human rights watch; amnesty international; new york
    times; washington post; wall street journal; daily mail; daily telegraph; financial times; mail online;
    fox news; rolls royce; wells fargo; lockheed martin; merrill lynch; ernst young; price waterhouse; marks
    spencer; standard chartered; deutsche bank; credit suisse; general motors; general electric; world
    health organization; greater manchester police; thames valley police; british airways; air france;
    care4calais; refugee action; detention action; tell mama; hope not hate; st john ambulance; save the
    children; met office; met police; home office; cabinet office; foreign office; border force; electoral
    commission; privy council; electoral college"""
)
PLACE_PHRASES = _phrases(
    """downing street; hong kong; sri lanka; costa rica; puerto rico; tel aviv; abu dhabi; addis ababa;
    sierra leone; burkina
    faso; rio grande; rio janeiro; buenos aires; kuala lumpur; ho chi; phnom penh; saudi arabia; capitol
    hill; silicon valley; las vegas; los angeles; san francisco; san diego; santa monica; st louis; st
    petersburg; st paul; fort worth; notre dame; isle wight; northern ireland; south africa; north korea;
    south korea; new zealand; new york; new jersey; new hampshire; new mexico; new orleans; north carolina;
    south carolina; north dakota; south dakota; west virginia; rhode island; papua new; vatican city;
    charing cross; kings cross; canary wharf; milton keynes; tower hamlets; thames valley; west yorkshire;
    trafalgar square; parliament square; baton rouge; des moines; salt lake; martha's vineyard; guantanamo
    bay; eiffel tower; big ben; wall street; fleet street; fifth avenue; trump tower; mar lago; martin
    place; prince edward; victoria falls; victoria station; king's cross; burning man; merry christmas;
    happy birthday; dear sir; dear editor; sea world; abu ghraib; camp david; falkland islands; cayman
    islands; virgin islands; channel islands"""
)
KNOWN_ACRONYMS = frozenset(
    """BBC ITV CNN NBC ABC CBS MSNBC CNBC NPR PBS FBI CIA NSA IRS UN EU NATO NHS IMF OECD WHO WTO
    ISIS ISIL TUC RMT PCS CBI DUP SNP SDLP UKIP GCHQ NCA CPS MOD DWP DHS ICE EPA FDA FCC SEC NASA
    NRA ACLU NAACP DNC RNC PLO IRA UNHCR UNICEF RNLI RSPCA NSPCC AFP UPI DPA OPEC IAEA""".split()
)
# Capitals that are no organisation.
NO_ACRONYM = frozenset(
    """TV US UK USA UAE MP MPS MEP MSP CEO CFO COO AM PM GMT BST EST EDT PST ET DNA AIDS HIV ID IT PR
    AI OK GDP VAT CCTV GPS DVD CD DJ PHD BA MA MBA QC KC OBE CBE MBE DC NY LA CA TX FL II III IV
    VI VII VIII IX XI A I WWII WW2 WWI PC UN-BACKED BREAKING UPDATE WATCH VIDEO PHOTO PHOTOS
    EXCLUSIVE NEWS LIVE READ MORE AND THE IN OF FOR TO NOT IS ARE WAS HE SHE WE YOU ALL BY ON AT
    AS AN NO YES Q A.M P.M RE PS COVID SUV LGBT LGBTQ LGBTQ+ BAME FAQ HQ PTSD ADHD IQ STEM GCSE
    SMS URL SOS UFO RIP MMR PPE CV GI RAF-LED NB FM AKA ASAP PDF HTML WASHINGTON LONDON YORK
    MOSCOW PARIS BEIJING BERLIN CAIRO BEIRUT JERUSALEM BAGHDAD KABUL TOKYO BRUSSELS ATHENS ROME
    MADRID DUBLIN BELFAST EDINBURGH CARDIFF CHICAGO BOSTON DETROIT DALLAS HOUSTON MIAMI ANKARA
    ISTANBUL TEHRAN DELHI MUMBAI SEOUL SYDNEY CANBERRA OTTAWA TORONTO""".split()
)
DAYS_AND_MONTHS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december""".split()
)
CALENDAR = DAYS_AND_MONTHS | frozenset(
    """mon tue tues wed thu thurs fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec
    spring summer autumn winter christmas easter ramadan eid hanukkah passover thanksgiving
    halloween""".split()
)
# Days that are people's names too, where another capital stands beside them.
SHARED_CALENDAR = frozenset("april may june august jan sun mar summer autumn easter".split())
# Adjectives of nations, parties and faiths; before a name they say whose it is.
NATIONS = frozenset(
    """british english scottish welsh irish american french german italian spanish portuguese dutch
    belgian swiss austrian polish czech slovak hungarian romanian bulgarian greek turkish cypriot
    maltese danish swedish norwegian finnish icelandic estonian latvian lithuanian russian
    ukrainian belarusian georgian armenian serbian croatian bosnian slovenian albanian kosovan
    macedonian montenegrin european african asian arab israeli palestinian lebanese syrian
    jordanian iraqi iranian kurdish saudi yemeni egyptian libyan tunisian algerian moroccan
    sudanese ethiopian eritrean somali kenyan ugandan rwandan congolese nigerian ghanaian
    senegalese malian zimbabwean zambian tanzanian chinese japanese korean taiwanese vietnamese
    thai burmese malaysian indonesian filipino singaporean indian pakistani bangladeshi afghan
    nepalese australian canadian mexican cuban brazilian argentine argentinian chilean colombian
    venezuelan peruvian haitian jamaican catholic protestant anglican christian muslim islamic
    islamist jewish hindu sikh sunni shia shiite buddhist mormon evangelical latino hispanic
    soviet nazi democrat democrats democratic republican republicans conservative conservatives
    tory tories liberal labour labor socialist communist marxist green greens unionist nationalist
    remainer brexiteer leaver ukip snp dup gop lib dem dems u.s us uk eu u.k africans americans
    britons brits germans russians israelis palestinians muslims christians jews europeans asians
    syrians iraqis afghans iranians eurosceptic western eastern southern northern central""".split()
)
PLACES = frozenset(
    """afghanistan albania algeria america andorra angola argentina armenia australia austria
    azerbaijan bahrain bangladesh belarus belgium belize benin bhutan bolivia bosnia botswana
    brazil britain brunei bulgaria burma burundi cambodia cameroon canada chad chile china
    colombia congo croatia cuba cyprus czechia denmark djibouti ecuador egypt england eritrea
    estonia ethiopia europe fiji finland france gabon gambia gaza germany ghana gibraltar greece
    greenland guatemala guernsey guinea guyana haiti herzegovina holland honduras hungary iceland
    india indonesia iran iraq ireland israel italy jamaica japan jersey jordan kazakhstan kenya
    kosovo kurdistan kuwait kyrgyzstan laos latvia lebanon lesotho liberia libya liechtenstein
    lithuania luxembourg macau macedonia madagascar malawi malaysia maldives mali malta mauritania
    mauritius mexico moldova monaco mongolia montenegro morocco mozambique myanmar namibia nepal
    netherlands nicaragua niger nigeria norway oman pakistan palestine panama paraguay peru
    philippines poland portugal qatar romania russia rwanda samoa scotland senegal serbia
    singapore slovakia slovenia somalia spain sudan suriname sweden switzerland syria taiwan
    tajikistan tanzania thailand tibet togo tunisia turkey turkmenistan uganda ukraine ulster
    uruguay uzbekistan venezuela vietnam wales yemen yugoslavia zambia zimbabwe africa asia
    antarctica oceania scandinavia balkans crimea chechnya catalonia bavaria alabama alaska
    arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho
    illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan
    minnesota mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania
    tennessee texas utah vermont virginia wisconsin wyoming manhattan brooklyn queens bronx harlem
    hollywood washington boston chicago philadelphia houston dallas austin phoenix denver seattle
    portland detroit cleveland cincinnati pittsburgh baltimore atlanta miami orlando tampa
    nashville memphis charlotte milwaukee minneapolis sacramento oakland honolulu albuquerque
    tucson ferguson london birmingham manchester liverpool leeds sheffield bristol newcastle
    nottingham leicester coventry bradford hull plymouth southampton portsmouth brighton norwich
    cambridge oxford york bath exeter derby stoke wolverhampton sunderland middlesbrough bolton
    blackpool preston rochdale oldham luton reading slough swindon dover calais folkestone
    ramsgate kent essex sussex surrey hampshire dorset devon cornwall somerset wiltshire
    gloucestershire norfolk suffolk lincolnshire yorkshire lancashire cumbria northumberland
    durham cheshire shropshire staffordshire warwickshire worcestershire herefordshire oxfordshire
    buckinghamshire berkshire hertfordshire bedfordshire cambridgeshire leicestershire
    nottinghamshire derbyshire merseyside tyneside teesside edinburgh glasgow aberdeen dundee
    inverness cardiff swansea newport belfast derry londonderry dublin cork galway limerick paris
    marseille lyon lille dunkirk nice strasbourg brussels antwerp amsterdam rotterdam hague berlin
    munich hamburg frankfurt cologne dresden vienna zurich geneva bern rome milan naples turin
    venice sicily lampedusa madrid barcelona seville lisbon porto athens lesbos thessaloniki
    istanbul ankara izmir moscow petersburg kiev kyiv minsk warsaw krakow prague budapest
    bucharest sofia belgrade zagreb sarajevo tirana skopje pristina copenhagen stockholm oslo
    helsinki reykjavik tallinn riga vilnius jerusalem beirut damascus aleppo homs idlib raqqa
    mosul baghdad basra fallujah tehran kabul kandahar islamabad karachi lahore peshawar delhi
    mumbai kolkata chennai dhaka colombo kathmandu beijing shanghai tokyo osaka seoul pyongyang
    taipei bangkok hanoi jakarta manila kuala lumpur sydney melbourne brisbane perth canberra
    auckland wellington toronto ottawa montreal vancouver havana caracas bogota lima brasilia
    cairo tripoli benghazi tunis algiers casablanca khartoum nairobi mogadishu kampala kigali
    lagos abuja accra dakar johannesburg pretoria harare lusaka riyadh doha dubai sanaa amman
    westminster whitehall heathrow gatwick guantanamo hiroshima chernobyl salisbury calgary quebec
    ontario alberta earth mars moon caribbean mediterranean atlantic pacific arctic midwest
    bethesda arlington annapolis palmyra donetsk luhansk odessa kharkiv sevastopol hodeidah ypres
    auschwitz srebrenica""".split()
)
# Words that open or fill names of places, events and things, and hardly ever a person's.
NO_NAME = frozenset(
    """north south east west new great northern southern eastern western central upper lower united
    national international federal supreme royal global world civil social public general free
    first second third fourth last big high human super golden silver iron cold gold deep long old
    middle saint st mount lake river port fort cape los las san santa el grand mega black white
    red blue white's green-card european american african asian british internal external special
    joint independent digital modern universal open holy roman arab islamic muslim christian
    catholic jewish state local operation project hurricane team camp storm article section
    chapter figure table part page volume apollo boeing airbus xbox iphone windows android bitcoin
    brexit photo image video file getty ap pa afp via source related editor's read more click
    share email print follow subscribe sign log home contact about privacy terms cookies copyright
    advertisement continue breaking updated published top best worst why how what when where who
    which good bad happy merry dear anti pro non pre post mid ex star game sky bank city county
    town village street road air sea space fire water health education justice defence defense
    homeland energy labour labor trade treasury foreign border prime vice medicare medicaid
    obamacare olympic nobel pulitzer oscar grammy emmy bible quran koran constitution magna flag
    abstract daily islam christianity""".split()
)
# The last word of places, events, documents and things.
NO_SURNAME = frozenset(
    """tower towers center centre street park hospital act bill deal university house plan county
    city airport bridge square avenue road report school department patrol project campaign
    administration inc ltd llc collective america foundation court hall station stadium river lake
    island islands day days week war wars cup sea ocean channel mountain mountains treaty
    agreement accord summit award awards prize election elections games olympics festival show
    book constitution amendment revolution century era scheme zone border coast valley beach bay
    gulf desert province region building palace castle cathedral arena hotel boulevard drive lane
    way highway tunnel port dock docks forest hills isles peninsula district village town suburb
    states kingdom republic empire emirates nation people peoples jihad protocol convention
    directive regulation law code rule rules order orders programme program policy strategy
    initiative inquiry review study survey poll index bond bonds market markets fund tax taxes
    bank economics science sciences studies theory medicine history politics houses question
    questions time times news night morning evening afternoon eve season tour open championship
    championships league premier bowl series trophy medal oscar story journal blog podcast online
    app web site page phone pro plus max mini air one two three lives matter movement spring
    uprising crisis crash attack attacks bombing shooting massacre riots protest protests march
    rally parade memorial monument gate wall zero east west north south dream rights democrats
    republicans tories conservatives voters supporters campus exchange line line's club army navy
    force guard police sox yankees united rovers giants rangers eagles warriors bulls knicks
    lakers dodgers patriots cowboys broncos panthers packers daily weekly today radio plant
    company group camp super tuesday""".split()
)
# Surnames among the words above: after a common given name they are people.
SHARED_SURNAME = frozenset(
    """park hall street lake rivers hill hills house bridge day law way lane wall price west north
    south east pope prince king bishop judge page marsh ford spring march may hunt banks cook
    castle forest town green young long white black blue gold brown major""".split()
)
STOP = frozenset(
    """a about above according across actually add added additionally after afterwards again against
    ago ahead all almost along already also although always am amid amidst among an and another
    any anyone anything apparently are aren't around as asked at away back be because been before
    behind being below beneath beside besides between beyond both but by call called can can't
    cannot certainly clearly come compared could couldn't critics currently dear definitely
    despite did didn't do does doesn't doing don't down during each earlier either elsewhere
    enough especially even eventually ever every everybody everyone everything exactly except far
    few finally find following for formerly fortunately from further furthermore get give given go
    going good got had half has hasn't have having he he'd he'll he's hello hence her here here's
    hers herself hi him himself his how however i i'd i'll i'm i've if imagine in including indeed
    initially inside instead interestingly into is isn't it it's its itself just keep know last
    lastly late lately later least less let let's like likewise listen little look looking made
    make making many maybe me meanwhile might mine more moreover most mostly much must my myself
    name near nearly neither never nevertheless next no nobody none nonetheless nor normally not
    nothing notably now obviously of off often oh ok okay old on once one ones only onto or other
    others otherwise our ours ourselves out outside over overall own perhaps please plus possibly
    presumably previously probably quite rather recall recently remember right said same say
    saying says see seen separately several shall she she'd she'll she's should shouldn't
    similarly since so some somebody someone something sometimes soon speaking specifically still
    such sure surely take taken tell than thank thanks that that's the their theirs them
    themselves then there there's therefore these they they'd they'll they're they've thing things
    think this those though through throughout thus to today together tomorrow tonight too toward
    towards two under unfortunately unless unlike until up upon us usually various very via was
    wasn't watch we we'd we'll we're we've well were weren't what what's whatever when whenever
    where whereas wherever whether which whichever while who who's whoever whole whom whose why
    will with within without won't wouldn't would yes yesterday yet you you'd you'll you're you've
    your yours yourself three four five six seven eight nine ten eleven twelve dozens hundreds
    thousands millions answering born based officials police residents experts analysts scientists
    researchers ministers lawyers doctors teachers students women men children people families
    parents voters migrants refugees reporters journalists prosecutors investigators authorities
    sources supporters opponents protesters activists campaigners lawmakers senators witnesses
    relatives neighbours neighbors economists investors workers employers citing writing
    responding pressed reading adding noting referring calling describing using working turning
    meeting god lord's sir's mr mrs ms dr follow remarks conceding exit rival brexit's""".split()
)
_CAPITALS = re.compile(r"[A-Z][A-Z&-]{1,6}\d?|[A-Z]{2,6}s?")


@lru_cache(maxsize=50_000)
def is_acronym(word: str) -> bool:
    """Whether a word is an abbreviation in capitals that can be an organisation's: "NCA", not "TV"."""
    return bool(_CAPITALS.fullmatch(word)) and word.upper() not in NO_ACRONYM
