"""Who a source is: text with the source in [[ ]], then the name, role, type and country expected."""

import pytest

from pipeline.extract.entities import find_entities
from pipeline.extract.quotes import find_quotes
from pipeline.link.mention_index import build_mention_index
from pipeline.link.names import name_entities
from pipeline.link.places import resolve_places
from pipeline.link.speakers import SpeakerResolver
from pipeline.records import Article, Speaker
from tests.helpers.knowledge import shared_cues, shared_people, shared_places
from tests.helpers.parses import Parses, plain_article

NAMES = [
    ("Ada Brandt opened the meeting. “It is late,” [[Brandt]] said.", ["Ada Brandt"]),
    ("Ada Brandt opened the meeting. Then [[she]] said it was late.", ["Ada Brandt"]),
    ("[[Ada Brandt and Oren Blake]] said the pier was safe.", ["Ada Brandt", "Oren Blake"]),
    ("In May, [[Larn diocese]] said no.", ["Larn diocese"]),
    ("Prime Minister Oren Blake left. [[Kenya's prime minister]] said no.", [""]),
    ("Oren Blake, the prime minister, left. [[The foreign minister]] said no.", [""]),
    ("[[Ada Brandt and City Comptroller Oren Blake]] said no.", ["Ada Brandt", "Oren Blake"]),
    ("[[Kenya and Uganda]] said the border would open.", ["Kenya", "Uganda"]),
    ("[[Critics]] said the pier was unsafe.", [""]),
    ("Oren Blake, mayor of Larn, spoke first. [[The mayor]] said it was late.", ["Oren Blake"]),
    ("Oren Blake, a lawmaker with the Reform Party, left. [[The party]] said nothing.", ["Reform Party"]),
    ("Norsk Steel cut pay. [[The union of steel workers]] said it would strike.", [""]),
    ("Norsk Steel cut pay. [[The company]] said it had no choice.", ["Norsk Steel"]),
    ("Oren Blake left. A ministry spokeswoman said no. [[She]] gave no reason.", [""]),
    ("Oren Blake, the union’s chairman, left. [[She]] said no.", [""]),
    ("Norsk Steel closed its mill. [[They]] said the cost was too high.", ["Norsk Steel"]),
    ("[[It]] was said that the pier was unsafe.", [""]),
    ("Ada Brandt, [[who]] said the pier was safe, resigned.", ["Ada Brandt"]),
    ("Finance Minister Ada Brandt spoke. [[The Finance Minister]] said it was late.", ["Ada Brandt"]),
    ("Finance Minister Ada Brandt spoke. [[The Transport Minister]] said it was late.", [""]),
    ("The talks were led by Larn District Attorney Ada Brandt. [[The District Attorney]] said no.", ["Ada Brandt"]),
    ("The Norwegian president, Ada Brandt, left. [[The Kenyan president]] said no.", [""]),
    (
        "[[A ferry ministry spokesman]] said no. Oren Blake, a ferry ministry spokesman, gave no reason.",
        ["Oren Blake"],
    ),
    ("Norway closed its mission. [[The country]] said the cost was too high.", ["Norway"]),
    # a role before a comma is taken up; a title alone names nobody
    ("The plan was drawn up by the Ports Minister, Mr Oren Blake. [[The Ports Minister]] said no.", ["Oren Blake"]),
    ("[[Norway’s Prime Minister Oren Blake]] said no.", ["Oren Blake"]),
    ("[[The Prime Minister]] said no.", [""]),
    ("Ada Brandt sees trouble ahead. [[The first lady]] said the country was tired.", ["Ada Brandt"]),
    ("[[Campaigner Ada Brandt]] said no.", ["Ada Brandt"]),
    ("“It is late,” [[K S Holmberg]] said.", ["K S Holmberg"]),
    ("“It is late for food banks,” said [[Ada Parish]], chair of the panel.", ["Ada Parish"]),
    ("“It is late for food banks,” said [[Corin Parish]], chair of the panel.", ["Corin Parish"]),
    # initials with and without full stops
    ("KRHarbour Group lost money. Shares of [[K.R. Harbour]] fell.", ["KRHarbour Group"]),
    # an office of two words with a hyphen
    ("The plea was read by Attorney-General Oren Blake. [[The Attorney-General]] said it was late.", ["Oren Blake"]),
    # who holds an office is meant by it, not whoever spoke last
    (
        "Gov. Oren Blake opened the bridge on Monday. Ivar Holm drove over it first. Holm said it was late. "
        "[[The governor]] said no.",
        ["Oren Blake"],
    ),
    ("Ivar Holm spoke first. [[The governor]] said no. Gov. Oren Blake opened the bridge on Monday.", ["Oren Blake"]),
    # two towns tell of two people
    (
        "Dr. Oren Blake sees fewer patients. “It is late,” says the [[Bergen surgeon]]. "
        "Dr. Ivar Holm, an Oslo surgeon, sees more.",
        ["Oren Blake"],
    ),
    # of itself a firm speaks by its name
    (
        "The union spoke of a deal with Larn Air. “Never has Larn Air offered to sell a ferry,” "
        "[[the ferry operator]] said.",
        ["Larn Air"],
    ),
    # what somebody does tells what he is
    ("[[The owner]] said no. Oren Blake runs the bakery now, and his sister bakes.", ["Oren Blake"]),
    ("Ada Brandt, who founded the mill, spoke to Ivar Holm. [[The founder]] said it was late.", ["Ada Brandt"]),
    ("Former deputy minister Colonel Oren Blake left. [[The colonel]] said it was late.", ["Oren Blake"]),
    # an article got lost
    (
        "Norsk Steel shut its mill in Larn on Monday after a fire that burnt for two days and a night. The fire had "
        "begun in a shed beside the canal. Nobody was hurt.\n\n[[company]] said it had insured the mill.",
        ["Norsk Steel"],
    ),
    # in what somebody says "they" is anybody whom he does not name
    ("The union met on Monday. Then Ada Brandt spoke: “You know, [[they]] say never to trust a gull.”", [""]),
    ("Ada Brandt spoke of the union. “The union met and [[they]] say we must pay,” Brandt said.", [""]),
    # two names of one firm are one speaker
    ("The law firm Stone & Marsh sued the city. [[Stone & Marsh]] said no.", ["Stone & Marsh"]),
    ("[[Stone & Marsh]] is asking for a fee for work it says it completed.", ["Stone & Marsh"]),
    # nobody says the words in which he is named
    ("Oren Blake runs the pier. Ivar Holm must resign over the fire, [[he]] said.", ["Oren Blake"]),
    ("Oren Blake met Ivar Holm on Monday. Blake left early. He would not resign, [[he]] said.", ["Oren Blake"]),
    # a woman's first name is not believed in an article about somebody who is "he" throughout
    (
        "Lindsey Holt left Larn with Ivar Dahl. Holt packed his bags himself. Holt sold his boat. Dahl helped Holt "
        "move it. “I am done with Larn,” Holt said. [[He]] will not come back, neighbours say.",
        ["Lindsey Holt"],
    ),
    # somebody's counterpart holds the same office
    (
        "Foreign minister Ola Vik was joined by his Swedish counterpart, Karin Ek. "
        "[[The Swedish foreign minister]] said no.",
        ["Karin Ek"],
    ),
    # an official who was just brought up without a name is not the minister
    (
        "Prime Minister Ola Dahl left. A harbour ministry official said no. However, [[the official]] blamed nobody.",
        [""],
    ),
    # "former" is over
    ("Former President Ida Krogh left. [[The president]] said it was late.", [""]),
    ("Former President Ida Krogh left. [[The former president]] said it was late.", ["Ida Krogh"]),
    # the firm that the article is about, though another was named in passing
    (
        "Norsk Steel shut its mill. Norsk Steel said demand was weak. Norsk Steel sold two ships, and Norsk Steel cut "
        "pay. Fjord Iron Works has reopened its mill. [[The company]] did not say why.",
        ["Norsk Steel"],
    ),
    # a surname that is a town, too
    ("Gao Feng runs the port. “The quay is safe,” [[Gao]] said.", ["Gao Feng"]),
    # a source weighs as a subject, however it is parsed
    ("“It is late,” said Oren Blake, who praised Ivar Holm. “We will rebuild the pier,” [[he]] added.", ["Oren Blake"]),
    # documents: whoever issued one, or said something in one
    ("Larn Shipping issued a statement on Monday. [[The statement]] said the pier was safe.", ["Larn Shipping"]),
    ("Ada Brandt sent a letter to the mayor. [[The letter]], which leaked, said the pier was safe.", ["Ada Brandt"]),
    ("The Fjord Gazette reported on the fire. Workers had fled, [[the report]] said.", ["Fjord Gazette"]),
    ("Larn Shipping denied the charges in a statement. “It is false,” [[the statement]] read.", ["Larn Shipping"]),
    ("[[Ada Brandt’s letter]] said the pier was safe.", ["Ada Brandt"]),
    ("Larn Shipping issued a statement. [[A report]] said the pier was safe.", [""]),
    ("Larn Shipping issued a report. Then a report on the pier leaked. [[The report]] said it was safe.", [""]),
    # a name behind a role, wherever the parser has the head; acronyms of two letters
    ("[[The Council for Safe Ports President Ada Brandt]] said no.", ["Ada Brandt"]),
    ("[[The Council for Safe Ports and its president]] said no.", ["Council for Safe Ports", ""]),
    # organisations by their field and kind; the rule of a part of a country is not the country's
    ("Norsk Steel cut pay. It asked the University of Larn for help. [[The company]] said no.", ["Norsk Steel"]),
    ("The Ports Ministry met the Farm Ministry. [[The ports ministry]] said it was late.", ["Ports Ministry"]),
    ("Norway closed its mission. [[The local government]] said the cost was too high.", [""]),
    ("Norway closed its mission. [[The government of Larn]] said the cost was too high.", [""]),
    # beside the name where commas were forgotten; identified as; the same noun again
    ("Oren Blake [[the harbour chief]] said the pier was safe.", ["Oren Blake"]),
    ("Police identified the driver as Oren Blake. He left. [[The driver]] said no.", ["Oren Blake"]),
    # whom the next sentence names, if it tells nothing else of him
    (
        "[[A leading surgeon]] said that delays were likely. Oren Blake told the Gazette that it was late.",
        ["Oren Blake"],
    ),
    ("[[A spokeswoman]] said no. Oren Blake, a welder, told the Gazette that it was late.", [""]),
    ("[[A neighbour]] said no. Oren Blake, who saw the fire, told the Gazette that it was late.", [""]),
    # names of organisations that the parser takes for something else
    ("[[Ferry operator Larnair]] said no.", ["Larnair"]),
    ("Norsk Steel cut pay. [[The Larnpress news agency]] said no.", ["Larnpress news agency"]),
    ("[[Fjord Post Editor-in-Chief Ada Brandt]] said no.", ["Ada Brandt"]),
    ("Larn Shipping, which issued a statement, was sued. [[The statement]] said no.", ["Larn Shipping"]),
    ("The letter, which released a statement, was lost. [[The statement]] said no.", [""]),
    ("A statement [[that]] released a statement said no.", [""]),
    # a president of another country
    (
        "Norwegian President Ivar Holm met Kenyan President Oren Blake. [[The Kenyan president]] said no.",
        ["Oren Blake"],
    ),
    # the subject of the sentence before, described
    ("Larn Shipping lost a ship. [[The struggling ferry operator]] said no.", ["Larn Shipping"]),
    ("Larn Shipping lost a ship. [[The rival ferry operator]] said no.", [""]),
    # a village is nobody
    ("Ole Smidt lives in Holm. [[He]] said the river was clean.", ["Ole Smidt"]),
    ("Nora Fosse of Brenna farms by the river. [[She]] said the river was clean.", ["Nora Fosse"]),
    # they for one person without a name
    ("A spokesperson said the Harbour Council was at fault. [[They]] urged ships to wait.", [""]),
    # he and she: by sex, by turn, by place in the sentence
    ("Ada Brandt met Oren Blake. [[She]] said the pier was safe.", ["Ada Brandt"]),
    ("Ada Brandt met Oren Blake. [[He]] said the pier was safe.", ["Oren Blake"]),
    ("Oren Blake spoke. “Clara Holm was wrong about the pier,” [[he]] said.", ["Oren Blake"]),
    (
        "Oren Blake met Ivar Holm. “It is late,” Blake said. “Ivar Holm was wrong,” [[he]] said.",
        ["Oren Blake"],
    ),
    ("In [[her]] statement, Ada Brandt said the pier was safe.", ["Ada Brandt"]),
    ("Ivar Holm spoke first. In [[his]] letter, Oren Blake said the pier was safe.", ["Oren Blake"]),
    ("Oren Blake praised Ivar Holm. Then Holm told Blake that [[he]] would resign.", ["Ivar Holm"]),
    ("Ada Brandt, the chairwoman, met Oren Blake, the union’s spokesman. [[She]] said no.", ["Ada Brandt"]),
    ("Clara Holm is the mayor of Larn. “We will rebuild the old pier,” [[she]] said.", ["Clara Holm"]),
    # I and we in speech
    ("“[[I]] think the pier is safe,” Ada Brandt said.", ["Ada Brandt"]),
    ("“[[We]] believe the pier is safe,” Ada Brandt said.", ["Ada Brandt"]),
    ("[[We]] think the pier is safe.", [""]),
    # it and they
    ("The Northern Fishing Council met. [[It]] said the quota was too low.", ["Northern Fishing Council"]),
    ("Fishermen in Larn blocked the quay. [[They]] said the quota was too low.", ["Fishermen in Larn"]),
    ("The union said [[it]] would strike.", [""]),
    ("Kenya and Uganda signed the treaty. [[They]] said the border would open.", ["Kenya", "Uganda"]),
    ("Ada Brandt and Oren Blake left early. “It is late,” [[they]] said.", ["Ada Brandt", "Oren Blake"]),
    ("Kenya or Uganda will sign. [[They]] said the border would open.", ["Uganda"]),
    ("The [[closures]] signal a change of policy.", [""]),
    ("These [[problems]] signal a change of policy.", [""]),
    ("The Fjord Gazette spoke to him. [[It]] remains unclear whether the pier is safe.", [""]),
    (
        "Titan Drilling Inc. made a loss. A fund sued Titan. [[Titan]], which left the port, plans to leave.",
        ["Titan Drilling Inc."],
    ),
    (
        "Norsk Steel makes pipes. The Oslo council spoke of theft. Oren Norsk denied that [[it]] would close.",
        ["Norsk Steel"],
    ),
    (
        "Norsk Steel makes pipes. The company met the Larn Workers Union. The union was angry. "
        "Then [[the company]] said no.",
        ["Norsk Steel"],
    ),
    ("After a meeting with Chief Secretary Oren Blake, [[the Kenyan president]] said it was late.", [""]),
    ("[[The mayor of Harwick, Lucy Barden]], called on the British government to step in.", ["Lucy Barden"]),
    ("[[Truckers]] said hundreds of vehicles were stranded.", [""]),
    (
        "Norsk Steel makes pipes. Ada Brandt is the mayor. She spoke first. She left early. Then the Oslo council "
        "spoke. Oren Norsk denied that [[it]] would close.",
        ["Norsk Steel"],
    ),
    # joined sources: one speaker each, where each could stand alone
    ("Ada Brandt is the mayor. [[She and Oren Blake]] said it was late.", ["Ada Brandt", "Oren Blake"]),
    ("Oren Blake is the mayor. [[The mayor and his top aides]] said it was late.", ["Oren Blake", ""]),
    ("[[Friends and relatives]] said it was late.", [""]),
    # the name beside a noun that has another name before it
    ("“Controls do not work,” said [[the WHO spokesman, Hartl]], on Monday.", ["Hartl"]),
    ("John Banks runs the port. [[Banks]] also announced that it was late.", ["John Banks"]),
    # who and which
    ("Ada Brandt, 59, of Larn, [[who]] watched the fire, said no.", ["Ada Brandt"]),
    ("Ada Brandt, a clerk at the Larn Port Authority [[who]] saw the fire, said no.", ["Ada Brandt"]),
    ("Oren Blake and Ivar Holm met Ada Brandt, [[who]] said the pier was safe.", ["Ada Brandt"]),
    ("The Larn Port Authority, [[which]] said the pier was safe, was sued.", ["Larn Port Authority"]),
    # descriptions
    ("Sen. Oren Blake spoke first. [[The senator]] said it was late.", ["Oren Blake"]),
    ("Rep. Oren Blake met Mayor Ivar Holm. [[The lawmaker]] said it was late.", ["Oren Blake"]),
    ("Oren Blake spoke first. [[The Larn senator]] said it was late.", ["Oren Blake"]),
    ("Oren Blake spoke first. [[The spokesman]] said it was late.", [""]),
    ("Ada Brandt spoke first. [[The businessman]] said it was late.", [""]),
    ("Oren Blake is ill. [[His lawyer]] said no. Clara Holm, the lawyer of Ivar Berg, agreed.", [""]),
    ("Oren Blake is ill. [[His lawyer]] said no. Blake’s lawyer, Clara Holm, wrote again.", ["Clara Holm"]),
    ("[[A senator]] said it was late. Sen. Oren Blake said no.", [""]),
    ("Oren Blake spoke first. [[Ada Brandt, a fellow senator]], disagreed.", ["Ada Brandt"]),
    ("The Brandt campaign paid the bill. [[The campaign]] said it was late.", ["Brandt campaign"]),
    (
        "The Harbour Safety Committee of Larn met. [[The panel]] said the pier was unsafe.",
        ["Harbour Safety Committee of Larn"],
    ),
    ("[[Republicans]] said the pier was safe.", [""]),
    ("The Kenyan government met. Uganda sent aid. [[The government]] said it was late.", ["Kenyan government"]),
    # pronouns of a name's own clause tell the bearer's sex; a woman spoken of in the same sentence does not
    (
        "Drexl spoke from his office. A woman, Drexl said, had called Barry Holm and wept. [[She]] was ill, she said.",
        [""],
    ),
    (
        "Drexl worked with Barry Holm. Drexl spoke from his office. A woman, Drexl said, had wept. [[He]] said so.",
        ["Drexl"],
    ),
    # a hyphenated surname that the parser takes for a firm
    ("Miriam Bar-Levin left in May. Yoram Amit left later. [[Bar-Levin]] said it was late.", ["Miriam Bar-Levin"]),
    # what somebody's profession may be called
    (
        "[[A leading expert]] has warned that parts may fall. Ada Holm, an astrophysicist from Larn, said so in May.",
        ["Ada Holm"],
    ),
    ("The virologist Ada Holm spoke first. [[The scientist]] said it was late.", ["Ada Holm"]),
    # people of a country are not the country
    ("[[Many Cubans]] said the price was too high.", [""]),
    ("[[Most Americans]] said the price was too high.", [""]),
    # somebody by his age
    ("Andy Holm, 36, beat Oren Blake, 24, in Larn. Blake left. [[The 36-year-old]] said he was glad.", ["Andy Holm"]),
    ("Oren Blake beat Andy Holm in two sets. “I am glad,” [[the 29-year-old]] said.", ["Oren Blake"]),
    # "the coach" of whom the article has told is nobody whom it names later
    (
        "The coach was told on Monday that the match in Larn would not be played. The hall was shut, the road was "
        "shut, the river was high, and nobody had been told when the water would be gone, or whether the club would "
        "pay for the hall, the bus and the bread that had been bought. Later [[the coach]] said it was late. Vera Kern "
        "won in Aue.",
        [""],
    ),
    # a firm by its town's name, and the firm that the article has gone on to
    (
        "Toledo Glass Corp. made a loss. Larn Advisers said so. Toledo sold less. [[The company]] said no.",
        ["Toledo Glass Corp."],
    ),
    (
        "Larn Steel Corp. made a loss. The company shut a mill. Aue Mining Inc. grew. Aue Mining sold more ore. "
        "[[The company]] said it would grow again.",
        ["Aue Mining Inc."],
    ),
    # misspelt, namesakes
    ("Leslie Wimmer closed the shop. [[Wimer]] said the rent was too high.", ["Leslie Wimmer"]),
    ("Hans Brandt met his wife, Ada Brandt. [[Mrs. Brandt]] said it was late.", ["Ada Brandt"]),
    ("Hans Brandt met his wife, Ada Brandt. [[Mr. Brandt]] said it was late.", ["Hans Brandt"]),
]


