"""What still belongs to a content, and what not: joined clauses, what goes on behind the speaker, conditions."""

import pytest

from pipeline.extract.quotes import find_quotes
from tests.helpers.knowledge import shared_cues
from tests.helpers.parses import Parses, plain_article

CUES = shared_cues()

CONTINUATIONS = [
    # a second clause in the past, or in the present where the first is
    (
        "The bishop said the tower had no lightning rod, but the bells survived the storm.",
        "the tower had no lightning rod, but the bells survived the storm",
    ),
    (
        "The coroner said the lorry had bald tyres and its driver was asleep at the wheel.",
        "the lorry had bald tyres and its driver was asleep at the wheel",
    ),
    (
        "The ferry firm confirmed the crossing would be cancelled on Sunday and the café was shut for the winter.",
        "the crossing would be cancelled on Sunday and the café was shut for the winter",
    ),
    (
        "Ms Adeyemi said the market has lost half its stalls, but the rents have doubled.",
        "the market has lost half its stalls, but the rents have doubled",
    ),
    # without a subject: a state, or a past behind "say"
    (
        "The clinic confirmed it hired two nurses from an agency in spring, but had no contract with it.",
        "it hired two nurses from an agency in spring, but had no contract with it",
    ),
    (
        "The officers say they took a call about a fire in the barn but found only smoke from a stove.",
        "they took a call about a fire in the barn but found only smoke from a stove",
    ),
    (
        "Lund said she mixed up the gates, took the wrong boat, and missed the vote, according to the minutes.",
        "she mixed up the gates, took the wrong boat, and missed the vote",
    ),
    # an act of somebody else, and what stands behind a dash
    ("Brandt said the mill was for sale and the mayor asked him for the price.", "the mill was for sale"),
    (
        "The minister said the bridge would reopen in May -- but the ministry's own plan named July.",
        "the bridge would reopen in May",
    ),
    # the present behind a past, which the newsroom explains
    (
        "The treasurer said that the club was hoping for a new stand, which is due to cost two million euros.",
        "that the club was hoping for a new stand",
    ),
    ("The farmer says the valley has two wells, which are both dry.", "the valley has two wells, which are both dry"),
    (
        "The school said the roof should be mended at once, which costs 40,000 crowns.",
        "the roof should be mended at once, which costs 40,000 crowns",
    ),
    ("The brewery plans to leave the old town, though its shop will stay in the square.", "to leave the old town"),
    ("The widow took issue with the museum's show, which opened in March.", "with the museum's show"),
    # behind the speaker
    (
        "Wheat is cheap again, the guild said, though bakers have yet to cut their prices.",
        "Wheat is cheap again ... though bakers have yet to cut their prices",
    ),
    (
        "Wheat is cheap again, the guild said though bakers have yet to cut their prices.",
        "Wheat is cheap again ... though bakers have yet to cut their prices",
    ),
    (
        "Three barges have sunk in the lock, according to the harbour office, while two have been towed away.",
        "Three barges have sunk in the lock ... while two have been towed away",
    ),
    (
        "The airline has six planes of that kind, its chairman said in a letter, including two that are leased.",
        "The airline has six planes of that kind ... including two that are leased",
    ),
    (
        "The orchard lost half its trees, Kern said, but the pears survived.",
        "The orchard lost half its trees ... but the pears survived",
    ),
    (
        "The orchard lost half its trees, according to the count, but the pears were saved by the frost's late start.",
        "The orchard lost half its trees",
    ),
    ("The lake will stay shut in July, wardens said, as they put up the signs.", "The lake will stay shut in July"),
    # before the speaker
    (
        "Unless the dyke is mended, engineers warn the fields will be under water by May.",
        "Unless the dyke is mended ... the fields will be under water by May",
    ),
    (
        "Once the ice melts, the biologist says the bears have nowhere to go.",
        "Once the ice melts ... the bears have nowhere to go",
    ),
    (
        "Without a second doctor, the mayor believes the clinic can't stay open.",
        "Without a second doctor ... the clinic can't stay open",
    ),
    (
        "In the long run, Kern argues, the canal will pay for itself.",
        "In the long run ... the canal will pay for itself",
    ),
    ("When the vote was over, Kern said the canal would pay for itself.", "the canal would pay for itself"),
    ("When asked about the rain, the coach says the pitch is fine.", "the pitch is fine"),
    ("Without naming the firm, the mayor said the tender had been rigged.", "the tender had been rigged"),
    ("On Monday, the mayor said the tender had been rigged.", "the tender had been rigged"),
    (
        "According to the wardens, late on Friday and again on Sunday two men climbed the fence and fed the bears.",
        "late on Friday and again on Sunday two men climbed the fence and fed the bears",
    ),
    (
        "On Aug. 3, 2011, village police say they found a cart in the pond.",
        "On Aug. 3, 2011 ... they found a cart in the pond",
    ),
    ("In 2003, she said the mill had burnt down.", "the mill had burnt down"),
    (
        "Even with the rise of parcel boats, Brandt has said piers remain vital to the trade.",
        "Even with the rise of parcel boats ... piers remain vital to the trade",
    ),
    # what is told of a subject before quoted words
    (
        "Harbour Rail, whose fleet has shrunk since May, runs “more night trains than any rival,” said Ada Lund.",
        "Harbour Rail ... runs “more night trains than any rival,”",
    ),
    (
        'She thinks the pier, which was built in 1902, is "doomed".',
        'the pier ... is "doomed"',
    ),
    # an act of the speaker, joined to the cue
    (
        "Fjordcom told the Post it was aware of the fault, and said it was looking for the cable.",
        "it was aware of the fault",
    ),
    # a subject that the parser takes for an object, who is asked, what something is called
    (
        "Ada Kern has said Green Ferry candidates for the board seats in 2031 will be chosen by lot.",
        "Green Ferry candidates for the board seats in 2031 will be chosen by lot",
    ),
    ("It is asking the Larn District Court for the County of Osk to lift the ban.", "to lift the ban"),
    (
        "The widow's letter included a warning to her heirs that the well was dry.",
        "that the well was dry",
    ),
    (
        "About 300 tenants signed a letter urging the landlord to mend the lifts.",
        "to mend the lifts",
    ),
    (
        "“In our town we have more ferries than any other firm,’’ Lund wrote. “The next pier is never far.’’",
        "“In our town we have more ferries than any other firm,’’ ... “The next pier is never far.’’",
    ),
    # quoted words that go on behind "as saying"
    (
        '"We are shut," Brandt was quoted as saying on Friday. "Nobody told us why."',
        '"We are shut," ... "Nobody told us why."',
    ),
    ('"We are shut," the Post quoted Brandt as saying. "Nobody told us why," Kern said.', '"We are shut,"'),
    # where somebody spoke, before "that"
    (
        "The pilot said in his first letter from the island that the runway was too short.",
        "that the runway was too short",
    ),
    ("The chef told the paper on the phone that the eel was gone.", "that the eel was gone"),
]


@pytest.mark.parametrize(("text", "expected"), CONTINUATIONS)
def test_contents_go_on_as_far_as_they_are_told(text: str, expected: str, parses: Parses) -> None:
    article = plain_article(text)
    contents = [
        " ... ".join(text[start:end] for start, end in quote.content)
        for quote in find_quotes(parses(article), article, CUES)
    ]
    assert expected in contents


ACTS_BESIDE = [
    ("The council has asked residents to boil their water and opened three wells in the park.", "to boil their water"),
    ("The ministry told farmers to move their cattle inland and sent soldiers to help.", "to move their cattle inland"),
    # a bare form goes on with what is asked for
    (
        "The ministry told farmers to leave the valley and take their cattle.",
        "to leave the valley and take their cattle",
    ),
]


@pytest.mark.parametrize(("sentence", "content"), ACTS_BESIDE)
def test_a_finite_verb_is_not_joined_to_what_somebody_asks_for(sentence: str, content: str, parses: Parses) -> None:
    article = plain_article(sentence)
    (quote,) = find_quotes(parses(article), article, CUES)
    assert [sentence[start:end] for start, end in quote.content] == [content]
