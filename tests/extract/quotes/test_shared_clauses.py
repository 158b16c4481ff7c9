"""Where one act of speaking ends and the next begins within a clause, and who stands behind a cue without a source."""

import pytest

from pipeline.extract.quotes import find_quotes
from pipeline.records import Spans
from tests.helpers.knowledge import shared_cues
from tests.helpers.parses import Parses, plain_article

CUES = shared_cues()


def rows_of(text: str, parses: Parses) -> list[str]:
    """Source, cue and content of each quote, with bars between."""
    article = plain_article(text)

    def show(spans: Spans) -> str:
        return " [...] ".join(text[slice(*span)] for span in spans)

    quotes = find_quotes(parses(article), article, CUES)
    return [" | ".join((show(quote.source), show(quote.cue), show(quote.content))) for quote in quotes]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "The envoy left at dawn, urging restraint and warning that the truce could collapse.",
            ["The envoy | urging | restraint", "The envoy | warning | that the truce could collapse"],
        ),
        (
            "Patients reported feeling dizzy for days, with some saying they could not walk.",
            ["Patients | reported | feeling dizzy for days", "some | saying | they could not walk"],
        ),
        (
            "Police believe the thieves, who wore masks, may strike again and have warned bakers to hide their rings.",
            [
                "Police | believe | the thieves, who wore masks, may strike again",
                "Police | have warned | to hide their rings",
            ],
        ),
        (
            "Not everyone agrees. “It is a stunt,” said the baker Oren Blake.",
            ["the baker Oren Blake | said | “It is a stunt,”"],
        ),
    ],
)
def test_one_act_ends_where_the_next_begins(text: str, rows: list[str], parses: Parses) -> None:
    assert rows_of(text, parses) == rows


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            "The bank was accused of laundering drug money by its former auditor, Paul Quist.",
            "its former auditor, Paul Quist | was accused | of laundering drug money",
        ),
        (
            "Forecasters warned of gusts of up to 90mph along the coast.",
            "Forecasters | warned | of gusts of up to 90mph",
        ),
        ("The court took the view that the contract was void.", "The court | the view | that the contract was void"),
        (
            "The professor is of the opinion that the letter is a fake.",
            "The professor | the opinion | that the letter is a fake",
        ),
        (
            "The envoy held out hope that the hostages were alive.",
            "The envoy | hope | that the hostages were alive",
        ),
        ("It emerged that the guard had been asleep.", " | emerged | that the guard had been asleep"),
        ("The widow made a plea for help from her old guild.", "The widow | a plea | for help from her old guild"),
        (
            "A campaign for the council to reopen the Marden baths has gathered 9,000 signatures.",
            " | A campaign | for the council to reopen the Marden baths",
        ),
        (
            "The clerk was promoted and has been credited with saving the mill.",
            " | has been credited | with saving the mill",
        ),
        (
            "Traffic on the quay is forecast by the harbour guild to double by 2040.",
            "the harbour guild | is forecast | Traffic on the quay [...] to double by 2040",
        ),
        (
            "The spire is believed by masons to lean.",
            "masons | is believed | The spire [...] to lean",
        ),
        (
            "She cited a survey that found that half of all sailors can't swim.",
            "that | found | that half of all sailors can't swim",
        ),
        (
            "The files, which show that the owner paid nothing, were burnt.",
            "which | show | that the owner paid nothing",
        ),
        (
            "The pickets held signs reading “Feed the crew” and “Pay us now”.",
            "signs | reading | “Feed the crew” and “Pay us now”",
        ),
        ("The stall has been dubbed “the saddest shop in Larn” by locals.", "locals | has been dubbed | The stall"),
    ],
)
def test_who_stands_behind_a_cue(text: str, row: str, parses: Parses) -> None:
    assert any(found.startswith(row) for found in rows_of(text, parses)), rows_of(text, parses)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Brandt warned of a flood.", "Brandt | warned | of a flood"),
        (
            "Brandt expressed concern about the cost of the pier.",
            "Brandt | expressed concern | about the cost of the pier",
        ),
        ("Kern confessed to the theft of the ledgers.", "Kern | confessed | to the theft of the ledgers"),
    ],
)
def test_a_preposition_before_what_is_said_belongs_to_it(text: str, row: str, parses: Parses) -> None:
    assert rows_of(text, parses) == [row]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "The harbour master said boats were moving slowly in the Larn channel, which links the port to the sea.",
            ["The harbour master | said | boats were moving slowly in the Larn channel"],
        ),
        (
            "The guild condemned the vote, while the mayor called for calm.",
            ["The guild | condemned | the vote", "the mayor | called for | calm"],
        ),
        ("Their hope is that the bees will return.", ["Their | hope | that the bees will return"]),
        ("Bakers have been told to boil water.", [" | have been told | to boil water"]),
        ("Nobody has claimed responsibility for the fire.", ["Nobody | has claimed responsibility | for the fire"]),
        (
            "The twins, whose mother died in the ward, have led calls for a public inquiry.",
            ["The twins | calls | for a public inquiry"],
        ),
        (
            "The 2015 promise by the ministry to dredge the lake has been forgotten.",
            ["the ministry | promise | to dredge the lake"],
        ),
    ],
)
def test_what_is_said_has_all_of_its_words_and_no_more(text: str, rows: list[str], parses: Parses) -> None:
    assert rows_of(text, parses) == rows


