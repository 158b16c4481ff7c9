"""Where a reported clause begins and ends: who is asked, what is refused, the sentence's front, what follows."""

import pytest

from pipeline.extract.quotes import find_quotes
from tests.helpers.knowledge import shared_cues
from tests.helpers.parses import Parses, plain_article
from tests.helpers.quotes import sources_and_contents

CUES = shared_cues()


def contents_of(text: str, parses: Parses) -> list[str]:
    """The contents of the quotes, parts of one joined by " ... "."""
    article = plain_article(text)
    quotes = find_quotes(parses(article), article, CUES)
    return [" ... ".join(text[slice(*span)] for span in quote.content) for quote in quotes]


ADDRESSEES = [
    ("The council has asked residents who live by the river whether they need sandbags.", "whether they need sandbags"),
    ("The survey asks teenagers who left school early if they regret it.", "if they regret it"),
    ("Reporters asked the coach who had left the hall early why he did so.", "why he did so"),
    ("MPs have warned the ministry it must mend the sluice before winter.", "it must mend the sluice before winter"),
    ("The bank reassured them their savings were safe.", "their savings were safe"),
    ("Her appeal to drivers to slow down near the school went unheard.", "to slow down near the school"),
    ("The guild's call on its members to refuse overtime angered the board.", "to refuse overtime"),
    ("The minister informed the delegation of the latest talks on the border.", "of the latest talks on the border"),
    ("Kern warned the guild of a flood in the spring.", "of a flood in the spring"),
    ("The vicar assured us of his support.", "of his support"),
    # no addressee, or no question to him
    ("Lund asked who had left the gate open.", "who had left the gate open"),
    (
        "She asked which doctors in the valley would take new patients.",
        "which doctors in the valley would take new patients",
    ),
]


@pytest.mark.parametrize(("text", "content"), ADDRESSEES)
def test_who_is_told_or_asked_is_no_content(text: str, content: str, parses: Parses) -> None:
    assert contents_of(text, parses) == [content]


REFUSALS = [
    ("Lund declined to comment on the price of the yard.", "on the price of the yard"),
    ("Lund declined to say whether the yard would be sold.", "whether the yard would be sold"),
    ("The airline declined to comment further on the delays.", "on the delays"),
    ("The ministry declined immediate comment on the memo.", "on the memo"),
    ("The firm did not reply to several requests for comment about the letter.", "about the letter"),
    ("Brandt has yet to explain where the money went.", "where the money went"),
    # nothing is said about a topic, or something else than speech is refused
    ("The clerk declined to confirm or deny a sale of the mill.", "a sale of the mill"),
    ("Lund declined to discuss the price.", "to discuss the price"),
    ("Lund responded to a request for help from the villagers.", "to a request for help from the villagers"),
    ("Kern declined an invitation to comment on the film.", "an invitation to comment on the film"),
]


@pytest.mark.parametrize(("text", "content"), REFUSALS)
def test_a_comment_that_is_refused_belongs_to_the_cue(text: str, content: str, parses: Parses) -> None:
    assert contents_of(text, parses) == [content]


SENTENCES = [
    (
        "The marsh shields the town, but it is shrinking and could be gone by 2060, a Larn University study warned.",
        "The marsh shields the town, but it is shrinking and could be gone by 2060",
    ),
    (
        "It was vital that the clinic, which had lost two of its doctors, got more money, she said.",
        "It was vital that the clinic, which had lost two of its doctors, got more money",
    ),
    (
        "If the rain goes on, and nobody expects it to stop, the dyke will break by Friday, engineers warned.",
        "If the rain goes on, and nobody expects it to stop, the dyke will break by Friday",
    ),
    ("Two men drowned; the captain was drunk, a sailor said.", "Two men drowned; the captain was drunk"),
    ('"The point," Kern said, "is that nobody asked."', '"The point," ... "is that nobody asked."'),
    (
        "The harvest fell by a fifth last year, according to the growers' union, the steepest drop since 1976.",
        "The harvest fell by a fifth last year ... the steepest drop since 1976",
    ),
    (
        "Rents rose by 9 per cent in May, according to the agency, up from 4 per cent in April.",
        "Rents rose by 9 per cent in May ... up from 4 per cent in April",
    ),
    (
        "The port handled 2 million tonnes, the harbour board said, the most since the war.",
        "The port handled 2 million tonnes ... the most since the war",
    ),
    # a lone conjunction is none of a quotation, a phrase of another sentence none of it either
    ('But "all the plans we made were torn up," Lund said.', '"all the plans we made were torn up,"'),
    ('But "the plans" were torn up, Lund said.', 'But "the plans" were torn up'),
    (
        'They live in what they call a "free city". At least 40 men have died there since May, according to the Watch.',
        "At least 40 men have died there since May",
    ),
    (
        'Her agent told the Gazette in reply that she has "never spoken of her house and does not mean to".',
        'that she has "never spoken of her house and does not mean to"',
    ),
    (
        '"The bees came back in May," explained Oren Blake, head of the hive trust in Aue. "Now we have to feed them."',
        '"The bees came back in May," ... "Now we have to feed them."',
    ),
    # what tells of the speaker, or of what he does besides
    (
        "The yard will lose 300 jobs, according to Larn Steel, the town's largest employer.",
        "The yard will lose 300 jobs",
    ),
    ("Kern said it had rained in the hills, but the roof held, Brandt said.", "it had rained in the hills"),
    ('"They were never friends," the cook added of the two captains.', '"They were never friends,"'),
    ('"It is a smear" the state radio said quoting an unnamed clerk.', '"It is a smear"'),
]


