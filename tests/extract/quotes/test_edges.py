"""Where contents end, whose sentence a final attribution covers, and what act a cue is by what it governs."""

from dataclasses import replace

import pytest

from pipeline.extract.quotes import find_quotes
from pipeline.records import Block, Quote
from tests.helpers.knowledge import shared_cues
from tests.helpers.parses import Parses, plain_article

CUES = shared_cues()


def quotes_of(text: str, parses: Parses) -> list[Quote]:
    article = plain_article(text)
    return find_quotes(parses(article), article, CUES)


EDGES = [
    ("The harbour master ordered the crews to stay in port.", "to stay in port"),
    ("Brandt asked the council not to sell the pier.", "not to sell the pier"),
    ("The council called on the ministry to reopen the line.", "to reopen the line"),
    ("The union accused the firm of hiding the leak.", "of hiding the leak"),
    ("Blake said the quay was safe, without giving details.", "the quay was safe"),
    (
        "The report says that the wall had cracked, letting the water in.",
        "that the wall had cracked, letting the water in",
    ),
    ("Kern said the wall had cracked, pointing at the map.", "the wall had cracked"),
    ("The pier is shut, according to Vera Kern, a baker in Aue.", "The pier is shut"),
    ("According to a village baker, Vera Kern, the pier is shut.", "the pier is shut"),
    ("According to the report, by the think tank Larn Futures, rents will double.", "rents will double"),
    ("According to the study, published in May, rents will double.", "rents will double"),
    ("According to police, Vera Kern, 43, was driving the car.", "Vera Kern, 43, was driving the car"),
    (
        "The new rule does not stop shops from selling old stock, a man from the trade ministry told the Post.",
        "The new rule does not stop shops from selling old stock",
    ),
    ("In the besieged suburb food has run out the group said on Friday.", "In the besieged suburb food has run out"),
    (
        "The road to the port is blocked, Vera Kern, chairwoman of the carriers' union, told reporters.",
        "The road to the port is blocked",
    ),
    (
        "The outage shows how one broken cable can turn into a nightmare for a small island, Petra Lund, Fjord Telecom "
        "chief engineer and a founding member of the island council, told Coast Radio.",
        "The outage shows how one broken cable can turn into a nightmare for a small island",
    ),
    (
        "Nobody can stop the river from rising above the old wall, a diver from the Guild of Ferries, Docks and Old "
        "Wharves told the Larn Gazette.",
        "Nobody can stop the river from rising above the old wall",
    ),
    # when somebody spoke, what he did meanwhile, on what condition
    ("The brewer said in April it would probably miss its targets.", "it would probably miss its targets"),
    ("Holm said Friday morning the ferry had sunk.", "the ferry had sunk"),
    ("The brewer said late Tuesday evening it was broke.", "it was broke"),
    ("Blake said Tuesday state lawmakers could raise the tax.", "state lawmakers could raise the tax"),
    ("That is over now, Blake said, cutting his forecast to 12 kroner.", "That is over now"),
    (
        "Brandt warned the firm of “big problems” if it reopens the quarry.",
        "of “big problems” if it reopens the quarry",
    ),
    # what opens a clause, in what somebody said it, and who is told at once
    ("The trust said despite the strike all wards would stay open.", "despite the strike all wards would stay open"),
    ("The brewer said the hall would close in a statement on Monday.", "the hall would close"),
    ("The brewer condemned the raid in a statement released on Monday.", "the raid"),
    (
        "Bakers and brewers condemned the raid and use of dogs in statements published on Monday.",
        "the raid and use of dogs",
    ),
    ("The brewer backed the ban on dogs in a post on Sunday.", "the ban on dogs"),
    ("The brewer has said at press events so far that it will stay.", "that it will stay"),
    (
        "Kern promised scores of times during the strike that the mill would cost growers nothing because he would get "
        "the guild to help.",
        "that the mill would cost growers nothing because he would get the guild to help",
    ),
    ("The brewer has told friends he hates the hall.", "he hates the hall"),
    ("Kern accused several clerks in the hall of lying.", "of lying"),
    (
        "There were reports of guards leaving their posts, suggesting that nobody was in charge, the mayor added.",
        "There were reports of guards leaving their posts, suggesting that nobody was in charge",
    ),
    # what the newsroom adds behind it
    ("The guild hopes to open a second mill – two months after the first had burnt down.", "to open a second mill"),
    ("The trust pledged to keep the ward open - which looks unlikely now.", "to keep the ward open"),
    ("The clerk blamed the fall on rain – the heaviest in ten years.", "the fall on rain – the heaviest in ten years"),
    ("Bakers praised the guild's plan, which has cost it a million.", "the guild's plan"),
    ("The report says the wall had cracked – with a gap of an inch.", "the wall had cracked – with a gap of an inch"),
    # neither who is told nor "it" is part of what is said
    ("The jury was told that Kern had bought the rope in May.", "that Kern had bought the rope in May"),
    ("It is alleged that the clerk changed the ledger.", "that the clerk changed the ledger"),
    # a bare noun tells what is denied
    ("The firm has denied wrongdoing.", "wrongdoing"),
    (
        "The bakers have sold their mill and the land around it, a woman from the guild told Larn Radio on Monday.",
        "The bakers have sold their mill and the land around it",
    ),
]


