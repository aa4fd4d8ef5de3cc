"""Common given names of people in English-language news, and the gender they tell where it is clear.

Written from general knowledge: British, Irish, American, European, South Asian, Arabic, African and East
Asian names. A name that both men and women bear, or that is as often a surname, tells no gender.
"""

from __future__ import annotations

from functools import lru_cache

from analysis.language.names import fold

_MEN = frozenset(
    """aaron abdul abdullah abdulrahman abel abraham abu adam adel adrian ahmad ahmed aidan ajay akhil akira
    alain alan alastair albert alberto alec alejandro aleksandr alessandro alexander alexandre alexei alexis
    alfonso alfred ali alistair allan allen alok alvaro amir amit anders andreas andrei andres andrew andrey
    andrzej andy angus anil antal anthony anton antonio antony anwar archie ariel arjun armando arnold
    arthur arturo arun asad ashok asif aung axel aziz barack barnaby barney barry bartosz bashar basil
    bassam ben benedict benjamin benny bernard bernie bert bilal bill billy bob bobby boris boutros brad
    bradley brandon brendan brent brett brian bruce bruno bryan bryce byron callum calvin carl carlo carlos
    carwyn cedric cesar charles charlie chester chidi chris christian christophe christopher chuck chukwu
    ciaran clarence clark claude claus clayton clement cliff clifford clint clive colin connor conor conrad
    constantine corbin cornelius craig curtis cyril cyrus dale damian damien damon dan daniel danny darius
    darrell darren dave david davide dean declan denis dennis denzil derek dermot desmond diarmuid dick
    diego dieter dietmar dimitri dinesh dirk dmitry dominic dominique donald donny doug douglas duncan
    dustin dwayne dwight dylan eamon eamonn ed eddie edgar edmund eduardo edward edwin ehud eli elias elijah
    elliot elliott elmer elon emeka emil emmanuel enda enrico enrique eoin eric erich erik ernest ernesto
    ernie ervin esteban ethan eugene evan evo ewan ezra fabian fabio faisal farid farouk fayez felipe felix
    ferdinand fergus fernando fidel florian francesco francis francisco franco francois frank franz fred
    freddie frederic frederick friedrich gabriel gamal gareth garry gary gavin gennady geoff geoffrey georg
    george georges gerald gerard gerhard gerry gianni gilbert gilles giorgio giovanni giulio giuseppe glen
    glenn godfrey gordon graeme graham greg gregg gregor gregory guido guillaume guillermo gunther gus
    gustav guy habib hamid hamish hamza hans harald hari harold harris harry harsh harun harvey hasan hashim
    hassan hector heinrich heinz helmut henri henrik henry herbert herman hideki hiroshi horst howard hubert
    hugh hugo humphrey humza hussain hussein iain ian ibrahim idris ignacio igor ike ilyas imran ioannis
    iqbal irfan irving isaac isaiah ismail ivan ivo jack jackson jacob jacques jaime jair jake jakob jamal
    james jamie jan janos jared jaroslaw jason jasper javad javier jay jean-claude jean-luc jean-marc
    jean-marie jean-pierre jeb jeff jefferson jeffrey jens jeremiah jeremy jerome jerry jesse jim jimmy
    joachim joao joaquin joe joel johan johann johannes john johnny jon jonas jonathan jordi jorge jose
    josef joseph josh joshua juan juha jules julian julio jun jurgen justin kamal karel karim karl kaspar
    keir keith ken kenneth kenny kevin khaled khalid khalil kieran kim-jong kirk klaus kofi konrad
    konstantin krzysztof kumar kurt kwame kwasi kyle lamar lance larry lars laszlo laurence laurent lawrence
    lech lee leo leon leonard leonid leopold leroy lewis liam lionel lloyd lorenzo lothar louis luc luca
    lucas ludwig luigi luis lukas luke luther maciej magnus mahdi mahmoud mahmud maksim malachi malcolm
    malik manfred manmohan manoj manuel marc marcel marcelo marcin marco marcos marcus marek mariano mario
    marius mark markus marshall martin marty marvin mateusz mathias matt matteo matthew matthias matthieu
    maurice mauricio maurizio max maxim maximilian mehdi mehmet mel michael michal michel mick miguel mihail
    mike mikhail milan miles milo milos minh miroslav mitch mitchell mitt mo moamer mohamad mohamed mohammad
    mohammed mohan mohsen moises moshe muammar muhammad muhammadu mukesh mustafa mustapha nabil nadeem
    nadhim narendra naseer nasser nat nathan nathaniel naveed naz ned neil nelson nicholas nick nicolas
    nicolo niels nigel nikhil nikita niklas nikolai nikolay nikos nils noah noel norbert norman octavio olaf
    oleg oliver olivier omar omer osama oscar osman oswald otto owen pablo paddy paolo pascal patrice
    patricio patrick patrik paul paulo pavel pedro peer per percy perry pete peter petr petro phil philip
    philippe phillip pierre piers pieter pietro piotr pradeep prakash pranab preston qasim quentin quincy
    rafael rafal rafiq rahm rahman rahul raj rajesh rajiv rajnath ralf ralph ramesh rami ramon ramzan rand
    randall randolph randy raoul raphael rashid raul ravi ray raymond recep reggie reginald reince reinhard
    rene reuben rex reza ricardo richard rick ricky rishi riyad rob robbie robert roberto rod roderick
    rodney rodrigo rodrigue roger roland rolf roman ron ronald ronan ronnie rory ross roy ruben rudi rudolf
    rudolph rudy rupert russ russell ryan saad sadiq saeed saif sajid salah salim salman salvador salvatore
    sam sami samir samuel sandeep sanjay sanjeev santiago saul scott seamus sean sebastian selwyn serge
    sergei sergey sergio seth seumas seyed shahid shane shaukat shaun shawn shayne shimon shinzo sid sidney
    silvio simon sohail spencer stan stanislaw stanley stefan stephan stephane stephen sterling steve steven
    stewart stuart subhash sunil suresh sven syed tadeusz taha tahir tareq tariq tayyip ted teddy terence
    terrence terry theo theodore thierry thom thomas thorsten tibor tim timothy tobias toby todd tom tomas
    tomasz tommy tony torsten travis trent trevor tristan troy tucker tyrone ulrich umar umberto usman
    vaclav valentin valery vernon vicente victor vijay vikram viktor vince vincent vincenzo vinod vishal
    vitali vlad vladimir volodymyr wael waleed walid wallace walt walter warren wayne wendell werner wes
    wesley wilbur wilfred wilhelm will willem william willie winston wojciech wolfgang woody xavier yahya
    yair yanis yannis yasin yasser yiannis yitzhak yoav youssef yuri yusuf zac zach zachary zafar zaheer
    zahir zane zbigniew zeid ziad zoltan""".split()
)
_WOMEN = frozenset(
    """abby abigail ada adelaide adele adriana agatha agnes agnieszka aimee aisha alana alba alejandra
    aleksandra alessandra alexandra alexandria alice alicia alison allison alma althea alyssa amal amanda
    amber amelia amelie amina amy ana anabel anastasia andrea angela angelica angelina angie anita anja ann
    anna annabel anne anneliese annette annie anthea antoinette antonia anya arianna arlene asha ashleigh
    astrid audrey ava ayaan ayesha barbara beata beatrice becky belinda bella benazir bernadette beth
    bethany betsy betty beverley beverly bianca birgit bonnie brenda brianna bridget brigid brigitte bronwyn
    caitlin camilla candace candice cara carla carly carmen carol carole caroline carolyn carrie cassandra
    catarina catherine cathy cecilia celeste celia celine chantal charlene charlotte cherie cheryl chiara
    chloe christiana christina christine cindy claire clara clare claudia colette colleen condoleezza connie
    consuelo cora cordelia corinna courtney cressida cristina crystal cynthia dagmar daisy daniela danielle
    daphne dawn deanna debbie deborah debra deirdre delia denise diana diane dianne dilma dolores donatella
    donna dora doreen doris dorothy edith edna edwina eileen elaine eleanor elena eleni elisa elisabeth
    elise eliza elizabeth ella ellen ellie elsa elsie emilia emily emma erica erika erin esme esperanza
    estelle esther ethel eva eve eveline evelyn fareeda fatima fatma felicity fernanda fiona flavia flora
    florence frances francesca francine francoise freya frieda gabriela gabriella gabrielle gail gaynor
    gemma genevieve georgia georgina geraldine germaine gertrude gillian gina ginny giorgia gisela giulia
    gladys glenda glenys gloria grace greta gretchen guadalupe gwen gwendolyn hala halima hanan hannah
    harriet hazel heather heidi helen helena helene helga henrietta hermione hilary hilda hillary holly
    honor huda huma ida ilhan imelda imogen ines inga ingrid irena irene irina iris irma isabel isabella
    isabelle isla isobel ivana ivanka jacinda jacinta jackie jacqueline jacqui jane janet janice janine
    jasmine jayne jeanette jeanne jeannie jemima jenna jennie jennifer jenny jessica jessie jill jo joan
    joanna joanne jocelyn johanna josephine joyce juanita judith judy julia juliana julie juliet juliette
    june justine kamala kamila kara karen karin karina katarina kate katharine katherine kathleen kathryn
    kathy katie katja katrina kay kayleigh keisha kellyanne kemi kerry kirsten kirstjen kirsty kitty kristen
    kristin kristina krystyna kylie laila lakshmi lara latifa latoya laura lauren leanne leila lena leona
    leonie leonora leticia liane lidia lila lilian liliana lillian lily lina linda lisa liv liz liza lizzie
    loretta lorna lorraine lottie louisa louise lucia lucie lucille lucinda lucy ludmila luisa luz lydia
    lynda lynn lynne mabel madeleine madeline maeve magda magdalena maggie maha mairead maisie malala
    malgorzata manuela mara marcella marcia margaret margarita margery margot margrethe marguerite maria
    mariam marian mariana marianne marie mariella marilyn marina marine marion marisa marjorie marlene
    marsha marta martha martina mary maryam matilda maude maura maureen mavis maxine mayawati megan meghan
    melania melanie melinda melissa mercedes meryl mia michaela michele michelle mildred millicent mina
    mindy minna miranda miriam moira molly mona monica monika morag muriel myra myriam myrtle nadia nadine
    nafisa nancy naomi natalia natalie natasha nawal nell nellie nicola nicole nikki nina noor nora noreen
    norma nuala odette oksana olga olivia olympia oona ophelia paige pamela paola patience patricia patsy
    patti paula pauline peggy penelope penny petra philippa phoebe phyllis pippa polly pooja poppy prisca
    priscilla priti priya priyanka rachael rachel raisa rania rebecca regina renata renee reshma rhona
    rhonda ria rita roberta rochelle roisin romana rosa rosalind rosamund rosanna rose rosemarie rosemary
    rosena rosie rowena roxanne ruth ruthie sabina sabrina sadia sadie safiya saima saira sally salma
    samantha samira sandra saoirse sara sarah saskia selina serena shabana shaheen shakira shami shannon
    sharon shazia sheena sheila shelley sheryl shirin shirley shreya sian sigrid silvia simone sinead
    siobhan sofia soledad sonia sonja sophia sophie soraya stacey stella stephanie sue suella sujata sunita
    susan susana susanna susanne susie suzanne suzy svetlana sybil sylvia tabitha tamara tamsin tania tanya
    tara tatiana tatyana teresa tessa thandi thelma theresa therese tiffany tina tracey tracy tricia trudy
    tulip tulsi ulrike uma ursula valentina valeria valerie vanessa venetia vera verity veronica vesna vicki
    vicky victoria viktoria viola violet virginia vivian vivien wanda wendy wilhelmina wilma winifred winnie
    xiomara yasmin yasmine yolanda yulia yuliya yvette yvonne zahra zainab zara zarah zeinab zelda zoe zofia
    zuzana""".split()
)
_EITHER = frozenset(
    """ade alex amrit ariel ash ashley aubrey avery ayo babatunde bailey bin blair bo brook bukola cameron
    camille carey cary casey chandra charly chen chimamanda chinua chinwe cody dana darcy devon drew emery
    feng finley fran frankie gene gill goodluck gurinder gurpreet hang hao harper harpreet hayden hu hui
    hyun jaden jamie jan jaswinder jean jesse jiang jin jing jody joey jomo jong jordan jun kanye kelly
    kgalema kim kiran kyung laurie lei leigh lesley leslie lin lindsay lindsey ling loren lou mackenzie
    madison manpreet marley meena mei merle micah min ming morgan ngozi nicky nico nkosazana noa nur olu
    olusegun park parker pat preet quinn raila reese regan rene riley robin ronny rowan ruby sacha sandy
    sascha sasha satwinder shaheed shay shea shelby sidney sipho sky skyler stacy sukhwinder sung sydney
    tamil tao taylor thabo thuy toni tunde tyler uhuru val wei wole xi xiao xiu yan yemi yi ying yong young
    yoweri yu zanele zhang""".split()
)
# Words, places and months as well: alone they say nothing.
_COMMON_WORDS = frozenset(
    """adelaide alexandria amber april art august austin bailey baron basil bethany bill bin cameron carmen
    carolina chad chance charlotte chase chelsea christian clay cliff crystal daisy dale dallas dawn dean
    dick don drew duke earl faith florence frank gene georgia german grace grant guy harry holly honor hope
    houston hunter iris israel ivy jack jackson jasmine jean jesus jordan josh joy june king lee lincoln
    madison major marine mark martinique mason max may mercy miles nick noor norman olive olympia page paige
    paris park parker pat patience penny poppy prince ray regina rich rob roman rose ross royal ruby rusty
    salvador sandy santiago sky sterling sue summer sydney tom trinity troy tucker tulip val van vera victor
    victoria violet virginia wanda washington will young""".split()
)


