"""Speakers told by a description, a group or a document; the source stands in [[ ]], then what is expected of it.

A name is expected, else the description.
"""

import pytest

from tests.helpers.parses import Parses
from tests.link.test_speakers import speakers

NAMED_AFTERWARDS = [
    # an organisation of the lead by the noun in its name, or as the largest
    ("[[A Lancashire hospital]] said it would refund patients. Brackley Hospital said no more.", "Brackley Hospital"),
    ("[[A Kenyan bank]] said it would close. Norland Airways said it was glad.", "A Kenyan bank"),
    ("[[Another bank]] said it would close. Harrow Bank said it was glad.", "Another bank"),
    ("[[Kenya's biggest bank]] said it would cut jobs. Harrow Bank said costs had risen.", "Harrow Bank"),
    # a bare "the company" may be anybody, as may be whoever is named next
    ("Tom Arkell has left the firm, [[the company]] said. Norlin Capital announced a review.", "the company"),
    # somebody by a role of the same kind; of senators there are many
    ("The bridge is shut, [[a roads official]] said. Roads official Rosa Lind said it would open.", "Rosa Lind"),
    ("The bridge is shut, [[a local official]] said. Roads official Rosa Lind said it would open.", "Rosa Lind"),
    (
        "The clinic is shut, [[a health official]] said. Police official Rosa Lind said two men were held.",
        "a health official",
    ),
    (
        "The bridge is shut, [[a Labour official]] said. Tory official Rosa Lind said it would open.",
        "a Labour official",
    ),
    ("[[Another official]] said it was shut. Roads official Rosa Lind said it would open.", "Another official"),
    ("[[A senator]] said it was late. Senator Rosa Lind said it would open.", "A senator"),
    ("[[A ministry spokesman]] said it was late. Pigs fell ill. Ferry ministry spokesman Omar Dia left.", "Omar Dia"),
    # whoever acts or denies in the next sentence is somebody else
    ("[[Two fishermen]] said the water was brown. Oren Kern and Ivar Lund run the plant.", "Two fishermen"),
    ("[[A fisherman]] said the water was brown. Larn Power's Oren Kern denied it.", "A fisherman"),
    # who holds the office of a country
    ("[[China's premier]] said output had slowed. Premier Li Han met mayors.", "Li Han"),
    ("[[The Jewish state's premier]] said no. Israeli Prime Minister Dov Levin left.", "Dov Levin"),
]
SECOND_NAMES = [
    # the largest of its kind, and the firm of a town
    ("Harrow Bank fired clerks. [[The country's largest lender]] said costs had risen.", "Harrow Bank"),
    ("Mapleton Motors sued Orbit Labs Inc. [[The Toronto-based company]] said it had no choice.", "Mapleton Motors"),
    # a product's maker or owner, and no newspaper that asked it
    ("Pomona Inc. cut its forecast. [[The Lynx maker]] said demand was weak.", "Pomona Inc."),
    ("Pomona Inc. is large. The BBC asked Pomona Inc. for comment. [[The Lynx maker]] said no.", "Pomona Inc."),
    ("Larkbook Inc. cut jobs. [[The Chirpit owner]] said advertising was weak.", "Larkbook Inc."),
    # in a later clause of the same sentence
    (
        "Streamvale Inc. has laid off clerks, after [[the streaming company]] said it was losing viewers.",
        "Streamvale Inc.",
    ),
    # what is said beside the name: a product is no firm
    (
        "Larnair Inc., a booking app, lost users. Orbit Inc. gained some. [[The app]] said it was sorry.",
        "Larnair Inc.",
    ),
    ("Larnair Inc., a booking app, lost users. [[The retailer]] said it was sorry.", "The retailer"),
    # the only one of its kind so far
    (
        "The Kenya Broadcasting Authority fined Larn Media Ltd. on Monday. It rained. [[The media regulator]] said no.",
        "Kenya Broadcasting Authority",
    ),
    (
        "The Kenya Broadcasting Authority fined Larn Media Ltd. on Monday. It rained. [[The media company]] said no.",
        "Larn Media Ltd.",
    ),
    # the police of a town
    ("Springfield police held two men. [[The police department]] said streets were closed.", "Springfield police"),
    ("Springfield Police held two men. [[The department]] said streets were closed.", "Springfield Police"),
    ("Larn Valley Police held two men on Monday. [[The force]] said streets were closed.", "Larn Valley Police"),
    ("The Department of Ports met. Larn Police came. [[The department]] said no.", "Department of Ports"),
    # the owner of what a sentence is about, and an article that was lost before a small letter
    ("Harrow Bank's computers failed. [[The online lender]] said it was sorry.", "Harrow Bank"),
    ("Harrow Bank has cut jobs.\n\n[[online lender]] said it was sorry.", "Harrow Bank"),
    # whose product the app is, is no app
    (
        "Orbitland, the video app that Skyjet bought in 2016, will close. Crowds met. [[The app]] said it was sorry.",
        "Orbitland",
    ),
    # a firm is not called after its product
    (
        "Harrow Bank met. Harrow Bank left. Harrow Bank lost. Harrow Bank Mobile crashed. [[Harrow Bank]] said no.",
        "Harrow Bank",
    ),
    ("Skyjet Flight SJ804 was late. Skyjet was sorry. [[Skyjet]] said no.", "Skyjet"),
    # a body that runs one service
    (
        "Santa Rosa Water District calls for rationing. [[The valley's largest supplier]] said residents must save.",
        "Santa Rosa Water District",
    ),
    # initials without the country
    ("The U.S. Coastal Lands Agency shut beaches. Citing germs, [[the CLA]] said no.", "U.S. Coastal Lands Agency"),
    ("The UK Food Standards Board fined a baker. [[The FSB]] said no.", "UK Food Standards Board"),
    ("The Kenya Ports Authority closed a berth. [[The PA]] said no.", "PA"),
    # whoever has a firm, is of an age, or is elected
    ("Ada Brandt's startup is shutting down, [[the CEO]] told the Gazette.", "Ada Brandt"),
    ("Ada Brandt's law and tax startup is shutting down, [[the founder]] told the Gazette.", "Ada Brandt"),
    ("Pupil Tom Arkell thanked a teacher. “He saved me,” said [[the 13-year-old angler]].", "Tom Arkell"),
    ("Tom Arkell, 40, wept. “He saved me,” said [[the 13-year-old angler]].", "the 13-year-old angler"),
    ("Clare Rees spoke first. “He does nothing,” the [[46-year-old]] says.", "Clare Rees"),
    ("Ada Brandt won in May. [[The president-elect]] said the mines would open.", "Ada Brandt"),
    # "the government" is that of a country, not the country
    ("Sweden's economy shrank in June. [[The government]] said taxes would rise.", "government of Sweden"),
    ("Sweden's economy shrank in June. [[The country]] said taxes would rise.", "Sweden"),
    # whose first name, or whose being a person, the parser overlooks behind a role
    ("Security guard Sami Orsiba said the pier had sunk. [[Orsiba]] said it was deep.", "Sami Orsiba"),
    ("Port lawyer Istvan Borska said the pier had sunk. [[Borska]] said it was deep.", "Istvan Borska"),
    ("The pier is shut, [[a local official]] said. Ferry official Sami Orsiba said it had sunk.", "Sami Orsiba"),
    # a firm may speak of itself
    ("Norland Airways shrank. Losing the hub cost the company a million, [[it]] said.", "Norland Airways"),
]
GROUPS = [
    ("[[Norland Airways and its rivals]] said it was late.", "Norland Airways and its rivals"),
    ("[[Norland Airways and others]] said it was late.", "Norland Airways and others"),
    ("Mayor Ada Brandt met nurses. [[Brandt and her aides]] said it was late.", "Ada Brandt and her aides"),
    ("[[Mayor Ada Brandt and other Democrats]] said it was late.", "Ada Brandt and other Democrats"),
]
DOCUMENTS = [
    # words in one's own voice are their speaker's
    ("[[Ada Brandt's speech]] warned that the harbour was silting up.", "Ada Brandt"),
    ("[[A statement released by the Larn Harbour Board]] said it was late.", "Larn Harbour Board"),
    ("A statement released by the Larn Harbour Board was short. [[The statement]] said no.", "Larn Harbour Board"),
    # a study speaks for itself, unless a body or paper published it
    ("Scientists published a study on eels. [[The study]] says that eels swim north.", "a study on eels"),
    ("The Larn Institute published a study on eels. [[The study]] says that eels swim north.", "Larn Institute"),
    # what it was when it was brought up
    ("A July survey of 700 pilots was out. [[The poll]] found that most were tired.", "A July survey of 700 pilots"),
    ("A survey was out. [[The latest poll]] found that most were tired.", "The latest poll"),
]


@pytest.mark.parametrize(("marked", "name"), NAMED_AFTERWARDS + SECOND_NAMES + GROUPS + DOCUMENTS)
def test_who_a_description_a_group_or_a_document_is(marked: str, name: str, parses: Parses) -> None:
    assert [speaker.name or speaker.description for speaker in speakers(marked, parses)] == [name]


def test_two_who_are_named_are_two_speakers(parses: Parses) -> None:
    named = speakers("[[Ada Brandt and Tom Arkell]] said it was late.", parses)
    assert [speaker.name for speaker in named] == ["Ada Brandt", "Tom Arkell"]


def test_a_product_is_no_role_of_its_buyer(parses: Parses) -> None:
    marked = "Orbitland, the booking app Skyjet bought in 2016, will close. [[Skyjet]] said it was sorry."
    assert [(speaker.name, speaker.role) for speaker in speakers(marked, parses)] == [("Skyjet", "")]