@pytest.mark.parametrize(("text", "content"), EDGES)
def test_where_a_content_ends(text: str, content: str, parses: Parses) -> None:
    assert [text[slice(*span)] for quote in quotes_of(text, parses) for span in quote.content] == [content]


def test_another_turn_of_speaking_ends_a_content(parses: Parses) -> None:
    text = "The ship will sail along the coast, Kern said, but he said the crew did not know it."
    assert rows_of(text, parses)[:2] == [
        ("Kern", "The ship will sail along the coast"),
        ("he", "the crew did not know it"),
    ]


def test_a_second_verb_of_the_same_source_ends_the_first_content(parses: Parses) -> None:
    first = "that the bank joined the guild's core of owners when the guild was sold in 1996"
    text = f"Kern also noted {first}, and said it only keeps a few of its fields."
    assert rows_of(text, parses) == [("Kern", first), ("Kern", "it only keeps a few of its fields")]


NO_CLAIMS = [
    "The plan seems sound to most people.",
    "It appears that nobody came.",
    "Please note that the pool is shut on Sunday.",
    "A fall in sales adds to the firm's troubles.",
    "The line adds two stops in May.",
    "Another clerk asked not to be identified.",
    "The mayor was addressing a dispute that involves two bakers.",
    "Ada Brandt made her comments on a talk show in Larn.",
]


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_impressions_instructions_and_additions_are_no_claims(text: str, parses: Parses) -> None:
    assert rows_of(text, parses) == []


def test_a_topic_that_tells_a_proposition_and_comments_on_one_stay(parses: Parses) -> None:
    text = "Ada Brandt commented on the strike at the radio station."
    assert rows_of(text, parses) == [("Ada Brandt", "the strike at the radio station")]


NO_FINAL = [
    "When the pier burned, the mayor told reporters.",
    "Speaking in the market hall on Monday, the mayor told reporters.",
    "The firm bought the old mill in May and the mayor said.",
]


@pytest.mark.parametrize("text", NO_FINAL)
def test_a_clause_that_opens_another_is_no_content(text: str, parses: Parses) -> None:
    assert not any(quote.rule == "final attribution" for quote in quotes_of(text, parses))


def test_paragraphs_of_speech_before_the_cue_are_of_the_same_quote(parses: Parses) -> None:
    text = '"The pier is shut.\n\n"Nobody may pass.\n\n"The mill is shut as well," said Vera Kern.'
    assert [len(quote.content) for quote in quotes_of(text, parses)] == [3]