def speakers(marked: str, parses: Parses) -> tuple[Speaker, ...]:
    start, end = marked.index("[["), marked.index("]]") - 2
    article = plain_article(marked.replace("[[", "").replace("]]", ""))
    return resolver(article, parses).resolve(((start, end),))


def resolver(article: Article, parses: Parses) -> SpeakerResolver:
    doc = parses(article)
    places, people = shared_places(), shared_people()
    named = name_entities(find_entities(doc, article, places), doc, article, people)
    index = build_mention_index(doc, article, resolve_places(named, article, places))
    return SpeakerResolver(index, people, find_quotes(doc, article, shared_cues()))


@pytest.mark.parametrize(("marked", "names"), NAMES)
def test_sources_get_their_names(marked: str, names: list[str], parses: Parses) -> None:
    resolved = speakers(marked, parses)
    assert [speaker.name for speaker in resolved] == names
    assert all(speaker.reason for speaker in resolved)


@pytest.mark.parametrize(
    ("marked", "role", "kind", "country"),
    [
        ("[[Oren Blake, a welder at the yard]], said no.", "welder at the yard", "person", ""),
        (
            "He praised a nurse at Harbour Hospital, Emily Holt. [[Holt]] said no.",
            "nurse at Harbour Hospital",
            "person",
            "",
        ),
        ("[[The Larn Gazette's Emily Lund, a reporter]], said no.", "reporter", "person", ""),
        ("[[The Larn Gazette's Emily Lund]] said no.", "Larn Gazette", "person", ""),
        ("[[Ada Holt]], whose brother Ivar, a cook at Aue, is ill, said no.", "", "person", ""),
        ("If Ada Holt becomes the next mayor, the pier will close. [[Holt]] said no.", "", "person", ""),
        ("Ada Holt is a third-grader at Larn. [[Holt]] said no.", "third-grader at Larn", "person", ""),
        ("It looks as if they've upset challenger Julia Holm. [[Holm]] said no.", "challenger", "person", ""),
        ("As it rains, said [[Oren Blake]], the first task is to stay dry.", "", "person", ""),
        ("As long as it rains, said [[Holmberg]], the chief aim of the race is to stay dry.", "", "person", ""),
        ("“It is late,” said [[Oren Blake]], co-owner of Larn Shipping.", "co-owner of Larn Shipping", "person", ""),
        ("The blue-eyed [[Kari Solberg]] said no.", "", "person", ""),
        ("[[Norwegian lawmaker Kari Solberg]] said no.", "Norwegian lawmaker", "person", "NOR"),
        ("The Kenyan government met. [[The government]] said no.", "", "government", "KEN"),
        ("Norway closed its mission. [[The government]] said no.", "", "government", "NOR"),
        ("[[Oren Blake, governor of Texas]], said no.", "governor of Texas", "person", "USA"),
        ("[[Oren Blake]], R-Wis., said no.", "", "person", "USA"),
        ("[[Oren Blake]] (D-Texas) said no.", "", "person", "USA"),
        ("[[Oren Blake]] (I-VT) said no.", "", "person", "USA"),
        ("[[Oren Blake]], D-Day veteran, said no.", "D-Day veteran", "person", ""),
        ("[[Oren Blake, a welder in Texas]], said no.", "welder in Texas", "person", ""),
        ("[[The Norwegian Foreign Ministry]] said no.", "", "government", "NOR"),
        ("[[Norway's government]] said no.", "", "government", "NOR"),
        ("[[Lt. Gen. Oren Blake]] said no.", "Lt. Gen.", "person", ""),
        ("[[Secretary of State Ada Brandt]] said no.", "Secretary of State", "person", ""),
        (
            "Ada Brandt, the chief of the Larn Port Authority (LPA), has said that it was late. [[Brandt]] said no.",
            "chief of the Larn Port Authority (LPA)",
            "person",
            "",
        ),
        ("President Oren Blake spoke first. [[The Cuban president]] said no.", "President", "person", "CUB"),
        (
            "President Oren Blake spoke first. [[Blake]] said no. The Cuban president left.",
            "President",
            "person",
            "CUB",
        ),
        ("The [[closures]] signal a change of policy.", "", "", ""),
        ("[[A number of readers]] said no.", "", "group", ""),
        ("[[Those who spoke]] said no.", "", "group", ""),
        ("[[A budget paper]] said no.", "", "", ""),
        ("[[An independent group]] said no.", "", "organisation", ""),
        ("[[The motion]] said no.", "", "document", ""),
        ("[[Martha Rose May Holm]] said no.", "", "person", ""),
        ("[[Councilman Oren Blake]] said no.", "Councilman", "person", ""),
        ("[[White House spokesman Oren Blake]] said no.", "White House spokesman", "person", "USA"),
        ("[[Chief Superintendent Oren Blake]] said no.", "Chief Superintendent", "person", ""),
        ("[[Health Minister Oren Blake]] said no.", "Health Minister", "person", ""),
        ("[[Ada Brandt, centre,]] sings with her class.", "", "person", ""),
        ("[[Officials]] said no.", "", "group", ""),
        ("[[Ministers from Norway and Sweden]] said no.", "", "group", ""),
        # before a comma, before and after the name, and of a description that takes the name up
        ("[[The Minister for Roads and Ports, Oren Blake]], said no.", "Minister for Roads and Ports", "person", ""),
        ("The plan was drawn up by the Ports Minister, Mr Oren Blake. [[He]] said no.", "Ports Minister", "person", ""),
        (
            "[[Former Larn mayor Ada Brandt, a lecturer in law]], said no.",
            "Former Larn mayor, lecturer in law",
            "person",
            "",
        ),
        (
            "[[Oren Blake, Larn Shipping’s Director of Safety]], said no.",
            "Larn Shipping’s Director of Safety",
            "person",
            "",
        ),
        ("Ivar Holm scored twice. [[The veteran striker]] said no.", "veteran striker", "person", ""),
        ("“It is late,” said [[head nurse Clara Holm]].", "head nurse", "person", ""),
        ("Oren Blake the harbour chief spoke. [[Blake]] said no.", "harbour chief", "person", ""),
        ("Ada Brandt, from the harbour trust, spoke. [[Brandt]] said no.", "from the harbour trust", "person", ""),
        ("Larn Mutual cut its rates. [[The lender]] said no.", "lender", "organisation", ""),
        # beside the name: one of several, what somebody works as, and no thing
        ("Nils Aas, one of the rescue divers, left. [[Aas]] said no.", "one of the rescue divers", "person", ""),
        ("[[Mona Lie]], who works as a night porter, said no.", "night porter", "person", ""),
        ("It would ruin the region, [[Petra Lund]], a chief engineer, said.", "chief engineer", "person", ""),
        ("[[Jan Ek]], head of the Harbour Board (right), said no.", "head of the Harbour Board", "person", ""),
        ("Her co-author, [[Jan Ek]], said no.", "co-author", "person", ""),
        # an office in capitals before its holder's name is nobody
        ("[[Larn's Conservative MP, Virginia Crosby]], said no.", "Larn's Conservative MP", "person", ""),
        # not what another says, nor who else is there
        ('"I wrote to the Larn ambassador," [[Mr. Groom]] said.', "", "person", ""),
        ("[[Ada Brandt]], an Osk councillor, and her deputies, said no.", "Osk councillor", "person", ""),
        ("LONDON Mayor [[Ada Brandt]] said no.", "Mayor", "person", ""),
        ("U.S. President [[Ada Brandt]] said no.", "U.S. President", "person", "USA"),
        ("[[Nils Aas]], also a grocer, said no.", "grocer", "person", ""),
        # what the parser did not join to the name, and what stands behind a party's mark
        (
            "Deputy commissioner of police (ports) [[Amit Vohra]] said no.",
            "Deputy commissioner of police (ports)",
            "person",
            "",
        ),
        ("A letter was sent to the chairman of Ada Brandt’s campaign. [[Brandt]] said no.", "", "person", ""),
        (
            "[[Rep. Oren Blake]], D-Larn, chairman of the ports panel, said no.",
            "Rep., chairman of the ports panel",
            "person",
            "",
        ),
        ("[[Jens Toyborg-Vane, envoy for the ports]], said no.", "envoy for the ports", "person", ""),
        # nor do those by country and by children
        ("Emmanuel Vane hit the bar. “It is late,” [[the Ghanaian]] said.", "", "person", "GHA"),
        ("[[His mother]] said no.", "mother", "person", ""),
        ("The German government met. [[The German]] said it was late.", "", "person", "DEU"),
        # nouns for anybody tell no role
        ("[[A woman]] said no.", "", "person", ""),
        ("[[Her husband]] said no.", "", "person", ""),
        # organisations: a noun for their kind beside the name
        ("[[Aviation insurer Larn Mutual]] said no.", "Aviation insurer", "organisation", ""),
        (
            "The forecast came from data provider Larn Mutual. [[Larn Mutual]] said no.",
            "data provider",
            "organisation",
            "",
        ),
    ],
)
def test_role_type_and_country(marked: str, role: str, kind: str, country: str, parses: Parses) -> None:
    speaker = speakers(marked, parses)[0]
    assert (speaker.role, speaker.type, speaker.country) == (role, kind, country)