@lru_cache(maxsize=50_000)
@lru_cache(maxsize=50_000)
def is_given_name(word: str) -> bool:
    """Whether a capitalised word is a common given name: "Priya", "Jean-Marie"."""
    key = fold(word)
    return key in _GIVEN or ("-" in key and key.partition("-")[0] in _GIVEN)


def is_lone_given_name(word: str) -> bool:
    """Whether a given name is nothing else besides, so that it tells a person where it stands alone."""
    return is_given_name(word) and fold(word) not in _COMMON_WORDS


def gender_of_name(name: str) -> str | None:
    """The gender that a given name tells: "f", "m", or ``None`` where it tells none.

    Args:
        name: A person's bare name; its first word counts, or the second after an initial.

    Example:
        >>> gender_of_name("Priya Shah"), gender_of_name("J. Thomas Lee"), gender_of_name("Alex Lee")
        ('f', 'm', None)
    """
    parts = [part for part in name.split() if len(part.strip(".")) > 1]
    if not parts or (len(name.split()) < 2 and fold(parts[0]) in _COMMON_WORDS):
        return None
    key = fold(parts[0])
    for word in (key, key.partition("-")[0]):
        if word in _EITHER:
            return None
        if word in _WOMEN:
            return "f" if word not in _MEN else None
        if word in _MEN:
            return "m"
    return None


_GIVEN = _MEN | _WOMEN | _EITHER