def rows_of(text: str, parses: Parses) -> list[tuple[str, str]]:
    """Source and content of each quote, as written."""
    return [
        (" ".join(text[slice(*span)] for span in quote.source), " ".join(text[slice(*span)] for span in quote.content))
        for quote in quotes_of(text, parses)
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Vera Kern said the mill was safe and Oren Blake said nobody believed her.",
            [("Vera Kern", "the mill was safe"), ("Oren Blake", "nobody believed her")],
        ),
        (
            'The old mill was sold because nobody trusted the firm and its clerks, he said: "I saw no letter at all."',
            [
                (
                    "he",
                    'The old mill was sold because nobody trusted the firm and its clerks "I saw no letter at all."',
                )
            ],
        ),
        (
            "Blake said the mill was closed and said nobody would buy it.",
            [("Blake", "the mill was closed"), ("Blake", "nobody would buy it")],
        ),
        (
            "Most shopkeepers refused to comment, and many on Monday issued statements praising the plan.",
            [("Most shopkeepers", "to comment"), ("many", "praising the plan")],
        ),
        (
            "Kern said she had been cheated and repeatedly demanded that the shop return her money.",
            [("Kern", "she had been cheated"), ("Kern", "that the shop return her money")],
        ),
        (
            "Vera Kern said the deal was “a disgrace”, Oren Blake branded it “theft”.",
            [("Vera Kern", "the deal was “a disgrace”"), ("Oren Blake", "it “theft”")],
        ),
        (
            "The company reiterated that it supports the plan but warned that funds were short.",
            [("The company", "that it supports the plan"), ("The company", "that funds were short")],
        ),
        (
            "Kern left the talks, accusing the firm of hiding the leak and adding that she would not return.",
            [("Kern", "of hiding the leak"), ("Kern", "that she would not return")],
        ),
        (
            "The Larner Post quoted Kern as saying that the dam had failed, adding that nobody had checked it.",
            [
                ("The Larner Post", "Kern as saying that the dam had failed"),
                ("Kern", "that the dam had failed"),
                ("Kern", "that nobody had checked it"),
            ],
        ),
    ],
)
def test_acts_of_speaking_beside_each_other(text: str, rows: list[tuple[str, str]], parses: Parses) -> None:
    assert rows_of(text, parses) == rows


@pytest.mark.parametrize(
    ("text", "stance", "negated"),
    [
        ("Brandt asked the crews to stay in port.", "demands", False),
        ("Brandt asked whether the wall was safe.", "asks", False),
        ("The tower was widely considered to be older than the church.", "believes", False),
        ("The league considers the strip as its own land.", "believes", False),
        ("Reporters wanted to know why the pier had burned.", "asks", False),
        ("The minister said that the wall should be torn down.", "states", False),
        ("The union voiced anger at the plan to drain the lake.", "criticises", False),
        ("The union expressed confidence that the wall would hold.", "believes", False),
        ("The firm agreed that the wall was weak.", "confirms", False),
        ("The company has no plans to sell the mill.", "intends", True),
        ("The ministry gave no indication whether the bridge would reopen.", "states", True),
        ("Nobody said the mill was safe.", "states", True),
        ("Neither Kern nor the council said why the mill had closed.", "states", True),
        ("Vera Kern said no ferry had sailed.", "states", False),
        ("Kern rejected an offer to sell the mill.", "criticises", False),
        ("Kern rejected claims that the mill was unsafe.", "denies", False),
        ("The letters suggest that the wall is weak.", "states", False),
        ("Kern suggested that the wall should be pulled down.", "demands", False),
        ("The council called for stricter rules on the quay.", "demands", False),
    ],
)
def test_stance_by_what_the_cue_governs(text: str, stance: str, negated: bool, parses: Parses) -> None:
    assert (stance, negated) in [(quote.stance, quote.negated) for quote in quotes_of(text, parses)]


@pytest.mark.parametrize(
    "text",
    [
        'Vera Kern faced the cameras. "Nobody warned us of the fire." Her uncle coughed.',
        'Oren Blake looked at the harbour. "It was all different then." A gull screamed.',
    ],
)
def test_what_somebody_does_after_speech_is_no_cue(text: str, parses: Parses) -> None:
    assert [(quote.cue, quote.rule) for quote in quotes_of(text, parses)] == [((), "quotation without cue")]