@pytest.mark.parametrize(
    ("marked", "description"),
    [
        ("[[The tenants, who won in May,]] said no.", "The tenants"),
        ("[[A clerk at the mill – who asked to stay unnamed]] – said no.", "A clerk at the mill"),
        ("[[Critics, including two former mayors]], said no.", "Critics"),
    ],
)
def test_a_description_ends_before_what_follows_a_comma(marked: str, description: str, parses: Parses) -> None:
    assert [speaker.description for speaker in speakers(marked, parses)] == [description]


def test_a_statement_is_by_whoever_issued_it_though_only_described(parses: Parses) -> None:
    marked = "The Larn-based coalition of tenants issued a statement on Monday. [[The statement]] called for a strike."
    assert [speaker.description for speaker in speakers(marked, parses)] == ["The Larn-based coalition of tenants"]


def test_they_may_be_whoever_spoke_though_the_parse_has_no_subject_there(parses: Parses) -> None:
    marked = (
        "Nobody can stop the river from rising above the old wall, a diver from the Guild of Ferries, Docks and Old "
        "Wharves told the Larn Gazette. “It is too late for that,” [[they]] said."
    )
    (speaker,) = speakers(marked, parses)
    assert speaker.description.startswith("a diver")


def test_findings_are_a_document(parses: Parses) -> None:
    (speaker,) = speakers("The mill was shut, according to [[the tribunal findings]].", parses)
    assert (speaker.description, speaker.type) == ("the tribunal findings", "document")


