"""Classes of speakers found by reading whole articles: the source stands in [[ ]], then what is expected of it.

A name is expected, else the description.
"""

import pytest

from pipeline.extract.entities import find_entities
from pipeline.link.names import name_entities
from tests.helpers.knowledge import shared_people, shared_places
from tests.helpers.parses import Parses, plain_article
from tests.link.test_speakers import speakers

WHO = [
    # whoever is only told of within a source's own words has no turn
    (
        "“We had no choice,” said Ivar Holm, who sold the yard after his father died in May. [[He]] left at noon.",
        ["Ivar Holm"],
    ),
    # a name that comes later is no antecedent, nor are later words for somebody undescribed
    (
        "Some residents protested. [[They]] said the dam leaked. The angry Larn residents of the north bank came too.",
        ["Some residents"],
    ),
    # capitals that look like a relative pronoun
    (
        "The World Health Organization (WHO) sent doctors to Larn. [[WHO]] described the fever as new.",
        ["World Health Organization"],
    ),
    ("[[No group]] has claimed the blast.", [""]),
    ("[[Nobody]] said why.", [""]),
    ("[[A No 12 source]] said it was safe.", ["A No 12 source"]),
    # a noun with the ending of one for a person
    ("The rancor is so open that Mr. Holm was asked about it. [[He]] said he had seen none.", ["Holm"]),
    ("Tom Reyes, the abbot, wept. [[The abbot]] said it was late.", ["Tom Reyes"]),
    # a town before a dash that opens an article
    ("[[LARN, Ohio (AP) - A former ferry captain]] said no.", ["A former ferry captain"]),
    ("[[Even critics of the ferry]] said it was safe.", ["critics of the ferry"]),
    ("[[Only the harbour master]] said it was safe.", ["the harbour master"]),
    ("[[Only six captains]] said it was safe.", ["Only six captains"]),
    # what a group did later, or when, is no part of what it is called
    (
        "He bought land with some of his old friends, where they would hide when all fell apart. [[They]] had guns.",
        ["some of his old friends"],
    ),
    (
        "To get out the vote, earlier this month young mothers hosted a dance. [[Some]] believe that it helped.",
        ["young mothers"],
    ),
    # "those who" are people
    ("Those who lived near the kiln came first. [[They]] said the smoke was black.", ["Those"]),
    # "who" is no day, and takes up a surname that the parser overlooks
    ("She opened a school in 2010 [[whose]] pupils were few.", [""]),
    # a clause joined to another has its subject
    (
        "“It is late,” Jeffrey Stone said. Rabbi Mordy Vane runs a small school, but [[he]] likes big ones.",
        ["Mordy Vane"],
    ),
    # the attorney general is no officer; his parole officer is somebody else
    (
        "Attorney General Oren Blake spoke. Ivar Holm feared that he would fall. [[His parole officer]] said no.",
        ["His parole officer"],
    ),
    # the new mayor is not the one who leaves
    ("Outgoing mayor Oren Blake lost the vote. [[The new mayor]] said no.", ["The new mayor"]),
    # a title within the parser's name
    ("Sens. Tim Vane, from Larn, and Bob Holm, from Aue, met. Then [[Vane]] left.", ["Tim Vane"]),
    # who is brought up without a name, and named by the same noun later
    ("[[A nurse at the infirmary]] said she was tired. The nurse, Orla Quill, said it in May.", ["Orla Quill"]),
    # the next sentence need not open with the name
    ("[[A harbour pilot]] said no. Speaking in Larn, Ada Brandt told the Gazette that it was late.", ["Ada Brandt"]),
    # a cousin of his is not he
    ("“We know promises,” said Oren Blake. [[The mayor, his cousin]], said no.", ["The mayor"]),
    # somebody with an office is called by no other one
    ("Club captain Oren Blake spoke first. [[The bishop]] said no.", ["The bishop"]),
    # brought up as no subject
    (
        "Police charged a monk with theft. The abbot, Oren Blake, spoke first. [[The monk]] said he was sorry.",
        ["a monk"],
    ),
    # whose first name tells of the other sex, where nobody else can be meant
    ("Health Minister Chanda Holm met the nurses. Holm said no. “It is late,” [[he]] said.", ["Chanda Holm"]),
    # a man by his country, where the clause is about him
    (
        "Joao Vane left the club. [[The Portuguese]] said he had dreamed of the sea.",
        ["Joao Vane"],
    ),
]