def test_a_turn_of_several_paragraphs_is_one_quote(parses: Parses) -> None:
    text = "HOLT: The gate failed.\n\nI saw the lights go out.\n\nKERN: And then?\n\nHOLT: Nothing more."
    assert ("HOLT", "The gate failed. I saw the lights go out.") in rows_of(text, parses)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("The sale was put off amid rumours that the mill had burnt.", ("", "that the mill had burnt")),
        (
            "The strike led to a rare concession by President Ruiz that the port was short of fuel.",
            ("President Ruiz", "that the port was short of fuel"),
        ),
        (
            "The union is stirring up trouble, as the Gazette put it on Monday.",
            ("the Gazette", "The union is stirring up trouble"),
        ),
        (
            "As Brandt wrote for the Post in May, the question is whether the port can pay its debts.",
            ("Brandt", "the question is whether the port can pay its debts"),
        ),
        (
            "Passengers complained of cold cabins, with some saying they slept in their coats.",
            ("some", "they slept in their coats"),
        ),
    ],
)
def test_cues_that_say_by_their_form_what_they_are(text: str, row: tuple[str, str], parses: Parses) -> None:
    assert row in rows_of(text, parses)


@pytest.mark.parametrize("text", ["The report that he wrote was lost.", "The concern that runs the mill closed it."])
def test_a_clause_that_tells_which_one_is_meant_is_no_claim(text: str, parses: Parses) -> None:
    assert rows_of(text, parses) == []


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("An ex-minister said it was a disgrace.", "An ex-minister"),
        ("A co-owner of the Alder Wolves said on Monday that he was sorry.", "A co-owner of the Alder Wolves"),
        ("The vice-president said it would cost too much.", "The vice-president"),
    ],
)
def test_a_source_has_the_whole_of_a_hyphenated_word(text: str, source: str, parses: Parses) -> None:
    assert [name for name, _ in rows_of(text, parses)] == [source]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Larn Foods accused of cheating shoppers by charging for bags", ""),
        ("Residents urged to boil water after the flood", ""),
        ("Larn Foods accused the council of ripping off customers.", "Larn Foods"),
        ("Residents urged the council to boil the water.", "Residents"),
    ],
)
def test_whom_it_is_done_to_is_no_source(text: str, source: str, parses: Parses) -> None:
    assert [name for name, _ in rows_of(text, parses)] == [source]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor announced two senior ministers of her cabinet on Monday.",
        "The Gazette reported the closure, citing anonymous sources.",
        "The union hit out at Larn Shipping.",
        "The council approved the sale of the old pier for two million.",
        "Brandt signed two orders to move forward with the bridge.",
        "The video shows officers racing up the stairs of the old mill.",
        "They found the boat near the lighthouse.",
        "Brandt was known for his strict stance on harbour tolls.",
        "The minister is seen in the east hall of the palace on Monday.",
        "The new law threatens to ruin the port.",
        "The singer confirmed the news on Monday.",
    ],
)
def test_deeds_sights_and_bare_names_are_no_claims(text: str, parses: Parses) -> None:
    assert [content for _, content in rows_of(text, parses) if "closure" not in content] == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The mayor called for a new coach.", "a new coach"),
        ("The police identified the driver as Oren Blake of Aue.", "the driver as Oren Blake of Aue"),
        ("The auditors found that the boat had been sold.", "that the boat had been sold"),
        ("The company denied any wrongdoing.", "any wrongdoing"),
        ("The minister did not address the matter.", "the matter"),
        ("The report threatens to sue the port, Brandt said.", "The report threatens to sue the port"),
    ],
)
def test_what_is_said_of_deeds_and_people_is_a_claim(text: str, content: str, parses: Parses) -> None:
    assert content in [words for _, words in rows_of(text, parses)]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ('Brandt said "we shall see, we shall see", as she walked into the town hall.', '"we shall see, we shall see"'),
        ("Brandt said she would wait as the town hall was shut.", "she would wait as the town hall was shut"),
    ],
)
def test_when_a_quotation_was_said_is_no_part_of_it(text: str, content: str, parses: Parses) -> None:
    assert [words for _, words in rows_of(text, parses)] == [content]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The road, said Brandt, is blocked by snow.", "Brandt", "The road | is blocked by snow"),
        (
            "Despite the cold, said Kern, the main hall was full.", "Kern",
            "Despite the cold | the main hall was full",
        ),
        ("Before it rained, Brandt said, they had slept.", "Brandt", "Before it rained | they had slept"),
        (
            "As rain is near, said Kern, the first task of the crew is to stay dry.", "Kern",
            "As rain is near | the first task of the crew is to stay dry",
        ),
    ],
)  # fmt: skip
def test_a_speaker_named_in_the_middle_says_both_parts(text: str, source: str, content: str, parses: Parses) -> None:
    (quote,) = quotes_of(text, parses)
    assert text[slice(*quote.source[0])] == source
    assert " | ".join(text[slice(*span)] for span in quote.content) == content


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        (
            'They hung up as soon as Brandt spoke the words: "Come home at once, all of you!"',
            "Brandt",
            "spoke the words",
        ),
        ('The rule is simple: "No shoes in the hall at any time."', "", ":"),
    ],
)
def test_a_colon_introduces_a_quotation(text: str, source: str, cue: str, parses: Parses) -> None:
    before = '"It is late," Oren Blake said.\n\n'
    *_, quote = quotes_of(before + text, parses)
    shown = ["".join((before + text)[slice(*span)] for span in spans) for spans in (quote.source, quote.cue)]
    assert shown == [source, cue]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The harbour, which Brandt says will close in May, is busy.", "The harbour | will close in May"),
        ("The plan that critics said would ruin the town was dropped.", "The plan | would ruin the town"),
        ("The guild she claimed to be part of has folded.", "The guild | to be part of"),
        ("Brandt, who says that the pier will close, sold his boat in May.", "that the pier will close"),
        ("Kern accused the mayor of lying.", "of lying"),
    ],
)
def test_what_a_relative_clause_is_about_is_said_of_it(text: str, content: str, parses: Parses) -> None:
    (quote,) = quotes_of(text, parses)
    assert " | ".join(text[slice(*span)] for span in quote.content) == content


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("According to Henry Lund, chief doctor at the clinic, 111 of the 163 dead had been children.",
         "Henry Lund, chief doctor at the clinic",
         "111 of the 163 dead had been children"),
        (
            "According to bakers at the firm Larn Bread, flour from Aue, Osk and the coast could give the town bread.",
            "bakers at the firm Larn Bread", "flour from Aue, Osk and the coast could give the town bread",
        ),
        ('Kern left. "Mostly in an open harbour we hope to find some shelter," he said.', "he",
         '"Mostly in an open harbour we hope to find some shelter,"'),
        ('Kern left. "We must work together," he was quoted as saying by a broadcaster.', "he",
         '"We must work together,"'),
        ("Brandt was quoted as saying he would go.", "Brandt", "he would go"),
    ],
)  # fmt: skip
def test_the_whole_of_what_one_source_says(text: str, source: str, content: str, parses: Parses) -> None:
    (quote,) = quotes_of(text, parses)
    assert text[slice(*quote.source[0])] == source
    assert " | ".join(text[slice(*span)] for span in quote.content) == content


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Lund disclosed that Brandt promised her to sell the boat, but that she waited in vain.", "Brandt",
         "to sell the boat"),
        ("Kern recalled that doctors feared the child would die, but that he lived.", "doctors", "the child would die"),
        ("The letter warns that villagers remain worried that the slope could slide.", "villagers",
         "that the slope could slide"),
        ("Kern's broker said investors were confident that the bank would pay.", "investors",
         "that the bank would pay"),
    ],
)  # fmt: skip
def test_what_another_is_reported_to_say_is_a_row_too(text: str, source: str, content: str, parses: Parses) -> None:
    rows = [(text[slice(*quote.source[0])], text[slice(*quote.content[0])]) for quote in quotes_of(text, parses)]
    assert (source, content) in rows
    assert len(rows) == 2