def test_no_source_no_speaker(parses: Parses) -> None:
    assert resolver(plain_article("It was reported that the pier had closed."), parses).resolve(()) == ()


def test_both_belongs_to_neither_name(parses: Parses) -> None:
    resolved = speakers("[[Both Kenya and Uganda]] said the border would open.", parses)
    assert [speaker.text for speaker in resolved] == ["Kenya", "Uganda"]


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("Northern Airways and Larn Air fly to Aue. [[Northern]] said it would wait.", "Northern Airways"),
        ("American Freightways flies to Aue. [[American]] said in a statement it would wait.", "American Freightways"),
        (
            "The Larn Independent System Operator met. [[Larn ISO]] said it would wait.",
            "Larn Independent System Operator",
        ),
        (
            "The World Sailing Organisation met. [[The World Sailing Organization]] said no.",
            "World Sailing Organisation",
        ),
        ("The Guild of Harbour Workers met. [[GHW]] said it would wait.", "Guild of Harbour Workers"),
        ("Northern Airways flies to Aue. [[The Northern Line]] said it would wait.", "Northern Line"),
    ],
)
def test_a_part_or_the_initials_of_an_organisation_stand_for_it(marked: str, name: str, parses: Parses) -> None:
    assert [speaker.name for speaker in speakers(marked, parses)] == [name]


