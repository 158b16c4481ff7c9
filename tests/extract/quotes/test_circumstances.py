"""Verbs of saying, thinking and wanting in expressions for what somebody does, undergoes or ought to know."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import sources_and_contents


@pytest.mark.parametrize(
    "text",
    [
        "Neither councillor will seek re-election in May.",
        "The incumbent did not seek a second term.",
        "He is seeking the party's nomination for the northern seat.",
        "The family sought asylum in Norway in 2011.",
        "Two officers sought treatment for burns.",
        "Growers have seen their profits vanish as fuel costs climbed.",
        "The pattern was not seen by smaller shops, which lost money.",
        "Kern is not alone in closing shops this year.",
        "The maker isn't alone in facing a shortage of chips.",
        "July 4: Crowds gather at the pier.",
        "Monday: Schools reopen after the storm.",
        "April presents some bright stars for those who look up.",
        "Farmers now have to contend with a new pest.",
        "The mayor has to push the budget through the council by Friday.",
        "The coach spoke after his side lost 3-1 at home.",
        "The clerk wept when he saw the burnt hall.",
        "The people willing to lend the club money are few.",
        "Banks still willing to lend to builders have raised their rates.",
        "Parents wanting to enrol their children must apply by June.",
        "The nurses offering to help at the shelter have met the mayor.",
        "Anyone wishing to comment can write to the clerk.",
        "Travellers should know that the ferry runs only twice a day.",
        "Detectives must now determine how the fire began.",
        "Tenants need to understand that the rules have changed.",
        "Nobody knows that better than Oren Blake, who lost two boats.",
        "The guards refused to let her in.",
        "The landlord refused to allow pets.",
        "Ada Brandt writes a column for the Larn Gazette.",
        "It is not clear whether the ferry will run again.",
        "It is virtually certain that the mine will close.",
        "Police found no survivors in the wreck.",
        "The town saw a fall of 3 per cent in June.",
    ],
)
def test_what_is_done_undergone_or_due_is_no_claim(text: str, parses: Parses) -> None:
    assert sources_and_contents(text, parses) == []


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The guild sought an injunction to stop the sale.", "The guild", "an injunction to stop the sale"),
        ("The change was seen by critics as a retreat.", "critics", "The change as a retreat"),
        ("The senator is not alone in thinking the plan is doomed.", "The senator", "the plan is doomed"),
        ("The minister resigned after the paper reported that he had lied.", "the paper", "that he had lied"),
        ("She refused to apologise for the remark.", "She", "to apologise for the remark"),
        ("Farmers know that the river floods in May.", "Farmers", "that the river floods in May"),
        ("The bank is willing to lend to builders.", "The bank", "to lend to builders"),
        ("Ministers have not said when they will reopen the road.", "Ministers", "when they will reopen the road"),
        (
            "The bank's economists now see growth of 1.4 per cent, down from 1.9.",
            "The bank's economists",
            "growth of 1.4 per cent, down from 1.9",
        ),
        ("The researchers found no link between the two.", "The researchers", "no link between the two"),
        ("An audit found no wrongdoing by the clerk.", "An audit", "no wrongdoing by the clerk"),
        ("Planning officers have recommended approval.", "Planning officers", "approval"),
        (
            "Forty percent of voters said they were undecided, according to the poll.",
            "Forty percent of voters",
            "they were undecided",
        ),
        ("Ada Brandt writes that the mill is doomed.", "Ada Brandt", "that the mill is doomed"),
    ],
)
def test_the_same_verbs_tell(text: str, source: str, content: str, parses: Parses) -> None:
    assert (source, content) in sources_and_contents(text, parses)