@pytest.mark.parametrize(
    ("text", "cue", "content", "stance"),
    [
        ("The clerk allegedly burnt the ledgers of the mill in May.", "allegedly",
         "The clerk | burnt the ledgers of the mill in May", "claims"),
        ("Police searched a barn where two boats had reportedly been hidden for a year.", "reportedly",
         "two boats had | been hidden for a year", "states"),
    ],
)  # fmt: skip
def test_hearsay_is_nobodys_claim(text: str, cue: str, content: str, stance: str, parses: Parses) -> None:
    (quote,) = quotes_of(text, parses)
    assert (quote.source, text[slice(*quote.cue[0])], quote.stance) == ((), cue, stance)
    assert " | ".join(text[slice(*span)] for span in quote.content) == content


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Kern said that the clerk allegedly burnt the ledgers of the mill.",
         "that the clerk allegedly burnt the ledgers of the mill"),
        ("Brandt allegedly told the court that the ledgers had been burnt.", "that the ledgers had been burnt"),
    ],
)  # fmt: skip
def test_hearsay_within_what_somebody_says_is_his(text: str, content: str, parses: Parses) -> None:
    (quote,) = quotes_of(text, parses)
    assert quote.source
    assert text[slice(*quote.content[0])] == content


def test_a_headline_keeps_both_single_marks_and_no_is_said(parses: Parses) -> None:
    (quote,) = quotes_of(text := "Larn says 'no proof' ferry hit a whale", parses)
    assert text[slice(*quote.content[0])] == "'no proof' ferry hit a whale"
    assert not quote.negated


