"""What is done, felt or unknown is no claim, though its verb often tells one."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import sources_and_contents

NO_CLAIMS = [
    # taken, held out, closed
    "The charity did not accept the gift.",
    "The islanders refused a gift of goats.",
    "Neighbours offered blankets and tea to the families.",
    "The club agreed a fee of two million pounds for the striker.",
    "The school ordered pizza for the choir.",
    "The guild offered support to the families.",
    "The mill supports thousands of families in Larn.",
    "Holm is promoting his third novel.",
    "The abbey assumed control of the well.",
    "The clerk accepted a tip from the guest.",
    "Rebels attacked several army installations.",
    "The judge denied him bail.",
    "The court denied the motion on Monday.",
    "The embassy denied her a visa.",
    # contested in court, enjoyed, shared, celebrated
    "Tenants are challenging the order in court.",
    "The mayor enjoys a lead of ten points.",
    "He shared a room with his brother.",
    "The firm celebrated its centenary with a parade.",
    "The crew deserves a rest.",
    "Aldermoor recalled its envoy on Monday.",
    "Wardens responded to a report of smoke at the abbey at noon.",
    # prepositions
    "Firefighters knocked on the door of every flat.",
    "Holm identified with the miners.",
    "The soldiers reported for duty.",
    # with arms, not with words
    "Rebels attacked a convoy near the border on Sunday.",
    "Gunmen attacked the village at dawn and burned three houses.",
    "The fungus attacks the roots of young vines.",
    "She defended her title at the games.",
    # felt, whatever anybody says
    "Ferry crews feel the strain of long shifts.",
    "The coach angered fans by selling the keeper.",
    # people, of whom nothing is said
    "The hospital admitted the driver on Sunday.",
    "The guard admitted them to the hall.",
    "The mayor welcomed visitors at the gate.",
    "The school dismissed two teachers.",
    # a thing doubts nothing
    "A leak cast doubt on the regatta.",
    # one adjective
    "The self-described optimist lost his keys.",
    "The charity-supporting bakers met in Larn.",
    # learned, and not said
    "The apprentices learned a lot from Holm.",
    "The clerk learned of it by letter.",
    # what one may or should think
    "Hikers may want to bring a second coat.",
    "Owners must consider the cost of a new roof.",
    "Readers might remember that the mill burnt down twice.",
    # unknown, and imagined
    "Many guests did not know the bride was ill.",
    "Nobody knows what the fish eat.",
    "If a guest believes that the lock is broken, he should ring the porter.",
]

CLAIMS = [
    ("The bishop supports the strike.", [("The bishop", "the strike")]),
    ("The senator attacked the plan as a gift to banks.", [("The senator", "the plan as a gift to banks")]),
    ("The union attacked the cuts.", [("The union", "the cuts")]),
    ("The ministry ordered the vans to stop.", [("The ministry", "to stop")]),
    ("Analysts cast doubt on the forecast.", [("Analysts", "the forecast")]),
    ("The firm maintains that the valve was safe.", [("The firm", "that the valve was safe")]),
    ("Police identified the driver as Ola Berg.", [("Police", "the driver as Ola Berg")]),
    ("The driver admitted that he had slept.", [("The driver", "that he had slept")]),
    ("The minister dismissed the report.", [("The minister", "the report")]),
    ("Critics may say the plan is too dear.", [("Critics", "the plan is too dear")]),
    ("She learned that the dam had failed.", [("She", "that the dam had failed")]),
    ("He co-wrote that the dam would fail.", [("He", "that the dam would fail")]),
    ("Clerks know that the ledger was burnt.", [("Clerks", "that the ledger was burnt")]),
]

#: Whoever says so expects it: one claim, not two.
OUTLOOKS = [
    ("The bridge is expected to reopen in June, the county said.", ["the county"]),
    ("Mr Larsen said the two ferries were expected to return to service by Easter.", ["Mr Larsen"]),
    ("The painting is believed to date from the 1620s, according to the museum's curator.", ["the museum's curator"]),
    ("The bridge is expected to reopen in June.", [""]),
    # others may fear it
    ("Two miners are feared to be dead, police said.", ["", "police"]),
]


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_what_is_done_is_no_claim(text: str, parses: Parses) -> None:
    assert sources_and_contents(text, parses) == []


@pytest.mark.parametrize(("text", "quotes"), CLAIMS)
def test_the_same_verb_may_tell(text: str, quotes: list[tuple[str, str]], parses: Parses) -> None:
    assert sources_and_contents(text, parses) == quotes


@pytest.mark.parametrize(("text", "sources"), OUTLOOKS)
def test_an_outlook_is_held_by_whoever_tells_of_it(text: str, sources: list[str], parses: Parses) -> None:
    assert [source for source, _ in sources_and_contents(text, parses)] == sources


def test_what_the_speaker_would_say_is_told_once(parses: Parses) -> None:
    text = '"I\'d say the river is cleaner now. You can see the fish," said Ola Berg, a boatman.'
    assert len(sources_and_contents(text, parses)) == 1


def test_the_occasion_of_a_remark_is_none(parses: Parses) -> None:
    text = "Commenting on the outage, Lund said the pumps had failed."
    assert sources_and_contents(text, parses) == [("Lund", "the pumps had failed")]


def test_why_somebody_wants_no_name_told(parses: Parses) -> None:
    text = "The guards asked not to be named because their case is secret."
    assert sources_and_contents(text, parses) == [("The guards", "not to be named because their case is secret")]


@pytest.mark.parametrize("text", ["Six guards are thought to be ill.", "Two barges were believed to have sunk."])
def test_whoever_is_thought_to_be_somewhere_thinks_nothing(text: str, parses: Parses) -> None:
    assert [source for source, _ in sources_and_contents(text, parses)] == [""]


def test_what_the_next_sentence_tells_is_not_what_somebody_would_not_say(parses: Parses) -> None:
    text = "Wardens asked whether the boats were safe, but Lund wouldn't say. A clerk said they leaked."
    assert "A clerk said they leaked" not in [content for _, content in sources_and_contents(text, parses)]