@pytest.mark.parametrize(("text", "content"), SENTENCES)
def test_an_attribution_at_the_end_covers_its_sentence(text: str, content: str, parses: Parses) -> None:
    assert content in contents_of(text, parses)


TOLD_ON = [
    # a second verb, a reason, a condition, a contrast that is told
    (
        "Kern told the hearing that the driver had braked too late, and that the brakes were worn.",
        "that the driver had braked too late, and that the brakes were worn",
    ),
    (
        "Kern told the hearing that the driver had been drinking and his mate had fallen asleep.",
        "that the driver had been drinking and his mate had fallen asleep",
    ),
    (
        "Villagers said that soldiers came at dawn, searched every house and took away the young men.",
        "that soldiers came at dawn, searched every house and took away the young men",
    ),
    (
        "The firm said 4,000 people had applied since it opened the office in March.",
        "4,000 people had applied since it opened the office in March",
    ),
    # contrasts in one tense, or foreseen, are the speaker's, unless somebody else speaks
    (
        "Prosecutors said Lund ran the firm from his boat, while his wife kept the books.",
        "Lund ran the firm from his boat, while his wife kept the books",
    ),
    (
        "The board said that one of the pumps should be back on Monday, while another will start by Sunday.",
        "that one of the pumps should be back on Monday, while another will start by Sunday",
    ),
    (
        "The union said the strike would go on, while talks with the ministry would be put off.",
        "the strike would go on, while talks with the ministry would be put off",
    ),
    (
        "The mayor said the square would be paved, although it would cost more than planned.",
        "the square would be paved, although it would cost more than planned",
    ),
    ("Lund said the ferry would sail, as it does every Sunday.", "the ferry would sail, as it does every Sunday"),
    (
        "The trust said it would appeal, as it had in every case before.",
        "it would appeal, as it had in every case before",
    ),
    (
        "Witnesses say the fire began in a shed, with the wind driving it to the houses.",
        "the fire began in a shed, with the wind driving it to the houses",
    ),
    ("Lund said during the war, the mill had made tents.", "during the war, the mill had made tents"),
    (
        "Nurses said given the lack of beds, they could not take more patients.",
        "given the lack of beds, they could not take more patients",
    ),
    (
        "The five agreed to press for a plan that will keep jobs in the valley, strengthen the guild and give the "
        "town cheaper flour.",
        "to press for a plan that will keep jobs in the valley, strengthen the guild and give the town cheaper flour",
    ),
    (
        "Her lawyer said that Kern was ready to meet the clerk but would not stand in the square.",
        "that Kern was ready to meet the clerk but would not stand in the square",
    ),
    ('The union wants a vote on the deal "by Friday at the latest".', 'a vote on the deal "by Friday at the latest"'),
    (
        "Lund said the guild had asked for help but did not get any.",
        "the guild had asked for help but did not get any",
    ),
    # what the newsroom adds
    ("Kern said the line was safe but would not elaborate.", "the line was safe"),
    ("The minister said the toll would rise but did not say when.", "the toll would rise"),
    ("The firm said that it had found the fault and did not name the supplier.", "that it had found the fault"),
    ("The envoy blamed the firm for the spill, a claim it rejects.", "the firm for the spill"),
    (
        "The premier has blamed the rebels for the attack on the convoy, a charge their leader denies.",
        "the rebels for the attack on the convoy",
    ),
    ("The board said it would shut the mill and fired the manager.", "it would shut the mill"),
    (
        "The coach defended the plan to rest the captain and promptly dropped two others.",
        "the plan to rest the captain",
    ),
    (
        "Moss insists there was someone else on the cliff and has hired a detective.",
        "there was someone else on the cliff",
    ),
    ("He said the dam would hold and was safe.", "the dam would hold and was safe"),
    ("He said he had fallen and hurt his leg.", "he had fallen and hurt his leg"),
    ("The council said it would shut the pool, a decision that angered parents.", "it would shut the pool"),
    ("The bishop said he would skip the fair, an announcement bound to hurt.", "he would skip the fair"),
    ("The report says Larn is losing people, a trend that began in 1990.", "Larn is losing people"),
    ("The firm said profits rose by 10 percent, a rise of a third.", "profits rose by 10 percent, a rise of a third"),
    ("Kern said in a statement on Monday the yard would close.", "the yard would close"),
    ("Officials said the vote was fair, with some saying it was the best in years.", "the vote was fair"),
    ("She said her son, whom she would not identify, had left the army.", "her son ... had left the army"),
    ("Rangers said the bear was seen near Osk, roughly 40 kilometres from the border.", "the bear was seen near Osk"),
    ("The bishop said the bell was cast in Aue, known for its foundries.", "the bell was cast in Aue"),
    ("The mayor said the square would be paved, although a date has not been set.", "the square would be paved"),
    ("The union said the strike would go on, while police cleared the road.", "the strike would go on"),
    ("Prosecutors said Lund ran the firm from his boat, while his wife denied it.", "Lund ran the firm from his boat"),
    ("Police said two men were held in Aue, while divers are still in the lake.", "two men were held in Aue"),
    ("Holm said six clerks would back it — a number that includes most of the guild.", "six clerks would back it"),
    ("Kern asked the navy to stop the raids - a move that caused delays.", "to stop the raids"),
    ("The firm said it would close the plant and asked workers to stay at home.", "it would close the plant"),
    ("Brandt told reporters that the fee was a scandal and urged readers to refuse it.", "that the fee was a scandal"),
    ("The mill asked him to stay on as its clerk, but he left.", "to stay on as its clerk"),
]