def test_a_clause_that_tells_which_people_is_no_claim(parses: Parses) -> None:
    assert rows_of("The guild said it would help bakers who want to leave the valley.", parses) == [
        "The guild | said | it would help bakers who want to leave the valley"
    ]
    assert "who | want | to strike" in rows_of("The guild said its members, who want to strike, would vote.", parses)


def test_what_somebody_does_within_a_quotation_is_no_claim(parses: Parses) -> None:
    text = "“The dealer sought to cash in on the flood and said that he was poor,” Kern said."
    assert [row for row in rows_of(text, parses) if "sought" in row.split(" | ")[1]] == []


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            "The strikers’ demands include a rise of a tenth, a shorter week and the return of two bakers.",
            "The strikers | demands | a rise of a tenth, a shorter week and the return of two bakers",
        ),
        (
            "Among the hunger strikers’ demands are proper beds and a weekly phone call.",
            "the hunger strikers | demands | proper beds and a weekly phone call",
        ),
        ("Among the bakers’ complaints is the price of flour.", "the bakers | complaints is | the price of flour"),
    ],
)
def test_a_list_of_demands_is_whose_they_are(text: str, row: str, parses: Parses) -> None:
    assert rows_of(text, parses) == [row]


def test_a_quotation_of_the_next_sentence_is_a_claim_of_its_own(parses: Parses) -> None:
    text = "Brandt said that the strike was over and lost. “We tried for a year.”"
    assert rows_of(text, parses) == [
        "Brandt | said | that the strike was over and lost",
        " |  | “We tried for a year.”",
    ]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            "Aid workers have raised serious concerns over the wells.",
            "Aid workers | have raised serious concerns | over the wells",
        ),
        ("Managers are keen to attract younger bakers.", "Managers | are keen | to attract younger bakers"),
        ("His critics accuse him of vanity.", "His critics | accuse | of vanity"),
        ("Police named the victim as Ola Berg, 32.", "Police | named | the victim as Ola Berg, 32"),
        (
            "The rebels said two men were killed on Sunday adding that the road was shut.",
            "The rebels | said | two men were killed on Sunday",
        ),
    ],
)
def test_the_content_begins_where_it_should(text: str, row: str, parses: Parses) -> None:
    assert row in rows_of(text, parses)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "The council said it was sorry and promised to mend the fence.",
            ["The council | said | it was sorry", "The council | promised | to mend the fence"],
        ),
        (
            "The guard said the clerks were late and asked her for a key.",
            ["The guard | said | the clerks were late and asked her for a key"],
        ),
        ("The thief, said to be a clerk, was held in Larn.", [" | said | to be a clerk"]),
        ("Concern is growing that the dam could burst.", [" | Concern | that the dam could burst"]),
    ],
)
def test_a_verb_of_the_same_tense_is_whose_the_first_one_is(text: str, rows: list[str], parses: Parses) -> None:
    assert rows_of(text, parses) == rows


def test_whoever_is_told_may_be_the_last_word(parses: Parses) -> None:
    text = "Roof fell like paper, baker tells inquest"
    assert rows_of(text, parses) == ["baker | tells | Roof fell like paper"]