def headline_rows(headline: str, parses: Parses) -> list[tuple[str, str]]:
    """Source and content of each quote of a headline."""
    body = "\n\nThe council met on Monday."
    text = headline + body
    blocks = (Block(0, len(headline), "headline"), Block(len(headline) + 2, len(text), "body"))
    article = replace(plain_article(text), blocks=blocks)
    quotes = find_quotes(parses(article), article, CUES)
    return [(text[slice(*quote.source[0])], text[slice(*quote.content[0])]) for quote in quotes]


@pytest.mark.parametrize(
    ("headline", "source", "statement"),
    [
        ("Bridge to be shut for two years: council", "council", "Bridge to be shut for two years"),
        ("Bus fares should be free for everyone: Greens", "Greens", "Bus fares should be free for everyone"),
        ("Ports must open by May: study", "study", "Ports must open by May"),
        ("Mine closure will cost 400 jobs – union", "union", "Mine closure will cost 400 jobs"),
    ],
)
def test_a_headline_may_end_with_its_source(headline: str, source: str, statement: str, parses: Parses) -> None:
    assert headline_rows(headline, parses) == [(source, statement)]


@pytest.mark.parametrize(
    "headline",
    [
        "Ten Things To Know Before You Go: Summer Edition",
        "Bridge shut for two years – Larn Gazette",
        "Storm hits Larn and Aue: photos",
        "Storm hits Larn and Aue: ...",
        "How the port was lost: a timeline",
    ],
)
def test_what_else_ends_a_headline_is_no_source(headline: str, parses: Parses) -> None:
    assert headline_rows(headline, parses) == []


def test_a_sentence_cut_at_a_comma_is_whole_before_whoever_said_it(parses: Parses) -> None:
    said = "The heavy aerial barrage damaged hotels along the quay, including near depots, clinics, hotels and spas"
    text = f"{said}, Turkish officials said. Six sailors were hurt."
    assert rows_of(text, parses) == [("Turkish officials", said)]


@pytest.mark.parametrize(
    "text",
    [
        'The union met on Monday.\n\n"The hall is cold and far too small".\n\nThen the lamps went out.',
        'The union met on Monday. "It was a long fight and we lost it". The shop shut in May.',
    ],
)
def test_a_stop_behind_the_mark_ends_speech_as_one_before_it(text: str, parses: Parses) -> None:
    assert [(quote.cue, quote.rule) for quote in quotes_of(text, parses)] == [((), "quotation without cue")]