@pytest.mark.parametrize(("text", "content"), TOLD_ON)
def test_what_follows_a_reported_clause(text: str, content: str, parses: Parses) -> None:
    assert content in contents_of(text, parses)


WISHES = [
    ("Brandt vowed to appeal after the court found him guilty.", "to appeal"),
    ("Nurses demanded a pay rise following a week of walkouts.", "a pay rise"),
    ("The church called for calm as protests spread through the valley.", "for calm"),
    ("Lawmakers demand an inquiry amid claims that the dam was never tested.", "an inquiry"),
    ("Rebels threatened to cut the road after troops shelled two villages.", "to cut the road"),
    ("The clerk was asked to leave after he shouted at the judge.", "The clerk ... to leave"),
    # how long it is to last, what else somebody is judged for
    ("The clinic ordered a ban on visits until further notice.", "a ban on visits until further notice"),
    ("She demanded the return of her boat until the rent was paid.", "the return of her boat until the rent was paid"),
    (
        "The county announced the closing of its pools due to a lack of guards.",
        "the closing of its pools due to a lack of guards",
    ),
    (
        "The mayor was praised for mending the road, lowering the toll and building two bridges.",
        "for mending the road, lowering the toll and building two bridges",
    ),
    (
        "Kern is accused of hiding the letters, lying to the court and bribing a clerk.",
        "of hiding the letters, lying to the court and bribing a clerk",
    ),
    # what is still to come, compared or a reason belongs to the wish
    ("The bank plans to open two branches after it moves to Aue.", "to open two branches after it moves to Aue"),
    ("Fishermen want the fleet to sail after Easter.", "the fleet to sail after Easter"),
    ("The coach hopes to play Lund when his leg has healed.", "to play Lund when his leg has healed"),
    (
        "The party wants to keep the fee as long as it pays for the bridge.",
        "to keep the fee as long as it pays for the bridge",
    ),
    (
        "Lund called for the sale to be halted until the books were checked.",
        "for the sale to be halted until the books were checked",
    ),
    (
        "The company recommends a cut in fees and rents to make it easier for small firms to bid.",
        "a cut in fees and rents to make it easier for small firms to bid",
    ),
]


@pytest.mark.parametrize(("text", "content"), WISHES)
def test_the_occasion_of_a_wish_is_no_part_of_it(text: str, content: str, parses: Parses) -> None:
    assert content in contents_of(text, parses)


LATER_QUOTATIONS = [
    (
        '"We are glad it is over," the vicar said. The ruling protects only walls of "real merit" and their gates.',
        ['"We are glad it is over,"'],
    ),
    ('"We were cold," Kern said. "Nobody came."', ['"We were cold," ... "Nobody came."']),
]


@pytest.mark.parametrize(("text", "contents"), LATER_QUOTATIONS)
def test_a_phrase_quoted_in_a_later_sentence_is_nobodys(text: str, contents: list[str], parses: Parses) -> None:
    assert contents_of(text, parses) == contents


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Lund said the weir was old, and he did not want it.", "the weir was old, and he did not want it"),
        (
            "Lund said he had never rowed, but he would if he had a boat.",
            "he had never rowed, but he would if he had a boat",
        ),
        (
            "Lund said she was thinking of leaving, but she decided to stay.",
            "she was thinking of leaving, but she decided to stay",
        ),
    ],
)
def test_what_the_speaker_thinks_besides_is_told(text: str, content: str, parses: Parses) -> None:
    assert content in [told for _, told in sources_and_contents(text, parses)]