@pytest.mark.parametrize(("marked", "names"), WHO)
def test_who_speaks(marked: str, names: list[str], parses: Parses) -> None:
    assert [speaker.name or speaker.description for speaker in speakers(marked, parses)] == names


ORGANISATIONS = [
    # the country of the clause, and not that of a clause about it
    ("The United States sent a note to Cuba. In Havana, [[the government]] said it was late.", "government of Cuba"),
    (
        "Fear grips Mali, which now trails Chad in cases. On Sunday, [[the government]] said it was late.",
        "government of Mali",
    ),
    # a firm told of by its place has a name of its own
    ("Norsk Steel lost money. The Oslo-based company cut pay. [[The company]] said it had no choice.", "Norsk Steel"),
    # the article has gone on to another firm
    (
        "Norsk Steel lost money. The company cut pay. Larn Oil has made a profit. Larn Oil shares rose. "
        "[[The company]] said it would hire.",
        "Larn Oil",
    ),
    # no university is a group, and no terminal a firm
    ("A clerk at the University of Larn left. [[The group]] said it was late.", "The group"),
    # no firm is the regulator
    ("Chipmaker Quill Inc. lost money. [[The regulator]] said it had opened a file.", "The regulator"),
]


@pytest.mark.parametrize(("marked", "name"), ORGANISATIONS)
def test_what_an_organisation_s_noun_takes_up(marked: str, name: str, parses: Parses) -> None:
    assert [speaker.name or speaker.description for speaker in speakers(marked, parses)] == [name]


TOLD = [
    # which role tells most
    ("Attorney General Oren Blake spoke. [[Blake, the former mayor of Larn]], said no.", "Attorney General", "person"),
    (
        "Harbour master Oren Blake left. [[Blake, a Reform Party member from Larn]], said no.",
        "Harbour master",
        "person",
    ),
    # nobody else's
    (
        "Gov. Ivar Holm and Chief Financial Officer Ada Brandt met. [[Brandt]] said no.",
        "Chief Financial Officer",
        "person",
    ),
    ("[[Ada Brandt of Holm and Partners, a Larn ferry adviser]], said no.", "Larn ferry adviser", "person"),
    # nor that of whom she speaks of
    ("[[Ada Brandt]] told reporters that the director had lied to staff.", "", "person"),
    # without degrees, and what comes back to the name
    ("[[Health ministry adviser Dr. Oren Blake]] said no.", "Health ministry adviser", "person"),
    ("[[Oren Blake, a grocer himself]], said no.", "grocer", "person"),
    # a firm with "of" in its name
    ("[[Bank of Larn spokesman Oren Blake]] said no.", "Bank of Larn spokesman", "person"),
    # groups: by numbers, letters and management
    ("[[Five of the town's largest banks]] said no.", "", "group"),
    ("[[GPs in Larn]] said no.", "", "group"),
    ("[[The firm's management]] said no.", "", "group"),
    ("[[One of the traders]] said no.", "", "person"),
    # what is quoted and is no person
    ("[[The warning]] said the pier was unsafe.", "", "document"),
    ("[[Court records]] show that the pier was unsafe.", "", "document"),
]


@pytest.mark.parametrize(("marked", "role", "kind"), TOLD)
def test_what_is_told_of_a_speaker(marked: str, role: str, kind: str, parses: Parses) -> None:
    (speaker,) = speakers(marked, parses)
    assert (speaker.role, speaker.type) == (role, kind)


def test_a_country_that_somebody_deals_with_is_not_his(parses: Parses) -> None:
    texts = ("[[Oren Blake, an adviser on Cuba]], said no.", "[[Oren Blake, a veteran Cuba analyst]], said no.")
    assert [speakers(text, parses)[0].country for text in texts] == ["", ""]
    assert speakers("[[Oren Blake, a Cuban analyst]], said no.", parses)[0].country == "CUB"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The envoy Ahmed Marwan el-Bakri left.", "Ahmed Marwan el-Bakri"),
        ("Tea council chairman A Sakthi left.", "A Sakthi"),
        ("The ferry was built by Omar “Red” Hale.", 'Omar "Red" Hale'),
        ("The ferry was built by Margaret (Peggy) Hale.", "Margaret (Peggy) Hale"),
        ("The mayor said “No” and Hale left.", "Hale"),
    ],
)
def test_names_are_taken_whole(text: str, name: str, parses: Parses) -> None:
    article = plain_article(text)
    doc = parses(article)
    people, places = shared_people(), shared_places()
    named = name_entities(find_entities(doc, article, places), doc, article, people)
    assert name in [mention.canonical for mention in named if mention.label == "PERSON"]