def test_a_department_with_another_field_is_another_one(parses: Parses) -> None:
    marked = "The SLW department's figures were late. [[The health department]] said that it would wait."
    (speaker,) = speakers(marked, parses)
    assert (speaker.name, speaker.description) == ("", "The health department")


@pytest.mark.parametrize(
    ("marked", "group"),
    [
        ("Most of the teachers stayed at home, and [[some]] said they would never come back.", "teachers"),
        ("Local fishermen have been loath to complain. [[Many]] said that the port was doomed.", "Local fishermen"),
        ("The port was closed. [[Some]] said that it was doomed.", "Some"),
        ("The teachers stayed at home. [[Some of the pupils]] said that it was great.", "Some of the pupils"),
    ],
)
def test_some_and_many_are_of_those_spoken_of_before(marked: str, group: str, parses: Parses) -> None:
    (speaker,) = speakers(marked, parses)
    assert (speaker.description.removeprefix("the "), speaker.type) == (group, "group")


@pytest.mark.parametrize(
    "marked",
    [
        "A harbour shop was robbed after [[the owner]] had warned that it would be. “It hurt,” owner Vera Kern said.",
        "Owner Vera Kern had called the police. A neighbour heard it. [[The owner]] said it was too late.",
    ],
)
def test_an_owner_may_be_a_person(marked: str, parses: Parses) -> None:
    assert [speaker.name for speaker in speakers(marked, parses)] == ["Vera Kern"]


def test_the_company_of_the_lead_may_be_named_later(parses: Parses) -> None:
    marked = (
        "A banker has resigned, [[the company]] said. Larn Capital told the exchange so on Monday. Larn Capital has "
        "three banks. In May, Larn Capital had lost another banker."
    )
    assert [speaker.name for speaker in speakers(marked, parses)] == ["Larn Capital"]
